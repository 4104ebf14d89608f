"""Read the dates of Wikidata, as exactly as their precision says and no more.

In query results a date is an xsd:dateTime whatever is known of it: a year is its first of January, a month its first
day. How much is known stands apart, as a number from 0 (billions of years) to 14 (seconds). Years are astronomical, as
XSD 1.1 has them: -0043 is 44 BC. Centuries and millennia begin with the year 1, decades with the year 0.
"""

from __future__ import annotations

import re

from timeline_app.core.edtf import LENGTH_LIMIT
from timeline_app.readers.civil_text import date_text, year_text

_DATE = re.compile(
    r"(?P<year>[+-]?\d{1,16})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?"
    r"(?:T(?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.\d+)?)?)?(?P<zone>Z|[+-]\d\d:\d\d)?",
    re.ASCII,
)
_NONE = 0
MILLENNIUM, CENTURY, DECADE, YEAR, MONTH, DAY, HOUR, MINUTE, SECOND = range(6, 15)
_SPANS = {MILLENNIUM: 1_000, CENTURY: 100}
_DECADE_YEARS = 10
_LONGEST_PLAIN_YEAR = 9_999
_CLOCK_PARTS = {HOUR: 1, MINUTE: 2, SECOND: 3}

NOTE_YEAR = "1 January without a precision: it may only mean the year"
NOTE_MONTH = "the first of the month without a precision: it may only mean the month"


def wikidata_date(written: str, precision: int | None) -> tuple[str, str]:
    """Return a date in EDTF, and a note where its precision is not given and could be less than what is written.

    Such a date is read as what it may mean at most. What is no date is returned as it stands, for its reader to refuse.
    """
    match = _DATE.fullmatch(written.strip()) if len(written) <= LENGTH_LIMIT else None
    if match is None:
        return written, ""
    year, month, day, *clock = (
        int(match[name] or _NONE) for name in ("year", "month", "day", "hour", "minute", "second")
    )
    note = ""
    if precision is None:
        precision, note = _likely_precision(month, day, has_time=any(clock))
    if precision < YEAR:
        return _years(year, precision), note
    if precision == YEAR or not month:
        return date_text(year), note
    if precision == MONTH or not day:
        return date_text(year, month), note
    parts = _CLOCK_PARTS.get(precision, 0)
    zone = (match["zone"] or "") if parts else ""
    return date_text(year, month, day, clock[:parts]) + zone, note


def _likely_precision(month: int, day: int, *, has_time: bool) -> tuple[int, str]:
    if has_time:
        return SECOND, ""
    if (month, day) == (1, 1):
        return YEAR, NOTE_YEAR
    if day == 1:
        return MONTH, NOTE_MONTH
    return (DAY if day else MONTH if month else YEAR), ""


def _years(year: int, precision: int) -> str:
    """Return a decade, a century, a millennium, or a year of which only the first digits count."""
    if precision == DECADE:
        return _decade(year)
    length = _SPANS.get(precision)
    if length is None:
        known = len(str(abs(year))) - (YEAR - precision)
        return f"Y{year}S{known}" if known > 0 and abs(year) > _LONGEST_PLAIN_YEAR else f"{year_text(year)}~"
    # Counted from 1 on both sides of the year 1: 1 to 100 is a century, as is 100 to 1 BC.
    if year > 0:
        first = (year - 1) // length * length + 1
        return _between(first, first + length - 1)
    first_before = -year // length * length
    return _between(-first_before - length + 1, -first_before)


def _decade(year: int) -> str:
    if 0 < year <= _LONGEST_PLAIN_YEAR:
        return f"{year // _DECADE_YEARS:03}X"
    if year > 0:
        first = year // _DECADE_YEARS * _DECADE_YEARS
        return _between(first, first + _DECADE_YEARS - 1)
    # The forties BC are 49 to 40 BC.
    before = (1 - year) // _DECADE_YEARS * _DECADE_YEARS
    return _between(2 - before - _DECADE_YEARS, min(1 - before, 0))


def _between(first: int, last: int) -> str:
    return f"[{year_text(first)}..{year_text(last)}]"
