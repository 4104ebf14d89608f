"""The first lanes share the height of a picture; no lane has more lines than it may, nor fewer than it can do with."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.scenes import make_scene, synthetic_table
from tests.helpers.tables import make_event
from timeline_app.core.lanes import LaneSet
from timeline_app.scene.lane_lines import LEAST_LINES, SEEN_AT_ONCE, SPARE_LINES, lane_lines
from timeline_app.scene.layout import Layouts


def lanes_of(counts: list[int]) -> LaneSet:
    """Make lanes with so many events each, the largest first."""
    events = [
        make_event(f"{lane}", "2024-06-19", actors=[f"A{lane}"]) for lane, n in enumerate(counts) for _ in range(n)
    ]
    return make_scene(events, limit=100).lanes


@pytest.mark.parametrize(
    ("counts", "max_lines", "lines"),
    [
        ([18], 16, (16,)),
        ([18, 6, 6, 5], 16, (5, 7, 7, 7)),
        ([18, 6, 6, 5], 24, (10, 12, 12, 12)),
        ([18, 6, 6, 5], 46, (46, 46, 46, 46)),
        ([40, 2], 24, (21, 23)),
        ([19, 19, 19, 19, 19], 16, (5, 5, 5, 5, 5)),
        ([9, 9, 9], 3, (3, 3, 3)),
        ([9, 9, 9], 1, (1, 1, 1)),
        ([], 24, ()),
    ],
)
def test_the_first_lanes_share_the_height_of_one(counts: list[int], max_lines: int, lines: tuple[int, ...]) -> None:
    lanes = lanes_of(counts)
    assert [len(lane.rows) for lane in lanes.lanes] == counts
    assert lane_lines(lanes.lanes, max_lines) == lines


@given(st.lists(st.integers(1, 30), min_size=1, max_size=6), st.integers(1, 60))
def test_the_first_lanes_fit_together_and_none_is_flatter_for_more_room(counts: list[int], max_lines: int) -> None:
    lanes = lanes_of(sorted(counts, reverse=True)).lanes
    lines = lane_lines(lanes, max_lines)
    assert all(1 <= number <= max_lines for number in lines)
    assert all(number >= min(LEAST_LINES, max_lines, len(lane.rows)) for lane, number in zip(lanes, lines, strict=True))
    assert all(one <= other for one, other in zip(lines, lane_lines(lanes, max_lines + 1), strict=True))
    first = [min(len(lane.rows), number) for lane, number in zip(lanes, lines, strict=True)][:SEEN_AT_ONCE]
    assert sum(first) <= max(max_lines, SEEN_AT_ONCE * LEAST_LINES) + SEEN_AT_ONCE * SPARE_LINES


def test_what_has_no_room_in_its_share_is_counted_and_lanes_end_in_time() -> None:
    scene = make_scene(
        [make_event("A" * 20, "2024-06-19", actors=["Russia"]) for _ in range(18)]
        + [make_event("B" * 20, "2024-06-20", actors=["Ukraine"]) for _ in range(6)]
    )
    layouts = Layouts(scene.lanes, scene.extents, 12)
    frame = scene.frame(scene.fitted(), layouts)
    russia, ukraine = layouts.line_counts(scene.fitted())
    assert (russia, ukraine) == (6, 6)
    assert frame.counts.shown + frame.counts.merged == 24
    assert frame.counts.merged == 18 - 5


def test_crowded_lanes_grow_no_further_with_a_higher_picture() -> None:
    lanes = make_scene(synthetic_table(6_000), limit=8).lanes.lanes
    crowded = [
        [n for lane, n in zip(lanes, lane_lines(lanes, most), strict=True) if lane.index] for most in (9, 24, 72)
    ]
    assert len(crowded[0]) >= SEEN_AT_ONCE
    assert crowded[0] <= crowded[1] == crowded[2]
