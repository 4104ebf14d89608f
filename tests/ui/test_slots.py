"""Texts kept as pixels: found again, bounded in number, dropped by how long ago they were used, cut between letters."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QColor, QFont, QFontMetrics, QImage, QPainter
from PySide6.QtWidgets import QApplication

from timeline_app.ui.timeline.sheet import Picture
from timeline_app.ui.timeline.slots import NO_SLOT, PAGE_SLOTS, Slots

WIDTH_PX, HEIGHT_PX = 40, 12
QUARTER = PAGE_SLOTS // 4


@pytest.fixture(autouse=True)
def application(qapp: QApplication) -> QApplication:
    return qapp


def filled(colour: str, width_px: int = WIDTH_PX) -> Picture:
    return Picture(width_px, HEIGHT_PX, lambda painter: painter.fillRect(0, 0, width_px, HEIGHT_PX, QColor(colour)))


def drawn(slots: Slots, chosen: list[int], width_px: float | None = None) -> QImage:
    """Draw slots below each other and return the picture."""
    image = QImage(WIDTH_PX + 10, HEIGHT_PX * len(chosen), QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    numbers = np.array(chosen)
    width = slots.widths_px(numbers) if width_px is None else np.full(len(chosen), width_px)
    with QPainter(image) as painter:
        slots.draw(painter, numbers, np.zeros(len(chosen)), np.arange(len(chosen), dtype=np.float64) * HEIGHT_PX, width)
    return image


def test_a_text_is_found_again_and_another_is_not() -> None:
    slots = Slots(WIDTH_PX, HEIGHT_PX)
    slots.begin_frame()
    slot = slots.add("one", filled("red"))
    assert slots.find(["two", "one", "one"]).tolist() == [NO_SLOT, slot, slot]
    assert len(slots) == 1


def test_each_slot_shows_its_own_picture_on_whatever_page_it_is() -> None:
    slots = Slots(WIDTH_PX, HEIGHT_PX)
    slots.begin_frame()
    colours = ["#ff0000", "#00ff00", "#0000ff", "#ffff00", "#00ffff"]
    chosen = [slots.add(number, filled(colours[number % 5])) for number in range(PAGE_SLOTS + 7)]
    image = drawn(slots, chosen)
    for number in range(len(chosen)):
        assert image.pixelColor(WIDTH_PX - 1, number * HEIGHT_PX).name() == colours[number % 5]
        assert image.pixelColor(WIDTH_PX, number * HEIGHT_PX) == QColor("white")


def test_the_number_kept_is_bounded_and_the_longest_unused_go_first() -> None:
    slots = Slots(WIDTH_PX, HEIGHT_PX, most_kept=PAGE_SLOTS)
    slots.begin_frame()
    for number in range(PAGE_SLOTS):
        slots.add(number, filled("red"))
    slots.begin_frame()
    used = list(range(0, PAGE_SLOTS, 2))
    slots.find(used)
    slots.begin_frame()
    for number in range(3 * PAGE_SLOTS, 3 * PAGE_SLOTS + QUARTER):
        slots.add(number, filled("blue"))
    assert len(slots) == PAGE_SLOTS
    assert (slots.find(used) != NO_SLOT).all()


def test_what_this_frame_uses_is_never_dropped_though_it_be_more_than_is_kept() -> None:
    slots = Slots(WIDTH_PX, HEIGHT_PX, most_kept=PAGE_SLOTS)
    slots.begin_frame()
    keys = list(range(2 * PAGE_SLOTS + 3))
    for key in keys:
        slots.add(key, filled("red"))
    assert (slots.find(keys) != NO_SLOT).all()


def test_what_could_not_be_drawn_takes_no_room_for_ever() -> None:
    slots = Slots(WIDTH_PX, HEIGHT_PX, most_kept=PAGE_SLOTS)

    def fail(_painter: QPainter) -> None:
        raise ZeroDivisionError

    for number in range(3 * PAGE_SLOTS):
        slots.begin_frame()
        with pytest.raises(ZeroDivisionError):
            slots.add(-1, Picture(WIDTH_PX, HEIGHT_PX, fail))
        slots.add(number, filled("red"))
    assert -1 not in slots
    assert slots.find([3 * PAGE_SLOTS - 1]).tolist() != [NO_SLOT]
    assert len(slots) <= PAGE_SLOTS


def test_a_slot_used_anew_shows_nothing_of_the_old_text() -> None:
    slots = Slots(WIDTH_PX, HEIGHT_PX, most_kept=PAGE_SLOTS)
    for number in range(PAGE_SLOTS):
        slots.begin_frame()
        slots.add(number, filled("red"))
    slots.begin_frame()
    slot = slots.add("narrow", filled("blue", 5))
    image = drawn(slots, [slot], WIDTH_PX)
    assert image.pixelColor(4, 3) == QColor("blue")
    assert image.pixelColor(5, 3) == QColor("white")


def test_a_text_is_cut_after_a_whole_letter() -> None:
    font = QFont("Timeline Sans")
    font.setPixelSize(10)
    slots = Slots(200, 14)

    def draw(painter: QPainter) -> None:
        painter.setFont(font)
        painter.drawText(0, 11, "l l l l")

    slots.begin_frame()
    slot = slots.add("letters", Picture(200, 14, draw))
    ends = sorted({slots.end_before(slot, room) for room in range(200)})
    assert len(ends) == 5
    assert ends[0] == 0
    assert ends[-1] <= QFontMetrics(font).horizontalAdvance("l l l l") + 1
    for room in range(200):
        assert slots.end_before(slot, room) <= room
