"""The small pictures that singles and counts are put together from, in every colour of a lane, on one sheet."""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum
from functools import partial

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QLinearGradient, QPainter, QPen

from timeline_app.core.marks import Shape
from timeline_app.scene.frame import Measures
from timeline_app.scene.rows import MARK_PX
from timeline_app.ui.look import Look
from timeline_app.ui.timeline.doubt_brush import (
    APPROXIMATE_DASHES,
    CORE_ALPHA,
    EDGE_PX,
    FAINTEST,
    HATCH_ALPHA,
    TICK_PX,
    UNCERTAIN_DASHES,
    draw_dashed_edge,
    faded,
)
from timeline_app.ui.timeline.lane_colours import lane_colours
from timeline_app.ui.timeline.mark_painter import MarkStyle, draw_arrow, draw_mark, mark_side_px
from timeline_app.ui.timeline.pill_painter import HATCHES, RING_PX, draw_pill
from timeline_app.ui.timeline.sheet import CellTable, Picture, Sheet

ARROW_PX = 8
RUN_PX = 512
WIDEST_FADE_PX = 128
WIDEST_PILL_PX = 512
LARGEST_FONT_PX = 96
HATCH = Qt.BrushStyle.BDiagPattern
SHAPES = tuple(Shape)
PILL_MARGIN_PX = 2
GLYPHS = "0123456789,"


class Run(IntEnum):
    """Stretches of a bar that look the same all along, RUN_PX wide; drawn as wide as need be."""

    SURE = 0
    SURE_WITHOUT_EDGE = 1
    HATCH = 2
    TICK = 3


class Fade(IntEnum):
    """Stretches of a bar in doubt: fading in, fading out, or strongest in the middle."""

    IN = 0
    OUT = 1
    TENT = 2
    TENT_WITH_TICK = 3


class Edge(IntEnum):
    """How the lower edge of a stretch in doubt is drawn: in dashes where it is approximate, in dots where uncertain."""

    EVEN = 0
    NONE = 1
    DASHES = 2
    DOTS = 3


RUNS = len(Run)
FADES = len(Fade) * len(Edge)
OPEN_START_MARK = len(SHAPES) * len(MarkStyle)
OPEN_END_MARK = OPEN_START_MARK + 1
MARKS = OPEN_END_MARK + 1
FADE_WIDTHS = WIDEST_FADE_PX + 1


class Symbols:
    """All pictures of one look at one pixel ratio, in pixels of the device, drawn when first needed.

    Codes count the colours of the look's lanes first: the code of a mark is `colour * MARKS + mark`, that of a fade
    `colour * FADES + fade * len(Edge) + edge`, and so on.
    """

    def __init__(self, look: Look, ratio: float, measures: Measures) -> None:
        self._look = look
        self._ratio = ratio
        self._colours = [QColor(name) for name in (*lane_colours(look.theme), look.theme.muted)]
        self._ground = QColor(look.theme.background)
        self._measures = measures
        self._mark_ratio = ratio * measures.mark_px / MARK_PX
        self._sheet = Sheet()
        count = len(self._colours)
        self.marks = CellTable(self._sheet, count * MARKS, self._mark)
        self.runs = CellTable(self._sheet, count * RUNS, self._run)
        self.fades = CellTable(
            self._sheet, count * FADES * FADE_WIDTHS, lambda code: self.fade(*divmod(code, FADE_WIDTHS))
        )
        self.pills = CellTable(self._sheet, count * HATCHES * WIDEST_PILL_PX, self._pill)
        self.digits = CellTable(self._sheet, count * LARGEST_FONT_PX * len(GLYPHS), self._digit)

    @property
    def sheet(self) -> Sheet:
        """What the pictures are on."""
        return self._sheet

    @property
    def bar_height_px(self) -> int:
        """The height of a bar."""
        return self.to_device(self._measures.bar_px)

    @property
    def muted(self) -> int:
        """The number of the colour that counts above a strip are written in, not bold: there are many of them."""
        return len(self._colours) - 1

    def colour(self, number: int) -> QColor:
        """Return the lane colour with a number."""
        return self._colours[number]

    def to_device(self, length_px: float) -> int:
        """Return a length in whole pixels of the device, one at least."""
        return max(1, round(length_px * self._ratio))

    def mark_to_device(self, length_px: float) -> int:
        """Return a length of a mark, told at 100 % text size, in whole pixels of the device, one at least."""
        return max(1, round(length_px * self._mark_ratio))

    def fits(self, ratio: float, measures: Measures) -> bool:
        """Tell whether the pictures are still the right ones to add to."""
        return (ratio, measures) == (self._ratio, self._measures) and not self._sheet.is_large

    def pill_height_px(self) -> int:
        """Return the height of the pill around a count."""
        return self.to_device(QFontMetricsF(self._look.small(bold=True)).height() + PILL_MARGIN_PX)

    def fade(self, code: int, width: int) -> Picture:
        """Return the picture of a fade as wide as told."""
        number, kind = divmod(code, FADES)
        colour, fade, edge = self._colours[number], Fade(kind // len(Edge)), Edge(kind % len(Edge))

        def draw(painter: QPainter) -> None:
            self._draw_bar(painter, width, partial(_gradient, fade, width, colour), edge)
            if fade is Fade.TENT_WITH_TICK:
                tick = self.to_device(TICK_PX)
                painter.fillRect(QRectF((width - tick) // 2, 0, tick, self.bar_height_px), colour)

        return Picture(width, self.bar_height_px, draw)

    def _mark(self, code: int) -> Picture:
        number, mark = divmod(code, MARKS)
        colour = self._colours[number]
        if mark >= OPEN_START_MARK:
            return self._scaled(ARROW_PX, 12, lambda painter: draw_arrow(painter, colour, is_end=mark == OPEN_END_MARK))
        shape, style = SHAPES[mark // len(MarkStyle)], MarkStyle(mark % len(MarkStyle))
        side = mark_side_px(shape, style)
        return self._scaled(side, side, lambda painter: draw_mark(painter, shape, colour, style, self._ground))

    def _run(self, code: int) -> Picture:
        colour, run = self._colours[code // RUNS], Run(code % RUNS)
        height = self.bar_height_px
        if run is Run.TICK:
            return Picture(RUN_PX, height, lambda painter: painter.fillRect(0, 0, RUN_PX, height, colour))
        if run is Run.HATCH:
            return Picture(RUN_PX, height, partial(self._draw_hatch, colour))
        fill, edge = partial(faded, colour), Edge.EVEN if run is Run.SURE else Edge.NONE
        return Picture(RUN_PX, height, lambda painter: self._draw_bar(painter, RUN_PX, fill, edge))

    def _pill(self, code: int) -> Picture:
        kind, width = divmod(code, WIDEST_PILL_PX)
        number, hatched = divmod(kind, HATCHES)
        height = self.pill_height_px()

        def draw(painter: QPainter) -> None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.scale(self._ratio, self._ratio)
            box = QRectF(0, 0, width / self._ratio, height / self._ratio)
            half = RING_PX / 2
            draw_pill(painter, box.adjusted(half, half, -half, -half), self._colours[number], self._ground, hatched)

        return Picture(width, height, draw)

    def _digit(self, code: int) -> Picture:
        rest, glyph = divmod(code, len(GLYPHS))
        number, size = divmod(rest, LARGEST_FONT_PX)
        font = self._look.small(bold=number != self.muted)
        font.setPixelSize(size)
        metrics = QFontMetricsF(font)
        width = round(metrics.horizontalAdvance(GLYPHS[glyph]))

        def draw(painter: QPainter) -> None:
            painter.setFont(font)
            painter.setPen(self._colours[number])
            painter.drawText(QPointF(0, round(metrics.ascent())), GLYPHS[glyph])

        return Picture(width, round(metrics.height()), draw)

    def _draw_hatch(self, colour: QColor, painter: QPainter) -> None:
        painter.scale(self._ratio, self._ratio)
        painter.fillRect(QRectF(0, 0, RUN_PX, self._measures.bar_px), QBrush(faded(colour, HATCH_ALPHA), HATCH))

    def _draw_bar(self, painter: QPainter, width: int, fill: Callable[[float], QColor | QBrush], edge: Edge) -> None:
        height, edge_height = self.bar_height_px, self.to_device(EDGE_PX)
        painter.fillRect(QRectF(0, 0, width, height), fill(CORE_ALPHA))
        if edge is Edge.EVEN:
            painter.fillRect(QRectF(0, height - edge_height, width, edge_height), fill(1.0))
        elif edge is not Edge.NONE:
            dashes = UNCERTAIN_DASHES if edge is Edge.DOTS else APPROXIMATE_DASHES
            draw_dashed_edge(painter, QRectF(0, 0, width, height), QPen(fill(1.0), edge_height), dashes)

    def _scaled(self, width_px: float, height_px: float, draw: Callable[[QPainter], None]) -> Picture:
        """Return the picture of a mark that is drawn around its middle in the pixels of 100 % text size."""
        width, height = _even(width_px * self._mark_ratio), _even(height_px * self._mark_ratio)

        def draw_scaled(painter: QPainter) -> None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.translate(width / 2, height / 2)
            painter.scale(self._mark_ratio, self._mark_ratio)
            draw(painter)

        return Picture(width, height, draw_scaled)


def _even(length: float) -> int:
    return 2 * int(np.ceil(length / 2))


def _gradient(fade: Fade, width: int, colour: QColor, alpha: float) -> QBrush:
    full, faint = faded(colour, alpha), faded(colour, alpha * FAINTEST)
    gradient = QLinearGradient(0, 0, width, 0)
    gradient.setColorAt(0, full if fade is Fade.OUT else faint)
    if fade in {Fade.TENT, Fade.TENT_WITH_TICK}:
        gradient.setColorAt(0.5, full)
    gradient.setColorAt(1, full if fade is Fade.IN else faint)
    return QBrush(gradient)
