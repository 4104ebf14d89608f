"""The timeline as a picture for a page: PNG, SVG or PDF, with its title, its filter, its counts and its sources."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import starmap

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QCoreApplication,
    QEventLoop,
    QIODevice,
    QMarginsF,
    QPoint,
    QRect,
    QSize,
    QSizeF,
    Qt,
)
from PySide6.QtGui import QImage, QImageWriter, QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QWidget

from timeline_app.core.errors import WriteError
from timeline_app.core.filter import Filter, evaluate
from timeline_app.core.safe_text import safe_text
from timeline_app.core.table import EventTable
from timeline_app.scene.axis_words import AxisWords
from timeline_app.scene.paper import parts_of
from timeline_app.ui.look import Look
from timeline_app.ui.picture_page import Page, whole_view_s
from timeline_app.ui.picture_wish import PictureKind, PictureWish
from timeline_app.ui.svg_texts import with_text_lengths

SETTLING_ROUNDS = 3
MOST_TITLE_CHARACTERS = 500
SMALLEST_SIDE_PX = 64
LARGEST_SIDE_PX = 32_000
POINTS_PER_PX = 0.75

Draw = Callable[[QPainter], None]


def draw_picture(table: EventTable, wanted: Filter, wish: PictureWish, look: Look, words: AxisWords) -> bytes:
    """Return the picture's bytes; needs a QGuiApplication. Raises WriteError for a size that cannot be drawn.

    Lanes share the height: where there are too many events for it, more of them are merged into counts, so that
    nothing falls off the page.
    """
    _check_size(wish)
    if wish.pages == 1:
        return _encoded([Page(table, wanted, wish, look, words).draw], wish, table.title)
    parts = parts_of(wish.view_s or whole_view_s(table, evaluate(wanted, table).rows), wish.pages)

    def drawn(number: int, part_s: tuple[int, int]) -> Draw:
        # Laid out only when its turn comes.
        place = f"page {number} of {wish.pages}"
        return lambda painter: Page(table, wanted, replace(wish, view_s=part_s), look, words, place).draw(painter)

    return _encoded(list(starmap(drawn, enumerate(parts, start=1))), wish, table.title)


def draw_widget(widget: QWidget, wish: PictureWish) -> bytes:
    """Return a picture of a widget as it stands, at its own size; raises WriteError for a size that cannot be drawn."""
    _check_size(wish)
    return _encoded([lambda painter: widget.render(painter, QPoint())], wish, widget.windowTitle())


def settle_unseen(widget: QWidget, is_settled: Callable[[], bool] = lambda: True) -> None:
    """Lay a window out and let it finish what it has begun, without showing it to anyone."""
    widget.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    widget.show()
    while not is_settled():
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    for _ in range(SETTLING_ROUNDS):
        QCoreApplication.processEvents()


def _check_size(wish: PictureWish) -> None:
    longest, shortest = max(wish.width_px, wish.height_px), min(wish.width_px, wish.height_px)
    if longest * wish.scale > LARGEST_SIDE_PX or shortest < SMALLEST_SIDE_PX:
        raise WriteError(f"a picture is between {SMALLEST_SIDE_PX} and {LARGEST_SIDE_PX:,} pixels a side")
    if wish.pages > 1 and wish.kind is not PictureKind.PDF:
        raise WriteError("only a PDF has several pages")


def _encoded(pages: Sequence[Draw], wish: PictureWish, title: str) -> bytes:
    shown_title = safe_text(title[:MOST_TITLE_CHARACTERS])
    if wish.kind is PictureKind.PDF:
        return pdf_of(pages, wish, shown_title)
    [draw] = pages
    return _png(draw, wish) if wish.kind is PictureKind.PNG else _svg(draw, wish, shown_title)


def _png(draw: Draw, wish: PictureWish) -> bytes:
    image = QImage(
        QSize(round(wish.width_px * wish.scale), round(wish.height_px * wish.scale)), QImage.Format.Format_RGB32
    )
    image.setDevicePixelRatio(wish.scale)
    with QPainter(image) as painter:
        draw(painter)
    return image_bytes(image)


def image_bytes(image: QImage) -> bytes:
    """Return an image as PNG; raises WriteError when Qt cannot encode it."""
    buffer = _buffer()
    if not QImageWriter(buffer, b"PNG").write(image):
        raise WriteError("the picture could not be encoded as PNG")
    return bytes(buffer.data().data())


def _svg(draw: Draw, wish: PictureWish, title: str) -> bytes:
    buffer = _buffer()
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(QSize(round(wish.width_px * wish.scale), round(wish.height_px * wish.scale)))
    generator.setViewBox(QRect(0, 0, wish.width_px, wish.height_px))
    generator.setTitle(title)
    with QPainter(generator) as painter:
        draw(painter)
    return with_text_lengths(bytes(buffer.data().data()).decode()).encode()


def pdf_of(pages: Sequence[Draw], wish: PictureWish, title: str) -> bytes:
    """Return pages of one size, each drawn in the pixels of the wish at scale 1, as a PDF."""
    buffer = _buffer()
    writer = QPdfWriter(buffer)
    writer.setCreator("Conflict Timeline")
    writer.setTitle(title)
    points = QSizeF(wish.width_px * wish.scale * POINTS_PER_PX, wish.height_px * wish.scale * POINTS_PER_PX)
    size, unit = (points, QPageSize.Unit.Point)
    if wish.sheet_mm is not None:
        size, unit = QSizeF(*wish.sheet_mm), QPageSize.Unit.Millimeter
    writer.setPageSize(QPageSize(size, unit, "picture", QPageSize.SizeMatchPolicy.ExactMatch))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Point)
    with QPainter(writer) as painter:
        for number, draw in enumerate(pages):
            if number:
                writer.newPage()
            painter.save()
            painter.scale(writer.width() / wish.width_px, writer.height() / wish.height_px)
            try:
                draw(painter)
            finally:
                painter.restore()  # Qt warns of a page that is given up half way and leaves its state behind.
    return bytes(buffer.data().data())


def _buffer() -> QBuffer:
    buffer = QBuffer()
    buffer.setData(QByteArray())
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    return buffer
