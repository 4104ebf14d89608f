"""The strip below the timeline: where all events lie, and which stretch of them is on screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum, auto

import numpy as np
from PySide6.QtCore import QEvent, QLineF, QPoint, QPointF, QRect, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFontMetricsF,
    QHelpEvent,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QRegion,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from timeline_app.core.arrays import Int32Array, Int64Array
from timeline_app.scene.axis_words import AxisWords
from timeline_app.scene.histogram import COLUMN_PX, Histogram, build_histogram
from timeline_app.scene.hit_ticks import column_rows, hit_counts
from timeline_app.scene.ticks import NO_AXIS, Axis, Tick, build_axis
from timeline_app.scene.viewport import Viewport
from timeline_app.ui.look import Look
from timeline_app.ui.safe_widgets import tooltip_markup
from timeline_app.ui.session import Move, Session
from timeline_app.ui.timeline.accessible_words import counted_events, period_words
from timeline_app.ui.timeline.gestures import DOUBLING_NOTCHES, NOTCH

HEIGHT_PX = 84
LABEL_PX = 22
GRIP_PX = 7
LEAST_BRUSH_PX = 6
BRUSH_TOP_PX = 5
LEAST_BAR_PX = 2.0
CAP_PX = 1.0
HIT_TOP_PX = 1
HIT_PX = 9
LEAST_HIT_PX = 4
TICK_PX = 5
LABEL_GAP_PX = 3
FEW_LABELS = 3


class _Grip(Enum):
    LEFT = auto()
    RIGHT = auto()
    WHOLE = auto()


class Overview(QWidget):
    """A histogram of everything with what passes the filter on it, a brush for the viewport, ticks for search hits.

    View and filter are followed when `follow_view` is called, so that the timeline can be painted first.
    """

    def __init__(self, session: Session, look: Look, words: AxisWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._look = look
        self._words = words
        self._histogram: Histogram | None = None
        self._is_outdated = False
        self._pictures: tuple[QPixmap, QPixmap] | None = None
        self._hit_picture: QImage | None = None
        self._column_rows: Int32Array | None = None
        self._axis: Axis | None = None
        self._brush_box: QRect | None = None
        self._grip: _Grip | None = None
        self._grabbed_px = 0.0
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Overview of all events")
        self.setAccessibleDescription("Drag the brush to move the timeline, its edges to zoom")
        session.table_changed.connect(self._recount)
        session.filter_changed.connect(self._take_filter)
        session.hits_changed.connect(self._take_hits)
        look.changed.connect(self._recount)

    @property
    def histogram(self) -> Histogram:
        """The counts of now, which are drawn a moment later."""
        if self._is_outdated:
            self._recount()
        if self._histogram is None:
            view = self._whole_view()
            self._histogram = build_histogram(self._session.table, self._session.lanes, view)
            has_events = len(self._session.table) > 0
            self._axis = build_axis(view, self._words, self._look.text_scale) if has_events else NO_AXIS
        return self._histogram

    def brush_px(self) -> tuple[float, float]:
        """Return where the viewport begins and ends on the strip."""
        whole, view = self.histogram.view, self._session.viewport
        left = min(max(whole.x_of(view.left_s), 0.0), self.width() - LEAST_BRUSH_PX)
        right = max(min(whole.x_of(view.right_s), float(self.width())), left + LEAST_BRUSH_PX)
        return left, right

    def follow_view(self) -> None:
        """Have only that painted anew which the brush leaves or comes to, and after another filter all of it."""
        if self._is_outdated:
            self._recount()
        before = self._brush_box
        if self._histogram is None or before is None:  # all of it is to be painted anyway
            return
        after = self._rounded_brush()
        if after != before:
            self._brush_box = after
            within = before.intersected(after).adjusted(1, 1, -1, -1)
            self.update(QRegion(before).united(after).subtracted(within))

    def sizeHint(self) -> QSize:
        return QSize(400, HEIGHT_PX - LABEL_PX + self._look.px(LABEL_PX))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._recount()
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        is_whole = event.rect() == self.rect()
        histogram = self.histogram if is_whole or self._histogram is None else self._histogram
        if self._brush_box is None or is_whole:
            self._brush_box = self._rounded_brush()
        theme = self._look.theme
        with QPainter(self) as painter:
            plain, tinted = self._kept_pictures(histogram, painter.deviceTransform().m11())
            painter.drawPixmap(0, 0, plain)
            if len(self._session.table):
                self._draw_brush(painter, tinted, self._brush_box)
            self._draw_hits(painter, histogram.view)
            painter.setPen(QPen(QColor(theme.rule), 1))
            painter.drawLine(QLineF(0, 0.5, self.width(), 0.5))
            if self.hasFocus():
                painter.setPen(QPen(QColor(theme.accent), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(self.rect().adjusted(1, 1, -1, -1))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), tooltip_markup(self.tip_words(event.pos().x())), self)
            return True
        return super().event(event)

    def tip_words(self, x_px: int) -> str:
        """Say how many events begin in the column at a place, of them how many pass the filter, and when it is."""
        histogram, number = self.histogram, x_px // COLUMN_PX
        if not 0 <= number < len(histogram.everything) or not histogram.everything[number]:
            return ""
        count, passing = int(histogram.everything[number]), int(histogram.passing[number])
        begin_s, beyond_s = (histogram.view.time_at(edge * COLUMN_PX) for edge in (number, number + 1))
        counted = f"{counted_events(count)} {'begins' if count == 1 else 'begin'} here"
        passes = "" if passing == count else f"; {passing:,} {'passes' if passing == 1 else 'pass'} the filter"
        return f"{counted}, {period_words(begin_s, max(begin_s, beyond_s - 1))}{passes}"

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            x = event.position().x()
            self._grip = self._grip_at(x)
            if self._grip is None:
                self._centre_at(x)
                self._grip = _Grip.WHOLE
            self._grabbed_px = x

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        x = event.position().x()
        if self._grip is None:
            edge = self._grip_at(x) in {_Grip.LEFT, _Grip.RIGHT}
            self.setCursor(Qt.CursorShape.SizeHorCursor if edge else Qt.CursorShape.ArrowCursor)
            return
        whole, view = self.histogram.view, self._session.viewport
        if self._grip is _Grip.WHOLE:
            moved_px = (x - self._grabbed_px) * whole.seconds_per_px / view.seconds_per_px
            self._grabbed_px = x
            self._session.set_viewport(view.panned(moved_px), Move.DRAG)
        else:
            self._drag_edge(x)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002
        self._grip = None

    def wheelEvent(self, event: QWheelEvent) -> None:
        factor = 2 ** (event.angleDelta().y() / NOTCH / DOUBLING_NOTCHES)
        view = self._session.viewport
        self._session.set_viewport(view.zoomed(factor, view.width_px / 2), Move.DRAG)
        event.accept()

    def _take_filter(self) -> None:
        self._is_outdated = True

    def _recount(self) -> None:
        self._is_outdated = False
        self._histogram = self._pictures = self._brush_box = self._column_rows = None
        self._take_hits()

    def _take_hits(self) -> None:
        self._hit_picture = None
        self.update()

    def _whole_view(self) -> Viewport:
        """Return the timeline's own view of everything, so that what stands below an event is its own time."""
        first_s, last_s = self._session.table.extent_s or (0, 86_400)
        return Viewport.fit(first_s, last_s, max(self.width(), 1))

    def _rounded_brush(self) -> QRect:
        """Return the pixels that the brush takes, its edge included."""
        left, right = (round(edge) for edge in self.brush_px())
        return QRect(left, BRUSH_TOP_PX, right - left, round(self._base_px()) - BRUSH_TOP_PX + 1)

    def _draw_brush(self, painter: QPainter, tinted: QPixmap, box: QRect) -> None:
        painter.fillRect(box, QColor(self._look.theme.accent))
        painter.save()
        painter.setClipRect(box.adjusted(1, 1, -1, -1))
        painter.drawPixmap(0, 0, tinted)
        painter.restore()

    def _kept_pictures(self, histogram: Histogram, ratio: float) -> tuple[QPixmap, QPixmap]:
        """Return bars and axis as they are without and under the brush, which stay while the viewport moves."""
        if self._pictures is None or self._pictures[0].devicePixelRatio() != ratio:
            theme = self._look.theme
            bars = self._bars(histogram)
            self._pictures = (
                self._picture_on(QColor(theme.background), bars, ratio),
                self._picture_on(QColor(theme.accent_tint), bars, ratio),
            )
        return self._pictures

    def _picture_on(self, ground: QColor, bars: Sequence[tuple[QBrush, list[QRectF]]], ratio: float) -> QPixmap:
        size = QSizeF(self.size()) * ratio
        # Without transparency, so that it is copied and not blended.
        picture = QPixmap(max(1, round(size.width())), max(1, round(size.height())))
        picture.setDevicePixelRatio(ratio)
        picture.fill(ground)
        with QPainter(picture) as painter:
            painter.setPen(Qt.PenStyle.NoPen)
            for brush, boxes in bars:
                painter.setBrush(brush)
                painter.drawRects(boxes)
            self._draw_axis(painter)
        return picture

    def _bars(self, histogram: Histogram) -> list[tuple[QBrush, list[QRectF]]]:
        """Return the bars of all events and, drawn over them, of those that pass: hatched what only possibly does."""
        theme = self._look.theme
        base, highest = self._base_px(), max(histogram.highest, 1)
        sure = QBrush(QColor(theme.bar_passing))
        hatched = QBrush(QColor(theme.bar_passing), Qt.BrushStyle.BDiagPattern)
        certain = histogram.passing - histogram.possible
        layers = [(histogram.everything, QBrush(QColor(theme.bar))), (certain, sure)]
        if histogram.possible.any():
            layers.insert(1, (histogram.passing, hatched))
        bars = []
        for counts, brush in layers:
            columns = np.flatnonzero(counts)
            heights_px = np.maximum((base - 12) * counts[columns] / highest, LEAST_BAR_PX)
            places = zip((columns * COLUMN_PX + 1).tolist(), heights_px.tolist(), strict=True)
            bars.append((brush, [QRectF(left, base - height, COLUMN_PX - 2, height) for left, height in places]))
        # What is filtered out is pale, so that what passes stands out; its upper edge still has to be seen.
        edges = [QRectF(box.left(), box.top(), box.width(), CAP_PX) for box in bars[0][1]]
        bars.insert(1, (QBrush(QColor(theme.muted)), edges))
        return bars

    def _draw_hits(self, painter: QPainter, view: Viewport) -> None:
        rows = self._session.hits.rows
        if not len(rows):
            return
        if self._column_rows is None:
            self._column_rows = column_rows(self._session.table.times.start_earliest_s, view)
        if self._hit_picture is None:
            self._hit_picture = _hit_picture(hit_counts(self._column_rows, rows), QColor(self._look.theme.warning))
        painter.drawImage(QPoint(0, HIT_TOP_PX), self._hit_picture)

    def _draw_axis(self, painter: QPainter) -> None:
        theme = self._look.theme
        base, font = self._base_px(), self._look.small()
        painter.setPen(QPen(QColor(theme.rule), 1))
        painter.drawLine(QLineF(0, base + 0.5, self.width(), base + 0.5))
        metrics = QFontMetricsF(font)
        ticks = _labelled(self._axis or NO_AXIS, self.width(), metrics.horizontalAdvance)
        # A label that is held at the edge began before it.
        painter.drawLines([QLineF(tick.x_px, base, tick.x_px, base + TICK_PX) for tick in ticks if tick.x_px > 0])
        painter.setFont(font)
        painter.setPen(QColor(theme.muted))
        for tick in ticks:
            painter.drawText(QPointF(tick.x_px + LABEL_GAP_PX, base + metrics.ascent() + 3), tick.label)

    def _base_px(self) -> float:
        return self.height() - self._look.px(LABEL_PX)

    def _grip_at(self, x_px: float) -> _Grip | None:
        left, right = self.brush_px()
        if abs(x_px - left) <= GRIP_PX and abs(x_px - left) <= abs(x_px - right):
            return _Grip.LEFT
        if abs(x_px - right) <= GRIP_PX:
            return _Grip.RIGHT
        return _Grip.WHOLE if left < x_px < right else None

    def _centre_at(self, x_px: float) -> None:
        view = self._session.viewport
        self._session.set_viewport(view.centred(self.histogram.view.time_at(x_px)), Move.JUMP)

    def _drag_edge(self, x_px: float) -> None:
        view, time_s = self._session.viewport, self.histogram.view.time_at(x_px)
        first_s, last_s = (time_s, view.right_s) if self._grip is _Grip.LEFT else (view.left_s, time_s)
        if last_s > first_s:
            self._session.set_viewport(Viewport.fit(first_s, last_s, view.width_px, margin=0.0), Move.DRAG)


def _hit_picture(counts: Int64Array, colour: QColor) -> QImage:
    """Return the ticks of hits, one for each column of pixels with some, the longer the more hits there are.

    Made as one picture, since of thousands of hits nearly every column has a tick, and each line would take a call.
    """
    shares = np.sqrt(counts / max(counts.max(initial=0), 1))
    lengths_px = np.where(counts > 0, np.rint(LEAST_HIT_PX + (HIT_PX - LEAST_HIT_PX) * shares), 0)
    lengths_px = np.maximum(lengths_px, np.append(lengths_px[1:], 0))  # Two pixels wide, else they are hard to see.
    is_tick = np.arange(HIT_PX)[:, np.newaxis] < lengths_px
    pixels = np.where(is_tick, np.uint32(colour.rgba()), np.uint32(0))
    picture = QImage(pixels.data, len(counts), HIT_PX, QImage.Format.Format_ARGB32_Premultiplied)
    return picture.copy()


def _labelled(axis: Axis, width_px: int, text_px: Callable[[str], float]) -> list[Tick]:
    """Return the ticks whose labels have room: the greater units and, where these are few, the smaller between them."""

    def ends_at(tick: Tick) -> float:
        return tick.x_px + LABEL_GAP_PX + text_px(tick.label)

    chosen = [tick for tick in axis.major if tick.label and ends_at(tick) < width_px]
    if len(chosen) >= FEW_LABELS:
        return chosen
    taken = [(tick.x_px, ends_at(tick)) for tick in chosen]
    for tick in axis.minor:
        end = ends_at(tick)
        is_free = all(end + LABEL_GAP_PX < left or tick.x_px > right + LABEL_GAP_PX for left, right in taken)
        if tick.label and end < width_px and is_free:
            taken.append((tick.x_px, end))
            chosen.append(tick)
    return chosen
