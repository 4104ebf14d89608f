"""A filter on a stretch of time, in words that a person can read and that let pass what lies there and nothing else."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from timeline_app.core.edtf_second import FIRST_DATE_S, LAST_DATE_S, edtf_at
from timeline_app.core.filter import Filter, evaluate
from timeline_app.core.range_words import range_precision
from timeline_app.core.table import EventTable
from timeline_app.core.when_value import Precision

_FROM_COARSE_TO_FINE: Final = (Precision.YEAR, Precision.DAY, Precision.MINUTE, Precision.SECOND)


def in_range(wanted: Filter, first_s: int, last_s: int, table: EventTable) -> Filter:
    """Return a filter that also asks for what lies between two seconds, both included.

    It names the years, days or minutes in which they lie, as the range is told elsewhere; where that would let events
    of the same year, day or minute pass that lie beyond them, it is more exact. Beyond all dates it asks for nothing.
    """
    exact = _dated(Precision.SECOND, first_s, last_s)
    usual = range_precision(last_s - first_s)
    passing = evaluate(exact, table).shown
    # Whatever is coarser lets pass all that the exact one does.
    tried = (_dated(precision, first_s, last_s) for precision in _FROM_COARSE_TO_FINE if precision <= usual)
    chosen = next((one for one in tried if evaluate(one, table).shown == passing), exact)
    return replace(wanted, since=chosen.since, until=chosen.until)


def _dated(precision: Precision, first_s: int, last_s: int) -> Filter:
    return Filter(
        since=edtf_at(first_s, precision) if first_s >= FIRST_DATE_S else "",
        until=edtf_at(last_s, precision) if last_s <= LAST_DATE_S else "",
    )
