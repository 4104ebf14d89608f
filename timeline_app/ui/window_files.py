"""Opening files in a window: in the background, one set at a time, and remembered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from timeline_app.core.opened import Opened
from timeline_app.core.table import EventTable
from timeline_app.ui.jobs import NewestJob

Load = Callable[[Sequence[Path]], Opened]


class FileOpener(QObject):
    """Opens files for one window; until they are read, and when they cannot be, the window stays as it was."""

    opened = Signal(object)
    failed = Signal(object)
    busy_changed = Signal(bool)

    def __init__(self, load: Load, paths: Sequence[Path], shown: EventTable, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._load = load
        self._paths = tuple(paths)
        self._shown = shown
        self._job = NewestJob(self)
        self._job.finished.connect(self._take)
        self._job.failed.connect(self._raise)

    @property
    def paths(self) -> tuple[Path, ...]:
        """The files that are open; none means the timeline that comes with the program."""
        return self._paths

    def open_files(self, paths: Sequence[Path]) -> None:
        """Open files instead of what is open; no file means the timeline that comes with the program."""
        self.busy_changed.emit(True)
        self._job.start(partial(self._load, tuple(paths)))

    def add_files(self, paths: Sequence[Path]) -> None:
        """Open files beside what is shown, be it the bundled timeline; one that is open is read again, not doubled."""
        open_ones = self._paths or tuple(Path(report.path) for report in self._shown.files)
        self.open_files(tuple(dict.fromkeys((*open_ones, *paths))))

    def _take(self, outcome: Opened) -> None:
        self.busy_changed.emit(False)
        if outcome.table is None:
            self.failed.emit(outcome.errors)
            return
        self._paths = outcome.read_paths
        self._shown = outcome.table
        self.opened.emit(outcome)

    def _raise(self, error: Exception) -> None:
        self.busy_changed.emit(False)
        raise error
