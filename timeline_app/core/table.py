"""The events as immutable columns, sorted by time, with posting lists for what they are filtered by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from timeline_app.core.actors import Gazetteer
from timeline_app.core.arrays import BoolArray, Int32Array, Int64Array, NDArray, Scalar, UInt8Array, sorted_unique
from timeline_app.core.dataset import FileReport, Problem
from timeline_app.core.event import Event, Source
from timeline_app.core.when import FUTURE_S, PAST_S

NO_CODE = -1


@dataclass(frozen=True, slots=True, eq=False)
class Postings:
    """For each name the sorted rows of its events, end to end in `rows`; name i owns rows[offsets[i]:offsets[i+1]].

    `offsets` has len(names) + 1 entries.
    """

    names: tuple[str, ...]
    offsets: Int64Array
    rows: Int32Array
    codes: Mapping[str, int]

    @classmethod
    def build(cls, row_count: int, pairs: Iterable[tuple[int, str]], *, first_names: Sequence[str] = ()) -> Postings:
        """Collect (row, name) pairs; a pair that comes twice counts once. Names are numbered as they are met."""
        codes: dict[str, int] = {name: code for code, name in enumerate(first_names)}
        rows: list[int] = []
        owners: list[int] = []
        for row, name in pairs:
            rows.append(row)
            owners.append(codes.setdefault(name, len(codes)))
        keys, _ = sorted_unique(np.sort(np.asarray(owners, np.int64) * max(row_count, 1) + np.asarray(rows, np.int64)))
        counts = np.bincount(keys // max(row_count, 1), minlength=len(codes))
        offsets = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
        return cls(tuple(codes), read_only(offsets), read_only((keys % max(row_count, 1)).astype(np.int32)), codes)

    @property
    def counts(self) -> Int64Array:
        """Events a name, shape (len(names),)."""
        return np.diff(self.offsets)

    def rows_of(self, name: str) -> Int32Array:
        """Return the sorted rows of a name, empty for a name that does not occur."""
        code = self.codes.get(name)
        return self.rows[:0] if code is None else self.rows_at(code)

    def rows_at(self, code: int) -> Int32Array:
        """Return the sorted rows of the name with this number."""
        return self.rows[self.offsets[code] : self.offsets[code + 1]]

    def mask(self, names: Iterable[str], row_count: int) -> BoolArray:
        """Return which rows have any of the names, shape (row_count,)."""
        mask = np.zeros(row_count, np.bool_)
        for name in names:
            mask[self.rows_of(name)] = True
        return mask


@dataclass(frozen=True, slots=True, eq=False)
class Times:
    """The four bounds of every event in seconds (see core.when), each of shape (rows,)."""

    start_earliest_s: Int64Array
    start_latest_s: Int64Array
    end_earliest_s: Int64Array
    end_latest_s: Int64Array


@dataclass(frozen=True, eq=False)
class EventTable:
    """All events in time order: narrow columns for what is drawn and filtered, records for what is read.

    Rows are sorted by start (earliest, then latest), end (earliest, then latest), then as the files had them.
    `precision` and `flags` are Precision and WhenFlag of core.when. Type and place are codes into `types` and `places`,
    NO_CODE where an event has none.
    """

    times: Times
    flags: UInt8Array
    precision: UInt8Array
    importance: UInt8Array
    type_codes: Int32Array
    place_codes: Int32Array
    types: tuple[str, ...]
    places: tuple[str, ...]
    actors: Postings
    sources: Postings
    tags: Postings
    records: tuple[Event, ...]
    gazetteer: Gazetteer
    title: str = ""
    summary: str = ""
    source_by_key: Mapping[str, Source] = field(default_factory=dict)
    files: tuple[FileReport, ...] = ()
    problems: tuple[Problem, ...] = ()
    extra: Mapping[str, object] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.records)

    def __iter__(self) -> Iterator[Event]:
        return iter(self.records)

    @cached_property
    def row_by_id(self) -> Mapping[str, int]:
        """The row of every event id."""
        return {event.id: row for row, event in enumerate(self.records)}

    @cached_property
    def linking_rows(self) -> Mapping[str, tuple[int, ...]]:
        """For every event id that others link to, their rows."""
        found: dict[str, list[int]] = {}
        for row, event in enumerate(self.records):
            for link in event.links:
                found.setdefault(link.to, []).append(row)
        return {name: tuple(rows) for name, rows in found.items()}

    def anchor_s(self, row: int) -> int | None:
        """Return the second that stands for an event: the middle of its bounds, or the one bound it has, or none."""
        first_s, last_s = int(self.times.start_earliest_s[row]), int(self.times.end_latest_s[row])
        if first_s == PAST_S:
            return None if last_s == FUTURE_S else last_s
        return first_s if last_s == FUTURE_S else first_s + (last_s - first_s) // 2

    @cached_property
    def titles(self) -> tuple[str, ...]:
        """The title of every row."""
        return tuple(event.title for event in self.records)

    @cached_property
    def folded_texts(self) -> tuple[str, ...]:
        """For every row its words that a search looks through, case-folded."""
        return tuple(_searchable(event) for event in self.records)

    @cached_property
    def extent_s(self) -> tuple[int, int] | None:
        """First and last bounded second of all events, None where there is none."""
        return self.extent_of(np.ones(len(self), np.bool_))

    def extent_of(self, mask: BoolArray) -> tuple[int, int] | None:
        """Return the first and last bounded second of the masked events, None where there is none."""
        times = self.times
        columns = (times.start_earliest_s, times.start_latest_s, times.end_earliest_s, times.end_latest_s)
        lowest: list[int] = []
        highest: list[int] = []
        for column in columns:
            bounded = column[mask & (np.abs(column) < FUTURE_S)]
            if len(bounded):
                lowest.append(int(bounded.min()))
                highest.append(int(bounded.max()))
        return (min(lowest), max(highest)) if lowest else None

    def event(self, row: int) -> Event:
        """Return the whole record of a row."""
        return self.records[row]

    def actor_names(self, row: int) -> tuple[str, ...]:
        """Return the names of a row's actors, each once, in the record's order."""
        return tuple(dict.fromkeys(actor.name for actor in self.records[row].actors))


def _searchable(event: Event) -> str:
    parts = [event.title, event.summary, event.place, event.type, *event.tags]
    parts += [actor.name for actor in event.actors]
    for excerpt in event.excerpts:
        parts += [excerpt.text, excerpt.translation]
    return "\n".join(parts).casefold()


def read_only(array: NDArray[Scalar]) -> NDArray[Scalar]:
    """Return the same array, closed to writing."""
    array.flags.writeable = False
    return array
