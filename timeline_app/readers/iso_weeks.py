"""Read the weeks of ISO 8601: 2024-W05 is one of seven days, 2024-W05-3 its Wednesday."""

from __future__ import annotations

import re

from timeline_app.core.calendar import civil_from_days, days_from_civil, weekday
from timeline_app.core.errors import WhenError
from timeline_app.readers.civil_text import date_text

_YEAR_FIRST = re.compile(r"(\d{4})[ -]?w(?:eek ?)?(\d{1,2})(?:-?([1-7]))?", re.ASCII)
_WEEK_FIRST = re.compile(
    r"(?:w|week|kw|semaine|semana|неделя|тиждень|tydzien) ?(\d{1,2}),?(?: of|[ /-]) ?(\d{4})", re.ASCII
)


def week_of(text: str) -> str:
    """Return the EDTF of a week in lower case, or of a day of one, "" for any other text; a week 54 is a WhenError."""
    first, last = _YEAR_FIRST.fullmatch(text), _WEEK_FIRST.fullmatch(text)
    if first is not None:
        year, week, day = int(first[1]), int(first[2]), int(first[3] or 0)
    elif last is not None:
        year, week, day = int(last[2]), int(last[1]), 0
    else:
        return ""
    monday_d = monday_of_week(year, week)
    if monday_d is None:
        raise WhenError(f"{year} has no week {week}")
    return _day(monday_d + day - 1) if day else f"[{_day(monday_d)}..{_day(monday_d + 6)}]"


def monday_of_week(year: int, week: int) -> int | None:
    """Return the Monday that a week begins with in days since 1970, None for a week that the year does not have."""
    monday_d = _first_monday_d(year) + 7 * (week - 1)
    return monday_d if week >= 1 and monday_d < _first_monday_d(year + 1) else None


def _first_monday_d(year: int) -> int:
    """Return the Monday of the week of 4 January, the first of a year, in days since 1970."""
    fourth_d = days_from_civil(year, 1, 4)
    return fourth_d - weekday(fourth_d)


def _day(days: int) -> str:
    return date_text(*civil_from_days(days))
