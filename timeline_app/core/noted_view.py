"""A table whose events carry what a person keeps of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from timeline_app.core.arrays import NDArray
from timeline_app.core.event import Event
from timeline_app.core.notes import Notes
from timeline_app.core.records import Indexed, Records
from timeline_app.core.table import EventTable


def noted_view(table: EventTable) -> EventTable:
    """Return a table whose events carry their notes, to be written; without notes it is the table."""
    return replace(table, records=NotedRecords(table.records, table.notes)) if len(table.notes) else table


@dataclass(frozen=True, slots=True)
class NotedRecords:
    """The whole events of a table, each with its note."""

    records: Records
    notes: Notes

    def __len__(self) -> int:
        return len(self.records)

    @property
    def is_indexed(self) -> bool:
        """Whether words are found without reading events from a file."""
        return not isinstance(self.records, Indexed) or self.records.is_indexed

    def event(self, row: int) -> Event:
        """Return one event."""
        event, note = self.records.event(row), self.notes.of(row)
        return event if note.is_empty else replace(event, note=note)

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
        """Return those of the candidates in which the words occur; notes are sought by fields of their own."""
        return self.records.rows_with(words, candidates)
