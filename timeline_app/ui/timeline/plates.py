"""What panning only moves, painted once in upright plates side by side, of which a frame copies those in view."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Iterator

from PySide6.QtGui import QPainter, QPixmap

from timeline_app.scene.viewport import Viewport
from timeline_app.ui.timeline.sheet import device_pixels

PLATE_PX = 512
REACH_PX = 14  # of rings and, at the largest text, of stars, and of marks whose middle is beside a plate
AHEAD_SHARE = 1.0
MOST_BYTES = 96 << 20
PIXEL_BYTES = 4
FARTHEST_PX = 1 << 30
SAME_PX = 0.01


class Plates:
    """The plates of one scale, lanes and look, numbered from left to right; all that they show follows from a key."""

    def __init__(self) -> None:
        self._key: Hashable = None
        self._origin: Viewport | None = None
        self._ratio = 1.0
        self._height_px = 0
        self._plates: dict[int, QPixmap] = {}
        self._unfinished: set[int] = set()

    def __len__(self) -> int:
        return len(self._plates)

    def forget(self) -> None:
        """Let go of all plates."""
        self._key = self._origin = None
        self._plates, self._unfinished = {}, set()

    def fit(self, key: Hashable, view: Viewport, ratio: float, height_px: int) -> None:
        """Keep what was painted as long as it is for the same key, scale, pixel ratio and height; else begin anew.

        So is it where a view lies at parts of a pixel: what is painted for it would be another picture.
        """
        wanted = (key, view.seconds_per_px, ratio, height_px)
        if wanted == self._key:
            offset_px = self._offset_px(view)
            if abs(offset_px - round(offset_px)) < SAME_PX and abs(offset_px) < FARTHEST_PX:
                return
        self._key, self._origin, self._ratio = wanted, view, ratio
        self._height_px = round(height_px * ratio)
        self._plates, self._unfinished = {}, set()

    def cover(self, view: Viewport) -> bool:
        """Return whether all of a view is there."""
        return all(number in self._plates for number in self._seen(view))

    def draw(self, painter: QPainter, view: Viewport) -> None:
        """Draw what a view sees of the plates, at whole pixels of the device."""
        offset_px = round(self._offset_px(view))
        with device_pixels(painter):
            for number in self._seen(view):
                painter.drawPixmap(number * self._width_px - offset_px, 0, self._plates[number])

    def missing(self, view: Viewport, towards: float) -> Iterator[tuple[int, Viewport]]:
        """Give number and view of the plates that lack or lack something, those first without which none is drawn.

        Then those in a view, then those `towards` which it moves, of those beside the view as many as have room. A
        plate's view reaches REACH_PX over it on either side.
        """
        wanted = self._wanted(view, towards)
        urgent = [number for number in wanted if number not in self._plates and self.is_due(number, view, towards)]
        for number in urgent:
            yield number, self._view_of(number)
        for number in wanted:
            if number not in urgent and (number not in self._plates or number in self._unfinished):
                yield number, self._view_of(number)

    def is_due(self, number: int, view: Viewport, towards: float) -> bool:
        """Return whether a plate is in view, or the next one to come into it."""
        seen = self._seen(view)
        return number in seen or number == (seen.stop if towards >= 0 else seen.start - 1)

    def has(self, number: int) -> bool:
        """Return whether a plate is there, if not with all of its texts."""
        return number in self._plates

    def paint(self, number: int, view: Viewport, towards: float, paint: Callable[[QPainter], bool]) -> None:
        """Have one plate painted, at the origin of its view; `paint` tells whether it has all of its texts."""
        pixmap = QPixmap(self._width_px, self._height_px)
        pixmap.setDevicePixelRatio(self._ratio)
        with QPainter(pixmap) as painter:
            painter.translate(-self._reach_px / self._ratio, 0)
            is_whole = paint(painter)
        pixmap.setDevicePixelRatio(1)  # copied pixel by pixel
        wanted = set(self._wanted(view, towards))
        self._plates = {other: kept for other, kept in self._plates.items() if other in wanted}
        self._plates[number] = pixmap
        self._unfinished = {other for other in self._unfinished if other in self._plates and other != number}
        if not is_whole:
            self._unfinished.add(number)

    @property
    def _width_px(self) -> int:
        return round(PLATE_PX * self._ratio)

    @property
    def _reach_px(self) -> int:
        return round(REACH_PX * self._ratio)

    def _wanted(self, view: Viewport, towards: float) -> list[int]:
        seen = self._seen(view)
        room = MOST_BYTES // (self._width_px * self._height_px * PIXEL_BYTES) - len(seen)
        beside = min(math.ceil(view.width_px * AHEAD_SHARE / PLATE_PX), room // 2)
        later = range(seen.stop, seen.stop + beside)
        earlier = range(seen.start - 1, seen.start - 1 - beside, -1)
        ahead, behind = (later, earlier) if towards >= 0 else (earlier, later)
        return [*seen, *ahead, *behind] if room >= 0 else []

    def _seen(self, view: Viewport) -> range:
        left_px = round(self._offset_px(view))
        right_px = left_px + math.ceil(view.width_px * self._ratio)
        return range(left_px // self._width_px, -(-right_px // self._width_px))

    def _offset_px(self, view: Viewport) -> float:
        """Return how many pixels of the device the left edge of a view is right of that of the origin."""
        origin = self._origin
        if origin is None:
            return math.inf
        seconds = (view.left_s - origin.left_s) + (view.left_part - origin.left_part)
        return seconds / origin.seconds_per_px * self._ratio

    def _view_of(self, number: int) -> Viewport:
        assert self._origin is not None, "plates are fitted before any is painted"
        left_px = number * self._width_px - self._reach_px
        width_px = math.ceil((self._width_px + 2 * self._reach_px) / self._ratio)
        return self._origin.resized(width_px).panned(left_px / self._ratio)
