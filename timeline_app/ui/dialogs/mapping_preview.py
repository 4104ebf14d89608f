"""The first records of a table as the events that a mapping makes of them, with what is wrong beside each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor

from timeline_app.core.dataset import Dataset, Level, Problem
from timeline_app.core.event import Event
from timeline_app.core.short_dates import short_words
from timeline_app.ui.dialogs.lines_view import Index, LinesModel
from timeline_app.ui.look import Look
from timeline_app.ui.safe_widgets import shown_line, tooltip_markup

COLUMNS = ("Line", "Date", "Title", "Actors", "Place", "Problem")
REASON_COLUMN = 1
PROBLEM_COLUMN = COLUMNS.index("Problem")


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """One record: its cells as they are shown, and whether it is left out."""

    cells: tuple[str, ...]
    is_left_out: bool = False


class PreviewModel(LinesModel):
    """The records in the order of the file; one that is left out has its reason alone, in REASON_COLUMN."""

    def __init__(self, look: Look, parent: QObject | None = None) -> None:
        super().__init__(COLUMNS, parent)
        self._look = look
        self._lines: tuple[PreviewLine, ...] = ()

    @property
    def lines(self) -> tuple[PreviewLine, ...]:
        """What is shown."""
        return self._lines

    def set_dataset(self, dataset: Dataset | None) -> None:
        """Show other records, none for None."""
        self.beginResetModel()
        self._lines = tuple(preview_lines(dataset)) if dataset is not None else ()
        self.endResetModel()

    def line_count(self) -> int:
        """Return how many there are."""
        return len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        text = line.cells[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return shown_line(text)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tooltip_markup(text)
        if role == Qt.ItemDataRole.ForegroundRole and line.is_left_out:
            return QColor(self._look.theme.warning)
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == PROBLEM_COLUMN:
            return QColor(self._look.theme.muted)
        return None


def preview_lines(dataset: Dataset) -> Iterator[PreviewLine]:
    """Give each record of a dataset, in the order of the file."""
    told: dict[tuple[int, int], list[Problem]] = {}
    for problem in dataset.problems:
        if problem.record or problem.line:
            told.setdefault((problem.record, problem.line), []).append(problem)
    events = {(event.origin.record, event.origin.line): event for event in dataset.events}
    for place in sorted(events.keys() | told.keys()):
        event, problems = events.get(place), told.get(place, [])
        words = "; ".join(problem.message for problem in problems)
        if event is not None:
            yield PreviewLine((_line_words(place), *_event_cells(event), words))
        elif any(problem.level is Level.ERROR for problem in problems):
            yield PreviewLine((_line_words(place), words, "", "", "", ""), is_left_out=True)


def _line_words(place: tuple[int, int]) -> str:
    record, line = place
    return str(line or record)


def _event_cells(event: Event) -> tuple[str, str, str, str]:
    return short_words(event.when), event.title, ", ".join(actor.name for actor in event.actors), event.place
