"""The cells of who meets whom, in words and colours, for a table view."""

from __future__ import annotations

from math import sqrt

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont

from timeline_app.core.arrays import Int64Array
from timeline_app.core.filter import Filter
from timeline_app.core.meeting_matrix import MeetingMatrix, filter_of_meeting, filter_of_pair
from timeline_app.ui.look import Look
from timeline_app.ui.safe_widgets import shown_line, tooltip_markup
from timeline_app.ui.wrapped_text import fitted_lines

# So wide that “Government” stands in one line.
CELL_PX = (76, 30)
HEAD_MARGIN_PX = 2
MOST_HEAD_LINES = 3
# How much of the accent the fullest cell has; more would leave too little contrast for the figure in it.
FULLEST_SHARE = 0.42
NO_INDEX = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


class MeetingsModel(QAbstractTableModel):
    """A row and a column for each of the most frequent actors, and one for the others if any; the cells are exact."""

    def __init__(self, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._matrix: MeetingMatrix | None = None
        self._wanted = Filter()
        self._width_px = 0
        self.is_directed = False

    @property
    def matrix(self) -> MeetingMatrix | None:
        """What is shown, None until it is counted."""
        return self._matrix

    @property
    def counts(self) -> Int64Array | None:
        """The counts that are shown, shape (rows, columns)."""
        if self._matrix is None:
            return None
        return self._matrix.directed if self.is_directed else self._matrix.together

    def set_matrix(self, matrix: MeetingMatrix | None) -> None:
        """Show other counts, or none."""
        self.beginResetModel()
        self._matrix = matrix
        self.endResetModel()

    def set_directed(self, *, is_directed: bool) -> None:
        """Show who does something to whom, or who meets whom."""
        self.is_directed = is_directed
        self._tell_changed()

    def set_wanted(self, wanted: Filter) -> None:
        """Mark the cell that a filter asks for."""
        self._wanted = wanted
        self._tell_changed()

    def set_cell_width(self, width_px: int) -> None:
        """Lay the headings of columns out for cells of this width."""
        if width_px != self._width_px:
            self._width_px = width_px
            if self.columnCount():
                self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)

    def restyle(self) -> None:
        """Take over changed colours and fonts."""
        self._tell_changed()

    def filter_at(self, index: Index) -> Filter | None:
        """Return the filter that shows the events of a cell; None for the others, and where there are no events."""
        matrix, counts = self._matrix, self.counts
        last = len(matrix.names) if matrix is not None else 0
        if matrix is None or counts is None or not index.isValid() or last in {index.row(), index.column()}:
            return None
        if not counts[index.row(), index.column()]:
            return None
        make = filter_of_pair if self.is_directed else filter_of_meeting
        return make(self._wanted, matrix.names[index.row()], matrix.names[index.column()])

    def words_at(self, index: Index) -> str:
        """Say what a cell counts."""
        first, second = self._name(index.row()), self._name(index.column())
        count = self._count(index)
        events = f"{count:,} event{'' if count == 1 else 's'}"
        if self.is_directed:
            return f"{first} → {second}: {events}"
        if index.row() != index.column():
            return f"{first} and {second}: {events}"
        is_others = self._matrix is not None and index.row() == len(self._matrix.names)
        return f"Others with each other: {events}" if is_others else f"{first}: {events} in all"

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        if parent.isValid() or self._matrix is None or not self._matrix.names:
            return 0
        return len(self._matrix.names) + (self._matrix.others > 0)

    def columnCount(self, parent: Index = NO_INDEX) -> int:
        return self.rowCount(parent)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or self._matrix is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                count = self._count(index)
                return f"{count:,}" if count else ""
            case Qt.ItemDataRole.ToolTipRole:
                return tooltip_markup(self.words_at(index))
            case Qt.ItemDataRole.AccessibleTextRole:
                return shown_line(self.words_at(index))
            case Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignCenter
            case Qt.ItemDataRole.BackgroundRole:
                return self._ground(index)
            case Qt.ItemDataRole.ForegroundRole:
                return QColor(self._look.theme.ink if self._is_pair(index) else self._look.theme.muted)
            case Qt.ItemDataRole.FontRole:
                return self._font(index)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if self._matrix is None or not 0 <= section <= len(self._matrix.names):
            return None
        name = shown_line(self._name(section))
        if role == Qt.ItemDataRole.DisplayRole:
            return name if orientation is Qt.Orientation.Vertical else self._in_head(name)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return name
        if role == Qt.ItemDataRole.ToolTipRole:
            return tooltip_markup(self._name(section))
        if role == Qt.ItemDataRole.TextAlignmentRole and orientation is Qt.Orientation.Vertical:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def _in_head(self, name: str) -> str:
        width_px = self._width_px or self._look.px(CELL_PX[0])
        return fitted_lines(name, self._look.small(), width_px - 2 * HEAD_MARGIN_PX, MOST_HEAD_LINES)

    def _name(self, place: int) -> str:
        matrix = self._matrix
        if matrix is None:
            return ""
        return matrix.names[place] if place < len(matrix.names) else others_words(matrix.others)

    def _count(self, index: Index) -> int:
        counts = self.counts
        return int(counts[index.row(), index.column()]) if counts is not None else 0

    def _is_pair(self, index: Index) -> bool:
        """Tell whether a cell is of two actors by name, whose events can be asked for."""
        last = len(self._matrix.names) if self._matrix is not None else 0
        return last not in {index.row(), index.column()} and not self._is_whole(index)

    def _is_whole(self, index: Index) -> bool:
        """Tell whether a cell only says how many events an actor has."""
        last = len(self._matrix.names) if self._matrix is not None else 0
        return not self.is_directed and index.row() == index.column() != last

    def _font(self, index: Index) -> QFont:
        return self._look.body(bold=self.filter_at(index) == self._wanted)

    def _ground(self, index: Index) -> QColor | None:
        """Return the ground of a cell: the more events, the more of the accent, the square root of their share."""
        count, counts, matrix = self._count(index), self.counts, self._matrix
        if counts is None or matrix is None or not count or not self._is_pair(index):
            return None
        named = counts[:-1, :-1].copy()
        if not self.is_directed:
            named[range(len(named)), range(len(named))] = 0
        most = max(int(named.max(initial=0)), 1)
        share = FULLEST_SHARE * min(sqrt(count / most), 1.0)
        ground, accent = QColor(self._look.theme.field), QColor(self._look.theme.accent)
        mixed = [
            round(one + (other - one) * share)
            for one, other in zip(ground.getRgb()[:3], accent.getRgb()[:3], strict=True)  # type: ignore[index]
        ]
        return QColor(*mixed)

    def _tell_changed(self) -> None:
        if self.rowCount():
            last = self.rowCount() - 1
            self.dataChanged.emit(self.index(0, 0), self.index(last, last))


def others_words(count: int) -> str:
    """Say how many others there are."""
    return "1 other" if count == 1 else f"{count:,} others"
