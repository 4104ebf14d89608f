"""Take apart a small text table that is in memory, so that every cell knows where in the file it stands.

A cell in quotation marks, doubled within it, may hold anything; one that only begins with such a mark is taken as it is
written, since not every program quotes what it should.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from timeline_app.readers.delimited import column_names
from timeline_app.readers.tree import TextNode

_LINE_END = re.compile(r"\r\n?|\n|\Z")


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """A row of a table, and where it begins; `fault` says why it has no place in its table."""

    offset: int
    cells: Mapping[str, TextNode]
    fault: str = ""


def placed_table(text: str, delimiter: str, begin: int = 0) -> tuple[tuple[str, ...], list[PlacedRow]]:
    """Return the columns of a table that begins with its header, and its rows but for blank ones.

    A row may lack cells at its end, which are empty then.
    """
    rows = filled_rows(text, delimiter, begin)
    columns = column_names([cell.text for cell in rows[0]]) if rows else ()
    return columns, [placed_row(row, columns) for row in rows[1:]]


def filled_rows(text: str, delimiter: str, begin: int = 0) -> list[list[TextNode]]:
    """Return the rows of a text that say something, each as its cells."""
    return [row for row in placed_rows(text, delimiter, begin) if any(cell.text.strip() for cell in row)]


def placed_row(row: Sequence[TextNode], columns: Sequence[str]) -> PlacedRow:
    """Return the cells of a row by its columns; of more cells than columns, why it has no place."""
    cells = {name: cell for name, cell in zip(columns, row, strict=False) if cell.text.strip()}
    if len(row) <= len(columns) or not any(cell.text.strip() for cell in row[len(columns) :]):
        return PlacedRow(row[0].offset, cells)
    fault = f"a row of {len(row):,} fields where there are {len(columns):,} columns"
    return PlacedRow(row[0].offset, cells, fault)


def placed_rows(text: str, delimiter: str, begin: int = 0) -> Iterator[list[TextNode]]:
    """Give the rows of a text from a place on, each as its cells."""
    return (row for row, _ in rows_with_ends(text, delimiter, begin))


def rows_with_ends(text: str, delimiter: str, begin: int = 0) -> Iterator[tuple[list[TextNode], int]]:
    """Give the rows of a text from a place on, each as its cells, with the place behind its line end."""
    mark = re.escape(delimiter)
    cell = re.compile(rf'"((?:[^"]|"")*+)"(?={mark}|[\r\n]|\Z)|([^{mark}\r\n]*+)')
    row: list[TextNode] = []
    position = begin
    while position <= len(text):
        match = cell.match(text, position)
        if match is None:
            return
        quoted = match[1]
        content = match[2] if quoted is None else quoted.replace('""', '"')
        row.append(TextNode(content, match.start() if quoted is None else match.start(1)))
        position = match.end()
        if text.startswith(delimiter, position):
            position += len(delimiter)
            continue
        end = _LINE_END.match(text, position)
        yield row, len(text) if end is None else end.end()
        row = []
        if end is None or end.end() == len(text):
            return
        position = end.end()
