"""Read Parquet files of events, as databases and data frames write them, of any size.

DuckDB reads them, in memory, cut off from everything but the one file: no other file, no network, no extensions. Every
column is taken as text, what is nested as JSON, so that a record is decoded as in any other table. A stretch of records
that are all plain becomes columns within DuckDB (readers/parquet_columns.py); any other goes the way of text tables.
Records of a coded dataset, such as ACLED, are read by its rules (readers/coded_records.py). Tried on files that DuckDB
wrote, up to 10 million records.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from timeline_app.core.batches import Decoder, RecordBatch
from timeline_app.core.dataset import Dataset, Level
from timeline_app.core.errors import ReadError
from timeline_app.core.event import Event, Origin
from timeline_app.readers.cell_decoder import CellDecoder
from timeline_app.readers.coded_records import asked_table, coded_records, coded_records_of
from timeline_app.readers.column_finding import found_columns
from timeline_app.readers.event_cells import decode_event, title_of
from timeline_app.readers.event_columns import MAP_OPTION, EventColumns
from timeline_app.readers.file_stream import FileStream
from timeline_app.readers.parquet_columns import BatchMaker
from timeline_app.readers.parquet_file import ParquetFile, RowRange
from timeline_app.readers.parquet_text import JSON_MARK, SEPARATOR, TextBatchMaker
from timeline_app.readers.reader import Reader, RecordStream, Streaming
from timeline_app.readers.source_file import MEGABYTE, SourceFile
from timeline_app.readers.table_source import TableSource
from timeline_app.readers.table_stream import whole_dataset

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# Makes batches over a connection.
MakerOf: TypeAlias = Callable[["DuckDBPyConnection"], BatchMaker | TextBatchMaker]

_NAME = "parquet"
_MAGIC = b"PAR1"
_LARGEST_BYTES = 512 * MEGABYTE
_WORKERS = 2
_ROWS_TRIED = 200
_SEPARATOR_BYTES, _JSON_MARK_BYTES = SEPARATOR.encode(), JSON_MARK.encode()


def score(head: bytes, name: str) -> float:
    """Tell whether a file is Parquet, from its first bytes."""
    del name
    return 1.0 if head.startswith(_MAGIC) else 0.0


def read_parquet(source: SourceFile, mapping: Mapping[str, str]) -> Dataset:
    """Read a whole file; raises ReadError when it is damaged, or no column is a date or a title."""
    stream = open_stream(source.path, source.name, mapping)
    return whole_dataset(stream, decoder(stream.layout), source, _NAME)


def open_stream(path: Path, name: str, mapping: Mapping[str, str]) -> RecordStream:
    """Open a file to be read in batches; raises ReadError as `read_parquet` does."""
    file = ParquetFile(path, name)
    table = _table_of(file)
    coded = coded_records(table, mapping, name)
    if coded is not None:
        # What two threads read at once is remarked in each stretch, and told once when they come in order.
        maker = partial(TextBatchMaker, file, coded.columns, coded.fields)
        reading = partial(_batches, file, maker)
        return FileStream(coded.dataset.title, MappingProxyType(coded.as_layout()), file.total_bytes, reading)
    columns = found_columns(table, mapping, name)
    reading = partial(_batches, file, partial(BatchMaker, file, columns))
    return FileStream(path.stem, MappingProxyType(columns.as_layout()), file.total_bytes, reading)


def open_table(path: Path, name: str, mapping: Mapping[str, str]) -> TableSource:
    """Look at a file, with what the user is to be asked of it; raises ReadError when it is damaged."""
    return asked_table(_table_of(ParquetFile(path, name)), mapping, name)


def _table_of(file: ParquetFile) -> TableSource:
    return TableSource(tuple(file.columns), file.first_rows(_ROWS_TRIED), file.distinct_cells)


def decoder(layout: Mapping[str, object]) -> Decoder:
    """Return what makes whole events of the records of a file with this layout."""
    coded = coded_records_of(layout)
    if coded is not None:
        return coded.decoder(partial(_cells, tuple(coded.names)))
    columns = EventColumns.of_layout(layout)
    by_cells = CellDecoder(partial(_cells, columns.columns), partial(decode_event, columns), partial(title_of, columns))
    title = columns.fields.get("title")
    if columns.is_own or title is None:
        return by_cells
    return _RecordDecoder(by_cells, columns.columns.index(title))


@dataclass(frozen=True, slots=True)
class _RecordDecoder:
    """Decodes records, a title without all that stands behind it: a picture needs hundreds of them."""

    by_cells: CellDecoder
    title_number: int

    def __call__(self, raw: bytes, origin: Origin, /) -> Event:
        """Return the whole event of a record."""
        return self.by_cells(raw, origin)

    def title(self, raw: bytes, /) -> str:
        """Return the title of a record's event."""
        if raw.startswith(_JSON_MARK_BYTES):
            return self.by_cells.title(raw)
        return raw.split(_SEPARATOR_BYTES, self.title_number + 1)[self.title_number].decode().strip()


def _batches(file: ParquetFile, maker_of: MakerOf) -> Iterator[RecordBatch]:
    """Read a file from its beginning; a stretch is prepared while another is being used."""
    told: set[str] = set()
    with file.connection() as connection, ThreadPoolExecutor(_WORKERS) as workers:
        maker = maker_of(connection)
        ranges = file.ranges(connection)
        waiting: deque[tuple[RowRange, Future[RecordBatch | None]]] = deque()

        def submitted(rows: RowRange) -> tuple[RowRange, Future[RecordBatch | None]]:
            return rows, workers.submit(_batch, file, maker, rows)

        try:
            waiting.extend(map(submitted, islice(ranges, _WORKERS + 1)))
            while waiting:
                rows, future = waiting.popleft()
                batch = future.result()
                if batch is None:
                    waiting.extendleft(map(submitted, reversed(_halves(rows))))
                    continue
                waiting.extend(map(submitted, islice(ranges, max(_WORKERS - len(waiting), 0))))
                yield _without(told, batch)
        finally:
            for _, future in waiting:
                future.cancel()
    file.check_unchanged()


def _without(told: set[str], batch: RecordBatch) -> RecordBatch:
    """Leave out the warnings that an earlier batch has given in the same words."""
    if not batch.problems:
        return batch
    problems = [one for one in batch.problems if one.level is not Level.WARNING or one.message not in told]
    told.update(one.message for one in problems if one.level is Level.WARNING)
    return replace(batch, problems=tuple(problems))


def _batch(file: ParquetFile, maker: BatchMaker | TextBatchMaker, rows: RowRange) -> RecordBatch | None:
    with file.errors_told():
        return maker.batch(rows)


def _halves(rows: RowRange) -> tuple[RowRange, RowRange]:
    middle = (rows[0] + rows[1]) // 2
    return (rows[0], middle), (middle, rows[1])


def _cells(columns: tuple[str, ...], raw: bytes) -> dict[str, str]:
    text = raw.decode()
    cells = json.loads(text.removeprefix(JSON_MARK)) if text.startswith(JSON_MARK) else text.split(SEPARATOR)
    if len(cells) != len(columns):
        raise ReadError("a record has another number of fields than its file has columns")
    return {name: cell or "" for name, cell in zip(columns, cells, strict=True)}


READER = Reader(
    name=_NAME,
    endings=(".parquet",),
    description="Tables of events as Parquet; needs DuckDB",
    recognised_by="a table whose columns name a title and a date",
    score=score,
    read=read_parquet,
    largest_bytes=_LARGEST_BYTES,
    options=(MAP_OPTION,),
    streaming=Streaming(open_stream, decoder),
    table=open_table,
)
