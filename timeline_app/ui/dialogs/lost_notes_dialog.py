"""The notes on events that the open files have no more: each is read, given to another event, or dropped."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QAbstractItemView, QDialog, QHBoxLayout, QPushButton, QWidget

from timeline_app.core.kept_notes import KeptNote
from timeline_app.core.notes import note_line
from timeline_app.ui.dialogs.dressing import DialogLabel, Voice, dialog_column, open_at
from timeline_app.ui.dialogs.lines_view import Index, LinesModel, LinesView
from timeline_app.ui.look import Look
from timeline_app.ui.note_keeper import NoteKeeper
from timeline_app.ui.safe_widgets import shown_line, tooltip_markup
from timeline_app.ui.session import Session

SIZE_PX = (820, 420)
LEAST_WIDTH_PX = 560
COLUMNS_PX = (260, 110, 170)
COLUMNS = ("Event", "Date", "File", "Your note")


class LostNotesModel(LinesModel):
    """Notes with what their events were."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(COLUMNS, parent)
        self._lost: tuple[KeptNote, ...] = ()

    def set_lost(self, lost: tuple[KeptNote, ...]) -> None:
        """List these."""
        self.beginResetModel()
        self._lost = lost
        self.endResetModel()

    def note_at(self, index: Index) -> KeptNote:
        """Return the note of a line."""
        return self._lost[index.row()]

    def line_count(self) -> int:
        """Return how many there are."""
        return len(self._lost)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        if not index.isValid() or role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return None
        kept = self.note_at(index)
        text = (kept.event.title, kept.event.when, kept.event.file, note_line(kept.note))[index.column()]
        return shown_line(text) if role == Qt.ItemDataRole.DisplayRole else tooltip_markup(text)


class LostNotesDialog(QDialog):
    """Stays beside the window, so that the event to give a note to can be selected there."""

    def __init__(self, notes: NoteKeeper, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._notes = notes
        self._session = session
        self.model = LostNotesModel(self)
        self.view = LinesView(self.model, "Notes without an event", COLUMNS_PX, look)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.give_button = QPushButton("Give to the selected event")
        self.forget_button = QPushButton("Delete")
        self.close_button = QPushButton("Close")
        column = dialog_column(self, "Notes without an event", look, LEAST_WIDTH_PX)
        told = (
            "These notes were made on events that the open files do not have any more. They are kept until you decide."
        )
        column.addWidget(DialogLabel(told, look, Voice.NOTE))
        column.addWidget(self.view, 1)
        column.addLayout(self._foot())
        open_at(self, look, SIZE_PX)
        self.give_button.clicked.connect(self._give)
        self.forget_button.clicked.connect(self._forget)
        self.close_button.clicked.connect(self.close)
        notes.lost_changed.connect(self._follow_lost)
        session.selection_changed.connect(self._follow_selection)
        self.view.selectionModel().selectionChanged.connect(self._follow_selection)
        self._follow_lost()
        self.view.setFocus()

    def _give(self) -> None:
        self._notes.give_to_current(self.model.note_at(self.view.currentIndex()))

    def _forget(self) -> None:
        self._notes.forget(self.model.note_at(self.view.currentIndex()))

    def _follow_lost(self) -> None:
        self.model.set_lost(self._notes.lost)
        if self.model.line_count():
            self.view.selectRow(0)
        self._follow_selection()

    def _follow_selection(self) -> None:
        is_chosen = self.view.selectionModel().hasSelection()
        self.give_button.setEnabled(is_chosen and self._session.current is not None and self._session.can_note)
        self.forget_button.setEnabled(is_chosen)

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.give_button, self.forget_button):
            button.setAutoDefault(False)
            row.addWidget(button)
        row.addStretch(1)
        self.close_button.setDefault(True)
        row.addWidget(self.close_button)
        return row
