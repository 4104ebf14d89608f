"""How many events lie in each column of pixels of the overview."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from timeline_app.core.arrays import BoolArray, Int64Array
from timeline_app.core.table import EventTable
from timeline_app.core.when import FUTURE_S, PAST_S
from timeline_app.scene.viewport import Viewport

COLUMN_PX = 8


@dataclass(frozen=True, slots=True, eq=False)
class Histogram:
    """Counts a column of COLUMN_PX pixels, each of shape (columns,): all events, and those that pass the filter.

    Every event counts once, in the column of the middle of its bounds, so the columns add up to all events.
    """

    view: Viewport
    everything: Int64Array
    passing: Int64Array

    @property
    def highest(self) -> int:
        """The greatest count of any column."""
        return int(self.everything.max()) if len(self.everything) else 0


def build_histogram(table: EventTable, mask: BoolArray, view: Viewport) -> Histogram:
    """Count the events of a table and the masked ones among them; whatever lies outside counts at the edge."""
    columns = max(1, -(-view.width_px // COLUMN_PX))
    middle = _middles(table)
    column = np.clip(view.xs_of(middle) // COLUMN_PX, 0, columns - 1).astype(np.int64)
    return Histogram(view, np.bincount(column, minlength=columns), np.bincount(column[mask], minlength=columns))


def _middles(table: EventTable) -> Int64Array:
    start, end = table.times.start_earliest_s, table.times.end_latest_s
    known_start = np.where(start == PAST_S, np.where(end == FUTURE_S, 0, end), start)
    known_end = np.where(end == FUTURE_S, known_start, end)
    middle: Int64Array = known_start + (known_end - known_start) // 2
    return middle
