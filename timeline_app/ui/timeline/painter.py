"""Draws a finished frame: the one place that holds a painter for the timeline."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPen, QPixmap

from timeline_app.core.lanes import Grouping
from timeline_app.core.table import EventTable
from timeline_app.core.when import WhenFlag
from timeline_app.scene.frame import Cluster, Frame, FrameLane, Singles
from timeline_app.scene.hit import places_of
from timeline_app.scene.marks import Shape, shape_of
from timeline_app.scene.rows import CELL_PX, MARK_PX, TitlePlace
from timeline_app.ui.look import Look
from timeline_app.ui.timeline.doubt_brush import DoubtBrushes, faded
from timeline_app.ui.timeline.mark_painter import mark_path
from timeline_app.ui.timeline.title_measure import BOLD_FROM_IMPORTANCE

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

STRIP_PX = 3
EDGE_PX = 2
CORE_ALPHA = 0.30
HELD_ALPHA = 0.94
APPROXIMATE_DASHES = (4.0, 2.0)
UNCERTAIN_DASHES = (1.0, 1.5)
PILL_PADDING_PX = 14
LEAST_TITLE_PX = 24
MOST_CACHED_TITLES = 4_000
MOST_TITLE_CHARACTERS = 500


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
        self._titles: dict[tuple[str, bool, int, float], QPixmap] = {}
        self._marks: dict[tuple[Shape, str, str, float], QPixmap] = {}
        self._doubt = DoubtBrushes(as_vectors=as_vectors)
        look.changed.connect(self.forget)

    def forget(self) -> None:
        """Drop all cached pixmaps, as fonts or colours have changed."""
        self._titles.clear()
        self._marks.clear()

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
        self._draw_singles(painter, frame, table, colours)
        for cluster in frame.clusters:
            if not self._as_vectors or 0 <= cluster.x_px <= frame.width_px:
                self._draw_cluster(painter, cluster, colours[cluster.lane], highlights)
        for row in dict.fromkeys((*highlights.selected[-1:], highlights.hovered)):
            if row is not None:
                self._draw_join(painter, frame, row)
        for lane, colour in zip(frame.lanes, colours, strict=True):
            self._draw_lane_head(painter, frame, lane, colour)
        painter.restore()
        self._draw_axis(painter, frame)
        self._draw_pointer(painter, frame, highlights)
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

    def _draw_singles(self, painter: QPainter, frame: Frame, table: EventTable, colours: list[QColor]) -> None:
        singles = frame.singles
        is_mark = singles.is_mark.tolist()
        lanes = singles.lane.tolist()
        for place in range(len(singles)):
            if not is_mark[place]:
                self._draw_bar(painter, frame, place, colours[lanes[place]])
        for place in range(len(singles)):
            if is_mark[place]:
                self._draw_mark(painter, singles, place, table, colours[lanes[place]])
        self._draw_titles(painter, frame, table)

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

    def _draw_titles(self, painter: QPainter, frame: Frame, table: EventTable) -> None:
        singles = frame.singles
        places = singles.title_place.tolist()
        for place, row in enumerate(singles.rows.tolist()):
            if places[place] == TitlePlace.NONE:
                continue
            left, y = float(singles.title_px[place]), float(singles.y_px[place])
            width = int(singles.title_width_px[place])
            if left > frame.width_px or left + width < 0:
                continue
            if self._as_vectors:  # Nothing cuts a text off at the edge of an SVG page.
                width = min(width, int(frame.width_px - left))
                if left < 0 or width < LEAST_TITLE_PX:
                    continue
            bold = int(table.importance[row]) >= BOLD_FROM_IMPORTANCE
            raised_px = EDGE_PX / 2 if places[place] == TitlePlace.INSIDE else 0.0
            self._draw_title(painter, QPointF(left, y - raised_px), table.titles[row], width, bold=bold)

    def _draw_title(self, painter: QPainter, at: QPointF, text: str, width_px: int, *, bold: bool) -> None:
        """Draw a title with its left end and the middle of its height at a point."""
        if self._as_vectors:
            font = self.title_font(bold=bold)
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
            font = self.title_font(bold=bold)
            shown = self._elided(text, QFontMetricsF(font), width_px)
            pixmap = _text_pixmap(shown, font, QColor(self._look.theme.ink), width_px + 2, ratio)
            if len(self._titles) > MOST_CACHED_TITLES:
                self._titles.clear()
            self._titles[key] = pixmap
        return pixmap

    def title_font(self, *, bold: bool) -> QFont:
        """Return the font of titles on the timeline."""
        return self._look.small(bold=bold)

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
        ground = faded(QColor(theme.background), HELD_ALPHA if is_held else 1.0)
        ground_px = frame.width_px - STRIP_PX if is_held else width + 16
        painter.fillRect(QRectF(STRIP_PX, top + 1, ground_px, head - 2), ground)
        painter.setFont(font)
        painter.setPen(colour)
        baseline = top + (head + metrics.ascent() - metrics.descent()) / 2
        painter.drawText(QPointF(STRIP_PX + 7, baseline), name)
        painter.setPen(QColor(theme.muted))
        painter.drawText(QPointF(STRIP_PX + 7 + metrics.horizontalAdvance(name), baseline), count)

    def _draw_axis(self, painter: QPainter, frame: Frame) -> None:
        theme = self._look.theme
        height = frame.measures.axis_px
        painter.fillRect(QRectF(0, 0, frame.width_px, height), QColor(theme.background))
        painter.setPen(QPen(QColor(theme.rule), 1))
        painter.drawLine(QLineF(0, height - 0.5, frame.width_px, height - 0.5))
        painter.drawLines([QLineF(tick.x_px, height * 0.52, tick.x_px, height) for tick in frame.axis.minor])
        painter.drawLines([QLineF(t.x_px, height * 0.52, t.x_px, height) for t in frame.axis.major if t.is_major])
        bold, plain = self._look.small(bold=True), self._look.small()
        metrics = QFontMetricsF(bold)
        upper = height * 0.25 + metrics.ascent() / 2 - 1
        lower = height * 0.74 + metrics.ascent() / 2 - 1
        painter.setFont(bold)
        painter.setPen(QColor(theme.ink))
        taken: list[tuple[float, float]] = []
        major_line = upper if frame.axis.minor else lower
        for tick in frame.axis.major:
            left = max(tick.x_px, STRIP_PX) + 4
            taken.append((left, left + metrics.horizontalAdvance(tick.label)))
            painter.drawText(QPointF(left, major_line), tick.label)
        painter.setFont(plain)
        painter.setPen(QColor(theme.muted))
        for tick in frame.axis.minor:
            painter.drawText(QPointF(tick.x_px + 4, lower), tick.label)
        self._draw_guide_labels(painter, frame, upper, taken)

    def _draw_guide_labels(
        self, painter: QPainter, frame: Frame, baseline: float, taken: list[tuple[float, float]]
    ) -> None:
        metrics = QFontMetricsF(painter.font())
        for guide in frame.guides:
            width = metrics.horizontalAdvance(guide.label)
            for left in (guide.x_px - width / 2, guide.x_px - width - 4, guide.x_px + 4):
                fits = left >= 0 and left + width <= frame.width_px
                if fits and all(left + width + 8 < begin or left - 8 > end for begin, end in taken):
                    taken.append((left, left + width))
                    painter.drawText(QPointF(left, baseline), guide.label)
                    break

    def _draw_pointer(self, painter: QPainter, frame: Frame, highlights: Highlights) -> None:
        if highlights.pointer_px is None:
            return
        theme = self._look.theme
        x, axis = highlights.pointer_px, frame.measures.axis_px
        line = QColor(theme.accent)
        line.setAlphaF(0.5)
        painter.setPen(QPen(line, 1))
        painter.drawLine(QLineF(x, axis, x, frame.height_px))
        font = self._look.small(bold=True)
        metrics = QFontMetricsF(font)
        width = metrics.horizontalAdvance(highlights.pointer_label) + 14
        height = metrics.height() + 2
        left = min(max(x - width / 2, 0), frame.width_px - width)
        box = QRectF(left, axis - height - 1, width, height)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.accent))
        painter.drawRoundedRect(box, 3, 3)
        painter.restore()
        painter.setFont(font)
        painter.setPen(QColor(theme.background))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, highlights.pointer_label)


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
