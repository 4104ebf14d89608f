"""Everything that one picture of the timeline shows, in pixels: from a layout and a viewport, without Qt."""

from __future__ import annotations

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
)
from timeline_app.core.table import EventTable
from timeline_app.core.when import FUTURE_S, PAST_S
from timeline_app.scene.rows import (
    CELL_PX,
    LEAST_CUT_BAR_PX,
    MARK_PX,
    TITLE_GAP_PX,
    Extents,
    LaneRows,
    Layout,
    TitlePlace,
)
from timeline_app.scene.ticks import Axis, AxisWords, build_axis
from timeline_app.scene.viewport import Viewport

BEYOND_PX = 4_000.0
STRIP_ROOM_PX = 3.0
HELD_PX = 36.0


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
class Cluster:
    """Events merged into one count: exact, of one cell of one lane; `rows` are its members.

    What was merged in cells before the view and lasts into it has its count at the left edge.
    """

    lane: int
    x_px: float
    y_px: float
    width_px: float
    rows: Int32Array

    @property
    def count(self) -> int:
        """How many events it stands for."""
        return len(self.rows)


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of all events: shown + merged + filtered_out = loaded, at any zoom."""

    loaded: int
    shown: int
    merged: int
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


def content_height_px(layout: Layout, measures: Measures) -> int:
    """Return how high all lanes are together, axis included; it depends on the level alone, never on the view."""
    return measures.axis_px + sum(_lane_height_px(lane, measures) for lane in layout.lanes)


def lane_tops_px(layout: Layout, measures: Measures) -> list[int]:
    """Return the upper edge of every lane, and the lower edge of the last, unscrolled."""
    heights = [_lane_height_px(lane, measures) for lane in layout.lanes]
    return [measures.axis_px + sum(heights[:number]) for number in range(len(heights) + 1)]


def build_frame(
    table: EventTable, extents: Extents, layout: Layout, certain: BoolArray, view: Viewport, canvas: Canvas
) -> Frame:
    """Return the picture of a view; work and shapes grow with what is in view, not with the table.

    `certain` tells for every row of the table whether it passes the filter surely.
    """
    measures = canvas.measures
    tops = lane_tops_px(layout, measures)
    lanes: list[FrameLane] = []
    parts: list[_Visible] = []
    clusters: list[Cluster] = []
    for number, lane_rows in enumerate(layout.lanes):
        top, bottom = tops[number] - canvas.scroll_px, tops[number + 1] - canvas.scroll_px
        if bottom <= measures.axis_px or top >= canvas.height_px:
            continue
        lane = lane_rows.lane
        lanes.append(FrameLane(lane.name, lane.title, len(lane.rows), top, bottom, number))
        parts.append(_visible(lane_rows, view, top, len(lanes) - 1, canvas))
        clusters.extend(_clusters(lane_rows, view, top, len(lanes) - 1, canvas))
    loaded = len(table)
    counts = Counts(loaded, layout.shown, layout.merged, loaded - layout.shown - layout.merged, layout.clusters)
    return Frame(
        viewport=view,
        width_px=view.width_px,
        height_px=canvas.height_px,
        scroll_px=canvas.scroll_px,
        content_px=tops[-1],
        measures=measures,
        axis=build_axis(view, canvas.words, measures.text_scale),
        lanes=tuple(lanes),
        singles=_singles(table, extents, certain, view, parts),
        clusters=tuple(clusters),
        guides=_guides(canvas, view),
        counts=counts,
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Visible:
    rows: Int32Array
    lane: Int32Array
    y_px: FloatArray
    title_place: UInt8Array


def _lane_height_px(lane: LaneRows, measures: Measures) -> int:
    return measures.head_px + lane.line_count * measures.line_px + measures.foot_px


def _line_y_px(line: Int16Array, top: int, measures: Measures) -> FloatArray:
    y: FloatArray = top + measures.head_px + (line.astype(np.float64) + 0.5) * measures.line_px
    return y


def _visible(lane_rows: LaneRows, view: Viewport, top: int, lane: int, canvas: Canvas) -> _Visible:
    seen = np.flatnonzero((lane_rows.right_s >= view.left_s) & (lane_rows.left_s <= view.right_s))
    y = _line_y_px(lane_rows.line[seen], top, canvas.measures)
    half_line = canvas.measures.line_px / 2
    on_screen = (y > canvas.measures.axis_px - half_line) & (y < canvas.height_px + half_line)
    rows = lane_rows.rows[seen[on_screen]]
    return _Visible(rows, np.full(len(rows), lane, np.int32), y[on_screen], lane_rows.title_place[seen[on_screen]])


def _singles(table: EventTable, extents: Extents, certain: BoolArray, view: Viewport, parts: list[_Visible]) -> Singles:
    rows = _joined([part.rows for part in parts], np.zeros(0, np.int32))
    place = _joined([part.title_place for part in parts], np.zeros(0, np.uint8))
    start, sure_start, sure_end, end = _bounds_px(table, rows, extents, view)
    middle = (start + end) / 2
    is_mark = (end - start) < MARK_PX
    mark_left = np.where(is_mark, middle - MARK_PX / 2, start)
    mark_right = np.where(is_mark, middle + MARK_PX / 2, end)
    width = extents.title_px[rows].astype(np.float64)
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
    times = table.times
    start, sure_start = _edges(times.start_earliest_s[rows], view, 0), _edges(times.start_latest_s[rows], view, 1)
    sure_end, end = _edges(times.end_earliest_s[rows], view, 0), _edges(times.end_latest_s[rows], view, 1)
    last = view.x_of(extents.last_s)
    end = np.where(times.end_latest_s[rows] == FUTURE_S, np.maximum(last, start + LEAST_CUT_BAR_PX), end)
    sure_end = np.where(times.end_earliest_s[rows] == FUTURE_S, end, sure_end)
    first = view.x_of(extents.first_s)
    start = np.where(times.start_earliest_s[rows] == PAST_S, np.minimum(first, end - LEAST_CUT_BAR_PX), start)
    sure_start = np.where(times.start_latest_s[rows] == PAST_S, start, sure_start)
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


def _clusters(lane_rows: LaneRows, view: Viewport, top: int, lane: int, canvas: Canvas) -> list[Cluster]:
    y = float(_line_y_px(np.array([lane_rows.cluster_line], np.int16), top, canvas.measures)[0])
    half_line = canvas.measures.line_px / 2
    if not canvas.measures.axis_px - half_line < y < canvas.height_px + half_line:
        return []
    first = int(np.searchsorted(lane_rows.cell_end_s, view.left_s))
    beyond = int(np.searchsorted(lane_rows.cell_start_s, view.right_s, side="right"))
    found = []
    held = _held_rows(lane_rows, view, first)
    for cell in range(first, beyond):
        left, right = view.x_of(int(lane_rows.cell_start_s[cell])), view.x_of(int(lane_rows.cell_end_s[cell]))
        rows = lane_rows.merged_rows[lane_rows.offsets[cell] : lane_rows.offsets[cell + 1]]
        if len(held) and (left + right) / 2 < HELD_PX + CELL_PX:
            held = np.concatenate((held, rows))
        else:
            found.append(Cluster(lane, (left + right) / 2, y, right - left, rows))
    return [Cluster(lane, HELD_PX, y, CELL_PX, np.sort(held)), *found] if len(held) else found


def _held_rows(lane_rows: LaneRows, view: Viewport, first: int) -> Int32Array:
    """Return the merged events of the cells before `first` that last into the view; their count stands at its edge."""
    if not first or lane_rows.reach_s[first - 1] < view.left_s:
        return lane_rows.merged_rows[:0]
    passed = slice(0, int(lane_rows.offsets[first]))
    return lane_rows.merged_rows[passed][lane_rows.merged_end_s[passed] >= view.left_s]


def _guides(canvas: Canvas, view: Viewport) -> tuple[Guide, ...]:
    placed = ((view.x_of(time_s), label) for time_s, label in canvas.guides)
    return tuple(Guide(x_px, label) for x_px, label in placed if 0 <= x_px <= view.width_px)


def _joined(arrays: list[NDArray[Scalar]], none: NDArray[Scalar]) -> NDArray[Scalar]:
    return np.concatenate([none, *arrays])
