"""How many events begin in each column of pixels of the overview."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from timeline_app.core.arrays import Int64Array
from timeline_app.core.lanes import LaneSet
from timeline_app.core.table import EventTable
from timeline_app.scene.viewport import Viewport

COLUMN_PX = 8


@dataclass(frozen=True, slots=True, eq=False)
class Histogram:
    """Counts a column of COLUMN_PX pixels, each of shape (columns,): all events, those that pass, those possibly.

    Every event counts once, in the column of its earliest beginning, so the columns add up to all events.
    """

    view: Viewport
    everything: Int64Array
    passing: Int64Array
    possible: Int64Array

    @property
    def highest(self) -> int:
        """The greatest count of any column."""
        return int(self.everything.max()) if len(self.everything) else 0


def build_histogram(table: EventTable, lanes: LaneSet, view: Viewport) -> Histogram:
    """Count the events of a table and those in its lanes; whatever begins outside counts at the edge.

    By two searches a column in the sorted beginnings, so that ten million events take no longer than ten.
    """
    columns = max(1, -(-view.width_px // COLUMN_PX))
    edges_s = np.array([view.time_at(column * COLUMN_PX) for column in range(1, columns)], np.int64)
    everything = _counts(np.searchsorted(table.times.start_earliest_s, edges_s), len(table))
    passing = _counts(lanes.passing.places_of(edges_s), len(lanes.passing))
    possible_s = table.times.start_earliest_s[lanes.possible]
    possible = _counts(np.searchsorted(possible_s, edges_s), len(lanes.possible))
    return Histogram(view, everything, passing, possible)


def _counts(places: Int64Array, total: int) -> Int64Array:
    counts: Int64Array = np.diff(np.concatenate(([0], places, [total])))
    return counts
