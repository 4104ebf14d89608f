"""Labels of the axis are whole, and stand apart from those of guides."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QPainter

from tests.helpers.scenes import make_scene, numbered
from timeline_app.scene.frame import Guide
from timeline_app.scene.viewport import Viewport
from timeline_app.ui.look import Look
from timeline_app.ui.timeline.axis_painter import draw_axis_labels
from timeline_app.ui.timeline.words import LineMeasure, Word

CHARACTER_PX = 7.0
DAY_S = 86_400


class Collected:
    """Keeps what it is told to draw, of which every character is as wide."""

    line = LineMeasure(12.0, 4.0)
    is_complete = True

    def __init__(self) -> None:
        self.words: list[Word] = []

    def width_px(self, text: str, *, is_bold: bool = False) -> float:
        """Return how wide a text is."""
        return len(text) * CHARACTER_PX + (1 if is_bold else 0)

    def begin(self, most_new: int | None) -> None:
        """Do nothing."""

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


@given(st.integers(0, 800), st.integers(400, 800))
def test_the_label_of_a_guide_touches_it_and_stands_apart_from_the_others(x_px: int, width_px: int) -> None:
    scene = make_scene(numbered(["2021-11-15", "2025-04-12"]))
    frame = replace(scene.frame(scene.fitted(width_px)), guides=(Guide(float(x_px), "source: c. 1 Nov 2024"),))
    drawn = Collected()
    draw_axis_labels(QPainter(), frame, Look(scene.table, "light"), drawn)
    spans = [(word.x_px, word.x_px + drawn.width_px(word.text, is_bold=word.is_bold), word) for word in drawn.words]
    for begin, end, word in spans:
        if word.text.startswith("source"):
            assert begin - 4 <= x_px <= end + 4
            others = [other for other in spans if other[2] is not word and other[2].baseline_px == word.baseline_px]
            assert all(end + 8 < other[0] or other[1] + 8 < begin for other in others)


@pytest.mark.parametrize("before_px", [6, 20, 60])
def test_a_guide_close_before_a_year_is_named_where_there_is_room(before_px: int) -> None:
    scene = make_scene(numbered(["2021-11-15", "2025-04-12"]))
    frame, look = scene.frame(scene.fitted(800)), Look(scene.table, "light")
    bare, named = Collected(), Collected()
    draw_axis_labels(QPainter(), replace(frame, guides=()), look, bare)
    (year,) = (word for word in bare.words if word.text == "2025")
    draw_axis_labels(QPainter(), replace(frame, guides=(Guide(year.x_px - before_px, "c. 1 Nov 2024"),)), look, named)
    assert [word.text for word in named.words][-1] == "c. 1 Nov 2024"
