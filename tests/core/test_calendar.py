"""Tests of the civil calendar, against the standard library and NumPy where those reach."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline_app.core import calendar
from timeline_app.core.calendar import DAY_S, FUTURE_S, PAST_S

FAR_DAY = FUTURE_S // DAY_S


@pytest.mark.parametrize(
    ("civil", "days"),
    [
        ((1970, 1, 1), 0),
        ((1969, 12, 31), -1),
        ((2000, 2, 29), 11_016),
        ((2000, 3, 1), 11_017),
        ((2024, 2, 24), 19_777),
        ((1, 1, 1), -719_162),
        ((0, 12, 31), -719_163),
        ((0, 3, 1), -719_468),
        ((0, 2, 29), -719_469),
        ((-400, 3, 1), -719_468 - 146_097),
        ((-43, 3, 15), -735_160),
    ],
)
def test_known_days(civil: tuple[int, int, int], days: int) -> None:
    assert calendar.days_from_civil(*civil) == days
    assert calendar.civil_from_days(days) == civil


@given(st.dates())
def test_agrees_with_the_standard_library(date: dt.date) -> None:
    days = calendar.days_from_civil(date.year, date.month, date.day)
    assert days == date.toordinal() - dt.date(1970, 1, 1).toordinal()
    assert calendar.civil_from_days(days) == (date.year, date.month, date.day)
    assert calendar.weekday(days) == date.weekday()


@given(st.integers(-10_000_000, 10_000_000), st.integers(1, 12))
def test_agrees_with_numpy_before_the_standard_library_begins(year: int, month: int) -> None:
    months = np.datetime64(0, "Y").astype("datetime64[M]") + np.timedelta64((year - 1970) * 12 + month - 1, "M")
    assert calendar.days_from_civil(year, month, 1) == int(months.astype("datetime64[D]").astype(np.int64))


@given(st.integers(-FAR_DAY, FAR_DAY))
def test_every_day_comes_back(days: int) -> None:
    year, month, day = calendar.civil_from_days(days)
    assert 1 <= day <= calendar.days_in_month(year, month)
    assert calendar.days_from_civil(year, month, day) == days


@given(st.integers(PAST_S + 1, FUTURE_S - 1))
def test_every_second_comes_back(seconds: int) -> None:
    assert calendar.seconds_from_civil(*calendar.civil_from_seconds(seconds)) == seconds


@given(st.lists(st.integers(-FAR_DAY, FAR_DAY), max_size=50))
def test_arrays_agree_with_single_values(days: list[int]) -> None:
    civil = np.array([calendar.civil_from_days(day) for day in days], dtype=np.int64).reshape(-1, 3)
    years, months, civil_days = civil.T
    assert calendar.days_from_civil_array(years, months, civil_days).tolist() == days
    assert calendar.is_leap_array(years).tolist() == [calendar.is_leap(year) for year in years.tolist()]


@pytest.mark.parametrize(
    ("year", "leap"), [(2024, True), (1900, False), (2000, True), (0, True), (-4, True), (-100, False)]
)
def test_leap_years(year: int, leap: bool) -> None:
    assert calendar.is_leap(year) is leap
    assert calendar.days_in_month(year, 2) == 28 + leap


@pytest.mark.parametrize("civil", [(2023, 2, 29), (2024, 13, 1), (2024, 0, 1), (2024, 6, 0), (2024, 6, 31)])
def test_a_day_that_does_not_exist_is_refused(civil: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="is not between"):
        calendar.days_from_civil(*civil)
    arrays = (np.array([part], dtype=np.int64) for part in civil)
    with pytest.raises(ValueError, match="does not have"):
        calendar.days_from_civil_array(*arrays)


@pytest.mark.parametrize("clock", [(24, 0, 0), (0, 60, 0), (0, 0, 60), (-1, 0, 0)])
def test_a_time_that_does_not_exist_is_refused(clock: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="not a time of day"):
        calendar.seconds_from_civil(2024, 6, 19, *clock)


@pytest.mark.parametrize("seconds", [PAST_S, FUTURE_S, PAST_S - 1, FUTURE_S + 1])
def test_beyond_the_range_is_refused(seconds: int) -> None:
    with pytest.raises(OverflowError):
        calendar.civil_from_seconds(seconds)


def test_a_year_beyond_the_range_is_refused() -> None:
    with pytest.raises(OverflowError):
        calendar.seconds_from_civil(150 * 10**9)
    years = np.array([150 * 10**9])
    with pytest.raises(OverflowError):
        calendar.days_from_civil_array(years, np.ones_like(years), np.ones_like(years))


def test_the_age_of_the_universe_fits() -> None:
    seconds = calendar.seconds_from_civil(-13_800_000_000)
    assert PAST_S < seconds < 0
    assert calendar.civil_from_seconds(seconds) == (-13_800_000_000, 1, 1, 0, 0, 0)
