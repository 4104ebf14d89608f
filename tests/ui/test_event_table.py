"""The table shows what passes, sorts without losing the order of time, and shares its selection."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from PySide6.QtCore import QPersistentModelIndex, QPoint, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tests.helpers.small_conflict import small_table
from tests.helpers.tables import make_event, make_table
from tests.helpers.troops import DISPUTED
from tests.helpers.unindexed import UnindexedRecords, unindexed
from timeline_app.core.errors import ReadError
from timeline_app.core.filter import Filter
from timeline_app.core.notes import NO_NOTES, Note, Notes
from timeline_app.core.table import EventTable as Table
from timeline_app.loading import load_table
from timeline_app.ui.look import Look
from timeline_app.ui.panels import event_table, event_table_model
from timeline_app.ui.panels.event_columns import COLUMNS, MATCH_COLUMN, NOTE_COLUMN, TITLE_COLUMN
from timeline_app.ui.panels.event_table import EventTable
from timeline_app.ui.panels.event_table_model import EventTableModel
from timeline_app.ui.session import Session

UP, DOWN = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder


@pytest.fixture
def session(qapp: object) -> Session:
    return Session(small_table())


@pytest.fixture
def table(qtbot: QtBot, session: Session) -> EventTable:
    table = EventTable(session, Look(session.table, "light"))
    qtbot.addWidget(table)
    table.resize(1000, 400)
    with qtbot.waitExposed(table):
        table.show()
    return table


def column(table: EventTable, number: int) -> list[str]:
    return [str(table.events.index(row, number).data()) for row in range(table.events.rowCount())]


def rows(table: EventTable) -> list[int]:
    return [table.events.event_row(place) for place in range(table.events.rowCount())]


def selected(table: EventTable) -> list[int]:
    return sorted(table.events.event_row(index.row()) for index in table.selectionModel().selectedRows())


def click_row(
    qtbot: QtBot, table: EventTable, place: int, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    centre = table.visualRect(table.events.index(place, 1)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, modifier, centre)


def test_dates_are_short_in_their_cells_and_told_in_full_to_those_who_ask(qtbot: QtBot) -> None:
    session = Session(make_table([make_event("War", "2022-02-24/2024-11-01~")]))
    table = EventTable(session, Look(session.table, "light"))
    qtbot.addWidget(table)
    table.show()
    cell, full = table.events.index(0, 0), "24 February 2022 to around 1 November 2024"
    assert cell.data() == "24 Feb 2022 – c. 1 Nov 2024"
    assert cell.data(Qt.ItemDataRole.ToolTipRole) == f"<qt>{full}</qt>"
    assert cell.data(Qt.ItemDataRole.AccessibleTextRole) == f"When: {full}"


def test_the_words_of_a_row(table: EventTable) -> None:
    headers = [table.events.headerData(section, Qt.Orientation.Horizontal) for section in range(len(COLUMNS))]
    assert headers == ["When", "Title", "Actors", "Type", "Place", "Source", "Match", "Your note"]
    words = [str(table.events.index(0, section).data()) for section in range(len(COLUMNS))]
    told = ["June 2024", "Pact", "Russia, North Korea", "agreement", "Pyongyang", "Korean Troops", "certain", ""]
    assert words == told
    assert table.events.index(7, 4).data(Qt.ItemDataRole.AccessibleTextRole) == "Place: none"


def test_competing_claims_are_summed_up_beside_a_title_as_they_were_known(
    table: EventTable, session: Session, tmp_path: Path
) -> None:
    path = tmp_path / "troops.yaml"
    path.write_text(DISPUTED, encoding="utf-8")
    session.set_table(load_table([path]))
    shown = table.events.index(1, TITLE_COLUMN)
    summary = "troops 10000 to 12000: 2 speakers, 2 figures"
    assert shown.data(Qt.ItemDataRole.ToolTipRole) == f"<qt>Troops<br>{summary}</qt>"
    session.show_event(1)
    session.set_filter(Filter(as_of="2024-10"))
    assert (column(table, TITLE_COLUMN), column(table, 5)) == (["Troops"], ["Early"])
    assert table.events.index(0, TITLE_COLUMN).data(Qt.ItemDataRole.ToolTipRole) == "<qt>Troops</qt>"
    assert selected(table) == [1]


def test_what_only_possibly_passes_is_told_and_sorted_as_long_as_there_is_any(
    table: EventTable, session: Session
) -> None:
    assert table.isColumnHidden(MATCH_COLUMN)
    session.set_filter(Filter(until="2024-10-23"))
    assert not table.isColumnHidden(MATCH_COLUMN)
    assert column(table, MATCH_COLUMN) == ["certain", "certain", "certain", "possible", "certain"]
    table.sortByColumn(MATCH_COLUMN, Qt.SortOrder.DescendingOrder)
    assert rows(table) == [3, 0, 1, 2, 4]
    session.set_filter(Filter())
    assert table.isColumnHidden(MATCH_COLUMN)
    assert rows(table) == list(range(8))


def test_the_table_obeys_the_filter(table: EventTable, session: Session) -> None:
    session.set_filter(Filter(types=("deployment",)))
    assert column(table, 1) == ["Training", "Move to Kursk"]


@pytest.mark.parametrize(
    ("number", "order", "expected"),
    [
        (0, UP, [0, 1, 2, 3, 4, 5, 6, 7]),
        (0, DOWN, [7, 6, 5, 4, 3, 2, 1, 0]),
        (1, UP, [5, 6, 4, 0, 1, 7, 3, 2]),
        (3, UP, [0, 1, 2, 4, 6, 5, 3, 7]),
        (3, DOWN, [3, 5, 6, 2, 4, 1, 0, 7]),
        (4, UP, [3, 1, 4, 0, 2, 5, 6, 7]),
        (5, UP, [0, 3, 2, 4, 1, 5, 6, 7]),
    ],
)
def test_sorting_is_stable_with_blanks_last(
    table: EventTable, number: int, order: Qt.SortOrder, expected: list[int]
) -> None:
    table.sortByColumn(number, order)
    assert rows(table) == expected


def test_a_click_on_the_header_sorts_and_the_order_stays_under_a_filter(
    qtbot: QtBot, table: EventTable, session: Session
) -> None:
    header = table.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(1) + 20, header.height() // 2)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert column(table, 1) == sorted(column(table, 1), key=str.casefold)
    session.set_filter(Filter(places=("Kursk",)))
    assert column(table, 1) == ["Move to Kursk", "Raid"]


def test_sorting_keeps_the_selection_and_what_points_to_a_row(table: EventTable, session: Session) -> None:
    session.set_selection((2, 5))
    kept = QPersistentModelIndex(table.events.index(2, 1))
    table.sortByColumn(1, UP)
    assert session.selection == (2, 5)
    assert selected(table) == [2, 5]
    assert kept.data() == "Training"


def test_clicks_select_in_the_session(qtbot: QtBot, table: EventTable, session: Session) -> None:
    click_row(qtbot, table, 3)
    click_row(qtbot, table, 1, Qt.KeyboardModifier.ControlModifier)
    assert session.selection == (3, 1), "the row with the keyboard is the current one"
    click_row(qtbot, table, 4, Qt.KeyboardModifier.ShiftModifier)
    assert sorted(session.selection) == [1, 2, 3, 4]
    assert session.current == 4


def test_keys_select_in_the_session(qtbot: QtBot, table: EventTable, session: Session) -> None:
    click_row(qtbot, table, 0)
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert session.selection == (1,)
    qtbot.keyClick(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(session.selection) == 8


def test_the_sessions_selection_is_shown_and_never_sent_back(qtbot: QtBot, table: EventTable, session: Session) -> None:
    session.set_filter(Filter(types=("deployment", "attack")))
    with qtbot.waitSignal(session.selection_changed):
        session.set_selection((0, 4))
    assert selected(table) == [4]
    assert session.selection == (0, 4), "what the filter hides stays selected"
    assert table.events.event_row(table.currentIndex().row()) == 4
    session.set_filter(Filter())
    assert selected(table) == [0, 4]
    session.set_selection(())
    assert selected(table) == []


def test_enter_and_double_click_ask_for_the_event(qtbot: QtBot, table: EventTable) -> None:
    table.sortByColumn(0, DOWN)
    click_row(qtbot, table, 0)
    with qtbot.waitSignal(table.event_activated) as asked:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert asked.args == [7]
    click_row(qtbot, table, 1)
    centre = table.visualRect(table.events.index(1, 1)).center()
    with qtbot.waitSignal(table.event_activated) as asked:
        qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=centre)
    assert asked.args == [6]


def test_rows_make_no_words_until_they_are_looked_at(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    events = [make_event(f"Event {number}", "2024-06-19", event_id=str(number)) for number in range(2_000)]
    asked = list[str]()
    session = Session(make_table(events))

    def noted(text: str) -> str:
        asked.append(text)
        return text

    monkeypatch.setattr(event_table_model, "safe_text", noted)
    table = EventTable(session, Look(session.table))
    qtbot.addWidget(table)
    table.resize(900, 300)
    table.show()
    qtbot.waitUntil(lambda: bool(asked))
    assert table.events.rowCount() == 2_000
    visible = 300 // table.verticalHeader().defaultSectionSize() + 1
    assert len(asked) < 4 * visible * len(COLUMNS)


def test_text_of_a_file_is_cut_and_made_safe(qtbot: QtBot) -> None:
    session = Session(make_table([make_event("a\u202eb<img src=x>" + "y" * 9_999)]))
    model = EventTableModel(session.table)
    model.set_rows(session.table, session.result.mask.nonzero()[0].astype(np.int32))
    shown = str(model.index(0, 1).data())
    assert shown.startswith("a⟦202E⟧b<img")
    assert len(shown) < 520
    assert "<img" not in str(model.index(0, 1).data(Qt.ItemDataRole.ToolTipRole))


def test_zoned_instants_are_told_in_the_chosen_zone(qtbot: QtBot) -> None:
    session = Session(make_table([make_event("Launch", "2024-06-19T14:30Z")]))
    table = EventTable(session, Look(session.table))
    qtbot.addWidget(table)
    table.show()
    assert column(table, 0) == ["19 June 2024, 14:30 UTC"]
    with qtbot.waitSignal(table.events.dataChanged):
        table.set_zone(ZoneInfo("Asia/Seoul"))
    assert column(table, 0) == ["19 June 2024, 23:30 KST"]


def test_another_table(table: EventTable, session: Session) -> None:
    table.sortByColumn(1, UP)
    session.set_table(make_table([make_event("B"), make_event("A", "2025")]))
    assert column(table, 1) == ["A", "B"]


def test_the_model_keeps_qts_rules(qtmodeltester: ModelTester, session: Session) -> None:
    model = EventTableModel(session.table)
    qtmodeltester.check(model)
    model.set_rows(session.table, session.result.mask.nonzero()[0].astype(np.int32))
    model.sort(1, DOWN)
    qtmodeltester.check(model)


def test_selecting_everything_is_one_stretch(table: EventTable, session: Session) -> None:
    session.set_selection(tuple(range(8)))
    assert len(table.selectionModel().selection().toList()) == 1
    table.selectionModel().clear()
    assert not session.selection


def on_disk(table: Table) -> Table:
    """Return a table that must not be read as a whole."""
    return unindexed(table)[0]


def test_while_it_is_hidden_nothing_is_done_and_then_made_up_for(table: EventTable, session: Session) -> None:
    table.hide()
    session.set_filter(Filter(types=("deployment",)))
    session.set_selection((4,))
    assert table.events.rowCount() == 8
    table.show()
    assert column(table, 1) == ["Training", "Move to Kursk"]
    assert selected(table) == [4]


@pytest.mark.parametrize("number", [2, 5])
@pytest.mark.parametrize("order", [UP, DOWN])
def test_events_in_a_file_are_sorted_by_their_names_unread(
    qtbot: QtBot, number: int, order: Qt.SortOrder, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = Session(on_disk(small_table()))
    table = EventTable(session, Look(session.table, "light"))
    qtbot.addWidget(table)
    table.show()
    with monkeypatch.context() as patch:
        patch.setattr(UnindexedRecords, "event", None)
        patch.setattr(UnindexedRecords, "brief", None)
        table.events.sort(number, order)
    names = {2: session.table.actors, 5: session.table.sources}[number]
    shown = {code: name if number == 2 else "Korean Troops" if name == "article" else name
             for code, name in enumerate(names.names)}  # fmt: skip
    firsts = [
        min((shown[code].casefold() for code in shown if row in names.rows_at(code)), default=None) for row in range(8)
    ]
    given = [row for row in range(8) if firsts[row] is not None]
    blank = [row for row in range(8) if firsts[row] is None]
    assert rows(table) == sorted(given, key=lambda row: firsts[row] or "", reverse=order is DOWN) + blank


def test_many_rows_are_sorted_in_the_background_and_stand_as_they_were_until_then(
    qtbot: QtBot, table: EventTable, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(event_table_model, "LARGE", 3)
    session.set_selection((5,))
    table.sortByColumn(1, UP)
    assert rows(table) == list(range(8))
    qtbot.waitUntil(lambda: rows(table) == [5, 6, 4, 0, 1, 7, 3, 2])
    assert selected(table) == [5]
    session.set_filter(Filter(not_actors=("NATO",)))
    assert len(rows(table)) == 8, "the old rows stay until the new ones are in order"
    qtbot.waitUntil(lambda: rows(table) == [6, 4, 0, 1, 7, 3, 2])
    session.set_table(make_table(make_event(title, f"2024-0{n + 1}") for n, title in enumerate("DCBA")))
    assert column(table, 1) == ["D", "C", "B", "A"], "of another table the old rows mean nothing"
    qtbot.waitUntil(lambda: column(table, 1) == ["A", "B", "C", "D"])


def test_another_order_that_is_asked_for_while_rows_are_sorted_is_that_of_the_rows_that_pass(
    qtbot: QtBot, table: EventTable, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(event_table_model, "LARGE", 3)
    session.set_selection((2,))
    table.sortByColumn(1, UP)
    qtbot.waitUntil(lambda: rows(table) == [5, 6, 4, 0, 1, 7, 3, 2])
    session.set_filter(Filter(not_actors=("NATO",)))
    passing = session.lanes.passing.rows.tolist()
    assert 0 < len(passing) < 8
    table.sortByColumn(0, DOWN)
    assert rows(table) == passing[::-1]
    assert selected(table) == [row for row in (2,) if row in passing]


def test_rows_that_cannot_be_read_any_more_stay_in_the_order_of_time_and_that_is_said(
    table: EventTable, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    table.refused.connect(said.append)
    table.sortByColumn(3, DOWN)
    assert rows(table) != list(range(8))

    def refuse(*_given: object) -> list[str]:
        raise ReadError("the file is gone", "war.csv")

    monkeypatch.setattr(type(session.table), "titles_of", refuse)
    table.sortByColumn(1, UP)
    assert said == ["war.csv: the file is gone"]
    assert rows(table) == list(range(8))
    assert table.horizontalHeader().sortIndicatorSection() == 0


def test_titles_of_too_many_events_in_a_file_are_not_sorted_and_that_is_said(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(event_table_model, "MOST_READ", 3)
    session = Session(on_disk(small_table()))
    table = EventTable(session, Look(session.table, "light"))
    qtbot.addWidget(table)
    table.show()
    table.sortByColumn(3, UP)
    with qtbot.waitSignal(table.refused) as told:
        table.sortByColumn(1, UP)
    assert told.args == ["More than 3 events cannot be sorted by title; a filter leaves fewer"]
    assert table.horizontalHeader().sortIndicatorSection() == 3
    session.set_filter(Filter(types=("deployment",)))
    table.sortByColumn(1, UP)
    assert column(table, 1) == ["Move to Kursk", "Training"]
    with qtbot.waitSignal(table.refused):
        session.set_filter(Filter())
    assert rows(table) == list(range(8))
    assert table.horizontalHeader().sortIndicatorSection() == 0


def test_selecting_more_than_can_be_selects_the_first_and_says_so(
    qtbot: QtBot, table: EventTable, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(event_table, "MOST_SELECTED", 3)
    with qtbot.waitSignal(table.refused) as told:
        table.selectAll()
    assert told.args == ["Of these 8 events the first 3 are selected, which is the most"]
    assert sorted(session.selection) == [0, 1, 2]
    assert selected(table) == [0, 1, 2]


def test_ten_million_rows_cost_no_more_than_their_numbers(qtbot: QtBot, session: Session) -> None:
    model = EventTableModel(session.table)
    everything = np.arange(10_000_000, dtype=np.int32)
    model.set_rows(session.table, everything)
    assert model.rowCount() == 10_000_000
    assert np.shares_memory(model._rows, everything)
    model.sort(0, DOWN)
    assert np.shares_memory(model._rows, everything)
    assert model.places_of((9_999_999, 0)) == (0, 9_999_999)


def test_an_event_that_cannot_be_read_any_more_says_so(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object) -> None:
        raise ReadError("the file is gone")

    table = on_disk(small_table())
    monkeypatch.setattr(UnindexedRecords, "brief", fail)
    model = EventTableModel(table)
    model.set_rows(table, np.arange(8, dtype=np.int32))
    assert [model.index(0, number).data() for number in range(3)] == ["", "cannot be read any more", ""]


def test_columns_use_the_room_and_no_more(session: Session, qtbot: QtBot) -> None:
    table = EventTable(session, Look(session.table, "light"))
    qtbot.addWidget(table)
    for width_px in (680, 820, 1000, 1600):
        table.resize(width_px, 300)
        with qtbot.waitExposed(table):
            table.show()
        for notes, until in (
            (Notes({0: Note(starred=True)}), "2024-10-23"),
            (Notes({0: Note(text="a")}), ""),
            (NO_NOTES, ""),
        ):
            session.take_notes(notes)
            session.set_filter(Filter(until=until))
            columns = [place for place in range(len(COLUMNS)) if not table.isColumnHidden(place)]
            assert len(columns) == len(COLUMNS) - (not len(notes)) - (not until)
            ends_px = [table.columnViewportPosition(place) + table.columnWidth(place) for place in columns]
            assert ends_px[-1] <= table.viewport().width() + 1
            assert min(table.columnWidth(place) for place in columns) >= 60
    assert [table.columnWidth(place) for place in range(MATCH_COLUMN - 1)] == list(event_table.WIDTHS_PX[:-1])


def test_the_column_of_notes_is_there_with_the_first_note(table: EventTable, session: Session) -> None:
    assert table.isColumnHidden(NOTE_COLUMN)
    session.take_notes(NO_NOTES)
    session.set_note(0, Note(starred=True, text="Ask\nagain", tags=("two words",)))
    assert not table.isColumnHidden(NOTE_COLUMN)
    assert table.events.index(0, NOTE_COLUMN).data() == "★ Ask again #two words"
    before = table.grab().toImage()
    session.set_note(0, Note(text="Ask again", tags=("two words",)))
    assert table.grab().toImage() != before
    session.undo()
    session.undo()
    assert table.isColumnHidden(NOTE_COLUMN)


def test_what_is_starred_is_sorted_before_what_is_only_noted(table: EventTable, session: Session) -> None:
    session.take_notes(Notes({5: Note(starred=True), 2: Note(text="b"), 3: Note(text="a")}))
    table.sortByColumn(NOTE_COLUMN, Qt.SortOrder.AscendingOrder)
    assert [table.events.event_row(place) for place in range(4)] == [5, 3, 2, 0]


def test_notes_go_with_the_table_that_they_are_on(table: EventTable, session: Session) -> None:
    last = len(session.table) - 1
    session.take_notes(Notes({0: Note(text="first"), last: Note(starred=True)}))
    table.sortByColumn(NOTE_COLUMN, Qt.SortOrder.AscendingOrder)
    events = [make_event("Vote", "2024-06-01"), make_event("Raid", "2024-06-02")]
    session.set_table(make_table(events))
    assert table.isColumnHidden(NOTE_COLUMN)
    assert column(table, NOTE_COLUMN) == ["", ""]
    session.set_table(replace(make_table(events), notes=Notes({1: Note(text="given")})))
    assert not table.isColumnHidden(NOTE_COLUMN)
    assert column(table, NOTE_COLUMN) == ["given", ""]
