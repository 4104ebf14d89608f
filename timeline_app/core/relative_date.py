"""Work out what an English phrase that hangs on a dateline may mean: “in June”, “last week”, “on Tuesday”.

A phrase seldom says whether it looks back or ahead; then both dates are given, the one before first. Each is as wide as
the phrase leaves it: “last week” is one of seven days. A dateline that is itself wide makes them wider. A phrase that
no rule knows gives nothing, and nothing is ever counted from today.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from timeline_app.core.calendar import DAY_S, FUTURE_S, PAST_S, civil_from_days, days_from_civil, days_in_month, weekday
from timeline_app.core.edtf_date import MONTH_NAMES
from timeline_app.core.when import When, parse

_WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_NUMBERS: Final = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_NUMBERS_ABOVE: Final = ("eleven", "twelve")
_UNITS: Final = r"(?P<unit>day|week|month|year)"
_MONTH: Final = r"(?P<month>" + "|".join(rf"{name[:3]}(?:{name[3:]})?" for name in MONTH_NAMES) + r"|sept)\.?"
_WEEKDAY: Final = rf"(?P<weekday>{'|'.join(_WEEKDAYS)})"
_NUMBER: Final = rf"(?P<number>\d{{1,3}}|an?|{'|'.join((*_NUMBERS[1:], *_NUMBERS_ABOVE))})"
_SIDE: Final = (
    r"(?:(?:on|in|by|this|(?P<last>last|this past)|(?P<next>next|this coming|the coming|the following)) )?(?:the )?"
)
_FIRST_DAY, _LAST_DAY = days_from_civil(1, 1, 1), days_from_civil(9999, 12, 31)

Days = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Deduction:
    """A date that a phrase may mean, as EDTF, with the rule in words: the last June up to then."""

    when: str
    rule: str


@dataclass(frozen=True, slots=True)
class _Rule:
    """From the day of a dateline to the first and last day that a phrase may mean."""

    words: str
    days: Callable[[int], Days]


def deductions(phrase: str, dateline: When) -> tuple[Deduction, ...]:
    """Return what a phrase may mean in a text with this dateline, none where no rule knows it.

    A dateline without bounds, or outside the years 1 to 9999, gives none either.
    """
    if dateline.start_earliest_s == PAST_S or dateline.end_latest_s == FUTURE_S:
        return ()
    text = " ".join(phrase.casefold().replace("’", "'").strip(" '\"“”.,;:()").split()).removesuffix("'s")
    is_since = re.match("(?:since|from) ", text)
    core = text[is_since.end() :] if is_since else text
    first, last = dateline.start_earliest_s // DAY_S, dateline.end_latest_s // DAY_S
    found: list[Deduction] = []
    for rule in _rules(core):
        days = rule.days(first)[0], rule.days(last)[1]
        if _FIRST_DAY <= days[0] <= days[1] <= _LAST_DAY:
            date = f"{_edtf(days)}/.." if is_since else _edtf(days)
            found.append(Deduction(date, rule.words))
    return tuple(found)


def supporting(phrase: str, dateline: When, when: When) -> Deduction | None:
    """Return the deduction that a date rests on: the first that lies within it, None where none does."""
    return next((found for found in deductions(phrase, dateline) if lies_within(parse(found.when), when)), None)


def lies_within(inner: When, outer: When) -> bool:
    """Return whether all that a date may mean lies within what another one may."""
    return (
        outer.start_earliest_s <= inner.start_earliest_s
        and inner.start_latest_s <= outer.start_latest_s
        and outer.end_earliest_s <= inner.end_earliest_s
        and inner.end_latest_s <= outer.end_latest_s
    )


def _rules(text: str) -> Iterator[_Rule]:
    """Give the rules for a phrase in small letters; of those that look back and ahead, that which looks back first."""
    for pattern, rules in _KNOWN:
        if match := re.fullmatch(pattern, text, re.IGNORECASE):
            yield from rules(match)
            return


def _named_day(match: re.Match[str]) -> Iterator[_Rule]:
    offset = _DAY_OFFSETS[match[0].removeprefix("the ")]
    words = {0: "the same day", -1: "the day before", 1: "the day after"}
    yield _Rule(words.get(offset, f"two days {'before' if offset < 0 else 'after'}"), lambda day: (day + offset,) * 2)


def _counted(match: re.Match[str]) -> Iterator[_Rule]:
    """Count units back or ahead: a day is a day, and two weeks ago was some day of that week."""
    unit = match["unit"].casefold()
    written = match["number"].casefold()
    names = (*_NUMBERS, *_NUMBERS_ABOVE)
    number = int(written) if written.isdigit() else 1 if written in {"a", "an"} else names.index(written)
    is_ahead = match[0].casefold().startswith("in ") or not match[0].casefold().endswith("ago")
    side = "after" if is_ahead else "before"
    yield _Rule(
        f"{number} {unit}{'s' if number != 1 else ''} {side}", _unit_away(unit, number if is_ahead else -number)
    )


def _unit(match: re.Match[str]) -> Iterator[_Rule]:
    unit = match["unit"].casefold()
    offset = {"last": -1, "this": 0, "next": 1}[match["which"].casefold()]
    if not match["part"]:
        side = {-1: "before", 0: "of that day", 1: "after"}[offset]
        yield _Rule(f"the {unit} {side}", _unit_away(unit, offset))
    elif offset == 0 and match["part"].casefold() == "earlier":
        yield _Rule(f"earlier in that {unit}", lambda day: (_unit_away(unit, 0)(day)[0], day))
    elif offset == 0:
        yield _Rule(f"later in that {unit}", lambda day: (day, _unit_away(unit, 0)(day)[1]))


def _unit_away(unit: str, offset: int) -> Callable[[int], Days]:
    """Return a function from a day to the first and last day of the unit that lies so many units away."""

    def days(day: int) -> Days:
        year, month, _ = civil_from_days(day)
        if unit == "day":
            return day + offset, day + offset
        if unit == "week":
            monday = day - weekday(day) + 7 * offset
            return monday, monday + 6
        if unit == "month":
            return _month_days(year * 12 + month - 1 + offset)
        return days_from_civil(year + offset, 1, 1), days_from_civil(year + offset, 12, 31)

    return days


def _weekday(match: re.Match[str]) -> Iterator[_Rule]:
    name = match["weekday"].capitalize()
    number = _WEEKDAYS.index(name)
    if not match["next"]:
        nearest = 1 if match["last"] else 0
        yield _Rule(_back(name), lambda day: (day - nearest - (weekday(day - nearest) - number) % 7,) * 2)
    if not match["last"]:
        yield _Rule(_ahead(name), lambda day: (day + 1 + (number - weekday(day + 1)) % 7,) * 2)


def _weekend(match: re.Match[str]) -> Iterator[_Rule]:
    """Take the Saturday and Sunday of a weekend that has begun, or with “last” is over; else of the next one."""

    def from_saturday(day: int) -> Days:
        return day, day + 1

    if not match["next"]:
        least = 2 if match["last"] else 0
        yield _Rule(_back("weekend"), lambda day: from_saturday(day - least - (weekday(day - least) - 5) % 7))
    if not match["last"]:
        yield _Rule(_ahead("weekend"), lambda day: from_saturday(day + 1 + (5 - weekday(day + 1)) % 7))


def _month(match: re.Match[str]) -> Iterator[_Rule]:
    number = _month_number(match)
    name, part = MONTH_NAMES[number - 1], (match["part"] or "").casefold()

    def nearest(day: int, back: int) -> int:
        """Return the months since the year 0 of the nearest such month, `back` months and more before that day's."""
        year, month, _ = civil_from_days(day)
        now = year * 12 + month - 1 - back
        return now - (now - (number - 1)) % 12

    if not match["next"]:
        least = 1 if match["last"] else 0
        yield _Rule(_back(name), lambda day: _part_of_month(nearest(day, least), part))
    if not match["last"]:
        yield _Rule(_ahead(name), lambda day: _part_of_month(nearest(day, 0) + 12, part))


def _day_of_month(match: re.Match[str]) -> Iterator[_Rule]:
    month, day_of_month = _month_number(match), int(match["day"])
    if not 1 <= day_of_month <= days_in_month(2000, month):
        return
    name = f"{day_of_month} {MONTH_NAMES[month - 1]}"

    def nearest(day: int, step: int) -> Days:
        """Return the nearest such day up to this one, or with step 1 after it; 29 February may be eight years away."""
        year = civil_from_days(day)[0]
        years = (one for one in range(year, year + step * 9, step) if day_of_month <= days_in_month(one, month))
        found = (days_from_civil(one, month, day_of_month) for one in years)
        return (next(one for one in found if (one > day) == (step > 0)),) * 2

    yield _Rule(_back(name), lambda day: nearest(day, -1))
    yield _Rule(_ahead(name), lambda day: nearest(day, 1))


def _back(name: str) -> str:
    return f"the last {name} up to then"


def _ahead(name: str) -> str:
    return f"the next {name} after it"


def _month_number(match: re.Match[str]) -> int:
    return next(n for n, name in enumerate(MONTH_NAMES, 1) if name[:3].casefold() == match["month"][:3].casefold())


def _month_days(months: int) -> Days:
    year, month = divmod(months, 12)
    first = days_from_civil(year, month + 1, 1)
    return first, first + days_in_month(year, month + 1) - 1


def _part_of_month(months: int, part: str) -> Days:
    """Return the days of a month, or of its first, second or last third."""
    first, last = _month_days(months)
    if part in {"early", "beginning", "start"}:
        return first, first + 9
    if part in {"mid", "middle"}:
        return first + 10, first + 19
    return (first + 20, last) if part in {"late", "end"} else (first, last)


def _edtf(days: Days) -> str:
    """Write a stretch of days: as the day, month or year that it is, else as one of its days."""
    first, last = civil_from_days(days[0]), civil_from_days(days[1])
    begin, end = (f"{year:04}-{month:02}-{day:02}" for year, month, day in (first, last))
    if days[0] == days[1]:
        return begin
    if first[0] == last[0] and first[1:] == (1, 1) and last[1:] == (12, 31):
        return begin[:4]
    is_month = first[:2] == last[:2] and first[2] == 1 and last[2] == days_in_month(*last[:2])
    return begin[:7] if is_month else f"[{begin}..{end}]"


_DAY_OFFSETS: Final = {
    "today": 0,
    "tonight": 0,
    "this morning": 0,
    "this afternoon": 0,
    "this evening": 0,
    "yesterday": -1,
    "yesterday morning": -1,
    "yesterday afternoon": -1,
    "yesterday evening": -1,
    "last night": -1,
    "tomorrow": 1,
    "tomorrow morning": 1,
    "tomorrow afternoon": 1,
    "tomorrow evening": 1,
    "day before yesterday": -2,
    "day after tomorrow": 2,
}
_KNOWN: Final[tuple[tuple[str, Callable[[re.Match[str]], Iterator[_Rule]]], ...]] = (
    (rf"(?:the )?(?:{'|'.join(_DAY_OFFSETS)})", _named_day),
    (rf"{_NUMBER} {_UNITS}s? (?:ago|later|from now)", _counted),
    (rf"in {_NUMBER} {_UNITS}s?", _counted),
    (rf"(?:(?P<part>earlier|later) )?(?P<which>last|this|next) {_UNITS}", _unit),
    (rf"{_SIDE}{_WEEKDAY}", _weekday),
    (rf"(?:(?:at|on|over) )?{_SIDE}weekend", _weekend),
    (rf"{_SIDE}(?:(?P<part>early|mid|late)[ -])?{_MONTH}", _month),
    (rf"(?:(?:at|by|in|towards?|around) )?(?:the )?(?P<part>beginning|start|middle|end) of {_SIDE}{_MONTH}", _month),
    (rf"(?:on |by )?(?:{_MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?)", _day_of_month),
    (rf"(?:on |by )?(?:the )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?{_MONTH}", _day_of_month),
)
