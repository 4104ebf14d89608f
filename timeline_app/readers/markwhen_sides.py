"""Take the dates of Markwhen apart: the line of an event, the two ends of a range, dates and lengths of time."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from timeline_app.core.calendar import DAY_S, civil_from_days
from timeline_app.core.when import Precision
from timeline_app.readers.civil_text import clock_parts, date_text
from timeline_app.readers.iso_weeks import monday_of_week

_LONGEST = 160
_MOST_COLONS = 8
# The colon before the seconds of 14:30:15, of a date that goes on behind them.
_IN_CLOCK = re.compile(r"\d:\d\d(?=Z|[+-]\d|\.\d|,)", re.ASCII)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_TIME = r"(?P<hour>\d{1,2})(?::(?P<minute>\d\d)(?::(?P<second>\d\d))?\s*(?P<half>[ap]m)?|\s*(?P<only_half>[ap]m))"
_CLOCK = re.compile(_TIME, re.IGNORECASE | re.ASCII)
_RARE_YEAR = re.compile(r"\d{3}|\d{5}", re.ASCII)
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
_DAY_HOURS, _HOUR_MINUTES = 24, 60
_SECONDS = {"w": 7 * DAY_S, "d": DAY_S, "h": 3600, "mi": 60, "s": 1}


@dataclass(frozen=True, slots=True)
class Length:
    """So long: months, then seconds, and how exactly that is said."""

    months: int
    seconds: int
    precision: Precision


@dataclass(frozen=True, slots=True)
class Side:
    """One end of a range: a date by its text as a beginning and as an end, a length, or a time of day."""

    start: str = ""
    end: str = ""
    is_edtf: bool = False
    is_open: bool = False
    way: str = ""
    id: str = ""
    edge: str = ""
    length: Length | None = None
    clock_s: int | None = None

    @property
    def is_relative(self) -> bool:
        """Whether it is counted from an event or from the other end."""
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
        if written and _is_date(written) and _IN_CLOCK.match(line, colon - 1) is None:
            # Of 2024-06-19T14:30 and 2024-06-19T14:30:15 the longer one is meant.
            found = DatedLine(written, date_begin, line[colon + 1 :].strip(), colon + 1)
    return found


def is_dated_by_itself(line: str) -> bool:
    """Tell whether a line begins with a date that is more than a time of day, as the lines of any log may."""
    dated = dated_line(line)
    return dated is not None and _CLOCK.match(dated.date) is None


def looks_dated(line: str) -> bool:
    """Tell whether a line that cannot be read begins as only a date with its event does."""
    return _LOOKS_DATED.match(line) is not None


def _is_date(written: str) -> bool:
    return sides_of(without_repeating(written)[0], day_first=False) is not None


def without_repeating(written: str) -> tuple[str, str]:
    """Return a date without how it repeats, and that."""
    match = _EVERY.search(written)
    return (written, "") if match is None else (written[: match.start()], match[1])


def sides_of(date: str, *, day_first: bool) -> tuple[Side, Side | None] | None:
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


def _side(text: str, *, day_first: bool) -> Side | None:
    written = text.strip()
    if _OPEN.fullmatch(written):
        return Side(is_open=True, is_edtf=True)
    if _EDTF.fullmatch(written):
        return Side(written, written, is_edtf=True)
    if instant := _INSTANT.fullmatch(written):
        zone = instant[2] or (f"{instant[3]}:{instant[4]}" if instant[3] else "")
        return Side(instant[1] + zone, instant[1] + zone, is_edtf=True)
    if match := _DAY_AND_TIME.fullmatch(written):
        return replace(_day_side(match, int(match["year"]), int(match["number"]), int(match["day"])), is_edtf=True)
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


def _yearless(day: int | None) -> Side | None:
    return None if day is None else Side("a date without its year", "a date without its year")


def _rarer_side(written: str) -> Side | None:
    """Return a week, a year with its era, one of three or five digits, a time of day, or a length of time."""
    if match := _RARE_YEAR.fullmatch(written):
        text = date_text(int(match[0]))
        return Side(text, text)
    if match := _CLOCK.fullmatch(written):
        hour, minute, second = (*_clock_of(match), 0)[:3]
        is_clock = hour < _DAY_HOURS and minute < _HOUR_MINUTES
        return Side(clock_s=(hour * _HOUR_MINUTES + minute) * 60 + second) if is_clock else None
    if match := _WEEK.fullmatch(written):
        return _week(int(match[1]), int(match[2]), int(match[3] or 0))
    if match := _ERA.fullmatch(written):
        year = int(match[1])
        text = date_text(1 - year if match[2][0] in "bB" else year)
        return Side(text, text)
    match = _RELATIVE.fullmatch(written)
    if match is None or not (match["id"] or match["length"]) or (match["way"] and not match["id"]):
        return None
    length = _length(match["length"]) if match["length"] else None
    if match["length"] and length is None:
        return None
    way, edge = (match["way"] or "").lower(), (match["edge"] or "").lower()
    return Side(is_edtf=True, way=way, id=match["id"] or "", edge=edge, length=length)


def _day_side(match: re.Match[str], year: int, month: int, day: int | None) -> Side:
    clock: tuple[int, ...] = ()
    if day is not None and match["hour"]:
        clock = _clock_of(match)
    text = date_text(year, month, day, clock)
    return Side(text, text)


def _clock_of(match: re.Match[str]) -> tuple[int, ...]:
    half = (match["half"] or match["only_half"] or "").lower()
    hour = int(match["hour"]) % 12 + 12 * (half == "pm") if half else int(match["hour"])
    return clock_parts(hour, int(match["minute"] or 0), int(match["second"] or 0))


def _week(year: int, week: int, day: int) -> Side | None:
    """Return a week of ISO 8601, or one day of it: none where the year has no such week."""
    monday = monday_of_week(year, week)
    if monday is None:
        return None
    first, last = (monday + day - 1, monday + day - 1) if day else (monday, monday + 6)
    return Side(date_text(*civil_from_days(first)), date_text(*civil_from_days(last)))


def _length(text: str) -> Length | None:
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
    return Length(months, seconds, precision)
