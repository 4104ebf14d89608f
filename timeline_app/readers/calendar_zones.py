"""Tell how far a zone that a calendar names is from UTC, from the system's rules or from the calendar's own.

The system's rules go first where they know the name, since calendars tend to carry those of a few years only. A
calendar's own are yearly changes of the clock; they are looked up for the year in question and never walked through.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from timeline_app.readers.calendar_lines import Component, unescaped

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

_TIME = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)Z?)?", re.ASCII)
_OFFSET = re.compile(r"([+-])(\d\d)(\d\d)(\d\d)?", re.ASCII)
_SYSTEM_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z][A-Za-z0-9_+-]*){0,2}", re.ASCII)
_TIME_NUMBER = re.compile(r"\d{1,2}", re.ASCII)
_BY_DAY = re.compile(r"([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)")
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_UNDERSTOOD = frozenset({"FREQ", "INTERVAL", "BYMONTH", "BYDAY", "BYMONTHDAY", "UNTIL", "WKST"})
# Lotus Notes and others repeat in the rule the time of day that DTSTART has.
_TIME_PARTS = {"BYHOUR": "hour", "BYMINUTE": "minute", "BYSECOND": "second"}


@dataclass(frozen=True, slots=True)
class _Yearly:
    """A change of the clock once a year."""

    month: int
    weekday: int | None
    nth: int | None
    month_days: frozenset[int]
    until: datetime | None

    def in_year(self, year: int, clock: datetime) -> datetime | None:
        """Return when the clock is changed in a year, None when it is not."""
        first = clock.replace(year=year, month=self.month, day=1)
        days = [first + timedelta(days=number) for number in range(31)]
        days = [
            day
            for day in days
            if day.month == self.month
            and self.weekday in {None, day.weekday()}
            and (not self.month_days or day.day in self.month_days)
        ]
        place = self.nth or 1
        if len(days) < abs(place):
            return None
        found = days[place - 1] if place > 0 else days[place]
        return found if self.until is None or found <= self.until else None


@dataclass(frozen=True, slots=True)
class _Observance:
    """A stretch of time with one offset: when it begins, again and again, and the offsets before and after."""

    begins: datetime
    more: tuple[datetime, ...]
    yearly: _Yearly | None
    before: timedelta
    after: timedelta

    def last_onset(self, local: datetime) -> datetime | None:
        """Return when it began last before a local time."""
        onsets = [onset for onset in (self.begins, *self.more) if onset <= local]
        if self.yearly is not None:
            last_year = min(local.year, self.yearly.until.year if self.yearly.until else local.year)
            for year in range(max(last_year - 1, 1), last_year + 1):
                onset = self.yearly.in_year(year, self.begins)
                if onset is not None and self.begins <= onset <= local:
                    onsets.append(onset)
        return max(onsets, default=None)


class Zones:
    """The zones of one calendar."""

    def __init__(self, components: Iterable[Component]) -> None:
        self._own = {one.text_of("TZID"): one for one in components if one.name == "VTIMEZONE"}
        self._observances: dict[str, tuple[_Observance, ...]] = {}
        self._system: dict[str, ZoneInfo | None] = {}

    def offset(self, name: str, local: datetime) -> timedelta | None:
        """Return how far a zone is ahead of UTC at a local time, None for a zone whose rules are not known."""
        name = unescaped(name)
        system = self._system_zone(name)
        if system is None and name not in self._own:
            # Old programs put themselves before the name: /example.org/20050126_1/Europe/Vienna
            system = self._system_zone("/".join(name.rsplit("/", 2)[-2:]))
        if system is not None:
            return local.replace(tzinfo=system).utcoffset()
        return self._own_offset(name, local)

    def _system_zone(self, name: str) -> ZoneInfo | None:
        if name not in self._system:
            self._system[name] = _system_zone(name)
        return self._system[name]

    def _own_offset(self, name: str, local: datetime) -> timedelta | None:
        if name not in self._observances:
            self._observances[name] = _observances(self._own[name]) if name in self._own else ()
        observances = self._observances[name]
        if not observances:
            return None
        onsets = [(onset, one) for one in observances if (onset := one.last_onset(local)) is not None]
        if not onsets:
            return min(observances, key=lambda one: one.begins).before
        return max(onsets, key=lambda pair: pair[0])[1].after


def _system_zone(name: str) -> ZoneInfo | None:
    """Return a zone of the system's; a name that could be anything but one is not even looked up."""
    # Imported on use: all readers are asked for the format of a file, and only a calendar has zones.
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    if len(name) > 60 or _SYSTEM_NAME.fullmatch(name) is None:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _observances(zone: Component) -> tuple[_Observance, ...]:
    """Return the observances of a zone; none at all where one of them has rules that are not understood."""
    found = [_observance(child) for child in zone.children if child.name in {"STANDARD", "DAYLIGHT"}]
    return tuple(one for one in found if one is not None) if None not in found else ()


def _observance(component: Component) -> _Observance | None:
    begins = _time(component.text_of("DTSTART"))
    before, after = (_offset(component.text_of(name)) for name in ("TZOFFSETFROM", "TZOFFSETTO"))
    if begins is None or before is None or after is None:
        return None
    more = tuple(filter(None, (_time(text) for one in component.all("RDATE") for text in one.texts)))
    rule = component.text_of("RRULE")
    if not rule:
        return _Observance(begins, more, None, before, after)
    yearly = _yearly(rule, begins, before)
    return None if yearly is None else _Observance(begins, more, yearly, before, after)


def _yearly(rule: str, begins: datetime, before: timedelta) -> _Yearly | None:
    """Return the rule of a yearly change, None for any other rule."""
    parts = {name: value for name, value in _parts(rule) if not _repeats_time(name, value, begins)}
    if not parts.keys() <= _UNDERSTOOD or parts.get("FREQ") != "YEARLY" or parts.get("INTERVAL", "1") != "1":
        return None
    month = parts.get("BYMONTH", str(begins.month))
    by_day = _BY_DAY.fullmatch(parts["BYDAY"]) if "BYDAY" in parts else None
    by_month_day = parts.get("BYMONTHDAY", "" if by_day else str(begins.day))
    until = _time(parts["UNTIL"]) if "UNTIL" in parts else None
    if (
        not (month.isascii() and month.isdigit() and len(month) <= 2 and 1 <= int(month) <= 12)
        or ("BYDAY" in parts and by_day is None)
        or ("UNTIL" in parts and until is None)
        or not all(day.isascii() and day.isdigit() and len(day) <= 2 for day in by_month_day.split(",") if day)
    ):
        return None
    return _Yearly(
        month=int(month),
        weekday=None if by_day is None else _WEEKDAYS.index(by_day[2]),
        nth=int(by_day[1]) if by_day is not None and by_day[1] else None,
        month_days=frozenset(int(day) for day in by_month_day.split(",") if day),
        until=_moved(until, before) if until is not None and parts["UNTIL"].endswith("Z") else until,
    )


def _repeats_time(name: str, value: str, begins: datetime) -> bool:
    """Tell whether a part of a rule says no more than the time of day that is known."""
    part = _TIME_PARTS.get(name)
    return part is not None and bool(_TIME_NUMBER.fullmatch(value)) and int(value) == getattr(begins, part)


def _moved(time: datetime, by: timedelta) -> datetime:
    try:
        return time + by
    except OverflowError:  # the first or the last day that there is
        return time


def _parts(rule: str) -> Iterator[tuple[str, str]]:
    for part in rule.upper().split(";"):
        name, _, value = part.partition("=")
        if name:
            yield name.strip(), value.strip()


def _time(text: str) -> datetime | None:
    match = _TIME.fullmatch(text.strip())
    if match is None:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups())
    try:
        return datetime(year, month, day, hour, minute, second)
    except ValueError:
        return None


def _offset(text: str) -> timedelta | None:
    match = _OFFSET.fullmatch(text.strip())
    if match is None:
        return None
    length = timedelta(hours=int(match[2]), minutes=int(match[3]), seconds=int(match[4] or 0))
    return -length if match[1] == "-" else length
