"""Problems are told quietly, and listed with file, line and column; so are events that share one place."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tests.helpers.tables import make_event, make_table
from timeline_app.core.dataset import Level, Problem
from timeline_app.core.table import EventTable
from timeline_app.ui.dialogs.event_list_dialog import EventListDialog, EventListModel
from timeline_app.ui.dialogs.problems_dialog import ProblemsDialog
from timeline_app.ui.dialogs.problems_model import COLUMNS, ProblemsModel, problems_text
from timeline_app.ui.look import Look
from timeline_app.ui.panels.problems_bar import ProblemsBar
from timeline_app.ui.safe_widgets import PlainLabel
from timeline_app.ui.session import Session

PROBLEMS = (
    Problem("“2024-02-30” is not a date", "a.yaml", 31, 12, 4),
    Problem("unknown key \u202e<b>", "a.yaml", 77, 5, 9, Level.WARNING),
    Problem("“Kiev” and “Kyiv” look alike", level=Level.NOTE),
)


def table_with(*problems: Problem) -> EventTable:
    events = [make_event(title, "2024-06-19", actors=["Russia"]) for title in ("First", "Second", "Third")]
    return replace(make_table(events), problems=problems)


@pytest.fixture
def session(qtbot: QtBot) -> Session:
    return Session(table_with(*PROBLEMS))


@pytest.fixture
def look(session: Session) -> Look:
    return Look(session.table, "light")


def bar_words(bar: ProblemsBar) -> str:
    label = bar.findChild(PlainLabel, "problems_words")
    assert label is not None
    return label.text()


def button(bar: ProblemsBar, name: str) -> QAbstractButton:
    return next(found for found in bar.findChildren(QAbstractButton) if found.accessibleName() == name)


def test_the_bar_counts_errors_and_warnings(qtbot: QtBot, session: Session, look: Look) -> None:
    bar = ProblemsBar(session, look)
    qtbot.addWidget(bar)
    assert bar_words(bar) == "2 problems in this file"
    assert not bar.isHidden()
    with qtbot.waitSignal(bar.link_clicked):
        qtbot.mouseClick(button(bar, "Show the problems"), Qt.MouseButton.LeftButton)


def test_the_bar_and_the_list_say_how_many_records_are_left_out(qtbot: QtBot, session: Session, look: Look) -> None:
    table = table_with(*PROBLEMS)
    first = replace(table.files[0], read=1_204, loaded=1_202, rejected=2)
    second = replace(table.files[0], path="other.yaml")
    session.set_table(replace(table, files=(first, second)))
    bar, dialog = ProblemsBar(session, look), ProblemsDialog(session, look)
    for widget in (bar, dialog):
        qtbot.addWidget(widget)
    assert bar_words(bar) == "2 problems in 2 files; 2 of 1,207 records left out"
    assert "3 listed; 2 of 1,207 records left out" in [label.text() for label in dialog.findChildren(PlainLabel)]


def test_the_bar_stays_closed_until_other_files_come(qtbot: QtBot, session: Session, look: Look) -> None:
    bar = ProblemsBar(session, look)
    qtbot.addWidget(bar)
    bar.show()
    qtbot.mouseClick(button(bar, "Close this notice"), Qt.MouseButton.LeftButton)
    assert bar.isHidden()
    session.set_table(table_with(PROBLEMS[0]))
    assert not bar.isHidden()
    assert bar_words(bar) == "1 problem in this file"
    session.set_table(table_with(PROBLEMS[2]))
    assert bar.isHidden()


def test_the_model(qtmodeltester: ModelTester) -> None:
    model = ProblemsModel()
    model.set_problems(PROBLEMS)
    qtmodeltester.check(model)
    cells = [model.index(1, column).data() for column in range(len(COLUMNS))]
    assert cells == ["warning", "a.yaml", "77", "5", "unknown key ⟦202E⟧<b>"]
    assert model.index(2, 2).data() == ""
    assert model.index(1, 4).data(Qt.ItemDataRole.ToolTipRole) == "<qt>unknown key ⟦202E⟧&lt;b&gt;</qt>"
    assert model.headerData(4, Qt.Orientation.Horizontal) == "Message"


def test_a_level_can_be_chosen_and_all_copied(qtbot: QtBot, session: Session, look: Look) -> None:
    dialog = ProblemsDialog(session, look)
    qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog.isModal()
    dialog.levels.setFocus()
    qtbot.keyClicks(dialog.levels, "W")
    assert [problem.level for problem in dialog.model.shown] == [Level.WARNING]
    copy = next(found for found in dialog.findChildren(QPushButton) if found.text() == "Copy all as text")
    qtbot.mouseClick(copy, Qt.MouseButton.LeftButton)
    assert QApplication.clipboard().text() == "a.yaml:77:5: warning: unknown key ⟦202E⟧<b>"
    assert problems_text(PROBLEMS).count("\n") == 2


def test_files_are_told_by_name_and_the_chosen_problem_as_a_whole(qtbot: QtBot, session: Session, look: Look) -> None:
    message = "a date that nobody can read, " * 12
    session.set_table(table_with(*PROBLEMS, Problem(message, "/some/folder/b.yaml", 4)))
    dialog = ProblemsDialog(session, look)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.detail.text() == "a.yaml:31:12: error: “2024-02-30” is not a date"
    dialog.view.selectRow(3)
    assert dialog.model.index(3, 1).data() == "b.yaml"
    assert "/some/folder/b.yaml" in dialog.model.index(3, 1).data(Qt.ItemDataRole.ToolTipRole)
    assert dialog.detail.text() == f"/some/folder/b.yaml:4: error: {message}"


def test_the_list_follows_the_files(qtbot: QtBot, session: Session, look: Look) -> None:
    dialog = ProblemsDialog(session, look)
    qtbot.addWidget(dialog)
    session.set_table(table_with())
    assert dialog.model.rowCount() == 0
    count = dialog.findChild(PlainLabel, "problems_count")
    assert count is not None
    assert count.text() == "No problems in what is open"
    # An empty table would say nothing of why it is empty.
    assert dialog.view.isHidden()
    assert (dialog.nothing.isHidden(), dialog.levels.isEnabled()) == (False, False)
    assert dialog.nothing.text().startswith("Every record of the open files was read as it stands")
    session.set_table(table_with(PROBLEMS[0]))
    dialog.levels.setCurrentIndex(3)
    assert (count.text(), dialog.view.isHidden()) == ("None of this level", True)
    assert dialog.nothing.text() == "“All levels” lists what there is of the others."
    dialog.levels.setCurrentIndex(0)
    assert (dialog.view.isHidden(), dialog.nothing.isHidden()) == (False, True)


def test_the_event_list_model(qtmodeltester: ModelTester, session: Session) -> None:
    model = EventListModel((0, 2), session.table)
    qtmodeltester.check(model)
    assert [model.index(1, column).data() for column in range(3)] == ["19 June 2024", "Third", "Russia"]


def test_enter_shows_the_chosen_event(qtbot: QtBot, session: Session, look: Look) -> None:
    dialog = EventListDialog((0, 1, 2), session, look)
    with qtbot.waitExposed(dialog):
        dialog.show()
    qtbot.keyClick(dialog.view, Qt.Key.Key_Down)
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(dialog.view, Qt.Key.Key_Return)
    assert session.selection == (1,)


@pytest.mark.parametrize(
    ("rows", "told", "heading"),
    [
        ((0,), "", "1 event."),
        ((0, 1), "", "2 events."),
        ((0,), "1 event was first reported late", "1 event was first re"),
    ],
)
def test_the_list_says_which_events_it_has(
    qtbot: QtBot, session: Session, look: Look, rows: tuple[int, ...], told: str, heading: str
) -> None:
    dialog = EventListDialog(rows, session, look, told=told)
    qtbot.addWidget(dialog)
    assert any(label.text().startswith(heading) for label in dialog.findChildren(PlainLabel))


def test_a_double_click_shows_an_event(qtbot: QtBot, session: Session, look: Look) -> None:
    dialog = EventListDialog((0, 1, 2), session, look)
    with qtbot.waitExposed(dialog):
        dialog.show()
    place = dialog.view.visualRect(dialog.model.index(2, 1)).center()
    qtbot.mouseClick(dialog.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    with qtbot.waitSignal(dialog.accepted):
        qtbot.mouseDClick(dialog.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert session.selection == (2,)


def test_the_list_closes_when_other_files_come(qtbot: QtBot, session: Session, look: Look) -> None:
    dialog = EventListDialog((0, 1, 2), session, look)
    dialog.show()
    with qtbot.waitSignal(dialog.rejected):
        session.set_table(table_with())


def test_all_problems_are_listed_and_of_a_long_one_it_is_said_where_its_rest_is(qtbot: QtBot, look: Look) -> None:
    session = Session(
        table_with(*(Problem("word " * 200 + f"{number}.", "a.yaml", number) for number in range(1, 700)))
    )
    dialog = ProblemsDialog(session, look)
    qtbot.addWidget(dialog)
    assert dialog.model.rowCount() == 699
    assert dialog.detail.text().endswith("… (its rest is among what “Copy all as text” copies)")
    dialog.copy_all()
    assert QApplication.clipboard().text().splitlines()[-1].endswith("word 699.")
    session.set_table(table_with(PROBLEMS[0]))
    assert dialog.detail.text() == str(PROBLEMS[0])
