"""A small histogram of events by year."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from timeline_app.core.actor_card import YearCounts
from timeline_app.core.actor_card_words import bar_words, histogram_words, year_words
from timeline_app.ui.look import Look
from timeline_app.ui.safe_widgets import tooltip_markup

BARS_PX = 56
WORDS_PX = 18
WIDEST_BAR_PX = 28
GAP_PX = 2
LEAST_PX = 2


class YearBars(QWidget):
    """A bar for each year, or each stretch of years; the tip on one counts its events."""

    def __init__(self, years: YearCounts, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._years = years
        self._look = look
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(histogram_words(years))
        look.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(300, BARS_PX + self._look.px(WORDS_PX))

    def bar_at(self, place: QPoint) -> int | None:
        """Return which bar stands at a place, in the whole height of the bars; None beside them."""
        number = int(place.x() // self._pitch_px())
        return number if 0 <= number < len(self._years.counts) and 0 <= place.y() < BARS_PX else None

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            bar = self.bar_at(event.pos())
            if bar is None:
                QToolTip.hideText()
            else:
                QToolTip.showText(event.globalPos(), tooltip_markup(bar_words(self._years, bar)), self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 — it is small enough to be painted whole
        theme, counts = self._look.theme, self._years.counts
        pitch_px, most = self._pitch_px(), int(counts.max(initial=1))
        gap_px = min(GAP_PX, pitch_px / 4)
        with QPainter(self) as painter:
            for place, count in enumerate(counts.tolist()):
                if count:
                    height_px = max(LEAST_PX, BARS_PX * count / most)
                    bar = QRectF(place * pitch_px, BARS_PX - height_px, pitch_px - gap_px, height_px)
                    painter.fillRect(bar, QColor(theme.bar_passing))
            painter.fillRect(QRectF(0, BARS_PX, pitch_px * len(counts), 1), QColor(theme.rule))
            self._paint_years(painter, pitch_px * len(counts))

    def _paint_years(self, painter: QPainter, width_px: float) -> None:
        painter.setFont(self._look.small())
        painter.setPen(QColor(self._look.theme.muted))
        first, last = year_words(self._years.first), year_words(self._years.last)
        metrics = painter.fontMetrics()
        both_px = metrics.horizontalAdvance(first) + metrics.horizontalAdvance(last) + 3 * GAP_PX
        words = QRectF(0, BARS_PX + GAP_PX, max(width_px, both_px), self._look.px(WORDS_PX) - GAP_PX)
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, first)
        if last != first:
            painter.drawText(words, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, last)

    def _pitch_px(self) -> float:
        return min(self.width() / max(len(self._years.counts), 1), WIDEST_BAR_PX)
