"""Draws a finished frame: ground, lanes, events, counts and what is pointed at, in their order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from timeline_app.core.lanes import Grouping
from timeline_app.core.table import EventTable
from timeline_app.scene.frame import Cluster, Frame, FrameLane
from timeline_app.scene.hit import places_of
from timeline_app.scene.rows import CELL_PX
from timeline_app.ui.look import Look
from timeline_app.ui.timeline.axis_painter import STRIP_PX, draw_axis, draw_pointer
from timeline_app.ui.timeline.singles_painter import SinglesPainter
from timeline_app.ui.timeline.title_painter import MOST_TITLE_CHARACTERS, TitlePainter

PILL_PADDING_PX = 14


@dataclass(frozen=True, slots=True)
class Highlights:
    """What the user points at: selected rows, the row under the pointer, and the date under it in pixels."""

    selected: tuple[int, ...] = ()
    hovered: int | None = None
    pointer_px: float | None = None
    pointer_label: str = ""
    has_focus: bool = False


class FramePainter:
    """Draws frames of one look; keeps the pixmaps of titles and marks that it has drawn before."""

    def __init__(self, look: Look, clean: Callable[[str], str], *, as_vectors: bool = False) -> None:
        """With `as_vectors` text and marks are drawn as such, for SVG and PDF, instead of as cached pixmaps."""
        self._look = look
        self._clean = clean
        self._as_vectors = as_vectors
        self._singles = SinglesPainter(look, as_vectors=as_vectors)
        self._titles = TitlePainter(look, clean, as_vectors=as_vectors)
        look.changed.connect(self.forget)

    def forget(self) -> None:
        """Drop all cached pixmaps, as fonts or colours have changed."""
        self._titles.forget()
        self._singles.forget()

    def title_font(self, *, bold: bool) -> QFont:
        """Return the font of titles on the timeline."""
        return self._titles.font(bold=bold)

    def paint(
        self, painter: QPainter, frame: Frame, table: EventTable, grouping: Grouping, highlights: Highlights
    ) -> None:
        """Draw the whole frame at the painter's origin."""
        theme = self._look.theme
        area = QRectF(0, 0, frame.width_px, frame.height_px)
        painter.fillRect(area, QColor(theme.background))
        colours = [self._lane_colour(lane, grouping) for lane in frame.lanes]
        self._draw_grid(painter, frame)
        painter.save()
        painter.setClipRect(area.adjusted(0, frame.measures.axis_px, 0, 0))
        self._draw_selection(painter, frame, highlights)
        self._singles.draw(painter, frame, table, colours)
        self._titles.draw(painter, frame, table)
        for cluster in frame.clusters:
            if not self._as_vectors or 0 <= cluster.x_px <= frame.width_px:
                self._draw_cluster(painter, cluster, colours[cluster.lane], highlights)
        for row in dict.fromkeys((*highlights.selected[-1:], highlights.hovered)):
            if row is not None:
                self._draw_join(painter, frame, row)
        for lane, colour in zip(frame.lanes, colours, strict=True):
            self._draw_lane_head(painter, frame, lane, colour)
        painter.restore()
        draw_axis(painter, frame, self._look)
        if highlights.pointer_px is not None:
            draw_pointer(painter, frame, self._look, highlights.pointer_px, highlights.pointer_label)
        if highlights.has_focus:
            painter.setPen(QPen(QColor(theme.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(area.adjusted(1, 1, -1, -1))

    def _lane_colour(self, lane: FrameLane, grouping: Grouping) -> QColor:
        theme = self._look.theme
        if grouping is Grouping.ACTOR:
            return self._look.actor_colour(lane.name) if lane.name else QColor(theme.neutral)
        if grouping is Grouping.NONE:
            return QColor(theme.accent)
        return QColor(theme.actors[lane.number % len(theme.actors)] if lane.name else theme.neutral)

    def _draw_grid(self, painter: QPainter, frame: Frame) -> None:
        theme = self._look.theme
        top = frame.measures.axis_px
        bottom = frame.height_px
        lines = [QLineF(tick.x_px, top, tick.x_px, bottom) for tick in frame.axis.minor]
        major = [QLineF(tick.x_px, top, tick.x_px, bottom) for tick in frame.axis.major if tick.is_major]
        painter.setPen(QPen(QColor(theme.grid), 1))
        painter.drawLines(lines)
        painter.setPen(QPen(QColor(theme.rule), 1))
        painter.drawLines(major)
        painter.drawLines([QLineF(0, lane.bottom_px, frame.width_px, lane.bottom_px) for lane in frame.lanes])
        painter.setPen(QPen(QColor(theme.muted), 1, Qt.PenStyle.DotLine))
        painter.drawLines([QLineF(guide.x_px, top, guide.x_px, bottom) for guide in frame.guides])

    def _draw_cluster(self, painter: QPainter, cluster: Cluster, colour: QColor, highlights: Highlights) -> None:
        theme = self._look.theme
        font = self._look.small(bold=True)
        metrics = QFontMetricsF(font)
        text = f"{cluster.count:,}"
        room = CELL_PX - 2 - PILL_PADDING_PX
        if metrics.horizontalAdvance(text) > room:  # The next count may be no farther than a cell away.
            font.setPixelSize(int(font.pixelSize() * room / metrics.horizontalAdvance(text)))
            metrics = QFontMetricsF(font)
        width = max(metrics.horizontalAdvance(text) + PILL_PADDING_PX, 24.0)
        height = metrics.height() + 2
        pill = QRectF(cluster.x_px - width / 2, cluster.y_px - height / 2, width, height)
        chosen = any(row in cluster.rows for row in highlights.selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.accent) if chosen else colour, 2 if chosen else 1.2))
        painter.setBrush(QColor(theme.background))
        painter.drawRoundedRect(pill, height / 2, height / 2)
        painter.setPen(colour)
        painter.setFont(font)
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)
        painter.restore()

    def _draw_selection(self, painter: QPainter, frame: Frame, highlights: Highlights) -> None:
        theme = self._look.theme
        singles = frame.singles
        half = frame.measures.line_px / 2 - 1
        wanted = set(highlights.selected) | ({highlights.hovered} if highlights.hovered is not None else set())
        if not wanted:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place, row in enumerate(singles.rows.tolist()):
            if row in wanted:
                left, right = float(singles.left_px[place]), float(singles.right_px[place])
                box = QRectF(left - 4, float(singles.y_px[place]) - half, right - left + 8, 2 * half)
                selected = row in highlights.selected
                painter.setPen(QPen(QColor(theme.accent), 1.6) if selected else Qt.PenStyle.NoPen)
                painter.setBrush(QColor(theme.accent_tint))
                painter.drawRoundedRect(box, 4, 4)
        painter.restore()

    def _draw_join(self, painter: QPainter, frame: Frame, row: int) -> None:
        points = places_of(frame, row)
        if len(points) < 2:
            return
        pen = QPen(QColor(self._look.theme.accent), 1.2)
        pen.setDashPattern([3, 3])
        painter.setPen(pen)
        for (x, y), (next_x, next_y) in pairwise(points):
            half = frame.measures.bar_px / 2
            painter.drawLine(QLineF(x, y + half, next_x, next_y - half))

    def _draw_lane_head(self, painter: QPainter, frame: Frame, lane: FrameLane, colour: QColor) -> None:
        theme = self._look.theme
        painter.fillRect(QRectF(0, lane.top_px + 1, STRIP_PX, lane.bottom_px - lane.top_px - 1), colour)
        head = frame.measures.head_px
        top = min(max(lane.top_px, frame.measures.axis_px), lane.bottom_px - head)
        font = self._look.small(bold=True)
        metrics = QFontMetricsF(font)
        name = metrics.elidedText(
            self._clean(lane.title[:MOST_TITLE_CHARACTERS]), Qt.TextElideMode.ElideRight, frame.width_px * 0.5
        )
        count = f" · {lane.count:,}"
        width = metrics.horizontalAdvance(name) + metrics.horizontalAdvance(count)
        is_held = top != lane.top_px
        ground_px = frame.width_px - STRIP_PX if is_held else width + 16
        painter.fillRect(QRectF(STRIP_PX, top + 1, ground_px, head - 2), QColor(theme.background))
        painter.setFont(font)
        painter.setPen(colour)
        baseline = top + (head + metrics.ascent() - metrics.descent()) / 2
        painter.drawText(QPointF(STRIP_PX + 7, baseline), name)
        painter.setPen(QColor(theme.muted))
        painter.drawText(QPointF(STRIP_PX + 7 + metrics.horizontalAdvance(name), baseline), count)
