"""Read a text file of any size as blocks of whole lines in UTF-8, and notice when it changes meanwhile."""

from __future__ import annotations

import codecs
import io
import os
from collections.abc import Collection, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from timeline_app.core.arrays import Int64Array
from timeline_app.core.errors import ReadError
from timeline_app.readers.encodings import encoding_advice, in_utf_8, marked_encoding, utf_8_chunks
from timeline_app.readers.source_file import HEAD_BYTES, MEGABYTE, SourceFile, opened
from timeline_app.readers.source_text import looks_like_utf_16

_BLOCK_BYTES = 4 * MEGABYTE
# The first is smaller, so that what is made of it begins the sooner.
_FIRST_BLOCK_BYTES = MEGABYTE
# Text of a few hundred kilobytes is decoded in a third less time than that of megabytes.
_DECODED_BYTES = 256 * 1024
_LONGEST_LINE_BYTES = 64 * MEGABYTE
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, eq=False)
class LineBlock:
    """Whole lines of a file as they stand there, text in UTF-8; `bytes_read` is the place in the file after them."""

    content: bytes
    bytes_read: int

    @cached_property
    def texts(self) -> list[str]:
        """Each line with its line break."""
        return [line.decode() for line in self._lines]

    @cached_property
    def ends(self) -> Int64Array:
        """Where in the content each line ends, shape (lines,)."""
        return np.cumsum(np.fromiter(map(len, self._lines), np.int64, len(self._lines)))

    @cached_property
    def _lines(self) -> list[bytes]:
        return self.content.splitlines(keepends=True)


@dataclass(frozen=True, slots=True)
class FileIdentity:
    """What tells whether a file is still the one that was opened."""

    device: int
    inode: int
    size: int
    mtime_ns: int

    @classmethod
    def of_open_file(cls, file: io.BufferedIOBase) -> FileIdentity:
        """Return the identity of an open file."""
        status = os.fstat(file.fileno())
        return cls(status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)

    def check(self, file: io.BufferedIOBase, name: str) -> None:
        """Raise ReadError when an open file, `name` in messages, is another one, or has changed."""
        if FileIdentity.of_open_file(file) != self:
            raise ReadError("the file changed while it was read; open it again", name)


class LineFile:
    """A text file whose lines end in a line feed, a carriage return, or both, read as UTF-8.

    `encoding` is what the file is in, "" for UTF-8 or what its byte order mark says; `is_told` says that the user may
    tell it with --map.
    """

    def __init__(
        self,
        name: str,
        path: Path,
        head: bytes,
        identity: FileIdentity | None,
        content: bytes,
        *,
        encoding: str = "",
        is_told: bool = False,
    ) -> None:
        self.name = name
        self.path = path
        self.encoding = encoding or marked_encoding(head)
        self.raw_head = head
        self.head = in_utf_8(head, self.encoding)
        self._advice = encoding_advice(is_told=is_told)
        self.total_bytes = identity.size if identity is not None else len(content)
        self._identity = identity
        self._content = content

    @classmethod
    def at(cls, path: Path, name: str, encoding: str = "", *, is_told: bool = False) -> LineFile:
        """Look at a file that is read in blocks; raises ReadError when it cannot be."""
        with opened(path, name) as file:
            identity = FileIdentity.of_open_file(file)
            return cls(name, path, file.read(HEAD_BYTES), identity, b"", encoding=encoding, is_told=is_told)

    @classmethod
    def within(cls, source: SourceFile, encoding: str = "", *, is_told: bool = False) -> LineFile:
        """Read from a file that is in memory already."""
        name, content = source.name, source.content
        return cls(name, source.path, source.head, None, content, encoding=encoding, is_told=is_told)

    def in_encoding(self, encoding: str) -> LineFile:
        """Return the same file, read in an encoding; "" is UTF-8 or what its byte order mark says."""
        return LineFile(self.name, self.path, self.raw_head, self._identity, self._content, encoding=encoding)

    def head_text(self) -> str:
        """Return the first bytes as text, what is no text in them replaced; raises ReadError for UTF-16."""
        self._check_beginning(self.head)
        return self.head.decode("utf-8", "replace").removeprefix("\ufeff")

    def blocks(self) -> Iterator[LineBlock]:
        """Read the file from its beginning, without a byte order mark.

        Raises ReadError with line and column where the text is not UTF-8, and when the file has changed since it was
        looked at first.
        """
        for content, bytes_read in self._blocks():
            fault = self._text_fault(content)
            if fault is not None:
                place, message = fault
                raise self._error_at(place, message, content, bytes_read)
            yield LineBlock(content, bytes_read)

    def texts(self) -> Generator[tuple[str, int]]:
        """Read the file from its beginning, whatever its lines, with the place in the file after each piece of text.

        No piece ends between a carriage return and its line feed. Raises ReadError as `blocks` does.
        """
        decoder = codecs.getincrementaldecoder("utf-8")()
        held, is_first, lines_before = "", True, 0
        for chunk, count, bytes_read in self._utf_8_chunks():
            is_last = bytes_read >= self.total_bytes
            content = bytes(memoryview(chunk)[:count])
            if is_first:
                self._check_beginning(content)
            try:
                text = held + decoder.decode(content, is_last)
            except UnicodeDecodeError as error:
                raise self._fault_of_texts(lines_before) from error
            if "\0" in text:
                raise self._fault_of_texts(lines_before)
            text, is_first = text.removeprefix("\ufeff") if is_first else text, False
            end = len(text) - (text.endswith("\r") and not is_last)
            text, held = text[:end], text[end:]
            lines_before += _count_line_breaks(text.encode()) if "\r" in text else text.count("\n")
            if text:
                yield text, bytes_read

    def holds(self, words: Collection[bytes]) -> bool:
        """Tell whether any of some words, in UTF-8, stands anywhere in the file, whatever else it is."""
        overlap = max(map(len, words)) - 1
        end = b""
        for chunk, count, _ in self._utf_8_chunks():
            held = memoryview(chunk)[:count]
            seam = end + bytes(held[:overlap])
            if any(chunk.find(word, 0, count) >= 0 or word in seam for word in words):
                return True
            end = (end + bytes(held[-overlap:]))[-overlap:]
        return False

    def _fault_of_texts(self, lines_before: int) -> ReadError:
        """Return the error that something is no text, with the place that blocks of lines tell."""
        try:
            for _ in self.blocks():
                pass
        except ReadError as error:
            return error
        return ReadError(f"expected a text file in UTF-8: {self._advice}", self.name, lines_before + 1)

    def _blocks(self) -> Iterator[tuple[bytes, int]]:
        """Give whole lines, whatever they hold, and the place in the file after them."""
        rest, is_first = b"", True
        for chunk, count, bytes_read in self._utf_8_chunks():
            end = _end_of_lines(chunk, count) if bytes_read < self.total_bytes else count
            # A single copy: megabytes are not moved more often than they must be.
            content = b"".join((rest if end else b"", memoryview(chunk)[:end]))
            rest = bytes(memoryview(chunk)[end:count]) if end else rest + chunk[:count]
            if is_first and content:
                self._check_beginning(content)
                content, is_first = content.removeprefix(_BYTE_ORDER_MARK), False
            if content:
                yield content, max(bytes_read - len(rest), 1)
            if len(rest) > _LONGEST_LINE_BYTES:
                message = f"the line is longer than {_LONGEST_LINE_BYTES:,} bytes; expected a table, one record a line"
                raise self._error_at(0, message, rest, bytes_read)

    def _utf_8_chunks(self) -> Iterator[tuple[bytearray, int, int]]:
        """Give the bytes of the file in UTF-8, how many they are, and the place in the file after them."""
        bytes_read = 0
        if not self.encoding:
            for chunk, count in self._chunks():
                bytes_read += count
                yield chunk, count, bytes_read
            return
        for chunk, bytes_read in utf_8_chunks(self._chunks(), self.encoding, self.name):
            yield chunk, len(chunk), bytes_read

    def _chunks(self) -> Iterator[tuple[bytearray, int]]:
        """Give the bytes of the file, each time in the same memory, and how many of them."""
        with self._open() as file:
            left, chunk = self.total_bytes, bytearray(min(_BLOCK_BYTES, self.total_bytes))
            wanted = _FIRST_BLOCK_BYTES
            while left:
                count = file.readinto(memoryview(chunk)[: min(wanted, left)])
                if not count:
                    raise ReadError("the file became shorter while it was read; open it again", self.name)
                left, wanted = left - count, len(chunk)
                if not left:
                    # Only now, before the last lines are handed on, so that nothing is made of a torn file.
                    self._check_unchanged(file)
                yield chunk, count

    @contextmanager
    def _open(self) -> Iterator[io.BufferedIOBase]:
        if self._identity is None:
            yield io.BytesIO(self._content)
            return
        with opened(self.path, self.name) as file:
            self._check_unchanged(file)
            yield file

    def _check_unchanged(self, file: io.BufferedIOBase) -> None:
        if self._identity is not None:
            self._identity.check(file, self.name)

    def _check_beginning(self, content: bytes) -> None:
        if not self.encoding and looks_like_utf_16(content):
            raise ReadError(f"the file is in UTF-16; expected UTF-8: {self._advice}", self.name, 1, 1)

    def _text_fault(self, content: bytes) -> tuple[int, str] | None:
        """Return where something stands that no text has, and what it is; None for text in UTF-8."""
        nul = content.find(b"\0")
        if nul >= 0:
            return nul, "a NUL character, which no text has: this is a binary file; expected a text file in UTF-8"
        if _is_decodable(content):
            return None
        place = _first_undecodable(content)
        return place, f"byte 0x{content[place]:02X} is not UTF-8; expected a text file in UTF-8: {self._advice}"

    def _error_at(self, place: int, message: str, content: bytes, bytes_read: int) -> ReadError:
        """Return an error with the line and the column of a place in lines that end after so many bytes of the file."""
        # Lines are counted only here, by reading once more what stands before.
        lines_before = sum(_count_line_breaks(block) for block, end in self._blocks() if end < bytes_read)
        before = content[:place]
        begin = max(before.rfind(b"\n"), before.rfind(b"\r")) + 1
        column = len(before[begin:].decode("utf-8", "replace")) + 1
        return ReadError(message, self.name, lines_before + _count_line_breaks(before) + 1, column)


def _is_decodable(content: bytes) -> bool:
    if content.isascii():
        return True
    view, begin = memoryview(content), 0
    try:
        while begin < len(view):
            part = view[begin : begin + _DECODED_BYTES]
            begin += codecs.utf_8_decode(part, "strict", begin + len(part) == len(view))[1]
    except UnicodeDecodeError:
        return False
    return True


def _first_undecodable(content: bytes) -> int:
    try:
        content.decode()
    except UnicodeDecodeError as error:
        return error.start
    return 0


def _count_line_breaks(content: bytes) -> int:
    count = content.count(b"\n")
    if b"\r" in content:
        count += content.count(b"\r") - content.count(b"\r\n")
    return count


def _end_of_lines(chunk: bytearray, count: int) -> int:
    """Return where the last whole line ends; a carriage return at the very end may still be followed by its feed."""
    return chunk.rfind(b"\n", 0, count) + 1 or chunk.rfind(b"\r", 0, max(count - 1, 0)) + 1
