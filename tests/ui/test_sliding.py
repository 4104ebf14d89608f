"""A view that is panned is drawn from plates; what comes on screen is what would be painted as a whole."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from unittest import mock

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from tests.helpers.canvases import make_crowd, painted, rest, send_wheel
from tests.helpers.pictures import pixels
from tests.helpers.scenes import synthetic_table
from timeline_app.core.calendar import DAY_S
from timeline_app.core.filter import Filter
from timeline_app.core.known import Known
from timeline_app.core.known_dates import KnownDates
from timeline_app.core.lanes import Grouping
from timeline_app.core.notes import NO_NOTES, Note
from timeline_app.core.table import EventTable
from timeline_app.core.when import iso_bound
from timeline_app.scene.compared import Compared
from timeline_app.scene.frame import FramePart
from timeline_app.scene.viewport import Viewport
from timeline_app.ui.timeline.canvas import TimelineCanvas
from timeline_app.ui.timeline.painter import FramePainter
from timeline_app.ui.timeline.plates import PLATE_PX
from timeline_app.ui.timeline.sheet import Picture
from timeline_app.ui.timeline.sliding import SlidingPicture
from timeline_app.ui.timeline.title_measure import MOST_TITLE_EMS
from timeline_app.ui.timeline.words import PixelWords, Word

SHIFT = Qt.KeyboardModifier.ShiftModifier
SIZE = QSize(1000, 500)
MOST_LEVELS = 8  # between two paintings of a wide soft bar, of which Qt counts parts of a pixel
ZOOMS = (1, 6, 60, 600, 20_000)


@pytest.fixture
def canvas(qtbot: QtBot) -> TimelineCanvas:
    return make_crowd(qtbot, SIZE)


def drawn_sliding(act: Callable[[], object]) -> bool:
    """Tell whether everything painted meanwhile was drawn from plates."""
    found: list[bool] = []
    draw = SlidingPicture.draw

    def noted(*arguments: object) -> object:
        held = draw(*arguments)  # type: ignore[arg-type]  # passed on as they come
        found.append(held is not None)
        return held

    with mock.patch.object(SlidingPicture, "draw", noted):
        act()
    assert found
    return all(found)


def middle(canvas: TimelineCanvas, image: QImage) -> np.ndarray[tuple[int, ...], np.dtype[np.int16]]:
    """Return the pixels of a picture without its edges, at which titles are cut."""
    reach_px = round(MOST_TITLE_EMS * canvas._painter.title_font(bold=True).pixelSize())
    return pixels(image)[:, reach_px:-reach_px]


def whole(canvas: TimelineCanvas) -> QImage:
    """Paint the present view as a whole."""
    canvas.complete()
    return painted(canvas)


def check_a_pan(qtbot: QtBot, canvas: TimelineCanvas, factor: int, by_px: int) -> None:
    """Fail where a pan is not drawn from plates, or looks different from the view painted as a whole."""
    canvas.session.set_viewport(canvas.session.viewport.zoomed(factor, 700))
    rest(qtbot, canvas)
    canvas.session.set_viewport(canvas.session.viewport.panned(by_px))
    pictures: list[QImage] = []
    assert drawn_sliding(lambda: pictures.append(painted(canvas)))
    wanted = whole(canvas)
    apart = np.abs(middle(canvas, pictures[0]) - middle(canvas, wanted))
    assert apart.max() <= MOST_LEVELS


@pytest.mark.parametrize("factor", ZOOMS)
@pytest.mark.parametrize("by_px", [1, -37, 240])
def test_a_view_that_is_panned_looks_as_if_it_were_painted_as_a_whole(
    qtbot: QtBot, canvas: TimelineCanvas, factor: int, by_px: int
) -> None:
    check_a_pan(qtbot, canvas, factor, by_px)


def known_table() -> EventTable:
    """Make a table of which each event became known some days after it, or before, in part never."""
    table = synthetic_table(3_000)
    lags_d = np.random.default_rng(3).integers(-40, 400, len(table))
    days = (table.times.start_earliest_s // DAY_S + lags_d).tolist()
    known = [None if number % 7 == 0 else Known(day, day, day) for number, day in enumerate(days)]
    return replace(table, known=KnownDates.of(known))


def show_known(canvas: TimelineCanvas) -> None:
    """Show a canvas of what was known on a day in the middle, with the lags of reports."""
    canvas.session.set_table(known_table())
    canvas.show_lags(shown=True)
    day = iso_bound(canvas.session.viewport.middle_s, with_time=False)
    assert day is not None
    canvas.session.set_filter(Filter(as_of=day))


def show_comparison(canvas: TimelineCanvas) -> None:
    """Show on a canvas what differs from another state."""
    rows = np.arange(len(canvas.session.table), dtype=np.int32)
    anchors_s = canvas.session.table.times.start_earliest_s
    kinds = [rows[number::5] for number in range(3)]
    counts = tuple(len(kind) for kind in kinds)
    canvas.show_compared(Compared(tuple(kinds), tuple(np.sort(anchors_s[kind]) for kind in kinds), counts))


@pytest.mark.parametrize("show", [show_known, show_comparison])
@pytest.mark.parametrize("factor", [1, 6, 600])
@pytest.mark.parametrize("by_px", [-37, 240])
def test_so_do_a_day_of_knowledge_and_a_comparison(
    qtbot: QtBot, canvas: TimelineCanvas, show: Callable[[TimelineCanvas], None], factor: int, by_px: int
) -> None:
    show(canvas)
    check_a_pan(qtbot, canvas, factor, by_px)


@pytest.mark.parametrize("text_scale", [1.0, 2.0])
@pytest.mark.parametrize("factor", [1, 6, 60])
def test_stars_are_whole_where_two_plates_meet(
    qtbot: QtBot, canvas: TimelineCanvas, text_scale: float, factor: int
) -> None:
    canvas._look.set_text_scale(text_scale)
    canvas.set_options(replace(canvas.options, show_titles=False))  # which are cut at the edges
    stars = {row: Note(starred=True) for row in range(0, 3_000, 3)}
    canvas.session.take_notes(NO_NOTES.having(stars))
    canvas.session.set_viewport(canvas.session.viewport.zoomed(factor, 700))
    rest(qtbot, canvas)
    canvas.session.set_viewport(canvas.session.viewport.panned(240))
    pictures: list[QImage] = []
    assert drawn_sliding(lambda: pictures.append(painted(canvas)))
    seam_px = PLATE_PX - 240
    beside = slice(seam_px - 40, seam_px + 40)
    wanted = whole(canvas)
    assert np.abs(pixels(pictures[0])[:, beside] - pixels(wanted)[:, beside]).max() <= MOST_LEVELS


def test_at_rest_it_is_painted_as_a_whole_again(qtbot: QtBot, canvas: TimelineCanvas) -> None:
    canvas.session.set_viewport(canvas.session.viewport.zoomed(60, 700))
    rest(qtbot, canvas)
    canvas.session.set_viewport(canvas.session.viewport.panned(150))
    assert drawn_sliding(canvas.repaint)
    rest(qtbot, canvas)
    shown = painted(canvas)
    assert shown == whole(canvas)


def test_wheel_drag_and_keys_are_drawn_from_plates_and_a_zoom_is_not(qtbot: QtBot, canvas: TimelineCanvas) -> None:
    def turn() -> None:
        send_wheel(canvas, QPointF(600, 250), 0.4, SHIFT, sideways=True)
        canvas.repaint()

    assert drawn_sliding(turn)
    rest(qtbot, canvas)
    canvas.session.set_viewport(canvas.session.viewport.zoomed(1.1, 500))
    assert not drawn_sliding(canvas.repaint)


def test_the_texts_of_the_view_that_is_zoomed_to_next_are_made_ready_before(
    qtbot: QtBot, canvas: TimelineCanvas
) -> None:
    made: list[str] = []
    picture = PixelWords._picture

    def noted(words: PixelWords, word: Word) -> Picture:
        made.append(word.text)
        return picture(words, word)

    view = canvas.session.viewport
    coming = view.zoomed(40, 500)
    with mock.patch.object(PixelWords, "_picture", noted):
        canvas._foreseen.foresee(canvas.subject(), coming, lambda: True)
        assert made
        made.clear()
        canvas.session.set_viewport(coming)
        canvas.repaint()
    assert not made
    rest(qtbot, canvas)


@pytest.mark.parametrize(
    "change",
    [
        lambda canvas: canvas.session.set_selection((7, 900)),
        lambda canvas: canvas.session.set_hovered(7),
        lambda canvas: canvas.session.set_filter(Filter(min_importance=3)),
        lambda canvas: canvas.scroll_lanes(31),
        lambda canvas: canvas._look.set_choice("dark"),
        lambda canvas: canvas.session.set_table(synthetic_table(2_000)),
        lambda canvas: canvas.session.set_grouping(Grouping.TYPE),
        lambda canvas: canvas.session.set_lane_limit(3),
        lambda canvas: canvas.session.take_notes(NO_NOTES.having({7: Note(starred=True)})),
        lambda canvas: canvas._look.set_text_scale(1.4),
        lambda canvas: canvas.set_options(replace(canvas.options, show_titles=False)),
        lambda canvas: canvas.set_options(replace(canvas.options, max_lines=10)),
        lambda canvas: canvas.show_lags(shown=True),
        show_comparison,
        show_known,
        lambda canvas: canvas.set_options(replace(canvas.options, today_s=canvas.session.viewport.middle_s)),
        lambda canvas: canvas.resize(1000, 430),
    ],
)
def test_nothing_of_what_was_painted_for_something_else_comes_on_screen(
    qtbot: QtBot, canvas: TimelineCanvas, change: Callable[[TimelineCanvas], object]
) -> None:
    canvas.session.set_viewport(canvas.session.viewport.zoomed(6, 700))
    rest(qtbot, canvas)
    canvas.session.set_viewport(canvas.session.viewport.panned(90))
    canvas.repaint()
    change(canvas)
    rest(qtbot, canvas)
    canvas.session.set_viewport(canvas.session.viewport.panned(40))
    shown = painted(canvas)
    assert np.abs(middle(canvas, shown) - middle(canvas, whole(canvas))).max() <= MOST_LEVELS


def test_writing_a_note_leaves_the_plates_as_they_are_and_a_star_does_not(qtbot: QtBot, canvas: TimelineCanvas) -> None:
    def plates_after(note: Note) -> int:
        paint = FramePainter.paint
        with mock.patch.object(FramePainter, "paint", autospec=True, side_effect=paint) as painting:
            canvas.session.set_note(7, note, goes_on=True)
            rest(qtbot, canvas)
        return sum(call.args[2].part is FramePart.MOVED for call in painting.call_args_list)

    canvas.session.take_notes(NO_NOTES)
    rest(qtbot, canvas)
    assert plates_after(Note(text="a")) == 0
    assert plates_after(Note(starred=True, text="a")) > 0


def test_what_keeps_its_place_is_drawn_over_what_has_moved(qtbot: QtBot, canvas: TimelineCanvas) -> None:
    view = canvas.session.viewport.zoomed(20_000, 500)
    canvas.session.set_viewport(view)
    rest(qtbot, canvas)
    canvas.session.set_viewport(view.panned(60))
    shown = painted(canvas)
    left = (
        pixels(shown)[canvas.frame.measures.axis_px :, :60]
        - pixels(whole(canvas))[canvas.frame.measures.axis_px :, :60]
    )
    assert np.abs(left).max() <= MOST_LEVELS


def test_the_frame_of_a_view_that_is_panned_is_made_when_it_is_asked_for(qtbot: QtBot, canvas: TimelineCanvas) -> None:
    rest(qtbot, canvas)
    canvas.session.set_viewport(canvas.session.viewport.panned(25))
    told: list[object] = []
    canvas.counts_changed.connect(told.append)
    canvas.repaint()
    assert told == []
    assert canvas.painted_view == canvas.session.viewport
    frame = canvas.frame
    assert frame.viewport == canvas.session.viewport
    assert told == [frame.counts]
    assert frame.counts.shown + frame.counts.merged + frame.counts.outside == len(canvas.session.table)


def laid_out_closer(canvas: TimelineCanvas) -> Viewport:
    """Zoom in, with all laid out that plates of the view are painted of; return the view."""
    view = canvas.session.viewport.zoomed(6, 700)
    canvas.session.set_viewport(view)
    canvas.repaint()
    canvas.layouts.proceed(view, lambda: True)
    canvas.layouts.stand_beside(view)
    return view


def test_plates_are_painted_one_at_a_time_and_where_there_is_time(qtbot: QtBot, canvas: TimelineCanvas) -> None:
    view = laid_out_closer(canvas)
    sliding, subject = canvas._sliding, canvas.subject()
    counts = [0]
    with mock.patch.object(FramePainter, "paint", autospec=True, side_effect=FramePainter.paint) as painting:
        assert not sliding.paint_ahead(subject, view, canvas.seen_lanes, 1.0, 0.0)
        assert painting.call_count == 0
        while not sliding.paint_ahead(subject, view, canvas.seen_lanes, 1.0, 1e9):
            counts.append(painting.call_count)
    assert set(np.diff(counts).tolist()) == {1}
    assert counts[-1] >= len(sliding._plates) > 2


def test_the_plate_that_comes_into_view_next_is_painted_even_without_time(canvas: TimelineCanvas) -> None:
    view = laid_out_closer(canvas)
    sliding, subject = canvas._sliding, canvas.subject()
    while not sliding._plates.cover(view):
        sliding.paint_ahead(subject, view, canvas.seen_lanes, 1.0, 1e9)
    before = len(sliding._plates)
    assert not sliding.paint_ahead(subject, view, canvas.seen_lanes, 1.0, 0.0)
    assert len(sliding._plates) == before + 1
    assert not sliding.paint_ahead(subject, view, canvas.seen_lanes, 1.0, 0.0)
    assert len(sliding._plates) == before + 1


def rehearse(canvas: TimelineCanvas, left_ms: float) -> None:
    canvas._sliding.rehearse(canvas.subject(), canvas.shown_view, canvas.devicePixelRatioF(), left_ms)


def test_the_texts_of_the_next_step_of_a_pan_are_made_ready_before(qtbot: QtBot, canvas: TimelineCanvas) -> None:
    canvas.session.set_viewport(canvas.session.viewport.zoomed(60, 700))
    rest(qtbot, canvas)

    def pan() -> None:
        canvas.session.set_viewport(canvas.session.viewport.panned(200))
        canvas.repaint()

    assert drawn_sliding(pan)
    with mock.patch.object(PixelWords, "_picture", autospec=True, side_effect=PixelWords._picture) as made:
        rehearse(canvas, left_ms=100.0)
        assert made.call_count
        made.reset_mock()
        assert drawn_sliding(pan)
    assert not made.call_count
    shown = painted(canvas)
    assert np.abs(middle(canvas, shown) - middle(canvas, whole(canvas))).max() <= MOST_LEVELS
    rest(qtbot, canvas)


def test_no_step_is_gone_through_before_without_time_or_without_plates(qtbot: QtBot, canvas: TimelineCanvas) -> None:
    canvas.session.set_viewport(canvas.session.viewport.panned(20))
    canvas.repaint()
    with mock.patch.object(FramePainter, "paint", autospec=True) as painting:
        rehearse(canvas, left_ms=1.0)
        canvas._sliding.forget()
        rehearse(canvas, left_ms=100.0)
    assert not painting.call_count
    rest(qtbot, canvas)
