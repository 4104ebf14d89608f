"""What a format cannot say: dates before or after what it counts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from timeline_app.core.arrays import BoolArray, Int32Array, Int64Array
from timeline_app.core.calendar import seconds_from_civil
from timeline_app.core.filter import Filter, FilterResult, evaluate
from timeline_app.core.table import EventTable
from timeline_app.core.when import FUTURE_S, PAST_S


@dataclass(frozen=True, slots=True)
class Limits:
    """The first and the last second that a format can write, and the sentence that says so."""

    first_s: int
    last_s: int
    reason: str

    def keep(self, table: EventTable, result: FilterResult) -> Int32Array:
        """Return the rows that pass and whose bounds, where they have any, lie within."""
        rows = result.rows
        outside = np.zeros(len(rows), np.bool_)
        for bound_s in table.times.at(rows):
            outside |= _beyond(bound_s, self.first_s, self.last_s)
        return rows[~outside]


# The last day is left out: that a day has passed is told by the one after it.
FOUR_DIGIT_YEARS_S = (seconds_from_civil(1), seconds_from_civil(9999, 12, 31) - 1)


@dataclass(frozen=True, slots=True)
class Exported:
    """How many events were written, and how many could not be, with the reason."""

    written: int
    left_out: int = 0
    reason: str = ""

    @property
    def notice(self) -> str:
        """What has to be told, "" where everything was written."""
        if not self.left_out:
            return ""
        events = "event was" if self.left_out == 1 else "events were"
        return f"{self.left_out:,} {events} left out: {self.reason}"


def outcome(table: EventTable, wanted: Filter, limits: Limits | None) -> Exported:
    """Return how many events of those that pass can be written."""
    result = evaluate(wanted, table)
    if limits is None:
        return Exported(result.shown)
    kept = len(limits.keep(table, result))
    return Exported(kept, result.shown - kept, limits.reason)


def _beyond(bound_s: Int64Array, first_s: int, last_s: int) -> BoolArray:
    beyond: BoolArray = ((bound_s < first_s) & (bound_s != PAST_S)) | ((bound_s > last_s) & (bound_s != FUTURE_S))
    return beyond
