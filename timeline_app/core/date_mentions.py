"""Find the words of an English text that name a time within given bounds: “in June”, “Jan. 20”, “Tuesday”, “2024”."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from timeline_app.core.calendar import (
    DAY_S,
    FUTURE_S,
    PAST_S,
    civil_from_seconds,
    days_in_month,
    seconds_from_civil,
    weekday,
)
from timeline_app.core.when_value import When

WEEKDAY_REACH_S: Final = 62 * DAY_S

_MONTHS: Final = (
    r"Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|Jun(?:e|\.)?|Jul(?:y|\.)?|Aug(?:ust|\.)?"
    r"|Sep(?:t(?:ember|\.)?|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?"
)
_MONTH_KEYS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAY: Final = r"[0-3]?\d(?:st|nd|rd|th)?"
_RANGE: Final = r"(?:\s*(?:to|and|–|-)\s*"
_BEFORE: Final = (
    r"(?P<before>(?:in|on|since|until|till|by|from|before|after|during|around|about)\s+)?(?:(?:early|late|mid)[\s-]+)?"
)
_MENTION: Final = re.compile(
    rf"""(?<![\w.,]){_BEFORE}(?:
        (?P<iso_year>\d{{4}})-(?P<iso_month>\d\d)(?:-(?P<iso_day>\d\d))?
      | (?P<day>{_DAY}){_RANGE}(?P<last_day>{_DAY}))?\s+(?:of\s+)?(?P<month>{_MONTHS})(?:,?\s+(?P<year>\d{{4}}))?
      | (?P<us_month>{_MONTHS})
        (?:\s+(?P<us_day>{_DAY})(?!\d){_RANGE}(?P<us_last_day>{_DAY})(?!\d))?)?(?:,?\s+(?P<us_year>\d{{4}}))?
      | (?P<weekday>{"|".join(_WEEKDAYS)})
      | (?P<bc_year>\d{{1,5}})\s*(?:BCE?|B\.C\.(?:E\.)?)
      | (?P<plain_year>\d{{4}})
    )(?![\w]|[.,]\d)""",
    re.IGNORECASE | re.VERBOSE,
)
# Month names that are words of their own too; alone, they say nothing.
_AMBIGUOUS: Final = frozenset({"may", "march", "mar"})

Stretch = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Named:
    """What a mention names; None is a part that it leaves open."""

    year: int | None = None
    month: int | None = None
    first_day: int | None = None
    last_day: int | None = None
    weekday: int | None = None


def date_mentions(text: str, when: When) -> Iterator[tuple[int, int]]:
    """Give the start and end of every mention of a time at which the event may have begun or ended."""
    stretches = _bounded_stretches(when)
    if not stretches:
        return
    for match in _MENTION.finditer(text):
        named = _named(match)
        if named is not None and any(_may_mean(named, stretch) for stretch in stretches):
            yield match.span()


def full_dates(text: str) -> Iterator[str]:
    """Give every date of a text that names its year and its month, as EDTF, then the years that stand alone."""
    named = [found for found in map(_named, _MENTION.finditer(text)) if found is not None and found.year is not None]
    for found in sorted(named, key=lambda one: one.month is None):
        written = _edtf(found)
        if written:
            yield written


def _edtf(named: _Named) -> str:
    """Return what a mention with a year names as EDTF, "" for what no calendar has."""
    year, month, first, last = named.year or 0, named.month, named.first_day, named.last_day
    if not 0 < year <= 9999:
        return ""
    if month is None:
        return f"{year:04}"
    if not 1 <= month <= 12 or not 1 <= (first or 1) <= (last or first or 1) <= days_in_month(year, month):
        return ""
    whole = f"{year:04}-{month:02}"
    if first is None:
        return whole
    return f"{whole}-{first:02}" + (f"/{whole}-{last:02}" if last else "")


def _bounded_stretches(when: When) -> Sequence[Stretch]:
    """Return from when to when the event may have begun, and may have ended, where both bounds are known."""
    ends = ((when.start_earliest_s, when.start_latest_s), (when.end_earliest_s, when.end_latest_s))
    return [end for end in dict.fromkeys(ends) if end[0] > PAST_S and end[1] < FUTURE_S]


def _named(match: re.Match[str]) -> _Named | None:
    found = match.groupdict()
    if found["weekday"]:
        return _Named(weekday=_WEEKDAYS.index(found["weekday"].lower())) if found["weekday"][0].isupper() else None
    if found["bc_year"]:
        return _Named(year=1 - int(found["bc_year"]))
    if found["plain_year"]:
        return _Named(year=int(found["plain_year"]))
    if found["iso_year"]:
        return _Named(int(found["iso_year"]), int(found["iso_month"]), _number(found["iso_day"]))
    month = found["month"] or found["us_month"]
    day, last_day = found["day"] or found["us_day"], found["last_day"] or found["us_last_day"]
    year = found["year"] or found["us_year"]
    alone = not (day or year or found["before"])
    if not month[0].isupper() or (alone and month.lower() in _AMBIGUOUS):
        return None
    number = _MONTH_KEYS.index(month[:3].lower()) + 1
    return _Named(_number(year), number, _number(day), _number(last_day))


def _number(text: str | None) -> int | None:
    return int(text.rstrip("stndrh")) if text else None


def _may_mean(named: _Named, stretch: Stretch) -> bool:
    first_s, last_s = stretch
    if named.weekday is not None:
        days = range(first_s // DAY_S, last_s // DAY_S + 1)
        return last_s - first_s < WEEKDAY_REACH_S and named.weekday in {weekday(day) for day in days[:7]}
    if named.year is not None:
        years: range | tuple[int] = (named.year,)
    else:
        first_year, last_year = civil_from_seconds(first_s)[0], civil_from_seconds(last_s)[0]
        if last_year - first_year > 1:
            return True
        years = range(first_year, last_year + 1)
    return any(_touches(named, year, stretch) for year in years)


def _touches(named: _Named, year: int, stretch: Stretch) -> bool:
    first_month, last_month = (named.month, named.month) if named.month else (1, 12)
    if not 1 <= first_month <= 12:
        return False
    length = days_in_month(year, last_month)
    first_day, last_day = named.first_day or 1, named.last_day or named.first_day or length
    if not 1 <= first_day <= last_day <= length:
        return False
    first_s = seconds_from_civil(year, first_month, first_day)
    last_s = seconds_from_civil(year, last_month, last_day) + DAY_S - 1
    return first_s <= stretch[1] and stretch[0] <= last_s
