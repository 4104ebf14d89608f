"""When GDELT says that something was: days and seconds as numbers, and days that were only worked out."""

from __future__ import annotations

import re

from timeline_app.core.calendar import days_from_civil, days_in_month
from timeline_app.core.errors import WhenError
from timeline_app.core.when import parse

_DAY = re.compile(r"(\d{4})(\d\d)(\d\d)", re.ASCII)
_SECOND = re.compile(r"(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)", re.ASCII)
_WEEK_DAYS = 7


def day_text(written: str) -> str:
    """Return 20191024 in EDTF; what is no such number is returned as it stands, for its reader to refuse."""
    text = written.strip()
    match = _DAY.fullmatch(text)
    return "-".join(match.groups()) if match else text


def second_text(written: str) -> str:
    """Return 20191024143000, in UTC, or a day alone in EDTF; anything else as it stands."""
    text = written.strip()
    match = _SECOND.fullmatch(text)
    if match is None:
        return day_text(text)
    year, month, day, hour, minute, second = match.groups()
    return f"{year}-{month}-{day}T{hour}:{minute}:{second}Z"


def known_second(written: str) -> str:
    """Return when GDELT knew of something, in EDTF, "" for what is no date."""
    try:
        return parse(second_text(written)).text if written.strip() else ""
    except WhenError:
        return ""


def worked_out(day: str, added: str) -> str:
    """Return how long exactly before its report a day lies, where that is a round time; "" for any other day.

    An article that says “last year” is dated a year before it appeared, to the day; so are some that say no date.
    """
    happened, known = _DAY.fullmatch(day.strip()), _DAY.match(added.strip())
    if happened is None or known is None:
        return ""
    (year, month, date), (year_2, month_2, date_2) = (tuple(map(int, match.groups())) for match in (happened, known))
    if not (_is_day(year, month, date) and _is_day(year_2, month_2, date_2)):
        return ""
    if date == date_2:
        months = (year_2 - year) * 12 + month_2 - month
        found = {1: "a month", 12: "a year", 120: "ten years"}.get(months)
        if found:
            return found
    days = days_from_civil(year_2, month_2, date_2) - days_from_civil(year, month, date)
    return "a week" if days == _WEEK_DAYS else ""


def _is_day(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= days_in_month(year, month)
