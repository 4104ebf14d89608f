"""The rows that are left while a filter is applied part by part."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from timeline_app.core.arrays import BoolArray, Int32Array, NDArray, Scalar, read_only
from timeline_app.core.calendar import DAY_S
from timeline_app.core.postings import Postings
from timeline_app.core.table import EventTable
from timeline_app.core.when import PAST_S

LONG_S = 400 * DAY_S  # few events last longer


class RowsLeft:
    """Sorted rows of a table: a whole stretch of them, or, where some are given or were kept, those within it."""

    def __init__(self, table: EventTable, first: int, beyond: int, rows: Int32Array | None = None) -> None:
        self._table = table
        self._times = table.times
        self._first = first
        self._beyond = beyond
        self._rows = rows

    @classmethod
    def within(cls, first_s: int, last_s: int, table: EventTable) -> RowsLeft:
        """Return a stretch without what begins after `last_s`, and without most of what ends before `first_s`."""
        starts = table.times.start_earliest_s
        longest_s = int(table.times.shapes[:, -1].max(initial=0))
        first = int(np.searchsorted(starts, np.int64(max(first_s - longest_s, PAST_S))))
        return cls(table, first, max(first, int(np.searchsorted(starts, np.int64(last_s), side="right"))))

    def __len__(self) -> int:
        return self._beyond - self._first if self._rows is None else len(self._rows)

    @property
    def rows(self) -> Int32Array:
        """The rows."""
        return np.arange(self._first, self._beyond, dtype=np.int32) if self._rows is None else self._rows

    @property
    def chosen(self) -> Int32Array | None:
        """The rows, None where none of the table was left out."""
        return None if len(self) == len(self._table) else read_only(self.rows)

    def of(self, column: NDArray[Scalar]) -> NDArray[Scalar]:
        """Return a column of the table at the rows, shape (len(self),)."""
        return column[self._first : self._beyond] if self._rows is None else column.take(self._rows)

    def among(self, lists: Iterable[Int32Array]) -> BoolArray:
        """Return which of the rows are in any of some lists of sorted rows, shape (len(self),)."""
        mask = np.zeros(self._beyond - self._first, np.bool_)
        for rows in lists:
            mask[self._within(rows) - np.int32(self._first)] = True
        return mask if self._rows is None else mask.take(self._rows - np.int32(self._first))

    def begin_from(self, time_s: int) -> BoolArray:
        """Return which of the rows begin at an instant or later, shape (len(self),)."""
        found = np.zeros(len(self), np.bool_)
        found[self._begun(time_s) :] = True
        return found

    def end_after(self, time_s: int) -> BoolArray:
        """Return which of the rows end after an instant, shape (len(self),).

        Of those that begin LONG_S before it or earlier only what lasts longer can, and what begins after it does: no
        more than those between are looked at.
        """
        edge, later = self._begun(max(time_s - LONG_S, PAST_S)), self._begun(time_s + 1)
        found = np.empty(len(self), np.bool_)
        found[edge:later] = self._times.ends_of(self._part(edge, later)) > time_s
        found[later:] = True
        is_long = self._times.shapes[:, -1] > LONG_S
        long = np.flatnonzero(is_long.take(self._times.shape_codes[self._part(0, edge)])) if is_long.any() else ()
        found[:edge] = False
        if len(long):
            found[long] = self._times.ends_of(self.rows[long]) > time_s
        return found

    def keep(self, passes: BoolArray) -> None:
        """Keep the rows that pass, shape (len(self),)."""
        if self._rows is None:
            self._rows = self.rows[passes]
        else:
            self._rows = self._rows.compress(passes)

    def keep_named(self, postings: Postings, names: Iterable[str]) -> None:
        """Keep the rows that have any of some names."""
        self.keep_among([postings.rows_of(name) for name in names if name in postings.codes])

    def keep_among(self, lists: Sequence[Int32Array]) -> None:
        """Keep the rows that are in any of some lists of sorted rows; of one list nothing else is looked at."""
        if self._rows is None and len(lists) == 1:
            self._rows = self._within(lists[0])
        else:
            self.keep(self.among(lists))

    def keep_rows(self, rows: Int32Array) -> None:
        """Keep those of the rows that are among some sorted ones."""
        own = self._within(rows)
        self._rows = own if self._rows is None else np.intersect1d(self._rows, own, assume_unique=True)

    def _within(self, rows: Int32Array) -> Int32Array:
        """Return those of some sorted rows that lie in the stretch."""
        first, beyond = np.searchsorted(rows, np.array([self._first, self._beyond], rows.dtype))
        return rows[first:beyond]

    def _begun(self, time_s: int) -> int:
        """Return how many of the rows begin before an instant."""
        row = int(np.searchsorted(self._times.start_earliest_s, np.int64(time_s)))
        if self._rows is None:
            return min(max(row - self._first, 0), len(self))
        return int(np.searchsorted(self._rows, self._rows.dtype.type(row)))

    def _part(self, first: int, beyond: int) -> Int32Array | slice:
        """Return the numbers of some of the rows, or the stretch that they are."""
        if self._rows is None:
            return slice(self._first + first, self._first + beyond)
        return self._rows[first:beyond]
