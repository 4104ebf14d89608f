"""Everything that one picture of the timeline shows, in pixels: from a layout and a viewport, without Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from timeline_app.core.arrays import (
    BoolArray,
    FloatArray,
    Int16Array,
    Int32Array,
    Int64Array,
    NDArray,
    Scalar,
    UInt8Array,
    sorted_unique,
)
from timeline_app.core.lanes import Lane
from timeline_app.core.table import EventTable
from timeline_app.core.when import FUTURE_S, PAST_S
from timeline_app.scene.clusters import CellGrid, Cluster, Merged, clusters_of, merged_of_crowd, merged_of_few
from timeline_app.scene.layout import Layouts, Standing
from timeline_app.scene.rows import LEAST_CUT_BAR_PX, MARK_PX, TITLE_GAP_PX, Extents, TitlePlace
from timeline_app.scene.strips import Strip
from timeline_app.scene.ticks import Axis, AxisWords, build_axis
from timeline_app.scene.viewport import Viewport

BEYOND_PX = 4_000.0
STRIP_ROOM_PX = 3.0
STRIP_ABOVE_EDGE_PX = 1.0
COUNTS_SHARE = 0.54


@dataclass(frozen=True, slots=True)
class Measures:
    """Heights in pixels at the present text size: axis, lane head, one line of events, room below a lane."""

    axis_px: int = 44
    head_px: int = 22
    line_px: int = 24
    foot_px: int = 6
    bar_px: int = 18
    text_scale: float = 1.0

    @classmethod
    def at(cls, text_scale: float) -> Measures:
        """Return the measures for a text size, 1 is 100 %."""
        plain = cls()
        return cls(
            axis_px=round(plain.axis_px * text_scale),
            head_px=round(plain.head_px * text_scale),
            line_px=round(plain.line_px * text_scale),
            foot_px=round(plain.foot_px * text_scale),
            bar_px=round(plain.bar_px * text_scale),
            text_scale=text_scale,
        )


@dataclass(frozen=True, slots=True)
class FrameLane:
    """One lane on screen: its name for filters, the title and count in its head, its upper and lower edge."""

    name: str
    title: str
    count: int
    top_px: int
    bottom_px: int
    number: int


@dataclass(frozen=True, slots=True, eq=False)
class Singles:
    """The events that stand by themselves and are in view, a row each, every array of shape (singles,).

    `lane` numbers the frame's lanes. `start_px` to `end_px` is where the event may lie at all; between `sure_start_px`
    and `sure_end_px` it surely goes on (empty where the first is not less than the second). A narrow event is a mark
    at `middle_px` (`is_mark`). `left_px` and `right_px` bound mark and title. Titles: place, left end and room.
    """

    rows: Int32Array
    lane: Int32Array
    y_px: FloatArray
    start_px: FloatArray
    sure_start_px: FloatArray
    sure_end_px: FloatArray
    end_px: FloatArray
    middle_px: FloatArray
    is_mark: BoolArray
    left_px: FloatArray
    right_px: FloatArray
    title_place: UInt8Array
    title_px: FloatArray
    title_width_px: FloatArray
    flags: UInt8Array
    certain: BoolArray

    def __len__(self) -> int:
        return len(self.rows)


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of all events: shown + merged + outside + filtered_out = loaded, at any zoom.

    Of the events that the view's time touches, in whole cells of the level, `shown` stand by themselves in at least
    one lane, `merged` in counts only, as many as there are `clusters`; `outside` pass the filter and lie before or
    after.
    """

    loaded: int
    shown: int
    merged: int
    outside: int
    filtered_out: int
    clusters: int


@dataclass(frozen=True, slots=True)
class Guide:
    """A thin vertical line with words at its head: today, or the day that a source is dated."""

    x_px: float
    label: str


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """A finished picture; the painter draws it and decides nothing."""

    viewport: Viewport
    width_px: int
    height_px: int
    scroll_px: int
    content_px: int
    measures: Measures
    axis: Axis
    lanes: tuple[FrameLane, ...]
    singles: Singles
    clusters: tuple[Cluster, ...]
    strips: tuple[Strip, ...]
    guides: tuple[Guide, ...]
    counts: Counts


@dataclass(frozen=True, slots=True)
class Canvas:
    """What a picture needs besides the events; guides are pairs of a second and the label of its line."""

    height_px: int
    scroll_px: int
    measures: Measures
    words: AxisWords
    guides: tuple[tuple[int, str], ...] = ()


def lane_tops_px(line_counts: Sequence[int], measures: Measures) -> list[int]:
    """Return the upper edge of every lane, and the lower edge of the last, unscrolled."""
    tops = [measures.axis_px]
    for count in line_counts:
        tops.append(tops[-1] + measures.head_px + count * measures.line_px + measures.foot_px)
    return tops


def build_frame(table: EventTable, layouts: Layouts, certain: BoolArray, view: Viewport, canvas: Canvas) -> Frame:
    """Return the picture of a view; work and shapes grow with what is in view, not with the table.

    `certain` tells for every row of the table whether it passes the filter surely.
    """
    measures = canvas.measures
    tops = lane_tops_px(layouts.line_counts(view), measures)
    grid = CellGrid.of(view, layouts.extents)
    standing = [lane.standing(view) for lane in layouts.lanes]
    lanes: list[FrameLane] = []
    parts: list[_Visible] = []
    clusters: list[Cluster] = []
    strips: list[Strip] = []
    for number, stands in enumerate(standing):
        top, bottom = tops[number] - canvas.scroll_px, tops[number + 1] - canvas.scroll_px
        if bottom <= measures.axis_px or top >= canvas.height_px:
            continue
        lane, here = layouts.lanes[number].lane, len(lanes)
        lanes.append(FrameLane(lane.name, lane.title, len(lane.rows), top, bottom, number))
        parts.append(_visible(stands, top, here, canvas))
        foot_px = bottom - measures.foot_px
        counts_y_px = foot_px - measures.line_px / 2
        if not measures.axis_px - measures.line_px < counts_y_px < canvas.height_px + measures.line_px:
            continue
        if stands.crowd is not None:
            counts_px = round(measures.line_px * COUNTS_SHARE)  # the numbers stand above the strip, not on it
            strip_px = foot_px - measures.line_px + counts_px
            counts_y_px = strip_px - counts_px / 2
            strips.append(stands.crowd.strip(view, here, strip_px, bottom - STRIP_ABOVE_EDGE_PX))
        clusters += clusters_of(_merged(lane, stands, layouts.extents, grid), grid, view, here, counts_y_px)
    return Frame(
        viewport=view,
        width_px=view.width_px,
        height_px=canvas.height_px,
        scroll_px=canvas.scroll_px,
        content_px=tops[-1],
        measures=measures,
        axis=build_axis(view, canvas.words, measures.text_scale),
        lanes=tuple(lanes),
        singles=_singles(table, layouts.extents, certain, view, parts),
        clusters=tuple(clusters),
        strips=tuple(strips),
        guides=_guides(canvas, view),
        counts=_counted(layouts, standing, grid, len(clusters)),
    )


def _merged(lane: Lane, standing: Standing, extents: Extents, grid: CellGrid) -> Merged:
    if standing.crowd is None:
        return merged_of_few(lane.rows, standing.rows, extents, grid)
    return merged_of_crowd(standing.crowd.index, standing.rows, extents, grid)


def _counted(layouts: Layouts, standing: Sequence[Standing], grid: CellGrid, clusters: int) -> Counts:
    """Count what the view's time touches, each event once in however many lanes it stands."""
    lanes = layouts.set
    touching = lanes.passing.touching(grid.first_s, grid.beyond_s)
    rows, _ = sorted_unique(np.sort(_joined([part.rows for part in standing], np.zeros(0, np.int32))))
    times = layouts.extents.times
    touches = (times.start_earliest_s[rows] < grid.beyond_s) & (times.ends_of(rows) >= grid.first_s)
    shown = int(np.count_nonzero(touches))
    outside = len(lanes.passing) - touching
    return Counts(lanes.loaded, shown, touching - shown, outside, lanes.filtered_out, clusters)


@dataclass(frozen=True, slots=True, eq=False)
class _Visible:
    rows: Int32Array
    lane: Int32Array
    y_px: FloatArray
    title_place: UInt8Array


def _line_y_px(line: Int16Array, top: int, measures: Measures) -> FloatArray:
    y: FloatArray = top + measures.head_px + (line.astype(np.float64) + 0.5) * measures.line_px
    return y


def _visible(standing: Standing, top: int, lane: int, canvas: Canvas) -> _Visible:
    y = _line_y_px(standing.line, top, canvas.measures)
    half_line = canvas.measures.line_px / 2
    on_screen = (y > canvas.measures.axis_px - half_line) & (y < canvas.height_px + half_line)
    rows = standing.rows[on_screen]
    return _Visible(rows, np.full(len(rows), lane, np.int32), y[on_screen], standing.title_place[on_screen])


def _singles(table: EventTable, extents: Extents, certain: BoolArray, view: Viewport, parts: list[_Visible]) -> Singles:
    rows = _joined([part.rows for part in parts], np.zeros(0, np.int32))
    place = _joined([part.title_place for part in parts], np.zeros(0, np.uint8))
    start, sure_start, sure_end, end = _bounds_px(table, rows, extents, view)
    middle = (start + end) / 2
    is_mark = (end - start) < MARK_PX
    mark_left = np.where(is_mark, middle - MARK_PX / 2, start)
    mark_right = np.where(is_mark, middle + MARK_PX / 2, end)
    width = np.zeros(len(rows))
    titled = place != TitlePlace.NONE
    width[titled] = extents.title_px(rows[titled])
    title = _title_left(place, mark_left, mark_right, width)
    return Singles(
        rows=rows,
        lane=_joined([part.lane for part in parts], np.zeros(0, np.int32)),
        y_px=_joined([part.y_px for part in parts], np.zeros(0, np.float64)),
        start_px=_clipped(start, view),
        sure_start_px=_clipped(sure_start, view),
        sure_end_px=_clipped(sure_end, view),
        end_px=_clipped(end, view),
        middle_px=_clipped(middle, view),
        is_mark=is_mark,
        left_px=_clipped(np.where(place == TitlePlace.LEFT, title, mark_left), view),
        right_px=_clipped(np.where(place == TitlePlace.RIGHT, title + width, mark_right), view),
        title_place=place,
        title_px=_clipped(title, view),
        title_width_px=width,
        flags=table.flags[rows],
        certain=certain[rows],
    )


def _bounds_px(
    table: EventTable, rows: Int32Array, extents: Extents, view: Viewport
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """Return the four bounds in pixels; ends without bound are cut where the layout cut them."""
    bounds_s = table.times.at(rows)
    start, sure_start = _edges(bounds_s[0], view, 0), _edges(bounds_s[1], view, 1)
    sure_end, end = _edges(bounds_s[2], view, 0), _edges(bounds_s[3], view, 1)
    last = view.x_of(extents.last_s)
    end = np.where(bounds_s[3] == FUTURE_S, np.maximum(last, start + LEAST_CUT_BAR_PX), end)
    sure_end = np.where(bounds_s[2] == FUTURE_S, end, sure_end)
    first = view.x_of(extents.first_s)
    start = np.where(bounds_s[0] == PAST_S, np.minimum(first, end - LEAST_CUT_BAR_PX), start)
    sure_start = np.where(bounds_s[1] == PAST_S, start, sure_start)
    return start, sure_start, sure_end, end


def _title_left(place: UInt8Array, mark_left: FloatArray, mark_right: FloatArray, width: FloatArray) -> FloatArray:
    """Return where titles begin; one inside its bar keeps to the part of the bar that is in view."""
    inside = np.minimum(np.maximum(mark_left, STRIP_ROOM_PX) + TITLE_GAP_PX, mark_right - TITLE_GAP_PX - width)
    left: FloatArray = np.select(
        [place == TitlePlace.INSIDE, place == TitlePlace.LEFT],
        [inside, mark_left - TITLE_GAP_PX - width],
        mark_right + TITLE_GAP_PX,
    )
    return left


def _edges(times_s: Int64Array, view: Viewport, after: int) -> FloatArray:
    """Return the pixels of bounds; a last second is drawn to its end (`after` 1), an unbounded one far out."""
    bounded = np.clip(times_s, -(2**61), 2**61)
    return view.xs_of(bounded + after)


def _clipped(xs: FloatArray, view: Viewport) -> FloatArray:
    return np.clip(xs, -BEYOND_PX, view.width_px + BEYOND_PX)


def _guides(canvas: Canvas, view: Viewport) -> tuple[Guide, ...]:
    placed = ((view.x_of(time_s), label) for time_s, label in canvas.guides)
    return tuple(Guide(x_px, label) for x_px, label in placed if 0 <= x_px <= view.width_px)


def _joined(arrays: list[NDArray[Scalar]], none: NDArray[Scalar]) -> NDArray[Scalar]:
    return np.concatenate([none, *arrays])
