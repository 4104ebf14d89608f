"""A table in a dialog whose lines are there to be read and chosen."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from timeline_app.ui.look import Look

LINE_PX = 26
NO_INDEX = QModelIndex()

Index = QModelIndex | QPersistentModelIndex


class LinesView(QTableView):
    """Chooses whole lines; its columns are as wide as told at the usual text size, the last takes what is left."""

    def __init__(self, model: QAbstractTableModel, name: str, columns_px: Sequence[int], look: Look) -> None:
        super().__init__()
        self._columns_px = columns_px
        self._look = look
        self.setModel(model)
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        look.changed.connect(self._restyle)
        self._restyle()

    def show_columns(self, count: int) -> None:
        """Show only the first columns, the last of which takes what room the others leave."""
        for column in range(self.model().columnCount()):
            self.setColumnHidden(column, column >= count)
        self._restyle()

    def _restyle(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self._look.px(LINE_PX))
        for column, width_px in enumerate(self._columns_px):
            self.setColumnWidth(column, self._look.px(width_px))


class LinesModel(QAbstractTableModel):
    """Lines under headings, for a LinesView; whoever makes one of it says how many lines there are, and their cells."""

    def __init__(self, columns: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns: Sequence[str] = columns

    @abstractmethod
    def line_count(self) -> int:
        """Return how many lines there are."""

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else self.line_count()

    def columnCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        if role != Qt.ItemDataRole.DisplayRole or orientation is not Qt.Orientation.Horizontal:
            return None
        return self._columns[section] if 0 <= section < len(self._columns) else None
