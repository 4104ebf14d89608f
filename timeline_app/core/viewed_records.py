"""The records of a table with each event seen in some way, such as without what was not known yet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from timeline_app.core.arrays import Int32Array, NDArray
from timeline_app.core.event import Event
from timeline_app.core.records import AreThere, Fetched, Indexed, Records, at_once


@dataclass(frozen=True, slots=True)
class ViewedRecords:
    """The whole events of a table, each as `seen` gives it from its row and the event; all else is as it was.

    So ids and titles stay, and words are found in what the events were; but no id and no link leads to an event that
    `is_there` says nothing of.
    """

    records: Records
    seen: Callable[[int, Event], Event]
    is_there: Callable[[int], bool] = lambda _: True

    def __len__(self) -> int:
        return len(self.records)

    @property
    def is_indexed(self) -> bool:
        """Whether words are found without reading events from a file."""
        return not isinstance(self.records, Indexed) or self.records.is_indexed

    def event(self, row: int) -> Event:
        """Return one event."""
        return self.seen(row, self.records.event(row))

    def brief(self, row: int) -> Event:
        """Return one event without what takes long to read."""
        return self.seen(row, self.records.brief(row))

    def titles(self, rows: Iterable[int]) -> list[str]:
        """Return the titles of some rows."""
        return self.records.titles(rows)

    def titles_soon(self, rows: Int32Array) -> AreThere:
        """Have the titles of some rows fetched where they are on a disk; return what tells whether they are there."""
        return self.records.titles_soon(rows) if isinstance(self.records, Fetched) else at_once

    def row_of(self, event_id: str) -> int | None:
        """Return the row of an event, None where there is none with this id."""
        row = self.records.row_of(event_id)
        return row if row is not None and self.is_there(row) else None

    def id_prefixes(self) -> NDArray[np.uint64]:
        """Return the upper 32 bits of the hash of every id, shape (rows,)."""
        return self.records.id_prefixes()

    def linking_rows(self, event_id: str) -> tuple[int, ...]:
        """Return the rows of the events that link to this one."""
        return tuple(filter(self.is_there, self.records.linking_rows(event_id)))

    def rows_with(self, words: Sequence[str], candidates: Iterable[int]) -> Iterable[int]:
        """Return those of the candidates in which the words occur."""
        return self.records.rows_with(words, candidates)
