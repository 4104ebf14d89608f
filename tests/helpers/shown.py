"""Dialogs and windows that a test has on screen, with the keyboard where a hand would have it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from timeline_app.app import create_window
from timeline_app.ui.main_window import MainWindow
from timeline_app.ui.settings import Settings
from timeline_app.ui.settings_table import REDUCED_MOTION

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


@contextmanager
def still_window(qtbot: QtBot) -> Iterator[MainWindow]:
    """Give a window on the timeline that comes with the program, with the keyboard and without animations."""
    settings = Settings()
    settings.set(REDUCED_MOTION, "on")
    window = create_window([], settings=settings)
    window.resize(1280, 800)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    yield window
    close_for_good(window)


@contextmanager
def shown_column(qtbot: QtBot, widgets: Sequence[QWidget], width_px: int, height_px: int) -> Iterator[None]:
    """Show widgets below each other, each as high as it wants to be."""
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    for widget in widgets:
        column.addWidget(widget)
    column.addStretch()
    window.resize(width_px, height_px)
    with qtbot.waitExposed(window):
        window.show()
    yield
    close_for_good(window)


def close_for_good(*windows: QWidget) -> None:
    """Close windows and have them deleted now: else they would live on, and be styled anew by each later test."""
    for window in windows:
        window.close()
        window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
