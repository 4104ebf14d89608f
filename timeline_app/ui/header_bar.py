"""The bar at the head of the window: the timeline's title, the filter in force, and the search."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QSpacerItem, QWidget

SIDE_PX, ABOVE_PX = 16, 8
GAP_PX = 16
TITLE_SHARE = 0.4


class HeaderBar(QWidget):
    """Gives the filter the room between title and search, so that nothing below moves when there is one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title: QLabel | None = None

    def place(self, title: QLabel, chips: QWidget, search: QWidget) -> None:
        """Put the widgets in their places; without chips the room between the others stays free."""
        row = QHBoxLayout(self)
        row.setContentsMargins(SIDE_PX, ABOVE_PX, SIDE_PX, ABOVE_PX)
        row.setSpacing(GAP_PX)
        title.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        search.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        row.addWidget(title)
        row.addWidget(chips, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addItem(QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum))
        row.addWidget(search)
        self._title = title
        self._fit_title()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit_title()
        super().resizeEvent(event)

    def _fit_title(self) -> None:
        """Keep a long title from taking all the room."""
        if self._title is not None:
            self._title.setMaximumWidth(round(self.width() * TITLE_SHARE))
