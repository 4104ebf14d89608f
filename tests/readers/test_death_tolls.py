"""How a toll is told in a title."""

from __future__ import annotations

import pytest

from timeline_app.readers.death_tolls import deaths_in_words


@pytest.mark.parametrize(
    ("count", "words"),
    [
        ("1", "1 death"),
        ("0", "0 deaths"),
        (" 999 ", "999 deaths"),
        ("1000", "1,000 deaths"),
        ("2346780", "2,346,780 deaths"),
        ("2.5", "2.5 deaths"),
        ("10–20", "10–20 deaths"),
        ("9" * 5_000, f"{'9' * 5_000} deaths"),
        ("", ""),
    ],
)
def test_thousands_are_parted_and_what_is_no_whole_number_stays(count: str, words: str) -> None:
    assert deaths_in_words(count) == words
