"""Collects what can be completed while a search is typed."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal

from timeline_app.core.table import LARGE
from timeline_app.query.completion import Vocabulary, own_tag_words, vocabulary_of
from timeline_app.ui.jobs import NewestJob
from timeline_app.ui.session import Session


class VocabularyCollector(QObject):
    """Holds the vocabulary of a session's table once somebody types; `grown` says that it is there."""

    grown = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._words: Vocabulary | None = None
        self._job = NewestJob(self)
        self._job.finished.connect(self._take)
        session.table_changed.connect(self._begin_anew)

    @property
    def words(self) -> Vocabulary:
        """What is known so far."""
        return replace(self._words or Vocabulary(), own_tags=own_tag_words(self._session.notes))

    def follow_typing(self) -> None:
        """Take notice that something was typed."""
        table = self._session.table
        if self._words is None and not self._job.is_busy:
            self._job.start(partial(vocabulary_of, table), in_background=len(table) > LARGE)

    def _take(self, words: Vocabulary) -> None:
        self._words = words
        self.grown.emit()

    def _begin_anew(self) -> None:
        self._words = None
        self._job.cancel()
