"""Events merged into counts, exactly: what of a lane does not stand by itself, by cells of time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from timeline_app.core.arrays import Int32Array, Int64Array
from timeline_app.core.levels import TimeIndex
from timeline_app.core.times import Times
from timeline_app.core.when import PAST_S
from timeline_app.scene.rows import CELL_PX, Extents, room_s
from timeline_app.scene.viewport import Viewport

HELD_PX = 36.0


@dataclass(frozen=True, slots=True, eq=False)
class Cluster:
    """Events merged into one count: exact, of one cell of one lane.

    What was merged in cells before the view and lasts into it has its count at the left edge. All members have row
    numbers from `first_row` to `last_row`; `members` works out which, and `picked` gives those among some rows without
    working out all of them.
    """

    lane: int
    x_px: float
    y_px: float
    width_px: float
    count: int
    first_row: int
    last_row: int
    members: Callable[[], Int32Array]
    picked: Callable[[Int32Array], Int32Array]

    @property
    def rows(self) -> Int32Array:
        """The sorted rows that it stands for, shape (count,), worked out anew."""
        return self.members()

    def holds(self, row: int) -> bool:
        """Return whether a row is one of those it stands for."""
        return self.first_row <= row <= self.last_row and len(self.picked(np.array([row], np.int32))) > 0

    def holds_any(self, rows: Int32Array) -> bool:
        """Return whether any of some sorted rows is one of those it stands for."""
        first, beyond = np.searchsorted(rows, np.array([self.first_row, self.last_row + 1], rows.dtype))
        return bool(first < beyond) and len(self.picked(rows[first:beyond])) > 0


def cell_s(level: int) -> int:
    """Return the seconds that a cell of a level has."""
    return room_s(CELL_PX, 2.0**level)


def touched_s(view: Viewport) -> tuple[int, int]:
    """Return where the first cell that a view touches begins, and where the last has ended."""
    width_s = cell_s(view.level)
    return view.left_s // width_s * width_s, -(-view.right_s // width_s) * width_s


@dataclass(frozen=True, slots=True, eq=False)
class CellGrid:
    """The cells that a view touches: cell i holds what begins from edges_s[i] on and before edges_s[i + 1].

    The cells are CELL_PX pixels at the coarsest scale of the level, aligned in time. What has no known beginning is
    taken to begin with the first date of all, so that edges before it lie in the unbounded past. `starts_s` are the
    edges as they are drawn.
    """

    starts_s: Int64Array
    edges_s: Int64Array
    width_s: int

    @classmethod
    def of(cls, view: Viewport, extents: Extents) -> CellGrid:
        """Return the cells of a view."""
        width_s = cell_s(view.level)
        first_s, beyond_s = touched_s(view)
        starts_s = first_s + width_s * np.arange((beyond_s - first_s) // width_s + 1, dtype=np.int64)
        return cls(starts_s, np.where(starts_s <= extents.first_s, PAST_S, starts_s), width_s)

    @property
    def first_s(self) -> int:
        """Where the first cell begins."""
        return int(self.edges_s[0])

    @property
    def beyond_s(self) -> int:
        """Where the last cell has ended."""
        return int(self.edges_s[-1])


@dataclass(frozen=True, slots=True, eq=False)
class Merged:
    """What of some rows is merged: all but those `standing`.

    The rows places[i] to places[i + 1] begin in cell i of a grid, `counts[i]` of them are merged. Of those that begin
    before the grid, at `first_s`, and last into it `earlier_count` are merged; `earlier` works out which last, standing
    ones included.
    """

    rows: Int32Array
    standing: Int32Array
    places: Int64Array
    counts: Int64Array
    earlier_count: int
    earlier: Callable[[], Int32Array]
    times: Times
    first_s: int

    def between(self, first: int, beyond: int, *, with_earlier: bool = False) -> Int32Array:
        """Return the merged rows of some cells, sorted."""
        rows = self.rows[self.places[first] : self.places[beyond]]
        if with_earlier:
            rows = np.concatenate((self.earlier(), rows))
        return rows[~np.isin(rows, self.standing)]

    def picked(self, first: int, beyond: int, rows: Int32Array, *, with_earlier: bool = False) -> Int32Array:
        """Return those of some sorted rows that are merged in some cells, by looking up no others."""
        # Keys of another type than the array's would have all of the array copied.
        keys: Int32Array = rows.astype(self.rows.dtype, copy=False)
        place = np.searchsorted(self.rows, keys)
        is_taken = (place >= self.places[first]) & (place < self.places[beyond])
        if with_earlier:
            is_taken |= (place < self.places[0]) & (self.times.ends_of(keys) >= self.first_s)
        taken: Int32Array = keys[is_taken]
        taken = taken[self.rows[place[is_taken]] == taken]
        return taken[~np.isin(taken, self.standing)] if len(taken) else taken


def merged_of_crowd(index: TimeIndex, standing: Int32Array, extents: Extents, grid: CellGrid) -> Merged:
    """Return what is merged of a crowded lane in which the rows `standing` stand by themselves."""
    places = index.places_of(grid.edges_s)
    starts = extents.times.start_earliest_s[standing]
    cell_of = (np.maximum(starts, extents.first_s) - grid.starts_s[0]) // grid.width_s
    cells = len(places) - 1
    alone = np.bincount(cell_of[(cell_of >= 0) & (cell_of < cells)], minlength=cells)
    begun = standing[starts < grid.first_s]
    alone_before = int(np.count_nonzero(extents.times.ends_of(begun) >= grid.first_s))
    return Merged(
        index.rows,
        standing,
        places,
        np.diff(places) - alone,
        index.under_way(grid.first_s) - alone_before,
        partial(index.rows_under_way, grid.first_s),
        extents.times,
        grid.first_s,
    )


def merged_of_few(rows: Int32Array, standing: Int32Array, extents: Extents, grid: CellGrid) -> Merged:
    """Return what is merged of a few sorted rows of which `standing` stand by themselves."""
    is_merged = np.ones(len(rows), np.bool_)
    is_merged[np.searchsorted(rows, standing)] = False
    merged = rows[is_merged]
    places = np.searchsorted(extents.times.start_earliest_s[merged], grid.edges_s)
    before = merged[: places[0]]
    earlier = before[extents.times.ends_of(before) >= grid.first_s]
    counts = np.diff(places)
    return Merged(merged, rows[:0], places, counts, len(earlier), lambda: earlier, extents.times, grid.first_s)


def clusters_of(merged: Merged, grid: CellGrid, view: Viewport, lane: int, y_px: float) -> list[Cluster]:
    """Return the counts of a lane from left to right, a cell apart or more.

    What lasts into the view from before it is counted at the left edge, together with the cells that this count would
    run into.
    """
    middles = view.xs_of(grid.starts_s[:-1] + grid.width_s // 2)
    width_px = grid.width_s / view.seconds_per_px
    places = merged.places
    found = []
    first = 0
    if merged.earlier_count:
        first = int(np.count_nonzero(middles < HELD_PX + CELL_PX))
        count = merged.earlier_count + int(merged.counts[:first].sum())
        last_row = int(merged.rows[places[first] - 1])
        members = partial(merged.between, 0, first, with_earlier=True)
        picked = partial(merged.picked, 0, first, with_earlier=True)
        found.append(Cluster(lane, HELD_PX, y_px, CELL_PX, count, 0, last_row, members, picked))
    cells = first + np.flatnonzero(merged.counts[first:])
    columns = (
        cells,
        middles[cells],
        merged.counts[cells],
        merged.rows[places[cells]],
        merged.rows[places[cells + 1] - 1],
    )
    for cell, x_px, count, first_row, last_row in zip(*(column.tolist() for column in columns), strict=True):
        members, picked = partial(merged.between, cell, cell + 1), partial(merged.picked, cell, cell + 1)
        found.append(Cluster(lane, x_px, y_px, width_px, count, first_row, last_row, members, picked))
    return found
