"""When the next input of a hand is expected."""

from __future__ import annotations

import pytest

from timeline_app.ui.timeline.pace import (
    JUDGED_BY,
    LEAST_SLICE_MS,
    LONGEST_S,
    LONGEST_SLICE_MS,
    SHORTEST_S,
    SLICE_MS,
    STEP_MS,
    Pace,
    for_ms,
)


def paced(*instants_s: float) -> Pace:
    pace = Pace()
    for instant_s in instants_s:
        pace.note(instant_s)
    return pace


def test_nothing_is_expected_before_there_were_two_inputs() -> None:
    assert paced().left_s(0.0) is None
    assert paced(1.0).left_s(1.001) is None


def test_the_next_input_is_expected_after_the_shortest_distance() -> None:
    pace = paced(1.0, 1.010, 1.028)
    assert pace.left_s(1.030) == pytest.approx(0.008)
    assert pace.left_s(1.040) == pytest.approx(-0.002)


def test_only_the_last_distances_count() -> None:
    quick = [1.0, 1.010]
    slow = [1.010 + 0.020 * number for number in range(1, JUDGED_BY + 1)]
    assert paced(*quick, *slow).left_s(slow[-1]) == pytest.approx(0.020)


def test_inputs_in_one_bunch_tell_no_pace() -> None:
    pace = paced(1.0, 1.0 + SHORTEST_S / 2)
    assert pace.left_s(1.0) is None
    pace.note(1.020)
    assert pace.left_s(1.020) == pytest.approx(0.020 - SHORTEST_S / 2)


def test_after_a_rest_a_hand_begins_anew_as_quick_as_the_one_before() -> None:
    begins_s = 1.010 + LONGEST_S
    pace = paced(1.0, 1.010, begins_s)
    assert pace.left_s(begins_s) == pytest.approx(0.010)
    pace.note(begins_s + 0.020)
    assert pace.left_s(begins_s + 0.020) == pytest.approx(0.020)


def test_an_input_that_waited_for_work_counts_from_when_it_was_due() -> None:
    pace = paced(1.0, 1.010)
    pace.note(1.0235, busy_from_s=1.012, busy_until_s=1.023)
    assert pace.left_s(1.024) == pytest.approx(0.006)
    pace.note(1.030, busy_from_s=1.024, busy_until_s=1.029)
    assert pace.left_s(1.030) == pytest.approx(0.010)


def test_one_that_was_not_due_yet_may_have_come_as_the_work_began() -> None:
    pace = paced(1.0, 1.010)
    pace.note(1.0184, busy_from_s=1.0125, busy_until_s=1.018)
    assert pace.left_s(1.0184) == pytest.approx(1.0125 + 0.0084 - 1.0184), "it came no later than that"
    pace.note(1.0258)
    assert pace.left_s(1.0258) == pytest.approx(0.0084)
    pace.note(1.0341)
    assert pace.left_s(1.0341) == pytest.approx(0.0083)


def test_lateness_of_one_input_does_not_stay_with_those_after_it() -> None:
    """Inputs come each 8 ms, taken to be 13 ms apart, and each is followed by as much work as is allowed."""
    pace = paced(0.900, 0.913)
    pace.note(1.008)
    free_s, late_s = 1.017, []
    for number in range(2, 8):
        came_s = 1.0 + 0.008 * number
        now_s = max(came_s, free_s)
        late_s.append(now_s - came_s)
        pace.note(now_s, busy_from_s=free_s - 0.006 if now_s == free_s else 0.0, busy_until_s=free_s)
        painted_s = now_s + 0.002
        free_s = painted_s + pace.slice_ms(painted_s, is_behind=False) / 1e3 + STEP_MS / 1e3
    assert late_s[-1] < 0.0001


def test_an_input_long_after_work_came_when_it_was_meant() -> None:
    pace = paced(1.0, 1.010)
    pace.note(1.0235, busy_until_s=1.021)
    assert pace.left_s(1.0235) == pytest.approx(0.010)


def test_a_slice_of_work_ends_a_step_before_the_next_input() -> None:
    pace = paced(1.0, 1.010)
    assert paced().slice_ms(1.0, is_behind=False) == SLICE_MS
    assert pace.slice_ms(1.011, is_behind=False) == LONGEST_SLICE_MS
    assert pace.slice_ms(1.0155, is_behind=False) == pytest.approx(4.5 - STEP_MS)
    assert pace.slice_ms(1.0185, is_behind=False) == pytest.approx(1.5 - STEP_MS)
    assert pace.slice_ms(1.030, is_behind=False) == 0


def test_what_is_behind_is_worked_on_however_fast_the_hand() -> None:
    pace = paced(1.0, 1.010)
    assert pace.slice_ms(1.011, is_behind=True) == LONGEST_SLICE_MS
    assert pace.slice_ms(1.030, is_behind=True) == LEAST_SLICE_MS


def test_a_budget_of_time_is_used_up() -> None:
    assert not for_ms(0)()
    assert for_ms(60_000)()
