"""The picture of the view that a zoom comes to next is made before, and shown only where it is what would be made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from unittest import mock

import pytest
from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from tests.helpers.canvases import hover, make_crowd, painted, rest
from tests.helpers.scenes import synthetic_table
from timeline_app.core.filter import Filter
from timeline_app.core.lanes import Grouping
from timeline_app.core.notes import NO_NOTES, Note
from timeline_app.scene.frame import build_frame
from timeline_app.ui.session import Move
from timeline_app.ui.timeline import work_ahead
from timeline_app.ui.timeline.canvas import TimelineCanvas
from timeline_app.ui.timeline.foreseen import ForeseenPicture
from timeline_app.ui.timeline.layers import MostNew
from timeline_app.ui.timeline.painter import FramePainter
from timeline_app.ui.timeline.travel import JUMP_MS

SIZE = QSize(1000, 500)
FACTOR, AT_PX = 1.26, 430
MOST_NEW = MostNew(titles=100, words=100)


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


def paintings(act: Callable[[], object]) -> int:
    """Return how many frames are painted meanwhile, shape by shape."""
    with mock.patch.object(FramePainter, "paint", autospec=True, side_effect=FramePainter.paint) as painting:
        act()
    return painting.call_count


def foresee_and_paint(canvas: TimelineCanvas) -> None:
    """Foresee the next step of a zoom, with its pixels, as is done between two inputs."""
    canvas.layouts.proceed(canvas.session.viewport.zoomed(FACTOR, AT_PX), lambda: True)
    foresee(canvas)
    canvas._foreseen.paint(canvas.subject(), canvas.devicePixelRatioF(), MOST_NEW)


@pytest.mark.parametrize(("left_ms", "first"), [(100.0, 2), (0.0, 3)])
def test_a_zoom_that_goes_on_finds_its_pictures_painted(
    qtbot: QtBot, canvas: TimelineCanvas, left_ms: float, first: int
) -> None:
    """Without time for it the picture of a step is painted before only when the one before came as was foreseen."""
    with (
        mock.patch.object(work_ahead, "for_ms", return_value=lambda: True),
        mock.patch.object(work_ahead.WorkAhead, "_left_ms", return_value=left_ms),
    ):
        for step in range(6):
            assert paintings(lambda: zoom_and_paint(canvas)) == (1 if step < first else 0)
            canvas.ahead._work()
    rest(qtbot, canvas)
    shown = painted(canvas)
    assert shown == whole(canvas)


@pytest.mark.parametrize("is_narrow", [False, True])
@pytest.mark.parametrize("has_pointer", [False, True])
def test_a_picture_painted_before_looks_as_if_it_were_painted_now(
    qtbot: QtBot, canvas: TimelineCanvas, *, is_narrow: bool, has_pointer: bool
) -> None:
    if is_narrow:  # so that the lanes have a scroll bar, beside which nothing is painted
        canvas.resize(1000, 250)
    canvas.session.set_viewport(canvas.session.viewport.zoomed(6, AT_PX))
    rest(qtbot, canvas)
    if has_pointer:
        canvas.setFocus()
        hover(canvas, QPointF(AT_PX, 60))
    foresee_and_paint(canvas)
    zoom(canvas)
    pictures: list[QImage] = []
    assert paintings(lambda: pictures.append(painted(canvas))) == 0
    assert pictures[0] == whole(canvas)


@pytest.mark.parametrize("ratio", [1.0, 1.25, 2.0])
def test_it_is_as_sharp_as_the_screen(qtbot: QtBot, canvas: TimelineCanvas, ratio: float) -> None:
    canvas.session.set_viewport(canvas.session.viewport.zoomed(6, AT_PX))
    rest(qtbot, canvas)
    subject, coming = canvas.subject(), canvas.session.viewport.zoomed(FACTOR, AT_PX)
    canvas.layouts.proceed(coming, lambda: True)
    painter = FramePainter(canvas._look, str)
    before, now = ForeseenPicture(painter), ForeseenPicture(painter)
    before.foresee(subject, coming, lambda: True)
    before.paint(subject, ratio, MOST_NEW)
    pictures = []
    for foreseen in (before, now):
        image = QImage(round(1000 * ratio), round(500 * ratio), QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.black)
        image.setDevicePixelRatio(ratio)
        frame = foreseen.frame(subject, coming, may_be_behind=True)
        with QPainter(image) as on_image:
            count = paintings(lambda: foreseen.draw(on_image, subject, frame, MOST_NEW))  # noqa: B023  # at once
        assert count == (0 if foreseen is before else 1)
        pictures.append(
            image.copy(0, 0, round((1000 - subject.covered_px) * ratio), image.height())
        )  # beside the scroll bar
    assert pictures[0] == pictures[1]


@pytest.mark.parametrize(
    "change",
    [
        lambda canvas: canvas.session.set_selection((7, 900)),
        lambda canvas: canvas.session.set_hovered(7),
        lambda canvas: canvas.session.take_notes(NO_NOTES.having({7: Note(starred=True), 900: Note(starred=True)})),
        lambda canvas: canvas._look.set_choice("dark"),
        lambda canvas: canvas._look.set_text_scale(1.4),
        lambda canvas: canvas.session.set_grouping(Grouping.TYPE),
        lambda canvas: canvas.session.set_filter(Filter(min_importance=3)),
        lambda canvas: canvas.resize(1000, 430),
        lambda canvas: canvas.resize(990, 500),
    ],
)
def test_pixels_painted_for_something_else_are_not_shown(
    qtbot: QtBot, canvas: TimelineCanvas, change: Callable[[TimelineCanvas], object]
) -> None:
    canvas.session.set_viewport(canvas.session.viewport.zoomed(6, AT_PX))
    rest(qtbot, canvas)
    foresee_and_paint(canvas)
    change(canvas)
    assert paintings(lambda: zoom_and_paint(canvas)) == 1
    rest(qtbot, canvas)
    shown = painted(canvas)
    assert shown == whole(canvas)


def test_a_picture_that_lacks_texts_is_followed_by_one_that_has_them(qtbot: QtBot, canvas: TimelineCanvas) -> None:
    canvas.session.set_viewport(canvas.session.viewport.zoomed(6, AT_PX))
    rest(qtbot, canvas)
    canvas._painter.forget()
    foresee(canvas)
    canvas._foreseen.paint(canvas.subject(), canvas.devicePixelRatioF(), MostNew(titles=1, words=1))
    assert paintings(lambda: zoom_and_paint(canvas)) == 0
    rest(qtbot, canvas)
    shown = painted(canvas)
    assert shown == whole(canvas)


def test_nothing_is_painted_for_a_journey_that_never_comes_where_it_was_foreseen(
    qtbot: QtBot, canvas: TimelineCanvas
) -> None:
    canvas.set_options(replace(canvas.options, reduced_motion=False))
    rest(qtbot, canvas)
    with mock.patch.object(ForeseenPicture, "paint", autospec=True) as painting:
        canvas.session.set_viewport(canvas.session.viewport.zoomed(50, AT_PX), Move.JUMP)
        qtbot.waitUntil(lambda: canvas.shown_view == canvas.session.viewport, timeout=20 * JUMP_MS)
    assert painting.call_count <= 1 + work_ahead.MOST_MISSES
