"""Where the parts of a file go while it is ingested: into a folder, or into memory when the disk has no room."""

from __future__ import annotations

import os
import zlib
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from timeline_app.core.arrays import NDArray
from timeline_app.store.checksums import BlockSums
from timeline_app.store.disk import create, failures_told, write_all, write_whole
from timeline_app.store.kept import MARKS_NAME, MemoryPieces, Pieces, checked_json, damaged, sums_name

if TYPE_CHECKING:
    from concurrent.futures import Future

# Pieces of work that may wait for the writing thread: with more, memory would fill when the disk is slow.
_MOST_WAITING = 2


class Sink(Protocol):
    """Takes the parts of a file that is ingested; raises StoreError when there is no room for them."""

    def put(self, name: str, column: NDArray[Any]) -> None:
        """Keep a whole column."""

    def append(self, name: str, content: bytes | memoryview) -> None:
        """Add bytes to a part that is to be read piece by piece."""

    def piece(self, name: str, length: int, offset: int) -> bytes:
        """Return bytes of what was appended, from a place on."""

    def finish(self) -> None:
        """Make sure of everything; nothing can be added any more."""


class FolderSink:
    """Writes the parts into a folder of their own, each byte of them under a checksum once it is finished.

    The writing is done on a thread, so that the next batch is read meanwhile; what it fails at is raised by one of the
    next calls, at the latest by `finish`.
    """

    def __init__(self, folder: Path) -> None:
        # A tenth of the time that opening what is kept takes, which needs no sink.
        from concurrent.futures import ThreadPoolExecutor

        self._folder = folder
        self._marks: dict[str, dict[str, object]] = {}
        self._growing: dict[str, _GrowingFile] = {}
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="store-writer")
        self._waiting: deque[Future[None]] = deque()

    def put(self, name: str, column: NDArray[Any]) -> None:
        """Keep a whole column."""
        self._write_later(lambda: self._write_column(name, column))

    def append(self, name: str, content: bytes | memoryview) -> None:
        """Add bytes to a part that is to be read piece by piece."""
        self._write_later(lambda: self._write_more(name, memoryview(content)))

    def piece(self, name: str, length: int, offset: int) -> bytes:
        """Return bytes of what was appended, from a place on."""
        self._wait(0)
        with failures_told(self._folder / name):
            return self._growing[name].read(length, offset)

    def finish(self) -> None:
        """Write what is left, last the list of what there must be."""
        self._wait(0)
        for name, file in self._growing.items():
            with failures_told(self._folder / name):
                file.close()
            self._write_column(sums_name(name), file.sums.sums())
            self._marks[name] = {"bytes": file.size}
        with failures_told(self._folder):
            write_whole(self._folder / MARKS_NAME, memoryview(checked_json(self._marks)))
        self.close()

    def close(self) -> None:
        """Let go of all files, finished or not."""
        self._writer.shutdown(cancel_futures=True)
        for file in self._growing.values():
            with suppress(OSError):  # What is finished is closed already, and of the rest nothing is wanted.
                file.close()
        self._growing.clear()

    def _write_later(self, write: Callable[[], None]) -> None:
        self._wait(_MOST_WAITING)
        self._waiting.append(self._writer.submit(write))

    def _wait(self, most: int) -> None:
        """Wait until at most some pieces of work are left to be done, and raise what they failed at."""
        while len(self._waiting) > most:
            self._waiting.popleft().result()

    def _write_column(self, name: str, column: NDArray[Any]) -> None:
        content = bytes_of(column)
        with failures_told(self._folder / name):
            write_whole(self._folder / name, content)
        self._marks[name] = {"bytes": len(content), "dtype": column.dtype.str, "crc32": zlib.crc32(content)}

    def _write_more(self, name: str, content: memoryview) -> None:
        with failures_told(self._folder / name):
            if name not in self._growing:
                self._growing[name] = _GrowingFile(self._folder / name)
            self._growing[name].append(content)


class MemorySink:
    """Holds the parts in memory, where they are read again."""

    def __init__(self) -> None:
        self._columns: dict[str, NDArray[Any]] = {}
        self._growing: dict[str, bytearray] = {}

    @property
    def folder(self) -> None:
        """Nowhere on the disk."""
        return

    def put(self, name: str, column: NDArray[Any]) -> None:
        """Keep a whole column."""
        self._columns[name] = column

    def append(self, name: str, content: bytes | memoryview) -> None:
        """Add bytes to a part that is to be read piece by piece."""
        self._growing.setdefault(name, bytearray()).extend(content)

    def piece(self, name: str, length: int, offset: int) -> bytes:
        """Return bytes of what was appended, from a place on."""
        return bytes(self._growing[name][offset : offset + length])

    def finish(self) -> None:
        """Nothing is left to be done."""

    def column(self, name: str) -> NDArray[Any]:
        """Return a column."""
        return self._columns[name]

    def pieces(self, name: str) -> Pieces:
        """Return a part to be read piece by piece."""
        return MemoryPieces(self._growing[name])


class _GrowingFile:
    def __init__(self, path: Path) -> None:
        self.size = 0
        self.sums = BlockSums()
        self._path = path
        self._descriptor: int | None = create(path)

    def append(self, content: memoryview) -> None:
        """Write some bytes at the end; raises OSError without room for them."""
        assert self._descriptor is not None
        write_all(self._descriptor, content)
        self.sums.add(content)
        self.size += len(content)

    def read(self, length: int, offset: int) -> bytes:
        """Return bytes that were written already; raises StoreError when they are gone."""
        with self._path.open("rb", buffering=0) as file:
            file.seek(offset)
            content = file.read(length)
        if len(content) != length:
            raise damaged(self._path)
        return content

    def close(self) -> None:
        """Close the file, once; some disks tell only now that they had no room."""
        if self._descriptor is not None:
            descriptor, self._descriptor = self._descriptor, None
            os.close(descriptor)


def bytes_of(column: NDArray[Any]) -> memoryview:
    """Return the bytes of an array as they lie in memory."""
    return np.ascontiguousarray(column).reshape(-1).view(np.uint8).data
