"""Posting lists: for each actor, source or tag the rows of its events, end to end in one array."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import numpy as np

from timeline_app.core.arrays import BoolArray, Int32Array, Int64Array, read_only, sorted_unique
from timeline_app.core.roles import Roles, RoleSet, RoleSets, joined_roles, merged_roles

_PIECE = 1 << 20  # postings that are counted at a time
_CACHED = 1 << 18  # postings that are looked up at a time, while the processor's cache holds them
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

    def regrouped(self, groups: Mapping[str, Sequence[int]]) -> Postings:
        """Return the lists under other names, each put together from those with some numbers, one at least.

        The rows of each list must ascend; a row that several have counts once. Nearly all names have one list, in the
        order that these had: what stands side by side before and after is copied at once, not list by list.
        """
        united = Postings.merged(
            {name: [self.list_at(code) for code in own] for name, own in groups.items() if len(own) > 1}
        )
        places = [(united, united.codes[name]) if len(own) > 1 else (self, own[0]) for name, own in groups.items()]
        return _end_to_end(tuple(groups), list(_side_by_side(places)))

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

        Of few names no more of each list than lies between the first and the last masked row; else a piece of the
        lists at a time, by differences of a running sum, so that it needs little memory.
        """
        if mask.all():
            return self.counts
        if len(self.names) <= _FEW_NAMES:
            return self._few_counts_among(mask)
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

    def _few_counts_among(self, mask: BoolArray) -> Int64Array:
        """Return the same for few names, many lists at a time.

        NumPy lets other threads run while it looks many rows up, and has to wait for them after each time: list by list
        a worker would wait for the main thread most of the while.
        """
        counts = np.zeros(len(self.names), np.int64)
        span = np.array(_masked_span(mask), self.rows.dtype)
        codes: list[int] = []
        parts: list[Int32Array] = []
        held = 0
        for code in range(len(self.names)):
            own = self.rows_at(code)
            first, beyond = own.searchsorted(span).tolist()
            for begin in range(first, beyond, _CACHED):
                codes.append(code)
                parts.append(own[begin : min(begin + _CACHED, beyond)])
                held += len(parts[-1])
                if held >= _CACHED:
                    counts[codes] += _counts_among(parts, mask)
                    codes, parts, held = [], [], 0
        if parts:
            counts[codes] += _counts_among(parts, mask)
        return counts

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

    def role_names(self, most: int) -> tuple[str, ...]:
        """Return the roles that occur, each as it is written first, in whatever case; of very many the first ones."""
        found: dict[str, str] = {}
        for own in self.roles.sets if self.roles is not None else ():
            for role in own:
                found.setdefault(role.casefold(), role)
        return tuple(found.values())[:most]

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


def _side_by_side(places: Iterable[tuple[Postings, int]]) -> Iterator[tuple[Postings, slice]]:
    """Yield stretches of lists that follow each other, of lists each told by where it stands and its number there."""
    for _, stretch in groupby(enumerate(places), key=lambda one: (one[1][0], one[1][1] - one[0])):
        (_, (postings, first)), *others = stretch
        yield postings, slice(first, first + 1 + len(others))


def _end_to_end(names: tuple[str, ...], stretches: Sequence[tuple[Postings, slice]]) -> Postings:
    """Return the lists of some names, taken from where they stand, a stretch after the other."""
    rows: list[Int32Array] = [np.zeros(0, np.int32)]
    counts: list[Int64Array] = [np.zeros(1, np.int64)]
    roles: list[Roles | None] = []
    for postings, lists in stretches:
        offsets = postings.offsets[lists.start : lists.stop + 1]
        own = slice(int(offsets[0]), int(offsets[-1]))
        rows.append(postings.rows[own])
        counts.append(np.diff(offsets))
        roles.append(postings.roles.at(own) if postings.roles is not None else None)
    return Postings(
        names,
        read_only(np.cumsum(np.concatenate(counts))),
        read_only(np.concatenate(rows)),
        {name: code for code, name in enumerate(names)},
        joined_roles(roles, [len(own) for own in rows[1:]]),
    )


def _ascend(rows: Int32Array) -> bool:
    """Return whether rows are sorted and each is there once, as those of most names are."""
    return bool((rows[1:] > rows[:-1]).all())


def _masked_span(mask: BoolArray) -> tuple[int, int]:
    """Return the first masked row, and one beyond the last, no more than _CACHED rows farther than need be."""
    first, beyond = int(mask.argmax()), len(mask)
    while beyond > first and not mask[max(first, beyond - _CACHED) : beyond].any():
        beyond = max(first, beyond - _CACHED)
    return first, beyond


def _counts_among(parts: Sequence[Int32Array], mask: BoolArray) -> Int64Array:
    """Return how many rows of each part, of which none is empty, are masked, shape (len(parts),)."""
    begins = np.cumsum([0, *map(len, parts[:-1])])
    found = mask.take(np.concatenate(parts))
    return np.add.reduceat(found.view(np.uint8), begins, dtype=np.int64)
