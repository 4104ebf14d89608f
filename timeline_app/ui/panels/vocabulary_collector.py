"""Collects what can be completed while a search is typed."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from timeline_app.core.errors import ReadError
from timeline_app.core.table import LARGE
from timeline_app.query import Vocabulary, Word, has_late_roles, roles_of, vocabulary_of
from timeline_app.ui.jobs import NewestJob
from timeline_app.ui.session import Session

PAUSE_MS = 400


class VocabularyCollector(QObject):
    """Holds the vocabulary of a session's table; `grown` says that there is more of it than before.

    Roles that have to be read from a file are collected while nobody types, since to understand records holds the
    interpreter's lock, for which every key stroke would wait; the next one gives up what is not finished.
    """

    grown = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._words: Vocabulary | None = None
        self._lacks_roles = False
        self._typed = 0
        self._job = NewestJob(self)
        self._roles_job = NewestJob(self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._collect_roles)
        self._job.finished.connect(self._take)
        self._roles_job.finished.connect(self._take_roles)
        self._roles_job.failed.connect(self._go_without_roles)
        session.table_changed.connect(self._begin_anew)

    @property
    def words(self) -> Vocabulary:
        """What is known so far."""
        return self._words or Vocabulary()

    def follow_typing(self, *, is_empty: bool = False) -> None:
        """Take notice that something was typed, or taken away so that nothing is left."""
        self._typed += 1
        table = self._session.table
        if self._words is None and not self._job.is_busy:
            self._job.start(partial(vocabulary_of, table), in_background=len(table) > LARGE)
        if is_empty:
            self._pause.stop()
        elif self._lacks_roles or self._words is None:
            self._pause.start()

    def _collect_roles(self) -> None:
        if self._words is None:
            self._pause.start()
        elif self._lacks_roles:
            table, typed = self._session.table, self._typed
            self._roles_job.start(partial(roles_of, table, lambda: typed == self._typed))

    def _take(self, words: Vocabulary) -> None:
        self._words = words
        self._lacks_roles = has_late_roles(self._session.table)
        self.grown.emit()

    def _take_roles(self, roles: tuple[Word, ...] | None) -> None:
        if roles is None or self._words is None:
            return
        self._lacks_roles = False
        if roles:
            self._words = replace(self._words, roles=roles)
            self.grown.emit()

    def _go_without_roles(self, error: Exception) -> None:
        # That the file is gone is told by whatever the user asks of it.
        if not isinstance(error, ReadError):
            raise error
        self._lacks_roles = False

    def _begin_anew(self) -> None:
        self._typed += 1
        self._words = None
        self._lacks_roles = False
        self._pause.stop()
        self._job.cancel()
        self._roles_job.cancel()
