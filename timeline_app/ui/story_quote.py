"""On a page of a story: the event that its step selects, the words that support it, and who wrote them."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from timeline_app.core.citation import source_fields
from timeline_app.core.event import Event
from timeline_app.core.safe_text import safe_text
from timeline_app.core.table import EventTable
from timeline_app.core.when import in_words
from timeline_app.ui.look import Look
from timeline_app.ui.wrapped_text import PAINTED_CHARACTERS, fitted_lines, wrap

MOST_LINES = 3
BAR_PX = 3
INDENT_PX = 14
GAP_PX = 4
_LINE_SEPARATOR = "\u2028"


@dataclass(frozen=True, slots=True)
class StoryQuote:
    """The heading, the quoted words, and the line of the source, each "" where there is none, in a width."""

    heading: str
    words: str
    source: str
    width_px: float
    look: Look

    @classmethod
    def of(cls, event: Event, table: EventTable, look: Look, width_px: float) -> StoryQuote:
        """Return what is told of an event, with its first excerpt, cut to a few lines."""
        words = source = ""
        if event.excerpts:
            first = event.excerpts[0]
            text = safe_text(" ".join(first.text.split()))[: PAINTED_CHARACTERS * 2]
            words = fitted_lines(f"“{text}”", look.quote(), width_px - INDENT_PX, MOST_LINES)
            told = table.source_of(event, first.source)
            fields = source_fields(told) if told is not None else [first.source]
            source = safe_text(", ".join(part for part in (*fields, first.locator) if part.strip()))
        return cls(safe_text(f"{in_words(event.when)}: {event.title}"), words, source, width_px, look)

    @property
    def height_px(self) -> float:
        """The room that it takes."""
        look = self.look
        height_px = QFontMetricsF(look.body(bold=True)).lineSpacing() + 2 * GAP_PX
        if self.words:
            height_px += self._words_px + GAP_PX
        if self.source:
            height_px += QFontMetricsF(look.small()).lineSpacing()
        return height_px

    def draw(self, painter: QPainter, left_px: float, top_px: float) -> None:
        """Draw it below a line, with what is too long for one cut."""
        look, theme = self.look, self.look.theme
        bold, small = QFontMetricsF(look.body(bold=True)), QFontMetricsF(look.small())
        painter.setFont(look.body(bold=True))
        painter.setPen(QColor(theme.ink))
        heading = bold.elidedText(self.heading, Qt.TextElideMode.ElideRight, self.width_px)
        painter.drawText(QPointF(left_px, top_px + bold.ascent()), heading)
        top_px += bold.lineSpacing() + GAP_PX
        if self.words:
            painter.fillRect(QRectF(left_px, top_px, BAR_PX, self._words_px), QColor(theme.accent))
            laid_out = wrap(self._lines, look.quote(), self.width_px - INDENT_PX)
            painter.setPen(QColor(theme.ink))
            laid_out.draw(painter, QPointF(left_px + INDENT_PX, top_px))
            top_px += self._words_px + GAP_PX
        if self.source:
            painter.setFont(look.small())
            painter.setPen(QColor(theme.muted))
            source = small.elidedText(self.source, Qt.TextElideMode.ElideRight, self.width_px - INDENT_PX)
            painter.drawText(QPointF(left_px + INDENT_PX, top_px + small.ascent()), source)

    @property
    def _lines(self) -> str:
        return self.words.replace("\n", _LINE_SEPARATOR)

    @property
    def _words_px(self) -> float:
        return float(wrap(self._lines, self.look.quote(), self.width_px - INDENT_PX).size_px.height())
