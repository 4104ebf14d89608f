"""Events merged into counts, as they cross from the scene to the painter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import overload

import numpy as np

from timeline_app.core.arrays import FloatArray, Int32Array, Int64Array


@dataclass(frozen=True, slots=True, eq=False)
class Cluster:
    """Events merged into one count: exact, of one cell of one lane.

    What was merged in cells before the view and lasts into it has its count at the left edge. All members have row
    numbers from `first_row` to `last_row`; `members` works out which, and `picked` gives those among some rows without
    working out all of them. `possible` of the members pass the filter only possibly.
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
    possible: int = 0

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


@dataclass(frozen=True, slots=True, eq=False)
class Clusters(Sequence[Cluster]):
    """The counts of a frame, lane by lane and from left to right, each array of shape (counts,).

    Of `counts` those in `possible` pass the filter only possibly. A single one, with its members, is made by `make`
    when it is asked for. `row_ranges` works out two rows for each between which, or at which, all its members lie.
    """

    lane: Int64Array
    x_px: FloatArray
    y_px: FloatArray
    width_px: FloatArray
    counts: Int64Array
    possible: Int64Array
    make: Callable[[int], Cluster]
    row_ranges: Callable[[], tuple[Int32Array, Int32Array]]

    @classmethod
    def of(cls, clusters: Sequence[Cluster]) -> Clusters:
        """Return counts that are there already."""
        return cls(
            np.array([one.lane for one in clusters], np.int64),
            np.array([one.x_px for one in clusters], np.float64),
            np.array([one.y_px for one in clusters], np.float64),
            np.array([one.width_px for one in clusters], np.float64),
            np.array([one.count for one in clusters], np.int64),
            np.array([one.possible for one in clusters], np.int64),
            clusters.__getitem__,
            lambda: (
                np.array([one.first_row for one in clusters], np.int32),
                np.array([one.last_row for one in clusters], np.int32),
            ),
        )

    def __len__(self) -> int:
        return len(self.lane)

    @overload
    def __getitem__(self, place: int) -> Cluster: ...

    @overload
    def __getitem__(self, place: slice) -> list[Cluster]: ...

    def __getitem__(self, place: int | slice) -> Cluster | list[Cluster]:
        places = range(len(self))[place]
        return self.make(places) if isinstance(places, int) else [self.make(one) for one in places]
