"""Take a file into memory, once and only to read it: regular files of a bounded size and nothing else."""

from __future__ import annotations

import hashlib
import io
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from timeline_app.core.errors import ReadError

HEAD_BYTES = 64 * 1024
MEGABYTE = 1024 * 1024

_READ_FLAGS = (
    os.O_RDONLY
    # A pipe that was put in the file's place between looking and opening does not make the program wait.
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)
_OTHER_KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


@dataclass(frozen=True)
class SourceFile:
    """The bytes of a file as they were when it was opened; `name` is the path as the caller gave it."""

    name: str
    path: Path
    content: bytes

    @cached_property
    def sha256(self) -> str:
        """The SHA-256 of the bytes, in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def head(self) -> bytes:
        """The first bytes, by which a format is recognised."""
        return self.content[:HEAD_BYTES]


@contextmanager
def opened(path: Path, name: str) -> Iterator[io.BufferedReader]:
    """Open a regular file to read it; `name` names it in messages.

    Raises ReadError when there is no such file, when it is anything but a regular file, when it may not be read, and
    when reading it fails meanwhile.
    """
    try:
        _refuse_other_kinds(path.stat().st_mode, name)
        descriptor = os.open(path, _READ_FLAGS)
        with os.fdopen(descriptor, "rb") as file:
            _refuse_other_kinds(os.fstat(descriptor).st_mode, name)
            yield file
    except FileNotFoundError as error:
        raise ReadError("there is no such file", name) from error
    except PermissionError as error:
        raise ReadError("the file may not be read: permission denied", name) from error
    except OSError as error:
        raise ReadError(f"the file cannot be read: {error.strerror or error}", name) from error
    except ValueError as error:
        # A path with a NUL character is refused before the system is asked.
        if "\0" not in str(path):
            raise
        raise ReadError("this cannot be the name of a file", name) from error


def read_head(path: Path, name: str) -> bytes:
    """Read the first bytes of a regular file; raises ReadError as `opened` does."""
    with opened(path, name) as file:
        return file.read(HEAD_BYTES)


def read_source_file(path: Path, *, largest_bytes: int | Callable[[bytes], int], name: str | None = None) -> SourceFile:
    """Read a regular file whole; `name` names it in messages, instead of its path.

    `largest_bytes` may depend on the first bytes of the file. Raises ReadError as `opened` does, and when the file is
    larger than `largest_bytes`.
    """
    shown_name = str(path) if name is None else name
    with opened(path, shown_name) as file:
        if isinstance(largest_bytes, int):
            content, limit = b"", largest_bytes
        else:
            content = file.read(HEAD_BYTES)
            limit = largest_bytes(content)
        content += file.read(max(limit + 1 - len(content), 0))
    if len(content) > limit:
        raise too_large(limit, shown_name)
    return SourceFile(shown_name, path, content)


def too_large(largest_bytes: int, name: str) -> ReadError:
    """Return the error that a file has more bytes than may be read."""
    return ReadError(f"the file is too large; expected at most {largest_bytes:,} bytes", name)


def _refuse_other_kinds(mode: int, name: str) -> None:
    if not stat.S_ISREG(mode):
        kind = next((kind for matches, kind in _OTHER_KINDS if matches(mode)), "no regular file")
        raise ReadError(f"this is {kind}; expected a file", name)
