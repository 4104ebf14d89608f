"""Group the events that pass a filter into lanes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from timeline_app.core.arrays import Int32Array
from timeline_app.core.filter import Filter, FilterResult, actor_names, evaluate
from timeline_app.core.levels import TimeIndex
from timeline_app.core.table import LARGE, NO_CODE, EventTable, Postings

LANE_LIMIT = 12
INDEXED_FROM = 400
OTHERS = "Others"
_THREADS = 2


class Grouping(StrEnum):
    """What a lane stands for."""

    ACTOR = "actor"
    TYPE = "type"
    SOURCE = "source"
    PLACE = "place"
    NONE = "none"


@dataclass(frozen=True, slots=True, eq=False)
class Lane:
    """One lane: `name` as filters know it, `title` as it is shown, and the sorted rows that stand in it.

    A lane of INDEXED_FROM rows or more is crowded, and has an index by time.
    """

    name: str
    title: str
    rows: Int32Array
    index: TimeIndex | None = None


@dataclass(frozen=True, slots=True, eq=False)
class LaneSet:
    """All lanes of a picture; an event stands once in each lane that it belongs to. `passing` has all of them once."""

    grouping: Grouping
    lanes: tuple[Lane, ...]
    loaded: int
    passing: TimeIndex

    @property
    def filtered_out(self) -> int:
        """How many of the loaded events no lane holds."""
        return self.loaded - len(self.passing)


@dataclass(frozen=True, slots=True, eq=False)
class KnownIndexes:
    """The indexes of whole tables and of all that a name has in them, kept for the next filter."""

    _of_names: dict[tuple[Grouping, str], TimeIndex] = field(default_factory=dict)
    _whole: list[TimeIndex] = field(default_factory=list)

    def of_table(self, table: EventTable) -> TimeIndex:
        """Return the index of all rows."""
        if not self._whole:
            self._whole.append(_indexed(np.arange(len(table), dtype=np.int32), table))
        return self._whole[0]

    def of_name(self, grouping: Grouping, name: str, rows: Int32Array, table: EventTable) -> TimeIndex:
        """Return the index of all rows of a name."""
        key = (grouping, name)
        if key not in self._of_names:
            self._of_names[key] = _indexed(rows, table)
        return self._of_names[key]


@dataclass(frozen=True, slots=True, eq=False)
class Passing:
    """What passes a filter, and its lanes: all that a picture needs to know of it."""

    wanted: Filter
    result: FilterResult
    lanes: LaneSet

    def warm(self) -> None:
        """Make what pictures of other scales will need, so that none has to wait for it; on any thread."""
        self.lanes.passing.warm_counts()
        for lane in self.lanes.lanes:
            if lane.index is not None:
                lane.index.warm()


def let_pass(
    table: EventTable, wanted: Filter, grouping: Grouping, *, limit: int = LANE_LIMIT, known: KnownIndexes | None = None
) -> Passing:
    """Filter a table and sort what passes into lanes; raises FilterError as `evaluate` does. See `build_lanes`."""
    result = evaluate(wanted, table)
    return Passing(wanted, result, build_lanes(table, result, wanted, grouping, limit=limit, known=known))


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
    `known` keeps indexes from one call to the next, for one table.
    """
    builder = _Builder(table, result, grouping, known or KnownIndexes())
    if grouping is Grouping.NONE:
        lanes = [builder.lane("", "All events", builder.passing.rows)]
    elif grouping in {Grouping.ACTOR, Grouping.SOURCE}:
        chosen = builder.chosen(wanted)[:limit] if grouping is Grouping.ACTOR else []
        lanes = builder.by_postings(limit, chosen)
    else:
        lanes = builder.by_codes(limit)
    shown = tuple(lane for lane in lanes if len(lane.rows))
    _make_ready(builder.passing, [lane.index for lane in shown if lane.index is not None])
    return LaneSet(grouping, shown, len(table), builder.passing)


def _make_ready(passing: TimeIndex, indexes: Sequence[TimeIndex]) -> None:
    """Make what the first picture asks of the indexes: on two threads where there is much, as NumPy lets both run."""
    steps = [passing.warm_counts, *(step for index in indexes for step in (index.warm_buckets, index.warm_counts))]
    if len(passing) < LARGE:
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

    def __init__(self, table: EventTable, result: FilterResult, grouping: Grouping, known: KnownIndexes) -> None:
        self._table = table
        self._mask = result.mask
        self._grouping = grouping
        self._known = known
        self._takes_all = result.shown == len(table)
        self.passing = (
            known.of_table(table) if self._takes_all else _indexed(np.flatnonzero(result.mask).astype(np.int32), table)
        )

    def lane(self, name: str, title: str, rows: Int32Array, whole: Int32Array | None = None) -> Lane:
        """Return a lane of some rows; `whole` are all that the name has, where they may be the same."""
        if len(rows) < INDEXED_FROM:
            index = None
        elif whole is not None and len(whole) == len(rows):
            index = self._known.of_name(self._grouping, name, whole, self._table)
        else:
            index = _indexed(rows, self._table)
        return Lane(name, title, rows, index)

    def chosen(self, wanted: Filter) -> list[Lane]:
        """Return the lanes of the actors that the filter asks for, the fullest first."""
        names = {name for asked in wanted.actors for name in actor_names(asked, self._table, members=wanted.members)}
        lanes = [self._lane_of(self._table.actors, name) for name in sorted(names)]
        return sorted((lane for lane in lanes if len(lane.rows)), key=lambda lane: -len(lane.rows))

    def by_postings(self, limit: int, first: Sequence[Lane]) -> list[Lane]:
        """Return the given lanes, those of the names with most events, and the others."""
        postings = self._table.actors if self._grouping is Grouping.ACTOR else self._table.sources
        taken = {lane.name for lane in first}
        lanes = [*first, *self._fullest(postings, limit - len(first), taken)]
        rest = self._mask.copy()
        for lane in lanes:
            rest[lane.rows] = False
        return [*lanes, self.lane("", OTHERS, np.flatnonzero(rest).astype(np.int32))]

    def by_codes(self, limit: int) -> list[Lane]:
        """Return the lanes of the types or places with most events, and the others."""
        table = self._table
        by_type = self._grouping is Grouping.TYPE
        codes, names = (table.type_codes, table.types) if by_type else (table.place_codes, table.places)
        counts = np.bincount(codes[self._mask & (codes != NO_CODE)], minlength=len(names))
        fullest = [int(code) for code in np.argsort(-counts, kind="stable")[:limit] if counts[code]]
        lanes = []
        rest = self._mask.copy()
        for code in fullest:
            here = self._mask & (codes == code)
            rest &= ~here
            title = names[code][:1].upper() + names[code][1:]
            lanes.append(self.lane(names[code], title, np.flatnonzero(here).astype(np.int32)))
        return [*lanes, self.lane("", OTHERS, np.flatnonzero(rest).astype(np.int32))]

    def _fullest(self, postings: Postings, count: int, without: set[str]) -> Iterator[Lane]:
        """Yield the lanes of the names with most passing events.

        Names are looked at in the order of all their events, and no further than one could still be among the fullest.
        """
        found: list[tuple[int, int, Int32Array]] = []
        order = np.argsort(-postings.counts, kind="stable")
        for code, all_of_it in zip(order.tolist(), postings.counts[order].tolist(), strict=True):
            if len(found) >= count and (not count or -found[-1][0] >= all_of_it):
                break
            if postings.names[code] not in without:
                rows = self._passing_of(postings.rows_at(code))
                if len(rows):
                    found = sorted([*found, (-len(rows), code, rows)], key=lambda one: one[:2])[:count]
        for _, code, rows in found:
            name = postings.names[code]
            yield self.lane(name, self._title_of(name), rows, postings.rows_at(code))

    def _lane_of(self, postings: Postings, name: str) -> Lane:
        whole = postings.rows_of(name)
        return self.lane(name, self._title_of(name), self._passing_of(whole), whole)

    def _passing_of(self, rows: Int32Array) -> Int32Array:
        return rows if self._takes_all else rows.compress(self._mask.take(rows))

    def _title_of(self, name: str) -> str:
        source = self._table.source_by_key.get(name) if self._grouping is Grouping.SOURCE else None
        return (source.title if source else "") or name


def _indexed(rows: Int32Array, table: EventTable) -> TimeIndex:
    return TimeIndex(rows, table.times, table.importance, table.extent_s or (0, 0))
