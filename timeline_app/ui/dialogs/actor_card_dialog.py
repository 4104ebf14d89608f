"""The card of an actor: its names and groups, when it acts, whom it meets, and where that is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from timeline_app.core.actor_card import ActorCard, actor_card, filter_of_actor
from timeline_app.core.actor_card_words import counted_words, events_words, groups_words, kind_words
from timeline_app.core.errors import TimelineError
from timeline_app.core.filter_parts import source_title
from timeline_app.core.meeting_matrix import filter_of_meeting
from timeline_app.core.short_dates import short_words
from timeline_app.core.table import LARGE, EventTable
from timeline_app.ui.dialogs.button_box import ButtonBox
from timeline_app.ui.dialogs.dressing import (
    SIDE_PX,
    DialogLabel,
    Voice,
    add_button,
    add_close_button,
    dialog_column,
    open_at,
)
from timeline_app.ui.jobs import NewestJob
from timeline_app.ui.look import Look
from timeline_app.ui.panels.link_button import LinkButton
from timeline_app.ui.panels.text_parts import INSET_PX
from timeline_app.ui.safe_widgets import shown_line
from timeline_app.ui.session import Session
from timeline_app.ui.year_bars import YearBars

SIZE_PX = (480, 620)
DOT_PX = 14
SECTION_GAP_PX = 12
LONGEST_LIST = 10_000  # characters: the members of the largest organisation, with their periods
LOOKING = "Looking through the events…"


@dataclass(frozen=True, slots=True)
class ToldCard:
    """A card, and its first and last event in words, "" where there is none."""

    card: ActorCard
    first: str
    last: str


def told_card(table: EventTable, name: str) -> ToldCard:
    """Make the card of an actor; raises ReadError where the file of its events is gone."""
    card = actor_card(table, name)
    first, last = (_event_words(table, row) for row in (card.first, card.last))
    return ToldCard(card, first, last)


class ActorCardDialog(QDialog):
    """Stands beside the window; what is clicked in it is shown in the timeline."""

    def __init__(self, name: str, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._session = session
        self._look = look
        self.card: ActorCard | None = None
        self.setObjectName("actor_card")
        self.setModal(False)
        column = dialog_column(self, shown_line(name), look, SIZE_PX[0])
        column.setContentsMargins(0, 20, 0, column.contentsMargins().bottom())
        column.addLayout(self._head())
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setAccessibleName(f"Card of {shown_line(name)}")
        column.addWidget(self.area, 1)
        buttons = ButtonBox()
        buttons.setContentsMargins(SIDE_PX, 0, SIDE_PX, 0)
        add_button(buttons, "Show its events", self.show_events, name="show_events")
        add_close_button(buttons, self)
        column.addWidget(buttons)
        open_at(self, look, SIZE_PX)
        self._show([DialogLabel(LOOKING, look, Voice.NOTE)])
        self._job = NewestJob(self)
        self._job.finished.connect(self._take)
        self._job.failed.connect(self._tell_failure)
        # The rows are numbers of this table and of no other.
        session.table_changed.connect(self.reject)
        table = session.table
        self._job.start(partial(told_card, table, name), in_background=len(table) > LARGE)

    def show_events(self) -> None:
        """Show the events of the actor alone."""
        self._session.set_filter(filter_of_actor(self._session.wanted, self._name))

    def show_meetings(self, other: str) -> None:
        """Show the events in which the actor and another one take part."""
        self._session.set_filter(filter_of_meeting(self._session.wanted, self._name, other))

    def _take(self, told: ToldCard) -> None:
        self.card = told.card
        self._show(self._content(told))

    def _tell_failure(self, error: Exception) -> None:
        if not isinstance(error, TimelineError):
            raise error
        self._show([DialogLabel(str(error), self._look, Voice.WARNING)])

    def _content(self, told: ToldCard) -> Iterable[QWidget]:
        card, table = told.card, self._session.table
        yield DialogLabel(kind_words(card), self._look, Voice.NOTE)
        if card.entry:
            yield from self._told("Also called", ", ".join(card.entry.other_names))
        yield from self._told("Events", events_words(card.count) + ", with those of its parts" * bool(card.parts))
        ends = (("First: ", told.first, card.first), ("Last: ", told.last, card.last))
        for heading, words, row in ends if card.first != card.last else (("", told.first, card.first),):
            if row is not None and words:
                yield self._link(f"{heading}{words}", partial(self._session.show_event, row))
        if card.years is not None and card.years.first != card.years.last:
            yield YearBars(card.years, self._look)
        if card.counterparts:
            yield self._heading("Meets most")
        for name, count in card.counterparts:
            yield self._counted_link(name, events_words(count), partial(self.show_meetings, name))
        yield from self._told("Roles", counted_words(card.roles))
        for heading, groups in (
            ("Part of", card.wholes),
            ("Member of", card.memberships),
            ("Parts", card.parts),
            ("Members", card.members),
        ):
            yield from self._told(heading, groups_words(groups))
        if card.impossible:
            yield self._heading("What cannot be")
        for words in card.impossible:
            yield DialogLabel(words, self._look, Voice.WARNING)
        sources = [(source_title(key, table), count) for key, count in card.sources]
        yield from self._told("Sources", counted_words(sources))
        yield from self._told("Note", card.entry.note if card.entry else "")

    def _told(self, heading: str, words: str) -> Iterable[QWidget]:
        """Yield a heading with its words, nothing where there are none."""
        if words:
            yield self._heading(heading)
            yield DialogLabel(words, self._look, longest=LONGEST_LIST)

    def _heading(self, words: str) -> DialogLabel:
        label = DialogLabel(words, self._look, Voice.HEADING)
        label.setContentsMargins(0, SECTION_GAP_PX, 0, 0)
        return label

    def _link(self, words: str, clicked: Callable[[], None]) -> LinkButton:
        button = LinkButton(words, self._look, one_line=True)
        button.clicked.connect(lambda _checked: clicked())
        return button

    def _counted_link(self, name: str, count: str, clicked: Callable[[], None]) -> QWidget:
        """Return a name with its count at the end of the line, where no direction of writing takes it elsewhere."""
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, INSET_PX, 0)
        row.setSpacing(8)
        link = self._link(name, clicked)
        link.setAccessibleName(f"{shown_line(name)}: {count}")
        row.addWidget(link)
        row.addStretch(1)
        told = DialogLabel(count, self._look, Voice.NOTE)
        told.set_wraps(wraps=False)
        told.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        row.addWidget(told)
        return line

    def _show(self, widgets: Iterable[QWidget]) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(SIDE_PX - INSET_PX, 0, SIDE_PX - INSET_PX, 8)
        column.setSpacing(2)
        for widget in widgets:
            # The words of a link are set in by themselves, for its focus ring.
            inset_px = 0 if widget.findChild(LinkButton) or isinstance(widget, LinkButton) else INSET_PX
            row = QHBoxLayout()
            row.setContentsMargins(inset_px, 0, inset_px, 0)
            row.addWidget(widget)
            column.addLayout(row)
        column.addStretch()
        self.area.setWidget(content)

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setContentsMargins(SIDE_PX, 0, SIDE_PX, 0)
        head.setSpacing(10)
        head.addWidget(_ActorDot(self._name, self._look))
        head.addWidget(DialogLabel(self._name, self._look, Voice.TITLE), 1)
        return head


class _ActorDot(QWidget):
    """A dot in the colour that an actor has in the timeline."""

    def __init__(self, name: str, look: Look) -> None:
        super().__init__()
        self._name = name
        self._look = look
        self.setFixedSize(DOT_PX, DOT_PX)
        look.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 — it is one dot
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self._look.actor_colour(self._name)))
            painter.drawEllipse(self.rect())


def _event_words(table: EventTable, row: int | None) -> str:
    if row is None:
        return ""
    event = table.event(row)
    return f"{short_words(event.when)}, {event.title}"
