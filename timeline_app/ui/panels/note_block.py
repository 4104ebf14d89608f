"""The place in the pane where the user writes a note and tags of his own on an event."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from timeline_app.core.notes import NO_NOTE, Note, tags_in
from timeline_app.ui.look import Look
from timeline_app.ui.panels.text_button import TextButton, Tone
from timeline_app.ui.panels.text_parts import INSET_PX
from timeline_app.ui.session import Session

FEWEST_LINES, MOST_LINES = 2, 12
FRAME_PX = 20
GAP_PX = 6


class NoteField(QPlainTextEdit):
    """Plain text, as tall as what is written; Escape leaves it."""

    left = Signal()
    escaped = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFont(look.body())
        self.setAccessibleName("Your note")
        self.setPlaceholderText("Your note on this event, kept on this computer")
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        written = round(self.document().size().height())
        is_long = written > MOST_LINES
        policies = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(policies.ScrollBarAsNeeded if is_long else policies.ScrollBarAlwaysOff)
        lines = min(max(written, FEWEST_LINES), MOST_LINES)
        self.setFixedHeight(lines * self.fontMetrics().lineSpacing() + FRAME_PX)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll what is longer than the field, and leave the wheel to the pane otherwise."""
        if self.verticalScrollBar().maximum():
            super().wheelEvent(event)
        else:
            event.ignore()


class TagField(QLineEdit):
    """Tags with commas between them; Escape leaves it."""

    escaped = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFont(look.small())
        self.setAccessibleName("Your tags")
        self.setPlaceholderText("Your tags, separated by commas")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)


class NoteBlock(QWidget):
    """Writes into the session as one types; where nothing is noted only a button is seen that begins."""

    escaped = Signal()

    def __init__(self, row: int, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = row
        self._session = session
        self._table = session.table
        self._is_open = False
        self.begin_button = TextButton("Write a note", look, tone=Tone.LINK)
        self.begin_button.setAccessibleDescription("Opens a field for a note and tags of your own")
        self.text = NoteField(look)
        self.tags = TagField(look)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.begin_button)
        fields = QVBoxLayout()
        fields.setContentsMargins(INSET_PX, 0, INSET_PX, 0)
        fields.setSpacing(GAP_PX)
        fields.addWidget(self.text)
        fields.addWidget(self.tags)
        column.addLayout(fields)
        self.begin_button.clicked.connect(self.write)
        self.text.textChanged.connect(self._take_text)
        self.tags.editingFinished.connect(self._take_tags)
        self.text.left.connect(self._close)
        self.text.left.connect(session.finish_note)
        for field in (self.text, self.tags):
            field.escaped.connect(self._leave)
        session.notes_changed.connect(self._follow)
        session.table_closing.connect(self._take_tags)
        self._follow()

    @property
    def note(self) -> Note:
        """What is noted of the event."""
        return self._session.notes.of(self._row)

    def write(self) -> None:
        """Give the keyboard to the note."""
        self._open(self.text)

    def write_tags(self) -> None:
        """Give the keyboard to the tags."""
        self._open(self.tags)

    def _open(self, field: QWidget) -> None:
        if self._session.can_note:
            self._is_open = True
            self._follow()
            field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _take_text(self) -> None:
        note = replace(self.note, text=self.text.toPlainText().strip())
        self._session.set_note(self._row, note, goes_on=True)

    def _take_tags(self) -> None:
        self.tags.setModified(False)
        if self._session.table is not self._table:
            return  # What takes the keyboard away are other files: the row is that of another event.
        if self.tags.text() != _tag_words(self.note):  # else a tag with a comma in it would become two
            self._session.set_note(self._row, replace(self.note, tags=tags_in(self.tags.text())))
        self._close()

    def _close(self) -> None:
        """Show the button again instead of fields in which nothing was written."""
        self._is_open = self.text.hasFocus() or self.tags.hasFocus()
        self._follow()

    def _leave(self) -> None:
        self._take_tags()
        self.escaped.emit()

    def _follow(self) -> None:
        """Show what is noted, without touching what is just being written."""
        note = self.note
        if self.text.toPlainText().strip() != note.text:
            self.text.blockSignals(True)
            self.text.setPlainText(note.text)
            self.text.blockSignals(False)
        if not (self.tags.hasFocus() and self.tags.isModified()):
            self.tags.setText(_tag_words(note))
        is_seen = self._is_open or replace(note, starred=False) != NO_NOTE
        self.begin_button.setVisible(not is_seen and self._session.can_note)
        self.text.setVisible(is_seen)
        self.tags.setVisible(is_seen)


def _tag_words(note: Note) -> str:
    return ", ".join(note.tags)
