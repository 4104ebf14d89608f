"""Pills are hatched by as much of their count as is merely possible, and their digits stay readable."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from timeline_app.ui.timeline.pill_painter import HATCHED_STEPS, draw_pill, hatched_steps

WIDTH_PX, HEIGHT_PX = 60, 18
COLOUR, GROUND = QColor("#123456"), QColor("#ffffff")

pytestmark = pytest.mark.qt


def inked_columns(hatched: int) -> list[bool]:
    """Draw a pill, and tell of each column within its ring whether anything but the ground stands there."""
    image = QImage(WIDTH_PX, HEIGHT_PX, QImage.Format.Format_RGB32)
    image.fill(GROUND)
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_pill(painter, QRectF(1, 1, WIDTH_PX - 2, HEIGHT_PX - 2), COLOUR, GROUND, hatched)
    rows, columns = range(4, HEIGHT_PX - 4), range(8, WIDTH_PX - 8)
    return [any(image.pixelColor(x, y) != GROUND for y in rows) for x in columns]


@pytest.mark.parametrize("hatched", range(HATCHED_STEPS + 1))
def test_the_right_part_of_a_pill_is_hatched(hatched: int) -> None:
    columns = inked_columns(hatched)
    edge = (WIDTH_PX * (HATCHED_STEPS - hatched)) // HATCHED_STEPS - 8
    assert not any(columns[: max(edge - 2, 0)])
    assert all(columns[max(edge + 2, 0) :])


def test_nothing_some_and_all_are_told_apart_however_few_they_are() -> None:
    counts = np.array([7, 7, 1_000, 1_000, 1_000, 1])
    possible = np.array([0, 7, 1, 999, 500, 1])
    assert hatched_steps(counts, possible).tolist() == [0, 4, 1, 3, 2, 4]
