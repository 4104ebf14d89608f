"""Canvases, looks and pictures of frames for tests of what is drawn, in the fonts that come with the program."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QImage, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.helpers.scenes import synthetic_table
from timeline_app.core.safe_text import safe_text
from timeline_app.core.table import EventTable
from timeline_app.loading import load_table
from timeline_app.paths import resource
from timeline_app.scene.axis_words import EnglishWords
from timeline_app.ui.look import Look, register_fonts
from timeline_app.ui.session import Session
from timeline_app.ui.timeline.canvas import CanvasOptions, TimelineCanvas

NO_MODIFIER = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton
NOTCH = 120


@cache
def bundled() -> EventTable:
    """Return the timeline that comes with the program."""
    return load_table([])


@cache
def use_bundled_fonts() -> None:
    """Make the program's own fonts known to Qt, once."""
    register_fonts(sorted(resource("fonts").glob("*.ttf")))


def make_look(table: EventTable, theme: str = "light", text_scale: float = 1.0) -> Look:
    """Make a look of one theme in the program's own fonts; needs an application object."""
    use_bundled_fonts()
    return Look(table, theme, text_scale)


def make_canvas(
    qtbot: QtBot, table: EventTable, options: CanvasOptions | None = None, size: QSize | None = None
) -> TimelineCanvas:
    """Show a canvas of a table's events; without inertia and animation unless the options allow them."""
    look = make_look(table)
    session = Session(table)
    canvas = TimelineCanvas(session, look, EnglishWords(), safe_text, options or CanvasOptions(reduced_motion=True))
    qtbot.addWidget(canvas)
    canvas.resize(size or QSize(1000, 600))
    with qtbot.waitExposed(canvas):
        canvas.show()
    return canvas


def rest(qtbot: QtBot, canvas: TimelineCanvas) -> None:
    """Let a canvas paint and lay out all that it wants to ahead."""
    canvas.repaint()
    qtbot.waitUntil(lambda: not canvas.ahead.is_waiting and not canvas.is_stale)


def make_crowd(qtbot: QtBot, size: QSize) -> TimelineCanvas:
    """Show a canvas of a crowd, and let it come to rest."""
    made = make_canvas(qtbot, synthetic_table(3_000), size=size)
    rest(qtbot, made)
    return made


def painted(widget: QWidget) -> QImage:
    """Paint a widget and return the picture."""
    return widget.grab().toImage()


def send_wheel(
    widget: QWidget,
    at: QPointF,
    notches: float = 1,
    modifiers: Qt.KeyboardModifier = NO_MODIFIER,
    *,
    sideways: bool = False,
) -> None:
    """Turn the wheel over a point of a widget; positive is away from the user."""
    turned = round(notches * NOTCH)
    angle = QPoint(turned, 0) if sideways else QPoint(0, turned)
    event = QWheelEvent(
        at,
        widget.mapToGlobal(at),
        QPoint(),
        angle,
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)


def send_mouse(
    widget: QWidget,
    kind: QEvent.Type,
    at: QPointF,
    modifiers: Qt.KeyboardModifier = NO_MODIFIER,
    button: Qt.MouseButton = LEFT,
) -> None:
    """Send one mouse event, at a point given in parts of pixels."""
    is_move = kind is QEvent.Type.MouseMove
    event = QMouseEvent(
        kind, at, widget.mapToGlobal(at), Qt.MouseButton.NoButton if is_move else button, button, modifiers
    )
    QApplication.sendEvent(widget, event)


def drag(
    widget: QWidget, begin: QPointF, end: QPointF, modifiers: Qt.KeyboardModifier = NO_MODIFIER, *, steps: int = 8
) -> None:
    """Press at a point, move to another in steps, and release there."""
    send_mouse(widget, QEvent.Type.MouseButtonPress, begin, modifiers)
    for step in range(1, steps + 1):
        send_mouse(widget, QEvent.Type.MouseMove, begin + (end - begin) * (step / steps), modifiers)
    send_mouse(widget, QEvent.Type.MouseButtonRelease, end, modifiers)


def hover(widget: QWidget, at: QPointF) -> None:
    """Move the pointer to a point with no button pressed."""
    send_mouse(widget, QEvent.Type.MouseMove, at, button=Qt.MouseButton.NoButton)
