"""What any program of this kind must spend at least: an empty canvas, and a typical frame drawn the cheapest way."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from typing import cast

import numpy as np
from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import Shiboken

from tests.bench.figures import Stopwatch, Timing

WIDTH_PX, HEIGHT_PX = 1600, 900
ROUNDS, MANY_ROUNDS = 20, 200
LANES, BOXES, TITLES = 12, 2_000, 200
BOX_PX = 12
TITLE_SIZE_PX = (140, 18)


class FloorCanvas(QWidget):
    """A canvas of the usual size that draws one thing."""

    def __init__(self, draw: Callable[[QPainter], None]) -> None:
        super().__init__()
        self._draw = draw
        self.painted = 0
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.resize(WIDTH_PX, HEIGHT_PX)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 — Qt's
        with QPainter(self) as painter:
            self._draw(painter)
        self.painted += 1


class Floors:
    """Measures F0 and F1 whenever asked, so that they meet the same moments of a busy machine as what they are for."""

    def __init__(self, application: QApplication) -> None:
        self._application = application
        self._canvases = {"F0": FloorCanvas(_draw_nothing), "F1": FloorCanvas(typical_frame())}
        self._times: dict[str, list[Timing]] = {name: [] for name in self._canvases}

    def measure(self, rounds: int = ROUNDS, pace: Callable[[], object] = lambda: None) -> float:
        """Paint each canvas some times more, and return the median of F1 among these, in milliseconds.

        Before each time `pace` waits as long as the hand does that moves a view. A processor that has been idle in
        between is slower, so floors have to be measured at the same pace.
        """
        for name, canvas in self._canvases.items():
            canvas.show()
            self._application.processEvents()
            self._times[name] += [self._paint(canvas, pace) for _ in range(rounds)]
            canvas.hide()
        return statistics.median(one.ms for one in self._times["F1"][-rounds:])

    def figures(self) -> dict[str, float]:
        """Return the medians in milliseconds, by the clock and by the processor's time."""
        found: dict[str, float] = {}
        for name, times in self._times.items():
            found[f"{name}_ms"] = statistics.median(one.ms for one in times)
            found[f"{name}_cpu_ms"] = statistics.median(one.cpu_ms for one in times)
        return found

    def close(self) -> None:
        """Let go of the canvases."""
        for canvas in self._canvases.values():
            canvas.close()
            canvas.deleteLater()

    def _paint(self, canvas: FloorCanvas, pace: Callable[[], object]) -> Timing:
        pace()
        before = canvas.painted
        watch = Stopwatch()
        canvas.update()
        self._application.processEvents()
        taken = watch.taken()
        if canvas.painted != before + 1:
            raise RuntimeError("a frame was not painted")
        return taken


def measure_floors(application: QApplication) -> dict[str, float]:
    """Return F0 and F1 in milliseconds a frame, medians: an empty canvas, and density, boxes and titles on it."""
    floors = Floors(application)
    floors.measure(MANY_ROUNDS)
    floors.close()
    return floors.figures()


def typical_frame() -> Callable[[QPainter], None]:
    """Return what draws density from NumPy, 2,000 boxes as pixmap fragments, and 200 titles from cached pixmaps."""
    generator = np.random.default_rng(1)
    colours = (0xFF000000 | generator.integers(0, 1 << 24, 256)).astype(np.uint32)
    counts = generator.integers(0, 256, (LANES, WIDTH_PX), np.uint8)
    box = QPixmap(BOX_PX, BOX_PX)
    box.fill(QColor("navy"))
    places = generator.uniform((0, 0), (WIDTH_PX, HEIGHT_PX), (BOXES, 2))
    fragments = np.zeros((BOXES, 10))  # x, y, source left, top, width, height, scales x, y, rotation, opacity
    fragments[:, :2] = places
    fragments[:, 4:6] = BOX_PX
    fragments[:, [6, 7, 9]] = 1
    first = cast("QPainter.PixmapFragment", Shiboken.wrapInstance(fragments.ctypes.data, QPainter.PixmapFragment))
    titles = [(QPointF(float(x), float(y)), _title(number)) for number, (x, y) in enumerate(places[:TITLES])]
    whole = QRect(0, 0, WIDTH_PX, HEIGHT_PX)

    def draw(painter: QPainter) -> None:
        density = colours[counts]
        painter.drawImage(whole, QImage(density.data, WIDTH_PX, LANES, WIDTH_PX * 4, QImage.Format.Format_RGB32))
        painter.drawPixmapFragments(first, len(fragments), box)
        for place, title in titles:
            painter.drawPixmap(place, title)

    return draw


def _draw_nothing(painter: QPainter) -> None:
    painter.fillRect(0, 0, WIDTH_PX, HEIGHT_PX, QColor("white"))


def _title(number: int) -> QPixmap:
    pixmap = QPixmap(*TITLE_SIZE_PX)
    pixmap.fill(Qt.GlobalColor.transparent)
    with QPainter(pixmap) as painter:
        painter.drawText(pixmap.rect(), Qt.AlignmentFlag.AlignVCenter, f"A typical title {number}")
    return pixmap
