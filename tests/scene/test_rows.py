"""Every event of a lane has one place at each level, the important keep their titles, and counts are exact."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.helpers.examples import examples
from tests.helpers.scenes import (
    BIG_BANG_S,
    DAY_S,
    Scene,
    make_scene,
    numbered,
    scenes,
    synthetic_table,
)
from tests.helpers.tables import make_event
from timeline_app.core.filter import Filter
from timeline_app.core.lanes import Grouping
from timeline_app.core.when import parse
from timeline_app.scene.lane_lines import lane_lines
from timeline_app.scene.rows import LaneRows, TitlePlace, candidates, lay_out, measure_extents

LEVELS = st.integers(-5, 52)


def kept_titles(lane: LaneRows) -> list[int]:
    return [int(row) for row, place in zip(lane.rows, lane.title_place, strict=True) if place != TitlePlace.NONE]


@given(scenes(), LEVELS)
def test_every_event_of_a_lane_stands_alone_or_is_merged(scene: Scene, level: int) -> None:
    for lane in scene.laid_out(level):
        assert lane.merged_rows.tolist() == sorted(lane.merged_rows.tolist())
        assert sorted([*lane.rows.tolist(), *lane.merged_rows.tolist()]) == lane.lane.rows.tolist()


@given(scenes(), LEVELS)
def test_what_shares_a_line_never_meets_and_lines_are_as_many_as_allowed(scene: Scene, level: int) -> None:
    laid_out = scene.laid_out(level)
    for lane, most in zip(laid_out, lane_lines(scene.lanes.lanes, scene.max_lines), strict=True):
        lines = int(lane.line.max()) + 1 if len(lane.line) else 0
        assert lane.line_count <= most + 1
        assert lane.line_count == lines + bool(len(lane.merged_rows))
        for line in range(lines):
            on_it = np.flatnonzero(lane.line == line)
            order = on_it[np.argsort(lane.left_s[on_it], kind="stable")]
            assert (lane.left_s[order][1:] >= lane.right_s[order][:-1]).all()


@given(scenes(largest=15), LEVELS)
def test_the_same_scene_is_laid_out_the_same_way_twice(scene: Scene, level: int) -> None:
    for one, other in zip(scene.laid_out(level), scene.laid_out(level), strict=True):
        assert one.rows.tolist() == other.rows.tolist()
        assert one.line.tolist() == other.line.tolist()
        assert one.title_place.tolist() == other.title_place.tolist()


def test_what_is_left_over_stands_on_the_line_of_counts_where_all_of_it_has_room() -> None:
    crowd = numbered(["2024-01-01"] * 3 + ["2024-06-01"] * 3 + ["2024-12-01"] * 3)
    (lane,) = make_scene(crowd, max_lines=2).laid_out(16)
    assert (lane.line_count, lane.merged_rows.tolist()) == (3, [])
    assert sorted(lane.line.tolist()) == [0] * 3 + [1] * 3 + [2] * 3
    (lane,) = make_scene([*crowd, *numbered(["2024-12-02"])], max_lines=2).laid_out(16)
    assert (lane.line_count, len(lane.merged_rows)) == (3, 4)


def test_room_for_all_leaves_every_title() -> None:
    scene = make_scene(numbered(["2024-06-01", "2024-06-02", "2024-06-03"]))
    (lane,) = scene.laid_out(16)
    assert kept_titles(lane) == [0, 1, 2]
    assert lane.line.tolist() == [0, 1, 2]
    # The last one's would pass the end of all that there is.
    assert lane.title_place.tolist() == [TitlePlace.RIGHT, TitlePlace.RIGHT, TitlePlace.LEFT]


def test_a_title_stands_inside_a_bar_that_is_long_enough() -> None:
    scene = make_scene(numbered(["2024-01/2024-06", "2025-01-01"]))
    (lane,) = scene.laid_out(16)
    assert lane.title_place[0] == TitlePlace.INSIDE
    (lane,) = scene.laid_out(20)
    assert lane.title_place[0] == TitlePlace.RIGHT


def test_the_last_title_stands_left_of_its_mark_so_that_a_fitted_view_holds_it() -> None:
    scene = make_scene([make_event("A" * 30, "2024-01-01"), make_event("B" * 30, "2024-12-01")])
    (lane,) = scene.laid_out(15)
    assert lane.title_place.tolist() == [TitlePlace.RIGHT, TitlePlace.LEFT]


def test_a_title_too_wide_for_both_sides_stands_where_its_beginning_is_seen() -> None:
    scene = make_scene(
        [make_event("A" * 5, "2024-01-01"), make_event("B" * 60, "2024-02-01"), make_event("C", "2024-04-01")]
    )
    (lane,) = scene.laid_out(15)
    assert lane.title_place[1] == TitlePlace.RIGHT


def test_the_title_of_what_alone_passes_stands_right_of_its_mark_as_others_do() -> None:
    events = [make_event("A" * 30, "2024-01-01", type_="attack"), make_event("B", "2024-12-01")]
    scene = make_scene(events, Filter(types=("attack",)))
    lane = lay_out(scene.lanes.lanes[0], scene.layouts().extents, 15, 12)
    assert lane.title_place.tolist() == [TitlePlace.RIGHT]


def test_no_title_stands_where_its_beginning_lies_before_the_data() -> None:
    early, important = make_event("A" * 30, "2024-06-02"), make_event("B" * 30, "2024-06-05", importance=5)
    scene = make_scene([early, important, make_event("C", "2024-07-30")], max_lines=1)
    (lane,) = scene.laid_out(12)
    assert dict(zip(lane.rows.tolist(), lane.title_place.tolist(), strict=True))[0] == TitlePlace.NONE
    assert kept_titles(lane) == [1, 2]


def test_importance_decides_who_keeps_its_title() -> None:
    crowd = [
        make_event(f"event {day}", f"2024-06-{day:02}", actors=["Russia"], importance=5 if day == 20 else 2)
        for day in range(1, 29)
    ]
    scene = make_scene(crowd, max_lines=2)
    (lane,) = scene.laid_out(16)
    assert 19 in kept_titles(lane)
    assert len(kept_titles(lane)) < len(crowd)


def test_a_crowd_of_one_day_fills_the_lines_and_the_rest_is_merged() -> None:
    scene = make_scene(numbered(["2024-06-19"] * 100), max_lines=3)
    (lane,) = scene.laid_out(16)
    assert (len(lane.rows), len(lane.merged_rows)) == (3, 97)
    assert lane.line_count == 4


def test_unbounded_ends_reach_as_far_as_the_data() -> None:
    scene = make_scene(numbered(["2022/..", "../2023", "2024-06-30"]))
    extents = scene.extents
    first_s, last_s = parse("2022").start_earliest_s, parse("2024-06-30").end_latest_s
    assert (extents.first_s, extents.last_s) == (first_s, last_s)
    rows = np.array([scene.table.row_of("e0"), scene.table.row_of("e1")], np.int32)
    start_s, end_s = extents.drawn_s(rows)
    assert end_s[0] == last_s + 1
    assert start_s[1] == first_s
    assert start_s.dtype == end_s.dtype == np.int64


def test_bars_cut_at_the_edge_of_the_data_keep_room_for_what_the_frame_draws() -> None:
    scene = make_scene([make_event("going on", "2024-06-30T23:59:59/.."), make_event("other", "2024-06-01")])
    for level in (0, 10, 16, 22):
        (lane,) = scene.laid_out(level)
        view = scene.fitted().centred(scene.extents.last_s)
        view = view.zoomed(view.seconds_per_px / 2.0**level, 500)
        singles = scene.frame(view).singles
        for place, row in enumerate(singles.rows.tolist()):
            single = int(np.flatnonzero(lane.rows == row)[0])
            assert view.x_of(int(lane.left_s[single])) <= singles.left_px[place] + 1e-6
            assert view.x_of(int(lane.right_s[single])) >= singles.right_px[place] - 1e-6


@pytest.mark.parametrize("level", [-5, 0, 10])
def test_seconds_are_told_apart_at_the_big_bang(level: int) -> None:
    base = "Y-13800000000"
    scene = make_scene(numbered([base, "2024"]))
    assert scene.extents.first_s == BIG_BANG_S
    lane = scene.laid_out(level)[0]
    assert int(lane.left_s[0]) >= BIG_BANG_S - 7 * 2 ** max(level, 0)


def test_an_empty_table_has_no_lanes() -> None:
    for grouping in Grouping:
        assert make_scene([], grouping=grouping).laid_out(0) == []


@settings(max_examples=examples(3))
@given(st.integers(0, 100))
def test_a_large_table_loses_none_at_any_level(seed: int) -> None:
    scene = make_scene(synthetic_table(3_000, seed=seed))
    for level in range(10, 26, 3):
        assert sum(len(lane.rows) + len(lane.merged_rows) for lane in scene.laid_out(level)) == 3_000


def test_a_title_of_no_width_needs_no_room() -> None:
    table = make_scene(numbered(["2024-06-01", "2024-06-02"])).table
    extents = measure_extents(table, lambda rows: np.zeros(len(rows), np.float32))
    room = candidates(np.arange(2, dtype=np.int32), extents, 2.0**10)
    assert (room.title_right_s == room.mark_right_s).all()
    assert not room.inside.any()
    assert (np.subtract(*extents.drawn_s(room.rows)) == -DAY_S).all()


def test_only_what_shall_have_a_title_gets_room_for_it() -> None:
    scene = make_scene(numbered(["2024-06-01", "2024-06-02", "2024-07/2024-12"]))
    titled = np.array([False, True, False])
    room = candidates(np.arange(3, dtype=np.int32), scene.extents, 2.0**14, titled)
    assert ((room.title_right_s > room.mark_right_s) == titled).all()
    assert not room.inside.any()
