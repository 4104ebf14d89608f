"""How long a stretch of time is, in words: for the scale of counts."""

from __future__ import annotations

from functools import lru_cache

from timeline_app.core.calendar import DAY_S

# Each unit is used from two of it on.
_UNITS = (
    (365.25 * DAY_S, "year"),
    (365.25 / 12 * DAY_S, "month"),
    (float(DAY_S), "day"),
    (3_600.0, "hour"),
    (60.0, "minute"),
    (1.0, "second"),
)


# The same few in frame after frame.
@lru_cache
def span_words(seconds: int) -> str:
    """Return a duration as a rounded number of the greatest unit that it has two of: “6 days”, “23 hours”."""
    for length, unit in _UNITS:
        if seconds >= 2 * length:
            return f"{round(seconds / length):,} {unit}s"
    return "1 second"
