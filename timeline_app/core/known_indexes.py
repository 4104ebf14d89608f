"""What is worked out of a table once, for whatever filter comes next: indexes of names and of pairs, and who meets."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from timeline_app.core.arrays import Int32Array
from timeline_app.core.levels import TimeIndex
from timeline_app.core.meetings import Meetings
from timeline_app.core.table import EventTable

MOST_COMPANIONS = 11  # as many as have lanes beside that of the actor
FEWEST_KEPT = 2_000  # shared rows; the index of fewer is made as fast as it is looked up
KEPT_SHARE = 6  # of the events there may be as many shared rows in memory


class KnownIndexes:
    """The indexes of a whole table, of all that a name has in it, and of what the most frequent actors share.

    Each is made when it is first asked for, but what actors share only by `prepare`, which takes long.
    """

    def __init__(self) -> None:
        self._of_names: dict[tuple[str, str], TimeIndex] = {}
        self._of_pairs: dict[frozenset[int], TimeIndex] = {}
        self._whole: TimeIndex | None = None
        self._meetings: Meetings | None = None

    @property
    def meetings(self) -> Meetings | None:
        """Who meets among the actors, None while that is not known."""
        return self._meetings

    def of_table(self, table: EventTable) -> TimeIndex:
        """Return the index of all rows."""
        if self._whole is None:
            self._whole = indexed(None, table)
        return self._whole

    def of_name(self, kind: str, name: str, rows: Int32Array, table: EventTable) -> TimeIndex:
        """Return the index of all rows of a name, of a kind of names."""
        key = (kind, name)
        if key not in self._of_names:
            self._of_names[key] = indexed(rows, table)
        return self._of_names[key]

    def of_pair(self, one: int, other: int) -> TimeIndex | None:
        """Return the index of what two actors share, by their numbers, None where it is not kept."""
        return self._of_pairs.get(frozenset((one, other)))

    def prepare(self, table: EventTable, is_wanted: Callable[[], bool] = lambda: True) -> None:
        """Find out who meets, and index what the most frequent actors share with others, while that is wanted."""
        if self._meetings is None:
            self._meetings = Meetings.of(table.actors, len(table), is_wanted)
        if self._meetings is None:
            return
        left = len(table) // KEPT_SHARE
        for code in np.argsort(-table.actors.counts, kind="stable").tolist():
            others = [
                other
                for other in self._meetings.companions(code, MOST_COMPANIONS)
                if self._meetings.counts[code, other] >= FEWEST_KEPT and self.of_pair(code, other) is None
            ]
            for other, rows in zip(others, self._meetings.shared(code, others), strict=True):
                left -= len(rows)
                if left < 0 or not is_wanted():
                    return
                index = indexed(rows, table)
                index.warm_buckets()
                index.warm_counts()
                self._of_pairs[frozenset((code, other))] = index


def indexed(rows: Int32Array | None, table: EventTable) -> TimeIndex:
    """Return the index of some sorted rows of a table, with None of all."""
    return TimeIndex(rows, table.times, table.importance, table.extent_s or (0, 0))
