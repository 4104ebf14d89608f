"""Cells of time, and how many events of each lane begin in them without standing by themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from timeline_app.core.arrays import Int32Array, Int64Array
from timeline_app.core.when import FUTURE_S, PAST_S
from timeline_app.scene.rows import CELL_PX, Extents, room_s
from timeline_app.scene.rows_by_time import RowsByTime
from timeline_app.scene.viewport import Viewport


def cell_s(level: int) -> int:
    """Return the seconds that a cell of a level has."""
    return room_s(CELL_PX, 2.0**level)


def touched_s(view: Viewport) -> tuple[int, int]:
    """Return where the first cell that a view touches begins, and where the last has ended."""
    width_s = cell_s(view.level)
    return view.left_s // width_s * width_s, -(-view.right_s // width_s) * width_s


def first_edges_s(view: Viewport, other: Viewport, extents: Extents) -> list[int]:
    """Return where the first cells begin that are touched on the way from a view to another of the same scale."""
    width_s = cell_s(view.level)
    (here, _), (there, _) = touched_s(view), touched_s(other)
    step_s = width_s if there >= here else -width_s
    edges_s: list[int] = _edges_s(np.arange(here, there + step_s, step_s, dtype=np.int64), extents).tolist()
    return edges_s


def _edges_s(starts_s: Int64Array, extents: Extents) -> Int64Array:
    """Return from when on events belong to cells: to what begins with the first date of all belongs all before it."""
    return np.where(starts_s <= extents.first_s, PAST_S, starts_s)


@dataclass(frozen=True, slots=True, eq=False)
class CellGrid:
    """A row of cells: cell i holds what begins from edges_s[i] on and before edges_s[i + 1].

    The cells are CELL_PX pixels at the coarsest scale of the level, aligned in time. What has no known beginning is
    taken to begin with the first date of all, so that edges before it lie in the unbounded past. `starts_s` are the
    edges as they are drawn.
    """

    starts_s: Int64Array
    edges_s: Int64Array
    width_s: int

    @classmethod
    def of(cls, view: Viewport, extents: Extents, around: int = 0) -> CellGrid:
        """Return the cells that a view touches, and `around` more on either side as far as time goes."""
        width_s = cell_s(view.level)
        first_s, beyond_s = touched_s(view)
        first_s = min(first_s, max(first_s - around * width_s, PAST_S // width_s * width_s))
        beyond_s = max(beyond_s, min(beyond_s + around * width_s, FUTURE_S // width_s * width_s))
        starts_s = first_s + width_s * np.arange((beyond_s - first_s) // width_s + 1, dtype=np.int64)
        return cls(starts_s, _edges_s(starts_s, extents), width_s)

    def __len__(self) -> int:
        return len(self.starts_s) - 1

    @property
    def first_s(self) -> int:
        """Where the first cell begins."""
        return int(self.edges_s[0])

    @property
    def beyond_s(self) -> int:
        """Where the last cell has ended."""
        return int(self.edges_s[-1])

    def places_of(self, view: Viewport) -> slice | None:
        """Return which of the cells a view touches, None where they are not all here."""
        first_s, beyond_s = touched_s(view)
        begin_s = int(self.starts_s[0])
        places = slice((first_s - begin_s) // self.width_s, (beyond_s - begin_s) // self.width_s)
        return places if first_s >= begin_s and places.stop <= len(self) else None

    def part(self, places: slice) -> CellGrid:
        """Return some of the cells."""
        edges = slice(places.start, places.stop + 1)
        return CellGrid(self.starts_s[edges], self.edges_s[edges], self.width_s)


@dataclass(frozen=True, slots=True, eq=False)
class CellCounts:
    """How many events begin in each cell of a grid without standing by themselves: `merged`, shape (lanes, cells).

    `places`, shape (lanes, cells + 1), is where the edges of the cells lie among the rows of each lane. `possible`, of
    the shape of `merged`, counts those of them that pass the filter only possibly; it is None where all surely do.
    """

    grid: CellGrid
    places: Int64Array
    merged: Int64Array
    possible: Int64Array | None = None

    def part(self, places: slice) -> CellCounts:
        """Return those of some of the cells."""
        edges = slice(places.start, places.stop + 1)
        possible = self.possible[:, places] if self.possible is not None else None
        return CellCounts(self.grid.part(places), self.places[:, edges], self.merged[:, places], possible)


def cell_places(indexes: Sequence[RowsByTime], extents: Extents, grid: CellGrid) -> Int64Array:
    """Return where the edges of cells lie among the rows of each lane, shape (lanes, cells + 1)."""
    begins = np.searchsorted(extents.times.start_earliest_s, grid.edges_s).astype(np.int32)
    places = np.empty((len(indexes), len(begins)), np.int64)
    for own_places, index in zip(places, indexes, strict=True):
        own_places[:] = index.rows.searchsorted(begins)
    return places


def count_cells(
    grid: CellGrid, places: Int64Array, alone: Int32Array, lane: Int64Array, extents: Extents
) -> CellCounts:
    """Count what each lane has in the cells of a grid besides the rows `alone`, each of which stands in a `lane`.

    `places` are those of `cell_places`.
    """
    begin_s = np.maximum(extents.times.start_earliest_s[alone], extents.first_s)
    cell = (begin_s - grid.starts_s[0]) // grid.width_s
    here = (cell >= 0) & (cell < len(grid))
    taken = np.bincount(lane[here] * len(grid) + cell[here], minlength=len(places) * len(grid))
    return CellCounts(grid, places, np.diff(places) - taken.reshape(len(places), len(grid)))


def with_possible(
    counts: CellCounts, places: Int64Array, alone: Int32Array, lane: Int64Array, extents: Extents
) -> CellCounts:
    """Return the counts together with how many of them pass only possibly, of which `places` are as in `cell_places`.

    Those of them that stand `alone` each have a `lane`, as all do in `count_cells`.
    """
    return replace(counts, possible=count_cells(counts.grid, places, alone, lane, extents).merged)
