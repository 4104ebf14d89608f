"""The dates of all events of a table, a few bytes each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from timeline_app.core.arrays import Int64Array, IntegerArray, read_only
from timeline_app.core.when import FUTURE_S, PAST_S

# How far the three other bounds lie after the first, as columns of `shapes`.
START_LATEST, END_EARLIEST, END_LATEST = range(3)
# In `shapes`, of a bound that is FUTURE_S. That itself may be a distance: from PAST_S to the first second of 1970.
NO_DISTANCE_S = np.iinfo(np.int64).max
# The golden ratio in 64 bits.
_MULTIPLIER, _HALF_BITS = np.uint64(0x9E3779B97F4A7C15), np.uint64(32)


@dataclass(frozen=True, slots=True, eq=False)
class Times:
    """The four bounds of every event in seconds (see core.when): the first as it is, the others as a shape.

    Of many events few differ in how long they last and how vague they are, so these three numbers stand once in
    `shapes`, shape (shapes, 3), and `shape_codes`, shape (rows,), names the one of each event. NO_DISTANCE_S in
    `shapes` stands for a bound that is FUTURE_S.
    """

    start_earliest_s: Int64Array
    shape_codes: IntegerArray
    shapes: Int64Array

    @classmethod
    def of_bounds(cls, bounds_s: Int64Array) -> Times:
        """Return the times of events whose four bounds in seconds are given, shape (rows, 4)."""
        starts = np.ascontiguousarray(bounds_s[:, 0])
        shapes = np.where(bounds_s[:, 1:] == FUTURE_S, NO_DISTANCE_S, bounds_s[:, 1:] - starts[:, None])
        distinct, codes = distinct_rows(shapes)
        return cls(read_only(starts), read_only(narrowed(codes, len(distinct))), read_only(distinct))

    def __len__(self) -> int:
        return len(self.start_earliest_s)

    @property
    def start_latest_s(self) -> Int64Array:
        """The latest start of every event, shape (rows,), computed anew."""
        return self._bound(START_LATEST, slice(None))

    @property
    def end_earliest_s(self) -> Int64Array:
        """The earliest end of every event, shape (rows,), computed anew."""
        return self._bound(END_EARLIEST, slice(None))

    @property
    def end_latest_s(self) -> Int64Array:
        """The latest end of every event, shape (rows,), computed anew."""
        return self._bound(END_LATEST, slice(None))

    def at(self, rows: IntegerArray | slice) -> tuple[Int64Array, Int64Array, Int64Array, Int64Array]:
        """Return the four bounds of some rows, each of shape (len(rows),)."""
        start, codes = self.start_earliest_s[rows], self.shape_codes[rows]
        return (
            start,
            self._bound_after(START_LATEST, start, codes),
            self._bound_after(END_EARLIEST, start, codes),
            self._bound_after(END_LATEST, start, codes),
        )

    def ends_of(self, rows: IntegerArray | slice) -> Int64Array:
        """Return the latest end of some rows, shape (len(rows),)."""
        return self._bound(END_LATEST, rows)

    def bounds_of(self, row: int) -> tuple[int, int, int, int]:
        """Return the four bounds of one row."""
        start = int(self.start_earliest_s[row])
        after = self.shapes[int(self.shape_codes[row])].tolist()
        latest, end_earliest, end_latest = (FUTURE_S if one == NO_DISTANCE_S else start + one for one in after)
        return start, latest, end_earliest, end_latest

    def extent_of(self, rows: IntegerArray | slice) -> tuple[int, int] | None:
        """Return the first and last bounded second of some rows, None where there is none."""
        starts, ends = self.start_earliest_s[rows], self.ends_of(rows)
        if not len(starts):
            return None
        first_s, last_s = int(starts.min()), int(ends.max())
        if first_s > PAST_S and last_s < FUTURE_S:
            return first_s, last_s
        bounded_starts, bounded_ends = starts[starts > PAST_S], ends[ends < FUTURE_S]
        edges = [
            int(edge()) for column in (bounded_starts, bounded_ends) if len(column) for edge in (column.min, column.max)
        ]
        # Only where an outer bound is missing can an inner one be the first or the last.
        open_ones = np.flatnonzero((starts <= PAST_S) | (ends >= FUTURE_S))
        if len(open_ones):
            inner = np.concatenate([self._bound(which, rows)[open_ones] for which in (START_LATEST, END_EARLIEST)])
            inner = inner[(inner > PAST_S) & (inner < FUTURE_S)]
            edges += [int(inner.min()), int(inner.max())] if len(inner) else []
        return (min(edges), max(edges)) if edges else None

    def _bound(self, which: int, rows: IntegerArray | slice) -> Int64Array:
        return self._bound_after(which, self.start_earliest_s[rows], self.shape_codes[rows])

    def _bound_after(self, which: int, start: Int64Array, codes: IntegerArray) -> Int64Array:
        """Return one bound of events that have these earliest starts and shapes."""
        afters = self.shapes[:, which]
        after = afters[codes]
        bound = start + after
        if (afters == NO_DISTANCE_S).any():
            bound[after == NO_DISTANCE_S] = FUTURE_S
        return bound


def joined_times(parts: Sequence[Times]) -> Times:
    """Return the times of several tables one after the other."""
    if len(parts) == 1:
        return parts[0]
    distinct, codes = distinct_rows(np.concatenate([part.shapes for part in parts]))
    firsts = np.cumsum([0, *(len(part.shapes) for part in parts)])
    own = [codes[firsts[number] + part.shape_codes.astype(np.int64)] for number, part in enumerate(parts)]
    starts = np.concatenate([part.start_earliest_s for part in parts])
    return Times(read_only(starts), read_only(narrowed(np.concatenate(own), len(distinct))), read_only(distinct))


def distinct_rows(rows: Int64Array) -> tuple[Int64Array, Int64Array]:
    """Return each row of a matrix once, in ascending order, and the number of each row's equal among them.

    Equal ones are found by a hash and then compared: to sort single numbers takes a fifth of the time of sorting rows.
    """
    hashes = np.zeros(len(rows), np.uint64)
    for column in rows.T:
        hashes ^= column.astype(np.uint64)
        hashes *= _MULTIPLIER
        hashes ^= hashes >> _HALF_BITS
    order = np.argsort(hashes)
    is_other = np.ones(len(rows), np.bool_)
    is_other[1:] = hashes[order[1:]] != hashes[order[:-1]]
    codes = np.empty(len(rows), np.int64)
    codes[order] = np.cumsum(is_other) - 1
    found = rows[order[is_other]]
    if not np.array_equal(found.take(codes, axis=0), rows):
        return _sorted_rows(rows)
    distinct, ranks = _sorted_rows(found)
    return distinct, ranks[codes]


def _sorted_rows(rows: Int64Array) -> tuple[Int64Array, Int64Array]:
    """Return the same by sorting all rows."""
    order = np.lexsort(rows.T[::-1])
    ordered = rows[order]
    begins = np.ones(len(rows), np.bool_)
    begins[1:] = (ordered[1:] != ordered[:-1]).any(axis=1)
    codes = np.empty(len(rows), np.int64)
    codes[order] = np.cumsum(begins) - 1
    return ordered[begins], codes


def narrowed(codes: Int64Array, count: int) -> IntegerArray:
    """Return codes below `count`, -1 among them for none, as the narrowest signed type that holds them."""
    kind = next(kind for kind in (np.int8, np.int16, np.int32, np.int64) if count <= np.iinfo(kind).max)
    return codes.astype(kind)
