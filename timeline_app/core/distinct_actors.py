"""Count who takes part in some events, without reading them."""

from __future__ import annotations

import numpy as np

from timeline_app.core.arrays import Int32Array, Int64Array
from timeline_app.core.postings import Postings
from timeline_app.core.table import EventTable


def distinct_actors(table: EventTable, rows: Int32Array) -> int:
    """Return how many actors take part in the events of some sorted rows, shape (events,).

    The work grows with the stretch of the table that the rows lie in, and little with the number of all actors.
    """
    postings = table.actors
    if not len(rows) or not len(postings.names):
        return 0
    first, last = int(rows[0]), int(rows[-1])
    begins = _first_not_below(postings, first)
    counts = _first_not_below(postings, last + 1) - begins
    found = np.flatnonzero(counts)
    counts, begins = counts[found], begins[found]
    ends = np.cumsum(counts)
    places = np.arange(int(counts.sum())) + np.repeat(begins - (ends - counts), counts)
    is_asked = np.zeros(last - first + 1, np.bool_)
    is_asked[rows - first] = True
    asked = np.concatenate(([0], np.cumsum(is_asked[postings.rows[places] - first])))
    return int(np.count_nonzero(asked[ends] - asked[ends - counts]))


def _first_not_below(postings: Postings, row: int) -> Int64Array:
    """Return for each name the place in `postings.rows` of its first row not below this one, or where its rows end.

    One binary search for all names together, shape (names,).
    """
    low, high = postings.offsets[:-1].copy(), postings.offsets[1:].copy()
    last_place = max(len(postings.rows) - 1, 0)
    while (low < high).any():
        middle = (low + high) // 2
        is_below = (low < high) & (postings.rows[np.minimum(middle, last_place)] < row)
        low, high = np.where(is_below, middle + 1, low), np.where(is_below, high, np.minimum(high, middle))
    return low
