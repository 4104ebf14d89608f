"""Read the dates of Markwhen: EDTF, ISO 8601, 12/25/1901, “Dec 25, 1901”, “44 BC”, and those that hang on others.

Two rules are the format's own. `3 days` alone begins when the event before it ends and lasts so long; `1 week - 3 days`
begins a week later and lasts three days; `after !id 3 days` does so from the event of that id. And the end of a range
is as long as it is exact: to the end of 2025. What hangs on today, as `now` does, is never filled in: as an end it is
open.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from timeline_app.core.calendar import (
    DAY_S,
    civil_from_days,
    civil_from_seconds,
    days_from_civil,
    days_in_month,
    weekday,
)
from timeline_app.core.errors import WhenError
from timeline_app.core.when import FUTURE_S, PAST_S, Precision, When, parse
from timeline_app.readers.civil_text import clock_parts, date_text, interval_text
from timeline_app.readers.tree import shortened

_LONGEST = 160
_MOST_COLONS = 8
_ZONE = re.compile(r"(?<=:\d\d)(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$", re.ASCII)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_TIME = r"(?P<hour>\d{1,2})(?::(?P<minute>\d\d)(?::(?P<second>\d\d))?\s*(?P<half>[ap]m)?|\s*(?P<only_half>[ap]m))"
_AND_TIME = rf"(?:(?:\s+|,\s*|\s+at\s+){_TIME})?"
_MONTH_NAME = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_MONTH = rf"(?P<month>{_MONTH_NAME})\.?"
_FLAGS = re.IGNORECASE | re.ASCII
_EDTF = re.compile(r"-?[0-9X]{4}(?:-[0-9X]{2}(?:-[0-9X]{2})?)?[~?%]?", re.ASCII)
_INSTANT = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(?:(Z)|([+-]\d\d):?(\d\d))?", re.ASCII)
_DAY_AND_TIME = re.compile(rf"(?P<year>\d{{4}})-(?P<number>\d\d)-(?P<day>\d\d)\s+{_TIME}", _FLAGS)
_WEEK = re.compile(r"(\d{4})-?W(\d\d)(?:-?([1-7]))?", _FLAGS)
_SLASHES = re.compile(rf"(?P<first>\d{{1,2}})/(?:(?P<other>\d{{1,2}})/)?(?P<year>\d{{4}}){_AND_TIME}", _FLAGS)
_MONTH_FIRST = re.compile(
    rf"{_MONTH}(?:\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?)?(?:,?\s+(?P<year>\d{{4}}))?{_AND_TIME}", _FLAGS
)
_DAY_FIRST = re.compile(
    rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}(?:,?\s+(?P<year>\d{{4}}))?{_AND_TIME}", _FLAGS
)
_ERA = re.compile(r"(\d{1,10})\s*(b\.?c\.?(?:e\.?)?|c\.?e\.?|a\.?d\.?)", _FLAGS)
_OPEN = re.compile(r"now|today|\.\.", _FLAGS)
_TODAY = re.compile(r"now|today|tomorrow|yesterday", _FLAGS)
_AMOUNT = re.compile(
    r"(\d{1,9})\s*(years?|yrs?|y|quarters?|months?|mos?|weeks?|wks?|w|days?|d|hours?|hrs?|h|minutes?|mins?|seconds?|secs?|s)"
    r"(?:\s*(?:,|and|\+)?\s*)",
    _FLAGS,
)
_RELATIVE = re.compile(
    r"(?:(?P<way>after|before|by|from)\s+)?(?:!(?P<id>[\w-]+)(?:\.(?P<edge>start|end))?)?\s*(?:plus\s|\+)?\s*(?P<length>\d.*)?",
    re.IGNORECASE,
)
_SEPARATORS = (re.compile(r"\s*/\s*"), re.compile(r"\s+to\s+", re.IGNORECASE), re.compile(r"\s*[-–—]\s*"))
_EVERY = re.compile(r"\s+(every\b.+)", re.IGNORECASE)
# What begins like a date, and with a colon further on would be one: to be told rather than taken for words.
_LOOKS_DATED = re.compile(
    rf"\s*(?:\d{{4}}(?!\d)|\d{{1,2}}/\d|{_MONTH_NAME}\.?\s+\d|\d{{1,2}}\s+{_MONTH_NAME}\.?\s+\d"
    r"|(?:after|before|by|from)\s+!|!\w|(?:now|every)\b|\d{1,10}\s*(?:bce?|ce|ad)\b)[^:]{0,120}:",
    re.IGNORECASE,
)
# Nearly all other lines are told by their first letters.
_BEGINS_LIKE_DATE = re.compile(
    r"\s*(?:[-\dX!]|(?:now|today|every|after|before|by|from|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))",
    re.IGNORECASE,
)
_PRECISIONS = {"y": Precision.YEAR, "q": Precision.MONTH, "mo": Precision.MONTH, "w": Precision.DAY, "d": Precision.DAY}
_SECONDS = {"w": 7 * DAY_S, "d": DAY_S, "h": 3600, "mi": 60, "s": 1}


@dataclass(frozen=True, slots=True)
class Period:
    """When an event is, where it ends for those that hang on it, and what of it was worked out or repeats."""

    when: When
    begin_s: int
    beyond_s: int
    hangs_on: str = ""
    repeats: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class _Length:
    """So long: months, then seconds, and how exactly that is said."""

    months: int
    seconds: int
    precision: Precision


@dataclass(frozen=True, slots=True)
class _Side:
    """One end of a range: a date by its text as a beginning and as an end, or a length from some event."""

    start: str = ""
    end: str = ""
    is_edtf: bool = False
    is_open: bool = False
    way: str = ""
    id: str = ""
    edge: str = ""
    length: _Length | None = None

    @property
    def is_relative(self) -> bool:
        return bool(self.id) or self.length is not None


@dataclass(frozen=True, slots=True)
class DatedLine:
    """The first line of an event: its date and the words behind the colon, which begin at an offset in the line."""

    date: str
    begin: int
    words: str
    words_begin: int


def dated_line(line: str) -> DatedLine | None:
    """Return a line that begins with a date and a colon, None for any other line."""
    if _BEGINS_LIKE_DATE.match(line) is None:
        return None
    date_begin = len(line) - len(line.lstrip())
    found = None
    colon = -1
    for _ in range(_MOST_COLONS):
        colon = line.find(":", colon + 1, date_begin + _LONGEST)
        if colon < 0:
            break
        written = line[date_begin:colon].rstrip()
        if written and _is_date(written):
            # Of 2024-06-19T14:30 and 2024-06-19T14:30:15 the longer one is meant.
            found = DatedLine(written, date_begin, line[colon + 1 :].strip(), colon + 1)
    return found


def looks_dated(line: str) -> bool:
    """Tell whether a line that cannot be read begins as only a date with its event does."""
    return _LOOKS_DATED.match(line) is not None


def read_period(written: str, *, day_first: bool, ids: Mapping[str, Period], previous: Period | None) -> Period:
    """Return the period of a date; raises WhenError that says what is wrong with it."""
    date, repeats = _without_repeating(written)
    sides = _sides(date, day_first=day_first)
    if sides is None:
        raise WhenError(f'expected a date such as 2024-06-19 or 06/19/2024; found "{shortened(written)}"')
    start, end = sides
    if start.is_open:
        raise WhenError(f'"{shortened(date)}" begins today, whenever that is; expected a date')
    if start.is_relative:
        return _relative(written, start, end, ids, previous)
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


def _is_date(written: str) -> bool:
    return _sides(_without_repeating(written)[0], day_first=False) is not None


def _without_repeating(written: str) -> tuple[str, str]:
    match = _EVERY.search(written)
    return (written, "") if match is None else (written[: match.start()], match[1])


def _sides(date: str, *, day_first: bool) -> tuple[_Side, _Side | None] | None:
    """Return one or two ends, None for what is no date. The dates of a range with a slash are in EDTF."""
    whole = _side(date, day_first=day_first)
    if whole is not None:
        return whole, None
    for number, separator in enumerate(_SEPARATORS):
        for match in list(separator.finditer(date))[:_MOST_COLONS]:
            start = _side(date[: match.start()], day_first=day_first)
            end = None if start is None else _side(date[match.end() :], day_first=day_first)
            if start is not None and end is not None and (number or (start.is_edtf and end.is_edtf)):
                return start, end
    return None


def _side(text: str, *, day_first: bool) -> _Side | None:
    written = text.strip()
    if _OPEN.fullmatch(written):
        return _Side(is_open=True, is_edtf=True)
    if _EDTF.fullmatch(written):
        return _Side(written, written, is_edtf=True)
    if instant := _INSTANT.fullmatch(written):
        zone = instant[2] or (f"{instant[3]}:{instant[4]}" if instant[3] else "")
        return _Side(instant[1] + zone, instant[1] + zone, is_edtf=True)
    if match := _DAY_AND_TIME.fullmatch(written):
        return _day_side(match, int(match["year"]), int(match["number"]), int(match["day"]))
    if match := _SLASHES.fullmatch(written):
        first, other = int(match["first"]), int(match["other"] or 0)
        month, day = (first, None) if not match["other"] else (other, first) if day_first else (first, other)
        return _day_side(match, int(match["year"]), month, day)
    if match := _MONTH_FIRST.fullmatch(written) or _DAY_FIRST.fullmatch(written):
        month = _MONTHS.index(match["month"][:3].lower()) + 1
        day = int(match["day"]) if match["day"] else None
        # A date without a year is one all the same, to be refused for that and not taken for words.
        return _day_side(match, int(match["year"]), month, day) if match["year"] else _yearless(day)
    return _rarer_side(written)


def _yearless(day: int | None) -> _Side | None:
    return None if day is None else _Side("a date without its year", "a date without its year")


def _rarer_side(written: str) -> _Side | None:
    """Return a week, a year with its era, or a length of time."""
    if match := _WEEK.fullmatch(written):
        return _week(int(match[1]), int(match[2]), int(match[3] or 0))
    if match := _ERA.fullmatch(written):
        year = int(match[1])
        text = date_text(1 - year if match[2][0] in "bB" else year)
        return _Side(text, text)
    match = _RELATIVE.fullmatch(written)
    if match is None or not (match["id"] or match["length"]) or (match["way"] and not match["id"]):
        return None
    length = _length(match["length"]) if match["length"] else None
    if match["length"] and length is None:
        return None
    way, edge = (match["way"] or "").lower(), (match["edge"] or "").lower()
    return _Side(is_edtf=True, way=way, id=match["id"] or "", edge=edge, length=length)


def _day_side(match: re.Match[str], year: int, month: int, day: int | None) -> _Side:
    clock: tuple[int, ...] = ()
    if day is not None and match["hour"]:
        half = (match["half"] or match["only_half"] or "").lower()
        hour = int(match["hour"]) % 12 + 12 * (half == "pm") if half else int(match["hour"])
        clock = clock_parts(hour, int(match["minute"] or 0), int(match["second"] or 0))
    text = date_text(year, month, day, clock)
    return _Side(text, text)


def _week(year: int, week: int, day: int) -> _Side | None:
    """Return a week of ISO 8601, or one day of it: week 1 has the year's first Thursday."""
    fourth = days_from_civil(year, 1, 4)
    monday = fourth - weekday(fourth) + 7 * (week - 1)
    if not 1 <= week <= 53:
        return None
    first, last = (monday + day - 1, monday + day - 1) if day else (monday, monday + 6)
    return _Side(date_text(*civil_from_days(first)), date_text(*civil_from_days(last)))


def _length(text: str) -> _Length | None:
    months, seconds, position, precision = 0, 0, 0, Precision.YEAR
    while position < len(text):
        match = _AMOUNT.match(text, position)
        if match is None:
            return None
        position = match.end()
        amount, unit = int(match[1]), match[2].lower()
        key = unit[:2] if unit[:2] in {"mo", "mi"} else unit[0]
        if key in {"y", "q", "mo"}:
            months += amount * {"y": 12, "q": 3, "mo": 1}[key]
        else:
            seconds += amount * _SECONDS[key]
        precision = min(precision, _PRECISIONS.get(key, Precision.SECOND if key == "s" else Precision.MINUTE))
    return _Length(months, seconds, precision)


def _lasting(written: str, start: str, end: _Side, repeats: str) -> Period:
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


def _relative(
    written: str, start: _Side, end: _Side | None, ids: Mapping[str, Period], previous: Period | None
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
    nothing = _Length(0, 0, Precision.AGE)
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


def _finer(when: When, length: _Length) -> Precision:
    """Return the finer precision of the two, in years, months, days or a time of day."""
    finer = min(when.precision, length.precision)
    return Precision.YEAR if finer >= Precision.YEAR else min(Precision.MONTH, finer)


def _later(seconds: int, length: _Length, sign: int = 1) -> int:
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
