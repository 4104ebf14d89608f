"""A frame loses no event, counts exactly, lets nothing overlap, and stays still while it is panned."""

from __future__ import annotations

import math
from dataclasses import fields, replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.scenes import (
    BIG_BANG_S,
    DAY_S,
    SCALES_OF_A_LEVEL,
    WIDTH_PX,
    Scene,
    at_share_of_level,
    boxes_by_line,
    lanes_in_view,
    make_scene,
    numbered,
    rows_in_frame,
    rows_in_view,
    scenes,
    synthetic_table,
    too_close,
    views,
)
from tests.helpers.tables import make_event
from timeline_app.core.event import Event
from timeline_app.core.when import WhenFlag, parse
from timeline_app.scene.frame import Elsewhere, Frame, Measures, lane_tops_px
from timeline_app.scene.merged import HELD_PX
from timeline_app.scene.rows import CELL_PX, GAP_PX, MARK_PX, TitlePlace
from timeline_app.scene.strips import COLUMN_BITS
from timeline_app.scene.viewport import Viewport
from timeline_app.scene.visible import BEYOND_PX

MANY = 1_000_000
COLUMN_PX = 1 << COLUMN_BITS


@st.composite
def seen_scenes(draw: st.DrawFn) -> tuple[Scene, Viewport]:
    scene = draw(scenes())
    return scene, draw(views(scene))


def places(frame: Frame) -> dict[tuple[int, str], tuple[float, int, float]]:
    """Return line, title place and middle of every single, by row and lane."""
    singles = frame.singles
    return {
        (int(singles.rows[place]), frame.lanes[int(singles.lane[place])].name): (
            float(singles.y_px[place]),
            int(singles.title_place[place]),
            float(singles.middle_px[place]),
        )
        for place in range(len(singles))
    }


@given(seen_scenes())
def test_all_that_was_loaded_is_shown_merged_outside_or_filtered_out(seen: tuple[Scene, Viewport]) -> None:
    scene, view = seen
    frame = scene.frame(view)
    counts = frame.counts
    assert counts.shown + counts.merged + counts.outside + counts.filtered_out == counts.loaded == len(scene.table)
    assert counts.filtered_out == int(np.count_nonzero(~scene.result.mask))
    in_view = set(rows_in_view(scene, view))
    alone = set(frame.singles.rows.tolist()) & in_view
    assert (counts.shown, counts.merged) == (len(alone), len(in_view - alone))
    assert (frame.elsewhere is None) == bool(in_view)
    if frame.elsewhere is not None:
        assert frame.elsewhere.earlier + frame.elsewhere.later == counts.outside


@given(seen_scenes())
def test_every_event_of_a_lane_in_view_stands_alone_or_in_one_count(seen: tuple[Scene, Viewport]) -> None:
    scene, view = seen
    for alone, merged, expected in lanes_in_view(scene, scene.frame(view)):
        assert sorted([*alone, *merged]) == expected


@given(seen_scenes())
def test_nothing_on_a_line_overlaps_at_any_scale_of_a_level(seen: tuple[Scene, Viewport]) -> None:
    scene, view = seen
    layouts = scene.layouts()
    for share in SCALES_OF_A_LEVEL:
        frame = scene.frame(at_share_of_level(view, share), layouts)
        for boxes in boxes_by_line(frame).values():
            assert too_close(boxes) == []


@given(seen_scenes())
def test_counts_stand_a_cell_apart_on_a_line_of_their_own(seen: tuple[Scene, Viewport]) -> None:
    scene, view = seen
    frame = scene.frame(view)
    lines = boxes_by_line(frame)
    for lane in range(len(frame.lanes)):
        clusters = [cluster for cluster in frame.clusters if cluster.lane == lane]
        middles = [cluster.x_px for cluster in clusters]
        assert all(other - one >= CELL_PX - 1e-3 for one, other in pairwise(middles))
        assert not {cluster.y_px for cluster in clusters} & set(lines)


@given(seen_scenes())
def test_every_count_is_exact_and_every_member_passes(seen: tuple[Scene, Viewport]) -> None:
    scene, view = seen
    frame = scene.frame(view)
    for number, lane in enumerate(frame.lanes):
        clusters = [cluster for cluster in frame.clusters if cluster.lane == number]
        members = [row for cluster in clusters for row in cluster.rows.tolist()]
        singles = frame.singles.rows[frame.singles.lane == number].tolist()
        assert len(members) == len(set(members)) == sum(cluster.count for cluster in clusters)
        assert not set(members) & set(singles)
        assert scene.result.mask[[*members, *singles]].all()
        assert len(members) + len(singles) <= lane.count
        for cluster in clusters:
            rows = cluster.rows.tolist()
            assert rows == sorted(rows)
            assert [row for row in range(len(scene.table)) if cluster.holds(row)] == rows


@given(seen_scenes())
def test_a_view_of_all_time_has_everything(seen: tuple[Scene, Viewport]) -> None:
    scene, _ = seen
    frame = scene.frame(scene.fitted().zoomed(0.25, WIDTH_PX / 2))
    assert frame.counts.outside == 0
    for number, lane in enumerate(frame.lanes):
        members = sum(cluster.count for cluster in frame.clusters if cluster.lane == number)
        assert members + int(np.count_nonzero(frame.singles.lane == number)) == lane.count


@given(seen_scenes(), st.floats(-900, 900))
def test_panning_moves_positions_and_nothing_else(seen: tuple[Scene, Viewport], by_px: float) -> None:
    scene, view = seen
    panned = view.panned(by_px)
    if abs(panned.left_s) >= 2**60:
        return
    layouts = scene.layouts()
    before, after = scene.frame(view, layouts), scene.frame(panned, layouts)
    assert [(lane.top_px, lane.bottom_px) for lane in before.lanes] == [
        (lane.top_px, lane.bottom_px) for lane in after.lanes
    ]
    assert before.content_px == after.content_px
    there = places(after)
    for key, (y_px, title_place, middle_px) in places(before).items():
        if key in there:
            assert there[key][:2] == (y_px, title_place)
            if abs(middle_px) < WIDTH_PX and abs(there[key][2]) < WIDTH_PX:
                assert there[key][2] == pytest.approx(middle_px - by_px, abs=1e-3)


@given(seen_scenes())
def test_everything_is_finite_near_the_view_and_in_order(seen: tuple[Scene, Viewport]) -> None:
    scene, view = seen
    singles = scene.frame(view).singles
    for field in fields(singles):
        column = getattr(singles, field.name)
        assert len(column) == len(singles)
        if column.dtype == np.float64 and field.name != "y_px":
            assert np.isfinite(column).all()
            assert (np.abs(column) <= view.width_px + BEYOND_PX).all()
    assert (singles.start_px <= singles.end_px).all()
    assert (singles.left_px <= singles.right_px).all()
    has_title = singles.title_place != TitlePlace.NONE
    on_screen = has_title & (np.abs(singles.title_px) < BEYOND_PX)
    assert (singles.title_px >= singles.left_px - 1e-3)[on_screen].all()
    ends = singles.title_px + singles.title_width_px
    assert (ends <= singles.right_px + 1e-3)[on_screen & (ends < view.width_px + BEYOND_PX)].all()


@given(scenes(), st.sampled_from([1.0, 1.5, 2.0]), st.integers(0, 3000), st.integers(160, 900))
def test_only_lanes_on_screen_are_built(scene: Scene, text_scale: float, scroll_px: int, height_px: int) -> None:
    view = scene.fitted()
    layouts = scene.layouts()
    measures = Measures.at(text_scale)
    frame = scene.frame(view, layouts, height_px=height_px, scroll_px=scroll_px, text_scale=text_scale)
    tops = lane_tops_px(layouts.line_counts(view), measures)
    assert frame.content_px == tops[-1]
    seen = [
        number
        for number, (top, bottom) in enumerate(pairwise(tops))
        if bottom - scroll_px > measures.axis_px and top - scroll_px < height_px
    ]
    assert [lane.number for lane in frame.lanes] == seen
    assert all(lane.top_px == tops[lane.number] - scroll_px for lane in frame.lanes)
    assert set(frame.singles.lane.tolist()) <= set(range(len(frame.lanes)))


def test_a_long_event_merged_far_before_the_view_is_still_counted_in_it() -> None:
    wars = [f"{year}/2020" for year in range(1960, 1964)]
    scene = make_scene(numbered([*wars, "2010-06-19"]), max_lines=2)
    merged = scene.laid_out(16)[0].merged_rows.tolist()
    assert merged
    view = Viewport(0, 0.0, 2.0**16, WIDTH_PX).centred(parse("2010-06-19").start_earliest_s)
    frame = scene.frame(view)
    assert set(merged) <= rows_in_frame(frame)
    held = [cluster for cluster in frame.clusters if cluster.x_px == HELD_PX]
    assert [cluster.count for cluster in held] == [len([row for row in merged if row < 4])]
    later = scene.frame(view.centred(parse("2023").start_earliest_s))
    assert not later.clusters


def test_a_count_held_at_the_edge_takes_in_those_that_would_run_into_it() -> None:
    day = parse("2010-01-01")
    whens = ["1990/2020", "1990/2020", *["2010-01-01"] * 4]
    scene = make_scene(numbered(whens), max_lines=1)
    layouts = scene.layouts()
    view = Viewport(0, 0.0, 2.0**16, WIDTH_PX)
    totals = set()
    for offset_px in range(0, 300, 7):
        frame = scene.frame(view.centred(day.start_earliest_s).panned(350 + offset_px), layouts)
        middles = [cluster.x_px for cluster in frame.clusters]
        assert middles[0] == HELD_PX
        assert all(other - one >= CELL_PX for one, other in pairwise(middles))
        totals.add(tuple(cluster.count for cluster in frame.clusters))
    assert totals >= {(1, 4), (5,)} or totals >= {(1, 4), (1,)}


def test_an_imprecise_date_is_as_wide_as_its_doubt_and_a_narrow_one_is_a_mark() -> None:
    scene = make_scene([make_event("month", "2024-06"), make_event("day", "2024-08-01")])
    singles = scene.frame(Viewport(parse("2024-06").start_earliest_s, 0.0, DAY_S / 10, WIDTH_PX)).singles
    assert singles.rows.tolist() == [0, 1]
    assert singles.is_mark.tolist() == [False, True]
    assert (singles.start_px[0], singles.end_px[0]) == pytest.approx((0, 300))
    assert singles.sure_start_px[0] >= singles.sure_end_px[0]
    assert singles.middle_px[1] == pytest.approx(615)
    assert singles.right_px[1] - singles.left_px[1] == pytest.approx(MARK_PX + 5 + 21)


def test_larger_marks_have_their_own_room_and_what_is_wider_than_a_small_one_is_as_wide_as_it_was() -> None:
    days = [make_event("day", f"2024-{month:02}-{day:02}", actors=["A"]) for month in range(1, 13) for day in (3, 4, 9)]
    scene = make_scene([*days, make_event("month", "2024-06", actors=["A"])])
    large = replace(scene, extents=replace(scene.extents, mark_px=2 * MARK_PX))
    view = Viewport(parse("2024").start_earliest_s, 0.0, DAY_S / 0.6, WIDTH_PX)
    for drawn, mark_px in ((scene, MARK_PX), (large, 2 * MARK_PX)):
        singles = drawn.frame(view).singles
        bar = singles.rows == drawn.table.row_of("month")
        assert (~singles.is_mark).tolist() == bar.tolist()
        assert (singles.end_px - singles.start_px)[bar] == pytest.approx(30 * 0.6)
        titled = singles.is_mark & (singles.title_place != TitlePlace.NONE)
        assert titled.any()
        assert (singles.right_px - singles.left_px)[titled] == pytest.approx(mark_px + 5 + 21)
        for y_px in set(singles.y_px.tolist()):
            here = singles.y_px == y_px
            order = np.argsort(singles.left_px[here])
            lefts, rights = singles.left_px[here][order], singles.right_px[here][order]
            assert (lefts[1:] >= rights[:-1]).all()


def test_a_span_is_sure_between_its_inner_bounds() -> None:
    scene = make_scene([make_event("span", "2024-06/2024-08"), make_event("other", "2025")])
    singles = scene.frame(Viewport(parse("2024-06").start_earliest_s, 0.0, DAY_S / 10, 1200)).singles
    starts, ends = (singles.start_px[0], singles.sure_start_px[0]), (singles.sure_end_px[0], singles.end_px[0])
    assert starts == pytest.approx((0, 300), abs=1e-3)
    assert ends == pytest.approx((610, 920), abs=1e-3)
    assert singles.flags[0] & WhenFlag.SPAN


def test_open_ends_stop_at_the_last_date_and_never_shrink_to_nothing() -> None:
    scene = make_scene([make_event("war", "2022-02-24/.."), make_event("last", "2024-06-30/..")])
    view = scene.fitted()
    singles = scene.frame(view).singles
    by_row = {int(row): place for place, row in enumerate(singles.rows)}
    war, last = by_row[0], by_row[1]
    assert singles.end_px[war] == pytest.approx(view.x_of(scene.extents.last_s))
    assert singles.end_px[last] - singles.start_px[last] == pytest.approx(36)
    assert not singles.is_mark[last]


def test_a_title_inside_a_bar_keeps_to_the_part_in_view() -> None:
    scene = make_scene([make_event("long war", "2000/2020"), make_event("other", "2024")])
    view = Viewport(parse("2010").start_earliest_s, 0.0, DAY_S, WIDTH_PX)
    singles = scene.frame(view).singles
    assert singles.title_place[0] == TitlePlace.INSIDE
    assert 0 < singles.title_px[0] < 20


def test_what_passes_the_filter_only_possibly_is_not_certain() -> None:
    scene = make_scene([make_event("month", "2024-06"), make_event("day", "2024-06-20")])
    certain = np.array([False, True])
    frame = scene.frame(scene.fitted())
    assert frame.singles.certain.all()
    changed = replace(scene, result=replace(scene.result, surely=certain))
    singles = changed.frame(scene.fitted()).singles
    assert {int(row): bool(sure) for row, sure in zip(singles.rows, singles.certain, strict=True)} == {
        0: False,
        1: True,
    }


def seconds_apart_at_the_big_bang() -> list[Event]:
    event = make_event("first", "Y-13800000000")
    found = []
    for number in range(12):
        at_s = BIG_BANG_S + 7 * number
        when = type(event.when)("", at_s, at_s, at_s, at_s, event.when.precision)
        found.append(make_event(f"event {number}", when, actors=["Universe"]))
    return [*found, make_event("now", "2024", actors=["Universe"])]


def test_seconds_after_the_big_bang_are_told_apart_and_do_not_overlap() -> None:
    scene = make_scene(seconds_apart_at_the_big_bang())
    view = Viewport(BIG_BANG_S - 10, 0.0, 0.1, WIDTH_PX)
    frame = scene.frame(view)
    assert rows_in_frame(frame) == set(range(12))
    assert np.sort(frame.singles.middle_px).tolist() == [105 + 70 * number for number in range(12)]
    for boxes in boxes_by_line(frame).values():
        assert too_close(boxes) == []


def test_zooming_from_all_of_time_to_a_minute_keeps_every_event_in_sight() -> None:
    whens = ["Y-13800000000", "-0043-03-15", "2024-06", "2024-10-22/2024-10-24", "2024-11-05T14:30", "2022/.."]
    scene = make_scene(numbered(whens))
    for row in range(len(scene.table)):
        view = scene.fitted()
        anchor_s = int(scene.extents.drawn_s(np.array([row], np.int32))[0][0])
        while True:
            assert row in rows_in_frame(scene.frame(view)), (row, view)
            if view.span_s <= 60:
                break
            view = view.zoomed(1.7, view.x_of(anchor_s))


def test_measures_grow_with_the_text() -> None:
    plain, double = Measures.at(1.0), Measures.at(2.0)
    assert plain == Measures()
    for name in ("axis_px", "head_px", "line_px", "foot_px", "bar_px"):
        assert getattr(double, name) == 2 * getattr(plain, name)


def shapes(frame: Frame) -> int:
    columns = sum(len(strip.counts) for strip in frame.strips)
    return len(frame.singles) + len(frame.clusters) + columns + len(frame.axis.minor) + len(frame.axis.major)


def most_shapes(scene: Scene) -> int:
    """Return the most shapes of any frame from everything to one hour, in the middle of the data and in its crowd."""
    most = 0
    layouts = scene.layouts()
    view = scene.fitted()
    while view.span_s > 3600:
        for share in (0.5, 0.98):
            moved = view.centred(int(scene.extents.first_s + share * (scene.extents.last_s - scene.extents.first_s)))
            most = max(most, shapes(scene.frame(moved, layouts)))
        view = view.zoomed(32, WIDTH_PX / 2)
    return most


def bound(scene: Scene) -> int:
    """Return how many shapes rows and pixels allow: marks on every line, a count in every cell, columns, ticks."""
    lanes = len(scene.lanes.lanes)
    # At the finest scale of a level everything is twice as wide; a cell on either side is laid out too.
    reach_px = 2 * WIDTH_PX + 4 * CELL_PX
    marks, counts = math.ceil(reach_px / (MARK_PX + GAP_PX)), math.ceil(reach_px / CELL_PX)
    columns = math.ceil(reach_px / COLUMN_PX)
    return lanes * (scene.max_lines * marks + counts + columns) + 200


@pytest.mark.once
def test_shapes_are_bounded_by_rows_and_pixels_however_many_events_there_are() -> None:
    few, many = make_scene(synthetic_table(MANY // 1000)), make_scene(synthetic_table(MANY))
    assert most_shapes(few) <= bound(few)
    assert most_shapes(many) <= bound(many)
    assert bound(few) == bound(many)


def test_columns_of_a_frame_belong_to_its_rows() -> None:
    scene = make_scene(synthetic_table(500))
    singles = scene.frame(scene.fitted()).singles
    flags: npt.NDArray[np.uint8] = scene.table.flags[singles.rows]
    assert singles.flags.tolist() == flags.tolist()


def test_an_empty_view_knows_where_the_events_are() -> None:
    scene = make_scene(numbered(["2020-01-01", "2020-06-01", "2024-01-01"]))
    assert scene.frame(Viewport.fit(*bounds_s("2022"), WIDTH_PX)).elsewhere == Elsewhere(earlier=2, later=1)
    assert scene.frame(Viewport.fit(*bounds_s("2024"), WIDTH_PX)).elsewhere is None


def bounds_s(text: str) -> tuple[int, int]:
    """Return the first and last second of a date."""
    when = parse(text)
    return when.start_earliest_s, when.end_latest_s


@pytest.mark.parametrize("scroll_px", [0, 60, 90, 130])
def test_a_strip_has_a_line_to_itself_below_the_counts(scroll_px: int) -> None:
    scene = make_scene(synthetic_table(6_000), limit=2)
    frame = scene.frame(scene.fitted(), height_px=170 if scroll_px == 0 else 400, scroll_px=scroll_px)
    heights = frame.measures
    assert frame.strips
    for strip in frame.strips:
        lane = frame.lanes[strip.lane]
        assert strip.bottom_px - strip.top_px >= heights.line_px
        assert strip.bottom_px <= lane.bottom_px
        counts_y = {cluster.y_px for cluster in frame.clusters if cluster.lane == strip.lane}
        assert all(lane.top_px + heights.head_px < y_px < strip.top_px for y_px in counts_y)
        on_lane = frame.singles.y_px[frame.singles.lane == strip.lane]
        assert (on_lane < min(counts_y, default=strip.top_px)).all()
