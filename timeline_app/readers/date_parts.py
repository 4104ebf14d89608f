"""Take one written date apart: year, month and day as far as they are given, with era and time of day.

A part that is not written is missing, and stays so: nothing is filled in from today, no century is made up.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from timeline_app.core.errors import WhenError
from timeline_app.readers.civil_text import date_text, year_of_era
from timeline_app.readers.clock_cells import clock_of
from timeline_app.readers.day_order import NUMERIC, DayOrder, numeric_parts
from timeline_app.readers.month_words import FILLERS, MONTHS, SEASONS, WEEKDAYS

_HALF_DAY_HOURS = 12
_MONTHS_A_YEAR = 12
_DAYS = 31
_YEAR_DIGITS = 3

_CLOCK = re.compile(
    r"(?:^|(?<=[\s,T]))(?:at |a |um |a las |в |о )?(\d{1,2})[:h](\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?"
    r"\s*([ap]\.?m\.?)?\s*(z|utc|gmt)?\s*([+-]\d{2}:?\d{2})?(?: uhr)?\s*$",
    re.IGNORECASE | re.ASCII,
)
# “5 pm”, which in some columns stands beside “5:30 pm”.
_HOUR = re.compile(r"(?<=[\s,])(?:at )?(\d{1,2}(?:\.\d\d)?\s?[ap]\.?m\.?)$", re.ASCII)
_ERA = re.compile(
    r"(?P<before>\b(?:b\.?\s?c\.?(?:\s?e\.?)?|v\.\s?chr\.?|v\.\s?u\.\s?z\.?|vor christus|a\.?\s?e\.?\s?c\.?"
    r"|av\.\s?j\.?-?c\.?|av\.\s?n\.\s?e\.?|a\.\s?(?:de\s)?c\.|antes de cristo|до\s+н\.\s?[эе]\.?)(?![^\W\d_]))"
    r"|(?P<after>\b(?:a\.?\s?d\.?|c\.?\s?e\.?|n\.\s?chr\.?|u\.\s?z\.?|nach christus"
    r"|ap\.\s?j\.?-?c\.?|d\.\s?c\.|н\.\s?[эе]\.?)(?![^\W\d_]))"
    r"|(?P<chinese>[公西]元前|紀元前|纪元前|기원전|^前(?=\s?\d)|ق\.?\s?م\.?(?!\w))"
)
_DAY_AND_YEAR = re.compile(r"(\d{1,2}),\s?(\d{4})")
_EAST_ASIAN = re.compile(r"(\d{1,4})\s*[年년](?:\s*(\d{1,2})\s*[月월](?:\s*(\d{1,2})\s*[日号號일])?)?")
# The beginning of 07.10-09.10.2023.
_DAY_AND_MONTH = re.compile(r"(\d{1,2})([./])(\d{1,2})\2?", re.ASCII)
# The same where the year was written before, as at the end of 1945年8月15日至9月2日.
_EAST_ASIAN_IN_YEAR = re.compile(r"(?:(\d{1,2})\s*[月월])?\s*(?:(\d{1,2})\s*[日号號일])?")
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th|er|re|o|a|º|°|ª|-го|-е|\.)(?![\w.])")
_TOKEN = re.compile(r"\d{1,3}(?:,\d{3})+(?!\d)|\d+|[^\W\d_]+")
_BLANKS = re.compile(r"[\s.,/\-()'’]*")


@dataclass(frozen=True, slots=True)
class DateParts:
    """What is written of a date: an astronomical year, a month or season (21 to 24), a day, and a time in EDTF."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    clock: str = ""
    has_era: bool = False
    year_digits: int = 0

    @property
    def is_whole(self) -> bool:
        """Whether it says which year."""
        return self.year is not None

    @property
    def text(self) -> str:
        """The date in EDTF; raises WhenError without a year."""
        if self.year is None:
            raise WhenError("names no year; none is filled in")
        if self.day is not None and self.month is None:
            raise WhenError("names a day but no month")
        if self.clock and self.day is None:
            clock = self.clock.removeprefix("T")
            raise WhenError(f"has a time of day, {clock}, but no day; expected a whole date before it")
        return date_text(self.year, self.month, self.day) + self.clock


def date_parts(text: str, order: DayOrder | None) -> DateParts | None:
    """Return the parts of a date that has been folded, None for what is none; raises WhenError for a doubtful one."""
    found = _CLOCK.search(text)
    clock = ""
    if found is not None and found.start() > 0:
        clock, text = _clock_text(found), text[: found.start()].rstrip(" ,t")
    hour = _HOUR.search(text) if not clock else None
    if hour is not None:
        clock = clock_of(hour[1])
        text = text[: hour.start()].rstrip(" ,") if clock else text
    era = _ERA.search(text)
    if era is not None:
        text = f"{text[: era.start()]} {text[era.end() :]}"
    parts = _dated(
        text.strip(" ,."), order, is_before=era is not None and era["after"] is None, has_era=era is not None
    )
    return replace(parts, clock=clock) if parts is not None and clock else parts


def _dated(text: str, order: DayOrder | None, *, is_before: bool, has_era: bool) -> DateParts | None:
    numeric = NUMERIC.fullmatch(text)
    east_asian = _EAST_ASIAN.fullmatch(text)
    if numeric is not None:
        parts = DateParts(*numeric_parts(numeric, order), year_digits=4)
    elif east_asian is not None:
        year, month, day = (int(part) if part else None for part in east_asian.groups())
        parts = DateParts(year, month, day, year_digits=len(east_asian[1]))
    else:
        named = _in_year(text) or _of_two_numbers(text, order) or _of_words(text, has_era=has_era)
        if named is None:
            return None
        parts = named
    if parts.year is not None and has_era:
        return replace(parts, year=year_of_era(-parts.year) if is_before else parts.year, has_era=True)
    return parts


def _in_year(text: str) -> DateParts | None:
    """Return a month, a day or both as they stand in East Asia without their year, None for what is neither."""
    match = _EAST_ASIAN_IN_YEAR.fullmatch(text)
    if match is None or not (match[1] or match[2]):
        return None
    month, day = (int(part) if part else None for part in match.groups())
    return DateParts(None, month, day)


def _of_two_numbers(text: str, order: DayOrder | None) -> DateParts | None:
    """Return a day and a month without their year, None for what is none and where the column does not tell which."""
    match = _DAY_AND_MONTH.fullmatch(text)
    if match is None or order not in {DayOrder.DMY, DayOrder.MDY}:
        return None
    first, second = int(match[1]), int(match[3])
    return DateParts(None, second, first) if order is DayOrder.DMY else DateParts(None, first, second)


def _of_words(text: str, *, has_era: bool) -> DateParts | None:
    """Return the parts of a date of words and numbers, None where anything stands there besides."""
    ending = _DAY_AND_YEAR.fullmatch(text)
    if ending is not None:
        # The end of “March 9-12, 1999”.
        return DateParts(int(ending[2]), None, int(ending[1]), year_digits=4)
    plain = _ORDINAL.sub(" ", text)
    if _BLANKS.fullmatch(_TOKEN.sub(" ", plain)) is None:
        return None
    month: int | None = None
    numbers: list[tuple[int, int]] = []
    for token in _TOKEN.findall(plain):
        if token[0].isdigit():
            if "," in token and not has_era:
                # A figure, not a year.
                return None
            digits = token.replace(",", "")
            numbers.append((int(digits), len(digits)))
        elif token in MONTHS or token in SEASONS:
            if month is not None:
                return None
            month = MONTHS.get(token) or SEASONS[token]
        elif token not in FILLERS and token not in WEEKDAYS:
            return None
    return _of_numbers(month, numbers, has_era=has_era)


def _of_numbers(month: int | None, numbers: list[tuple[int, int]], *, has_era: bool) -> DateParts | None:
    """Tell year and day among the numbers beside the name of a month."""
    years = [one for one in numbers if one[1] >= _YEAR_DIGITS or one[0] > _DAYS]
    others = [one for one in numbers if one not in years]
    if has_era and not years and others:
        years, others = [others[-1]], others[:-1]
    if len(years) > 1 or len(others) > 1 or (month is None and len(numbers) != 1):
        return None
    if years and years[0][1] < _YEAR_DIGITS and not has_era:
        raise WhenError("has no year of four digits; no century is filled in")
    if not numbers and month is None:
        return None
    year, digits = years[0] if years else (None, 0)
    day = others[0][0] if others else None
    if month is not None and month > _MONTHS_A_YEAR and day is not None:
        return None
    return DateParts(year, month, day, year_digits=digits)


def _clock_text(match: re.Match[str]) -> str:
    hour, minute, second = int(match[1]), int(match[2]), int(match[3] or 0)
    if match[4] and 1 <= hour <= _HALF_DAY_HOURS:
        hour = hour % _HALF_DAY_HOURS + (_HALF_DAY_HOURS if match[4].startswith("p") else 0)
    zone = "Z" if match[5] else ""
    if match[6]:
        digits = match[6].replace(":", "")
        zone = f"{digits[:3]}:{digits[3:]}"
    seconds = f":{second:02}" if match[3] else ""
    return f"T{hour:02}:{minute:02}{seconds}{zone}"
