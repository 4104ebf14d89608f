"""Spell out what repeats in a calendar: RRULE, RDATE and EXDATE of RFC 5545, within limits.

The rules are walked by dateutil, which goes on until the year 9999 where nothing fits a rule. So they are walked as
many times 400 years later as leaves the least: the Gregorian calendar repeats after 400 years, weekdays included.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from timeline_app.core.errors import WhenError
from timeline_app.readers.tree import shortened

MOST_TIMES: Final = 1_000
LONGEST: Final = timedelta(days=36_525)
# Together for one file: times, and days, weeks, months or years that its rules are walked through.
MOST_PERIODS: Final = 500_000

_CYCLE_YEARS = 400
_LAST_YEAR = 9_999 - 101
_PERIOD_DAYS = {"DAILY": 1, "WEEKLY": 7, "MONTHLY": 28, "YEARLY": 365}
_PARTS = frozenset(
    {
        *("FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYMONTH", "BYMONTHDAY", "BYDAY", "BYYEARDAY", "BYWEEKNO"),
        "BYSETPOS",
    }
)
_LIST = re.compile(r"[+-]?[0-9A-Z]{1,4}(?:,[+-]?[0-9A-Z]{1,4}){0,99}", re.ASCII)
_NUMBER = re.compile(r"[0-9]{1,6}", re.ASCII)
_UNTIL = re.compile(r"(\d{8})(?:T(\d{6})(Z?))?", re.ASCII)

OffsetOf = Callable[[datetime], timedelta | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of repeating: how often, how many times at most (None: endless), until when, and the rest as written.

    `until` is in UTC where `until_utc`, else local; a date alone is the end of that day.
    """

    period_days: int
    count: int | None
    until: datetime | None
    until_utc: bool
    rest: str


@dataclass(frozen=True, slots=True)
class Spelt:
    """The local times at which something begins, in order, and whether there would be more."""

    starts: tuple[datetime, ...]
    is_cut: bool


def read_rule(text: str) -> Rule:
    """Read the value of an RRULE; raises WhenError for one that cannot be spelt out."""
    parts: dict[str, str] = {}
    for part in text.strip().upper().rstrip(";").split(";"):
        name, _, value = part.partition("=")
        pattern = _UNTIL if name == "UNTIL" else _NUMBER if name in {"INTERVAL", "COUNT"} else _LIST
        # Words of the rule are in capitals, and none is longer than this one.
        if name == "FREQ":
            if value not in _PERIOD_DAYS:
                expected = "RRULE: expected something that repeats daily, weekly, monthly or yearly"
                raise WhenError(f'{expected}; found "{shortened(text)}"')
        elif name not in _PARTS or name in parts or pattern.fullmatch(value) is None:
            raise WhenError(f'RRULE: expected a rule such as FREQ=WEEKLY;COUNT=10; found "{shortened(text)}"')
        parts[name] = value
    if "FREQ" not in parts or parts.get("INTERVAL", "1").strip("0") == "":
        raise WhenError(f'RRULE: expected FREQ, and an INTERVAL of 1 or more; found "{shortened(text)}"')
    until, until_utc = _until(parts.pop("UNTIL", ""))
    count = parts.pop("COUNT", None)
    return Rule(
        _PERIOD_DAYS[parts["FREQ"]] * int(parts.get("INTERVAL", "1")),
        None if count is None else int(count),
        until,
        until_utc,
        ";".join(f"{name}={value}" for name, value in parts.items()),
    )


def _until(text: str) -> tuple[datetime | None, bool]:
    if not text:
        return None, False
    try:
        if "T" not in text:
            return datetime.strptime(text, "%Y%m%d").replace(hour=23, minute=59, second=59), False
        return datetime.strptime(text.rstrip("Z"), "%Y%m%dT%H%M%S"), text.endswith("Z")
    except ValueError as error:
        raise WhenError(f'RRULE: UNTIL: "{text}" is no date: {error}') from error


class Repeats:
    """Spells out what repeats in one file, as long as its rules are not walked through for too long together."""

    def __init__(self, most_periods: int = MOST_PERIODS) -> None:
        self._left = most_periods

    def starts(
        self,
        rules: Sequence[Rule],
        first: datetime,
        offset_of: OffsetOf,
        more: Sequence[datetime] = (),
        without: Sequence[datetime] = (),
    ) -> Spelt:
        """Return when something begins that begins for the first time at a local time.

        `more` and `without` are further local times, and those that are left out. At most MOST_TIMES are given, within
        LONGEST. Raises WhenError where a rule fits no calendar, or the rules of the file have taken too long.
        """
        found, left_out = {first, *more}, set(without)
        is_cut = False
        for rule in rules:
            times, has_more = self._walked(rule, first, offset_of, MOST_TIMES + len(left_out))
            found.update(times)
            is_cut |= has_more
        starts = sorted(found - left_out)
        return Spelt(tuple(starts[:MOST_TIMES]), is_cut or len(starts) > MOST_TIMES)

    def _walked(self, rule: Rule, first: datetime, offset_of: OffsetOf, most: int) -> tuple[list[datetime], bool]:
        """Return the times of one rule, at most so many, and whether there would be more."""
        # Imported on use: 10 ms that only calendars need, and only when this is asked for.
        from dateutil.rrule import rrulestr

        if self._left <= 0:
            raise WhenError("RRULE: the rules of the file before this one took too long to spell out")
        moved = _CYCLE_YEARS * ((_LAST_YEAR - first.year) // _CYCLE_YEARS)
        begin = first.replace(year=first.year + moved)
        try:
            walk = iter(rrulestr(rule.rest, dtstart=begin))
        except (ValueError, KeyError, TypeError, IndexError) as error:
            raise WhenError(f"RRULE: {error}") from error
        # The first time counts, whether it fits the rule or not.
        times, last = [first], datetime.max
        for time in walk:
            if time == begin:
                continue
            last, begins = time, time.replace(year=time.year - moved)
            compared = begins - (offset_of(begins) or timedelta()) if rule.until_utc else begins
            is_over = (rule.until is not None and compared > rule.until) or len(times) == rule.count
            has_more = not is_over and (len(times) == most or time - begin > LONGEST)
            if is_over or has_more:
                break
            times.append(begins)
        else:
            last, has_more = datetime.max, rule.period_days > LONGEST.days
        self._left -= len(times) + (last - begin).days // rule.period_days
        return times, has_more
