"""The table of keys is the table of actions, and the short guide leads to it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tests.helpers.shown import shown_dialog
from tests.helpers.tables import make_table
from timeline_app.ui.action_spec import Group
from timeline_app.ui.action_table import ACTIONS, GESTURES
from timeline_app.ui.dialogs.about_dialog import AboutDialog
from timeline_app.ui.dialogs.help_dialog import GUIDE, HelpDialog
from timeline_app.ui.dialogs.key_caps import keys_in_lines, keys_width_px
from timeline_app.ui.dialogs.keys_dialog import HELP_COLUMN, KeysDialog, KeysModel, key_rows
from timeline_app.ui.look import Look
from timeline_app.ui.safe_widgets import PlainLabel


@pytest.fixture
def look(qapp: object) -> Look:
    assert qapp is not None
    return Look(make_table(), "dark")


@pytest.fixture
def dialog(qtbot: QtBot, look: Look) -> KeysDialog:
    return shown_dialog(qtbot, KeysDialog(look))


@pytest.mark.usefixtures("qapp")
def test_every_action_with_a_key_and_every_gesture_has_its_row() -> None:
    rows = key_rows()
    assert {row.name for row in rows if row.name} == {spec.text.rstrip("…") for spec in ACTIONS if spec.shortcuts}
    assert sum(len(row.keys) for row in rows) == sum(len(spec.shortcuts) for spec in ACTIONS) + sum(
        len(gesture.inputs) for gesture in GESTURES
    )


@pytest.mark.usefixtures("qapp")
def test_rows_stand_under_the_heading_of_their_group() -> None:
    rows = key_rows()
    assert [row.group for row in rows if row.is_heading] == [
        group for group in Group if any(spec.shortcuts for spec in ACTIONS if spec.group is group)
    ]
    for before, row in pairwise(rows):
        assert row.is_heading or row.group is before.group


def test_typing_finds_keys_and_what_they_do(dialog: KeysDialog) -> None:
    QTest.keyClicks(dialog.field, "same actor")
    assert [dialog.model.row_at(row).name for row in range(dialog.model.rowCount())] == [
        "",
        "Previous of the same actor",
        "Next of the same actor",
    ]
    dialog.field.setText("ctrl+g")
    assert dialog.model.row_at(1).help == "Go to a date, typed in any form"
    dialog.field.setText("no such key")
    assert dialog.nothing.isVisible()
    assert not dialog.table.isVisible()


def test_a_heading_spans_the_table_and_a_gesture_the_last_columns(dialog: KeysDialog) -> None:
    for number in range(dialog.model.rowCount()):
        row = dialog.model.row_at(number)
        assert dialog.table.columnSpan(number, 0) == (3 if row.is_heading else 1)
        if not row.is_heading:
            assert dialog.table.columnSpan(number, 1) == (1 if row.name else 2)


def test_rows_are_tall_enough_to_hit_and_grow_with_the_text(dialog: KeysDialog, look: Look) -> None:
    heights = [dialog.table.rowHeight(row) for row in range(dialog.model.rowCount())]
    assert min(heights) >= 24
    look.set_text_scale(2.0)
    larger = [dialog.table.rowHeight(row) for row in range(dialog.model.rowCount())]
    assert all(now > before for now, before in zip(larger, heights, strict=True))


@pytest.mark.parametrize(("width_px", "is_narrow"), [(1_000, False), (520, True)])
def test_help_is_shown_as_a_whole_beside_the_names_or_below_them(
    dialog: KeysDialog, look: Look, width_px: int, is_narrow: bool
) -> None:
    dialog.resize(width_px, 600)
    assert dialog.table.isColumnHidden(HELP_COLUMN) is is_narrow
    assert not dialog.table.horizontalScrollBar().isVisible()
    column_px = dialog.table.columnWidth(1 if is_narrow else HELP_COLUMN)
    metrics = QFontMetrics(look.small())
    for number in range(dialog.model.rowCount()):
        text = str(dialog.model.index(number, HELP_COLUMN).data())
        needed = metrics.boundingRect(QRect(0, 0, column_px - 16, 0), Qt.TextFlag.TextWordWrap, text)
        assert dialog.table.rowHeight(number) >= needed.height(), text


def test_rows_are_no_taller_than_what_stands_in_them(qtbot: QtBot, dialog: KeysDialog) -> None:
    table = dialog.table
    rows = range(dialog.model.rowCount())
    qtbot.waitUntil(lambda: all(table.rowHeight(row) <= table.sizeHintForRow(row) + 1 for row in rows))


def test_shortcuts_that_do_the_same_share_lines_as_far_as_these_reach(look: Look) -> None:
    keys = [("Shift", "Wheel"), ("Wheel sideways",), ("Drag",)]
    whole_px = keys_width_px([*keys, ()], look)
    assert keys_in_lines(keys, look, whole_px) == [keys]
    assert keys_in_lines(keys, look, whole_px - 1) == [keys[:2], keys[2:]]
    assert keys_in_lines(keys, look, 1) == [[one] for one in keys]


def test_keys_take_a_third_of_the_room_at_most(dialog: KeysDialog) -> None:
    dialog.resize(860, 600)
    assert dialog.table.columnWidth(0) <= dialog.table.width() / 3


def test_escape_and_enter_close(dialog: KeysDialog) -> None:
    QTest.keyClick(dialog.field, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    dialog.show()
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    assert not dialog.isVisible()


def test_the_model_keeps_the_rules_of_models(look: Look, qtmodeltester: ModelTester) -> None:
    assert look is not None
    model = KeysModel()
    qtmodeltester.check(model)
    model.find("zoom")
    qtmodeltester.check(model)


def test_the_guide_is_shown_and_leads_to_the_keys(qtbot: QtBot, look: Look) -> None:
    asked: list[str] = []
    dialog = HelpDialog(look, lambda: asked.append("keys"))
    qtbot.addWidget(dialog)
    dialog.show()
    texts = {label.text() for label in dialog.findChildren(PlainLabel)}
    assert {topic.heading for topic in GUIDE} | {topic.sentences for topic in GUIDE} <= texts
    button = dialog.findChild(QPushButton, "keys")
    assert isinstance(button, QPushButton)
    with qtbot.waitSignal(dialog.destroyed):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert asked == ["keys"]


def test_about_names_the_version(qtbot: QtBot, look: Look) -> None:
    dialog = AboutDialog("1.2.3", look)
    qtbot.addWidget(dialog)
    assert any("Version 1.2.3" in label.text() for label in dialog.findChildren(PlainLabel))
