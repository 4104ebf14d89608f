"""The shape of the mark that stands for each type of event, so that colour is never alone."""

from __future__ import annotations

from enum import StrEnum


class Shape(StrEnum):
    """The outlines that marks come in."""

    CIRCLE = "circle"
    DIAMOND = "diamond"
    TRIANGLE = "triangle"
    SQUARE = "square"
    STAR = "star"


_SHAPES = {
    "agreement": Shape.DIAMOND,
    "summit": Shape.DIAMOND,
    "attack": Shape.TRIANGLE,
    "battle": Shape.TRIANGLE,
    "casualties": Shape.TRIANGLE,
    # The types of violence of the Uppsala Conflict Data Program.
    "state-based": Shape.TRIANGLE,
    "non-state": Shape.TRIANGLE,
    "one-sided": Shape.TRIANGLE,
    "deployment": Shape.SQUARE,
    "supply": Shape.SQUARE,
    "seizure": Shape.SQUARE,
    "sanction": Shape.SQUARE,
    "election": Shape.STAR,
    "inauguration": Shape.STAR,
}


def shape_of(event_type: str) -> Shape:
    """Return the shape of a type: diplomacy, violence, movement and power each have one, all else is a circle."""
    return _SHAPES.get(event_type.casefold(), Shape.CIRCLE)
