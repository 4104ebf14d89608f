"""Find the rows of several tables that tell of the same events, reading only those that may by their columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import PurePath

import numpy as np

from timeline_app.core.arrays import Int64Array, NDArray, read_only
from timeline_app.core.same_event import Told, is_same_event
from timeline_app.core.table import NO_CODE, EventTable
from timeline_app.core.text_column import TextColumn

# Two records are read for each; that many take a few seconds.
MOST_COMPARED = 50_000
# Odd numbers by which columns are told apart that have the same values.
_MULTIPLIERS = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xFF51AFD7ED558CCD)
_TYPE, _PLACE, _ACTOR, _IMPORTANCE = 0x85EBCA77C2B2AE63, 0x27D4EB2F165667C5, 0xA0761D6478BD642F, 0xE7037ED1A0B428DB


@dataclass(frozen=True, slots=True, eq=False)
class SameRows:
    """Which events are shown with which: those numbered `others` with those numbered `kept`, both of shape (joined,).

    Rows are numbered through all tables, end to end. No number is among both, and none twice among `others`.
    `uncompared` is how many pairs that may be the same were not looked at.
    """

    kept: Int64Array
    others: Int64Array
    uncompared: int = 0


def no_rows() -> SameRows:
    """Return that no event is told of twice."""
    return SameRows(np.zeros(0, np.int64), np.zeros(0, np.int64))


def same_rows(tables: Sequence[EventTable], most_compared: int = MOST_COMPARED) -> SameRows:
    """Return the events of later tables that an earlier one tells of too, as core.same_event has it.

    Each is met at most once a table. Of pairs that have the same id or columns, no more than `most_compared` are read.
    """
    firsts = np.cumsum([0, *map(len, tables)]).tolist()
    told = [_Telling(table) for table in tables]
    kept_of: dict[int, int] = {}
    left, uncompared = most_compared, 0
    for later in range(1, len(tables)):
        met: set[int] = set()
        for earlier in range(later):
            pairs, unread = _likely_pairs(told[earlier], told[later], left)
            uncompared += unread
            for one, other in pairs:
                number, root = firsts[later] + other, kept_of.get(firsts[earlier] + one, firsts[earlier] + one)
                if number in kept_of or root in met:
                    continue
                left -= 1
                if is_same_event(told[earlier].told(one), told[later].told(other)):
                    kept_of[number] = root
                    met.add(root)
    others = np.array(sorted(kept_of), np.int64)
    kept = np.array([kept_of[number] for number in others.tolist()], np.int64)
    return SameRows(read_only(kept), read_only(others), uncompared)


class _Telling:
    """A table whose events are compared with those of others."""

    def __init__(self, table: EventTable) -> None:
        self.table = table
        self.ids = table.records.id_prefixes()
        self.contents = _content_hashes(table)
        self._readers = {PurePath(file.path).name: file.reader for file in table.files}

    def told(self, row: int) -> Told:
        """Return the event of a row as its file tells it."""
        event = self.table.event(row)
        return Told.of(event, self._readers.get(event.origin.file, ""), self.table.source_by_key)


def _likely_pairs(first: _Telling, second: _Telling, most: int) -> tuple[Iterator[tuple[int, int]], int]:
    """Return the pairs of rows that may be the same, the likeliest first, and how many are left out of them."""
    by_id = _equal_pairs(first.ids, second.ids)
    overlapping = _overlap(first.table, second.table, *by_id)
    by_content = _equal_pairs(first.contents, second.contents)
    found = [tuple(rows[overlapping] for rows in by_id), by_content, tuple(rows[~overlapping] for rows in by_id)]
    count = sum(len(ones) for ones, _ in found)
    pairs = chain.from_iterable(zip(ones.tolist(), others.tolist(), strict=True) for ones, others in found)
    return (pair for pair, _ in zip(pairs, range(most), strict=False)), max(count - most, 0)


def _equal_pairs(first: NDArray[np.uint64], second: NDArray[np.uint64]) -> tuple[Int64Array, Int64Array]:
    """Return the places of equal values, by the place in the second; at most some more than are compared."""
    order = np.argsort(first, kind="stable")
    ordered = first[order]
    begins, ends = np.searchsorted(ordered, second, "left"), np.searchsorted(ordered, second, "right")
    counts = ends - begins
    others = np.flatnonzero(counts)
    others = others[np.cumsum(counts[others]) <= 4 * MOST_COMPARED]
    repeats = counts[others]
    within = np.arange(repeats.sum()) - np.repeat(np.cumsum(repeats) - repeats, repeats)
    return order[np.repeat(begins[others], repeats) + within], np.repeat(others, repeats)


def _overlap(first: EventTable, second: EventTable, ones: Int64Array, others: Int64Array) -> NDArray[np.bool_]:
    one_begins, _, _, one_ends = first.times.at(ones)
    other_begins, _, _, other_ends = second.times.at(others)
    return (one_begins <= other_ends) & (other_begins <= one_ends)


def _content_hashes(table: EventTable) -> NDArray[np.uint64]:
    """Return 64 bits of what the columns say of each event, shape (rows,): date, type, place, importance and actors."""
    hashes = table.importance.astype(np.uint64) * np.uint64(_IMPORTANCE)
    for bound, multiplier in zip(table.times.at(slice(None)), _MULTIPLIERS, strict=True):
        hashes ^= _mixed(bound.view(np.uint64), multiplier)
    for names, codes, multiplier in (
        (table.types, table.type_codes, _TYPE),
        (table.places, table.place_codes, _PLACE),
    ):
        of_names = np.append(_name_hashes(names, multiplier), np.uint64(0))
        hashes ^= of_names[np.where(codes == NO_CODE, len(names), codes)]
    actors = table.actors
    sums = np.zeros(len(table), np.uint64)
    np.add.at(sums, actors.rows, np.repeat(_name_hashes(actors.names, _ACTOR), actors.counts))
    hashes ^= _mixed(sums, _ACTOR)
    return hashes


def _name_hashes(names: Sequence[str], multiplier: int) -> NDArray[np.uint64]:
    folded = TextColumn.of(" ".join(name.split()).casefold() for name in names)
    return _mixed(folded.hashes(), multiplier)


def _mixed(values: NDArray[np.uint64], multiplier: int) -> NDArray[np.uint64]:
    mixed = values * np.uint64(multiplier)
    mixed ^= mixed >> np.uint64(29)
    return mixed
