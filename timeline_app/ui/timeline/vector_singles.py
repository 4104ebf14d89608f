"""Draws bars and marks one by one as shapes, for pages of vectors; the pixels of a window come from sheets."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from math import ceil

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPaintEngine, QPainter, QPainterPath

from timeline_app.core.marks import Shape, shape_of
from timeline_app.core.table import EventTable
from timeline_app.core.when import WhenFlag
from timeline_app.scene.frame import Frame
from timeline_app.scene.rows import MARK_PX, TitlePlace
from timeline_app.ui.timeline.doubt_brush import (
    APPROXIMATE_DASHES,
    CORE_ALPHA,
    EDGE_PX,
    HATCH_ALPHA,
    TICK_PX,
    UNCERTAIN_DASHES,
    DoubtBrushes,
    faded,
)
from timeline_app.ui.timeline.hatching import draw_hatching
from timeline_app.ui.timeline.mark_painter import ARROW_REACH_PX, MarkStyle, draw_arrow, draw_mark

# As plain integers: arithmetic with flags costs more than all else that Python does for a mark.
SPAN, OPEN_START, OPEN_END, APPROXIMATE, UNCERTAIN = (
    int(flag)
    for flag in (
        WhenFlag.SPAN,
        WhenFlag.OPEN_START,
        WhenFlag.OPEN_END,
        WhenFlag.APPROXIMATE,
        WhenFlag.UNCERTAIN,
    )
)


class VectorSingles:
    """Draws singles on a ground of one colour."""

    def __init__(self, ground: QColor) -> None:
        self._ground = ground
        self._doubt = DoubtBrushes(as_vectors=True)

    def draw(self, painter: QPainter, frame: Frame, table: EventTable, colours: list[QColor]) -> None:
        """Draw all singles of a frame in the colours of its lanes, marks over bars."""
        if painter.paintEngine().type() is QPaintEngine.Type.Pdf:
            self._doubt = DoubtBrushes(as_vectors=True, ground=self._ground)
        singles = frame.singles
        is_mark = singles.is_mark.tolist()
        lanes = singles.lane.tolist()
        for place in range(len(singles)):
            if not is_mark[place]:
                self._draw_bar(painter, frame, place, colours[lanes[place]])
        for place in range(len(singles)):
            if is_mark[place]:
                self._draw_mark(painter, frame, place, table, colours[lanes[place]])

    def _draw_bar(self, painter: QPainter, frame: Frame, place: int, colour: QColor) -> None:
        singles = frame.singles
        height = frame.measures.bar_px
        left, right = float(singles.start_px[place]), float(singles.end_px[place])
        y = float(singles.y_px[place])
        seen_left, seen_right = max(left, 0.0), min(right, float(frame.width_px))
        box = QRectF(seen_left, y - height / 2, seen_right - seen_left, height)
        flags = int(singles.flags[place])
        painter.fillRect(box, self._doubt.brush(singles, place, colour, CORE_ALPHA))
        if not singles.certain[place]:
            draw_hatching(painter, [box], faded(colour, HATCH_ALPHA))
        edge = self._doubt.brush(singles, place, colour, 1.0)
        if flags & (APPROXIMATE | UNCERTAIN):
            dashes = UNCERTAIN_DASHES if flags & UNCERTAIN else APPROXIMATE_DASHES
            painter.fillPath(_dashed_edge(box, dashes), edge)
        else:
            painter.fillRect(box.adjusted(0, box.height() - EDGE_PX, 0, 0), edge)
        if (
            singles.title_place[place] != TitlePlace.INSIDE
            and not flags & SPAN
            and singles.sure_start_px[place] >= singles.sure_end_px[place]
        ):
            middle = float(singles.middle_px[place])
            painter.fillRect(QRectF(middle - TICK_PX / 2, y - height / 2, TICK_PX, height), colour)
        size = _mark_size(frame)
        reach_px = ARROW_REACH_PX * size / 2
        for is_open, x, is_end in ((OPEN_END, right - reach_px, True), (OPEN_START, left + reach_px, False)):
            if flags & is_open:
                with _at(painter, QPointF(x, y), size):
                    draw_arrow(painter, colour, is_end=is_end)

    def _draw_mark(self, painter: QPainter, frame: Frame, place: int, table: EventTable, colour: QColor) -> None:
        singles = frame.singles
        code = int(table.type_codes[singles.rows[place]])
        shape = shape_of(table.types[code]) if code >= 0 else Shape.CIRCLE
        flags = int(singles.flags[place])
        style = MarkStyle.PLAIN
        if not singles.certain[place]:
            style = MarkStyle.POSSIBLE
        elif flags & UNCERTAIN:
            style = MarkStyle.UNCERTAIN
        elif flags & APPROXIMATE:
            style = MarkStyle.APPROXIMATE
        with _at(painter, QPointF(singles.middle_px[place], singles.y_px[place]), _mark_size(frame)):
            draw_mark(painter, shape, colour, style, self._ground, as_vectors=True)


def _dashed_edge(box: QRectF, dashes: tuple[float, float]) -> QPainterPath:
    """Return the dashes of the lower edge of a bar as areas: QSvgGenerator draws a line that fades as a black one."""
    path = QPainterPath()
    stroke_px, period_px = (EDGE_PX * part for part in (dashes[0], sum(dashes)))
    for number in range(ceil(box.width() / period_px)):
        left = box.left() + number * period_px
        path.addRect(QRectF(left, box.bottom() - EDGE_PX, min(stroke_px, box.right() - left), EDGE_PX))
    return path


def _mark_size(frame: Frame) -> float:
    """Return how large marks are drawn, 1 at 100 % text size."""
    return frame.measures.mark_px / MARK_PX


@contextmanager
def _at(painter: QPainter, middle: QPointF, size: float) -> Iterator[None]:
    """Draw around a point, so many times as large."""
    painter.save()
    painter.translate(middle)
    painter.scale(size, size)
    yield
    painter.restore()
