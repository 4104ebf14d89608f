"""Between two inputs work is done that ends before the next one, and never none for long."""

from __future__ import annotations

from unittest import mock

import pytest
from pytestqt.qtbot import QtBot

from tests.helpers.canvases import make_canvas
from tests.helpers.scenes import synthetic_table
from timeline_app.ui.timeline.pace import LEAST_SLICE_MS, SLICE_MS
from timeline_app.ui.timeline.work_ahead import LONGEST_UNTOLD_MS, STARVED_MS, WorkAhead

APART_S = 0.008


@pytest.fixture
def ahead(qtbot: QtBot) -> WorkAhead:
    """Return who works for a canvas on which a hand has just moved the view several times, the last time at 100 s."""
    canvas = make_canvas(qtbot, synthetic_table(50))
    for number in range(5):
        with mock.patch("time.perf_counter", return_value=100 - (4 - number) * APART_S):
            canvas.ahead.note_move(canvas.session.viewport)
    return canvas.ahead


def slice_ms(ahead: WorkAhead, now_s: float, *, is_moving: bool = True, is_waited_for: bool = False) -> float:
    with mock.patch("time.perf_counter", return_value=now_s):
        return ahead._slice_ms(is_behind=True, is_moving=is_moving, is_waited_for=is_waited_for)


def test_work_ends_before_the_next_input(ahead: WorkAhead) -> None:
    assert 0 < slice_ms(ahead, 100.003) < APART_S * 1e3 - 3


def test_without_time_nothing_is_done_but_once_in_a_while(ahead: WorkAhead) -> None:
    assert slice_ms(ahead, 100.001) > 0
    assert slice_ms(ahead, 100.008) <= 0
    starved_s = 100.001 + STARVED_MS / 1e3 + 0.001
    assert slice_ms(ahead, starved_s) == LEAST_SLICE_MS
    assert slice_ms(ahead, starved_s + 0.001) <= 0


def test_a_hand_that_rests_leaves_time_and_a_paint_that_is_due_hardly_any(ahead: WorkAhead) -> None:
    assert slice_ms(ahead, 101, is_moving=False) == SLICE_MS
    assert slice_ms(ahead, 101, is_waited_for=True) == LEAST_SLICE_MS


def told(ahead: WorkAhead, now_s: float, *, is_moving: bool) -> int:
    """Return how often those who follow the picture are told of one that has been painted."""
    count = []
    ahead.painted.connect(lambda: count.append(1))
    ahead._is_just_painted = True
    with mock.patch("time.perf_counter", return_value=now_s):
        ahead._tell(is_moving=is_moving)
        ahead._tell(is_moving=is_moving)
    return len(count)


def test_those_who_follow_the_picture_are_told_once_where_there_is_time(ahead: WorkAhead) -> None:
    assert told(ahead, 100.002, is_moving=True) == 1


def test_those_who_follow_wait_for_a_hand_that_leaves_no_time_but_not_for_long(ahead: WorkAhead) -> None:
    assert told(ahead, 100.002, is_moving=True) == 1
    assert told(ahead, 100.0075, is_moving=True) == 0
    assert told(ahead, 100.0075, is_moving=False) > 0
    assert told(ahead, 100.0075 + LONGEST_UNTOLD_MS / 1e3, is_moving=True) == 0
    assert told(ahead, 100.008 + LONGEST_UNTOLD_MS / 1e3, is_moving=True) > 0
