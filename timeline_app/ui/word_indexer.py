"""Has the words of each table that is opened indexed in the background."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from timeline_app.core.errors import Cancelled, TimelineError
from timeline_app.core.search import is_indexed
from timeline_app.core.table import EventTable
from timeline_app.ui.jobs import NewestJob
from timeline_app.ui.session import Session

# Makes the index of a table; asks whether it is no longer wanted.
IndexWords = Callable[[EventTable, Callable[[], bool]], None]


class WordIndexer(QObject):
    """Follows a session; an index that is no longer wanted is given up."""

    def __init__(self, session: Session, index_words: IndexWords, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._index_words = index_words
        self._dropped = threading.Event()
        self._job = NewestJob(self)
        self._job.failed.connect(self._fail)
        session.table_changed.connect(self._begin)
        self._begin()

    @property
    def is_busy(self) -> bool:
        """Whether an index is being made."""
        return self._job.is_busy

    def stop(self) -> None:
        """Give up what is being made."""
        self._dropped.set()
        self._job.cancel()

    def _begin(self) -> None:
        self.stop()
        if not is_indexed(self._session.table):
            self._dropped = threading.Event()
            self._job.start_later(partial(self._index_words, self._session.table, self._dropped.is_set))

    def _fail(self, error: Exception) -> None:
        # Without an index texts are read through: slower, and nothing that the user could do anything about.
        if not isinstance(error, (Cancelled, TimelineError)):
            raise error
