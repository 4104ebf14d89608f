"""The event loop of a measured window: run as the program runs it, with its gaps and every painted frame watched."""

from __future__ import annotations

import queue
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType
from unittest.mock import patch

from PySide6.QtCore import QEvent, QEventLoop, QSocketNotifier, Qt, QThreadPool, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication

from timeline_app.scene.frame import Frame
from timeline_app.scene.viewport import Viewport
from timeline_app.ui.main_window import MainWindow
from timeline_app.ui.timeline.canvas import TimelineCanvas

HEARTBEAT_MS = 5
PATIENCE_S = 10.0
QUIET_S = 0.25
LONGEST_SETTLING_S = 2.0
# As fast as a good mouse and the fastest screens that the frames are promised for.
INPUTS_A_SECOND = 120


class NotPaintedError(RuntimeError):
    """What was waited for did not come on screen; a figure would be a lie."""


class PaintWatch:
    """Counts the frames that the event loop lets canvases paint; knows the last, and what went wrong in any slot.

    `shown_s` is the instant, by time.perf_counter, at which a window last was on screen with all that was painted of
    it: what timers then do for the next frame is no part of it.
    """

    def __init__(self) -> None:
        self.count = 0
        self.shown_s = 0.0
        self.error: BaseException | None = None
        self._canvas: TimelineCanvas | None = None

    @property
    def view(self) -> Viewport | None:
        """The view that was painted last."""
        return None if self._canvas is None else self._canvas.painted_view

    @property
    def frame(self) -> Frame | None:
        """The whole frame of the view that was painted last, made now where parts of it were enough to paint."""
        return None if self._canvas is None else self._canvas.frame

    def note(self, canvas: TimelineCanvas) -> None:
        """Take notice that a canvas has just painted."""
        self.count += 1
        self._canvas = canvas


@contextmanager
def watched_paints() -> Iterator[PaintWatch]:
    """Watch the paint events of all timelines."""
    watch = PaintWatch()
    paint = TimelineCanvas.paintEvent
    handle = MainWindow.event

    def handle_and_note(window: MainWindow, event: QEvent) -> bool:
        done = handle(window, event)
        if event.type() is QEvent.Type.UpdateRequest:
            watch.shown_s = time.perf_counter()
        return done

    def paint_and_note(canvas: TimelineCanvas, event: QPaintEvent) -> None:
        paint(canvas, event)
        watch.note(canvas)

    def take_error(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        sys.__excepthook__(kind, error, trace)
        watch.error = error

    # What is raised while Qt calls Python would only be printed, and whoever waits for a frame would wait in vain.
    with (
        patch.object(TimelineCanvas, "paintEvent", paint_and_note),
        patch.object(MainWindow, "event", handle_and_note),
        patch.object(sys, "excepthook", take_error),
    ):
        yield watch


class Wire:
    """What inputs come by: a socket, as from a display server, that wakes the loop at the very instant.

    A timer would do so up to a millisecond later, as the loop sleeps for whole ones.
    """

    def __init__(self) -> None:
        self._near, self._far = socket.socketpair()
        self._due: queue.SimpleQueue[float | None] = queue.SimpleQueue()
        self._knocks = 0
        self._notifier = QSocketNotifier(self._near.fileno(), QSocketNotifier.Type.Read)
        self._notifier.activated.connect(self._take)
        self._thread = threading.Thread(target=self._knock_when_due, daemon=True)
        self._thread.start()

    @property
    def knocks(self) -> int:
        """How often it has been knocked."""
        return self._knocks

    def knock_at(self, due_s: float) -> None:
        """Knock at an instant of time.perf_counter."""
        self._due.put(due_s)

    def close(self) -> None:
        """End it."""
        self._due.put(None)
        self._thread.join()
        self._notifier.setEnabled(False)
        self._near.close()
        self._far.close()

    def _take(self) -> None:
        self._knocks += len(self._near.recv(64))

    def _knock_when_due(self) -> None:
        while (due_s := self._due.get()) is not None:
            time.sleep(max(due_s - time.perf_counter(), 0.0))
            self._far.send(b".")


class WatchedLoop:
    """Runs the event loop until something has happened, and knows the longest time that it did not come round.

    Between events it sleeps, as a program does, so that threads in the background have the processor to themselves.
    """

    def __init__(self, application: QApplication, watch: PaintWatch) -> None:
        self.watch = watch
        self.longest_gap_ms = 0.0
        self._application = application
        self._acted_s = 0.0
        self._wire = Wire()
        self._heartbeat = QTimer()
        self._heartbeat.setTimerType(Qt.TimerType.PreciseTimer)
        self._heartbeat.start(HEARTBEAT_MS)

    def close(self) -> None:
        """Let go of what wakes it."""
        self._heartbeat.stop()
        self._wire.close()

    def run_until(self, done: Callable[[], bool], what: str, patience_s: float = PATIENCE_S) -> float:
        """Return the instant, by time.perf_counter, at which something had happened; raises NotPaintedError otherwise.

        `what` completes the sentence “… did not happen”.
        """
        before = begin = time.perf_counter()
        while True:
            self._application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            now = time.perf_counter()
            self.longest_gap_ms = max(self.longest_gap_ms, (now - before) * 1e3)
            before = now
            if self.watch.error is not None:
                raise self.watch.error
            if done():
                return now
            if now - begin > patience_s:
                raise NotPaintedError(f"within {patience_s:.0f} s this did not happen: {what}")

    def run_until_shown(self, done: Callable[[], bool], what: str, patience_s: float = PATIENCE_S) -> float:
        """Do the same for a frame, and return the instant at which it was on screen."""
        self.run_until(done, what, patience_s)
        return self.watch.shown_s

    def await_turn(self) -> float:
        """Run until a hand can act again, and return the instant of that, however late the loop came round to it.

        What the program does between two inputs so gets the time that it has between those of a person, and no more:
        when it takes longer, the input that waits for it takes longer.
        """
        begin, due_s = time.perf_counter(), self._acted_s + 1 / INPUTS_A_SECOND
        self._acted_s = max(begin, due_s)
        if due_s > begin:
            knocks = self._wire.knocks
            self._wire.knock_at(due_s)
            self.run_until(lambda: self._wire.knocks > knocks, "a moment passed")
        return self._acted_s

    @contextmanager
    def put_off(self) -> Iterator[None]:
        """Let the hand act later by as long as this takes, so that it takes nothing off the program's own time."""
        begin_s = time.perf_counter()
        yield
        self._acted_s += time.perf_counter() - begin_s

    def flush(self) -> float:
        """Let what is waiting be done, paint events among it, and return the instant after that."""
        self._application.processEvents()
        return time.perf_counter()

    def settle(self, longest_s: float = LONGEST_SETTLING_S) -> float:
        """Run until nothing is painted and no thread works any more, though not for ever; return the seconds."""
        begin = quiet_since = time.perf_counter()
        painted = self.watch.count

        def is_quiet() -> bool:
            nonlocal painted, quiet_since
            now = time.perf_counter()
            if self.watch.count != painted or QThreadPool.globalInstance().activeThreadCount():
                painted, quiet_since = self.watch.count, now
            return now - quiet_since > QUIET_S or now - begin > longest_s

        return self.run_until(is_quiet, "the window came to rest", longest_s + PATIENCE_S) - begin

    @contextmanager
    def gaps(self) -> Iterator[list[float]]:
        """Give a list that holds the longest gap within, in milliseconds, once that is known."""
        before, self.longest_gap_ms = self.longest_gap_ms, 0.0
        found: list[float] = []
        try:
            yield found
        finally:
            found.append(self.longest_gap_ms)
            self.longest_gap_ms = max(before, self.longest_gap_ms)
