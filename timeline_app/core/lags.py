"""How long after each event it was first reported: days as a column, and how many events waited how long."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from timeline_app.core.arrays import Int32Array, Int64Array, IntegerArray, read_only
from timeline_app.core.calendar import DAY_S
from timeline_app.core.filter import FilterResult
from timeline_app.core.known import FIRST_DAY
from timeline_app.core.known_dates import NOT_KNOWN, POSSIBLY, SURELY, KnownDates
from timeline_app.core.table import EventTable
from timeline_app.core.when import FUTURE_S, PAST_S

# Of an event whose lag is not known.
NO_LAG = int(np.iinfo(np.int64).min)
_LEAST_LAG = -(2**62)
_PIECE = 1 << 18


@dataclass(frozen=True, slots=True)
class LagClass:
    """Lags of at least so many days and less than the next class has: what stands on the scale, and the whole words."""

    least_d: int
    label: str
    words: str


LAG_CLASSES = (
    LagClass(_LEAST_LAG, "before", "before they began"),
    LagClass(0, "0 days", "within their own date"),
    LagClass(1, "1 day", "one day after they began"),
    LagClass(2, "2–6 d", "two to six days after they began"),
    LagClass(7, "1–4 wk", "one to four weeks after they began"),
    LagClass(31, "1–3 mo", "one to three months after they began"),
    LagClass(92, "3–12 mo", "three to twelve months after they began"),
    LagClass(366, "1–10 yr", "one to ten years after they began"),
    LagClass(3653, "10 yr +", "ten years after they began, or more"),
)
_LEAST_DAYS = np.array([one.least_d for one in LAG_CLASSES], np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class LagCounts:
    """How many events are of each of LAG_CLASSES, shape (classes,), and of how many the lag is not known."""

    counts: Int64Array
    unknown: int


def reported_d(known: KnownDates, rows: IntegerArray | slice) -> tuple[Int64Array, Int64Array]:
    """Return the first day on which some rows may have been published, and that by which they surely were.

    Both of shape (rows,), with FIRST_DAY where nothing says.
    """
    codes = known.codes[rows]
    days = known.days.take(codes, axis=0, mode="wrap").astype(np.int64)
    days[codes == NOT_KNOWN] = FIRST_DAY
    return days[:, POSSIBLY], days[:, SURELY]


def lags_d(table: EventTable, rows: IntegerArray | slice) -> Int64Array:
    """Return the lag of some rows in days, shape (rows,), NO_LAG where an end of it is not known.

    It is never longer than it can be shown to be: from the last day on which the event may have begun to the first on
    which it may have been published; less than 0, from the first to the last, where it was before. Between it is 0.
    """
    starts, latest, _, _ = table.times.at(rows)
    if table.known is None:
        return np.full(len(starts), NO_LAG, np.int64)
    possibly, surely = reported_d(table.known, rows)
    after, before = possibly - latest // DAY_S, surely - starts // DAY_S
    lags = np.where(after > 0, after, np.minimum(before, 0))
    is_open = (possibly == FIRST_DAY) | (latest == FUTURE_S) | (latest == PAST_S)
    return np.where(is_open, NO_LAG, lags)


def lag_counts(table: EventTable, result: FilterResult) -> LagCounts:
    """Count how many of the events that pass waited how long for their first report."""
    counts = np.zeros(len(LAG_CLASSES) + 1, np.int64)
    for rows in _pieces(result):
        counts += np.bincount(_classes(table, rows) + 1, minlength=len(counts))
    return LagCounts(read_only(counts[1:]), int(counts[0]))


def rows_of_lag(table: EventTable, result: FilterResult, number: int) -> Int32Array:
    """Return the rows that pass and are of one of LAG_CLASSES, by its number, in order of time."""
    found = []
    for rows in _pieces(result):
        places = np.flatnonzero(_classes(table, rows) == number)
        found.append(places + rows.start if isinstance(rows, slice) else rows[places])
    return read_only(np.concatenate(found).astype(np.int32)) if found else np.zeros(0, np.int32)


def _classes(table: EventTable, rows: IntegerArray | slice) -> Int64Array:
    """Return the number of the class of some rows, -1 for those without a lag."""
    lags = lags_d(table, rows)
    numbers = np.searchsorted(_LEAST_DAYS, lags, side="right").astype(np.int64) - 1
    return np.where(lags == NO_LAG, -1, numbers)


def _pieces(result: FilterResult) -> Iterator[IntegerArray | slice]:
    """Give the rows that pass a piece at a time, so that little memory is needed and no lock is held for long."""
    for begin in range(0, result.shown, _PIECE):
        chosen = result.chosen
        yield slice(begin, min(begin + _PIECE, result.shown)) if chosen is None else chosen[begin : begin + _PIECE]
