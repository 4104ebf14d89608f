"""The state of a window: setters tell once, what fails changes nothing, and every step can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import SignalInstance
from pytestqt.qtbot import QtBot

from tests.helpers.scenes import DAY_S
from tests.helpers.tables import make_event, make_table
from timeline_app.core.errors import FilterError, ReadError
from timeline_app.core.filter import Filter
from timeline_app.core.lanes import OTHERS, Grouping, Question, let_pass
from timeline_app.core.notes import NO_NOTES, Note
from timeline_app.core.table import EventTable
from timeline_app.scene.viewport import Viewport
from timeline_app.ui import filter_runner
from timeline_app.ui.hits import Hits
from timeline_app.ui.session import Move, Session
from timeline_app.ui.view_state import ViewState

TABLE = make_table(
    [
        make_event("invasion", "2022-02-24", actors=["Russia", "Ukraine"], importance=5),
        make_event("pact", "2024-06", actors=["Russia", "North Korea"]),
        make_event("summit", "2024-10-22/2024-10-24", actors=["Russia"]),
        make_event("election", "2024-11-05", actors=["United States"]),
        make_event("sanctions", "2022/..", actors=["Russia"]),
    ]
)


@pytest.fixture
def session(qtbot: QtBot) -> Session:
    return Session(TABLE)


def state(session: Session) -> ViewState:
    return ViewState(session.wanted, session.grouping, session.viewport)


def ways(session: Session) -> tuple[bool, bool, bool, bool]:
    """Tell whether undo, redo, back and forward lead anywhere."""
    return session.can_undo, session.can_redo, session.can_go_back, session.can_go_forward


def test_lanes_that_are_known_already_serve_with_the_number_of_lanes_that_is_set(session: Session) -> None:
    known = let_pass(TABLE, Question())
    session.set_table(TABLE, known)
    assert session.lanes is known.lanes
    session.set_lane_limit(1)
    session.set_table(TABLE, known)
    assert [lane.title for lane in session.lanes.lanes] == ["Russia", OTHERS]


def test_a_filter_that_is_cleared_brings_the_lanes_of_all_events_back(session: Session) -> None:
    session.set_table(TABLE)
    lanes = session.lanes
    session.set_filter(Filter(actors=("Russia",)))
    session.set_filter(Filter())
    assert session.lanes is lanes


class Counter:
    """Counts how often signals come."""

    def __init__(self, **signals: SignalInstance) -> None:
        self.counts = dict.fromkeys(signals, 0)
        for name, signal in signals.items():
            signal.connect(self._counting(name))

    def _counting(self, name: str) -> Callable[..., None]:
        def count(*_values: object) -> None:
            self.counts[name] += 1

        return count


def test_a_new_session_shows_everything(session: Session) -> None:
    assert session.wanted == session.filter == Filter()
    assert session.result.shown == 5
    assert session.grouping is Grouping.ACTOR
    first_s, last_s = TABLE.extent_s or (0, 0)
    assert 0 < session.viewport.x_of(first_s) < session.viewport.x_of(last_s) < session.viewport.width_px
    assert ways(session) == (False, False, False, False)


def test_lanes_are_what_is_usual_for_the_events_until_somebody_chooses(session: Session) -> None:
    typed = make_table([make_event(type_="battle")])
    session.set_table(typed)
    assert {session.lanes.grouping, session.grouping} == {Grouping.TYPE}
    session.set_table(TABLE)
    assert {session.lanes.grouping, session.grouping} == {Grouping.ACTOR}
    session.set_grouping(Grouping.PLACE)
    session.set_table(typed)
    assert {session.lanes.grouping, session.grouping} == {Grouping.PLACE}


def test_setters_tell_once_and_only_of_changes(session: Session) -> None:
    counter = Counter(
        filter=session.filter_changed,
        lanes=session.lanes_changed,
        viewport=session.viewport_changed,
        jumped=session.jumped,
        selection=session.selection_changed,
        hovered=session.hovered_changed,
        hits=session.hits_changed,
    )
    for _ in range(2):
        session.set_filter(Filter(actors=("Russia",)))
        session.set_grouping(Grouping.TYPE)
        session.set_viewport(Viewport(0, 0.0, 10.0, 1000), Move.JUMP)
        session.set_selection((1,))
        session.set_hovered(2)
        session.set_hits(Hits("pact", np.array([1], np.int32), 0))
    assert counter.counts == {
        "filter": 1,
        "lanes": 2,
        "viewport": 1,
        "jumped": 1,
        "selection": 1,
        "hovered": 1,
        "hits": 1,
    }
    assert (session.current, session.hovered, session.hits.rows.tolist()) == (1, 2, [1])


def test_a_filter_narrows_lanes_and_result(session: Session) -> None:
    session.set_filter(Filter(actors=("North Korea",)))
    assert session.result.shown == 1
    assert session.lanes.filtered_out == 4
    assert session.lanes.lanes[0].name == "North Korea"


@pytest.mark.parametrize(
    "wanted",
    [
        Filter(since="never"),
        Filter(until="2024-13"),
        Filter(since="2025", until="2024"),
        Filter(as_of="soon"),
        Filter(as_of="2024/.."),
    ],
)
def test_a_filter_that_makes_no_sense_changes_nothing(session: Session, wanted: Filter) -> None:
    session.set_filter(Filter(actors=("Russia",)))
    before = (state(session), session.result, session.lanes, session.selection)
    counter = Counter(filter=session.filter_changed, lanes=session.lanes_changed, history=session.history_changed)
    with pytest.raises(FilterError):
        session.set_filter(wanted)
    assert (state(session), session.result, session.lanes, session.selection) == before
    assert set(counter.counts.values()) == {0}


@pytest.mark.parametrize("is_large", [False, True])
def test_a_filter_whose_events_cannot_be_read_any_more_is_taken_back_and_that_is_said(
    session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, is_large: bool
) -> None:
    if is_large:
        monkeypatch.setattr(filter_runner, "LARGE", 0)
    session.set_filter(Filter(actors=("Russia",)))
    qtbot.waitUntil(lambda: session.is_settled)
    before = state(session)

    def refuse(*_given: object) -> object:
        raise ReadError("records.bin is damaged", "data/war.csv")

    monkeypatch.setattr(filter_runner, "let_pass", refuse)
    said: list[str] = []
    session.refused.connect(said.append)
    with qtbot.waitSignal(session.refused, timeout=5000) if is_large else nullcontext():
        session.set_filter(Filter(find=("Kursk",)))
    assert said == ["Open war.csv again: it cannot be read, so the filter stays as it was (records.bin is damaged)"]
    assert (state(session), len(session.result.rows), session.is_settled) == (before, 4, True)
    # No step is left of it: what is undone next is the filter before.
    session.undo()
    assert (session.wanted, session.can_undo) == (Filter(), False)


def test_fewer_lanes_have_a_name_when_asked(session: Session) -> None:
    session.set_lane_limit(1)
    assert [lane.title for lane in session.lanes.lanes] == ["Russia", "Others"]
    session.set_lane_limit(1)
    assert not session.can_undo


def test_every_kind_of_change_can_be_taken_back_and_made_again(session: Session) -> None:
    states = [state(session)]
    session.set_filter(Filter(actors=("Russia",)))
    states.append(state(session))
    session.set_grouping(Grouping.NONE)
    states.append(state(session))
    session.set_viewport(session.viewport.centred(0), Move.JUMP)
    states.append(state(session))
    for expected in reversed(states[:-1]):
        assert session.can_undo
        session.undo()
        assert state(session) == expected
    assert not session.can_undo
    session.undo()
    for expected in states[1:]:
        assert session.can_redo
        session.redo()
        assert state(session) == expected
    assert not session.can_redo
    session.redo()
    assert state(session) == states[-1]


def test_one_gesture_is_one_step(session: Session) -> None:
    before = session.viewport
    for _ in range(30):
        session.set_viewport(session.viewport.panned(7).zoomed(1.01, 500))
    session.undo()
    assert session.viewport == before
    assert not session.can_undo
    session.redo()
    assert session.viewport.left_s > before.left_s


def test_two_gestures_with_a_change_between_are_three_steps(session: Session) -> None:
    views = [session.viewport]
    session.set_viewport(session.viewport.panned(70))
    views.append(session.viewport)
    session.set_filter(Filter(actors=("Russia",)))
    session.set_viewport(session.viewport.panned(70))
    session.undo()
    assert (session.viewport, session.wanted) == (views[1], Filter(actors=("Russia",)))
    session.undo()
    assert (session.viewport, session.wanted) == (views[1], Filter())
    session.undo()
    assert session.viewport == views[0]


def test_a_gesture_after_undo_does_not_swallow_the_step_before(session: Session) -> None:
    first = session.viewport
    session.set_viewport(session.viewport.panned(70))
    session.undo()
    session.set_viewport(session.viewport.panned(-70))
    session.undo()
    assert session.viewport == first


def test_writing_on_after_undo_does_not_swallow_the_step_before(session: Session) -> None:
    first = session.viewport
    session.take_notes(NO_NOTES)
    session.set_viewport(first.panned(70), Move.JUMP)
    session.set_note(0, Note(text="a"), goes_on=True)
    session.undo()
    session.set_note(0, Note(text="b"), goes_on=True)
    session.undo()
    assert (session.viewport, len(session.notes)) == (first.panned(70), 0)
    session.redo()
    assert session.notes.of(0) == Note(text="b")


def test_undo_before_the_notes_are_found_tells_nothing_of_them(session: Session) -> None:
    first = session.viewport
    session.set_viewport(first.panned(70), Move.JUMP)
    session.undo()
    assert session.viewport == first
    assert not session.can_note
    session.go_back()
    session.set_note(0, Note(starred=True))
    assert (session.can_note, len(session.notes)) == (False, 0)


def test_selecting_is_nothing_to_undo_and_undo_leaves_the_selection(session: Session) -> None:
    session.set_filter(Filter(actors=("Russia",)))
    session.set_selection((1,))
    session.undo()
    assert session.wanted == Filter()
    assert session.selection == (1,)
    assert not session.can_undo


def test_back_returns_to_where_one_was_with_what_was_selected(session: Session) -> None:
    start = session.viewport
    session.set_viewport(start.zoomed(50, 0), Move.JUMP)
    session.show_event(0)
    session.show_event(3)
    assert session.current == 3
    session.go_back()
    assert session.current == 0
    session.go_back()
    assert session.selection == ()
    assert session.viewport == start.zoomed(50, 0)
    session.go_back()
    assert session.viewport == start
    assert not session.can_go_back
    session.go_forward()
    session.go_forward()
    assert session.current == 0
    session.set_viewport(start.zoomed(3, 0), Move.JUMP)
    assert not session.can_go_forward


def test_going_back_can_be_undone(session: Session) -> None:
    start = session.viewport
    far = start.zoomed(50, 0)
    session.set_viewport(far, Move.JUMP)
    session.go_back()
    session.undo()
    assert session.viewport == far


def test_dragging_on_moves_the_present_place(session: Session) -> None:
    session.set_viewport(session.viewport.zoomed(20, 500), Move.JUMP)
    session.set_viewport(session.viewport.panned(30))
    dragged = session.viewport
    session.set_viewport(session.viewport.zoomed(4, 500), Move.JUMP)
    session.go_back()
    assert session.viewport == dragged


def test_showing_an_event_in_view_moves_nothing_else_and_one_out_of_view_is_brought_to_the_middle(
    session: Session,
) -> None:
    before = session.viewport
    session.show_event(1)
    assert (session.selection, session.viewport) == ((1,), before)
    session.set_viewport(before.zoomed(100, 0), Move.JUMP)
    session.show_event(3)
    anchor_s = TABLE.anchor_s(3)
    assert anchor_s is not None
    assert session.viewport.x_of(anchor_s) == pytest.approx(session.viewport.width_px / 2, abs=1)
    session.undo()
    assert session.viewport == before.zoomed(100, 0)


def test_several_changes_can_be_made_one_step(session: Session) -> None:
    before = state(session)
    with session.one_step():
        session.set_filter(Filter(actors=("Russia",)))
        with session.one_step():
            session.set_selection((2,))
        session.set_viewport(session.viewport.panned(10), Move.JUMP)
    session.undo()
    assert state(session) == before
    assert not session.can_undo


@given(st.lists(st.sampled_from(["drag", "jump", "filter", "lanes", "select", "show", "fit", "width"]), max_size=12))
def test_undoing_all_comes_back_to_the_start_and_redoing_all_to_the_end(steps: list[str]) -> None:
    session = Session(TABLE)
    for number, step in enumerate(steps):
        take_step(session, step, number)
    end = state(session)
    while session.can_undo:
        session.undo()
    assert session.wanted == Filter()
    assert session.grouping is Grouping.ACTOR
    assert session.viewport.width_px == end.viewport.width_px
    while session.can_redo:
        session.redo()
    assert (session.wanted, session.grouping) == (end.wanted, end.grouping)
    assert session.viewport.seconds_per_px == pytest.approx(end.viewport.seconds_per_px)
    assert session.viewport.left_s == end.viewport.left_s


def take_step(session: Session, step: str, number: int) -> None:
    if step == "drag":
        session.set_viewport(session.viewport.panned(3 + number))
    elif step == "jump":
        session.set_viewport(session.viewport.zoomed(1.5, 10 * number), Move.JUMP)
    elif step == "filter":
        session.set_filter(Filter(actors=("Russia",), min_importance=1 + number % 4))
    elif step == "lanes":
        session.set_grouping(list(Grouping)[number % 5])
    elif step == "select":
        session.set_selection((number % 5,))
    elif step == "show":
        session.show_event(number % 5)
    elif step == "fit":
        session.fit_all()
    else:
        session.set_width(500 + 10 * number)


def test_a_fitted_view_is_fitted_again_when_the_width_changes(session: Session) -> None:
    first_s, last_s = TABLE.extent_s or (0, 0)
    for width_px in (400, 1600):
        session.set_width(width_px)
        assert session.viewport == Viewport.fit(first_s, last_s, width_px)
    session.set_filter(Filter(actors=("Russia",)))
    session.undo()
    assert session.viewport == Viewport.fit(first_s, last_s, 1600)


def test_any_other_view_keeps_its_left_edge_and_scale(session: Session) -> None:
    session.set_viewport(session.viewport.panned(10))
    before = session.viewport
    counter = Counter(viewport=session.viewport_changed, jumped=session.jumped)
    session.set_width(555)
    session.set_width(555)
    assert session.viewport == before.resized(555)
    assert counter.counts == {"viewport": 1, "jumped": 0}
    session.fit_all()
    session.set_width(777)
    assert session.viewport.x_of(int(TABLE.times.start_earliest_s[0])) == pytest.approx(777 * 0.08, abs=777 * 0.08)


def test_fitting_shows_what_passes_the_filter(session: Session) -> None:
    session.set_filter(Filter(actors=("United States",)))
    session.fit_all()
    assert session.viewport.span_s < 2 * DAY_S


def test_what_is_fitted_before_the_filter_is_in_force_is_fitted_to_it_in_the_same_step(
    session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = session.viewport
    monkeypatch.setattr(filter_runner, "LARGE", 0)
    with qtbot.waitSignal(session.lanes_changed), session.one_step():
        session.set_filter(Filter(actors=("United States",)))
        session.fit_all()
    extent = TABLE.extent_of(session.result.rows)
    assert extent is not None
    assert session.viewport == Viewport.fit(*extent, first.width_px)
    session.undo()
    assert (session.viewport, session.can_undo) == (first, False)
    session.redo()
    assert session.viewport == Viewport.fit(*extent, first.width_px)


def test_another_table_starts_anew(session: Session) -> None:
    session.set_filter(Filter(actors=("Russia",)))
    session.set_selection((1,))
    session.set_hovered(1)
    session.set_hits(Hits("pact", np.array([1], np.int32), 0))
    counter = Counter(table=session.table_changed, hovered=session.hovered_changed, selection=session.selection_changed)
    other = make_table([make_event("one", "1999-01-01"), make_event("two", "1999-02-01")])
    session.set_table(other)
    assert session.table is other
    assert (session.wanted, session.selection, session.hovered, session.hits) == (Filter(), (), None, Hits())
    assert ways(session) == (False, False, False, False)
    assert counter.counts == {"table": 1, "hovered": 1, "selection": 1}
    assert session.viewport.x_of(int(other.times.start_earliest_s[0])) > 0


@pytest.mark.parametrize("table", [TABLE, make_table()], ids=["same dates", "no events"])
def test_the_first_change_of_a_table_can_be_taken_back(session: Session, table: EventTable) -> None:
    session.set_table(table)
    assert ways(session) == (False, False, False, False)
    session.set_filter(Filter(actors=("Russia",)))
    assert ways(session) == (True, False, True, False)
    session.undo()
    assert session.wanted == Filter()


def test_an_event_without_any_bound_can_be_selected(qtbot: QtBot) -> None:
    session = Session(make_table([make_event("always", "2022/..")]))
    session.show_event(0)
    assert session.current == 0
