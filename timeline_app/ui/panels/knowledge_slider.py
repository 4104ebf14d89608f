"""The axis of knowledge: when things became known, and up to which day what is known is shown."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QSlider, QWidget

from timeline_app.core.arrays import FloatArray, Int64Array, sorted_unique
from timeline_app.core.calendar import DAY_S
from timeline_app.core.known_dates import KnownDates
from timeline_app.scene.axis_words import AxisWords
from timeline_app.scene.ticks import build_axis
from timeline_app.scene.viewport import Viewport
from timeline_app.ui.look import Look

HEIGHT_PX = 52
LABEL_PX = 24
TICK_PX = 4
FRAME_PX = 3
LABEL_GAP_PX = 8
MARGIN_PX = 10
COLUMN_PX = 4
LEAST_BAR_PX = 3.0
HANDLE_PX = 5.0
# Where all became known on a few days, an axis of these alone would have hours on it, and no day before them.
FEWEST_DAYS = 30
OUTSIDE = 1_000
_BACK_KEYS = frozenset({Qt.Key.Key_Left, Qt.Key.Key_Down, Qt.Key.Key_PageDown})
_ON_KEYS = frozenset({Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_PageUp})


class KnowledgeSlider(QSlider):
    """A slider over days whose keys go from one day to the next on which something became known."""

    day_chosen = Signal(int)

    def __init__(self, look: Look, words: AxisWords, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._look = look
        self._words = words
        self._days = np.zeros(0, np.int64)
        self._counts = np.zeros(0, np.int64)
        self._axis_days = 0, 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("As known on")
        look.changed.connect(self.update)

    @property
    def has_later(self) -> bool:
        """Whether something became known after the day that is shown."""
        return bool(len(self._days)) and self.value() < int(self._days[-1])

    def set_known(self, known: KnownDates | None) -> None:
        """Show when the events of a table became known, and all of it as known."""
        days, counts = known.steps() if known is not None else (self._days[:0], self._counts[:0])
        self._days, self._counts = days.astype(np.int64), counts
        self._axis_days = _with_room(*usual_days(self._days, self._counts)) if len(days) else (0, 0)
        first, last = (int(days[0]) - 1, int(days[-1])) if len(days) else (0, 0)
        self.setRange(min(first, self._axis_days[0]), last)
        self.setValue(last)
        self.update()

    def step(self, by: int) -> None:
        """Go to the next day on which something became known (`by` 1), the one before (-1), or further, to the last."""
        days = self._days
        place = int(np.searchsorted(days, self.value(), side="right" if by > 0 else "left")) + by - (by > 0)
        if place >= 0 and len(days):
            self._choose(int(days[min(place, len(days) - 1)]))

    def stride(self, most_steps: int) -> int:
        """Return how many of the days on which something became known go to a step, so that there are no more steps."""
        return max(-(-len(self._days) // most_steps), 1)

    def begin(self) -> None:
        """Go to the day before anything was known."""
        self._choose(int(self._days[0]) - 1 if len(self._days) else self.minimum())

    def sizeHint(self) -> QSize:
        return QSize(300, self._look.px(HEIGHT_PX))

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self._look.px(HEIGHT_PX))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _BACK_KEYS | _ON_KEYS:
            self.step(-1 if event.key() in _BACK_KEYS else 1)
        elif event.key() in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            self._choose(self.minimum() if event.key() == Qt.Key.Key_Home else self.maximum())
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # it would move the handle, and ask for nothing

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._choose(self._day_at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._choose(self._day_at(event.position().x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 — it is small enough to be painted whole
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(self._look.theme.background))
            view, base = self._view(), float(self.height() - self._look.px(LABEL_PX))
            self._draw_axis(painter, view, base)
            self._draw_bars(painter, view, base)
            self._draw_handle(painter, float(self._within(view.x_of((self.value() + 1) * DAY_S))), base)
            if self.hasFocus():
                painter.setPen(QPen(QColor(self._look.theme.accent), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(self.rect().adjusted(1, 1, -1, -1))

    def _view(self) -> Viewport:
        inner = max(self.width() - 2 * MARGIN_PX, 1)
        first, last = self._axis_days
        return Viewport.fit(first * DAY_S, (last + 1) * DAY_S, inner, margin=0.0).panned(-MARGIN_PX)

    def _day_at(self, x_px: float) -> int:
        """Return the day at a place; at the very ends the first and the last, be they far beyond the axis."""
        if x_px <= MARGIN_PX / 2 or x_px >= self.width() - MARGIN_PX / 2:
            return self.minimum() if x_px <= MARGIN_PX / 2 else self.maximum()
        first, last = self._axis_days
        return min(max(int(self._view().time_at(x_px)) // DAY_S - 1, first), last)

    def _within(self, xs_px: FloatArray | float) -> FloatArray:
        """Return places with those beyond the axis at its ends, any shape."""
        return np.clip(xs_px, MARGIN_PX / 2, self.width() - MARGIN_PX / 2)

    def _choose(self, day: int) -> None:
        if day != self.value():
            self.setValue(day)
            self.day_chosen.emit(day)

    def _draw_axis(self, painter: QPainter, view: Viewport, base: float) -> None:
        theme, font = self._look.theme, self._look.small()
        painter.setPen(QPen(QColor(theme.rule), 1))
        painter.drawLine(QLineF(0, base + 0.5, self.width(), base + 0.5))
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        # In the middle of what is left below the ticks, clear of the frame that the focus draws.
        baseline = (base + TICK_PX + self.height() - FRAME_PX + metrics.ascent() - metrics.descent()) / 2
        free_px = float(2 * FRAME_PX)
        for tick in build_axis(view, self._words, self._look.text_scale).major:
            painter.setPen(QPen(QColor(theme.rule), 1))
            painter.drawLine(QLineF(tick.x_px, base, tick.x_px, base + TICK_PX))
            left = max(tick.x_px + 3, 2.0 * FRAME_PX)
            right = left + metrics.horizontalAdvance(tick.label)
            if tick.label and left >= free_px and right <= self.width() - 2 * FRAME_PX:
                painter.setPen(QColor(theme.muted))
                painter.drawText(QPointF(left, baseline), tick.label)
                free_px = right + LABEL_GAP_PX

    def _draw_bars(self, painter: QPainter, view: Viewport, base: float) -> None:
        """Draw how many events became known in each column of pixels, those of the future paler."""
        if not len(self._days):
            return
        theme = self._look.theme
        distinct, sums = column_sums(self._within(view.xs_of(self._days * DAY_S + DAY_S // 2)), self._counts)
        shares = np.sqrt(sums / max(int(sums.max(initial=0)), 1))
        heights_px = np.maximum((base - 8) * shares, LEAST_BAR_PX)
        until_px = float(self._within(view.x_of((self.value() + 1) * DAY_S)))
        painter.setPen(Qt.PenStyle.NoPen)
        for column, height in zip(distinct.tolist(), heights_px.tolist(), strict=True):
            left = column * COLUMN_PX
            painter.setBrush(QColor(theme.bar_passing if left < until_px else theme.bar))
            painter.drawRect(QRectF(left, base - height, COLUMN_PX - 1, height))

    def _draw_handle(self, painter: QPainter, x_px: float, base: float) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        accent = QColor(self._look.theme.accent)
        painter.setPen(QPen(accent, 2))
        painter.drawLine(QLineF(x_px, 3, x_px, base))
        painter.setBrush(accent)
        painter.drawEllipse(QPointF(x_px, base), HANDLE_PX, HANDLE_PX)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def usual_days(days: Int64Array, counts: Int64Array) -> tuple[int, int]:
    """Return the first and the last of some ascending days, without a few that lie far off the others.

    A date that was mistyped by a thousand years would leave the others a tenth of the axis. So where at most one in
    OUTSIDE of what is counted at either end takes up more than half of it, the axis is that of the others.
    """
    sums = np.cumsum(counts)
    few = int(sums[-1]) // OUTSIDE
    first = int(days[np.searchsorted(sums, few, side="right")])
    last = int(days[np.searchsorted(sums, int(sums[-1]) - few)])
    whole = int(days[0]), int(days[-1])
    return (first, last) if 2 * (last - first) < whole[1] - whole[0] else whole


def _with_room(first: int, last: int) -> tuple[int, int]:
    """Return the days of an axis, from the one before the first on."""
    return min(first - 1, last - FEWEST_DAYS), last


def column_sums(places_px: FloatArray, counts: Int64Array) -> tuple[Int64Array, Int64Array]:
    """Return the columns of pixels that have any of some ascending places, and what is counted in each of them."""
    distinct, begins = sorted_unique((places_px // COLUMN_PX).astype(np.int64))
    return distinct, np.add.reduceat(counts, begins)
