"""What any program of this kind must spend at least: an empty canvas, and a typical frame drawn the cheapest way."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import cast

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import Shiboken

WIDTH_PX, HEIGHT_PX = 1600, 900
ROUNDS = 200
BOXES, TITLES = 2_000, 200


class FloorCanvas(QWidget):
    """A canvas of the usual size that draws one thing."""

    def __init__(self, draw: Callable[[QPainter], None]) -> None:
        super().__init__()
        self._draw = draw
        self.painted = 0
        self.resize(WIDTH_PX, HEIGHT_PX)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 — Qt's
        with QPainter(self) as painter:
            self._draw(painter)
        self.painted += 1


def measure_floors(application: QApplication) -> dict[str, float]:
    """Return F0 and F1 in milliseconds a frame, medians: an empty canvas, and density, boxes and titles on it."""
    return {
        "F0_ms": _frame_ms(application, lambda painter: painter.fillRect(0, 0, WIDTH_PX, HEIGHT_PX, QColor("white"))),
        "F1_ms": _frame_ms(application, _typical_frame()),
    }


def _frame_ms(application: QApplication, draw: Callable[[QPainter], None]) -> float:
    canvas = FloorCanvas(draw)
    canvas.show()
    application.processEvents()
    times = []
    for _ in range(ROUNDS):
        before = canvas.painted
        begin = time.perf_counter()
        canvas.update()
        application.processEvents()
        times.append((time.perf_counter() - begin) * 1e3)
        if canvas.painted != before + 1:
            raise RuntimeError("a frame was not painted")
    canvas.close()
    return statistics.median(times)


def _typical_frame() -> Callable[[QPainter], None]:
    generator = np.random.default_rng(1)
    density = generator.integers(0, 255, (HEIGHT_PX, WIDTH_PX, 4), np.uint8)
    image = QImage(density.data, WIDTH_PX, HEIGHT_PX, WIDTH_PX * 4, QImage.Format.Format_RGB32)
    box, title = QPixmap(12, 12), QPixmap(140, 18)
    box.fill(QColor("navy"))
    title.fill(QColor("black"))
    places = generator.uniform((0, 0), (WIDTH_PX, HEIGHT_PX), (BOXES, 2))
    fragments = np.zeros((BOXES, 10))  # x, y, source left, top, width, height, scales x, y, rotation, opacity
    fragments[:, :2] = places
    fragments[:, 4:6] = 12
    fragments[:, [6, 7, 9]] = 1
    first = cast("QPainter.PixmapFragment", Shiboken.wrapInstance(fragments.ctypes.data, QPainter.PixmapFragment))
    points = [QPointF(float(x), float(y)) for x, y in places[:TITLES]]

    def draw(painter: QPainter) -> None:
        painter.drawImage(0, 0, image)
        painter.drawPixmapFragments(first, len(fragments), box)
        for point in points:
            painter.drawPixmap(point, title)

    return draw
