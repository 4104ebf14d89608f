"""Lay widgets out in rows like words, as many in a row as fit."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from timeline_app.ui.guarded import guarded


class FlowLayout(QLayout):
    """Puts its widgets beside each other and begins a new row where one would not fit.

    With `keeps_last` the last one takes the one before it along to a new row.
    """

    def __init__(
        self, parent: QWidget | None = None, *, gap_px: int = 8, row_gap_px: int = 8, keeps_last: bool = False
    ) -> None:
        super().__init__(parent)
        self._keeps_last = keeps_last
        self._items: list[QLayoutItem] = []
        self._gap_px = gap_px
        self._row_gap_px = row_gap_px
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)
        self.invalidate()  # Else nothing is placed where the room stays as it was.

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        if not 0 <= index < len(self._items):
            return None
        item = self._items.pop(index)
        self.invalidate()
        return item

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    @guarded(0)
    def heightForWidth(self, width: int) -> int:
        margins = self.contentsMargins()
        inner = QRect(0, 0, width - margins.left() - margins.right(), 0)
        return self._arrange(inner, place=False) + margins.top() + margins.bottom()

    @guarded(None)
    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect.marginsRemoved(self.contentsMargins()), place=True)

    @guarded(QSize())
    def sizeHint(self) -> QSize:
        hints = [item.sizeHint() for item in self._items]
        width_px = sum(hint.width() for hint in hints) + self._gap_px * max(0, len(hints) - 1)
        return QSize(width_px, max((hint.height() for hint in hints), default=0)).grownBy(self.contentsMargins())

    @guarded(QSize())
    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size.grownBy(self.contentsMargins())

    def _arrange(self, area: QRect, *, place: bool) -> int:
        """Return the height that the rows take within the area's width, and move the widgets there if asked."""
        top_px = area.top()
        for number, row in enumerate(self._rows(area.width())):
            top_px += self._row_gap_px if number else 0
            height_px = max(size.height() for _, size in row)
            left_px = area.left()
            for item, size in row if place else ():
                # Words stand in the middle of the chips that they follow.
                item.setGeometry(QRect(QPoint(left_px, top_px + (height_px - size.height()) // 2), size))
                left_px += size.width() + self._gap_px
            top_px += height_px
        return top_px - area.top()

    def _rows(self, room_px: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        """Return the items with their sizes in rows."""
        rows: list[list[tuple[QLayoutItem, QSize]]] = []
        free_px = -1
        for item in self._items:
            size = self._size(item, room_px)
            if not rows or size.width() > free_px:
                rows.append([])
                free_px = room_px
            rows[-1].append((item, size))
            free_px -= size.width() + self._gap_px
        if self._keeps_last and len(rows) > 1 and len(rows[-1]) == 1 and len(rows[-2]) > 1:
            before, last = rows[-2][-1], rows[-1][0]
            if before[1].width() + self._gap_px + last[1].width() <= room_px:
                rows[-2:] = [rows[-2][:-1], [before, last]]
        return rows

    def _size(self, item: QLayoutItem, room_px: int) -> QSize:
        size = item.sizeHint()
        width_px = min(size.width(), room_px)
        return QSize(width_px, item.heightForWidth(width_px) if item.hasHeightForWidth() else size.height())
