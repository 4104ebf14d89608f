"""The passing events as rows of a table: numbers are kept, words are made only for what is looked at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import tzinfo

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from timeline_app.core.arrays import Int32Array, Int64Array
from timeline_app.core.event import Event
from timeline_app.core.filter_parts import source_title
from timeline_app.core.safe_text import safe_text
from timeline_app.core.table import EventTable
from timeline_app.core.when import in_words
from timeline_app.ui.safe_widgets import tooltip_markup
from timeline_app.ui.wrapped_text import shortened

Index = QModelIndex | QPersistentModelIndex

LAST = np.iinfo(np.int32).max


@dataclass(frozen=True, slots=True)
class Reading:
    """What words need beside an event: its table, and the zone that instants with a zone are told in."""

    table: EventTable
    zone: tzinfo | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, the words of an event in it, and the keys that it sorts by, None for the order of time."""

    title: str
    words: Callable[[Event, Reading], str]
    ranks: Callable[[EventTable], Int32Array] | None = None


class EventTableModel(QAbstractTableModel):
    """Rows in time order or sorted by a column; among equals the order of time stays, and blanks come last."""

    def __init__(self, table: EventTable, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reading = Reading(table)
        self._passing: Int32Array = np.zeros(0, np.int32)
        self._rows = self._passing
        self._column = 0
        self._order = Qt.SortOrder.AscendingOrder
        self._ranks: dict[int, Int32Array] = {}

    @property
    def sorting(self) -> tuple[int, Qt.SortOrder]:
        """The column that the rows are sorted by, and which way."""
        return self._column, self._order

    def set_rows(self, table: EventTable, rows: Int64Array) -> None:
        """Show these rows, in time order, of a table."""
        self.beginResetModel()
        if table is not self._reading.table:
            self._ranks.clear()
        self._reading = replace(self._reading, table=table)
        self._passing = rows.astype(np.int32)
        self._rows = self._sorted()
        self.endResetModel()

    def set_zone(self, zone: tzinfo | None) -> None:
        """Tell instants with a zone in this one, or for None in their own."""
        self._reading = replace(self._reading, zone=zone)
        if len(self._rows):
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, 0))

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; a negative one means the order of time."""
        wanted = (max(column, 0), order)
        if wanted == self.sorting:
            return
        self.layoutAboutToBeChanged.emit()
        kept = self.persistentIndexList()
        events = [int(self._rows[index.row()]) for index in kept]
        self._column, self._order = wanted
        self._rows = self._sorted()
        places = dict(zip(events, self.places_of(events), strict=True)) if events else {}
        moved = [self.index(places[event], index.column()) for event, index in zip(events, kept, strict=True)]
        self.changePersistentIndexList(kept, moved)
        self.layoutChanged.emit()

    def event_row(self, place: int) -> int:
        """Return the row in the event table of what stands at a place here."""
        return int(self._rows[place])

    def event_rows(self, first: int, last: int) -> tuple[int, ...]:
        """Return the rows in the event table of a stretch of places, both ends included."""
        return tuple(self._rows[first : last + 1].tolist())

    def places_of(self, rows: Sequence[int]) -> tuple[int, ...]:
        """Return where those of the rows that are shown stand here, in the given order."""
        if len(rows) == 1:
            return tuple(np.flatnonzero(self._rows == rows[0]).tolist())
        places = np.flatnonzero(np.isin(self._rows, rows))
        place_by_row = dict(zip(self._rows[places].tolist(), places.tolist(), strict=True))
        return tuple(place_by_row[row] for row in rows if row in place_by_row)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(index)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tooltip_markup(self._words(index))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{COLUMNS[index.column()].title}: {self._words(index) or 'none'}"
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.TextAlignmentRole and orientation is Qt.Orientation.Horizontal:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return COLUMNS[section].title if orientation is Qt.Orientation.Horizontal else section + 1

    def _words(self, index: Index) -> str:
        event = self._reading.table.event(self.event_row(index.row()))
        return safe_text(shortened(COLUMNS[index.column()].words(event, self._reading)))

    def _sorted(self) -> Int32Array:
        """Return the passing rows in the wanted order; ranks are made once for each column and table."""
        descending = self._order is Qt.SortOrder.DescendingOrder
        ranks = COLUMNS[self._column].ranks
        if ranks is None:
            return self._passing[::-1] if descending else self._passing
        if self._column not in self._ranks:
            self._ranks[self._column] = ranks(self._reading.table)
        keys = self._ranks[self._column][self._passing]
        if descending:
            keys = np.where(keys == LAST, LAST, -keys)
        return self._passing[np.argsort(keys, kind="stable")]


def _rank_texts(texts: Sequence[str]) -> Int32Array:
    """Number texts by their order without case, equal ones alike and empty ones last."""
    folded = [text.casefold() for text in texts]
    rank_by_text = {text: rank for rank, text in enumerate(sorted(set(folded)))}
    return np.fromiter((rank_by_text[text] if text else LAST for text in folded), np.int32, len(folded))


def _rank_codes(codes: Int32Array, names: Sequence[str]) -> Int32Array:
    """Number codes by the order of their names; the code of no name, -1, picks the last."""
    return np.append(_rank_texts(names), np.int32(LAST)).astype(np.int32)[codes]


def _actor_words(event: Event) -> str:
    return ", ".join(dict.fromkeys(actor.name for actor in event.actors))


def _source_words(event: Event, table: EventTable) -> str:
    keys = [excerpt.source for excerpt in event.excerpts] + [claim.source for claim in event.claims]
    return ", ".join(source_title(key, table) for key in dict.fromkeys(keys) if key)


COLUMNS = (
    Column("When", lambda event, reading: in_words(event.when, reading.zone)),
    Column("Title", lambda event, _: event.title, lambda table: _rank_texts(table.titles)),
    Column("Actors", lambda event, _: _actor_words(event), lambda table: _rank_texts(list(map(_actor_words, table)))),
    Column("Type", lambda event, _: event.type, lambda table: _rank_codes(table.type_codes, table.types)),
    Column("Place", lambda event, _: event.place, lambda table: _rank_codes(table.place_codes, table.places)),
    Column(
        "Source",
        lambda event, reading: _source_words(event, reading.table),
        lambda table: _rank_texts([_source_words(event, table) for event in table]),
    ),
)
