"""Draws the stars that the user gave, small and quiet at the corners of their events."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from timeline_app.core.notes import Notes
from timeline_app.scene.frame import Frame
from timeline_app.scene.starred import star_places
from timeline_app.ui.look import Look
from timeline_app.ui.star_shape import star_polygon

RADIUS_PX = 5.6
RIM_PX = 1.4


def draw_stars(painter: QPainter, frame: Frame, notes: Notes, look: Look) -> None:
    """Draw a star with a rim of the ground, so that it shows on a mark of any colour."""
    if not len(notes.starred):
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(QColor(look.theme.background), RIM_PX * look.text_scale)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(QColor(look.theme.accent))
    for x_px, y_px in star_places(frame, notes.starred).tolist():
        painter.drawPolygon(star_polygon(QPointF(x_px, y_px), RADIUS_PX * look.text_scale))
    painter.restore()
