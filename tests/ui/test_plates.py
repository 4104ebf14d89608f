"""Plates are painted once, where they are wanted, and as many of them as have room."""

from __future__ import annotations

import math

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from tests.helpers.pictures import pixels
from timeline_app.scene.viewport import Viewport
from timeline_app.ui.timeline import plates as plates_module
from timeline_app.ui.timeline.plates import PLATE_PX, REACH_PX, Plates

VIEW = Viewport(1_000_000, 0.25, 60.0, 1000)
HEIGHT_PX = 40


@pytest.fixture
def plates(qtbot: QtBot) -> Plates:
    """Make plates for a view, none of them painted; pixmaps need an application object."""
    made = Plates()
    made.fit("a key", VIEW, 1.0, HEIGHT_PX)
    return made


def coloured(view: Viewport) -> QImage:
    """Return a picture of a view in which every stretch of ten minutes has its own colour."""
    image = QImage(view.width_px, HEIGHT_PX, QImage.Format.Format_RGB32)
    with QPainter(image) as painter:
        paint_colours(painter, view)
    return image


def paint_colours(painter: QPainter, view: Viewport) -> bool:
    """Paint every stretch of ten minutes in a colour of its own, all of its pixels at whole ones."""
    step_s = 600
    for number in range(math.floor(view.left_s / step_s), math.ceil(view.right_s / step_s) + 1):
        left, right = (round(view.x_of(edge * step_s)) for edge in (number, number + 1))
        painter.fillRect(QRect(left, 0, right - left, HEIGHT_PX), QColor.fromHsv(number * 37 % 360, 200, 200))
    return True


def fill(plates: Plates, view: Viewport, towards: float = 1.0) -> list[int]:
    """Paint all that lack, and return their numbers."""
    painted = []
    for number, part in list(plates.missing(view, towards)):
        plates.paint(number, view, towards, lambda painter, part=part: paint_colours(painter, part))  # type: ignore[misc]
        painted.append(number)
    return painted


@pytest.mark.parametrize("by_px", [0, 1, -1, 137, 511, 512, -900])
def test_what_is_copied_is_what_would_be_painted(plates: Plates, by_px: int) -> None:
    view = VIEW.panned(by_px)
    fill(plates, view)
    assert plates.cover(view)
    image = QImage(view.width_px, HEIGHT_PX, QImage.Format.Format_RGB32)
    with QPainter(image) as painter:
        plates.draw(painter, view)
    assert (pixels(image) == pixels(coloured(view))).all()


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0])
def test_at_any_ratio_plates_join_without_a_gap(plates: Plates, ratio: float) -> None:
    plates.fit("a key", VIEW, ratio, HEIGHT_PX)
    fill(plates, VIEW)
    image = QImage(round(VIEW.width_px * ratio), round(HEIGHT_PX * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(QColor("black"))
    with QPainter(image) as painter:
        plates.draw(painter, VIEW)
    assert (pixels(image) > 0).any(axis=2).all()


def test_those_in_view_come_first_then_those_that_it_moves_to(plates: Plates) -> None:
    assert fill(plates, VIEW, 1.0) == [0, 1, 2, 3, -1, -2]
    assert fill(plates, VIEW, 1.0) == []
    assert fill(plates, VIEW.panned(PLATE_PX), 1.0) == [4]
    other = Plates()
    other.fit("a key", VIEW, 1.0, HEIGHT_PX)
    assert fill(other, VIEW, -1.0) == [0, 1, -1, -2, 2, 3]


def test_the_view_of_a_plate_reaches_a_little_over_it(plates: Plates) -> None:
    number, part = next(iter(plates.missing(VIEW, 1.0)))
    assert number == 0
    assert VIEW.panned(-REACH_PX).resized(part.width_px) == part
    assert part.width_px == PLATE_PX + 2 * REACH_PX


@pytest.mark.parametrize(
    "change",
    [
        lambda plates: plates.fit("another key", VIEW, 1.0, HEIGHT_PX),
        lambda plates: plates.fit("a key", VIEW.zoomed(2, 10), 1.0, HEIGHT_PX),
        lambda plates: plates.fit("a key", VIEW, 2.0, HEIGHT_PX),
        lambda plates: plates.fit("a key", VIEW, 1.0, HEIGHT_PX + 1),
        lambda plates: plates.fit("a key", VIEW.panned(0.5), 1.0, HEIGHT_PX),
        lambda plates: plates.fit("a key", VIEW.panned(2.0**40), 1.0, HEIGHT_PX),
        lambda plates: (plates.forget(), plates.fit("a key", VIEW, 1.0, HEIGHT_PX)),
    ],
)
def test_what_is_for_something_else_is_not_kept(plates: Plates, change: object) -> None:
    fill(plates, VIEW)
    plates.fit("a key", VIEW.panned(77), 1.0, HEIGHT_PX)
    assert plates.cover(VIEW)
    assert callable(change)
    change(plates)
    assert not plates.cover(VIEW)


def test_no_more_are_kept_than_have_room(plates: Plates, monkeypatch: pytest.MonkeyPatch) -> None:
    bytes_a_plate = PLATE_PX * HEIGHT_PX * 4
    monkeypatch.setattr(plates_module, "MOST_BYTES", 5 * bytes_a_plate)
    assert fill(plates, VIEW) == [0, 1, 2, -1]
    for by_px in range(0, 5_000, 300):
        fill(plates, VIEW.panned(by_px))
        assert len(plates) <= 5
    monkeypatch.setattr(plates_module, "MOST_BYTES", bytes_a_plate)
    assert fill(plates, VIEW.panned(20_000)) == []


def test_one_that_lacks_texts_is_drawn_and_painted_again_after_those_that_are_due(plates: Plates) -> None:
    def paint(number: int, *, is_whole: bool) -> None:
        plates.paint(number, VIEW, 1.0, lambda painter: is_whole)  # noqa: ARG005

    order = [number for number, _ in plates.missing(VIEW, 1.0)]
    due = [number for number in order if plates.is_due(number, VIEW, 1.0)]
    paint(due[0], is_whole=False)
    assert plates.has(due[0])
    assert [number for number, _ in plates.missing(VIEW, 1.0)] == [*due[1:], due[0], *order[len(due) :]]
    for number in due[1:]:
        paint(number, is_whole=True)
    assert plates.cover(VIEW)
    paint(due[0], is_whole=True)
    assert [number for number, _ in plates.missing(VIEW, 1.0)] == order[len(due) :]
