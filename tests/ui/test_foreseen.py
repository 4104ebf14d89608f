"""The frame of the view that a zoom comes to next is built before, and shown only where it is what would be built."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from unittest import mock

import pytest
from PySide6.QtCore import QSize
from pytestqt.qtbot import QtBot

from tests.helpers.canvases import make_crowd, painted, rest
from tests.helpers.scenes import synthetic_table
from timeline_app.core.filter import Filter
from timeline_app.core.lanes import Grouping
from timeline_app.core.notes import NO_NOTES, Note
from timeline_app.scene.frame import build_frame
from timeline_app.ui.timeline import work_ahead
from timeline_app.ui.timeline.canvas import TimelineCanvas

SIZE = QSize(1000, 500)
FACTOR, AT_PX = 1.26, 430


@pytest.fixture
def canvas(qtbot: QtBot) -> TimelineCanvas:
    return make_crowd(qtbot, SIZE)


def built_by(act: Callable[[], object]) -> int:
    """Return how many frames are built meanwhile."""
    with mock.patch("timeline_app.ui.timeline.subject.build_frame", side_effect=build_frame) as building:
        act()
    return building.call_count


def zoom(canvas: TimelineCanvas) -> None:
    canvas.session.set_viewport(canvas.session.viewport.zoomed(FACTOR, AT_PX))


def zoom_and_paint(canvas: TimelineCanvas) -> None:
    zoom(canvas)
    canvas.repaint()


def foresee(canvas: TimelineCanvas) -> None:
    canvas._foreseen.foresee(canvas.subject(), canvas.session.viewport.zoomed(FACTOR, AT_PX), lambda: True)


def test_a_zoom_that_goes_on_finds_its_frames_built(qtbot: QtBot, canvas: TimelineCanvas) -> None:
    with mock.patch.object(work_ahead, "for_ms", return_value=lambda: True):
        for step in range(6):
            assert built_by(lambda: zoom_and_paint(canvas)) == (1 if step < 2 else 0)
            assert canvas.frame.viewport == canvas.session.viewport
            canvas.ahead._work()
    rest(qtbot, canvas)
    shown = painted(canvas)
    assert shown == whole(canvas)


def whole(canvas: TimelineCanvas) -> object:
    """Return the present view painted anew, in full."""
    canvas.complete()
    return painted(canvas)


@pytest.mark.parametrize(
    "change",
    [
        lambda canvas: canvas.session.set_filter(Filter(min_importance=3)),
        lambda canvas: canvas.session.set_grouping(Grouping.TYPE),
        lambda canvas: canvas.session.set_table(synthetic_table(2_000)),
        lambda canvas: canvas.scroll_lanes(31),
        lambda canvas: canvas.show_lags(shown=True),
        lambda canvas: canvas.set_options(replace(canvas.options, today_s=canvas.session.viewport.middle_s)),
        lambda canvas: canvas.session.set_viewport(canvas.session.viewport.panned(0.5)),
    ],
)
def test_no_frame_is_shown_that_was_built_for_something_else(
    qtbot: QtBot, canvas: TimelineCanvas, change: Callable[[TimelineCanvas], object]
) -> None:
    canvas.session.set_viewport(canvas.session.viewport.zoomed(40, AT_PX))
    canvas.repaint()
    foresee(canvas)
    change(canvas)
    assert built_by(lambda: zoom_and_paint(canvas)) >= 1
    rest(qtbot, canvas)


def test_what_was_laid_out_since_is_shown_a_moment_later(qtbot: QtBot, canvas: TimelineCanvas) -> None:
    canvas.session.set_viewport(canvas.session.viewport.zoomed(40, AT_PX))
    canvas.repaint()
    foresee(canvas)
    assert not canvas.layouts.is_ready(canvas.session.viewport.zoomed(FACTOR, AT_PX))
    zoom(canvas)
    canvas.layouts.proceed(canvas.session.viewport, lambda: True)
    assert built_by(canvas.repaint) == 0
    rest(qtbot, canvas)
    shown = painted(canvas)
    assert shown == whole(canvas)


def test_a_picture_in_full_lacks_nothing_that_was_laid_out_since(canvas: TimelineCanvas) -> None:
    canvas.session.set_viewport(canvas.session.viewport.zoomed(40, AT_PX))
    canvas.repaint()
    foresee(canvas)
    zoom(canvas)
    canvas.layouts.proceed(canvas.session.viewport, lambda: True)
    canvas.complete()
    assert built_by(canvas.repaint) == 1


def test_what_is_pointed_at_since_is_shown(qtbot: QtBot, canvas: TimelineCanvas) -> None:
    rest(qtbot, canvas)
    foresee(canvas)
    canvas.session.take_notes(NO_NOTES.having({7: Note(starred=True), 900: Note(starred=True)}))
    assert built_by(lambda: zoom_and_paint(canvas)) == 0
    canvas.complete()
    shown = painted(canvas)
    assert shown == whole(canvas)
    rest(qtbot, canvas)


def test_little_is_begun_without_time(canvas: TimelineCanvas) -> None:
    coming = canvas.session.viewport.zoomed(3, AT_PX)
    assert built_by(lambda: canvas._foreseen.foresee(canvas.subject(), coming, lambda: False)) == 0
