"""What holds for every dialog: the keyboard is enough, all text is plain, and a closed one is gone for good."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QDialog, QLabel, QLineEdit, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from tests.helpers.tables import make_table
from timeline_app.core.filter import Filter
from timeline_app.scene.axis_words import EnglishWords
from timeline_app.ui.dialogs.about_dialog import AboutDialog
from timeline_app.ui.dialogs.command_palette import CommandPalette, PaletteEntry
from timeline_app.ui.dialogs.dressing import open_at
from timeline_app.ui.dialogs.export_dialog import ExportDialog
from timeline_app.ui.dialogs.go_to_date import GoToDateDialog
from timeline_app.ui.dialogs.help_dialog import HelpDialog
from timeline_app.ui.dialogs.keys_dialog import KeysDialog
from timeline_app.ui.dialogs.notice_dialog import NoticeDialog
from timeline_app.ui.dialogs.settings_dialog import SettingsDialog
from timeline_app.ui.export_subject import ExportSubject
from timeline_app.ui.look import Look
from timeline_app.ui.settings import Settings
from timeline_app.ui.style import apply_style

LEAST_LINE_PX = 12
Maker = Callable[[Look, QWidget], QDialog]

SUBJECT = ExportSubject(make_table(), Filter(), (0, 86_400), EnglishWords())
MAKERS: dict[str, Maker] = {
    "about": lambda look, parent: AboutDialog("1.0", look, parent),
    "export": lambda look, parent: ExportDialog(look, Path("picture.png"), SUBJECT, QImage, parent),
    "go to date": GoToDateDialog,
    "help": lambda look, parent: HelpDialog(look, parent.update, parent),
    "keys": KeysDialog,
    "palette": lambda look, parent: CommandPalette([PaletteEntry("Name", "", "", parent.update)], look, parent),
    "settings": lambda look, parent: SettingsDialog(Settings(), look, parent),
}


@pytest.fixture(params=MAKERS)
def maker(request: pytest.FixtureRequest) -> Maker:
    return MAKERS[request.param]


@pytest.fixture
def look(qapp: QApplication) -> Look:
    look = Look(make_table(), "light")
    apply_style(qapp, look)
    return look


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    return window


def shown(qtbot: QtBot, dialog: QDialog) -> QDialog:
    """Show a dialog and wait until the keyboard is its own."""
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
    return dialog


def test_a_closed_dialog_is_gone_and_follows_nothing_any_more(
    qtbot: QtBot, look: Look, window: QWidget, maker: Maker
) -> None:
    dialog = shown(qtbot, maker(look, window))
    with qtbot.waitSignal(dialog.destroyed):
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
    look.set_text_scale(1.5)
    look.set_choice("dark")
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_every_control_has_a_name_or_words_and_is_large_enough(
    qtbot: QtBot, look: Look, window: QWidget, maker: Maker
) -> None:
    dialog = shown(qtbot, maker(look, window))
    for control in dialog.findChildren(QWidget):
        if isinstance(control, (QAbstractButton, QComboBox, QSpinBox)) and control.isVisible():
            words = control.text() if isinstance(control, QAbstractButton) else ""
            assert control.accessibleName() or words, control
            assert min(control.width(), control.height()) >= 24, control
        elif isinstance(control, QLineEdit) and isinstance(control.parent(), QDialog):
            assert control.accessibleName(), control


def test_the_tab_key_reaches_every_control_and_comes_round(
    qtbot: QtBot, look: Look, window: QWidget, maker: Maker
) -> None:
    dialog = shown(qtbot, maker(look, window))
    expected = {
        control
        for control in dialog.findChildren(QWidget)
        if isinstance(control, (QAbstractButton, QComboBox, QSpinBox))
        and control.isVisible()
        and control.isEnabled()
        and control.focusPolicy() & Qt.FocusPolicy.TabFocus
    }
    reached: set[QWidget] = set()
    for _ in range(2 * len(dialog.findChildren(QWidget))):
        focus = dialog.focusWidget()
        if focus is not None:
            reached.add(focus)
            QTest.keyClick(focus, Qt.Key.Key_Tab)
    assert expected <= reached


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_it_can_be_drawn_in_both_themes_at_any_text_size(
    qtbot: QtBot, qapp: QApplication, window: QWidget, maker: Maker, theme: str, scale: float
) -> None:
    look = Look(make_table(), theme, scale)
    before = qapp.styleSheet(), qapp.font(), qapp.palette()
    apply_style(qapp, look)
    try:
        dialog = shown(qtbot, maker(look, window))
        image = dialog.grab().toImage()
        assert image.pixelColor(3, image.height() - 4).name() == look.theme.panel
        dialog.close()
    finally:
        qapp.setStyleSheet(before[0])
        qapp.setFont(before[1])
        qapp.setPalette(before[2])


def test_all_text_is_plain(qtbot: QtBot, look: Look, window: QWidget, maker: Maker) -> None:
    dialog = shown(qtbot, maker(look, window))
    for label in dialog.findChildren(QLabel):
        assert label.textFormat() == Qt.TextFormat.PlainText
    for widget in dialog.findChildren(QWidget):
        assert widget.toolTip() == ""


@pytest.mark.parametrize("text_size", [1.0, 2.0])
def test_a_notice_shows_the_whole_of_a_long_sentence(look: Look, window: QWidget, text_size: float) -> None:
    look.set_text_scale(text_size)
    notice = NoticeDialog("Nothing was opened", ["a sentence that goes on " * 12], look, window)
    notice.show()
    for label in notice.findChildren(QLabel):
        assert label.height() >= label.heightForWidth(label.width())


def test_every_label_of_a_dialog_is_seen(qtbot: QtBot, look: Look, window: QWidget, maker: Maker) -> None:
    dialog = shown(qtbot, maker(look, window))
    for label in dialog.findChildren(QLabel):
        assert not label.text() or not label.isVisible() or label.height() >= look.px(LEAST_LINE_PX), label.text()


def test_a_dialog_opens_larger_with_larger_text_but_never_larger_than_the_screen(look: Look, window: QWidget) -> None:
    dialog = QDialog(window)
    sizes: list[tuple[int, int]] = []
    for scale, size_px in ((1.0, (300, 200)), (1.5, (300, 200)), (1.0, (9_000, 9_000))):
        look.set_text_scale(scale)
        open_at(dialog, look, size_px)
        sizes.append((dialog.width(), dialog.height()))
    assert sizes[:2] == [(300, 200), (450, 300)]
    available = dialog.screen().availableSize()
    assert sizes[2][0] < available.width()
    assert sizes[2][1] < available.height()
