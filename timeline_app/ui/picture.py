"""The timeline as a picture for a page: PNG, SVG or PDF, with its title, its filter and its counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QCoreApplication,
    QEventLoop,
    QIODevice,
    QMarginsF,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    QSizeF,
    Qt,
)
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QImageWriter, QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QWidget

from timeline_app.core.errors import WriteError
from timeline_app.core.filter import Filter, evaluate
from timeline_app.core.lanes import LANE_LIMIT, Grouping, LaneSet, build_lanes, usual_grouping
from timeline_app.core.safe_text import safe_text
from timeline_app.core.table import EventTable
from timeline_app.query import format_query
from timeline_app.scene.frame import Canvas, Frame, Measures, build_frame, lane_tops_px
from timeline_app.scene.guides import datelines
from timeline_app.scene.layout import Layouts
from timeline_app.scene.rows import Extents
from timeline_app.scene.ticks import AxisWords
from timeline_app.scene.viewport import Viewport
from timeline_app.ui.look import Look
from timeline_app.ui.timeline.painter import FramePainter, Highlights
from timeline_app.ui.timeline.title_measure import title_extents

SETTLING_ROUNDS = 3
MARGIN_PX = 20
MOST_TITLE_CHARACTERS = 500
HEADER_PX = 40
FOOTER_PX = 28
MOST_LINES = 24
LEAST_LINES = 2
SMALLEST_SIDE_PX = 64
LARGEST_SIDE_PX = 32_000
POINTS_PER_PX = 0.75


class PictureKind(StrEnum):
    """The formats that a picture is written in."""

    PNG = "png"
    SVG = "svg"
    PDF = "pdf"


@dataclass(frozen=True, slots=True)
class PictureWish:
    """What picture is wanted: size in pixels at scale 1, seconds from and to (None: everything), row to select.

    Without a grouping lanes stand for what is usual for such events.
    """

    kind: PictureKind = PictureKind.PNG
    width_px: int = 1600
    height_px: int = 900
    scale: float = 1.0
    view_s: tuple[int, int] | None = None
    selected: int | None = None
    grouping: Grouping | None = None


def draw_picture(table: EventTable, wanted: Filter, wish: PictureWish, look: Look, words: AxisWords) -> bytes:
    """Return the picture's bytes; needs a QGuiApplication. Raises WriteError for a size that cannot be drawn.

    Lanes share the height: where there are too many events for it, more of them are merged into counts, so that
    nothing falls off the page.
    """
    _check_size(wish)
    return _encoded(_Page(table, wanted, wish, look, words).draw, wish, table.title)


def draw_widget(widget: QWidget, wish: PictureWish) -> bytes:
    """Return a picture of a widget as it stands, at its own size; raises WriteError for a size that cannot be drawn."""
    _check_size(wish)
    return _encoded(lambda painter: widget.render(painter, QPoint()), wish, widget.windowTitle())


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


def _encoded(draw: Callable[[QPainter], None], wish: PictureWish, title: str) -> bytes:
    if wish.kind is PictureKind.PNG:
        return _png(draw, wish)
    shown_title = safe_text(title[:MOST_TITLE_CHARACTERS])
    return _svg(draw, wish, shown_title) if wish.kind is PictureKind.SVG else _pdf(draw, wish, shown_title)


class _Page:
    """Title, frame and caption of one picture, ready to be drawn on any device."""

    def __init__(self, table: EventTable, wanted: Filter, wish: PictureWish, look: Look, words: AxisWords) -> None:
        self._table = table
        self._wanted = wanted
        self._wish = wish
        self._grouping = wish.grouping or usual_grouping(table)
        self._look = look
        painter = FramePainter(look, safe_text, as_vectors=wish.kind is not PictureKind.PNG)
        self._painter = painter
        self._frame = self._build(words)

    def draw(self, painter: QPainter) -> None:
        """Draw the page at the painter's origin, in pixels at scale 1."""
        theme = self._look.theme
        page = QRectF(0, 0, self._wish.width_px, self._wish.height_px)
        painter.save()
        painter.translate(MARGIN_PX, HEADER_PX)
        painter.setClipRect(QRectF(0, 0, self._frame.width_px, self._frame.height_px))
        selected = () if self._wish.selected is None else (self._wish.selected,)
        self._painter.paint(painter, self._frame, self._table, self._grouping, Highlights(selected=selected))
        painter.restore()
        middle = QRectF(MARGIN_PX, HEADER_PX, self._frame.width_px, self._frame.height_px)
        for margin in _around(page, middle):  # Not every kind of picture can clip what is drawn.
            painter.fillRect(margin, QColor(theme.background))
        self._draw_header(painter)
        self._draw_footer(painter, page)

    def _build(self, words: AxisWords) -> Frame:
        wish, table = self._wish, self._table
        result = evaluate(self._wanted, table)
        extents = title_extents(table, self._painter.title_font)
        rows = result.rows
        extent = wish.view_s or table.extent_of(rows) or table.extent_s or (0, 86_400)
        margin = 0.0 if wish.view_s else 0.03
        view = Viewport.fit(*extent, wish.width_px - 2 * MARGIN_PX, margin=margin)
        height = wish.height_px - HEADER_PX - FOOTER_PX
        measures = Measures()
        layouts = self._fitting(result_lanes(table, self._wanted, self._grouping), extents, view, height, measures)
        canvas = Canvas(height, 0, measures, words, datelines(table))
        return build_frame(table, layouts, result.certain_if_passing, view, canvas)

    def _fitting(
        self, lane_sets: tuple[LaneSet, ...], extents: Extents, view: Viewport, height: int, measures: Measures
    ) -> Layouts:
        """Return the layouts that show the most events by themselves of those that fit the height.

        Fewer lanes leave more lines to each; where not even the fewest lanes fit, they are cut at the lower edge.
        """
        best: Layouts | None = None
        for lanes in lane_sets:
            layouts = prepared(lanes, extents, LEAST_LINES, view)
            fewest, most = LEAST_LINES, MOST_LINES
            while _height_px(layouts, view, measures) <= height and fewest < most:
                middle = (fewest + most + 1) // 2
                taller = prepared(lanes, extents, middle, view)
                if _height_px(taller, view, measures) <= height:
                    layouts, fewest = taller, middle
                else:
                    most = middle - 1
            fits = _height_px(layouts, view, measures) <= height
            more = best is not None and fits and layouts.standing_count(view) > best.standing_count(view)
            if best is None or more or _height_px(best, view, measures) > height:
                best = layouts
        if best is None:
            raise WriteError("there are no lanes to draw")
        return best

    def _draw_header(self, painter: QPainter) -> None:
        look = self._look
        font = look.body(bold=True)
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        painter.setPen(QColor(look.theme.ink))
        title = metrics.elidedText(safe_text(self._table.title), Qt.TextElideMode.ElideRight, self._wish.width_px * 0.6)
        baseline = HEADER_PX / 2 + metrics.ascent() / 2
        painter.drawText(QPointF(MARGIN_PX, baseline), title)
        if not self._wanted.is_empty:
            painter.setFont(look.small())
            painter.setPen(QColor(look.theme.muted))
            left = MARGIN_PX + metrics.horizontalAdvance(title) + 16
            room = self._wish.width_px - MARGIN_PX - left
            words = QFontMetricsF(look.small()).elidedText(
                safe_text(f"filter: {format_query(self._wanted)}"), Qt.TextElideMode.ElideRight, room
            )
            painter.drawText(QPointF(left, baseline), words)

    def _draw_footer(self, painter: QPainter, page: QRectF) -> None:
        look, counts = self._look, self._frame.counts
        painter.setFont(look.small())
        painter.setPen(QColor(look.theme.muted))
        events = "event" if counts.loaded == 1 else "events"
        text = f"{counts.loaded:,} {events}: {counts.shown:,} shown, {counts.merged:,} in counts, "
        text += f"{counts.filtered_out:,} filtered out"
        if counts.outside:
            text += f", {counts.outside:,} outside the view"
        line = page.adjusted(MARGIN_PX, page.height() - FOOTER_PX, -MARGIN_PX, 0)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        sources = [source.author or source.publisher or source.title for source in self._table.source_by_key.values()]
        if 0 < len(sources) <= 3:
            credit = safe_text("Source: " + "; ".join(dict.fromkeys(sources)))
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, credit)


def prepared(lanes: LaneSet, extents: Extents, max_lines: int, view: Viewport) -> Layouts:
    """Return the layouts of lanes with all that a view needs laid out."""
    layouts = Layouts(lanes, extents, max_lines)
    layouts.prepare(view, None)
    return layouts


def _height_px(layouts: Layouts, view: Viewport, measures: Measures) -> int:
    return lane_tops_px(layouts.line_counts(view), measures)[-1]


def _around(page: QRectF, middle: QRectF) -> tuple[QRectF, QRectF, QRectF, QRectF]:
    """Return what of a page lies above, below, left and right of its middle."""
    return (
        QRectF(page.left(), page.top(), page.width(), middle.top() - page.top()),
        QRectF(page.left(), middle.bottom(), page.width(), page.bottom() - middle.bottom()),
        QRectF(page.left(), middle.top(), middle.left() - page.left(), middle.height()),
        QRectF(middle.right(), middle.top(), page.right() - middle.right(), middle.height()),
    )


def result_lanes(table: EventTable, wanted: Filter, grouping: Grouping) -> tuple[LaneSet, ...]:
    """Return the lanes of a filter, with the usual number of lanes first and then ever fewer."""
    result = evaluate(wanted, table)
    limits = [limit for limit in (LANE_LIMIT, 9, 6, 4, 2) if limit >= len(wanted.actors)] or [len(wanted.actors)]
    return tuple(build_lanes(table, result, wanted, grouping, limit=limit) for limit in limits)


def _png(draw: Callable[[QPainter], None], wish: PictureWish) -> bytes:
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


def _svg(draw: Callable[[QPainter], None], wish: PictureWish, title: str) -> bytes:
    buffer = _buffer()
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(QSize(round(wish.width_px * wish.scale), round(wish.height_px * wish.scale)))
    generator.setViewBox(QRect(0, 0, wish.width_px, wish.height_px))
    generator.setTitle(title)
    with QPainter(generator) as painter:
        draw(painter)
    return bytes(buffer.data().data())


def _pdf(draw: Callable[[QPainter], None], wish: PictureWish, title: str) -> bytes:
    buffer = _buffer()
    writer = QPdfWriter(buffer)
    writer.setCreator("Conflict Timeline")
    writer.setTitle(title)
    points = QSizeF(wish.width_px * wish.scale * POINTS_PER_PX, wish.height_px * wish.scale * POINTS_PER_PX)
    writer.setPageSize(QPageSize(points, QPageSize.Unit.Point, "picture", QPageSize.SizeMatchPolicy.ExactMatch))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Point)
    with QPainter(writer) as painter:
        painter.scale(writer.width() / wish.width_px, writer.height() / wish.height_px)
        draw(painter)
    return bytes(buffer.data().data())


def _buffer() -> QBuffer:
    buffer = QBuffer()
    buffer.setData(QByteArray())
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    return buffer
