"""The vertical lines that a table and a filter ask for: the days sources are dated, the day up to which is known."""

from __future__ import annotations

from functools import lru_cache

from timeline_app.core.calendar import DAY_S
from timeline_app.core.errors import WhenError
from timeline_app.core.filter import Filter
from timeline_app.core.short_dates import short_words
from timeline_app.core.table import EventTable
from timeline_app.core.when import Precision, iso_bound, parse

MOST_DATELINES = 3
# Asked for at every frame, of the filter that is set.
MOST_KEPT = 8


def datelines(table: EventTable) -> tuple[tuple[int, str], ...]:
    """Return (second, label) for each source dated to the day, when they are few enough to be told apart."""
    found: list[tuple[int, str]] = []
    for source in table.source_by_key.values():
        if not source.published:
            continue
        try:
            when = parse(source.published)
        except WhenError:  # Reported as a problem when the file was read.
            continue
        if when.precision <= Precision.DAY and not when.is_span:
            found.append((when.start_earliest_s, f"source: {short_words(when)}"))
    return tuple(found) if len(found) <= MOST_DATELINES else ()


@lru_cache(maxsize=MOST_KEPT)
def known_end_s(wanted: Filter) -> int | None:
    """Return the second after the day that a filter asks for what was known on, None for one that does not ask."""
    day = wanted.known_day()
    return None if day is None else (day + 1) * DAY_S


@lru_cache(maxsize=MOST_KEPT)
def known_guides(wanted: Filter) -> tuple[tuple[int, str], ...]:
    """Return (second, label) for the end of the day that a filter asks for what was known on."""
    end_s = known_end_s(wanted)
    day = iso_bound(end_s - 1, with_time=False) if end_s is not None else None
    return ((end_s, f"as known on {short_words(parse(day))}"),) if end_s is not None and day else ()
