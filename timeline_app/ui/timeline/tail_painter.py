"""Draws the lags from events to their first reports: a thin line below each mark, with a stroke at the report."""

from __future__ import annotations

from PySide6.QtCore import QLineF
from PySide6.QtGui import QColor, QPainter, QPen

from timeline_app.core.palette import Theme
from timeline_app.scene.frame import Frame

STROKE_PX = 4.0


def draw_tails(painter: QPainter, frame: Frame, theme: Theme) -> None:
    """Draw all tails of a frame in one call of Qt, so that they cost little however many there are."""
    if not len(frame.tails):
        return
    lines = []
    tails = frame.tails
    for y, begin, end in zip(tails.y_px.round().tolist(), tails.from_px.tolist(), tails.to_px.tolist(), strict=True):
        lines.append(QLineF(begin, y + 0.5, end, y + 0.5))
        lines.append(QLineF(round(end) + 0.5, y + 0.5, round(end) + 0.5, y + 0.5 - STROKE_PX))
    painter.setPen(QPen(QColor(theme.muted), 1))
    painter.drawLines(lines)
