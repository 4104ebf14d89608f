"""A pyramid of time: how many events each stretch of it has, and the most important of them, at every scale.

Level k cuts time into buckets of 2**k seconds, aligned to the second 0, and keeps those that are not empty. Each level
is made from the one below by a shift and a reduction over runs of equal buckets, as in mip maps and in the trace
viewers Perfetto and Trace Compass.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from timeline_app.core.arrays import Int32Array, Int64Array, IntegerArray, NDArray, UInt8Array
from timeline_app.core.urgency import MOST_IMPORTANT

COARSEST = 62
_NARROW_BITS = 32


@dataclass(frozen=True, slots=True, eq=False)
class Buckets:
    """The non-empty buckets of one level in the order of time, each array of shape (buckets,) but `firsts`.

    Bucket i begins at numbers[i] * 2**level seconds. Its rows are those at the places firsts[i] to firsts[i + 1] of the
    index; `tops` has the place of the most important of them, of equals the first.
    """

    level: int
    numbers: Int64Array
    firsts: IntegerArray
    tops: IntegerArray

    @property
    def counts(self) -> IntegerArray:
        """How many rows each bucket has."""
        return np.diff(self.firsts)

    @property
    def levels_apart(self) -> int:
        """How many levels up the first two of the buckets become one: beyond the coarsest where none ever do."""
        steps = (self.numbers[1:] ^ self.numbers[:-1]).view(np.uint64)
        return int(steps.min()).bit_length() if len(steps) else COARSEST + 1

    def between(self, first_s: int, beyond_s: int) -> slice:
        """Return the buckets that have a part of a stretch of time."""
        first = int(np.searchsorted(self.numbers, first_s >> self.level))
        beyond = int(np.searchsorted(self.numbers, -(-beyond_s >> self.level)))
        return slice(first, max(first, beyond))

    def coarser(self, level: int, importance: UInt8Array) -> Buckets:
        """Return the buckets of a coarser level; `importance` is that of the `tops`, of the same shape."""
        count = int(self.firsts[-1])
        numbers = self.numbers >> (level - self.level)
        begins = np.flatnonzero(np.concatenate(([True], numbers[1:] != numbers[:-1])))
        firsts = np.append(self.firsts[begins], self.firsts[-1])
        return Buckets(level, numbers[begins], firsts, _tops(importance, count - 1 - self.tops, begins, count))


def buckets_of(starts_s: Int64Array, importance: UInt8Array, level: int) -> Buckets:
    """Return the buckets of a level of events, in order of their starts; both arrays have the shape (events,)."""
    count = len(starts_s)
    numbers = starts_s >> level
    begins = np.flatnonzero(np.concatenate(([True], numbers[1:] != numbers[:-1]))[:count])
    if not len(begins):
        none = np.zeros(0, np.int64)
        return Buckets(level, none, np.zeros(1, np.int64), none)
    after = np.arange(count - 1, -1, -1, dtype=np.int32)
    firsts = np.append(begins, count).astype(np.int32)
    return Buckets(level, numbers[begins], firsts, _tops(importance, after, begins, count))


def _tops(importance: UInt8Array, after: IntegerArray, begins: Int64Array, count: int) -> Int32Array:
    """Return of each run the place, of `count`, with the greatest importance, of equals the first.

    `after` tells how many places come after each. Numbers made of both fit four bytes where there are not too many.
    """
    place_bits = count.bit_length()
    fits = place_bits + MOST_IMPORTANT.bit_length() <= _NARROW_BITS
    keys: NDArray[np.unsignedinteger] = importance.astype(np.uint32 if fits else np.uint64)
    np.left_shift(keys, place_bits, out=keys)
    np.bitwise_or(keys, after.astype(keys.dtype), out=keys)
    best = np.maximum.reduceat(keys, begins).astype(np.int64) & ((1 << place_bits) - 1)
    return (count - 1 - best).astype(np.int32)
