"""Density strips: as high as their counts say, in the columns where they are, the same as pixels and as vectors."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from tests.helpers.pictures import share_apart
from tests.helpers.scenes import make_scene
from timeline_app.core.arrays import Int64Array
from timeline_app.core.palette import DARK, LIGHT, Theme, contrast
from timeline_app.scene.frame import Frame
from timeline_app.scene.strips import Strip
from timeline_app.scene.viewport import Viewport
from timeline_app.ui.timeline.strip_painter import (
    StripPainter,
    draw_strips_as_vectors,
    heights,
    scale_words,
)

WIDTH_PX, HEIGHT_PX = 400, 100
COLOUR = QColor("#0059a8")


@pytest.fixture(autouse=True)
def application(qapp: QApplication) -> QApplication:
    return qapp


def strip(counts: list[int], *, left_px: float = 0.0, column_px: float = 4.0, highest: int = 100) -> Strip:
    return Strip(0, 10.0, 34.0, left_px, column_px, np.array(counts, np.int64), highest, "6 days")


def frame_of(*strips: Strip) -> Frame:
    frame = make_scene([]).frame(Viewport(0, 0.0, 1.0, WIDTH_PX), height_px=HEIGHT_PX)
    return replace(frame, strips=strips)


def drawn(*strips: Strip, as_vectors: bool = False, ratio: float = 1.0) -> QImage:
    image = QImage(QSize(WIDTH_PX, HEIGHT_PX) * ratio, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(QColor("white"))
    draw = draw_strips_as_vectors if as_vectors else StripPainter().draw
    with QPainter(image) as painter:
        draw(painter, frame_of(*strips), [COLOUR, QColor("#b83a26")])
    return image


def columns_with_ink(pixels: Int64Array) -> list[int]:
    return np.flatnonzero(pixels.any(axis=0)).tolist()


def test_heights_go_by_the_root_and_something_is_never_nothing() -> None:
    counts = np.array([0, 1, 25, 100, 100_000])
    assert heights(counts, np.array(100), 20).tolist() == [0, 2, 10, 20, 20]
    assert heights(counts[:2], np.array(10**9), 20).tolist() == [0, 1]
    growing = heights(np.arange(10_000), np.array(10_000), 200)
    assert (np.diff(growing.astype(np.int64)) >= 0).all()


@pytest.mark.parametrize("left_px", [0.0, -3.0, 17.0, 390.0, -39.0])
def test_each_column_stands_where_it_is_and_leaves_a_gap(left_px: float) -> None:
    one = strip([100] * 10, left_px=left_px)
    (pixels,) = StripPainter().pixels([one], [COLOUR], 1.0, WIDTH_PX)
    assert pixels.shape[0] <= 24
    assert pixels.shape[1] == WIDTH_PX
    wanted = [int(left_px) + 4 * column + pixel for column in range(10) for pixel in range(3)]
    assert columns_with_ink(pixels.astype(np.int64)) == [x for x in wanted if 0 <= x < WIDTH_PX]


def test_narrow_columns_leave_no_gap_and_empty_ones_no_ink() -> None:
    (pixels,) = StripPainter().pixels([strip([5, 0, 5], column_px=2.0)], [COLOUR], 1.0, WIDTH_PX)
    assert columns_with_ink(pixels.astype(np.int64)) == [0, 1, 4, 5]


def test_strips_in_other_places_do_not_disturb_each_other() -> None:
    lower = replace(strip([100] * 5, left_px=40.0), lane=1, top_px=60.0, bottom_px=84.0)
    both = drawn(strip([100] * 5), lower)
    for alone, part in ((drawn(strip([100] * 5)), 0), (drawn(lower), 50)):
        assert both.copy(0, part, WIDTH_PX, 50) == alone.copy(0, part, WIDTH_PX, 50)
    assert drawn(replace(lower, counts=np.zeros(0, np.int64))) == drawn()


@pytest.mark.parametrize("ratio", [1.0, 2.0])
@pytest.mark.parametrize("column_px", [2.0, 4.0, 7.3])
def test_pixels_and_vectors_look_alike(column_px: float, ratio: float) -> None:
    counts = np.random.default_rng(1).integers(0, 100, 60).tolist()
    one = strip(counts, column_px=column_px, left_px=-5.0)
    assert share_apart(drawn(one, ratio=ratio), drawn(one, as_vectors=True, ratio=ratio)) < 0.01
    assert drawn(one, ratio=ratio) != drawn()


def test_what_is_only_possible_is_hatched_above_what_is_sure() -> None:
    one = replace(strip([100, 100, 0, 100], column_px=20.0), possible=np.array([0, 75, 0, 100], np.int64))
    (pixels,) = StripPainter().pixels([one], [COLOUR], 1.0, WIDTH_PX)
    (solid,) = StripPainter().pixels([replace(one, possible=one.possible[:0])], [COLOUR], 1.0, WIDTH_PX)
    inked, whole = (some.reshape(-1, WIDTH_PX) != 0 for some in (pixels.copy(), solid.copy()))
    assert (inked <= whole).all()
    sure, mixed, possible = ((inked[:-1, left : left + 19].mean(axis=1)) for left in (0, 20, 60))
    assert sure.min() == 1
    height = len(mixed)
    assert mixed[: height // 2 - 1].max() < 0.5 < mixed[height // 2 + 1 :].min() == 1
    assert 0.2 < possible.min() <= possible.max() < 0.5
    assert inked[-1, 60:79].all()


def test_vectors_hatch_what_is_only_possible_too() -> None:
    one = strip([100, 100, 0, 100], column_px=20.0)
    hatched = replace(one, possible=np.array([0, 75, 0, 100], np.int64))
    image, solid = drawn(hatched, as_vectors=True), drawn(one, as_vectors=True)
    assert image.copy(0, 0, 20, 50) == solid.copy(0, 0, 20, 50)
    assert image.copy(20, 0, 60, 50) != solid.copy(20, 0, 60, 50)
    assert image != drawn()


def test_the_scale_is_said() -> None:
    assert scale_words(strip([1], highest=1_204)) == "1 column = 6 days · full height = 1,204 · half = 301"
    assert scale_words(replace(strip([1], highest=3), span_words="")) == "full height = 3"


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_bars_stand_out_from_the_ground_in_the_colour_of_any_actor(theme: Theme) -> None:
    for colour in (*theme.actors, theme.neutral):
        image = QImage(QSize(WIDTH_PX, HEIGHT_PX), QImage.Format.Format_RGB32)
        image.fill(QColor(theme.background))
        with QPainter(image) as painter:
            StripPainter().draw(painter, frame_of(strip([100] * 100)), [QColor(colour)])
        bar = QColor(image.pixel(201, 25)).name()
        assert bar != theme.background
        assert contrast(bar, theme.background) >= 3, colour
