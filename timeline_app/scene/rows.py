"""Which line of its lane an event stands on at one zoom level, who keeps a title, and what is merged into counts.

This is for lanes with few events; crowded ones are laid out in tiles, see scene/tiles.py. The layout of a level is
made once for all events of a lane, for the coarsest scale of the level, so it holds at every scale of
that level and anywhere in time: panning moves positions and nothing else.

All seconds are whole and in int64, and room is rounded up: floats would be 64 seconds coarse 13.8 billion years ago.

The method is greedy interval partitioning with priorities: events in order of importance, then of time, take the first
line that has room for them and their title, else the first that has room for them alone. What finds no place stands on
one more line, where all of it has room there, or is counted in cells of CELL_PX, exactly: see scene/clusters.py.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Generator
from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from timeline_app.core.arrays import (
    BoolArray,
    Float32Array,
    FloatArray,
    Int16Array,
    Int32Array,
    Int64Array,
    NDArray,
    UInt8Array,
)
from timeline_app.core.lanes import Lane
from timeline_app.core.records import AreThere, at_once
from timeline_app.core.table import EventTable
from timeline_app.core.times import Times
from timeline_app.core.when import FUTURE_S, PAST_S
from timeline_app.scene.stretches import Stretches, empty_lines, take_room

MARK_PX = 12
GAP_PX = 7
TITLE_GAP_PX = 5
CELL_PX = 64
TITLE_LINE_SHARES = (1.0, 0.8, 0.6)
LEAST_CUT_BAR_PX = 3 * MARK_PX
EDGE_PX = 12


class TitlePlace(IntEnum):
    """Where an event's title stands."""

    NONE = 0
    RIGHT = 1
    LEFT = 2
    INSIDE = 3


@dataclass(frozen=True, slots=True, eq=False)
class LaneRows:
    """One lane at one level. Singles: `rows`, `line`, `title_place`, in order of `left_s`, each of shape (singles,).

    `title_px` is how wide a title is. `left_s` and `right_s` bound all that is drawn of a single, title included.
    `merged_rows` are the others, sorted; where there are any, counts stand on the last of `line_count` lines.
    """

    lane: Lane
    level: int
    rows: Int32Array
    line: Int16Array
    title_place: UInt8Array
    title_px: FloatArray
    left_s: Int64Array
    right_s: Int64Array
    merged_rows: Int32Array
    line_count: int


@dataclass(frozen=True, slots=True, eq=False)
class Extents:
    """What the events of a table need of room; ends that go on, or that nobody knows, are cut at the data's own.

    `title_px` measures the titles of some rows in pixels, `titles_soon` is told beforehand which it will be asked for,
    and returns what tells whether that need not wait.
    `first_s` and `last_s` are the first and last date of all. A view of what passes begins at `begin_s` and ends at
    `edge_s`: titles that would go on beyond its end stand left of their marks if they can, unless even more of them
    would lie before its beginning. `mark_px` is how wide a mark is, which stands for what is narrower than MARK_PX.
    """

    times: Times
    importance: UInt8Array
    title_px: Callable[[Int32Array], Float32Array]
    titles_soon: Callable[[Int32Array], AreThere]
    first_s: int
    last_s: int
    begin_s: int
    edge_s: int
    mark_px: int = MARK_PX

    def drawn_s(self, rows: Int32Array) -> tuple[Int64Array, Int64Array]:
        """Return where the events of some rows begin, and the second after they end, as they are drawn."""
        starts, ends = self.times.start_earliest_s[rows], self.times.ends_of(rows)
        start = np.where(starts == PAST_S, np.minimum(self.first_s, ends), starts)
        return start, np.where(ends == FUTURE_S, np.maximum(self.last_s, start), ends) + 1


def measure_extents(
    table: EventTable,
    title_px: Callable[[Int32Array], Float32Array],
    titles_soon: Callable[[Int32Array], AreThere] = lambda _rows: at_once,
    mark_px: int = MARK_PX,
) -> Extents:
    """Bring a table's dates, what measures its titles, and the width of marks into the form that a layout needs."""
    first_s, last_s = table.extent_s or (0, 0)
    return Extents(table.times, table.importance, title_px, titles_soon, first_s, last_s, first_s, last_s, mark_px)


def lay_out(lane: Lane, extents: Extents, level: int, max_lines: int) -> LaneRows:
    """Place the events of a lane for one level (2**level seconds a pixel) on at most `max_lines` lines and one more."""
    laying = laying_out(lane, extents, level, max_lines)
    while True:
        try:
            next(laying)
        except StopIteration as end:
            laid: LaneRows = end.value
            return laid


def laying_out(lane: Lane, extents: Extents, level: int, max_lines: int) -> Generator[None, None, LaneRows]:
    """Do the same in a few steps."""
    scale = 2.0**level
    everyone = candidates(lane.rows, extents, scale)
    edge = room_s(EDGE_PX, scale)
    line, title_place = yield from _place(everyone, max_lines, (extents.begin_s - edge, extents.edge_s + 1 + edge))
    single = line >= 0
    merged = np.sort(everyone.rows[~single])
    place = title_place[single]
    right = np.where(place == TitlePlace.RIGHT, everyone.title_right_s[single], everyone.mark_right_s[single])
    left = np.where(place == TitlePlace.LEFT, everyone.title_left_s[single], everyone.left_s[single])
    lines = int(line.max()) + 1 if single.any() else 0
    return LaneRows(
        lane,
        level,
        everyone.rows[single],
        line[single],
        place,
        everyone.title_px[single],
        left,
        right,
        merged,
        line_count=lines + (1 if len(merged) else 0),
    )


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """Events in order of `left_s`, with the room they need in seconds at the level's scale."""

    rows: Int32Array
    left_s: Int64Array
    mark_right_s: Int64Array
    title_right_s: Int64Array
    title_left_s: Int64Array
    title_px: FloatArray
    inside: BoolArray
    importance: UInt8Array

    def subset(self, chosen: NDArray[np.intp]) -> Candidates:
        """Return some of them, in the order of the given places."""
        return Candidates(
            self.rows[chosen],
            self.left_s[chosen],
            self.mark_right_s[chosen],
            self.title_right_s[chosen],
            self.title_left_s[chosen],
            self.title_px[chosen],
            self.inside[chosen],
            self.importance[chosen],
        )


def candidates(rows: Int32Array, extents: Extents, scale: float, titled: BoolArray | None = None) -> Candidates:
    """Return the room that events need at a level's scale; only those `titled`, shape (len(rows),), have a title.

    A title of no width is none, and needs no room.
    """
    start, end = extents.drawn_s(rows)
    asked = np.ones(len(rows), np.bool_) if titled is None else titled
    title_px = np.zeros(len(rows))
    title_px[asked] = extents.title_px(rows[asked])
    has_title = title_px > 0
    duration = end - start
    overhang = np.maximum(np.ceil(extents.mark_px / 2 * scale - duration / 2), 0).astype(np.int64)
    cut_bar = room_s(LEAST_CUT_BAR_PX, scale)
    cut_start = extents.times.start_earliest_s[rows] == PAST_S
    cut_end = extents.times.ends_of(rows) == FUTURE_S
    left = np.where(cut_start, np.minimum(start, end - cut_bar), start) - overhang
    right = np.where(cut_end, np.maximum(end, start + cut_bar), end) + overhang
    inside = has_title & fits_inside(title_px, duration, scale)
    reach = np.where(inside | ~has_title, 0, np.ceil((title_px + TITLE_GAP_PX) * scale).astype(np.int64))
    gap = room_s(GAP_PX, scale)
    order = np.argsort(left, kind="stable")
    return Candidates(
        rows, left, right + gap, right + reach + gap, left - reach - gap, title_px, inside, extents.importance[rows]
    ).subset(order)


def fits_inside(title_px: FloatArray, duration_s: Int64Array, scale: float) -> BoolArray:
    """Return which titles find room inside their bar."""
    fits: BoolArray = (title_px + 2 * TITLE_GAP_PX) * scale <= duration_s
    return fits


def _place(
    everyone: Candidates, max_lines: int, edges_s: tuple[int, int]
) -> Generator[None, None, tuple[Int16Array, UInt8Array]]:
    """Give each event a line (-1: none has room) and its title a place, on the side where less of it passes `edges_s`.

    How many lines have titles makes the most of events and titles together, of events before titles.
    """
    best: tuple[Int16Array, UInt8Array] | None = None
    best_told = (-1, -1)
    for share in TITLE_LINE_SHARES:
        line, place = _place_on(everyone, max_lines, max(1, round(max_lines * share)), edges_s)
        _place_on_line_of_counts(everyone, line, place, max_lines)
        shown, titles = int(np.count_nonzero(line >= 0)), int(np.count_nonzero(place != TitlePlace.NONE))
        if (shown + titles, shown) > best_told:
            best, best_told = (line, place), (shown + titles, shown)
        if (line >= 0).all():
            break
        yield
    return best or (np.zeros(0, np.int16), np.zeros(0, np.uint8))


def _place_on(
    everyone: Candidates, max_lines: int, title_lines: int, edges_s: tuple[int, int]
) -> tuple[Int16Array, UInt8Array]:
    """Place events with titles on the first `title_lines` lines, and without on all."""
    line = np.full(len(everyone.rows), -1, np.int16)
    place = np.zeros(len(everyone.rows), np.uint8)
    lefts, rights, insides = everyone.left_s.tolist(), everyone.mark_right_s.tolist(), everyone.inside.tolist()
    title_lefts, title_rights = everyone.title_left_s.tolist(), everyone.title_right_s.tolist()
    begin_s, edge_s = edges_s
    taken = empty_lines(max_lines)
    for number in np.lexsort((everyone.left_s, -everyone.importance.astype(np.int16))).tolist():
        left, right = lefts[number], rights[number]
        if insides[number]:
            chosen, title_place = take_room(taken, left, right), TitlePlace.INSIDE
        else:
            after = (TitlePlace.RIGHT, left, title_rights[number])
            before = (TitlePlace.LEFT, title_lefts[number], right)
            hidden_s = begin_s - title_lefts[number]
            sides: tuple[tuple[TitlePlace, int, int], ...] = (after, before)
            if title_rights[number] - edge_s > max(0, hidden_s):
                sides = (before, after)
            elif hidden_s > 0:
                sides = (after,)  # Of a title whose beginning is not seen nothing is.
            chosen, title_place = _take_either_side(taken[:title_lines], sides)
            if chosen < 0:
                chosen, title_place = take_room(taken, left, right), TitlePlace.NONE
        if chosen >= 0:
            line[number], place[number] = chosen, title_place
    return line, place


def _place_on_line_of_counts(everyone: Candidates, line: Int16Array, place: UInt8Array, number: int) -> None:
    """Give what found no line that of the counts, where all of it has room there and nothing is left to count."""
    left_over = np.flatnonzero(line < 0)
    if (everyone.left_s[left_over[1:]] >= everyone.mark_right_s[left_over[:-1]]).all():
        line[left_over] = number
        place[left_over] = np.where(everyone.inside[left_over], TitlePlace.INSIDE, TitlePlace.NONE)


def _take_either_side(lines: list[Stretches], sides: tuple[tuple[TitlePlace, int, int], ...]) -> tuple[int, TitlePlace]:
    for title_place, begin, end in sides:
        chosen = take_room(lines, begin, end)
        if chosen >= 0:
            return chosen, title_place
    return -1, TitlePlace.NONE


def room_s(length_px: float, scale: float) -> int:
    """Return the whole seconds that a length takes at a level's scale."""
    return math.ceil(length_px * scale)
