"""Read text tables of any size, a batch of rows at a time: fields between commas, tabs, semicolons or bars.

What separates the fields is decided by trying each delimiter on the first lines, never by the ending of the file.
Fields may stand in quotation marks and then span lines, a mark within is doubled (RFC 4180). A row with too few or too
many fields is rejected; a quotation mark that opens and never closes is refused with its line, since all that follows
would end up in one field. A row of HXL tags below the header, as the Humanitarian Data Exchange adds it, is no record.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice

import numpy as np

from timeline_app.core.arrays import BoolArray, Int64Array
from timeline_app.core.dataset import Level, Problem
from timeline_app.core.errors import ReadError
from timeline_app.readers.column_kinds import ColumnKind, kind_of
from timeline_app.readers.encodings import in_utf_8, is_utf_8, unknown_encoding, wide_encoding
from timeline_app.readers.event_columns import known_fields
from timeline_app.readers.formula_links import FUNCTION_WORDS, formula_link
from timeline_app.readers.hxl_tags import are_hxl_tags, tagged_fields
from timeline_app.readers.line_file import LineFile
from timeline_app.readers.parsed_rows import DELIMITERS, LARGEST_FIELD, is_blank
from timeline_app.readers.read_ahead import read_ahead
from timeline_app.readers.rows_above import rows_above
from timeline_app.readers.source_file import HEAD_BYTES
from timeline_app.readers.table_cells import ParsedCells, TableCells
from timeline_app.readers.table_rows import TableRows, table_rows
from timeline_app.readers.table_settings import table_settings
from timeline_app.readers.table_source import TableSource
from timeline_app.readers.tree import shortened

_MOST_COLUMNS = 10_000
_LINES_TRIED = 200
_LONGEST_WHOLE = 10_000


@dataclass(frozen=True, slots=True)
class TableShape:
    """How a text table is laid out: what stands between its fields, and its columns.

    A row may lack so many of its last fields, which are empty then, or have so many more than there are columns, which
    belong to its last. `rows_above` stand above the header, blank ones not counted.
    """

    delimiter: str
    columns: tuple[str, ...]
    has_header: bool = True
    most_missing: int = 0
    most_surplus: int = 0
    rows_above: int = 0

    def takes(self, widths: Int64Array) -> BoolArray:
        """Tell which rows of so many fields are records, shape (rows,)."""
        width = len(self.columns)
        return (widths >= width - self.most_missing) & (widths <= width + self.most_surplus)

    @property
    def expected(self) -> str:
        """How many fields a row has, in words."""
        missing = ", of which the last may be missing" if self.most_missing else ""
        return f"{len(self.columns):,} fields, one for each column{missing}"


@dataclass(frozen=True, slots=True, eq=False)
class RowBatch:
    """Some rows of a table, in the order of the file, those apart that have no place in it.

    Row i stands in `content` from `begins[i]` to `ends[i]`, in the file from line `lines[i]`, as its record
    `numbers[i]`.
    """

    cells: TableCells
    content: bytes
    begins: Int64Array
    ends: Int64Array
    lines: Int64Array
    numbers: Int64Array
    problems: tuple[Problem, ...]
    rejected: int
    bytes_read: int


def table_head(text: str, delimiter: str = "") -> tuple[str, list[list[str]]] | None:
    """Return the delimiter of a table and its first rows, judged by its first lines; None for what is no table.

    A delimiter that is given is not doubted.
    """
    lines = list(islice(io.StringIO(text, newline=""), 4 * _LINES_TRIED))
    if len(lines) > 1 and len(text) > _LONGEST_WHOLE and not lines[-1].endswith(("\n", "\r")):
        # What is cut off tells nothing.
        lines.pop()
    signs = (delimiter,) if delimiter else tuple(DELIMITERS)
    tried = [(_regularity(rows), sign, rows) for sign in signs if (rows := _first_rows(lines, sign))]
    if not tried:
        return None
    regularity, sign, rows = max(tried, key=lambda one: one[0])
    return (sign, rows) if regularity > (0.0, 0) or (delimiter and len(rows[0]) > 1) else None


def column_names(header: Sequence[str]) -> tuple[str, ...]:
    """Return the names of columns, each its own: one without gets its number, one that stands there again a number."""
    names: dict[str, None] = {}
    # A header of garbage may have the same name ten thousand times.
    next_numbers: dict[str, int] = {}
    for number, written in enumerate(header, start=1):
        base = written.strip()
        name = base or f"column {number}"
        while name in names:
            again = next_numbers.get(base, 2)
            next_numbers[base] = again + 1
            name = f"{base or 'column'} ({again})"
        names[name] = None
    return tuple(names)


def cells_of_row(columns: tuple[str, ...], delimiter: str, raw: bytes) -> dict[str, str]:
    """Return the fields of one row as it stands in the file, by the names of the columns."""
    return dict(zip(columns, _fitted_row(raw, delimiter, len(columns)), strict=True))


def parsed_row(raw: bytes, delimiter: str) -> list[str]:
    """Return the fields of one row as it stands in the file."""
    csv.field_size_limit(LARGEST_FIELD)
    # Line breaks within it stand in quotation marks, where the parser takes them as they are.
    return next(csv.reader((raw.decode(),), delimiter=delimiter, strict=True), [])


def _fitted_row(raw: bytes, delimiter: str, width: int) -> list[str]:
    """Return as many fields of a row as there are columns; see TableShape."""
    cells = parsed_row(raw, delimiter)
    if len(cells) > width:
        return [*cells[: width - 1], delimiter.join(cells[width - 1 :])]
    return cells + [""] * (width - len(cells))


def is_header(row: Sequence[str]) -> bool:
    """Tell whether the first row of a table names the columns: some names are known, or nothing in it is a value."""
    if known_fields(column_names(row)):
        return True
    filled = [cell for cell in row if cell.strip()]
    kinds = {kind_of([cell]) for cell in filled}
    return bool(filled) and kinds <= {ColumnKind.NAME, ColumnKind.TEXT, ColumnKind.WORDS, ColumnKind.NOTHING}


def table_of_text(file: LineFile, mapping: Mapping[str, str]) -> tuple[TableShape, TableSource]:
    """Return how a text table is laid out, and what its columns are to be understood by; raises ReadError for none."""
    settings = table_settings(mapping, file.name)
    wide = "" if file.encoding else wide_encoding(file.raw_head)
    text = in_utf_8(file.raw_head, wide).decode() if wide else file.head_text()
    if len(file.raw_head) == HEAD_BYTES and not {"\n", "\r"} & set(text):
        # What is cut off would be told as fewer columns than there are.
        raise ReadError(f"expected a header of at most {HEAD_BYTES:,} bytes; its line is longer", file.name, 1)
    found = table_head(text, settings.delimiter)
    if found is None:
        # Whatever makes the file unreadable as text is the better reason.
        for _ in file.blocks():
            break
        raise ReadError("expected a table: a header, and rows of as many fields; found none", file.name, 1)
    delimiter, rows = found
    above = rows_above(rows) if settings.has_header is not False else 0
    first = rows[above]
    has_header = is_header(first) if settings.has_header is None else settings.has_header
    names = column_names(first if has_header else [""] * len(first))
    shape = TableShape(delimiter, names, has_header, rows_above=above)
    records = [row for row in rows[above + has_header :] if len(row) == len(names) and not are_hxl_tags(row)]
    tags = next(filter(are_hxl_tags, rows[above + 1 : above + 2]), [])
    is_known = bool(file.encoding) or (is_utf_8(file.raw_head) and not wide)
    source = TableSource(
        columns=names,
        rows=records,
        scan=partial(scanned_cells, file, shape),
        line=1,
        has_header=has_header,
        settings={"delimiter": DELIMITERS[delimiter], "header": "yes" if has_header else "no"},
        encoding=None if is_known else unknown_encoding(file.raw_head),
        tagged=tagged_fields(names, tags) if has_header else {},
        formula_columns=partial(_formula_columns, file, shape),
    )
    return shape, source


def scanned_cells(file: LineFile, shape: TableShape, names: Sequence[str]) -> Iterator[Sequence[Sequence[str]]]:
    """Give the cells of some columns batch by batch, those that are alike in all of them once."""
    for batch in row_batches(file, shape):
        if len(names) == 1:
            yield [batch.cells.coded(names[0]).values]
        else:
            yield list(zip(*batch.cells.together(names).values, strict=True)) or [()] * len(names)


def _formula_columns(file: LineFile, shape: TableShape) -> set[str]:
    """Return the columns in which any cell is a link by a formula; a file without such a word is not taken apart."""
    found: set[str] = set()
    for batch in row_batches(file, shape) if file.holds(FUNCTION_WORDS) else ():
        if any(word in batch.content for word in FUNCTION_WORDS):
            left = (name for name in shape.columns if name not in found)
            found |= {name for name in left if any(map(formula_link, batch.cells.coded(name).values))}
    return found


def row_batches(file: LineFile, shape: TableShape) -> Iterator[RowBatch]:
    """Read the rows of a table from its beginning; raises ReadError when it cannot be read to its end."""
    return _Table(file, shape).batches()


def _first_rows(lines: Sequence[str], delimiter: str) -> list[list[str]]:
    """Return the rows of the first lines that are whole, as far as they can be read."""
    csv.field_size_limit(LARGEST_FIELD)
    rows: list[list[str]] = []
    try:
        for row in csv.reader(lines, delimiter=delimiter, strict=True):
            if len(rows) == _LINES_TRIED:
                break
            if any(map(str.strip, row)):
                rows.append(row)
    except csv.Error:
        # What cannot be read is told when the whole file is read.
        return rows
    return rows


def _regularity(rows: Sequence[Sequence[str]]) -> tuple[float, int]:
    """Return which share of the rows is as wide as the first, and how wide that is; nothing for a single column.

    What stands above the header has any width.
    """
    rows = rows[rows_above(rows) :]
    width = len(rows[0])
    if not 2 <= width <= _MOST_COLUMNS:
        return 0.0, 0
    share = sum(len(row) == width for row in rows) / len(rows)
    return (share, width) if share > 0.5 else (0.0, 0)


class _Table:
    """The state of one reading of a table."""

    def __init__(self, file: LineFile, shape: TableShape) -> None:
        self._file = file
        self._shape = shape
        self._number = 0
        self._blank_was_told = False

    def batches(self) -> Iterator[RowBatch]:
        """Give the rows batch by batch, each taken apart while what the one before says is understood."""
        return read_ahead(self._batches())

    def _batches(self) -> Iterator[RowBatch]:
        is_first = True
        for found in table_rows(self._file, self._shape.delimiter):
            yield self._batch(found, is_first=is_first)
            is_first = False

    def _batch(self, found: TableRows, *, is_first: bool) -> RowBatch:
        count = len(found.widths)
        header, problems = self._header(found) if is_first and self._shape.has_header else ([], [])
        strange = self._strange_rows(found, header)
        is_record = np.ones(count, np.bool_)
        is_record[header + [row for row in strange if not self._is_faulty(found, row)]] = False
        numbers = self._number + np.cumsum(is_record)
        self._number = int(numbers[-1])
        lines = found.lines_before + 1
        problems += self._problems_of(found, strange, lines, numbers)
        is_good = is_record.copy()
        is_good[strange] = False
        good = np.flatnonzero(is_good)
        return RowBatch(
            cells=self._cells(found, good),
            content=found.content,
            begins=found.begins[good],
            ends=found.ends[good],
            lines=lines[good],
            numbers=numbers[good],
            problems=tuple(problems),
            rejected=int(is_record.sum()) - len(good),
            bytes_read=found.bytes_read,
        )

    def _cells(self, found: TableRows, good: Int64Array) -> TableCells:
        """Return the cells of the good rows, not all of which may have a field for each column."""
        columns, delimiter = self._shape.columns, self._shape.delimiter
        if bool((found.widths[good] == len(columns)).all()):
            return found.cells(columns, good)
        begins, ends = found.begins[good].tolist(), found.ends[good].tolist()
        raw = (found.content[begin:end] for begin, end in zip(begins, ends, strict=True))
        return ParsedCells(columns, [_fitted_row(row, delimiter, len(columns)) for row in raw])

    def _header(self, found: TableRows) -> tuple[list[int], list[Problem]]:
        """Return the header, what stands above it and the HXL tags below, which are no records, with notes on them."""
        place = self._place_of_header(found)
        notes = [f"the table begins in line {int(found.lines_before[place]) + 1}; what stands above is no record"]
        problems = [Problem(note, self._file.name, 1, level=Level.NOTE) for note in notes if self._shape.rows_above]
        if len(found.widths) < place + 2 or not are_hxl_tags(found.row(place + 1)):
            return [*range(place + 1)], problems
        note = "a row of HXL tags below the header was skipped"
        line = int(found.lines_before[place + 1]) + 1
        return [*range(place + 2)], [*problems, Problem(note, self._file.name, line, level=Level.NOTE)]

    def _place_of_header(self, found: TableRows) -> int:
        """Return which row the header is, the first where none stands above it."""
        if not self._shape.rows_above:
            return 0
        filled = (row for row in range(len(found.widths)) if not is_blank(found.row(row)))
        return next(islice(filled, self._shape.rows_above, None), 0)

    def _strange_rows(self, found: TableRows, header: Sequence[int]) -> list[int]:
        """Return the rows that are no records like the others: of another width, blank, or not to be read."""
        width = len(self._shape.columns)
        strange = {*np.flatnonzero(~self._shape.takes(found.widths)).tolist(), *found.blank(width), *found.broken}
        return sorted(strange.difference(header))

    def _is_faulty(self, found: TableRows, row: int) -> bool:
        return row in found.broken or not is_blank(found.row(row))

    def _problems_of(
        self, found: TableRows, strange: Sequence[int], lines: Int64Array, numbers: Int64Array
    ) -> list[Problem]:
        problems: list[Problem] = []
        for row in strange:
            line = int(lines[row])
            if self._is_faulty(found, row):
                fault = found.broken.get(row) or self._fault_of_width(found.row(row))
                message = f"{fault}; the record is left out"
                problems.append(Problem(message, self._file.name, line, 0, int(numbers[row])))
            elif not self._blank_was_told:
                self._blank_was_told = True
                problems.append(Problem("blank rows are skipped", self._file.name, line, level=Level.NOTE))
        return problems

    def _fault_of_width(self, cells: Sequence[str]) -> str:
        begins = f", beginning “{shortened(self._shape.delimiter.join(cells), 40)}”"
        return f"expected {self._shape.expected}; found {len(cells):,}{begins}"
