"""Writing files in the background of a window, one after the other, each whole or not at all."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from timeline_app.core.errors import Cancelled, TimelineError
from timeline_app.core.progress import Progress
from timeline_app.core.watch import Watch
from timeline_app.ui.jobs import NewestJob
from timeline_app.ui.wish import Wish

MOST_AT_ONCE = 300  # events that are written while the window waits: a tenth of a second of the slowest format

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class _Task:
    """A file to be written, and who is told what became of it."""

    name: str
    work: Callable[[Watch], object]
    done: Callable[[object], None]
    failed: Callable[[TimelineError], None]
    in_background: bool


class FileWriter(QObject):
    """Writes what it is given in the order in which that came; `progressed` carries a Progress.

    `cancelled` carries the names of the files that were not written because someone cancelled. One that was already
    done is not among them, and is told of as done. `failed` follows a file that could not be written, once whoever
    asked for it was told why, or before the program's own failure is told that kept it from being written.
    """

    busy_changed = Signal(bool)
    progressed = Signal(object)
    cancelled = Signal(object)
    failed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks: deque[_Task] = deque()
        self._dropped: tuple[str, ...] = ()
        self._task: _Task | None = None
        self._wish: Wish | None = None
        self._job = NewestJob(self)
        self._job.finished.connect(self._take)
        self._job.failed.connect(self._take_failure)

    @property
    def is_busy(self) -> bool:
        """Whether something is being written."""
        return self._task is not None

    def write(
        self,
        name: str,
        work: Callable[[Watch], Result],
        done: Callable[[Result], None],
        failed: Callable[[TimelineError], None],
        *,
        in_background: bool = True,
    ) -> None:
        """Have a file of that name written by `work`, on another thread, once those before it are.

        `done` or `failed` is then called with what it returned or raised. In the foreground it is written when this
        returns, unless others come before it.
        """
        self._tasks.append(_Task(name, work, done, failed, in_background))  # type: ignore[arg-type]  # done takes what work gives
        if self._task is None:
            self._start_next()

    def cancel(self) -> None:
        """Want nothing any more of what is being written, nor of what waits behind it."""
        self._dropped += tuple(task.name for task in self._tasks)
        self._tasks.clear()
        if self._wish is not None:
            self._wish.dropped.set()

    def _start_next(self) -> None:
        if self._task is not None:
            return  # Who was told of the one before has begun another.
        if not self._tasks:
            self.busy_changed.emit(False)
            return
        task, wish = self._tasks.popleft(), Wish(self.progressed.emit)
        self._task, self._wish = task, wish
        if task.in_background:
            self.busy_changed.emit(True)
            self.progressed.emit(Progress(task.name))
        watch = Watch(lambda: not wish.dropped.is_set(), wish.report)
        self._job.start(partial(task.work, watch), in_background=task.in_background)

    def _end(self) -> _Task:
        task = self._task
        assert task is not None, "a job ends that was begun"
        self._task = self._wish = None
        return task

    def _take(self, result: object) -> None:
        task = self._end()
        try:
            task.done(result)
            self._tell_dropped()
        finally:
            self._start_next()

    def _take_failure(self, error: Exception) -> None:
        task = self._end()
        try:
            if isinstance(error, Cancelled):
                self._tell_dropped(task.name)
            elif isinstance(error, TimelineError):
                task.failed(error)
                self._tell_dropped()
                self.failed.emit()
            else:
                self.failed.emit()
                raise error
        finally:
            self._start_next()

    def _tell_dropped(self, *cancelled: str) -> None:
        """Tell of what is not written as someone cancelled: what was just being written, and what waited behind it."""
        names, self._dropped = (*cancelled, *self._dropped), ()
        if names:
            self.cancelled.emit(names)
