"""Draws the density strips at the feet of crowded lanes: a small bar chart each, of how many events begin when."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from timeline_app.core.arrays import BoolArray, FloatArray, Int64Array, NDArray, UInt8Array
from timeline_app.scene.frame import Frame
from timeline_app.scene.strips import Strip
from timeline_app.ui.timeline.doubt_brush import faded
from timeline_app.ui.timeline.sheet import device_pixels

BAR_ALPHA = 0.62
BASE_ALPHA = 0.9
BASE_PX = 1
ROOM_ABOVE_PX = 2
LEAST_GAP_COLUMN_PX = 3
LEAST_BAR_PX = 1
MOST_HEIGHT_PX = 255


def heights(counts: Int64Array, highest: Int64Array, room_px: int) -> UInt8Array:
    """Return how high columns are in whole pixels, by the root of their counts, and never nothing for something.

    A root, since the counts of a war spread over several powers of ten: half the height is a quarter of the count.
    """
    high = np.sqrt(counts / highest) * room_px
    return np.where(counts > 0, np.clip(np.rint(high), LEAST_BAR_PX, room_px), 0).astype(np.uint8)


def scale_words(strip: Strip) -> str:
    """Say what the full height of a strip stands for, and half of it, as the scale is no even one."""
    within = f" in {strip.span_words}" if strip.span_words else ""
    half = f", half {round(strip.highest / 4):,}" if strip.highest >= 8 else ""
    return f"full height {strip.highest:,}{within}{half}"


def draw_strips(painter: QPainter, frame: Frame, colours: Sequence[QColor]) -> None:
    """Draw the strips of a frame, in the colours of its lanes; those whose columns are at one place, at once."""
    alike: dict[tuple[float, float, int, float], list[Strip]] = {}
    for strip in frame.strips:
        if not len(strip.counts):
            continue
        key = (strip.left_px, strip.column_px, len(strip.counts), strip.bottom_px - strip.top_px)
        alike.setdefault(key, []).append(strip)
    with device_pixels(painter) as ratio:
        for strips in alike.values():
            pixels = strip_pixels(strips, [colours[strip.lane] for strip in strips], ratio, frame.width_px)
            _, height, width = pixels.shape
            for strip, own in zip(strips, pixels, strict=True):
                image = QImage(own.data, width, height, width * 4, QImage.Format.Format_ARGB32_Premultiplied)
                painter.drawImage(QPointF(0, round(strip.bottom_px * ratio) - height), image)


def strip_pixels(strips: Sequence[Strip], colours: Sequence[QColor], ratio: float, width_px: int) -> NDArray[np.uint32]:
    """Return the pixels of strips with the same columns over the whole width of a frame, premultiplied.

    The shape is (strips, height, width).
    """
    first, width = strips[0], round(width_px * ratio)
    height = min(round((first.bottom_px - first.top_px) * ratio), MOST_HEIGHT_PX)
    base = max(1, round(BASE_PX * ratio))
    room = max(1, height - base - round(ROOM_ABOVE_PX * ratio))
    counts = np.stack([strip.counts for strip in strips])
    highest = np.array([[max(strip.highest, 1)] for strip in strips])
    column, has_column = _columns_of_pixels(first, ratio, width)
    high = heights(counts, highest, room)[:, column] * has_column
    levels = np.arange(height - base, 0, -1, dtype=np.uint8)
    pixels = np.empty((len(strips), height, width), np.uint32)
    bar = np.array([_premultiplied(colour, BAR_ALPHA) for colour in colours], np.uint32)
    foot = np.array([_premultiplied(colour, BASE_ALPHA) for colour in colours], np.uint32)
    is_bar = (high[:, None, :] >= levels[:, None]).view(np.uint8)
    np.multiply(is_bar, bar[:, None, None], out=pixels[:, : height - base], dtype=np.uint32)
    pixels[:, height - base :] = foot[:, None, None] * (high > 0)[:, None, :]
    return pixels


def draw_strips_as_vectors(painter: QPainter, frame: Frame, colours: Sequence[QColor]) -> None:
    """Draw the strips of a frame as rectangles, one a column."""
    painter.setPen(Qt.PenStyle.NoPen)
    for strip in frame.strips:
        if not len(strip.counts):
            continue
        room = round(strip.bottom_px - strip.top_px) - BASE_PX - ROOM_ABOVE_PX
        high = heights(strip.counts, np.array(max(strip.highest, 1)), max(1, room)).astype(np.int64)
        left, right = (np.clip(edge, 0, frame.width_px) for edge in _column_edges(strip))
        seen = np.flatnonzero((high > 0) & (right > left))
        base = strip.bottom_px - BASE_PX
        for alpha, top, depth in (
            (BAR_ALPHA, base - high, high),
            (BASE_ALPHA, np.full(len(high), base), np.full(len(high), BASE_PX)),
        ):
            painter.setBrush(faded(colours[strip.lane], alpha))
            painter.drawRects(
                [QRectF(float(left[at]), float(top[at]), float(right[at] - left[at]), float(depth[at])) for at in seen]
            )


def _column_edges(strip: Strip) -> tuple[FloatArray, FloatArray]:
    left = np.arange(len(strip.counts), dtype=np.float64) * strip.column_px + strip.left_px
    gap = 1 if strip.column_px >= LEAST_GAP_COLUMN_PX else 0
    right = left + (strip.column_px - gap)
    return left, right


def _columns_of_pixels(strip: Strip, ratio: float, width: int) -> tuple[NDArray[np.intp], BoolArray]:
    """Return the number of the column at each pixel of the device, and whether one is there: wide ones leave a gap."""
    count = len(strip.counts)
    edges = np.rint((strip.left_px + np.arange(count + 1) * strip.column_px) * ratio)
    pixel = np.arange(width)
    column = np.searchsorted(edges, pixel, side="right") - 1
    has_column = (column >= 0) & (column < count)
    column = np.clip(column, 0, count - 1)
    if strip.column_px >= LEAST_GAP_COLUMN_PX:
        has_column &= edges[column + 1] - pixel > max(1, round(ratio))
    return column, has_column


def _premultiplied(colour: QColor, alpha: float) -> int:
    opacity = round(alpha * 255)
    red, green, blue = (round(part * alpha) for part in (colour.red(), colour.green(), colour.blue()))
    return opacity << 24 | red << 16 | green << 8 | blue
