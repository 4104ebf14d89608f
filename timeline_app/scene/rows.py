"""Which line of its lane an event stands on at one zoom level, who keeps a title, and what is merged into counts.

The layout of a level is made once for all events, for the coarsest scale of the level, so it holds at every scale of
that level and anywhere in time: panning moves positions and nothing else.

All seconds are whole and in int64, and room is rounded up: floats would be 64 seconds coarse 13.8 billion years ago.

The method is greedy interval partitioning with priorities: events in order of importance, then of time, take the first
line that has room for them and their title, else the first that has room for them alone. What finds no place is counted
in the lane's last line, in cells of CELL_PX, exactly.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import dataclass
from enum import IntEnum
from typing import TypeAlias

import numpy as np

from timeline_app.core.arrays import (
    BoolArray,
    Float32Array,
    Int16Array,
    Int32Array,
    Int64Array,
    NDArray,
    UInt8Array,
    sorted_unique,
)
from timeline_app.core.lanes import Lane, LaneSet
from timeline_app.core.table import EventTable
from timeline_app.core.when import FUTURE_S, PAST_S

MARK_PX = 12
GAP_PX = 7
TITLE_GAP_PX = 5
CELL_PX = 64
CROWD = 1_000
TITLE_LINE_SHARES = (1.0, 0.8, 0.6)
LEAST_CUT_BAR_PX = 3 * MARK_PX
EDGE_PX = 40


class TitlePlace(IntEnum):
    """Where an event's title stands."""

    NONE = 0
    RIGHT = 1
    LEFT = 2
    INSIDE = 3


# The sorted begins and ends of what is taken on a line.
_Stretches: TypeAlias = tuple[list[int], list[int]]


@dataclass(frozen=True, slots=True, eq=False)
class LaneRows:
    """One lane at one level. Singles: `rows`, `line`, `title_place`, in order of `left_s`, each of shape (singles,).

    `left_s` and `right_s` bound all that is drawn of a single, title included. Clusters: the cell's edges in
    `cell_start_s` and `cell_end_s`, and its members as merged_rows[offsets[i]:offsets[i + 1]]. A merged event lasts
    until `merged_end_s`; `reach_s` is the last such end of a cell and all before it.
    """

    lane: Lane
    rows: Int32Array
    line: Int16Array
    title_place: UInt8Array
    left_s: Int64Array
    right_s: Int64Array
    cell_start_s: Int64Array
    cell_end_s: Int64Array
    offsets: Int64Array
    merged_rows: Int32Array
    merged_end_s: Int64Array
    reach_s: Int64Array
    line_count: int

    @property
    def cluster_line(self) -> int:
        """The line that counts stand on."""
        return self.line_count - 1


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """All lanes at one level; `shown` events stand by themselves in at least one lane, `merged` in counts only."""

    level: int
    lanes: tuple[LaneRows, ...]
    shown: int
    merged: int
    clusters: int


@dataclass(frozen=True, slots=True, eq=False)
class Extents:
    """What every row of a table needs of room: drawn bounds in seconds, unbounded ends cut at the data's own."""

    start_s: Int64Array
    end_s: Int64Array
    title_px: Float32Array
    importance: UInt8Array
    cut_start: BoolArray
    cut_end: BoolArray
    first_s: int
    last_s: int


def measure_extents(table: EventTable, title_px: Float32Array) -> Extents:
    """Bring a table's dates and title widths (pixels, shape (rows,)) into the form that a layout needs.

    An end that goes on, or that nobody knows, reaches as far as the last date of all events; a start as the first.
    """
    first_s, last_s = table.extent_s or (0, 0)
    starts, ends = table.times.start_earliest_s, table.times.end_latest_s
    start = np.where(starts == PAST_S, np.minimum(first_s, ends), starts)
    end = np.where(ends == FUTURE_S, np.maximum(last_s, start), ends)
    return Extents(
        start,
        end + 1,
        title_px,
        table.importance,
        starts == PAST_S,
        ends == FUTURE_S,
        first_s,
        last_s,
    )


def lay_out(lanes: LaneSet, extents: Extents, level: int, max_lines: int) -> Layout:
    """Place the events of every lane for one level (2**level seconds a pixel) on at most `max_lines` lines a lane.

    A crowded lane, of CROWD events or more, gets half as many: it would fill them all, and push the others off screen.
    """
    placed = tuple(
        _lay_out_lane(lane, extents, level, max_lines if len(lane.rows) < CROWD else max(1, max_lines // 2))
        for lane in lanes.lanes
    )
    alone = np.zeros(len(extents.start_s), np.bool_)
    for lane_rows in placed:
        alone[lane_rows.rows] = True
    shown = int(np.count_nonzero(alone))
    clusters = sum(len(lane_rows.cell_start_s) for lane_rows in placed)
    return Layout(level, placed, shown, lanes.passing - shown, clusters)


@dataclass(frozen=True, slots=True, eq=False)
class _Candidates:
    """The events of a lane in order of `left_s`, with the room they need in seconds at the level's scale."""

    rows: Int32Array
    left_s: Int64Array
    mark_right_s: Int64Array
    title_right_s: Int64Array
    title_left_s: Int64Array
    inside: BoolArray
    importance: UInt8Array

    def subset(self, chosen: NDArray[np.intp]) -> _Candidates:
        return _Candidates(
            self.rows[chosen],
            self.left_s[chosen],
            self.mark_right_s[chosen],
            self.title_right_s[chosen],
            self.title_left_s[chosen],
            self.inside[chosen],
            self.importance[chosen],
        )


def _lay_out_lane(lane: Lane, extents: Extents, level: int, max_lines: int) -> LaneRows:
    scale = 2.0**level
    everyone = _candidates(lane.rows, extents, scale)
    crowded = _beyond_room(everyone, scale, max_lines)
    kept = everyone.subset(np.flatnonzero(~crowded))
    line, title_place = _place(kept, max_lines, extents.last_s + _room_s(EDGE_PX, scale))
    single = line >= 0
    merged = np.concatenate((everyone.rows[crowded], kept.rows[~single]))
    merged_left = np.concatenate((everyone.left_s[crowded], kept.left_s[~single]))
    cells = _cells(merged, merged_left, extents.end_s[merged], _room_s(CELL_PX, scale))
    place = title_place[single]
    right = np.where(place == TitlePlace.RIGHT, kept.title_right_s[single], kept.mark_right_s[single])
    left = np.where(place == TitlePlace.LEFT, kept.title_left_s[single], kept.left_s[single])
    lines = int(line.max()) + 1 if single.any() else 0
    return LaneRows(
        lane,
        kept.rows[single],
        line[single],
        place,
        left,
        right,
        *cells,
        line_count=lines + (1 if len(merged) else 0),
    )


def _candidates(rows: Int32Array, extents: Extents, scale: float) -> _Candidates:
    start, end = extents.start_s[rows], extents.end_s[rows]
    title_px = extents.title_px[rows].astype(np.float64)
    duration = end - start
    overhang = np.maximum(np.ceil(MARK_PX / 2 * scale - duration / 2), 0).astype(np.int64)
    cut_bar = _room_s(LEAST_CUT_BAR_PX, scale)
    left = np.where(extents.cut_start[rows], np.minimum(start, end - cut_bar), start) - overhang
    right = np.where(extents.cut_end[rows], np.maximum(end, start + cut_bar), end) + overhang
    inside = (title_px + 2 * TITLE_GAP_PX) * scale <= duration
    reach = np.where(inside, 0, np.ceil((title_px + TITLE_GAP_PX) * scale).astype(np.int64))
    gap = _room_s(GAP_PX, scale)
    order = np.argsort(left, kind="stable")
    return _Candidates(
        rows, left, right + gap, right + reach + gap, left - reach - gap, inside, extents.importance[rows]
    ).subset(order)


def _beyond_room(everyone: _Candidates, scale: float, max_lines: int) -> BoolArray:
    """Return which events cannot have room: in each cell only the most important, as many as marks fit in, can."""
    cell = everyone.left_s // _room_s(CELL_PX, scale)
    order = np.lexsort((everyone.left_s, -everyone.importance.astype(np.int16), cell))
    sorted_cells = cell[order]
    first_of_cell = np.concatenate(([True], sorted_cells[1:] != sorted_cells[:-1]))[: len(order)]
    starts = np.flatnonzero(first_of_cell)
    rank = np.arange(len(order)) - np.repeat(starts, np.diff(np.append(starts, len(order))))
    crowded = np.zeros(len(order), np.bool_)
    crowded[order[rank >= max_lines * (CELL_PX // (MARK_PX + GAP_PX) + 1)]] = True
    return crowded


def _place(kept: _Candidates, max_lines: int, edge_s: int) -> tuple[Int16Array, UInt8Array]:
    """Give each event a line (-1: none has room) and its title a place: left where it would pass `edge_s`, if it can.

    A crowd has titles on its first lines only, so that the others show as many single events as they can; how many
    lines that is makes the most of events and titles together, of events before titles.
    """
    shares = TITLE_LINE_SHARES if len(kept.rows) < CROWD else TITLE_LINE_SHARES[-1:]
    best: tuple[Int16Array, UInt8Array] | None = None
    best_told = (-1, -1)
    for share in shares:
        line, place = _place_on(kept, max_lines, max(1, round(max_lines * share)), edge_s)
        shown, titles = int(np.count_nonzero(line >= 0)), int(np.count_nonzero(place != TitlePlace.NONE))
        if (shown + titles, shown) > best_told:
            best, best_told = (line, place), (shown + titles, shown)
        if (line >= 0).all():
            break
    return best or (np.zeros(0, np.int16), np.zeros(0, np.uint8))


def _place_on(kept: _Candidates, max_lines: int, title_lines: int, edge_s: int) -> tuple[Int16Array, UInt8Array]:
    """Place events with titles on the first `title_lines` lines, and without on all; in a crowd, on the others."""
    line = np.full(len(kept.rows), -1, np.int16)
    place = np.zeros(len(kept.rows), np.uint8)
    lefts, rights, insides = kept.left_s.tolist(), kept.mark_right_s.tolist(), kept.inside.tolist()
    title_lefts, title_rights = kept.title_left_s.tolist(), kept.title_right_s.tolist()
    taken: list[_Stretches] = [([], []) for _ in range(max_lines)]
    is_crowd = len(kept.rows) >= CROWD
    with_titles, without = taken[:title_lines], taken[title_lines:] if is_crowd else taken
    for number in np.lexsort((kept.left_s, -kept.importance.astype(np.int16))).tolist():
        left, right = lefts[number], rights[number]
        if insides[number]:
            chosen, title_place = _take_room(taken, left, right), TitlePlace.INSIDE
        else:
            after = (TitlePlace.RIGHT, left, title_rights[number])
            before = (TitlePlace.LEFT, title_lefts[number], right)
            sides = (before, after) if title_rights[number] > edge_s else (after, before)
            chosen, title_place = _take_either_side(with_titles, sides[:1] if is_crowd else sides)
            if chosen < 0:
                chosen, title_place = _take_room(without, left, right), TitlePlace.NONE
        if chosen >= 0:
            line[number], place[number] = chosen, title_place
    return line, place


def _take_either_side(
    lines: list[_Stretches], sides: tuple[tuple[TitlePlace, int, int], ...]
) -> tuple[int, TitlePlace]:
    for title_place, begin, end in sides:
        chosen = _take_room(lines, begin, end)
        if chosen >= 0:
            return chosen, title_place
    return -1, TitlePlace.NONE


def _take_room(lines: list[_Stretches], begin: int, end: int) -> int:
    """Take a stretch on the first line that has it free, and return its number; -1 where none has.

    A line is the sorted begins and ends of the stretches that are taken, which lie apart from each other.
    """
    for number, (begins, ends) in enumerate(lines):
        place = bisect_right(begins, begin)
        if (not place or ends[place - 1] <= begin) and (place == len(begins) or begins[place] >= end):
            begins.insert(place, begin)
            ends.insert(place, end)
            return number
    return -1


def _cells(
    rows: Int32Array, left_s: Int64Array, end_s: Int64Array, width_s: int
) -> tuple[Int64Array, Int64Array, Int64Array, Int32Array, Int64Array, Int64Array]:
    """Return the edges of the non-empty cells, offsets into the rows sorted by cell, and how far in time they reach."""
    cell = left_s // width_s
    order = np.lexsort((rows, cell))
    numbers, firsts = sorted_unique(cell[order])
    ends = end_s[order]
    reach = np.maximum.accumulate(np.maximum.reduceat(ends, firsts)) if len(rows) else ends
    offsets = np.append(firsts, len(rows)).astype(np.int64)
    return numbers * width_s, (numbers + 1) * width_s, offsets, rows[order], ends, reach


def _room_s(length_px: float, scale: float) -> int:
    """Return the whole seconds that a length takes at a level's scale."""
    return math.ceil(length_px * scale)
