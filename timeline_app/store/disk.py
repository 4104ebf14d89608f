"""Write and read files of the store, with what the disk refuses told as a StoreError."""

from __future__ import annotations

import errno
import os
import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from timeline_app.core.errors import StoreError

_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})
_READ_FLAGS = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
_WRITE_FLAGS = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
_PRIVATE = 0o600


@contextmanager
def failures_told(path: Path) -> Iterator[None]:
    """Raise StoreError for what the system refuses to do with a file or folder."""
    try:
        yield
    except OSError as error:
        raise told(error, path) from error


def told(error: OSError, path: Path) -> StoreError:
    """Return what the system refused to do with a file or folder as a StoreError."""
    if error.errno in _NO_ROOM:
        return StoreError(f"there is no room on the disk for {path}")
    return StoreError(f"{path} cannot be used: {error.strerror or error}")


def create(path: Path) -> int:
    """Make a new file that only its user may read, and return its descriptor for writing and reading."""
    return os.open(path, _WRITE_FLAGS, _PRIVATE)


def write_all(descriptor: int, content: memoryview) -> None:
    """Write every byte; the system may take fewer at a time than it is given."""
    while content:
        content = content[os.write(descriptor, content) :]


def write_whole(path: Path, content: memoryview) -> None:
    """Make a new file of some bytes.

    Here and elsewhere the system brings them to the disk when it likes: what a power failure takes of them is found out
    by their checksum, and made anew.
    """
    descriptor = create(path)
    try:
        write_all(descriptor, content)
    finally:
        os.close(descriptor)


class PositionedFile:
    """A file that is read at any place, from any thread; may vanish from its folder while it is open."""

    def __init__(self, path: Path) -> None:
        self._descriptor = os.open(path, _READ_FLAGS)
        self._closing = weakref.finalize(self, os.close, self._descriptor)
        self._position_lock = threading.Lock()

    def close(self) -> None:
        """Let go of the file; what is not closed is let go of when nobody holds it any more."""
        self._closing()

    def read(self, length: int, offset: int) -> bytes:
        """Read bytes from a place on, fewer only where the file ends; raises OSError."""
        first = self._read_some(length, offset)
        if len(first) == length or not first:
            return first
        return first + self.read(length - len(first), offset + len(first))

    def fetch(self, length: int, offset: int) -> None:
        """Have the system begin to fetch bytes that will be read soon, where it can."""
        if hasattr(os, "posix_fadvise"):
            with suppress(OSError):
                os.posix_fadvise(self._descriptor, offset, length, os.POSIX_FADV_WILLNEED)

    def _read_some(self, length: int, offset: int) -> bytes:
        if hasattr(os, "pread"):
            return os.pread(self._descriptor, length, offset)
        with self._position_lock:  # Windows knows one position a file only.
            os.lseek(self._descriptor, offset, os.SEEK_SET)
            return os.read(self._descriptor, length)
