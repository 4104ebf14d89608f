"""Read dates that are bare numbers: 20240619, the days of spreadsheets, and time since 1970."""

from __future__ import annotations

import re
from enum import StrEnum

from timeline_app.core.calendar import DAY_S, civil_from_seconds, days_from_civil
from timeline_app.core.errors import WhenError
from timeline_app.readers.civil_text import date_text
from timeline_app.readers.script_dates import date_of_milliseconds

_NUMBER = re.compile(r"(-?\d{1,17})(?:\.(\d{1,12}))?", re.ASCII)
_COMPACT = re.compile(r"([12]\d{3})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d))?", re.ASCII)
_NEVER = 60  # The 29 February 1900 of spreadsheets, which never was.
_EPOCH_1900 = days_from_civil(1899, 12, 30)
_EPOCH_1904 = days_from_civil(1904, 1, 1)
_LAST_SERIAL = 2_958_465


class DateNumbers(StrEnum):
    """What a number counts that stands for a date."""

    EXCEL_1900 = "excel-1900"
    EXCEL_1904 = "excel-1904"
    SECONDS = "seconds"
    MILLISECONDS = "milliseconds"
    MICROSECONDS = "microseconds"


_BY_DIGITS = {
    5: DateNumbers.EXCEL_1900,
    10: DateNumbers.SECONDS,
    13: DateNumbers.MILLISECONDS,
    16: DateNumbers.MICROSECONDS,
}
_PER_SECOND = {DateNumbers.SECONDS: 1, DateNumbers.MILLISECONDS: 1_000, DateNumbers.MICROSECONDS: 1_000_000}


def date_of_number(text: str, numbers: DateNumbers | None) -> str | None:
    """Return the EDTF of a bare number, None for what is none that can be a date.

    Where `numbers` is None the digits tell: eight are year, month and day, 14 have a time as well, five are days of a
    spreadsheet, ten, 13 and 16 are seconds, milliseconds and microseconds since 1970. Raises WhenError for a number
    that stands for no day.
    """
    match = _NUMBER.fullmatch(text)
    if match is None:
        return None
    compact = _COMPACT.fullmatch(text) if numbers is None else None
    if compact is not None:
        return _of_compact(compact)
    kind = numbers or _BY_DIGITS.get(len(match[1].lstrip("-")))
    if kind is None:
        return None
    if kind in _PER_SECOND:
        # By whole numbers, lest a part of a second be what a float makes of it.
        thousandths = int(match[1]) * 1_000 // _PER_SECOND[kind]
        part = int((match[2] or "0")[:3].ljust(3, "0")) if kind is DateNumbers.SECONDS else 0
        return date_of_milliseconds(thousandths + part).text
    return serial_date(int(match[1]), float(f"0.{match[2] or 0}"), is_1904=kind is DateNumbers.EXCEL_1904)


def serial_date(days: int, part: float = 0.0, *, is_1904: bool = False) -> str:
    """Return the EDTF of a spreadsheet's day, with the time that a part of it says.

    Raises WhenError for a number that stands for no day: spreadsheets have a 29 February 1900, and end with the year
    9999.
    """
    if not 0 <= days <= _LAST_SERIAL or (days == _NEVER and not is_1904):
        raise WhenError(f"{days} stands for no day in a spreadsheet")
    epoch = _EPOCH_1904 if is_1904 else _EPOCH_1900 + (days < _NEVER)
    year, month, day, hour, minute, second = civil_from_seconds((epoch + days) * DAY_S + round(part * DAY_S))
    if not part:
        return date_text(year, month, day)
    return date_text(year, month, day, (hour, minute, second) if second else (hour, minute))


def _of_compact(match: re.Match[str]) -> str:
    """Return year, month and day run together; zeros stand for what is not known."""
    year, month, day = (int(match[group]) for group in (1, 2, 3))
    if not month:
        return date_text(year)
    clock = tuple(int(match[group]) for group in (4, 5, 6)) if match[4] else ()
    return date_text(year, month, day or None, clock)
