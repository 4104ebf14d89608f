"""Find events by a typed query among those that pass the filter."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import takewhile

import numpy as np

from timeline_app.core.arrays import Int32Array, IntegerArray, read_only
from timeline_app.core.filter import Filter, FilterResult, evaluate, narrow
from timeline_app.core.records import Indexed
from timeline_app.core.short_dates import short_words
from timeline_app.core.table import EventTable

BEST = 6
SLICE = 500  # records that are read before it is asked whether to go on
UNINDEXED_S = 1.5  # how long texts without an index are read through for one query


@dataclass(frozen=True, slots=True)
class FoundEvent:
    """One of the best hits, as it is listed."""

    row: int
    title: str
    date: str


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """What a query finds: the rows in time order, shape (hits,), and the most important of them, those first.

    `filtered_out` tells how many more there would be without the filter. A search that is not complete has read only
    a part of the texts, the most important events before others.
    """

    rows: Int32Array
    best: tuple[FoundEvent, ...] = ()
    filtered_out: int = 0
    is_complete: bool = True


NOTHING_FOUND = Found(read_only(np.zeros(0, np.int32)))


def is_indexed(table: EventTable) -> bool:
    """Return whether the texts of a table are found without reading through all of them from a file."""
    records = table.records
    return not isinstance(records, Indexed) or records.is_indexed


def find_events(
    table: EventTable,
    query: Filter,
    passing: FilterResult,
    *,
    as_of: str = "",
    is_wanted: Callable[[], bool] = lambda: True,
) -> Found:
    """Find what a query matches among what passes the filter in force, as far as that was known on its day `as_of`.

    While texts have no index, and of events of which a part came after that day, they are read for a limited time, and
    no longer than the result `is_wanted`. Raises FilterError as `evaluate` does, and ReadError where the events are in
    a file that cannot be read any more.
    """
    is_complete = True
    if query.find and not is_indexed(table):
        matching, is_complete = _read_through(table, query, is_wanted)
    else:
        matching = evaluate(query, table).rows
    rows = read_only(matching[passing.mask[matching]].astype(np.int32))
    if as_of and len(rows):
        # Words that came later are not to lead to an event of which less was known.
        rows, are_all = _known_then(table, replace(query, as_of=as_of), rows, is_wanted)
        is_complete = is_complete and are_all
    return Found(rows, _best_events(table, rows), len(matching) - len(rows), is_complete)


def best_rows(table: EventTable, rows: Int32Array, limit: int) -> Int32Array:
    """Return at most `limit` of some sorted rows: the most important, of equals the earliest."""
    importance = table.importance[rows]
    chosen: list[Int32Array] = []
    for level in range(int(importance.max(initial=0)), -1, -1):
        chosen.append(rows[importance == level][:limit])
        if sum(map(len, chosen)) >= limit:
            break
    return np.concatenate((rows[:0], *chosen))[:limit]


def narrowed(wanted: Filter, query: Filter) -> Filter:
    """Return a filter that also asks for what a query asks for.

    Words and exclusions are added; of any other field that both name, the query's values take the filter's place.
    """
    given = Filter()
    changed = {
        name: getattr(query, name)
        for name in (
            "roles",
            "pairs",
            "types",
            "tags",
            "sources",
            "places",
            "since",
            "until",
            "certain",
            "min_importance",
            "as_of",
            "disputed",
            "starred",
            "noted",
            "own_tags",
        )
        if getattr(query, name) != getattr(given, name)
    }
    both: Filter = replace(
        wanted,
        not_actors=tuple(dict.fromkeys(wanted.not_actors + query.not_actors)),
        find=tuple(dict.fromkeys(wanted.find + query.find)),
        **changed,
    )
    if query.actors:
        both = replace(both, actors=query.actors, match=query.match)
    return replace(both, members=True) if query.members else both


def _best_events(table: EventTable, rows: Int32Array) -> tuple[FoundEvent, ...]:
    best = best_rows(table, rows, BEST).tolist()
    return tuple(FoundEvent(row, event.title, short_words(event.when)) for row in best for event in (table.event(row),))


def _read_through(table: EventTable, query: Filter, is_wanted: Callable[[], bool]) -> tuple[IntegerArray, bool]:
    """Return the sorted rows found by reading texts for a while, and whether all of them were read."""
    words = [word.casefold() for word in query.find]

    def found_in(rows: IntegerArray) -> IntegerArray:
        return np.fromiter(table.records.rows_with(words, rows.tolist()), np.int64)

    return _in_slices(table, evaluate(replace(query, find=()), table).rows, found_in, is_wanted)


def _known_then(
    table: EventTable, query: Filter, rows: Int32Array, is_wanted: Callable[[], bool]
) -> tuple[Int32Array, bool]:
    """Return those of some rows that a query finds in what was known on its day, and whether all were looked at.

    Only events of which a part came later are read, for a while.
    """
    day = query.known_day()
    if day is None or table.known is None:
        return rows, True

    def found_in(some: IntegerArray) -> IntegerArray:
        return narrow(FilterResult(len(table), np.sort(some).astype(np.int32)), query, table).rows

    is_whole = table.known.whole_on(day, rows)
    found, are_all = _in_slices(table, rows[~is_whole], found_in, is_wanted)
    return read_only(np.sort(np.concatenate((found_in(rows[is_whole]), found))).astype(np.int32)), are_all


def _in_slices(
    table: EventTable,
    rows: IntegerArray,
    found_in: Callable[[IntegerArray], IntegerArray],
    is_wanted: Callable[[], bool],
) -> tuple[IntegerArray, bool]:
    """Return what is found in some rows, the most important first while there is time, sorted; and if it is all."""
    ordered = rows[np.argsort(-table.importance[rows].astype(np.int8), kind="stable")]
    ends_at = time.monotonic() + UNINDEXED_S
    starts = range(0, len(ordered), SLICE)
    slices = [
        found_in(ordered[start : start + SLICE])
        for start in takewhile(lambda start: not start or (is_wanted() and time.monotonic() < ends_at), starts)
    ]
    return np.sort(np.concatenate((ordered[:0], *slices))), len(slices) == len(starts)
