"""The overview counts every event exactly once."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.scenes import Scene, make_scene, numbered, scenes, views
from timeline_app.scene.histogram import COLUMN_PX, build_histogram
from timeline_app.scene.viewport import Viewport


@st.composite
def seen_scenes(draw: st.DrawFn) -> tuple[Scene, Viewport]:
    scene = draw(scenes())
    return scene, draw(views(scene, width_px=draw(st.integers(1, 2000))))


@given(seen_scenes())
def test_columns_add_up_to_all_events_and_to_those_that_pass(seen: tuple[Scene, Viewport]) -> None:
    scene, view = seen
    histogram = build_histogram(scene.table, scene.lanes, view)
    assert len(histogram.everything) == len(histogram.passing) == -(-view.width_px // COLUMN_PX)
    assert int(histogram.everything.sum()) == len(scene.table)
    assert int(histogram.passing.sum()) == scene.result.shown
    assert int(histogram.possible.sum()) == scene.result.possible
    assert (histogram.possible <= histogram.passing).all()
    assert (histogram.passing <= histogram.everything).all()
    assert histogram.highest == max(histogram.everything.tolist())


def test_an_event_counts_in_the_column_in_which_it_begins() -> None:
    scene = make_scene(numbered(["2024-01-01", "2024-01/2024-12", "2024-12-31"]))
    view = scene.fitted(800)
    columns = np.flatnonzero(build_histogram(scene.table, scene.lanes, view).everything)
    begins = {view.x_of(int(start_s)) // COLUMN_PX for start_s in scene.table.times.start_earliest_s}
    assert columns.tolist() == sorted(begins)


@pytest.mark.parametrize("when", ["2022/..", "../2022", "2022/", "/2022"])
def test_unbounded_events_count_where_they_are_known_to_be(when: str) -> None:
    scene = make_scene(numbered([when, "2020", "2024"]))
    histogram = build_histogram(scene.table, scene.lanes, scene.fitted(800))
    assert int(histogram.everything.sum()) == 3


def test_no_events_make_an_empty_histogram() -> None:
    scene = make_scene([])
    histogram = build_histogram(scene.table, scene.lanes, Viewport(0, 0.0, 1.0, 80))
    assert (histogram.highest, len(histogram.everything)) == (0, 10)
