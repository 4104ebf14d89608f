"""What differs between two states of a timeline as lines of a table, a line for each field that says something else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor

from timeline_app.core.arrays import Int64Array
from timeline_app.core.differences import ChangedEvent, Differences, FieldChange, StatedEvent
from timeline_app.core.errors import ReadError
from timeline_app.core.short_dates import short_words
from timeline_app.scene.compared import Change
from timeline_app.ui.dialogs.lines_view import Index, LinesModel
from timeline_app.ui.safe_widgets import shown_line, tooltip_markup
from timeline_app.writers.differences import change_words, value_words

COLUMNS = ("Change", "When", "Event", "Field", "Was", "Is now")
_WHEN, _TITLE, _FIELD = 1, 2, 3
# Only a changed event has more to say than this.
COLUMNS_WITHOUT_CHANGES = _FIELD
WORDS = ("+ added", "~ changed", "− withdrawn")


@dataclass(frozen=True, slots=True)
class ComparedLine:
    """One line: an event, which is read when it is looked at, and of a changed one what one field says now."""

    change: Change
    stated: StatedEvent
    field: FieldChange | None = None


class ComparisonModel(LinesModel):
    """Added events first, then each changed field, then withdrawn events; a line is made when it is shown."""

    def __init__(self, colour_of: Callable[[Change], QColor], parent: QObject | None = None) -> None:
        super().__init__(COLUMNS, parent)
        self._colour_of = colour_of
        self._found: Differences | None = None
        self._ends = _ends(())

    def set_found(self, found: Differences) -> None:
        """Show other differences."""
        self.beginResetModel()
        self._found = found
        self._ends = _ends(found.changed)
        self.endResetModel()

    def line_count(self) -> int:
        """Return how many there are."""
        found = self._found
        return 0 if found is None else len(found.added) + int(self._ends[-1]) + len(found.withdrawn)

    def line_at(self, number: int) -> ComparedLine:
        """Return a line by its number; raises IndexError where there is none."""
        found = self._found
        if found is None:
            raise IndexError(number)
        if number < len(found.added):
            return ComparedLine(Change.ADDED, found.added[number])
        number -= len(found.added)
        if number < self._ends[-1]:
            place = int(np.searchsorted(self._ends, number, side="right")) - 1
            changed = found.changed[place]
            return ComparedLine(Change.CHANGED, changed, changed.changes[number - int(self._ends[place])])
        return ComparedLine(Change.WITHDRAWN, found.withdrawn[number - int(self._ends[-1])])

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        line = self.line_at(index.row())
        if role == Qt.ItemDataRole.DisplayRole:
            return shown_line(_cell(line, index.column()))
        if role == Qt.ItemDataRole.ToolTipRole:
            return tooltip_markup(_cell(line, index.column(), whole=True))
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == 0:
            return self._colour_of(line.change)
        return None


def _ends(changed: Sequence[ChangedEvent]) -> Int64Array:
    """Return how many fields all changed events up to each say differently, 0 before the first."""
    return np.cumsum([0, *(len(one.changes) for one in changed)], dtype=np.int64)


def _cell(line: ComparedLine, column: int, *, whole: bool = False) -> str:
    """Return what stands in a column, of long texts that changed in a few words only those unless `whole` is asked."""
    if column in {_WHEN, _TITLE}:
        try:
            event = line.stated.event
        except ReadError:
            return "cannot be read any more" if column == _TITLE else ""
        return short_words(event.when) if column == _WHEN else event.title
    field = line.field
    if column == 0:
        return WORDS[line.change]
    if field is None:
        return ""
    if column == _FIELD:
        return field.field
    told = tuple(tuple(map(value_words, one)) for one in (field.before, field.after)) if whole else change_words(field)
    return "; ".join(told[column - _FIELD - 1])
