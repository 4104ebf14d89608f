"""The canvas shows what the session holds: after every change the painted frame is that of the new state."""

from __future__ import annotations

from collections.abc import Callable
from unittest import mock

import numpy as np
import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.helpers.canvases import bundled, make_canvas, make_look, painted
from tests.helpers.pictures import pixels
from tests.helpers.scenes import synthetic_table
from tests.helpers.tables import make_event, make_table
from timeline_app.core.actors import ActorEntry, Gazetteer
from timeline_app.core.filter import Filter
from timeline_app.core.lanes import Grouping
from timeline_app.core.memberships import Membership
from timeline_app.core.palette import DARK, LIGHT
from timeline_app.core.safe_text import safe_text
from timeline_app.core.when import parse
from timeline_app.scene.axis_words import EnglishWords
from timeline_app.scene.hit import places_of, singles_of
from timeline_app.scene.layout import Layouts
from timeline_app.scene.viewport import COARSEST_SECONDS_PER_PX, FARTHEST_S, Viewport
from timeline_app.ui.session import Move, Session
from timeline_app.ui.timeline import canvas as canvas_module
from timeline_app.ui.timeline.canvas import CanvasOptions, TimelineCanvas
from timeline_app.ui.timeline.lane_scroll_bar import LaneScrollBar
from timeline_app.ui.timeline.work_ahead import LONGEST_WAIT_MS

SMALL = make_table(
    [
        make_event("pact", "2024-06", actors=["Russia", "North Korea"], importance=5),
        make_event("summit", "2024-10-22/2024-10-24", actors=["Russia"]),
        make_event("election", "2024-11-05", actors=["United States"]),
        make_event("invasion", "2022-02-24/..", actors=["Russia"]),
    ]
)


@pytest.fixture
def canvas(qtbot: QtBot) -> TimelineCanvas:
    return make_canvas(qtbot, SMALL)


def test_the_first_frame_shows_all_events_in_the_whole_width(canvas: TimelineCanvas) -> None:
    frame = canvas.frame
    assert frame.viewport == canvas.session.viewport
    assert (frame.width_px, frame.height_px) == (canvas.width(), canvas.height())
    assert frame.counts.shown + frame.counts.merged == frame.counts.loaded == 4
    assert {int(row) for row in frame.singles.rows} == {0, 1, 2, 3}
    assert [lane.name for lane in frame.lanes] == ["Russia", "North Korea", "United States"]


def test_painting_keeps_the_frame_and_building_it_tells_the_counts(canvas: TimelineCanvas, qtbot: QtBot) -> None:
    frame = canvas.frame
    painted(canvas)
    assert canvas.frame is frame
    with qtbot.waitSignal(canvas.counts_changed) as told:
        canvas.session.set_filter(Filter(actors=("United States",)))
        painted(canvas)
    assert told.args is not None
    assert (told.args[0].shown, told.args[0].filtered_out) == (1, 3)


def test_without_a_filter_the_lanes_are_found_as_they_were_left(canvas: TimelineCanvas) -> None:
    session, whole = canvas.session, canvas.frame
    session.set_filter(Filter(actors=("United States",)))
    assert len(canvas.frame.singles) == 1
    with mock.patch.object(canvas_module, "Layouts", side_effect=AssertionError("lanes are laid out again")):
        session.set_filter(Filter())
        assert canvas.frame.singles.rows.tolist() == whole.singles.rows.tolist()
        assert canvas.frame.singles.y_px.tolist() == whole.singles.y_px.tolist()
    session.set_filter(Filter(actors=("Russia",)))
    session.set_table(make_table([make_event("pact", "2024")]))
    session.set_filter(Filter(actors=("Russia",)))
    session.set_filter(Filter())
    assert canvas.frame.counts.loaded == canvas.frame.counts.shown == 1


def test_every_change_of_the_session_makes_another_frame(canvas: TimelineCanvas) -> None:
    session = canvas.session
    changes: list[Callable[[], None]] = [
        lambda: session.set_filter(Filter(actors=("Russia",))),
        lambda: session.set_grouping(Grouping.TYPE),
        lambda: session.set_viewport(session.viewport.panned(50)),
        lambda: session.set_viewport(session.viewport.zoomed(2, 10), Move.JUMP),
        lambda: canvas.set_options(CanvasOptions(max_lines=2, reduced_motion=True)),
        lambda: canvas.resize(700, 500),
        session.undo,
    ]
    for change in changes:
        before = canvas.frame
        change()
        painted(canvas)
        assert canvas.frame is not before
        assert canvas.frame.viewport == session.viewport


def test_selection_and_hover_change_the_picture_but_not_the_frame(canvas: TimelineCanvas) -> None:
    frame, plain = canvas.frame, painted(canvas)
    canvas.session.set_selection((0,))
    chosen = painted(canvas)
    canvas.session.set_hovered(1)
    both = painted(canvas)
    assert canvas.frame is frame
    assert plain != chosen
    assert chosen != both
    assert (canvas.highlights.selected, canvas.highlights.hovered) == ((0,), 1)


def test_another_table_is_drawn(canvas: TimelineCanvas) -> None:
    other = make_table([make_event("x" * 900, "1999-01-01"), make_event("y", "1999-02-01")])
    canvas.session.set_selection((3,))
    canvas.session.set_table(other)
    painted(canvas)
    assert canvas.frame.counts.loaded == 2


def test_a_resized_canvas_still_shows_everything(canvas: TimelineCanvas) -> None:
    canvas.resize(640, 400)
    painted(canvas)
    frame = canvas.frame
    assert (frame.width_px, frame.height_px) == (640, 400)
    assert frame.viewport == Viewport.fit(*(SMALL.extent_s or (0, 0)), 640)


def test_a_jump_travels_and_arrives(qtbot: QtBot) -> None:
    canvas = make_canvas(qtbot, SMALL, CanvasOptions())
    before = canvas.session.viewport
    goal = before.zoomed(30, 100)
    canvas.session.set_viewport(goal, Move.JUMP)
    assert canvas.is_travelling
    assert canvas.frame.viewport == before
    qtbot.waitUntil(lambda: canvas.frame.viewport not in {before, goal} or not canvas.is_travelling)
    qtbot.waitUntil(lambda: not canvas.is_travelling)
    assert canvas.frame.viewport == goal
    assert canvas.session.viewport == goal


def test_a_drag_ends_a_jump(qtbot: QtBot) -> None:
    canvas = make_canvas(qtbot, SMALL, CanvasOptions())
    canvas.session.set_viewport(canvas.session.viewport.zoomed(0.1, 100), Move.JUMP)
    canvas.session.set_viewport(canvas.session.viewport.panned(5))
    assert not canvas.is_travelling
    assert canvas.frame.viewport == canvas.session.viewport


def test_under_reduced_motion_and_when_hidden_nothing_travels(qtbot: QtBot, canvas: TimelineCanvas) -> None:
    canvas.session.set_viewport(canvas.session.viewport.zoomed(30, 100), Move.JUMP)
    assert not canvas.is_travelling
    assert canvas.frame.viewport == canvas.session.viewport
    hidden = TimelineCanvas(Session(SMALL), make_look(SMALL), EnglishWords(), safe_text, CanvasOptions())
    qtbot.addWidget(hidden)
    hidden.session.set_viewport(hidden.session.viewport.zoomed(30, 100), Move.JUMP)
    assert not hidden.is_travelling


def test_too_many_lanes_can_be_scrolled_and_a_chosen_event_is_brought_into_view(qtbot: QtBot) -> None:
    table = make_table([make_event(f"event {n}", f"2024-01-{n + 1:02}", actors=[f"actor {n}"]) for n in range(12)])
    canvas = make_canvas(qtbot, table, size=QSize(800, 300))
    bar = canvas.scroll_bar
    painted(canvas)
    assert bar.isVisible()
    assert bar.maximum() == canvas.frame.content_px - 300
    last = len(table) - 1
    assert not places_of(canvas.frame, last)
    canvas.session.set_selection((last,))
    painted(canvas)
    ((_, y_px),) = places_of(canvas.frame, last)
    assert canvas.frame.measures.axis_px < y_px < 300
    scrolled = bar.value()
    canvas.session.set_selection((0,))
    assert bar.value() < scrolled
    canvas.scroll_lanes(10_000)
    assert bar.value() == bar.maximum()
    canvas.resize(800, 900)
    painted(canvas)
    assert not bar.isVisible()
    assert bar.value() == 0


def test_a_copy_in_view_is_enough_and_nothing_scrolls(qtbot: QtBot) -> None:
    names = [f"actor {number}" for number in range(12)]
    everyone = make_event("all of them", "2024-06-19", actors=names)
    canvas = make_canvas(qtbot, make_table([everyone, make_event("b", "2024-01-01")]), size=QSize(800, 300))
    canvas.scroll_lanes(200)
    canvas.session.set_selection((1,))
    assert canvas.scroll_bar.value() == 200


def test_in_the_lane_that_was_asked_for_an_event_is_scrolled_to_though_a_copy_is_in_view(qtbot: QtBot) -> None:
    days = ("2024-06-01", "2024-06-20", "2024-07-10")
    others = [make_event(f"{n} {day}", day, actors=[f"actor {n}"]) for n in range(9) for day in days]
    both = make_event("both", "2024-06-10", actors=["actor 0", "quiet"])
    canvas = make_canvas(qtbot, make_table([both, *others]), size=QSize(800, 300))
    lanes, row = canvas.session.lanes.lanes, 9
    first, last = (number for number, lane in enumerate(lanes) if row in lane.rows)
    assert (lanes[first].name, lanes[last].name, last) == ("actor 0", "quiet", len(lanes) - 1)
    canvas.session.set_selection((row,))
    assert lanes_seen_with(canvas, row) == [first]
    canvas.show_in_lane(row, last)
    assert lanes_seen_with(canvas, row) == [last]
    bottom_px = canvas.scroll_bar.value()
    canvas.show_in_lane(row, last)
    canvas.show_in_lane(row, first + 1)
    assert canvas.scroll_bar.value() == bottom_px, "what is in view, or not in the lane, moves nothing"
    canvas.show_in_lane(row, first)
    assert lanes_seen_with(canvas, row) == [first]


def lanes_seen_with(canvas: TimelineCanvas, row: int) -> list[int]:
    """Return the numbers of the lanes in which an event is on screen."""
    frame = canvas.frame
    seen_px = [y_px for _, y_px in places_of(frame, row) if frame.measures.axis_px < y_px < frame.height_px]
    return [lane.number for lane in frame.lanes if any(lane.top_px < y_px < lane.bottom_px for y_px in seen_px)]


def test_a_merged_event_is_scrolled_to_its_count(qtbot: QtBot) -> None:
    crowd = [make_event(f"event {n}", "2024-06-19", actors=["Z"]) for n in range(40)]
    others = [
        make_event(f"other {n}.{m}", f"2024-0{m + 1}-01", actors=[f"actor {n}"]) for n in range(6) for m in range(9)
    ]
    canvas = make_canvas(qtbot, make_table([*crowd, *others]), size=QSize(800, 260))
    canvas.scroll_lanes(10_000)
    painted(canvas)
    frame = canvas.frame
    merged = next(lane for lane in canvas.session.lanes.lanes if lane.name == "Z").rows[-1]
    canvas.session.set_selection((int(merged),))
    painted(canvas)
    assert any(frame.measures.axis_px < y_px < 260 for _, y_px in places_of(canvas.frame, int(merged)))


def test_an_event_is_shown_where_it_stands_by_itself_even_if_a_count_that_holds_it_is_in_view(qtbot: QtBot) -> None:
    crowd = [make_event(f"event {n}", "2024-06-19", actors=["A"], importance=5) for n in range(40)]
    others = [
        make_event(f"other {n}.{m}", f"2024-0{m + 1}-01", actors=[f"actor {n}"]) for n in range(6) for m in range(9)
    ]
    both = make_event("both", "2024-06-19", actors=["A", "Quiet"], importance=1)
    table = make_table([*crowd, *others, both])
    canvas = make_canvas(qtbot, table, size=QSize(800, 260))
    painted(canvas)
    row = next(row for row in range(len(table)) if table.event(row).title == "both")
    assert any(y_px < 260 for _, y_px in places_of(canvas.frame, row))
    assert not singles_of(canvas.frame, row)
    canvas.session.set_selection((row,))
    painted(canvas)
    ((_, y_px),) = singles_of(canvas.frame, row)
    assert canvas.frame.measures.axis_px < y_px < 260


def test_settings_are_obeyed(canvas: TimelineCanvas) -> None:
    painted(canvas)
    assert np.count_nonzero(canvas.frame.singles.title_width_px)
    canvas.set_options(CanvasOptions(show_titles=False, today_s=parse("2024-07-01").start_earliest_s))
    frame = canvas.frame
    assert not np.count_nonzero(frame.singles.title_width_px)
    assert [guide.label for guide in frame.guides] == ["today"]
    assert canvas.options.show_titles is False


def test_a_change_of_theme_and_text_size_is_followed(qtbot: QtBot) -> None:
    session, look = Session(SMALL), make_look(SMALL)
    canvas = TimelineCanvas(session, look, EnglishWords(), safe_text, CanvasOptions(reduced_motion=True))
    qtbot.addWidget(canvas)
    canvas.resize(800, 500)
    corner = (799, 499)
    assert painted(canvas).pixelColor(*corner) == QColor(LIGHT.background)
    look.set_choice("dark")
    assert painted(canvas).pixelColor(*corner) == QColor(DARK.background)
    plain = canvas.frame.measures
    look.set_text_scale(2.0)
    painted(canvas)
    assert canvas.frame.measures.line_px == 2 * plain.line_px


def test_lanes_of_the_same_names_have_the_colours_of_another_table(qtbot: QtBot) -> None:
    events = [make_event("a", "2024-06", actors=["Russia", "Chechnya"]), make_event("b", "2024-07", actors=["Russia"])]
    apart, part = make_table(events), ActorEntry("Chechnya", part_of=(Membership("Russia"),))
    session, look = Session(apart), make_look(apart)
    canvas = TimelineCanvas(session, look, EnglishWords(), safe_text, CanvasOptions(reduced_motion=True))
    qtbot.addWidget(canvas)
    canvas.resize(800, 500)

    def strip_colours() -> list[QColor]:
        picture = painted(canvas)
        return [picture.pixelColor(0, (lane.top_px + lane.bottom_px) // 2) for lane in canvas.frame.lanes]

    assert strip_colours() == [QColor(LIGHT.actors[0]), QColor(LIGHT.actors[1])]
    joined = make_table(events, Gazetteer((part,)))
    look.set_table(joined)
    session.set_table(joined)
    assert [lane.name for lane in canvas.frame.lanes] == ["Russia", "Chechnya"]
    assert strip_colours() == [QColor(LIGHT.actors[0])] * 2


@pytest.mark.parametrize("sign", [-1, 1])
def test_the_ends_of_time_can_be_pointed_at(canvas: TimelineCanvas, sign: int) -> None:
    canvas.session.set_viewport(Viewport(sign * FARTHEST_S, 0.0, COARSEST_SECONDS_PER_PX, canvas.width()))
    for x_px in (0, 999, 7000):
        canvas.set_pointer(x_px)
        assert canvas.highlights.pointer_label
    painted(canvas)
    canvas.set_pointer(None)
    assert canvas.highlights.pointer_label == ""


def test_ten_thousand_events_are_drawn_and_counted(qtbot: QtBot) -> None:
    canvas = make_canvas(qtbot, synthetic_table(10_000))
    for factor in (1, 8, 8, 8):
        canvas.session.set_viewport(canvas.session.viewport.zoomed(factor, 500))
        painted(canvas)
        counts = canvas.frame.counts
        assert counts.shown + counts.merged + counts.outside == 10_000


def test_what_a_frame_does_not_wait_for_comes_without_another_input(qtbot: QtBot) -> None:
    canvas = make_canvas(qtbot, synthetic_table(10_000))
    session = canvas.session
    closer = session.viewport.zoomed(64, canvas.width() / 2)
    session.set_viewport(closer)
    whole = make_canvas(qtbot, session.table)
    whole.session.set_viewport(closer)
    whole.complete()
    wanted = whole.frame.singles.rows.tolist()
    assert canvas.frame.singles.rows.tolist() != wanted
    qtbot.waitUntil(lambda: canvas.frame.singles.rows.tolist() == wanted)
    assert canvas.frame.viewport == closer
    qtbot.waitUntil(lambda: not canvas.is_stale and not canvas.ahead.is_waiting)
    session.set_viewport(closer.panned(canvas.width() / 2))
    frame = canvas.frame
    canvas.complete()
    assert canvas.frame.singles.rows.tolist() == frame.singles.rows.tolist()


def test_work_ahead_waits_for_the_paint_that_an_input_has_asked_for(qtbot: QtBot) -> None:
    canvas = make_canvas(qtbot, synthetic_table(3_000))
    ahead = canvas.ahead._idle
    qtbot.waitUntil(lambda: not ahead.isActive())
    canvas.session.set_viewport(canvas.session.viewport.zoomed(64, 300))
    followed: list[bool] = []
    canvas.painted.connect(lambda: followed.append(canvas._frame is not None))
    with mock.patch.object(Layouts, "proceed", return_value=True) as proceed:
        ahead.timeout.emit()
        assert (proceed.call_count, followed) == (0, [])
        painted(canvas)
        ahead.timeout.emit()
        assert (proceed.call_count, followed) == (0, []), "the loop comes round before"
        ahead.timeout.emit()
        assert (proceed.call_count, followed) == (1, [True])


def test_a_hand_that_is_faster_than_frames_does_not_keep_work_off_for_ever(qtbot: QtBot) -> None:
    canvas = make_canvas(qtbot, synthetic_table(3_000))
    qtbot.waitUntil(lambda: not canvas.ahead.is_waiting)
    canvas.session.set_viewport(canvas.session.viewport.zoomed(64, 300))
    canvas.ahead._worked_s -= LONGEST_WAIT_MS / 1e3
    with mock.patch.object(Layouts, "proceed", return_value=False) as proceed:
        canvas.ahead._idle.timeout.emit()
        canvas.ahead._idle.timeout.emit()
    assert proceed.call_count == 1


def test_work_that_comes_before_the_paint_of_other_lanes_knows_none_of_those_before(qtbot: QtBot) -> None:
    canvas = make_canvas(qtbot, synthetic_table(3_000))
    qtbot.waitUntil(lambda: not canvas.ahead.is_waiting)
    assert len(canvas.seen_lanes) > 1
    canvas.session.set_grouping(Grouping.NONE)
    canvas.ahead._worked_s -= LONGEST_WAIT_MS / 1e3
    canvas.ahead._idle.timeout.emit()
    assert list(canvas.seen_lanes) == []
    painted(canvas)
    assert list(canvas.seen_lanes) == [0]


def test_the_bundled_timeline_names_every_event_once_at_least(qtbot: QtBot) -> None:
    canvas = make_canvas(qtbot, bundled(), size=QSize(1200, 2000))
    rows = {int(row) for row in canvas.frame.singles.rows}
    rows |= {int(row) for cluster in canvas.frame.clusters for row in cluster.rows}
    assert rows == set(range(len(bundled())))


def test_the_canvas_is_named_and_reached_by_tab(canvas: TimelineCanvas) -> None:
    assert canvas.accessibleName() == "Timeline"
    assert canvas.focusPolicy() is Qt.FocusPolicy.StrongFocus


def test_the_scroll_bar_is_painted_when_it_moves_and_not_with_every_frame(qtbot: QtBot) -> None:
    with mock.patch.object(LaneScrollBar, "paintEvent", autospec=True, side_effect=LaneScrollBar.paintEvent) as paint:
        canvas = make_canvas(qtbot, bundled(), size=QSize(700, 260))
        bar = canvas.scroll_bar
        canvas.setStyleSheet("QScrollBar:vertical { background: transparent; }")
        QApplication.processEvents()
        assert bar.isVisible()
        before = paint.call_count
        for step in range(5):
            canvas.session.set_viewport(canvas.session.viewport.panned(10 * step + 1))
            QApplication.processEvents()
        assert paint.call_count == before > 0
        bar.setValue(bar.maximum())
        QApplication.processEvents()
        assert paint.call_count > before
        on_screen = canvas.screen().grabWindow(canvas.winId()).toImage().copy(bar.geometry())
        assert (pixels(on_screen) == pixels(painted(canvas).copy(bar.geometry()))).all()
        assert on_screen.pixelColor(0, 0) == QColor(LIGHT.background)
