"""An instant as EDTF."""

from __future__ import annotations

from timeline_app.core.calendar import civil_from_seconds
from timeline_app.core.when_value import Precision, iso_year

LAST_PLAIN_YEAR = 9_999


def edtf_second(seconds: int) -> str:
    """Return an instant, in seconds since 1970-01-01T00:00, as EDTF to the second: 2024-06-19T14:30:00."""
    *_, second = civil_from_seconds(seconds)
    return f"{edtf_at(seconds, Precision.MINUTE)}:{second:02}"


def edtf_at(seconds: int, precision: Precision) -> str:
    """Return the year, the day or the minute, whichever the precision is, in which an instant lies, as EDTF."""
    year, month, day, hour, minute, _ = civil_from_seconds(seconds)
    written = iso_year(year) if abs(year) <= LAST_PLAIN_YEAR else f"Y{year}"
    if precision is Precision.YEAR:
        return written
    date = f"{written}-{month:02}-{day:02}"
    return date if precision is Precision.DAY else f"{date}T{hour:02}:{minute:02}"
