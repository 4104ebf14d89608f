"""Where the relations and the competing dates of the selected event are drawn, in pixels."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from timeline_app.core.related import Told
from timeline_app.core.when import in_words
from timeline_app.scene.frame import Frame
from timeline_app.scene.viewport import Viewport

FOOT_PX = 12
BRACKET_STEP_PX = 18
LEAST_BRACKET_PX = 6.0
BEYOND_PX = 12.0
# How far a curve bows out: a share of its length, between these.
_BOW_SHARE, _LEAST_BOW_PX, _MOST_BOW_PX = 0.18, 14.0, 60.0

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Curve:
    """A cubic curve from the selected event to a related one; `has_end` where that is in view, else it leads there."""

    start: Point
    bend_from_start: Point
    bend_to_end: Point
    end: Point
    kind: str
    is_back: bool
    has_end: bool


@dataclass(frozen=True, slots=True)
class Bracket:
    """A claimed date at the foot of the lanes, from its first to its last possible pixel, cut a little outside."""

    left_px: float
    right_px: float
    y_px: float
    label: str
    has_left: bool
    has_right: bool


def curves(frame: Frame, told: Told, places_of: Callable[[int], Sequence[Point]]) -> list[Curve]:
    """Return a curve for each relation whose event is in view, or lies to the left or right of it.

    `places_of` gives the points at which an event stands, in marks and in counts. From copies in several lanes a curve
    takes the two that are nearest. An event that no lane shows has none, and one without a date in sight neither.
    """
    starts = places_of(told.row)
    found = []
    for relation in told.relations if starts else ():
        ends = places_of(relation.row)
        if ends:
            start, end = min(((one, other) for one in starts for other in ends), key=lambda pair: math.dist(*pair))
        else:
            edge = None if relation.anchor_s is None else _edge(frame.viewport, relation.anchor_s)
            if edge is None:
                continue
            start = starts[0]
            end = (edge, start[1])
        curve = _curve(start, end, relation.kind, is_back=relation.is_back, has_end=bool(ends))
        found.append(_below(curve, frame.measures.axis_px))
    return found


def brackets(frame: Frame, told: Told) -> list[Bracket]:
    """Return a bracket for each claimed date that touches the view, one below the other, the last at the foot."""
    view, width = frame.viewport, float(frame.width_px)
    found: list[Bracket] = []
    for date in told.dates:
        left = view.x_of(date.when.start_earliest_s)
        right = view.x_of(date.when.end_latest_s)
        if right < left + LEAST_BRACKET_PX:
            middle = (left + right) / 2
            left, right = middle - LEAST_BRACKET_PX / 2, middle + LEAST_BRACKET_PX / 2
        if right < 0 or left > width:
            continue
        inside = max(left, -BEYOND_PX), min(right, width + BEYOND_PX)
        label = f"{date.speakers}: {in_words(date.when)}"
        found.append(Bracket(*inside, 0.0, label, has_left=inside[0] == left, has_right=inside[1] == right))
    step = BRACKET_STEP_PX * frame.measures.text_scale
    foot = frame.height_px - frame.foot_px - FOOT_PX * frame.measures.text_scale
    return [replace(one, y_px=foot - step * (len(found) - 1 - place)) for place, one in enumerate(found)]


def _edge(view: Viewport, anchor_s: int) -> float | None:
    """Return the edge of the view that an instant lies behind, None for one within."""
    x = view.x_of(anchor_s)
    if x < 0:
        return -BEYOND_PX
    return view.width_px + BEYOND_PX if x > view.width_px else None


def _curve(start: Point, end: Point, kind: str, *, is_back: bool, has_end: bool) -> Curve:
    """Return a curve that bows out to one side, so that it runs beside the marks between its ends."""
    across, down = end[0] - start[0], end[1] - start[1]
    length = math.hypot(across, down) or 1.0
    bow = min(max(length * _BOW_SHARE, _LEAST_BOW_PX), _MOST_BOW_PX)
    # At a right angle to the line between both, upwards: events stand on lines from left to right.
    aside = (down / length * bow, -across / length * bow)
    if aside[1] > 0:
        aside = (-aside[0], -aside[1])
    first = (start[0] + across * 0.25 + aside[0], start[1] + down * 0.25 + aside[1])
    second = (start[0] + across * 0.75 + aside[0], start[1] + down * 0.75 + aside[1])
    return Curve(start, first, second, end, kind, is_back, has_end)


def _below(curve: Curve, top_px: float) -> Curve:
    """Return a curve that bows no higher than the top of the lanes, where the axis would hide it."""

    def lowered(bend: Point, share: float) -> Point:
        straight_px = curve.start[1] + share * (curve.end[1] - curve.start[1])
        # A cubic curve comes three quarters of the way to its two bends.
        return bend[0], max(bend[1], straight_px - max(straight_px - top_px, 0.0) / 0.75)

    return replace(
        curve,
        bend_from_start=lowered(curve.bend_from_start, 0.25),
        bend_to_end=lowered(curve.bend_to_end, 0.75),
    )
