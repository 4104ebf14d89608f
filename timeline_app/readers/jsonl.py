"""Read JSON Lines: one object a line, of which each is a record and each of its keys a column.

What is nested is kept as JSON, and can be mapped by its path (readers/nested_cells.py); numbers are taken as they are
written. A line that is no object is rejected and told, a blank one skipped. This program's own JSONL exports come back
with all that they hold. Lines with the keys of a coded dataset, such as ACLED, are read by the rules of that
(readers/coded_records.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from types import MappingProxyType

from timeline_app.readers.coded_records import asked_table, coded_dataset, coded_records
from timeline_app.readers.column_finding import found_columns
from timeline_app.readers.event_columns import MAP_OPTION, is_event_table
from timeline_app.readers.field_reader import FieldReader
from timeline_app.readers.file_stream import FileStream
from timeline_app.readers.json_lines import (
    first_records,
    json_line_batches,
    json_line_records,
    keys_of,
    some_records,
)
from timeline_app.readers.json_tables import cells_by_column, decoder, fields_by, table_of
from timeline_app.readers.line_file import LineFile
from timeline_app.readers.table_source import TableSource
from timeline_app.readers.text_reader import text_reader


def score(head: bytes, name: str) -> float:
    """Tell how likely a file is JSON Lines, from its first lines."""
    records = first_records(head)
    found = [record for record in records if record is not None]
    if not found or len(found) < len(records) / 2:
        # A first record that is longer than what is looked at.
        is_long = len(records) <= 1 and head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b'{"')
        return 0.2 if is_long and name.lower().endswith(READER.endings) else 0.0
    if is_event_table(keys_of(found)) or coded_dataset(keys_of(found)) is not None:
        # One line alone may as well be a file with a list of events in it, which the reader of such files finds.
        return 0.9 if len(found) > 1 or name.lower().endswith(READER.endings) else 0.5
    # Lines that are objects may have as many commas each, and are no rows of a table for that.
    return 0.4 if len(found) > 1 else 0.3 if name.lower().endswith(READER.endings) else 0.0


def _open_table(file: LineFile, mapping: Mapping[str, str]) -> TableSource:
    """Look at a file, with what the user is to be asked of it; raises ReadError when it is not JSON Lines."""
    return asked_table(_table(file), mapping, file.name)


def _table(file: LineFile) -> TableSource:
    """Look at a file; raises ReadError when it is not JSON Lines."""
    return table_of(some_records(file), partial(_scanned, file))


def _scanned(file: LineFile, names: Sequence[str]) -> Iterator[Sequence[Sequence[str]]]:
    """Give the cells of some columns, block by block."""
    for records in json_line_records(file):
        yield cells_by_column(records, names)


def _stream(file: LineFile, mapping: Mapping[str, str]) -> FileStream:
    """Open a file; raises ReadError when it is not JSON Lines, or when only the user can tell what its keys are."""
    table = _table(file)
    coded = coded_records(table, mapping, file.name)
    if coded is not None:
        records = partial(json_line_batches, file, fields_by(coded.field_reader()))
        return FileStream(coded.dataset.title, MappingProxyType(coded.as_layout()), file.total_bytes, records)
    columns = found_columns(table, mapping, file.name)
    layout = MappingProxyType(columns.as_layout())
    reading = FieldReader(columns)
    return FileStream(
        file.path.stem, layout, file.total_bytes, partial(json_line_batches, file, fields_by(reading.fields))
    )


READER = text_reader(
    name="jsonl",
    endings=(".jsonl", ".ndjson"),
    description="Tables of events as JSON Lines: one object a line",
    recognised_by="a table whose columns name a title and a date",
    score=score,
    stream=_stream,
    decoder=decoder,
    options=(MAP_OPTION,),
    table=_open_table,
)
