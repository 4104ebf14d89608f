"""Opening files in a window: in the background, one set at a time, and remembered."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from timeline_app.core.opened import AS_USUAL, Opened, Readings
from timeline_app.core.progress import Report
from timeline_app.core.table import EventTable
from timeline_app.readers.distinct_files import distinct_files
from timeline_app.ui.application import leave_out_of_collection
from timeline_app.ui.jobs import NewestJob
from timeline_app.ui.wish import Wish

# Reads files, some of them in a way of their own; is told to report how far it is, and asks whether the result is
# still wanted by calling `cancelled`.
Load = Callable[[Sequence[Path], Report, Callable[[], bool], Readings], Opened]


class FileOpener(QObject):
    """Opens files for one window; until they are read, and when they cannot be, the window stays as it was.

    `progressed` carries a Progress, some ten times a second. After `cancel` nothing comes of what was being opened.
    """

    opened = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    busy_changed = Signal(bool)
    progressed = Signal(object)

    def __init__(self, load: Load, paths: Sequence[Path], shown: EventTable, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._load = load
        self._paths = tuple(paths)
        self._shown = shown
        self._read_as = AS_USUAL
        self._asked: tuple[Path, ...] = ()
        self._asked_as = AS_USUAL
        self._unread: tuple[Path, ...] = ()
        self._unclear = AS_USUAL
        self._wish: Wish | None = None
        self._may_open: Callable[[], bool] = lambda: True
        self._job = NewestJob(self)
        self._job.finished.connect(self._take)
        self._job.failed.connect(self._raise)

    @property
    def paths(self) -> tuple[Path, ...]:
        """The files that are open; none means the timeline that comes with the program."""
        return self._paths

    @property
    def read_as(self) -> Readings:
        """How those of the open files were read that were read otherwise than by themselves."""
        return self._read_as

    @property
    def asked(self) -> tuple[Path, ...]:
        """The files that were asked for last."""
        return self._asked

    @property
    def asked_as(self) -> Readings:
        """How single ones of them were asked to be read."""
        return self._asked_as

    @property
    def unread(self) -> tuple[Path, ...]:
        """The files that were asked for last and could not be read."""
        return self._unread

    @property
    def unclear(self) -> Readings:
        """The tables among them that open once more is said of them than this."""
        return self._unclear

    @property
    def is_busy(self) -> bool:
        """Whether files are being opened."""
        return self._wish is not None

    def ask_before(self, may_open: Callable[[], bool]) -> None:
        """Have it asked, before any files are opened, whether what is open may be let go of."""
        self._may_open = may_open

    def open_files(self, paths: Sequence[Path], read_as: Readings = AS_USUAL) -> None:
        """Open files instead of what is open, if that may be; no file means the timeline that comes with the program.

        `read_as` says how single files are to be read. Of several paths to one file the first counts.
        """
        if not self._may_open():
            return
        self.stop()
        named = distinct_files(paths)
        wish = Wish(self.progressed.emit)
        self._wish = wish
        self._asked = tuple(named.values())
        self._asked_as = {named.get(os.path.realpath(path), path): how for path, how in read_as.items()}
        self.busy_changed.emit(True)
        self._job.start(partial(_loaded, self._load, self._asked, wish.report, wish.dropped.is_set, self._asked_as))

    def reopen(self) -> None:
        """Read the open files again, as they were read."""
        self.open_files(self._paths, self._read_as)

    def add_files(self, paths: Sequence[Path], read_as: Readings = AS_USUAL) -> None:
        """Open files beside what is shown, be it the bundled timeline; one that is open is read again, not doubled.

        Those that are open are read as they were, unless `read_as` says otherwise.
        """
        open_ones = self._paths or tuple(Path(report.path) for report in self._shown.files)
        self.open_files((*open_ones, *paths), {**self._read_as, **read_as})

    def cancel(self) -> None:
        """Leave everything as it was before the files that are being opened were asked for."""
        if self._wish is not None:
            self._end()
            self.cancelled.emit()

    def stop(self) -> None:
        """Want no result of what is being opened, nor hear of it any more."""
        if self._wish is not None:
            self._wish.dropped.set()
            self._wish = None
            self._job.cancel()

    def _end(self) -> None:
        self.stop()
        self.busy_changed.emit(False)

    def _take(self, outcome: Opened) -> None:
        self._end()
        self._unread = tuple(path for path in outcome.paths if path not in outcome.read_paths)
        self._unclear = outcome.unclear
        if outcome.table is None:
            self.failed.emit(outcome.errors)
            return
        self._paths = outcome.read_paths
        self._shown = outcome.table
        self._read_as = outcome.read_as
        self.opened.emit(outcome)

    def _raise(self, error: Exception) -> None:
        self._end()
        raise error


def _loaded(
    load: Load, paths: Sequence[Path], report: Report, cancelled: Callable[[], bool], read_as: Readings
) -> Opened:
    """Read files, and keep from the collector what was made of them: a frame would have to wait until it is through."""
    outcome = load(paths, report, cancelled, read_as)
    leave_out_of_collection()
    return outcome
