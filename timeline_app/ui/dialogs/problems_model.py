"""The problems of the open files as a table."""

from __future__ import annotations

from pathlib import PurePath

from PySide6.QtCore import QObject, Qt

from timeline_app.core.dataset import Level, Problem
from timeline_app.core.safe_text import safe_text
from timeline_app.ui.dialogs.lines_view import Index, LinesModel
from timeline_app.ui.safe_widgets import shown_line, tooltip_markup

COLUMNS = ("Level", "File", "Line", "Column", "Message")
FILE_COLUMN, NUMBER_COLUMNS = 1, (2, 3)


class ProblemsModel(LinesModel):
    """Problems in the order of the files, all or those of one level."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(COLUMNS, parent)
        self._all: tuple[Problem, ...] = ()
        self._level: Level | None = None
        self._shown: tuple[Problem, ...] = ()

    @property
    def shown(self) -> tuple[Problem, ...]:
        """The problems of the chosen level."""
        return self._shown

    def set_problems(self, problems: tuple[Problem, ...]) -> None:
        """Show other problems."""
        self._show(problems, self._level)

    def set_level(self, level: Level | None) -> None:
        """Show the problems of one level only, or of every level for None."""
        self._show(self._all, level)

    def line_count(self) -> int:
        """Return how many there are."""
        return len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        problem = self._shown[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return _cell(problem, index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return tooltip_markup(problem.file if index.column() == FILE_COLUMN else problem.message)
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() in NUMBER_COLUMNS:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def _show(self, problems: tuple[Problem, ...], level: Level | None) -> None:
        self.beginResetModel()
        self._all, self._level = problems, level
        self._shown = tuple(problem for problem in problems if level in {None, problem.level})
        self.endResetModel()


def problems_text(problems: tuple[Problem, ...]) -> str:
    """Write problems as text, one a line, as the command line does."""
    return "\n".join(safe_text(str(problem)) for problem in problems)


def _cell(problem: Problem, column: int) -> str:
    numbers = (problem.line, problem.column)
    if column in NUMBER_COLUMNS:
        number = numbers[column - NUMBER_COLUMNS[0]]
        return str(number) if number else ""
    text = {0: problem.level.value, FILE_COLUMN: PurePath(problem.file).name}.get(column, problem.message)
    return shown_line(text)
