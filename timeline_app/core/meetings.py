"""Who takes part in the same events: how many each two names share, and which, without going through all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from timeline_app.core.arrays import Int32Array, Int64Array, NDArray, read_only, sorted_unique
from timeline_app.core.postings import Postings

MOST_NAMES = 1_024  # of more the counts of all pairs would take too much room
FREQUENT = 16
_BLOCK_BITS = 20


@dataclass(frozen=True, slots=True, eq=False)
class Meetings:
    """What names share: `counts`, shape (names, names), tells of how many events; none with itself.

    `bits` has the most frequent names, by their numbers, each with a bit of its own in `marks`, shape (rows,), which
    has the bits of all of them that take part.
    """

    postings: Postings
    counts: Int32Array
    bits: Mapping[int, int]
    marks: NDArray[np.uint16]

    @classmethod
    def of(cls, postings: Postings, row_count: int, is_wanted: Callable[[], bool] = lambda: True) -> Meetings | None:
        """Return what the names of some postings share; None for too many names, or when it is no longer wanted."""
        if len(postings.names) > MOST_NAMES:
            return None
        counts = np.zeros((len(postings.names), len(postings.names)), np.int32)
        for first in range(0, row_count, 1 << _BLOCK_BITS):
            if not is_wanted():
                return None
            counts += _pairs_within(postings, first)
        marks = np.zeros(row_count, np.uint16)
        frequent = np.argsort(-postings.counts, kind="stable")[:FREQUENT].tolist()
        for bit, code in enumerate(frequent):
            marks[postings.rows_at(code)] |= np.uint16(1 << bit)
        return cls(postings, read_only(counts), {code: 1 << bit for bit, code in enumerate(frequent)}, read_only(marks))

    def companions(self, code: int, most: int) -> list[int]:
        """Return who shares most events with a name, of equals the first: at most so many, and none who shares none."""
        counts = self.counts[code]
        fullest = np.argsort(-counts, kind="stable")[:most]
        return [int(other) for other in fullest if counts[other]]

    def shared(self, code: int, others: Iterable[int]) -> Iterator[Int32Array]:
        """Yield the sorted rows that a name shares with each of some others."""
        own = self.postings.rows_at(code)
        own_marks = self.marks.take(own)
        for other in others:
            rows = self.postings.rows_at(other)
            if other in self.bits:
                yield own.compress((own_marks & np.uint16(self.bits[other])) != 0)
            elif code in self.bits:
                yield rows.compress((self.marks.take(rows) & np.uint16(self.bits[code])) != 0)
            else:
                fewer, more = (own, rows) if len(own) < len(rows) else (rows, own)
                places = np.searchsorted(more, fewer)
                yield fewer.compress(more.take(places, mode="clip") == fewer)


def _pairs_within(postings: Postings, first: int) -> Int32Array:
    """Return how many of a block of rows each two names share, shape (names, names)."""
    names = len(postings.names)
    edges = np.array([first, first + (1 << _BLOCK_BITS)], postings.rows.dtype)
    lists = [rows[slice(*np.searchsorted(rows, edges))] for rows in map(postings.rows_at, range(names))]
    code_bits = max(names - 1, 1).bit_length()
    # One sort of numbers made of row and name puts the names of each row side by side.
    keys = (np.concatenate([*lists, postings.rows[:0]]) - first).astype(np.uint32) << np.uint32(code_bits)
    keys |= np.repeat(np.arange(names, dtype=np.uint32), [len(rows) for rows in lists])
    keys.sort()
    rows, codes = keys >> np.uint32(code_bits), (keys & np.uint32((1 << code_bits) - 1)).astype(np.int64)
    pairs: Int64Array = np.zeros(names * names, np.int64)
    for apart in range(1, names):
        together = np.flatnonzero(rows[apart:] == rows[:-apart])
        if not len(together):
            break
        # Counted by sorting: NumPy's bincount would keep the window from its turn for as long as it takes.
        met = (codes[together] * names + codes[together + apart]).astype(np.int32)
        met.sort()
        found, begins = sorted_unique(met)
        pairs[found] += np.diff(begins, append=len(met))
    upper = pairs.reshape(names, names)
    return (upper + upper.T).astype(np.int32)
