"""A quiet line above the timeline that says how many problems the files have."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHBoxLayout, QWidget

from timeline_app.core.dataset import Level
from timeline_app.ui.look import Look
from timeline_app.ui.panels.text_button import TextButton, Tone
from timeline_app.ui.safe_widgets import PlainLabel
from timeline_app.ui.session import Session

SIDE_PX = 16


class ProblemsBar(QWidget):
    """Hidden while there is no error and no warning, and after it was closed, until other files are opened."""

    show_clicked = Signal()

    def __init__(self, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._look = look
        self.setObjectName("problems_bar")
        self._label = PlainLabel()
        self._label.setObjectName("problems_words")
        self._show_button = TextButton("Show", look, tone=Tone.LINK)
        self._close_button = TextButton("×", look)
        self._show_button.setAccessibleName("Show the problems")
        self._close_button.setAccessibleName("Close this notice")
        row = QHBoxLayout(self)
        row.setContentsMargins(SIDE_PX, 4, SIDE_PX - 4, 4)
        row.setSpacing(8)
        row.addWidget(self._label)
        row.addWidget(self._show_button)
        row.addStretch(1)
        row.addWidget(self._close_button)
        self._show_button.clicked.connect(self.show_clicked)
        self._close_button.clicked.connect(self.hide)
        session.table_changed.connect(self._follow_table)
        look.changed.connect(self._restyle)
        self._restyle()
        self._follow_table()

    def _follow_table(self) -> None:
        words = problems_words(self._session)
        self._label.setText(words)
        self.setHidden(not words)

    def _restyle(self) -> None:
        self._label.setFont(self._look.small())
        self._label.set_colour(QColor(self._look.theme.warning))


def problems_words(session: Session) -> str:
    """Say how many problems the open files have, "" for none; notes are not counted."""
    table = session.table
    count = sum(problem.level is not Level.NOTE for problem in table.problems)
    if not count:
        return ""
    where = "this file" if len(table.files) <= 1 else f"{len(table.files):,} files"
    return f"{count:,} {'problem' if count == 1 else 'problems'} in {where}"
