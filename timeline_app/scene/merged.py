"""What of lanes is merged into counts, exactly: all that does not stand by itself, by cells of time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

import numpy as np

from timeline_app.core.arrays import BoolArray, FloatArray, Int32Array, Int64Array
from timeline_app.scene.cells import CellCounts
from timeline_app.scene.clusters import Cluster, Clusters
from timeline_app.scene.rows import CELL_PX
from timeline_app.scene.rows_by_time import RowsByTime
from timeline_app.scene.standing import Standing
from timeline_app.scene.viewport import Viewport

HELD_PX = 36.0


@dataclass(frozen=True, slots=True, eq=False)
class Merged:
    """What of a lane is merged: all but the sorted rows that stand `alone`.

    The lane's rows from places[i] to places[i + 1] begin in cell i of a grid. Those that begin before the grid, at
    `first_s`, and last into it are merged in no cell.
    """

    index: RowsByTime
    alone: Int32Array
    places: Int64Array
    first_s: int

    def between(self, first: int, beyond: int, *, with_earlier: bool = False) -> Int32Array:
        """Return the merged rows of some cells, sorted."""
        rows = self.index.rows[self.places[first] : self.places[beyond]]
        if with_earlier:
            rows = np.concatenate((self.index.rows_under_way(self.first_s), rows))
        return rows[~np.isin(rows, self.alone)]

    def picked(self, first: int, beyond: int, rows: Int32Array, *, with_earlier: bool = False) -> Int32Array:
        """Return those of some sorted rows that are merged in some cells, by looking up no others."""
        own = self.index.rows
        # Keys of another type than the array's would have all of the array copied.
        keys: Int32Array = rows.astype(own.dtype, copy=False)
        place = np.searchsorted(own, keys)
        is_taken = (place >= self.places[first]) & (place < self.places[beyond])
        if with_earlier:
            is_taken |= (place < self.places[0]) & (self.index.times.ends_of(keys) >= self.first_s)
        taken: Int32Array = keys[is_taken]
        taken = taken[own[place[is_taken]] == taken]
        return taken[~np.isin(taken, self.alone)] if len(taken) else taken

    def row_range(self, first: int, beyond: int, *, with_earlier: bool = False) -> tuple[int, int]:
        """Return two rows between which, or at which, all merged rows of some cells with rows lie."""
        begin = 0 if with_earlier else self.places[first]
        return int(self.index.rows[begin]), int(self.index.rows[self.places[beyond] - 1])


class _Columns(NamedTuple):
    """The columns of counts, each of shape (counts,), in the order of a Cluster's."""

    lane: Int64Array
    x_px: FloatArray
    y_px: FloatArray
    width_px: FloatArray
    counts: Int64Array
    possible: Int64Array


@dataclass(frozen=True, slots=True, eq=False)
class MergedLanes:
    """What of some lanes of a set is merged in the cells that a view touches, all but what is `seen` of the standing.

    `numbers` are those of the lanes in the set, `indexes` their rows by time; `seen` has places in `standing`.
    `possible` are those of the rows, by time, that pass the filter only possibly; asked for where cells count them.
    """

    standing: Standing
    seen: Int64Array
    numbers: Sequence[int]
    indexes: Sequence[RowsByTime]
    cells: CellCounts
    possible: Sequence[RowsByTime] = ()

    def earlier(self) -> Int64Array:
        """Return how many of each lane begin before the cells and last into them, shape (lanes,)."""
        return self._earlier(self.indexes, self.seen)

    def earlier_possible(self) -> Int64Array:
        """Return how many of these pass only possibly, shape (lanes,)."""
        return self._earlier(self.possible, self.seen[self.standing.is_possible[self.seen]])

    def of(self, at: int) -> Merged:
        """Return what one of the lanes has merged."""
        number = self.numbers[at]
        alone = self.seen[self.standing.lane[self.seen] == number]
        places, grid = self.cells.places[number], self.cells.grid
        return Merged(self.indexes[at], self.standing.rows[alone], places, grid.first_s)

    def _earlier(self, indexes: Sequence[RowsByTime], seen: Int64Array) -> Int64Array:
        """Return how many of some rows of each lane begin before the cells and last into them, without what is seen."""
        first_s = self.cells.grid.first_s
        is_earlier = (self.standing.begin_s[seen] < first_s) & (self.standing.end_s[seen] >= first_s)
        alone = np.bincount(self.standing.lane[seen[is_earlier]], minlength=len(self.cells.merged))
        under_way = np.array([index.under_way(first_s) for index in indexes], np.int64)
        return under_way - alone[list(self.numbers)]


@dataclass(frozen=True, slots=True, eq=False)
class _Stretches:
    """The stretches of cells that have a count, each array of shape (counts,); `lane` is the place among the lanes.

    What `is_held` stands at the left edge, and has what begins before the cells, too.
    """

    lanes: MergedLanes
    lane: Int64Array
    first: Int64Array
    beyond: Int64Array
    is_held: BoolArray

    def row_ranges(self) -> tuple[Int32Array, Int32Array]:
        """Return two rows for each count between which, or at which, all its members lie."""
        first, last = np.zeros(len(self.lane), np.int32), np.zeros(len(self.lane), np.int32)
        for at in sorted(set(self.lane.tolist())):
            here = np.flatnonzero(self.lane == at)
            rows, places = self.lanes.indexes[at].rows, self.lanes.cells.places[self.lanes.numbers[at]]
            # What is held at the edge may have no row that begins in its cells.
            first[here] = rows[np.where(self.is_held[here], 0, places[self.first[here]])]
            last[here] = rows[places[self.beyond[here]] - 1]
        return first, last


@dataclass(frozen=True, slots=True, eq=False)
class _Edge:
    """What the count at the left edge takes: the first `held_cells` of the lanes that have one.

    Only `with_others` do the other cells have counts of their own.
    """

    has_held: BoolArray
    held_cells: int
    with_others: bool

    def table(self, earlier: Int64Array, counts: Int64Array) -> Int64Array:
        """Return the count at the edge as one more cell before all others, shape (lanes, cells + 1)."""
        table = np.zeros((len(counts), counts.shape[1] + 1), np.int64)
        table[:, 0] = np.where(self.has_held, earlier + counts[:, : self.held_cells].sum(axis=1), 0)
        if self.with_others:
            table[:, 1:] = counts
            table[self.has_held, 1 : self.held_cells + 1] = 0
        return table


def clusters_of(
    merged: MergedLanes,
    view: Viewport,
    lanes: Int64Array,
    y_px: FloatArray,
    *,
    with_held: bool = True,
    with_others: bool = True,
) -> Clusters:
    """Return the counts of some lanes, from left to right, a cell apart or more.

    What lasts into the view from before it is counted at the left edge, together with the cells that this count would
    run into. `lanes` and `y_px` are the numbers that the lanes have in the frame, and the height of their counts.
    Without those that are held at the edge each cell has its own; they alone are as wide as the cells that they take.
    """
    grid, cells = merged.cells.grid, merged.cells
    middles = view.xs_of(grid.starts_s[:-1] + grid.width_s // 2)
    held_cells = int(np.count_nonzero(middles < HELD_PX + CELL_PX))
    earlier = merged.earlier() if with_held else np.zeros(len(lanes), np.int64)
    has_held = earlier > 0

    edge = _Edge(has_held, held_cells, with_others)
    own = list(merged.numbers)
    table = edge.table(earlier, cells.merged[own])
    lane, cell = np.nonzero(table)
    is_held = cell == 0
    beyond = np.where(is_held, held_cells, cell)
    stretches = _Stretches(merged, lane, np.maximum(cell - 1, 0), beyond, is_held)
    x_px = np.concatenate(([HELD_PX], middles))[cell]
    held_px = float(CELL_PX) if with_others else max(view.x_of(int(grid.starts_s[held_cells])), HELD_PX + CELL_PX / 2)
    width_px = np.where(is_held, held_px, grid.width_s / view.seconds_per_px)
    possible = np.zeros(len(lane), np.int64)
    if cells.possible is not None:
        before = merged.earlier_possible() if with_held else earlier
        possible = edge.table(before, cells.possible[own])[lane, cell]
    columns = _Columns(lanes[lane], x_px, y_px[lane], width_px, table[lane, cell], possible)
    return Clusters(*columns, partial(_made, stretches, columns), stretches.row_ranges)


def _made(stretches: _Stretches, columns: _Columns, place: int) -> Cluster:
    """Make one count with its members."""
    lane, x_px, y_px, width_px, count, possible = (column[place].item() for column in columns)
    at, first, beyond = (int(column[place]) for column in (stretches.lane, stretches.first, stretches.beyond))
    is_held = bool(stretches.is_held[place])
    merged = stretches.lanes.of(at)
    first_row, last_row = merged.row_range(first, beyond, with_earlier=is_held)
    members = partial(merged.between, first, beyond, with_earlier=is_held)
    picked = partial(merged.picked, first, beyond, with_earlier=is_held)
    return Cluster(lane, x_px, y_px, width_px, count, first_row, last_row, members, picked, possible)
