"""The date at a pixel is told as exactly as the scale allows."""

from __future__ import annotations

import pytest

from timeline_app.core.calendar import DAY_S
from timeline_app.core.when import parse
from timeline_app.scene.axis_words import EnglishWords
from timeline_app.scene.pointed_date import date_under
from timeline_app.scene.viewport import Viewport


@pytest.mark.parametrize(
    ("seconds_per_px", "expected"),
    [
        (DAY_S * 100, "2024"),
        (DAY_S * 10, "June 2024"),
        (DAY_S, "20 June 2024"),  # at half past two in the middle of the pixel
        (DAY_S / 2, "19 June 2024"),
        (100.0, "19 June 2024, 14:30"),
        (1.0, "19 June 2024, 14:30:05"),
    ],
)
def test_the_date_under_the_pointer_is_as_exact_as_the_scale(seconds_per_px: float, expected: str) -> None:
    view = Viewport(parse("2024-06-19T14:30:05").start_earliest_s, 0.5, seconds_per_px, 100)
    assert date_under(view, 0, EnglishWords()) == expected
