"""The columns of a table as they stand in the file: name, what they hold, the first values."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt

from timeline_app.readers.proposal import ColumnSample
from timeline_app.ui.dialogs.lines_view import Index, LinesModel
from timeline_app.ui.safe_widgets import shown_line, tooltip_markup

HEADINGS = ("Column", "Holds", "First values")


class ColumnsModel(LinesModel):
    """One line a column, in the order of the table."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(HEADINGS, parent)
        self._samples: tuple[ColumnSample, ...] = ()

    def set_columns(self, samples: tuple[ColumnSample, ...]) -> None:
        """Show other columns."""
        self.beginResetModel()
        self._samples = samples
        self.endResetModel()

    def line_count(self) -> int:
        """Return how many there are."""
        return len(self._samples)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        if not index.isValid() or role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return None
        sample = self._samples[index.row()]
        text = (sample.name, str(sample.kind), " · ".join(sample.values))[index.column()]
        return shown_line(text) if role == Qt.ItemDataRole.DisplayRole else tooltip_markup(text)
