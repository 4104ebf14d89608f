"""Draws the events that stand by themselves, bars and marks, as parts of one sheet of small pictures."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from timeline_app.core.arrays import BoolArray, FloatArray, Int64Array, IntegerArray, UInt8Array
from timeline_app.core.marks import Shape, shape_of
from timeline_app.core.table import EventTable
from timeline_app.core.when import WhenFlag
from timeline_app.scene.frame import Frame
from timeline_app.scene.singles import Singles
from timeline_app.ui.timeline.bar_painter import (
    BarPainter,
    arrow_fragments,
    centred,
    fade_fragments,
    fades_of,
    has_own_dashes,
    run_fragments,
)
from timeline_app.ui.timeline.bar_pieces import bar_pieces
from timeline_app.ui.timeline.doubt_brush import (
    APPROXIMATE_DASHES,
    EDGE_PX,
    UNCERTAIN_DASHES,
    DoubtBrushes,
    draw_dashed_edge,
)
from timeline_app.ui.timeline.mark_painter import MarkStyle
from timeline_app.ui.timeline.sheet import device_pixels, draw_fragments
from timeline_app.ui.timeline.symbols import MARKS, SHAPES, Symbols

_APPROXIMATE, _UNCERTAIN = int(WhenFlag.APPROXIMATE), int(WhenFlag.UNCERTAIN)


class SinglesPainter:
    """Draws all bars and marks of a frame in a few calls of Qt, however many they are."""

    def __init__(self) -> None:
        self._table: EventTable | None = None
        self._shapes = np.zeros(1, np.int64)
        self._brushes = DoubtBrushes()
        self._bars = BarPainter()

    def draw(self, painter: QPainter, frame: Frame, table: EventTable, symbols: Symbols, colours: IntegerArray) -> None:
        """Draw all singles of a frame, marks over bars; `colours` are numbers of lane colours, one a frame's lane."""
        with device_pixels(painter) as ratio:
            pieces = bar_pieces(frame.singles, ratio, symbols.bar_height_px)
            made = [self._mark_fragments(frame.singles, table, symbols, colours, ratio)]
            if len(pieces.places):
                own, right = colours[pieces.lane], frame.width_px * ratio
                fades = fades_of(pieces, own, right)
                self._bars.draw_wide_fades(painter, fades, symbols)
                runs = run_fragments(pieces, symbols, own, right)
                made = [fade_fragments(fades, symbols, right), runs, *arrow_fragments(pieces, symbols, own), *made]
            draw_fragments(painter, symbols.sheet.pixmap, np.concatenate(made))
        for place in pieces.places[pieces.is_dashed & ~has_own_dashes(pieces)].tolist():
            self._draw_dashed_edge(painter, frame, place, symbols.colour(colours[frame.singles.lane[place]]))

    def _mark_fragments(
        self, singles: Singles, table: EventTable, symbols: Symbols, colours: IntegerArray, ratio: float
    ) -> FloatArray:
        places = singles.is_mark.nonzero()[0]
        shapes = self._shapes_of(table)[table.type_codes[singles.rows[places]]]
        styles = _styles(singles.flags[places], singles.certain[places])
        codes = colours[singles.lane[places]] * MARKS + shapes * len(MarkStyle) + styles
        return centred(symbols, codes, singles.middle_px[places] * ratio, singles.y_px[places] * ratio)

    def _shapes_of(self, table: EventTable) -> Int64Array:
        """Return the number of the shape of each type; the last, which code -1 names, is that of no type."""
        if self._table is not table:
            self._table = table
            shapes = [*(shape_of(name) for name in table.types), Shape.CIRCLE]
            self._shapes = np.array([SHAPES.index(shape) for shape in shapes])
        return self._shapes

    def _draw_dashed_edge(self, painter: QPainter, frame: Frame, place: int, colour: QColor) -> None:
        singles = frame.singles
        left, right = max(float(singles.start_px[place]), 0.0), min(float(singles.end_px[place]), frame.width_px)
        height = frame.measures.bar_px
        box = QRectF(left, float(singles.y_px[place]) - height / 2, right - left, height)
        pen = QPen(self._brushes.brush(singles, place, colour, 1.0), EDGE_PX)
        dashes = UNCERTAIN_DASHES if int(singles.flags[place]) & _UNCERTAIN else APPROXIMATE_DASHES
        draw_dashed_edge(painter, box, pen, dashes, left + _px_since_dates_began(frame))


def _px_since_dates_began(frame: Frame) -> float:
    """Return how far the left edge of a frame is from a fixed instant, so that dashes stay where they are in time."""
    view = frame.viewport
    return (view.left_s + view.left_part) / view.seconds_per_px


def _styles(flags: UInt8Array, certain: BoolArray) -> Int64Array:
    styles = np.zeros(len(flags), np.int64)
    styles[flags & _APPROXIMATE != 0] = MarkStyle.APPROXIMATE
    styles[flags & _UNCERTAIN != 0] = MarkStyle.UNCERTAIN
    styles[~certain] = MarkStyle.POSSIBLE
    return styles
