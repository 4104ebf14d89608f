"""One page of a picture: its title, its filter, the timeline, and at its foot its counts and its sources."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from timeline_app.core.arrays import IntegerArray
from timeline_app.core.calendar import DAY_S
from timeline_app.core.errors import WriteError
from timeline_app.core.filter import Filter, evaluate
from timeline_app.core.known_view import known_view
from timeline_app.core.lanes import LANE_LIMIT, Grouping, LaneSet, build_lanes, usual_grouping
from timeline_app.core.related import told_of
from timeline_app.core.safe_text import safe_text
from timeline_app.core.table import EventTable
from timeline_app.query import format_query
from timeline_app.scene.axis_words import AxisWords
from timeline_app.scene.frame import Canvas, Frame, Measures, build_frame, lane_tops_px
from timeline_app.scene.guides import datelines, known_end_s, known_guides
from timeline_app.scene.lane_lines import MOST_CROWDED_HEIGHT
from timeline_app.scene.layout import Layouts
from timeline_app.scene.rows import Extents
from timeline_app.scene.viewport import Viewport
from timeline_app.ui.look import Look
from timeline_app.ui.picture_sources import shown_sources, sources_line
from timeline_app.ui.picture_wish import PictureKind, PictureWish
from timeline_app.ui.timeline.painter import FramePainter, Highlights
from timeline_app.ui.timeline.title_measure import title_extents

MARGIN_PX = 20
HEADER_PX = 40
FOOTER_PX = 28
CAPTION_GAP_PX = 24
MOST_LINES = 72  # of a single lane; several share them
MOST_CROWDED_ON_PAGE = 240
LEAST_LINES = 2
LEAST_GAIN = 0.05
VIEW_MARGIN = 0.03


class Page:
    """Title, frame and caption of one picture, ready to be drawn on any device."""

    def __init__(
        self,
        table: EventTable,
        wanted: Filter,
        wish: PictureWish,
        look: Look,
        words: AxisWords,
        place: str = "",
        *,
        asked: str = "",
    ) -> None:
        """`place` tells which page of several it is; `asked` the filter in words, else it stands as it is typed."""
        self._table = table
        self._wanted = wanted
        self._wish = wish
        self._place = place
        self._asked = asked or f"filter: {format_query(wanted)}"
        self._grouping = wish.grouping or usual_grouping(table)
        self._look = look
        painter = FramePainter(look, safe_text, as_vectors=wish.kind is not PictureKind.PNG)
        self._painter = painter
        self._frame = self._build(words)

    def draw(self, painter: QPainter) -> None:
        """Draw the page at the painter's origin, in pixels at scale 1."""
        theme = self._look.theme
        page = QRectF(0, 0, self._wish.width_px, self._wish.height_px)
        selected = () if self._wish.selected is None else (self._wish.selected,)
        known = known_view(self._table, self._wanted)
        told = None if self._wish.selected is None else told_of(known, self._wish.selected)
        painter.save()
        painter.translate(MARGIN_PX, HEADER_PX)
        painter.setClipRect(QRectF(0, 0, self._frame.width_px, self._frame.height_px))
        self._painter.paint(painter, self._frame, self._table, self._grouping, Highlights(selected, told))
        painter.restore()
        middle = QRectF(MARGIN_PX, HEADER_PX, self._frame.width_px, self._frame.height_px)
        for margin in _around(page, middle):  # Not every kind of picture can clip what is drawn.
            painter.fillRect(margin, QColor(theme.background))
        self._draw_header(painter)
        self._draw_footer(painter, page)

    def _build(self, words: AxisWords) -> Frame:
        wish, table = self._wish, self._table
        result = evaluate(self._wanted, table)
        extents = title_extents(table, self._painter.title_font)
        first_s, last_s = wish.view_s or whole_view_s(table, result.rows)
        view = Viewport.fit(first_s, last_s, wish.width_px - 2 * MARGIN_PX, margin=0.0)
        height = wish.height_px - HEADER_PX - FOOTER_PX
        measures = Measures()
        layouts = self._fitting(result_lanes(table, self._wanted, self._grouping), extents, view, height, measures)
        guides = datelines(known_view(table, self._wanted)) + known_guides(self._wanted)
        canvas = Canvas(height, 0, measures, words, guides, known_end_s(self._wanted))
        self._sources = shown_sources(table, result.rows, view)
        return build_frame(table, layouts, result.certain_if_passing, view, canvas)

    def _fitting(
        self, lane_sets: tuple[LaneSet, ...], extents: Extents, view: Viewport, height: int, measures: Measures
    ) -> Layouts:
        """Return the layouts with the most lanes that fit the height, or with fewer that show far more of all events.

        Fewer lanes leave more lines to each; where not even the fewest lanes fit, they are cut at the lower edge.
        """
        best: Layouts | None = None
        for lanes in lane_sets:
            layouts = prepared(lanes, extents, LEAST_LINES, view)
            fewest, most = LEAST_LINES, MOST_LINES
            while _height_px(layouts, view, measures) <= height and fewest < most:
                middle = (fewest + most + 1) // 2
                taller = prepared(lanes, extents, middle, view)
                if _height_px(taller, view, measures) <= height:
                    layouts, fewest = taller, middle
                else:
                    most = middle - 1
            fits = _height_px(layouts, view, measures) <= height
            if best is None or _height_px(best, view, measures) > height or (fits and _shows_more(layouts, best, view)):
                best = layouts
        if best is None:
            raise WriteError("there are no lanes to draw")
        return self._filling(best, extents, view, height, measures)

    def _filling(self, best: Layouts, extents: Extents, view: Viewport, height: int, measures: Measures) -> Layouts:
        """Return layouts whose crowded lanes take what room is left on the page, where there is any."""
        fewest, most = MOST_CROWDED_HEIGHT, MOST_CROWDED_ON_PAGE
        if all(lane.index is None for lane in best.set.lanes):
            return best
        while fewest < most:
            middle = (fewest + most + 1) // 2
            taller = prepared(best.set, extents, best.max_lines, view, crowded_height=middle)
            if _height_px(taller, view, measures) <= height:
                best, fewest = taller, middle
            else:
                most = middle - 1
        return best

    def _draw_header(self, painter: QPainter) -> None:
        look = self._look
        font = look.body(bold=True)
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        painter.setPen(QColor(look.theme.ink))
        title = metrics.elidedText(safe_text(self._table.title), Qt.TextElideMode.ElideRight, self._wish.width_px * 0.6)
        baseline = HEADER_PX / 2 + metrics.ascent() / 2
        painter.drawText(QPointF(MARGIN_PX, baseline), title)
        if not self._wanted.is_empty:
            painter.setFont(look.small())
            painter.setPen(QColor(look.theme.muted))
            left = MARGIN_PX + metrics.horizontalAdvance(title) + 16
            room = self._wish.width_px - MARGIN_PX - left
            words = QFontMetricsF(look.small()).elidedText(safe_text(self._asked), Qt.TextElideMode.ElideRight, room)
            painter.drawText(QPointF(left, baseline), words)

    def _draw_footer(self, painter: QPainter, page: QRectF) -> None:
        """Draw the counts on the left of the foot, and on its right as many of the sources as there is room for."""
        look = self._look
        metrics = QFontMetricsF(look.small())
        painter.setFont(look.small())
        painter.setPen(QColor(look.theme.muted))
        counts = self._counts_in_words()
        line = page.adjusted(MARGIN_PX, page.height() - FOOTER_PX, -MARGIN_PX, 0)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, counts)
        room_px = line.width() - metrics.horizontalAdvance(counts) - CAPTION_GAP_PX
        credit = sources_line(self._sources, lambda text: metrics.horizontalAdvance(text) <= room_px)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, credit)

    def _counts_in_words(self) -> str:
        counts = self._frame.counts
        events = "event" if counts.loaded == 1 else "events"
        text = f"{counts.loaded:,} {events}: {counts.shown:,} shown, {counts.merged:,} in counts, "
        text += f"{counts.filtered_out:,} filtered out"
        if counts.outside:
            text += f", {counts.outside:,} outside the view"
        return f"{self._place} · {text}" if self._place else text


def whole_view_s(table: EventTable, rows: IntegerArray) -> tuple[int, int]:
    """Return the first and last second of a picture of some rows, with a little room on both sides."""
    first_s, last_s = table.extent_of(rows) or table.extent_s or (0, DAY_S)
    view = Viewport.fit(first_s, last_s, 1_000, margin=VIEW_MARGIN)
    return view.left_s, view.right_s


def prepared(lanes: LaneSet, extents: Extents, max_lines: int, view: Viewport, *, crowded_height: int = 0) -> Layouts:
    """Return the layouts of lanes with all that a view needs laid out."""
    layouts = Layouts(lanes, extents, max_lines, crowded_height=crowded_height)
    layouts.prepare(view, None)
    return layouts


def _shows_more(layouts: Layouts, other: Layouts, view: Viewport) -> bool:
    """Return whether so many more of all events stand by themselves that it is worth having fewer lanes."""
    gain = layouts.standing_count(view) - other.standing_count(view)
    return gain > LEAST_GAIN * layouts.set.passing.touching(view.left_s, view.right_s)


def _height_px(layouts: Layouts, view: Viewport, measures: Measures) -> int:
    return lane_tops_px(layouts.line_counts(view), measures)[-1]


def _around(page: QRectF, middle: QRectF) -> tuple[QRectF, QRectF, QRectF, QRectF]:
    """Return what of a page lies above, below, left and right of its middle."""
    return (
        QRectF(page.left(), page.top(), page.width(), middle.top() - page.top()),
        QRectF(page.left(), middle.bottom(), page.width(), page.bottom() - middle.bottom()),
        QRectF(page.left(), middle.top(), middle.left() - page.left(), middle.height()),
        QRectF(middle.right(), middle.top(), page.right() - middle.right(), middle.height()),
    )


def result_lanes(table: EventTable, wanted: Filter, grouping: Grouping) -> tuple[LaneSet, ...]:
    """Return the lanes of a filter, with the usual number of lanes first and then ever fewer."""
    result = evaluate(wanted, table)
    limits = [limit for limit in (LANE_LIMIT, 9, 6, 4, 2) if limit >= len(wanted.actors)] or [len(wanted.actors)]
    return tuple(build_lanes(table, result, wanted, grouping, limit=limit) for limit in limits)
