"""The parts of a spreadsheet in Office Open XML, unpacked within bounds, and their XML as a stream of elements."""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from xml.parsers import expat

from timeline_app.core.errors import ReadError
from timeline_app.readers.source_file import MEGABYTE, opened

_CHUNK_BYTES = 64 * 1024
# A part may unfold to so much, and past the first of these to so many times what it takes in the file.
_LARGEST_PART_BYTES = 2048 * MEGABYTE
_FREE_BYTES = 16 * MEGABYTE
_LARGEST_RATIO = 200
_DEEPEST = 64
_MOST_PARTS = 10_000

Attributes = dict[str, str]
# What the standard library raises for archives that are damaged, or packed in ways that it does not know.
_UNSOUND = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    UnicodeDecodeError,
    ValueError,
    OverflowError,
    OSError,
)


class Package:
    """An open package of parts; raises ReadError for whatever is no package, or no sound one."""

    def __init__(self, archive: zipfile.ZipFile, file: IO[bytes], name: str) -> None:
        self._archive = archive
        self._file = file
        self.name = name
        if len(archive.namelist()) > _MOST_PARTS:
            raise ReadError(f"the spreadsheet has more than {_MOST_PARTS:,} parts", name)
        self._names = {one.lower(): one for one in archive.namelist()}

    def has(self, part: str) -> bool:
        """Tell whether there is a part of this name, whatever its case."""
        return part.lower() in self._names

    def elements(self, part: str) -> Iterator[tuple[str, str, Attributes, str]]:
        """Give each element of a part: "begin" or "end", its name, its attributes, and at its end the text within it.

        Names are without their namespaces. What is within an element within is not part of its text.
        """
        collector = _Elements(self.name, part)
        for chunk in self.chunks(part):
            yield from collector.of_chunk(chunk, is_last=False)
        yield from collector.of_chunk(b"", is_last=True)

    def position(self) -> int:
        """Return how far the file has been read."""
        return self._file.tell()

    def chunks(self, part: str) -> Iterator[bytes]:
        """Give the bytes of a part, some at a time."""
        info = self._archive.getinfo(self._names[part.lower()])
        if info.flag_bits & 1:
            raise ReadError("the spreadsheet is protected by a password; save it without one", self.name)
        unpacked = 0
        try:
            with self._archive.open(info) as file:
                while chunk := file.read(_CHUNK_BYTES):
                    unpacked += len(chunk)
                    is_bomb = unpacked > _FREE_BYTES and unpacked > _LARGEST_RATIO * max(info.compress_size, 1)
                    if is_bomb or unpacked > _LARGEST_PART_BYTES:
                        message = f"the part {part} unfolds to more than {unpacked:,} bytes and is not read"
                        raise ReadError(message, self.name)
                    yield chunk
        except _UNSOUND as error:
            raise damaged(self.name, str(error)) from error


@contextmanager
def package(path: Path, name: str) -> Iterator[Package]:
    """Open a package; `name` names it in messages. Raises ReadError."""
    with opened(path, name) as file:
        yield Package(_archive(file, name), file, name)


def damaged(name: str, reason: str) -> ReadError:
    """Return the error that a spreadsheet cannot be read."""
    return ReadError(f"the spreadsheet is damaged, or cut off ({reason}); save it again, or as CSV", name)


def _archive(file: IO[bytes], name: str) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(file)
    except _UNSOUND as error:
        raise damaged(name, str(error)) from error


class _Elements:
    """Turns bytes of XML into elements; nothing that could define entities is read."""

    def __init__(self, file: str, part: str) -> None:
        self._file = file
        self._part = part
        self._found: list[tuple[str, str, Attributes, str]] = []
        self._texts: list[list[str]] = []
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = self._refuse
        self._parser.StartElementHandler = self._begin
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters

    def of_chunk(self, chunk: bytes, *, is_last: bool) -> list[tuple[str, str, Attributes, str]]:
        """Return the elements that begin and end in some bytes."""
        try:
            self._parser.Parse(chunk, is_last)
        except expat.ExpatError as error:
            reason = f"{self._part}, line {error.lineno}: {expat.ErrorString(error.code)}"
            raise damaged(self._file, reason) from error
        found, self._found = self._found, []
        return found

    def _begin(self, name: str, attributes: Attributes) -> None:
        if len(self._texts) >= _DEEPEST:
            raise damaged(self._file, f"{self._part} nests too deeply")
        self._texts.append([])
        plain = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        self._found.append(("begin", name.rpartition(" ")[2], plain, ""))

    def _end(self, name: str) -> None:
        self._found.append(("end", name.rpartition(" ")[2], {}, "".join(self._texts.pop())))

    def _characters(self, text: str) -> None:
        if self._texts:
            self._texts[-1].append(text)

    def _refuse(self, *_: object) -> None:
        raise damaged(self._file, f"{self._part} has a document type definition, which no spreadsheet has")
