"""Labels of the axis are whole, and stand apart from those of guides."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QPainter

from tests.helpers.scenes import make_scene, numbered
from timeline_app.scene.viewport import Viewport
from timeline_app.ui.look import Look
from timeline_app.ui.timeline.axis_painter import draw_axis_labels
from timeline_app.ui.timeline.words import LineMeasure, Word

CHARACTER_PX = 7.0
DAY_S = 86_400


class Collected:
    """Keeps what it is told to draw, of which every character is as wide."""

    line = LineMeasure(12.0, 4.0)

    def __init__(self) -> None:
        self.words: list[Word] = []

    def width_px(self, text: str, *, is_bold: bool = False) -> float:
        """Return how wide a text is."""
        return len(text) * CHARACTER_PX + (1 if is_bold else 0)

    def draw(self, painter: QPainter, words: Iterable[Word]) -> None:
        """Keep the words."""
        del painter
        self.words += words

    def draw_again(self, painter: QPainter, words: tuple[Word, ...]) -> None:
        """Keep the words."""
        self.draw(painter, words)

    def get_ready(self, words: Iterable[Word], goes_on: Callable[[], bool]) -> None:
        """Do nothing."""


@given(st.integers(0, 40 * 365), st.floats(1, 40 * 365), st.integers(200, 1_600))
def test_labels_end_within_the_frame(first_day: int, days: float, width_px: int) -> None:
    scene = make_scene(numbered(["1990-01-01", "2024-06-19"]))
    view = Viewport.fit(first_day * DAY_S, round((first_day + days) * DAY_S), width_px)
    drawn = Collected()
    draw_axis_labels(QPainter(), scene.frame(view), Look(scene.table, "light"), drawn)
    assert drawn.words
    for word in drawn.words[1:]:
        assert word.x_px + drawn.width_px(word.text, is_bold=word.is_bold) <= width_px
