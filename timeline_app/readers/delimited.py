"""Read text tables of any size, a batch of rows at a time: fields between commas, tabs, semicolons or bars.

What separates the fields is decided by trying each delimiter on the first lines, never by the ending of the file.
Fields may stand in quotation marks and then span lines, a mark within is doubled (RFC 4180). A row with too few or too
many fields is rejected; a quotation mark that opens and never closes is refused with its line, since all that follows
would end up in one field. A row of HXL tags below the header, as the Humanitarian Data Exchange adds it, is skipped.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, compress, islice
from typing import TYPE_CHECKING

import numpy as np

from timeline_app.core.arrays import Int64Array
from timeline_app.core.dataset import Level, Problem
from timeline_app.core.errors import ReadError
from timeline_app.readers.line_file import LineBlock, LineFile
from timeline_app.readers.source_file import MEGABYTE
from timeline_app.readers.tree import shortened

if TYPE_CHECKING:
    from _csv import Reader as _Reader

DELIMITERS = {",": "comma", "\t": "tab", ";": "semicolon", "|": "bar"}

_ROWS_A_BATCH = 5_000
_BYTES_A_BATCH = 16 * MEGABYTE
_LARGEST_FIELD = MEGABYTE
_MOST_LINES_A_FIELD = 200
_MOST_COLUMNS = 10_000
_LINES_TRIED = 200
# Blank fields with more characters each are not looked for.
_LONGEST_BLANK_FIELD = 8
_LONGEST_WHOLE = 10_000
_HXL_TAG = re.compile(r"#[a-z][a-z0-9_+ ]*")


@dataclass(frozen=True, slots=True)
class TableShape:
    """How a text table is laid out: what stands between its fields, and its columns."""

    delimiter: str
    columns: tuple[str, ...]
    has_header: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class RowBatch:
    """Some rows of a table, in the order of the file, those apart that have no place in it.

    Row i stands in `content` from `begins[i]` to `ends[i]`, in the file from line `lines[i]`, as its record
    `numbers[i]`.
    """

    rows: list[list[str]]
    content: bytes
    begins: Int64Array
    ends: Int64Array
    lines: Int64Array
    numbers: Int64Array
    problems: tuple[Problem, ...]
    rejected: int
    bytes_read: int


def table_head(text: str) -> tuple[str, list[list[str]]] | None:
    """Return the delimiter of a table and its first rows, judged by its first lines; None for what is no table."""
    lines = list(islice(io.StringIO(text, newline=""), 4 * _LINES_TRIED))
    if len(lines) > 1 and len(text) > _LONGEST_WHOLE and not lines[-1].endswith(("\n", "\r")):
        # What is cut off tells nothing.
        lines.pop()
    tried = [
        (_regularity(rows), delimiter, rows) for delimiter in DELIMITERS if (rows := _first_rows(lines, delimiter))
    ]
    if not tried:
        return None
    regularity, delimiter, rows = max(tried, key=lambda one: one[0])
    return (delimiter, rows) if regularity > (0.0, 0) else None


def column_names(header: Sequence[str]) -> tuple[str, ...]:
    """Return the names of columns, each its own: one without gets its number, one that stands there again a number."""
    names: list[str] = []
    for number, written in enumerate(header, start=1):
        name = written.strip() or f"column {number}"
        again = 2
        while name in names:
            name = f"{written.strip() or 'column'} ({again})"
            again += 1
        names.append(name)
    return tuple(names)


def cells_of_row(columns: tuple[str, ...], delimiter: str, raw: bytes) -> dict[str, str]:
    """Return the fields of one row as it stands in the file, by the names of the columns."""
    return dict(zip(columns, parsed_row(raw, delimiter), strict=True))


def parsed_row(raw: bytes, delimiter: str) -> list[str]:
    """Return the fields of one row as it stands in the file."""
    csv.field_size_limit(_LARGEST_FIELD)
    return next(csv.reader(_lines_of(raw), delimiter=delimiter, strict=True), [])


def row_batches(file: LineFile, shape: TableShape) -> Iterator[RowBatch]:
    """Read the rows of a table from its beginning; raises ReadError when it cannot be read to its end."""
    return _Table(file, shape).batches()


def _lines_of(raw: bytes) -> list[str]:
    return [line.decode() for line in raw.splitlines(keepends=True)]


def _first_rows(lines: Sequence[str], delimiter: str) -> list[list[str]]:
    """Return the rows of the first lines that are whole, as far as they can be read."""
    csv.field_size_limit(_LARGEST_FIELD)
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
    """Return which share of the rows is as wide as the first, and how wide that is; nothing for a single column."""
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
        self._pending = _PendingLines()
        self._number = 0
        self._blank_was_told = False
        self._bytes_read = 0

    def batches(self) -> Iterator[RowBatch]:
        csv.field_size_limit(_LARGEST_FIELD)
        texts = chain.from_iterable(map(self._taken, self._file.blocks()))
        reader = csv.reader(texts, delimiter=self._shape.delimiter, strict=True)
        is_first = True
        while True:
            raw = self._read_rows(reader)
            if not raw.rows:
                return
            yield self._batch(raw, is_first=is_first)
            is_first = False

    def _taken(self, block: LineBlock) -> list[str]:
        self._pending.add(block)
        self._bytes_read = block.bytes_read
        return block.texts

    def _read_rows(self, reader: _Reader) -> _RawRows:
        """Read rows until the batch is full or the file ends."""
        found = _RawRows(reader.line_num)
        rows, last_lines, pending = found.rows, found.last_lines, self._pending
        while True:
            try:
                for row in reader:
                    rows.append(row)
                    last_lines.append(reader.line_num)
                    if len(rows) >= _ROWS_A_BATCH or pending.byte_count > _BYTES_A_BATCH:
                        break
            except csv.Error as error:
                found.broken[len(rows)] = self._single_line_fault(error, found.line_before_next(), reader.line_num)
                rows.append([])
                last_lines.append(reader.line_num)
            else:
                return found

    def _single_line_fault(self, error: csv.Error, line_before: int, line: int) -> str:
        """Return what is wrong with a row of one line; raises ReadError when a quotation mark swallowed more."""
        if line - line_before <= 1 and "unexpected end" not in str(error):
            return _in_words(error)
        opening = line_before + self._opening_of_quote(line_before, line)
        if "expected after" in str(error):
            closing = f"closes in line {line} in the middle of a field; expected the {self._delimiter_name} after it"
            raise ReadError(f"a quote that opens in line {opening} {closing}", self._file.name, opening)
        raise ReadError(f"a quote that opens in line {opening} never closes", self._file.name, opening)

    def _opening_of_quote(self, line_before: int, line: int, most_lines: int = 0) -> int:
        """Return in which line of a record, from 1, the quotation mark opens that spans too many."""
        text = self._pending.text_of(line_before, line)
        delimiter = re.escape(self._shape.delimiter)
        begin = 0
        for quoted in re.finditer(rf'(?:^|{delimiter}|\n|\r)"((?:[^"]|"")*)(?:"|\Z)', text):
            begin = quoted.start(1)
            if quoted.end(1) == len(text) or (most_lines and quoted[1].count("\n") > most_lines):
                break
        return len(text[:begin].splitlines())

    @property
    def _delimiter_name(self) -> str:
        return DELIMITERS[self._shape.delimiter]

    def _batch(self, found: _RawRows, *, is_first: bool) -> RowBatch:
        last_lines = np.array(found.last_lines, np.int64)
        lines_before = np.concatenate(([found.line_before], last_lines[:-1]))
        self._check_spans(found.rows, lines_before, last_lines)
        ends = self._pending.ends_of(last_lines)
        begins = np.concatenate(([0], ends[:-1]))
        content = self._pending.take(int(last_lines[-1]))
        problems = self._strike_header(found, lines_before) if is_first and self._shape.has_header else []
        strange = self._strange_rows(found, ends - begins)
        is_record = np.ones(len(found.rows), np.bool_)
        is_record[found.header_rows + [row for row in strange if not self._is_faulty(found, row)]] = False
        numbers = self._number + np.cumsum(is_record)
        self._number = int(numbers[-1])
        problems += self._problems_of(found, strange, lines_before + 1, numbers)
        is_good = is_record.copy()
        is_good[strange] = False
        rows = found.rows if is_good.all() else list(compress(found.rows, is_good.tolist()))
        begins, ends, lines, numbers = (one[is_good] for one in (begins, ends, lines_before + 1, numbers))
        rejected = int(is_record.sum()) - len(rows)
        return RowBatch(rows, content, begins, ends, lines, numbers, tuple(problems), rejected, self._bytes_read)

    def _check_spans(self, rows: Sequence[Sequence[str]], lines_before: Int64Array, last_lines: Int64Array) -> None:
        for row in np.flatnonzero(last_lines - lines_before > _MOST_LINES_A_FIELD).tolist():
            if any(len(cell.splitlines()) > _MOST_LINES_A_FIELD for cell in rows[row]):
                before, last = int(lines_before[row]), int(last_lines[row])
                opening = before + self._opening_of_quote(before, last, _MOST_LINES_A_FIELD)
                message = f"a quote that opens in line {opening} spans over {_MOST_LINES_A_FIELD} lines"
                raise ReadError(f"{message}; expected it to close in the same field", self._file.name, opening)

    def _strike_header(self, found: _RawRows, lines_before: Int64Array) -> list[Problem]:
        """Take the header off the records, and the HXL tags below it; return a note on these."""
        found.header_rows.append(0)
        if len(found.rows) < 2 or not _are_hxl_tags(found.rows[1]):
            return []
        found.header_rows.append(1)
        note = "a row of HXL tags below the header was skipped"
        return [Problem(note, self._file.name, int(lines_before[1]) + 1, level=Level.NOTE)]

    def _strange_rows(self, found: _RawRows, byte_counts: Int64Array) -> list[int]:
        """Return the rows that are no records like the others: of another width, blank, or not to be read."""
        rows, width = found.rows, len(self._shape.columns)
        widths = np.fromiter(map(len, rows), np.int64, len(rows))
        short = np.flatnonzero((widths == width) & (byte_counts < _LONGEST_BLANK_FIELD * width + 2))
        blank = [row for row in short.tolist() if _is_blank(rows[row])]
        strange = {*np.flatnonzero(widths != width).tolist(), *blank, *found.broken}
        return sorted(strange.difference(found.header_rows))

    def _is_faulty(self, found: _RawRows, row: int) -> bool:
        return row in found.broken or not _is_blank(found.rows[row])

    def _problems_of(
        self, found: _RawRows, strange: Sequence[int], lines: Int64Array, numbers: Int64Array
    ) -> list[Problem]:
        problems: list[Problem] = []
        for row in strange:
            line = int(lines[row])
            if self._is_faulty(found, row):
                fault = found.broken.get(row) or self._fault_of_width(found.rows[row])
                message = f"{fault}; the record is left out"
                problems.append(Problem(message, self._file.name, line, 0, int(numbers[row])))
            elif not self._blank_was_told:
                self._blank_was_told = True
                problems.append(Problem("blank rows are skipped", self._file.name, line, level=Level.NOTE))
        return problems

    def _fault_of_width(self, cells: Sequence[str]) -> str:
        width = len(self._shape.columns)
        begins = f", beginning “{shortened(self._shape.delimiter.join(cells), 40)}”"
        return f"expected {width:,} fields, one for each column; found {len(cells):,}{begins}"


def _is_blank(cells: Sequence[str]) -> bool:
    return not any(map(str.strip, cells))


@dataclass(slots=True)
class _RawRows:
    """Rows as they come, the last line of each, and what is wrong with those that could not be read."""

    line_before: int
    rows: list[list[str]] = field(default_factory=list)
    last_lines: list[int] = field(default_factory=list)
    broken: dict[int, str] = field(default_factory=dict)
    header_rows: list[int] = field(default_factory=list)

    def line_before_next(self) -> int:
        return self.last_lines[-1] if self.last_lines else self.line_before


class _PendingLines:
    """Lines that were handed to the parser and belong to no finished batch yet."""

    def __init__(self) -> None:
        self.byte_count = 0
        self._contents: list[bytes] = []
        self._ends: list[Int64Array] = []
        self._lines_before = 0

    def add(self, block: LineBlock) -> None:
        self._contents.append(block.content)
        self._ends.append(block.ends + self.byte_count)
        self.byte_count += len(block.content)

    def ends_of(self, lines: Int64Array) -> Int64Array:
        """Return where in the content each of these lines ends."""
        return self._joined_ends()[lines - self._lines_before - 1]

    def text_of(self, line_before: int, line: int) -> str:
        """Return the text after one line, up to the end of another."""
        content, ends = self._joined_content(), self._joined_ends()
        first = line_before - self._lines_before
        begin = int(ends[first - 1]) if first else 0
        return content[begin : int(ends[line - self._lines_before - 1])].decode()

    def take(self, line: int) -> bytes:
        """Return everything to the end of a line, and let go of it."""
        content, ends = self._joined_content(), self._joined_ends()
        count = line - self._lines_before
        end = int(ends[count - 1])
        rest = content[end:]
        self._contents, self._ends = [rest], [ends[count:] - end]
        self.byte_count = len(rest)
        self._lines_before = line
        return content[:end]

    def _joined_content(self) -> bytes:
        self._contents = [b"".join(self._contents)]
        return self._contents[0]

    def _joined_ends(self) -> Int64Array:
        self._ends = [np.concatenate(self._ends)]
        return self._ends[0]


def _are_hxl_tags(cells: Sequence[str]) -> bool:
    filled = [cell.strip() for cell in cells if cell.strip()]
    return len(filled) >= 2 and all(_HXL_TAG.fullmatch(cell) for cell in filled)


def _in_words(error: csv.Error) -> str:
    """Return what the parser says in the words of this program."""
    text = str(error)
    if "field larger" in text:
        return f"expected fields of at most {_LARGEST_FIELD:,} characters; found a larger one"
    if "expected after" in text:
        return "expected the end of a field after its closing quote; found more text"
    return f"the row cannot be read ({text})"
