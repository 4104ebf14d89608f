"""Small pictures on one sheet: each keeps its place, and comes out pixel by pixel."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from timeline_app.ui.timeline.sheet import (
    FIRST_HEIGHT_PX,
    SHEET_WIDTH_PX,
    CellTable,
    Picture,
    Sheet,
    device_pixels,
    draw_fragments,
    fragments,
    stretched,
)


@pytest.fixture(autouse=True)
def application(qapp: QApplication) -> QApplication:
    return qapp


def plain(colour: QColor, width_px: int, height_px: int) -> Picture:
    """Return a picture of one colour that would run over its edges."""
    return Picture(width_px, height_px, lambda painter: painter.fillRect(-500, -500, 1_000, 1_000, colour))


def test_cells_lie_apart_from_each_other_while_the_sheet_grows() -> None:
    sheet = Sheet()
    chance = np.random.default_rng(2)
    taken = np.zeros((16 * FIRST_HEIGHT_PX, SHEET_WIDTH_PX), np.bool_)
    cells = {}
    for number in range(600):
        width, height = (int(side) for side in chance.integers(1, 60, 2))
        colour = QColor.fromHsv(number % 360, 255, 200)
        left, top, *size = sheet.add(plain(colour, width, height))
        assert size == [width, height]
        area = taken[top : top + height, left : left + width]
        assert area.shape == (height, width)
        assert not area.any()
        area[:] = True
        cells[left, top, width, height] = colour
    image = sheet.pixmap.toImage()
    assert image.height() > FIRST_HEIGHT_PX
    for (left, top, width, height), colour in cells.items():
        assert image.pixelColor(left, top).rgb() == colour.rgb()
        assert image.pixelColor(left + width - 1, top + height - 1).rgb() == colour.rgb()


def test_a_sheet_says_when_it_is_time_to_begin_another() -> None:
    sheet = Sheet()
    while not sheet.is_large:
        sheet.add(plain(QColor("red"), SHEET_WIDTH_PX, 100))
    assert sheet.pixmap.height() <= 4_096


def test_each_code_is_drawn_once_when_it_is_first_asked_for() -> None:
    made: list[int] = []

    def picture(code: int) -> Picture:
        made.append(code)
        return plain(QColor("red"), 10 + code, 5)

    table = CellTable(Sheet(), 100, picture)
    cells = table.cells_of(np.array([3, 7, 3]))
    assert cells[:, 2].tolist() == [13, 17, 13]
    assert (cells[0] == cells[2]).all()
    assert (table.cells_of(np.array([7])) == cells[1]).all()
    assert made == [3, 7]
    assert table.cells_of(np.zeros(0, np.int64)).shape == (0, 4)


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0, 3.0])
def test_fragments_come_out_at_whole_pixels_of_any_device(ratio: float) -> None:
    sheet = Sheet()
    cells = np.array([sheet.add(plain(QColor(colour), 3, 2)) for colour in ("red", "blue")], np.float64)
    image = QImage(60, 20, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(QColor("white"))
    with QPainter(image) as painter, device_pixels(painter) as found:
        assert found == ratio
        draw_fragments(painter, sheet.pixmap, fragments(cells, np.array([7.0, 20.0]), np.array([5.0, 5.0])))
        wide = stretched(cells[:1], np.array([30.0]), np.array([10.0]), np.array([20.0]))
        draw_fragments(painter, sheet.pixmap, wide)
        draw_fragments(painter, sheet.pixmap, wide[:0])
    reds = {(x, y) for x in range(60) for y in range(20) if image.pixelColor(x, y) == QColor("red")}
    blues = {(x, y) for x in range(60) for y in range(20) if image.pixelColor(x, y) == QColor("blue")}
    assert blues == {(x, y) for x in (20, 21, 22) for y in (5, 6)}
    narrow = {(x, y) for x in (7, 8, 9) for y in (5, 6)}
    assert reds == narrow | {(x, y) for x in range(30, 50) for y in (10, 11)}
