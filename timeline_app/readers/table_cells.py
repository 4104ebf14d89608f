"""The cells of some records of a table, by column; only the columns that are asked for are made."""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter
from typing import NamedTuple, Protocol

import numpy as np

from timeline_app.core.arrays import BoolArray, Int32Array, Int64Array, UInt8Array
from timeline_app.core.text_column import TextColumn
from timeline_app.readers.coded import Coded
from timeline_app.readers.day_lists import DayLists, day_lists
from timeline_app.readers.equal_stretches import PADDING_BYTES, Stretches, number_alike
from timeline_app.readers.row_split import SplitRows

_QUOTE, _DELETE = ord('"'), 0x7F


class TableCells(Protocol):
    """The cells of some records; of a column that the table does not have they are empty."""

    def __len__(self) -> int:
        """How many records there are."""

    def texts(self, name: str, rows: Int64Array | None = None) -> list[str]:
        """Return the cells of a column, of all records or of some."""

    def stripped(self, name: str) -> TextColumn:
        """Return the cells of a column without the white space around them."""

    def coded(self, name: str) -> Coded[str]:
        """Return the cells of a column, those that are alike once."""

    def together(self, names: Sequence[str], rows: Int64Array | None = None) -> Coded[tuple[str, ...]]:
        """Return the cells of several columns, of all records or of some, those that are alike in all of them once."""

    def day_lists(self, name: str, separator: str) -> DayLists:
        """Return which days the cells of a column list, as far as they stand there plainly."""

    def counts(self, name: str, text: str) -> Int64Array:
        """Return how often a text occurs in each cell of a column, shape (records,)."""


class ParsedCells:
    """Cells as the csv module gives them, a list a row."""

    def __init__(self, names: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        self._numbers = {name: number for number, name in enumerate(names)}
        self._rows = rows

    def __len__(self) -> int:
        return len(self._rows)

    def texts(self, name: str, rows: Int64Array | None = None) -> list[str]:
        """Return the cells of a column, of all records or of some."""
        wanted = self._rows if rows is None else [self._rows[row] for row in rows.tolist()]
        number = self._numbers.get(name)
        return [""] * len(wanted) if number is None else list(map(itemgetter(number), wanted))

    def stripped(self, name: str) -> TextColumn:
        """Return the cells of a column without the white space around them."""
        return TextColumn.of(map(str.strip, self.texts(name)))

    def coded(self, name: str) -> Coded[str]:
        """Return the cells of a column, those that are alike once."""
        return Coded.of(self.texts(name))

    def together(self, names: Sequence[str], rows: Int64Array | None = None) -> Coded[tuple[str, ...]]:
        """Return the cells of several columns, of all records or of some, those that are alike in all of them once."""
        return Coded.of(list(zip(*(self.texts(name, rows) for name in names), strict=True)))

    def day_lists(self, name: str, separator: str) -> DayLists:
        """Return which days the cells of a column list, as far as they stand there plainly."""
        column = TextColumn.of(self.texts(name))
        return day_lists(column.content, column.offsets[:-1], column.lengths, separator)

    def counts(self, name: str, text: str) -> Int64Array:
        """Return how often a text occurs in each cell of a column, shape (records,)."""
        return np.array([cell.count(text) for cell in self.texts(name)], np.int64)


class _Column(NamedTuple):
    """Where the cells of a column begin and end without their quotation marks, and which have some."""

    begins: Int64Array
    ends: Int64Array
    is_quoted: BoolArray

    def at(self, rows: Int64Array) -> _Column:
        return _Column(self.begins[rows], self.ends[rows], self.is_quoted[rows])


class PlacedCells:
    """Cells that stand in the bytes of a table, of which no text is made that nobody asks for."""

    def __init__(self, names: Sequence[str], content: bytes, split: SplitRows, wanted: Int64Array) -> None:
        """Take the cells of the wanted rows, each of which has a field for each of the names."""
        self._numbers = {name: number for number, name in enumerate(names)}
        self._content = content
        self._letters = np.frombuffer(content + bytes(PADDING_BYTES), np.uint8)
        self._quotes = split.quotes
        self._row_begins = split.begins[wanted]
        self._field_ends = _table_of(split, wanted, len(names))
        self._columns: dict[str, _Column] = {}

    def __len__(self) -> int:
        return len(self._row_begins)

    def texts(self, name: str, rows: Int64Array | None = None) -> list[str]:
        """Return the cells of a column, of all records or of some."""
        column = self._column(name)
        return self._texts(column if rows is None else column.at(rows))

    def stripped(self, name: str) -> TextColumn:
        """Return the cells of a column without the white space around them."""
        column = self._column(name)
        lengths = column.ends - column.begins
        is_plain = (lengths > 0) & ~column.is_quoted
        is_plain &= self._is_visible(column.begins) & self._is_visible(column.ends - 1)
        if not is_plain.all():
            return TextColumn.of(map(str.strip, self._texts(column)))
        offsets = np.concatenate(([0], np.cumsum(lengths)))
        places = np.arange(offsets[-1]) + np.repeat(column.begins - offsets[:-1], lengths)
        return TextColumn.of_bytes(self._letters[places].data, offsets)

    def coded(self, name: str) -> Coded[str]:
        """Return the cells of a column, those that are alike once."""
        column = self._column(name)
        first, codes = number_alike([self._stretches(column)])
        # Cells that are written in two ways, once with quotation marks, may be alike all the same.
        values = Coded.of(self._texts(column.at(first)))
        return Coded(values.values, values.codes[codes])

    def together(self, names: Sequence[str], rows: Int64Array | None = None) -> Coded[tuple[str, ...]]:
        """Return the cells of several columns, of all records or of some, those that are alike in all of them once."""
        columns = [self._column(name) if rows is None else self._column(name).at(rows) for name in names]
        first, codes = number_alike(list(map(self._stretches, columns)))
        values = Coded.of(list(zip(*(self._texts(column.at(first)) for column in columns), strict=True)))
        return Coded(values.values, values.codes[codes])

    def day_lists(self, name: str, separator: str) -> DayLists:
        """Return which days the cells of a column list, as far as they stand there plainly."""
        column = self._column(name)
        return day_lists(self._letters, column.begins, column.ends - column.begins, separator)

    def counts(self, name: str, text: str) -> Int64Array:
        """Return how often a text occurs in each cell of a column, shape (records,)."""
        column = self._column(name)
        written = text.replace('"', '""').encode()
        found = self._quotes if written[0] == _QUOTE else np.flatnonzero(self._letters == written[0])
        for number, letter in enumerate(written[1:], start=1):
            found = found[self._letters[np.minimum(found + number, len(self._letters) - 1)] == letter]
        if not len(self):
            return np.zeros(0, np.int64)
        rows = np.searchsorted(column.begins, found, side="right") - 1
        is_within = (rows >= 0) & (found + len(written) <= column.ends[rows])
        rows, found = rows[is_within], found[is_within]
        counts: Int64Array = np.bincount(rows, minlength=len(self))
        for row in rows[1:][np.diff(found) < len(written)].tolist():
            # Two that overlap count once, but which they are only going through them tells.
            counts[row] = self._content.count(written, int(column.begins[row]), int(column.ends[row]))
        return counts

    def _column(self, name: str) -> _Column:
        if name not in self._columns:
            self._columns[name] = self._found_column(name)
        return self._columns[name]

    def _found_column(self, name: str) -> _Column:
        number = self._numbers.get(name)
        if number is None:
            return _Column(self._row_begins, self._row_begins, np.zeros(len(self), np.bool_))
        begins = self._field_ends[:, number - 1].astype(np.int64) + 1 if number else self._row_begins
        ends = self._field_ends[:, number].astype(np.int64)
        is_quoted = self._letters[begins] == _QUOTE
        return _Column(begins + is_quoted, ends - is_quoted, is_quoted)

    def _stretches(self, column: _Column) -> Stretches:
        return Stretches(self._content, self._letters, column.begins, column.ends - column.begins)

    def _texts(self, column: _Column) -> list[str]:
        slices = map(slice, column.begins.tolist(), column.ends.tolist())
        texts = list(map(bytes.decode, map(self._content.__getitem__, slices)))
        for row in np.flatnonzero(column.is_quoted).tolist():
            texts[row] = texts[row].replace('""', '"')
        return texts

    def _is_visible(self, places: Int64Array) -> BoolArray:
        return is_visible(self._letters[places])


def _table_of(split: SplitRows, wanted: Int64Array, width: int) -> Int32Array:
    """Return where each field of the wanted rows ends, shape (rows, width)."""
    is_stretch = len(wanted) and int(wanted[-1]) - int(wanted[0]) == len(wanted) - 1
    first, end = (split.first_fields[[wanted[0], wanted[-1] + 1]] if is_stretch else np.zeros(2, np.int64)).tolist()
    if is_stretch and end - first == len(wanted) * width:
        # Nearly always: neighbouring rows of one width, of which no copy is needed.
        return split.field_ends[first:end].reshape(-1, width)
    gathered: Int32Array = split.field_ends[split.first_fields[wanted][:, None] + np.arange(width)]
    return gathered


def is_visible(letters: UInt8Array) -> BoolArray:
    """Tell which letters surely say something: no quotation mark, and nothing beyond ASCII, where there are spaces."""
    visible: BoolArray = (letters > _QUOTE) & (letters < _DELETE)
    return visible
