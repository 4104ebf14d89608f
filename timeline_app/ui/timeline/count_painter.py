"""Draws exact counts: in a pill each, or as plain numbers above the density strip of their lane."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtGui import QFontMetricsF, QPainter

from timeline_app.core.arrays import BoolArray, FloatArray, Int64Array, IntegerArray
from timeline_app.scene.frame import Frame, FramePart
from timeline_app.scene.rows import CELL_PX
from timeline_app.ui.look import SMALL_PX, Look
from timeline_app.ui.timeline.axis_painter import STRIP_PX
from timeline_app.ui.timeline.pill_painter import HATCHES, hatched_steps
from timeline_app.ui.timeline.sheet import device_pixels, draw_fragments, fragments
from timeline_app.ui.timeline.symbols import GLYPHS, LARGEST_FONT_PX, WIDEST_PILL_PX, Symbols

PILL_PADDING_PX = 14
PLAIN_PADDING_PX = 8
LEAST_PILL_PX = 24
COUNT_GAP_PX = 2
OUT_OF_SIGHT_PX = -10_000.0
_ASCII_GLYPHS = np.zeros(128, np.int64)
_ASCII_GLYPHS[[ord(glyph) for glyph in GLYPHS]] = np.arange(len(GLYPHS))


@dataclass(frozen=True, slots=True, eq=False)
class PlacedCounts:
    """The counts of a frame in pixels of the frame: their text, middle, width of the text, and the size it is set in.

    The next count may be no farther than a cell away, so a long one is set smaller. `hatched` tells how much of a pill
    is, see pill_painter.
    """

    texts: tuple[str, ...]
    lane: Int64Array
    x_px: FloatArray
    y_px: FloatArray
    text_px: FloatArray
    font_px: Int64Array
    has_pill: BoolArray
    hatched: Int64Array

    @property
    def pill_px(self) -> FloatArray:
        """How wide a pill around the text is."""
        return np.maximum(self.text_px + PILL_PADDING_PX, LEAST_PILL_PX)


class CountMeasure:
    """Knows how wide counts are in one look."""

    def __init__(self, look: Look) -> None:
        self._look = look
        self._advances: dict[int, FloatArray] = {}

    def forget(self) -> None:
        """Measure anew, as fonts have changed."""
        self._advances.clear()

    def placed(self, frame: Frame, covered_px: int = 0) -> PlacedCounts:
        """Return the counts of a frame, each with its size and width; so many pixels at the right edge are covered."""
        clusters = frame.clusters
        texts = tuple([f"{count:,}" for count in clusters.counts.tolist()])
        has_strip = np.zeros(len(frame.lanes) + 1, np.bool_)
        has_strip[[strip.lane for strip in frame.strips]] = True
        has_pill = ~has_strip[clusters.lane]
        glyphs, owner = glyphs_of(texts)
        size = self._look.px(SMALL_PX)
        width = np.bincount(owner, self.advances(size)[glyphs], len(texts))
        room = CELL_PX - 2 - np.where(has_pill, PILL_PADDING_PX, PLAIN_PADDING_PX)
        font = np.where(width > room, np.floor(size * room / np.maximum(width, 1)), size).astype(np.int64)
        text_px = width * font / size
        drawn_px = np.where(has_pill, np.maximum(text_px + PILL_PADDING_PX, LEAST_PILL_PX), text_px)
        x_px = clusters.x_px
        if frame.part is not FramePart.MOVED:
            x_px = _within(x_px, clusters.lane, drawn_px, frame.width_px - covered_px)
        hatched = hatched_steps(clusters.counts, clusters.possible)
        return PlacedCounts(texts, clusters.lane, x_px, clusters.y_px, text_px, font, has_pill, hatched)

    def advances(self, font_px: int) -> FloatArray:
        """Return how wide each of GLYPHS is in a size."""
        found = self._advances.get(font_px)
        if found is None:
            font = self._look.small(bold=True)
            font.setPixelSize(font_px)
            metrics = QFontMetricsF(font)
            found = self._advances[font_px] = np.array([metrics.horizontalAdvance(glyph) for glyph in GLYPHS])
        return found


def _within(x_px: FloatArray, lane: Int64Array, drawn_px: FloatArray, right_px: float) -> FloatArray:
    """Return the middles of counts, those that an edge would cut moved inwards as far as the next count allows.

    One that finds no room so is moved out of sight: of a number that is cut nobody knows which it is.
    """
    half_px, far_px = drawn_px / 2, np.full(len(x_px), np.inf)
    follows = (lane[1:] == lane[:-1]).nonzero()[0] + 1
    apart_px = half_px[follows - 1] + half_px[follows] + COUNT_GAP_PX
    after_px = far_px.copy()
    after_px[follows - 1] = x_px[follows] - apart_px
    from_left = np.maximum(x_px, np.minimum(STRIP_PX + half_px + COUNT_GAP_PX, after_px))
    before_px = -far_px
    before_px[follows] = from_left[follows - 1] + apart_px
    placed = np.minimum(from_left, np.maximum(right_px - half_px - COUNT_GAP_PX, before_px))
    is_cut = (placed < STRIP_PX + half_px) | (placed > right_px - half_px)
    return np.where(is_cut, OUT_OF_SIGHT_PX, placed)


def glyphs_of(texts: tuple[str, ...]) -> tuple[Int64Array, Int64Array]:
    """Return the glyphs of all texts end to end, as places in GLYPHS, and for each the number of its text."""
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    characters = np.frombuffer("".join(texts).encode("ascii"), np.uint8)
    return _ASCII_GLYPHS[characters], np.repeat(np.arange(len(texts)), lengths)


def draw_counts(painter: QPainter, placed: PlacedCounts, symbols: Symbols, colours: IntegerArray) -> None:
    """Draw counts from pictures of pills and digits; `colours` are numbers of lane colours, one a frame's lane."""
    with device_pixels(painter) as ratio:
        pills = _pill_fragments(placed, symbols, colours[placed.lane], ratio)
        digits = _digit_fragments(placed, symbols, colours[placed.lane], ratio)
        draw_fragments(painter, symbols.sheet.pixmap, np.concatenate((pills, digits)))


def _pill_fragments(placed: PlacedCounts, symbols: Symbols, colours: IntegerArray, ratio: float) -> FloatArray:
    chosen = placed.has_pill.nonzero()[0]
    width = np.minimum(np.rint(placed.pill_px[chosen] * ratio), WIDEST_PILL_PX - 1).astype(np.int64)
    kinds = colours[chosen] * HATCHES + placed.hatched[chosen]
    cells = symbols.pills.cells_of(kinds * WIDEST_PILL_PX + width)
    left = np.rint(placed.x_px[chosen] * ratio - width / 2)
    return fragments(cells, left, np.rint(placed.y_px[chosen] * ratio - cells[:, 3] / 2))


def _digit_fragments(placed: PlacedCounts, symbols: Symbols, colours: IntegerArray, ratio: float) -> FloatArray:
    """Return the fragments of all digits, each beside the one before."""
    glyphs, owner = glyphs_of(placed.texts)
    size = np.minimum(np.rint(placed.font_px * ratio), LARGEST_FONT_PX - 1).astype(np.int64)
    own_colour = np.where(placed.has_pill, colours, symbols.muted)
    cells = symbols.digits.cells_of((own_colour * LARGEST_FONT_PX + size)[owner] * len(GLYPHS) + glyphs)
    advance = cells[:, 2]
    width = np.bincount(owner, advance, len(placed.texts))
    begin = np.cumsum(advance) - advance
    first = np.searchsorted(owner, np.arange(len(placed.texts)))
    offset = begin - begin[first][owner]
    left = np.rint(placed.x_px * ratio - width / 2)[owner] + offset
    return fragments(cells, left, np.rint(placed.y_px[owner] * ratio - cells[:, 3] / 2))
