"""What is done between two pictures: what the next inputs may bring into view is laid out and painted."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from timeline_app.scene.layout import Layouts
from timeline_app.scene.viewport import Viewport
from timeline_app.ui.timeline.foreseen import ForeseenPicture
from timeline_app.ui.timeline.layers import MostNew
from timeline_app.ui.timeline.pace import AT_ONCE_S, LEAST_SLICE_MS, SLICE_MS, SPARE_MS, Pace, for_ms
from timeline_app.ui.timeline.sliding import SlidingPicture
from timeline_app.ui.timeline.subject import Subject

NEW_FORESEEN = MostNew(titles=8, words=4)
# What is laid out takes its time after a frame, not before: at once as long as a hand leaves between two inputs, then
# no more until it has paused, as the next input would have to wait for it.
PAUSE_MS = 12
LONGEST_BEHIND_MS = 60
STARVED_MS = 40  # after so long without any, work that the picture lacks is done even if no time is left for it
FORESEEN_MS = 5  # for a view that is as good as certain to come: its frame would only have to be built later
MOST_MISSES = 1  # in a row: who so often does not come to what was foreseen does not zoom step by step
TELLING_MS = 1.5  # what those who follow the picture may take
LONGEST_UNTOLD_MS = 250
LONGEST_WAIT_MS = 100  # of work for a paint that is due: a hand faster than frames are would keep it off for ever


class Workplace(Protocol):
    """The canvas that pictures are painted on."""

    @property
    def layouts(self) -> Layouts:
        """The lanes as they are laid out now."""

    @property
    def shown_view(self) -> Viewport:
        """The view that is to be on screen."""

    @property
    def seen_lanes(self) -> Sequence[int]:
        """The numbers of the lanes that have a part on screen."""

    @property
    def is_stale(self) -> bool:
        """Whether a paint is due."""

    def subject(self) -> Subject:
        """Return what pictures are of."""

    def devicePixelRatioF(self) -> float:
        """Return how many pixels of the screen a pixel is."""


class WorkAhead(QObject):
    """Works for a canvas while no input waits; `painted` follows each picture, `overdue` asks for another one."""

    painted = Signal()
    overdue = Signal()
    rested = Signal()

    def __init__(self, canvas: Workplace, sliding: SlidingPicture, foreseen: ForeseenPicture, parent: QObject) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self._sliding = sliding
        self._foreseen = foreseen
        self._pace = Pace()
        self._is_moving = self._is_just_painted = self._is_sent = False
        self._view: Viewport | None = None
        self._coming: Viewport | None = None  # while one zooms the view that comes next if it goes on so
        self._has_come = False  # what was taken to come before that
        self._misses = 0
        self._worked_s = self._sliced_s = self._told_s = 0.0
        self._busy_from_s = self._busy_until_s = 0.0  # what is done at a stretch, an input's own work included
        self._behind_since_s: float | None = None
        self._is_catching_up = False
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setTimerType(Qt.TimerType.PreciseTimer)
        self._idle.timeout.connect(self._take_turn)

    @property
    def is_catching_up(self) -> bool:
        """Whether the next picture is one that nobody moved, for which there is more time."""
        return self._is_catching_up

    @property
    def is_waiting(self) -> bool:
        """Whether there is more to be done."""
        return self._idle.isActive()

    def note_move(self, view: Viewport) -> None:
        """Take notice that a hand has moved the view."""
        now_s = time.perf_counter()
        self._is_moving, self._is_catching_up = True, False
        before, self._view = self._view, view
        expected = self._coming
        self._has_come = expected is not None and expected.is_as(view)
        self._misses = 0 if expected is None or self._has_come else self._misses + 1
        self._coming = view.zoomed_on(before) if before is not None else None
        self._pace.note(now_s, self._busy_from_s, self._busy_until_s)
        self._busy_from_s = now_s
        self._sliding.note(view, now_s)

    def note_paint(self, *, is_complete: bool) -> None:
        """Take notice that a picture was painted, and go on after it."""
        self._is_catching_up = False
        self._is_just_painted, self._is_sent = True, False
        self._busy_until_s = time.perf_counter()
        self._behind_since_s = None if is_complete else self._busy_until_s
        self._idle.start(0)

    def _take_turn(self) -> None:
        """Work, but let the loop come round first after a picture: on some screens it goes out only then."""
        if not self._is_sent:
            self._is_sent = True
            self._idle.start(0)
            return
        now_s = time.perf_counter()
        if now_s - self._busy_until_s >= AT_ONCE_S:
            self._busy_from_s = now_s
        self._work()

    def _work(self) -> None:
        """Lay out some of what the view still needs, then what the next input may need, and show it once whole.

        While one moves, the next input's frame shows it, or the one after that: a frame that is as good as certain to
        be asked for is built first, as the time that it takes is not known before.
        """
        canvas, now_s = self._canvas, time.perf_counter()
        is_waited_for = canvas.is_stale
        if is_waited_for and now_s - self._worked_s < LONGEST_WAIT_MS / 1e3:
            return  # An input came before this: the paint that it waits for comes first, and starts this anew.
        self._worked_s = now_s
        was_moving, self._is_moving = self._is_moving, False
        is_certain = was_moving and self._has_come
        if not is_certain:
            self._tell(is_moving=was_moving)
        if not was_moving:
            self.rested.emit()
        view, layouts = canvas.shown_view, canvas.layouts
        is_behind = not layouts.is_ready(view)
        if self._behind_since_s is None and is_behind:
            self._behind_since_s = now_s
        if was_moving and self._sliding.is_pan:
            self._paint_ahead(self._left_ms())
        if is_certain:
            self._foresee(for_ms(FORESEEN_MS), most_ms=math.inf)
            self._tell(is_moving=True)
        goes_on = for_ms(self._slice_ms(is_behind=is_behind, is_moving=was_moving, is_waited_for=is_waited_for))
        is_ready = layouts.proceed(view, goes_on, first=canvas.seen_lanes, is_moving=was_moving)
        if was_moving and not self._has_come:
            self._foresee(goes_on, most_ms=self._left_ms() if self._misses <= MOST_MISSES else 0.0)
        is_panned = was_moving and self._sliding.is_pan
        if is_panned and is_ready and goes_on():
            layouts.stand_beside(view)
            layouts.count_ahead(view, self._sliding.coming(view), canvas.seen_lanes, goes_on)
        is_beside = is_ready and layouts.look_beside(view, goes_on, is_moving=was_moving)
        is_ahead = is_beside and layouts.look_ahead(view, goes_on, is_moving=was_moving)
        if is_panned:
            self._sliding.rehearse(canvas.subject(), view, canvas.devicePixelRatioF(), self._left_ms())
        self._busy_until_s = time.perf_counter()
        if was_moving:
            self._idle.start(PAUSE_MS)
        else:
            self._go_on(now_s, is_ready=is_ready, is_beside=is_beside, is_ahead=is_ahead)

    def _go_on(self, now_s: float, *, is_ready: bool, is_beside: bool, is_ahead: bool) -> None:
        """Ask for another picture where nobody moves the view, settle once all is there, or work on."""
        if self._is_overdue(now_s, is_ready=is_ready):
            self._is_catching_up = True
            self.overdue.emit()
        elif is_beside and self._sliding.settle_in_s(now_s) == 0:
            self._settle(is_ahead=is_ahead)
        else:
            self._idle.start(math.ceil(self._sliding.settle_in_s(now_s) * 1e3) if is_ahead else 0)

    def _tell(self, *, is_moving: bool) -> None:
        """Let those follow who wait for a picture; while a hand leaves no time for them, only now and then."""
        now_s = time.perf_counter()
        left_s = self._pace.left_s(now_s) if is_moving else None
        has_time = left_s is None or left_s * 1e3 > TELLING_MS or now_s - self._told_s > LONGEST_UNTOLD_MS / 1e3
        if self._is_just_painted and has_time:
            self._is_just_painted, self._told_s = False, now_s
            self.painted.emit()

    def _is_overdue(self, now_s: float, *, is_ready: bool) -> bool:
        """Return whether the picture lacks what it could show now, or has lacked something for long."""
        since_s = self._behind_since_s
        return since_s is not None and (is_ready or now_s - since_s > LONGEST_BEHIND_MS / 1e3)

    def _foresee(self, goes_on: Callable[[], bool], *, most_ms: float) -> None:
        """Get the frame of the view ready that comes next if one goes on zooming; paint it if that takes no longer."""
        if self._coming is None:
            return
        subject = self._canvas.subject()
        self._foreseen.foresee(subject, self._coming, goes_on)
        if most_ms > self._foreseen.painting_ms + SPARE_MS:
            self._foreseen.paint(subject, self._canvas.devicePixelRatioF(), NEW_FORESEEN)

    def _left_ms(self) -> float:
        """Return the milliseconds until the next input, as many as a slice where nobody knows."""
        left_s = self._pace.left_s(time.perf_counter())
        return SLICE_MS if left_s is None else left_s * 1e3

    def _paint_ahead(self, left_ms: float) -> bool:
        """Paint some of what may be panned to if there is time for it; return whether nothing of it is left."""
        canvas = self._canvas
        ratio, seen = canvas.devicePixelRatioF(), canvas.seen_lanes
        return self._sliding.paint_ahead(canvas.subject(), canvas.shown_view, seen, ratio, left_ms)

    def _settle(self, *, is_ahead: bool) -> None:
        """As the hand rests, ask for the picture as a whole, then paint what it may pan to, beside work ahead of it."""
        if self._sliding.was_drawn:
            self._sliding.end()
            self.overdue.emit()
        elif not self._paint_ahead(math.inf) or not is_ahead:
            self._idle.start(0)

    def _slice_ms(self, *, is_behind: bool, is_moving: bool, is_waited_for: bool) -> float:
        """Return how long a slice of work may take that begins now."""
        now_s = time.perf_counter()
        is_starved = now_s - self._sliced_s > STARVED_MS / 1e3
        slice_ms = SLICE_MS
        if is_moving:
            slice_ms = self._pace.slice_ms(now_s, is_behind=is_behind and is_starved)
        if is_waited_for:
            slice_ms = LEAST_SLICE_MS
        if slice_ms > 0:
            self._sliced_s = now_s
        return slice_ms
