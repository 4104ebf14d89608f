"""Each conventional type of event has a shape, and what is unknown is a circle."""

from __future__ import annotations

import pytest

from timeline_app.core.marks import Shape, shape_of


@pytest.mark.parametrize(
    ("event_type", "shape"),
    [
        ("agreement", Shape.DIAMOND),
        ("summit", Shape.DIAMOND),
        ("attack", Shape.TRIANGLE),
        ("battle", Shape.TRIANGLE),
        ("casualties", Shape.TRIANGLE),
        ("state-based", Shape.TRIANGLE),
        ("non-state", Shape.TRIANGLE),
        ("one-sided", Shape.TRIANGLE),
        ("deployment", Shape.SQUARE),
        ("supply", Shape.SQUARE),
        ("seizure", Shape.SQUARE),
        ("sanction", Shape.SQUARE),
        ("election", Shape.STAR),
        ("inauguration", Shape.STAR),
        ("statement", Shape.CIRCLE),
        ("other", Shape.CIRCLE),
        ("", Shape.CIRCLE),
        ("Fête", Shape.CIRCLE),
        ("SUMMIT", Shape.DIAMOND),
    ],
)
def test_shape_of_a_type(event_type: str, shape: Shape) -> None:
    assert shape_of(event_type) is shape


def test_every_shape_is_used() -> None:
    types = ("agreement", "attack", "supply", "election", "statement")
    assert {shape_of(event_type) for event_type in types} == set(Shape)
