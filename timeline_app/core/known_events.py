"""Which events of a table may have been known on a day."""

from __future__ import annotations

import numpy as np

from timeline_app.core.arrays import BoolArray, IntegerArray
from timeline_app.core.known import after_s
from timeline_app.core.table import EventTable


def may_be_known(table: EventTable, day: int, rows: IntegerArray) -> BoolArray:
    """Return which of some rows may have been known at the end of a day, shape (len(rows),).

    Of those of which nothing says since when they were known it is those that may have begun, as for core.known.
    """
    has_begun: BoolArray = rows < np.searchsorted(table.times.start_earliest_s, after_s(day))
    if table.known is None:
        return has_begun
    return table.known.possible_on(day, rows) & (has_begun | table.known.has_dates(rows))
