"""Counts stand in their cells, and no number is cut at an edge."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.canvases import make_look
from tests.helpers.scenes import make_scene, synthetic_table
from timeline_app.core.lanes import Grouping
from timeline_app.scene.rows import CELL_PX
from timeline_app.ui.timeline.axis_painter import STRIP_PX
from timeline_app.ui.timeline.count_painter import CountMeasure

WIDTHS_PX = st.integers(200, 900)


@given(st.integers(-70, 70), WIDTHS_PX, st.integers(0, 20))
def test_counts_are_whole_apart_and_where_they_belong(by_px: int, width_px: int, covered_px: int) -> None:
    scene = make_scene(synthetic_table(2_000), grouping=Grouping.TYPE, crowded_from=1)
    frame = scene.frame(scene.fitted(width_px).zoomed(3, width_px / 2).panned(by_px))
    placed = CountMeasure(make_look(scene.table)).placed(frame, covered_px)
    drawn_px = np.where(placed.has_pill, placed.pill_px, placed.text_px)
    seen = np.flatnonzero(placed.x_px > -CELL_PX)
    left, right = (placed.x_px + side * drawn_px / 2 for side in (-1, 1))
    assert (left[seen] >= STRIP_PX).all()
    assert (right[seen] <= width_px - covered_px).all()
    for lane in set(placed.lane.tolist()):
        here = seen[placed.lane[seen] == lane]
        assert (left[here[1:]] >= right[here[:-1]]).all()
    inside = (frame.clusters.x_px > CELL_PX) & (frame.clusters.x_px < width_px - covered_px - CELL_PX)
    assert placed.x_px[inside].tolist() == frame.clusters.x_px[inside].tolist()


def test_a_count_whose_cell_is_cut_is_moved_into_view() -> None:
    scene = make_scene(synthetic_table(2_000), grouping=Grouping.TYPE, crowded_from=1)
    measure, view = CountMeasure(make_look(scene.table)), scene.fitted(600).zoomed(3, 300)
    moved_px = set()
    for by_px in range(CELL_PX):
        frame = scene.frame(view.panned(by_px))
        moved_px |= set(np.sign(measure.placed(frame).x_px - frame.clusters.x_px).tolist())
    assert moved_px == {-1, 0, 1}
