"""Batches of stretches of a Parquet file whose cells are taken as text, as those of any other table."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

from timeline_app.core.batches import RecordBatch
from timeline_app.readers.arrow_stream import Texts
from timeline_app.readers.collector import garbage_collection_paused
from timeline_app.readers.columns import EventFields, RecordPlaces, record_batch
from timeline_app.readers.field_reader import FieldColumns
from timeline_app.readers.parquet_file import ParquetFile, RowRange
from timeline_app.readers.parquet_records import RecordTexts

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


class TextBatchMaker:
    """Makes batches of stretches of one file by the texts of some columns; may be used from several threads.

    `fields_of` takes the cells of a column by its name, empty ones for one that the file does not have, and the numbers
    of the records, which are kept as `record_texts` has them.
    """

    def __init__(
        self,
        file: ParquetFile,
        used: Collection[str],
        fields_of: Callable[[FieldColumns, Sequence[int]], EventFields],
        record_texts: RecordTexts,
        connection: DuckDBPyConnection,
    ) -> None:
        self._file = file
        self._names = {column: name for column in sorted(used) if (name := file.named(column))}
        self._fields_of = fields_of
        self._record_texts = record_texts
        self._connection = connection
        self._lock = Lock()

    def batch(self, rows: RowRange) -> RecordBatch | None:
        """Return the batch of some records, None where they are too many bytes at once.

        Raises ReadError and duckdb.Error where the file cannot be read.
        """
        connection = self._connection.cursor()
        texts = self._record_texts
        found = texts.fetched(connection, rows)
        raw = texts.told_apart(connection, rows, found.texts("raw")) if found is not None else None
        return self.read(connection, rows, raw) if raw is not None else None

    def read(self, connection: DuckDBPyConnection, rows: RowRange, raw: Texts) -> RecordBatch:
        """Return the batch of some records, which are put together in `raw`."""
        names, count = self._names, rows[1] - rows[0]
        query = f"SELECT {', '.join(names.values()) or 'place'} {self._file.scan(rows)}"
        found = connection.execute(query).fetchnumpy()
        with garbage_collection_paused():
            # Nothing can come only of a damaged file, which says that there is none.
            texts = {column: [cell or "" for cell in found[name].tolist()] for column, name in names.items()}
            numbers = np.arange(rows[0] + 1, rows[1] + 1)
            with self._lock:
                fields = self._fields_of(lambda column: texts.get(column) or [""] * count, numbers.tolist())
            begins, ends = raw.offsets[:-1], raw.offsets[1:]
            no_lines = np.zeros(len(ends), np.int64)
            places = RecordPlaces(self._file.name, raw.content, begins, ends, no_lines, numbers)
            return record_batch(fields, places, (), 0, self._file.bytes_before(rows[1]))
