"""A list of events to choose one from, such as those of a count that zooming cannot take apart."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QDialog, QVBoxLayout, QWidget

from timeline_app.core.arrays import Int32Array
from timeline_app.core.short_dates import short_words
from timeline_app.core.table import EventTable
from timeline_app.ui.dialogs.dressing import open_at
from timeline_app.ui.dialogs.lines_view import Index, LinesModel, LinesView
from timeline_app.ui.look import Look
from timeline_app.ui.safe_widgets import PlainLabel, shown_line, tooltip_markup
from timeline_app.ui.session import Session

SIZE_PX = (680, 420)
COLUMNS_PX = (190, 270)
COLUMNS = ("When", "Title", "Actors")


class EventListModel(LinesModel):
    """Some rows of a table; the words of a row are made when they are shown."""

    def __init__(self, rows: Sequence[int] | Int32Array, table: EventTable, parent: QObject | None = None) -> None:
        super().__init__(COLUMNS, parent)
        self._rows = rows
        self._table = table

    def row_of(self, index: Index) -> int:
        """Return the row of the event table that stands in a line of the list."""
        return int(self._rows[index.row()])

    def line_count(self) -> int:
        """Return how many there are."""
        return len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        if not index.isValid() or role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return None
        text = self._text(self.row_of(index), index.column())
        return shown_line(text) if role == Qt.ItemDataRole.DisplayRole else tooltip_markup(text)

    def _text(self, row: int, column: int) -> str:
        event = self._table.event(row)
        if column == 0:
            return short_words(event.when)
        return event.title if column == 1 else ", ".join(self._table.actor_names(row))


class EventListDialog(QDialog):
    """Enter or a double click shows an event in the timeline and closes the list; `told` says which events they are."""

    def __init__(
        self,
        rows: Sequence[int] | Int32Array,
        session: Session,
        look: Look,
        parent: QWidget | None = None,
        *,
        told: str = "",
    ) -> None:
        super().__init__(parent)
        self._session = session
        self.setWindowTitle("Events")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        open_at(self, look, SIZE_PX)
        self.model = EventListModel(rows, session.table, self)
        self.view = LinesView(self.model, "Events", COLUMNS_PX, look)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        told = told or f"{len(rows):,} {'event' if len(rows) == 1 else 'events'}"
        heading = PlainLabel(f"{told}. Enter or a double click shows one in the timeline.")
        heading.setFont(look.small())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addWidget(heading)
        layout.addWidget(self.view, 1)
        # The rows are numbers of this table and of no other.
        session.table_changed.connect(self.reject)
        self.view.doubleClicked.connect(self.show_event_at)
        if len(rows):
            self.view.setCurrentIndex(self.model.index(0, 0))
        self.view.setFocus()

    def show_event_at(self, index: QModelIndex) -> None:
        """Show the event of a line in the timeline and close the list."""
        if index.isValid():
            row = self.model.row_of(index)
            self.accept()
            self._session.show_event(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.show_event_at(self.view.currentIndex())
        else:
            super().keyPressEvent(event)
