"""What stands by itself near the views of late and what is merged there, kept for a few levels of zoom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from timeline_app.core.arrays import Int32Array, Int64Array
from timeline_app.scene.cells import CellCounts, CellGrid, cell_places, count_cells, with_possible
from timeline_app.scene.rows import Extents
from timeline_app.scene.rows_by_time import RowsByTime
from timeline_app.scene.standing import LaneStanding, Standing, lane_standing, standing_of
from timeline_app.scene.viewport import Viewport

# One that is looked at, one that is zoomed to, and one that was left.
MOST_LEVELS = 3
# A zoom does not come back to a level for what lies beside it; a pan does.
CELLS_AT_FIRST = 4
CELLS_AROUND = 48


class LaidLane(Protocol):
    """What a lane tells of itself."""

    @property
    def index(self) -> RowsByTime:
        """Its rows."""

    @property
    def possible(self) -> RowsByTime:
        """Those of its rows that pass the filter only possibly."""

    def work(self, level: int, tiles: range) -> int:
        """Return how much work the next step is; 0 when nothing is missing."""

    def standing(self, level: int, tiles: range) -> LaneStanding:
        """Return what stands in some tiles, or for now instead of it: the same object as long as it is the same."""


@dataclass(slots=True, eq=False)
class _Near:
    """What stands in some tiles of a level, as it was after so many steps of layout.

    `lanes` is None once all is laid out, as it then stays.
    """

    tiles: range
    lanes: Sequence[LaneStanding] | None
    standing: Standing
    steps: int
    counts: CellCounts | None = None


@dataclass(frozen=True, slots=True, eq=False)
class _Grid:
    """Cells of a level, so many of them on either side of a view, and where they lie among the rows of each lane.

    `possible` is where they lie among those that pass the filter only possibly, None where all surely do.
    """

    grid: CellGrid
    places: Int64Array
    possible: Int64Array | None
    around: int


class NearViews:
    """What is worked out for views of one set of lanes."""

    def __init__(self, lanes: Sequence[LaidLane], extents: Extents, possible: Int32Array) -> None:
        """`possible` are the sorted rows of all lanes that pass the filter only possibly."""
        self._lanes = lanes
        self._extents = extents
        self._possible = possible
        self._near: dict[int, _Near] = {}
        self._grids: dict[int, _Grid] = {}
        self._steps = 0
        self._nothing = lane_standing((), extents)

    @property
    def steps(self) -> int:
        """How many steps of layout were noted."""
        return self._steps

    def note_step(self) -> None:
        """Take notice that something more is laid out."""
        self._steps += 1

    def is_there(self, level: int, tiles: range) -> bool:
        """Return whether what stands in some tiles is worked out as it is laid out now, maybe with that of others."""
        near = self._near.get(level)
        if near is None or tiles.start < near.tiles.start or near.tiles.stop < tiles.stop:
            return False
        if near.lanes is not None and near.steps != self._steps:
            now = self._standing_lanes(level, near.tiles)
            if any(one is not other for one, other in zip(near.lanes, now, strict=True)):
                return False
            near.steps = self._steps
        return True

    def is_settled(self, level: int) -> bool:
        """Return whether what is worked out for a level stays as it is."""
        near = self._near.get(level)
        return near is not None and near.lanes is None

    def standing(self, level: int, tiles: range) -> Standing:
        """Return what stands in some tiles, or for now instead of it."""
        return self._at(level, tiles).standing

    def counts(self, view: Viewport, tiles: range, around: int = 0) -> CellCounts:
        """Return what each lane has merged in the cells that a view touches, and get so many on either side ready."""
        near, kept = self._at(view.level, tiles), self._grid(view, around)
        if near.counts is None or near.counts.grid is not kept.grid:
            near.counts = self._counted(kept, near.standing)
        places = kept.grid.places_of(view)
        if places is None:
            raise RuntimeError("the cells around a view have those that it touches")
        return near.counts.part(places)

    def _at(self, level: int, tiles: range) -> _Near:
        if self.is_there(level, tiles):
            return self._near[level]
        lanes = self._standing_lanes(level, tiles)
        is_whole = not any(lane.work(level, tiles) for lane in self._lanes)
        self._near.pop(level, None)
        while len(self._near) >= MOST_LEVELS:
            del self._near[next(iter(self._near))]
        made = _Near(tiles, None if is_whole else lanes, standing_of(lanes, self._possible), self._steps)
        self._near[level] = made
        return made

    def _standing_lanes(self, level: int, tiles: range) -> list[LaneStanding]:
        return [lane.standing(level, tiles) for lane in self._lanes] or [self._nothing]

    def _grid(self, view: Viewport, around: int) -> _Grid:
        kept = self._grids.get(view.level)
        if kept is not None and kept.around >= around and kept.grid.places_of(view) is not None:
            return kept
        if kept is None:
            while len(self._grids) >= MOST_LEVELS:
                del self._grids[next(iter(self._grids))]
        around = max(around, CELLS_AT_FIRST if kept is None else CELLS_AROUND)
        grid = CellGrid.of(view, self._extents, around)
        places = cell_places([lane.index for lane in self._lanes], self._extents, grid)
        possible = None
        if len(self._possible):
            possible = cell_places([lane.possible for lane in self._lanes], self._extents, grid)
        made = self._grids[view.level] = _Grid(grid, places, possible, around)
        return made

    def _counted(self, cells: _Grid, standing: Standing) -> CellCounts:
        counts = count_cells(cells.grid, cells.places, standing.rows, standing.lane, self._extents)
        if cells.possible is None:
            return counts
        alone = standing.is_possible
        return with_possible(counts, cells.possible, standing.rows[alone], standing.lane[alone], self._extents)
