"""Many small pictures on one pixmap, so that Qt draws a whole frame of them in one call."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import cast

import numpy as np
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPixmap
from shiboken6 import Shiboken

from timeline_app.core.arrays import FloatArray, IntegerArray

SHEET_WIDTH_PX = 1_024
FIRST_HEIGHT_PX = 256
LARGEST_HEIGHT_PX = 2_048

# The numbers of a QPainter.PixmapFragment, in its order in memory.
CENTRE_X, CENTRE_Y, SOURCE_LEFT, SOURCE_TOP, WIDTH, HEIGHT, SCALE_X, SCALE_Y, ROTATION, OPACITY = range(10)
FRAGMENT_NUMBERS = 10


@dataclass(frozen=True, slots=True)
class Picture:
    """A small picture: its size in pixels of the device, and what draws it at the origin."""

    width_px: int
    height_px: int
    draw: Callable[[QPainter], None]


@contextmanager
def device_pixels(painter: QPainter) -> Iterator[float]:
    """Let a painter count in pixels of its device, from the same origin; gives how many of them a pixel is.

    Without a scale Qt copies pixels as they are: twice as fast, and crisp at any ratio.
    """
    ratio = painter.deviceTransform().m11()
    if ratio == 1:  # most often, and then there is nothing to scale or to restore
        yield ratio
        return
    painter.save()
    painter.scale(1 / ratio, 1 / ratio)
    try:
        yield ratio
    finally:
        painter.restore()


def clip_to(painter: QPainter, rect: QRect) -> bool:
    """Let a painter draw within a rectangle only, and return whether that was done: not at parts of a pixel.

    What the scroll bar covers is cut out of what may be painted. Within the rectangle beside it nothing is, so that Qt
    copies pixels as they are; else it would draw each picture in single lines, and share these out to threads.
    """
    if not painter.deviceTransform().m11().is_integer():
        return False
    painter.setClipRect(rect)
    return True


def fragments(cells: FloatArray, left_px: FloatArray, top_px: FloatArray) -> FloatArray:
    """Return the fragments that draw cells of a sheet, unscaled, with their left upper corners at whole pixels.

    `cells` are left, top, width and height on the sheet, shape (n, 4); gives shape (n, FRAGMENT_NUMBERS).
    """
    made = np.empty((len(cells), FRAGMENT_NUMBERS))
    made[:, SOURCE_LEFT:SCALE_X] = cells
    made[:, CENTRE_X] = left_px
    made[:, CENTRE_Y] = top_px
    made[:, :SOURCE_LEFT] += cells[:, 2:] * 0.5
    made[:, SCALE_X:] = (1.0, 1.0, 0.0, 1.0)
    return made


def stretched(cells: FloatArray, left_px: FloatArray, top_px: FloatArray, width_px: FloatArray) -> FloatArray:
    """Return the fragments that draw cells as wide as told."""
    made = fragments(cells, left_px, top_px)
    made[:, SCALE_X] = width_px / cells[:, 2]
    made[:, CENTRE_X] = left_px + width_px / 2
    return made


def draw_fragments(painter: QPainter, pixmap: QPixmap, made: FloatArray) -> None:
    """Draw parts of a pixmap in one call; the array is the memory that Qt reads."""
    if len(made):
        numbers = np.ascontiguousarray(made)
        address = numbers.__array_interface__["data"][0]
        first = cast("QPainter.PixmapFragment", Shiboken.wrapInstance(address, QPainter.PixmapFragment))
        painter.drawPixmapFragments(first, len(numbers), pixmap)


def transparent(width_px: int, height_px: int) -> QPixmap:
    """Return an empty pixmap."""
    pixmap = QPixmap(width_px, height_px)
    pixmap.fill(Qt.GlobalColor.transparent)
    return pixmap


class Sheet:
    """A pixmap that pictures are put on, side by side on shelves; it grows, and never moves what it holds."""

    def __init__(self) -> None:
        self._pixmap = transparent(SHEET_WIDTH_PX, FIRST_HEIGHT_PX)
        self._left = self._shelf_top = self._shelf_height = 0

    @property
    def pixmap(self) -> QPixmap:
        """The pixmap to draw from; another one after the sheet has grown."""
        return self._pixmap

    @property
    def is_large(self) -> bool:
        """Whether it is time to begin a new sheet."""
        return self._shelf_top + self._shelf_height > LARGEST_HEIGHT_PX

    def add(self, picture: Picture) -> tuple[int, int, int, int]:
        """Draw a picture onto a free place; gives its left, top, width and height."""
        left, top = self._place(picture.width_px, picture.height_px)
        with QPainter(self._pixmap) as painter:
            painter.setClipRect(left, top, picture.width_px, picture.height_px)
            painter.translate(left, top)
            picture.draw(painter)
        return left, top, picture.width_px, picture.height_px

    def _place(self, width_px: int, height_px: int) -> tuple[int, int]:
        if self._left + width_px > SHEET_WIDTH_PX:
            self._shelf_top += self._shelf_height
            self._left = self._shelf_height = 0
        self._shelf_height = max(self._shelf_height, height_px)
        while self._shelf_top + self._shelf_height > self._pixmap.height():
            self._grow()
        left, self._left = self._left, self._left + width_px
        return left, self._shelf_top

    def _grow(self) -> None:
        larger = transparent(SHEET_WIDTH_PX, 2 * self._pixmap.height())
        with QPainter(larger) as painter:
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
            painter.drawPixmap(0, 0, self._pixmap)
        self._pixmap = larger


class CellTable:
    """The cells of one family of pictures on a sheet, each drawn when it is first asked for by its code."""

    def __init__(self, sheet: Sheet, code_count: int, picture: Callable[[int], Picture]) -> None:
        self._sheet = sheet
        self._picture = picture
        self._cells = np.zeros((code_count, 4))

    def cells_of(self, codes: IntegerArray) -> FloatArray:
        """Return left, top, width and height on the sheet for each code, shape (len(codes), 4)."""
        cells = self._cells[codes]
        missing = codes[cells[:, 2] == 0]
        if not len(missing):
            return cells
        for code in sorted(set(missing.tolist())):
            self._cells[code] = self._sheet.add(self._picture(code))
        return self._cells[codes]
