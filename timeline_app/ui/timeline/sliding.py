"""The picture while a hand pans: plates that were painted before, and over them what keeps its place on screen."""

from __future__ import annotations

import math
import time
from collections.abc import Sequence

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPixmap

from timeline_app.scene.frame import Frame, FramePart
from timeline_app.scene.ticks import years_apart
from timeline_app.scene.viewport import Viewport
from timeline_app.ui.timeline.layers import MostNew
from timeline_app.ui.timeline.pace import SPARE_MS, USUAL_SHARE
from timeline_app.ui.timeline.painter import FramePainter
from timeline_app.ui.timeline.plates import Plates
from timeline_app.ui.timeline.sheet import clip_to
from timeline_app.ui.timeline.subject import Subject

# After so long the picture is painted as a whole, with what ends at the edges of the canvas.
SETTLED_S = 0.09
NEW_A_PLATE = MostNew(titles=16, words=8)
FIRST_PLATE_MS = 4.0
FIRST_REHEARSAL_MS = 1.0
FORGIVEN_SHARE = 0.05
STEP_SHARE = 0.2  # of the view's width, that a step of a pan hardly ever exceeds


class SlidingPicture:
    """Paints pictures of a view that is panned; between two of them plates for the next are painted."""

    def __init__(self, painter: FramePainter) -> None:
        self._painter = painter
        self._plates = Plates()
        self._years = 0
        self._before: Viewport | None = None
        self._towards = 0.0
        self._is_pan = self._is_zoom = False
        self._moved_s: float | None = None
        self._was_drawn = False
        self._plate_ms = FIRST_PLATE_MS
        self._rehearsal_ms = FIRST_REHEARSAL_MS
        self._stage = QPixmap(1, 1)

    @property
    def was_drawn(self) -> bool:
        """Whether the picture on screen was painted by `draw`, and is to be painted as a whole once the hand rests."""
        return self._was_drawn

    @property
    def is_pan(self) -> bool:
        """Whether the last move was a pan, so that the next is likely to be one."""
        return self._is_pan

    def forget(self) -> None:
        """Let go of what was painted, as colours, fonts or sizes have changed."""
        self._plates.forget()

    def note(self, view: Viewport, now_s: float) -> None:
        """Take notice that a view has moved."""
        before, self._before, self._moved_s = self._before, view, now_s
        self._is_pan = before is not None and before.seconds_per_px == view.seconds_per_px
        self._is_zoom = before is not None and not self._is_pan
        if before is not None and self._is_pan:
            self._towards = (view.left_s - before.left_s) + (view.left_part - before.left_part)

    def coming(self, view: Viewport) -> Viewport:
        """Return the farthest view that the next step of a pan is likely to lead to."""
        return view.panned(math.copysign(view.width_px * STEP_SHARE, self._towards))

    def settle_in_s(self, now_s: float) -> float:
        """Return the seconds until a hand is taken to rest."""
        return 0.0 if self._moved_s is None else max(self._moved_s + SETTLED_S - now_s, 0.0)

    def end(self) -> None:
        """Take notice that nothing slides any more: the picture is painted as a whole."""
        self._was_drawn, self._moved_s = False, None

    def draw(self, painter: QPainter, subject: Subject, view: Viewport, most_new: MostNew | None) -> Frame | None:
        """Draw a view that is being panned; return what was drawn over the plates, None where these lack some."""
        # What a zoom leaves behind is let go between two inputs: that takes as long as half a frame.
        if self._is_zoom or self._moved_s is None:
            return None
        if not self._fit(painter.deviceTransform().m11(), subject, view):
            return None
        if not self._plates.cover(view):
            return None
        canvas = subject.canvas
        painter.save()
        clip_to(painter, QRect(0, canvas.measures.axis_px, view.width_px - subject.covered_px, canvas.height_px))
        self._plates.draw(painter, view)
        painter.restore()
        frame = subject.part(view, FramePart.HELD, self._years)
        subject.paint(self._painter, painter, frame, most_new)
        self._was_drawn = True
        return frame

    def paint_ahead(self, subject: Subject, view: Viewport, seen: Sequence[int], ratio: float, left_ms: float) -> bool:
        """Paint the next plate that lacks if there is time for it; return whether none lacks that can be painted.

        `seen` numbers the lanes on screen, which have to be laid out for it.
        """
        if not self._fit(ratio, subject, view):
            return True
        number, part = next(self._plates.missing(view, self._towards), (0, None))
        if part is None or not subject.layouts.is_standing(part, seen):
            return True
        # One that comes into view next costs less than to paint the next picture as a whole. Where some lack in view
        # already it is painted so in any case, and the next input need not wait as well.
        is_due = not self._plates.has(number) and self._plates.cover(view)
        is_due = is_due and self._plates.is_due(number, view, self._towards)
        if left_ms < self._plate_ms + SPARE_MS and not is_due:
            self._plate_ms *= 1 - FORGIVEN_SHARE  # else one that took long would be the last
            return False
        begin_s = time.perf_counter()
        self._plates.paint(number, view, self._towards, lambda painter: self._paint_plate(painter, subject, part))
        self._plate_ms += ((time.perf_counter() - begin_s) * 1e3 - self._plate_ms) * USUAL_SHARE
        return False

    def rehearse(self, subject: Subject, view: Viewport, ratio: float, left_ms: float) -> None:
        """Go through what the next step draws over the plates, if there is time for it, on a stage of one pixel.

        So its numbers and texts are ready, and what it needs again is still in the caches of the processor after the
        other work that is done between two inputs.
        """
        if left_ms < self._rehearsal_ms + SPARE_MS or not self._fit(ratio, subject, view):
            return
        coming = view.panned(self._towards / view.seconds_per_px)
        if not self._plates.cover(coming):
            return
        begin_s = time.perf_counter()
        self._stage.setDevicePixelRatio(ratio)
        frame = subject.part(coming, FramePart.HELD, self._years)
        with QPainter(self._stage) as painter:
            subject.paint(self._painter, painter, frame, NEW_A_PLATE)
        self._rehearsal_ms += ((time.perf_counter() - begin_s) * 1e3 - self._rehearsal_ms) * USUAL_SHARE

    def _fit(self, ratio: float, subject: Subject, view: Viewport) -> bool:
        """Make the plates those of a subject; return whether a picture of it can be made of any."""
        canvas, pointed = subject.canvas, subject.highlights
        if pointed.hovered is not None or pointed.told is not None:
            return False
        measures = canvas.measures
        self._years = years_apart(view, canvas.words, measures.text_scale)
        stars = pointed.notes.starred.tobytes()  # the same while a note is written letter by letter
        seen = (subject.layouts, subject.result, subject.table, subject.grouping, pointed.selected, stars)
        drawn = (canvas.guides, canvas.known_s, subject.asked.compared)
        self._plates.fit((*seen, self._years, canvas.scroll_px, measures, *drawn), view, ratio, canvas.height_px)
        return True

    def _paint_plate(self, painter: QPainter, subject: Subject, part: Viewport) -> bool:
        frame = subject.part(part, FramePart.MOVED, self._years)
        return subject.paint(self._painter, painter, frame, NEW_A_PLATE)
