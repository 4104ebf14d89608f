"""Going from event to event and from view to view, and staying put where there is nowhere to go."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from tests.helpers.small_conflict import small_table
from tests.helpers.tables import make_event, make_table
from timeline_app.core.event import Link
from timeline_app.core.filter import Filter
from timeline_app.core.lanes import Grouping
from timeline_app.ui.navigation import Navigator, lane_of, linked_rows
from timeline_app.ui.session import Session

PACT, RAID, TRAINING, SUMMIT, MOVE, CONFIRMATION, ELECTION, SILENCE = range(8)


@pytest.fixture
def session(qtbot: QtBot) -> Session:
    return Session(small_table())


@pytest.fixture
def navigator(session: Session) -> Navigator:
    return navigator_of(session)


def test_next_and_previous_walk_in_time_and_stop_at_the_ends(session: Session, navigator: Navigator) -> None:
    walked = []
    for _ in range(10):
        navigator.next_event()
        walked.append(session.current)
    assert walked == [*range(8), SILENCE, SILENCE]
    navigator.previous_event()
    assert session.current == ELECTION
    navigator.first_event()
    navigator.previous_event()
    assert session.current == PACT


def test_without_a_selection_going_back_begins_at_the_end(session: Session, navigator: Navigator) -> None:
    navigator.previous_event()
    assert session.current == SILENCE


def test_only_what_passes_the_filter_is_visited(session: Session, navigator: Navigator) -> None:
    session.set_filter(Filter(actors=("United States",)))
    navigator.first_event()
    assert session.current == CONFIRMATION
    navigator.next_event()
    assert session.current == ELECTION
    navigator.next_event()
    assert session.current == ELECTION


def test_from_an_event_that_was_filtered_out_the_walk_goes_on_in_time(session: Session, navigator: Navigator) -> None:
    session.set_selection((SUMMIT,))
    session.set_filter(Filter(actors=("United States",)))
    navigator.next_event()
    assert session.current == CONFIRMATION
    session.set_selection((SUMMIT,))
    navigator.previous_event()
    assert session.current == SUMMIT


def test_an_actor_is_followed_from_the_current_event(session: Session, navigator: Navigator) -> None:
    session.set_selection((PACT,))
    navigator.next_of_actor()
    assert session.current == RAID
    session.set_selection((CONFIRMATION,))
    navigator.next_of_actor()
    assert session.current == ELECTION
    navigator.next_of_actor()
    assert session.current == ELECTION
    navigator.previous_of_actor()
    assert session.current == CONFIRMATION


def test_without_a_selection_the_first_event_of_all_is_taken(session: Session, navigator: Navigator) -> None:
    navigator.next_of_actor()
    assert session.current == PACT


def test_links_are_followed_both_ways_and_around(qtbot: QtBot) -> None:
    events = [
        make_event("A", "2024-01", links=[Link("c", "leads-to"), Link("gone")]),
        make_event("B", "2024-02", links=[Link("a")]),
        make_event("C", "2024-03"),
    ]
    session = Session(make_table(events))
    navigator = navigator_of(session)
    navigator.next_linked()
    assert linked_rows(session).tolist() == []
    session.set_selection((0,))
    assert linked_rows(session).tolist() == [1, 2]
    navigator.next_linked()
    assert session.current == 1
    session.set_selection((0,))
    navigator.previous_linked()
    assert session.current == 2
    navigator.next_linked()
    assert session.current == 0


def test_lanes_are_crossed_to_the_event_nearest_in_time(session: Session, navigator: Navigator) -> None:
    session.set_grouping(Grouping.TYPE)
    session.set_selection((TRAINING,))
    lanes = session.lanes
    before = lane_of(lanes, TRAINING)
    navigator.lane_down()
    current = session.current
    assert current is not None
    assert lane_of(lanes, current) > before
    navigator.lane_up()
    assert session.current in lanes.lanes[before].rows


def test_lanes_are_crossed_one_by_one_though_events_stand_in_several(qapp: object) -> None:
    actors = (["A"], ["A", "B"], ["A", "B"], ["A", "B", "C"], ["A", "C"])
    session = Session(
        make_table([make_event(str(day), f"2024-01-{day + 10}", actors=a) for day, a in enumerate(actors)])
    )
    navigator = navigator_of(session)
    session.set_selection((0,))
    titles = [session.table.titles_of((row,))[0] for row in went(session, *[navigator.lane_down] * 3)]
    assert titles == ["1", "3", "3"]
    assert went(session, *[navigator.lane_up] * 3) == [2, 1, 1]
    session.set_selection((3,))
    assert went(session, navigator.lane_down) == [2], "elsewhere one begins at the first lane of an event"


def test_the_lane_that_was_gone_to_is_asked_for_though_the_event_stands_in_others_too(qapp: object) -> None:
    events = [make_event("a", "2024-01-10", actors=["A"]), make_event("b", "2024-01-11", actors=["A", "B"])]
    session = Session(make_table(events))
    asked: list[tuple[int, int]] = []
    navigator = Navigator(session, lambda row, number: asked.append((row, number)))
    session.set_selection((0,))
    assert went(session, navigator.lane_down, navigator.lane_down, navigator.lane_up) == [1, 1, 0]
    assert [(row, session.lanes.lanes[number].name) for row, number in asked] == [(1, "B"), (0, "A")]


def navigator_of(session: Session) -> Navigator:
    """Return the navigator of a window that shows all lanes."""
    return Navigator(session, lambda _row, _number: None)


def went(session: Session, *steps: Callable[[], None]) -> list[int]:
    """Return the current row after each step."""
    rows: list[int] = []
    for step in steps:
        step()
        rows.append(-1 if session.current is None else session.current)
    return rows


def test_the_first_and_last_lane_are_the_end(session: Session, navigator: Navigator) -> None:
    session.set_grouping(Grouping.TYPE)
    for step in (navigator.lane_up, navigator.lane_down):
        session.set_selection((MOVE,))
        seen = []
        for _ in range(12):
            step()
            seen.append(session.current)
        assert seen[-1] == seen[-2]


def test_zoom_keeps_the_current_event_where_it_is(session: Session, navigator: Navigator) -> None:
    session.show_event(RAID)
    anchor_s = session.table.anchor_s(RAID)
    assert anchor_s is not None
    before = session.viewport
    navigator.zoom_in()
    assert session.viewport.span_s < before.span_s
    assert session.viewport.x_of(anchor_s) == pytest.approx(before.x_of(anchor_s), abs=0.01)
    navigator.zoom_out()
    assert session.viewport.span_s == pytest.approx(before.span_s)


def test_zoom_goes_to_the_middle_when_the_current_event_is_elsewhere(session: Session, navigator: Navigator) -> None:
    session.set_selection((PACT,))
    session.set_viewport(session.viewport.panned(5_000))
    middle_s = session.viewport.middle_s
    navigator.zoom_in()
    assert abs(session.viewport.middle_s - middle_s) <= session.viewport.seconds_per_px


@pytest.mark.parametrize(
    ("there", "back"),
    [(Navigator.pan_left, Navigator.pan_right), (Navigator.screen_back, Navigator.screen_forward)],
)
def test_panning_there_and_back_changes_nothing(
    session: Session, navigator: Navigator, there: Callable[[Navigator], None], back: Callable[[Navigator], None]
) -> None:
    before = session.viewport
    there(navigator)
    assert session.viewport.left_s < before.left_s
    back(navigator)
    assert abs(session.viewport.left_s - before.left_s) <= 1


def test_centre_first_then_fit(session: Session, navigator: Navigator) -> None:
    session.set_selection((ELECTION,))
    anchor_s = session.table.anchor_s(ELECTION)
    assert anchor_s is not None
    span_s = session.viewport.span_s
    navigator.centre_or_fit_selection()
    assert session.viewport.span_s == span_s
    assert session.viewport.x_of(anchor_s) == pytest.approx(session.viewport.width_px / 2, abs=1)
    navigator.centre_or_fit_selection()
    assert session.viewport.span_s < span_s
    assert session.selection == (ELECTION,)


def test_going_to_a_date_keeps_the_scale_unless_it_is_too_long(session: Session, navigator: Navigator) -> None:
    span_s = session.viewport.span_s
    navigator.go_to(0, 86_399)
    assert session.viewport.span_s == span_s
    assert session.viewport.left_s < 0 < 86_399 < session.viewport.right_s
    navigator.go_to(0, round(100 * span_s))
    assert session.viewport.left_s < 0
    assert session.viewport.right_s > 100 * span_s


def test_an_empty_table_is_no_trap(qtbot: QtBot) -> None:
    session = Session(make_table())
    navigator = navigator_of(session)
    for name in [name for name in dir(Navigator) if not name.startswith(("_", "zoom_to", "go_to", "parting"))]:
        getattr(navigator, name)()
    assert session.selection == ()


def test_each_step_is_one_place_to_come_back_to(session: Session, navigator: Navigator) -> None:
    session.set_viewport(session.viewport.zoomed(30, 100))
    start = session.viewport
    navigator.last_event()
    assert session.viewport != start
    session.go_back()
    assert (session.viewport, session.selection) == (start, ())


def test_counts_are_parted_by_zooming_unless_all_is_alike(session: Session, navigator: Navigator) -> None:
    times = session.table.times
    rows = np.array([RAID, MOVE], np.int32)
    starts_s = tuple(times.start_earliest_s[rows].tolist())
    assert navigator.parting_span_s(rows) == starts_s
    assert navigator.parting_span_s(rows[:1]) is None
