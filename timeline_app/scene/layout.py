"""All lanes of a picture on their lines: those that are laid out already, and the others a few at a time.

A lane with few events is laid out as a whole, once a level of zoom (scene/rows.py); a crowded one in tiles of time
(scene/tiles.py). What is not there yet is stood in for by what the lane showed last: positions in time are always
exact, only lines and titles may be those of another scale for some frames. Work is limited by what is laid out, not by
a clock, so that the same steps always give the same pictures.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from timeline_app.core.arrays import BoolArray, Int16Array, Int32Array, Int64Array, UInt8Array
from timeline_app.core.lanes import Lane, LaneSet
from timeline_app.scene.clusters import touched_s
from timeline_app.scene.placed import NOTHING_PLACED, joined
from timeline_app.scene.rows import Extents, LaneRows, TitlePlace, lay_out
from timeline_app.scene.tiles import CrowdedLane
from timeline_app.scene.viewport import Viewport

CROWDED_LINES_SHARE = 6
LEAST_CROWDED_LINES = 3
MOST_KEPT = 24
FRAME_WORK = 200
FIRST_WORK = 6_000


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """What stands by itself in one lane, each array of shape (events,), and the `crowd` that it stands in, if any."""

    rows: Int32Array
    line: Int16Array
    title_place: UInt8Array
    crowd: CrowdedLane | None = None


class WholeLane:
    """A lane with few events, laid out as a whole for each level."""

    def __init__(self, lane: Lane, extents: Extents, max_lines: int) -> None:
        self.lane = lane
        self._extents = extents
        self._max_lines = max_lines
        self._kept: dict[int, LaneRows] = {}

    def line_count(self, view: Viewport) -> int:
        """Return how many lines the lane has, that of the counts included."""
        return self._nearest(view.level).line_count

    def advance(self, view: Viewport) -> int:
        """Lay out the next thing that a view needs, and return how much work that was; 0 when nothing is missing."""
        if view.level in self._kept:
            return 0
        while len(self._kept) >= MOST_KEPT:
            del self._kept[next(iter(self._kept))]
        self._kept[view.level] = lay_out(self.lane, self._extents, view.level, self._max_lines)
        return len(self.lane.rows)

    def standing(self, view: Viewport) -> Standing:
        """Return what stands by itself in the cells that a view touches."""
        laid = self._nearest(view.level)
        seen = _in_touched_cells(laid.left_s, laid.right_s, view)
        title_place = _fitting_titles(laid.title_place[seen], laid.level, view.level)
        return Standing(laid.rows[seen], laid.line[seen], title_place)

    def line_of(self, row: int, view: Viewport) -> int | None:
        """Return the line that an event stands on, that of the counts when it is merged; None when it is not here."""
        laid = self._nearest(view.level)
        alone = np.flatnonzero(laid.rows == row)
        if len(alone):
            return int(laid.line[alone[0]])
        return laid.cluster_line if bool(np.any(laid.merged_rows == row)) else None

    def _nearest(self, level: int) -> LaneRows:
        if not self._kept:
            raise RuntimeError("advance comes first")
        return self._kept[min(self._kept, key=lambda other: abs(other - level))]


class TiledLane:
    """A crowded lane, laid out in tiles."""

    def __init__(self, crowd: CrowdedLane) -> None:
        self.lane = crowd.lane
        self._crowd = crowd
        self._shown = NOTHING_PLACED
        self._shown_level = 0
        self._shown_tiles: tuple[int, range] | None = None

    def line_count(self, view: Viewport) -> int:  # noqa: ARG002 — the same at every zoom
        """Return how many lines the lane has, that of the counts included."""
        return self._crowd.lines + 1

    def advance(self, view: Viewport) -> int:
        """Lay out the next tile that a view needs, and return how much work that was; 0 when nothing is missing."""
        for tile in self._tiles(view):
            done = self._crowd.advance(view.level, tile)
            if done:
                return done
        return 0

    def standing(self, view: Viewport) -> Standing:
        """Return what stands by itself in the cells that a view touches."""
        tiles = self._tiles(view)
        ready = [tile for tile in tiles if self._crowd.is_ready(view.level, tile)]
        if len(ready) == len(tiles):
            if self._shown_tiles != (view.level, tiles):
                self._shown = joined(self._crowd.in_tile(view.level, tile) for tile in tiles)
                self._shown_tiles, self._shown_level = (view.level, tiles), view.level
            placed, level = self._shown, view.level
        elif ready:
            placed, level = joined(self._crowd.in_tile(view.level, tile) for tile in ready), view.level
        else:
            placed, level = self._shown, self._shown_level
        seen = _in_touched_cells(placed.left_s, placed.right_s, view)
        title_place = _fitting_titles(placed.title_place[seen], level, view.level)
        return Standing(placed.rows[seen], placed.line[seen], title_place, self._crowd)

    def line_of(self, row: int, view: Viewport) -> int | None:
        """Return the line that an event stands on, that of the counts when it is merged; None when it is not here."""
        rows = self.lane.rows
        place = int(np.searchsorted(rows, rows.dtype.type(row)))
        if place == len(rows) or rows[place] != row:
            return None
        standing = self.standing(view)
        alone = np.flatnonzero(standing.rows == row)
        return int(standing.line[alone[0]]) if len(alone) else self._crowd.lines

    def _tiles(self, view: Viewport) -> range:
        return self._crowd.tiles_near(view.level, view.left_s, view.right_s)


class Layouts:
    """The layouts of one set of lanes."""

    def __init__(self, lanes: LaneSet, extents: Extents, max_lines: int) -> None:
        self.set = lanes
        self.extents = extents
        crowded_lines = max(LEAST_CROWDED_LINES, max_lines // CROWDED_LINES_SHARE)
        self.lanes: tuple[WholeLane | TiledLane, ...] = tuple(
            WholeLane(lane, extents, max_lines)
            if lane.index is None
            else TiledLane(CrowdedLane(lane, lane.index, extents, crowded_lines))
            for lane in lanes.lanes
        )
        self._is_first = True

    def prepare(self, view: Viewport, work: int | None = FRAME_WORK) -> bool:
        """Lay out what a view needs, as much as may be done at once, and tell whether that was all.

        With None everything is done; the first time more is done than later, as nothing can stand in.
        """
        left = work
        if self._is_first:
            self._is_first = False
            left = FIRST_WORK if work is not None else None
            for lane in self.lanes:
                if isinstance(lane, WholeLane):
                    lane.advance(view)
        for lane in self.lanes:
            while done := lane.advance(view):
                if left is not None:
                    left -= done
                    if left <= 0:
                        return False
        return True

    def line_counts(self, view: Viewport) -> list[int]:
        """Return how many lines each lane has."""
        return [lane.line_count(view) for lane in self.lanes]

    def standing_count(self, view: Viewport) -> int:
        """Return how many events stand by themselves, in however many lanes."""
        return len(set().union(*(lane.standing(view).rows.tolist() for lane in self.lanes)))


def _in_touched_cells(left_s: Int64Array, right_s: Int64Array, view: Viewport) -> BoolArray:
    """Return which rooms have a part in the cells that a view touches, so that panning never changes a cell's count."""
    first_s, beyond_s = touched_s(view)
    within: BoolArray = (right_s >= first_s) & (left_s <= beyond_s)
    return within


def _fitting_titles(title_place: UInt8Array, laid_level: int, level: int) -> UInt8Array:
    """Return the places of titles, none where they were placed for more room than there is now."""
    return title_place if laid_level >= level else np.full_like(title_place, TitlePlace.NONE)
