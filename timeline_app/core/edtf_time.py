"""The time of day of an EDTF date, with its zone.

Three forms are kept as written and read so: a fraction of a second counts as the second that it lies in; the leap
second 23:59:60 counts as 23:59:59; 24:00 is the beginning of the next day. The last two leave a note.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from timeline_app.core.calendar import HOUR_S, MINUTE_S
from timeline_app.core.errors import WhenError
from timeline_app.core.when_value import Precision

_OFFSET_LIMIT_MINUTES: Final = 18 * 60  # no place on Earth ever kept more; java.time draws the same line
_TIME = re.compile(r"T([0-9]{2})(?::([0-9]{2})(?::([0-9]{2})(\.[0-9]+)?)?)?(?![0-9])")
_ZONE = re.compile(r"Z|([+-])([0-9]{2})(?::([0-9]{2}))?(?![0-9:])")
_WIDTHS_S: Final = {Precision.HOUR: HOUR_S, Precision.MINUTE: MINUTE_S, Precision.SECOND: 1}


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day, as exactly as it is written; without a zone `offset_minutes` is None."""

    since_midnight_s: int
    precision: Precision
    offset_minutes: int | None
    note: str

    @property
    def width_s(self) -> int:
        """How many seconds the time covers: an hour, a minute or a second."""
        return _WIDTHS_S[self.precision]


def read_clock(text: str, begin: int, end: int) -> tuple[Clock, int]:
    """Read the time that begins with T at this position, and give the position behind it; raises WhenError."""
    match = _TIME.match(text, begin, end)
    if match is None:
        raise WhenError("expected a time of two-digit hours, minutes and seconds, as in T14:30 or T14:30:15", begin + 1)
    since_midnight_s, note = _seconds(match)
    precision = Precision.SECOND if match[3] else Precision.MINUTE if match[2] else Precision.HOUR
    offset_minutes, position = _read_zone(text, match.end(), end)
    return Clock(since_midnight_s, precision, offset_minutes, note), position


def _seconds(match: re.Match[str]) -> tuple[int, str]:
    """Check the parts of a time, and give its seconds since midnight with a note."""
    hour, minute, second = (int(match[group] or "0") for group in (1, 2, 3))
    note = ""
    if hour == 24:
        if minute or second or (match[4] or "").strip(".0"):
            raise WhenError("only 24:00 is a time with 24 hours: it is midnight at the end of the day", match.start(1))
        note = "24:00 is read as 00:00 of the next day"
    elif hour > 24:
        raise WhenError(f"{hour} is not an hour: expected 00 to 23", match.start(1))
    if minute > 59:
        raise WhenError(f"{minute} is not a minute: expected 00 to 59", match.start(2))
    if second == 60 and minute in {29, 59}:
        # Half-hour zones meet the leap second of 23:59:60 UTC at their half hour.
        second = 59
        note = "the leap second :60 is counted as :59"
    if second > 59:
        raise WhenError(f"{second} is not a second: expected 00 to 59", match.start(3))
    return hour * HOUR_S + minute * MINUTE_S + second, note


def _read_zone(text: str, begin: int, end: int) -> tuple[int | None, int]:
    """Read a zone, if one stands here, as minutes east of UTC, and give the position behind it."""
    if begin == end or text[begin] not in "Z+-":
        return None, begin
    match = _ZONE.match(text, begin, end)
    if match is None:
        raise WhenError("expected a zone such as Z, +03 or +03:00", begin)
    if match[1] is None:
        return 0, match.end()
    hours, minutes = int(match[2]), int(match[3] or "0")
    if minutes > 59 or hours * 60 + minutes > _OFFSET_LIMIT_MINUTES:
        raise WhenError("no zone is that far from UTC: expected at most 18:00", begin)
    offset_minutes = hours * 60 + minutes
    return (-offset_minutes if match[1] == "-" else offset_minutes), match.end()
