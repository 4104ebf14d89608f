"""Read dates as JavaScript's own parser does, in the forms that it is documented to take, and nothing beyond them.

They are `Sat May 20 1961 00:00:00 GMT-0600`, `20 May 1961`, `May 20, 1961`, `May 1961`, `5/20/1961` (month first),
`1961/5/20`, ISO 8601 as far as it goes, with or without its zeros, and `new Date(1961, 4, 20)`, whose months begin with
0 and whose years 0 to 99 are 1900 to 1999; `new Date(Date.UTC(1961, 4, 20))` is the same in UTC, and one number alone
counts milliseconds since 1970. Midnight stands in many of them only because a time must be written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from timeline_app.core.calendar import civil_from_seconds
from timeline_app.core.edtf import LENGTH_LIMIT
from timeline_app.core.edtf_date import MONTH_NAMES
from timeline_app.readers.civil_text import date_text

_MONTHS = {name[:3].lower(): number for number, name in enumerate(MONTH_NAMES, start=1)}
_ZONES = {"z": 0, "gmt": 0, "utc": 0, "ut": 0, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6}
_ZONES |= {"pst": -8, "pdt": -7}
_HALF_DAY_HOURS = 12
_MIDNIGHT = "T00:00"

_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,?\s+)?"
_MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_YEAR = r"(?P<year>-?\d{3,6})"
_DAY = r"(?P<day>\d{1,2})"
_CLOCK = r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d{1,9})?)?(?:\s*(?P<half>[ap])\.?m\.?)?"
_ZONE = r"(?P<zone>z|gmt|utc|ut|[ecmp][sd]t)?\s*(?P<offset>[+-]\d{1,2}:?\d{0,2})?"
_TIME = rf"(?:[\sT,]\s*{_CLOCK}\s*{_ZONE})?(?:\s*\([^()]{{0,80}}\))?"
_FORMS = tuple(
    re.compile(form + _TIME, re.IGNORECASE | re.ASCII)
    for form in (
        rf"{_WEEKDAY}{_MONTH}\s+{_DAY},?\s+{_YEAR}",
        rf"{_WEEKDAY}{_DAY}[\s-]+{_MONTH}[\s,-]+{_YEAR}",
        rf"{_MONTH},?\s+{_YEAR}",
        r"(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4,6})",
        r"(?P<year>[+-]?\d{4,6})-(?P<month>\d{1,2})-(?P<day>\d{1,2})",
        r"(?P<year>\d{4})/(?P<month>\d{1,2})/(?P<day>\d{1,2})",
        r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})",
        r"(?P<year>[+-]?\d{4,6})-(?P<month>\d{2})",
    )
)
_CONSTRUCTOR = re.compile(
    r"""(?:new\s+)?Date\s*\(\s*"""
    r"""(?:["'](?P<text>[^"']*)["']|Date\.UTC\s*\((?P<utc>[-\d\s,]*)\)|(?P<parts>[-\d\s,]*))\s*\)"""
)
_WHOLE_NUMBER = re.compile(r"-?\d{1,16}", re.ASCII)
# JavaScript knows no later instant, and no earlier one; a small number alone was likely meant as a year.
_LAST_MS, _FEWEST_MS = 8_640_000_000_000_000, 100_000_000
_YEARS_OF_TWO_DIGITS, _THEIR_CENTURY = range(100), 1900


@dataclass(frozen=True, slots=True)
class ScriptDate:
    """A date with its time and zone, which are empty where they are not given."""

    day: str
    clock: str = ""
    zone: str = ""

    @property
    def is_midnight(self) -> bool:
        """Whether the time is none but the beginning of the day."""
        return self.clock == _MIDNIGHT

    @property
    def text(self) -> str:
        """The date in EDTF."""
        return f"{self.day}{self.clock}{self.zone}"


def script_date(written: str) -> ScriptDate | None:
    """Return a date in one of these forms, None for what is in none of them."""
    text = written.strip()
    if len(text) > LENGTH_LIMIT:
        return None
    constructed = _CONSTRUCTOR.fullmatch(text)
    if constructed is not None:
        return _constructed(constructed)
    found = next(filter(None, (form.fullmatch(text) for form in _FORMS)), None)
    return None if found is None else _of_match(found)


def date_of_milliseconds(since_1970_ms: int) -> ScriptDate:
    """Return an instant in UTC; a part of a second is written as one."""
    seconds, thousandths = divmod(since_1970_ms, 1_000)
    year, month, day, hour, minute, second = civil_from_seconds(seconds)
    fraction = f".{thousandths:03}" if thousandths else ""
    end = f":{second:02}{fraction}" if second or thousandths else ""
    return ScriptDate(date_text(year, month, day), f"T{hour:02}:{minute:02}{end}", "Z")


def days_or_times(dates: Mapping[str, ScriptDate]) -> dict[str, str]:
    """Return dates in EDTF: days where all times are midnight, and without zones where only some have one."""
    timed = [date for date in dates.values() if date.clock]
    if all(date.is_midnight for date in timed):
        return {name: date.day for name, date in dates.items()}
    are_zoned = {bool(date.zone) for date in dates.values()}
    return {name: date.text if len(are_zoned) == 1 else date.day + date.clock for name, date in dates.items()}


def _constructed(match: re.Match[str]) -> ScriptDate | None:
    if match["text"] is not None:
        return script_date(match["text"]) if not match["text"].startswith(("new", "Date")) else None
    in_utc = match["utc"]
    parts = [part.strip() for part in (match["parts"] if in_utc is None else in_utc).split(",")]
    if not all(map(_WHOLE_NUMBER.fullmatch, parts)):
        return None
    first, *others = map(int, parts)
    if not others:
        return date_of_milliseconds(first) if in_utc is None and _FEWEST_MS <= abs(first) <= _LAST_MS else None
    month, *others = others
    year = first + _THEIR_CENTURY if first in _YEARS_OF_TWO_DIGITS else first
    hour, minute, second = (*others[1:4], 0, 0, 0)[:3]
    if not others:
        return ScriptDate(date_text(year, month + 1))
    zone = "" if in_utc is None else "Z"
    return ScriptDate(date_text(year, month + 1, others[0]), _clock_text(hour, minute, second), zone)


def _of_match(match: re.Match[str]) -> ScriptDate:
    parts = match.groupdict()
    month = _MONTHS.get(parts["month"].lower()) or int(parts["month"])
    day = parts.get("day")
    date = date_text(int(parts["year"]), month, int(day) if day else None)
    if parts["hour"] is None:
        return ScriptDate(date)
    hour, minute, second = (int(parts[name] or 0) for name in ("hour", "minute", "second"))
    if parts["half"] and 1 <= hour <= _HALF_DAY_HOURS:
        hour = hour % _HALF_DAY_HOURS + (_HALF_DAY_HOURS if parts["half"] in "pP" else 0)
    return ScriptDate(date, _clock_text(hour, minute, second), _zone_text(parts["zone"], parts["offset"]))


def _clock_text(hour: int, minute: int, second: int) -> str:
    seconds = f":{second:02}" if second else ""
    return f"T{hour:02}:{minute:02}{seconds}"


def _zone_text(zone: str | None, offset: str | None) -> str:
    """Return a zone in EDTF; a number behind a name is counted from that name's zone, which is always GMT's."""
    if not offset:
        hours = _ZONES[zone.lower()] if zone else 0
        return f"{'-' if hours < 0 else '+'}{abs(hours):02}:00" if hours else ("Z" if zone else "")
    sign, digits = offset[0], offset[1:].replace(":", "")
    width = 1 if len(digits) == 3 else 2
    text = f"{sign}{int(digits[:width]):02}:{int(digits[width:] or 0):02}"
    return "Z" if text in {"+00:00", "-00:00"} else text
