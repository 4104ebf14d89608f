"""Group the events that pass a filter into lanes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

import numpy as np

from timeline_app.core.arrays import BoolArray, Int32Array, read_only
from timeline_app.core.asked_actors import actor_names
from timeline_app.core.filter import Filter, FilterResult, evaluate
from timeline_app.core.known_indexes import KnownIndexes, indexed
from timeline_app.core.levels import TimeIndex
from timeline_app.core.postings import Postings
from timeline_app.core.table import NO_CODE, EventTable

LANE_LIMIT = 12
INDEXED_FROM = 400
OTHERS = "Others"
NO_ROWS: Int32Array = read_only(np.zeros(0, np.int32))
_FEW = 16
_THREADS = 2
_WORTH_THREADS = 500_000  # rows; fewer are done before a second thread has begun


class Grouping(StrEnum):
    """What a lane stands for."""

    ACTOR = "actor"
    TYPE = "type"
    SOURCE = "source"
    PLACE = "place"
    NONE = "none"


def usual_grouping(table: EventTable) -> Grouping:
    """Return what lanes stand for until somebody chooses: actors, where no event has one types, else nothing.

    Where fewer events have a type than have none, lanes of types would say little of what there is.
    """
    if len(table.actors.rows):
        return Grouping.ACTOR
    typed = int(np.count_nonzero(table.type_codes != NO_CODE))
    return Grouping.TYPE if typed * 2 >= max(len(table), 1) else Grouping.NONE


@dataclass(frozen=True, slots=True, eq=False)
class Lane:
    """One lane: `name` as filters know it, `title` as it is shown, and the sorted rows that stand in it.

    A lane of INDEXED_FROM rows or more is crowded, and has an index by time. `possible` are those of its rows that pass
    the filter only possibly; as many of them have an index of their own.
    """

    name: str
    title: str
    rows: Int32Array
    index: TimeIndex | None = None
    possible: Int32Array = field(default_factory=lambda: NO_ROWS)
    possible_index: TimeIndex | None = None


@dataclass(frozen=True, slots=True, eq=False)
class LaneSet:
    """All lanes of a picture; an event stands once in each lane that it belongs to. `passing` has all of them once.

    `possible` are the sorted rows that pass the filter only possibly.
    """

    grouping: Grouping
    lanes: tuple[Lane, ...]
    loaded: int
    passing: TimeIndex
    possible: Int32Array = field(default_factory=lambda: NO_ROWS)

    @property
    def filtered_out(self) -> int:
        """How many of the loaded events no lane holds."""
        return self.loaded - len(self.passing)


@dataclass(frozen=True, slots=True)
class Question:
    """What passes and its lanes follow from: the filter, what lanes stand for, how many have a name of their own."""

    wanted: Filter = field(default_factory=Filter)
    grouping: Grouping = Grouping.ACTOR
    limit: int = LANE_LIMIT


@dataclass(frozen=True, slots=True, eq=False)
class Passing:
    """The answer to a question: what passes, and its lanes. `known` is kept for the next question about the table."""

    question: Question
    result: FilterResult
    lanes: LaneSet
    known: KnownIndexes

    def warm(self) -> None:
        """Make what pictures of other scales will need, so that none has to wait for it; on any thread."""
        self.lanes.passing.warm_counts()
        for lane in self.lanes.lanes:
            if lane.index is not None:
                lane.index.warm()


def let_pass(table: EventTable, question: Question, known: KnownIndexes | None = None) -> Passing:
    """Filter a table and sort what passes into lanes; raises FilterError as `evaluate` does. See `build_lanes`."""
    wanted, kept = question.wanted, known or KnownIndexes()
    result = evaluate(wanted, table)
    lanes = build_lanes(table, result, wanted, question.grouping, limit=question.limit, known=kept)
    return Passing(question, result, lanes, kept)


def build_lanes(
    table: EventTable,
    result: FilterResult,
    wanted: Filter,
    grouping: Grouping,
    *,
    limit: int = LANE_LIMIT,
    known: KnownIndexes | None = None,
) -> LaneSet:
    """Sort the passing events into lanes, the fullest first and the chosen actors before all.

    At most `limit` lanes have a name; what belongs to none of them stands in a last lane, so that no event is lost.
    As known on a day they are in the order of all their events, so that they keep their places from day to day.
    `known` keeps indexes from one call to the next, for one table.
    """
    builder = _Builder(table, result, grouping, known or KnownIndexes(), keeps_order=bool(wanted.as_of))
    if grouping is Grouping.NONE:
        lanes = [builder.everything()]
    elif grouping in {Grouping.ACTOR, Grouping.SOURCE}:
        chosen = builder.chosen(wanted) if grouping is Grouping.ACTOR else []
        lanes = builder.by_postings(limit, chosen)
    else:
        lanes = builder.by_codes(limit)
    possible = result.possible_rows
    shown = tuple(_with_possible(lane, result, possible, table) for lane in lanes if len(lane.rows))
    passing = builder.passing(shown)
    _make_ready(passing, [lane.index for lane in shown if lane.index is not None])
    return LaneSet(grouping, shown, len(table), passing, possible)


def _with_possible(lane: Lane, result: FilterResult, possible: Int32Array, table: EventTable) -> Lane:
    """Return a lane that knows which of its rows are among those that pass only possibly."""
    if not len(possible):
        return lane
    if len(possible) == result.shown:
        return replace(lane, possible=lane.rows, possible_index=lane.index)
    if len(possible) * _FEW < len(lane.rows):
        # Looked up one by one: going through the lane would take longer.
        places = np.minimum(np.searchsorted(lane.rows, possible), len(lane.rows) - 1)
        found = read_only(possible[lane.rows[places] == possible])
    else:
        found = read_only(lane.rows[~result.certain.take(lane.rows)])
    index = indexed(found, table) if len(found) >= INDEXED_FROM else None
    if index is not None:
        index.warm_counts()
    return replace(lane, possible=found, possible_index=index)


def _make_ready(passing: TimeIndex, indexes: Sequence[TimeIndex]) -> None:
    """Make what the first picture asks of the indexes: on two threads where there is much, as NumPy lets both run."""
    missing = [index for index in indexes if not index.is_ready]
    others = [] if passing in missing else [passing.warm_counts]
    steps = [*others, *(step for index in missing for step in (index.warm_buckets, index.warm_counts))]
    if sum(map(len, missing)) < _WORTH_THREADS:
        for step in steps:
            step()
        return
    # Not loaded for the small timelines that the program begins with.
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(_THREADS) as threads:
        for done in [threads.submit(step) for step in steps]:
            done.result()


class _Builder:
    """Makes the lanes of one filter result."""

    def __init__(
        self,
        table: EventTable,
        result: FilterResult,
        grouping: Grouping,
        known: KnownIndexes,
        *,
        keeps_order: bool,
    ) -> None:
        self._table = table
        self._result = result
        self._grouping = grouping
        self._known = known
        self._keeps_order = keeps_order

    def passing(self, lanes: Sequence[Lane]) -> TimeIndex:
        """Return the index of all rows that pass: that of a lane, where one has all of them."""
        if self._result.passes_all:
            return self._known.of_table(self._table)
        whole = (lane.index for lane in lanes if lane.index is not None and len(lane.rows) == self._result.shown)
        return next(whole, None) or indexed(self._result.rows, self._table)

    def lane(
        self,
        name: str,
        title: str,
        rows: Int32Array,
        whole: Int32Array | None = None,
        kept: TimeIndex | None = None,
    ) -> Lane:
        """Return a lane of some rows; `whole` are all that the name has, and `kept` is their index if there is one."""
        if len(rows) < INDEXED_FROM:
            index = None
        elif whole is not None and len(whole) == len(rows):
            index = self._known.of_name(self._grouping, name, whole, self._table)
        else:
            index = kept or indexed(rows, self._table)
        return Lane(name, title, rows, index)

    def everything(self) -> Lane:
        """Return the one lane of all that passes."""
        crowded = self._result.shown >= INDEXED_FROM
        return Lane("", "All events", self._result.rows, self.passing(()) if crowded else None)

    def chosen(self, wanted: Filter) -> list[Lane]:
        """Return the lanes of the actors that the filter asks for, the fullest first, or the one with most events."""
        actors = self._table.actors
        asked = {name for one in wanted.actors for name in actor_names(one, self._table, members=wanted.members)}
        names = sorted(name for name in asked if name in actors.codes)
        if len(names) == 1:  # Whatever passes has it.
            return [self.lane(names[0], names[0], self._result.rows, actors.rows_of(names[0]))]
        lanes = [lane for name in names if len((lane := self._lane_of(actors, name)).rows)]
        if self._keeps_order:
            return sorted(lanes, key=lambda lane: -len(actors.rows_of(lane.name)))
        return sorted(lanes, key=lambda lane: -len(lane.rows))

    def by_postings(self, limit: int, chosen: Sequence[Lane]) -> list[Lane]:
        """Return the lanes of the chosen actors, those of the names with most events, and the others."""
        postings = self._table.actors if self._grouping is Grouping.ACTOR else self._table.sources
        first = chosen[:limit]
        lanes = [*first, *(self._met_by(first, limit - 1) or self._fullest(postings, limit - len(first), first))]
        if len(first) == len(chosen) and chosen:
            return lanes  # What passes has one of the chosen actors at least.
        rest = self._result.mask.copy()
        for lane in lanes:
            rest[lane.rows] = False
        return [*lanes, self._others(rest)]

    def by_codes(self, limit: int) -> list[Lane]:
        """Return the lanes of the types or places with most events, and the others."""
        table, mask = self._table, self._result.mask
        by_type = self._grouping is Grouping.TYPE
        codes, names = (table.type_codes, table.types) if by_type else (table.place_codes, table.places)
        counts = np.bincount(codes[mask & (codes != NO_CODE)], minlength=len(names))
        fullest = [int(code) for code in np.argsort(-counts, kind="stable")[:limit] if counts[code]]
        if self._keeps_order:
            of_all = np.bincount(codes[codes != NO_CODE], minlength=len(names))
            fullest.sort(key=lambda code: (-of_all[code], code))
        lanes = []
        rest = mask.copy()
        for code in fullest:
            here = mask & (codes == code)
            rest &= ~here
            title = names[code][:1].upper() + names[code][1:]
            lanes.append(self.lane(names[code], title, np.flatnonzero(here).astype(np.int32)))
        return [*lanes, self._others(rest)]

    def _others(self, rest: BoolArray) -> Lane:
        return self.lane("", OTHERS, np.flatnonzero(rest).astype(np.int32))

    def _fullest(self, postings: Postings, count: int, first: Sequence[Lane]) -> Iterator[Lane]:
        """Yield the lanes of the names with most passing events, of equals the first.

        Names are looked at in the order of all their events, and no further than one could still be among the fullest.
        """
        found: list[tuple[int, int]] = []
        taken = {lane.name for lane in first}
        order = np.argsort(-postings.counts, kind="stable")
        for code, all_of_it in zip(order.tolist(), postings.counts[order].tolist(), strict=True):
            if len(found) >= count and (not count or -found[-1][0] > all_of_it):
                break
            if postings.names[code] not in taken:
                passing = self._count_of(postings.rows_at(code))
                if passing:
                    found = sorted([*found, (-passing, code)])[:count]
        if self._keeps_order:
            found.sort(key=lambda one: (-postings.counts[one[1]], one[1]))
        for _, code in found:
            yield self._lane_of(postings, postings.names[code])

    def _met_by(self, first: Sequence[Lane], count: int) -> list[Lane]:
        """Return the lanes of those who share most events with an actor, where it is known and just its events pass."""
        actors, meetings = self._table.actors, self._known.meetings
        shown = self._result.shown
        if meetings is None or len(first) != 1 or not len(first[0].rows) == shown == len(actors.rows_of(first[0].name)):
            return []
        code = actors.codes[first[0].name]
        others = meetings.companions(code, count)
        shared = meetings.shared(code, [other for other in others if self._known.of_pair(code, other) is None])
        lanes = []
        for other in others:
            name, kept = actors.names[other], self._known.of_pair(code, other)
            rows = next(shared) if kept is None else kept.rows
            lanes.append(self.lane(name, name, rows, kept=kept))
        return lanes

    def _lane_of(self, postings: Postings, name: str) -> Lane:
        whole = postings.rows_of(name)
        return self.lane(name, self._title_of(name), self._passing_of(whole), whole)

    def _passing_of(self, rows: Int32Array) -> Int32Array:
        if self._result.passes_all:
            return rows
        near = self._near(rows)
        return near.compress(self._result.mask.take(near))

    def _count_of(self, rows: Int32Array) -> int:
        if self._result.passes_all:
            return len(rows)
        return int(np.count_nonzero(self._result.mask.take(self._near(rows))))

    def _near(self, rows: Int32Array) -> Int32Array:
        """Return those of some sorted rows that lie between the first and the last that passes."""
        passing = self._result.rows
        if not len(passing):
            return rows[:0]
        first, beyond = np.searchsorted(rows, np.array([passing[0], passing[-1] + 1], rows.dtype))
        return rows[first:beyond]

    def _title_of(self, name: str) -> str:
        source = self._table.source_by_key.get(name) if self._grouping is Grouping.SOURCE else None
        return (source.title if source else "") or name
