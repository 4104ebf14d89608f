"""The events that an actor is asked for with: its own, and those of what belongs to it while that belongs."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import numpy as np

from timeline_app.core.arrays import Int32Array
from timeline_app.core.memberships import Belonging
from timeline_app.core.rows_left import RowsLeft
from timeline_app.core.table import EventTable
from timeline_app.core.when import FUTURE_S, PAST_S


@dataclass(frozen=True, slots=True)
class ActorRows:
    """Lists of sorted rows, as many as there are actors taken along, which may have rows in common.

    `possible` are those whose event may lie in the time of a membership, `sure` those whose event surely does. They are
    the very same where nothing is dated.
    """

    possible: tuple[Int32Array, ...]
    sure: tuple[Int32Array, ...]

    @classmethod
    def of(cls, taken: Iterable[Belonging], table: EventTable, roles: Collection[str] = ()) -> ActorRows:
        """Return the rows of some actors in a table, where they have one of some roles if any are given."""
        possible: list[Int32Array] = []
        sure: list[Int32Array] = []
        for one in taken:
            if one.name not in table.actors.codes:
                continue
            rows = table.actors.rows_in_roles(one.name, roles) if roles else table.actors.rows_of(one.name)
            possible.append(_possible(rows, one, table) if one.is_dated else rows)
            sure.append(_sure(possible[-1], one, table) if one.is_dated else rows)
        return cls(tuple(possible), tuple(sure))

    def taken(self, *, certain: bool) -> tuple[Int32Array, ...]:
        """Return the rows that a filter takes, one on what is certain only the sure ones."""
        return self.sure if certain else self.possible

    @property
    def has_doubts(self) -> bool:
        """Whether some rows are only possible."""
        return any(len(one) != len(other) for one, other in zip(self.possible, self.sure, strict=True))


def _possible(rows: Int32Array, one: Belonging, table: EventTable) -> Int32Array:
    """Return those rows whose event may lie in a period: a stretch of them, but for what lasts into it."""
    begun = _begun(rows, one.last_s + 1, table) if one.last_s < FUTURE_S else len(rows)
    if one.first_s == PAST_S:
        return rows[:begun]
    left = RowsLeft(table, 0, len(table), rows[:begun])
    left.keep(left.end_after(one.first_s - 1))
    return left.rows


def _sure(rows: Int32Array, one: Belonging, table: EventTable) -> Int32Array:
    """Return those rows whose event surely lies in a period, at some time at least."""
    if one.surely_first_s > one.surely_last_s:
        return rows[:0]
    # What begins within an open period needs no look.
    doubtful = _begun(rows, one.surely_first_s, table) if one.surely_last_s == FUTURE_S else len(rows)
    _, start_latest_s, end_earliest_s, _ = table.times.at(rows[:doubtful])
    is_sure = (start_latest_s <= one.surely_last_s) & (end_earliest_s >= one.surely_first_s)
    return np.concatenate((rows[:doubtful].compress(is_sure), rows[doubtful:]))


def _begun(rows: Int32Array, time_s: int, table: EventTable) -> int:
    """Return how many of some sorted rows begin before an instant."""
    row = int(np.searchsorted(table.times.start_earliest_s, np.int64(time_s)))
    return int(np.searchsorted(rows, rows.dtype.type(row)))
