"""Find the other events of a source that lie nearest in time to one of them."""

from __future__ import annotations

import numpy as np

from timeline_app.core.arrays import FloatArray, Int32Array
from timeline_app.core.table import EventTable
from timeline_app.core.times import Times
from timeline_app.core.when import FUTURE_S, PAST_S

MOST_COMPARED = 20_000


def nearest_of_source(table: EventTable, row: int, key: str, limit: int) -> tuple[int, ...]:
    """Return at most `limit` other rows of a source, the nearest in time first; what has no date at all comes last.

    Of a source with very many events only the MOST_COMPARED that begin nearest are looked at.
    """
    rows = table.sources.rows_of(key)
    if len(rows) > MOST_COMPARED:
        place = int(np.searchsorted(rows, rows.dtype.type(row)))
        rows = rows[max(place - MOST_COMPARED // 2, 0) : place + MOST_COMPARED // 2]
    rows = rows[rows != row]
    distances_s = np.abs(_middles_s(table.times, rows) - _middles_s(table.times, np.array([row], rows.dtype)))
    distances_s = np.nan_to_num(distances_s, nan=np.inf)
    if len(rows) > limit:
        nearest = np.argpartition(distances_s, limit - 1)[:limit]
        rows, distances_s = rows[nearest], distances_s[nearest]
    return tuple(int(rows[place]) for place in np.lexsort((rows, distances_s)))


def _middles_s(times: Times, rows: Int32Array) -> FloatArray:
    """Return the middle of each row's bounds in seconds, the one bound that it has, or NaN, shape (len(rows),)."""
    first_s = times.start_earliest_s[rows].astype(np.float64)
    last_s = times.ends_of(rows).astype(np.float64)
    first_s[first_s <= float(PAST_S)] = np.nan
    last_s[last_s >= float(FUTURE_S)] = np.nan
    middles_s: FloatArray = np.where(
        np.isnan(first_s), last_s, np.where(np.isnan(last_s), first_s, (first_s + last_s) / 2)
    )
    return middles_s
