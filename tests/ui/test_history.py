"""Going back and forward through states, against a plain list."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from timeline_app.ui.history import DEPTH, History

STEPS = st.lists(st.one_of(st.integers(0, 5), st.sampled_from(["back", "forward", "replace", "amend"])), max_size=40)


@given(STEPS)
def test_it_behaves_like_a_list_with_a_place_in_it(steps: list[int | str]) -> None:
    history: History[int] = History()
    states: list[int] = []
    place = -1
    for step in steps:
        if step == "back":
            place, expected = (place - 1, states[place - 1]) if place > 0 else (place, None)
            assert history.back() == expected
        elif step == "forward":
            ahead = place + 1 < len(states)
            place, expected = (place + 1, states[place + 1]) if ahead else (place, None)
            assert history.forward() == expected
        elif step == "amend":
            history.amend(77)
            is_there = place > 0 and states[place - 1] == 77
            before, after = states[: max(place, 0)], states[place + 1 :] if place >= 0 else []
            states = [*before, *after] if is_there else [*before, 77, *after]
            place = place - 1 if is_there else max(place, 0)
        else:
            replacing = step == "replace"
            state = 99 if isinstance(step, str) else step
            history.record(state, replacing=replacing)
            if place < 0 or states[place] != state:
                kept = states[: place if replacing and place >= 0 else place + 1]
                states = [*kept, state]
                place = len(states) - 1
        assert (history.states, history.place) == (states, place)
        assert history.can_go_back == (place > 0)
        assert history.can_go_forward == (place + 1 < len(states))


def test_the_oldest_states_are_forgotten() -> None:
    history: History[int] = History()
    for number in range(DEPTH + 50):
        history.record(number)
    assert (len(history.states), history.states[0], history.place) == (DEPTH, 50, DEPTH - 1)
    assert history.back() == DEPTH + 48
