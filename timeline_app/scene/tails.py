"""Where the lag from an event to its first report is drawn, in pixels: a thin tail below its mark."""

from __future__ import annotations

import numpy as np

from timeline_app.core.calendar import DAY_S
from timeline_app.core.lags import NO_LAG, lags_d, reported_d
from timeline_app.core.table import EventTable
from timeline_app.scene.frame import Frame
from timeline_app.scene.singles import NO_TAILS, Singles, Tails

BELOW_BAR_PX = 2.0
BEYOND_PX = 20.0


def tails_of(frame: Frame, singles: Singles, table: EventTable) -> Tails:
    """Return the tails of events that stand by themselves in a frame, one each; too short to be seen is none."""
    view = frame.viewport
    if table.known is None or not len(singles):
        return NO_TAILS
    lags = lags_d(table, singles.rows)
    begins = np.where(lags > 0, singles.sure_start_px, singles.start_px)
    starts = np.where(singles.is_mark, singles.middle_px, begins)
    possibly, surely = reported_d(table.known, singles.rows)
    ends = view.xs_of(np.where(lags > 0, possibly, surely) * DAY_S + DAY_S // 2)
    is_seen = (lags != NO_LAG) & (lags != 0) & (np.abs(ends - starts) >= frame.measures.mark_px / 2)
    is_seen &= (np.maximum(starts, ends) >= 0) & (np.minimum(starts, ends) <= view.width_px)
    places = np.flatnonzero(is_seen)
    starts, ends = (np.clip(edge[places], -BEYOND_PX, view.width_px + BEYOND_PX) for edge in (starts, ends))
    return Tails(singles.y_px[places] + (frame.measures.bar_px / 2 + BELOW_BAR_PX), starts, ends)
