"""Competing claims about one event, side by side: who says what, each figure as it is written."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from timeline_app.core.claim_figures import ClaimGroup, ClaimRow, claim_groups
from timeline_app.core.claim_notes import NOBODY, claim_notes
from timeline_app.core.event import Event
from timeline_app.core.table import EventTable
from timeline_app.ui.look import Look
from timeline_app.ui.panels.claim_track import ClaimAxis, ClaimTrack
from timeline_app.ui.panels.text_parts import heading_label, muted_label, wrapped_label

SPEAKER_PX = 116
COLUMN_GAP_PX = 4
FIRST_ROW = 2
SHOWN_CLAIMS = 60


class ClaimsView(QWidget):
    """The claims of an event by what they are about; figures that compete stand on one scale.

    Of many claims only the first are listed; what is said of all about one thing, and the scale, are those of all.
    """

    def __init__(self, event: Event, table: EventTable, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._event = event
        self._table = table
        groups = claim_groups(event.claims)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        competing = any(len(group.rows) > 1 for group in groups)
        layout.addWidget(heading_label("Competing claims" if competing else "Claims", look))
        left, hidden = SHOWN_CLAIMS, 0
        for group in groups:
            shown = group.rows[:left]
            left -= len(shown)
            if shown:
                layout.addWidget(self._group(group, shown))
            else:
                hidden += len(group.rows)
        if hidden:
            layout.addWidget(muted_label(f"and {hidden:,} more about other things", look))

    def _group(self, group: ClaimGroup, shown: Sequence[ClaimRow]) -> QWidget:
        block = QWidget()
        grid = QGridLayout(block)
        grid.setContentsMargins(0, 0, 0, 4)
        grid.setHorizontalSpacing(COLUMN_GAP_PX)
        grid.setVerticalSpacing(6)
        grid.setColumnMinimumWidth(0, self._look.px(SPEAKER_PX))
        grid.setColumnStretch(1, 1)
        look = self._look
        about = group.about[:1].upper() + group.about[1:] or "Claim"
        grid.addWidget(wrapped_label(about, look.body(), look.theme.ink), 0, 0, 1, 2)
        if group.summary:
            summary = muted_label(group.summary, look)
            summary.setObjectName("claims_summary")
            grid.addWidget(summary, 1, 0, 1, 2)
        for number, row in enumerate(shown, start=FIRST_ROW):
            self._add_row(grid, number, row, group)
        below = FIRST_ROW + len(shown)
        if group.axis is not None:
            grid.addWidget(ClaimAxis(group.axis, look), below, 1)
        hidden = len(group.rows) - len(shown)
        if hidden:
            grid.addWidget(muted_label(f"and {hidden:,} more", look), below + 1, 0, 1, 2)
        return block

    def _add_row(self, grid: QGridLayout, number: int, row: ClaimRow, group: ClaimGroup) -> None:
        look = self._look
        claim = row.claim
        speakers = ", ".join(claim.by)
        colour = look.theme.ink if speakers else look.theme.muted
        name = wrapped_label(speakers or NOBODY, look.body(), colour)
        # A long name would leave what is said no room.
        name.setFixedWidth(look.px(SPEAKER_PX))
        grid.addWidget(name, number, 0, Qt.AlignmentFlag.AlignTop)
        cell = QWidget()
        cell.setAccessibleName(f"{name.text()}: {row.words}")
        layout = QVBoxLayout(cell)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        if group.axis is not None and row.has_figures:
            layout.addWidget(ClaimTrack(row, group.axis, self._coloured_speaker(claim.by), look))
            layout.addWidget(muted_label(row.words, look))
        elif row.words:
            layout.addWidget(wrapped_label(row.words, look.body(), look.theme.ink))
        for note in claim_notes(row.claim, self._event, self._table):
            layout.addWidget(muted_label(note, look))
        layout.addStretch(1)
        grid.addWidget(cell, number, 1)

    def _coloured_speaker(self, speakers: tuple[str, ...]) -> str:
        """Return the first of the speakers that has a colour, "" where none has."""
        return next((name for name in speakers if name in self._table.actors.codes), "")
