"""The settings dialog is the settings table: each has its control, and each change holds at once."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.helpers.shown import shown_dialog
from tests.helpers.tables import make_table
from timeline_app.core.errors import StoreError, WorkspaceError
from timeline_app.ui.cache_access import CacheAccess
from timeline_app.ui.dialogs.controls import ChoiceBox, NumberBox, TickBox
from timeline_app.ui.dialogs.kept_row import KeptRow
from timeline_app.ui.dialogs.settings_dialog import SettingsDialog
from timeline_app.ui.look import Look
from timeline_app.ui.mapping_access import MappingAccess
from timeline_app.ui.settings import Settings
from timeline_app.ui.settings_table import LANE_ROWS, SETTINGS, SHOW_TITLES, TEXT_SIZE, THEME, TIME_ZONE


class FullDisk:
    """A store that cannot be written."""

    def settings(self) -> Mapping[str, object]:
        """Return nothing."""
        return {}

    def set_setting(self, key: str, value: bool | int | str) -> None:
        """Refuse."""
        raise WorkspaceError(f"the disk is full ({key} {value})")


def shown(qtbot: QtBot, settings: Settings) -> SettingsDialog:
    """Show the dialog of some settings."""
    return shown_dialog(qtbot, SettingsDialog(settings, Look(make_table(), "light")))


def test_every_setting_has_a_named_control_that_the_keyboard_reaches(qtbot: QtBot) -> None:
    dialog = shown(qtbot, Settings())
    assert list(dialog.controls) == [setting.key for setting in SETTINGS]
    for setting in SETTINGS:
        control = dialog.controls[setting.key]
        assert control.accessibleName() == setting.label
        assert control.focusPolicy() & Qt.FocusPolicy.TabFocus
        assert min(control.width(), control.height()) >= 24


def test_controls_start_with_the_values_that_hold(qtbot: QtBot) -> None:
    settings = Settings()
    settings.set(THEME, "dark")
    settings.set(TEXT_SIZE, 150)
    settings.set(SHOW_TITLES, False)
    dialog = shown(qtbot, settings)
    theme, text_size, titles = (dialog.controls[one.key] for one in (THEME, TEXT_SIZE, SHOW_TITLES))
    assert isinstance(theme, ChoiceBox)
    assert isinstance(text_size, NumberBox)
    assert isinstance(titles, TickBox)
    assert (theme.currentText(), text_size.text(), titles.isChecked()) == ("Dark", "150 %", False)


def test_a_tick_a_choice_and_a_number_hold_at_once(qtbot: QtBot) -> None:
    settings = Settings()
    dialog = shown(qtbot, settings)
    qtbot.mouseClick(dialog.controls["show_titles"], Qt.MouseButton.LeftButton)
    assert settings.get(SHOW_TITLES) is False
    dialog.controls["theme"].setFocus()
    QTest.keyClick(dialog.controls["theme"], Qt.Key.Key_Down)
    assert settings.get(THEME) == "light"
    rows = settings.get(LANE_ROWS)
    QTest.keyClick(dialog.controls["lane_rows"], Qt.Key.Key_Up)
    assert settings.get(LANE_ROWS) == rows + 1


def test_a_half_typed_number_does_not_count(qtbot: QtBot) -> None:
    settings = Settings()
    dialog = shown(qtbot, settings)
    box = dialog.controls["text_size"]
    assert isinstance(box, NumberBox)
    box.setFocus()
    box.selectAll()
    with qtbot.assertNotEmitted(settings.changed):
        QTest.keyClicks(box, "15")
    with qtbot.waitSignal(settings.changed):
        QTest.keyClicks(box, "0")
        QTest.keyClick(box, Qt.Key.Key_Tab)
    assert settings.get(TEXT_SIZE) == 150


# The list of what was found pops up, which the offscreen platform cannot put in front.
@pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing the keyboard)", extend=True)
def test_a_time_zone_is_found_by_typing_and_nonsense_is_taken_back(qtbot: QtBot) -> None:
    settings = Settings()
    dialog = shown(qtbot, settings)
    box = dialog.controls["time_zone"]
    assert isinstance(box, ChoiceBox)
    box.setFocus()
    field = box.lineEdit()
    assert field is not None
    field.selectAll()
    QTest.keyClicks(field, "nowhere")
    QTest.keyClick(field, Qt.Key.Key_Tab)
    assert (box.currentText(), settings.get(TIME_ZONE)) == ("UTC", "UTC")
    box.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "Europe/Kyiv")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert (box.currentText(), settings.get(TIME_ZONE)) == ("Europe/Kyiv", "Europe/Kyiv")


def test_a_setting_changed_elsewhere_is_shown(qtbot: QtBot) -> None:
    settings = Settings()
    dialog = shown(qtbot, settings)
    settings.set(LANE_ROWS, 5)
    box = dialog.controls["lane_rows"]
    assert isinstance(box, NumberBox)
    assert box.value() == 5


def test_reset_brings_the_defaults_back(qtbot: QtBot) -> None:
    settings = Settings()
    settings.set(THEME, "dark")
    dialog = shown(qtbot, settings)
    button = dialog.findChild(QPushButton, "reset")
    assert isinstance(button, QPushButton)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert dict(settings.values) == {setting.key: setting.default for setting in SETTINGS}


def test_what_cannot_be_saved_is_said(qtbot: QtBot) -> None:
    dialog = shown(qtbot, Settings(FullDisk()))
    assert not dialog.notice.isVisible()
    qtbot.mouseClick(dialog.controls["show_titles"], Qt.MouseButton.LeftButton)
    assert "the disk is full" in dialog.notice.text()
    assert dialog.notice.isVisible()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_controls_are_drawn_in_the_colours_of_the_look(qtbot: QtBot, theme: str) -> None:
    look = Look(make_table(), theme)
    box = TickBox(look)
    qtbot.addWidget(box)
    box.setChecked(True)
    box.resize(box.sizeHint())
    colours = {box.grab().toImage().pixelColor(x, 12).name() for x in range(24)}
    assert look.theme.accent in colours


def with_cache(qtbot: QtBot, cache: CacheAccess) -> tuple[SettingsDialog, KeptRow]:
    """Show the dialog with a cache, and return its row too."""
    dialog = SettingsDialog(Settings(), Look(make_table(), "light"), cache=cache)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog, dialog.findChildren(KeptRow)[0]


def test_the_cache_says_how_much_lies_where_and_is_cleared(qtbot: QtBot) -> None:
    kept = [1_234_567_890]
    cache = CacheAccess(lambda: "/home/someone/.cache/x\u202e", lambda: sum(kept), kept.clear)
    _, row = with_cache(qtbot, cache)
    assert row.label.text() == "1.2 GB in /home/someone/.cache/x⟦202E⟧"
    assert row.button.accessibleName() == "Clear the cache"
    qtbot.mouseClick(row.button, Qt.MouseButton.LeftButton)
    assert row.label.text() == "Nothing yet in /home/someone/.cache/x⟦202E⟧"
    assert not row.button.isEnabled()


def test_a_cache_that_cannot_be_cleared_or_found_says_so(qtbot: QtBot) -> None:
    def fail() -> None:
        raise StoreError("permission denied")

    def missing() -> str:
        raise StoreError("there is no folder for it")

    dialog, row = with_cache(qtbot, CacheAccess(lambda: "/cache", lambda: 5, fail))
    qtbot.mouseClick(row.button, Qt.MouseButton.LeftButton)
    assert dialog.notice.text() == "The cache could not be cleared: permission denied."
    assert row.button.isEnabled()
    _, row = with_cache(qtbot, CacheAccess(missing, lambda: 0, fail))
    assert row.label.text() == "It cannot be looked at: there is no folder for it."
    assert not row.button.isEnabled()


def test_the_columns_of_tables_are_counted_and_forgotten(qtbot: QtBot) -> None:
    saved: dict[str, Mapping[str, str]] = {"a": {"title": "x"}, "b": {"title": "y"}}
    access = MappingAccess(saved.__setitem__, lambda: len(saved), saved.clear)
    dialog = SettingsDialog(Settings(), Look(make_table(), "light"), mappings=access)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    [row] = dialog.findChildren(KeptRow)
    assert row.label.text() == "The columns of 2 kinds of tables are remembered"
    qtbot.mouseClick(row.button, Qt.MouseButton.LeftButton)
    assert (saved, row.label.text()) == ({}, "No columns of tables are remembered")
    assert not row.button.isEnabled()
