"""The timeline itself: shows frames of the session's state and turns hands into changes of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QScrollBar, QSizePolicy, QWidget

from timeline_app.core.errors import ReadError
from timeline_app.core.related import Told, told_of
from timeline_app.core.table import EventTable
from timeline_app.scene.axis_words import AxisWords
from timeline_app.scene.frame import Canvas, Frame, Measures, lane_tops_px
from timeline_app.scene.guides import datelines, known_end_s, known_guides
from timeline_app.scene.hit import Hit, hit_test, places_of, singles_of
from timeline_app.scene.layout import Layouts
from timeline_app.scene.pointed_date import date_under
from timeline_app.scene.viewport import Viewport
from timeline_app.ui.look import Look
from timeline_app.ui.session import Session
from timeline_app.ui.timeline.asked_layers import AskedLayers
from timeline_app.ui.timeline.foreseen import ForeseenPicture
from timeline_app.ui.timeline.gestures import Gestures
from timeline_app.ui.timeline.lane_scroll_bar import LaneScrollBar
from timeline_app.ui.timeline.layers import MostNew
from timeline_app.ui.timeline.painter import FramePainter, Highlights
from timeline_app.ui.timeline.shown_layouts import ShownLayouts
from timeline_app.ui.timeline.sliding import SlidingPicture
from timeline_app.ui.timeline.subject import Subject
from timeline_app.ui.timeline.travel import Travel
from timeline_app.ui.timeline.work_ahead import WorkAhead

if TYPE_CHECKING:
    from timeline_app.scene.compared import Compared

NEW_AT_ONCE = MostNew(titles=4, words=4)
NEW_AFTERWARDS = MostNew(titles=24, words=48)


@dataclass(frozen=True, slots=True)
class CanvasOptions:
    """What the user set for the timeline; `today_s` is None when no today line is wanted."""

    max_lines: int = 24
    wheel_zooms: bool = True
    reduced_motion: bool = False
    show_titles: bool = True
    today_s: int | None = None


class TimelineCanvas(QWidget):
    """Draws the session's lanes and viewport, and hands what the mouse does to its gestures."""

    event_activated = Signal(int)
    cluster_activated = Signal(object)
    max_lines_wanted = Signal(int)
    counts_changed = Signal(object)
    tip_wanted = Signal(object, object)
    painted = Signal()
    first_painted = Signal()

    def __init__(
        self,
        session: Session,
        look: Look,
        words: AxisWords,
        clean: Callable[[str], str],
        options: CanvasOptions,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.session = session
        self._look = look
        self._words = words
        self._options = options
        self._painter = FramePainter(look, clean)
        self._sliding = SlidingPicture(self._painter)
        self._foreseen = ForeseenPicture(self._painter)
        self._frame: Frame | None = None
        self._seen_lanes: list[int] = []
        self._datelines: tuple[EventTable, tuple[tuple[int, str], ...]] | None = None
        self._is_stale = True
        self._painted_view: Viewport | None = None
        self._shown_view = session.viewport
        self._scroll_bar = LaneScrollBar(look, self)
        self._scroll_bar.valueChanged.connect(self._mark_stale)
        self._travel = Travel(self)
        self._travel.moved.connect(self._move_to)
        self._highlights = Highlights()
        self._told_of: EventTable | None = None
        self._gestures = Gestures(self)
        self._asked = AskedLayers()
        self._shown = ShownLayouts(
            session, self._painter.title_font, options.max_lines, with_titles=options.show_titles
        )
        self._is_in_full = True
        self._ahead = WorkAhead(self, self._sliding, self._foreseen, self)
        self._ahead.painted.connect(self.painted)
        self._ahead.overdue.connect(self._mark_stale)
        self._ahead.rested.connect(self._shown.let_go)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName("Timeline")
        self._follow()

    @property
    def frame(self) -> Frame:
        """The frame last drawn, made anew first when the state has moved on since."""
        if self._frame is None:
            self._frame = self._build_frame()
            self._seen_lanes = [lane.number for lane in self._frame.lanes]
            self.counts_changed.emit(self._frame.counts)
        return self._frame

    @property
    def layouts(self) -> Layouts:
        """The lanes as they are laid out now."""
        return self._shown.now

    @property
    def shown_view(self) -> Viewport:
        """The view that is to be on screen: during a jump one on its way."""
        return self._shown_view

    @property
    def seen_lanes(self) -> Sequence[int]:
        """The numbers of the lanes that had a part on screen when it was painted last."""
        return self._seen_lanes

    @property
    def is_stale(self) -> bool:
        """Whether a paint is due."""
        return self._is_stale

    @property
    def ahead(self) -> WorkAhead:
        """Who works between two pictures."""
        return self._ahead

    @property
    def painted_view(self) -> Viewport | None:
        """The view that was painted last, None before the first."""
        return self._painted_view

    @property
    def options(self) -> CanvasOptions:
        """What the user set."""
        return self._options

    @property
    def asked(self) -> AskedLayers:
        """What is shown beside the events as somebody asked for it."""
        return self._asked

    @property
    def highlights(self) -> Highlights:
        """What is pointed at, with the date that is under the pointer now."""
        x_px = self._highlights.pointer_px
        if x_px is None:
            return self._highlights
        return replace(self._highlights, pointer_label=date_under(self._shown_view, x_px, self._words))

    @property
    def scroll_bar(self) -> QScrollBar:
        """The position among the lanes, in pixels."""
        return self._scroll_bar

    @property
    def is_travelling(self) -> bool:
        """Whether a jump is under way on screen."""
        return self._travel.is_under_way

    def set_options(self, options: CanvasOptions) -> None:
        """Draw by other settings."""
        if options == self._options:
            return
        before, self._options = self._options, options
        if options.max_lines != before.max_lines or options.show_titles != before.show_titles:
            self._start_anew()
        self._mark_stale()

    def show_lags(self, *, shown: bool) -> None:
        """Draw a tail from each event to its first report, or none."""
        self._ask(replace(self._asked, has_lags=shown))

    def show_compared(self, compared: Compared | None) -> None:
        """Draw what differs from another state of the timeline, or nothing of that."""
        self._ask(replace(self._asked, compared=compared))

    def set_pointer(self, x_px: float | None) -> None:
        """Show the date line at a pixel, or none."""
        if x_px != self._highlights.pointer_px:
            self._highlights = replace(self._highlights, pointer_px=x_px)
            self.update()

    def hit(self, x_px: float, y_px: float) -> Hit:
        """Return what lies at a point of the canvas."""
        return hit_test(self.frame, x_px, y_px)

    def scroll_lanes(self, by_px: int) -> None:
        """Move the lanes up by so many pixels."""
        self._scroll_bar.setValue(self._scroll_bar.value() + by_px)

    def show_row(self, row: int) -> None:
        """Scroll the lanes, if need be, until an event is in view, if anywhere then where it stands by itself."""
        frame = self.frame
        view, heights = frame.viewport, frame.measures
        alone = self.layouts.lines_alone(row, view)
        places = singles_of(frame, row) if alone else places_of(frame, row)
        if any(heights.axis_px < y_px < frame.height_px for _, y_px in places):
            return
        for number in range(len(self.layouts.lanes)):
            line = alone.get(number) if alone else self.layouts.line_of(number, row, view)
            if line is not None:
                self._scroll_to_line(number, line)
                return

    def show_in_lane(self, row: int, number: int) -> None:
        """Scroll the lanes, if need be, until an event is in view where it stands in one of them."""
        line = self.layouts.line_of(number, row, self.frame.viewport)
        if line is not None:
            self._scroll_to_line(number, line)

    def complete(self) -> None:
        """Draw the present view in full the next time, however long that takes: for pictures of the window."""
        self._is_in_full = True
        self._frame = None

    def _follow(self) -> None:
        session = self.session
        session.table_changed.connect(self._take_table)
        session.lanes_changed.connect(self._take_lanes)
        session.viewport_changed.connect(self._take_viewport)
        session.jumped.connect(self._start_travel)
        session.selection_changed.connect(self._take_selection)
        session.wanted_changed.connect(self._take_wanted)
        session.hovered_changed.connect(self._take_hovered)
        session.notes_changed.connect(self._take_notes)
        self._look.changed.connect(self._take_look)

    def _take_table(self) -> None:
        self._shown.measure()
        self._highlights = replace(self._highlights, notes=self.session.notes)

    def _take_lanes(self) -> None:
        self._seen_lanes = []
        self._shown.turn(self._shown_view)
        self._mark_stale()

    def _take_look(self) -> None:
        self._painter.forget()
        self._sliding.forget()
        self._foreseen.forget()
        self._start_anew()
        self._mark_stale()

    def _start_anew(self) -> None:
        """Lay everything out by other measures."""
        self._shown.begin_anew(self._options.max_lines, with_titles=self._options.show_titles)

    def _take_viewport(self) -> None:
        self._travel.stop()
        self._move_to(self.session.viewport)

    def _take_selection(self) -> None:
        self._highlights = replace(self._highlights, selected=self.session.selection, told=self._told())
        if self.session.current is not None:
            self.show_row(self.session.current)
        self.update()

    def _take_wanted(self) -> None:
        """Tell what was known on another day of the event selected last."""
        if self.session.current is not None and self.session.known_table is not self._told_of:
            self._highlights = replace(self._highlights, told=self._told())
            self.update()

    def _told(self) -> Told | None:
        """Return what is drawn beside the event selected last; of one that cannot be read the pane says why."""
        self._told_of = self.session.known_table
        if self.session.current is None:
            return None
        with suppress(ReadError):
            told = told_of(self._told_of, self.session.current)
            return None if told.is_empty else told
        return None

    def _take_hovered(self) -> None:
        self._highlights = replace(self._highlights, hovered=self.session.hovered)
        self.update()

    def _take_notes(self) -> None:
        self._highlights = replace(self._highlights, notes=self.session.notes)
        self.update()

    def _start_travel(self, before: Viewport) -> None:
        if self._options.reduced_motion or not self.isVisible() or before.width_px != self.session.viewport.width_px:
            return
        self._shown_view = before
        self._travel.start(before, self.session.viewport)

    def _move_to(self, view: Viewport) -> None:
        self._shown_view = view
        self._ahead.note_move(view)
        self._mark_stale()

    def _ask(self, asked: AskedLayers) -> None:
        if asked != self._asked:
            self._asked = asked
            self._mark_stale()

    def _mark_stale(self) -> None:
        self._frame = None
        self._is_stale = True
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(800, 480)

    def minimumSizeHint(self) -> QSize:
        return QSize(320, 160)

    def resizeEvent(self, event: QResizeEvent) -> None:
        bar_width = self._scroll_bar.sizeHint().width()
        axis_px = Measures.at(self._look.text_scale).axis_px
        self._scroll_bar.setGeometry(QRect(self.width() - bar_width, axis_px, bar_width, self.height() - axis_px))
        self.session.set_width(self.width())
        self._mark_stale()
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        at_once = NEW_AFTERWARDS if self._ahead.is_catching_up else NEW_AT_ONCE
        most = None if self._is_in_full else at_once
        with QPainter(self) as painter:
            is_slid = not self._is_in_full and self._draw_sliding(painter, most)
            has_texts = self._painter.is_complete if is_slid else self._draw_whole(painter, most)
        self._is_in_full = self._is_stale = False
        has_all = is_slid or not self._foreseen.is_behind
        self._ahead.note_paint(is_complete=has_all and has_texts)
        is_first = self._painted_view is None
        self._painted_view = self._shown_view
        if is_first:
            QTimer.singleShot(0, self, self.first_painted.emit)

    def _draw_sliding(self, painter: QPainter, most_new: MostNew | None) -> bool:
        """Draw a view that is being panned from what is painted already; return whether that could be done."""
        held = self._sliding.draw(painter, self.subject(), self._shown_view, most_new)
        if held is not None:
            self._seen_lanes = [lane.number for lane in held.lanes]
        return held is not None

    def _draw_whole(self, painter: QPainter, most_new: MostNew | None) -> bool:
        """Draw the picture as a whole, and return whether it has all of its texts."""
        frame = self.frame
        self._sliding.end()
        return self._foreseen.draw(painter, self.subject(), frame, most_new)

    def subject(self) -> Subject:
        """Return what pictures are of: all but the view."""
        session, bar = self.session, self._scroll_bar
        if self._datelines is None or self._datelines[0] is not session.known_table:
            self._datelines = session.known_table, datelines(session.known_table)
        guides = self._datelines[1] + known_guides(session.wanted)
        if self._options.today_s is not None:
            guides = (*guides, (self._options.today_s, "today"))
        measures = Measures.at(self._look.text_scale)
        known_s = known_end_s(session.wanted)
        return Subject(
            session.table,
            self.layouts,
            session.result,
            session.lanes.grouping,
            Canvas(self.height(), bar.value(), measures, self._words, guides, known_s),
            replace(self.highlights, has_focus=self.hasFocus() and self._gestures.keyboard_is_used),
            bar.width() if bar.isVisible() else 0,
            self._asked,
        )

    def _build_frame(self) -> Frame:
        self._shown.lay_out(self._shown_view, in_full=self._is_in_full)
        subject = self.subject()
        may_be_behind = not self._is_in_full and not self._ahead.is_catching_up
        frame = self._foreseen.frame(subject, self._shown_view, may_be_behind=may_be_behind)
        measures = subject.canvas.measures
        if self._fit_scroll_bar(frame.content_px, measures) and self._scroll_bar.value() != subject.canvas.scroll_px:
            return self.subject().frame(self._shown_view)
        return frame

    def _fit_scroll_bar(self, content_px: int, measures: Measures) -> bool:
        """Let the scroll bar reach as far as the lanes do, and tell whether it did not."""
        most = max(0, content_px - self.height())
        if self._scroll_bar.maximum() == most:
            return False
        self._scroll_bar.setRange(0, most)
        self._scroll_bar.setPageStep(self.height() - measures.axis_px)
        self._scroll_bar.setSingleStep(measures.line_px)
        self._scroll_bar.setVisible(most > 0)
        return True

    def _scroll_to_line(self, number: int, line: int) -> None:
        """Scroll the lanes until a line of one of them is in view."""
        view, measures = self.frame.viewport, self.frame.measures
        tops = lane_tops_px(self.layouts.line_counts(view), measures)
        top_px = int(tops[number]) + measures.head_px + line * measures.line_px
        first = measures.axis_px + self._scroll_bar.value()
        last = self._scroll_bar.value() + self.height()
        if top_px < first:
            self._scroll_bar.setValue(top_px - measures.axis_px - measures.head_px)
        elif top_px + measures.line_px > last:
            self._scroll_bar.setValue(top_px + 2 * measures.line_px - self.height())
