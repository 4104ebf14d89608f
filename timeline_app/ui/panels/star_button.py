"""The star of the pane: pressed, the event that is shown there is starred."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from timeline_app.ui.look import Look
from timeline_app.ui.panels.small_button import SmallButton
from timeline_app.ui.star_shape import star_polygon

RADIUS_PX = 7.0


class StarButton(SmallButton):
    """An outline until it is pressed, then filled."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__("Star", look, parent)
        self.setCheckable(True)
        self.setAccessibleDescription("Marks this event for yourself")
        self.setToolTip("Star this event, for yourself  Ctrl+D")

    def draw_picture(self, painter: QPainter, colour: QColor) -> None:
        """Draw the star, in a colour of its own once it is pressed."""
        if self.isChecked():
            colour = QColor(self._look.theme.accent)
        pen = QPen(colour, 1.4 * self._look.text_scale)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(colour if self.isChecked() else Qt.BrushStyle.NoBrush)
        centre = QRectF(self.rect()).center() + QPointF(0, 0.5)
        painter.drawPolygon(star_polygon(centre, RADIUS_PX * self._look.text_scale))
