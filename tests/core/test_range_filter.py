"""A filter on what is on screen can be read again, says no more than it must, and is exact however far the view is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.tables import make_event, make_table
from timeline_app.core.calendar import seconds_from_civil
from timeline_app.core.filter import Filter, evaluate
from timeline_app.core.range_filter import in_range
from timeline_app.query import format_query, parse_query

DATES = (
    *("Y-60000000000", "Y-13800000000", "Y-13799999999-05", "Y-10001-12-31", "-9999-01-01", "-0001-12-31", "0000"),
    *("0001-01-01", "1453-05-29", "2024", "2024-06", "2024-06-19", "2024-06-19T04:30", "2024-06-19T04:30:20"),
    *("2024-06-19T22:10Z", "9999-12-31", "Y10000-01-01", "Y12345", "Y60000000000", "2024/..", "../1914", "1914/1918"),
)
TABLE = make_table(make_event(date, date) for date in DATES)
BOUNDS = [TABLE.times.bounds_of(row) for row in range(len(TABLE))]
EDGES = sorted({edge for bounds in BOUNDS for edge in bounds})
NO_EVENTS = make_table()


@pytest.mark.parametrize(
    ("first", "last", "edtf"),
    [
        ((2022, 2, 24, 7), (2025, 2, 24, 6), ("2022-02-24", "2025-02-24")),
        ((2024, 10, 1, 9, 5), (2024, 10, 1, 17, 0, 59), ("2024-10-01T09:05", "2024-10-01T17:00")),
        ((-499, 3, 1), (1453, 5, 29), ("-0499", "1453")),
        ((-10_001, 3, 1), (12_000, 5, 29), ("Y-10001", "Y12000")),
        ((9_999, 3, 1), (10_000, 5, 29), ("9999-03-01", "Y10000-05-29")),
        ((-13_000_000_000, 1, 1), (2024, 1, 1), ("Y-13000000000", "2024")),
        ((-72_000_000_000, 1, 1), (90_000_000_000, 1, 1), ("Y-72000000000", "")),
        ((-90_000_000_000, 1, 1), (90_000_000_000, 1, 1), ("", "")),
    ],
)
def test_a_range_is_told_as_exactly_as_its_length_makes_sensible(
    first: tuple[int, ...], last: tuple[int, ...], edtf: tuple[str, str]
) -> None:
    wanted = in_range(Filter(), seconds_from_civil(*first), seconds_from_civil(*last), NO_EVENTS)
    assert (wanted.since, wanted.until) == edtf


@pytest.mark.parametrize(
    ("dates", "first", "last", "edtf"),
    [
        (["2024-06-01T04:30"], (2024, 6, 1, 7, 12, 5), (2024, 6, 9), ("2024-06-01T07:12", "2024-06-09T00:00")),
        (["2024-06-01T07:12:04"], (2024, 6, 1, 7, 12, 5), (2024, 6, 9), ("2024-06-01T07:12:05", "2024-06-09T00:00:00")),
        (["2024-06-01"], (2024, 6, 1, 7, 12, 5), (2024, 6, 9), ("2024-06-01", "2024-06-09")),
        (["1453-05-29"], (1453, 6, 1), (2024, 6, 9), ("1453-06-01", "2024-06-09")),
    ],
)
def test_it_is_told_more_exactly_where_an_event_beyond_its_end_would_come_in(
    dates: list[str], first: tuple[int, ...], last: tuple[int, ...], edtf: tuple[str, str]
) -> None:
    table = make_table(make_event(date, date) for date in dates)
    wanted = in_range(Filter(types=("a",)), seconds_from_civil(*first), seconds_from_civil(*last), table)
    assert wanted == Filter(types=("a",), since=edtf[0], until=edtf[1])


@given(
    st.sampled_from(EDGES) | st.integers(-(2**60), 2**60),
    st.integers(-200_000, 200_000),
    st.integers(0, 2**62) | st.integers(0, 10**10) | st.integers(0, 10**6),
)
def test_what_passes_is_what_is_on_screen(edge_s: int, before_s: int, length_s: int) -> None:
    first_s = max(min(edge_s + before_s, 2**60), -(2**60))
    last_s = min(first_s + length_s, 2**62 - 1)
    wanted = in_range(Filter(), first_s, last_s, TABLE)
    assert parse_query(format_query(wanted)) == wanted
    seen = [start <= last_s and end >= first_s for start, _, _, end in BOUNDS]
    assert evaluate(wanted, TABLE).mask.tolist() == seen
