"""A range is said as exactly as its length makes sensible."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline_app.core.calendar import seconds_from_civil
from timeline_app.core.range_words import range_in_edtf, range_in_words
from timeline_app.core.when import parse


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ((2022, 2, 24), (2025, 2, 24), "24 February 2022 to 24 February 2025"),
        ((2024, 10, 1), (2024, 10, 24), "1 to 24 October 2024"),
        ((2024, 10, 1, 9, 5), (2024, 10, 1, 17, 0), "1 October 2024, 09:05 to 17:00"),
        ((2024, 9, 30, 9, 5), (2024, 10, 1, 17, 0), "30 September 2024, 09:05 to 1 October 2024, 17:00"),
        ((-499, 1, 1), (1453, 1, 1), "500 BC to 1453"),
        ((-13_000_000_000, 1, 1), (2024, 1, 1), "13,000,000,000 BC to 2024"),
    ],
)
def test_the_words_of_a_range(first: tuple[int, ...], last: tuple[int, ...], words: str) -> None:
    assert range_in_words(seconds_from_civil(*first), seconds_from_civil(*last)) == words


@pytest.mark.parametrize(
    ("first", "last", "edtf"),
    [
        ((2022, 2, 24, 7), (2025, 2, 24, 6), ("2022-02-24", "2025-02-24")),
        ((2024, 10, 1, 9, 5), (2024, 10, 1, 17, 0, 59), ("2024-10-01T09:05", "2024-10-01T17:00")),
        ((-499, 3, 1), (1453, 5, 29), ("-0499", "1453")),
        ((-13_000_000_000, 1, 1), (2024, 1, 1), ("Y-13000000000", "2024")),
    ],
)
def test_a_range_as_edtf(first: tuple[int, ...], last: tuple[int, ...], edtf: tuple[str, str]) -> None:
    assert range_in_edtf(seconds_from_civil(*first), seconds_from_civil(*last)) == edtf


@given(st.integers(-(10**17), 10**17), st.integers(0, 10**17))
def test_a_range_as_edtf_has_all_of_it(first_s: int, length_s: int) -> None:
    last_s = first_s + length_s
    since, until = (parse(edtf) for edtf in range_in_edtf(first_s, last_s))
    assert since.start_earliest_s <= first_s
    assert until.end_latest_s >= last_s
