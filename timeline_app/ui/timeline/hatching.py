"""Hatching as lines, for vectors: what Qt writes of its own patterns into a PDF is so fine that it is seen as full."""

from __future__ import annotations

import math

from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

STEP_PX = 8.0
LINE_PX = 1.0


def draw_hatching(painter: QPainter, boxes: list[QRectF], colour: QColor, step_px: float = STEP_PX) -> None:
    """Draw lines that rise to the right in some boxes, in one grid, so that those side by side go on in each other."""
    painter.setPen(QPen(colour, LINE_PX))
    painter.drawLines([line for box in boxes for line in hatch_lines(box, step_px)])


def hatch_lines(box: QRectF, step_px: float) -> list[QLineF]:
    """Return the lines of one box, each from edge to edge of it."""
    first = math.floor((box.left() + box.top()) / step_px) + 1
    beyond = math.ceil((box.right() + box.bottom()) / step_px)
    lines = []
    for number in range(first, beyond):
        across = number * step_px  # of a point on the line, x and y together
        left, right = max(box.left(), across - box.bottom()), min(box.right(), across - box.top())
        if right > left:
            lines.append(QLineF(left, across - left, right, across - right))
    return lines


def stripes_within(path: QPainterPath, step_px: float) -> QPainterPath:
    """Return the stripes that hatch a shape, as shapes themselves, which need no clipping."""
    box, half = path.boundingRect(), LINE_PX / 2
    stripes = QPainterPath()
    for line in hatch_lines(box, step_px):
        aside = QPointF(half, half) / math.sqrt(2)
        corners = [line.p1() - aside, line.p2() - aside, line.p2() + aside, line.p1() + aside]
        stripes.addPolygon(QPolygonF([*corners, corners[0]]))
    return path.intersected(stripes)
