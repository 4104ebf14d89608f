"""Many texts end to end in one array of bytes, and 64 bits by which each is found again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from timeline_app.core.arrays import Int64Array, IntegerArray, NDArray, UInt8Array, read_only

# Words of eight bytes are read at any place of a text, the last of them beyond its end.
_WORD_BYTES = 8
# What is longer is hashed by MD5, so that no column takes as many steps as its longest text has words.
_LONGEST_MIXED_BYTES = 256
# The golden ratio in 64 bits, and the multiplier of the finaliser of MurmurHash3.
_STEP = 0x9E3779B97F4A7C15
_FINISH = 0xFF51AFD7ED558CCD
_HALF_BITS = 32
_MASK = (1 << 64) - 1


@dataclass(frozen=True, slots=True, eq=False)
class TextColumn:
    """Texts in UTF-8: text i is content[offsets[i]:offsets[i + 1]].

    `content` has eight bytes more than the texts, of any value.
    """

    content: UInt8Array
    offsets: Int64Array

    @classmethod
    def of(cls, texts: Iterable[str]) -> TextColumn:
        """Return texts as a column."""
        encoded = [text.encode() for text in texts]
        lengths = np.fromiter(map(len, encoded), np.int64, len(encoded))
        return cls.of_bytes(b"".join(encoded), np.concatenate(([0], np.cumsum(lengths))))

    @classmethod
    def of_bytes(cls, content: bytes | memoryview, offsets: IntegerArray) -> TextColumn:
        """Return the texts that lie end to end in some bytes, which are copied."""
        padded = np.zeros(len(content) + _WORD_BYTES, np.uint8)
        padded[: len(content)] = np.frombuffer(content, np.uint8)
        return cls(read_only(padded), read_only(offsets.astype(np.int64)))

    @classmethod
    def empty(cls, count: int) -> TextColumn:
        """Return so many empty texts."""
        return cls.of_bytes(b"", np.zeros(count + 1, np.int64))

    def __len__(self) -> int:
        return len(self.offsets) - 1

    @property
    def lengths(self) -> Int64Array:
        """How many bytes each text has, shape (texts,)."""
        lengths: Int64Array = np.diff(self.offsets)
        return lengths

    def texts(self, rows: Sequence[int]) -> list[str]:
        """Return some of the texts."""
        content, offsets = self.content, self.offsets
        return [content[offsets[row] : offsets[row + 1]].tobytes().decode() for row in rows]

    def hashes(self) -> NDArray[np.uint64]:
        """Return `text_hash` of each text, shape (texts,)."""
        return stretch_hashes(self.content, self.offsets[:-1], self.lengths)

    def hashes_of(self, rows: IntegerArray) -> NDArray[np.uint64]:
        """Return `text_hash` of some texts, shape (len(rows),)."""
        return stretch_hashes(self.content, self.offsets[rows], self.lengths[rows])


def stretch_hashes(content: UInt8Array, begins: Int64Array, lengths: Int64Array) -> NDArray[np.uint64]:
    """Return `text_hash` of texts that lie anywhere in some bytes, of which eight follow the last text."""
    hashes = lengths.astype(np.uint64)
    words = words_of(content)
    rows = np.flatnonzero(lengths <= _LONGEST_MIXED_BYTES)
    done = 0
    while len(rows := rows[lengths[rows] > done]):
        missing = np.maximum(done + _WORD_BYTES - lengths[rows], 0).astype(np.uint64) << np.uint64(3)
        word = words[begins[rows] + done] << missing
        hashes[rows] = _mixed(hashes[rows] ^ word, _STEP)
        done += _WORD_BYTES
    for row in np.flatnonzero(lengths > _LONGEST_MIXED_BYTES).tolist():
        hashes[row] = _digest(content[begins[row] : begins[row] + lengths[row]].tobytes())
    return read_only(_mixed(hashes, _FINISH))


def words_of(content: UInt8Array) -> NDArray[np.uint64]:
    """Return the eight bytes that begin at each byte, the first of them the lowest, without copying any."""
    return np.ndarray((max(len(content) - _WORD_BYTES + 1, 0),), "<u8", content, strides=(1,))


def text_hash(text: str) -> int:
    """Return 64 bits of a text that are the same on every machine; against accidents, not against intent."""
    encoded = text.encode()
    value = len(encoded)
    if value > _LONGEST_MIXED_BYTES:
        return _mixed_number(_digest(encoded), _FINISH)
    for begin in range(0, len(encoded), _WORD_BYTES):
        part = encoded[begin : begin + _WORD_BYTES]
        word = int.from_bytes(part, "little") << 8 * (_WORD_BYTES - len(part))
        value = _mixed_number(value ^ word, _STEP)
    return _mixed_number(value, _FINISH)


def _mixed(values: NDArray[np.uint64], multiplier: int) -> NDArray[np.uint64]:
    values = values * np.uint64(multiplier)
    values ^= values >> np.uint64(_HALF_BITS)
    return values


def _mixed_number(value: int, multiplier: int) -> int:
    value = value * multiplier & _MASK
    return value ^ value >> _HALF_BITS


def _digest(encoded: bytes) -> int:
    return int.from_bytes(hashlib.md5(encoded, usedforsecurity=False).digest()[:_WORD_BYTES], "little")
