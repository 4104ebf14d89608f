"""Finds the column of a density strip under the pointer, with the events that begin in it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from timeline_app.core.arrays import Int32Array, Int64Array
from timeline_app.core.lanes import LaneSet
from timeline_app.scene.clusters import Cluster
from timeline_app.scene.frame import Frame
from timeline_app.scene.strips import COLUMN_BITS, Strip


@dataclass(frozen=True, slots=True, eq=False)
class Column(Cluster):
    """A count of what begins in a column, whether it is merged or stands by itself."""


def column_hit(frame: Frame, lanes: LaneSet, starts_s: Int64Array, x_px: float, y_px: float) -> Column | None:
    """Return the column at a point, None where there is none or where it is empty.

    `starts_s`, shape (rows,), is when the events of the table begin at the earliest, in order.
    """
    strip = next((one for one in frame.strips if one.top_px <= y_px <= one.bottom_px), None)
    number = int((x_px - strip.left_px) // strip.column_px) if strip is not None else -1
    if strip is None or not 0 <= number < len(strip.counts) or not strip.counts[number]:
        return None
    level = max(frame.viewport.level + COLUMN_BITS, 0)
    first = (frame.viewport.left_s >> level) + number
    lane = lanes.lanes[frame.lanes[strip.lane].number]
    between = starts_s.searchsorted(np.array([first, first + 1]) << level)
    return _count_of(strip, number, _part(lane.rows, between), len(_part(lane.possible, between)))


def _part(rows: Int32Array, between: Int64Array) -> Int32Array:
    """Return those of some sorted rows from one to another."""
    begin, end = rows.searchsorted(between.astype(rows.dtype))
    return rows[begin:end]


def _count_of(strip: Strip, number: int, rows: Int32Array, possible: int) -> Column:
    return Column(
        lane=strip.lane,
        x_px=strip.left_px + (number + 0.5) * strip.column_px,
        y_px=(strip.top_px + strip.bottom_px) / 2,
        width_px=strip.column_px,
        count=len(rows),
        first_row=int(rows[0]),
        last_row=int(rows[-1]),
        members=lambda: rows,
        picked=lambda asked: np.intersect1d(asked, rows, assume_unique=True),
        possible=possible,
    )
