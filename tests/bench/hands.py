"""What a hand does at a window, as the events that Qt gets from it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

NOTCH = 120


def turn_wheel(widget: QWidget, at: QPointF, angle: int, modifiers: Qt.KeyboardModifier) -> None:
    """Turn the wheel at a point of a widget."""
    event = QWheelEvent(
        at,
        widget.mapToGlobal(at),
        QPoint(),
        QPoint(0, angle),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.postEvent(widget, event)


def press(widget: QWidget, at: QPointF) -> None:
    """Press the left button."""
    _post_mouse(widget, QEvent.Type.MouseButtonPress, at, Qt.MouseButton.LeftButton, Qt.MouseButton.LeftButton)


def move(widget: QWidget, at: QPointF) -> None:
    """Move the mouse with the left button held down."""
    _post_mouse(widget, QEvent.Type.MouseMove, at, Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton)


def release(widget: QWidget, at: QPointF) -> None:
    """Let go of the left button."""
    _post_mouse(widget, QEvent.Type.MouseButtonRelease, at, Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton)


def press_key(widget: QWidget, key: Qt.Key) -> None:
    """Press and release a key, shortcuts included, where the widget has the keyboard."""
    QTest.keyClick(widget, key)


def _post_mouse(
    widget: QWidget, kind: QEvent.Type, at: QPointF, button: Qt.MouseButton, buttons: Qt.MouseButton
) -> None:
    event = QMouseEvent(kind, at, widget.mapToGlobal(at), button, buttons, Qt.KeyboardModifier.NoModifier)
    QApplication.postEvent(widget, event)
