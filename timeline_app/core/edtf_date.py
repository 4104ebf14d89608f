"""One EDTF date, from its text to the first and the last second that it can mean.

The grammar is that of ISO 8601-2:2019, levels 0 to 2, as the Library of Congress tells it
(loc.gov/standards/datetime). Seasons 21 to 24 are the meteorological ones of the northern half of the Earth, as are
25 to 28; 29 to 32 those of the southern half. Each begins in its year: winter 2024 is December 2024 to February 2025,
southern summer 2024 likewise. Quarters (33 to 36), thirds (37 to 39) and halves (40, 41) are those of the calendar
year. Beyond the standard, a time may be less than complete (`T14`, `T14:30`), may carry `?`, `~` or `%` behind it,
and a year written with Y may carry a month and a day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum
from typing import Final

from timeline_app.core.calendar import DAY_S, MINUTE_S, MONTH_DAYS, days_from_civil, days_in_month, is_leap
from timeline_app.core.edtf_time import read_clock
from timeline_app.core.edtf_year import Year, read_year
from timeline_app.core.errors import WhenError
from timeline_app.core.when_value import Precision

MONTH_NAMES: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
# Code of ISO 8601-2 to its first month and its length in months.
SEASONS: Final[dict[int, tuple[int, int]]] = {
    **{21 + i: (3 + 3 * i, 3) for i in range(4)},
    **{25 + i: (3 + 3 * i, 3) for i in range(4)},
    **{29 + i: (first, 3) for i, first in enumerate((9, 12, 3, 6))},
    **{33 + i: (1 + 3 * i, 3) for i in range(4)},
    **{37 + i: (1 + 4 * i, 4) for i in range(3)},
    **{40 + i: (1 + 6 * i, 6) for i in range(2)},
}
_PLAIN = re.compile(r"([0-9]{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12][0-9]|3[01]))?)?")
_PART = re.compile(r"-([?~%]?)([0-9X]{2})(?![0-9X])([?~%]?)")


class Form(Enum):
    """What kind of text a date is; words are chosen by it."""

    PLAIN = "plain"
    SEASON = "season"
    UNSPECIFIED = "unspecified digits"
    SIGNIFICANT = "significant digits"


@dataclass(frozen=True, slots=True)
class DateValue:
    """One date: its canonical text, its bounds, and its parts without qualifiers.

    Bounds are in UTC where `offset_minutes` is given. `month` and `day` keep the two characters as written, "" if
    absent.
    """

    text: str
    position: int
    earliest_s: int
    latest_s: int
    precision: Precision
    form: Form
    year: Year
    month: str = ""
    day: str = ""
    has_time: bool = False
    approximate: bool = False
    uncertain: bool = False
    offset_minutes: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class _Parts:
    """The characters of a date, where each part stands, and every qualifier that was met."""

    year: Year
    year_begin: int
    year_end: int
    month: str
    month_at: int
    day: str
    day_at: int
    qualifiers: str
    end: int


def read_date(text: str, begin: int, end: int) -> DateValue:
    """Read the date that fills this part of the text; raises WhenError with a position in the whole text."""
    match = _PLAIN.fullmatch(text, begin, end)
    plain = match and _plain_date(match)
    return plain or _read_any_date(text, begin, end)


def _plain_date(match: re.Match[str]) -> DateValue | None:
    """Build a date of plain digits, as nearly all are, by a short way; None for a day that its month does not have."""
    text, year = match[0], int(match[1])
    month, day = match[2] or "", match[3] or ""
    first = days_from_civil(year, int(month or 1), 1)
    length = days_in_month(year, int(month)) if month else 366 if is_leap(year) else 365
    precision = Precision.MONTH if month else Precision.YEAR
    if day:
        if int(day) > length:
            return None
        first += int(day) - 1
        length, precision = 1, Precision.DAY
    return DateValue(
        text=text,
        position=match.start(),
        earliest_s=first * DAY_S,
        latest_s=(first + length) * DAY_S - 1,
        precision=precision,
        form=Form.PLAIN,
        year=Year(match[1], year, year, Precision.YEAR),
        month=month,
        day=day,
    )


def _read_any_date(text: str, begin: int, end: int) -> DateValue:
    parts = _read_parts(text, begin, end)
    date = _resolve(parts, begin)
    position, qualifiers = parts.end, parts.qualifiers
    if position < end and text[position] == "T":
        date, position = _with_time(date, text, position, end)
        if position < end and text[position] in "?~%":
            qualifiers += text[position]
            position += 1
    if position < end:
        raise WhenError(_unexpected(text[position], date), position)
    return replace(
        date,
        text=text[begin : parts.year_begin] + parts.year.text + text[parts.year_end : end],
        approximate="~" in qualifiers or "%" in qualifiers,
        uncertain="?" in qualifiers or "%" in qualifiers,
    )


def _unexpected(character: str, date: DateValue) -> str:
    if character in "?~%":
        return f"unexpected {character}: one qualifier is enough, and % means both ? and ~"
    if character == " ":
        return "unexpected space: a time follows T, as in 2024-06-19T14:30"
    if character == "-" and date.day:
        return "unexpected -: nothing comes after the day but a time, as in 2024-06-19T14:30"
    return f"unexpected {character}: expected the end of the date"


def _read_parts(text: str, begin: int, end: int) -> _Parts:
    year_begin = begin + 1 if begin < end and text[begin] in "?~%" else begin
    year, year_end = read_year(text, year_begin, end)
    qualifiers, position = text[begin:year_begin], year_end
    if position < end and text[position] in "?~%":
        qualifiers += text[position]
        position += 1
    found: list[tuple[str, int]] = []
    while len(found) < 2 and position < end and text[position] == "-":
        match = _PART.match(text, position, end)
        if match is None:
            name, example = ("day", "2024-06-19") if found else ("month", "2024-06")
            raise WhenError(f"expected two digits of a {name}, as in {example}", position + 1)
        found.append((match[2], match.start(2)))
        qualifiers += match[1] + match[3]
        position = match.end()
    month, day = (*found, ("", position), ("", position))[:2]
    return _Parts(year, year_begin, year_end, *month, *day, qualifiers, position)


def _resolve(parts: _Parts, begin: int) -> DateValue:
    """Turn the parts into bounds and precision."""
    year = parts.year
    if parts.month and year.estimate is not None:
        raise WhenError("a year with significant digits has no month", parts.month_at)
    if parts.month and parts.month.isdigit() and int(parts.month) in SEASONS:
        return _season(parts, begin)
    months = _months(parts)
    days = _days(parts, months)
    first_day, last_day = _hull(parts, months, days)
    form = Form.UNSPECIFIED if year.pattern or "X" in parts.month + parts.day else Form.PLAIN
    return DateValue(
        text="",
        position=begin,
        earliest_s=first_day * DAY_S,
        latest_s=last_day * DAY_S + DAY_S - 1,
        precision=Precision.DAY if first_day == last_day else _precision(parts, months, days),
        form=Form.SIGNIFICANT if year.estimate is not None else form,
        year=year,
        month=parts.month,
        day=parts.day,
    )


def _season(parts: _Parts, begin: int) -> DateValue:
    if parts.day:
        raise WhenError(
            "a season or a quarter has no days: expected a month from 01 to 12 before the day", parts.month_at
        )
    first_month, length = SEASONS[int(parts.month)]
    carried_years, last_month = divmod(first_month + length - 2, 12)
    last_year = parts.year.last + carried_years
    last_day = days_from_civil(last_year, last_month + 1, days_in_month(last_year, last_month + 1))
    return DateValue(
        text="",
        position=begin,
        earliest_s=days_from_civil(parts.year.first, first_month, 1) * DAY_S,
        latest_s=last_day * DAY_S + DAY_S - 1,
        precision=max(Precision.SEASON, parts.year.precision) if parts.year.pattern else Precision.SEASON,
        form=Form.UNSPECIFIED if parts.year.pattern else Form.SEASON,
        year=parts.year,
        month=parts.month,
    )


def _fitting(pattern: str, highest: int) -> list[int]:
    """List the numbers from 1 that a two-character pattern of digits and X can mean."""
    if "X" not in pattern:
        return [int(pattern)] if 1 <= int(pattern) <= highest else []
    return [n for n in range(1, highest + 1) if all(p in ("X", d) for p, d in zip(pattern, f"{n:02}", strict=True))]


def _months(parts: _Parts) -> list[int]:
    months = _fitting(parts.month or "XX", 12)
    if not months:
        raise WhenError(
            f"{parts.month} is not a month: expected 01 to 12, or 21 to 41 for a season or quarter", parts.month_at
        )
    return months


def _days(parts: _Parts, months: list[int]) -> list[int]:
    days = _fitting(parts.day or "XX", 31)
    longest = max(29 if month == 2 else MONTH_DAYS[month - 1] for month in months)
    if days and days[0] <= longest:
        return days
    raise WhenError(f"{parts.day} is not a day: {_month_length(parts, months)}", parts.day_at)


def _month_length(parts: _Parts, months: list[int]) -> str:
    """Say how many days the month has, naming the year where February needs it."""
    if len(months) > 1:
        return "expected 01 to 31"
    year, month = parts.year.first, months[0]
    if parts.year.pattern:
        longest = 29 if month == 2 else MONTH_DAYS[month - 1]
        return f"{MONTH_NAMES[month - 1]} has {longest} days"
    return f"{MONTH_NAMES[month - 1]} {parts.year.text} has {days_in_month(year, month)} days"


def _hull(parts: _Parts, months: list[int], days: list[int]) -> tuple[int, int]:
    """Find the first and the last day, counted from 1970-01-01, that the calendar has and the parts allow."""
    if not parts.month:
        return days_from_civil(parts.year.first, 1, 1), days_from_civil(parts.year.last, 12, 31)
    years = parts.year.candidates()
    first = _first_valid(years, months, days)
    last = _first_valid(years[::-1], months[::-1], days[::-1])
    if first is None or last is None:
        raise WhenError(f"{parts.day} is not a day: {_month_length(parts, months)}", parts.day_at)
    return first, last


def _first_valid(years: list[int], months: list[int], days: list[int]) -> int | None:
    for year in years:
        for month in months:
            length = days_in_month(year, month)
            for day in days:
                if day <= length:
                    return days_from_civil(year, month, day)
    return None


def _precision(parts: _Parts, months: list[int], days: list[int]) -> Precision:
    """Name the coarsest part that is in doubt: a year with X, else the months, else the days."""
    if parts.year.pattern or not parts.month:
        return parts.year.precision
    if len(months) > 1:
        return Precision.SEASON if months[-1] - months[0] < 4 else Precision.YEAR
    return Precision.DAY if len(days) == 1 else Precision.MONTH


def _with_time(date: DateValue, text: str, begin: int, end: int) -> tuple[DateValue, int]:
    """Narrow a day to the time that begins with T at this position, and give the position behind it."""
    if date.precision is not Precision.DAY:
        raise WhenError("a time needs a whole date before it, as in 2024-06-19T14:30", begin)
    clock, position = read_clock(text, begin, end)
    earliest_s = date.earliest_s + clock.since_midnight_s - (clock.offset_minutes or 0) * MINUTE_S
    timed = replace(
        date,
        earliest_s=earliest_s,
        latest_s=earliest_s + clock.width_s - 1,
        precision=clock.precision,
        has_time=True,
        offset_minutes=clock.offset_minutes,
        note=clock.note,
    )
    return timed, position
