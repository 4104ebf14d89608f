"""Tell which stretches of a text are equal, many at once and without taking them out of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from timeline_app.core.arrays import Int64Array, NDArray, UInt8Array, read_only
from timeline_app.readers.coded import Coded, numbered_alike

_WORD_BYTES = 8
# What is longer is compared one by one. To copy so many bytes from any place takes no longer than to copy eight.
_LONGEST_COMPARED_BYTES = 64
# So many bytes of any value stand behind the text.
PADDING_BYTES = _LONGEST_COMPARED_BYTES
# The golden ratio in 64 bits; its powers are odd, too.
_MULTIPLIER = 0x9E3779B97F4A7C15
_HALF_BITS = np.uint64(32)
# By so much the last letters of a word are moved down to mix with the first.
_MIXING_BITS = np.uint64(29)


@dataclass(frozen=True, slots=True, eq=False)
class Stretches:
    """Stretches of a text without zeros, one a record; `letters` are its bytes with some behind them."""

    content: bytes
    letters: UInt8Array
    begins: Int64Array
    lengths: Int64Array


def number_alike(columns: Sequence[Stretches]) -> tuple[Int64Array, Int64Array]:
    """Number the records that are equal in all columns, see `numbered_alike`.

    They are found by a hash, and then compared: two that differ are never taken for one, whoever made the text.
    """
    words = [found for column in columns for found in _words_of(column)]
    if len(words) == 1 and words[0].shape[1] == 1:
        return numbered_alike(words[0][:, 0])
    hashes = np.zeros(len(columns[0].begins), np.uint64)
    for found in words:
        hashes *= np.uint64(_MULTIPLIER)
        hashes ^= (found ^ (found >> _MIXING_BITS)) @ _multipliers(found.shape[1])
        hashes ^= hashes >> _HALF_BITS
    first, codes = numbered_alike(hashes)
    same = first[codes]
    if all(np.array_equal(found, found.take(same, axis=0)) for found in words):
        return first, codes
    return numbered_alike(Coded.of(list(zip(*map(_texts, columns), strict=True))).codes)


def _words_of(column: Stretches) -> list[NDArray[np.uint64]]:
    """Return numbers by which records differ exactly where their stretches do, shapes (records, any)."""
    longest = int(column.lengths.max(initial=0))
    width = -(-min(longest, _LONGEST_COMPARED_BYTES) // _WORD_BYTES) * _WORD_BYTES or _WORD_BYTES
    blocks = np.ndarray((len(column.letters) - width + 1,), f"V{width}", column.letters, strides=(1,))
    masks = _masks(width)[np.minimum(column.lengths, width)]
    # As there are no zeros in the text, no stretch is another with some behind it.
    words = _as_words(blocks[column.begins], width) & _as_words(masks, width)
    if longest <= _LONGEST_COMPARED_BYTES:
        return [words]
    long = np.flatnonzero(column.lengths > _LONGEST_COMPARED_BYTES)
    texts = _texts(Stretches(column.content, column.letters, column.begins[long], column.lengths[long]))
    numbers = np.zeros((len(words), 1), np.uint64)
    numbers[long, 0] = Coded.of(texts).codes + 1
    return [words, numbers]


def _as_words(blocks: NDArray[Any], width: int) -> NDArray[np.uint64]:
    return blocks.view("<u8").reshape(len(blocks), width // _WORD_BYTES)


@lru_cache
def _masks(width: int) -> NDArray[Any]:
    """Return for each length up to a width the bytes of that width of which so many are kept, shape (width + 1,)."""
    kept = np.tri(width + 1, width, -1, dtype=np.uint8) * np.uint8(0xFF)
    return read_only(kept.view(f"V{width}").reshape(-1))


@lru_cache
def _multipliers(count: int) -> NDArray[np.uint64]:
    powers = [pow(_MULTIPLIER, exponent, 1 << 64) for exponent in range(1, count + 1)]
    return read_only(np.array(powers, np.uint64))


def _texts(column: Stretches) -> list[bytes]:
    ends = column.begins + column.lengths
    return [column.content[begin:end] for begin, end in zip(column.begins.tolist(), ends.tolist(), strict=True)]
