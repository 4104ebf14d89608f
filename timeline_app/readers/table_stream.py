"""A text table as a stream of batches."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from timeline_app.core.arrays import Int64Array
from timeline_app.core.batches import RecordBatch
from timeline_app.readers.collector import garbage_collection_paused
from timeline_app.readers.columns import EventFields, RecordPlaces, record_batch
from timeline_app.readers.delimited import TableShape, row_batches
from timeline_app.readers.file_stream import FileStream
from timeline_app.readers.line_file import LineFile
from timeline_app.readers.table_cells import TableCells


def delimited_stream(
    file: LineFile,
    shape: TableShape,
    title: str,
    layout: Mapping[str, object],
    fields_of: Callable[[TableCells, Int64Array], EventFields],
) -> FileStream:
    """Return a text table to be read in batches; `fields_of` takes its columns and the numbers of the records."""
    return FileStream(title, layout, file.total_bytes, partial(_batches, file, shape, fields_of))


def _batches(
    file: LineFile, shape: TableShape, fields_of: Callable[[TableCells, Int64Array], EventFields]
) -> Iterator[RecordBatch]:
    rows = row_batches(file, shape)
    while True:
        with garbage_collection_paused():
            found = next(rows, None)
            batch = None
            if found is not None:
                fields = fields_of(found.cells, found.numbers)
                places = RecordPlaces(file.name, found.content, found.begins, found.ends, found.lines, found.numbers)
                batch = record_batch(fields, places, found.problems, found.rejected, found.bytes_read)
                del found, fields, places
        if batch is None:
            return
        yield batch
