"""Date a source otherwise: what would move with it is shown before anything is saved."""

from __future__ import annotations

import threading
from functools import partial

from PySide6.QtCore import QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QDialog, QDialogButtonBox, QHBoxLayout, QLineEdit, QWidget

from timeline_app.core.dateline_change import DatelineChange, change_dateline
from timeline_app.core.errors import Cancelled, TimelineError
from timeline_app.core.event import Event, Source
from timeline_app.core.safe_text import safe_text
from timeline_app.core.short_dates import short_words
from timeline_app.core.table import LARGE
from timeline_app.readers.native import LARGEST_BYTES
from timeline_app.readers.source_file import MEGABYTE
from timeline_app.ui.dialogs.button_box import ButtonBox
from timeline_app.ui.dialogs.dressing import DialogLabel, Voice, add_button, add_cancel_button, dialog_column, open_at
from timeline_app.ui.dialogs.lines_view import Index, LinesModel, LinesView
from timeline_app.ui.jobs import NewestJob
from timeline_app.ui.look import Look
from timeline_app.ui.safe_widgets import shown_line, tooltip_markup
from timeline_app.ui.session import Session
from timeline_app.writers.dateline_changes import move_words

SIZE_PX = (820, 420)
COLUMNS_PX = (170, 160, 190)
COLUMNS = ("Event", "Date now", "Would be", "Because")
IMPOSSIBLE = "impossible"
LONGEST_TITLE = 80


class DatelineModel(LinesModel):
    """What would be impossible first, then what would move."""

    def __init__(self, look: Look, parent: QObject | None = None) -> None:
        super().__init__(COLUMNS, parent)
        self._look = look
        self._lines: list[tuple[int, Event, str, str]] = []

    def set_change(self, change: DatelineChange | None) -> None:
        """Show what another change would do, or nothing."""
        self.beginResetModel()
        self._lines = []
        if change is not None:
            self._lines += [(one.row, one.event, IMPOSSIBLE, one.why) for one in change.impossible]
            self._lines += [(one.row, one.event, short_words(one.when), one.why) for one in change.moved]
        self.endResetModel()

    def row_at(self, number: int) -> int:
        """Return the row of the event in a line."""
        return self._lines[number][0]

    def line_count(self) -> int:
        """Return how many there are."""
        return len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        _, event, would_be, why = self._lines[index.row()]
        if role == Qt.ItemDataRole.ForegroundRole and would_be == IMPOSSIBLE:
            return QColor(self._look.theme.warning)
        if role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return None
        text = (event.title, short_words(event.when), would_be, why)[index.column()]
        return shown_line(text) if role == Qt.ItemDataRole.DisplayRole else tooltip_markup(text)


class DatelineDialog(QDialog):
    """Works out what would move at each key; `agreed` carries the DatelineChange that is to be saved."""

    agreed = Signal(object)

    def __init__(self, source: Source, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._session = session
        self._change: DatelineChange | None = None
        self._dropped = threading.Event()
        self._job = NewestJob(self)
        self.setObjectName("dateline")
        column = dialog_column(self, "Another dateline", look, 620)
        open_at(self, look, SIZE_PX)
        title = safe_text((source.title or source.key)[:LONGEST_TITLE])
        self.date_field = QLineEdit(source.published)
        self.date_field.setAccessibleName("When the source appeared")
        self.note = DialogLabel("", look, Voice.NOTE)
        self.note.setObjectName("dateline_note")
        self.model = DatelineModel(look, self)
        self.view = LinesView(self.model, "What would move", COLUMNS_PX, look)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(DialogLabel(f"“{title}” appeared", look), 1)
        row.addWidget(self.date_field, 1)
        column.addLayout(row)
        column.addWidget(self.note)
        column.addWidget(self.view, 1)
        column.addWidget(self._buttons())
        self.date_field.textChanged.connect(self._look_again)
        self.view.doubleClicked.connect(self._show_event)
        self._job.finished.connect(self._take)
        self._job.failed.connect(self._tell)
        # The rows are numbers of this table and of no other.
        session.table_changed.connect(self.reject)
        self.date_field.selectAll()
        self.date_field.setFocus()
        self._look_again()

    @property
    def change(self) -> DatelineChange | None:
        """What would be saved, None while the field tells no other date."""
        return self._change

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Else Enter on a line would press the button that saves.
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.view.hasFocus():
            self._show_event(self.view.currentIndex())
        else:
            super().keyPressEvent(event)

    def done(self, result: int) -> None:
        """Look for nothing more, however it was closed."""
        self._dropped.set()
        self._job.cancel()
        super().done(result)

    def _buttons(self) -> ButtonBox:
        buttons = ButtonBox()
        role = QDialogButtonBox.ButtonRole.AcceptRole
        words = "Save to a file of your own…"
        self.save_button = add_button(buttons, words, self._agree, name="save", role=role, is_default=True)
        add_cancel_button(buttons, self)
        return buttons

    def _look_again(self) -> None:
        """Work out what the date in the field would move."""
        self._dropped.set()
        self._dropped = threading.Event()
        self._change = None
        self.save_button.setEnabled(False)
        published = self.date_field.text().strip()
        if published in {"", self._source.published}:
            self._job.cancel()
            self._show("Write another date, as 2024, 2024-06 or 2024-06-19, to see what would move with it.", None)
            return
        table, is_dropped = self._session.table, self._dropped.is_set
        look = partial(change_dateline, table, self._source.key, published, lambda: not is_dropped())
        self._job.start(look, in_background=len(table) > LARGE)

    def _take(self, change: DatelineChange) -> None:
        self._change = change
        self.save_button.setEnabled(True)
        kept = "; what is impossible would keep its date" if change.impossible else ""
        # Of few events it never comes near that.
        is_large = len(self._session.table) > LARGE
        limit = f" The file that is saved may have at most {LARGEST_BYTES // MEGABYTE} MB." if is_large else ""
        self._show(f"{move_words(change)}{kept}. Nothing is changed until you save.{limit}", change)

    def _tell(self, error: Exception) -> None:
        if not isinstance(error, TimelineError):
            raise error
        if not isinstance(error, Cancelled):
            self._show(str(error), None, Voice.WARNING)

    def _show(self, words: str, change: DatelineChange | None, voice: Voice = Voice.NOTE) -> None:
        self.note.set_voice(voice)
        self.note.setText(words)
        self.model.set_change(change)

    def _show_event(self, index: QModelIndex) -> None:
        if index.isValid():
            self._session.show_event(self.model.row_at(index.row()))

    def _agree(self) -> None:
        change = self._change
        if change is not None:
            self.accept()
            self.agreed.emit(change)
