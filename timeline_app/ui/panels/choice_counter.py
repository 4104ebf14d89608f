"""Keeps the counts beside the choices of the filter up to date, off the main thread where that takes time."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from timeline_app.core.counts import ChoiceCounts, Companions, choice_counts
from timeline_app.core.errors import ReadError
from timeline_app.core.filter import Filter
from timeline_app.core.memory import give_back
from timeline_app.core.table import LARGE, EventTable
from timeline_app.ui.jobs import NewestJob
from timeline_app.ui.session import Session

NOTICED_MS = 150
# Many events are counted once the picture is painted: both at once would take twice as long.
COUNTED_AFTER_MS = 15
# Of another table the panes are new, too, and painted after the picture.
ALL_COUNTED_AFTER_MS = 80


class ChoiceCounter(QObject):
    """Counts anew when the filter changes and, since lists must first take the new choices, when it is told to.

    The totals are the counts without any filter, and come with who belongs to whom. `waiting_changed` says that the
    counts on screen are old ones, once this lasts long enough to be noticed, and that they are no longer.
    """

    totals_changed = Signal(object, object)
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
        self._totals_job.finished.connect(self._take_totals)
        self._counts_job.finished.connect(self._take_counts)
        for job in (self._totals_job, self._counts_job):
            job.failed.connect(self._take_failure)
        self._count_later = QTimer(self)
        self._count_later.setSingleShot(True)
        self._count_later.setInterval(COUNTED_AFTER_MS)
        self._count_later.timeout.connect(self.count)
        self._count_all_later = QTimer(self)
        self._count_all_later.setSingleShot(True)
        self._count_all_later.setInterval(ALL_COUNTED_AFTER_MS)
        self._count_all_later.timeout.connect(self._count_totals)
        self._counted: Filter | None = session.wanted
        session.wanted_changed.connect(self._noticed.start)
        session.lanes_changed.connect(self._follow_filter)
        session.refused.connect(self.count)
        session.notes_changed.connect(self._follow_notes)

    @property
    def is_settled(self) -> bool:
        """Whether the counts on screen are those under the present filter."""
        is_waiting = self._count_later.isActive() or self._count_all_later.isActive()
        return not (is_waiting or self._totals_job.is_busy or self._counts_job.is_busy)

    def count_all(self) -> None:
        """Count the events of another table, with and without the filter."""
        self._companions = None
        self._totals_job.cancel()
        self._counts_job.cancel()
        self._count_later.stop()
        self._noticed.start()
        self._counted = self._session.wanted
        if len(self._session.table) > LARGE:
            self._count_all_later.start()
        else:
            self._count_totals()

    def count(self) -> None:
        """Count under the present filter."""
        self._count_later.stop()
        self._noticed.start()
        self._counted = wanted = self._session.wanted
        self._start(self._counts_job, wanted)

    def _count_totals(self) -> None:
        self._count_all_later.stop()
        self._start(self._totals_job, Filter())

    def _follow_filter(self) -> None:
        if self._session.wanted == self._counted:
            if self.is_settled:
                self._noticed.stop()
        elif len(self._session.table) > LARGE:
            self._counted = None
            self._counts_job.cancel()
            self._count_later.start()
        else:
            self.count()

    def _follow_notes(self) -> None:
        """Count anew, but not at each letter that is written."""
        if self._session.can_note and self._companions is not None:
            self._count_later.start()

    def _take_totals(self, counted: _Counted) -> None:
        self._companions = counted.companions
        self.totals_changed.emit(counted.counts, counted.companions)
        if self._session.wanted == Filter():
            self._take_counts(counted)
        elif self._counted == self._session.wanted and not self._counts_job.is_busy:
            self.count()

    def _take_counts(self, counted: _Counted) -> None:
        self._noticed.stop()
        self.waiting_changed.emit(False)
        self.counts_changed.emit(counted.counts)

    def _take_failure(self, error: Exception) -> None:
        """Let what cannot be read any more be told by who filters by it."""
        if not isinstance(error, ReadError):
            raise error

    def _start(self, job: NewestJob, wanted: Filter) -> None:
        table = self._session.noted_table
        job.start(partial(_counted, table, wanted, self._companions), in_background=len(table) > LARGE)


@dataclass(frozen=True, slots=True, eq=False)
class _Counted:
    """What was counted, and who belongs to whom, which is found out once a table."""

    counts: ChoiceCounts
    companions: Companions


def _counted(table: EventTable, wanted: Filter, known: Companions | None) -> _Counted:
    companions = known or Companions.of(table)
    counts = choice_counts(table, wanted, companions)
    if len(table) > LARGE:
        give_back()
    return _Counted(counts, companions)
