"""Where the events are drawn, in pixels, that another state of the timeline lacks, tells differently, or alone has."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from timeline_app.core.arrays import FloatArray, Int32Array, Int64Array, IntegerArray, read_only
from timeline_app.core.differences import Differences
from timeline_app.core.table import EventTable
from timeline_app.core.when import FUTURE_S, PAST_S
from timeline_app.scene.frame import Frame, FramePart
from timeline_app.scene.viewport import Viewport

COLUMN_PX = 3
LINE_PX = 16
STRIP_PX = 12.0
CORNER_PX = 7.0
NO_EDGES_S = read_only(np.zeros(0, np.int64))
NO_EDGES_PX = read_only(np.zeros(0))


class Change(IntEnum):
    """How an event differs."""

    ADDED = 0
    CHANGED = 1
    WITHDRAWN = 2


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """What differs: of each Change the sorted rows of the table that is shown, and its instants in ascending order.

    What was withdrawn from another table has no rows. Instants are in seconds; an event without any date has none.
    """

    rows: tuple[Int32Array, ...]
    anchors_s: tuple[Int64Array, ...]
    counts: tuple[int, ...]

    @classmethod
    def of(cls, found: Differences, table: EventTable, before: EventTable) -> Compared:
        """Return what differs of a table from an earlier one, which may be the same."""
        added, withdrawn = found.added.rows, found.withdrawn.rows
        changed = np.array([one.row for one in found.changed], np.int32)
        own = withdrawn if before is table else withdrawn[:0]
        return cls(
            tuple(read_only(np.sort(rows)) for rows in (added, changed, own)),
            (_anchors_s(table, added), _anchors_s(table, changed), _anchors_s(before, withdrawn)),
            (len(added), len(changed), len(withdrawn)),
        )


@dataclass(frozen=True, slots=True, eq=False)
class ChangeLine:
    """All changes of one kind along the foot of the lanes: how many in each column of COLUMN_PX that has any.

    Columns have their places in time, whatever the view; of two parts of a picture they are MOVED.
    """

    change: Change
    count: int
    y_px: float
    left_px: FloatArray
    counts: Int64Array


@dataclass(frozen=True, slots=True, eq=False)
class ComparedMarks:
    """Badges on events that stand by themselves, arrays of shape (badges,), and a line for each kind of change."""

    x_px: FloatArray
    y_px: FloatArray
    changes: Int64Array
    lines: tuple[ChangeLine, ...]


def compared_marks(frame: Frame, compared: Compared) -> ComparedMarks:
    """Return what a frame shows of a comparison; its size is bounded by the frame's events and pixels.

    Badges of bars that begin before the left edge stand beside it: of two parts of a picture they are HELD, and so
    are the words of lines.
    """
    singles = frame.singles
    changes = np.full(len(singles), -1, np.int64)
    for change in Change:
        changes[_are_among(singles.rows, compared.rows[change])] = change
    # Of one whose title alone is in view the badge is where it begins, out of sight, as that of a mark is.
    is_cut = ~singles.is_mark & (singles.start_px < 0) & (singles.end_px > STRIP_PX)
    corner = np.where(singles.is_mark, singles.middle_px + CORNER_PX, singles.start_px)
    if frame.part is not FramePart.MOVED:
        corner[is_cut] = STRIP_PX
    if frame.part is FramePart.HELD:
        changes[~is_cut] = -1
    places = np.flatnonzero(changes >= 0)
    x_px, y_px = corner[places], singles.y_px[places] - CORNER_PX
    return ComparedMarks(x_px, y_px, changes[places], _lines(frame, compared))


def foot_px(compared: Compared, text_scale: float) -> int:
    """Return how high the lines at the foot of the lanes are."""
    return round(LINE_PX * text_scale) * sum(count > 0 for count in compared.counts)


def _lines(frame: Frame, compared: Compared) -> tuple[ChangeLine, ...]:
    line_px = round(LINE_PX * frame.measures.text_scale)
    edges_s, edges_px = (NO_EDGES_S, NO_EDGES_PX) if frame.part is FramePart.HELD else _columns(frame.viewport)
    shown = [change for change in Change if compared.counts[change]]
    found = []
    for number, change in enumerate(shown):
        counts = np.diff(np.searchsorted(compared.anchors_s[change], edges_s))
        columns = np.flatnonzero(counts)
        y_px = frame.height_px - line_px * (len(shown) - number - 0.5)
        found.append(ChangeLine(change, compared.counts[change], y_px, edges_px[columns], counts[columns]))
    return tuple(found)


def _columns(view: Viewport) -> tuple[Int64Array, FloatArray]:
    """Return the first second of each column that a view touches, and of the one after, and where it is in pixels."""
    column_s = COLUMN_PX * view.seconds_per_px
    left_s = view.left_s + view.left_part
    first, beyond = math.floor(left_s / column_s), math.ceil((left_s + view.span_s) / column_s)
    starts_s: FloatArray = np.arange(first, beyond + 1, dtype=np.float64) * column_s
    return np.ceil(starts_s).astype(np.int64), (starts_s - left_s) / view.seconds_per_px


def _are_among(rows: IntegerArray, wanted: Int32Array) -> IntegerArray:
    """Return the places of the rows that are among some sorted ones."""
    if not len(wanted):
        return np.zeros(0, np.int64)
    places = np.minimum(np.searchsorted(wanted, rows), len(wanted) - 1)
    return np.flatnonzero(wanted[places] == rows)


def _anchors_s(table: EventTable, rows: Int32Array) -> Int64Array:
    """Return the middles of the dates of some rows, or the one bound that they have, in ascending order."""
    first, _, _, last = table.times.at(rows)
    has_first, has_last = first > PAST_S, last < FUTURE_S
    middle = np.where(has_first & has_last, first + (last - first) // 2, np.where(has_first, first, last))
    return read_only(np.sort(middle[has_first | has_last]))
