"""The picture of the view that a zoom comes to next, built and painted while no input waits for it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPixmap

from timeline_app.scene.frame import Frame
from timeline_app.scene.viewport import Viewport
from timeline_app.ui.timeline.layers import MostNew
from timeline_app.ui.timeline.pace import USUAL_SHARE
from timeline_app.ui.timeline.painter import FramePainter, Highlights
from timeline_app.ui.timeline.sheet import device_pixels
from timeline_app.ui.timeline.subject import Subject

FIRST_PAINTING_MS = 4.0


@dataclass(frozen=True, slots=True, eq=False)
class _Foreseen:
    """A frame of a subject; `steps` is how much was laid out for it, None when that was all that it needs."""

    subject: Subject
    frame: Frame
    steps: int | None

    def is_of(self, subject: Subject, view: Viewport) -> bool:
        """Return whether it is a frame of a subject as that is now, except for what was laid out since."""
        if not self.frame.viewport.is_as(view):
            return False
        own = self.subject
        seen = own.layouts is subject.layouts and own.result is subject.result and own.table is subject.table
        return seen and own.canvas == subject.canvas and own.asked == subject.asked

    @property
    def is_behind(self) -> bool:
        """Whether something was laid out since that it may lack."""
        return self.steps is not None and self.steps != self.subject.layouts.steps


@dataclass(frozen=True, slots=True, eq=False)
class _Painted:
    """A frame as pixels, without what is under the pointer; `has_all` of its texts, else some are still to be drawn."""

    subject: Subject
    frame: Frame
    ratio: float
    has_all: bool

    def shows(self, subject: Subject, ratio: float) -> bool:
        """Return whether the same frame of another subject, as that is now, would be painted as the same pixels."""
        own, other = self.subject, subject
        same = own.grouping is other.grouping and own.covered_px == other.covered_px and self.ratio == ratio
        return same and _lasting(own.highlights) == _lasting(other.highlights)


class ForeseenPicture:
    """Gives frames and draws them; one at a time is built, and painted, before it is asked for."""

    def __init__(self, painter: FramePainter) -> None:
        self._painter = painter
        self._kept: _Foreseen | None = None
        self._painted: _Painted | None = None
        self._pixels = QPixmap()
        self._is_behind = False
        self._painting_ms = FIRST_PAINTING_MS

    @property
    def is_behind(self) -> bool:
        """Whether the frame that was given last may lack what was laid out since it was built."""
        return self._is_behind

    @property
    def painting_ms(self) -> float:
        """How long it takes to paint a picture, as far as is known."""
        return self._painting_ms

    def forget(self) -> None:
        """Let go of what was painted, as colours, fonts or sizes have changed or nobody zooms any more."""
        self._painted, self._pixels = None, QPixmap()

    def frame(self, subject: Subject, view: Viewport, *, may_be_behind: bool) -> Frame:
        """Return the frame of a view, the one that was foreseen if it is that."""
        kept, painted = self._kept, self._painted
        self._kept, self._painted, self._is_behind = None, None, False
        if kept is None or not kept.is_of(subject, view) or (kept.is_behind and not may_be_behind):
            return subject.frame(view)
        self._is_behind = kept.is_behind
        frame = replace(kept.frame, viewport=view)
        if painted is not None and painted.frame is kept.frame:
            self._painted = replace(painted, frame=frame)
        return frame

    def draw(self, painter: QPainter, subject: Subject, frame: Frame, most_new: MostNew | None) -> bool:
        """Draw a frame, from the pixels that it was painted as before if these are right still.

        Return whether all of its texts are there. Otherwise `most_new` limits those that are made ready, see
        FramePainter.paint.
        """
        painted = self._painted
        if painted is None or painted.frame is not frame or most_new is None:
            return subject.paint(self._painter, painter, frame, most_new)
        if not painted.shows(subject, painter.deviceTransform().m11()):
            return subject.paint(self._painter, painter, frame, most_new)
        axis_px, seen_px = frame.measures.axis_px, frame.width_px - subject.covered_px
        with device_pixels(painter) as ratio:
            # Beside the scroll bar nothing is copied that was not painted.
            for part in (QRect(0, 0, frame.width_px, axis_px), QRect(0, axis_px, seen_px, frame.height_px - axis_px)):
                pixels = _scaled(part, ratio)
                painter.drawPixmap(pixels, self._pixels, pixels)
        self._painter.draw_pointing(painter, frame, subject.highlights, subject.covered_px)
        return painted.has_all

    def foresee(self, subject: Subject, view: Viewport, goes_on: Callable[[], bool]) -> None:
        """Get a frame and its texts ready, step by step as long as `goes_on` says so."""
        kept = self._kept
        if kept is None or kept.is_behind or not kept.is_of(subject, view):
            layouts = subject.layouts
            if not layouts.foresee(view, goes_on) or not goes_on():
                return
            steps = None if layouts.is_ready(view) else layouts.steps
            kept = self._kept = _Foreseen(subject, subject.frame(view), steps)
        if goes_on():
            self._painter.get_ready(kept.frame.axis, kept.frame.strips, goes_on)

    def paint(self, subject: Subject, ratio: float, most_new: MostNew) -> None:
        """Paint the frame that was got ready, if there is one, with no more new texts than that."""
        kept = self._kept
        if kept is None or (self._painted is not None and self._painted.frame is kept.frame):
            return
        begin_s = time.perf_counter()
        frame = kept.frame
        size = _scaled(QRect(0, 0, frame.width_px, frame.height_px), ratio).size()
        if self._pixels.size() != size:
            self._pixels = QPixmap(size)
        self._pixels.setDevicePixelRatio(ratio)
        unpointed = replace(subject, highlights=_lasting(subject.highlights))
        with QPainter(self._pixels) as painter:
            has_all = unpointed.paint(self._painter, painter, frame, most_new)
        self._pixels.setDevicePixelRatio(1)  # copied pixel by pixel
        self._painted = _Painted(subject, frame, ratio, has_all)
        self._painting_ms += ((time.perf_counter() - begin_s) * 1e3 - self._painting_ms) * USUAL_SHARE


def _lasting(highlights: Highlights) -> Highlights:
    """Return what is pointed at without what is drawn over all else, which moves with the pointer."""
    return replace(highlights, pointer_px=None, pointer_label="", has_focus=False)


def _scaled(rect: QRect, ratio: float) -> QRect:
    """Return a rectangle in pixels of the device."""
    left, top = round(rect.x() * ratio), round(rect.y() * ratio)
    return QRect(
        left, top, round((rect.x() + rect.width()) * ratio) - left, round((rect.y() + rect.height()) * ratio) - top
    )
