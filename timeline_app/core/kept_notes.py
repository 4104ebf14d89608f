"""Finds the events of notes that were kept, in the file as it was, moved, or in a new release of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePath

import numpy as np

from timeline_app.core.event import origins
from timeline_app.core.notes import Note, Notes, combined
from timeline_app.core.table import EventTable

# Events of one date whose titles are read for a note: of its own file, and of one that merely may tell of the same. To
# read more would take long each time that a large file is opened.
MOST_ALIKE, MOST_ALIKE_ELSEWHERE = 2_000, 50

# The four bounds of a date in seconds: start earliest and latest, end earliest and latest.
Bounds = tuple[int, int, int, int]

# As core.event.made_id makes them, with the number that joining may add.
_MADE_ID = re.compile(r"event-\d+(-\d+)?")
# Title and date.
_BOTH = 2


@dataclass(frozen=True, slots=True)
class NotedEvent:
    """What the event of a note is found again by, as it was when the note was written last.

    `file` is the name of the file that it was read from, `when` its date as written, which is only shown.
    """

    id: str
    title: str
    when: str
    bounds_s: Bounds
    file: str


@dataclass(frozen=True, slots=True)
class KeptNote:
    """A note with its event; `number` is its own in the workspace, 0 while it has none."""

    event: NotedEvent
    note: Note
    number: int = 0


@dataclass(frozen=True, slots=True)
class FoundNotes:
    """Kept notes as a table has them: those on each row, and those of its files that find no event any more."""

    by_row: Mapping[int, tuple[KeptNote, ...]]
    lost: tuple[KeptNote, ...] = ()

    @property
    def notes(self) -> Notes:
        """What they say; several notes on what is one event in this table are told together."""
        by_row = {row: combined(one.note for one in kept) for row, kept in self.by_row.items()}
        return Notes(by_row, frozenset(one.number for one in self.lost))


NOTHING_FOUND = FoundNotes({})


def noted_event(table: EventTable, row: int) -> NotedEvent:
    """Return what an event is found again by; raises ReadError where it cannot be read."""
    event = table.event(row)
    return NotedEvent(event.id, event.title, event.when.text, _bounds(table, row), PurePath(event.origin.file).name)


def find_notes(table: EventTable, kept: Iterable[KeptNote], is_wanted: Callable[[], bool] = lambda: True) -> FoundNotes:
    """Find the event of each note by its id, else by title and date; see docs/architecture.md for what counts as found.

    What finds none and comes from a file of a name that is open is lost; what comes from others is left alone. Gives up
    with what is found so far once the result is no longer wanted. Raises ReadError where events cannot be read.
    """
    files = {PurePath(report.path).name for report in table.files}
    by_row: dict[int, tuple[KeptNote, ...]] = {}
    lost = []
    for one in kept:
        if not is_wanted():
            break
        row = _row_by_id(table, one.event)
        if row is None:
            most = MOST_ALIKE if one.event.file in files else MOST_ALIKE_ELSEWHERE
            row = _row_by_content(table, one.event, most)
        if row is not None:
            by_row[row] = (*by_row.get(row, ()), one)
        elif one.event.file in files:
            lost.append(one)
    return FoundNotes(by_row, tuple(lost))


def with_notes(table: EventTable, kept: Iterable[KeptNote]) -> EventTable:
    """Return a table with the notes that find their events in it."""
    return replace(table, notes=find_notes(table, kept).notes)


def _row_by_id(table: EventTable, event: NotedEvent) -> int | None:
    """Return the row of the id, where something else confirms that it means the same event there.

    An id of the file's own is confirmed by the name of the file, the title or the date; one that a reader made of the
    number of a record by title and date together, as a new release counts otherwise. Where several files are open that
    have the id, or were when the note was written, the event goes by the id with a number, or without; as files number
    events of their own likewise, title and date are to confirm that, too.
    """
    row = table.row_of(event.id)
    if _MADE_ID.fullmatch(event.id):
        return row if row is not None and _agreeing(table, row, event) == _BOTH else None
    if row is not None and _is_told_by(table, row, event.file):
        return row
    for numbered in _numbered(event.id, len(table.files)):
        other = table.row_of(numbered)
        if other is not None and _agreeing(table, other, event) == _BOTH and _is_told_by(table, other, event.file):
            return other
    return row if row is not None and _agreeing(table, row, event) else None


def _agreeing(table: EventTable, row: int, event: NotedEvent) -> int:
    """Return how many of title and date are those of the event."""
    return (_bounds(table, row) == event.bounds_s) + (table.titles_of((row,)) == [event.title])


def _is_told_by(table: EventTable, row: int, file: str) -> bool:
    return any(PurePath(origin.file).name == file for origin in origins(table.brief(row)))


def _numbered(event_id: str, files: int) -> Iterator[str]:
    """Give the ids that joining so many files may make of one, and the one that it may have been made of."""
    name, hyphen, number = event_id.rpartition("-")
    if name and hyphen and number.isdecimal():
        yield name
    for number_of_file in range(2, files + 1):
        yield f"{event_id}-{number_of_file}"


def _row_by_content(table: EventTable, event: NotedEvent, most: int) -> int | None:
    """Return the only row of the same title and date; None for none, several, or a date that more than `most` share."""
    starts = table.times.start_earliest_s
    first, beyond = np.searchsorted(starts, np.array([event.bounds_s[0], event.bounds_s[0] + 1], starts.dtype)).tolist()
    same = np.logical_and.reduce(
        [column == bound for column, bound in zip(table.times.at(slice(first, beyond)), event.bounds_s, strict=True)]
    )
    rows = (np.flatnonzero(same) + first).tolist()
    if len(rows) > most:
        return None
    alike = [row for row, title in zip(rows, table.titles_of(rows), strict=True) if title == event.title]
    return alike[0] if len(alike) == 1 else None


def _bounds(table: EventTable, row: int) -> Bounds:
    start, latest, end_earliest, end = (int(bound) for bound in table.times.bounds_of(row))
    return start, latest, end_earliest, end
