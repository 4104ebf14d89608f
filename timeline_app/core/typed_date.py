"""What a person types into "go to date", read without ever filling in a part from today.

EDTF is tried first, then a few English forms (44 BC, spring 2024, the 1990s, Q3 2024), then python-dateutil. Dateutil
fills what is missing from a default date, so it is asked twice with defaults that differ in every part: only what
comes out the same both times was typed. It also reads 3/4/2024 as 4 March without a word, so it is asked for both
orders too.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Final

from dateutil import parser

from timeline_app.core.calendar import DAY_S, is_leap, weekday
from timeline_app.core.edtf_date import MONTH_NAMES
from timeline_app.core.errors import AmbiguousDate, WhenError
from timeline_app.core.when_parse import parse
from timeline_app.core.when_value import Precision, When, iso_year
from timeline_app.core.when_words import in_words

LENGTH_LIMIT: Final = 60
NO_YEAR: Final = "names no year; nothing is filled in from today"

# Leap years and long months, so that 29 February and a 31st can be read whichever of the two fills the gaps.
_DEFAULTS: Final = (datetime(1904, 1, 1, 1, 1, 1), datetime(2008, 3, 2, 2, 2, 2))
_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SEASON_CODES: Final = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_PART_NAMES: Final = ("year", "month", "day", "hour", "minute", "second")
_DASHES: Final = str.maketrans({"–": "-", "—": "-", "−": "-", "‐": "-", "‑": "-"})

_RELATIVE = re.compile(r"\b(today|tonight|tomorrow|yesterday|now|ago|last|next|this|coming|past)\b", re.IGNORECASE)
_WEEKDAY = re.compile(r"\b(mon|tue|wed|thu|fri|sat|sun)(?:s|r|rs|nes|ur)?(?:day)?\b\.?,?", re.IGNORECASE)
_YEAR_FIRST = re.compile(r"([0-9]{4})([-/. ])([0-9]{1,2})(?:\2([0-9]{1,2})(?:[ T]([0-9].*))?)?")
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_BEFORE_CHRIST = re.compile(r"(.*?)([0-9][0-9,]*) ?b\.? ?c\.? ?(?:e\.?)?", re.IGNORECASE)
_ANNO_DOMINI = re.compile(r"(.*?)(?:a\.?d\.? ?([0-9][0-9,]*)|([0-9][0-9,]*) ?(?:a\.?d\.?|c\.?e\.?))", re.IGNORECASE)
_DECADE = re.compile(r"(?:the )?([0-9]{3})0'?s", re.IGNORECASE)
_SEASON = re.compile(
    r"(spring|summer|autumn|fall|winter)(?: of)?,? ([0-9]{4})(?:[-/]([0-9]{2}|[0-9]{4}))?", re.IGNORECASE
)
_QUARTER = re.compile(r"q([1-4])[ /-]?([0-9]{4})|([0-9]{4})[ /-]?q([1-4])", re.IGNORECASE)
_NAMED_OFFSET = re.compile(r"\b(?:UTC|GMT) ?([+-] ?[0-9])", re.IGNORECASE)
_SIGNED_YEAR = re.compile(r"(?:^|(?<![ap]m)(?<=[a-z.,]) )- ?[0-9]{2,}", re.IGNORECASE)
_FOUR_DIGITS = re.compile(r"(?<![0-9])[0-9]{4}(?![0-9])")


def read_typed_date(text: str) -> When:
    """Read a date in EDTF or in common English forms.

    Raises AmbiguousDate where day and month could be either way round, WhenError with the reason for everything else
    that cannot be read, above all where a part is missing that only today's date could give.
    """
    typed = " ".join(text.translate(_DASHES).split())
    if not typed:
        raise WhenError("type a date, such as 2024-06-19, 19 June 2024 or 44 BC")
    if len(typed) > LENGTH_LIMIT:
        raise WhenError(f"a date has at most {LENGTH_LIMIT} characters", LENGTH_LIMIT)
    try:
        return parse(typed)
    except WhenError as error:
        edtf_error = error
    if not typed.isascii():
        raise edtf_error
    relative = _RELATIVE.search(typed)
    if relative:
        raise WhenError(
            f"“{relative[0]}” counts from today; write the date itself, as in 19 June 2024", relative.start()
        )
    found = _read_year_first(typed) or _read_special(typed) or _read_era(typed)
    return found if found is not None else _read_free(typed, edtf_error)


def _read_year_first(typed: str) -> When | None:
    """Read year, month, day in figures: whatever separates them, this order is never ambiguous."""
    compact = _COMPACT.fullmatch(typed)
    if compact:
        return _parse_rewritten("-".join(compact.groups()))
    match = _YEAR_FIRST.fullmatch(typed)
    if match is None:
        return None
    year, _, month, day, time = match.groups()
    date = f"{year}-{month.zfill(2)}" + (f"-{day.zfill(2)}" if day else "")
    when = _parse_rewritten(date)
    if time is None:
        return when
    return _read_free(f"{int(day)} {MONTH_NAMES[int(month) - 1]} {year} {time}")


def _parse_rewritten(text: str) -> When:
    """Read EDTF that is not what was typed, so that no position in it means anything."""
    try:
        return parse(text)
    except WhenError as error:
        raise WhenError(str(error)) from error


def _read_special(typed: str) -> When | None:
    """Read decades, seasons and quarters."""
    decade = _DECADE.fullmatch(typed)
    if decade:
        return parse(f"{decade[1]}X")
    quarter = _QUARTER.fullmatch(typed)
    if quarter:
        return parse(f"{quarter[2] or quarter[3]}-{32 + int(quarter[1] or quarter[4])}")
    season = _SEASON.fullmatch(typed)
    return None if season is None else _season(season)


def _season(match: re.Match[str]) -> When:
    name, year, next_year = match[1].lower(), int(match[2]), match[3]
    if next_year is not None and (name != "winter" or (year + 1) % 10 ** len(next_year) != int(next_year)):
        raise WhenError("only a winter lies in two years, one after the other, as in winter 2024-25", match.start(3))
    if name == "winter" and next_year is None:
        choices = tuple(parse(f"{first:04}-24") for first in (year - 1, year) if first >= 0)
        raise _ambiguous(choices)
    return parse(f"{year:04}-{_SEASON_CODES[name]}")


def _read_era(typed: str) -> When | None:
    """Read a year with its era, and a day or month before it."""
    match = _BEFORE_CHRIST.fullmatch(typed)
    if match:
        figure = int(match[2].replace(",", ""))
        # The same round figures as in date_words: 13,800,000,000 BC is nobody's 13,799,999,999.
        year = -figure if figure >= 10_000 and figure % 1000 == 0 else 1 - figure
        return _dated(match[1], year, figure, match.start(2))
    match = _ANNO_DOMINI.fullmatch(typed)
    if match:
        figure = int((match[2] or match[3]).replace(",", ""))
        return _dated(match[1], figure, figure, match.start(2 if match[2] else 3))
    return None


def _dated(before: str, year: int, figure: int, position: int) -> When:
    if figure == 0:
        raise WhenError("there is no year 0 between 1 BC and AD 1", position)
    written = iso_year(year) if abs(year) <= 9999 else f"Y{year}"
    if not before.strip(" ,"):
        return parse(written)
    # Dateutil knows no such year: the day is read within one of the same length, and then moved.
    stand_in = _read_free(f"{before.strip(' ,')} {2000 if is_leap(year) else 2001}")
    if stand_in.precision > Precision.MONTH or stand_in.precision < Precision.DAY:
        raise WhenError("expected a day and a month before the year, as in 15 March 44 BC")
    return parse(written + stand_in.text[4:])


def _read_free(typed: str, edtf_error: WhenError | None = None) -> When:
    """Read what has no fixed form with dateutil, both ways round, and check it against a day of the week."""
    if _SIGNED_YEAR.search(typed):
        raise WhenError("a year before 1 is written as 44 BC, or in full as -0043")
    weekday_match = _WEEKDAY.search(typed)
    bare = " ".join(_WEEKDAY.sub(" ", typed).split()) if weekday_match else typed
    if not bare:
        raise WhenError(NO_YEAR)
    bare = _NAMED_OFFSET.sub(r"\1", bare)
    readings = [_read_ordered(bare, day_first=day_first, edtf_error=edtf_error) for day_first in (True, False)]
    choices = tuple({when.text: when for when in readings}.values())
    if weekday_match:
        choices = _on_weekday(choices, weekday_match)
    if len(choices) > 1:
        raise _ambiguous(choices)
    return choices[0]


def _on_weekday(choices: tuple[When, ...], match: re.Match[str]) -> tuple[When, ...]:
    """Keep the readings that fall on the day of the week that was typed; often only one does."""
    if choices[0].precision > Precision.DAY:
        raise WhenError("names a day of the week but no day of the month", match.start())
    number = next(i for i, name in enumerate(_WEEKDAYS) if name.startswith(match[1].lower()))
    fitting = tuple(when for when in choices if _weekday_of(when) == number)
    if not fitting:
        name = _WEEKDAYS[_weekday_of(choices[0])].capitalize()
        raise WhenError(f"{in_words(choices[0])} is a {name}", match.start())
    return fitting


def _weekday_of(when: When) -> int:
    local_s = when.start_earliest_s + (when.offset_minutes or 0) * 60
    return weekday(local_s // DAY_S)


def _ambiguous(choices: tuple[When, ...]) -> AmbiguousDate:
    return AmbiguousDate(f"could be {' or '.join(map(in_words, choices))}", choices)


def _read_ordered(typed: str, *, day_first: bool, edtf_error: WhenError | None) -> When:
    try:
        first, second = (
            parser.parse(typed, default=default, dayfirst=day_first, tzinfos=_zone) for default in _DEFAULTS
        )
    except (ValueError, OverflowError) as error:
        raise _unreadable(typed, error, edtf_error) from error
    given = [name for name in _PART_NAMES if getattr(first, name) == getattr(second, name)]
    if "year" not in given:
        raise WhenError(NO_YEAR)
    if f"{first.year:04}" not in _FOUR_DIGITS.findall(typed):
        raise WhenError("write the year with four digits; no century is filled in from today")
    missing = next((name for name in _PART_NAMES[: len(given)] if name not in given), None)
    if missing is not None:
        raise WhenError(f"names a {given[-1]} but no {missing}")
    return parse(_edtf_text(first, len(given)))


def _edtf_text(moment: datetime, part_count: int) -> str:
    date = "-".join((f"{moment.year:04}", f"{moment.month:02}", f"{moment.day:02}")[:part_count])
    if part_count <= 3:
        return date
    time = ":".join((f"{moment.hour:02}", f"{moment.minute:02}", f"{moment.second:02}")[: part_count - 3])
    offset = moment.utcoffset()
    if offset is None:
        return f"{date}T{time}"
    if not offset:
        return f"{date}T{time}Z"
    minutes = int(offset.total_seconds()) // 60
    sign = "-" if minutes < 0 else "+"
    return f"{date}T{time}{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def _zone(name: str | None, offset_s: int | None) -> tzinfo | None:
    """Give dateutil a zone for what it found; a bare name such as MSK or CST is nobody's for certain."""
    if name and offset_s is None:
        raise WhenError(f"the zone {name} has more than one meaning; write it as an offset, such as +03:00")
    if offset_s is None:
        return None
    return UTC if offset_s == 0 else timezone(timedelta(seconds=offset_s))


def _unreadable(typed: str, error: Exception, edtf_error: WhenError | None) -> WhenError:
    """Choose the reason that helps most: EDTF's for a text that begins as EDTF, else dateutil's if it names a part."""
    if edtf_error is not None and edtf_error.position > 0 and _FOUR_DIGITS.match(typed):
        return edtf_error
    reason = str(error).partition(":")[0]
    if "out of range" in reason or "must be in" in reason:
        return WhenError(f"no such date: {reason}")
    return WhenError("not a date that can be read; write it as 2024-06-19, 19 June 2024 or June 2024")
