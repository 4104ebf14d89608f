"""Read the rows of a text table as they come, a block of them at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from types import MappingProxyType
from typing import Protocol

import numpy as np

from timeline_app.core.arrays import Int64Array
from timeline_app.readers.line_file import LineBlock, LineFile
from timeline_app.readers.parsed_rows import LARGEST_FIELD, MOST_LINES_A_FIELD, is_blank, parsed_rows
from timeline_app.readers.row_split import SplitRows, split_rows
from timeline_app.readers.table_cells import PlacedCells, TableCells, is_visible

_NOTHING_BROKEN: Mapping[int, str] = MappingProxyType({})


class TableRows(Protocol):
    """Some rows of a table, whatever they hold.

    Row i stands in `content` from `begins[i]` to `ends[i]`, in the file after `lines_before[i]` lines, and has
    `widths[i]` fields. `broken` says of rows that cannot be read what is wrong with them.
    """

    @property
    def content(self) -> bytes:
        """Bytes that the rows stand in."""

    @property
    def begins(self) -> Int64Array:
        """Where each row begins."""

    @property
    def ends(self) -> Int64Array:
        """Where each row ends."""

    @property
    def lines_before(self) -> Int64Array:
        """How many lines of the file stand before each row."""

    @property
    def widths(self) -> Int64Array:
        """How many fields each row has."""

    @property
    def broken(self) -> Mapping[int, str]:
        """What is wrong with rows that cannot be read."""

    @property
    def bytes_read(self) -> int:
        """The place in the file after what has been read so far."""

    def row(self, number: int) -> Sequence[str]:
        """Return the fields of a row."""

    def blank(self, width: int) -> list[int]:
        """Return the rows of a width whose fields are all blank."""

    def cells(self, names: Sequence[str], wanted: Int64Array) -> TableCells:
        """Return the cells of some rows, each of which has a field for each of the names."""


@dataclass(frozen=True, slots=True, eq=False)
class PlacedRows:
    """Rows of which is known where each field stands."""

    content: bytes
    split: SplitRows
    line_count_before: int
    bytes_read: int

    @property
    def begins(self) -> Int64Array:
        """Where each row begins."""
        return self.split.begins[:-1]

    @property
    def ends(self) -> Int64Array:
        """Where each row ends."""
        return self.split.begins[1:]

    @property
    def lines_before(self) -> Int64Array:
        """How many lines of the file stand before each row."""
        return self.split.lines_before[:-1] + self.line_count_before

    @property
    def widths(self) -> Int64Array:
        """How many fields each row has."""
        widths: Int64Array = np.diff(self.split.first_fields)
        return widths

    @property
    def broken(self) -> Mapping[int, str]:
        """What is wrong with rows that cannot be read, of which there is none."""
        return _NOTHING_BROKEN

    def row(self, number: int) -> Sequence[str]:
        """Return the fields of a row."""
        names = [str(place) for place in range(int(self.widths[number]))]
        cells = self.cells(names, np.array([number]))
        return [cells.texts(name)[0] for name in names]

    def blank(self, width: int) -> list[int]:
        """Return the rows of a width whose fields are all blank."""
        letters = np.frombuffer(self.content, np.uint8)
        rows = np.flatnonzero(self.widths == width)
        for column in range(width):
            # Nearly every row has a letter at the beginning of one of its first fields.
            fields = self.split.first_fields[rows] + column
            begins = self.split.field_ends[fields - 1] + 1 if column else self.begins[rows]
            is_filled = (begins < self.split.field_ends[fields]) & is_visible(letters[begins])
            rows = rows[~is_filled]
            if not len(rows):
                return []
        return [row for row in rows.tolist() if is_blank(self.row(row))]

    def cells(self, names: Sequence[str], wanted: Int64Array) -> PlacedCells:
        """Return the cells of some rows, each of which has a field for each of the names."""
        return PlacedCells(names, self.content, self.split, wanted)


def table_rows(file: LineFile, delimiter: str) -> Iterator[TableRows]:
    """Read the rows of a table from its beginning; raises ReadError when it cannot be read to its end.

    From the first row on that is not plain, they are read by the csv module.
    """
    rest, lines_before = b"", 0
    blocks = file.blocks()
    for block in blocks:
        content = rest + block.content
        split = split_rows(content, delimiter, is_last=block.bytes_read == file.total_bytes)
        if split is None or not _is_usual(content, split):
            waiting = chain([LineBlock(content, block.bytes_read)], blocks)
            yield from parsed_rows(waiting, delimiter, file.name, lines_before)
            return
        rest = content[int(split.begins[-1]) :]
        if len(split):
            yield PlacedRows(content, split, lines_before, block.bytes_read)
            lines_before += int(split.lines_before[-1])


def _is_usual(content: bytes, split: SplitRows) -> bool:
    """Tell whether nothing is so long that it may have to be refused."""
    lengths = np.diff(split.begins, append=len(content))
    spans = np.diff(split.lines_before)
    return int(lengths.max()) <= LARGEST_FIELD and int(spans.max(initial=0)) <= MOST_LINES_A_FIELD
