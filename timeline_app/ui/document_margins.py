"""The margins of a document: the excerpts beside its lines, and at the right how much of all of it is quoted."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from timeline_app.core.document_reading import Reading
from timeline_app.ui.document_view import MARGIN_PX, DocumentView
from timeline_app.ui.look import Look

DOT_PX = 9
BAR_PX = 14
_GRASP_PX = 4


class ExcerptMargin(QWidget):
    """A dot beside the first line of each excerpt that is seen; `chosen` tells which one was clicked."""

    chosen = Signal(int)

    def __init__(self, view: DocumentView, look: Look) -> None:
        super().__init__(view)
        self._view = view
        self._look = look
        self._reading: Reading | None = None
        self._current: int | None = None
        self.setAccessibleName("Excerpts beside the text")
        self.setAccessibleDescription("The list of excerpts says the same")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        view.margin = self
        view.moved.connect(self.update)
        look.changed.connect(self.update)

    def show_reading(self, reading: Reading, current: int | None) -> None:
        """Show the excerpts of a reading, the current one filled."""
        self._reading, self._current = reading, current
        self.update()

    def dots(self) -> list[tuple[int, int]]:
        """Return the number of each excerpt that is seen, and how far from the top its dot is, in pixels."""
        if self._reading is None:
            return []
        first, last = self._view.seen()
        return [
            (number, self._view.place_top_px((excerpt.found.start, excerpt.found.end)))
            for number, excerpt in enumerate(self._reading.excerpts)
            if excerpt.found
            and first <= excerpt.found.start <= last
            and self._view.is_shown((excerpt.found.start, excerpt.found.end))
        ]

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 — it is a few dots
        accent = QColor(self._look.theme.accent)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(accent)
            for number, top_px in self.dots():
                painter.setBrush(accent if number == self._current else Qt.BrushStyle.NoBrush)
                centre = QPointF(MARGIN_PX / 2 + 1, top_px + self._line_px() / 2)
                painter.drawEllipse(centre, DOT_PX / 2, DOT_PX / 2)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        y = event.position().y() - self._line_px() / 2
        near = [(abs(top_px - y), number) for number, top_px in self.dots()]
        if near and min(near)[0] <= DOT_PX / 2 + _GRASP_PX:
            # Of several that begin in one line each click takes the next.
            here = [number for away, number in near if away == min(near)[0]]
            at = here.index(self._current) + 1 if self._current in here else 0
            self.chosen.emit(here[at % len(here)])

    def _line_px(self) -> int:
        return self._view.fontMetrics().lineSpacing()


class CoverageBar(QWidget):
    """The whole document from top to bottom: paragraphs that events quote are filled; a click goes there."""

    asked = Signal(float)

    def __init__(self, view: DocumentView, look: Look) -> None:
        super().__init__()
        self._view = view
        self._look = look
        self._reading: Reading | None = None
        self.setAccessibleName("How much of the document is quoted")
        self.setFixedWidth(BAR_PX)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        view.moved.connect(self.update)
        look.changed.connect(self.update)

    def show_reading(self, reading: Reading) -> None:
        """Show which paragraphs of a document are quoted."""
        self._reading = reading
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(BAR_PX, 100)

    def quoted_stretches(self) -> Sequence[tuple[int, int]]:
        """Return from which pixel to which the bar is filled, at most one stretch for each two pixels of it."""
        reading, height = self._reading, self.height()
        if reading is None or not reading.text:
            return ()
        filled = bytearray(height + 1)
        for number in reading.quoted:
            start, end = (place * height // len(reading.text) for place in reading.paragraphs[number])
            filled[start : max(end, start + 2)] = b"\x01" * (max(end, start + 2) - start)
        stretches, begin = [], filled.find(1)
        while 0 <= begin < height:
            end = filled.find(0, begin)
            end = height if end < 0 else min(end, height)
            stretches.append((begin, end))
            begin = filled.find(1, end)
        return stretches

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 — it is one strip
        theme = self._look.theme
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(theme.grid))
            for begin, end in self.quoted_stretches():
                painter.fillRect(3, begin, BAR_PX - 6, end - begin, QColor(theme.accent))
            if self._reading is not None and self._reading.text:
                scale = self.height() / len(self._reading.text)
                first, last = self._view.seen()
                if last - first >= len(self._reading.text):
                    return  # A frame around all of it would tell nothing.
                painter.setPen(QColor(theme.muted))
                seen = QRectF(0.5, first * scale + 0.5, BAR_PX - 1, max((last - first) * scale - 1, 6))
                painter.drawRect(seen)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.asked.emit(min(max(event.position().y() / max(self.height(), 1), 0.0), 1.0))
