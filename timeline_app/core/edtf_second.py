"""A second of time as EDTF."""

from __future__ import annotations

from timeline_app.core.calendar import civil_from_seconds
from timeline_app.core.when_value import iso_year

LAST_PLAIN_YEAR = 9_999


def edtf_second(seconds: int) -> str:
    """Return an instant, in seconds since 1970-01-01T00:00, as EDTF to the second: 2024-06-19T14:30:00."""
    year, month, day, hour, minute, second = civil_from_seconds(seconds)
    written = iso_year(year) if abs(year) <= LAST_PLAIN_YEAR else f"Y{year}"
    return f"{written}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}"
