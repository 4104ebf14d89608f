"""Tell whether a file is still the one that was ingested."""

from __future__ import annotations

import hashlib
import os
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from timeline_app.core.errors import ReadError

_CHUNK_BYTES = 1 << 20
# A pipe that was put in the file's place does not make the program wait.
_READ_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
# Two changes within one tick of a file system's clock leave the same time; the coarsest of them tick every two seconds.
_COARSEST_CLOCK_NS = 2_000_000_000


@dataclass(frozen=True, slots=True)
class FileState:
    """What the system tells of a file without reading it; times in nanoseconds."""

    size: int
    modified_ns: int
    changed_ns: int
    number: int


@dataclass(frozen=True, slots=True)
class Identity:
    """What a file was when it was ingested: its state, when that was looked at, and the SHA-256 of its content."""

    state: FileState
    seen_ns: int
    sha256: str

    @property
    def is_sure(self) -> bool:
        """Whether an equal state means an equal file: not when it was looked at within a tick of its last change."""
        return self.seen_ns - max(self.state.modified_ns, self.state.changed_ns) > _COARSEST_CLOCK_NS


def state_of(path: Path) -> FileState:
    """Look at a file; raises ReadError when it is not there."""
    try:
        status = path.stat()
    except FileNotFoundError as error:
        raise ReadError("there is no such file", str(path)) from error
    except OSError as error:
        raise ReadError(f"the file cannot be read: {error.strerror or error}", str(path)) from error
    except ValueError as error:
        raise ReadError("this cannot be the name of a file", str(path)) from error
    return FileState(status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)


def current_identity(path: Path, earlier: Identity) -> Identity | None:
    """Return the identity of a file that is still as it was, renewed where its content had to be read; else None.

    Size and times decide where they can, and else the content. Raises ReadError when the file cannot be read.
    """
    seen_ns = time.time_ns()
    state = state_of(path)
    if state == earlier.state and earlier.is_sure:
        return earlier
    if state.size != earlier.state.size:
        return None
    if ContentHash(path).sha256() != earlier.sha256 or state_of(path) != state:
        return None
    return Identity(state, seen_ns, earlier.sha256)


class ContentHash:
    """The SHA-256 of a file's content, computed on a thread of its own while the file is ingested."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._digest = hashlib.sha256()
        self._error: OSError | None = None
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="content-hash", daemon=True)
        self._thread.start()

    def sha256(self) -> str:
        """Wait for the end and return the hash in hexadecimal; raises ReadError when the file cannot be read."""
        self._thread.join()
        if self._error is not None:
            message = f"the file cannot be read: {self._error.strerror or self._error}"
            raise ReadError(message, str(self._path)) from self._error
        return self._digest.hexdigest()

    def stop(self) -> None:
        """Read no further, since nobody wants to know."""
        self._stopped.set()
        self._thread.join()

    def _run(self) -> None:
        try:
            with os.fdopen(os.open(self._path, _READ_FLAGS), "rb", buffering=0) as file:
                while not self._stopped.is_set():
                    chunk = file.read(_CHUNK_BYTES)
                    if not chunk:
                        return
                    self._digest.update(chunk)
        except OSError as error:
            self._error = error
