"""A range is said as exactly as its length makes sensible."""

from __future__ import annotations

import pytest

from timeline_app.core.calendar import seconds_from_civil
from timeline_app.core.range_words import range_in_words


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
