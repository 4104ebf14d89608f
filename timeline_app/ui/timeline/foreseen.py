"""The frame of the view that a zoom comes to next, built while no input waits for it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from timeline_app.scene.frame import Frame
from timeline_app.scene.viewport import Viewport
from timeline_app.ui.timeline.painter import FramePainter
from timeline_app.ui.timeline.subject import Subject

FIRST_MS = 2.0
USUAL_SHARE = 0.25


@dataclass(frozen=True, slots=True, eq=False)
class _Foreseen:
    """A frame of a subject; `steps` is how much was laid out for it, None when that was all that it needs."""

    subject: Subject
    frame: Frame
    steps: int | None

    def is_of(self, subject: Subject, view: Viewport) -> bool:
        """Return whether a frame of a subject would be this one now."""
        if not self.frame.viewport.is_as(view):
            return False
        own, is_laid_out = self.subject, self.steps is None or self.steps == subject.layouts.steps
        seen = own.layouts is subject.layouts and own.result is subject.result and own.table is subject.table
        return is_laid_out and seen and own.canvas == subject.canvas and own.asked == subject.asked


class ForeseenFrame:
    """Gives frames; one at a time is built before it is asked for."""

    def __init__(self, painter: FramePainter) -> None:
        self._painter = painter
        self._kept: _Foreseen | None = None
        self._usual_ms = FIRST_MS

    @property
    def usual_ms(self) -> float:
        """How long it takes most often to get a frame ready."""
        return self._usual_ms

    def foresee(self, subject: Subject, view: Viewport, goes_on: Callable[[], bool]) -> None:
        """Get a frame and its texts ready, step by step as long as `goes_on` says so."""
        begin_s = time.perf_counter()
        self._foresee(subject, view, goes_on)
        self._usual_ms += ((time.perf_counter() - begin_s) * 1e3 - self._usual_ms) * USUAL_SHARE

    def frame(self, subject: Subject, view: Viewport) -> Frame:
        """Return the frame of a view, the one that was foreseen if it is that."""
        kept, self._kept = self._kept, None
        if kept is not None and kept.is_of(subject, view):
            return replace(kept.frame, viewport=view)
        return subject.frame(view)

    def _foresee(self, subject: Subject, view: Viewport, goes_on: Callable[[], bool]) -> None:
        kept = self._kept
        if kept is None or not kept.is_of(subject, view):
            layouts = subject.layouts
            if not layouts.foresee(view, goes_on) or not goes_on():
                return
            steps = None if layouts.is_ready(view) else layouts.steps
            kept = self._kept = _Foreseen(subject, subject.frame(view), steps)
        if goes_on():
            self._painter.get_ready(kept.frame.axis, kept.frame.strips, goes_on)
