"""A short list of events as date and title; a click shows the event."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from timeline_app.core.short_dates import short_words
from timeline_app.ui.look import Look
from timeline_app.ui.panels.link_button import LinkButton
from timeline_app.ui.panels.text_parts import INSET_PX, muted_label
from timeline_app.ui.session import Session

NOTE_PX = 104
COLUMN_GAP_PX = 4


class EventRows(QWidget):
    """Rows of an event's short date, or a note in its place, and its title as a link."""

    def __init__(
        self,
        rows: Sequence[int],
        session: Session,
        look: Look,
        zone: tzinfo | None = None,
        parent: QWidget | None = None,
        *,
        notes: Sequence[str] = (),
    ) -> None:
        super().__init__(parent)
        self._session = session
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(COLUMN_GAP_PX)
        grid.setVerticalSpacing(0)
        grid.setColumnMinimumWidth(0, look.px(NOTE_PX))
        grid.setColumnStretch(1, 1)
        self.links: list[LinkButton] = []
        for number, row in enumerate(rows):
            event = session.table.brief(row)
            note = muted_label(notes[number] if notes else short_words(event.when, zone), look)
            note.setContentsMargins(INSET_PX, INSET_PX, 0, INSET_PX)
            note.setFixedWidth(look.px(NOTE_PX))
            link = LinkButton(event.title, look)
            link.setAccessibleDescription(note.text())
            link.clicked.connect(lambda _checked=False, shown=row: session.show_event(shown))
            grid.addWidget(note, number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(link, number, 1, Qt.AlignmentFlag.AlignTop)
            self.links.append(link)
