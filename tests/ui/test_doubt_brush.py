"""The fill of a bar is the same whether it is kept for others alike or made for a page of vectors."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from tests.helpers.scenes import make_scene
from tests.helpers.tables import make_event
from timeline_app.core.when import parse
from timeline_app.scene.singles import Singles
from timeline_app.scene.viewport import Viewport
from timeline_app.ui.timeline.doubt_brush import DoubtBrushes

COLOUR = QColor("#0059a8")


def singles_of(when: str, days_a_px: float) -> Singles:
    scene = make_scene([make_event("bar", when), make_event("first", "2024-01-01"), make_event("last", "2025-01-01")])
    view = Viewport(parse("2024-05-20").start_earliest_s, 0.0, days_a_px * 86_400, 1000)
    return scene.frame(view).singles


def filled(brushes: DoubtBrushes, singles: Singles, place: int) -> QImage:
    image = QImage(QSize(1000, 4), QImage.Format.Format_RGB32)
    image.fill(QColor("#ffffff"))
    box = QRectF(float(singles.start_px[place]), 0, float(singles.end_px[place] - singles.start_px[place]), 4)
    with QPainter(image) as painter:
        painter.fillRect(box, brushes.brush(singles, place, COLOUR, 1.0))
    return image


@pytest.mark.parametrize("when", ["2024-06", "2024-06/2024-07", "2024-06-03/..", "../2024-08", "2024-06/"])
@pytest.mark.parametrize("days_a_px", [0.1, 0.3, 1.0])
def test_kept_and_vector_fills_look_alike(qapp: QApplication, when: str, days_a_px: float) -> None:
    singles = singles_of(when, days_a_px)
    kept = DoubtBrushes()
    vectors = DoubtBrushes(as_vectors=True)
    for place in range(len(singles)):
        one, other = filled(kept, singles, place), filled(vectors, singles, place)
        again = filled(kept, singles, place)
        assert one == again
        for x in range(1000):
            assert abs(one.pixelColor(x, 2).red() - other.pixelColor(x, 2).red()) <= 12, x


def test_the_middle_is_full_and_the_edges_faint(qapp: QApplication) -> None:
    singles = singles_of("2024-06/2024-08", 0.25)
    (place,) = [place for place in range(len(singles)) if not singles.is_mark[place]]
    image = filled(DoubtBrushes(), singles, place)
    middle = round(float(singles.start_px[place] + singles.end_px[place]) / 2)
    assert image.pixelColor(middle, 2) == COLOUR
    assert image.pixelColor(round(float(singles.start_px[place])) + 1, 2).lightness() > 200
    assert image.pixelColor(round(float(singles.end_px[place])) - 2, 2).lightness() > 200
