"""A place is told by its name, its coordinates, or both."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.helpers.tables import make_event
from timeline_app.core.event import Location
from timeline_app.core.place_words import place_words


@pytest.mark.parametrize(
    ("place", "location", "words"),
    [
        ("", None, ""),
        ("Pyongyang", None, "Pyongyang"),
        ("", Location(-1.5, -70.25), "1.5°\u00a0S, 70.25°\u00a0W"),
        ("Pyongyang", Location(39.03, 125.75), "Pyongyang · 39.03°\u00a0N, 125.75°\u00a0E"),
    ],
)
def test_name_then_coordinates(place: str, location: Location | None, words: str) -> None:
    assert place_words(replace(make_event("Pact", "2024-06", place=place), location=location)) == words
