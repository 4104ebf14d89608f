"""Draws what differs from another state: a badge on each event, and a line for each kind of change at the foot."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from timeline_app.core.palette import Theme
from timeline_app.scene.compared import COLUMN_PX, LINE_PX, Change, ChangeLine, ComparedMarks
from timeline_app.scene.frame import Frame
from timeline_app.ui.look import Look
from timeline_app.ui.timeline.words import Word, Words

BADGE_PX = 6.0
SIGN_PX = 3.0
SIGN_PEN_PX = 1.6
LEAST_TICK_PX = 7.0
TICK_STEP_PX = 1.5
LABEL_PX = 10
SIGNS = ("+", "~", "−")
WORDS = ("added", "changed", "withdrawn")


def change_colour(change: Change, theme: Theme) -> QColor:
    """Return the colour of a kind of change, which never stands without its sign."""
    return QColor((theme.good, theme.warning, theme.muted)[change])


def draw_compared(painter: QPainter, frame: Frame, look: Look, words: Words) -> None:
    """Draw the badges and the lines of a frame that shows a comparison."""
    marks = frame.compared
    if marks is None:
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _draw_badges(painter, marks, look.theme)
    painter.restore()
    top = frame.height_px - frame.foot_px
    painter.fillRect(QRectF(0, top, frame.width_px, frame.foot_px), QColor(look.theme.background))
    painter.fillRect(QRectF(0, top, frame.width_px, 1), QColor(look.theme.rule))
    for line in marks.lines:
        _draw_line(painter, line, look, words)


def _draw_badges(painter: QPainter, marks: ComparedMarks, theme: Theme) -> None:
    ground = QPen(QColor(theme.background), 1)
    for x, y, number in zip(marks.x_px.tolist(), marks.y_px.tolist(), marks.changes.tolist(), strict=True):
        painter.setPen(ground)
        painter.setBrush(change_colour(Change(number), theme))
        painter.drawEllipse(QPointF(x, y), BADGE_PX, BADGE_PX)
        _draw_sign(painter, QPointF(x, y), Change(number), QColor(theme.background))


def _draw_sign(painter: QPainter, middle: QPointF, change: Change, colour: QColor) -> None:
    """Draw a plus, a wave of two strokes, or a minus."""
    painter.setPen(QPen(colour, SIGN_PEN_PX, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    across, down = QPointF(SIGN_PX, 0), QPointF(0, SIGN_PX)
    if change is Change.CHANGED:
        quarter = [QPointF(SIGN_PX * step / 2, (-1) ** step * SIGN_PX / 3) for step in range(-2, 3)]
        painter.drawPolyline([middle + step for step in quarter])
        return
    painter.drawLine(middle - across, middle + across)
    if change is Change.ADDED:
        painter.drawLine(middle - down, middle + down)


def _draw_line(painter: QPainter, line: ChangeLine, look: Look, words: Words) -> None:
    """Draw one kind of change: a tick in each column that has any, higher the more, and the words at the left."""
    room = look.px(LINE_PX) - 3
    base = round(line.y_px + room / 2)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(change_colour(line.change, look.theme))
    heights = [min(LEAST_TICK_PX + TICK_STEP_PX * math.log2(count), room) for count in line.counts.tolist()]
    painter.drawRects(
        [
            QRectF(left, base - height, COLUMN_PX, height)
            for left, height in zip(line.left_px.tolist(), heights, strict=True)
        ]
    )
    # The words have no ground of their own: what happened there would lie under it.
    label = f"{SIGNS[line.change]} {line.count:,} {WORDS[line.change]}"
    words.draw(painter, [Word(label, LABEL_PX, words.line.baseline_px(line.y_px), look.theme.ink)])
