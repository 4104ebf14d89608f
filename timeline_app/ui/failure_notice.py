"""Says once, quietly, that something failed which nobody foresaw, while the program goes on.

It leans on as little of the program as it can, since any part of it may be what failed: the window is any main window,
colours and fonts are those of the application.
"""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFontDatabase,
    QGuiApplication,
    QPainter,
    QPaintEvent,
    QPalette,
)
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QMainWindow,
    QPlainTextEdit,
    QToolBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from timeline_app.ui.dialogs.button_box import ButtonBox
from timeline_app.ui.failure_log import Failure, FailureLog, Kind, is_power_of_ten, kind_of, now, told
from timeline_app.ui.safe_widgets import PlainLabel

PAUSE_MS = 1000
DETAILS_CHARACTERS = 50_000
DETAILS_SIZE_PX = (720, 440)
SIDE_PX = 16
TARGET_PX = 24
RULE_ALPHA = 48

ExceptionHook = Callable[[type[BaseException], BaseException, TracebackType | None], object]
ThreadHook = Callable[[threading.ExceptHookArgs], object]


class FailureNotice(QObject):
    """Catches what nothing else caught, from any thread, and shows one notice with a count, however often it comes."""

    _failed = Signal()

    def __init__(self, window: QMainWindow, log_file: Path | None) -> None:
        super().__init__(window)
        self._window = window
        self._log = FailureLog(log_file)
        self._failures: dict[Kind, Failure] = {}
        self._lock = threading.RLock()
        self._is_due = False
        self._closed_at_kinds = 0
        self._bar: FailureBar | None = None
        self._previous: tuple[ExceptionHook, ThreadHook] | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._tell_if_due)
        self._failed.connect(self._tell_unless_just_told, Qt.ConnectionType.QueuedConnection)

    @property
    def bar(self) -> FailureBar | None:
        """The notice in the window, None while nothing has failed."""
        return self._bar

    @property
    def count(self) -> int:
        """How often something has failed."""
        return sum(failure.count for failure in self._failures.values())

    def install(self) -> None:
        """Take what nothing else catches from now on; interrupts still go where they went before."""
        if self._previous is None:
            self._previous = sys.excepthook, threading.excepthook
            sys.excepthook = self._take
            threading.excepthook = self._take_from_thread

    def uninstall(self) -> None:
        """Put the hooks back that stood there before."""
        if self._previous is not None:
            sys.excepthook, threading.excepthook = self._previous
            self._previous = None

    def details(self) -> str:
        """Tell what failed, each place once, with how often it did."""
        with self._lock:
            failures = list(self._failures.values())
        parts = [
            f"{failure.text}({failure.count:,} times)\n" if failure.count > 1 else failure.text for failure in failures
        ]
        return "\n".join(parts)[:DETAILS_CHARACTERS]

    def show_details(self) -> FailureDialog:
        """Show what failed in a dialog that does not hold up the window."""
        dialog = FailureDialog(self.details(), self._log.whereabouts, self._window)
        dialog.show()
        return dialog

    def _take(self, kind: type[BaseException], value: BaseException, trace: TracebackType | None) -> None:
        if not issubclass(kind, Exception) and self._previous is not None:
            self._previous[0](kind, value, trace)
            return
        self._note(value, threading.current_thread().name)
        _forget_last_exception()

    def _take_from_thread(self, arguments: threading.ExceptHookArgs) -> None:
        value = arguments.exc_value
        if value is None or not isinstance(value, Exception):
            if self._previous is not None:
                self._previous[1](arguments)
            return
        self._note(value, arguments.thread.name if arguments.thread is not None else "a thread that has ended")

    def _note(self, error: BaseException, thread_name: str) -> None:
        """Count a failure, write it down where it is the first of its place, and ask for the notice; in any thread."""
        kind = kind_of(error)
        with self._lock:
            failure = self._failures.get(kind)
            is_new = failure is None
            if failure is None:
                failure = self._failures[kind] = Failure(told(error, thread_name))
                self._log.write(failure.text)
            failure.count += 1
            if is_power_of_ten(failure.count):
                self._log.write(f"{now()}  {kind[0].__name__} in {kind[1]}, line {kind[2]}: {failure.count:,} times\n")
            was_due, self._is_due = self._is_due, True
        if is_new:
            logging.getLogger(__name__).error("%s", failure.text)
        if not was_due:
            self._ask_for_notice()

    def _ask_for_notice(self) -> None:
        try:
            self._failed.emit()
        except RuntimeError:
            logging.getLogger(__name__).debug("no window is left to tell of a failure")

    def _tell_unless_just_told(self) -> None:
        if not self._pause.isActive():
            self._tell_if_due()

    def _tell_if_due(self) -> None:
        if not self._is_due:
            return
        # Should the notice itself fail, it stays due and is tried again after the pause, not at once and for ever.
        self._pause.start()
        count = self.count
        if self._bar is None:
            self._bar = self._built_bar()
        self._bar.set_count(count)
        if self._closed_at_kinds < len(self._failures) and self._bar.isHidden():
            self._bar.show()
            self._bar.announce()
        with self._lock:
            self._is_due = self.count != count

    def _built_bar(self) -> FailureBar:
        bar = FailureBar(self._window)
        bar.details_wanted.connect(self.show_details)
        bar.closed.connect(self._close)
        self._window.addToolBar(Qt.ToolBarArea.BottomToolBarArea, bar)
        bar.hide()
        return bar

    def _close(self) -> None:
        """Put the notice away until something fails that has not failed before."""
        self._closed_at_kinds = len(self._failures)
        if self._bar is not None:
            self._bar.hide()


class FailureBar(QToolBar):
    """The notice: a line along the foot of the window."""

    details_wanted = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("failure_notice")
        self.setAccessibleName("Failure")
        self.setMovable(False)
        self.setFloatable(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.toggleViewAction().setVisible(False)
        self.label = PlainLabel()
        self.details_button = _flat_button("Show details", "Show details of the failure")
        self.close_button = _flat_button("×", "Close this notice")
        self.details_button.clicked.connect(self.details_wanted)
        self.close_button.clicked.connect(self.closed)
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(SIDE_PX, 4, SIDE_PX - 4, 4)
        row.setSpacing(8)
        row.addWidget(self.label)
        row.addWidget(self.details_button)
        row.addStretch(1)
        row.addWidget(self.close_button)
        self.addWidget(line)
        self._restyle()

    def set_count(self, count: int) -> None:
        """Say how often something failed."""
        times = f" {count:,} times" if count > 1 else ""
        self.label.setText(f"Something failed inside the program{times}. Your work is kept.")

    def announce(self) -> None:
        """Let screen readers say the notice at once."""
        if QAccessible.isActive():
            event = QAccessibleAnnouncementEvent(self, self.label.text())
            event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
            QAccessible.updateAccessibility(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.PaletteChange, QEvent.Type.StyleChange} and hasattr(self, "close_button"):
            self._restyle()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 — it is small enough to be painted whole
        """Draw the ground and a thin rule above it, instead of the frame that styles give a tool bar."""
        rule = self.palette().color(QPalette.ColorRole.WindowText)
        rule.setAlpha(RULE_ALPHA)
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.Window))
            painter.fillRect(0, 0, self.width(), 1, rule)

    def _restyle(self) -> None:
        layout = self.layout()
        if layout is not None:  # each change of style gives it the margins of that style again
            layout.setContentsMargins(0, 0, 0, 0)
        palette = self.palette()
        for button, role in (
            (self.details_button, QPalette.ColorRole.Link),
            (self.close_button, QPalette.ColorRole.WindowText),
        ):
            own = button.palette()
            own.setColor(QPalette.ColorRole.ButtonText, palette.color(role))
            button.setPalette(own)


class FailureDialog(QDialog):
    """Shows what failed as plain text to read and to copy."""

    def __init__(self, text: str, where: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("What failed")
        self.resize(*DETAILS_SIZE_PX)
        self.text_view = QPlainTextEdit()
        self.text_view.setReadOnly(True)
        self.text_view.setTabChangesFocus(True)
        self.text_view.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text_view.setAccessibleName("What failed")
        self.text_view.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text_view.setPlainText(text)
        note = PlainLabel(where)
        note.set_wraps(wraps=True)
        buttons = ButtonBox()
        buttons.addButton(QDialogButtonBox.StandardButton.Close).setDefault(True)
        self.copy_button = buttons.addButton("Copy", QDialogButtonBox.ButtonRole.ActionRole)
        self.copy_button.setAccessibleName("Copy what failed")
        self.copy_button.setAutoDefault(False)
        self.copy_button.clicked.connect(self.copy)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        column.addWidget(note)
        column.addWidget(self.text_view, 1)
        column.addWidget(buttons)

    def copy(self) -> None:
        """Put the whole text on the clipboard."""
        QGuiApplication.clipboard().setText(self.text_view.toPlainText())


def _flat_button(text: str, accessible_name: str) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    button.setAccessibleName(accessible_name)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    button.setMinimumSize(TARGET_PX, TARGET_PX)
    return button


def _forget_last_exception() -> None:
    """Drop the exception that Python keeps for a debugger.

    Its traceback would keep the painter of a `paintEvent` that failed, and a painter that outlives its widget crashes
    the program at its end.
    """
    for name in ("last_exc", "last_type", "last_value", "last_traceback"):
        if hasattr(sys, name):
            delattr(sys, name)
