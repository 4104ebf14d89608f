"""Read a date that stands in both calendars, “25 October 1917 (7 November 1917)”, as the one in the calendar of today.

Russia kept the Julian calendar until 1918, others longer. Which of two dates is which is told by the days between them:
these are 10 to 13, by the century, and the later date is the Gregorian one. Two dates that lie otherwise are no pair.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from timeline_app.core.calendar import days_from_civil
from timeline_app.core.errors import WhenError

# A folded date with another in brackets, and perhaps what both end with: “25 october (7 november) 1917”.
_PAIR = re.compile(r"(.*\d[^()\[\]]*?)\s*[(\[]([^()\[\]]*\d[^()\[\]]*)[)\]]\s*,?\s*([^()\[\]]*)")
_STYLE = re.compile(
    r"\b(?:(?:по|за) )?(?:o\.? ?s\b\.?|n\.? ?s\b\.?|old style|new style|julian|gregorian|alten stils|neuen stils"
    r"|(?:ст|нов?)\. ?ст(?:иля|илю|\.|\b)|(?:стар|нов)\w+ стил\w+)(?: calendar)?:?"
)
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)", re.ASCII)
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)
_FEBRUARY = 2
_REFORM = 1582


def in_new_style(text: str, read: Callable[[str], str | None]) -> str:
    """Return the EDTF of a folded date in both calendars, "" for any other; `read` reads one in either."""
    match = _PAIR.fullmatch(text)
    if match is None:
        return ""
    outer, inner, end = (_STYLE.sub("", part).strip(" ,") for part in match.groups())
    if not end and _YEAR.search(inner) is None:
        end = next(iter(_YEAR.findall(outer)), "")
        first, second = outer, f"{inner} {end}"
    else:
        first, second = f"{outer} {end}".strip(), f"{inner} {end}".strip()
    found = [_read(one, read) for one in (first, second)]
    sides = [date.split("/") for date in found]
    old, new = sorted(sides, key=lambda side: (len(side), side))
    if not all(found) or len(old) != len(new):
        return ""
    return "/".join(new) if all(map(_is_same_day, old, new)) else ""


def _read(text: str, read: Callable[[str], str | None]) -> str:
    try:
        return read(text) or ""
    except WhenError:
        return ""


def _is_same_day(julian: str, gregorian: str) -> bool:
    """Tell whether two days are one in both calendars; the Julian one must exist in both."""
    old, new = _DAY.fullmatch(julian), _DAY.fullmatch(gregorian)
    if old is None or new is None:
        return False
    year, month, day = map(int, old.groups())
    # The Julian 29 February of 1700, 1800 and 1900 comes with the year that had begun in March before.
    turn = year - (month <= _FEBRUARY)
    between = turn // 100 - turn // 400 - 2
    try:
        return (
            year >= _REFORM and days_from_civil(*map(int, new.groups())) - days_from_civil(year, month, day) == between
        )
    except ValueError:
        return False
