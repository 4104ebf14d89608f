"""The outlines of the marks as painter paths."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath, QPolygonF

from timeline_app.scene.marks import Shape


def mark_path(shape: Shape, size_px: float) -> QPainterPath:
    """Return the outline of a mark around the origin; all shapes of one size look equally heavy."""
    path = QPainterPath()
    half = size_px / 2
    if shape is Shape.CIRCLE:
        path.addEllipse(QRectF(-half, -half, size_px, size_px))
    elif shape is Shape.SQUARE:
        side = size_px * 0.86
        path.addRect(QRectF(-side / 2, -side / 2, side, side))
    elif shape is Shape.DIAMOND:
        path.addPolygon(_closed([(0, -half * 1.2), (half * 1.2, 0), (0, half * 1.2), (-half * 1.2, 0)]))
    elif shape is Shape.TRIANGLE:
        path.addPolygon(_closed([(0, -half * 1.15), (half * 1.15, half * 0.95), (-half * 1.15, half * 0.95)]))
    else:
        path.addPolygon(_closed(_star(half * 1.3)))
    return path


def _star(radius: float) -> list[tuple[float, float]]:
    points = []
    for corner in range(10):
        reach = radius if corner % 2 == 0 else radius * 0.48
        angle = math.pi * (corner / 5 - 0.5)
        points.append((reach * math.cos(angle), reach * math.sin(angle)))
    return points


def _closed(points: list[tuple[float, float]]) -> QPolygonF:
    return QPolygonF([QPointF(x, y) for x, y in [*points, points[0]]])
