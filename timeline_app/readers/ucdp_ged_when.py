"""When an event of the UCDP GED was, from its two dates and how exactly they are known."""

from __future__ import annotations

import re

from timeline_app.core.calendar import days_in_month

_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_MIDNIGHT = re.compile(r"[ T]0{1,2}:00(?::00(?:\.0+)?)?Z?")
_DAY_LETTERS = 10
_KNOWN_TO_THE_DAY = "1"
_AGGREGATED = "2"

_NOTES = {
    "2": "UCDP date_prec 2: known only within two to six days",
    "3": "UCDP date_prec 3: only the week is known",
    "4": "UCDP date_prec 4: known only within 8 to 30 days, or only the month",
    "5": "UCDP date_prec 5: known only within more than a month, at most a year",
}
_SUMMED = "event_clarity 2: several happenings of this time, which the source counts together"


def date_text(start: str, end: str, precision: str, clarity: str) -> str:
    """Return the date of an event in EDTF; what is no date is returned as it stands, for its reader to refuse."""
    first = plain_day(start)
    last = first if end == start else plain_day(end)
    if first == last or not last:
        return first
    if not (_DAY.fullmatch(first) and _DAY.fullmatch(last)):
        return f"{first}/{last}"
    return range_text(first, last, precision, clarity)


def range_text(first: str, last: str, precision: str, clarity: str) -> str:
    """Return the date of an event that begins and ends on two days, or lies somewhere between them, in EDTF."""
    if precision.strip() in {"", _KNOWN_TO_THE_DAY} or clarity.strip() == _AGGREGATED:
        return f"{first}/{last}"
    return _calendar_unit(first, last) or f"[{first}..{last}]"


def date_note(precision: str, clarity: str) -> str:
    """Return how exactly the date is known, "" for to the day; what was counted together is no moment within it."""
    code = precision.strip()
    if code in _NOTES and clarity.strip() == _AGGREGATED:
        return f"UCDP date_prec {code}, {_SUMMED}"
    return _NOTES.get(code, "")


def plain_day(cell: str) -> str:
    """Return a day without the midnight that databases put behind it."""
    text = cell.strip()
    if len(text) > _DAY_LETTERS and _MIDNIGHT.fullmatch(text, _DAY_LETTERS):
        return text[:_DAY_LETTERS]
    return text


def _calendar_unit(first: str, last: str) -> str:
    """Return the month or the year that two days bound exactly, "" for any other time."""
    year = first[:4]
    if (first[4:], last[4:], last[:4]) == ("-01-01", "-12-31", year):
        return year
    month = first[:7]
    if first[8:] == "01" and last[:7] == month and "01" <= month[5:] <= "12":
        return month if int(last[8:]) == days_in_month(int(year), int(month[5:])) else ""
    return ""
