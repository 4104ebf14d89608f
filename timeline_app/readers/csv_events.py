"""Read any table of events as text: commas, tabs, semicolons or bars, with a header that names the columns.

Which column means what is told by its name (readers/event_columns.py) or by the user. This program's own CSV exports
come back with all that they hold. Tried on them, on spreadsheets of battles (cdb90, acw), and on 10 million rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType

from timeline_app.core.batches import Decoder
from timeline_app.core.dataset import Dataset
from timeline_app.core.errors import ReadError
from timeline_app.readers.cell_decoder import CellDecoder
from timeline_app.readers.delimited import TableShape, cells_of_row, column_names, table_head
from timeline_app.readers.event_cells import FieldReader, decode_event, title_of
from timeline_app.readers.event_columns import MAP_OPTION, EventColumns, event_columns, is_event_table
from timeline_app.readers.line_file import LineFile
from timeline_app.readers.reader import Reader, RecordStream, Streaming
from timeline_app.readers.source_file import MEGABYTE, SourceFile
from timeline_app.readers.table_stream import DelimitedStream, whole_dataset

_NAME = "csv"
_LARGEST_BYTES = 512 * MEGABYTE


def score(head: bytes, name: str) -> float:
    """Tell how likely a file is a table of events, from its first rows."""
    del name
    found = table_head(head.decode("utf-8", "replace").removeprefix("\ufeff"))
    if found is None:
        return 0.0
    _, rows = found
    if is_event_table(column_names(rows[0])):
        return 0.8
    # A table all the same, that the user may say more of; what is one by chance is not so regular.
    return 0.3 if len(rows) > 1 and all(len(row) == len(rows[0]) for row in rows) else 0.0


def read_csv(source: SourceFile, mapping: Mapping[str, str]) -> Dataset:
    """Read a whole table; raises ReadError when it is none, or no column is a date or a title."""
    stream = _stream(LineFile.within(source), mapping)
    return whole_dataset(stream, decoder(stream.layout), source, _NAME)


def open_stream(path: Path, name: str, mapping: Mapping[str, str]) -> RecordStream:
    """Open a table to be read in batches; raises ReadError as `read_csv` does."""
    return _stream(LineFile.at(path, name), mapping)


def decoder(layout: Mapping[str, object]) -> Decoder:
    """Return what makes whole events of the rows of a file with this layout."""
    columns = EventColumns.of_layout(layout)
    cells_of = partial(cells_of_row, columns.columns, str(layout["delimiter"]))
    return CellDecoder(cells_of, partial(decode_event, columns), partial(title_of, columns))


def _stream(file: LineFile, mapping: Mapping[str, str]) -> DelimitedStream:
    found = table_head(file.head_text())
    if found is None:
        # Whatever makes the file unreadable as text is the better reason.
        for _ in file.blocks():
            break
        raise ReadError("expected a table: a header, and rows of as many fields; found none", file.name, 1)
    delimiter, rows = found
    columns = event_columns(column_names(rows[0]), mapping, file.name, 1)
    layout = MappingProxyType({"delimiter": delimiter, **columns.as_layout()})
    shape = TableShape(delimiter, columns.columns)
    return DelimitedStream(file, shape, file.path.stem, layout, FieldReader(columns).fields)


READER = Reader(
    name=_NAME,
    endings=(".csv", ".tsv", ".txt"),
    description="Tables of events: CSV, TSV and the like, with a header that names the columns",
    recognised_by="a table whose columns name a title and a date",
    score=score,
    read=read_csv,
    largest_bytes=_LARGEST_BYTES,
    options=(MAP_OPTION,),
    streaming=Streaming(open_stream, decoder),
)
