"""Read a text file of any size as blocks of whole lines, and notice when it changes meanwhile."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np

from timeline_app.core.arrays import Int64Array
from timeline_app.core.errors import ReadError
from timeline_app.readers.source_file import HEAD_BYTES, MEGABYTE, SourceFile, opened
from timeline_app.readers.source_text import looks_like_utf_16

_BLOCK_BYTES = MEGABYTE
_LONGEST_LINE_BYTES = 64 * MEGABYTE
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True, eq=False)
class LineBlock:
    """Whole lines of a file as they stand there, each with its line break.

    `ends` says where in `content` each line ends, shape (lines,); `bytes_read` is the place in the file after them.
    """

    content: bytes
    ends: Int64Array
    texts: list[str]
    bytes_read: int


@dataclass(frozen=True, slots=True)
class FileIdentity:
    """What tells whether a file is still the one that was opened."""

    device: int
    inode: int
    size: int
    mtime_ns: int

    @classmethod
    def of_open_file(cls, file: BinaryIO) -> FileIdentity:
        """Return the identity of an open file."""
        status = os.fstat(file.fileno())
        return cls(status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)


class LineFile:
    """A file in UTF-8 whose lines end in a line feed, a carriage return, or both."""

    def __init__(self, name: str, path: Path, head: bytes, identity: FileIdentity | None, content: bytes) -> None:
        self.name = name
        self.path = path
        self.head = head
        self.total_bytes = identity.size if identity is not None else len(content)
        self._identity = identity
        self._content = content

    @classmethod
    def at(cls, path: Path, name: str) -> LineFile:
        """Look at a file that is read in blocks; raises ReadError when it cannot be."""
        with opened(path, name) as file:
            identity = FileIdentity.of_open_file(file)
            return cls(name, path, file.read(HEAD_BYTES), identity, b"")

    @classmethod
    def within(cls, source: SourceFile) -> LineFile:
        """Read from a file that is in memory already."""
        return cls(source.name, source.path, source.head, None, source.content)

    def head_text(self) -> str:
        """Return the first bytes as text, what is no text in them replaced; raises ReadError for UTF-16."""
        self._check_beginning(self.head)
        return self.head.decode("utf-8", "replace").removeprefix("\ufeff")

    def blocks(self) -> Iterator[LineBlock]:
        """Read the file from its beginning, without a byte order mark.

        Raises ReadError with line and column where the text is not UTF-8, and when the file has changed since it was
        looked at first.
        """
        lines_before, bytes_read, rest = 0, 0, b""
        for chunk in self._chunks():
            content = rest + chunk
            if not bytes_read:
                self._check_beginning(content)
                content = content.removeprefix(_BYTE_ORDER_MARK)
            bytes_read += len(chunk)
            end = _end_of_lines(content) if bytes_read < self.total_bytes else len(content)
            rest, content = content[end:], content[:end]
            if len(rest) > _LONGEST_LINE_BYTES:
                message = f"the line is longer than {_LONGEST_LINE_BYTES:,} bytes; expected a table, one record a line"
                raise ReadError(message, self.name, lines_before + 1)
            if content:
                block = self._block(content, lines_before, bytes_read - len(rest))
                lines_before += len(block.texts)
                yield block

    def _chunks(self) -> Iterator[bytes]:
        with self._open() as file:
            left = self.total_bytes
            while left:
                chunk = file.read(min(_BLOCK_BYTES, left))
                if not chunk:
                    raise ReadError("the file became shorter while it was read; open it again", self.name)
                left -= len(chunk)
                if not left:
                    # Only now, before the last lines are handed on, so that nothing is made of a torn file.
                    self._check_unchanged(file)
                yield chunk

    @contextmanager
    def _open(self) -> Iterator[BinaryIO]:
        if self._identity is None:
            yield io.BytesIO(self._content)
            return
        with opened(self.path, self.name) as file:
            self._check_unchanged(file)
            yield file

    def _check_unchanged(self, file: BinaryIO) -> None:
        if self._identity is not None and FileIdentity.of_open_file(file) != self._identity:
            raise ReadError("the file changed while it was read; open it again", self.name)

    def _check_beginning(self, content: bytes) -> None:
        if looks_like_utf_16(content):
            raise ReadError("the file is in UTF-16; expected UTF-8: save it again in that encoding", self.name, 1, 1)

    def _block(self, content: bytes, lines_before: int, bytes_read: int) -> LineBlock:
        lines = content.splitlines(keepends=True)
        ends = np.cumsum(np.fromiter(map(len, lines), np.int64, len(lines)))
        nul = content.find(b"\0")
        if nul >= 0:
            line = int(np.searchsorted(ends, nul, side="right"))
            column = len(lines[line][: nul - int(ends[line]) + len(lines[line])].decode("utf-8", "replace")) + 1
            message = "a NUL character: this is a binary file; expected a table as text in UTF-8"
            raise ReadError(message, self.name, lines_before + line + 1, column)
        try:
            texts = [line.decode() for line in lines]
        except UnicodeDecodeError:
            raise self._encoding_error(lines, lines_before) from None
        return LineBlock(content, ends, texts, bytes_read)

    def _encoding_error(self, lines: list[bytes], lines_before: int) -> ReadError:
        for number, line in enumerate(lines, start=lines_before + 1):
            try:
                line.decode()
            except UnicodeDecodeError as error:
                found = f"byte 0x{line[error.start]:02X} is not UTF-8"
                message = f"{found}; expected a text file in UTF-8: save it again in that encoding"
                return ReadError(message, self.name, number, len(line[: error.start].decode()) + 1)
        return ReadError("the text is not UTF-8", self.name)


def _end_of_lines(content: bytes) -> int:
    """Return where the last whole line ends; a carriage return at the very end may still be followed by its feed."""
    return content.rfind(b"\n") + 1 or content.rfind(b"\r", 0, -1) + 1
