"""Draw one claim's figures on a scale, and the scale below them."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QLinearGradient, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from timeline_app.core.claim_figures import Axis, ClaimRow, tick_words
from timeline_app.ui.look import Look
from timeline_app.ui.panels.text_parts import INSET_PX

HEIGHT_PX = 20
BAR_PX = 5
DOT_PX = 9
EDGE_PX = 8


class ClaimTrack(QWidget):
    """A dot for a figure, a bar from low to high, and a soft end where a party gives only the other one."""

    def __init__(self, row: ClaimRow, axis: Axis, speaker: str, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = row
        self._axis = axis
        self._speaker = speaker
        self._look = look
        self.setFixedHeight(HEIGHT_PX)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 — it is small enough to be painted whole
        colour = self._look.actor_colour(self._speaker)
        middle_px = self.height() / 2
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(self._look.theme.grid), 1))
            painter.drawLine(QPointF(EDGE_PX, middle_px), QPointF(self.width() - EDGE_PX, middle_px))
            painter.setPen(Qt.PenStyle.NoPen)
            self._paint_bar(painter, colour, middle_px)
            if self._row.value is not None:
                painter.setBrush(colour)
                painter.drawEllipse(QPointF(self._x_px(self._row.value), middle_px), DOT_PX / 2, DOT_PX / 2)

    def _paint_bar(self, painter: QPainter, colour: QColor, middle_px: float) -> None:
        row = self._row
        if row.low is None and row.high is None:
            return
        left_px = self._x_px(self._axis.first if row.low is None else row.low)
        right_px = self._x_px(self._axis.last if row.high is None else row.high)
        bar = QRectF(left_px, middle_px - BAR_PX / 2, max(2.0, right_px - left_px), BAR_PX)
        brush = QBrush(colour)
        if row.low is None or row.high is None:
            clear = QColor(colour)
            clear.setAlphaF(0.0)
            ends = (clear, colour) if row.low is None else (colour, clear)
            fade = QLinearGradient(bar.left(), 0, bar.right(), 0)
            fade.setColorAt(0, ends[0])
            fade.setColorAt(1, ends[1])
            brush = QBrush(fade)
        painter.fillRect(bar, brush)
        painter.setBrush(colour)
        for number in (row.low, row.high):
            if number is not None:
                painter.drawRect(QRectF(self._x_px(number) - 1, middle_px - BAR_PX, 2, 2 * BAR_PX))

    def _x_px(self, value: float) -> float:
        return EDGE_PX + self._axis.share(value) * (self.width() - 2 * EDGE_PX)


class ClaimAxis(QWidget):
    """The ticks that all tracks of a question share."""

    def __init__(self, axis: Axis, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._axis = axis
        self._look = look
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(100, int(QFontMetricsF(self._look.small()).height()) + 2)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 — it is small enough to be painted whole
        font = self._look.small()
        metrics = QFontMetricsF(font)
        free_px = 0.0
        with QPainter(self) as painter:
            painter.setFont(font)
            painter.setPen(QColor(self._look.theme.muted))
            for tick in self._axis.ticks:
                words = tick_words(tick)
                width_px = metrics.horizontalAdvance(words)
                x_px = EDGE_PX + self._axis.share(tick) * (self.width() - 2 * EDGE_PX)
                left_px = min(max(INSET_PX, x_px - width_px / 2), self.width() - INSET_PX - width_px)
                if left_px >= free_px:
                    painter.drawText(QPointF(left_px, metrics.ascent()), words)
                    free_px = left_px + width_px + 8
