"""Batches of records that come as rows of cells, out of whatever they were packed in."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from timeline_app.core.batches import RecordBatch
from timeline_app.core.dataset import Level, Problem
from timeline_app.readers.collector import garbage_collection_paused
from timeline_app.readers.columns import EventFields, RecordPlaces, record_batch
from timeline_app.readers.field_reader import FieldColumns
from timeline_app.readers.parsed_rows import LARGEST_FIELD, is_blank
from timeline_app.readers.source_file import MEGABYTE

_ROWS_A_BATCH = 5_000
_BYTES_A_BATCH = 8 * MEGABYTE


# What makes the fields of some records, which have these numbers, of their columns.
FieldsOf = Callable[[FieldColumns, Sequence[int]], EventFields]


@dataclass(frozen=True, slots=True)
class CellRow:
    """The cells of a record, in which line or row of its file it stands, and how far the file has been read."""

    line: int
    cells: Sequence[str]
    bytes_read: int


@dataclass(slots=True)
class _Gathered:
    """Records that make a batch, with what is wrong about others."""

    rows: list[CellRow] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    contents: list[bytes] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    rejected: int = 0
    byte_count: int = 0

    @property
    def is_full(self) -> bool:
        return len(self.rows) >= _ROWS_A_BATCH or self.byte_count >= _BYTES_A_BATCH


def cell_batches(
    rows: Iterator[CellRow], columns: Sequence[str], fields_of: FieldsOf, file: str, notes: Sequence[Problem] = ()
) -> Iterator[RecordBatch]:
    """Make batches of rows, each with a cell for each of the columns; `notes` are about the file.

    A blank row is skipped, one with more cells than there are columns rejected.
    """
    gathered = _Gathered(problems=list(notes))
    number = 0
    blank_was_told = False
    for row in rows:
        if is_blank(row.cells):
            if not blank_was_told:
                gathered.problems.append(Problem("blank rows are skipped", file, row.line, level=Level.NOTE))
            blank_was_told = True
            continue
        number += 1
        fault = _fault(row.cells, len(columns))
        if fault:
            gathered.rejected += 1
            gathered.problems.append(Problem(f"{fault}; the record is left out", file, row.line, 0, number))
        else:
            _gather(gathered, row, number, len(columns))
        if gathered.is_full:
            yield _batch(gathered, columns, fields_of, file, row.bytes_read)
            gathered = _Gathered()
    last = gathered.rows[-1].bytes_read if gathered.rows else 0
    yield _batch(gathered, columns, fields_of, file, last)


def record_of_cells(columns: Sequence[str], raw: bytes) -> dict[str, str]:
    """Return the cells of a record of such a batch by the names of the columns."""
    return dict(zip(columns, json.loads(raw), strict=True))


def _fault(cells: Sequence[str], width: int) -> str:
    if len(cells) > width and not is_blank(cells[width:]):
        return f"expected {width:,} cells, one for each column; found {len(cells):,}"
    if any(len(cell) > LARGEST_FIELD for cell in cells):
        return f"expected cells of at most {LARGEST_FIELD:,} characters; found a larger one"
    return ""


def _gather(gathered: _Gathered, row: CellRow, number: int, width: int) -> None:
    cells = [*row.cells[:width], *[""] * (width - len(row.cells))]
    content = json.dumps(cells, ensure_ascii=False).encode("utf-8", "replace")
    gathered.rows.append(CellRow(row.line, cells, row.bytes_read))
    gathered.numbers.append(number)
    gathered.contents.append(content)
    gathered.byte_count += len(content)


def _batch(gathered: _Gathered, columns: Sequence[str], fields_of: FieldsOf, file: str, bytes_read: int) -> RecordBatch:
    places = {name: place for place, name in enumerate(columns)}
    rows = gathered.rows
    with garbage_collection_paused():
        fields = fields_of(lambda name: _column(rows, places.get(name)), gathered.numbers)
        ends = np.cumsum(np.array(list(map(len, gathered.contents)), np.int64))
        begins = np.concatenate((np.zeros(1, np.int64), ends[:-1]))[: len(ends)]
        lines = np.array([row.line for row in rows], np.int64)
        numbers = np.array(gathered.numbers, np.int64)
        record_places = RecordPlaces(file, b"".join(gathered.contents), begins, ends, lines, numbers)
        return record_batch(fields, record_places, gathered.problems, gathered.rejected, bytes_read)


def _column(rows: Sequence[CellRow], place: int | None) -> list[str]:
    """Return the cells of a column, empty ones for a column that the table does not have."""
    return [row.cells[place] if place is not None else "" for row in rows]
