"""Work off the main thread, of which only the newest matters."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from PySide6.QtCore import QMetaMethod, QObject, QRunnable, Qt, QThreadPool, QTimer, Signal

# Until then the picture of another table and its panes are painted; work beside that would take their time.
LATER_MS = 120


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What became of a job: its result, or what it raised; `is_told` once its thread has told so and is done."""

    number: int
    result: object = None
    error: Exception | None = None
    is_told: threading.Event = field(default_factory=threading.Event)


class NewestJob(QObject):
    """Runs pure functions one at a time; a newer one supersedes all before it, whose results are dropped.

    While a job runs only the newest of those that came since is kept, so that quick typing never piles up work. What
    the newest raises goes to `failed`; where nobody listens to that, it is raised here as any failure nobody foresaw.
    """

    finished = Signal(object)
    failed = Signal(Exception)
    _arrived = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._number = 0
        self._running: int | None = None
        self._waiting: Callable[[], object] | None = None
        self._postponed: Callable[[], object] | None = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(LATER_MS)
        self._later.timeout.connect(self._start_postponed)
        self._arrived.connect(self._take, Qt.ConnectionType.QueuedConnection)

    @property
    def is_busy(self) -> bool:
        """Whether the result of the newest job is still to come: not where that was cancelled, though it runs on."""
        is_to_come = self._waiting is not None or self._postponed is not None
        return is_to_come or self._running == self._number

    def start(self, work: Callable[[], object], *, in_background: bool = True) -> None:
        """Do this instead of whatever was asked for before; in the foreground it is done when this returns."""
        self.cancel()
        if not in_background:
            self._settle(_outcome(self._number, work))
        elif self._running is not None:
            self._waiting = work
        else:
            self._launch(work)

    def start_later(self, work: Callable[[], object]) -> None:
        """Do this in the background, instead of whatever was asked for before, once what is now due is painted."""
        self.cancel()
        self._postponed = work
        self._later.start()

    def cancel(self) -> None:
        """Want no result of anything that was started."""
        self._number += 1
        self._waiting = None
        self._postponed = None
        self._later.stop()

    def _start_postponed(self) -> None:
        if self._postponed is not None:
            self.start(self._postponed)

    def _launch(self, work: Callable[[], object]) -> None:
        self._running = self._number
        QThreadPool.globalInstance().start(_Run(self._number, work, self._arrived.emit))

    def _take(self, outcome: _Outcome) -> None:
        # The other thread is on its way out of telling this; until then nobody may destroy the job that it tells it by.
        outcome.is_told.wait()
        self._running = None
        if self._waiting is not None:
            work, self._waiting = self._waiting, None
            self._launch(work)
        else:
            self._settle(outcome)

    def _settle(self, outcome: _Outcome) -> None:
        if outcome.number != self._number:
            return
        if outcome.error is None:
            self.finished.emit(outcome.result)
        elif self.isSignalConnected(QMetaMethod.fromSignal(self.failed)):
            self.failed.emit(outcome.error)
        else:
            raise outcome.error


class _Run(QRunnable):
    """One job on its way through the thread pool."""

    def __init__(self, number: int, work: Callable[[], object], deliver: Callable[[_Outcome], None]) -> None:
        super().__init__()
        self._number = number
        self._work = work
        self._deliver = deliver

    def run(self) -> None:
        outcome = _outcome(self._number, self._work)
        with suppress(RuntimeError):  # Qt's word for: whoever asked has been closed meanwhile.
            self._deliver(outcome)
        outcome.is_told.set()


def _outcome(number: int, work: Callable[[], object]) -> _Outcome:
    try:
        return _Outcome(number, work())
    except Exception as error:  # noqa: BLE001 — handed to the main thread whatever it is, nothing is swallowed
        return _Outcome(number, error=error)
