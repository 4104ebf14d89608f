"""Draws the titles of events, each made ready once."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPixmap

from timeline_app.core.table import EventTable
from timeline_app.scene.frame import Frame
from timeline_app.scene.rows import TitlePlace
from timeline_app.ui.look import Look
from timeline_app.ui.timeline.singles_painter import EDGE_PX
from timeline_app.ui.timeline.title_measure import BOLD_FROM_IMPORTANCE

LEAST_TITLE_PX = 40
EDGE_STEP_PX = 12
MOST_CACHED_TITLES = 4_000
MOST_TITLE_CHARACTERS = 500


class TitlePainter:
    """Draws titles of one look; keeps the pixmaps of those that it has drawn before."""

    def __init__(self, look: Look, clean: Callable[[str], str], *, as_vectors: bool) -> None:
        self._look = look
        self._clean = clean
        self._as_vectors = as_vectors
        self._titles: dict[tuple[str, bool, int, float], QPixmap] = {}

    def font(self, *, bold: bool) -> QFont:
        """Return the font of titles on the timeline."""
        return self._look.small(bold=bold)

    def forget(self) -> None:
        """Drop all cached pixmaps, as fonts or colours have changed."""
        self._titles.clear()

    def draw(self, painter: QPainter, frame: Frame, table: EventTable) -> None:
        """Draw the titles of all singles that have one."""
        singles = frame.singles
        places = singles.title_place.tolist()
        for place, row in enumerate(singles.rows.tolist()):
            if places[place] == TitlePlace.NONE:
                continue
            left, y = float(singles.title_px[place]), float(singles.y_px[place])
            width = self._seen_width(left, int(singles.title_width_px[place]), frame.width_px)
            if width < LEAST_TITLE_PX and width < int(singles.title_width_px[place]):
                continue
            bold = int(table.importance[row]) >= BOLD_FROM_IMPORTANCE
            raised_px = EDGE_PX / 2 if places[place] == TitlePlace.INSIDE else 0.0
            self._draw_title(painter, QPointF(left, y - raised_px), table.titles[row], width, bold=bold)

    def _seen_width(self, left: float, width: int, frame_px: int) -> int:
        """Return how much of a title is shown: all of it, less at the right edge, nothing of one cut at the left.

        In steps at the edge, so that panning does not make a new pixmap for every pixel.
        """
        room = frame_px - left
        if left < 0 or room >= width:
            return 0 if left < 0 else width
        return int(room) if self._as_vectors else int(room) // EDGE_STEP_PX * EDGE_STEP_PX

    def _draw_title(self, painter: QPainter, at: QPointF, text: str, width_px: int, *, bold: bool) -> None:
        """Draw a title with its left end and the middle of its height at a point."""
        if self._as_vectors:
            font = self.font(bold=bold)
            metrics = QFontMetricsF(font)
            painter.setFont(font)
            painter.setPen(QColor(self._look.theme.ink))
            baseline = at.y() + (metrics.ascent() - metrics.descent()) / 2
            painter.drawText(QPointF(at.x(), baseline), self._elided(text, metrics, width_px))
            return
        ratio = painter.device().devicePixelRatioF()
        pixmap = self._title_pixmap(text, width_px, ratio, bold=bold)
        top = at.y() - pixmap.deviceIndependentSize().height() / 2
        painter.drawPixmap(QPointF(round(at.x() * ratio) / ratio, round(top * ratio) / ratio), pixmap)

    def _elided(self, text: str, metrics: QFontMetricsF, width_px: int) -> str:
        return metrics.elidedText(self._clean(text[:MOST_TITLE_CHARACTERS]), Qt.TextElideMode.ElideRight, width_px + 1)

    def _title_pixmap(self, text: str, width_px: int, ratio: float, *, bold: bool) -> QPixmap:
        key = (text, bold, width_px, ratio)
        pixmap = self._titles.get(key)
        if pixmap is None:
            font = self.font(bold=bold)
            shown = self._elided(text, QFontMetricsF(font), width_px)
            pixmap = _text_pixmap(shown, font, QColor(self._look.theme.ink), width_px + 2, ratio)
            if len(self._titles) > MOST_CACHED_TITLES:
                self._titles.clear()
            self._titles[key] = pixmap
        return pixmap


def _text_pixmap(text: str, font: QFont, colour: QColor, width_px: int, ratio: float) -> QPixmap:
    metrics = QFontMetricsF(font)
    height = metrics.height()
    pixmap = QPixmap(max(1, round(width_px * ratio)), max(1, round(height * ratio)))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    with QPainter(pixmap) as painter:
        painter.setFont(font)
        painter.setPen(colour)
        painter.drawText(QPointF(0, metrics.ascent()), text)
    return pixmap
