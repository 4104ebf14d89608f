"""The cross that takes something away: a part of the filter, a bar above the timeline."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

_REACH_PX = 3.2
_WIDTH_PX = 1.3


def draw_cross(painter: QPainter, centre: QPointF, colour: QColor, text_scale: float) -> None:
    """Draw a small cross around a centre, which grows with the text."""
    reach_px = _REACH_PX * text_scale
    pen = QPen(colour, _WIDTH_PX * text_scale)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.drawLine(centre + QPointF(-reach_px, -reach_px), centre + QPointF(reach_px, reach_px))
    painter.drawLine(centre + QPointF(-reach_px, reach_px), centre + QPointF(reach_px, -reach_px))
