"""Tell where midnight behind a day is no time but the day alone, as databases and programs without dates write it."""

from __future__ import annotations

import re
from collections.abc import Iterable

_MIDNIGHT = re.compile(r"T(?:00:00(?::00(?:\.0+)?)?)(?:Z|[+-]\d\d:\d\d)?(?=[/,\]]|\.\.|$)", re.ASCII)
_MOSTLY = 0.5


def are_days_at_midnight(dates: Iterable[str]) -> bool:
    """Tell whether half of the times of day in a column of dates in EDTF are midnight, or more.

    Of what really happened at some time, one in a thousand happened then. Other times of the column are times all the
    same.
    """
    timed = [date for date in dates if "T" in date]
    at_midnight = sum(_MIDNIGHT.search(date) is not None for date in timed)
    return at_midnight > 0 and at_midnight >= _MOSTLY * len(timed)


def without_midnight(date: str) -> str:
    """Return a date in EDTF as the day that it is where its time is midnight, any other as it is."""
    return _MIDNIGHT.sub("", date) if "T00:00" in date else date
