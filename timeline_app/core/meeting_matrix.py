"""Who meets whom among the events that pass a filter, and who does something to whom: counted from posting lists."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from timeline_app.core.actor_rows import ActorRows
from timeline_app.core.arrays import Int32Array, Int64Array, NDArray, read_only, sorted_unique
from timeline_app.core.asked_actors import taken_actors
from timeline_app.core.filter import Filter, FilterResult, Match, evaluate
from timeline_app.core.memberships import Belonging
from timeline_app.core.pairs import Pair, occurring_roles
from timeline_app.core.postings import Postings
from timeline_app.core.table import EventTable

MOST_ACTORS = 12
_PIECE = 4_096
_Marks = NDArray[np.uint16]


@dataclass(frozen=True, slots=True, eq=False)
class MeetingMatrix:
    """How many events the most frequent actors have with each other, and with all others.

    `names` are those actors, the fullest first, and `others` is how many more there are; these have the last row and
    column of both counts, shape (names + 1, names + 1). `together[i, j]` tells in how many events both take part, with
    their parts; on the diagonal stand the events of one actor, and in the last corner those in which others meet.
    `directed[i, j]` tells in how many i does something to j, by roles. `shown` events were looked at.
    """

    names: tuple[str, ...]
    others: int
    together: Int64Array
    directed: Int64Array
    shown: int

    @property
    def has_directions(self) -> bool:
        """Whether any event tells who does something to whom."""
        return bool(self.directed.any())


def asked_beside_actors(wanted: Filter) -> Filter:
    """Return what a filter asks besides actors: a matrix counts what each choice of a pair would show under it."""
    return replace(wanted, actors=(), match=Match.ANY, roles=(), pairs=())


def filter_of_meeting(wanted: Filter, first: str, second: str) -> Filter:
    """Return the filter that shows the events in which two actors meet, or the events of one for the same twice."""
    both = (first,) if first == second else (first, second)
    return replace(asked_beside_actors(wanted), actors=both, match=Match.ALL if first != second else Match.ANY)


def filter_of_pair(wanted: Filter, first: str, second: str) -> Filter:
    """Return the filter that shows the events in which one actor does something to another."""
    return replace(asked_beside_actors(wanted), pairs=(Pair(first, second).written,))


def meeting_matrix(table: EventTable, wanted: Filter, most: int = MOST_ACTORS) -> MeetingMatrix:
    """Count who meets whom under what a filter asks besides actors; raises FilterError as `evaluate` does."""
    result = evaluate(asked_beside_actors(wanted), table)
    counts = table.actors.counts if result.passes_all else table.actors.counts_among(result.mask)
    fullest = [int(code) for code in np.argsort(-counts, kind="stable")[:most] if counts[code]]
    names = tuple(table.actors.names[code] for code in fullest)
    taken = [tuple(taken_actors((name,), table, members=wanted.members)) for name in names]
    counted = _Counted(table, wanted.certain)
    is_other = _OtherActors(taken, counted)
    together = _together(counted, result, taken, is_other)
    return MeetingMatrix(
        names,
        int(np.count_nonzero(counts)) - len(names),
        read_only(together),
        read_only(_directed(counted, result, taken, is_other)),
        result.shown,
    )


@dataclass(frozen=True, slots=True)
class _Counted:
    """Whose events are counted: where only what is certain counts, those of members while they surely are."""

    table: EventTable
    certain: bool

    def rows_of(self, group: Iterable[Belonging], roles: Collection[str] = ()) -> tuple[Int32Array, ...]:
        """Return the rows of some actors, where they have one of some roles if any are given, each a list."""
        return ActorRows.of(group, self.table, roles).taken(certain=self.certain)


class _OtherActors:
    """Tells which rows of an actor's list are of none of the most frequent ones, nor of what they take along."""

    def __init__(self, taken: Sequence[Iterable[Belonging]], counted: _Counted) -> None:
        self._counted = counted
        self._by_name: dict[str, list[Belonging]] = {}
        for one in {one for group in taken for one in group}:
            self._by_name.setdefault(one.name, []).append(one)

    def lists(self, postings: Postings) -> Iterable[Int32Array]:
        """Yield the rows of each other actor in some posting lists."""
        for code, name in enumerate(postings.names):
            rows = postings.rows_at(code)
            taken = self._by_name.get(name, [])
            if any(not one.is_dated for one in taken) or not len(rows):
                continue
            if taken:
                covered = np.concatenate(self._counted.rows_of(taken))
                rows = rows[~np.isin(rows, covered)]
            yield rows


def _together(
    counted: _Counted, result: FilterResult, taken: Sequence[Iterable[Belonging]], is_other: _OtherActors
) -> Int64Array:
    marks = np.zeros(len(counted.table), np.uint16)
    for place, group in enumerate(taken):
        _mark(marks, counted.rows_of(group), place)
    one_other, two_others = np.uint16(1 << len(taken)), np.uint16(1 << (len(taken) + 1))
    for rows in is_other.lists(counted.table.actors):
        had = marks.take(rows)
        # Who is the second of the others in an event meets the first.
        marks[rows] = had | one_other | ((had & one_other) << np.uint16(1))
    values, counts = _distinct(result.of(marks))
    bits = _bits(values, len(taken) + 2)
    found = (bits * counts[:, None]).T @ bits
    together = found[:-1, :-1]
    together[-1, -1] = counts[(values & two_others) != 0].sum()
    return together


def _directed(
    counted: _Counted, result: FilterResult, taken: Sequence[Iterable[Belonging]], is_other: _OtherActors
) -> Int64Array:
    """Return in how many events each does something to each; of several directed roles one is enough."""
    size = len(taken) + 1
    found = np.zeros((size, size), np.int64)
    pairs: list[NDArray[np.uint32]] = []
    for sides in occurring_roles(counted.table):
        marks = [_side_marks(counted, roles, taken, is_other) for roles in sides]
        first, second = (result.of(own).astype(np.uint32) for own in marks)
        both = (first != 0) & (second != 0)
        pairs.append(np.where(both, first << np.uint32(16) | second, np.uint32(0)))
    if not pairs:
        return found
    filled = np.stack(pairs, axis=1)
    filled = filled[filled.any(axis=1)]
    if not len(filled):
        return found
    rows, counts = _distinct_rows(filled)
    for begin in range(0, len(rows), _PIECE):
        piece = rows[begin : begin + _PIECE]
        who, whom = _bits(piece >> np.uint32(16), size), _bits(piece & np.uint32(0xFFFF), size)
        # Shape (rows, size, size): whether any of the directed roles of a row leads from the one to the other.
        leads = (who[:, :, :, None] & whom[:, :, None, :]).any(axis=1)
        found += np.tensordot(counts[begin : begin + _PIECE], leads, axes=1)
    return found


def _side_marks(
    counted: _Counted, roles: tuple[str, ...], taken: Sequence[Iterable[Belonging]], is_other: _OtherActors
) -> _Marks:
    marks = np.zeros(len(counted.table), np.uint16)
    for place, group in enumerate(taken):
        _mark(marks, counted.rows_of(group, roles), place)
    _mark(marks, is_other.lists(counted.table.actors.in_roles(roles)), len(taken))
    return marks


def _mark(marks: _Marks, lists: Iterable[Int32Array], place: int) -> None:
    for rows in lists:
        marks[rows] |= np.uint16(1 << place)


def _distinct(marks: _Marks) -> tuple[_Marks, Int64Array]:
    """Return the different marks and how often each comes; by sorting, which lets the window have its turn."""
    values, begins = sorted_unique(np.sort(marks))
    return values, np.diff(begins, append=len(marks)).astype(np.int64)


def _distinct_rows(rows: NDArray[np.uint32]) -> tuple[NDArray[np.uint32], Int64Array]:
    ordered = rows[np.lexsort(rows.T)] if rows.shape[1] > 1 else np.sort(rows, axis=0)
    is_other = np.concatenate(([True], (ordered[1:] != ordered[:-1]).any(axis=1)))
    begins = np.flatnonzero(is_other)
    return ordered[begins], np.diff(begins, append=len(ordered)).astype(np.int64)


def _bits(values: NDArray[np.unsignedinteger], count: int) -> Int64Array:
    """Return which bits are set, 0 or 1, shape (*values.shape, count)."""
    return (values.astype(np.int64)[..., None] >> np.arange(count)) & 1
