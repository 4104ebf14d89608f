"""All lanes of a picture on their lines: those that are laid out already, and the others a step at a time.

A lane with few events is laid out as a whole, once a level of zoom (scene/whole_lane.py); a crowded one in tiles of
time (scene/tiled_lane.py). What is not there yet is stood in for by what the lane showed last: positions in time are
always exact, only lines and titles may be those of another scale for a moment. What a step gives follows from the
lanes, the level and the place in time, so the same view has the same picture on whatever way it was reached.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from timeline_app.core.lanes import LaneSet
from timeline_app.scene.cells import CellCounts, first_edges_s
from timeline_app.scene.lane_lines import lane_lines
from timeline_app.scene.near import CELLS_AROUND, NearViews
from timeline_app.scene.rows import Extents
from timeline_app.scene.standing import Standing
from timeline_app.scene.strips import ColumnStarts, Strips
from timeline_app.scene.tiled_lane import TiledLane
from timeline_app.scene.tiles import CrowdedLane, tiles_near
from timeline_app.scene.viewport import Viewport
from timeline_app.scene.whole_lane import WholeLane

FRAME_WORK = 80


class Layouts:
    """The layouts of one set of lanes."""

    def __init__(
        self,
        lanes: LaneSet,
        extents: Extents,
        max_lines: int,
        before: Mapping[str, int] | None = None,
        *,
        crowded_height: int = 0,
    ) -> None:
        """A single lane has up to `max_lines`, several share them, and so do crowded ones; see scene.lane_lines.

        `before` has, by the names of lanes, how many lines those had that stood here before.
        """
        self.set = lanes
        self.max_lines = max_lines
        self.extents = replace(extents, begin_s=lanes.passing.first_s, edge_s=lanes.passing.last_s)
        starts = ColumnStarts(self.extents.times)
        self.lanes: tuple[WholeLane | TiledLane, ...] = tuple(
            WholeLane(lane, self.extents, lines, (before or {}).get(lane.name, 1))
            if lane.index is None
            else TiledLane(CrowdedLane(lane, lane.index, self.extents, lines, starts))
            for lane, lines in zip(lanes.lanes, lane_lines(lanes.lanes, max_lines, crowded_height), strict=True)
        )
        self._near = NearViews(self.lanes, self.extents, lanes.possible)

    @property
    def steps(self) -> int:
        """How many steps of layout were taken: what a view shows that is not ready stays as it is until the next."""
        return self._near.steps

    def is_ready(self, view: Viewport) -> bool:
        """Return whether all that a view needs is laid out."""
        tiles = _tiles(view)
        return not any(lane.work(view.level, tiles) for lane in self.lanes)

    def prepare(self, view: Viewport, work: int | None = None) -> bool:
        """Lay out what a view needs, and tell whether that was all.

        Lanes that would make it more than `work` in events are left for later; with None everything is done.
        """
        if work is None:
            return self.proceed(view, lambda: True)
        level, tiles = view.level, _tiles(view)
        if self._near.is_settled(level) and self._near.is_there(level, tiles):
            return True
        for lane in self.lanes:
            needed = lane.work(level, tiles)
            if 0 < needed <= work:
                work -= needed
                self._finish(lane, level, tiles, lambda: True)
        return self.is_ready(view)

    def proceed(
        self, view: Viewport, goes_on: Callable[[], bool], first: Sequence[int] = (), *, is_moving: bool = False
    ) -> bool:
        """Lay out what a view needs, step by step as long as `goes_on` says so, and tell whether that was all.

        Lanes laid out as a whole come first, as the heights of all depend on them, then those numbered in `first`. Of
        these, while a view is moving, the tiles on either side follow, as the next ones to be seen; other lanes wait,
        and so does what needs titles that are on their way.
        """
        level, tiles = view.level, _tiles(view)
        whole = [lane for lane in self.lanes if lane.crowd is None]
        urgent = [self.lanes[number] for number in first]
        rest = (urgent, _beside(tiles)) if is_moving else (self.lanes, tiles)
        parts = ((whole, tiles), (urgent, tiles), rest)
        steps = [(lane, some) for lanes, some in parts for lane in lanes]
        return self._finish_all(steps, level, goes_on, is_moving=is_moving)

    def stand_beside(self, view: Viewport) -> None:
        """Work out what stands in a view together with that on either side, as it is laid out now."""
        self._near.counts(view, _beside(_tiles(view)), CELLS_AROUND)

    def count_ahead(self, view: Viewport, other: Viewport, numbers: Sequence[int], goes_on: Callable[[], bool]) -> None:
        """Count what lasts into each view on the way to another of the same scale, in some lanes, while `goes_on`."""
        for edge_s in first_edges_s(view, other, self.extents):
            for number in numbers:
                if not goes_on():
                    return
                self.lanes[number].index.under_way(edge_s)

    def foresee(self, view: Viewport, goes_on: Callable[[], bool]) -> bool:
        """Work out what stands in a view and what is merged in it, a step at a time as long as `goes_on` says so.

        Return whether that is done.
        """
        level, tiles = view.level, _tiles(view)
        if not self._near.is_there(level, tiles):
            if not goes_on():
                return False
            self._near.standing(level, tiles)
        if not goes_on():
            return False
        self._near.counts(view, tiles)
        return True

    def look_beside(self, view: Viewport, goes_on: Callable[[], bool], *, is_moving: bool = False) -> bool:
        """Lay out the tiles on either side of a view that is ready, as far as `goes_on` says so.

        While the view is moving what needs titles that are on their way waits. Return whether they are laid out, with
        all that stands there.
        """
        level, beside = view.level, _beside(_tiles(view))
        if not self._finish_all([(lane, beside) for lane in self.lanes], level, goes_on, is_moving=is_moving):
            return False
        if not self._near.is_there(level, beside):
            if not goes_on():
                return False
            self.stand_beside(view)
        return True

    def look_ahead(self, view: Viewport, goes_on: Callable[[], bool], *, is_moving: bool = False) -> bool:
        """Do the same for the next levels of zoom, and for the scales of all levels."""
        for other in _zoomed(view):
            steps = [(lane, _tiles(other)) for lane in self.lanes]
            if not self._finish_all(steps, other.level, goes_on, is_moving=is_moving):
                return False
        return all(_find_scales(lane.crowd.strips, goes_on) for lane in self.lanes if lane.crowd is not None)

    def line_counts(self, view: Viewport) -> list[int]:
        """Return how many lines each lane has."""
        return [lane.line_count(view.level) for lane in self.lanes]

    def lines_by_name(self, view: Viewport) -> dict[str, int]:
        """Return the same by the names of the lanes."""
        return {lane.lane.name: lane.line_count(view.level) for lane in self.lanes}

    def standing(self, view: Viewport) -> Standing:
        """Return what stands by itself in the tiles near a view, worked out anew only where those are others."""
        return self._near.standing(view.level, _tiles(view))

    def is_standing(self, view: Viewport, seen: Sequence[int]) -> bool:
        """Return whether what stands in a view is worked out together with that of its neighbours, and stays as it is.

        So it does once the lanes numbered in `seen` are laid out there, and those on whose lines all heights depend.
        """
        level, tiles = view.level, _tiles(view)
        numbers = {*seen, *(number for number, lane in enumerate(self.lanes) if lane.crowd is None)}
        is_laid_out = self._near.is_settled(level) or not any(self.lanes[one].work(level, tiles) for one in numbers)
        return is_laid_out and self._near.is_there(level, tiles)

    def cell_counts(self, view: Viewport) -> CellCounts:
        """Return what each lane has merged in the cells that a view touches."""
        return self._near.counts(view, _tiles(view))

    def line_of(self, number: int, row: int, view: Viewport) -> int | None:
        """Return the line of a lane that an event stands on, that of the counts when merged; None when not in it."""
        lane = self.lanes[number]
        rows = lane.lane.rows
        place = int(np.searchsorted(rows, rows.dtype.type(row)))
        if place == len(rows) or rows[place] != row:
            return None
        return self.lines_alone(row, view).get(number, lane.line_count(view.level) - 1)

    def lines_alone(self, row: int, view: Viewport) -> dict[int, int]:
        """Return the numbers of the lanes in which an event stands by itself, each with its line."""
        standing = self.standing(view)
        crowded = np.array([lane.crowd is not None for lane in self.lanes], np.bool_)
        is_alone = standing.rows == row
        is_alone[is_alone] &= ~crowded[standing.lane[is_alone]] | standing.seen(view)[is_alone]
        return dict(zip(standing.lane[is_alone].tolist(), standing.line[is_alone].tolist(), strict=True))

    def standing_count(self, view: Viewport) -> int:
        """Return how many events stand by themselves, in however many lanes."""
        standing = self.standing(view)
        return len(set(standing.rows[standing.seen(view)].tolist()))

    def _finish_all(
        self,
        steps: Sequence[tuple[WholeLane | TiledLane, range]],
        level: int,
        goes_on: Callable[[], bool],
        *,
        is_moving: bool,
    ) -> bool:
        """Lay out lanes with the tiles that each needs; while the view moves, none waits for the titles of another."""
        is_done = True
        for lane, tiles in steps:
            if not self._finish(lane, level, tiles, goes_on, is_moving=is_moving):
                if not (is_moving and goes_on()):
                    return False
                is_done = False
        return is_done

    def _finish(
        self,
        lane: WholeLane | TiledLane,
        level: int,
        tiles: range,
        goes_on: Callable[[], bool],
        *,
        is_moving: bool = False,
    ) -> bool:
        while lane.work(level, tiles):
            if not goes_on() or (is_moving and lane.is_awaited(level, tiles)):
                return False
            lane.advance(level, tiles)
            self._near.note_step()
        return True


def _find_scales(strips: Strips, goes_on: Callable[[], bool]) -> bool:
    """Find the scales of the strips of one lane as long as `goes_on` says so, and tell whether that was all."""
    while goes_on():
        if not strips.find_scale():
            return True
    return False


def _tiles(view: Viewport) -> range:
    return tiles_near(view.level, view.left_s, view.right_s)


def _beside(tiles: range) -> range:
    """Return some tiles with those on either side."""
    return range(tiles.start - 1, tiles.stop + 1)


def _zoomed(view: Viewport) -> Iterator[Viewport]:
    """Yield the views of the next levels about the middle of one, the closer one first."""
    for factor in (2.0, 0.5):
        zoomed = view.zoomed(factor, view.width_px / 2)
        if zoomed.level != view.level:
            yield zoomed
