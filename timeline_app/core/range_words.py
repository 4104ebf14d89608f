"""A stretch of time, told as exactly as its length makes sensible."""

from __future__ import annotations

from timeline_app.core.calendar import DAY_S, civil_from_seconds
from timeline_app.core.date_words import civil_pieces, joined
from timeline_app.core.when_value import Precision

YEARS_FROM_S = 200 * 366 * DAY_S
MINUTES_BELOW_S = 3 * DAY_S


def range_in_words(first_s: int, last_s: int) -> str:
    """Say which years, days or minutes lie between two seconds, both included; raises OverflowError without bound."""
    precision = range_precision(last_s - first_s)
    if precision is Precision.MINUTE:
        return _minutes_in_words(first_s, last_s)
    first, last = civil_pieces(first_s, precision), civil_pieces(last_s, precision)
    return " ".join(first) if first == last else joined([first, last], "", " to ")


def range_precision(length_s: int) -> Precision:
    """Return whether years, days or minutes are what tells a range of so many seconds."""
    if length_s < MINUTES_BELOW_S:
        return Precision.MINUTE
    return Precision.YEAR if length_s >= YEARS_FROM_S else Precision.DAY


def _minutes_in_words(first_s: int, last_s: int) -> str:
    first, last = " ".join(civil_pieces(first_s, Precision.DAY)), " ".join(civil_pieces(last_s, Precision.DAY))
    if first == last:
        return f"{first}, {_clock(first_s)} to {_clock(last_s)}"
    return f"{first}, {_clock(first_s)} to {last}, {_clock(last_s)}"


def _clock(seconds: int) -> str:
    _, _, _, hour, minute, _ = civil_from_seconds(seconds)
    return f"{hour:02}:{minute:02}"
