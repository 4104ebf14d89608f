"""What is dated by other events lies between them, as wide as their own doubt leaves it."""

from __future__ import annotations

import pytest

from timeline_app.core.between import PlacingError, between_edtf
from timeline_app.core.when import parse


@pytest.mark.parametrize(
    ("after", "before", "edtf"),
    [
        ("2024-06-19", "2024-11-05", "[2024-06-19..2024-11-05]"),
        ("2024-06", "2024-11", "[2024-06-01..2024-11-30]"),
        ("2024-06-01/2024-06-19", "2024-10-01/2024-10-20", "[2024-06-19..2024-10-01]"),
        ("2024-06-19", "", "[2024-06-19..]"),
        ("", "2024-11-05T14:30", "[..2024-11-05]"),
        ("2024-06-19", "2024-06-19", "2024-06-19"),
        ("2024/", "2024-06", "[2024-01-01..2024-06-30]"),
    ],
)
def test_between_two_events(after: str, before: str, edtf: str) -> None:
    found = between_edtf(parse(after) if after else None, parse(before) if before else None)
    assert found == edtf
    assert parse(found).text == edtf


@pytest.mark.parametrize(
    ("after", "before", "why"),
    [
        ("2024-11-05", "2024-06-19", "the one ends on 2024-11-05, and the other begins on 2024-06-19"),
        ("2024-06/..", "2025", "the event before it has no end"),
        ("2024", "../2024", "the event after it has no beginning"),
        ("Y-13000", "2024", "beyond the years 0 to 9999"),
    ],
)
def test_nothing_lies_between_what_leaves_no_day(after: str, before: str, why: str) -> None:
    with pytest.raises(PlacingError, match=why):
        between_edtf(parse(after), parse(before))
