"""An instant as EDTF."""

from __future__ import annotations

from typing import Final

from timeline_app.core.calendar import civil_from_seconds, seconds_from_civil
from timeline_app.core.edtf_year import YEAR_LIMIT
from timeline_app.core.when_value import Precision, iso_year

LAST_PLAIN_YEAR = 9_999
# The first and the last second that a date may name; a view reaches further.
FIRST_DATE_S: Final = seconds_from_civil(-YEAR_LIMIT, 1, 1)
LAST_DATE_S: Final = seconds_from_civil(YEAR_LIMIT + 1, 1, 1) - 1


def edtf_second(seconds: int) -> str:
    """Return an instant, in seconds since 1970-01-01T00:00, as EDTF to the second: 2024-06-19T14:30:00.

    Of one beyond all dates it is the first or the last that a date may name.
    """
    return edtf_at(min(max(seconds, FIRST_DATE_S), LAST_DATE_S), Precision.SECOND)


def edtf_at(seconds: int, precision: Precision) -> str:
    """Return the year, day, minute or second, whichever the precision is, in which an instant lies, as EDTF."""
    year, month, day, hour, minute, second = civil_from_seconds(seconds)
    written = iso_year(year) if abs(year) <= LAST_PLAIN_YEAR else f"Y{year}"
    if precision is Precision.YEAR:
        return written
    date = f"{written}-{month:02}-{day:02}"
    if precision is Precision.DAY:
        return date
    to_the_minute = f"{date}T{hour:02}:{minute:02}"
    return to_the_minute if precision is Precision.MINUTE else f"{to_the_minute}:{second:02}"
