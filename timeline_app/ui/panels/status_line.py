"""The line at the bottom: where every event is, the time on screen, what is selected, how many problems there are."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QColor, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from timeline_app.core.dataset import Level
from timeline_app.core.errors import ReadError
from timeline_app.core.range_words import range_in_words
from timeline_app.scene.frame import Counts
from timeline_app.ui.look import Look
from timeline_app.ui.panels.text_button import TextButton
from timeline_app.ui.safe_widgets import PlainLabel, set_safe_tooltip
from timeline_app.ui.session import Session

SIDE_PX = 16
GAP_PX = 24
HEIGHT_PX = 28
ANNOUNCE_MS = 1000
MESSAGE_MS = 8000
EXPLAINED = (
    "Each event is in one part of this sum. Shown: it stands by itself in a lane, be it one to scroll to. Merged: it "
    "is counted in a number on the timeline, which a double click opens. Outside the view: it lies before or after "
    "what is on screen. Filtered out: it does not pass the filter."
)
WRITE_MS = 90  # while the view moves: nobody reads numbers that change more often, and frames need not wait for them
UNREADABLE = "an event that cannot be read any more"
STILL_MS = 100  # after which a view has stopped moving


class StatusLine(QWidget):
    """Always tells shown + merged + outside + filtered out = loaded; who listens hears it at most once a second."""

    problems_clicked = Signal()

    def __init__(self, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._look = look
        self._counts = Counts(loaded=0, shown=0, merged=0, outside=0, filtered_out=0)
        self._possible = session.result.possible
        self._words = ""
        self._row = QHBoxLayout(self)
        self._write_pause = QTimer(self)
        self._write_pause.setSingleShot(True)
        self._write_pause.setInterval(STILL_MS)
        self._write_pause.timeout.connect(self.catch_up)
        self._since_written = QElapsedTimer()
        self._heard = ""
        self._announce_pause = QTimer(self)
        self._announce_pause.setSingleShot(True)
        self._announce_pause.setInterval(ANNOUNCE_MS)
        self._announce_pause.timeout.connect(self._announce)
        self._message = ""
        self._message_pause = QTimer(self)
        self._message_pause.setSingleShot(True)
        self._message_pause.setInterval(MESSAGE_MS)
        self._message_pause.timeout.connect(self._end_message)
        self._counts_label = PlainLabel("", self)
        self._range_label = PlainLabel("", self)
        self.selection_label = PlainLabel("", self)
        self.problems_button = TextButton("no problems", look, self)
        self._build()
        self.problems_button.clicked.connect(self.problems_clicked)
        session.table_changed.connect(self._follow_table)
        session.filter_changed.connect(self._follow_filter)
        session.viewport_changed.connect(self._follow_view)
        session.selection_changed.connect(self._follow_selection)
        look.changed.connect(self._restyle)
        self._restyle()
        self._follow_table()
        self.catch_up()
        self._follow_selection()

    @property
    def counts(self) -> Counts:
        """The numbers of the picture on screen, which are written here a moment later."""
        return self._counts

    @property
    def counts_label(self) -> PlainLabel:
        """What tells the counts, up to date whenever it is asked for."""
        self._write_what_waits()
        return self._counts_label

    @property
    def range_label(self) -> PlainLabel:
        """What tells the time on screen, up to date whenever it is asked for."""
        self._write_what_waits()
        return self._range_label

    def set_counts(self, counts: Counts) -> None:
        """Tell where the events of the picture are; raises ValueError when one of them is nowhere."""
        if counts.shown + counts.merged + counts.outside + counts.filtered_out != counts.loaded:
            told = f"{counts.shown} shown + {counts.merged} merged + {counts.outside} outside the view"
            raise ValueError(f"{told} + {counts.filtered_out} filtered out are not {counts.loaded} loaded")
        self._counts = counts
        self._follow_view()

    def catch_up(self) -> None:
        """Write what the picture shows, which otherwise waits a moment while the view moves."""
        self._write_pause.stop()
        self._since_written.start()
        viewport = self._session.viewport
        has_events = len(self._session.table) > 0
        self._range_label.setText(range_in_words(viewport.left_s, viewport.right_s - 1) if has_events else "")
        words = counts_in_words(self._counts, self._possible)
        if words != self._words:
            self._words = words
            if not self._announce_pause.isActive():
                self._announce_pause.start()
        self._fit()

    @property
    def is_due(self) -> bool:
        """Whether it is time to write, while the view moves, what a picture shows that has just been painted."""
        return self._write_pause.isActive() and self._since_written.hasExpired(WRITE_MS)

    def show_message(self, text: str) -> None:
        """Say something for a few seconds in place of what is selected, also aloud; "" ends it at once."""
        self._message = text
        self._message_pause.start()
        self._follow_selection()
        if text:
            announce(self, self.selection_label.text())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _end_message(self) -> None:
        self._message = ""
        self._follow_selection()

    def _follow_view(self) -> None:
        """Write once the view stands still: while it moves its pictures tell when, see `is_due`."""
        self._write_pause.start()

    def _write_what_waits(self) -> None:
        if self._write_pause.isActive():
            self.catch_up()

    def _fit(self) -> None:
        self._fit_counts()
        self._row.activate()
        self._fit_selection()

    def _fit_counts(self) -> None:
        """Show the whole sum: in fewer words where the line has no room for all, and if need be without the range."""
        short = counts_in_short(self._counts, self._possible)
        words_px, short_px = map(self._counts_label.fontMetrics().horizontalAdvance, (self._words, short))
        room_px = self.width() - self.problems_button.sizeHint().width() - 2 * SIDE_PX - 2 * GAP_PX
        beside_range_px = room_px - self._range_label.sizeHint().width() - GAP_PX
        has_room = words_px <= beside_range_px or not self.isVisible()
        self._counts_label.setText(self._words if has_room else short)
        set_safe_tooltip(self._counts_label, EXPLAINED if has_room else f"{self._words}. {EXPLAINED}")
        self._range_label.setVisible(has_room or not beside_range_px < short_px <= room_px)

    def _announce(self) -> None:
        if self._words != self._heard:
            self._heard = self._words
            announce(self, self._words)

    def _follow_table(self) -> None:
        problems = self._session.table.problems
        notes = sum(problem.level is Level.NOTE for problem in problems)
        self.problems_button.setText(problems_in_words(len(problems) - notes, notes))
        self.problems_button.setEnabled(bool(problems))
        self.problems_button.updateGeometry()
        self._follow_selection()

    def _follow_filter(self) -> None:
        """Note what only possibly passes, once a filter: it is counted row by row."""
        self._possible = self._session.result.possible

    def _follow_selection(self) -> None:
        selection = self._session.selection
        if self._message:
            words = self._message
        elif not selection:
            words = ""
        elif len(selection) == 1:
            words = f"selected: {self._title_of(selection[0])}"
        else:
            words = f"{len(selection):,} selected"
        self.selection_label.setText(words)
        self._fit_selection()

    def _title_of(self, row: int) -> str:
        try:
            return self._session.table.brief(row).title
        except ReadError:
            return UNREADABLE  # the excerpt pane says why

    def _fit_selection(self) -> None:
        """Let the pointer read what the line has no room for."""
        label = self.selection_label
        has_room = label.fontMetrics().horizontalAdvance(label.text()) <= label.width()
        set_safe_tooltip(label, "" if has_room else label.text())

    def _restyle(self) -> None:
        muted = QColor(self._look.theme.muted)
        for label in (self._counts_label, self._range_label, self.selection_label):
            label.setFont(self._look.small())
            label.set_colour(muted)
        self.setFixedHeight(self._look.px(HEIGHT_PX))
        self._fit()

    def _build(self) -> None:
        self.setObjectName("status_line")
        self.setAccessibleName("Status")
        self.problems_button.setAccessibleDescription("Lists the problems of the files")
        row = self._row
        row.setContentsMargins(SIDE_PX, 0, SIDE_PX - 4, 0)
        row.setSpacing(GAP_PX)
        row.addWidget(self._counts_label)
        row.addWidget(self.selection_label, 1)
        row.addWidget(self._range_label)
        row.addWidget(self.problems_button)
        self.selection_label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        # As tall as the labels, so that its words stand on their line.
        self.problems_button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)


def announce(widget: QWidget, words: str) -> None:
    """Let a screen reader say something, where one listens."""
    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, words))


def counts_in_words(counts: Counts, possible: int) -> str:
    """Say where the events are, as a sum that anyone can check; `possible` of those that pass do so only possibly."""
    outside = f" + {counts.outside:,} outside the view" if counts.outside else ""
    events = "event" if counts.loaded == 1 else "events"
    words = f"{counts.loaded:,} {events} = {counts.shown:,} shown + {counts.merged:,} merged{outside}"
    words += f" + {counts.filtered_out:,} filtered out"
    if possible:
        certain = counts.loaded - counts.filtered_out - possible
        words += f" · match: {certain:,} certain + {possible:,} possible"
    return words


def counts_in_short(counts: Counts, possible: int) -> str:
    """Say the same sum in as few words as can be understood."""
    outside = f" + {counts.outside:,} outside" if counts.outside else ""
    words = f"{counts.loaded:,} = {counts.shown:,} shown + {counts.merged:,} merged{outside}"
    words += f" + {counts.filtered_out:,} filtered"
    return f"{words} · {possible:,} possible" if possible else words


def problems_in_words(count: int, notes: int) -> str:
    """Say how many problems there are, and how many notes beside them, which are none."""
    problems = {0: "" if notes else "no problems", 1: "1 problem"}.get(count, f"{count:,} problems")
    told = {0: "", 1: "1 note"}.get(notes, f"{notes:,} notes")
    return ", ".join(filter(None, (problems, told)))
