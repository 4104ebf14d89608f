"""The date at a pixel of the timeline, in words as exact as the scale."""

from __future__ import annotations

from timeline_app.core.calendar import DAY_S, civil_from_seconds
from timeline_app.scene.axis_words import AxisWords
from timeline_app.scene.viewport import FARTHEST_S, Viewport


def date_under(view: Viewport, x_px: float, words: AxisWords) -> str:
    """Write the date at a pixel as exactly as the scale allows: the time of day only where a pixel is minutes.

    Of the days within a pixel it is the one in its middle: a mark that is pointed at stands there, too.
    """
    is_of_days = view.seconds_per_px > DAY_S / 24
    time_s = max(-FARTHEST_S, min(FARTHEST_S, view.time_at(x_px + 0.5 if is_of_days else x_px)))
    year, month, day, hour, minute, second = civil_from_seconds(time_s)
    if view.seconds_per_px > 60 * DAY_S:
        return words.year(year)
    if view.seconds_per_px > 3 * DAY_S:
        return words.month_of_year(year, month)
    date = words.day(year, month, day)
    if is_of_days:
        return date
    return f"{date}, {words.clock(hour, minute, second if view.seconds_per_px < 20 else None)}"
