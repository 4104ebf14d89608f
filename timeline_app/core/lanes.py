"""Group the events that pass a filter into lanes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from timeline_app.core.arrays import BoolArray, Int32Array
from timeline_app.core.filter import Filter, FilterResult, actor_names
from timeline_app.core.table import NO_CODE, EventTable

LANE_LIMIT = 12


class Grouping(StrEnum):
    """What a lane stands for."""

    ACTOR = "actor"
    TYPE = "type"
    SOURCE = "source"
    PLACE = "place"
    NONE = "none"


@dataclass(frozen=True, slots=True, eq=False)
class Lane:
    """One lane: `name` as filters know it, `title` as it is shown, and the sorted rows that stand in it."""

    name: str
    title: str
    rows: Int32Array


@dataclass(frozen=True, slots=True, eq=False)
class LaneSet:
    """All lanes of a picture; an event stands once in each lane that it belongs to."""

    grouping: Grouping
    lanes: tuple[Lane, ...]
    loaded: int
    passing: int

    @property
    def filtered_out(self) -> int:
        """How many of the loaded events no lane holds."""
        return self.loaded - self.passing


def build_lanes(
    table: EventTable, result: FilterResult, wanted: Filter, grouping: Grouping, *, limit: int = LANE_LIMIT
) -> LaneSet:
    """Sort the passing events into lanes, the fullest first and the chosen actors before all.

    At most `limit` lanes have a name; what belongs to none of them stands in a last lane, so that no event is lost.
    """
    if grouping is Grouping.NONE:
        lanes = [Lane("", "All events", np.flatnonzero(result.mask).astype(np.int32))]
    elif grouping is Grouping.ACTOR:
        chosen = _chosen_lanes(table, result, wanted)[:limit]
        lanes = _posting_lanes(table, result, grouping, limit, chosen)
    elif grouping is Grouping.SOURCE:
        lanes = _posting_lanes(table, result, grouping, limit, [])
    else:
        lanes = _code_lanes(table, result, grouping, limit)
    return LaneSet(grouping, tuple(lane for lane in lanes if len(lane.rows)), len(table), result.shown)


def _chosen_lanes(table: EventTable, result: FilterResult, wanted: Filter) -> list[Lane]:
    lanes: dict[str, Lane] = {}
    for asked in wanted.actors:
        for name in sorted(actor_names(asked, table, members=wanted.members)):
            rows = table.actors.rows_of(name)
            lanes.setdefault(name, Lane(name, name, rows[result.mask[rows]]))
    return sorted((lane for lane in lanes.values() if len(lane.rows)), key=lambda lane: -len(lane.rows))


def _posting_lanes(
    table: EventTable, result: FilterResult, grouping: Grouping, limit: int, first: Sequence[Lane]
) -> list[Lane]:
    postings = table.actors if grouping is Grouping.ACTOR else table.sources
    owners = np.repeat(np.arange(len(postings.names)), np.diff(postings.offsets))
    passing = result.mask[postings.rows]
    counts = np.bincount(owners[passing], minlength=len(postings.names))
    lanes = list(first)
    taken = {lane.name for lane in lanes}
    for code in np.argsort(-counts, kind="stable"):
        if len(lanes) >= limit or not counts[code]:
            break
        name = postings.names[code]
        if name not in taken:
            taken.add(name)
            rows = postings.rows_at(int(code))
            lanes.append(Lane(name, _shown_name(table, grouping, name), rows[result.mask[rows]]))
    with_lane = np.array([name in taken for name in postings.names], np.bool_)
    rest = result.mask.copy()
    rest[postings.rows] = False
    rest[postings.rows[passing & ~with_lane[owners]]] = True
    return _with_rest(lanes, rest)


def _code_lanes(table: EventTable, result: FilterResult, grouping: Grouping, limit: int) -> list[Lane]:
    codes, names = (table.type_codes, table.types) if grouping is Grouping.TYPE else (table.place_codes, table.places)
    counts = np.bincount(codes[result.mask & (codes != NO_CODE)], minlength=len(names))
    fullest = [int(code) for code in np.argsort(-counts, kind="stable")[:limit] if counts[code]]
    lanes = [
        Lane(
            names[code],
            names[code][:1].upper() + names[code][1:],
            np.flatnonzero(result.mask & (codes == code)).astype(np.int32),
        )
        for code in fullest
    ]
    return _with_rest(lanes, result.mask & ~np.isin(codes, fullest))


def _with_rest(lanes: list[Lane], rest: BoolArray) -> list[Lane]:
    """Add the lane of the events that have no name of their own, or one that got no lane."""
    return [*lanes, Lane("", "Others", np.flatnonzero(rest).astype(np.int32))]


def _shown_name(table: EventTable, grouping: Grouping, name: str) -> str:
    if grouping is Grouping.SOURCE and name in table.source_by_key:
        return table.source_by_key[name].title or name
    return name
