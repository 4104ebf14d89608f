"""Every event of a lane has one place at each level, the important keep their titles, and counts are exact."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
from timeline_app.core.lanes import Grouping
from timeline_app.core.when import FUTURE_S, parse
from timeline_app.scene.rows import CELL_PX, LaneRows, TitlePlace, measure_extents

LEVELS = st.integers(-5, 52)


def kept_titles(lane: LaneRows) -> list[int]:
    return [int(row) for row, place in zip(lane.rows, lane.title_place, strict=True) if place != TitlePlace.NONE]


@given(scenes(), LEVELS)
def test_every_event_of_a_lane_stands_alone_or_in_one_count(scene: Scene, level: int) -> None:
    layout = scene.layout(level)
    assert [lane.lane for lane in layout.lanes] == list(scene.lanes.lanes)
    for lane in layout.lanes:
        members = [lane.merged_rows[begin:end] for begin, end in zip(lane.offsets[:-1], lane.offsets[1:], strict=True)]
        assert all(len(rows) for rows in members)
        assert len(members) == len(lane.cell_start_s) == len(lane.cell_end_s) == len(lane.reach_s)
        everyone = [*lane.rows.tolist(), *(int(row) for rows in members for row in rows)]
        assert sorted(everyone) == lane.lane.rows.tolist()
        assert len(set(everyone)) == len(everyone)


@given(scenes(), LEVELS)
def test_shown_merged_and_filtered_out_are_all_that_was_loaded(scene: Scene, level: int) -> None:
    layout = scene.layout(level)
    assert layout.shown + layout.merged + scene.lanes.filtered_out == len(scene.table)
    alone = {int(row) for lane in layout.lanes for row in lane.rows}
    merged = {int(row) for lane in layout.lanes for row in lane.merged_rows}
    assert (layout.shown, layout.merged) == (len(alone), len(merged - alone))
    assert layout.clusters == sum(len(lane.cell_start_s) for lane in layout.lanes)


@given(scenes(), LEVELS)
def test_what_shares_a_line_never_meets_and_lines_are_as_many_as_allowed(scene: Scene, level: int) -> None:
    for lane in scene.layout(level).lanes:
        lines = int(lane.line.max()) + 1 if len(lane.line) else 0
        assert lines <= scene.max_lines
        assert lane.line_count == lines + bool(len(lane.merged_rows))
        assert lane.cluster_line == lane.line_count - 1
        for line in range(lines):
            on_it = np.flatnonzero(lane.line == line)
            order = on_it[np.argsort(lane.left_s[on_it], kind="stable")]
            assert (lane.left_s[order][1:] >= lane.right_s[order][:-1]).all()


@given(scenes(), LEVELS)
def test_cells_are_in_order_and_hold_their_members(scene: Scene, level: int) -> None:
    width_s = max(1, int(CELL_PX * 2.0**level))
    for lane in scene.layout(level).lanes:
        assert (lane.cell_end_s - lane.cell_start_s == width_s).all()
        assert (lane.cell_start_s[1:] >= lane.cell_end_s[:-1]).all()
        for cell, (begin, end) in enumerate(zip(lane.offsets[:-1], lane.offsets[1:], strict=True)):
            rows = lane.merged_rows[begin:end]
            assert (scene.extents.start_s[rows] < lane.cell_end_s[cell] + 2 * width_s).all()
            assert (scene.extents.end_s[rows] > lane.cell_start_s[cell]).all()
            assert lane.reach_s[cell] == lane.merged_end_s[:end].max()


@given(scenes(largest=15), LEVELS)
def test_the_same_scene_is_laid_out_the_same_way_twice(scene: Scene, level: int) -> None:
    for one, other in zip(scene.layout(level).lanes, scene.layout(level).lanes, strict=True):
        assert one.rows.tolist() == other.rows.tolist()
        assert one.line.tolist() == other.line.tolist()
        assert one.title_place.tolist() == other.title_place.tolist()


def test_room_for_all_leaves_every_title() -> None:
    scene = make_scene(numbered(["2024-06-01", "2024-06-02", "2024-06-03"]))
    (lane,) = scene.layout(16).lanes
    assert kept_titles(lane) == [0, 1, 2]
    assert lane.line.tolist() == [0, 1, 2]
    assert lane.title_place.tolist() == [TitlePlace.RIGHT] * 3


def test_a_title_stands_inside_a_bar_that_is_long_enough() -> None:
    scene = make_scene(numbered(["2024-01/2024-06", "2025-01-01"]))
    (lane,) = scene.layout(16).lanes
    assert lane.title_place[0] == TitlePlace.INSIDE
    (lane,) = scene.layout(20).lanes
    assert lane.title_place[0] == TitlePlace.RIGHT


def test_the_last_title_stands_left_of_its_mark_so_that_a_fitted_view_holds_it() -> None:
    scene = make_scene([make_event("A" * 30, "2024-01-01"), make_event("B" * 30, "2024-12-01")])
    (lane,) = scene.layout(15).lanes
    assert lane.title_place.tolist() == [TitlePlace.RIGHT, TitlePlace.LEFT]


def test_importance_decides_who_keeps_its_title() -> None:
    crowd = [
        make_event(f"event {day}", f"2024-06-{day:02}", actors=["Russia"], importance=5 if day == 20 else 2)
        for day in range(1, 29)
    ]
    scene = make_scene(crowd, max_lines=2)
    (lane,) = scene.layout(16).lanes
    assert 19 in kept_titles(lane)
    assert len(kept_titles(lane)) < len(crowd)


def test_a_crowd_of_one_day_becomes_one_exact_count() -> None:
    scene = make_scene(numbered(["2024-06-19"] * 100), max_lines=3)
    layout = scene.layout(16)
    (lane,) = layout.lanes
    assert (layout.shown, layout.merged, layout.clusters) == (3, 97, 1)
    assert len(lane.merged_rows) == 97
    assert lane.line_count == 4


def test_an_event_that_stands_alone_in_one_lane_is_not_counted_as_merged() -> None:
    crowd = numbered(["2024-06-19"] * 5)
    both = make_event("both", "2024-06-19", actors=["Russia", "Iran"], importance=1)
    layout = make_scene([*crowd, both], max_lines=1).layout(16)
    merged = {int(row) for lane in layout.lanes for row in lane.merged_rows}
    assert 5 in merged
    assert (layout.shown, layout.merged) == (2, 4)


def test_unbounded_ends_reach_as_far_as_the_data() -> None:
    scene = make_scene(numbered(["2022/..", "../2023", "2024-06-30"]))
    extents = scene.extents
    first_s, last_s = parse("2022").start_earliest_s, parse("2024-06-30").end_latest_s
    assert (extents.first_s, extents.last_s) == (first_s, last_s)
    open_end = scene.table.row_by_id["e0"]
    open_start = scene.table.row_by_id["e1"]
    assert extents.end_s[open_end] == last_s + 1
    assert extents.start_s[open_start] == first_s
    assert extents.cut_end.tolist() == (scene.table.times.end_latest_s == FUTURE_S).tolist()
    assert extents.start_s.dtype == extents.end_s.dtype == np.int64


def test_bars_cut_at_the_edge_of_the_data_keep_room_for_what_the_frame_draws() -> None:
    scene = make_scene([make_event("going on", "2024-06-30T23:59:59/.."), make_event("other", "2024-06-01")])
    for level in (0, 10, 16, 22):
        (lane,) = scene.layout(level).lanes
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
    assert int(scene.extents.start_s[0]) == BIG_BANG_S
    lane = scene.layout(level).lanes[0]
    assert int(lane.left_s[0]) >= BIG_BANG_S - 7 * 2 ** max(level, 0)


def test_an_empty_table_has_no_lanes() -> None:
    for grouping in Grouping:
        scene = make_scene([], grouping=grouping)
        layout = scene.layout(0)
        assert (layout.lanes, layout.shown, layout.merged, layout.clusters) == ((), 0, 0, 0)


@settings(max_examples=3)
@given(st.integers(0, 100))
def test_a_large_table_keeps_its_counts_at_every_level(seed: int) -> None:
    scene = make_scene(synthetic_table(3_000, seed=seed))
    for level in range(10, 26, 3):
        layout = scene.layout(level)
        assert layout.shown + layout.merged == 3_000
        assert sum(len(lane.rows) + len(lane.merged_rows) for lane in layout.lanes) == 3_000


def test_titles_of_no_width_need_room_for_marks_only() -> None:
    table = make_scene(numbered(["2024-06-01", "2024-06-02"])).table
    extents = measure_extents(table, np.zeros(2, np.float32))
    assert (extents.end_s - extents.start_s).tolist() == [DAY_S, DAY_S]
