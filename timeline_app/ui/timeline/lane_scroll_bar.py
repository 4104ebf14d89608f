"""The scroll bar beside the lanes: it covers what is below it, so that it need not be painted with every frame."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QScrollBar, QWidget

from timeline_app.ui.look import Look


class LaneScrollBar(QScrollBar):
    """An upright scroll bar on the ground of the timeline."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._look = look

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._stay_opaque()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._stay_opaque()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(self._look.theme.background))
        super().paintEvent(event)

    def _stay_opaque(self) -> None:
        """Say again what a style sheet takes back from every scroll bar."""
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
