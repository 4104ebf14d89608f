"""Write dates that a format gives in numbers as EDTF."""

from __future__ import annotations

from collections.abc import Sequence

from timeline_app.core.when_value import iso_year

_LONGEST_PLAIN_YEAR = 9_999


def year_text(year: int) -> str:
    """Return an astronomical year, 0 being 1 BC, as EDTF."""
    return iso_year(year) if abs(year) <= _LONGEST_PLAIN_YEAR else f"Y{year}"


def year_of_era(number: int) -> int:
    """Return the astronomical year of one that is counted without a year 0: -44 is 44 BC.

    Round figures of more than 9,999 years before are kept: nobody means 13,799,999,999 by 13,800,000,000.
    """
    is_figure = number >= 0 or (number < -_LONGEST_PLAIN_YEAR and number % 1_000 == 0)
    return number if is_figure else number + 1


def date_text(year: int, month: int | None = None, day: int | None = None, clock: Sequence[int] = ()) -> str:
    """Return a date of an astronomical year, as exactly as it is given: hour, minute and second follow a day alone.

    What the calendar does not have is written all the same, for its reader to refuse.
    """
    parts = [year_text(year)]
    if month is not None:
        parts.append(f"{month:02}")
        if day is not None:
            parts.append(f"{day:02}")
    text = "-".join(parts)
    return f"{text}T{':'.join(f'{part:02}' for part in clock)}" if clock and day is not None else text


def clock_parts(hour: int, minute: int, second: int) -> tuple[int, ...]:
    """Return a time of day for `date_text`: of a format that always writes seconds, minutes where those are zero."""
    return (hour, minute, second) if second else (hour, minute)


def interval_text(start: str, end: str) -> str:
    """Return an interval of two dates: equal ones are one date, a start that is empty is unknown, an end none."""
    if start == end or not end:
        return start
    return f"{start}/{end}"
