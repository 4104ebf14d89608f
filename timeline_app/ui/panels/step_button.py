"""The small arrows that step from one event to the next."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from timeline_app.ui.look import Look
from timeline_app.ui.panels.small_button import SmallButton

REACH_PX = 4.0


class StepButton(SmallButton):
    """An arrow to the previous or the next event of the same actor."""

    def __init__(self, look: Look, parent: QWidget | None = None, *, forward: bool) -> None:
        name = "Next event of the same actor" if forward else "Previous event of the same actor"
        super().__init__(name, look, parent)
        self._forward = forward
        self.setToolTip("Next event of the same actor  ." if forward else "Previous event of the same actor  ,")

    def draw_picture(self, painter: QPainter, colour: QColor) -> None:
        """Draw the arrow."""
        scale = self._look.text_scale
        reach_px = REACH_PX if self._forward else -REACH_PX
        centre = QRectF(self.rect()).center()
        corners = [(-reach_px / 2, -REACH_PX), (reach_px / 2, 0.0), (-reach_px / 2, REACH_PX)]
        pen = QPen(colour, 1.6 * scale)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.drawPolyline(QPolygonF([centre + QPointF(x, y) * scale for x, y in corners]))
