"""Draws what differs from another state: a badge on each event, and a line for each kind of change at the foot."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from timeline_app.core.arrays import FloatArray
from timeline_app.core.palette import Theme
from timeline_app.scene.compared import COLUMN_PX, LINE_PX, Change, ChangeLine, ComparedMarks
from timeline_app.scene.frame import Frame, FramePart
from timeline_app.ui.look import Look
from timeline_app.ui.timeline.doubt_brush import faded
from timeline_app.ui.timeline.sheet import CellTable, Picture, Sheet, device_pixels, draw_fragments, fragments
from timeline_app.ui.timeline.words import Word, Words

BADGE_PX = 6.0
RIM_PX = 1.0
SIGN_PX = 3.0
SIGN_PEN_PX = 1.6
LEAST_TICK_PX = 7.0
TICK_STEP_PX = 1.5
LABEL_PX = 10
LABEL_MARGIN_PX = 4
LABEL_GROUND_ALPHA = 0.8
SIGNS = ("+", "~", "−")
WORDS = ("added", "changed", "withdrawn")


def change_colour(change: Change, theme: Theme) -> QColor:
    """Return the colour of a kind of change, which never stands without its sign."""
    return QColor((theme.good, theme.warning, theme.muted)[change])


def draw_badges(painter: QPainter, frame: Frame, look: Look, pieces: ComparedPieces | None) -> None:
    """Draw the badges of a frame that shows a comparison, of pieces or, for vectors, shape by shape."""
    marks = frame.compared
    if marks is None:
        return
    if pieces is not None:
        pieces.draw_badges(painter, marks)
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for x, y, number in zip(marks.x_px.tolist(), marks.y_px.tolist(), marks.changes.tolist(), strict=True):
        _draw_badge(painter, QPointF(x, y), Change(number), look.theme)
    painter.restore()


def draw_change_lines(painter: QPainter, frame: Frame, look: Look, words: Words, pieces: ComparedPieces | None) -> None:
    """Draw the lines at the foot of such a frame, likewise; of two parts of a picture each what it has of them."""
    marks = frame.compared
    if marks is None:
        return
    if frame.part is not FramePart.HELD:
        top = frame.height_px - frame.foot_px
        painter.fillRect(QRectF(0, top, frame.width_px, frame.foot_px), QColor(look.theme.background))
        painter.fillRect(QRectF(0, top, frame.width_px, 1), QColor(look.theme.rule))
        heights_px = [_heights_px(line, look) for line in marks.lines]
        if pieces is not None:
            pieces.draw_ticks(painter, marks.lines, heights_px)
        else:
            for line, heights in zip(marks.lines, heights_px, strict=True):
                _draw_ticks(painter, line, heights, look)
    if frame.part is not FramePart.MOVED:
        _draw_labels(painter, marks.lines, look, words)


def _draw_labels(painter: QPainter, lines: Sequence[ChangeLine], look: Look, words: Words) -> None:
    """Say at the left of each line what it tells of; its ticks there shine through, not to be hidden."""
    labels = [f"{SIGNS[line.change]} {line.count:,} {WORDS[line.change]}" for line in lines]
    shade, height_px = faded(QColor(look.theme.background), LABEL_GROUND_ALPHA), words.line.height_px
    for line, label in zip(lines, labels, strict=True):
        top_px, width_px = round(line.y_px - height_px / 2), words.width_px(label) + 2 * LABEL_MARGIN_PX
        painter.fillRect(QRectF(LABEL_PX - LABEL_MARGIN_PX, top_px, width_px, height_px), shade)
    placed = zip(lines, labels, strict=True)
    words.draw(
        painter,
        [Word(label, LABEL_PX, words.line.baseline_px(line.y_px), look.theme.ink) for line, label in placed],
    )


class ComparedPieces:
    """A badge and a tick of each kind of change, kept for one look: Qt copies all of a frame in a few calls."""

    def __init__(self, look: Look) -> None:
        self._look = look
        self._ratio = 0.0

    def draw_badges(self, painter: QPainter, marks: ComparedMarks) -> None:
        """Draw the badges, each in the middle of its place."""
        with device_pixels(painter) as ratio:
            cells = self._cells(ratio).cells_of(marks.changes)
            left_px, top_px = (
                np.round(marks.x_px * ratio - cells[:, 2] / 2),
                np.round(marks.y_px * ratio - cells[:, 3] / 2),
            )
            draw_fragments(painter, self._sheet.pixmap, fragments(cells, left_px, top_px))

    def draw_ticks(self, painter: QPainter, lines: Sequence[ChangeLine], heights_px: Sequence[FloatArray]) -> None:
        """Draw the ticks of some lines, as high as told, one shape (ticks,) a line."""
        if not lines:
            return
        sizes = [len(heights) for heights in heights_px]
        codes = np.repeat([len(Change) + line.change for line in lines], sizes)
        base_px = np.repeat([_base_px(line, self._look) for line in lines], sizes)
        left_px, high_px = (np.concatenate(parts) for parts in ([line.left_px for line in lines], heights_px))
        with device_pixels(painter) as ratio:
            cells = self._cells(ratio).cells_of(codes)
            cells[:, 3] = np.round(high_px * ratio)
            top_px = np.round(base_px * ratio) - cells[:, 3]
            draw_fragments(painter, self._sheet.pixmap, fragments(cells, np.round(left_px * ratio), top_px))

    def _cells(self, ratio: float) -> CellTable:
        if ratio != self._ratio:
            self._ratio, self._sheet = ratio, Sheet()
            self._table = CellTable(self._sheet, 2 * len(Change), self._picture)
        return self._table

    def _picture(self, code: int) -> Picture:
        theme, ratio = self._look.theme, self._ratio
        change = Change(code % len(Change))
        if code >= len(Change):
            high_px, colour = math.ceil(self._look.px(LINE_PX) * ratio), change_colour(change, theme)
            wide_px = round(COLUMN_PX * ratio)
            return Picture(wide_px, high_px, lambda painter: painter.fillRect(0, 0, wide_px, high_px, colour))
        side_px = math.ceil((2 * BADGE_PX + RIM_PX) * ratio) + 1

        def draw(painter: QPainter) -> None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.scale(ratio, ratio)
            middle = side_px / ratio / 2
            _draw_badge(painter, QPointF(middle, middle), change, theme)

        return Picture(side_px, side_px, draw)


def _draw_badge(painter: QPainter, middle: QPointF, change: Change, theme: Theme) -> None:
    painter.setPen(QPen(QColor(theme.background), RIM_PX))
    painter.setBrush(change_colour(change, theme))
    painter.drawEllipse(middle, BADGE_PX, BADGE_PX)
    _draw_sign(painter, middle, change, QColor(theme.background))


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


def _base_px(line: ChangeLine, look: Look) -> int:
    """Return where the ticks of a line stand."""
    return round(line.y_px + (look.px(LINE_PX) - 3) / 2)


def _heights_px(line: ChangeLine, look: Look) -> FloatArray:
    """Return how high each tick of a line is: higher the more differs there, shape (ticks,)."""
    return np.minimum(LEAST_TICK_PX + TICK_STEP_PX * np.log2(line.counts), look.px(LINE_PX) - 3)


def _draw_ticks(painter: QPainter, line: ChangeLine, heights_px: FloatArray, look: Look) -> None:
    """Draw a tick in each column of a line that has any, each a shape of its own."""
    base = _base_px(line, look)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(change_colour(line.change, look.theme))
    places = zip(line.left_px.tolist(), heights_px.tolist(), strict=True)
    painter.drawRects([QRectF(left, base - height, COLUMN_PX, height) for left, height in places])
