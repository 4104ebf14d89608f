"""Read what the records of a Parquet file hold besides what is drawn and filtered: long texts, mostly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from functools import cached_property
from typing import TYPE_CHECKING

from timeline_app.core.arrays import read_only
from timeline_app.core.batches import RestBatch
from timeline_app.readers.arrow_stream import Texts
from timeline_app.readers.parquet_file import ParquetFile, RowRange
from timeline_app.readers.parquet_records import RecordTexts
from timeline_app.readers.parquet_stretches import by_stretches

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# The other processors are for the window that is shown by now.
_WORKERS = 1


class ParquetRests:
    """Implements readers.reader.RecordRests; `columns` are those that records in short do not have."""

    def __init__(self, file: ParquetFile, columns: Sequence[str]) -> None:
        self._file = file
        self._texts = RecordTexts(file, columns, is_rest=True)
        self._open = ExitStack()

    def batches(self) -> Iterator[RestBatch]:
        """Read the file from its beginning; raises ReadError when it is damaged, or has changed."""
        with self._file.connection() as connection:
            for raw in by_stretches(self._file, connection, lambda rows: self._raw(connection, rows), _WORKERS):
                yield RestBatch(raw.content, read_only(raw.offsets[1:]))
        self._file.check_unchanged()

    def of(self, number: int) -> bytes:
        """Return the rest of one record; raises ReadError likewise."""
        with self._file.errors_told():
            raw = self._raw(self._connection, (number - 1, number))
        self._file.check_unchanged()
        if raw is None:
            raise self._file.damaged(f"record {number:,} cannot be read")
        return bytes(raw.content)

    def close(self) -> None:
        """Let go of the file."""
        self._open.close()

    @cached_property
    def _connection(self) -> DuckDBPyConnection:
        """The one that gives single records, for as long as they are asked for."""
        return self._open.enter_context(self._file.connection())

    def _raw(self, connection: DuckDBPyConnection, rows: RowRange) -> Texts | None:
        cursor = connection.cursor()
        found = self._texts.fetched(cursor, rows)
        return None if found is None else self._texts.told_apart(cursor, rows, found.texts("raw"))
