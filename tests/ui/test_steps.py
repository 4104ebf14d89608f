"""What one comes back to by undo, and what by going back."""

from __future__ import annotations

import pytest

from timeline_app.core.filter import Filter
from timeline_app.core.lanes import Grouping
from timeline_app.core.notes import NO_NOTES, Note
from timeline_app.scene.viewport import Viewport
from timeline_app.ui.steps import Steps
from timeline_app.ui.view_state import ViewState


def view(left_s: int, *, note: str = "") -> ViewState:
    notes = NO_NOTES.having({0: Note(text=note)}) if note else NO_NOTES
    return ViewState(Filter(), Grouping.ACTOR, Viewport(left_s, 0.0, 60.0, 1000), notes)


@pytest.fixture
def steps() -> Steps:
    """Begin with one view."""
    begun = Steps()
    begun.record(view(0), (), is_jump=True)
    return begun


def lefts(steps: Steps) -> tuple[list[int], list[int]]:
    """Return where the views of the changes begin, and those of the places."""
    changes = [state.viewport.left_s for state in steps.changes.states]
    return changes, [place.view.viewport.left_s for place in steps.places.states]


def test_a_jump_is_a_change_and_a_place(steps: Steps) -> None:
    steps.record(view(1), (), is_jump=True)
    steps.record(view(2), (), is_jump=True)
    assert lefts(steps) == ([0, 1, 2], [0, 1, 2])


def test_one_gesture_is_one_change_and_moves_the_place(steps: Steps) -> None:
    for left_s in (1, 2, 3):
        steps.record(view(left_s), (), is_jump=False)
    assert lefts(steps) == ([0, 3], [3])


def test_a_gesture_that_was_ended_is_a_change_of_its_own(steps: Steps) -> None:
    steps.record(view(1), (), is_jump=False)
    steps.end_gesture()
    steps.record(view(2), (), is_jump=False)
    assert lefts(steps) == ([0, 1, 2], [2])


def test_another_selection_is_a_place_and_no_change(steps: Steps) -> None:
    steps.record(view(0), (4,), is_jump=True)
    assert lefts(steps) == ([0], [0, 0])
    assert [place.selection for place in steps.places.states] == [(), (4,)]


def test_what_is_written_on_one_thing_is_one_change_and_no_place(steps: Steps) -> None:
    for text, written in (("a", 7), ("ab", 7), ("abc", 8), ("abcd", None), ("abcde", None)):
        steps.record_written(view(0, note=text), written)
    assert [state.notes.of(0).text for state in steps.changes.states] == ["", "ab", "abc", "abcd", "abcde"]
    assert len(steps.places.states) == 1
    assert not len(steps.places.states[0].view.notes)


def test_what_is_on_screen_otherwise_is_amended_and_no_step(steps: Steps) -> None:
    steps.record(view(1), (), is_jump=True)
    steps.amend(view(5), (2,))
    assert lefts(steps) == ([0, 5], [0, 5])
    assert steps.places.states[-1].selection == (2,)


def test_steps_are_held_until_the_outermost_lets_go(steps: Steps) -> None:
    with steps.held():
        with steps.held():
            assert steps.are_held
        assert steps.are_held
    assert not steps.are_held
