"""Curves lead from the selected event to those it is linked with, and brackets show the dates that compete for it."""

from __future__ import annotations

import math

import pytest

from tests.helpers.scenes import make_scene
from tests.helpers.tables import make_event
from timeline_app.core.event import Claim, Link
from timeline_app.core.related import Told, told_of
from timeline_app.core.when import parse
from timeline_app.scene.frame import Frame
from timeline_app.scene.hit import places_of
from timeline_app.scene.told import BEYOND_PX, Curve, brackets, curves
from timeline_app.scene.viewport import Viewport

VIEW = Viewport.fit(parse("2024-05").start_earliest_s, parse("2024-07").end_latest_s, 800)
SCENE = make_scene(
    [
        make_event("War", "2022-02-24", actors=["Russia"]),
        make_event(
            "Pact",
            "2024-06-01",
            actors=["Russia", "Ukraine"],
            links=[Link("war", "follows"), Link("raid", "leads-to"), Link("later")],
            claims=[
                Claim("date", by=("Kyiv",), when=parse("2024-06-05")),
                Claim("date", by=("Moscow",), when=parse("2024-04/2024-06-03")),
                Claim("date", by=("Nobody",), when=parse("1999")),
            ],
        ),
        make_event("Raid", "2024-06-20", actors=["Ukraine"], links=[Link("pact", "answers")]),
        make_event("Later", "2025-01-20", actors=["Russia"]),
    ]
)


def drawn(told: Told, frame: Frame) -> list[Curve]:
    return curves(frame, told, lambda row: places_of(frame, row))


def test_a_curve_ends_at_an_event_in_view_and_at_the_edge_towards_others() -> None:
    frame = SCENE.frame(VIEW)
    told = told_of(SCENE.table, 1)
    war, raid, later = drawn(told, frame)
    starts = places_of(frame, 1)
    assert {war.start, raid.start, later.start} <= set(starts)
    assert len(starts) == 2, "one for each actor"
    assert (raid.end, raid.has_end) == (places_of(frame, 2)[0], True)
    assert raid.start == starts[1], "the copy in the same lane is nearer"
    assert (war.end[0], war.has_end) == (-BEYOND_PX, False)
    assert (later.end[0], later.has_end) == (frame.width_px + BEYOND_PX, False)


def test_no_curve_bows_into_the_axis() -> None:
    scene = make_scene([make_event("Early", "2024-01-10", links=[Link("late")]), make_event("Late", "2024-11-20")])
    frame = scene.frame(Viewport.fit(parse("2024-01").start_earliest_s, parse("2024-12").end_latest_s, 1_600))
    (curve,) = drawn(told_of(scene.table, 0), frame)
    points = curve.start, curve.bend_from_start, curve.bend_to_end, curve.end
    heights = [
        sum(math.comb(3, k) * t**k * (1 - t) ** (3 - k) * point[1] for k, point in enumerate(points))
        for t in (number / 50 for number in range(51))
    ]
    assert min(heights) == pytest.approx(frame.measures.axis_px), "it would bow farther"


def test_nothing_is_drawn_from_an_event_out_of_view() -> None:
    frame = SCENE.frame(VIEW.panned(-4_000))
    assert drawn(told_of(SCENE.table, 1), frame) == []


def test_a_bracket_is_as_wide_as_the_date_and_cut_at_the_view() -> None:
    frame = SCENE.frame(VIEW)
    early, late = brackets(frame, told_of(SCENE.table, 1))
    assert early.label == "Moscow: April 2024 to 3 June 2024"
    assert (early.left_px, early.has_left, early.has_right) == (-BEYOND_PX, False, True)
    day = parse("2024-06-05")
    assert late.has_left
    assert late.has_right
    assert late.left_px <= VIEW.x_of(day.start_earliest_s)
    assert VIEW.x_of(day.end_latest_s) <= late.right_px
    assert early.y_px < late.y_px < frame.height_px
