"""Draws the bars of a frame from pictures of their stretches, those that fade in a width of their own each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtGui import QPainter

from timeline_app.core.arrays import BoolArray, FloatArray, Int64Array, IntegerArray, NDArray
from timeline_app.ui.timeline.bar_pieces import BarPieces
from timeline_app.ui.timeline.doubt_brush import TICK_PX
from timeline_app.ui.timeline.mark_painter import ARROW_REACH_PX
from timeline_app.ui.timeline.sheet import FRAGMENT_NUMBERS, fragments, stretched
from timeline_app.ui.timeline.slots import NO_SLOT, Slots
from timeline_app.ui.timeline.symbols import (
    FADE_WIDTHS,
    FADES,
    MARKS,
    OPEN_END_MARK,
    OPEN_START_MARK,
    RUN_PX,
    RUNS,
    WIDEST_FADE_PX,
    Edge,
    Fade,
    Run,
    Symbols,
)

WIDEST_KEPT_PX = 1_024  # of the device
MOST_KEPT = 128
PAGE_SLOTS = 32
NO_FRAGMENTS = np.empty((0, FRAGMENT_NUMBERS))
_WIDTH_BITS = 12
# As plain integers: NumPy makes an array of each member otherwise.
_EDGES, _NO_EDGE, _DASHES, _DOTS = len(Edge), int(Edge.NONE), int(Edge.DASHES), int(Edge.DOTS)
_IN, _OUT, _TENT, _TENT_WITH_TICK = (int(fade) * _EDGES for fade in Fade)
_SURE, _SURE_WITHOUT_EDGE, _HATCH, _TICK = map(int, Run)


@dataclass(frozen=True, slots=True, eq=False)
class Fades:
    """The fading stretches of bars that are in view: codes of symbols, and where they lie, in pixels of the device."""

    codes: Int64Array
    left: FloatArray
    top: FloatArray
    width: FloatArray

    def chosen(self, is_chosen: BoolArray) -> Fades:
        """Return some of them."""
        return Fades(self.codes[is_chosen], self.left[is_chosen], self.top[is_chosen], self.width[is_chosen])


class BarPainter:
    """Draws bars with the symbols of one look; wide fades are kept, narrow ones are symbols themselves."""

    def __init__(self) -> None:
        self._symbols: Symbols | None = None
        self._wide = Slots(1, 1)

    def draw_wide_fades(self, painter: QPainter, fades: Fades, symbols: Symbols) -> None:
        """Draw the fades that are too wide for a sheet, and not too wide to be kept."""
        if symbols is not self._symbols:
            self._symbols = symbols
            size = WIDEST_KEPT_PX, symbols.bar_height_px
            self._wide = Slots(*size, most_kept=MOST_KEPT, page_slots=PAGE_SLOTS)
        wide = fades.chosen((fades.width > WIDEST_FADE_PX) & (fades.width <= WIDEST_KEPT_PX))
        if not len(wide.codes):
            return
        self._wide.begin_frame()
        keys = ((wide.codes << _WIDTH_BITS) + wide.width.astype(np.int64)).tolist()
        slots = self._wide.find(keys)
        for place in (slots == NO_SLOT).nonzero()[0].tolist():
            picture = symbols.fade(int(wide.codes[place]), int(wide.width[place]))
            slots[place] = self._wide.add(keys[place], picture)
        self._wide.draw(painter, slots, wide.left, wide.top, wide.width)


def has_own_dashes(pieces: BarPieces) -> BoolArray:
    """Return which bars have a picture with their dashes or dots; those of the others are drawn as a line."""
    return pieces.is_dashed & pieces.is_tent & (pieces.end - pieces.start <= WIDEST_KEPT_PX)


def fades_of(pieces: BarPieces, colours: IntegerArray, right_px: float) -> Fades:
    """Return all fades in view; `colours` are numbers of lane colours, one a bar."""
    is_tent, edge = pieces.is_tent, np.where(pieces.is_dashed, _NO_EDGE, 0)
    tents, others = is_tent.nonzero()[0], (~is_tent).nonzero()[0]
    dashes = np.where(pieces.is_dotted, _DOTS, _DASHES)
    tent = np.where(_has_own_tick(pieces), _TENT_WITH_TICK, _TENT) + np.where(has_own_dashes(pieces), dashes, edge)
    bars = np.concatenate((tents, others, others))
    kinds = np.concatenate((tent[tents], edge[others] + _IN, edge[others] + _OUT))
    left = np.concatenate((pieces.start[tents], pieces.start[others], pieces.full_to[others]))
    right = np.concatenate((pieces.end[tents], pieces.full_from[others], pieces.end[others]))
    fades = Fades(colours[bars] * FADES + kinds, left, pieces.top[bars], right - left)
    return fades.chosen((right > left) & (right > 0) & (left < right_px))


def fade_fragments(fades: Fades, symbols: Symbols, right_px: float) -> FloatArray:
    """Return the fragments of narrow fades, and of those that are too wide to be kept: the widest symbol, stretched.

    Of that as much as is in view, since Qt counts in parts of a pixel too coarse for very wide ones.
    """
    here = fades.chosen((fades.width <= WIDEST_FADE_PX) | (fades.width > WIDEST_KEPT_PX))
    drawn_width = np.minimum(here.width, WIDEST_FADE_PX).astype(np.int64)
    cells = symbols.fades.cells_of(here.codes * FADE_WIDTHS + drawn_width)
    is_wide = here.width > WIDEST_KEPT_PX
    left = np.where(is_wide, np.maximum(here.left, 0), here.left)
    width = np.where(is_wide, np.minimum(here.left + here.width, right_px) - left, here.width)
    cells[:, 0] += (left - here.left) / here.width * cells[:, 2]
    cells[:, 2] *= width / here.width
    return stretched(cells, left, here.top, width)


def run_fragments(pieces: BarPieces, symbols: Symbols, colours: IntegerArray, right_px: float) -> FloatArray:
    """Return the fragments of what is even: sure stretches, hatching over what passes possibly, ticks in the middle."""
    tick = symbols.to_device(TICK_PX)
    tick_left = np.rint(pieces.tick - tick / 2)
    stretches = (
        (~pieces.is_tent, np.where(pieces.is_dashed, _SURE_WITHOUT_EDGE, _SURE), pieces.full_from, pieces.full_to),
        (pieces.is_possible, np.int64(_HATCH), pieces.start, pieces.end),
        (pieces.has_tick & ~_has_own_tick(pieces), np.int64(_TICK), tick_left, tick_left + tick),
    )
    parts = []
    for is_chosen, kind, left, right in stretches:
        seen = (is_chosen & (right > left) & (right > 0) & (left < right_px)).nonzero()[0]
        if len(seen):
            parts.append((seen, (colours * RUNS + kind)[seen], left[seen], right[seen]))
    if not parts:
        return NO_FRAGMENTS
    bars, codes, left, right = (np.concatenate(part) for part in zip(*parts, strict=True))
    left, right = np.maximum(left, 0), np.minimum(right, right_px)
    return _runs(symbols, codes, pieces.top[bars], left, right)


def arrow_fragments(pieces: BarPieces, symbols: Symbols, colours: IntegerArray) -> list[FloatArray]:
    """Return the fragments of the arrows at open ends and beginnings."""
    reach = symbols.mark_to_device(ARROW_REACH_PX) / 2
    found = []
    for is_open, mark, tips in (
        (pieces.opens_end, OPEN_END_MARK, pieces.end - reach),
        (pieces.opens_start, OPEN_START_MARK, pieces.start + reach),
    ):
        bars = is_open.nonzero()[0]
        if len(bars):
            middle = pieces.top[bars] + symbols.bar_height_px / 2
            found.append(centred(symbols, colours[bars] * MARKS + mark, tips[bars], middle))
    return found


def centred(symbols: Symbols, codes: IntegerArray, x: FloatArray, y: FloatArray) -> FloatArray:
    """Return the fragments of marks around points, in pixels of the device."""
    cells = symbols.marks.cells_of(codes)
    return fragments(cells, np.rint(x - cells[:, 2] / 2), np.rint(y - cells[:, 3] / 2))


def _has_own_tick(pieces: BarPieces) -> BoolArray:
    return pieces.is_tent & pieces.has_tick & (pieces.end - pieces.start <= WIDEST_FADE_PX)


def _runs(symbols: Symbols, codes: IntegerArray, top: FloatArray, left: FloatArray, right: FloatArray) -> FloatArray:
    """Return fragments for even stretches: as many as it takes of RUN_PX each, the last one shorter."""
    parts = np.ceil((right - left) / RUN_PX).astype(np.int64)
    owner: NDArray[np.intp] = np.repeat(np.arange(len(codes)), parts)
    part = np.arange(len(owner)) - np.repeat(np.cumsum(parts) - parts, parts)
    cells = symbols.runs.cells_of(codes[owner])
    part_left = left[owner] + part * RUN_PX
    cells[:, 2] = np.minimum(right[owner] - part_left, RUN_PX)
    return fragments(cells, part_left, top[owner])
