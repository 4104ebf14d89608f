"""Works out what passes a filter and its lanes, off the main thread where that takes time, and keeps the last few."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from timeline_app.core.errors import ReadError
from timeline_app.core.known_indexes import KnownIndexes
from timeline_app.core.lanes import Passing, Question, let_pass
from timeline_app.core.memory import give_back
from timeline_app.core.table import LARGE, EventTable
from timeline_app.ui.jobs import NewestJob

MOST_RECENT = 4
# What other scales and filters will need is made once the picture, with which it would compete, is painted.
WARMED_AFTER_MS = 150


class FilterRunner(QObject):
    """Answers questions about one table; the newest wins, and `found` gives what it is answered with.

    `failed` gives the ReadError of a question about events that cannot be read any more; `passing` stays.
    """

    found = Signal(object)
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._known = KnownIndexes()
        self._recent: dict[Question, Passing] = {}
        self._warmed = 0
        self._job = NewestJob(self)
        self._job.finished.connect(self._take)
        self._job.failed.connect(self._take_failure)
        self._warming = NewestJob(self)
        self._warm_later = QTimer(self)
        self._warm_later.setSingleShot(True)
        self._warm_later.setInterval(WARMED_AFTER_MS)
        self._warm_later.timeout.connect(self._warm)

    @property
    def passing(self) -> Passing:
        """The answer that was found last."""
        return self._passing

    @property
    def is_busy(self) -> bool:
        """Whether the answer to the newest question is still to come."""
        return self._job.is_busy

    def begin(self, table: EventTable, question: Question, passing: Passing | None = None) -> None:
        """Turn to a table, and answer a question about it at once.

        `passing` is taken for the answer where it is about the same lanes, be they of another number.
        """
        self._job.cancel()
        self._table = table
        self._recent = {}
        self._known = KnownIndexes() if passing is None else passing.known
        is_usable = passing is not None and passing.question.grouping is question.grouping
        self._passing = passing if passing is not None and is_usable else let_pass(table, question, self._known)
        self._recent[self._passing.question] = self._passing
        self._warm_soon()

    def take_notes(self, table: EventTable) -> None:
        """Turn to the same table with other notes; what was found by notes is not known any more."""
        self._table = table
        self._recent = {one: passing for one, passing in self._recent.items() if not one.wanted.asks_for_notes}

    def ask(self, question: Question) -> None:
        """Answer a question instead of all before it: at once, or of many events a moment later unless it is known."""
        known = self._recent.get(question)
        self._stop_warming()
        answer = partial(let_pass, self._table, question, self._known) if known is None else lambda: known
        self._job.start(answer, in_background=known is None and len(self._table) > LARGE)

    def _take(self, passing: Passing) -> None:
        self._passing = passing
        self._recent.pop(passing.question, None)
        while len(self._recent) >= MOST_RECENT:
            oldest = next(iter(self._recent))
            # What is there without a filter is come back to most often, and takes longest.
            del self._recent[next((one for one in self._recent if not one.wanted.is_empty), oldest)]
        self._recent[passing.question] = passing
        self.found.emit(passing)
        self._warm_soon()

    def _take_failure(self, error: Exception) -> None:
        if not isinstance(error, ReadError):
            raise error
        self.failed.emit(error)
        self._warm_soon()

    def _warm_soon(self) -> None:
        self._stop_warming()
        if len(self._table) > LARGE:
            self._warm_later.start()

    def _stop_warming(self) -> None:
        self._warm_later.stop()
        self._warmed += 1

    def _warm(self) -> None:
        number = self._warmed
        self._warming.start(partial(_warm, self._table, self._passing, lambda: self._warmed == number))


def _warm(table: EventTable, passing: Passing, is_wanted: Callable[[], bool]) -> None:
    passing.warm()
    passing.known.prepare(table, is_wanted)
    give_back()
