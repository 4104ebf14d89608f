"""Wheel, drag, click and hover do what the table of hands says, with real events."""

from __future__ import annotations

import random

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QRubberBand
from pytestqt.qtbot import QtBot

from tests.helpers.canvases import LEFT, bundled, drag, hover, make_canvas, painted, send_mouse, send_wheel
from tests.helpers.tables import make_event, make_table
from timeline_app.scene.clusters import Cluster
from timeline_app.scene.hit import Hit, hit_test, places_of
from timeline_app.scene.lane_lines import SEEN_AT_ONCE
from timeline_app.ui.session import Move
from timeline_app.ui.timeline import gestures
from timeline_app.ui.timeline.canvas import CanvasOptions, TimelineCanvas
from timeline_app.ui.timeline.gestures import PAN_SHARE

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
EMPTY = QPointF(500, 560)
RANDOM_INPUTS = 500

TABLE = make_table(
    [
        make_event("pact", "2024-06", actors=["Russia", "North Korea"]),
        make_event("summit", "2024-10-22/2024-10-24", actors=["Russia"]),
        make_event("election", "2024-11-05", actors=["United States"]),
    ]
)


@pytest.fixture
def canvas(qtbot: QtBot) -> TimelineCanvas:
    return make_canvas(qtbot, TABLE)


def place_of(canvas: TimelineCanvas, row: int, copy: int = 0) -> QPointF:
    return QPointF(*places_of(canvas.frame, row)[copy])


def is_gliding(canvas: TimelineCanvas) -> bool:
    return any(timer.isActive() for timer in canvas.findChildren(QTimer) if not timer.isSingleShot())


def pointer_shape(canvas: TimelineCanvas) -> Qt.CursorShape:
    return canvas.cursor().shape()


def selected(canvas: TimelineCanvas) -> tuple[int, ...]:
    return canvas.session.selection


def click(canvas: TimelineCanvas, at: QPointF, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.mouseClick(canvas, LEFT, modifiers, at.toPoint())


@pytest.mark.parametrize("modifiers", [Qt.KeyboardModifier.NoModifier, CTRL])
@pytest.mark.parametrize("notches", [1, -1, 5, 0.25])
def test_the_wheel_zooms_about_the_pointer(
    canvas: TimelineCanvas, notches: float, modifiers: Qt.KeyboardModifier
) -> None:
    at = place_of(canvas, 2)
    before = canvas.session.viewport
    send_wheel(canvas, at, notches, modifiers)
    painted(canvas)
    after = canvas.frame.viewport
    assert after.seconds_per_px == pytest.approx(before.seconds_per_px / 2 ** (notches / 3))
    assert place_of(canvas, 2).x() == pytest.approx(at.x(), abs=1e-3)


def test_zooming_in_and_out_comes_back(canvas: TimelineCanvas) -> None:
    before = canvas.session.viewport
    for notches in (*[1] * 20, *[-1] * 20):
        send_wheel(canvas, QPointF(333, 300), notches)
        painted(canvas)
    after = canvas.session.viewport
    assert after.seconds_per_px == pytest.approx(before.seconds_per_px)
    assert after.x_of(before.left_s) == pytest.approx(before.x_of(before.left_s), abs=0.01)


def test_the_wheel_zooms_from_a_year_to_a_minute_and_the_event_stays(canvas: TimelineCanvas) -> None:
    while canvas.session.viewport.span_s > 60:
        at = place_of(canvas, 2)
        send_wheel(canvas, at, 3)
        if canvas.session.viewport.seconds_per_px > 200:  # beyond that the day is wider than the view
            assert place_of(canvas, 2).x() == pytest.approx(at.x(), abs=0.01)
        assert 2 in {int(row) for row in canvas.frame.singles.rows}


@pytest.mark.parametrize(("modifiers", "sideways"), [(SHIFT, False), (Qt.KeyboardModifier.NoModifier, True)])
def test_shift_or_a_sideways_wheel_pans(canvas: TimelineCanvas, modifiers: Qt.KeyboardModifier, sideways: bool) -> None:
    before = canvas.session.viewport
    send_wheel(canvas, EMPTY, -2, modifiers, sideways=sideways)
    after = canvas.frame.viewport
    assert after.seconds_per_px == before.seconds_per_px
    assert before.x_of(after.left_s) == pytest.approx(2 * PAN_SHARE * canvas.width(), abs=1)


def test_alt_and_the_wheel_ask_for_more_or_fewer_lines(canvas: TimelineCanvas, qtbot: QtBot) -> None:
    with qtbot.waitSignal(canvas.max_lines_wanted) as more:
        send_wheel(canvas, EMPTY, 1, ALT)
    with qtbot.waitSignal(canvas.max_lines_wanted) as fewer:
        send_wheel(canvas, EMPTY, -1, ALT, sideways=True)
    lines = canvas.options.max_lines
    assert (more.args, fewer.args) == ([lines + SEEN_AT_ONCE], [lines - SEEN_AT_ONCE])
    before = canvas.session.viewport
    send_wheel(canvas, EMPTY, 0, ALT)
    assert canvas.session.viewport == before


def crowded(qtbot: QtBot, options: CanvasOptions | None = None) -> TimelineCanvas:
    table = make_table([make_event(f"event {n}", f"2024-01-{n + 1:02}", actors=[f"actor {n}"]) for n in range(12)])
    return make_canvas(qtbot, table, options, QSize(800, 300))


def test_the_wheel_scrolls_lanes_over_their_heads_only(qtbot: QtBot) -> None:
    canvas = crowded(qtbot)
    head = QPointF(40, canvas.frame.lanes[0].top_px + 8)
    before = canvas.session.viewport
    send_wheel(canvas, head, -1)
    assert canvas.scroll_bar.value() > 0
    assert canvas.session.viewport == before
    send_wheel(canvas, QPointF(600, head.y()), -1)
    assert canvas.session.viewport != before


def test_a_setting_makes_the_plain_wheel_scroll_and_ctrl_still_zooms(qtbot: QtBot) -> None:
    canvas = crowded(qtbot, CanvasOptions(wheel_zooms=False, reduced_motion=True))
    before = canvas.session.viewport
    send_wheel(canvas, QPointF(600, 200), -1)
    assert canvas.scroll_bar.value() > 0
    assert canvas.session.viewport == before
    send_wheel(canvas, QPointF(600, 200), 1, CTRL)
    assert canvas.session.viewport.seconds_per_px < before.seconds_per_px


def test_a_drag_moves_what_is_under_the_pointer_along(canvas: TimelineCanvas) -> None:
    before, seen = canvas.session.viewport, place_of(canvas, 0)
    drag(canvas, QPointF(600, 560), QPointF(437.5, 560))
    painted(canvas)
    assert place_of(canvas, 0).x() == pytest.approx(seen.x() - 162.5, abs=0.501)
    canvas.session.undo()
    assert canvas.session.viewport == before
    assert not canvas.session.can_undo


def test_what_is_panned_away_from_below_the_pointer_is_hovered_no_more(canvas: TimelineCanvas) -> None:
    hover(canvas, place_of(canvas, 0))
    assert canvas.session.hovered == 0
    drag(canvas, QPointF(600, 560), QPointF(500, 560))
    assert canvas.session.hovered is None


@pytest.mark.parametrize("steps", [3, 7])
def test_a_drag_moves_the_picture_by_whole_pixels_and_follows_the_pointer(canvas: TimelineCanvas, steps: int) -> None:
    seen, moved = place_of(canvas, 0), []
    canvas.session.viewport_changed.connect(lambda: moved.append(place_of(canvas, 0).x() - seen.x()))
    drag(canvas, QPointF(600, 560), QPointF(437, 560), steps=steps)
    assert len(moved) == steps
    assert moved == pytest.approx([round(px) for px in moved], abs=1e-3)
    assert moved == pytest.approx([-163 * step / steps for step in range(1, steps + 1)], abs=0.501)


def test_a_drag_scrolls_lanes_too(qtbot: QtBot) -> None:
    canvas = crowded(qtbot)
    drag(canvas, QPointF(600, 280), QPointF(600, 180))
    assert canvas.scroll_bar.value() == 100
    drag(canvas, QPointF(600, 180), QPointF(600, 240))
    assert canvas.scroll_bar.value() == 40


def test_a_drag_selects_nothing_and_keeps_the_selection(canvas: TimelineCanvas) -> None:
    canvas.session.set_selection((1,))
    drag(canvas, EMPTY, EMPTY + QPointF(80, 0))
    assert selected(canvas) == (1,)


def test_a_hand_that_trembles_still_clicks(canvas: TimelineCanvas) -> None:
    before = canvas.session.viewport
    at = place_of(canvas, 2)
    drag(canvas, at, at + QPointF(2, 1))
    assert canvas.session.viewport == before
    assert selected(canvas) == (2,)


def test_a_thrown_timeline_glides_to_rest_and_a_press_or_a_jump_stops_it(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gestures, "RELEASE_MS", 60_000)  # a slow machine throws as well as a fast one
    canvas = make_canvas(qtbot, TABLE, CanvasOptions())
    before = canvas.session.viewport
    drag(canvas, QPointF(700, 560), QPointF(500, 560), steps=4)
    released = canvas.session.viewport
    qtbot.waitUntil(lambda: canvas.session.viewport != released)
    assert canvas.session.viewport.left_s > released.left_s > before.left_s
    QTest.mousePress(canvas, LEFT, Qt.KeyboardModifier.NoModifier, EMPTY.toPoint())
    caught = canvas.session.viewport
    assert not is_gliding(canvas)
    assert canvas.session.viewport == caught
    QTest.mouseRelease(canvas, LEFT, Qt.KeyboardModifier.NoModifier, EMPTY.toPoint())
    drag(canvas, QPointF(700, 560), QPointF(500, 560), steps=4)
    assert is_gliding(canvas)
    canvas.session.fit_all()
    fitted = canvas.session.viewport
    qtbot.waitUntil(lambda: not canvas.is_travelling)
    assert canvas.session.viewport == fitted


def test_nothing_glides_under_reduced_motion(canvas: TimelineCanvas) -> None:
    drag(canvas, QPointF(700, 560), QPointF(500, 560), steps=4)
    assert not is_gliding(canvas)


def test_shift_and_drag_zoom_to_the_range(canvas: TimelineCanvas) -> None:
    before = canvas.session.viewport
    first_s, last_s = before.time_at(300), before.time_at(420)
    begin, end = QPointF(420, 500), QPointF(300, 520)
    send_mouse(canvas, QEvent.Type.MouseButtonPress, begin, SHIFT)
    send_mouse(canvas, QEvent.Type.MouseMove, end, SHIFT)
    (band,) = canvas.findChildren(QRubberBand)
    assert band.isVisible()
    assert (band.geometry().left(), band.geometry().width()) == (300, 120)
    send_mouse(canvas, QEvent.Type.MouseButtonRelease, end, SHIFT)
    painted(canvas)
    after = canvas.frame.viewport
    assert after.x_of(first_s) == pytest.approx(0, abs=1)
    assert after.x_of(last_s) == pytest.approx(canvas.width(), abs=1)
    assert not band.isVisible()
    canvas.session.undo()
    assert canvas.session.viewport == before


def test_a_click_selects_and_on_empty_ground_clears(canvas: TimelineCanvas) -> None:
    click(canvas, place_of(canvas, 0, 1))
    assert selected(canvas) == (0,)
    click(canvas, place_of(canvas, 2))
    assert selected(canvas) == (2,)
    click(canvas, EMPTY)
    assert selected(canvas) == ()


def test_a_click_on_a_title_selects_its_event(canvas: TimelineCanvas) -> None:
    singles = canvas.frame.singles
    place = singles.rows.tolist().index(1)
    click(canvas, QPointF(float(singles.title_px[place]) + 4, float(singles.y_px[place])))
    assert selected(canvas) == (1,)


def test_ctrl_and_click_add_and_take_away(canvas: TimelineCanvas) -> None:
    click(canvas, place_of(canvas, 0))
    click(canvas, place_of(canvas, 2), CTRL)
    assert selected(canvas) == (0, 2)
    click(canvas, place_of(canvas, 0), CTRL)
    assert selected(canvas) == (2,)
    click(canvas, EMPTY, CTRL)
    assert selected(canvas) == (2,)


def test_a_double_click_activates_an_event_or_opens_a_count(qtbot: QtBot, canvas: TimelineCanvas) -> None:
    with qtbot.waitSignal(canvas.event_activated) as activated:
        QTest.mouseDClick(canvas, LEFT, Qt.KeyboardModifier.NoModifier, place_of(canvas, 2).toPoint())
    assert activated.args == [2]
    crowd = make_table([make_event(f"event {n}", "2024-06-19", actors=["Russia"]) for n in range(60)])
    other = make_canvas(qtbot, crowd, CanvasOptions(max_lines=3, reduced_motion=True))
    (cluster,) = other.frame.clusters
    at = QPointF(cluster.x_px, cluster.y_px)
    click(other, at)
    assert other.session.selection == ()
    with qtbot.waitSignal(other.cluster_activated) as opened:
        QTest.mouseDClick(other, LEFT, Qt.KeyboardModifier.NoModifier, at.toPoint())
    assert opened.args is not None
    assert isinstance(opened.args[0], Cluster)
    assert opened.args[0].count == cluster.count


def test_only_the_left_button_selects(canvas: TimelineCanvas) -> None:
    QTest.mouseClick(canvas, Qt.MouseButton.RightButton, Qt.KeyboardModifier.NoModifier, place_of(canvas, 0).toPoint())
    assert selected(canvas) == ()


def test_hovering_lights_an_event_shows_its_date_and_asks_for_words(canvas: TimelineCanvas, qtbot: QtBot) -> None:
    at = place_of(canvas, 2)
    with qtbot.waitSignal(canvas.tip_wanted) as wanted:
        hover(canvas, at)
    assert wanted.args is not None
    assert isinstance(wanted.args[0], Hit)
    assert wanted.args[0].row == 2
    assert canvas.session.hovered == canvas.highlights.hovered == 2
    assert canvas.highlights.pointer_px == at.x()
    assert "November 2024" in canvas.highlights.pointer_label
    assert pointer_shape(canvas) is Qt.CursorShape.PointingHandCursor
    hover(canvas, EMPTY)
    assert not canvas.highlights.hovered
    assert pointer_shape(canvas) is Qt.CursorShape.ArrowCursor
    QApplication.sendEvent(canvas, QEvent(QEvent.Type.Leave))
    assert canvas.highlights.pointer_px is None


def test_the_focus_ring_shows_for_the_keyboard_only(qtbot: QtBot) -> None:
    canvas = make_canvas(qtbot, TABLE)
    canvas.activateWindow()
    click(canvas, EMPTY)
    hover(canvas, QPointF(-10, -10))
    QApplication.sendEvent(canvas, QEvent(QEvent.Type.Leave))
    by_mouse = painted(canvas)
    QTest.keyClick(canvas, Qt.Key.Key_F7)
    assert canvas.hasFocus()
    assert painted(canvas) != by_mouse


@pytest.mark.parametrize("seed", [1, 2])
def test_random_hands_break_nothing(qtbot: QtBot, seed: int) -> None:
    chance = random.Random(seed)
    canvas = make_canvas(qtbot, bundled(), CanvasOptions(), QSize(700, 400))
    kinds = [QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.MouseMove, QEvent.Type.MouseButtonRelease]
    keys = [Qt.Key.Key_Tab, Qt.Key.Key_Escape, Qt.Key.Key_Left, Qt.Key.Key_A, Qt.Key.Key_F, Qt.Key.Key_Return]
    session = canvas.session
    for _ in range(RANDOM_INPUTS // 2):
        at = QPointF(chance.uniform(-20, 720), chance.uniform(-20, 420))
        modifiers = chance.choice([Qt.KeyboardModifier.NoModifier] * 3 + [CTRL, SHIFT, ALT])
        act = chance.randrange(6)
        if act == 0:
            send_wheel(canvas, at, chance.uniform(-20, 20), modifiers, sideways=chance.random() < 0.2)
        elif act == 1:
            QTest.keyClick(canvas, chance.choice(keys), modifiers)
        elif act == 2:
            QTest.mouseDClick(canvas, LEFT, modifiers, QPoint(chance.randrange(700), chance.randrange(400)))
        elif act == 3:
            chance.choice([session.undo, session.redo, session.go_back, session.go_forward, session.fit_all])()
        else:
            send_mouse(canvas, chance.choice(kinds), at, modifiers, chance.choice([LEFT, Qt.MouseButton.RightButton]))
        if chance.random() < 0.2:
            painted(canvas)
            counts = canvas.frame.counts
            assert counts.shown + counts.merged + counts.outside + counts.filtered_out == counts.loaded
    qtbot.waitUntil(lambda: not canvas.is_travelling)
    assert hit_test(canvas.frame, 10, 10) == Hit()


def test_a_move_with_no_button_after_a_lost_release_does_not_drag_for_ever(canvas: TimelineCanvas) -> None:
    send_mouse(canvas, QEvent.Type.MouseButtonPress, EMPTY)
    send_mouse(canvas, QEvent.Type.MouseMove, EMPTY + QPointF(50, 0))
    before = canvas.session.viewport
    at = EMPTY + QPointF(90, 0)
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        at,
        canvas.mapToGlobal(at),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(canvas, event)
    assert canvas.session.viewport == before
    assert canvas.highlights.pointer_px == at.x()


def pointed(canvas: TimelineCanvas) -> tuple[int | None, bool]:
    return canvas.session.hovered, canvas.highlights.pointer_px is not None


def test_after_a_jump_the_pointer_points_at_nothing_until_it_moves(canvas: TimelineCanvas) -> None:
    at = place_of(canvas, 1)
    hover(canvas, at)
    assert pointed(canvas) == (1, True)
    told: list[object] = []
    canvas.tip_wanted.connect(lambda hit, _place: told.append(hit))
    canvas.session.set_viewport(canvas.session.viewport.zoomed(50, 10), Move.JUMP)
    assert pointed(canvas) == (None, False)
    assert told == [None]
    hover(canvas, at + QPointF(1, 0))
    assert pointed(canvas)[1]
