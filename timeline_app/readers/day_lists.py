"""Read the days that stand one after another in cells of a table, of many cells at once."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from timeline_app.core.arrays import Int32Array, Int64Array, UInt8Array
from timeline_app.readers.plain_days import DAY_LETTERS, NO_DAY, PlainDays

# Those that tables of events are full of; a table of all years takes longer to make than thousands of cells to read.
_USUAL_YEARS = range(1900, 2100)
_STEP = DAY_LETTERS + 1


class DayLists(NamedTuple):
    """How many days each cell lists, and the earliest and the latest of them, each of shape (cells,).

    Days are counted from 1970-01-01. Of a cell that is not plainly a list of days, as of one that names a day before
    1900, the count is 0 and both days are NO_DAY.
    """

    counts: Int64Array
    earliest: Int32Array
    latest: Int32Array

    @property
    def single(self) -> Int32Array:
        """The day of each cell that is one, NO_DAY for all others, shape (cells,)."""
        return np.where(self.counts == 1, self.earliest, np.int32(NO_DAY))


def day_lists(content: UInt8Array, begins: Int64Array, lengths: Int64Array, separator: str) -> DayLists:
    """Return what cells say that stand in some bytes, of which eight or more follow the last cell.

    A list of days is YYYY-MM-DD, again and again with one letter, the separator, between.
    """
    counts = np.where((lengths + 1) % _STEP == 0, (lengths + 1) // _STEP, 0)
    earliest = np.full(len(counts), NO_DAY, np.int32)
    latest = earliest.copy()
    cells = np.flatnonzero(counts)
    if len(cells):
        ends = np.cumsum(counts[cells])
        firsts = ends - counts[cells]
        places = np.repeat(begins[cells] - firsts * _STEP, counts[cells]) + np.arange(ends[-1]) * _STEP
        days = _usual_days().at(content, places)
        is_listed = content[places + DAY_LETTERS] == ord(separator)
        is_listed[ends - 1] = True
        is_listed &= days != NO_DAY
        is_list = np.logical_and.reduceat(is_listed, firsts)
        earliest[cells] = np.where(is_list, np.minimum.reduceat(days, firsts), NO_DAY)
        latest[cells] = np.where(is_list, np.maximum.reduceat(days, firsts), NO_DAY)
        counts[cells[~is_list]] = 0
    return DayLists(counts, earliest, latest)


@lru_cache
def _usual_days() -> PlainDays:
    return PlainDays(_USUAL_YEARS)
