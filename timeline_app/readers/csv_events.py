"""Read any table of events as text: commas, tabs, semicolons or bars, with a header that names the columns or without.

Which column means what is told by the user, by its name, or by what stands in it (readers/column_finding.py). This
program's own CSV exports come back with all that they hold. Tried on them, on spreadsheets of battles (cdb90, acw), and
on 10 million rows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType

from timeline_app.core.arrays import Int64Array
from timeline_app.core.batches import Decoder
from timeline_app.readers.cell_decoder import CellDecoder
from timeline_app.readers.column_finding import found_columns
from timeline_app.readers.columns import EventFields
from timeline_app.readers.delimited import cells_of_row, column_names, table_head, table_of_text
from timeline_app.readers.event_cells import decode_event, title_of
from timeline_app.readers.event_columns import MAP_OPTION, EventColumns, is_event_table
from timeline_app.readers.field_reader import FieldReader
from timeline_app.readers.file_stream import FileStream
from timeline_app.readers.line_file import LineFile
from timeline_app.readers.rows_above import rows_above
from timeline_app.readers.table_cells import TableCells
from timeline_app.readers.table_source import TableSource
from timeline_app.readers.table_stream import delimited_stream
from timeline_app.readers.text_reader import text_reader


def score(head: bytes, name: str) -> float:
    """Tell how likely a file is a table of events, from its first rows."""
    del name
    found = table_head(head.decode("utf-8", "replace").removeprefix("\ufeff"))
    if found is None:
        return 0.0
    _, rows = found
    rows = rows[rows_above(rows) :]
    if is_event_table(column_names(rows[0])):
        return 0.8
    # A table all the same, that the user may say more of; what is one by chance is not so regular.
    return 0.3 if len(rows) > 1 and all(len(row) == len(rows[0]) for row in rows) else 0.0


def decoder(layout: Mapping[str, object]) -> Decoder:
    """Return what makes whole events of the rows of a file with this layout."""
    columns = EventColumns.of_layout(layout)
    cells_of = partial(cells_of_row, columns.columns, str(layout["delimiter"]))
    return CellDecoder(cells_of, partial(decode_event, columns), partial(title_of, columns), columns.is_literal)


def _table(file: LineFile, mapping: Mapping[str, str]) -> TableSource:
    """Look at a table; raises ReadError when it is none."""
    return table_of_text(file, mapping)[1]


def _stream(file: LineFile, mapping: Mapping[str, str]) -> FileStream:
    """Open a table; raises ReadError when it is none, or when only the user can tell what its columns are."""
    shape, table = table_of_text(file, mapping)
    columns = found_columns(table, mapping, file.name)
    layout = MappingProxyType({"delimiter": shape.delimiter, **columns.as_layout()})
    return delimited_stream(file, shape, file.path.stem, layout, _fields_by(FieldReader(columns)))


def _fields_by(reading: FieldReader) -> Callable[[TableCells, Int64Array], EventFields]:
    """Return what makes the fields of a batch."""
    return lambda cells, numbers: reading.fields(cells.texts, numbers.tolist())


READER = text_reader(
    name="csv",
    endings=(".csv", ".tsv", ".txt"),
    description="Tables of events: CSV, TSV and the like, with a header that names the columns",
    recognised_by="a table whose columns name a title and a date",
    score=score,
    stream=_stream,
    decoder=decoder,
    options=(MAP_OPTION,),
    table=_table,
)
