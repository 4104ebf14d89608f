"""Read tables of events in the formats of Apache Arrow, as data frames keep them: Arrow IPC and Feather, of any size.

There are two, of the same messages: the file format (2016, the second version of Feather is the same, from 2020), which
begins with ARROW1, and the stream format, which has no end of its own. The first version of Feather (2016, FEA1) is
another format. Columns may be written as dictionaries, and compressed (LZ4, Zstandard); both are read, a batch of
records at a time, never as a map of memory. A record becomes an object in JSON (readers/arrow_json.py), and is
understood as in JSON Lines, nested columns by their paths (readers/nested_cells.py). What pandas adds for itself is not
looked at. Records of a coded dataset, such as ACLED, are read by its rules (readers/coded_records.py). Columns of
unions, of views of lists and of intervals of the calendar are left out, which is told. Tried on files that pyarrow 26
wrote, up to a million records.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import MappingProxyType

from timeline_app.core.batches import RecordBatch
from timeline_app.core.dataset import Dataset, Level, Problem
from timeline_app.readers.arrow_file import ArrowFile
from timeline_app.readers.arrow_messages import MAGIC, begins_stream
from timeline_app.readers.coded_records import asked_table, coded_records
from timeline_app.readers.collector import garbage_collection_paused
from timeline_app.readers.column_finding import found_columns
from timeline_app.readers.event_columns import MAP_OPTION
from timeline_app.readers.field_reader import FieldReader
from timeline_app.readers.file_stream import FileStream
from timeline_app.readers.json_lines import FieldsOf, JsonTexts, json_batch, record_cells
from timeline_app.readers.json_tables import cells_by_column, decoder, fields_by, table_of
from timeline_app.readers.reader import LARGEST_DATASET_BYTES, Reader, RecordStream, Streaming
from timeline_app.readers.source_file import SourceFile
from timeline_app.readers.table_source import TableSource
from timeline_app.readers.whole_dataset import whole_dataset

_NAME = "arrow"
_ROWS_TRIED = 200


def score(head: bytes, name: str) -> float:
    """Tell whether a file is one of Arrow, from its first bytes."""
    del name
    return 1.0 if head.startswith(MAGIC) or begins_stream(head) else 0.0


def read_arrow(source: SourceFile, mapping: Mapping[str, str]) -> Dataset:
    """Read a whole file; raises ReadError when it is damaged, or no column is a date or a title."""
    stream = open_stream(source.path, source.name, mapping)
    return whole_dataset(stream, decoder(stream.layout), source, _NAME)


def open_stream(path: Path, name: str, mapping: Mapping[str, str]) -> RecordStream:
    """Open a file to be read in batches; raises ReadError as `read_arrow` does."""
    file = ArrowFile(path, name)
    table = _table_of(file)
    coded = coded_records(table, mapping, name)
    if coded is not None:
        reading = partial(_batches, file, fields_by(coded.field_reader()))
        return FileStream(coded.dataset.title, MappingProxyType(coded.as_layout()), file.total_bytes, reading)
    columns = found_columns(table, mapping, name)
    reading = partial(_batches, file, fields_by(FieldReader(columns).fields))
    return FileStream(path.stem, MappingProxyType(columns.as_layout()), file.total_bytes, reading)


def open_table(path: Path, name: str, mapping: Mapping[str, str]) -> TableSource:
    """Look at a file, with what the user is to be asked of it; raises ReadError when it is damaged."""
    return asked_table(_table_of(ArrowFile(path, name)), mapping, name)


def _table_of(file: ArrowFile) -> TableSource:
    first = next((stretch.records for stretch in file.stretches()), [])
    return table_of(list(map(record_cells, first[:_ROWS_TRIED])), partial(_scanned, file), file.columns)


def _scanned(file: ArrowFile, names: Sequence[str]) -> Iterator[Sequence[Sequence[str]]]:
    """Give the cells of some columns, stretch by stretch."""
    for stretch in file.stretches():
        yield cells_by_column(list(map(record_cells, stretch.records)), names)


def _batches(file: ArrowFile, fields_of: FieldsOf) -> Iterator[RecordBatch]:
    """Read a file from its beginning."""
    note = file.left_out_note()
    for stretch in file.stretches():
        with garbage_collection_paused():
            # They stand on no line.
            found = JsonTexts.joined(stretch.records, [0] * len(stretch.records), stretch.rows_before)
            batch = json_batch(file.name, found, record_cells, fields_of, stretch.bytes_read)
        if note and not stretch.rows_before:
            batch = replace(batch, problems=(Problem(note, file.name, 0, 0, 1, Level.WARNING), *batch.problems))
        yield batch


READER = Reader(
    name=_NAME,
    endings=(".arrow", ".feather", ".ipc", ".arrows"),
    description="Tables of events as Arrow IPC or Feather; needs pyarrow",
    recognised_by="a table whose columns name a title and a date",
    score=score,
    read=read_arrow,
    largest_bytes=LARGEST_DATASET_BYTES,
    options=(MAP_OPTION,),
    streaming=Streaming(open_stream, decoder),
    table=open_table,
)
