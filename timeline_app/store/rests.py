"""The rest of each record of an ingested file, kept beside the others once the timeline is already in use."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Protocol

import numpy as np

from timeline_app.core.batches import RestBatch
from timeline_app.store.disk import failures_told
from timeline_app.store.kept import FolderKept, Pieces
from timeline_app.store.parts import REST_ENDS, RESTS
from timeline_app.store.sinks import FolderSink, bytes_of
from timeline_app.store.workshop import workshop

_FOLDER_NAME = "rest"
_END_BYTES = 8


class RestMeanwhile(Protocol):
    """Gives the rests of records until all of them are kept, which goes on in the background."""

    def of(self, number: int, /) -> bytes | None:
        """Return the rest of a record by its number from 1, None when all are kept by now; raises ReadError."""

    def wait(self, cancelled: Callable[[], bool], /) -> None:
        """Wait until all are kept; raises ReadError and StoreError when that cannot be, and Cancelled."""


def are_kept(folder: Path) -> bool:
    """Return whether the rests of the records in a folder are kept."""
    return (folder / _FOLDER_NAME).is_dir()


def put_rests(folder: Path, batches: Iterable[RestBatch], check: Callable[[], None]) -> None:
    """Keep the rests of records in their folder, whole or not at all; `check` is asked before they get their place.

    Raises StoreError when there is no room, and what the batches and the check raise.
    """
    with workshop(folder) as place:
        sink = FolderSink(place.folder)
        try:
            beyond = 0
            for name in (RESTS, REST_ENDS):
                sink.append(name, b"")
            for batch in batches:
                sink.append(RESTS, batch.raw)
                sink.append(REST_ENDS, bytes_of(batch.ends.astype(np.int64) + beyond))
                beyond += len(batch.raw)
            sink.finish()
        finally:
            sink.close()
        check()
        _give_place(place.folder, folder / _FOLDER_NAME, place.unlock)


class Rests:
    """The rest of each record by its number: as it is kept, and until then as `meanwhile` gives it."""

    def __init__(self, folder: Path, meanwhile: RestMeanwhile | None) -> None:
        self._folder = folder
        self._meanwhile = meanwhile
        self._kept: _KeptRests | None = None
        self._lock = threading.Lock()

    def of(self, number: int) -> bytes:
        """Return the rest of a record; raises StoreError when it is gone or damaged, and what `meanwhile` raises."""
        kept = self._kept
        if kept is None:
            meanwhile = self._meanwhile
            found = meanwhile.of(number) if meanwhile is not None and not are_kept(self._folder) else None
            if found is not None:
                return found
            kept = self._opened()
        return kept.of(number)

    @property
    def are_kept(self) -> bool:
        """Whether all are kept by now, so that each is read at once."""
        return self._kept is not None or are_kept(self._folder)

    def wait(self, cancelled: Callable[[], bool]) -> None:
        """Wait until all are kept; raises as RestMeanwhile does."""
        meanwhile = self._meanwhile
        if meanwhile is not None:
            meanwhile.wait(cancelled)

    def _opened(self) -> _KeptRests:
        with self._lock:
            if self._kept is None:
                self._kept = _KeptRests(FolderKept(self._folder / _FOLDER_NAME))
                self._meanwhile = None
            return self._kept


class _KeptRests:
    def __init__(self, kept: FolderKept) -> None:
        self._ends = kept.pieces(REST_ENDS)
        self._rests = kept.pieces(RESTS)

    def of(self, number: int) -> bytes:
        """Return the rest of a record, numbered from 1; raises StoreError when it is gone or damaged."""
        begin = _end(self._ends, number - 1)
        return self._rests.read(_end(self._ends, number) - begin, begin)


def _end(ends: Pieces, number: int) -> int:
    """Return where the rest of a record ends; that of none, before the first, at the beginning."""
    place = number * _END_BYTES - _END_BYTES
    return int.from_bytes(ends.read(_END_BYTES, place), "little", signed=True) if number else 0


def _give_place(made: Path, place: Path, unlock: Callable[[], None]) -> None:
    unlock()
    with failures_told(place):
        try:
            made.rename(place)
        except OSError:
            # Another program was sooner, with the same rests of the same file.
            if not place.is_dir():
                raise
