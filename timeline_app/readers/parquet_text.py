"""Batches of stretches of a Parquet file whose cells are taken as text, as those of any other table."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

from timeline_app.core.batches import RecordBatch
from timeline_app.readers.arrow_stream import Result, Texts
from timeline_app.readers.collector import garbage_collection_paused
from timeline_app.readers.columns import EventFields, RecordPlaces, record_batch
from timeline_app.readers.field_reader import FieldColumns
from timeline_app.readers.parquet_file import ParquetFile, RowRange

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

SEPARATOR = "\x1f"
# Before a record whose cells hold the separator themselves: the cells follow as a list in JSON.
JSON_MARK = "\x1e"

_PIECE_BYTES = 1 << 18


class TextBatchMaker:
    """Makes batches of stretches of one file by the texts of some columns; may be used from several threads.

    `fields_of` takes the cells of a column by its name, empty ones for one that the file does not have, and the numbers
    of the records.
    """

    def __init__(
        self,
        file: ParquetFile,
        used: Collection[str],
        fields_of: Callable[[FieldColumns, Sequence[int]], EventFields],
        connection: DuckDBPyConnection,
    ) -> None:
        self._file = file
        self._names = {column: file.columns[column] for column in sorted(used) if column in file.columns}
        self._fields_of = fields_of
        self._connection = connection
        self._lock = Lock()

    @property
    def record(self) -> str:
        """The expression that puts the cells of a record together."""
        return f"concat_ws(chr({ord(SEPARATOR)}), {', '.join(self._file.columns.values())})"

    def batch(self, rows: RowRange) -> RecordBatch | None:
        """Return the batch of some records, None where they are too many bytes at once.

        Raises ReadError and duckdb.Error where the file cannot be read.
        """
        connection = self._connection.cursor()
        found = self._file.records(connection, rows, self._file.records_query(rows, self.record))
        raw = self.whole_records(connection, rows, found) if found is not None else None
        return self.read(connection, rows, raw) if raw is not None else None

    def whole_records(self, connection: DuckDBPyConnection, rows: RowRange, found: Result) -> Texts | None:
        """Return the records of a result, as lists where a cell holds the separator, None as `batch` does."""
        raw = found.texts("raw")
        if _separator_count(raw) == (rows[1] - rows[0]) * (len(self._file.columns) - 1):
            return raw
        cells = ", ".join(self._file.columns.values())
        as_list = f"chr({ord(JSON_MARK)}) || to_json([{cells}])::VARCHAR"
        marked = self._file.records(connection, rows, self._file.records_query(rows, as_list))
        return marked.texts("raw") if marked is not None else None

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


def _separator_count(raw: Texts) -> int:
    content = np.frombuffer(raw.content, np.uint8)
    # Of pieces that the processor's cache holds.
    pieces = (content[begin : begin + _PIECE_BYTES] for begin in range(0, len(content), _PIECE_BYTES))
    return sum(int(np.count_nonzero(piece == ord(SEPARATOR))) for piece in pieces)
