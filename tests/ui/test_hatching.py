"""Hatching as lines stays within what it hatches, and goes on from one box to the next."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainterPath

from timeline_app.ui.timeline.hatching import hatch_lines, stripes_within

EDGES = st.floats(-50, 500)
SIZES = st.floats(0, 200)


@given(EDGES, EDGES, SIZES, SIZES, st.sampled_from((3.0, 4.0, 8.0)))
def test_lines_go_from_edge_to_edge_of_one_grid(
    left: float, top: float, width: float, height: float, step_px: float
) -> None:
    box = QRectF(left, top, width, height)
    lines = hatch_lines(box, step_px)
    assert len(lines) <= (width + height) / step_px + 1
    for line in lines:
        assert box.adjusted(-1e-6, -1e-6, 1e-6, 1e-6).contains(line.p1())
        assert box.adjusted(-1e-6, -1e-6, 1e-6, 1e-6).contains(line.p2())
        number = (line.x1() + line.y1()) / step_px
        assert number == pytest.approx(round(number), abs=1e-6)
        assert line.dx() == pytest.approx(-line.dy(), abs=1e-6)


def test_stripes_lie_within_their_shape() -> None:
    shape = QPainterPath()
    shape.addEllipse(QRectF(-6, -6, 12, 12))
    stripes = stripes_within(shape, 4.0)
    assert len(stripes.toSubpathPolygons()) > 2
    assert shape.boundingRect().adjusted(-0.1, -0.1, 0.1, 0.1).contains(stripes.boundingRect())
