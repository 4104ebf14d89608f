"""One date in English words, as pieces that can be joined with those of another date.

Years before 1 are said as BC, those from 1 to 999 with AD. A year before 9999 BC that ends in three zeros is a round
figure and said as the same figure: nobody means 13,800,000,001 BC by Y-13800000000.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final

from timeline_app.core.calendar import DAY_S, civil_from_seconds, seconds_from_civil
from timeline_app.core.edtf_date import MONTH_NAMES, DateValue, Form
from timeline_app.core.when_value import Precision

_SEASON_NAMES: Final = ("spring", "summer", "autumn", "winter")
_ORDINALS: Final = ("first", "second", "third", "fourth")
_DATETIME_FIRST_S: Final = seconds_from_civil(1, 1, 2)
_DATETIME_LAST_S: Final = seconds_from_civil(9999, 12, 30)

Pieces = tuple[str, ...]


def qualifier_words(date: DateValue) -> str:
    """Say how sure the date is, with a space behind it where there is something to say."""
    return ("possibly " if date.uncertain else "") + ("around " if date.approximate else "")


def date_pieces(date: DateValue, zone: tzinfo | None) -> Pieces:
    """Say a date without its qualifiers, from its finest part to its coarsest."""
    if date.form is Form.SEASON:
        return _season_pieces(int(date.month), date.year.first)
    if date.form is Form.SIGNIFICANT and date.precision > Precision.YEAR:
        estimate = " ".join(year_pieces(date.year.estimate or 0))
        return (f"{_between_years(date.year.first, date.year.last)}, estimated at {estimate}",)
    if date.form is Form.UNSPECIFIED:
        return _unspecified_pieces(date)
    if date.has_time:
        day, clock = timed_words(date, zone)
        return (f"{day}, {clock}",)
    return civil_pieces(date.earliest_s, date.precision)


def standing_words(date: DateValue, zone: tzinfo | None) -> str:
    """Say a date that stands alone, without its qualifiers where it has none."""
    words = " ".join(date_pieces(date, zone))
    if date.form is not Form.UNSPECIFIED or date.approximate or date.uncertain or not words.endswith("unknown)"):
        return qualifier_words(date) + words
    return f"{'on' if words[0].isdigit() and date.day.isdigit() else 'in'} {words.replace(' (', ', ').rstrip(')')}"


def civil_pieces(seconds: int, precision: Precision) -> Pieces:
    """Say the day, month or year that these seconds lie in."""
    year, month, day, *_ = civil_from_seconds(seconds)
    if precision >= Precision.YEAR:
        return year_pieces(year)
    if precision >= Precision.MONTH:
        return (MONTH_NAMES[month - 1], *year_pieces(year))
    return (str(day), MONTH_NAMES[month - 1], *year_pieces(year))


def year_pieces(year: int) -> Pieces:
    """Say an astronomical year; the era is a piece of its own, so that two years can share it."""
    if year > 0:
        number = _grouped(year)
        return (number,) if 1000 <= year <= 9999 else (f"AD {number}",)
    is_round = year < -9999 and year % 1000 == 0
    return (_grouped(-year if is_round else 1 - year), "BC")


def joined(dates: list[Pieces], between: str, before_last: str) -> str:
    """Join dates so that what the last ones share is said once: 22 to 24 October 2024."""
    shared = _shared_tail(dates)
    shortened = [" ".join(pieces[: len(pieces) - shared]) for pieces in dates[:-1]]
    last = " ".join(dates[-1])
    return f"{between.join(shortened)}{before_last}{last}" if shortened else last


def timed_words(date: DateValue, zone: tzinfo | None) -> tuple[str, str]:
    """Say the day and the time of day of a date with a time; a zoned one in this zone, or in its own."""
    shift_s, zone_name = _shift(date, zone)
    first_s, last_s = date.earliest_s + shift_s, date.latest_s + shift_s
    clock = _clock_words(first_s, date.precision)
    if date.precision is Precision.HOUR:
        clock = f"between {clock} and {_clock_words(last_s, Precision.MINUTE)}"
    return " ".join(civil_pieces(first_s, Precision.DAY)), clock + zone_name


def _grouped(number: int) -> str:
    return f"{number:,}" if number >= 10_000 else str(number)


def _shared_tail(dates: list[Pieces]) -> int:
    """Count the last pieces that all dates share, leaving each date at least one of its own."""
    shortest = min(map(len, dates))
    if any(len(pieces) != shortest for pieces in dates):
        return 0
    shared = 0
    while shared < shortest - 1 and len({pieces[-1 - shared] for pieces in dates}) == 1:
        shared += 1
    return shared


def _clock_words(seconds: int, precision: Precision) -> str:
    *_, hour, minute, second = civil_from_seconds(seconds)
    return f"{hour:02}:{minute:02}:{second:02}" if precision is Precision.SECOND else f"{hour:02}:{minute:02}"


def _shift(date: DateValue, zone: tzinfo | None) -> tuple[int, str]:
    """Give the seconds from the bounds to the clock that is shown, and the name of its zone with a space before it."""
    if date.offset_minutes is None:
        return 0, ""
    if zone is None or not _DATETIME_FIRST_S <= date.earliest_s <= _DATETIME_LAST_S:
        return date.offset_minutes * 60, f" {_offset_name(date.offset_minutes * 60)}"
    shown = datetime.fromtimestamp(0, UTC) + timedelta(seconds=date.earliest_s)
    local = shown.astimezone(zone)
    shift_s = int((local.utcoffset() or timedelta()).total_seconds())
    name = local.tzname() or ""
    return shift_s, f" {name if name.isalpha() else _offset_name(shift_s)}"


def _offset_name(offset_s: int) -> str:
    if offset_s == 0:
        return "UTC"
    hours, minutes = divmod(abs(offset_s) // 60, 60)
    sign = "−" if offset_s < 0 else "+"
    return f"UTC{sign}{hours}:{minutes:02}" if minutes else f"UTC{sign}{hours}"


def _season_pieces(code: int, year: int) -> Pieces:
    if code >= 33:
        base, name = (33, "quarter") if code < 37 else (37, "third") if code < 40 else (40, "half")
        return (f"{_ORDINALS[code - base]} {name} of {' '.join(year_pieces(year))}",)
    season = _SEASON_NAMES[(code - 21) % 4]
    if code in {24, 28, 30} and 1000 <= year < 9999:
        # These three begin in December, and a bare "winter 2024" could be either of two winters.
        pieces: Pieces = (season, f"{year}–{(year + 1) % 100:02}")
    else:
        pieces = (season, *year_pieces(year))
    half = "" if code <= 24 else " (northern)" if code <= 28 else " (southern)"
    return (" ".join(pieces) + half,) if half else pieces


def _unspecified_pieces(date: DateValue) -> Pieces:
    if date.year.pattern:
        return (_unspecified_year_words(date),)
    pieces = year_pieces(date.year.first)
    if date.month == "XX" and date.day in {"", "XX"}:
        return (*pieces, "(month unknown)" if not date.day else "(month and day unknown)")
    if "X" not in date.month and date.day == "XX":
        return (*civil_pieces(date.earliest_s, Precision.MONTH), "(day unknown)")
    return (_between(date, Precision.MONTH if date.day in {"", "XX"} else Precision.DAY),)


def _unspecified_year_words(date: DateValue) -> str:
    """Say a year with unknown digits, with the month and day where those are all that is known."""
    if not date.month:
        return _year_pattern_words(date)
    if date.year.is_unknown and date.month.isdigit() and int(date.month) <= 12:
        month = MONTH_NAMES[int(date.month) - 1]
        if date.day in {"", "XX"}:
            return f"{month} ({'day and ' if date.day else ''}year unknown)"
        if date.day.isdigit():
            return f"{int(date.day)} {month} (year unknown)"
    if date.month.isdigit() and int(date.month) > 12:
        season = _season_pieces(int(date.month), date.year.first)[0].split(" of ")[0]
        return f"{season}, {_year_pattern_words(date)}"
    return _between(date, Precision.MONTH if date.day in {"", "XX"} else Precision.DAY)


def _year_pattern_words(date: DateValue) -> str:
    year = date.year
    if year.is_unknown:
        return "an unknown year"
    if year.precision is Precision.DECADE and year.first >= 1000:
        return f"the {year.first}s"
    return _between_years(year.first, year.last)


def _between_years(first: int, last: int) -> str:
    if first == last:
        return " ".join(year_pieces(first))
    return f"between {joined([year_pieces(first), year_pieces(last)], '', ' and ')}"


def _between(date: DateValue, precision: Precision) -> str:
    ends = [civil_pieces(date.earliest_s, precision), civil_pieces(date.latest_s // DAY_S * DAY_S, precision)]
    return " ".join(ends[0]) if ends[0] == ends[1] else f"between {joined(ends, '', ' and ')}"
