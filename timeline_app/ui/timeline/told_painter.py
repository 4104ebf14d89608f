"""Draws the relations of the selected event as quiet curves, and dates that compete for it as thin brackets."""

from __future__ import annotations

import math

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from timeline_app.core.related import Told
from timeline_app.scene.frame import Frame
from timeline_app.scene.told import Bracket, Curve, Point, brackets, curves
from timeline_app.ui.look import Look
from timeline_app.ui.timeline.doubt_brush import faded
from timeline_app.ui.timeline.pointed_painter import PointedPainter
from timeline_app.ui.timeline.words import Word, Words

CURVE_PX = 1.1
CURVE_ALPHA = 0.65
GROUND_ALPHA = 0.94
BRACKET_PX = 1.4
SERIF_PX = 3.5
LABEL_GAP_PX = 5
LANE_BAR_PX = 10
ARROW_PX = 6.0
ARROW_HALF_ANGLE = math.radians(24)
CONTRADICTING = "contradict"
DASHES = (4, 3)


def draw_relations(painter: QPainter, frame: Frame, told: Told, look: Look, pointed: PointedPainter) -> None:
    """Draw a curve to every related event in view, an arrow at the end that it leads to; contradictions are dashed."""
    found = curves(frame, told, pointed.places_of)
    if not found:
        return
    colour = faded(QColor(look.theme.accent), CURVE_ALPHA)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for curve in found:
        pen = QPen(colour, CURVE_PX)
        if CONTRADICTING in curve.kind.casefold():
            pen.setDashPattern(DASHES)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        path = QPainterPath(QPointF(*curve.start))
        path.cubicTo(QPointF(*curve.bend_from_start), QPointF(*curve.bend_to_end), QPointF(*curve.end))
        painter.drawPath(path)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawPolygon(_arrow(curve))
    painter.restore()


def draw_competing_dates(painter: QPainter, frame: Frame, told: Told, look: Look, words: Words) -> None:
    """Draw a bracket for every claimed date at the foot of the lanes, with who says so and the date in words."""
    found = brackets(frame, told)
    if not found:
        return
    foot = frame.height_px - frame.foot_px
    top = round(found[0].y_px - (foot - found[-1].y_px))
    ground = QRectF(0, top, frame.width_px, foot - top)
    painter.fillRect(ground, faded(QColor(look.theme.background), GROUND_ALPHA))
    painter.fillRect(QRectF(0, top, frame.width_px, 1), QColor(look.theme.rule))
    for bracket in found:
        _draw_bracket(painter, bracket, frame, look, words)


def _draw_bracket(painter: QPainter, bracket: Bracket, frame: Frame, look: Look, words: Words) -> None:
    theme = look.theme
    width = words.width_px(bracket.label)
    text_px = bracket.right_px + LABEL_GAP_PX
    if text_px + width > frame.width_px:
        text_px = max(bracket.left_px - LABEL_GAP_PX - width, LANE_BAR_PX)
    painter.setPen(QPen(QColor(theme.accent), BRACKET_PX))
    lines = [QLineF(bracket.left_px, bracket.y_px, bracket.right_px, bracket.y_px)]
    for edge, is_seen in ((bracket.left_px, bracket.has_left), (bracket.right_px, bracket.has_right)):
        if is_seen:
            lines.append(QLineF(edge, bracket.y_px - SERIF_PX, edge, bracket.y_px + SERIF_PX))
    painter.drawLines(lines)
    # What lasts longer than the view has its words on the line itself.
    height = words.line.height_px
    painter.fillRect(QRectF(text_px - 3, bracket.y_px - height / 2, width + 6, height), QColor(theme.background))
    words.draw(painter, [Word(bracket.label, text_px, words.line.baseline_px(bracket.y_px), theme.ink)])


def _arrow(curve: Curve) -> QPolygonF:
    """Return the head of the arrow: at the related event, or at the selected one for a link from there."""
    tip, towards = (curve.start, curve.bend_from_start) if curve.is_back else (curve.end, curve.bend_to_end)
    angle = math.atan2(towards[1] - tip[1], towards[0] - tip[0])
    return QPolygonF([QPointF(*tip), *(_beside(tip, angle + turn) for turn in (ARROW_HALF_ANGLE, -ARROW_HALF_ANGLE))])


def _beside(tip: Point, angle: float) -> QPointF:
    return QPointF(tip[0] + ARROW_PX * math.cos(angle), tip[1] + ARROW_PX * math.sin(angle))
