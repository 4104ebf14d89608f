"""A date with how long it lasted beside it: “2 July 1863 (3 weeks and 2 days)”."""

from __future__ import annotations

import re

from timeline_app.core.calendar import civil_from_days, days_from_civil, days_in_month
from timeline_app.core.errors import WhenError
from timeline_app.readers.civil_text import date_text
from timeline_app.readers.date_asides import is_remark, says_about
from timeline_app.readers.month_words import MONTHS, WEEKDAYS

_DURATION = re.compile(
    r"(?:(\d{1,3}) years?)?(?:,? ?(?:and )?(\d{1,3}) months?)?(?:,? ?(?:and )?(\d{1,3}) weeks?)?"
    r"(?:,? ?(?:and )?(\d{1,4}) days?)?"
)
_DAY = re.compile(r"(-?\d{4,})-(\d\d)-(\d\d)", re.ASCII)
_YEAR = re.compile(r"\d{4}", re.ASCII)
# As JavaScript writes its dates.
_ZONE_BESIDE_OFFSET = re.compile(r"\S+T\S+(?:Z|[+-]\d\d:\d\d) [^\d]+ time", re.ASCII)
_MONTHS_A_YEAR = 12
_NO_DATES = frozenset({"", ".."})


def with_duration(date: str, aside: str) -> str:
    """Return a day in EDTF with the end that its duration gives, any other date as it is.

    Whether the first day is counted is not told, so that the end is one of two days. A month beside a year belongs to
    it, “(est.)” makes a date approximate, and a remark such as “(D-Day)” leaves it as it is. Raises WhenError for words
    that may make it another one.
    """
    match = _DURATION.fullmatch(aside)
    if match is None or not any(match.groups()):
        month = MONTHS.get(aside.strip("."))
        if aside.strip(".") in WEEKDAYS or _ZONE_BESIDE_OFFSET.fullmatch(f"{date} {aside}"):
            return date
        if month is not None and _YEAR.fullmatch(date):
            return f"{date}-{month:02}"
        if says_about(aside):
            return "/".join(end if end in _NO_DATES else f"{end}~" for end in date.split("/"))
        if is_remark(aside):
            return date
        raise WhenError(f"“({aside})” beside a date is not understood; expected a duration, as in (3 weeks and 2 days)")
    begin = _DAY.fullmatch(date)
    if begin is None:
        return date
    years, months, weeks, days = (int(part or 0) for part in match.groups())
    year, month, day = (int(part) for part in begin.groups())
    month_count = year * _MONTHS_A_YEAR + month - 1 + years * _MONTHS_A_YEAR + months
    year, month = month_count // _MONTHS_A_YEAR, month_count % _MONTHS_A_YEAR + 1
    end = days_from_civil(year, month, min(day, days_in_month(year, month))) + 7 * weeks + days
    before, last = (date_text(*civil_from_days(one)) for one in (end - 1, end))
    return f"{date}/[{before}..{last}]" if before > date else f"{date}/{last}"
