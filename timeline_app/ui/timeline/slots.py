"""Pictures kept ready, such as texts, each in a slot of its own; the longest unused make room for new ones."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import numpy as np
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter, QPixmap

from timeline_app.core.arrays import BoolArray, FloatArray, Int64Array
from timeline_app.ui.timeline.sheet import Picture, draw_fragments, fragments, transparent

PAGE_COLUMNS = 4
PAGE_SLOTS = 128
MOST_KEPT = 1_024
NO_SLOT = -1


class Slots:
    """Slots of one size, in pixels of the device, on pages; a picture is told by any hashable key.

    `dropped` counts how often slots were given to other pictures.
    """

    def __init__(
        self, width_px: int, height_px: int, *, most_kept: int = MOST_KEPT, page_slots: int = PAGE_SLOTS
    ) -> None:
        self._width_px = max(1, width_px)
        self._height_px = max(1, height_px)
        self._most_kept = most_kept
        self._page_slots = page_slots
        self._pages: list[QPixmap] = []
        self._slots: dict[Hashable, int] = {}
        self._keys: list[Hashable] = []
        self._free: list[int] = []
        self._last_used = np.zeros(0, np.int64)
        self._own_width = np.zeros(0)
        self._ends: dict[int, Int64Array] = {}
        self._frame = 0
        self.dropped = 0

    def __len__(self) -> int:
        return len(self._slots)

    def __contains__(self, key: Hashable) -> bool:
        return key in self._slots

    @property
    def size_px(self) -> tuple[int, int]:
        """Width and height of a slot."""
        return self._width_px, self._height_px

    def begin_frame(self) -> None:
        """Count another frame: what it uses is kept until it is drawn."""
        self._frame += 1

    def find(self, keys: Sequence[Hashable]) -> Int64Array:
        """Return the slots of pictures, NO_SLOT for those that are not ready, shape (len(keys),)."""
        known = self._slots
        slots = np.array([known.get(key, NO_SLOT) for key in keys], np.int64)
        self._last_used[slots[slots != NO_SLOT]] = self._frame
        return slots

    def use(self, slots: Int64Array) -> None:
        """Count slots as used in this frame, so that they are kept."""
        self._last_used[slots] = self._frame

    def add(self, key: Hashable, picture: Picture) -> int:
        """Draw a new picture into a slot, cut at the slot's size, and return the slot."""
        if key in self._slots:  # The same may be asked for twice in one frame.
            return self._slots[key]
        slot = self._free_slot()
        page, left, top = slot // self._page_slots, *self._corner(slot)
        with QPainter(self._pages[page]) as painter:
            painter.setClipRect(left, top, self._width_px, self._height_px)
            painter.translate(left, top)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
            painter.fillRect(0, 0, self._width_px, self._height_px, Qt.GlobalColor.transparent)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
            picture.draw(painter)
        self._free.pop()  # Only now: what could not be drawn takes no room.
        self._slots[key] = slot
        self._keys[slot] = key
        self._last_used[slot] = self._frame
        self._own_width[slot] = min(picture.width_px, self._width_px)
        return slot

    def end_before(self, slot: int, room_px: int) -> int:
        """Return where the last letter or group of joined letters ends that is whole within a room; 0 for none."""
        ends = self._ends.get(slot)
        if ends is None:
            ends = self._ends[slot] = self._ink_ends(slot)
        place = int(np.searchsorted(ends, room_px, side="right"))
        return int(ends[place - 1]) if place else 0

    def widths_px(self, slots: Int64Array) -> FloatArray:
        """Return how wide the pictures in slots are."""
        return self._own_width[slots]

    def draw(
        self, painter: QPainter, slots: Int64Array, left_px: FloatArray, top_px: FloatArray, width_px: FloatArray
    ) -> None:
        """Draw the first pixels, as many as told, of slots at whole pixels of the device."""
        for pixmap, made in self.pieces(slots, left_px, top_px, width_px):
            draw_fragments(painter, pixmap, made)

    def pieces(
        self, slots: Int64Array, left_px: FloatArray, top_px: FloatArray, width_px: FloatArray
    ) -> list[tuple[QPixmap, FloatArray]]:
        """Return what `draw` draws: the fragments of each page, right until `dropped` is another."""
        if not len(slots):
            return []
        pages, within = np.divmod(slots, self._page_slots)
        cells = np.empty((len(slots), 4))
        cells[:, 0] = within % PAGE_COLUMNS * self._width_px
        cells[:, 1] = within // PAGE_COLUMNS * self._height_px
        cells[:, 2] = width_px
        cells[:, 3] = self._height_px
        made = fragments(cells, left_px, top_px)
        numbers = np.bincount(pages).nonzero()[0].tolist()
        if len(numbers) == 1:
            return [(self._pages[numbers[0]], made)]
        return [(self._pages[number], made[pages == number]) for number in numbers]

    def _corner(self, slot: int) -> tuple[int, int]:
        row, column = divmod(slot % self._page_slots, PAGE_COLUMNS)
        return column * self._width_px, row * self._height_px

    def _free_slot(self) -> int:
        """Return the next free slot, which stays free."""
        if not self._free and len(self._keys) >= self._most_kept:
            self._drop_unused()
        if not self._free:
            self._add_page()
        return self._free[-1]

    def _drop_unused(self) -> None:
        """Free a quarter of a page, the longest unused first, but nothing that this frame uses."""
        oldest = np.argsort(self._last_used, kind="stable")[: self._page_slots // 4]
        self.dropped += 1
        for slot in oldest[self._last_used[oldest] < self._frame].tolist():
            del self._slots[self._keys[slot]]
            self._ends.pop(slot, None)
            self._free.append(slot)

    def _add_page(self) -> None:
        first = len(self._keys)
        rows = self._page_slots // PAGE_COLUMNS
        self._pages.append(transparent(PAGE_COLUMNS * self._width_px, rows * self._height_px))
        self._keys.extend([None] * self._page_slots)
        self._last_used = np.concatenate((self._last_used, np.zeros(self._page_slots, np.int64)))
        self._own_width = np.concatenate((self._own_width, np.zeros(self._page_slots)))
        self._free.extend(range(first + self._page_slots - 1, first - 1, -1))

    def _ink_ends(self, slot: int) -> Int64Array:
        """Return the first empty column after each run of columns with ink: a cut there goes through no letter."""
        corner = QRect(*self._corner(slot), self._width_px, self._height_px)
        image = self._pages[slot // self._page_slots].copy(corner).toImage()
        if image.format() is not QImage.Format.Format_ARGB32_Premultiplied:
            image = image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
        words = np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), image.bytesPerLine() // 4)
        has_ink: BoolArray = words[:, : image.width()].max(axis=0) > 0
        return np.flatnonzero(has_ink[:-1] & ~has_ink[1:]) + 1
