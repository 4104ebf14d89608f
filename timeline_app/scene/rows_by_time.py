"""Sorted rows of a lane, and which of them are under way at an instant: of many core/levels.py tells, of few this."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from timeline_app.core.arrays import BoolArray, Int32Array, Int64Array
from timeline_app.core.lanes import Lane
from timeline_app.core.times import Times


class RowsByTime(Protocol):
    """What cells and counts ask of a lane; a TimeIndex answers it, too."""

    @property
    def rows(self) -> Int32Array:
        """The sorted rows."""

    @property
    def times(self) -> Times:
        """The dates of all rows of the table."""

    def under_way(self, time_s: int) -> int:
        """Return how many of the rows begin before an instant and last until it or longer."""

    def rows_under_way(self, time_s: int) -> Int32Array:
        """Return the rows that begin before an instant and last until it or longer, in order."""


@dataclass(frozen=True, slots=True, eq=False)
class FewRows:
    """Rows so few that all are looked at, with their earliest starts and latest ends, each of shape (rows,)."""

    rows: Int32Array
    times: Times
    starts_s: Int64Array
    ends_s: Int64Array

    @classmethod
    def of(cls, rows: Int32Array, times: Times) -> FewRows:
        """Look up the dates of sorted rows."""
        return cls(rows, times, times.start_earliest_s[rows], times.ends_of(rows))

    def under_way(self, time_s: int) -> int:
        """Return how many of the rows begin before an instant and last until it or longer."""
        return int(np.count_nonzero(self._are_under_way(time_s)))

    def rows_under_way(self, time_s: int) -> Int32Array:
        """Return the rows that begin before an instant and last until it or longer, in order."""
        return self.rows[self._are_under_way(time_s)]

    def _are_under_way(self, time_s: int) -> BoolArray:
        are: BoolArray = (self.starts_s < time_s) & (self.ends_s >= time_s)
        return are


def possible_by_time(lane: Lane, times: Times) -> RowsByTime:
    """Return those of a lane's rows by time that pass the filter only possibly."""
    return lane.possible_index or FewRows.of(lane.possible, times)
