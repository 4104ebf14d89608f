"""Counts are exact: they hold what is in their cell and does not stand by itself, and never run into each other."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.helpers.examples import examples
from tests.helpers.scenes import (
    DAY_S,
    NOW_S,
    WIDTH_PX,
    Scene,
    crowd_table,
    crowds,
    in_cells,
    make_scene,
    near_views,
    numbered,
    views,
)
from timeline_app.core.arrays import Int32Array
from timeline_app.core.lanes import Grouping
from timeline_app.core.when import parse
from timeline_app.scene.cells import CellGrid, cell_places, cell_s, count_cells, touched_s
from timeline_app.scene.clusters import Clusters
from timeline_app.scene.merged import HELD_PX, MergedLanes, clusters_of
from timeline_app.scene.placed import Placed
from timeline_app.scene.rows import CELL_PX
from timeline_app.scene.standing import lane_standing, standing_of
from timeline_app.scene.viewport import Viewport

MANY = examples(60)
Y_PX = 30.0


@st.composite
def lanes_with_some_standing(draw: st.DrawFn) -> tuple[Scene, Viewport, int, Int32Array]:
    """Make a crowded scene, a view, the number of a lane, and rows of it that shall stand by themselves."""
    scene = draw(crowds().filter(lambda scene: any(lane.index is not None for lane in scene.lanes.lanes)))
    crowded = [number for number, lane in enumerate(scene.lanes.lanes) if lane.index is not None]
    number = draw(st.sampled_from(crowded))
    rows = scene.lanes.lanes[number].rows
    chosen = np.random.default_rng(draw(st.integers(0, 99))).random(len(rows)) < draw(st.sampled_from([0, 0.1, 0.9, 1]))
    return scene, draw(st.one_of(near_views(scene), views(scene))), number, rows[chosen]


def crowd_clusters(scene: Scene, view: Viewport, number: int, alone: Int32Array, around: int = 0) -> Clusters:
    """Return the counts of a lane in which some rows stand by themselves, from cells counted with those around."""
    begin_s, end_s = scene.extents.drawn_s(alone)
    nothing = np.zeros(len(alone), np.uint8)
    placed = Placed(alone, nothing.astype(np.int16), nothing, nothing.astype(np.float64), begin_s, end_s)
    indexes = [lane.index for lane in scene.layouts().lanes]
    parts = [(placed,) if at == number else () for at in range(len(indexes))]
    standing = standing_of([lane_standing(part, scene.extents, has_titles=False) for part in parts])
    grid = CellGrid.of(view, scene.extents, around)
    places = grid.places_of(view)
    assert places is not None
    of_lanes = cell_places(indexes, scene.extents, grid)
    cells = count_cells(grid, of_lanes, standing.rows, standing.lane, scene.extents).part(places)
    seen = np.arange(len(standing))
    merged = MergedLanes(standing, seen, [number], [indexes[number]], cells)
    return clusters_of(merged, view, np.array([3]), np.array([Y_PX]))


@settings(max_examples=MANY)
@given(lanes_with_some_standing())
def test_what_does_not_stand_by_itself_is_in_exactly_one_count(
    given_lane: tuple[Scene, Viewport, int, Int32Array],
) -> None:
    scene, view, number, standing = given_lane
    rows = scene.lanes.lanes[number].rows
    expected = set(rows[in_cells(scene, rows, view)].tolist()) - set(standing.tolist())
    clusters = crowd_clusters(scene, view, number, standing)
    members = [row for cluster in clusters for row in cluster.rows.tolist()]
    assert sorted(members) == sorted(expected)
    for cluster in clusters:
        assert cluster.count == len(cluster.rows) > 0
        assert (np.diff(cluster.rows) > 0).all()
        assert cluster.first_row <= cluster.rows[0] <= cluster.rows[-1] <= cluster.last_row
        assert (cluster.lane, cluster.y_px) == (3, Y_PX)


@settings(max_examples=MANY)
@given(lanes_with_some_standing(), st.data())
def test_a_count_knows_whom_it_holds(given_lane: tuple[Scene, Viewport, int, Int32Array], data: st.DataObject) -> None:
    scene, view, number, standing = given_lane
    row = data.draw(st.integers(0, len(scene.table) - 1))
    for cluster in crowd_clusters(scene, view, number, standing):
        assert cluster.holds(row) == (row in cluster.rows.tolist())


@settings(max_examples=MANY)
@given(lanes_with_some_standing())
def test_counts_stand_a_cell_apart_in_the_cells_of_their_members(
    given_lane: tuple[Scene, Viewport, int, Int32Array],
) -> None:
    scene, view, number, standing = given_lane
    clusters = list(crowd_clusters(scene, view, number, standing))
    assert all(other.x_px - one.x_px >= CELL_PX - 1e-3 for one, other in pairwise(clusters))
    for cluster in clusters:
        if cluster.x_px == HELD_PX and cluster is clusters[0]:
            continue
        starts_s = scene.extents.drawn_s(cluster.rows)[0]
        distance_px = np.abs(view.xs_of(starts_s) - cluster.x_px)
        assert (distance_px <= cluster.width_px / 2 + 1 / view.seconds_per_px).all()


@settings(max_examples=MANY)
@given(lanes_with_some_standing(), st.integers(0, 40))
def test_counts_are_the_same_however_many_cells_are_counted_with_them(
    given_lane: tuple[Scene, Viewport, int, Int32Array], around: int
) -> None:
    scene, view, number, alone = given_lane
    counts = [crowd_clusters(scene, view, number, alone, cells) for cells in (0, around)]
    one, other = ([(each.x_px, each.count, each.rows.tolist()) for each in each_way] for each_way in counts)
    assert one == other


@settings(max_examples=MANY)
@given(lanes_with_some_standing())
def test_the_arrays_of_counts_say_what_each_count_says(given_lane: tuple[Scene, Viewport, int, Int32Array]) -> None:
    scene, view, number, alone = given_lane
    clusters = crowd_clusters(scene, view, number, alone)
    again = Clusters.of(list(clusters))
    first_rows, last_rows = clusters.row_ranges()
    for name in ("lane", "x_px", "y_px", "width_px", "counts", "possible"):
        assert getattr(clusters, name).tolist() == getattr(again, name).tolist()
    assert first_rows.tolist() == [one.first_row for one in clusters] == again.row_ranges()[0].tolist()
    assert last_rows.tolist() == [one.last_row for one in clusters] == again.row_ranges()[1].tolist()
    assert [one.count for one in clusters[1:]] == [one.count for one in clusters][1:]


@settings(max_examples=MANY)
@given(lanes_with_some_standing(), st.integers(-300, 300))
def test_panning_never_changes_a_cell_that_stays_in_view(
    given_lane: tuple[Scene, Viewport, int, Int32Array], by_px: int
) -> None:
    scene, view, number, standing = given_lane
    panned = view.panned(by_px)
    if panned.level != view.level or abs(panned.left_s) >= 2**60:
        return

    def cells(seen: Viewport) -> dict[int, list[int]]:
        clusters = crowd_clusters(scene, seen, number, standing)
        clear_of_held = [one for one in clusters if one.x_px > HELD_PX + CELL_PX + abs(by_px)]
        return {seen.time_at(one.x_px) // cell_s(seen.level): one.rows.tolist() for one in clear_of_held}

    before, after = cells(view), cells(panned)
    assert all(after[cell] == rows for cell, rows in before.items() if cell in after)


@given(st.integers(-(2**60), 2**60), st.floats(-5.6, 52))
def test_the_grid_covers_the_view_with_whole_cells(left_s: int, power: float) -> None:
    view = Viewport(left_s, 0.25, 2.0**power, WIDTH_PX)
    scene_extents = make_scene(numbered(["2024-06-19"])).extents
    grid = CellGrid.of(view, scene_extents)
    first_s, beyond_s = touched_s(view)
    assert (grid.starts_s[0], grid.starts_s[-1]) == (first_s, beyond_s)
    assert (grid.starts_s % grid.width_s == 0).all()
    assert grid.width_s == cell_s(view.level)
    assert (np.diff(grid.starts_s) == grid.width_s).all()
    assert first_s <= view.left_s < first_s + grid.width_s
    assert beyond_s - grid.width_s < view.right_s <= beyond_s
    assert len(grid.starts_s) <= 2 * WIDTH_PX / CELL_PX + 3


def test_what_lasts_into_the_view_is_counted_at_its_edge_with_the_cells_beside_it() -> None:
    scene = make_scene(numbered([*["1990/2020"] * 3, *["2010-01-01"] * 4]), crowded_from=1)
    view = Viewport(parse("2010-01-01").start_earliest_s, 0.0, 2.0**16, WIDTH_PX)
    (near,) = crowd_clusters(scene, view, 0, np.zeros(0, np.int32))
    assert (near.x_px, near.count) == (HELD_PX, 7)
    held, apart = crowd_clusters(scene, view.panned(-300), 0, np.array([1], np.int32))
    assert (held.x_px, held.rows.tolist()) == (HELD_PX, [0, 2])
    assert apart.rows.tolist() == [3, 4, 5, 6]
    assert not crowd_clusters(scene, view.centred(parse("2023").start_earliest_s), 0, np.zeros(0, np.int32))


@pytest.mark.parametrize("first_s", [NOW_S, -(10**17)])
def test_what_has_no_known_beginning_is_counted_where_the_data_begins(first_s: int) -> None:
    table = crowd_table(500, 5, 10**8, DAY_S, first_s)
    scene = make_scene(table, grouping=Grouping.NONE, crowded_from=1)
    beginless = np.flatnonzero(table.times.start_earliest_s < -(2**61))
    assert len(beginless)
    for by_px in (-3 * WIDTH_PX, -100, 0, 100):
        view = scene.fitted().panned(by_px)
        clusters = crowd_clusters(scene, view, 0, np.zeros(0, np.int32))
        counted = {row for cluster in clusters for row in cluster.rows.tolist()}
        expected = in_cells(scene, beginless.astype(np.int32), view)
        assert {row for row in beginless.tolist() if row in counted} == set(beginless[expected].tolist())


def test_what_goes_on_is_counted_after_the_end_of_the_data_too() -> None:
    for crowded_from in (1, 400):
        scene = make_scene(numbered(["2022/..", "2023", "2024-06-30"]), crowded_from=crowded_from)
        after = scene.fitted().centred(parse("2050").start_earliest_s)
        frame = scene.frame(after)
        assert [(cluster.x_px, cluster.rows.tolist()) for cluster in frame.clusters] == [(HELD_PX, [0])]
        assert (frame.counts.shown, frame.counts.merged, frame.counts.outside) == (0, 1, 2)


@settings(max_examples=MANY)
@given(lanes_with_some_standing(), st.data())
def test_who_is_held_is_looked_up_without_a_list_of_all_members(
    given_lane: tuple[Scene, Viewport, int, Int32Array], data: st.DataObject
) -> None:
    scene, view, number, standing = given_lane
    chosen = data.draw(st.sets(st.integers(0, len(scene.table) - 1), max_size=9))
    rows = np.array(sorted(chosen), np.int32)

    def refuse() -> Int32Array:
        raise AssertionError("all members were worked out")

    for cluster in crowd_clusters(scene, view, number, standing):
        members = set(cluster.rows.tolist())
        unlisted = replace(cluster, members=refuse)
        assert [unlisted.holds(row) for row in sorted(chosen)] == [row in members for row in sorted(chosen)]
        assert unlisted.holds_any(rows) == (not members.isdisjoint(chosen))


@settings(max_examples=MANY)
@given(crowds(), st.data())
def test_each_count_knows_how_many_of_its_members_only_possibly_pass(scene: Scene, data: st.DataObject) -> None:
    share = data.draw(st.sampled_from([0.0, 0.02, 0.5, 1.0]))
    surely = np.random.default_rng(data.draw(st.integers(0, 99))).random(len(scene.table)) < share
    crowded_from = data.draw(st.sampled_from([1, 50, 400]))
    asked = make_scene(scene.table, grouping=scene.lanes.grouping, crowded_from=crowded_from, surely=surely)
    view, layouts = data.draw(st.one_of(near_views(asked), views(asked))), asked.layouts()
    for seen in (view, view.panned(data.draw(st.integers(-300, 300)))):
        for cluster in asked.frame(seen, layouts).clusters:
            assert cluster.possible == np.count_nonzero(~surely[cluster.rows])
