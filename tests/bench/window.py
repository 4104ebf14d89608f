"""A real window under real input events: how long from the event to the painted frame."""

from __future__ import annotations

import resource
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from tests.bench.synthetic import write_synthetic
from timeline_app.app import create_window
from timeline_app.core.filter import Filter, Match
from timeline_app.ui.main_window import MainWindow
from timeline_app.ui.settings import Settings
from timeline_app.ui.settings_table import REDUCED_MOTION

SIZE_PX = (1600, 900)
INPUTS = 200
DAY_S = 86_400
FINEST_S_PER_PX = 3_600 / 1_600
SETTLE_S = 5.0


def measure_window(application: QApplication, count: int, folder: Path) -> dict[str, object]:
    """Return the figures of one size of timeline, in the contract's words; raises RuntimeError for unpainted frames."""
    path = folder / f"synthetic-{count}.json"
    write_synthetic(count, path)
    settings = Settings()
    settings.set(REDUCED_MOTION, "on")
    begin = time.perf_counter()
    window = create_window([path], settings=settings)
    window.resize(*SIZE_PX)
    window.show()
    frames = PaintedFrames(window)
    frames.wait(application)
    open_s = time.perf_counter() - begin
    gaps = LoopGaps()
    by_zoom = _sweep(application, window, frames)
    worst = max(by_zoom, key=lambda zoom: zoom["median"])
    figures = {
        "events": count,
        "open_s": open_s,
        "frame_ms": {"median": worst["median"], "p99": worst["p99"]},
        "by_zoom": by_zoom,
        "zoom_ms": _summary(_zooming(application, window, frames)),
        "actor_filter_ms": _filtering(application, window, frames, [Filter(actors=("Actor 1",)), Filter()]),
        "combined_filter_ms": _filtering(application, window, frames, _combined()),
        "loop_gap_ms": gaps.longest_ms,
        "peak_rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    window.close()
    return figures


class PaintedFrames(QObject):
    """Counts the paint events that the event loop delivers to the canvas."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__()
        self.count = 0
        window.timeline.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002, N802 — Qt's
        if event.type() is QEvent.Type.Paint:
            self.count += 1
        return False

    def wait(self, application: QApplication) -> None:
        """Let the event loop run until a new frame is on screen; raises RuntimeError when none comes."""
        before, begin = self.count, time.perf_counter()
        while self.count == before:
            application.processEvents()
            if time.perf_counter() - begin > SETTLE_S:
                raise RuntimeError("a frame was not painted")


class LoopGaps:
    """The longest time that the event loop did not come round."""

    def __init__(self) -> None:
        self.longest_ms = 0.0
        self._clock = QElapsedTimer()
        self._clock.start()
        self._timer = QTimer()
        self._timer.timeout.connect(self._come_round)
        self._timer.start(0)

    def _come_round(self) -> None:
        self.longest_ms = max(self.longest_ms, self._clock.nsecsElapsed() / 1e6)
        self._clock.restart()


def _sweep(application: QApplication, window: MainWindow, frames: PaintedFrames) -> list[dict[str, float]]:
    """Pan by wheel at every zoom level from the whole range to an hour across the window."""
    session = window.session
    session.fit_all()
    levels: list[dict[str, float]] = []
    while session.viewport.seconds_per_px > FINEST_S_PER_PX:
        session.set_viewport(session.viewport.zoomed(2, session.viewport.width_px * 0.7))
        _settle(application)
        times = _timed(application, frames, partial(_pan, window), INPUTS // 10)
        levels.append({"seconds_per_px": session.viewport.seconds_per_px, **_summary(times)})
    return levels


def _pan(window: MainWindow, number: int) -> None:
    _wheel(window, 40 if number % 2 else -40, Qt.KeyboardModifier.ShiftModifier)


def _zooming(application: QApplication, window: MainWindow, frames: PaintedFrames) -> list[float]:
    window.session.fit_all()
    _settle(application)
    return _timed(
        application,
        frames,
        lambda number: _wheel(window, 120 if number % 80 < 40 else -120, Qt.KeyboardModifier.ControlModifier),
        INPUTS,
    )


def _filtering(
    application: QApplication, window: MainWindow, frames: PaintedFrames, filters: list[Filter]
) -> dict[str, float]:
    window.session.fit_all()
    _settle(application)
    times = _timed(
        application, frames, lambda number: window.session.set_filter(filters[number % len(filters)]), 10 * len(filters)
    )
    return _summary(times)


def _combined() -> list[Filter]:
    three = Filter(actors=("Actor 1", "Actor 2", "Actor 3"), since="2001", until="2011", types=("attack",))
    return [three, replace(three, match=Match.ALL), Filter()]


def _timed(application: QApplication, frames: PaintedFrames, act: Callable[[int], object], rounds: int) -> list[float]:
    times = []
    for number in range(rounds):
        begin = time.perf_counter()
        act(number)
        frames.wait(application)
        times.append((time.perf_counter() - begin) * 1e3)
    return times


def _wheel(window: MainWindow, angle: int, modifiers: Qt.KeyboardModifier) -> None:
    canvas = window.timeline
    place = QPointF(canvas.width() * 0.6, canvas.height() * 0.6)
    event = QWheelEvent(
        place,
        canvas.mapToGlobal(place),
        QPoint(),
        QPoint(0, angle),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.postEvent(canvas, event)


def _settle(application: QApplication) -> None:
    """Let the loop run until nothing is being laid out any more."""
    begin = time.perf_counter()
    while time.perf_counter() - begin < 0.3:
        application.processEvents()


def _summary(times: list[float]) -> dict[str, float]:
    ordered = sorted(times)
    return {"median": statistics.median(ordered), "p99": ordered[min(len(ordered) - 1, round(len(ordered) * 0.99))]}
