"""Draws what shows the user which events are selected or pointed at: tints, rings, and lines from copy to copy."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from timeline_app.core.arrays import Int32Array
from timeline_app.core.palette import Theme
from timeline_app.scene.frame import Frame
from timeline_app.ui.timeline.count_painter import PlacedCounts

RING_PX = 1.6
COUNT_RING_PX = 2
JOIN_PX = 1.2
JOIN_DASHES = (3, 3)
MARGIN_PX = 4
CORNER_PX = 4


class PointedPainter:
    """Knows what of a frame is selected or hovered; without any of either it draws nothing and costs nothing."""

    def __init__(self, theme: Theme, frame: Frame, selected: Sequence[int], hovered: int | None) -> None:
        self._theme = theme
        self._frame = frame
        self._selected = _sorted_rows(selected)
        self._hovered = hovered
        self._found: dict[tuple[int, ...], list[int]] = {}
        self._joined = list(dict.fromkeys((*selected[-1:], *(() if hovered is None else (hovered,)))))

    def places_of(self, row: int) -> list[tuple[float, float]]:
        """Return where an event stands, a point for each of its lanes, from the top down; counts included."""
        singles, clusters = self._frame.singles, self._frame.clusters
        alone = np.flatnonzero(singles.rows == row).tolist()
        points = [(float(singles.middle_px[place]), float(singles.y_px[place])) for place in alone]
        counted = self._clusters_with(np.array([row], np.int32))
        points += zip(clusters.x_px[counted].tolist(), clusters.y_px[counted].tolist(), strict=True)
        return sorted(points, key=lambda point: point[1])

    def draw_singles(self, painter: QPainter) -> None:
        """Draw a tint under every copy of what is selected or hovered, with a ring where it is selected."""
        rows = self._selected if self._hovered is None else np.append(self._selected, np.int32(self._hovered))
        if not len(rows):
            return
        frame, singles = self._frame, self._frame.singles
        half = frame.measures.line_px / 2 - 1
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(QColor(self._theme.accent_tint))
        ring = QPen(QColor(self._theme.accent), RING_PX)
        places = np.flatnonzero(np.isin(singles.rows, rows))
        is_selected = np.isin(singles.rows[places], self._selected).tolist()
        for place, with_ring in zip(places.tolist(), is_selected, strict=True):
            left, right = float(singles.left_px[place]) - MARGIN_PX, float(singles.right_px[place]) + MARGIN_PX
            painter.setPen(ring if with_ring else Qt.PenStyle.NoPen)
            box = QRectF(left, float(singles.y_px[place]) - half, right - left, 2 * half)
            painter.drawRoundedRect(box, CORNER_PX, CORNER_PX)
        painter.restore()

    def draw_counts(self, painter: QPainter, placed: PlacedCounts, height_px: float) -> None:
        """Ring the counts that stand for a selected event."""
        chosen = self._clusters_with(self._selected)
        if not chosen:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._theme.accent), COUNT_RING_PX))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for place in chosen:
            width = float(placed.pill_px[place])
            left, top = float(placed.x_px[place]) - width / 2, float(placed.y_px[place]) - height_px / 2
            painter.drawRoundedRect(QRectF(left, top, width, height_px), height_px / 2, height_px / 2)
        painter.restore()

    def draw_joins(self, painter: QPainter) -> None:
        """Join the copies of the event selected last, and of the hovered one, from lane to lane."""
        for row in self._joined:
            points = self.places_of(row)
            if len(points) < 2:
                continue
            pen = QPen(QColor(self._theme.accent), JOIN_PX)
            pen.setDashPattern(JOIN_DASHES)
            painter.setPen(pen)
            half = self._frame.measures.bar_px / 2
            for (x, y), (next_x, next_y) in pairwise(points):
                painter.drawLine(QLineF(x, y + half, next_x, next_y - half))

    def _clusters_with(self, rows: Int32Array) -> list[int]:
        """Return which clusters stand for any of some rows, worked out once: most often both ask for the same row."""
        key = tuple(rows.tolist())
        if key not in self._found:
            self._found[key] = clusters_with(self._frame, rows)
        return self._found[key]


def clusters_with(frame: Frame, rows: Int32Array) -> list[int]:
    """Return which clusters of a frame stand for any of some sorted rows.

    Working out members takes long, so it is done only where the row numbers allow it, and only for those rows that do
    not stand by themselves in the same lane.
    """
    clusters, singles = frame.clusters, frame.singles
    if not len(rows) or not clusters:
        return []
    first, last = clusters.row_ranges()
    may_hold = np.searchsorted(rows, first) < np.searchsorted(rows, last, side="right")
    alone = np.flatnonzero(np.isin(singles.rows, rows))
    found = []
    for place in np.flatnonzero(may_hold).tolist():
        here = alone[singles.lane[alone] == clusters.lane[place]]
        others = rows[~np.isin(rows, singles.rows[here])]
        if len(others) and clusters[place].holds_any(others):
            found.append(place)
    return found


def _sorted_rows(rows: Sequence[int]) -> Int32Array:
    return np.sort(np.array(rows, np.int32))
