"""Layouts give the same picture on whatever way it was reached, and an exact one while parts are still missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from unittest import mock

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.helpers.examples import examples
from tests.helpers.scenes import (
    CHARACTER_PX,
    NOW_S,
    SCALES_OF_A_LEVEL,
    TALL_PX,
    WIDTH_PX,
    YEAR_S,
    Scene,
    at_share_of_level,
    boxes_by_line,
    crowd_table,
    crowds,
    lanes_in_view,
    make_scene,
    near_views,
    numbered,
    rows_in_view,
    so_often,
    synthetic_table,
    too_close,
    views,
)
from tests.helpers.tables import make_event
from timeline_app.core.arrays import Float32Array, Int32Array
from timeline_app.core.filter import Filter
from timeline_app.core.lanes import Grouping
from timeline_app.core.levels import TimeIndex
from timeline_app.core.records import AreThere
from timeline_app.scene import near as near_module
from timeline_app.scene import tiles as tiles_module
from timeline_app.scene.cells import cell_s
from timeline_app.scene.frame import Frame
from timeline_app.scene.lane_lines import CROWDED_FOOT_LINES
from timeline_app.scene.layout import Layouts
from timeline_app.scene.merged import HELD_PX
from timeline_app.scene.rows import CELL_PX, TitlePlace
from timeline_app.scene.tiled_lane import TiledLane
from timeline_app.scene.tiles import TILE_BITS, tiles_near
from timeline_app.scene.viewport import Viewport
from timeline_app.scene.whole_lane import WholeLane

MANY = examples(40)
SMALL_FEW = 40
MOST_STEPS = 1_000  # three tiles, each below half a hundred levels of bars
STEPS = st.lists(
    st.tuples(st.sampled_from(["pan", "zoom", "jump"]), st.floats(-2.5, 2.5)),
    min_size=1,
    max_size=6,
)


@pytest.fixture(autouse=True, scope="module")
def fewer_are_few() -> Iterator[None]:
    """Let small examples, too, be so many that tiles look at the most important event of each column only."""
    with mock.patch.object(tiles_module, "FEW", SMALL_FEW):
        yield


@st.composite
def seen_crowds(draw: st.DrawFn) -> tuple[Scene, Viewport]:
    scene = draw(crowds())
    return scene, draw(st.one_of(near_views(scene), views(scene)))


def walked(scene: Scene, view: Viewport, steps: list[tuple[str, float]]) -> Iterator[Viewport]:
    """Yield the views on a way."""
    for kind, amount in steps:
        if kind == "pan":
            view = view.panned(amount * WIDTH_PX)
        elif kind == "zoom":
            view = view.zoomed(2.0 ** (2 * amount), WIDTH_PX / 3)
        else:
            first_s, last_s = scene.extents.first_s, scene.extents.last_s
            view = view.centred(first_s + round((amount + 2.5) / 5 * (last_s - first_s)))
        yield view


def always() -> bool:
    """Go on, however long it takes."""
    return True


def picture(frame: Frame) -> list[tuple[object, ...]]:
    """Return all that stands in a frame, in an order of its own."""
    singles = frame.singles
    columns = (singles.rows, singles.lane, singles.y_px, singles.title_place, singles.left_px, singles.right_px)
    alone = sorted(zip(*(column.tolist() for column in columns), strict=True))
    merged = [(cluster.lane, cluster.x_px, cluster.count) for cluster in frame.clusters]
    return [*alone, *merged]


def check_counts(scene: Scene, frame: Frame) -> None:
    """Fail where a frame's counts are not those that are found event by event."""
    counts = frame.counts
    in_view = set(rows_in_view(scene, frame.viewport))
    alone = set(frame.singles.rows.tolist()) & in_view
    assert (counts.shown, counts.merged) == (len(alone), len(in_view) - len(alone))
    assert counts.shown + counts.merged + counts.outside + counts.filtered_out == counts.loaded == len(scene.table)
    for lane_alone, merged, expected in lanes_in_view(scene, frame):
        assert sorted([*lane_alone, *merged]) == expected
    for cluster in frame.clusters:
        assert cluster.count == len(cluster.rows)


@settings(max_examples=MANY)
@given(seen_crowds())
def test_nothing_on_a_line_overlaps_at_any_scale_of_a_level(seen: tuple[Scene, Viewport]) -> None:
    scene, view = seen
    layouts = scene.layouts()
    for share in SCALES_OF_A_LEVEL:
        for boxes in boxes_by_line(scene.frame(at_share_of_level(view, share), layouts)).values():
            assert too_close(boxes) == []


@settings(max_examples=MANY)
@given(seen_crowds(), STEPS)
def test_a_picture_is_the_same_on_whatever_way_it_was_reached(
    seen: tuple[Scene, Viewport], steps: list[tuple[str, float]]
) -> None:
    scene, view = seen
    layouts = scene.layouts()
    for passed in walked(scene, view, steps):
        scene.frame(passed, layouts)
    assert picture(scene.frame(view, layouts)) == picture(scene.frame(view))


def check_panning(scene: Scene, view: Viewport, by_px: float, layouts: Layouts) -> None:
    """Fail where anything but positions changes when a view is moved within its level."""
    panned = view.panned(by_px)
    if panned.level != view.level or abs(panned.left_s) >= 2**60:
        return
    before, after = scene.frame(view, layouts), scene.frame(panned, layouts)
    assert [lane.top_px for lane in before.lanes] == [lane.top_px for lane in after.lanes]
    assert standing_between(before, by_px) == standing_between(after, -by_px)
    there = counts_by_cell(after, abs(by_px))
    for cell, count in counts_by_cell(before, abs(by_px)).items():
        assert there.get(cell, count) == count


def standing_between(frame: Frame, other_px: float) -> dict[tuple[int, int], tuple[float, int]]:
    """Return line and title place of what stands in a view and in another so many pixels away, by row and lane."""
    singles = frame.singles
    left, right = max(0.0, other_px), min(WIDTH_PX, WIDTH_PX + other_px)
    seen = np.flatnonzero((singles.right_px > left + 1) & (singles.left_px < right - 1))
    keys = zip(singles.rows[seen].tolist(), singles.lane[seen].tolist(), strict=True)
    places = zip(singles.y_px[seen].tolist(), singles.title_place[seen].tolist(), strict=True)
    return dict(zip(keys, places, strict=True))


def counts_by_cell(frame: Frame, by_px: float) -> dict[tuple[int, int], int]:
    """Return the counts by lane and cell, without those that one held at the edge may take in after some pixels."""
    view = frame.viewport
    free_px = HELD_PX + 2 * CELL_PX + by_px
    return {
        (cluster.lane, view.time_at(cluster.x_px) // cell_s(view.level)): cluster.count
        for cluster in frame.clusters
        if cluster.x_px > free_px
    }


@settings(max_examples=MANY)
@given(seen_crowds(), st.integers(-900, 900))
def test_panning_moves_positions_and_nothing_else(seen: tuple[Scene, Viewport], by_px: int) -> None:
    scene, view = seen
    check_panning(scene, view, by_px, scene.layouts())


@pytest.mark.parametrize("level", [12, 14, 16])
def test_nothing_changes_where_a_tile_leaves_the_view(level: int) -> None:
    scene = make_scene(crowd_table(3_000, 11, 4 * YEAR_S, 3_600), grouping=Grouping.NONE)
    layouts = scene.layouts()
    border_s = ((NOW_S + YEAR_S) >> (level + TILE_BITS)) << (level + TILE_BITS)
    at_border = Viewport(border_s, 0.0, 2.0**level, WIDTH_PX)
    for outside_px in range(-400, 401, 23):
        for edge_px in (0, WIDTH_PX):
            view = at_border.panned(outside_px - edge_px)
            for by_px in (-450, -100, 100, 450):
                check_panning(scene, view, by_px, layouts)


@settings(max_examples=MANY)
@given(seen_crowds(), STEPS)
def test_counts_are_exact_while_other_scales_stand_in(
    seen: tuple[Scene, Viewport], steps: list[tuple[str, float]]
) -> None:
    scene, view = seen
    layouts = scene.layouts()
    check_counts(scene, scene.frame(view, layouts))
    for passed in walked(scene, view, steps):
        check_counts(scene, scene.frame(passed, layouts, steps=1))


@settings(max_examples=MANY)
@given(seen_crowds(), STEPS)
def test_after_some_calls_all_is_laid_out_as_if_it_had_been_at_once(
    seen: tuple[Scene, Viewport], steps: list[tuple[str, float]]
) -> None:
    scene, view = seen
    layouts = scene.layouts()
    for passed in walked(scene, view, steps):
        calls = 1
        while not layouts.proceed(passed, so_often(1)):
            calls += 1
            assert calls <= MOST_STEPS * max(1, len(layouts.lanes))
        assert layouts.is_ready(passed)
        assert picture(scene.frame(passed, layouts, steps=0)) == picture(scene.frame(passed))


@settings(max_examples=MANY)
@given(seen_crowds(), STEPS)
def test_looking_ahead_changes_no_picture(seen: tuple[Scene, Viewport], steps: list[tuple[str, float]]) -> None:
    scene, view = seen
    layouts = scene.layouts()
    for passed in walked(scene, view, steps):
        before = picture(scene.frame(passed, layouts))
        assert layouts.look_beside(passed, always)
        assert layouts.look_ahead(passed, always)
        assert picture(scene.frame(passed, layouts, steps=0)) == before == picture(scene.frame(passed))


@settings(max_examples=MANY)
@given(seen_crowds(), STEPS, st.integers(0, 4))
def test_foreseeing_changes_no_picture(
    seen: tuple[Scene, Viewport], steps: list[tuple[str, float]], often: int
) -> None:
    scene, view = seen
    layouts, alone = scene.layouts(), scene.layouts()
    for passed in walked(scene, view, steps):
        layouts.foresee(passed, so_often(often))
        for other in (view, passed):
            frame = scene.frame(other, layouts, steps=2)
            check_counts(scene, frame)
            assert picture(frame) == picture(scene.frame(other, alone, steps=2))


def test_what_was_foreseen_is_not_worked_out_again() -> None:
    scene = make_scene(crowd_table(3_000, 11, 4 * YEAR_S, 3_600))
    view = scene.fitted().zoomed(16, WIDTH_PX / 2)
    layouts = scene.layouts()
    before = layouts.standing(view)
    coming = view.zoomed(2, WIDTH_PX / 2)
    assert not layouts.foresee(coming, so_often(1))
    assert layouts.foresee(coming, always)
    with mock.patch.object(near_module, "standing_of"), mock.patch.object(near_module, "cell_places"):
        frame = scene.frame(coming, layouts, steps=0)
    check_counts(scene, frame)
    assert layouts.standing(view) is before


def test_what_lasts_into_coming_views_is_counted_before() -> None:
    scene = make_scene(crowd_table(3_000, 11, 4 * YEAR_S, 3_600))
    view = scene.fitted().zoomed(16, WIDTH_PX / 2)
    layouts = scene.layouts()
    scene.frame(view, layouts)
    numbers = range(len(layouts.lanes))
    layouts.count_ahead(view, view.panned(400), numbers, always)
    with mock.patch.object(TimeIndex, "_counted_under_way", side_effect=AssertionError):
        for by_px in range(0, 400, 30):
            moved = view.panned(by_px)
            for lane in layouts.lanes:
                lane.index.under_way(layouts.cell_counts(moved).grid.first_s)
    layouts.count_ahead(view, view.panned(-4_000), numbers, so_often(0))
    with pytest.raises(AssertionError), mock.patch.object(TimeIndex, "_counted_under_way", side_effect=AssertionError):
        layouts.lanes[0].index.under_way(layouts.cell_counts(view.panned(-4_000)).grid.first_s)


def test_what_was_looked_ahead_to_is_ready() -> None:
    scene = make_scene(crowd_table(3_000, 11, 4 * YEAR_S, 3_600), grouping=Grouping.NONE)
    layouts = scene.layouts()
    view = scene.fitted().zoomed(16, WIDTH_PX / 2)
    layouts.prepare(view)
    beside = [view.panned(by_px) for by_px in (-WIDTH_PX, WIDTH_PX)]
    zoomed = [view.zoomed(factor, WIDTH_PX / 2) for factor in (0.5, 2)]
    for look, near in ((layouts.look_beside, beside), (layouts.look_ahead, zoomed)):
        assert not all(layouts.is_ready(other) for other in near)
        calls = 1
        while not look(view, so_often(1)):
            calls += 1
        assert calls > 1
        assert all(layouts.is_ready(other) for other in near)


def test_steps_far_from_a_view_change_nothing_of_what_stands_in_it() -> None:
    scene = make_scene(crowd_table(3_000, 11, 4 * YEAR_S, 3_600))
    view = scene.fitted().zoomed(64, WIDTH_PX / 2)
    layouts = scene.layouts()
    assert not layouts.proceed(view, so_often(3))
    standing = layouts.standing(view)
    layouts.proceed(view.panned(30 * WIDTH_PX), so_often(20))
    assert layouts.standing(view) is standing
    assert layouts.proceed(view, always)
    assert layouts.standing(view) is not standing


def test_while_a_view_moves_lanes_on_screen_are_laid_out_on_either_side_and_the_others_wait() -> None:
    scene = make_scene(crowd_table(3_000, 11, 4 * YEAR_S, 3_600))
    view = scene.fitted().zoomed(16, WIDTH_PX / 2)
    layouts = scene.layouts()
    (seen, *others) = [number for number, lane in enumerate(layouts.lanes) if lane.crowd is not None]
    tiles = tiles_near(view.level, view.left_s, view.right_s)
    beside = range(tiles.start - 1, tiles.stop + 1)
    steps = 0
    while not layouts.proceed(view, so_often(1), first=[seen], is_moving=True):
        steps += 1
    assert steps > 1
    assert not layouts.lanes[seen].work(view.level, beside)
    assert all(layouts.lanes[other].work(view.level, tiles) for other in others)
    assert layouts.proceed(view, always, first=[seen])
    assert layouts.is_ready(view)


def test_while_a_view_moves_nothing_waits_for_titles_that_are_on_their_way() -> None:
    scene = make_scene(crowd_table(3_000, 11, 4 * YEAR_S, 3_600))
    view = scene.fitted().zoomed(16, WIDTH_PX / 2)
    are_there: list[bool] = []
    asked: set[int] = set()
    measured: set[int] = set()

    def titles_soon(rows: Int32Array) -> AreThere:
        asked.update(rows.tolist())
        return lambda: bool(are_there)

    def title_px(rows: Int32Array) -> Float32Array:
        measured.update(rows.tolist())
        return scene.extents.title_px(rows)

    extents = replace(scene.extents, titles_soon=titles_soon, title_px=title_px)
    layouts = replace(scene, extents=extents).layouts()
    everyone = range(len(layouts.lanes))
    assert not layouts.proceed(view, always, first=everyone, is_moving=True)
    # Those of all lanes were asked for, none of the others that were.
    assert asked
    assert not asked & measured
    assert not layouts.look_beside(view, always, is_moving=True)
    assert not layouts.look_ahead(view, always, is_moving=True)
    assert not asked & measured
    are_there.append(True)
    assert layouts.proceed(view, always, first=everyone, is_moving=True)
    assert layouts.look_beside(view, always, is_moving=True)
    assert layouts.look_ahead(view, always, is_moving=True)
    assert picture(scene.frame(view, layouts, steps=0)) == picture(scene.frame(view))


def test_at_rest_titles_are_waited_for() -> None:
    scene = make_scene(synthetic_table(3_000))
    extents = replace(scene.extents, titles_soon=lambda _: lambda: False)
    layouts = replace(scene, extents=extents).layouts()
    assert {type(lane) for lane in layouts.lanes} == {WholeLane, TiledLane}
    view = scene.fitted()
    assert not layouts.proceed(view, always, is_moving=True)
    assert layouts.proceed(view, always)
    assert layouts.look_beside(view, always)
    assert layouts.look_ahead(view, always)


def test_a_frame_lays_out_small_lanes_and_leaves_great_ones_for_later() -> None:
    scene = make_scene(synthetic_table(3_000))
    layouts = scene.layouts()
    kinds = {type(lane) for lane in layouts.lanes}
    assert kinds == {WholeLane, TiledLane}
    view, most = scene.fitted(), 60
    assert not layouts.prepare(view, most)
    laid_out = [lane for number, lane in enumerate(layouts.lanes) if number in layouts.standing(view).lane]
    assert 0 < sum(len(lane.lane.rows) for lane in laid_out) <= most
    assert {type(lane) for lane in laid_out} == {WholeLane}
    assert layouts.proceed(view, always)
    assert picture(scene.frame(view, layouts, steps=0)) == picture(scene.frame(view))


def test_lanes_that_are_asked_for_first_are_laid_out_first() -> None:
    scene = make_scene(crowd_table(3_000, 11, 4 * YEAR_S, 3_600))
    view = scene.fitted()
    last = len(scene.lanes.lanes) - 1
    assert last > 0
    layouts = scene.layouts()
    while last not in (laid := set(layouts.standing(view).lane.tolist())):
        assert not layouts.proceed(view, so_often(1), first=[last])
    assert laid == {last}


def test_a_finer_scale_stands_in_without_titles_until_the_coarser_is_laid_out() -> None:
    scene = make_scene(numbered([f"2024-06-{day:02}" for day in range(1, 29)]), crowded_from=1)
    layouts = scene.layouts()
    fine = scene.fitted()
    assert scene.frame(fine, layouts).singles.title_width_px.any()
    coarse = fine.zoomed(1 / 64, WIDTH_PX / 2)
    stand_in = scene.frame(coarse, layouts, steps=0)
    assert len(stand_in.singles)
    assert not stand_in.singles.title_width_px.any()
    assert scene.frame(coarse, layouts).singles.title_width_px.any()


def test_a_coarser_scale_stands_in_with_its_titles() -> None:
    scene = make_scene(numbered([f"2024-06-{day:02}" for day in range(1, 29)] * 3), crowded_from=1)
    layouts = scene.layouts()
    coarse = scene.fitted()
    titles = scene.frame(coarse, layouts).singles.title_place
    stand_in = scene.frame(coarse.zoomed(2, WIDTH_PX / 2), layouts, steps=0)
    found = set(stand_in.singles.title_place.tolist())
    assert {int(TitlePlace.NONE), int(TitlePlace.RIGHT)} <= found <= set(titles.tolist())


@settings(max_examples=MANY)
@given(seen_crowds(), st.data())
def test_the_line_of_an_event_is_where_the_frame_shows_it(seen: tuple[Scene, Viewport], data: st.DataObject) -> None:
    scene, view = seen
    if not len(scene.table):
        return
    layouts = scene.layouts()
    frame = scene.frame(view, layouts)
    row = data.draw(st.integers(0, len(scene.table) - 1))
    for number, lane in enumerate(layouts.lanes):
        line = layouts.line_of(number, row, view)
        assert (line is None) == (row not in lane.lane.rows.tolist())
        at = np.flatnonzero((frame.singles.rows == row) & (frame.singles.lane == number))
        for y_px in frame.singles.y_px[at].tolist():
            heights = frame.measures
            assert line is not None
            assert y_px == frame.lanes[number].top_px + heights.head_px + (line + 0.5) * heights.line_px
        if any(cluster.lane == number and cluster.holds(row) for cluster in frame.clusters):
            assert line == lane.line_count(view.level) - 1


def test_an_event_in_two_lanes_stands_once_in_the_count_of_those_that_stand() -> None:
    events = [make_event(f"e{day}", f"2024-06-{day:02}", actors=["Russia", "Iran"]) for day in range(1, 6)]
    for crowded_from in (1, 400):
        scene = make_scene(events, crowded_from=crowded_from)
        layouts = scene.layouts()
        layouts.prepare(scene.fitted(), None)
        assert layouts.standing_count(scene.fitted()) == scene.frame(scene.fitted(), layouts).counts.shown


@pytest.mark.parametrize("crowded_from", [1, 400])
def test_before_anything_is_laid_out_all_is_counted(crowded_from: int) -> None:
    scene = make_scene(numbered(["2024-06-19", "2024-06-20"]), crowded_from=crowded_from)
    layouts = scene.layouts()
    frame = scene.frame(scene.fitted(), layouts, steps=0)
    assert len(frame.singles) == 0
    assert (frame.counts.shown, frame.counts.merged) == (0, 2)
    assert not layouts.is_ready(scene.fitted())


def test_a_lane_is_as_high_as_it_was_until_it_is_laid_out() -> None:
    scene = make_scene(numbered([f"2024-06-{day:02}" for day in range(1, 29)]))
    view = scene.fitted()
    before = scene.layouts()
    before.prepare(view)
    lines = before.lines_by_name(view)
    assert list(lines) == [lane.name for lane in scene.lanes.lanes]
    after = Layouts(scene.lanes, scene.extents, scene.max_lines, {name: count + 1 for name, count in lines.items()})
    assert after.line_counts(view) == [count + 1 for count in lines.values()]
    after.prepare(view)
    assert after.line_counts(view) == before.line_counts(view)


def test_layouts_of_no_lanes_are_ready_at_once() -> None:
    scene = make_scene([])
    layouts = Layouts(scene.lanes, scene.extents, 12)
    assert layouts.prepare(scene.fitted())
    assert layouts.line_counts(scene.fitted()) == []
    assert scene.frame(scene.fitted(), layouts, height_px=TALL_PX).lanes == ()


def test_titles_turn_left_at_the_end_of_what_passes() -> None:
    dates = {"2024-01-01": "Russia", "2024-12-01": "Russia", "2034-12-01": "Iran"}
    scene = make_scene(
        [make_event("A" * 30, date, actors=[actor]) for date, actor in dates.items()], Filter(actors=("Russia",))
    )
    view = Viewport.fit(*(scene.table.extent_of(scene.result.rows) or (0, 0)), 800)
    assert scene.frame(view).singles.title_place.tolist() == [TitlePlace.RIGHT, TitlePlace.LEFT]


@pytest.mark.parametrize("width_px", [400, 512, 672, 1000, 1900])
@pytest.mark.parametrize("length", [1, 3, 4, 8])
def test_a_short_title_at_the_end_of_everything_is_seen(width_px: int, length: int) -> None:
    scene = make_scene([make_event("T" * length, date, actors=["Russia"]) for date in ("2024-01-01", "2024-02-02")])
    singles = scene.frame(scene.fitted(width_px)).singles
    assert len(singles) == 2
    assert (singles.title_width_px == CHARACTER_PX * length).all()
    assert (singles.right_px <= width_px).all()


@pytest.mark.parametrize(("lanes", "lines"), [(1, 22), (2, 12), (4, 6), (9, 3)])
def test_crowded_lanes_have_more_lines_where_they_are_few(lanes: int, lines: int) -> None:
    names = [f"Actor {number % lanes}" for number in range(lanes * 400)]
    scene = make_scene([make_event("A", "2024-01-01", actors=[name]) for name in names])
    layouts = Layouts(scene.lanes, scene.extents, 24)
    assert {lane.line_count(16) for lane in layouts.lanes if isinstance(lane, TiledLane)} == {
        lines + CROWDED_FOOT_LINES
    }
    assert len(layouts.lanes) == lanes
