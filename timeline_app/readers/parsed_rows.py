"""Read the rows of a text table with the csv module, which judges everything that a table may hold.

A quotation mark that opens and never closes is refused with its line, since all that follows would end up in one field.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from timeline_app.core.arrays import Int64Array
from timeline_app.core.errors import ReadError
from timeline_app.readers.line_file import LineBlock
from timeline_app.readers.source_file import MEGABYTE
from timeline_app.readers.table_cells import ParsedCells

if TYPE_CHECKING:
    from _csv import Reader as _Reader

DELIMITERS = {",": "comma", "\t": "tab", ";": "semicolon", "|": "bar"}
LARGEST_FIELD = MEGABYTE
MOST_LINES_A_FIELD = 200

_ROWS_A_BATCH = 5_000
_BYTES_A_BATCH = 16 * MEGABYTE
# Blank fields with more characters each are not looked for.
_LONGEST_BLANK_FIELD = 8


@dataclass(frozen=True, slots=True, eq=False)
class ParsedRows:
    """Rows as lists of their cells; see TableRows of readers/table_rows.py."""

    content: bytes
    begins: Int64Array
    ends: Int64Array
    lines_before: Int64Array
    widths: Int64Array
    broken: Mapping[int, str]
    bytes_read: int
    rows: Sequence[Sequence[str]]

    def row(self, number: int) -> Sequence[str]:
        """Return the fields of a row."""
        return self.rows[number]

    def blank(self, width: int) -> list[int]:
        """Return the rows of a width whose fields are all blank."""
        byte_counts = self.ends - self.begins
        short = np.flatnonzero((self.widths == width) & (byte_counts < _LONGEST_BLANK_FIELD * width + 2))
        return [row for row in short.tolist() if is_blank(self.rows[row])]

    def cells(self, names: Sequence[str], wanted: Int64Array) -> ParsedCells:
        """Return the cells of some rows, each of which has a field for each of the names."""
        whole = len(wanted) == len(self.rows)
        return ParsedCells(names, self.rows if whole else [self.rows[row] for row in wanted.tolist()])


def parsed_rows(blocks: Iterator[LineBlock], delimiter: str, file: str, lines_before: int = 0) -> Iterator[ParsedRows]:
    """Read the rows of a table, of which so many lines stand before; `file` names it in messages.

    Raises ReadError when it cannot be read to its end.
    """
    return _Parsing(blocks, delimiter, file, lines_before).all_rows()


def is_blank(cells: Sequence[str]) -> bool:
    """Tell whether a row says nothing."""
    return not any(map(str.strip, cells))


class _Parsing:
    """The state of one reading of a table; lines are counted from its first block, but told as those of the file."""

    def __init__(self, blocks: Iterator[LineBlock], delimiter: str, file: str, lines_before: int) -> None:
        self._blocks = blocks
        self._delimiter = delimiter
        self._file = file
        self._lines_before = lines_before
        self._pending = _PendingLines()
        self._bytes_read = 0

    def all_rows(self) -> Iterator[ParsedRows]:
        csv.field_size_limit(LARGEST_FIELD)
        texts = chain.from_iterable(map(self._taken, self._blocks))
        reader = csv.reader(texts, delimiter=self._delimiter, strict=True)
        while True:
            found = self._read_rows(reader)
            if not found.rows:
                return
            yield self._placed(found)

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

    def _placed(self, found: _RawRows) -> ParsedRows:
        """Return rows with where they stand, and let go of their lines."""
        last_lines = np.array(found.last_lines, np.int64)
        lines_before = np.concatenate(([found.line_before], last_lines[:-1]))
        self._check_spans(found.rows, lines_before, last_lines)
        ends = self._pending.ends_of(last_lines)
        return ParsedRows(
            content=self._pending.take(int(last_lines[-1])),
            begins=np.concatenate(([0], ends[:-1])),
            ends=ends,
            lines_before=lines_before + self._lines_before,
            widths=np.fromiter(map(len, found.rows), np.int64, len(found.rows)),
            broken=found.broken,
            bytes_read=self._bytes_read,
            rows=found.rows,
        )

    def _single_line_fault(self, error: csv.Error, line_before: int, line: int) -> str:
        """Return what is wrong with a row of one line; raises ReadError when a quotation mark swallowed more."""
        if line - line_before <= 1 and "unexpected end" not in str(error):
            return _in_words(error)
        opening = self._opening_of_quote(line_before, line)
        if "expected after" in str(error):
            place = f"closes in line {self._lines_before + line} in the middle of a field"
            closing = f"{place}; expected the {DELIMITERS[self._delimiter]} after it"
            raise ReadError(f"a quote that opens in line {opening} {closing}", self._file, opening)
        raise ReadError(f"a quote that opens in line {opening} never closes", self._file, opening)

    def _opening_of_quote(self, line_before: int, line: int, most_lines: int = 0) -> int:
        """Return in which line of the file the quotation mark of a record opens that spans too many."""
        text = self._pending.text_of(line_before, line)
        delimiter = re.escape(self._delimiter)
        begin = 0
        for quoted in re.finditer(rf'(?:^|{delimiter}|\n|\r)"((?:[^"]|"")*)(?:"|\Z)', text):
            begin = quoted.start(1)
            if quoted.end(1) == len(text) or (most_lines and quoted[1].count("\n") > most_lines):
                break
        return self._lines_before + line_before + len(text[:begin].splitlines())

    def _check_spans(self, rows: Sequence[Sequence[str]], lines_before: Int64Array, last_lines: Int64Array) -> None:
        for row in np.flatnonzero(last_lines - lines_before > MOST_LINES_A_FIELD).tolist():
            if any(len(cell.splitlines()) > MOST_LINES_A_FIELD for cell in rows[row]):
                opening = self._opening_of_quote(int(lines_before[row]), int(last_lines[row]), MOST_LINES_A_FIELD)
                message = f"a quote that opens in line {opening} spans over {MOST_LINES_A_FIELD} lines"
                raise ReadError(f"{message}; expected it to close in the same field", self._file, opening)


@dataclass(slots=True)
class _RawRows:
    """Rows as they come, the last line of each, and what is wrong with those that could not be read."""

    line_before: int
    rows: list[list[str]] = field(default_factory=list)
    last_lines: list[int] = field(default_factory=list)
    broken: dict[int, str] = field(default_factory=dict)

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


def _in_words(error: csv.Error) -> str:
    """Return what the parser says in the words of this program."""
    text = str(error)
    if "field larger" in text:
        return f"expected fields of at most {LARGEST_FIELD:,} characters; found a larger one"
    if "expected after" in text:
        return "expected the end of a field after its closing quote; found more text"
    return f"the row cannot be read ({text})"
