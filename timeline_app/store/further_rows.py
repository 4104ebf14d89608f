"""Find, among the rows of a large file, those that tell more of an earlier row's event: one for each actor, say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from timeline_app.core.arrays import Int64Array, NDArray, read_only
from timeline_app.core.same_rows import SameRows, no_rows
from timeline_app.store.kept import Kept
from timeline_app.store.sinks import Sink

_FIRSTS, _FURTHER = "further.firsts", "further.rows"


@dataclass(frozen=True, slots=True, eq=False)
class FurtherRows:
    """The rows that tell more of an earlier one, the first row of each, and the number that goes after its id.

    All of the shape (further rows,); `rows` ascend.
    """

    firsts: Int64Array
    rows: Int64Array
    numbers: Int64Array

    def __len__(self) -> int:
        return len(self.rows)


NO_FURTHER_ROWS = FurtherRows(*(read_only(np.zeros(0, np.int64)) for _ in range(3)))


def further_rows(hashes: NDArray[np.uint64], columns: Sequence[NDArray[Any]]) -> FurtherRows:
    """Return the rows that have the id of an earlier one, by its hash, and the same in all columns.

    All arrays have the shape (rows,), in order of time and then of the file. Of one id, those rows that are first get
    the lowest numbers (see store.ids), so that the others' begin after these.
    """
    order = np.argsort(hashes, kind="stable")
    ordered = hashes[order]
    repeats = ordered[1:] == ordered[:-1]
    rows = order[np.flatnonzero(np.append(repeats, False) | np.insert(repeats, 0, False))]
    if not len(rows):
        return NO_FURTHER_ROWS
    keys = [hashes[rows], *(column[rows] for column in columns)]
    by_event = np.lexsort((rows, *reversed(keys)))
    rows = rows[by_event]
    is_first = np.ones(len(rows), np.bool_)
    is_first[1:] = np.logical_or.reduce([key[by_event][1:] != key[by_event][:-1] for key in keys])
    firsts = rows[np.maximum.accumulate(np.where(is_first, np.arange(len(rows)), 0))]
    _, group = np.unique(hashes[rows], return_inverse=True)
    numbers = _numbers(rows, is_first, group)
    further = np.flatnonzero(~is_first)
    further = further[np.argsort(rows[further])]
    return FurtherRows(firsts[further], rows[further], numbers[further])


def put_further_rows(found: FurtherRows, sink: Sink) -> None:
    """Keep which rows tell more of which."""
    sink.put(_FIRSTS, found.firsts.astype(np.int32))
    sink.put(_FURTHER, found.rows.astype(np.int32))


def further_rows_of(kept: Kept, count: int) -> SameRows:
    """Return the rows that tell more of earlier ones, of which there are so many; raises StoreError."""
    if not count:
        return no_rows()
    return SameRows(kept.column(_FIRSTS).astype(np.int64), kept.column(_FURTHER).astype(np.int64))


def _numbers(rows: Int64Array, is_first: NDArray[np.bool_], group: NDArray[np.intp]) -> Int64Array:
    """Number the rows of each group from 1, those that are first before the others, each in the order of the rows."""
    order = np.lexsort((rows, ~is_first, group))
    begins = np.flatnonzero(np.insert(group[order][1:] != group[order][:-1], 0, True))
    counts = np.diff(np.append(begins, len(rows)))
    numbers = np.empty(len(rows), np.int64)
    numbers[order] = np.arange(len(rows)) - np.repeat(begins, counts) + 1
    return numbers
