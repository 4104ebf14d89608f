"""The passing events as rows of a table: numbers are kept, words are made only for what is looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import tzinfo
from functools import partial

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from timeline_app.core.arrays import Int32Array, are_among
from timeline_app.core.claim_figures import claim_summaries
from timeline_app.core.errors import ReadError
from timeline_app.core.event import Event
from timeline_app.core.lanes import NO_ROWS
from timeline_app.core.notes import Notes
from timeline_app.core.safe_text import safe_text
from timeline_app.core.table import LARGE, EventTable
from timeline_app.ui.jobs import NewestJob
from timeline_app.ui.panels.event_columns import COLUMNS, NOTE_COLUMN, TITLE_COLUMN, Reading, Sorting
from timeline_app.ui.safe_widgets import tooltip_markup
from timeline_app.ui.wrapped_text import shortened

Index = QModelIndex | QPersistentModelIndex

MOST_READ = 200_000  # events that are read from a file for the sake of their order


class EventTableModel(QAbstractTableModel):
    """Rows in time order or sorted by a column; among equals the order of time stays, and blanks come last.

    Many rows are sorted in the background, and stand in their old order until then. `refused` says why rows cannot be
    sorted as asked; they then stay as they are.
    """

    refused = Signal(str)

    def __init__(self, table: EventTable, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reading = Reading(table)
        self._passing: Int32Array = np.zeros(0, np.int32)
        self._rows = self._arranged = self._passing
        self._read: tuple[int, Event] | None = None
        self._sorting = Sorting()
        self._job = NewestJob(self)
        self._job.finished.connect(self._take_order)
        self._job.failed.connect(self._take_failure)

    @property
    def sorting(self) -> tuple[int, Qt.SortOrder]:
        """The column that the rows are sorted by, and which way."""
        return self._sorting.column, self._sorting.order

    def set_rows(self, table: EventTable, rows: Int32Array, possible: Int32Array = NO_ROWS) -> None:
        """Show these rows, in time order, of a table; `possible` are those that pass the filter only possibly."""
        self._job.cancel()
        is_other_table = table is not self._reading.table
        self._reading = replace(self._reading, table=table, possible=possible)
        self._read = None
        self._passing = rows.astype(np.int32, copy=False)
        if not self._can_sort(self._sorting):
            asked, self._sorting = self._sorting, Sorting()
            self._refuse(asked)
        if is_other_table and self._takes_long():
            # In time order until they are sorted: the rows of another table mean nothing here.
            self._reset(self._passing)
        self._start_sorting()

    def set_zone(self, zone: tzinfo | None) -> None:
        """Tell instants with a zone in this one, or for None in their own."""
        self._reading = replace(self._reading, zone=zone)
        if len(self._rows):
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, 0))

    def set_notes(self, notes: Notes) -> None:
        """Tell what the user keeps of the events; rows that are sorted by it stay where they are."""
        self._reading = replace(self._reading, notes=notes)
        self._read = None
        if len(self._rows):
            self.dataChanged.emit(self.index(0, NOTE_COLUMN), self.index(len(self._rows) - 1, NOTE_COLUMN))

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; a negative one means the order of time."""
        wanted = Sorting(max(column, 0), order)
        if wanted == self._sorting:
            return
        if not self._can_sort(wanted):
            self._refuse(wanted)
            return
        self._sorting = wanted
        self._start_sorting()

    def event_row(self, place: int) -> int:
        """Return the row in the event table of what stands at a place here."""
        return int(self._rows[place])

    def event_rows(self, first: int, last: int) -> tuple[int, ...]:
        """Return the rows in the event table of a stretch of places, both ends included."""
        return tuple(self._rows[first : last + 1].tolist())

    def places_of(self, rows: Sequence[int]) -> tuple[int, ...]:
        """Return where those of the rows that are shown stand here, in the given order."""
        if not rows:
            return ()
        if len(rows) == 1:
            return tuple(np.flatnonzero(self._rows == rows[0]).tolist())
        places = np.flatnonzero(np.isin(self._rows, np.array(rows, np.int32)))
        place_by_row = dict(zip(self._rows[places].tolist(), places.tolist(), strict=True))
        return tuple(place_by_row[row] for row in rows if row in place_by_row)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(index, is_short=True)
        if role == Qt.ItemDataRole.ToolTipRole:
            told = (self._words(index), *self._claims(index))
            return tooltip_markup("\n".join(told), most_lines=len(told))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{COLUMNS[index.column()].title}: {self._words(index) or 'none'}"
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.TextAlignmentRole and orientation is Qt.Orientation.Horizontal:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return COLUMNS[section].title if orientation is Qt.Orientation.Horizontal else section + 1

    def _words(self, index: Index, *, is_short: bool = False) -> str:
        column, row = COLUMNS[index.column()], self.event_row(index.row())
        if column.words_of_row is not None:
            return column.words_of_row(row, self._reading)
        try:
            event = self._event(row)
        except ReadError:
            return "cannot be read any more" if index.column() == TITLE_COLUMN else ""
        words_of = column.short if is_short and column.short is not None else column.words
        return safe_text(shortened(words_of(event, self._reading)))

    def _claims(self, index: Index) -> tuple[str, ...]:
        """Sum up what is claimed differently, beside the title."""
        row = self.event_row(index.row())
        if index.column() != TITLE_COLUMN or not are_among(np.array([row], np.int32), self._reading.table.disputed)[0]:
            return ()
        try:
            return claim_summaries(self._event(row).claims)
        except ReadError:
            return ()  # the cell says so

    def _event(self, row: int) -> Event:
        """Return an event, which is read once for all its columns."""
        if self._read is None or self._read[0] != row:
            self._read = row, self._reading.event(row)
        return self._read[1]

    def _can_sort(self, wanted: Sorting) -> bool:
        return len(self._passing) <= MOST_READ or not wanted.reads_records(self._reading.table)

    def _refuse(self, wanted: Sorting) -> None:
        title = COLUMNS[wanted.column].title.lower()
        self.refused.emit(f"More than {MOST_READ:,} events cannot be sorted by {title}; a filter leaves fewer")

    def _takes_long(self) -> bool:
        return len(self._passing) > LARGE and not self._sorting.is_by_time

    def _start_sorting(self) -> None:
        """Sort what passes, instead of what was to be sorted before; the order comes by `_take_order`."""
        work = partial(self._sorting.sorted, self._reading, self._passing)
        self._job.start(work, in_background=self._takes_long())

    def _take_order(self, rows: Int32Array) -> None:
        if self._arranged is self._passing:
            self._rearrange(rows)
        else:
            self._reset(rows)

    def _take_failure(self, error: Exception) -> None:
        """Leave the rows in the order of time where events cannot be read any more that they were to be sorted by."""
        if not isinstance(error, ReadError):
            raise error
        self._sorting = Sorting()
        self._take_order(self._passing)
        self.refused.emit(str(error))

    def _reset(self, rows: Int32Array) -> None:
        self.beginResetModel()
        self._rows, self._arranged = rows, self._passing
        self.endResetModel()

    def _rearrange(self, rows: Int32Array) -> None:
        """Put the same rows in another order; who points to one of them still does."""
        self.layoutAboutToBeChanged.emit()
        kept = self.persistentIndexList()
        events = [int(self._rows[index.row()]) for index in kept]
        self._rows = rows
        places = dict(zip(events, self.places_of(events), strict=True)) if events else {}
        moved = [self.index(places[event], index.column()) for event, index in zip(events, kept, strict=True)]
        self.changePersistentIndexList(kept, moved)
        self.layoutChanged.emit()
