"""Go through a query result that is a large table row by row, each as the object that it would be in JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator

from timeline_app.core.errors import ReadError
from timeline_app.readers.line_file import LineFile
from timeline_app.readers.placed_cells import filled_rows
from timeline_app.readers.row_texts import row_texts
from timeline_app.readers.single_records import SingleRecord
from timeline_app.readers.source_text import SourceText
from timeline_app.readers.sparql_results import ResultTable
from timeline_app.readers.tree import MappingNode, Node, TextNode, raw
from timeline_app.readers.wikidata_events import texts_of
from timeline_app.readers.wikidata_rows import ResultRow

# A row that says something, as its cells, with the text that it stands in and how far the file has been read.
_Row = tuple[list[TextNode], SourceText, int]


def table_beside(file: LineFile) -> Node:
    """Return a result without its rows; raises ReadError for what is no table."""
    return _table(file).result([])


def table_result_rows(file: LineFile) -> Iterator[ResultRow]:
    """Give the rows of a result; raises ReadError as `table_beside` does."""
    table = _table(file)
    rows = _rows(file, table.delimiter)
    next(rows, None)
    for cells, text, bytes_read in rows:
        node = table.row(cells)
        written = json.dumps(raw(node), ensure_ascii=False)
        record = SingleRecord(written, *text.place(node.offset), bytes_read)
        yield ResultRow(record, texts_of(node) if isinstance(node, MappingNode) else None)


def _table(file: LineFile) -> ResultTable:
    delimiter, of_terms = ResultTable.form_of(SourceText(file.head_text(), file.name))
    header = next(_rows(file, delimiter), None)
    if header is None:
        raise ReadError("expected the variables of a result; found none", file.name, 1)
    return ResultTable.of(header[0], delimiter, of_terms=of_terms)


def _rows(file: LineFile, delimiter: str) -> Iterator[_Row]:
    """Give the rows of a file, its header first."""
    for text, bytes_read in row_texts(file, delimiter):
        for cells in filled_rows(text.text, delimiter):
            yield cells, text, bytes_read
