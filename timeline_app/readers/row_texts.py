"""Go through a table as text of any size, row by row, each whole however many lines it has."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator

from timeline_app.readers.line_file import LineBlock, LineFile
from timeline_app.readers.parsed_rows import LARGEST_FIELD, MOST_LINES_A_FIELD
from timeline_app.readers.placed_cells import rows_with_ends
from timeline_app.readers.single_records import SingleRecord
from timeline_app.readers.source_text import SourceText
from timeline_app.readers.tree import TextNode


def row_texts(file: LineFile, delimiter: str) -> Iterator[tuple[SourceText, int]]:
    """Give lines, those together over which a field in quotation marks goes, and how far the file has been read.

    A mark that does not close soon enough is one of a text itself, and the next line begins another row.
    """
    ends_open = _ends_open(delimiter)
    held: list[str] = []
    waiting: deque[str] = deque()
    line, bytes_read = 1, 0
    for block in _with_end(file):
        waiting.extend(block.texts if block is not None else ())
        bytes_read = block.bytes_read if block is not None else bytes_read
        while waiting or (held and block is None):
            held += [waiting.popleft()] if waiting else []
            is_open = (len(held) > 1 or '"' in held[0]) and ends_open.match("".join(held)) is not None
            may_close = len(held) < MOST_LINES_A_FIELD and sum(map(len, held)) <= LARGEST_FIELD
            if is_open and may_close and (waiting or block is not None):
                continue
            row = held[:1] if is_open else held
            yield SourceText("".join(row), file.name, line), bytes_read
            line += len(row)
            waiting.extendleft(reversed(held[len(row) :]))
            held = []


def row_records(file: LineFile, delimiter: str) -> Iterator[tuple[list[TextNode], SingleRecord]]:
    """Give the rows of a file that say something, each as its cells in the text of its record."""
    for text, bytes_read in row_texts(file, delimiter):
        begin = 0
        for row, end in rows_with_ends(text.text, delimiter):
            if any(cell.text.strip() for cell in row):
                yield row, SingleRecord(text.text[begin:end], *text.place(begin), bytes_read)
            begin = end


def _with_end(file: LineFile) -> Iterator[LineBlock | None]:
    yield from file.blocks()
    yield None


def _ends_open(delimiter: str) -> re.Pattern[str]:
    """Return what matches lines that end within a field in quotation marks, by readers/placed_cells.py."""
    mark = re.escape(delimiter)
    quoted, to_the_end = r'"(?:[^"]|"")*+', r'"(?:[^"]|"")*+\Z'
    field = rf'(?:{quoted}"(?=[{mark}\r\n])|(?!{to_the_end})[^{mark}\r\n]*+)'
    return re.compile(rf"(?:{field}(?:{mark}|\r\n?|\n))*+{to_the_end}")
