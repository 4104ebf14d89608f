"""Read the dates of Markwhen: EDTF, ISO 8601, 12/25/1901, “Dec 25, 1901”, “44 BC”, and those that hang on others.

A few rules are the format's own. `3 days` alone begins when the event before it ends and lasts so long; `1 week - 3
days` begins a week later and lasts three days; `after !id 3 days` does so from the event of that id; `10am` is when it
is ten next. The end of a range is as long as it is exact: to the end of 2025. One that is a time of day alone, as in
`Aug 6 2024 10am - 11:30am`, comes next after the start. What hangs on today, as `now` does, is never filled in: as an
end it is open.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from timeline_app.core.calendar import DAY_S, civil_from_seconds, days_from_civil, days_in_month
from timeline_app.core.errors import WhenError
from timeline_app.core.when import FUTURE_S, PAST_S, Precision, When, parse
from timeline_app.readers.civil_text import clock_parts, date_text, interval_text
from timeline_app.readers.markwhen_sides import Length, Side, sides_of, without_repeating
from timeline_app.readers.tree import shortened

_DECADE = re.compile(r"(\d{3}0)s", re.ASCII)
_ZONE = re.compile(r"(?<=:\d\d)(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$", re.ASCII)


@dataclass(frozen=True, slots=True)
class Period:
    """When an event is, where it ends for those that hang on it, and what of it was worked out or repeats."""

    when: When
    begin_s: int
    beyond_s: int
    hangs_on: str = ""
    repeats: str = ""
    note: str = ""


def read_period(written: str, *, day_first: bool, ids: Mapping[str, Period], previous: Period | None) -> Period:
    """Return the period of a date; raises WhenError that says what is wrong with it."""
    date, repeats = without_repeating(written)
    sides = sides_of(date, day_first=day_first)
    if sides is None:
        raise WhenError(f'expected a date such as 2024-06-19 or 06/19/2024; found "{shortened(written)}"')
    start, end = sides
    if start.is_open:
        raise WhenError(f'"{shortened(date)}" begins today, whenever that is; expected a date')
    if start.clock_s is not None:
        return _at_clock(written, start.clock_s, end, previous)
    if start.is_relative:
        note = _decade_note(date)
        return replace(_relative(written, start, end, ids, previous), note=note)
    if end is not None and end.clock_s is not None:
        return _period(interval_text(start.start, _until_clock(start.start, end.clock_s)), "", repeats)
    if end is None:
        text = interval_text(start.start, start.end)
        return _period(text, "", repeats)
    if end.is_relative:
        return _lasting(written, start.start, end, repeats)
    first, last, note = _in_one_zone(start.start, ".." if end.is_open else end.end)
    return replace(_period(interval_text(first, last), "", repeats), note=note)


def _in_one_zone(first: str, last: str) -> tuple[str, str, str]:
    """Return both ends without a zone where one has none, with a note: elsewhere all that has none is in UTC too."""
    zones = [_ZONE.search(text) for text in (first, last)]
    if last == ".." or (zones[0] is None) == (zones[1] is None):
        return first, last, ""
    note = f"the zone of {first if zones[0] else last} is left out, since the other end has none"
    return _ZONE.sub("", first), _ZONE.sub("", last), note


def _lasting(written: str, start: str, end: Side, repeats: str) -> Period:
    """Return what begins at a date and lasts so long."""
    first = parse(start)
    if end.length is None or end.id:
        raise WhenError(f'expected a date or a length of time as the end; found "{shortened(written)}"')
    precision = _finer(first, end.length)
    beyond_s = _later(first.start_earliest_s, end.length)
    zone = "Z" if first.zoned else ""
    last = _text(beyond_s, precision, zone, is_end=True)
    if precision < first.precision:
        start = _text(first.start_earliest_s, precision, zone, is_end=False)
    return _period(interval_text(start, last), "", repeats)


def _at_clock(written: str, clock_s: int, end: Side | None, previous: Period | None) -> Period:
    """Return what begins at a time of day, when that comes next after the event before."""
    if previous is None or previous.beyond_s == FUTURE_S:
        reason = "no event is before it" if previous is None else "the end of that is open"
        raise WhenError(f'"{shortened(written)}" follows the event before, but {reason}')
    if end is not None and end.clock_s is None and (end.length is None or end.id):
        raise WhenError(f'expected a time of day or a length of time as the end of "{shortened(written)}"')
    zone = "Z" if previous.when.zoned else ""
    start = _text(_next_clock(previous.beyond_s, clock_s), Precision.MINUTE, zone, is_end=False)
    if end is None:
        return _period(start, written, "")
    if end.clock_s is not None:
        return _period(interval_text(start, _until_clock(start, end.clock_s)), written, "")
    return replace(_lasting(written, start, end, ""), hangs_on=written)


def _until_clock(start: str, clock_s: int) -> str:
    """Return the time of day at which something ends that begins then, in EDTF."""
    first = parse(start)
    zone = "Z" if first.zoned else ""
    return _text(_next_clock(first.start_earliest_s, clock_s), Precision.MINUTE, zone, is_end=False)


def _next_clock(after_s: int, clock_s: int) -> int:
    """Return when a time of day comes next, at a moment or after it."""
    today_s = after_s - after_s % DAY_S + clock_s
    return today_s if today_s >= after_s else today_s + DAY_S


def _decade_note(date: str) -> str:
    """Return a note on what is so many seconds in this format, and looks like a decade."""
    decade = _DECADE.fullmatch(date.strip())
    if decade is None:
        return ""
    year = int(decade[1])
    return f'"{date.strip()}" is {year:,} seconds, as Markwhen reads it; a decade is written {year}/{year + 9}'


def _relative(
    written: str, start: Side, end: Side | None, ids: Mapping[str, Period], previous: Period | None
) -> Period:
    """Return what hangs on another event: the one that is named, or else the one before."""
    base = ids.get(start.id) if start.id else previous
    if base is None:
        reason = (
            f"!{shortened(start.id)} is the id of no event before this one" if start.id else "no event is before it"
        )
        raise WhenError(f'"{shortened(written)}" hangs on another event, but {reason}')
    if end is not None and (end.length is None or end.id):
        raise WhenError(f'expected a length of time as the end of "{shortened(written)}"')
    nothing = Length(0, 0, Precision.AGE)
    own = start.length or nothing
    is_before = start.way in {"before", "by"}
    at_start = start.edge == "start" or (is_before and start.edge != "end")
    edge_s = base.begin_s if at_start else base.beyond_s
    if edge_s in {PAST_S, FUTURE_S}:
        raise WhenError(f'"{shortened(written)}" hangs on an end that is open')
    wait, lasts = (own, end.length or nothing) if end is not None else (nothing, own)
    precision = min(_finer(base.when, wait), _finer(base.when, lasts))
    if is_before:
        beyond_s = _later(edge_s, wait, sign=-1)
        begin_s = _later(beyond_s, lasts, sign=-1)
    else:
        begin_s = _later(edge_s, wait)
        beyond_s = _later(begin_s, lasts)
    zone = "Z" if base.when.zoned else ""
    first = _text(begin_s, precision, zone, is_end=False)
    last = first if beyond_s == begin_s else _text(beyond_s, precision, zone, is_end=True)
    return _period(interval_text(first, last), written, "")


def _period(edtf: str, hangs_on: str, repeats: str) -> Period:
    """Return a period; a time of day is a moment, so that what follows begins at it and not a minute later."""
    if "without its year" in edtf:
        raise WhenError("names no year; nothing is filled in from today")
    when = parse(edtf)
    beyond_s = when.end_latest_s
    if beyond_s != FUTURE_S:
        beyond_s = when.end_earliest_s if when.precision < Precision.DAY else beyond_s + 1
    return Period(when, when.start_earliest_s, beyond_s, hangs_on, repeats)


def _finer(when: When, length: Length) -> Precision:
    """Return the finer precision of the two, in years, months, days or a time of day."""
    finer = min(when.precision, length.precision)
    return Precision.YEAR if finer >= Precision.YEAR else min(Precision.MONTH, finer)


def _later(seconds: int, length: Length, sign: int = 1) -> int:
    """Return a moment so much later; a day that its month does not have becomes the last that it has."""
    try:
        year, month, day, *_ = civil_from_seconds(seconds)
        years, zero_month = divmod(year * 12 + month - 1 + sign * length.months, 12)
        day = min(day, days_in_month(years, zero_month + 1))
        moved = days_from_civil(years, zero_month + 1, day) * DAY_S + seconds % DAY_S + sign * length.seconds
        civil_from_seconds(moved)
    except OverflowError as error:
        raise WhenError("out of the range of time that can be counted") from error
    return moved


def _text(seconds: int, precision: Precision, zone: str, *, is_end: bool) -> str:
    """Return a moment in EDTF; the last day of what ends at midnight is the one before."""
    if precision < Precision.DAY:
        year, month, day, hour, minute, second = civil_from_seconds(seconds)
        return date_text(year, month, day, clock_parts(hour, minute, second)) + zone
    year, month, day, *_ = civil_from_seconds(seconds - is_end)
    if precision is Precision.DAY:
        return date_text(year, month, day)
    return date_text(year, month) if precision is Precision.MONTH else date_text(year)
