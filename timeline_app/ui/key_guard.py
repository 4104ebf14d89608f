"""Give each key to the one who needs it: the field that is typed in, the list that is walked through, or the window."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QTabBar,
    QTextEdit,
    QWidget,
)

from timeline_app.ui.guarded import guarded

FIELDS = (QLineEdit, QAbstractSpinBox, QPlainTextEdit)
WALKED = (QAbstractItemView, QAbstractSlider, QTabBar, QComboBox)
WALKING_KEYS = frozenset(
    {
        Qt.Key.Key_Left,
        Qt.Key.Key_Right,
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_PageDown,
    }
)
SCROLLING_KEYS = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown})
EDITING = (
    QKeySequence.StandardKey.Copy,
    QKeySequence.StandardKey.Undo,
    QKeySequence.StandardKey.Redo,
    QKeySequence.StandardKey.SelectAll,
)
ALT_GR = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
COMMAND_MODIFIERS = ALT_GR | Qt.KeyboardModifier.MetaModifier


class KeyGuard(QObject):
    """Decides, for the widget that has the keyboard, which keys run the window's actions.

    Without it a single letter typed into a spin box would move the timeline, the arrow keys would never reach a list,
    and Ctrl+K would erase the end of a search instead of opening the palette.
    """

    def __init__(self, actions: Iterable[QAction], parent: QObject) -> None:
        super().__init__(parent)
        self._shortcuts = {shortcut.toString() for action in actions for shortcut in action.shortcuts()}
        self._watched: QWidget | None = None
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow_focus)
            self._follow_focus(None, application.focusWidget())

    def _follow_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self._watched is not None:
            # A widget also loses the keyboard while it is being deleted, when PySide no longer lets it be touched.
            with suppress(RuntimeError):
                self._watched.removeEventFilter(self)
        self._watched = new
        if new is not None:
            new.installEventFilter(self)

    @guarded(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is not QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        belongs_to_widget = self._belongs_to_widget(watched, event)
        if belongs_to_widget is None:
            return False
        event.setAccepted(belongs_to_widget)
        return True

    def _belongs_to_widget(self, watched: QObject, event: QKeyEvent) -> bool | None:
        """Tell whether a key is the widget's (True) or the window's (False), None where Qt knows best."""
        modifiers = event.modifiers()
        # Windows reports AltGr, which types [ on a German keyboard, as Ctrl with Alt.
        is_command = bool(modifiers & COMMAND_MODIFIERS) and modifiers != ALT_GR
        if isinstance(watched, QTextEdit | QPlainTextEdit) and watched.isReadOnly():
            # With nothing selected there is nothing to copy but the citation.
            is_copy = event.matches(QKeySequence.StandardKey.Copy)
            return watched.textCursor().hasSelection() if is_copy else None
        if isinstance(watched, (*FIELDS, QTextEdit)):
            if not is_command:
                return None if Qt.Key.Key_F1 <= event.key() <= Qt.Key.Key_F35 else True
            is_editing = any(event.matches(standard) for standard in EDITING)
            is_wanted = QKeySequence(event.keyCombination()).toString() in self._shortcuts
            return False if is_wanted and not is_editing else None
        if isinstance(watched, WALKED) and not is_command and event.key() in WALKING_KEYS:
            return True
        if isinstance(watched, QScrollArea) and not is_command and event.key() in SCROLLING_KEYS:
            return True
        return None
