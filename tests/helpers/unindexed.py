"""A table whose texts have no index yet, as while one is made of a large file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from timeline_app.core.arrays import NDArray
from timeline_app.core.event import Event
from timeline_app.core.records import RecordList
from timeline_app.core.table import EventTable


@dataclass
class UnindexedRecords:
    """Records that have to be read through, and note how often."""

    kept: RecordList
    is_indexed: bool = False
    slices: int = 0
    reads: int = 0

    def __len__(self) -> int:
        return len(self.kept)

    def event(self, row: int) -> Event:
        """Return one event."""
        self.reads += 1
        return self.kept.event(row)

    def brief(self, row: int) -> Event:
        """Return one event without what takes long to read."""
        return self.kept.brief(row)

    def titles(self, rows: Iterable[int]) -> list[str]:
        """Return the titles of some rows."""
        return self.kept.titles(rows)

    def row_of(self, event_id: str) -> int | None:
        """Return the row of an event."""
        return self.kept.row_of(event_id)

    def id_prefixes(self) -> NDArray[np.uint64]:
        """Return the upper bits of the hash of every id."""
        return self.kept.id_prefixes()

    def linking_rows(self, event_id: str) -> tuple[int, ...]:
        """Return the rows that link to an event."""
        return self.kept.linking_rows(event_id)

    def rows_with(self, words: Sequence[str], candidates: Iterable[int]) -> Iterable[int]:
        """Read through the candidates."""
        self.slices += 1
        return self.kept.rows_with(words, candidates)


def unindexed(table: EventTable) -> tuple[EventTable, UnindexedRecords]:
    """Return a table whose texts have no index yet, and its records."""
    assert isinstance(table.records, RecordList)
    records = UnindexedRecords(table.records)
    return replace(table, records=records), records
