"""Draws the events that stand by themselves: bars as wide as their doubt, and marks."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPixmap

from timeline_app.core.table import EventTable
from timeline_app.core.when import WhenFlag
from timeline_app.scene.frame import Frame, Singles
from timeline_app.scene.marks import Shape, shape_of
from timeline_app.scene.rows import MARK_PX, TitlePlace
from timeline_app.ui.look import Look
from timeline_app.ui.timeline.doubt_brush import DoubtBrushes, faded
from timeline_app.ui.timeline.mark_painter import mark_path

# As plain integers: arithmetic with flags costs more than all else that Python does for a mark.
SPAN, OPEN_START, OPEN_END, APPROXIMATE, UNCERTAIN = (
    int(flag)
    for flag in (
        WhenFlag.SPAN,
        WhenFlag.OPEN_START,
        WhenFlag.OPEN_END,
        WhenFlag.APPROXIMATE,
        WhenFlag.UNCERTAIN,
    )
)

EDGE_PX = 2
CORE_ALPHA = 0.30
APPROXIMATE_DASHES = (4.0, 2.0)
UNCERTAIN_DASHES = (1.0, 1.5)


class SinglesPainter:
    """Draws bars and marks of one look; keeps the pixmaps of marks that it has drawn before."""

    def __init__(self, look: Look, *, as_vectors: bool) -> None:
        self._look = look
        self._as_vectors = as_vectors
        self._marks: dict[tuple[Shape, str, str, float], QPixmap] = {}
        self._doubt = DoubtBrushes(as_vectors=as_vectors)

    def forget(self) -> None:
        """Drop all cached pixmaps, as colours have changed."""
        self._marks.clear()

    def draw(self, painter: QPainter, frame: Frame, table: EventTable, colours: list[QColor]) -> None:
        """Draw all singles of a frame in the colours of its lanes, marks over bars."""
        singles = frame.singles
        is_mark = singles.is_mark.tolist()
        lanes = singles.lane.tolist()
        for place in range(len(singles)):
            if not is_mark[place]:
                self._draw_bar(painter, frame, place, colours[lanes[place]])
        for place in range(len(singles)):
            if is_mark[place]:
                self._draw_mark(painter, singles, place, table, colours[lanes[place]])

    def _draw_bar(self, painter: QPainter, frame: Frame, place: int, colour: QColor) -> None:
        singles = frame.singles
        height = frame.measures.bar_px
        left, right = float(singles.start_px[place]), float(singles.end_px[place])
        y = float(singles.y_px[place])
        seen_left, seen_right = max(left, 0.0), min(right, float(frame.width_px))
        box = QRectF(seen_left, y - height / 2, seen_right - seen_left, height)
        flags = int(singles.flags[place])
        brush = self._doubt.brush(singles, place, colour, CORE_ALPHA)
        painter.fillRect(box, brush)
        if not singles.certain[place]:
            hatch = QBrush(faded(colour, 0.55), Qt.BrushStyle.BDiagPattern)
            painter.fillRect(box, hatch)
        self._draw_edge(painter, box, self._doubt.brush(singles, place, colour, 1.0), flags)
        if (
            singles.title_place[place] != TitlePlace.INSIDE
            and not flags & SPAN
            and singles.sure_start_px[place] >= singles.sure_end_px[place]
        ):
            middle = float(singles.middle_px[place])
            painter.fillRect(QRectF(middle - 1, y - height / 2, 2, height), colour)
        painter.setPen(QPen(colour, 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if flags & OPEN_END:
            painter.drawPolyline([QPointF(right - 5, y - 5), QPointF(right, y), QPointF(right - 5, y + 5)])
        if flags & OPEN_START:
            painter.drawPolyline([QPointF(left + 5, y - 5), QPointF(left, y), QPointF(left + 5, y + 5)])

    def _draw_edge(self, painter: QPainter, box: QRectF, brush: QBrush, flags: int) -> None:
        """Draw the lower edge of a bar: dashes where the date is approximate, dots where it is uncertain, else full."""
        if not flags & (APPROXIMATE | UNCERTAIN):
            painter.fillRect(box.adjusted(0, box.height() - EDGE_PX, 0, 0), brush)
            return
        pen = QPen(brush, EDGE_PX)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setDashPattern(UNCERTAIN_DASHES if flags & UNCERTAIN else APPROXIMATE_DASHES)
        painter.setPen(pen)
        y = box.bottom() - EDGE_PX / 2
        painter.drawLine(QLineF(box.left(), y, box.right(), y))

    def _draw_mark(self, painter: QPainter, singles: Singles, place: int, table: EventTable, colour: QColor) -> None:
        row = int(singles.rows[place])
        code = int(table.type_codes[row])
        shape = shape_of(table.types[code]) if code >= 0 else Shape.CIRCLE
        flags = int(singles.flags[place])
        style = "plain"
        if not singles.certain[place]:
            style = "possible"
        elif flags & UNCERTAIN:
            style = "uncertain"
        elif flags & APPROXIMATE:
            style = "approximate"
        x, y = float(singles.middle_px[place]), float(singles.y_px[place])
        if self._as_vectors:
            painter.save()
            painter.translate(x, y)
            _draw_shape(painter, shape, colour, style, QColor(self._look.theme.background))
            painter.restore()
            return
        pixmap = self._mark_pixmap(shape, colour, style, painter.device().devicePixelRatioF())
        size = pixmap.deviceIndependentSize()
        painter.drawPixmap(QPointF(x - size.width() / 2, y - size.height() / 2), pixmap)

    def _mark_pixmap(self, shape: Shape, colour: QColor, style: str, ratio: float) -> QPixmap:
        key = (shape, colour.name(), style, ratio)
        if key not in self._marks:
            side = MARK_PX + 10
            pixmap = QPixmap(round(side * ratio), round(side * ratio))
            pixmap.setDevicePixelRatio(ratio)
            pixmap.fill(Qt.GlobalColor.transparent)
            with QPainter(pixmap) as painter:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.translate(side / 2, side / 2)
                _draw_shape(painter, shape, colour, style, QColor(self._look.theme.background))
            self._marks[key] = pixmap
        return self._marks[key]


def _draw_shape(painter: QPainter, shape: Shape, colour: QColor, style: str, ground: QColor) -> None:
    """Draw a mark: full; with a halo where its date is approximate; hollow where uncertain; hatched where possible."""
    if style == "approximate":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(faded(colour, 0.25))
        painter.drawPath(mark_path(shape, MARK_PX + 7))
        painter.setBrush(colour)
        painter.drawPath(mark_path(shape, MARK_PX - 3))
        return
    path = mark_path(shape, MARK_PX - 2)
    painter.setPen(QPen(colour, 1.6))
    if style == "plain":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawPath(mark_path(shape, MARK_PX - 1))
        return
    painter.setBrush(ground)
    painter.drawPath(path)
    if style == "possible":
        painter.setBrush(QBrush(colour, Qt.BrushStyle.BDiagPattern))
        painter.drawPath(path)
