"""Everything that is known of one event, from its title to the other events of its source, in one column."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo
from functools import partial
from itertools import chain, repeat

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from timeline_app.core.basis_words import dating_words
from timeline_app.core.citation import event_citation
from timeline_app.core.event import Excerpt, Link, origins, source_names
from timeline_app.core.field_words import field_words
from timeline_app.core.known_events import may_be_known
from timeline_app.core.nearest import nearest_of_source
from timeline_app.core.origin_words import origin_words
from timeline_app.core.place_words import place_words
from timeline_app.core.source_origins import independence_words
from timeline_app.core.when import in_words
from timeline_app.ui.flow_layout import FlowLayout
from timeline_app.ui.look import Look
from timeline_app.ui.panels.actor_chips import SHOWN_ACTORS, ActorChips
from timeline_app.ui.panels.claims_view import ClaimsView
from timeline_app.ui.panels.event_rows import COLUMN_GAP_PX, NOTE_PX, EventRows
from timeline_app.ui.panels.excerpt_view import ExcerptView
from timeline_app.ui.panels.note_block import NoteBlock
from timeline_app.ui.panels.source_block import SourceBlock
from timeline_app.ui.panels.text_button import TextButton, Tone
from timeline_app.ui.panels.text_parts import INSET_PX, Rule, heading_label, muted_label, wrapped_label
from timeline_app.ui.session import Session

FIRST_EXCERPTS = 3
MORE_EXCERPTS = 20
SHOWN_LINKS = 20
SHOWN_SOURCES = 20
SHOWN_FIELDS = 40
NEIGHBOURS = 8
HIDDEN = "The filter hides this event in the timeline."
NOT_KNOWN = "This was not known by then; what stands here became known later."
SECTION_GAP_PX = 16
EXCERPT_GAP_PX = 20
NOTE_GAP_PX = 12


class EventStory(QWidget):
    """The column of the excerpt pane for one event; many excerpts are made only as they are asked for."""

    link_activated = Signal(str)
    citation_copied = Signal(str)
    document_wanted = Signal(object)
    dateline_wanted = Signal(str)
    card_wanted = Signal(str)

    def __init__(
        self, row: int, session: Session, look: Look, zone: tzinfo | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._row = row
        self._session = session
        self._look = look
        self._zone = zone
        self._event = session.known_table.event(row)
        self.excerpts: list[ExcerptView] = []
        self.note_block = NoteBlock(row, session, look)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._add_head()
        self._add_excerpts()
        self._column.addSpacing(NOTE_GAP_PX)
        self._column.addWidget(self.note_block)
        if self._event.claims:
            self._add_section(ClaimsView(self._event, session.known_table, look))
        self._add_facts()
        self._add_links()
        self._add_fields()
        self._add_neighbours()
        self.follow_filter()

    @property
    def type(self) -> str:
        """The type of the event, "" for none."""
        return self._event.type

    @property
    def citation_text(self) -> str:
        """What "copy citation" copies: the first excerpt with its source, or the event that quotes none."""
        return self.excerpts[0].citation_text if self.excerpts else event_citation(self._event)

    def follow_filter(self) -> None:
        """Say whether the filter hides the event that is told of here."""
        self._hidden_note.setHidden(self._session.result.has(self._row))
        self._hidden_note.setText(NOT_KNOWN if self._is_unknown() else HIDDEN)

    def _is_unknown(self) -> bool:
        """Tell whether nothing was known of the event on the day that the filter asks for."""
        day = self._session.wanted.known_day()
        return day is not None and not may_be_known(self._session.table, day, np.array([self._row])).any()

    def _show_more_excerpts(self) -> None:
        """Make the next excerpts, in the place of the button that asks for them."""
        begin = len(self.excerpts)
        for excerpt in self._event.excerpts[begin : begin + MORE_EXCERPTS]:
            self._add_excerpt(excerpt)
        left = len(self._event.excerpts) - len(self.excerpts)
        self._more.setText(_more_words(left))
        self._more.setVisible(left > 0)
        self._more.updateGeometry()

    def _add_head(self) -> None:
        event, look = self._event, self._look
        self._column.addWidget(wrapped_label(event.title, look.title(), look.theme.ink))
        self._column.addSpacing(8)
        dating = QWidget()
        flow = FlowLayout(dating, gap_px=4, row_gap_px=2)
        flow.addWidget(wrapped_label(in_words(event.when, self._zone), look.body(), look.theme.ink))
        self._column.addWidget(dating)
        known, note = dating_words(event, partial(self._session.table.source_of, event))
        if known:
            flow.addWidget(muted_label(known, look))
        if note:
            self._column.addSpacing(4)
            self._column.addWidget(muted_label(note, look))
        if event.actors:
            self._column.addSpacing(12)
            chips = ActorChips(event.actors, self._session, look)
            chips.card_wanted.connect(self.card_wanted)
            self._column.addWidget(chips)
            hidden = len(event.actors) - SHOWN_ACTORS
            if hidden > 0:
                self._column.addWidget(muted_label(f"and {hidden:,} more", look))
        self._hidden_note = muted_label(HIDDEN, look)
        self._hidden_note.setContentsMargins(INSET_PX, 8, INSET_PX, 0)
        self._column.addWidget(self._hidden_note)
        if event.summary:
            self._column.addSpacing(SECTION_GAP_PX)
            self._column.addWidget(wrapped_label(event.summary, look.body(), look.theme.ink))

    def _add_excerpts(self) -> None:
        self._excerpt_column = QVBoxLayout()
        self._excerpt_column.setSpacing(0)
        self._column.addLayout(self._excerpt_column)
        for excerpt in self._event.excerpts[:FIRST_EXCERPTS]:
            self._add_excerpt(excerpt)
        left = len(self._event.excerpts) - FIRST_EXCERPTS
        if left > 0:
            self._more = TextButton(_more_words(left), self._look, tone=Tone.LINK)
            self._more.clicked.connect(self._show_more_excerpts)
            self._column.addSpacing(12)
            self._column.addWidget(self._more)
        elif not self._event.excerpts:
            self._column.addSpacing(SECTION_GAP_PX)
            self._column.addWidget(muted_label("No source is quoted for this event.", self._look))
        self._add_independence()
        self._add_sources()

    def _add_excerpt(self, excerpt: Excerpt) -> None:
        table = self._session.table
        same_source = bool(self.excerpts) and self.excerpts[-1].source_key == excerpt.source
        source = table.source_of(self._event, excerpt.source)
        has_dateline = source is not None and bool(source.published) and source is table.source_by_key.get(source.key)
        view = ExcerptView(
            excerpt,
            self._event,
            source,
            table.gazetteer,
            self._look,
            same_source=same_source,
            has_dateline=has_dateline,
        )
        view.link_activated.connect(self.link_activated)
        view.citation_copied.connect(self.citation_copied)
        view.document_wanted.connect(self.document_wanted)
        view.dateline_wanted.connect(self.dateline_wanted)
        self._excerpt_column.addSpacing(EXCERPT_GAP_PX)
        self._excerpt_column.addWidget(view)
        self.excerpts.append(view)

    def _add_independence(self) -> None:
        """Say to how many origins the sources go back, where some share one."""
        table = self._session.table
        words = independence_words(self._event, partial(table.source_of, self._event))
        if words:
            self._column.addSpacing(EXCERPT_GAP_PX)
            self._column.addWidget(muted_label(words, self._look))

    def _add_sources(self) -> None:
        """List the sources that the event as a whole is taken from and no excerpt stands for."""
        event, table = self._event, self._session.table
        quoted = {excerpt.source for excerpt in event.excerpts}
        unquoted = [source for source in event.own_sources if source.key not in quoted]
        if not unquoted:
            return
        block = QWidget()
        column = QVBoxLayout(block)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for source in unquoted[:SHOWN_SOURCES]:
            told = SourceBlock(source.key, table.source_of(event, source.key), self._look)
            told.link_activated.connect(self.link_activated)
            column.addWidget(told)
        hidden = len(unquoted) - SHOWN_SOURCES
        if hidden > 0:
            column.addWidget(muted_label(f"and {hidden:,} more", self._look))
        self._add_section(block, "Sources")

    def _add_section(self, content: QWidget, heading: str = "") -> None:
        self._column.addSpacing(SECTION_GAP_PX)
        self._column.addWidget(Rule(self._look))
        self._column.addSpacing(SECTION_GAP_PX)
        if heading:
            self._column.addWidget(heading_label(heading, self._look))
            self._column.addSpacing(4)
        self._column.addWidget(content)

    def _add_facts(self) -> None:
        event = self._event
        facts = [("Place", place_words(event)), ("Tags", ", ".join(event.tags))]
        told = [(name, words) for name, words in facts if words]
        if event.other_origins:
            names = chain(["Told in"], repeat(""))
            told += zip(names, map(origin_words, origins(event)), strict=False)
        if told:
            self._add_section(self._pairs(told))

    def _add_fields(self) -> None:
        """Tell what the file says of the event beyond what has a place of its own here."""
        told = field_words(self._event.extra)
        if not told:
            return
        shown = told[:SHOWN_FIELDS]
        if len(told) > SHOWN_FIELDS:
            shown.append(("", f"and {len(told) - SHOWN_FIELDS:,} more"))
        self._add_section(self._pairs(shown), "Also in the file")

    def _pairs(self, told: Sequence[tuple[str, str]]) -> QWidget:
        """Return names with their words beside them."""
        look = self._look
        block = QWidget()
        grid = QGridLayout(block)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(COLUMN_GAP_PX)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for number, (name, words) in enumerate(told):
            heading = heading_label(name, look)
            heading.setFixedWidth(look.px(NOTE_PX))
            grid.addWidget(heading, number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(wrapped_label(words, look.body(), look.theme.ink), number, 1)
        return block

    def _add_links(self) -> None:
        """List the events that this one is dated by and links to, then those that link to it, each with how."""
        table, between = self._session.known_table, self._event.between
        sides = [Link(between.after, "after"), Link(between.before, "before")] if between else []
        by = [(row, side) for side in sides if side.to and (row := table.row_of(side.to)) is not None]
        to = [(row, link) for link in self._event.links if (row := table.row_of(link.to)) is not None]
        linking = (row for row in table.linking_rows(self._event.id) if row != self._row)
        back = [(row, link) for row in linking for link in table.event(row).links if link.to == self._event.id]
        for heading, links in (("Dated by", by), ("Linked events", to), ("Linked from", back)):
            shown = links[:SHOWN_LINKS]
            if shown:
                notes = [link.kind.replace("-", " ") for _, link in shown]
                rows = [row for row, _ in shown]
                listed = EventRows(rows, self._session, self._look, self._zone, notes=notes)
                self._add_section(listed, heading)

    def _add_neighbours(self) -> None:
        names = source_names(self._event)
        if not names:
            return
        near = nearest_of_source(self._session.table, self._row, names[0], NEIGHBOURS)
        if near:
            self._add_section(EventRows(near, self._session, self._look, self._zone), "Also in this source")


def _more_words(left: int) -> str:
    return "Show 1 more excerpt" if left == 1 else f"Show {left:,} more excerpts"
