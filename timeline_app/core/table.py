"""The events as immutable columns, sorted by time, with posting lists for what they are filtered by."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from timeline_app.core.actors import Gazetteer
from timeline_app.core.arrays import (
    BoolArray,
    Int32Array,
    Int64Array,
    IntegerArray,
    UInt8Array,
    read_only,
    sorted_unique,
)
from timeline_app.core.dataset import FileReport, Problem
from timeline_app.core.disputes import NOTHING_DISPUTED
from timeline_app.core.event import Event, Source
from timeline_app.core.known_dates import KnownDates
from timeline_app.core.notes import NO_NOTES, Notes
from timeline_app.core.records import Records
from timeline_app.core.roles import Roles, RoleSet, RoleSets, merged_roles
from timeline_app.core.story import Story
from timeline_app.core.times import Times
from timeline_app.core.when import FUTURE_S, PAST_S

NO_CODE = -1
LARGE = 20_000  # events, from which on going through all of them is felt
_PIECE = 1 << 20  # postings that are counted at a time
_CACHED = 1 << 16
_FEW_NAMES = 10_000


@dataclass(frozen=True, slots=True, eq=False)
class PostingList:
    """The rows of one name, with the roles that stand beside them where any has one."""

    rows: Int32Array
    roles: Roles | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Postings:
    """For each name the sorted rows of its events, end to end in `rows`; name i owns rows[offsets[i]:offsets[i+1]].

    `offsets` has len(names) + 1 entries. `roles` stand beside the rows of actors, where any has one.
    """

    names: tuple[str, ...]
    offsets: Int64Array
    rows: Int32Array
    codes: Mapping[str, int]
    roles: Roles | None = None

    @classmethod
    def build(cls, row_count: int, pairs: Iterable[tuple[int, str]], *, first_names: Sequence[str] = ()) -> Postings:
        """Collect (row, name) pairs; a pair that comes twice counts once. Names are numbered as they are met."""
        names = tuple(first_names)
        offsets = np.zeros(len(names) + 1, np.int64)
        return cls(names, offsets, np.zeros(0, np.int32), {}).with_pairs(row_count, pairs)

    @classmethod
    def merged(cls, lists: Mapping[str, Sequence[PostingList]]) -> Postings:
        """Return the lists of names, each put together from one at least; a row that several have counts once."""
        sets = RoleSets()
        has_roles = any(one.roles is not None for own in lists.values() for one in own)
        # Lists from one table have one tuple of sets, which is numbered once.
        numbers: dict[int, Int64Array] = {}

        def numbered(one: PostingList) -> tuple[Int32Array, Int64Array]:
            if one.roles is None:
                return one.rows, np.zeros(len(one.rows), np.int64)
            if id(one.roles.sets) not in numbers:
                numbers[id(one.roles.sets)] = sets.codes_of(one.roles.sets)
            return one.rows, numbers[id(one.roles.sets)][one.roles.codes]

        rows: list[Int32Array] = [np.zeros(0, np.int32)]
        roles: list[Int64Array] = [np.zeros(0, np.int64)]
        for own in lists.values():
            is_whole = len(own) == 1 and _ascend(own[0].rows)
            if has_roles:
                merged, codes = numbered(own[0]) if is_whole else merged_roles([numbered(one) for one in own], sets)
                roles.append(codes)
            elif is_whole:
                merged = own[0].rows
            else:
                merged = sorted_unique(np.sort(np.concatenate([one.rows for one in own])))[0]
            rows.append(merged)
        offsets = np.cumsum([len(own) for own in rows], dtype=np.int64)
        codes_by_name = {name: code for code, name in enumerate(lists)}
        beside = sets.roles(np.concatenate(roles)) if has_roles else None
        return cls(tuple(lists), read_only(offsets), read_only(np.concatenate(rows)), codes_by_name, beside)

    def with_roles(self, row_count: int, told: Mapping[tuple[int, str], RoleSet]) -> Postings:
        """Return the lists with the roles that names have in rows; each such row must be in the list of its name."""
        if not told:
            return self
        sets = RoleSets()
        codes = np.zeros(len(self.rows), np.int64)
        keys = np.repeat(np.arange(len(self.names), dtype=np.int64), self.counts) * row_count + self.rows
        asked = np.array([self.codes[name] * row_count + row for row, name in told], np.int64)
        codes[np.searchsorted(keys, asked)] = sets.codes_of(told.values())
        return replace(self, roles=sets.roles(codes))

    def with_pairs(self, row_count: int, pairs: Iterable[tuple[int, str]]) -> Postings:
        """Return the lists with more (row, name) pairs, without roles; new names are numbered after those known."""
        codes: dict[str, int] = {name: code for code, name in enumerate(self.names)}
        rows: list[int] = []
        owners: list[int] = []
        for row, name in pairs:
            rows.append(row)
            owners.append(codes.setdefault(name, len(codes)))
        known = np.repeat(np.arange(len(self.names), dtype=np.int64), self.counts) * max(row_count, 1) + self.rows
        fresh = np.asarray(owners, np.int64) * max(row_count, 1) + np.asarray(rows, np.int64)
        keys, _ = sorted_unique(np.sort(np.concatenate((known, fresh))))
        counts = np.bincount(keys // max(row_count, 1), minlength=len(codes))
        offsets = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
        return Postings(tuple(codes), read_only(offsets), read_only((keys % max(row_count, 1)).astype(np.int32)), codes)

    @property
    def counts(self) -> Int64Array:
        """Events a name, shape (len(names),)."""
        return np.diff(self.offsets)

    def counts_among(self, mask: BoolArray) -> Int64Array:
        """Return how many of the masked rows each name has, shape (len(names),); `mask` has the shape (table rows,).

        Of few names list by list; else a piece of the lists at a time, by differences of a running sum, so that it
        needs little memory.
        """
        if mask.all():
            return self.counts
        if len(self.names) <= _FEW_NAMES:
            lists = map(self.rows_at, range(len(self.names)))
            return np.fromiter((_count_among(rows, mask) for rows in lists), np.int64, len(self.names))
        edges: list[Int64Array] = []
        before = 0
        for begin in range(0, max(len(self.rows), 1), _PIECE):
            passed = np.cumsum(mask[self.rows[begin : begin + _PIECE]], dtype=np.int32)
            within = slice(*np.searchsorted(self.offsets, (begin, begin + _PIECE)))
            edges.append(before + np.append(np.int32(0), passed)[self.offsets[within] - begin].astype(np.int64))
            before += int(passed[-1]) if len(passed) else 0
        total = np.concatenate(edges)
        missing = np.full(len(self.offsets) - len(total), before, np.int64)
        running = np.concatenate((total, missing))
        return running[1:] - running[:-1]

    def rows_of(self, name: str) -> Int32Array:
        """Return the sorted rows of a name, empty for a name that does not occur."""
        code = self.codes.get(name)
        return self.rows[:0] if code is None else self.rows_at(code)

    def rows_at(self, code: int) -> Int32Array:
        """Return the sorted rows of the name with this number."""
        return self.rows[self.offsets[code] : self.offsets[code + 1]]

    def list_at(self, code: int) -> PostingList:
        """Return the list of the name with this number, with the roles beside it."""
        own = slice(int(self.offsets[code]), int(self.offsets[code + 1]))
        return PostingList(self.rows[own], self.roles.at(own) if self.roles is not None else None)

    def in_roles(self, asked: Collection[str]) -> Postings:
        """Return the lists of those rows in which a name has one of some roles, whatever its case."""
        if self.roles is None:
            return replace(self, offsets=np.zeros_like(self.offsets), rows=self.rows[:0])
        kept = np.flatnonzero(self.roles.are_in(asked))
        offsets = np.searchsorted(kept, self.offsets)
        return replace(self, offsets=read_only(offsets), rows=read_only(self.rows.take(kept)), roles=None)

    def role_counts(self) -> dict[str, int]:
        """Return in how many rows each role occurs."""
        places = self.roles.places_by_role() if self.roles is not None else {}
        return {role: len(sorted_unique(np.sort(self.rows.take(own)))[0]) for role, own in places.items()}

    def rows_in_roles(self, name: str, asked: Collection[str]) -> Int32Array:
        """Return the sorted rows in which a name has one of some roles."""
        code = self.codes.get(name)
        if code is None or self.roles is None:
            return self.rows[:0]
        own = self.list_at(code)
        return own.rows[:0] if own.roles is None else own.rows.compress(own.roles.are_in(asked))

    def mask(self, names: Iterable[str], row_count: int) -> BoolArray:
        """Return which rows have any of the names, shape (row_count,)."""
        mask = np.zeros(row_count, np.bool_)
        for name in names:
            mask[self.rows_of(name)] = True
        return mask


def _ascend(rows: Int32Array) -> bool:
    """Return whether rows are sorted and each is there once, as those of most names are."""
    return bool((rows[1:] > rows[:-1]).all())


def _count_among(rows: Int32Array, mask: BoolArray) -> int:
    """Count the rows that are masked, a piece at a time: what the processor's cache holds is looked up faster."""
    pieces = range(0, len(rows), _CACHED)
    return sum(int(np.count_nonzero(mask.take(rows[begin : begin + _CACHED]))) for begin in pieces)


@dataclass(frozen=True, eq=False)
class EventTable:
    """All events in time order: narrow columns for what is drawn and filtered, records for what is read.

    Rows are sorted by start (earliest, then latest), end (earliest, then latest), then as the files had them.
    `precision` and `flags` are Precision and WhenFlag of core.when. Type and place are codes into `types` and `places`,
    NO_CODE where an event has none. Whole events are in `records`, which for large files are on disk: only those that
    are looked at are read. `known` tells since when each event was known, None where nothing says of any. `disputed`
    are the sorted rows of the events about which claims compete. `notes` are a person's own, which no file knows of,
    `stories` those that come with the files.
    """

    times: Times
    flags: UInt8Array
    precision: UInt8Array
    importance: UInt8Array
    type_codes: IntegerArray
    place_codes: IntegerArray
    types: tuple[str, ...]
    places: tuple[str, ...]
    actors: Postings
    sources: Postings
    tags: Postings
    records: Records
    gazetteer: Gazetteer
    title: str = ""
    summary: str = ""
    source_by_key: Mapping[str, Source] = field(default_factory=dict)
    files: tuple[FileReport, ...] = ()
    problems: tuple[Problem, ...] = ()
    extra: Mapping[str, object] = field(default_factory=dict)
    known: KnownDates | None = None
    disputed: Int32Array = field(default_factory=lambda: NOTHING_DISPUTED)
    notes: Notes = NO_NOTES
    stories: tuple[Story, ...] = ()

    def __len__(self) -> int:
        return len(self.times)

    @property
    def joined(self) -> int:
        """How many records of the files are shown together with the same event of another file or row."""
        return sum(file.loaded for file in self.files) - len(self)

    @property
    def more_rows(self) -> int:
        """How many records tell more of the event of an earlier one of their file, joined or not."""
        return sum(file.more_rows for file in self.files)

    def __iter__(self) -> Iterator[Event]:
        """Go through the whole events, each read when its turn comes."""
        return map(self.records.event, range(len(self)))

    def event(self, row: int) -> Event:
        """Return the whole record of a row."""
        return self.records.event(row)

    def brief(self, row: int) -> Event:
        """Return the record of a row as far as lists of events tell of it, see core.records.Records."""
        return self.records.brief(row)

    def titles_of(self, rows: Iterable[int]) -> list[str]:
        """Return the titles of some rows."""
        return self.records.titles(rows)

    def row_of(self, event_id: str) -> int | None:
        """Return the row of an event, None where there is none with this id."""
        return self.records.row_of(event_id)

    def linking_rows(self, event_id: str) -> tuple[int, ...]:
        """Return the rows of the events that link to this one."""
        return self.records.linking_rows(event_id)

    def source_of(self, event: Event, key: str) -> Source | None:
        """Return the source that an event means by a key: one of its own before those of the whole table."""
        return next((own for own in event.own_sources if own.key == key), None) or self.source_by_key.get(key)

    def anchor_s(self, row: int) -> int | None:
        """Return the second that stands for an event: the middle of its bounds, or the one bound it has, or none."""
        first_s, _, _, last_s = self.times.bounds_of(row)
        if first_s == PAST_S:
            return None if last_s == FUTURE_S else last_s
        return first_s if last_s == FUTURE_S else first_s + (last_s - first_s) // 2

    @cached_property
    def extent_s(self) -> tuple[int, int] | None:
        """First and last bounded second of all events, None where there is none."""
        return self.times.extent_of(slice(None))

    def extent_of(self, rows: IntegerArray) -> tuple[int, int] | None:
        """Return the first and last bounded second of some rows, None where there is none."""
        return self.times.extent_of(rows)

    def actor_names(self, row: int) -> tuple[str, ...]:
        """Return the names of a row's actors, each once, in the record's order."""
        return tuple(dict.fromkeys(actor.name for actor in self.event(row).actors))
