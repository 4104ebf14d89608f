"""A duration is said in the greatest unit that it has two of."""

from __future__ import annotations

import pytest

from timeline_app.core.calendar import DAY_S
from timeline_app.scene.span_words import span_words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "1 second"),
        (1, "1 second"),
        (2, "2 seconds"),
        (119, "119 seconds"),
        (120, "2 minutes"),
        (4_096, "68 minutes"),
        (7_200, "2 hours"),
        (DAY_S, "24 hours"),
        (2 * DAY_S, "2 days"),
        (6 * DAY_S + 5, "6 days"),
        (61 * DAY_S, "2 months"),
        (365 * DAY_S, "12 months"),
        (731 * DAY_S, "2 years"),
        (1 << 40, "34,841 years"),
    ],
)
def test_a_duration_is_rounded_to_a_unit_that_suits_it(seconds: int, words: str) -> None:
    assert span_words(seconds) == words
