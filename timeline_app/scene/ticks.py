"""Where the axis has its ticks and what stands at them, from minutes to billions of years, always with the year.

The Gregorian calendar repeats every 400 years, weekdays included. A time of any year is therefore moved by whole
400-year cycles into years that datetime has, stepped there with dateutil, and moved back.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import count as counting
from typing import NamedTuple
from unicodedata import east_asian_width

from dateutil.relativedelta import MO, relativedelta

from timeline_app.core.calendar import DAY_S, ERA_DAYS, civil_from_seconds, seconds_from_civil
from timeline_app.scene.axis_words import MANY_YEARS, YEARS_WITH_SEPARATORS, AxisWords
from timeline_app.scene.viewport import FARTHEST_S, Viewport

CYCLE_S = ERA_DAYS * DAY_S
EPOCH = datetime(1970, 1, 1)
UNITS = {
    "second": relativedelta(seconds=1),
    "minute": relativedelta(minutes=1),
    "hour": relativedelta(hours=1),
    "day": relativedelta(days=1),
    "week": relativedelta(weeks=1),
    "month": relativedelta(months=1),
    "year": relativedelta(years=1),
}
YEAR_S = 31_556_952
LAST_MONTH, LAST_DAY = 12, 31
USUAL_YEAR, USUAL_DAY = 2000, 28  # which every month has
CHARACTER_PX = 8
LABEL_GAP_PX = 10
LEAST_YEAR_PX = 50
MOST_KEPT = 8_192
STRETCH_STEPS = 32
MOST_STRETCHES_KEPT = 256
MOST_SCALES_KEPT = 16


class Tick(NamedTuple):
    """A place on the axis: `x_px` of its instant, what stands there, and whether it begins a greater unit.

    The label is empty where it would run into the one before.
    """

    x_px: float
    label: str
    is_major: bool = False


@dataclass(frozen=True, slots=True)
class Axis:
    """The ticks in view: `minor` are the lower line of labels, `major` the upper, bold one, which names the year."""

    minor: tuple[Tick, ...]
    major: tuple[Tick, ...]


# Where there are no events there is no time to speak of.
NO_AXIS = Axis((), ())


@dataclass(frozen=True, slots=True)
class _Step:
    """A distance of ticks: so many of a unit, which take so many seconds on average and `least_s` at least."""

    unit: str
    count: int
    seconds: int
    least_s: int
    above: str


_STEPS = (
    _Step("second", 1, 1, 1, "minute"),
    _Step("second", 5, 5, 5, "minute"),
    _Step("second", 15, 15, 15, "minute"),
    _Step("minute", 1, 60, 60, "day"),
    _Step("minute", 5, 300, 300, "day"),
    _Step("minute", 15, 900, 900, "day"),
    _Step("hour", 1, 3_600, 3_600, "day"),
    _Step("hour", 3, 10_800, 10_800, "day"),
    _Step("hour", 6, 21_600, 21_600, "day"),
    _Step("day", 1, DAY_S, DAY_S, "month"),
    _Step("week", 1, 7 * DAY_S, 7 * DAY_S, "month"),
    _Step("month", 1, 2_629_746, 28 * DAY_S, "year"),
    _Step("month", 3, 7_889_238, 90 * DAY_S, "year"),
)

_LEAST_ABOVE_S = {"minute": 60, "day": DAY_S, "month": 28 * DAY_S, "year": 365 * DAY_S}


class _Told(NamedTuple):
    """What a tick tells, wherever it is on screen."""

    time_s: int
    label: str
    begins_above: bool


def build_axis(view: Viewport, words: AxisWords, scale: float = 1.0, years: int | None = None) -> Axis:
    """Return the ticks of a view; `scale` is the size of the text, labels keep their distance with it.

    With `years` those of a part of a view have the steps of the whole, see `years_apart`.
    """
    step = _calendar_step(view, words, scale)
    if step is not None:
        return _calendar_axis(view, step, words, scale)
    return _year_axis(view, words, scale, years or years_apart(view, words, scale))


def years_apart(view: Viewport, words: AxisWords, scale: float = 1.0) -> int:
    """Return how many years the ticks of a view are apart, 0 where they are closer; the widest label decides."""
    if _calendar_step(view, words, scale) is not None:
        return 0
    return next(
        years
        for years in _round_numbers()
        if years * YEAR_S / view.seconds_per_px >= _year_room_px(view, years, words, scale)
    )


def _calendar_step(view: Viewport, words: AxisWords, scale: float) -> _Step | None:
    """Return the closest step of ticks less than a year apart that leaves room for each label, None where none does."""
    rooms_px = zip(_STEPS, _step_rooms_px(words, scale), strict=True)
    return next((step for step, room_px in rooms_px if step.least_s / view.seconds_per_px >= room_px), None)


@lru_cache(maxsize=MOST_SCALES_KEPT)
def _step_rooms_px(words: AxisWords, scale: float) -> tuple[float, ...]:
    """Return the room that each of the _STEPS needs: for its widest label, and for its share of those above it."""
    months = range(1, LAST_MONTH + 1)
    clock, days = words.clock(0, 0, None), [words.day(USUAL_YEAR, month, USUAL_DAY) for month in months]
    below = {
        "second": [words.clock(0, 0, 0)],
        "minute": [clock],
        "hour": [clock],
        "day": [str(LAST_DAY)],
        "week": [str(LAST_DAY)],
        "month": [words.month(month) for month in months],
    }
    above = {
        "minute": [f"{day}, {clock}" for day in days],
        "day": days,
        "month": [words.month_of_year(USUAL_YEAR, month) for month in months],
        "year": [words.year(USUAL_YEAR)],
    }
    return tuple(
        max(
            _widest_px(below[step.unit], scale),
            _widest_px(above[step.above], scale) * step.least_s / _LEAST_ABOVE_S[step.above],
        )
        for step in _STEPS
    )


def _widest_px(labels: Iterable[str], scale: float) -> float:
    return max(_room_px(label, scale) for label in labels)


def _calendar_axis(view: Viewport, step: _Step, words: AxisWords, scale: float) -> Axis:
    first_s, last_s = view.left_s, min(view.right_s, FARTHEST_S)
    stretch_s = step.seconds * STRETCH_STEPS
    minor = [
        Tick(view.x_of(told.time_s), told.label, told.begins_above)
        for number in range(_within(first_s) // stretch_s, last_s // stretch_s + 1)
        for told in _told(step, number, words)
        if first_s <= told.time_s <= last_s
    ]
    starts = list(_starts(first_s, last_s, step.above))
    majors = [Tick(view.x_of(time_s), _label(time_s, "of " + step.above, words), is_major=True) for time_s in starts]
    if majors and majors[0].x_px < 0:
        labels = (majors[0].label, *_shorter_labels(starts[0], step.above, words))
        majors = _sticky(majors, labels, scale)
    return Axis(_uncrowded(minor, scale), _uncrowded(majors, scale))


def _year_axis(view: Viewport, words: AxisWords, scale: float, years: int) -> Axis:
    ticks = []
    for time_s in _year_starts(view, years):
        year = civil_from_seconds(time_s)[0]
        ticks.append(Tick(view.x_of(time_s), words.year(year), is_major=True))
    if not ticks:
        ticks = [Tick(0.0, words.year(civil_from_seconds(_within(view.left_s))[0]))]
    return Axis(minor=(), major=_uncrowded(ticks, scale))


def _round_numbers() -> Iterator[int]:
    """Yield 1, 2, 5, 10, 20, 50 and so on."""
    for power in counting():
        yield from (10**power, 2 * 10**power, 5 * 10**power)


def _year_room_px(view: Viewport, years: int, words: AxisWords, scale: float) -> float:
    """Return the room of the wider of the first and the last label that a step of so many years would give."""
    edges = (civil_from_seconds(_within(time_s))[0] // years * years for time_s in (view.left_s, view.right_s))
    return max(LEAST_YEAR_PX * scale, *(_room_px(words.year(_tick_year(year, years)), scale) for year in edges))


# The same ticks come again in frame after frame while one pans and zooms.
@lru_cache(maxsize=MOST_KEPT)
def _room_px(label: str, scale: float) -> float:
    """Return the width that a label is given; the letters of East Asia are half as wide again as figures."""
    wide = sum(east_asian_width(character) in "WF" for character in label)
    return (len(label) + wide / 2) * CHARACTER_PX * scale + LABEL_GAP_PX


def _uncrowded(ticks: Sequence[Tick], scale: float) -> tuple[Tick, ...]:
    """Return the ticks without the labels that would run into the one before."""
    kept: list[Tick] = []
    free_px = -math.inf
    for tick in ticks:
        fits = tick.x_px >= free_px
        kept.append(tick if fits else Tick(tick.x_px, "", tick.is_major))
        if fits:
            free_px = tick.x_px + _room_px(tick.label, scale)
    return tuple(kept)


def _sticky(ticks: list[Tick], labels: Sequence[str], scale: float) -> list[Tick]:
    """Hold the first of the upper ticks, which began before the view, at its left edge by the first label with room."""
    room_px = ticks[1].x_px if len(ticks) > 1 else math.inf
    held = next((label for label in labels if _room_px(label, scale) <= room_px), None)
    return ticks[1:] if held is None else [Tick(0.0, held, is_major=False), *ticks[1:]]


@lru_cache(maxsize=MOST_KEPT)
def _shorter_labels(time_s: int, unit: str, words: AxisWords) -> tuple[str, ...]:
    """Return what may stand for a unit whose name has no room; without its year only where the next has the same."""
    year, month, day, *_ = civil_from_seconds(time_s)
    if unit == "month":
        with_year = f"{words.month(month)} {words.year(year)}"
        return (with_year, words.month(month)) if month < LAST_MONTH else (with_year,)
    is_last = (month, day) == (LAST_MONTH, LAST_DAY)
    return (words.day_of_month(month, day),) if unit == "day" and not is_last else ()


@lru_cache(maxsize=MOST_STRETCHES_KEPT)
def _told(step: _Step, number: int, words: AxisWords) -> tuple[_Told, ...]:
    """Return the ticks of a stretch of time, which is STRETCH_STEPS long: the same in frame after frame."""
    first_s = number * step.seconds * STRETCH_STEPS
    starts = _starts(first_s, first_s + step.seconds * STRETCH_STEPS - 1, step.unit, step.count)
    return tuple(
        _Told(time_s, _label(time_s, step.unit, words), _begins(time_s, step.above))
        for time_s in starts
        if time_s >= first_s
    )


def _starts(first_s: int, last_s: int, unit: str, count: int = 1) -> Iterator[int]:
    """Yield where each `count` units begin from one second to another, and the last beginning before these."""
    cycle, moment = _to_datetime(_within(first_s))
    time_s = _from_datetime(cycle, _floor(moment, unit, count))
    while time_s <= last_s:
        yield time_s
        time_s = _next(time_s, unit, count)


def _year_starts(view: Viewport, years: int) -> Iterator[int]:
    """Yield the beginnings of round years; before our era those whose number BC is round, and AD 1 between."""
    year = civil_from_seconds(_within(view.left_s))[0] // years * years
    last_year = civil_from_seconds(_within(view.right_s))[0]
    while year <= last_year:
        time_s = seconds_from_civil(_tick_year(year, years))
        if view.left_s <= time_s <= view.right_s:
            yield time_s
        year += years


def _tick_year(year: int, years: int) -> int:
    """Return the astronomical year of the tick for a multiple of the step."""
    is_round_figure = year < -YEARS_WITH_SEPARATORS and years >= MANY_YEARS
    # 1 BC is year 0, so 50 BC is year -49 and the step of 0 stands at AD 1; but Y-13000 is said as 13,000 BC.
    return year if year > 0 or years == 1 or is_round_figure else year + 1


@lru_cache(maxsize=MOST_KEPT)
def _next(time_s: int, unit: str, count: int) -> int:
    cycle, start = _to_datetime(time_s)
    return _from_datetime(cycle, start + UNITS[unit] * count)


def _floor(moment: datetime, unit: str, count: int) -> datetime:
    midnight = moment.replace(hour=0, minute=0, second=0)
    if unit == "year":
        return midnight.replace(month=1, day=1)
    if unit == "month":
        return midnight.replace(month=(moment.month - 1) // count * count + 1, day=1)
    if unit == "week":
        return midnight + relativedelta(weekday=MO(-1))
    if unit == "day":
        return midnight
    size_s = {"hour": 3_600, "minute": 60, "second": 1}[unit] * count
    seconds = moment.hour * 3_600 + moment.minute * 60 + moment.second
    return midnight + timedelta(seconds=seconds // size_s * size_s)


@lru_cache(maxsize=MOST_KEPT)
def _begins(time_s: int, unit: str) -> bool:
    _, month, day, hour, minute, second = civil_from_seconds(time_s)
    parts = {"minute": (), "day": (hour, minute), "month": (hour, minute), "year": (hour, minute)}[unit]
    first_day = {"minute": True, "day": True, "month": day == 1, "year": day == 1 and month == 1}[unit]
    return not any((second, *parts)) and first_day


@lru_cache(maxsize=MOST_KEPT)
def _label(time_s: int, unit: str, words: AxisWords) -> str:
    year, month, day, hour, minute, second = civil_from_seconds(time_s)
    if unit == "second":
        return words.clock(hour, minute, second)
    if unit in {"minute", "hour"}:
        return words.clock(hour, minute, None)
    if unit in {"day", "week"}:
        return str(day)
    if unit == "month":
        return words.month(month)
    if unit == "of minute":
        return f"{words.day(year, month, day)}, {words.clock(hour, minute, None)}"
    if unit == "of day":
        return words.day(year, month, day)
    return words.month_of_year(year, month) if unit == "of month" else words.year(year)


def _to_datetime(time_s: int) -> tuple[int, datetime]:
    cycle, seconds = divmod(time_s, CYCLE_S)
    return cycle, EPOCH + timedelta(seconds=seconds)


def _from_datetime(cycle: int, moment: datetime) -> int:
    passed = moment - EPOCH
    return cycle * CYCLE_S + passed.days * DAY_S + passed.seconds


def _within(time_s: int) -> int:
    return max(-FARTHEST_S, min(FARTHEST_S, time_s))
