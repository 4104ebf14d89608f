"""A quiet line above the timeline that says how many problems the files have."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from timeline_app.core.dataset import Level, left_out_words
from timeline_app.ui.look import Look
from timeline_app.ui.panels.notice_bar import NoticeBar
from timeline_app.ui.session import Session


class ProblemsBar(NoticeBar):
    """Hidden while there is no error and no warning, and after it was closed, until other files are opened."""

    def __init__(self, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__("Show", look, parent, is_warning=True)
        self._session = session
        self.setObjectName("problems_bar")
        self.label.setObjectName("problems_words")
        self.link_button.setAccessibleName("Show the problems")
        session.table_changed.connect(self._follow_table)
        self._follow_table()

    def _follow_table(self) -> None:
        self.say(problems_words(self._session))


def problems_words(session: Session) -> str:
    """Say how many problems the open files have, and how many records are left out; "" for no problem but notes."""
    table = session.table
    count = sum(problem.level is not Level.NOTE for problem in table.problems)
    if not count:
        return ""
    where = "this file" if len(table.files) <= 1 else f"{len(table.files):,} files"
    counted = f"{count:,} {'problem' if count == 1 else 'problems'} in {where}"
    return "; ".join(filter(None, (counted, left_out_words(table.files))))
