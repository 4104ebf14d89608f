"""Draws the density strips at the feet of crowded lanes: a small bar chart each, of how many events begin when."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from timeline_app.core.arrays import BoolArray, FloatArray, Int64Array, NDArray, UInt8Array
from timeline_app.scene.frame import Frame
from timeline_app.scene.strips import Strip
from timeline_app.ui.timeline.doubt_brush import faded
from timeline_app.ui.timeline.hatching import draw_hatching
from timeline_app.ui.timeline.sheet import device_pixels

BAR_ALPHA = 0.72  # of any actor's colour this stands out 3:1 from the ground, in both themes
BASE_ALPHA = 0.9
BASE_PX = 1
ROOM_ABOVE_PX = 2
LEAST_GAP_COLUMN_PX = 3
LEAST_BAR_PX = 1
MOST_HEIGHT_PX = 255
HATCH_STEP_PX = 3
HATCHED_ALPHA = 0.9


def heights(counts: Int64Array, highest: Int64Array, room_px: int) -> UInt8Array:
    """Return how high columns are in whole pixels, by the root of their counts, and never nothing for something.

    A root, since the counts of a war spread over several powers of ten: half the height is a quarter of the count.
    """
    high = np.sqrt(counts / highest) * room_px
    return np.where(counts > 0, np.minimum(np.maximum(np.rint(high), LEAST_BAR_PX), room_px), 0).astype(np.uint8)


def scale_words(strip: Strip) -> str:
    """Say what a column of a strip stands for, at full height and at half, as the scale is no even one."""
    column = f"1 column = {strip.span_words} · " if strip.span_words else ""
    half = f" · half = {round(strip.highest / 4):,}" if strip.highest >= 8 else ""
    return f"{column}full height = {strip.highest:,}{half}"


class StripPainter:
    """Draws strips as pixels, made in memory that is used again: new one has to be cleared by the system first."""

    def __init__(self) -> None:
        self._is_inked = np.zeros(0, np.int8)
        self._pixels = np.zeros(0, np.int32)
        self._inks: dict[tuple[int, float], int] = {}

    def draw(self, painter: QPainter, frame: Frame, colours: Sequence[QColor]) -> None:
        """Draw the strips of a frame, in the colours of its lanes; those whose columns are at one place, at once."""
        alike: dict[tuple[float, float, int, float], list[Strip]] = {}
        for strip in frame.strips:
            if not len(strip.counts):
                continue
            key = (strip.left_px, strip.column_px, len(strip.counts), strip.bottom_px - strip.top_px)
            alike.setdefault(key, []).append(strip)
        with device_pixels(painter) as ratio:
            for strips in alike.values():
                pixels = self.pixels(strips, [colours[strip.lane] for strip in strips], ratio, frame.width_px)
                _, height, width = pixels.shape
                for strip, own in zip(strips, pixels, strict=True):
                    image = QImage(own.data, width, height, width * 4, QImage.Format.Format_ARGB32_Premultiplied)
                    painter.drawImage(0, round(strip.bottom_px * ratio) - height, image)

    def pixels(
        self, strips: Sequence[Strip], colours: Sequence[QColor], ratio: float, width_px: int
    ) -> NDArray[np.uint32]:
        """Return the pixels of strips with the same columns over the whole width of a frame, premultiplied.

        The shape is (strips, height, width), as high as the highest bar needs. The next call overwrites them.
        """
        first, width = strips[0], round(width_px * ratio)
        height = min(round((first.bottom_px - first.top_px) * ratio), MOST_HEIGHT_PX)
        base = max(1, round(BASE_PX * ratio))
        room = max(1, height - base - round(ROOM_ABOVE_PX * ratio))
        counts = np.stack([strip.counts for strip in strips])
        highest = np.array([[max(strip.highest, 1)] for strip in strips])
        places = _columns_of_pixels(first, ratio, width)
        high = _with_nothing(heights(counts, highest, room)).take(places, axis=1)
        levels = np.maximum(np.arange(int(high.max()), -base, -1), 1).astype(np.uint8)
        inks = np.array([[self._ink(colour, BAR_ALPHA), self._ink(colour, BASE_ALPHA)] for colour in colours])
        by_row = np.repeat(inks, (len(levels) - base, base), axis=1)
        pixels = self._inked(high, levels, by_row.astype(np.uint32))
        if any(len(strip.possible) for strip in strips):
            sure = np.stack(
                [strip.counts - strip.possible if len(strip.possible) else strip.counts for strip in strips]
            )
            surely_high = _with_nothing(heights(sure, highest, room)).take(places, axis=1)
            above = levels[:-base, None] > surely_high[:, None, :]
            pixels[:, :-base][above & _between_hatches(len(levels) - base, width, ratio)] = 0
        return pixels

    def _inked(self, high: UInt8Array, levels: UInt8Array, inks: NDArray[np.uint32]) -> NDArray[np.uint32]:
        """Return the ink of each row where a column is as high as its level, shape (strips, levels, width).

        A mask of all bits or none, since a multiplication takes several times as long.
        """
        shape = (len(high), len(levels), high.shape[1])
        size = math.prod(shape)
        if len(self._pixels) < size:
            self._is_inked, self._pixels = np.empty(size, np.int8), np.empty(size, np.int32)
        is_inked, pixels = self._is_inked[:size].reshape(shape), self._pixels[:size].reshape(shape)
        np.greater_equal(high[:, None, :], levels[:, None], out=is_inked.view(np.bool_))
        np.negative(is_inked, out=is_inked)
        np.copyto(pixels, is_inked)
        pixels &= inks.view(np.int32)[:, :, None]
        return pixels.view(np.uint32)

    def _ink(self, colour: QColor, alpha: float) -> int:
        key = (colour.rgb(), alpha)
        if key not in self._inks:
            self._inks[key] = _premultiplied(colour, alpha)
        return self._inks[key]


def draw_strips_as_vectors(painter: QPainter, frame: Frame, colours: Sequence[QColor]) -> None:
    """Draw the strips of a frame as rectangles, one a column."""
    for strip in frame.strips:
        if not len(strip.counts):
            continue
        room = round(strip.bottom_px - strip.top_px) - BASE_PX - ROOM_ABOVE_PX
        high = heights(strip.counts, np.array(max(strip.highest, 1)), max(1, room)).astype(np.int64)
        sure = high
        if len(strip.possible):
            certain = strip.counts - strip.possible
            sure = heights(certain, np.array(max(strip.highest, 1)), max(1, room)).astype(np.int64)
        left, right = (np.clip(edge, 0, frame.width_px) for edge in _column_edges(strip))
        base = strip.bottom_px - BASE_PX
        colour = colours[strip.lane]
        for alpha, top, depth in (
            (BAR_ALPHA, np.asarray(base - sure, np.float64), sure),
            (BASE_ALPHA, np.full(len(high), base, np.float64), BASE_PX * (high > 0).astype(np.int64)),
        ):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(faded(colour, alpha))
            painter.drawRects(_boxes(left, right, top, depth))
        possible = _boxes(left, right, np.asarray(base - high, np.float64), high - sure)
        draw_hatching(painter, possible, faded(colour, HATCHED_ALPHA), HATCH_STEP_PX)


def _boxes(left: FloatArray, right: FloatArray, top: FloatArray, depth: Int64Array) -> list[QRectF]:
    """Return the boxes of columns that have any depth, each of shape (columns,)."""
    seen = np.flatnonzero((depth > 0) & (right > left)).tolist()
    return [QRectF(float(left[at]), float(top[at]), float(right[at] - left[at]), float(depth[at])) for at in seen]


def _with_nothing(high: UInt8Array) -> UInt8Array:
    """Return heights with one column more, the last, which stands for where none is."""
    return np.concatenate((high, np.zeros((len(high), 1), np.uint8)), axis=1)


def _between_hatches(height: int, width: int, ratio: float) -> BoolArray:
    """Return which pixels lie between the lines that hatch what is only possible, shape (height, width)."""
    step = max(2, round(HATCH_STEP_PX * ratio))
    return (np.arange(width) + np.arange(height)[:, None]) % step >= max(1, round(ratio))


def _column_edges(strip: Strip) -> tuple[FloatArray, FloatArray]:
    left = np.arange(len(strip.counts), dtype=np.float64) * strip.column_px + strip.left_px
    gap = 1 if strip.column_px >= LEAST_GAP_COLUMN_PX else 0
    right = left + (strip.column_px - gap)
    return left, right


def _columns_of_pixels(strip: Strip, ratio: float, width: int) -> NDArray[np.intp]:
    """Return the number of the column at each pixel of the device, one beyond the last where none is.

    Wide columns leave a gap.
    """
    count = len(strip.counts)
    edges = np.rint((strip.left_px + np.arange(count + 1) * strip.column_px) * ratio).astype(np.int64)
    gap = max(1, round(ratio)) if strip.column_px >= LEAST_GAP_COLUMN_PX else 0
    ends = np.empty(2 * count + 2, np.int64)  # of what is before, then of each column and the gap after it
    ends[0], ends[-1] = edges[0], width
    ends[1:-1:2] = np.maximum(edges[1:] - gap, edges[:-1])
    ends[2:-1:2] = edges[1:]
    ends = np.minimum(np.maximum(ends, 0), width)
    numbers = np.full(len(ends), count)
    numbers[1:-1:2] = np.arange(count)
    return np.repeat(numbers, np.concatenate((ends[:1], ends[1:] - ends[:-1])))


def _premultiplied(colour: QColor, alpha: float) -> int:
    opacity = round(alpha * 255)
    red, green, blue = (round(part * alpha) for part in (colour.red(), colour.green(), colour.blue()))
    return opacity << 24 | red << 16 | green << 8 | blue
