"""The frame of the view that a zoom comes to next, built while no input waits for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from timeline_app.scene.frame import Frame
from timeline_app.scene.viewport import Viewport
from timeline_app.ui.timeline.painter import FramePainter
from timeline_app.ui.timeline.subject import Subject


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


class ForeseenFrame:
    """Gives frames; one at a time is built before it is asked for."""

    def __init__(self, painter: FramePainter) -> None:
        self._painter = painter
        self._kept: _Foreseen | None = None
        self._is_behind = False

    @property
    def is_behind(self) -> bool:
        """Whether the frame that was given last may lack what was laid out since it was built."""
        return self._is_behind

    def frame(self, subject: Subject, view: Viewport, *, may_be_behind: bool) -> Frame:
        """Return the frame of a view, the one that was foreseen if it is that."""
        kept, self._kept, self._is_behind = self._kept, None, False
        if kept is not None and kept.is_of(subject, view) and (may_be_behind or not kept.is_behind):
            self._is_behind = kept.is_behind
            return replace(kept.frame, viewport=view)
        return subject.frame(view)

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
