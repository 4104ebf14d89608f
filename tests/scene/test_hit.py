"""A click finds what lies under it, and an event knows all its places."""

from __future__ import annotations

import numpy as np
from hypothesis import given

from tests.helpers.scenes import WIDTH_PX, Scene, make_scene, numbered, scenes
from tests.helpers.tables import make_event
from timeline_app.scene.hit import SLACK_PX, Hit, hit_test, places_of
from timeline_app.scene.rows import TitlePlace
from timeline_app.scene.viewport import Viewport


@given(scenes(largest=15))
def test_a_click_on_the_middle_of_a_mark_or_a_count_finds_one_that_is_there(scene: Scene) -> None:
    frame = scene.frame(scene.fitted())
    singles = frame.singles
    for place in range(len(singles)):
        x_px, y_px = float(singles.middle_px[place]), float(singles.y_px[place])
        hit = hit_test(frame, x_px, y_px)
        assert hit.row is not None
        (found, *_) = np.flatnonzero((singles.rows == hit.row) & (singles.y_px == y_px))
        assert singles.left_px[found] - SLACK_PX <= x_px <= singles.right_px[found] + SLACK_PX
        assert hit.lane is frame.lanes[int(singles.lane[place])]
    for cluster in frame.clusters:
        hit = hit_test(frame, cluster.x_px, cluster.y_px)
        assert hit.cluster is not None
        assert (hit.cluster.x_px, hit.row) == (cluster.x_px, None)


def test_a_click_on_the_title_finds_its_event() -> None:
    scene = make_scene([make_event("a long title", "2024-06-01"), make_event("other", "2025-06-01")])
    frame = scene.frame(scene.fitted())
    singles = frame.singles
    assert singles.title_place[0] == TitlePlace.RIGHT
    in_title_px = float(singles.title_px[0] + singles.title_width_px[0] - 1)
    assert hit_test(frame, in_title_px, float(singles.y_px[0])).row == 0
    assert hit_test(frame, in_title_px + 40, float(singles.y_px[0])).row is None


def test_a_title_is_not_hit_before_its_mark_is_in_view() -> None:
    scene = make_scene([make_event("first", "2024-06-01"), make_event("a long title", "2025-06-01")])
    fitted = scene.fitted()
    frame = scene.frame(fitted)
    last = int(np.flatnonzero(frame.singles.rows == 1)[0])
    assert frame.singles.title_place[last] == TitlePlace.LEFT
    in_title_px = float(frame.singles.title_px[last] + 10)
    assert hit_test(frame, in_title_px, float(frame.singles.y_px[last])).row == 1
    before = scene.frame(fitted.panned(in_title_px + 5 - WIDTH_PX))
    (moved,) = np.flatnonzero(before.singles.rows == 1)
    assert 0 < before.singles.title_px[moved] < WIDTH_PX
    title_px, y_px = float(before.singles.title_px[moved]), float(before.singles.y_px[moved])
    assert hit_test(before, title_px + 2, y_px).row is None


def test_the_axis_and_the_ground_below_hit_nothing() -> None:
    scene = make_scene(numbered(["2024-06-01", "2024-09-01"]))
    frame = scene.frame(scene.fitted())
    assert hit_test(frame, 100, 10) == Hit()
    assert hit_test(frame, 100, 5000) == Hit()
    head = hit_test(frame, 500, frame.measures.axis_px + 2)
    assert (head.row, head.cluster, head.lane) == (None, None, frame.lanes[0])


def test_a_little_beside_a_mark_is_near_enough() -> None:
    scene = make_scene(numbered(["2024-06-01", "2025-06-02"]))
    frame = scene.frame(scene.fitted())
    left_px, y_px = float(frame.singles.left_px[0]), float(frame.singles.y_px[0])
    assert hit_test(frame, left_px - SLACK_PX + 0.1, y_px).row == 0
    assert hit_test(frame, left_px - SLACK_PX - 0.1, y_px).row is None
    assert hit_test(frame, left_px, y_px + frame.measures.line_px).row is None


def test_of_several_under_the_pointer_the_nearest_is_hit() -> None:
    scene = make_scene(numbered(["2024-06-01", "2024-06-03", "2024-06-05", "2025-06-01"]))
    layouts = scene.layouts()
    layouts.prepare(Viewport(scene.extents.first_s, 0.0, 1.0, WIDTH_PX))
    # A finer level stands in for one that is still to be laid out, so boxes overlap.
    frame = scene.frame(scene.fitted(), layouts, steps=0)
    singles = frame.singles
    assert len(set(singles.y_px[:3].tolist())) == 1
    for place in range(3):
        assert hit_test(frame, float(singles.middle_px[place]), float(singles.y_px[place])).row == place


def test_an_event_has_a_place_in_each_lane_of_its_actors_from_the_top_down() -> None:
    scene = make_scene([make_event("pact", "2024-06", actors=["Russia", "North Korea", "Iran"])])
    frame = scene.frame(scene.fitted())
    places = places_of(frame, 0)
    assert len(places) == 3
    assert [y_px for _, y_px in places] == sorted(y_px for _, y_px in places)
    assert len({x_px for x_px, _ in places}) == 1
    assert places_of(frame, 99) == []


def test_a_merged_event_stands_at_its_count() -> None:
    scene = make_scene(numbered(["2024-06-19"] * 30), max_lines=2)
    frame = scene.frame(scene.fitted())
    (cluster,) = frame.clusters
    assert places_of(frame, int(cluster.rows[0])) == [(cluster.x_px, cluster.y_px)]
