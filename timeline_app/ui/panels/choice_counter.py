"""Keeps the counts beside the choices of the filter up to date, off the main thread where that takes time."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from timeline_app.core.counts import ChoiceCounts, Companions, choice_counts
from timeline_app.core.filter import Filter
from timeline_app.core.memory import give_back
from timeline_app.core.table import LARGE, EventTable
from timeline_app.ui.jobs import NewestJob
from timeline_app.ui.session import Session

NOTICED_MS = 150


class ChoiceCounter(QObject):
    """Counts anew when the filter changes and, since lists must first take the new choices, when it is told to.

    The totals are the counts without any filter. `waiting_changed` says that the counts on screen are old ones, once
    this lasts long enough to be noticed, and that they are no longer.
    """

    totals_changed = Signal(object)
    counts_changed = Signal(object)
    waiting_changed = Signal(bool)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._companions: Companions | None = None
        self._totals_job = NewestJob(self)
        self._counts_job = NewestJob(self)
        self._noticed = QTimer(self)
        self._noticed.setSingleShot(True)
        self._noticed.setInterval(NOTICED_MS)
        self._noticed.timeout.connect(lambda: self.waiting_changed.emit(True))
        self._totals_job.finished.connect(self.totals_changed)
        self._counts_job.finished.connect(self._take_counts)
        self._counted = session.wanted
        session.wanted_changed.connect(self._noticed.start)
        # Not before the picture is there: both at once would take twice as long.
        session.lanes_changed.connect(self._follow_filter)

    def count_all(self, companions: Companions) -> None:
        """Count the events of the session anew, with and without the filter; `companions` are those of its table."""
        self._companions = companions
        self._start(self._totals_job, Filter())
        self.count()

    def count(self) -> None:
        """Count under the present filter."""
        self._noticed.start()
        self._counted = self._session.wanted
        self._start(self._counts_job, self._counted)

    def _follow_filter(self) -> None:
        if self._session.wanted != self._counted:
            self.count()
        elif not self._counts_job.is_busy:
            self._noticed.stop()

    def _take_counts(self, counts: ChoiceCounts) -> None:
        self._noticed.stop()
        self.waiting_changed.emit(False)
        self.counts_changed.emit(counts)

    def _start(self, job: NewestJob, wanted: Filter) -> None:
        table = self._session.table
        job.start(partial(_counted, table, wanted, self._companions), in_background=len(table) > LARGE)


def _counted(table: EventTable, wanted: Filter, companions: Companions | None) -> ChoiceCounts:
    counts = choice_counts(table, wanted, companions)
    if len(table) > LARGE:
        give_back()
    return counts
