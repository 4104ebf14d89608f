"""The layers of a picture made of vectors, for SVG and PDF: shapes are shapes, and text is text."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from timeline_app.core.table import EventTable
from timeline_app.scene.frame import Frame
from timeline_app.ui.look import Look
from timeline_app.ui.timeline.count_painter import PlacedCounts
from timeline_app.ui.timeline.ground_painter import draw_axis_as_vectors, draw_ground_as_vectors
from timeline_app.ui.timeline.lane_colours import lane_colours
from timeline_app.ui.timeline.pill_painter import draw_pill
from timeline_app.ui.timeline.strip_painter import draw_strips_as_vectors
from timeline_app.ui.timeline.symbols import PILL_MARGIN_PX
from timeline_app.ui.timeline.title_measure import BOLD_FROM_IMPORTANCE
from timeline_app.ui.timeline.title_painter import SeenTitles, elided_title
from timeline_app.ui.timeline.vector_singles import VectorSingles
from timeline_app.ui.timeline.words import VectorWords


class VectorLayers:
    """Draws the layers of a frame call by call."""

    def __init__(self, look: Look, clean: Callable[[str], str]) -> None:
        self._look = look
        self._clean = clean
        self._words = VectorWords(look)

    @property
    def words(self) -> VectorWords:
        """Who draws the texts of axis and lane heads."""
        return self._words

    def forget(self) -> None:
        """Measure anew."""
        self._words.forget()

    def draw_ground(self, painter: QPainter, frame: Frame) -> None:
        """Draw the ground and its lines."""
        draw_ground_as_vectors(painter, frame, self._look.theme)

    def draw_axis(self, painter: QPainter, frame: Frame) -> None:
        """Draw the axis without its labels."""
        draw_axis_as_vectors(painter, frame, self._look.theme)

    def draw_strips(self, painter: QPainter, frame: Frame, colours: Sequence[int]) -> None:
        """Draw the density strips."""
        draw_strips_as_vectors(painter, frame, self._qt_colours(colours))

    def draw_singles(self, painter: QPainter, frame: Frame, table: EventTable, colours: Sequence[int]) -> None:
        """Draw bars and marks."""
        ground = QColor(self._look.theme.background)
        VectorSingles(ground).draw(painter, frame, table, self._qt_colours(colours))

    def draw_titles(self, painter: QPainter, titles: SeenTitles, table: EventTable, most_new: int | None) -> bool:  # noqa: ARG002
        """Draw all titles."""
        painter.setPen(QColor(self._look.theme.ink))
        rows = titles.rows.tolist()
        for place, (row, title) in enumerate(zip(rows, table.titles_of(rows), strict=True)):
            font = self._look.small(bold=bool(table.importance[row] >= BOLD_FROM_IMPORTANCE))
            metrics = QFontMetricsF(font)
            room = int(min(titles.width_px[place], titles.room_px[place]))
            baseline = float(titles.y_px[place]) + (metrics.ascent() - metrics.descent()) / 2
            painter.setFont(font)
            shown = elided_title(self._clean, title, metrics, room)
            painter.drawText(QPointF(float(titles.left_px[place]), baseline), shown)
        return True

    def draw_counts(self, painter: QPainter, frame: Frame, placed: PlacedCounts, colours: Sequence[int]) -> None:
        """Draw the counts whose middle is in view; what a page shows beyond its edge is seen."""
        own, muted = self._qt_colours(colours), QColor(self._look.theme.muted)
        height = self._words.line.height_px + PILL_MARGIN_PX
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place, text in enumerate(placed.texts):
            if not 0 <= placed.x_px[place] <= frame.width_px:
                continue
            colour, width = own[int(placed.lane[place])], float(placed.pill_px[place])
            pill = QRectF(placed.x_px[place] - width / 2, placed.y_px[place] - height / 2, width, height)
            if placed.has_pill[place]:
                draw_pill(painter, pill, colour, QColor(self._look.theme.background), int(placed.hatched[place]))
            font = self._look.small(bold=bool(placed.has_pill[place]))
            font.setPixelSize(int(placed.font_px[place]))
            painter.setFont(font)
            painter.setPen(colour if placed.has_pill[place] else muted)
            painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)
        painter.restore()

    def _qt_colours(self, numbers: Sequence[int]) -> list[QColor]:
        known = lane_colours(self._look.theme)
        return [QColor(known[number]) for number in numbers]
