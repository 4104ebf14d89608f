"""Join the tables of several files into one, wherever their whole events are kept."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain, pairwise

import numpy as np

from timeline_app.core.arrays import (
    Int32Array,
    Int64Array,
    IntegerArray,
    NDArray,
    UInt8Array,
    read_only,
    sorted_unique,
)
from timeline_app.core.dataset import Level, Problem
from timeline_app.core.disputes import are_disputed
from timeline_app.core.event import USUAL_IMPORTANCE, Event, Source
from timeline_app.core.joined_ids import JoinedIds
from timeline_app.core.known_dates import joined_known, with_same
from timeline_app.core.look_alikes import look_alike_notes
from timeline_app.core.postings import PostingList, Postings
from timeline_app.core.recorded_hash import united_source
from timeline_app.core.records import Indexed, Records
from timeline_app.core.same_event import joined_words, merged_event, merged_rows
from timeline_app.core.same_rows import OtherNumbers, SameRows, no_rows, same_rows
from timeline_app.core.table import NO_CODE, EventTable
from timeline_app.core.times import joined_times, narrowed


def join_tables(tables: Sequence[EventTable], *, joins: bool = False) -> EventTable:
    """Return one table of all events; `tables` must have been built with the same gazetteer, that of the first is kept.

    With `joins`, what several tables tell of is one event, with a note; see core/same_event.py. Of sources with one key
    the first table's is kept. An id that an earlier table has too gets a number; see core/joined_ids.py.
    """
    if len(tables) == 1:
        return tables[0]
    return _joined(tables, same_rows(tables) if joins else no_rows())


def with_rows_joined(table: EventTable, same: SameRows) -> EventTable:
    """Return a table where the rows that tell of one event are one; `same` numbers them by the rows of the table."""
    return replace(_joined([table], same, merged_rows), extra=table.extra) if len(same.others) else table


def _joined(
    tables: Sequence[EventTable], same: SameRows, merge: Callable[[Event, Event], Event] = merged_event
) -> EventTable:
    times = joined_times([table.times for table in tables])
    firsts = np.cumsum([0, *(len(table) for table in tables)])
    start, latest, end_earliest, end = times.at(slice(None))
    order = np.lexsort((end, end_earliest, latest, start)) if len(tables) > 1 else np.arange(len(times))
    order = order[~np.isin(order, same.others)] if len(same.others) else order
    row_of = np.empty(len(times), np.int32)
    row_of[order] = np.arange(len(order), dtype=np.int32)
    row_of[same.others] = row_of[same.kept]
    first = tables[0]
    types, type_codes = _joined_codes([(table.types, table.type_codes) for table in tables])
    places, place_codes = _joined_codes([(table.places, table.place_codes) for table in tables])
    importance = np.concatenate([table.importance for table in tables])
    for column, nothing in ((type_codes, NO_CODE), (place_codes, NO_CODE), (importance, USUAL_IMPORTANCE)):
        _fill(column, nothing, same)
    known = with_same(joined_known([table.known for table in tables], list(map(len, tables))), same.kept, same.others)
    actors = _joined_postings([table.actors for table in tables], firsts, row_of)
    notes = look_alike_notes(actors.names, first.gazetteer)
    records = JoinedRecords(
        tuple(table.records for table in tables), order.astype(np.int32), row_of, OtherNumbers(same), merge
    )
    id_notes = _same_notes(tables, same, records)
    joined = EventTable(
        times=replace(
            times,
            start_earliest_s=read_only(times.start_earliest_s[order]),
            shape_codes=read_only(times.shape_codes[order]),
        ),
        flags=read_only(np.concatenate([table.flags for table in tables])[order]),
        precision=read_only(np.concatenate([table.precision for table in tables])[order]),
        importance=read_only(importance[order]),
        type_codes=read_only(type_codes[order]),
        place_codes=read_only(place_codes[order]),
        types=types,
        places=places,
        actors=actors,
        sources=_joined_postings([table.sources for table in tables], firsts, row_of),
        tags=_joined_postings([table.tags for table in tables], firsts, row_of),
        records=records,
        gazetteer=first.gazetteer,
        title=" + ".join(dict.fromkeys(table.title for table in tables if table.title)),
        summary="\n\n".join(dict.fromkeys(table.summary for table in tables if table.summary)),
        source_by_key=_first_sources(tables),
        files=tuple(file for table in tables for file in table.files),
        problems=tuple(dict.fromkeys((*_problems(tables), *_source_notes(tables), *id_notes, *notes))),
        extra={},
        stories=tuple(story for table in tables for story in table.stories),
        known=known.at(order) if known is not None else None,
        disputed=_disputed([row_of[first + table.disputed] for first, table in zip(firsts, tables, strict=False)]),
    )
    if merge is merged_rows:
        return joined
    return replace(joined, disputed=_with_conflicts(joined, row_of[same.kept]))


def _disputed(rows: Sequence[IntegerArray]) -> Int32Array:
    return read_only(sorted_unique(np.sort(np.concatenate(rows)))[0].astype(np.int32))


def _with_conflicts(table: EventTable, rows: IntegerArray) -> Int32Array:
    """Return the rows about which claims compete, with those of some rows that files tell of differently."""
    merged = sorted_unique(np.sort(rows))[0]
    found = [row for row in merged.tolist() if are_disputed(table.event(row).claims)]
    return _disputed([table.disputed, np.array(found, np.int32)])


@dataclass(frozen=True)
class JoinedRecords:
    """The whole events of several tables.

    `order`, shape (rows,), has for each row its number in all parts end to end, and `row_by_number` the reverse. What
    is told of the event with a number besides has the numbers that are in `others`, in their order; `merge` makes one
    event of both.
    """

    parts: tuple[Records, ...]
    order: Int32Array
    row_by_number: Int32Array
    others: OtherNumbers = field(default_factory=OtherNumbers)
    merge: Callable[[Event, Event], Event] = merged_event

    def __len__(self) -> int:
        return len(self.order)

    @property
    def is_indexed(self) -> bool:
        """Whether words are found in every part without reading its events from a file."""
        return all(not isinstance(part, Indexed) or part.is_indexed for part in self.parts)

    def event(self, row: int) -> Event:
        """Return one event, with what every part tells of it."""
        return self._joined(row, lambda part, place: self.parts[part].event(place))

    def brief(self, row: int) -> Event:
        """Return one event without what takes long to read."""
        return self._joined(row, lambda part, place: self.parts[part].brief(place))

    def titles(self, rows: Iterable[int]) -> list[str]:
        """Return the titles of some rows."""
        rows = list(rows)
        places = [self._place_of(int(self.order[row])) for row in rows]
        found: dict[tuple[int, int], str] = {}
        for number, part in enumerate(self.parts):
            own = [place for where, place in places if where == number]
            found |= zip(((number, place) for place in own), part.titles(own), strict=True)
        titles = [found[place] for place in places]
        if self.merge is merged_rows:
            # Each row has the names of its own actors in its title.
            for number, row in enumerate(rows):
                if self.others.of(int(self.order[row])):
                    titles[number] = self.event(row).title
        return titles

    def row_of(self, event_id: str) -> int | None:
        """Return the row of an event, None where there is none with this id."""
        found = self._ids.place_of(event_id)
        return None if found is None else self._row_at(*found)

    def id_of(self, part: int, own_id: str) -> str:
        """Return what the event is called that has an id in a part, the same where that part has none."""
        place = self.parts[part].row_of(own_id)
        if place is None:
            return own_id
        number = int(self.order[self._row_at(part, place)])
        if number == self._firsts[part] + place:
            return self._ids.called(part, own_id)
        # It is shown with another one, under the id of that.
        part, place = self._place_of(number)
        return self._ids.called(part, self.parts[part].brief(place).id)

    def id_prefixes(self) -> NDArray[np.uint64]:
        """Return the upper 32 bits of the hash of every id, shape (rows,); may read events."""
        return self._ids.prefixes(self.order)

    def linking_rows(self, event_id: str) -> tuple[int, ...]:
        """Return the rows of the events that link to this one; links lead to events of the same file."""
        row = self.row_of(event_id)
        if row is None:
            return ()
        number = int(self.order[row])
        found: list[int] = []
        for one in (number, *self.others.of(number)):
            part, place = self._place_of(one)
            own_id = self.parts[part].event(place).id
            first = self._firsts[part]
            found += [int(self.row_by_number[first + linking]) for linking in self.parts[part].linking_rows(own_id)]
        return tuple(dict.fromkeys(found))

    def rows_with(self, words: Sequence[str], candidates: Iterable[int]) -> Iterable[int]:
        """Return those of the candidates in whose text every one of the case-folded words occurs, part by part.

        The result is an array where that of every part is one.
        """
        rows = candidates if isinstance(candidates, np.ndarray) else np.fromiter(candidates, np.int64)
        numbers = self.order[rows]
        if self.others:
            told_again = [other for number in numbers.tolist() for other in self.others.of(number)]
            numbers = np.concatenate((numbers, np.array(told_again, np.int32)))
        found: list[Iterable[int]] = []
        arrays: list[Int32Array] = []
        for part, (first, beyond) in zip(self.parts, pairwise(self._firsts), strict=True):
            own = part.rows_with(words, numbers[(numbers >= first) & (numbers < beyond)] - first)
            if isinstance(own, np.ndarray):
                arrays.append(self.row_by_number[own + first])
                found.append(arrays[-1])
            else:
                found.append(map(self.row_by_number[first:].item, own))
        if len(arrays) < len(found):
            one_by_one = chain.from_iterable(found)
            return _distinct(one_by_one) if self.others else one_by_one
        joined = np.concatenate(arrays)
        return sorted_unique(np.sort(joined))[0] if self.others else joined

    @cached_property
    def _firsts(self) -> list[int]:
        return [0, *np.cumsum([len(part) for part in self.parts]).tolist()]

    @cached_property
    def _ids(self) -> JoinedIds:
        return JoinedIds(self.parts)

    def _joined(self, row: int, read: Callable[[int, int], Event]) -> Event:
        number = int(self.order[row])
        event = self._told(number, read)
        for other in self.others.of(number):
            event = self.merge(event, self._told(other, read))
        return event

    def _told(self, number: int, read: Callable[[int, int], Event]) -> Event:
        """Return what one part tells of an event, by the ids that hold for all parts."""
        part, place = self._place_of(number)
        event = read(part, place)
        called = self._ids.called(part, event.id)
        links = tuple(replace(link, to=self.id_of(part, link.to)) for link in event.links)
        return event if (called, links) == (event.id, event.links) else replace(event, id=called, links=links)

    def _row_at(self, part: int, place: int) -> int:
        return int(self.row_by_number[self._firsts[part] + place])

    def _place_of(self, number: int) -> tuple[int, int]:
        part = bisect_right(self._firsts, number) - 1
        return part, number - self._firsts[part]


def _distinct(rows: Iterable[int]) -> Iterator[int]:
    """Give each row once, as it comes."""
    given: set[int] = set()
    for row in rows:
        if row not in given:
            given.add(row)
            yield row


def _fill(column: IntegerArray | UInt8Array, nothing: int, same: SameRows) -> None:
    """Take from those that tell of an event again what the first says nothing of, as `merged_event` does."""
    # Backwards, so that of several the first has the last word.
    kept, others = same.kept[::-1], same.others[::-1]
    takes = (column[kept] == nothing) & (column[others] != nothing)
    column[kept[takes]] = column[others[takes]]


def _problems(tables: Sequence[EventTable]) -> Iterator[Problem]:
    return (problem for table in tables for problem in table.problems)


def _first_sources(tables: Sequence[EventTable]) -> dict[str, Source]:
    """Return what the first table tells of each key, with the hash that another records of the same source."""
    known: dict[str, Source] = {}
    for table in reversed(tables):
        for key, source in table.source_by_key.items():
            known[key] = united_source(source, known.get(key, source)) or source
    return known


def _source_notes(tables: Sequence[EventTable]) -> Iterator[Problem]:
    """Say of each key that tables use for different sources that it stands for both."""
    known: dict[str, Source] = {}
    for table in tables:
        for key, source in table.source_by_key.items():
            if united_source(known.setdefault(key, source), source) is None:
                message = f"source “{key}” means something else in another file; asked for by its key, both are found"
                yield Problem(message, table.files[0].path if table.files else "", level=Level.NOTE)


def _same_notes(tables: Sequence[EventTable], same: SameRows, records: JoinedRecords) -> Iterator[Problem]:
    """Say how many events of each table are shown with others, and how many were not compared."""
    if len(tables) == 1:
        return
    edges = np.cumsum([0, *map(len, tables)])
    counts = np.diff(np.searchsorted(same.others, edges)).tolist()
    for table, count in zip(tables, counts, strict=True):
        if count:
            yield Problem(joined_words(count), table.files[0].path if table.files else "", level=Level.NOTE)
    for shared in same.shared_ids:
        files = tables[shared.table].files
        new = records.id_of(shared.table, shared.example)
        others = shared.count - 1
        about = "" if shared.is_exact else "about "
        more = f"; {about}{others:,} more {'is' if others == 1 else 'are'} numbered likewise" if others > 0 else ""
        message = f"event id “{shared.example}” stands in another file too; here it is called “{new}”{more}"
        yield Problem(message, files[0].path if files else "", level=Level.NOTE)
    if same.uncompared:
        message = f"{same.uncompared:,} pairs of events that may be the same are not compared; expected fewer"
        yield Problem(message, level=Level.NOTE)


def _joined_codes(columns: Sequence[tuple[tuple[str, ...], IntegerArray]]) -> tuple[tuple[str, ...], IntegerArray]:
    names = tuple(dict.fromkeys(name for own, _ in columns for name in own))
    numbers = {name: number for number, name in enumerate(names)}
    joined = []
    for own, codes in columns:
        renumbered = np.array([*(numbers[name] for name in own), NO_CODE], np.int64)
        joined.append(renumbered[codes])
    return names, narrowed(np.concatenate(joined), len(names))


def _joined_postings(columns: Sequence[Postings], firsts: Int64Array, row_of: Int32Array) -> Postings:
    names = tuple(dict.fromkeys(name for postings in columns for name in postings.names))
    lists: dict[str, list[PostingList]] = {name: [] for name in names}
    for postings, first in zip(columns, firsts, strict=False):
        for code, name in enumerate(postings.names):
            own = postings.list_at(code)
            lists[name].append(replace(own, rows=row_of[own.rows + first]))
    return Postings.merged(lists)
