"""A table as it could be known on a day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np

from timeline_app.core.event import Event
from timeline_app.core.filter import Filter
from timeline_app.core.known import SourceOf, as_known, days_of, source_date, source_in
from timeline_app.core.known_dates import KnownDates
from timeline_app.core.known_events import may_be_known
from timeline_app.core.table import EventTable
from timeline_app.core.viewed_records import ViewedRecords


def known_view(table: EventTable, wanted: Filter) -> EventTable:
    """Return a table whose events tell what could be known on the day that a filter asks for; raises FilterError.

    Its rows are those of the table: which of them were known is told by the filter. No id and no link leads to another.
    Without such a day it is the table.
    """
    day = wanted.known_day()
    if day is None or table.known is None:
        return table
    sources = {
        key: source
        for key, source in table.source_by_key.items()
        if (days := days_of(source_date(source))) is None or days[0] <= day
    }
    was_known = partial(_was_known, table, day)
    as_then = partial(_known_then, table.known, source_in(table.source_by_key), day)

    def seen(row: int, event: Event) -> Event:
        return _without_later_links(as_then(row, event), table, was_known)

    return replace(table, records=ViewedRecords(table.records, seen, was_known), source_by_key=sources)


def _without_later_links(event: Event, table: EventTable, was_known: Callable[[int], bool]) -> Event:
    """Return an event without links to what was not known; those that lead to no event at all stay."""
    rows = [table.row_of(link.to) for link in event.links]
    links = tuple(link for link, row in zip(event.links, rows, strict=True) if row is None or was_known(row))
    return event if links == event.links else replace(event, links=links)


def _was_known(table: EventTable, day: int, row: int) -> bool:
    return bool(may_be_known(table, day, np.array([row], np.int32))[0])


def _known_then(known: KnownDates, source_of: SourceOf, day: int, row: int, event: Event) -> Event:
    """Return an event as it could be known on a day; one that could not be is as it is."""
    known_since = known.known(row)
    if known_since is None or known_since.wholly_d <= day:
        return event
    return as_known(event, source_of, day) or event
