"""The marks: their outlines as painter paths, and how each kind of doubt about a date fills them."""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen, QPolygonF

from timeline_app.core.marks import Shape
from timeline_app.scene.rows import MARK_PX
from timeline_app.ui.star_shape import star_points
from timeline_app.ui.timeline.doubt_brush import faded
from timeline_app.ui.timeline.hatching import stripes_within

HALO_PX = MARK_PX + 7
OUTLINE_PX = 1.6
ARROW_PEN_PX = 1.5
ARROW_REACH_PX = 5
VECTOR_HATCH_PX = 4.0


class MarkStyle(IntEnum):
    """How a mark tells of doubt; the greater one is drawn where several are true."""

    PLAIN = 0
    APPROXIMATE = 1
    UNCERTAIN = 2
    POSSIBLE = 3


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
        path.addPolygon(_closed(star_points(half * 1.3)))
    return path


def mark_side_px(shape: Shape, style: MarkStyle) -> float:
    """Return the side of the square around the origin that a mark fits in."""
    size_px = {MarkStyle.PLAIN: MARK_PX - 1, MarkStyle.APPROXIMATE: HALO_PX}.get(style, MARK_PX - 2)
    box = mark_path(shape, size_px).boundingRect()
    pen_px = 0.0 if style in {MarkStyle.PLAIN, MarkStyle.APPROXIMATE} else OUTLINE_PX
    return 2 * (max(-box.left(), box.right(), -box.top(), box.bottom()) + pen_px)


def draw_mark(
    painter: QPainter, shape: Shape, colour: QColor, style: MarkStyle, ground: QColor, *, as_vectors: bool = False
) -> None:
    """Draw a mark: full; with a halo where its date is approximate; hollow where uncertain; hatched where possible."""
    if style in {MarkStyle.PLAIN, MarkStyle.APPROXIMATE}:
        painter.setPen(Qt.PenStyle.NoPen)
        if style is MarkStyle.APPROXIMATE:
            painter.setBrush(faded(colour, 0.25))
            painter.drawPath(mark_path(shape, HALO_PX))
        painter.setBrush(colour)
        painter.drawPath(mark_path(shape, MARK_PX - (1 if style is MarkStyle.PLAIN else 3)))
        return
    path = mark_path(shape, MARK_PX - 2)
    painter.setPen(QPen(colour, OUTLINE_PX))
    painter.setBrush(ground)
    painter.drawPath(path)
    if style is MarkStyle.POSSIBLE and as_vectors:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawPath(stripes_within(path, VECTOR_HATCH_PX))
    elif style is MarkStyle.POSSIBLE:
        painter.setBrush(QBrush(colour, Qt.BrushStyle.BDiagPattern))
        painter.drawPath(path)


def draw_arrow(painter: QPainter, colour: QColor, *, is_end: bool) -> None:
    """Draw the arrow of an open end, its tip pointing right for an end, left for a start, around the origin."""
    tip = ARROW_REACH_PX / 2 if is_end else -ARROW_REACH_PX / 2
    painter.setPen(QPen(colour, ARROW_PEN_PX))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline([QPointF(-tip, -ARROW_REACH_PX), QPointF(tip, 0), QPointF(-tip, ARROW_REACH_PX)])


def _closed(points: list[tuple[float, float]]) -> QPolygonF:
    return QPolygonF([QPointF(x, y) for x, y in [*points, points[0]]])
