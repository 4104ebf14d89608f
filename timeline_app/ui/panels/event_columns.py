"""The columns of the table of events: the words of an event in each, and what it is sorted by."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import tzinfo

import numpy as np
from PySide6.QtCore import Qt

from timeline_app.core.arrays import BoolArray, Int32Array, IntegerArray, are_among
from timeline_app.core.event import Event, source_names
from timeline_app.core.filter_parts import source_title
from timeline_app.core.lanes import NO_ROWS
from timeline_app.core.notes import NO_NOTE, NO_NOTES, Notes, note_line
from timeline_app.core.postings import Postings
from timeline_app.core.records import RecordList
from timeline_app.core.short_dates import short_words
from timeline_app.core.table import EventTable
from timeline_app.core.when import in_words

LAST = np.iinfo(np.int32).max
TITLE_COLUMN = 1
MATCH_COLUMN, NOTE_COLUMN = 6, 7


@dataclass(frozen=True, slots=True)
class Reading:
    """What words need beside an event: its table, the zone that instants with a zone are told in, the user's notes.

    `possible` are the sorted rows that pass the filter only possibly.
    """

    table: EventTable
    zone: tzinfo | None = None
    notes: Notes = NO_NOTES
    possible: Int32Array = field(default_factory=lambda: NO_ROWS)

    def event(self, row: int) -> Event:
        """Return an event with its note, as far as columns tell of it; raises ReadError where it cannot be read."""
        event, note = self.table.brief(row), self.notes.of(row)
        return event if note.is_empty else replace(event, note=note)

    def is_possible(self, rows: Int32Array) -> BoolArray:
        """Return which of some rows pass the filter only possibly."""
        return are_among(rows, self.possible)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, the words of an event in it, and the rank of some rows in it, None for the order of time.

    `reads_records` marks a column that is sorted by reading every event, which takes long where these are in a file.
    `words_of_row` are the words of a column that tells of no event but of how its row passes. `short` are shorter words
    for cells, where those in full would seldom find room.
    """

    title: str
    words: Callable[[Event, Reading], str]
    ranks: Callable[[Reading, Int32Array], IntegerArray] | None = None
    words_of_row: Callable[[int, Reading], str] | None = None
    short: Callable[[Event, Reading], str] | None = None
    reads_records: bool = False


@dataclass(frozen=True, slots=True)
class Sorting:
    """The number of the column that rows are sorted by, and which way."""

    column: int = 0
    order: Qt.SortOrder = Qt.SortOrder.AscendingOrder

    @property
    def is_by_time(self) -> bool:
        """Whether the rows stand in the order of time, or the reverse."""
        return COLUMNS[self.column].ranks is None

    def reads_records(self, table: EventTable) -> bool:
        """Return whether every event has to be read from a file for this."""
        return COLUMNS[self.column].reads_records and not isinstance(table.records, RecordList)

    def sorted(self, reading: Reading, rows: Int32Array) -> Int32Array:
        """Return rows, given in time order, in this order; equals keep the order of time, and blanks come last."""
        descending = self.order is Qt.SortOrder.DescendingOrder
        ranks = COLUMNS[self.column].ranks
        if ranks is None:
            return rows[::-1] if descending else rows
        keys = ranks(reading, rows)
        if descending:
            keys = np.where(keys == LAST, LAST, -keys)
        return rows[np.argsort(keys, kind="stable")]


def _title_ranks(reading: Reading, rows: Int32Array) -> Int32Array:
    return _rank_texts(reading.table.titles_of(rows.tolist()))


def _type_ranks(reading: Reading, rows: Int32Array) -> Int32Array:
    return _rank_codes(reading.table.type_codes[rows], reading.table.types)


def _place_ranks(reading: Reading, rows: Int32Array) -> Int32Array:
    return _rank_codes(reading.table.place_codes[rows], reading.table.places)


def _match_ranks(reading: Reading, rows: Int32Array) -> Int32Array:
    return reading.is_possible(rows).astype(np.int32)


def _match_words(row: int, reading: Reading) -> str:
    return "possible" if reading.is_possible(np.array([row], np.int32))[0] else "certain"


def _actor_ranks(reading: Reading, rows: Int32Array) -> IntegerArray:
    """Rank by the actors as they are shown; where events are in a file, by the first of them in the alphabet."""
    table = reading.table
    if isinstance(table.records, RecordList):
        return _rank_texts([_actor_words(table.event(row)) for row in rows.tolist()])
    return _rank_postings(table.actors, table.actors.names, len(table))[rows]


def _source_ranks(reading: Reading, rows: Int32Array) -> IntegerArray:
    """Rank by the sources as they are shown; where events are in a file, by the first of them in the alphabet."""
    table = reading.table
    if isinstance(table.records, RecordList):
        return _rank_texts([_source_words(table.event(row), table) for row in rows.tolist()])
    names = [source_title(key, table) for key in table.sources.names]
    return _rank_postings(table.sources, names, len(table))[rows]


def _rank_texts(texts: Sequence[str]) -> Int32Array:
    """Number texts by their order without case, equal ones alike and empty ones last."""
    folded = [text.casefold() for text in texts]
    rank_by_text = {text: rank for rank, text in enumerate(sorted(set(folded)))}
    return np.fromiter((rank_by_text[text] if text else LAST for text in folded), np.int32, len(folded))


def _rank_codes(codes: IntegerArray, names: Sequence[str]) -> Int32Array:
    """Number codes by the order of their names; the code of no name, -1, picks the last."""
    return np.append(_rank_texts(names), np.int32(LAST)).astype(np.int32)[codes]


def _rank_postings(postings: Postings, names: Sequence[str], row_count: int) -> Int32Array:
    """Number rows by the least of their names, those without one last, shape (row_count,)."""
    by_name = _rank_texts(names)
    ranks = np.full(row_count, LAST, np.int32)
    for code in np.argsort(-by_name, kind="stable").tolist():
        ranks[postings.rows_at(code)] = by_name[code]
    return ranks


def _note_ranks(reading: Reading, rows: Int32Array) -> IntegerArray:
    """Rank what is starred before what is only noted, each by its words."""
    noted = reading.notes.by_row
    ranks = np.full(len(reading.table), LAST, np.int32)
    ranks[list(noted)] = _rank_texts([f"{int(not note.starred)}{note_line(note)}" for note in noted.values()])
    return ranks[rows]


def _actor_words(event: Event) -> str:
    return ", ".join(dict.fromkeys(actor.name for actor in event.actors))


def _source_words(event: Event, table: EventTable) -> str:
    return ", ".join(source_title(name, table) for name in source_names(event))


COLUMNS = (
    Column(
        "When",
        lambda event, reading: in_words(event.when, reading.zone),
        short=lambda event, reading: short_words(event.when, reading.zone),
    ),
    Column("Title", lambda event, _: event.title, _title_ranks, reads_records=True),
    Column("Actors", lambda event, _: _actor_words(event), _actor_ranks),
    Column("Type", lambda event, _: event.type, _type_ranks),
    Column("Place", lambda event, _: event.place, _place_ranks),
    Column("Source", lambda event, reading: _source_words(event, reading.table), _source_ranks),
    Column("Match", lambda _event, _reading: "", _match_ranks, _match_words),
    Column("Your note", lambda event, _: note_line(event.note or NO_NOTE), _note_ranks),
)
