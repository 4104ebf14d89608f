"""A table as it could be known on a day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from timeline_app.core.arrays import NDArray
from timeline_app.core.event import Event
from timeline_app.core.filter import Filter
from timeline_app.core.known import SourceOf, as_known, days_of, source_date, source_in
from timeline_app.core.known_dates import KnownDates
from timeline_app.core.records import Indexed, Records
from timeline_app.core.table import EventTable


def known_view(table: EventTable, wanted: Filter) -> EventTable:
    """Return a table whose events tell what could be known on the day that a filter asks for; raises FilterError.

    Its rows are those of the table: which of them were known is told by the filter. Without such a day it is the table.
    """
    day = wanted.known_day()
    if day is None or table.known is None:
        return table
    sources = {
        key: source
        for key, source in table.source_by_key.items()
        if (days := days_of(source_date(source))) is None or days[0] <= day
    }
    records = KnownRecords(table.records, table.known, source_in(table.source_by_key), day)
    return replace(table, records=records, source_by_key=sources)


@dataclass(frozen=True, slots=True)
class KnownRecords:
    """The whole events of a table as they could be known on a day; an event that could not be is as it is."""

    records: Records
    known: KnownDates
    source_of: SourceOf
    day: int

    def __len__(self) -> int:
        return len(self.records)

    @property
    def is_indexed(self) -> bool:
        """Whether words are found without reading events from a file."""
        return not isinstance(self.records, Indexed) or self.records.is_indexed

    def event(self, row: int) -> Event:
        """Return one event."""
        event = self.records.event(row)
        known = self.known.known(row)
        if known is None or known.wholly_d <= self.day:
            return event
        return as_known(event, self.source_of, self.day) or event

    def titles(self, rows: Iterable[int]) -> list[str]:
        """Return the titles of some rows."""
        return self.records.titles(rows)

    def row_of(self, event_id: str) -> int | None:
        """Return the row of an event, None where there is none with this id."""
        return self.records.row_of(event_id)

    def id_prefixes(self) -> NDArray[np.uint64]:
        """Return the upper 32 bits of the hash of every id, shape (rows,)."""
        return self.records.id_prefixes()

    def linking_rows(self, event_id: str) -> tuple[int, ...]:
        """Return the rows of the events that link to this one."""
        return self.records.linking_rows(event_id)

    def rows_with(self, words: Sequence[str], candidates: Iterable[int]) -> Iterable[int]:
        """Return those of the candidates in which the words occur, also in what was not known yet: core.filter asks."""
        return self.records.rows_with(words, candidates)
