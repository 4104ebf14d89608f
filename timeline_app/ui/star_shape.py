"""Stars of five points: those that stand for a kind of event, and those that the user gave."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPolygonF

_INNER_SHARE = 0.48


def star_points(radius: float) -> list[tuple[float, float]]:
    """Return the corners of a star around the origin, one of its points up."""
    points = []
    for corner in range(10):
        reach = radius if corner % 2 == 0 else radius * _INNER_SHARE
        angle = math.pi * (corner / 5 - 0.5)
        points.append((reach * math.cos(angle), reach * math.sin(angle)))
    return points


def star_polygon(centre: QPointF, radius_px: float) -> QPolygonF:
    """Return a star around a centre."""
    return QPolygonF([centre + QPointF(x, y) for x, y in star_points(radius_px)])
