"""Questions about what passes: the newest is answered, the last answers are kept, and more is made ready meanwhile."""

from __future__ import annotations

from unittest import mock

import pytest
from pytestqt.qtbot import QtBot

from tests.helpers.small_conflict import small_table
from timeline_app.core import lanes as lanes_module
from timeline_app.core.filter import Filter
from timeline_app.core.lanes import Grouping, Passing, Question, let_pass
from timeline_app.ui import filter_runner
from timeline_app.ui.filter_runner import MOST_RECENT, FilterRunner

TABLE = small_table()
ASKED = [Question(Filter(actors=(name,))) for name in TABLE.actors.names]


@pytest.fixture
def runner(qtbot: QtBot) -> FilterRunner:
    runner = FilterRunner()
    runner.begin(TABLE, Question())
    return runner


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take every table for a large one, whose questions are answered in the background."""
    monkeypatch.setattr(filter_runner, "LARGE", 0)


def answers_of(runner: FilterRunner) -> list[Passing]:
    found: list[Passing] = []
    runner.found.connect(found.append)
    return found


def test_a_small_table_is_asked_in_place(runner: FilterRunner) -> None:
    found = answers_of(runner)
    assert runner.passing.question == Question()
    runner.ask(ASKED[0])
    assert [passing.question for passing in found] == [ASKED[0]]
    assert runner.passing is found[0]
    assert not runner.is_busy


def test_the_newest_question_is_answered_and_no_other(runner: FilterRunner, qtbot: QtBot, large: None) -> None:
    found = answers_of(runner)
    for question in ASKED:
        runner.ask(question)
    assert runner.is_busy
    with qtbot.waitSignal(runner.found):
        pass
    assert [passing.question for passing in found] == [ASKED[-1]]
    assert not runner.is_busy


def test_an_answer_that_was_kept_comes_at_once_also_where_events_are_many(
    runner: FilterRunner,
    qtbot: QtBot,
    large: None,
) -> None:
    with qtbot.waitSignal(runner.found):
        runner.ask(ASKED[0])
    found = answers_of(runner)
    runner.ask(Question())
    runner.ask(ASKED[0])
    assert [passing.question for passing in found] == [Question(), ASKED[0]]


def test_the_last_answers_are_kept_and_longest_the_one_without_a_filter(runner: FilterRunner) -> None:
    found = answers_of(runner)
    whole = runner.passing
    questions = [Question(Filter(min_importance=least)) for least in range(2, 2 + MOST_RECENT)]
    for question in questions:
        runner.ask(question)
    for question in (questions[-1], questions[0], Question()):
        runner.ask(question)
    kept, anew, unfiltered = found[MOST_RECENT:]
    assert kept is found[MOST_RECENT - 1]
    assert anew is not found[0]
    assert unfiltered is whole


def test_lanes_that_are_known_bring_their_indexes_along(runner: FilterRunner) -> None:
    with mock.patch.object(lanes_module, "INDEXED_FROM", 1):
        known = let_pass(TABLE, Question())
        runner.begin(TABLE, Question(limit=1), known)
        assert runner.passing is known
        name = known.lanes.lanes[0].name
        runner.ask(Question(Filter(actors=(name,))))
    assert runner.passing.lanes.lanes[0].index is known.lanes.lanes[0].index


def test_lanes_of_another_kind_are_not_taken(runner: FilterRunner) -> None:
    known = let_pass(TABLE, Question())
    runner.begin(TABLE, Question(grouping=Grouping.TYPE), known)
    assert runner.passing.lanes.grouping is Grouping.TYPE
    assert runner.passing.known is known.known


def test_a_moment_later_what_other_filters_need_is_made(runner: FilterRunner, qtbot: QtBot, large: None) -> None:
    runner.begin(TABLE, Question())
    known = runner.passing.known
    assert known.meetings is None
    qtbot.waitUntil(lambda: known.meetings is not None)
