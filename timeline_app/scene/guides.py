"""The vertical lines that a table itself asks for: the days its sources are dated."""

from __future__ import annotations

from timeline_app.core.errors import WhenError
from timeline_app.core.short_dates import short_words
from timeline_app.core.table import EventTable
from timeline_app.core.when import Precision, parse

MOST_DATELINES = 3


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
