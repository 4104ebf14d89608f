"""Draws the pill around an exact count, hatched by as much of it as passes the filter only possibly."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from timeline_app.core.arrays import Int64Array
from timeline_app.ui.timeline.doubt_brush import faded
from timeline_app.ui.timeline.hatching import stripes_within

RING_PX = 1.2
HATCH_STEP_PX = 4.0
HATCHED_ALPHA = 0.7
VEIL_ALPHA = 0.65
END_PX = 6.0
HATCHED_STEPS = 4
HATCHES = HATCHED_STEPS + 1


def hatched_steps(counts: Int64Array, possible: Int64Array) -> Int64Array:
    """Return how many of HATCHED_STEPS equal parts of each pill are hatched.

    All of them only where all is merely possible, one at least where anything is.
    """
    if not possible.any():
        return np.zeros(len(possible), np.int64)
    share = np.rint(possible * HATCHED_STEPS / np.maximum(counts, 1)).astype(np.int64)
    some = np.clip(share, 1, HATCHED_STEPS - 1)
    return np.where(possible == 0, 0, np.where(possible == counts, HATCHED_STEPS, some))


def draw_pill(painter: QPainter, box: QRectF, colour: QColor, ground: QColor, hatched: int) -> None:
    """Draw a pill whose ring runs along the edges of a box, so many steps of it hatched from its right end on."""
    radius_px = box.height() / 2
    painter.setPen(QPen(colour, RING_PX))
    painter.setBrush(ground)
    painter.drawRoundedRect(box, radius_px, radius_px)
    if not hatched:
        return
    path, part = QPainterPath(), QPainterPath()
    path.addRoundedRect(box, radius_px, radius_px)
    left_px = box.right() - box.width() * hatched / HATCHED_STEPS
    part.addRect(QRectF(left_px, box.top(), box.right() - left_px, box.height()))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(faded(colour, HATCHED_ALPHA))
    painter.drawPath(stripes_within(path.intersected(part), HATCH_STEP_PX))
    # Fainter behind the digits, which must be read as easily as without.
    painter.setBrush(faded(ground, VEIL_ALPHA))
    painter.drawRect(box.adjusted(END_PX, RING_PX / 2, -END_PX, -RING_PX / 2))
