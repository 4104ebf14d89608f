"""The parts of an ingested file, as they are read again: from a folder or from memory."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from timeline_app.core.arrays import Int64Array, NDArray
from timeline_app.core.errors import StoreError
from timeline_app.store.checksums import BLOCK_BYTES
from timeline_app.store.disk import PositionedFile, failures_told, told
from timeline_app.store.holding import Hold

MARKS_NAME = "marks.json"
# How many of the blocks read last are held, for each file: neighbouring rows stand in the same ones.
_BLOCKS_HELD = 64


class Pieces(Protocol):
    """A part of which only some bytes are wanted at a time; may be read from any thread."""

    def __len__(self) -> int:
        """How many bytes it has."""

    def read(self, length: int, offset: int) -> bytes:
        """Return bytes from a place on; raises StoreError when they are gone or damaged."""

    def fetch(self, offsets: Int64Array) -> None:
        """Bring the bytes around some places to where they are read at once; waits until they are there."""


class Kept(Protocol):
    """What was kept of a file: columns to be read whole, and parts to be read piece by piece."""

    @property
    def folder(self) -> Path | None:
        """Where it is kept, None in memory."""

    def column(self, name: str) -> NDArray[Any]:
        """Return a column; raises StoreError when it is gone or damaged."""

    def pieces(self, name: str) -> Pieces:
        """Return a part to be read piece by piece; raises StoreError when it is gone or damaged."""


class FolderKept:
    """What was kept in a folder, every byte of it checked when it is read; the folder is held meanwhile.

    Raises StoreError when the folder is gone or was not finished.
    """

    def __init__(self, folder: Path) -> None:
        self._hold = Hold(folder)
        self._marks = read_checked_json(folder / MARKS_NAME)

    @property
    def folder(self) -> Path:
        """Where it is kept."""
        return self._hold.folder

    def column(self, name: str) -> NDArray[Any]:
        """Return a column; raises StoreError when it is gone or damaged."""
        path = self.folder / name
        mark = self._mark(name)
        with failures_told(path):
            column: NDArray[Any] = np.fromfile(path, np.dtype(mark["dtype"]))
        if column.nbytes != mark["bytes"] or zlib.crc32(column.view(np.uint8).data) != mark["crc32"]:
            raise damaged(path)
        return column

    def pieces(self, name: str) -> Pieces:
        """Return a part to be read piece by piece; raises StoreError when it is gone or damaged."""
        path = self.folder / name
        with failures_told(path):
            file = PositionedFile(path)
        return _FilePieces(_Blocks(path, file, self._mark(name)["bytes"], self.column(sums_name(name))))

    def _mark(self, name: str) -> Mapping[str, Any]:
        try:
            mark: Mapping[str, Any] = self._marks[name]
        except KeyError as error:
            raise damaged(self.folder / name) from error
        return mark


class MemoryPieces:
    """Bytes in memory."""

    def __init__(self, content: bytes | bytearray) -> None:
        self._content = content

    def __len__(self) -> int:
        return len(self._content)

    def read(self, length: int, offset: int) -> bytes:
        """Return bytes from a place on."""
        return bytes(self._content[offset : offset + length])

    def fetch(self, offsets: Int64Array) -> None:
        """They are there."""


class _Blocks:
    """The blocks of a file, each checked when it is read."""

    def __init__(self, path: Path, file: PositionedFile, size: int, sums: NDArray[np.uint32]) -> None:
        self.size = size
        self._path = path
        self._file = file
        self._sums = sums

    def fetch(self, numbers: Int64Array) -> None:
        """Bring some blocks to where they are read at once: asked for all together, they come sooner."""
        offsets = [number * BLOCK_BYTES for number in numbers.tolist()]
        for offset in offsets:
            self._file.fetch(BLOCK_BYTES, offset)
        with suppress(OSError):  # Told to who reads them.
            for offset in offsets:
                self._file.read(min(BLOCK_BYTES, self.size - offset), offset)

    def read(self, number: int) -> bytes:
        """Return the block of a number from 0, the last of which may be short; raises StoreError when it is damaged."""
        offset = number * BLOCK_BYTES
        length = min(BLOCK_BYTES, self.size - offset)
        try:  # Told without a context, which would take as long as the reading: a picture needs hundreds of blocks.
            block = self._file.read(length, offset)
        except OSError as error:
            raise told(error, self._path) from error
        if len(block) != length or zlib.crc32(block) != int(self._sums[number]):
            raise damaged(self._path)
        return block


class _FilePieces:
    def __init__(self, blocks: _Blocks) -> None:
        self._size = blocks.size
        self._blocks = blocks
        self._block = lru_cache(_BLOCKS_HELD)(blocks.read)

    def __len__(self) -> int:
        return self._size

    def read(self, length: int, offset: int) -> bytes:
        first, begin = divmod(offset, BLOCK_BYTES)
        if begin + length <= BLOCK_BYTES:
            return self._block(first)[begin : begin + length]
        last = (offset + length - 1) // BLOCK_BYTES
        return b"".join(map(self._block, range(first, last + 1)))[begin : begin + length]

    def fetch(self, offsets: Int64Array) -> None:
        self._blocks.fetch(np.unique(offsets // BLOCK_BYTES))


def sums_name(name: str) -> str:
    """Return the name of the column with the checksums of a part that is read piece by piece."""
    return f"{name}.sums"


def damaged(path: Path) -> StoreError:
    """Return the error that a file is not as it was written."""
    return StoreError(f"{path} is damaged")


def checked_json(content: object) -> bytes:
    """Return JSON after a line with its checksum."""
    payload = json.dumps(content, separators=(",", ":")).encode()
    return b"%08x\n%b" % (zlib.crc32(payload), payload)


def read_checked_json(path: Path) -> dict[str, Any]:
    """Read an object that `checked_json` wrote; raises StoreError when it is gone or damaged."""
    with failures_told(path):
        checksum, _, payload = path.read_bytes().partition(b"\n")
    if checksum != b"%08x" % zlib.crc32(payload):
        raise damaged(path)
    content: dict[str, Any] = json.loads(payload)
    return content
