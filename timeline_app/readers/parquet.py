"""Read Parquet files of events, as databases and data frames write them, of any size.

DuckDB reads them, in memory, cut off from everything but the one file: no other file, no network, no extensions. Every
column is taken as text, what is nested as JSON, so that a record is decoded as in any other table. A stretch of records
that are all plain becomes columns within DuckDB (readers/parquet_columns.py); any other goes the way of text tables.
Of a large file the columns are read first that are drawn and filtered, the others later (readers/parquet_rests.py).
Records of a coded dataset, such as ACLED, are read by its rules (readers/coded_records.py). Tried on files that DuckDB
wrote, up to 10 million records.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from timeline_app.core.batches import Decoder, RecordBatch
from timeline_app.core.dataset import Dataset, Level
from timeline_app.core.event import Event, Origin
from timeline_app.readers.cell_decoder import CellDecoder
from timeline_app.readers.coded_records import CodedRecords, asked_table, coded_records, coded_records_of
from timeline_app.readers.column_finding import found_columns
from timeline_app.readers.event_cells import decode_event, title_of
from timeline_app.readers.event_columns import MAP_OPTION, EventColumns
from timeline_app.readers.field_reader import READ_FIELDS
from timeline_app.readers.file_stream import FileStream
from timeline_app.readers.nested_cells import NestedCells
from timeline_app.readers.parquet_columns import BatchMaker
from timeline_app.readers.parquet_file import ParquetFile
from timeline_app.readers.parquet_records import JSON_MARK, SEPARATOR, RecordTexts, cells_of
from timeline_app.readers.parquet_rests import ParquetRests
from timeline_app.readers.parquet_stretches import by_stretches
from timeline_app.readers.parquet_text import TextBatchMaker
from timeline_app.readers.reader import LARGEST_DATASET_BYTES, REST, Reader, RecordStream, Streaming
from timeline_app.readers.source_file import SourceFile
from timeline_app.readers.table_source import TableSource
from timeline_app.readers.whole_dataset import whole_dataset

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# Makes batches over a connection.
MakerOf: TypeAlias = Callable[["DuckDBPyConnection"], BatchMaker | TextBatchMaker]

_NAME = "parquet"
_MAGIC = b"PAR1"
_ROWS_TRIED = 200
# Of a file that is mostly drawn and filtered, little is won by reading the rest later.
_LEAST_REST = 0.25
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
    return _opened(path, name, mapping, lambda _file, _columns: ())


def open_short_stream(path: Path, name: str, mapping: Mapping[str, str]) -> RecordStream:
    """Open a file for records in short, if their rest is much of the file; raises ReadError as `read_parquet` does."""
    return _opened(path, name, mapping, _rest_to_be_read_later)


def open_rests(path: Path, name: str, layout: Mapping[str, object]) -> ParquetRests:
    """Open a file for what its records hold besides what they are in short; raises ReadError when it is damaged."""
    return ParquetRests(ParquetFile(path, name), _rest_of(layout))


def _opened(
    path: Path,
    name: str,
    mapping: Mapping[str, str],
    rest_of: Callable[[ParquetFile, EventColumns], tuple[str, ...]],
) -> RecordStream:
    """Open a file whose records have all columns but those of the rest; of a coded dataset they have all."""
    file = ParquetFile(path, name)
    coded = coded_records(_table_of(file, file.columns), mapping, name)
    if coded is not None:
        return _coded_stream(file, coded)
    columns = found_columns(_table_of(file, (*file.columns, *file.nested)), mapping, name)
    # Records have what is nested within the cell of its column.
    columns = replace(columns, columns=tuple(file.columns))
    return _stream(file, columns, rest_of(file, columns))


def _rest_to_be_read_later(file: ParquetFile, columns: EventColumns) -> tuple[str, ...]:
    read = file.columns_around(column for field in READ_FIELDS for column in columns.parts(field))
    rest = tuple(column for column in columns.columns if column not in read)
    return rest if file.share_of(rest) > _LEAST_REST else ()


def _coded_stream(file: ParquetFile, coded: CodedRecords) -> RecordStream:
    # What two threads read at once is remarked in each stretch, and told once when they come in order.
    texts = RecordTexts(file, tuple(file.columns))
    maker = partial(TextBatchMaker, file, coded.columns, coded.fields, texts)
    layout = MappingProxyType(coded.as_layout())
    return FileStream(coded.dataset.title, layout, file.total_bytes, partial(_batches, file, maker))


def _stream(file: ParquetFile, columns: EventColumns, rest: tuple[str, ...]) -> RecordStream:
    layout = {**columns.as_layout(), **({REST: list(rest)} if rest else {})}
    maker = partial(BatchMaker, file, columns, RecordTexts(file, _short_columns(columns, rest)))
    return FileStream(file.path.stem, MappingProxyType(layout), file.total_bytes, partial(_batches, file, maker))


def _short_columns(columns: EventColumns, rest: Collection[str]) -> tuple[str, ...]:
    return tuple(column for column in columns.columns if column not in rest)


def _rest_of(layout: Mapping[str, object]) -> tuple[str, ...]:
    rest = layout.get(REST, ())
    assert isinstance(rest, list | tuple)
    return tuple(map(str, rest))


def open_table(path: Path, name: str, mapping: Mapping[str, str]) -> TableSource:
    """Look at a file, with what the user is to be asked of it; raises ReadError when it is damaged."""
    file = ParquetFile(path, name)
    return asked_table(_table_of(file, (*file.columns, *file.nested)), mapping, name)


def _table_of(file: ParquetFile, columns: Iterable[str]) -> TableSource:
    names = tuple(columns)
    return TableSource(names, file.first_rows(names, _ROWS_TRIED), file.distinct_cells)


def decoder(layout: Mapping[str, object]) -> Decoder:
    """Return what makes whole events of the records of a file with this layout, each with its rest behind it."""
    coded = coded_records_of(layout)
    if coded is not None:
        names = tuple(coded.names)
        return coded.decoder(partial(_cells, names, names, ()))
    columns, rest = EventColumns.of_layout(layout), _rest_of(layout)
    short = _short_columns(columns, rest)
    cells = partial(_cells, columns.columns, short, rest)
    by_cells = CellDecoder(cells, partial(decode_event, columns), partial(title_of, columns), columns.is_literal)
    title = columns.fields.get("title")
    if columns.is_own or title not in short:
        return by_cells
    return _RecordDecoder(by_cells, short.index(title))


@dataclass(frozen=True, slots=True)
class _RecordDecoder:
    """Decodes records, a title without all that stands behind it: a picture needs hundreds of them."""

    by_cells: CellDecoder
    title_number: int

    @property
    def is_literal(self) -> bool:
        """Whether each word of an event stands so in its record, see core.batches.LiteralDecoder."""
        return self.by_cells.is_literal

    def __call__(self, raw: bytes, origin: Origin, /) -> Event:
        """Return the whole event of a record."""
        return self.by_cells(raw, origin)

    def title(self, raw: bytes, /) -> str:
        """Return the title of a record's event."""
        if raw.startswith(_JSON_MARK_BYTES):
            return self.by_cells.title(raw)
        return raw.split(_SEPARATOR_BYTES, self.title_number + 1)[self.title_number].decode().strip()


def _batches(file: ParquetFile, maker_of: MakerOf) -> Iterator[RecordBatch]:
    """Read a file from its beginning."""
    told: set[str] = set()
    with file.connection() as connection:
        for batch in by_stretches(file, connection, maker_of(connection).batch):
            yield _without(told, batch)
    file.check_unchanged()


def _without(told: set[str], batch: RecordBatch) -> RecordBatch:
    """Leave out the warnings that an earlier batch has given in the same words."""
    if not batch.problems:
        return batch
    problems = [one for one in batch.problems if one.level is not Level.WARNING or one.message not in told]
    told.update(one.message for one in problems if one.level is Level.WARNING)
    return replace(batch, problems=tuple(problems))


def _cells(columns: tuple[str, ...], short: tuple[str, ...], rest: tuple[str, ...], raw: bytes) -> Mapping[str, str]:
    found = dict(zip((*short, *rest), cells_of(raw, len(short), len(rest)), strict=True))
    return NestedCells({name: found[name] for name in columns})


READER = Reader(
    name=_NAME,
    endings=(".parquet",),
    description="Tables of events as Parquet; needs DuckDB",
    recognised_by="a table whose columns name a title and a date",
    score=score,
    read=read_parquet,
    largest_bytes=LARGEST_DATASET_BYTES,
    options=(MAP_OPTION,),
    streaming=Streaming(open_stream, decoder, open_short_stream, open_rests),
    table=open_table,
)
