"""Everything that one picture of the timeline shows, in pixels: from a layout and a viewport, without Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

import numpy as np

from timeline_app.core.arrays import BoolArray, Int64Array, sorted_unique
from timeline_app.core.levels import TimeIndex
from timeline_app.core.table import EventTable
from timeline_app.scene.axis_words import AxisWords
from timeline_app.scene.cells import CellCounts, CellGrid
from timeline_app.scene.clusters import Clusters
from timeline_app.scene.lane_lines import CROWDED_FOOT_LINES
from timeline_app.scene.layout import Layouts
from timeline_app.scene.merged import MergedLanes, clusters_of
from timeline_app.scene.rows import MARK_PX
from timeline_app.scene.singles import NO_TAILS, Singles, Tails
from timeline_app.scene.standing import Standing
from timeline_app.scene.strips import Strip
from timeline_app.scene.ticks import NO_AXIS, Axis, build_axis
from timeline_app.scene.viewport import Viewport
from timeline_app.scene.visible import Visible, placed_singles

if TYPE_CHECKING:
    from timeline_app.scene.compared import ComparedMarks

STRIP_ABOVE_EDGE_PX = 1.0
COUNTS_SHARE = 0.54


@dataclass(frozen=True, slots=True)
class Measures:
    """Pixels at the present text size: heights of axis, lane head, line of events, room below a lane, bar; a mark."""

    axis_px: int = 44
    head_px: int = 22
    line_px: int = 24
    foot_px: int = 6
    bar_px: int = 18
    mark_px: int = MARK_PX
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
            mark_px=round(plain.mark_px * text_scale),
            text_scale=text_scale,
        )


@dataclass(frozen=True, slots=True)
class FrameLane:
    """One lane on screen: its name for filters, the title and count in its head, its upper and lower edge.

    Of the count, `possible` pass the filter only possibly.
    """

    name: str
    title: str
    count: int
    top_px: int
    bottom_px: int
    number: int
    possible: int = 0


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of all events: shown + merged + outside + filtered_out = loaded, at any zoom.

    Of the events that the view's time touches, in whole cells of the level, `shown` stand by themselves in at least
    one lane, `merged` in counts only; `outside` pass the filter and lie before or after.
    """

    loaded: int
    shown: int
    merged: int
    outside: int
    filtered_out: int


NOT_COUNTED = Counts(0, 0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Where everything that passes lies when a view holds nothing of it."""

    earlier: int
    later: int


@dataclass(frozen=True, slots=True)
class Guide:
    """A thin vertical line with words at its head: today, or the day that a source is dated."""

    x_px: float
    label: str


class FramePart(Enum):
    """How much of a picture a frame has: all of it, what panning only moves, or what keeps its place meanwhile.

    MOVED and HELD of one view make up the WHOLE of it, but that MOVED knows no edges of the canvas: titles are not cut,
    and counts stand where they belong. HELD are bars with their titles inside, for these titles, and counts of what
    began before the left edge; the width of each of these is how far it reaches over the MOVED ones that it includes.
    """

    WHOLE = "whole"
    MOVED = "moved"
    HELD = "held"


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """A finished picture; the painter draws it and decides nothing. From `future_px` on its ground is greyed.

    `tails` are the lags from events to their first reports, where these are wanted: see scene.tails. `compared` is what
    differs from another state, whose lines take `foot_px` of the lanes' room: see scene.compared. Only a WHOLE frame
    has `counts`.
    """

    viewport: Viewport
    width_px: int
    height_px: int
    scroll_px: int
    content_px: int
    measures: Measures
    axis: Axis
    lanes: tuple[FrameLane, ...]
    singles: Singles
    clusters: Clusters
    strips: tuple[Strip, ...]
    guides: tuple[Guide, ...]
    counts: Counts
    elsewhere: Elsewhere | None
    future_px: float | None = None
    tails: Tails = NO_TAILS
    compared: ComparedMarks | None = None
    foot_px: int = 0
    part: FramePart = FramePart.WHOLE


@dataclass(frozen=True, slots=True)
class Canvas:
    """What a picture needs besides the events; guides are pairs of a second and the label of its line.

    `known_s` is the second from which on everything is the future to those who know what is asked for, None without.
    Of a part that is to lie beside others, `years_apart` tells how far apart the ticks of all are, see scene.ticks.
    """

    height_px: int
    scroll_px: int
    measures: Measures
    words: AxisWords
    guides: tuple[tuple[int, str], ...] = ()
    known_s: int | None = None
    part: FramePart = FramePart.WHOLE
    years_apart: int | None = None


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
    lanes = _lanes(layouts, tops, canvas)
    standing = layouts.standing(view)
    seen = standing.seen(view).nonzero()[0]
    cells = layouts.cell_counts(view)
    clusters, strips = _counts_of_lanes(layouts, lanes, cells, seen, view, canvas)
    is_whole, is_moved = canvas.part is FramePart.WHOLE, canvas.part is FramePart.MOVED
    visible = _on_screen(standing, seen, tops, lanes, canvas)
    if canvas.part is FramePart.HELD:
        visible = visible.held()
    return Frame(
        viewport=view,
        width_px=view.width_px,
        height_px=canvas.height_px,
        scroll_px=canvas.scroll_px,
        content_px=tops[-1],
        measures=measures,
        axis=build_axis(view, canvas.words, measures.text_scale, canvas.years_apart) if len(table) else NO_AXIS,
        lanes=lanes,
        singles=placed_singles(table, layouts.extents, certain, view, visible),
        clusters=clusters,
        strips=strips,
        guides=_guides(canvas, view),
        counts=_counted(layouts, standing, seen, cells.grid) if is_whole else NOT_COUNTED,
        future_px=view.x_of(canvas.known_s) if canvas.known_s is not None else None,
        elsewhere=None if is_moved else _elsewhere(layouts.set.passing, cells.grid),
        part=canvas.part,
    )


def singles_in_view(table: EventTable, layouts: Layouts, certain: BoolArray, view: Viewport, canvas: Canvas) -> Singles:
    """Return all events on screen that stand by themselves, whichever part of a picture they belong to."""
    tops = lane_tops_px(layouts.line_counts(view), canvas.measures)
    standing = layouts.standing(view)
    visible = _on_screen(standing, standing.seen(view).nonzero()[0], tops, _lanes(layouts, tops, canvas), canvas)
    return placed_singles(table, layouts.extents, certain, view, visible)


def _lanes(layouts: Layouts, tops: Sequence[int], canvas: Canvas) -> tuple[FrameLane, ...]:
    """Return the lanes that have a part on screen."""
    found = []
    for number, laid in enumerate(layouts.lanes):
        top, bottom = tops[number] - canvas.scroll_px, tops[number + 1] - canvas.scroll_px
        if bottom > canvas.measures.axis_px and top < canvas.height_px:
            lane = laid.lane
            rows, possible = len(lane.rows), len(lane.possible)
            found.append(FrameLane(lane.name, lane.title, rows, top, bottom, number, possible))
    return tuple(found)


def _counts_of_lanes(
    layouts: Layouts, lanes: Sequence[FrameLane], cells: CellCounts, seen: Int64Array, view: Viewport, canvas: Canvas
) -> tuple[Clusters, tuple[Strip, ...]]:
    """Return the counts and the density strips of the lanes whose foot is on screen."""
    measures = canvas.measures
    above_strip_px = round(measures.line_px * COUNTS_SHARE)  # the numbers stand above the strip, not on it
    here: list[int] = []
    heights_px: list[float] = []
    strips: list[Strip] = []
    for place, lane in enumerate(lanes):
        crowd = layouts.lanes[lane.number].crowd
        lines = 1 if crowd is None else CROWDED_FOOT_LINES
        counts_px = lane.bottom_px - measures.foot_px - lines * measures.line_px
        if (
            not measures.axis_px - (lines + 0.5) * measures.line_px
            < counts_px
            < canvas.height_px + measures.line_px / 2
        ):
            continue
        y_px = counts_px + measures.line_px / 2
        if crowd is not None:
            strip_px = counts_px + above_strip_px
            y_px = strip_px - above_strip_px / 2
            strips.append(crowd.strips.strip(view, place, strip_px, lane.bottom_px - STRIP_ABOVE_EDGE_PX))
        here.append(place)
        heights_px.append(y_px)
    numbers = [lanes[place].number for place in here]
    shown = [layouts.lanes[number] for number in numbers]
    indexes, possible = [lane.index for lane in shown], [lane.possible for lane in shown]
    merged = MergedLanes(layouts.standing(view), seen, numbers, indexes, cells, possible)
    places, with_held = (np.array(here, np.int64), np.array(heights_px)), canvas.part is not FramePart.MOVED
    return clusters_of(
        merged, view, *places, with_held=with_held, with_others=canvas.part is not FramePart.HELD
    ), tuple(strips)


def _counted(layouts: Layouts, standing: Standing, seen: Int64Array, grid: CellGrid) -> Counts:
    """Count what the view's time touches, each event once in however many lanes it stands."""
    lanes = layouts.set
    touching = lanes.passing.touching(grid.first_s, grid.beyond_s)
    touches = (standing.begin_s[seen] < grid.beyond_s) & (standing.end_s[seen] >= grid.first_s)
    rows, _ = sorted_unique(np.sort(standing.rows[seen[touches]]))
    shown, outside = len(rows), len(lanes.passing) - touching
    return Counts(lanes.loaded, shown, touching - shown, outside, lanes.filtered_out)


def _elsewhere(passing: TimeIndex, grid: CellGrid) -> Elsewhere | None:
    """Return how many lie before and after a view that none of them touches, None for another view."""
    if passing.is_touched(grid.first_s, grid.beyond_s):
        return None
    earlier = passing.place_of(grid.first_s)
    return Elsewhere(earlier, len(passing) - earlier)


def _on_screen(
    standing: Standing, seen: Int64Array, tops: Sequence[int], lanes: Sequence[FrameLane], canvas: Canvas
) -> Visible:
    """Return which of those that stand near a view are on screen."""
    measures = canvas.measures
    half_line = measures.line_px / 2
    first_line_px = np.array(tops[:-1] or [0]) + (measures.head_px - canvas.scroll_px + half_line)
    y = first_line_px[standing.lane[seen]] + standing.line[seen] * float(measures.line_px)
    is_visible = (y > measures.axis_px - half_line) & (y < canvas.height_px + half_line)
    places = seen[is_visible]
    first_lane = lanes[0].number if lanes else 0
    return Visible(standing, places, standing.lane[places] - first_lane, y[is_visible])


def _guides(canvas: Canvas, view: Viewport) -> tuple[Guide, ...]:
    placed = ((view.x_of(time_s), label) for time_s, label in canvas.guides)
    return tuple(Guide(x_px, label) for x_px, label in placed if 0 <= x_px <= view.width_px)
