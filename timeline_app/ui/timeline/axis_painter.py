"""Draws the axis with its labels, and the date line under the pointer."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from timeline_app.scene.frame import Frame
from timeline_app.ui.look import Look
from timeline_app.ui.timeline.doubt_brush import faded

STRIP_PX = 3


def draw_axis(painter: QPainter, frame: Frame, look: Look) -> None:
    """Draw the axis at the top of a frame: greater units above, smaller below, the labels of guides between."""
    theme = look.theme
    height = frame.measures.axis_px
    painter.fillRect(QRectF(0, 0, frame.width_px, height), QColor(theme.background))
    painter.setPen(QPen(QColor(theme.rule), 1))
    painter.drawLine(QLineF(0, height - 0.5, frame.width_px, height - 0.5))
    painter.drawLines([QLineF(tick.x_px, height * 0.52, tick.x_px, height) for tick in frame.axis.minor])
    painter.drawLines([QLineF(t.x_px, height * 0.52, t.x_px, height) for t in frame.axis.major if t.is_major])
    bold, plain = look.small(bold=True), look.small()
    metrics = QFontMetricsF(bold)
    upper = height * 0.25 + metrics.ascent() / 2 - 1
    lower = height * 0.74 + metrics.ascent() / 2 - 1
    painter.setFont(bold)
    painter.setPen(QColor(theme.ink))
    taken: list[tuple[float, float]] = []
    major_line = upper if frame.axis.minor else lower
    for tick in frame.axis.major:
        left = max(tick.x_px, STRIP_PX) + 4
        taken.append((left, left + metrics.horizontalAdvance(tick.label)))
        painter.drawText(QPointF(left, major_line), tick.label)
    painter.setFont(plain)
    painter.setPen(QColor(theme.muted))
    for tick in frame.axis.minor:
        painter.drawText(QPointF(tick.x_px + 4, lower), tick.label)
    _draw_guide_labels(painter, frame, upper, taken)


def _draw_guide_labels(painter: QPainter, frame: Frame, baseline: float, taken: list[tuple[float, float]]) -> None:
    metrics = QFontMetricsF(painter.font())
    for guide in frame.guides:
        width = metrics.horizontalAdvance(guide.label)
        for left in (guide.x_px - width / 2, guide.x_px - width - 4, guide.x_px + 4):
            fits = left >= 0 and left + width <= frame.width_px
            if fits and all(left + width + 8 < begin or left - 8 > end for begin, end in taken):
                taken.append((left, left + width))
                painter.drawText(QPointF(left, baseline), guide.label)
                break


def draw_pointer(painter: QPainter, frame: Frame, look: Look, x_px: float, label: str) -> None:
    """Draw the date line across all lanes with its date on the axis."""
    theme = look.theme
    axis = frame.measures.axis_px
    painter.setPen(QPen(faded(QColor(theme.accent), 0.5), 1))
    painter.drawLine(QLineF(x_px, axis, x_px, frame.height_px))
    font = look.small(bold=True)
    metrics = QFontMetricsF(font)
    width = metrics.horizontalAdvance(label) + 14
    height = metrics.height() + 2
    left = min(max(x_px - width / 2, 0), frame.width_px - width)
    box = QRectF(left, axis - height - 1, width, height)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.accent))
    painter.drawRoundedRect(box, 3, 3)
    painter.restore()
    painter.setFont(font)
    painter.setPen(QColor(theme.background))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, label)
