"""The line that a search is typed into, with what it found at its end."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLineEdit, QWidget

from timeline_app.ui.look import Look

GLASS_PX = 20
NOTE_GAP_PX = 8
SHORTCUT_HINT = "Ctrl F"
OWN_KEYS = (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F3)


class SearchField(QLineEdit):
    """A line edit with a magnifying glass and a note at its end; it turns keys into what they ask for."""

    next_asked = Signal()
    previous_asked = Signal()
    filter_asked = Signal()
    choice_moved = Signal(int)
    choice_taken = Signal()
    escaped = Signal()
    left = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._note = ""
        self.has_choice = False
        self.setObjectName("search_field")
        self.setPlaceholderText("Search events, actors, words")
        self.setAccessibleName("Search events, actors, words")
        self.setAccessibleDescription("Enter goes to the next hit, Shift and Enter to the previous one")
        look.changed.connect(self._follow_note)
        self._follow_note()

    @property
    def note(self) -> str:
        """The words at the end of the line."""
        return self._note

    def set_note(self, note: str) -> None:
        """Show words at the end of the line: how much was found."""
        if note != self._note:
            self._note = note
            self._follow_note()

    def event(self, event: QEvent) -> bool:
        """Claim the keys that mean something here before the window's shortcuts take them."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in OWN_KEYS:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, modifiers = event.key(), event.modifiers()
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._enter(modifiers)
        elif key == Qt.Key.Key_F3:
            (self.previous_asked if modifiers & Qt.KeyboardModifier.ShiftModifier else self.next_asked).emit()
        elif key in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self.choice_moved.emit(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001 — named by Qt
        """Let Tab take the chosen completion where there is one."""
        if next and self.has_choice:
            self.choice_taken.emit()
            return True
        return super().focusNextPrevChild(next)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._follow_note()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._follow_note()
        self.left.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        theme = self._look.theme
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            scale = self._look.text_scale
            painter.setPen(QPen(QColor(theme.muted), 1.4 * scale, c=Qt.PenCapStyle.RoundCap))
            centre = QPointF(5 + 10 * scale, self.height() / 2 - scale)
            painter.drawEllipse(centre, 4.2 * scale, 4.2 * scale)
            painter.drawLine(centre + QPointF(3.2, 3.2) * scale, centre + QPointF(6.4, 6.4) * scale)
            painter.setFont(self._look.small())
            note = self._shown_note()
            room = QRect(0, 0, self.width() - NOTE_GAP_PX - 2, self.height())
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, note)

    def _enter(self, modifiers: Qt.KeyboardModifier) -> None:
        if modifiers & Qt.KeyboardModifier.ControlModifier:
            self.filter_asked.emit()
        elif modifiers & Qt.KeyboardModifier.ShiftModifier:
            self.previous_asked.emit()
        elif self.has_choice:
            self.choice_taken.emit()
        else:
            self.next_asked.emit()

    def _shown_note(self) -> str:
        if self._note or self.text() or self.hasFocus():
            return self._note
        return SHORTCUT_HINT

    def _follow_note(self) -> None:
        note_px = QFontMetrics(self._look.small()).horizontalAdvance(self._shown_note())
        self.setTextMargins(self._look.px(GLASS_PX), 0, note_px + NOTE_GAP_PX if note_px else 0, 0)
        self.update()
