"""Columns are told in a dialog that shows what comes of them; nothing is decided before it is answered."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QPushButton
from pytestqt.qtbot import QtBot

from tests.helpers.tables import make_dataset, make_event, make_table
from timeline_app.core.dataset import Level, Problem
from timeline_app.core.event import Origin
from timeline_app.readers.column_kinds import ColumnKind
from timeline_app.readers.proposal import ColumnSample, FieldProposal, Proposal, Reason
from timeline_app.readers.question import Choice, Question
from timeline_app.ui.dialogs.mapping_columns import ColumnsModel
from timeline_app.ui.dialogs.mapping_dialog import MappingDialog, MappingWish
from timeline_app.ui.dialogs.mapping_preview import PreviewModel, preview_lines
from timeline_app.ui.dialogs.mapping_rows import telling_parts
from timeline_app.ui.dialogs.mapping_words import key_words, value_words
from timeline_app.ui.dialogs.table_look import TableLook, look_at_table
from timeline_app.ui.look import Look

pytestmark = pytest.mark.qt_log_ignore(r"This plugin does not support (raise|grabbing the keyboard)")

FILE = Path("/data/Gefechte <b>1917</b>.csv")
COLUMNS = (
    ColumnSample("Vorfall", ColumnKind.TEXT, ("Gefecht bei Karfreit", "Angriff auf <b>Lwiw</b>")),
    ColumnSample("Datum", ColumnKind.DATE, ("03.04.1917", "04.05.1917")),
    ColumnSample("Ort\u202e", ColumnKind.TEXT, ("Kobarid",)),
)
ORDER = Question(
    "date_order.when",
    "Dates such as 03.04.1917 read in two ways",
    (Choice("dmy", "3 April 1917"), Choice("mdy", "4 March 1917")),
)
EVENTS = make_dataset(
    [make_event("Gefecht", "1917-04-03", actors=["Italien"], place="Kobarid", origin=Origin("x", 2, 1))],
    problems=[Problem("when: expected a date; the record is left out", "x", 3, 0, 2)],
    rejected=1,
)


class Engine:
    """Stands in for what looks at the table: proposes columns, and asks for the order of dates until it is told."""

    def __init__(self, *questions: Question) -> None:
        self.questions = questions
        self.told: list[dict[str, str]] = []
        self.fault = ""

    def __call__(self, edits: Mapping[str, str]) -> TableLook:
        self.told.append(dict(edits))
        fields = (FieldProposal("title", "Vorfall", Reason.NAME, "“Vorfall” is a name for it"),)
        mapping = {"title": "Vorfall", "when": "Datum", "encoding": "utf-8", **edits}
        left = tuple(question for question in self.questions if question.key not in edits)
        proposal = Proposal("csv", "the header", COLUMNS, fields, mapping, left)
        if self.fault:
            return TableLook(proposal, fault=self.fault)
        return TableLook(proposal, None if left else EVENTS)


Shown = Callable[..., MappingDialog]


@pytest.fixture
def shown(qtbot: QtBot) -> Shown:
    """Return what shows a dialog and waits for its first look at the table."""

    def show(engine: Engine, mapping: Mapping[str, str] | None = None) -> MappingDialog:
        dialog = MappingDialog(FILE, engine, Look(make_table(), "light"), mapping=mapping)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        qtbot.addWidget(dialog)
        with qtbot.waitActive(dialog):
            dialog.show()
            dialog.activateWindow()
        qtbot.waitUntil(lambda: not dialog._job.is_busy)
        return dialog

    return show


def settled(qtbot: QtBot, dialog: MappingDialog, engine: Engine, looks: int) -> None:
    """Wait until the table was looked at so many times, and the last result is shown."""
    qtbot.waitUntil(lambda: len(engine.told) == looks and not dialog._job.is_busy)


def items(box: QComboBox) -> list[str]:
    return [box.itemText(place) for place in range(box.count())]


def test_a_table_that_is_understood_is_opened_by_one_key(qtbot: QtBot, shown: Shown) -> None:
    dialog = shown(Engine())
    assert dialog.summary.text() == "1 of the first 2 records as events; 1 left out"
    assert dialog.focusWidget() is dialog.open_button
    with qtbot.waitSignal(dialog.wanted) as wanted:
        QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert wanted.args == [MappingWish(FILE, "the header", {"title": "Vorfall", "when": "Datum", "encoding": "utf-8"})]
    assert not dialog.isVisible()


def test_an_open_question_comes_first_and_its_answer_opens_the_table(qtbot: QtBot, shown: Shown) -> None:
    engine = Engine(ORDER)
    dialog = shown(engine)
    assert dialog.summary.text() == "One question is open"
    assert not dialog.open_button.isEnabled()
    row = dialog.form.questions["date_order.when"]
    assert row.label.text() == "Dates such as 03.04.1917 read in two ways. Which is right?"
    assert items(row.choice) == ["Day, month, year — 3 April 1917", "Month, day, year — 4 March 1917"]
    assert (dialog.focusWidget(), row.choice.currentIndex()) == (row.choice, -1)
    QTest.keyClick(row.choice, Qt.Key.Key_Down)
    settled(qtbot, dialog, engine, 2)
    assert engine.told[-1] == {"date_order.when": "dmy"}
    assert dialog.open_button.isEnabled()
    answered = dialog.form.questions["date_order.when"].choice
    assert answered.currentText() == "Day, month, year — 3 April 1917"
    QTest.keyClick(answered, Qt.Key.Key_Down)
    settled(qtbot, dialog, engine, 3)
    with qtbot.waitSignal(dialog.wanted) as wanted:
        qtbot.mouseClick(dialog.open_button, Qt.MouseButton.LeftButton)
    assert wanted.args[0].mapping["date_order.when"] == "mdy"


def test_a_needed_field_is_pointed_out_where_it_is_chosen(qtbot: QtBot, shown: Shown) -> None:
    dialog = shown(Engine(Question("title", "no column is known to hold a title", (Choice("Vorfall", "x"),))))
    title = dialog.form.fields["title"]
    assert dialog.focusWidget() is title.choice
    assert title.note.text() == "Needed: choose a column"
    assert dialog.form.questions["title"].label.text() == "No column is known to hold a title."
    assert not dialog.form.questions["title"].choice.isVisible()
    assert not dialog.open_button.isEnabled()


def test_columns_are_offered_with_their_first_values_as_plain_text(qtbot: QtBot, shown: Shown) -> None:
    dialog = shown(Engine())
    title = dialog.form.fields["title"]
    assert items(title.choice) == [
        "Nothing",
        "Vorfall:  Gefecht bei Karfreit · Angriff auf <b>Lwiw</b>",
        "Datum:  03.04.1917 · 04.05.1917",
        "Ort⟦202E⟧:  Kobarid",
        "Several columns, or a fixed text…",
    ]
    assert (title.choice.currentIndex(), title.note.text()) == (1, "“Vorfall” is a name for it")
    assert dialog.form.fields["place"].choice.currentText() == "Nothing"


def test_another_column_is_chosen_and_nothing_can_be_chosen(qtbot: QtBot, shown: Shown) -> None:
    engine = Engine()
    dialog = shown(engine)
    title = dialog.form.fields["title"].choice
    title.setFocus()
    QTest.keyClick(title, Qt.Key.Key_Down)
    settled(qtbot, dialog, engine, 2)
    assert engine.told[-1] == {"title": "Datum"}
    when = dialog.form.fields["when"].choice
    when.setFocus()
    QTest.keyClick(when, Qt.Key.Key_Home)
    settled(qtbot, dialog, engine, 3)
    assert engine.told[-1] == {"title": "Datum", "when": "="}


def test_several_columns_and_fixed_texts_are_typed(qtbot: QtBot, shown: Shown) -> None:
    engine = Engine()
    dialog = shown(engine)
    row = dialog.form.fields["type"]
    assert not row.own.isVisible()
    row.choice.setFocus()
    QTest.keyClick(row.choice, Qt.Key.Key_End)
    assert dialog.focusWidget() is row.own
    QTest.keyClicks(row.own, "=attack")
    QTest.keyClick(row.own, Qt.Key.Key_Tab)
    settled(qtbot, dialog, engine, 2)
    assert engine.told[-1] == {"type": "=attack"}
    assert (row.own.isVisible(), row.choice.currentText()) == (False, "Always “attack”")


def test_enter_in_a_field_does_not_open_a_table_that_is_not_looked_at_yet(qtbot: QtBot, shown: Shown) -> None:
    engine = Engine()
    dialog = shown(engine)
    row = dialog.form.fields["when"]
    row.choice.setFocus()
    QTest.keyClick(row.choice, Qt.Key.Key_End)
    with qtbot.assertNotEmitted(dialog.wanted):
        QTest.keyClicks(row.own, "Jahr+Monat")
        QTest.keyClick(row.own, Qt.Key.Key_Return)
    settled(qtbot, dialog, engine, 2)
    assert engine.told[-1] == {"when": "Jahr+Monat"}
    assert row.choice.currentText() == "Jahr + Monat"


def test_another_encoding_takes_back_what_was_said_of_columns(qtbot: QtBot, shown: Shown) -> None:
    engine = Engine()
    dialog = shown(engine, {"title": "Ort"})
    encoding = dialog.form.settings["encoding"]
    assert encoding.note.text() == "Reads Vorfall, Datum, Ort⟦202E⟧"
    encoding.choice.setFocus()
    QTest.keyClick(encoding.choice, Qt.Key.Key_Down)
    settled(qtbot, dialog, engine, 2)
    assert engine.told == [{"title": "Ort"}, {"encoding": "utf-16"}]


def test_what_was_said_can_be_taken_back(qtbot: QtBot, shown: Shown) -> None:
    engine = Engine()
    dialog = shown(engine, {"title": "Ort"})
    button = dialog.findChild(QPushButton, "as_proposed")
    assert isinstance(button, QPushButton)
    assert button.isEnabled()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    settled(qtbot, dialog, engine, 2)
    assert (engine.told[-1], button.isEnabled()) == ({}, False)


def test_why_it_cannot_be_opened_is_said(qtbot: QtBot, shown: Shown) -> None:
    engine = Engine()
    engine.fault = 'there is no column "Jahr"'
    dialog = shown(engine)
    assert (dialog.notice.text(), dialog.notice.isVisible()) == (engine.fault, True)
    assert not dialog.open_button.isEnabled()


def test_settings_that_a_table_does_not_have_are_not_shown(qtbot: QtBot, shown: Shown) -> None:
    settings = shown(Engine()).form.settings
    shown_keys = {key for key, row in settings.items() if row.choice.isVisibleTo(row.choice.window())}
    assert shown_keys == {"encoding", "separator", "date_order", "date_numbers"}
    assert not settings["records"].own.isVisibleTo(settings["records"].own.window())


def test_cancel_and_escape_want_nothing(qtbot: QtBot, shown: Shown) -> None:
    for way in ("button", "escape"):
        dialog = shown(Engine())
        with qtbot.assertNotEmitted(dialog.wanted):
            if way == "button":
                button = dialog.findChild(QPushButton, "cancel")
                assert isinstance(button, QPushButton)
                qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
            else:
                QTest.keyClick(dialog, Qt.Key.Key_Escape)
        assert not dialog.isVisible()


def test_looking_at_the_table_never_holds_the_dialog_up(qtbot: QtBot) -> None:
    may_go_on, threads = threading.Event(), []

    def slow(_edits: Mapping[str, str]) -> TableLook:
        threads.append(threading.current_thread())
        may_go_on.wait(10)
        return Engine()({})

    dialog = MappingDialog(FILE, slow, Look(make_table(), "light"))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: bool(threads))
    assert not dialog.open_button.isEnabled()
    may_go_on.set()
    qtbot.waitUntil(dialog.open_button.isEnabled)
    assert threads[0] is not threading.main_thread()


def test_every_control_has_a_name_and_is_reached_by_tab(qtbot: QtBot, shown: Shown) -> None:
    dialog = shown(Engine(ORDER))
    controls = [
        control
        for kind in (QComboBox, QPushButton)
        for control in dialog.findChildren(kind)
        if control.isVisibleTo(dialog) and control.isEnabled()
    ]
    for control in controls:
        assert control.accessibleName() or (isinstance(control, QPushButton) and control.text())
    reached = set()
    for _ in range(3 * len(controls)):
        reached.add(dialog.focusWidget())
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
    assert set(controls) <= reached


@pytest.mark.parametrize(("theme", "scale"), [("light", 1.0), ("dark", 2.0)])
def test_it_fits_a_small_screen_at_any_text_size(qtbot: QtBot, theme: str, scale: float) -> None:
    dialog = MappingDialog(FILE, Engine(ORDER), Look(make_table(), theme, scale))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    room = dialog.screen().availableSize()
    assert dialog.height() <= room.height()
    assert dialog.minimumSizeHint().height() <= 720


def test_the_preview_has_each_record_in_the_order_of_the_file() -> None:
    dataset = make_dataset(
        [
            make_event("Second", "1917-05", origin=Origin("x", 4, 3)),
            make_event("First", "1917", actors=["A", "B"], origin=Origin("x", 2, 1)),
        ],
        problems=[
            Problem("when: expected a date", "x", 3, 0, 2),
            Problem("lat: expected degrees", "x", 4, 0, 3, Level.WARNING),
            Problem("blank rows are skipped", "x", 9, level=Level.NOTE),
        ],
    )
    lines = list(preview_lines(dataset))
    assert [line.cells for line in lines] == [
        ("2", "1917", "First", "A, B", "", ""),
        ("3", "when: expected a date", "", "", "", ""),
        ("4", "May 1917", "Second", "", "", "lat: expected degrees"),
    ]
    assert [line.is_left_out for line in lines] == [False, True, False]


def test_the_preview_is_a_proper_model(qtmodeltester: object, qtbot: QtBot) -> None:
    model = PreviewModel(Look(make_table(), "light"))
    model.set_dataset(EVENTS)
    qtmodeltester.check(model)  # type: ignore[attr-defined]  # the plug-in has no type for its fixture
    model.set_dataset(None)
    assert model.rowCount() == 0
    columns = ColumnsModel()
    columns.set_columns(COLUMNS)
    qtmodeltester.check(columns)  # type: ignore[attr-defined]  # as above


def test_until_there_are_events_the_columns_stand_as_the_file_has_them(qtbot: QtBot, shown: Shown) -> None:
    engine = Engine(ORDER)
    dialog = shown(engine)
    assert (dialog.view.isVisible(), dialog.columns_view.isVisible()) == (False, True)
    model = dialog.columns
    assert [[model.index(row, column).data() for column in range(3)] for row in range(model.rowCount())] == [
        ["Vorfall", "texts", "Gefecht bei Karfreit · Angriff auf <b>Lwiw</b>"],
        ["Datum", "dates", "03.04.1917 · 04.05.1917"],
        ["Ort⟦202E⟧", "texts", "Kobarid"],
    ]
    QTest.keyClick(dialog.form.questions["date_order.when"].choice, Qt.Key.Key_Down)
    settled(qtbot, dialog, engine, 2)
    assert (dialog.view.isVisible(), dialog.columns_view.isVisible()) == (True, False)


def test_of_samples_the_place_where_they_differ_is_shown() -> None:
    line = "Gefecht bei Karfreit;03.04.1917;Italien, {}sterreich-Ungarn"
    assert telling_parts([line.format("Ц"), line.format("Ö")]) == [
        "…17;Italien, Цsterreich-Ungarn",
        "…17;Italien, Österreich-Ungarn",
    ]
    assert telling_parts(["3 April 1917", "4 March 1917"]) == ["3 April 1917", "4 March 1917"]
    assert telling_parts(["alone"]) == ["alone"]
    assert telling_parts([]) == []


def test_keys_and_values_have_words() -> None:
    assert key_words("title") == "Title"
    assert key_words("date_order.end") == "Order in dates: To"
    assert key_words("something_else") == "Something else"
    assert (value_words("encoding", "cp1251"), value_words("encoding", "cp866")) == (
        "Cyrillic (Windows-1251)",
        "cp866",
    )
    assert value_words("title", "Vorfall") == "Vorfall"


def test_the_list_of_records_is_chosen_among_those_that_the_file_has(qtbot: QtBot, tmp_path: Path) -> None:
    records = [{"title": "A", "date": "2024"}]
    path = tmp_path / "some.json"
    path.write_text(json.dumps({"old": records, "new": records * 2, "years": [{"events": records}]}))
    dialog = MappingDialog(path, partial(look_at_table, path, ""), Look(make_table(), "light"))
    qtbot.addWidget(dialog)
    dialog.show()
    row = dialog.form.settings["records"]
    qtbot.waitUntil(lambda: row.choice.currentData() == "new")
    assert not row.choice.isHidden()
    assert items(row.choice) == ["new", "old", "years", "years[].events"]
    row.choice.activated.emit(row.choice.findData("years[].events"))
    qtbot.waitUntil(lambda: row.choice.currentData() == "years[].events")
    with qtbot.waitSignal(dialog.wanted) as wanted:
        qtbot.waitUntil(dialog.open_button.isEnabled)
        dialog.open_button.click()
    assert wanted.args is not None
    assert wanted.args[0].mapping["records"] == "years[].events"


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("A,2024\n", "The one record as an event"),
        ("A,soon\n", "The one record is left out"),
        ("A,2024\nB,2025\n", "The first 2 records as events"),
    ],
)
def test_the_preview_says_how_many_records_are_events(qtbot: QtBot, tmp_path: Path, rows: str, words: str) -> None:
    path = tmp_path / "some.csv"
    path.write_text(f"title,date\n{rows}")
    dialog = MappingDialog(path, partial(look_at_table, path, ""), Look(make_table(), "light"))
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.summary.text() == words)
