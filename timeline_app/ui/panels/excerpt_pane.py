"""The right pane: the selected event with the exact words of its source, and who says what about it."""

from __future__ import annotations

from dataclasses import replace
from datetime import tzinfo

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from timeline_app.core.errors import ReadError
from timeline_app.core.safe_text import safe_text
from timeline_app.core.table import EventTable
from timeline_app.ui.look import Look
from timeline_app.ui.panels.event_rows import EventRows
from timeline_app.ui.panels.event_story import EventStory
from timeline_app.ui.panels.link_button import LinkButton
from timeline_app.ui.panels.star_button import StarButton
from timeline_app.ui.panels.step_button import StepButton
from timeline_app.ui.panels.text_parts import INSET_PX, Rule, heading_label, muted_label, wrapped_label
from timeline_app.ui.session import Session

WIDTH_PX = 350
NARROWEST_PX = 260
HEADER_PX = 44
SIDE_PX = 24
LISTED_SELECTION = 20
LISTED_STORIES = 3
UNREADABLE = "This event cannot be read any more."
HELP_KEYS = (
    ("← →", "previous and next event"),
    ("W S", "zoom in and out"),
    ("A D", "earlier and later"),
    ("Ctrl F", "search events, actors, words"),
    ("Ctrl O", "open a file, or drop it here"),
    ("?", "all keys"),
)
EMPTY_KEYS = (
    ("Ctrl O", "open a file, or drop it here"),
    ("?", "all keys"),
)


class ExcerptPane(QWidget):
    """Follows the selection of the session; its content is made anew for each event, within some 20 ms."""

    previous_clicked = Signal()
    next_clicked = Signal()
    link_activated = Signal(str)
    citation_copied = Signal(str)
    document_wanted = Signal(object)
    dateline_wanted = Signal(str)
    card_wanted = Signal(str)
    note_left = Signal()
    story_wanted = Signal(object)

    def __init__(self, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._look = look
        self._zone: tzinfo | None = None
        self._story: EventStory | None = None
        self.setObjectName("excerpt_pane")
        self.setAccessibleName("Excerpt")
        self.setMinimumWidth(NARROWEST_PX)
        self._type_label = heading_label("", look)
        self._type_label.set_wraps(wraps=False)
        self._star = StarButton(look)
        self._previous = StepButton(look, forward=False)
        self._next = StepButton(look, forward=True)
        self._scroll = QScrollArea()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self._header = self._make_header()
        layout.addWidget(self._header)
        layout.addWidget(Rule(look, inset_px=0))
        layout.addWidget(self._scroll, 1)
        self._scroll.setObjectName("excerpt_scroll")
        self._scroll.setAccessibleName("Excerpt")
        self.setFocusProxy(self._scroll)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.viewport().setAutoFillBackground(False)
        self._previous.clicked.connect(self.previous_clicked)
        self._next.clicked.connect(self.next_clicked)
        self._star.clicked.connect(self._take_star)
        session.selection_changed.connect(self._follow_selection)
        session.notes_changed.connect(self._follow_notes)
        session.table_changed.connect(self._show_selection)
        session.filter_changed.connect(self._follow_filter)
        look.changed.connect(self._restyle)
        self._show_selection()

    @property
    def story(self) -> EventStory | None:
        """What is shown of the current event, None when none is selected."""
        return self._story

    @property
    def citation_text(self) -> str:
        """The citation of what is shown, "" when no event is selected."""
        return self._story.citation_text if self._story else ""

    def set_zone(self, zone: tzinfo | None) -> None:
        """Show instants that carry a zone in this one, or in their own for None."""
        if zone != self._zone:
            self._zone = zone
            self._show_selection()

    def copy_citation(self) -> None:
        """Put the citation of the current event on the clipboard."""
        words = self.citation_text
        if words:
            QGuiApplication.clipboard().setText(words)
            self.citation_copied.emit(words)

    def _restyle(self) -> None:
        self._header.setFixedHeight(self._look.px(HEADER_PX))
        self._type_label.setFont(self._look.small(bold=True))
        self._type_label.set_colour(QColor(self._look.theme.muted))
        place = self._scroll.verticalScrollBar().value()
        self._show_selection()
        self._scroll.verticalScrollBar().setValue(place)

    def _follow_selection(self) -> None:
        session = self._session
        if self._shown_table is not session.known_table or self._shown_rows != (session.current, session.selection):
            self._show_selection()

    def _show_selection(self) -> None:
        had_focus = self._scroll.isAncestorOf(self._focus_widget())
        row = self._session.current
        self._shown_table = self._session.known_table
        self._shown_rows = (row, self._session.selection)
        self._story, page = self._made_page(row)
        self._type_label.setText(self._story.type if self._story else "")
        self._previous.setEnabled(row is not None)
        self._next.setEnabled(row is not None)
        self._follow_notes()
        self._show(page)
        if had_focus:
            self._scroll.setFocus()

    def write_note(self, *, tags: bool = False) -> None:
        """Give the keyboard to the note on the current event, or to its tags."""
        if self._story is None:
            return
        block = self._story.note_block
        if tags:
            block.write_tags()
        else:
            block.write()
        self._scroll.ensureWidgetVisible(block)

    def _take_star(self) -> None:
        row = self._session.current
        if row is not None:
            note = self._session.notes.of(row)
            self._session.set_note(row, replace(note, starred=self._star.isChecked()))

    def _follow_notes(self) -> None:
        row = self._session.current
        self._star.setEnabled(row is not None and self._session.can_note)
        self._star.setChecked(row is not None and self._session.notes.of(row).starred)

    def _follow_filter(self) -> None:
        if self._story is None:
            return
        if self._shown_table is self._session.known_table:
            self._story.follow_filter()
        else:
            self._show_selection()

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(WIDTH_PX), 600)

    def _make_header(self) -> QWidget:
        header = QWidget()
        header.setFixedHeight(self._look.px(HEADER_PX))
        row = QHBoxLayout(header)
        row.setContentsMargins(SIDE_PX - INSET_PX, 0, SIDE_PX - 8, 0)
        row.setSpacing(0)
        row.addWidget(self._type_label, 1)
        row.addWidget(self._star)
        row.addWidget(self._previous)
        row.addWidget(self._next)
        return header

    def _made_page(self, row: int | None) -> tuple[EventStory | None, QWidget]:
        """Return what is told of an event, and the page that it stands on; of one that cannot be read, why."""
        try:
            story = None if row is None else self._make_story(row)
            return story, self._page(story)
        except ReadError as error:
            return None, self._page_on(error)

    def _page_on(self, error: ReadError) -> QWidget:
        """Return a page that says why an event cannot be read: never the words of another one."""
        page, column = _empty_page()
        column.addWidget(wrapped_label(UNREADABLE, self._look.body(), self._look.theme.warning))
        column.addSpacing(8)
        column.addWidget(muted_label(safe_text(str(error)), self._look))
        column.addStretch(1)
        return page

    def _make_story(self, row: int) -> EventStory:
        story = EventStory(row, self._session, self._look, self._zone)
        story.link_activated.connect(self.link_activated)
        story.citation_copied.connect(self.citation_copied)
        story.document_wanted.connect(self.document_wanted)
        story.dateline_wanted.connect(self.dateline_wanted)
        story.card_wanted.connect(self.card_wanted)
        story.note_block.escaped.connect(self.note_left)
        return story

    def _page(self, story: EventStory | None) -> QWidget:
        page, column = _empty_page()
        if story is None:
            self._add_help(column)
        else:
            if len(self._session.selection) > 1:
                self._add_selected_titles(column)
            column.addWidget(story)
        column.addStretch(1)
        return page

    def _show(self, page: QWidget) -> None:
        old = self._scroll.takeWidget()
        if old is not None:
            # What was clicked may be in there and still be at work.
            old.hide()
            old.deleteLater()
        self._scroll.setWidget(page)
        page.setAutoFillBackground(False)
        self._scroll.verticalScrollBar().setValue(0)

    def _add_help(self, column: QVBoxLayout) -> None:
        look = self._look
        table = self._session.table
        column.addWidget(wrapped_label(_invitation(table), look.body(), look.theme.ink))
        column.addSpacing(16)
        for story in table.stories[:LISTED_STORIES]:
            column.addWidget(muted_label("A story comes with this timeline:", look))
            link = LinkButton(story.title, look)
            link.clicked.connect(lambda _checked=False, told=story: self.story_wanted.emit(told))
            column.addWidget(link)
            column.addSpacing(12)
        for keys, does in HELP_KEYS if len(table) else EMPTY_KEYS:
            row = QHBoxLayout()
            row.setSpacing(12)
            key_label = wrapped_label(keys, look.small(bold=True), look.theme.muted)
            key_label.setFixedWidth(look.px(48))
            row.addWidget(key_label)
            row.addWidget(muted_label(does, look), 1)
            column.addLayout(row)
            column.addSpacing(6)

    def _add_selected_titles(self, column: QVBoxLayout) -> None:
        rows = self._session.selection
        column.addWidget(heading_label(f"{len(rows):,} events selected", self._look))
        column.addSpacing(4)
        column.addWidget(EventRows(sorted(rows)[:LISTED_SELECTION], self._session, self._look, self._zone))
        if len(rows) > LISTED_SELECTION:
            column.addWidget(muted_label(f"and {len(rows) - LISTED_SELECTION:,} more", self._look))
        column.addSpacing(16)
        column.addWidget(Rule(self._look))
        column.addSpacing(16)

    def _focus_widget(self) -> QWidget:
        focused = QGuiApplication.focusObject()
        return focused if isinstance(focused, QWidget) else self


def _empty_page() -> tuple[QWidget, QVBoxLayout]:
    page = QWidget()
    page.setAutoFillBackground(False)
    column = QVBoxLayout(page)
    column.setContentsMargins(SIDE_PX - INSET_PX, 16, SIDE_PX - INSET_PX, 24)
    column.setSpacing(0)
    return page, column


def _invitation(table: EventTable) -> str:
    """Say what may be done while no event is selected, or why there is none to be selected."""
    if len(table):
        return "Select an event in the timeline to read the words of its source."
    return "There are no events in what is open." if table.files else "No events are open."
