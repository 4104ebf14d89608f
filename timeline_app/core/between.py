"""The date of an event that is known only to lie after one event, or before another."""

from __future__ import annotations

from timeline_app.core.calendar import DAY_S, civil_from_days, days_from_civil
from timeline_app.core.when import FUTURE_S, PAST_S, When

_FIRST_DAY, _LAST_DAY = days_from_civil(0, 1, 1), days_from_civil(9999, 12, 31)


class PlacingError(ValueError):
    """Nothing can lie there; the message says why."""


def between_edtf(after: When | None, before: When | None) -> str:
    """Return the days that lie between two events, both included, as one of them in EDTF; either end may be open.

    After an event is from the first day on which it may have ended, before one up to the last on which it may have
    begun: what is doubtful of them is doubtful of what lies between. Raises PlacingError where there is no such day, or
    where it lies beyond the years 0 to 9999.
    """
    first = None if after is None else after.end_earliest_s
    last = None if before is None else before.start_latest_s
    if first == FUTURE_S:
        raise PlacingError("the event before it has no end")
    if last == PAST_S:
        raise PlacingError("the event after it has no beginning")
    first_day = None if first in {None, PAST_S} else _day(first)
    last_day = None if last in {None, FUTURE_S} else _day(last)
    if first_day is None and last_day is None:
        raise PlacingError("neither of the events has a date that says more than nothing")
    if first_day is not None and last_day is not None and first_day > last_day:
        raise PlacingError(f"the one ends on {_written(first_day)}, and the other begins on {_written(last_day)}")
    if first_day is not None and first_day == last_day:
        return _written(first_day)
    return f"[{'' if first_day is None else _written(first_day)}..{'' if last_day is None else _written(last_day)}]"


def _day(time_s: int | None) -> int:
    day = (time_s or 0) // DAY_S
    if not _FIRST_DAY <= day <= _LAST_DAY:
        raise PlacingError("it lies beyond the years 0 to 9999")
    return day


def _written(day: int) -> str:
    year, month, of_month = civil_from_days(day)
    return f"{year:04}-{month:02}-{of_month:02}"
