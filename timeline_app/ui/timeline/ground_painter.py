"""Draws what lies under everything: the ground, the axis and its lines, the lines between lanes, and guides."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from timeline_app.core.arrays import NDArray
from timeline_app.core.palette import Theme
from timeline_app.scene.frame import Frame
from timeline_app.ui.timeline.sheet import device_pixels

DOT_PERIOD = 3
TILE_PERIODS = 20
TICK_SHARE = 0.52


class GroundPainter:
    """Draws ground and axis with all upright lines, as pixels; the ground is a pattern that is copied downwards."""

    def __init__(self) -> None:
        self._tile = self._axis = np.zeros((0, 0), np.uint32)

    def draw(self, painter: QPainter, frame: Frame, theme: Theme) -> None:
        """Fill a frame."""
        with device_pixels(painter) as ratio:
            width, height = round(frame.width_px * ratio), round(frame.height_px * ratio)
            tile = self._filled_tile(frame, theme, ratio, width)
            image = QImage(tile.data, width, len(tile), width * 4, QImage.Format.Format_RGB32)
            for top in range(0, height, len(tile)):  # As a brush Qt would share it out to threads, and wait for them.
                painter.drawImage(0, top, image, 0, 0, width, min(len(tile), height - top))
        rule = QColor(theme.rule)
        for lane in frame.lanes:
            painter.fillRect(0, lane.bottom_px, frame.width_px, 1, rule)

    def draw_axis(self, painter: QPainter, frame: Frame, theme: Theme) -> None:
        """Fill the axis, with its ticks and the line below it."""
        with device_pixels(painter) as ratio:
            width, height = round(frame.width_px * ratio), round(frame.measures.axis_px * ratio)
            if self._axis.shape != (height, width):
                self._axis = np.empty((height, width), np.uint32)
            pixels, line_px = self._axis, max(1, round(ratio))
            row = np.full(width, QColor(theme.background).rgb(), np.uint32)
            ticks_top = int(frame.measures.axis_px * TICK_SHARE * ratio)
            pixels[:ticks_top] = row
            _draw_columns(row, tick_places_px(frame), theme.rule, ratio)
            pixels[ticks_top:] = row
            pixels[-line_px:] = QColor(theme.rule).rgb()
            painter.drawImage(0, 0, QImage(pixels.data, width, height, width * 4, QImage.Format.Format_RGB32))

    def _filled_tile(self, frame: Frame, theme: Theme, ratio: float, width: int) -> NDArray[np.uint32]:
        """Return the pattern, in memory that is used again: what is new has to be cleared by the system first."""
        line_px = max(1, round(ratio))
        shape = (TILE_PERIODS * DOT_PERIOD * line_px, width)
        if self._tile.shape != shape:
            self._tile = np.empty(shape, np.uint32)
        row = np.full(width, QColor(theme.background).rgb(), np.uint32)
        if frame.future_px is not None:
            row[min(max(round(frame.future_px * ratio), 0), width) :] = QColor(theme.grid).rgb()
        axis = frame.axis
        _draw_columns(row, [tick.x_px for tick in axis.minor], theme.grid, ratio)
        _draw_columns(row, [tick.x_px for tick in axis.major if tick.is_major], theme.rule, ratio)
        self._tile[:] = row
        if frame.guides:
            _draw_columns(row, [guide.x_px for guide in frame.guides], theme.muted, ratio)
            self._tile.reshape(TILE_PERIODS, DOT_PERIOD * line_px, width)[:, :line_px] = row
        return self._tile


def draw_ground_as_vectors(painter: QPainter, frame: Frame, theme: Theme) -> None:
    """Fill a frame with the ground, and draw its lines as lines."""
    painter.fillRect(QRectF(0, 0, frame.width_px, frame.height_px), QColor(theme.background))
    if frame.future_px is not None and frame.future_px < frame.width_px:
        left_px = max(frame.future_px, 0.0)
        painter.fillRect(QRectF(left_px, 0, frame.width_px - left_px, frame.height_px), QColor(theme.grid))
    painter.setPen(QPen(QColor(theme.grid), 1))
    painter.drawLines(_upright(frame, [tick.x_px for tick in frame.axis.minor]))
    painter.setPen(QPen(QColor(theme.rule), 1))
    painter.drawLines(_upright(frame, [tick.x_px for tick in frame.axis.major if tick.is_major]))
    painter.drawLines([QLineF(0, lane.bottom_px, frame.width_px, lane.bottom_px) for lane in frame.lanes])
    painter.setPen(QPen(QColor(theme.muted), 1, Qt.PenStyle.DotLine))
    painter.drawLines(_upright(frame, [guide.x_px for guide in frame.guides]))


def draw_axis_as_vectors(painter: QPainter, frame: Frame, theme: Theme) -> None:
    """Fill the axis, and draw its ticks and the line below it."""
    height = frame.measures.axis_px
    painter.fillRect(QRectF(0, 0, frame.width_px, height), QColor(theme.background))
    painter.setPen(QPen(QColor(theme.rule), 1))
    painter.drawLines([QLineF(x, height * TICK_SHARE, x, height) for x in tick_places_px(frame)])
    painter.drawLine(QLineF(0, height - 0.5, frame.width_px, height - 0.5))


def tick_places_px(frame: Frame) -> list[float]:
    """Return where the ticks of a frame's axis stand."""
    return [tick.x_px for tick in frame.axis.minor] + [tick.x_px for tick in frame.axis.major if tick.is_major]


def _draw_columns(row: NDArray[np.uint32], places_px: list[float], colour: str, ratio: float) -> None:
    """Draw upright lines as the pixels that they take of one row."""
    line_px = max(1, round(ratio))
    first = np.floor(np.array(places_px) * ratio - (line_px - 1) / 2).astype(np.int64)
    for number in range(line_px):
        columns = first + number
        row[columns[(columns >= 0) & (columns < len(row))]] = QColor(colour).rgb()


def _upright(frame: Frame, places_px: list[float]) -> list[QLineF]:
    return [QLineF(x, frame.measures.axis_px, x, frame.height_px) for x in places_px]
