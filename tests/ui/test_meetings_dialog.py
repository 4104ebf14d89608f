"""The table of who meets whom follows the filter, and its cells are filters."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QColor, QFontMetrics
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.helpers.tables import make_event, make_table
from timeline_app.core.event import ActorRef
from timeline_app.core.filter import Filter, Match
from timeline_app.core.meeting_matrix import meeting_matrix
from timeline_app.core.notes import NO_NOTES, Note
from timeline_app.core.palette import contrast
from timeline_app.core.table import EventTable
from timeline_app.ui.dialogs.meetings_dialog import KINDS, NO_DIRECTIONS, NOBODY, MeetingsDialog
from timeline_app.ui.dialogs.meetings_model import MeetingsModel, others_words
from timeline_app.ui.look import Look
from timeline_app.ui.session import Session


def some_table(*, roles: bool = True) -> EventTable:
    strikes = [
        make_event(
            f"strike {day}",
            f"2024-01-0{day}",
            type_="attack",
            actors=[ActorRef("Russia", "attacker" * roles), ActorRef("Ukraine", "target" * roles)],
        )
        for day in range(1, 5)
    ]
    others = [make_event("summit", "2024-02", type_="summit", actors=["Russia", *map(str, range(15))])]
    return make_table([*strikes, *others])


@pytest.fixture(params=["light", "dark"])
def dialog(qtbot: QtBot, request: pytest.FixtureRequest) -> MeetingsDialog:
    table = some_table()
    made = MeetingsDialog(Session(table), Look(table, request.param))
    qtbot.addWidget(made)
    made.show()
    return made


def session_of(dialog: MeetingsDialog) -> Session:
    return dialog._session


def cell(dialog: MeetingsDialog, first: str, second: str) -> QModelIndex:
    assert dialog.model.matrix is not None
    names = dialog.model.matrix.names
    return dialog.model.index(names.index(first), names.index(second))


def shown(index: QModelIndex) -> object:
    return index.data(Qt.ItemDataRole.DisplayRole)


def test_the_cells_tell_how_many_events_two_have_in_common(dialog: MeetingsDialog) -> None:
    QAbstractItemModelTester(dialog.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert shown(cell(dialog, "Russia", "Ukraine")) == "4"
    assert shown(cell(dialog, "Ukraine", "0")) == ""
    last = dialog.model.rowCount() - 1
    assert dialog.model.headerData(last, Qt.Orientation.Vertical) == "5 others"
    assert dialog.model.words_at(dialog.model.index(last, last)) == "Others with each other: 1 event"
    assert dialog.model.words_at(cell(dialog, "Russia", "Russia")) == "Russia: 5 events in all"
    words = cell(dialog, "Russia", "Ukraine").data(Qt.ItemDataRole.AccessibleTextRole)
    assert words == "Russia and Ukraine: 4 events"


def test_of_few_actors_the_dialog_leaves_the_timeline_to_be_seen(qtbot: QtBot, dialog: MeetingsDialog) -> None:
    table = make_table([make_event("summit", "2024-02", actors=["Russia", "China"])])
    small = MeetingsDialog(Session(table), Look(table, "light"))
    qtbot.addWidget(small)
    small.show()
    assert small.width() < dialog.width()
    assert small.height() < dialog.height() * 2 / 3
    for bar in (small.view.horizontalScrollBar(), small.view.verticalScrollBar()):
        assert bar.maximum() == 0


def test_a_click_asks_for_the_events_of_a_cell_and_keeps_the_rest_of_the_filter(
    dialog: MeetingsDialog, qtbot: QtBot
) -> None:
    session = session_of(dialog)
    session.set_filter(Filter(types=("attack",), actors=("0",)))
    index = cell(dialog, "Russia", "Ukraine")
    place = dialog.view.visualRect(index).center()
    qtbot.mouseClick(dialog.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert session.wanted == Filter(types=("attack",), actors=("Russia", "Ukraine"), match=Match.ALL)
    assert session.result.shown == 4
    assert index.data(Qt.ItemDataRole.FontRole).bold()
    dialog.all_button.click()
    assert session.wanted == Filter(types=("attack",))
    assert not dialog.all_button.isEnabled()


def test_keys_go_from_cell_to_cell_and_ask(dialog: MeetingsDialog, qtbot: QtBot) -> None:
    dialog.view.setCurrentIndex(cell(dialog, "Russia", "Russia"))
    qtbot.keyClick(dialog.view, Qt.Key.Key_Right)
    qtbot.keyClick(dialog.view, Qt.Key.Key_Return)
    assert session_of(dialog).wanted == Filter(actors=("Russia", "Ukraine"), match=Match.ALL)


def test_directions_are_asked_for_as_pairs(dialog: MeetingsDialog) -> None:
    dialog.kinds.setCurrentIndex(1)
    assert dialog.view.accessibleName() == KINDS[1]
    assert shown(cell(dialog, "Ukraine", "Russia")) == ""
    assert dialog.model.words_at(cell(dialog, "Russia", "Ukraine")) == "Russia → Ukraine: 4 events"
    dialog.choose(cell(dialog, "Ukraine", "Russia"))
    assert session_of(dialog).wanted == Filter()
    dialog.choose(cell(dialog, "Russia", "Ukraine"))
    assert session_of(dialog).wanted == Filter(pairs=("Russia>Ukraine",))
    assert session_of(dialog).result.shown == 4


def test_a_heading_asks_for_its_actor_and_the_others_for_nothing(dialog: MeetingsDialog) -> None:
    last = dialog.model.rowCount() - 1
    dialog.choose_actor(last)
    dialog.choose(dialog.model.index(0, last))
    assert session_of(dialog).wanted == Filter()
    dialog.choose_actor(1)
    assert session_of(dialog).wanted == Filter(actors=("Ukraine",))


def test_counts_follow_the_filter_and_the_table(dialog: MeetingsDialog) -> None:
    session = session_of(dialog)
    session.set_filter(Filter(until="2024-01-02"))
    assert shown(cell(dialog, "Russia", "Ukraine")) == "2"
    assert "of 2 that pass" in dialog.summary.text()
    session.set_filter(Filter())
    session.set_table(some_table(roles=False))
    dialog.kinds.setCurrentIndex(1)
    assert dialog.summary.text() == NO_DIRECTIONS
    session.set_table(make_table())
    assert dialog.summary.text() == NOBODY
    assert dialog.model.rowCount() == 0


def test_every_figure_can_be_read_on_its_ground(dialog: MeetingsDialog) -> None:
    for row in range(dialog.model.rowCount()):
        for column in range(dialog.model.columnCount()):
            index = dialog.model.index(row, column)
            ground = index.data(Qt.ItemDataRole.BackgroundRole) or QColor(dialog._look.theme.field)
            ink = index.data(Qt.ItemDataRole.ForegroundRole)
            if shown(index):
                assert contrast(ink.name(), ground.name()) >= 4.5, dialog.model.words_at(index)


def test_a_filter_on_the_users_own_notes_is_counted_by_them(dialog: MeetingsDialog) -> None:
    session = session_of(dialog)
    session.take_notes(NO_NOTES.having({0: Note(starred=True)}))
    session.set_filter(Filter(starred=True))
    assert shown(cell(dialog, "Russia", "Ukraine")) == "1"
    session.set_note(1, Note(starred=True))
    assert shown(cell(dialog, "Russia", "Ukraine")) == "2"


@pytest.mark.usefixtures("qapp")
def test_where_there_are_no_others_there_is_no_row_for_them() -> None:
    table = make_table([make_event("pact", actors=["Russia", "Ukraine"])])
    model = MeetingsModel(Look(table, "light"))
    model.set_matrix(meeting_matrix(table, Filter()))
    assert (model.rowCount(), model.columnCount()) == (2, 2)
    assert others_words(1) == "1 other"


def test_a_long_name_is_cut_at_its_end_and_told_whole(qtbot: QtBot) -> None:
    long, right_to_left = "Revolutionary Armed Forces of somewhere or other (eastern bloc)", "حركة المقاومة الإسلامية"
    table = make_table(make_event(f"{number}", actors=[long, right_to_left, "X" * 80]) for number in range(2))
    look = Look(table, "light")
    dialog = MeetingsDialog(Session(table), look)
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: dialog.model.matrix is not None)
    across = Qt.Orientation.Horizontal
    heads = [str(dialog.model.headerData(place, across)) for place in range(3)]
    whole = [dialog.model.headerData(place, across, Qt.ItemDataRole.AccessibleTextRole) for place in range(3)]
    lines = heads[whole.index(long)].split("\n")
    assert (len(lines), lines[0][:5], lines[-1][-1]) == (3, "Revol", "…")
    assert heads[whole.index(right_to_left)].split() == right_to_left.split()
    metrics = QFontMetrics(look.small())
    assert all(metrics.horizontalAdvance(line) <= 76 for head in heads for line in head.split("\n"))


def test_a_heading_breaks_between_words_alone(qtbot: QtBot) -> None:
    names = ["Government of Afghanistan", "Commonwealthwide Forces", "朝鮮民主主義人民共和国政府軍"]
    table = make_table([make_event("pact", actors=names)])
    dialog = MeetingsDialog(Session(table), Look(table, "light"))
    qtbot.addWidget(dialog)
    across = Qt.Orientation.Horizontal
    heads = {str(dialog.model.headerData(place, across)).replace("\n", "|") for place in range(3)}
    assert "Government|of|Afghanistan" in heads
    assert any(head.startswith("Common") and head.endswith("…|Forces") for head in heads)
    assert any(head.replace("|", "") == names[2] and "|" in head for head in heads)


def test_on_a_small_screen_all_columns_stand_side_by_side(dialog: MeetingsDialog) -> None:
    for width_px in (1216, 1100, 1216):
        dialog.resize(width_px, 600)
        QApplication.processEvents()
        assert dialog.view.horizontalScrollBar().maximum() == 0
