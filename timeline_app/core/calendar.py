"""Civil dates of the proleptic Gregorian calendar as whole seconds, for any year.

The two conversions follow Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms" (howardhinnant.github.io/
date_algorithms.html): years begin in March, so that the leap day comes last, and 400 years make one era of 146,097
days. Years are astronomical: 0 is 1 BC, -43 is 44 BC. A day has 86,400 seconds; leap seconds are not counted.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from timeline_app.core.arrays import BoolArray, Int64Array

PAST_S: Final = -(2**62)
FUTURE_S: Final = 2**62
DAY_S: Final = 86_400
HOUR_S: Final = 3_600
MINUTE_S: Final = 60

ERA_DAYS: Final = 146_097
ERA_YEARS: Final = 400
DAYS_BEFORE_1970: Final = 719_468  # from 0000-03-01, the first day of era 0
MONTH_DAYS: Final = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def is_leap(year: int) -> bool:
    """Say whether February of this astronomical year has 29 days."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def days_in_month(year: int, month: int) -> int:
    """Count the days of a month, 1 to 12; raises ValueError for any other month."""
    if not 1 <= month <= 12:
        raise ValueError(f"month {month} is not between 1 and 12")
    return 29 if month == 2 and is_leap(year) else MONTH_DAYS[month - 1]


def days_from_civil(year: int, month: int, day: int) -> int:
    """Count the days from 1970-01-01; raises ValueError for a day that the calendar does not have."""
    length = days_in_month(year, month)
    if not 1 <= day <= length:
        raise ValueError(f"day {day} is not between 1 and {length}")
    march_year = year - (month <= 2)
    era, year_of_era = divmod(march_year, ERA_YEARS)
    day_of_year = (153 * ((month + 9) % 12) + 2) // 5 + day - 1
    day_of_era = year_of_era * 365 + year_of_era // 4 - year_of_era // 100 + day_of_year
    return era * ERA_DAYS + day_of_era - DAYS_BEFORE_1970


def civil_from_days(days: int) -> tuple[int, int, int]:
    """Give (year, month, day) of a count of days from 1970-01-01."""
    era, day_of_era = divmod(days + DAYS_BEFORE_1970, ERA_DAYS)
    year_of_era = (day_of_era - day_of_era // 1460 + day_of_era // 36_524 - day_of_era // 146_096) // 365
    day_of_year = day_of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    march_month = (5 * day_of_year + 2) // 153
    day = day_of_year - (153 * march_month + 2) // 5 + 1
    month = march_month + 3 if march_month < 10 else march_month - 9
    return year_of_era + era * ERA_YEARS + (month <= 2), month, day


def seconds_from_civil(year: int, month: int = 1, day: int = 1, hour: int = 0, minute: int = 0, second: int = 0) -> int:
    """Count the seconds from 1970-01-01T00:00.

    Raises ValueError for a part that is no calendar date or clock time, OverflowError at or beyond `PAST_S` and
    `FUTURE_S`.
    """
    if not (0 <= hour < 24 and 0 <= minute < 60 and 0 <= second < 60):
        raise ValueError(f"{hour:02}:{minute:02}:{second:02} is not a time of day")
    seconds = days_from_civil(year, month, day) * DAY_S + hour * HOUR_S + minute * MINUTE_S + second
    return checked_s(seconds)


def civil_from_seconds(seconds: int) -> tuple[int, int, int, int, int, int]:
    """Give (year, month, day, hour, minute, second); raises OverflowError for an unbounded time."""
    days, rest = divmod(checked_s(seconds), DAY_S)
    hour, rest = divmod(rest, HOUR_S)
    minute, second = divmod(rest, MINUTE_S)
    return *civil_from_days(days), hour, minute, second


def checked_s(seconds: int) -> int:
    """Return the seconds; raises OverflowError unless they lie strictly between `PAST_S` and `FUTURE_S`."""
    if not PAST_S < seconds < FUTURE_S:
        raise OverflowError(f"{seconds} seconds lie outside the range of time that can be counted")
    return seconds


def weekday(days: int) -> int:
    """Give the day of the week, 0 is Monday, of a count of days from 1970-01-01 (a Thursday)."""
    return (days + 3) % 7


def is_leap_array(years: Int64Array) -> BoolArray:
    """Say for each astronomical year whether it is a leap year."""
    leap: BoolArray = (years % 4 == 0) & ((years % 100 != 0) | (years % 400 == 0))
    return leap


def days_in_month_array(years: Int64Array, months: Int64Array) -> Int64Array:
    """Count the days of each month; the months must lie between 1 and 12."""
    lengths: Int64Array = np.asarray(MONTH_DAYS, dtype=np.int64)[months - 1]
    lengths += (months == 2) & is_leap_array(years)
    return lengths


def days_from_civil_array(years: Int64Array, months: Int64Array, days: Int64Array) -> Int64Array:
    """Count the days from 1970-01-01 of many valid dates.

    The arrays have one shape. Raises ValueError for a day that the calendar does not have, OverflowError for a year
    whose seconds would not fit.
    """
    if np.any((months < 1) | (months > 12)) or np.any((days < 1) | (days > days_in_month_array(years, months))):
        raise ValueError("a day that the calendar does not have")
    _check_range(years, FUTURE_S // (365 * DAY_S))
    march_years = years - (months <= 2)
    eras = march_years // ERA_YEARS
    years_of_era = march_years - eras * ERA_YEARS
    days_of_year = (153 * ((months + 9) % 12) + 2) // 5 + days - 1
    days_of_era = years_of_era * 365 + years_of_era // 4 - years_of_era // 100 + days_of_year
    result: Int64Array = eras * ERA_DAYS + days_of_era - DAYS_BEFORE_1970
    _check_range(result, FUTURE_S // DAY_S)
    return result


def _check_range(numbers: Int64Array, limit: int) -> None:
    if np.any((numbers < -limit) | (numbers > limit)):
        raise OverflowError("a date outside the range of time that can be counted")
