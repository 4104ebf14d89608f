"""What differs is drawn in a few calls, however many events differ, and looks as it does shape by shape."""

from __future__ import annotations

from dataclasses import replace
from unittest.mock import patch

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from tests.helpers.canvases import make_look
from tests.helpers.scenes import make_scene
from tests.helpers.tables import make_event
from timeline_app.core.arrays import Int64Array
from timeline_app.scene.compared import Change, ChangeLine, ComparedMarks
from timeline_app.scene.frame import Frame
from timeline_app.ui.look import Look
from timeline_app.ui.timeline import compared_painter
from timeline_app.ui.timeline.compared_painter import LABEL_PX, ComparedPieces, draw_badges, draw_change_lines
from timeline_app.ui.timeline.words import PixelWords

WIDTH_PX, HEIGHT_PX = 400, 200


def marked(count: int) -> Frame:
    """Make a frame on which so many events differ, by turns in each way, the badges at whole pixels."""
    scene = make_scene([make_event("Pact", "2024")])
    columns = np.arange(min(count, 100), dtype=np.float64) * 3
    lines = tuple(
        ChangeLine(change, count, 160.0 + 16 * change, columns, np.arange(1, len(columns) + 1)) for change in Change
    )
    places = np.arange(count)
    x_px, y_px = ((20 + 12 * (places % 30)).astype(np.float64), (30 + 25 * (places % 4)).astype(np.float64))
    marks = ComparedMarks(x_px, y_px, places % 3, lines)
    frame = scene.frame(scene.fitted(WIDTH_PX), height_px=HEIGHT_PX)
    return replace(frame, compared=marks, foot_px=48)


def drawn(frame: Frame, look: Look, pieces: ComparedPieces | None, ratio: float = 1.0) -> Int64Array:
    """Draw what differs, and return the pixels, shape (height, width, 3)."""
    image = QImage(round(WIDTH_PX * ratio), round(HEIGHT_PX * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(QColor(look.theme.background))
    with QPainter(image) as painter:
        draw_badges(painter, frame, look, pieces)
        draw_change_lines(painter, frame, look, PixelWords(look), pieces)
    content = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)
    return content[:, :, :3].astype(np.int64)


@pytest.mark.parametrize("ratio", [1.0, 2.0])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_pieces_look_as_shapes_do(qtbot: QtBot, theme: str, ratio: float) -> None:
    frame = marked(9)
    look = make_look(make_scene([make_event("Pact", "2024")]).table, theme)
    shapes, pieces = (drawn(frame, look, one, ratio) for one in (None, ComparedPieces(look)))
    inked = (np.abs(shapes - shapes[0, 0]).max(axis=2) > 32).sum()
    differing = (np.abs(shapes - pieces).max(axis=2) > 96).sum()
    assert inked > 500
    assert differing < 0.05 * inked


def test_the_calls_do_not_grow_with_what_differs(qtbot: QtBot) -> None:
    look = make_look(make_scene([make_event("Pact", "2024")]).table)
    calls = []
    for count in (5, 2_000):
        with patch.object(compared_painter, "draw_fragments") as draw:
            drawn(marked(count), look, ComparedPieces(look))
        calls.append(draw.call_count)
    assert calls == [2, 2]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_words_of_a_line_are_read_where_something_differs_everywhere(qtbot: QtBot, theme: str) -> None:
    look = make_look(make_scene([make_event("Pact", "2024")]).table, theme)
    line = ChangeLine(Change.ADDED, 1_000, 160.0, np.arange(133, dtype=np.float64) * 3, np.full(133, 2_000))
    nothing = np.empty(0)
    marks = ComparedMarks(nothing, nothing, nothing.astype(np.int64), (line,))
    frame = replace(marked(1), compared=marks)
    pixels = drawn(frame, look, ComparedPieces(look))
    under_words, beside = pixels[160, LABEL_PX - 3 : LABEL_PX], pixels[160, 300:303]
    background = QColor(look.theme.background)
    ground = np.array([background.blue(), background.green(), background.red()])
    assert np.abs(under_words - ground).max() < 60 < np.abs(beside - ground).max()
    assert (under_words != ground).any()
