"""A date as the engine knows it: four bounds in whole seconds, with how exactly and how surely it is known.

Seconds are counted from 1970-01-01T00:00 of the proleptic Gregorian calendar, without leap seconds, in 64 bits. Dates
may lie within ±2**61 seconds, 73 billion years either way (the universe is 13.8 billion years old), and `PAST_S` and
`FUTURE_S`, ±2**62 seconds or 146 billion years, stand for "without bound". Any two finite times can be subtracted in
64 bits; the two sentinels cannot.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum

from timeline_app.core.calendar import FUTURE_S, PAST_S, civil_from_seconds


class Precision(IntEnum):
    """How exactly a date is given, from fine to coarse."""

    SECOND = 0
    MINUTE = 1
    HOUR = 2
    DAY = 3
    MONTH = 4
    SEASON = 5
    YEAR = 6
    DECADE = 7
    CENTURY = 8
    MILLENNIUM = 9
    AGE = 10

    @property
    def label(self) -> str:
        """The name in lower case, as it stands in exports."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class When:
    """When something began and ended, each as the earliest and the latest second that still counts.

    Always start_earliest_s <= start_latest_s <= end_latest_s and start_earliest_s <= end_earliest_s <= end_latest_s.
    For a point event start and end are equal. `~` and `?` never widen the bounds: how far "around" reaches, nobody
    has said. A zoned instant has its bounds in UTC, everything else in the local time of the place.
    """

    text: str
    start_earliest_s: int
    start_latest_s: int
    end_earliest_s: int
    end_latest_s: int
    precision: Precision
    is_span: bool = False
    approximate: bool = False
    uncertain: bool = False
    open_start: bool = False
    open_end: bool = False
    unknown_start: bool = False
    unknown_end: bool = False
    zoned: bool = False
    offset_minutes: int | None = None
    note: str = field(default="", compare=False)

    def __str__(self) -> str:
        return self.text


def sort_key(when: When) -> tuple[int, int, int, int, str]:
    """Give a key that orders dates totally: by the four bounds from the earliest start, then by the text."""
    return (when.start_earliest_s, when.start_latest_s, when.end_earliest_s, when.end_latest_s, when.text)


def iso_year(year: int) -> str:
    """Write an astronomical year as ISO 8601 does: four digits, or a sign and as many as it takes."""
    if year < 0:
        return f"-{-year:04}"
    return f"{year:04}" if year <= 9999 else f"+{year}"


def iso_bound(seconds: int, *, with_time: bool) -> str | None:
    """Write one bound in ISO 8601, with astronomical and where needed expanded years; None for one without bound."""
    if seconds in {PAST_S, FUTURE_S}:
        return None
    year, month, day, hour, minute, second = civil_from_seconds(seconds)
    date = f"{iso_year(year)}-{month:02}-{day:02}"
    return f"{date}T{hour:02}:{minute:02}:{second:02}" if with_time else date


def bounds_iso(when: When) -> tuple[list[str | None], list[str | None]]:
    """Give the start and the end as [earliest, latest] in ISO 8601.

    Times are written where the date carries one, and end in Z where it carries a zone.
    """
    bounds_s = (when.start_earliest_s, when.start_latest_s, when.end_earliest_s, when.end_latest_s)
    with_time = "T" in when.text
    suffix = "Z" if when.zoned else ""
    texts = [iso_bound(bound_s, with_time=with_time) for bound_s in bounds_s]
    written = [text if text is None else text + suffix for text in texts]
    return written[:2], written[2:]
