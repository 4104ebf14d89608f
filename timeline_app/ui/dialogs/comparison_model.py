"""What differs between two states of a timeline as lines of a table, a line for each field that says something else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor

from timeline_app.core.arrays import Int64Array
from timeline_app.core.differences import Differences, FieldChange
from timeline_app.core.event import Event
from timeline_app.core.short_dates import short_words
from timeline_app.scene.compared import Change
from timeline_app.ui.dialogs.lines_view import Index, LinesModel
from timeline_app.ui.safe_widgets import shown_line, tooltip_markup

COLUMNS = ("Change", "When", "Event", "Field", "Was", "Is now")
WORDS = ("+ added", "~ changed", "− withdrawn")


@dataclass(frozen=True, slots=True)
class ComparedLine:
    """One line: an event with its row in the table that it is of, and for a changed one what one field says now."""

    change: Change
    event: Event
    row: int
    field: FieldChange | None = None


class ComparisonModel(LinesModel):
    """Added events first, then each changed field, then withdrawn events; a line is made when it is shown."""

    def __init__(self, colour_of: Callable[[Change], QColor], parent: QObject | None = None) -> None:
        super().__init__(COLUMNS, parent)
        self._colour_of = colour_of
        self._found = Differences((), (), (), 0)
        self._ends = _ends(self._found)

    def set_found(self, found: Differences) -> None:
        """Show other differences."""
        self.beginResetModel()
        self._found = found
        self._ends = _ends(found)
        self.endResetModel()

    def line_count(self) -> int:
        """Return how many there are."""
        return len(self._found.added) + int(self._ends[-1]) + len(self._found.withdrawn)

    def line_at(self, number: int) -> ComparedLine:
        """Return a line by its number."""
        found, added = self._found, len(self._found.added)
        if number < added:
            one = found.added[number]
            return ComparedLine(Change.ADDED, one.event, one.row)
        number -= added
        if number < self._ends[-1]:
            place = int(np.searchsorted(self._ends, number, side="right")) - 1
            changed = found.changed[place]
            field = changed.changes[number - int(self._ends[place])]
            return ComparedLine(Change.CHANGED, changed.event, changed.row, field)
        gone = found.withdrawn[number - int(self._ends[-1])]
        return ComparedLine(Change.WITHDRAWN, gone.event, gone.row)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        line = self.line_at(index.row())
        if role == Qt.ItemDataRole.DisplayRole:
            return shown_line(_cell(line, index.column()))
        if role == Qt.ItemDataRole.ToolTipRole:
            return tooltip_markup(_cell(line, index.column()))
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == 0:
            return self._colour_of(line.change)
        return None


def _ends(found: Differences) -> Int64Array:
    """Return how many fields all changed events up to each say differently, 0 before the first."""
    return np.cumsum([0, *(len(one.changes) for one in found.changed)], dtype=np.int64)


def _cell(line: ComparedLine, column: int) -> str:
    field = line.field
    cells = (
        WORDS[line.change],
        short_words(line.event.when),
        line.event.title,
        field.field if field else "",
        "; ".join(field.before) if field else "",
        "; ".join(field.after) if field else "",
    )
    return cells[column]
