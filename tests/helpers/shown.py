"""Dialogs and windows that a test has on screen, with the keyboard where a hand would have it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from timeline_app.app import create_window
from timeline_app.ui.main_window import MainWindow

Dialog = TypeVar("Dialog", bound=QDialog)


def shown_dialog(qtbot: QtBot, dialog: Dialog) -> Dialog:
    """Show a dialog, which is kept when it is closed, and wait until the keyboard is its own."""
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()
    return dialog


def shown_window(qtbot: QtBot, path: Path) -> Iterator[MainWindow]:
    """Give a window that is open on a file, and let it stop reading at the end."""
    window = create_window([path])
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    yield window
    window.files.cancel()


def close_for_good(*windows: QWidget) -> None:
    """Close windows and have them deleted now: else they would live on, and be styled anew by each later test."""
    for window in windows:
        window.close()
        window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
