"""Tell which stretches of a text are equal, many at once and without taking them out of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from timeline_app.core.arrays import Int64Array, NDArray, UInt8Array
from timeline_app.readers.coded import Coded, numbered_alike

_WORD_BYTES = 8
# So many bytes of any value stand behind the text.
PADDING_BYTES = _WORD_BYTES
# What is longer is compared one by one, so that no column takes as many steps as its longest cell has words.
_LONGEST_COMPARED_BYTES = 64
# The golden ratio in 64 bits.
_MULTIPLIER, _HALF_BITS = np.uint64(0x9E3779B97F4A7C15), np.uint64(32)

# Rows, all of them or some, and a number of 64 bits of each of these.
_Part: TypeAlias = tuple[Int64Array | slice, NDArray[np.uint64]]


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
    parts = [part for column in columns for part in _parts(column)]
    count = len(columns[0].begins)
    if len(parts) == 1 and isinstance(parts[0][0], slice):
        return numbered_alike(parts[0][1])
    hashes = np.zeros(count, np.uint64)
    for rows, values in parts:
        mixed = (hashes[rows] ^ values) * _MULTIPLIER
        hashes[rows] = mixed ^ (mixed >> _HALF_BITS)
    first, codes = numbered_alike(hashes)
    same = first[codes]
    if all(_are_equal(rows, values, same) for rows, values in parts):
        return first, codes
    return numbered_alike(Coded.of(list(zip(*map(_texts, columns), strict=True))).codes)


def _parts(column: Stretches) -> list[_Part]:
    """Return numbers by which records differ exactly where their stretches do."""
    words = np.ndarray((len(column.letters) - _WORD_BYTES + 1,), "<u8", column.letters, strides=(1,))
    begins, lengths = column.begins, column.lengths
    longest = int(lengths.max(initial=0))
    missing = np.maximum(_WORD_BYTES - lengths, 0).astype(np.uint64) << np.uint64(3)
    # Shifting by all 64 bits is not defined.
    found: list[_Part] = [(slice(None), np.where(lengths, words[begins] << np.minimum(missing, 56), np.uint64(0)))]
    if longest <= _WORD_BYTES:
        # As there are no zeros in the text, the eight bytes alone tell the stretches apart.
        return found
    found.append((slice(None), lengths.astype(np.uint64)))
    rows = np.flatnonzero(lengths <= _LONGEST_COMPARED_BYTES)
    done = _WORD_BYTES
    while len(rows := rows[lengths[rows] > done]):
        missing = np.maximum(done + _WORD_BYTES - lengths[rows], 0).astype(np.uint64) << np.uint64(3)
        found.append((rows, words[begins[rows] + done] << missing))
        done += _WORD_BYTES
    long = np.flatnonzero(lengths > _LONGEST_COMPARED_BYTES)
    if len(long):
        texts = _texts(Stretches(column.content, column.letters, begins[long], lengths[long]))
        found.append((long, Coded.of(texts).codes.astype(np.uint64)))
    return found


def _are_equal(rows: Int64Array | slice, values: NDArray[np.uint64], same: Int64Array) -> bool:
    """Tell whether the numbers of rows are those of the rows that are said to be the same."""
    if isinstance(rows, slice):
        return np.array_equal(values, values[same])
    by_row = np.empty(len(same), np.uint64)
    by_row[rows] = values
    return np.array_equal(values, by_row[same[rows]])


def _texts(column: Stretches) -> list[bytes]:
    ends = column.begins + column.lengths
    return [column.content[begin:end] for begin, end in zip(column.begins.tolist(), ends.tolist(), strict=True)]
