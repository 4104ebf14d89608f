"""Keeps the counts beside the choices of the filter up to date, off the main thread where that takes time."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from timeline_app.core.counts import ChoiceCounts, Companions, choice_counts
from timeline_app.core.filter import Filter
from timeline_app.core.table import EventTable
from timeline_app.ui.jobs import LARGE, NewestJob
from timeline_app.ui.session import Session


class ChoiceCounter(QObject):
    """Counts anew when the filter changes and, since lists must first take the new choices, when it is told to.

    The totals are the counts without any filter.
    """

    totals_changed = Signal(object)
    counts_changed = Signal(object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._totals_job = NewestJob(self)
        self._counts_job = NewestJob(self)
        self._totals_job.finished.connect(self.totals_changed)
        self._counts_job.finished.connect(self.counts_changed)
        session.filter_changed.connect(self.count)

    def count_all(self) -> None:
        """Count the events of the session anew, with and without the filter."""
        table = self._session.table
        self._totals_job.start(partial(_counted, table, Filter()), in_background=len(table) > LARGE)
        self.count()

    def count(self) -> None:
        """Count under the present filter."""
        table = self._session.table
        self._counts_job.start(partial(_counted, table, self._session.wanted), in_background=len(table) > LARGE)


def _counted(table: EventTable, wanted: Filter) -> ChoiceCounts:
    return choice_counts(table, wanted, Companions.of(table))
