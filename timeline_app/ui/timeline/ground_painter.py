"""Draws what lies under everything: the ground, the lines of the axis, the lines between lanes, and guides."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from timeline_app.core.arrays import NDArray
from timeline_app.scene.frame import Frame
from timeline_app.ui.palette import Theme
from timeline_app.ui.timeline.sheet import device_pixels

DOT_PERIOD = 3
TILE_PERIODS = 20


def draw_ground(painter: QPainter, frame: Frame, theme: Theme) -> None:
    """Fill a frame with the ground and all upright lines at once, as a pattern a few pixels high."""
    with device_pixels(painter) as ratio:
        line_px = max(1, round(ratio))
        width, height = round(frame.width_px * ratio), round(frame.height_px * ratio)
        high = max(1, min(height, DOT_PERIOD * TILE_PERIODS * line_px))
        tile = np.full((high, width), QColor(theme.background).rgb(), np.uint32)
        _draw_columns(tile, [tick.x_px for tick in frame.axis.minor], theme.grid, ratio)
        _draw_columns(tile, [tick.x_px for tick in frame.axis.major if tick.is_major], theme.rule, ratio)
        dots = np.arange(len(tile)) // line_px % DOT_PERIOD == 0
        dotted = tile[dots]
        _draw_columns(dotted, [guide.x_px for guide in frame.guides], theme.muted, ratio)
        tile[dots] = dotted
        image = QImage(tile.data, width, len(tile), width * 4, QImage.Format.Format_RGB32)
        for top in range(0, height, len(tile)):  # As a brush Qt would share it out to threads, and wait for them.
            painter.drawImage(QPointF(0, top), image)
    rule = QColor(theme.rule)
    for lane in frame.lanes:
        painter.fillRect(QRectF(0, lane.bottom_px, frame.width_px, 1), rule)


def draw_ground_as_vectors(painter: QPainter, frame: Frame, theme: Theme) -> None:
    """Fill a frame with the ground, and draw its lines as lines."""
    painter.fillRect(QRectF(0, 0, frame.width_px, frame.height_px), QColor(theme.background))
    painter.setPen(QPen(QColor(theme.grid), 1))
    painter.drawLines(_upright(frame, [tick.x_px for tick in frame.axis.minor]))
    painter.setPen(QPen(QColor(theme.rule), 1))
    painter.drawLines(_upright(frame, [tick.x_px for tick in frame.axis.major if tick.is_major]))
    painter.drawLines([QLineF(0, lane.bottom_px, frame.width_px, lane.bottom_px) for lane in frame.lanes])
    painter.setPen(QPen(QColor(theme.muted), 1, Qt.PenStyle.DotLine))
    painter.drawLines(_upright(frame, [guide.x_px for guide in frame.guides]))


def _draw_columns(tile: NDArray[np.uint32], places_px: list[float], colour: str, ratio: float) -> None:
    line_px = max(1, round(ratio))
    first = np.floor(np.array(places_px) * ratio - (line_px - 1) / 2).astype(np.int64)
    for number in range(line_px):
        columns = first + number
        tile[:, columns[(columns >= 0) & (columns < tile.shape[1])]] = QColor(colour).rgb()


def _upright(frame: Frame, places_px: list[float]) -> list[QLineF]:
    return [QLineF(x, frame.measures.axis_px, x, frame.height_px) for x in places_px]
