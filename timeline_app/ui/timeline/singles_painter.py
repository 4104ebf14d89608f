"""Draws the events that stand by themselves, bars and marks, as parts of one sheet of small pictures."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

from timeline_app.core.arrays import BoolArray, FloatArray, Int64Array, IntegerArray, NDArray, UInt8Array
from timeline_app.core.table import EventTable
from timeline_app.core.when import WhenFlag
from timeline_app.scene.frame import Frame, Singles
from timeline_app.scene.marks import Shape, shape_of
from timeline_app.ui.timeline.bar_pieces import BarPieces, bar_pieces
from timeline_app.ui.timeline.doubt_brush import TICK_PX, DoubtBrushes
from timeline_app.ui.timeline.mark_painter import ARROW_REACH_PX, MarkStyle
from timeline_app.ui.timeline.sheet import (
    FRAGMENT_NUMBERS,
    device_pixels,
    draw_fragments,
    fragments,
    stretched,
)
from timeline_app.ui.timeline.symbols import (
    FADE_WIDTHS,
    MARKS,
    OPEN_END_MARK,
    OPEN_START_MARK,
    RUN_PX,
    SHAPES,
    WIDEST_FADE_PX,
    WITHOUT_EDGE,
    Fade,
    Run,
    Symbols,
)
from timeline_app.ui.timeline.vector_singles import draw_dashed_edge

NO_FRAGMENTS = np.empty((0, FRAGMENT_NUMBERS))
_APPROXIMATE, _UNCERTAIN = int(WhenFlag.APPROXIMATE), int(WhenFlag.UNCERTAIN)


class SinglesPainter:
    """Draws all bars and marks of a frame in a few calls of Qt, however many they are."""

    def __init__(self) -> None:
        self._table: EventTable | None = None
        self._shapes = np.zeros(1, np.int64)
        self._brushes = DoubtBrushes()

    def draw(self, painter: QPainter, frame: Frame, table: EventTable, symbols: Symbols, colours: IntegerArray) -> None:
        """Draw all singles of a frame, marks over bars; `colours` are numbers of lane colours, one a frame's lane."""
        with device_pixels(painter) as ratio:
            pieces = bar_pieces(frame.singles, ratio, symbols.bar_height_px)
            right = frame.width_px * ratio
            made = [
                *_bar_fragments(pieces, symbols, colours[pieces.lane], right),
                self._mark_fragments(frame.singles, table, symbols, colours, ratio),
            ]
            draw_fragments(painter, symbols.sheet.pixmap, np.concatenate(made))
        for place in pieces.places[pieces.is_dashed].tolist():
            self._draw_dashed_edge(painter, frame, place, symbols.colour(colours[frame.singles.lane[place]]))

    def _mark_fragments(
        self, singles: Singles, table: EventTable, symbols: Symbols, colours: IntegerArray, ratio: float
    ) -> FloatArray:
        places = np.flatnonzero(singles.is_mark)
        shapes = self._shapes_of(table)[table.type_codes[singles.rows[places]]]
        styles = _styles(singles.flags[places], singles.certain[places])
        codes = colours[singles.lane[places]] * MARKS + shapes * len(MarkStyle) + styles
        return _centred(symbols, codes, singles.middle_px[places] * ratio, singles.y_px[places] * ratio)

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
        draw_dashed_edge(painter, box, self._brushes.brush(singles, place, colour, 1.0), int(singles.flags[place]))


def _styles(flags: UInt8Array, certain: BoolArray) -> Int64Array:
    styles = np.zeros(len(flags), np.int64)
    styles[flags & _APPROXIMATE != 0] = MarkStyle.APPROXIMATE
    styles[flags & _UNCERTAIN != 0] = MarkStyle.UNCERTAIN
    styles[~certain] = MarkStyle.POSSIBLE
    return styles


def _centred(symbols: Symbols, codes: IntegerArray, x: FloatArray, y: FloatArray) -> FloatArray:
    cells = symbols.marks.cells_of(codes)
    return fragments(cells, np.rint(x - cells[:, 2] / 2), np.rint(y - cells[:, 3] / 2))


def _bar_fragments(pieces: BarPieces, symbols: Symbols, colours: IntegerArray, right_px: float) -> list[FloatArray]:
    """Return the fragments of all bars, in the order in which they are drawn; nothing sure is drawn out of view."""
    is_tent = pieces.is_tent
    has_own_tick = is_tent & pieces.has_tick & (pieces.end - pieces.start <= WIDEST_FADE_PX)
    tents, others = np.flatnonzero(is_tent), np.flatnonzero(~is_tent)
    bare = np.where(pieces.is_dashed, WITHOUT_EDGE, 0)
    kind = np.where(has_own_tick, Fade.TENT_WITH_TICK, Fade.TENT) + bare

    def run(chosen: NDArray[np.intp], which: IntegerArray, left: FloatArray, right: FloatArray) -> FloatArray:
        if not len(chosen):
            return NO_FRAGMENTS
        codes = colours[chosen] * len(Run) + which
        return _runs(symbols, codes, pieces.top[chosen], np.clip(left, 0, right_px), np.clip(right, 0, right_px))

    def fade(chosen: NDArray[np.intp], which: IntegerArray, left: FloatArray, right: FloatArray) -> FloatArray:
        if not len(chosen):
            return NO_FRAGMENTS
        codes = colours[chosen] * len(Fade) + which
        return _fades(symbols, codes, pieces.top[chosen], left, right, right_px)

    sure = np.where(pieces.is_dashed, Run.SURE_WITHOUT_EDGE, Run.SURE)
    hatched = np.flatnonzero(pieces.is_possible)
    ticked = np.flatnonzero(pieces.has_tick & ~has_own_tick)
    tick = symbols.to_device(TICK_PX)
    tick_left = np.rint(pieces.tick[ticked] - tick / 2)
    ends, starts = np.flatnonzero(pieces.opens_end), np.flatnonzero(pieces.opens_start)
    return [
        fade(tents, kind[tents], pieces.start[tents], pieces.end[tents]),
        fade(others, Fade.IN + bare[others], pieces.start[others], pieces.full_from[others]),
        run(others, sure[others], pieces.full_from[others], pieces.full_to[others]),
        fade(others, Fade.OUT + bare[others], pieces.full_to[others], pieces.end[others]),
        run(hatched, np.full(len(hatched), Run.HATCH), pieces.start[hatched], pieces.end[hatched]),
        run(ticked, np.full(len(ticked), Run.TICK), tick_left, tick_left + tick),
        _arrows(pieces, symbols, colours, ends, is_end=True),
        _arrows(pieces, symbols, colours, starts, is_end=False),
    ]


def _arrows(
    pieces: BarPieces, symbols: Symbols, colours: IntegerArray, chosen: NDArray[np.intp], *, is_end: bool
) -> FloatArray:
    if not len(chosen):
        return NO_FRAGMENTS
    codes = colours[chosen] * MARKS + (OPEN_END_MARK if is_end else OPEN_START_MARK)
    reach = symbols.to_device(ARROW_REACH_PX) / 2
    tips = pieces.end[chosen] - reach if is_end else pieces.start[chosen] + reach
    return _centred(symbols, codes, tips, pieces.top[chosen] + symbols.bar_height_px / 2)


def _runs(symbols: Symbols, codes: IntegerArray, top: FloatArray, left: FloatArray, right: FloatArray) -> FloatArray:
    """Return fragments for even stretches: as many as it takes of RUN_PX each, the last one shorter."""
    parts = np.ceil((right - left) / RUN_PX).astype(np.int64)
    owner = np.repeat(np.arange(len(codes)), parts)
    part = np.arange(len(owner)) - np.repeat(np.cumsum(parts) - parts, parts)
    cells = symbols.runs.cells_of(codes[owner])
    part_left = left[owner] + part * RUN_PX
    cells[:, 2] = np.minimum(right[owner] - part_left, RUN_PX)
    return fragments(cells, part_left, top[owner])


def _fades(
    symbols: Symbols, codes: IntegerArray, top: FloatArray, left: FloatArray, right: FloatArray, right_px: float
) -> FloatArray:
    """Return fragments for fading stretches: pictures of their own width, or of the widest, stretched."""
    width = right - left
    seen = np.flatnonzero((width > 0) & (right > 0) & (left < right_px))
    if not len(seen):
        return NO_FRAGMENTS
    drawn_width = np.minimum(width[seen], WIDEST_FADE_PX).astype(np.int64)
    cells = symbols.fades.cells_of(codes[seen] * FADE_WIDTHS + drawn_width)
    return stretched(cells, left[seen], top[seen], width[seen])
