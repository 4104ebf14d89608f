"""The first rows of a table that is about to be exported, as a spreadsheet shows them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QAbstractItemView

from timeline_app.ui.dialogs.lines_view import Index, LinesModel, LinesView
from timeline_app.ui.look import Look
from timeline_app.ui.safe_widgets import shown_line, tooltip_markup

COLUMN_PX = 120


class RowsModel(LinesModel):
    """Rows of cells under the heads that the file has."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__((), parent)
        self._rows: Sequence[Sequence[str]] = ()

    def set_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """Show other rows, the first of which has the heads."""
        self.beginResetModel()
        self._columns = [shown_line(head) for head in rows[0]] if rows else ()
        self._rows = rows[1:]
        self.endResetModel()

    def line_count(self) -> int:
        """Return how many there are."""
        return len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return None
        row = self._rows[index.row()]
        text = row[index.column()] if index.column() < len(row) else ""
        return shown_line(text) if role == Qt.ItemDataRole.DisplayRole else tooltip_markup(text)


def rows_view(model: RowsModel, look: Look) -> LinesView:
    """Return a new view of rows, with lines between its cells as in a spreadsheet."""
    view = LinesView(model, "The first rows of the file", (), look)
    view.setShowGrid(True)
    view.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
    view.horizontalHeader().setDefaultSectionSize(look.px(COLUMN_PX))
    return view
