"""Under the pointer a column of a density strip is the exact count of what begins in it."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QSize
from pytestqt.qtbot import QtBot

from tests.helpers.canvases import hover, make_crowd, rest
from timeline_app.core.filter import Filter
from timeline_app.scene.clusters import Cluster
from timeline_app.scene.hit import Hit
from timeline_app.scene.strips import Strip
from timeline_app.ui.session import Move
from timeline_app.ui.timeline.canvas import TimelineCanvas
from timeline_app.ui.timeline.column_hit import column_hit

SIZE = QSize(900, 700)


def column_at(canvas: TimelineCanvas, x_px: float, y_px: float) -> Cluster | None:
    starts_s = canvas.session.table.times.start_earliest_s
    return column_hit(canvas.frame, canvas.layouts.set, starts_s, x_px, y_px)


def middle_of(strip: Strip, number: int) -> tuple[float, float]:
    return strip.left_px + (number + 0.5) * strip.column_px, (strip.top_px + strip.bottom_px) / 2


@pytest.mark.parametrize("factor", [1.0, 37.0])
@pytest.mark.parametrize("wanted", [Filter(), Filter(until="2023-11-15T12")], ids=["all", "filtered"])
def test_every_column_is_as_many_as_it_shows_and_an_empty_one_is_nothing(
    qtbot: QtBot, factor: float, wanted: Filter
) -> None:
    canvas = make_crowd(qtbot, SIZE)
    session = canvas.session
    session.set_filter(wanted)
    qtbot.waitUntil(lambda: session.result.shown < len(session.table) or wanted.is_empty)
    session.set_viewport(session.viewport.zoomed(factor, 840), Move.JUMP)
    canvas.complete()
    starts_s = session.table.times.start_earliest_s
    seen = 0
    for strip in canvas.frame.strips:
        ends_s: list[int] = []
        for number, count in enumerate(strip.counts.tolist()):
            found = column_at(canvas, *middle_of(strip, number))
            assert (0 if found is None else found.count) == count
            if found is None:
                continue
            seen += 1
            assert found.possible == (strip.possible[number] if len(strip.possible) else 0)
            assert found.count == len(found.rows)
            assert found.holds(found.first_row)
            assert not np.isin(found.rows, ends_s).any()
            assert (np.diff(starts_s[found.rows]) >= 0).all()
            ends_s += found.rows.tolist()
    assert seen > 10


def test_beside_the_strips_there_is_no_column(qtbot: QtBot) -> None:
    canvas = make_crowd(qtbot, SIZE)
    strip = canvas.frame.strips[0]
    assert column_at(canvas, strip.left_px - 1, strip.bottom_px - 2) is None
    assert column_at(canvas, 400, strip.top_px - 1) is None
    assert column_at(canvas, 400, strip.bottom_px + 1) is None


def test_the_pointer_over_a_column_asks_for_its_tip(qtbot: QtBot) -> None:
    canvas = make_crowd(qtbot, SIZE)
    strip = canvas.frame.strips[0]
    inside = [number for number in range(2, len(strip.counts)) if strip.counts[number]]
    asked: list[Hit] = []
    canvas.tip_wanted.connect(lambda hit, _place: asked.append(hit))
    hover(canvas, QPointF(*middle_of(strip, inside[0])))
    assert asked[-1].cluster is not None
    assert asked[-1].cluster.count == strip.counts[inside[0]]


def test_a_column_that_the_axis_covers_is_not_under_the_pointer(qtbot: QtBot) -> None:
    canvas = make_crowd(qtbot, QSize(900, 300))
    axis_px = canvas.frame.measures.axis_px
    canvas.scroll_lanes(round(canvas.frame.strips[0].bottom_px) - axis_px - 6)
    rest(qtbot, canvas)
    strip = canvas.frame.strips[0]
    number = next(number for number in range(2, len(strip.counts)) if strip.counts[number])
    x_px, covered_px, seen_px = middle_of(strip, number)[0], axis_px - 4, axis_px + 4
    assert strip.top_px < covered_px < seen_px < strip.bottom_px
    asked: list[Hit] = []
    canvas.tip_wanted.connect(lambda hit, _place: asked.append(hit))
    hover(canvas, QPointF(x_px, covered_px))
    assert asked[-1] == Hit()
    hover(canvas, QPointF(x_px, seen_px))
    assert asked[-1].cluster is not None
