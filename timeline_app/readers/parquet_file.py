"""Open a Parquet file with a DuckDB that can do nothing else, and say what is in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from timeline_app.core.errors import ReadError
from timeline_app.readers.line_file import FileIdentity
from timeline_app.readers.source_file import MEGABYTE, opened
from timeline_app.readers.tree import shortened

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# The first record and the one after the last, from 0.
RowRange = tuple[int, int]

_MEMORY = "700MB"
_THREADS = 2
_ROWS_A_BATCH = 122_880
_BYTES_A_BATCH = 64 * MEGABYTE
_LARGEST_RECORD_BYTES = 16 * MEGABYTE
_MOST_ROWS = 2**31 - 1
_MOST_COLUMNS = 2_000
_NESTED = ("STRUCT", "MAP", "UNION")


class ParquetFile:
    """A file in Parquet: its columns as expressions of text, and its records by number."""

    def __init__(self, path: Path, name: str) -> None:
        self.path = path
        self.name = name
        with opened(path, name) as file:
            self._identity = FileIdentity.of_open_file(file)
        self.total_bytes = self._identity.size
        self._literal = "'" + str(path.absolute()).replace("'", "''") + "'"
        with self.connection() as connection, self.errors_told():
            # Looked at before anything is read: a small file may claim to hold the world.
            self._check_counts(connection)
            self.columns = self._text_columns(connection)

    @contextmanager
    def connection(self) -> Iterator[DuckDBPyConnection]:
        """Start a DuckDB that can read this file and nothing else; raises ReadError where there is none installed."""
        try:
            import duckdb  # heavy, and rarely needed
        except ImportError as error:
            message = "Parquet files need DuckDB, which is not installed: pip install “conflict-timeline[tables]”"
            raise ReadError(message, self.name) from error
        connection = duckdb.connect(config={"threads": _THREADS, "memory_limit": _MEMORY})
        try:
            for setting in (
                "temp_directory=''",
                "TimeZone='UTC'",
                "autoinstall_known_extensions=false",
                "autoload_known_extensions=false",
                f"allowed_paths=[{self._literal}]",
                "enable_external_access=false",
                "enable_progress_bar=false",
                "lock_configuration=true",
            ):
                connection.execute(f"SET {setting}")
            yield connection
        finally:
            connection.close()

    @contextmanager
    def errors_told(self) -> Iterator[None]:
        """Raise ReadError for whatever DuckDB cannot read."""
        import duckdb  # heavy, and rarely needed

        try:
            yield
        except duckdb.OutOfMemoryException as error:
            raise ReadError(f"the file unfolds to more than {_MEMORY} at once and is not read", self.name) from error
        except duckdb.Error as error:
            # The advice that follows the first line is for those who write SQL.
            reason = shortened(str(error).partition("\n")[0].replace(self._literal[1:-1], self.path.name), 200)
            message = f"the Parquet file is damaged, or cut off ({reason}); get it again from where it came"
            raise ReadError(message, self.name) from error

    def scan(self, rows: RowRange | None = None) -> str:
        """Return the clause that reads some records, all for None."""
        table = f"FROM read_parquet({self._literal}, file_row_number = true)"
        return table if rows is None else f"{table} WHERE file_row_number >= {rows[0]} AND file_row_number < {rows[1]}"

    def seconds(self, column: str) -> str:
        """Return the expression that gives a column of instants in whole seconds, "" for any other column."""
        if not self._kinds[column].startswith("TIMESTAMP"):
            return ""
        instant = _quoted(column)
        # Beyond these years a text would be written, and read, in other ways.
        within = f"year({instant}) BETWEEN 1 AND 9999"
        return f"CASE WHEN {within} THEN epoch_us(date_trunc('second', {instant})) // 1000000 END"

    def is_zoned(self, column: str) -> bool:
        """Tell whether a column holds instants with a time zone."""
        return self._kinds[column] == "TIMESTAMP WITH TIME ZONE"

    def ranges(self, connection: DuckDBPyConnection) -> Iterator[RowRange]:
        """Give the records in stretches of a bounded size, row groups together where that is possible."""
        with self.errors_told():
            texts = " + ".join(f"coalesce(strlen({text}), 0)" for text in self.columns.values())
            sizes = connection.execute(
                f"SELECT file_row_number // {_ROWS_A_BATCH}, count(*), sum({texts}), max({texts}) {self.scan()} "
                "GROUP BY 1 ORDER BY 1"
            ).fetchall()
        for number, count, byte_count, largest in sizes:
            if largest > _LARGEST_RECORD_BYTES:
                message = f"a record holds {largest:,} bytes; expected at most {_LARGEST_RECORD_BYTES:,}"
                raise ReadError(message, self.name)
            pieces = max(1, -(-int(byte_count) // _BYTES_A_BATCH))
            begin, step = number * _ROWS_A_BATCH, max(1, -(-count // pieces))
            for first in range(begin, begin + count, step):
                yield first, min(first + step, begin + count)

    def check_unchanged(self) -> None:
        """Raise ReadError when the file is not the one any more that was opened."""
        with opened(self.path, self.name) as file:
            if FileIdentity.of_open_file(file) != self._identity:
                raise ReadError("the file changed while it was read; open it again", self.name)

    def _check_counts(self, connection: DuckDBPyConnection) -> None:
        query = f"SELECT num_rows FROM parquet_file_metadata({self._literal})"  # noqa: S608 — the name of a file
        self.row_count = int(connection.execute(query).fetchall()[0][0])
        if not 0 <= self.row_count <= _MOST_ROWS:
            message = f"the file says that it has {self.row_count:,} records; expected at most {_MOST_ROWS:,}"
            raise ReadError(message, self.name)

    def _text_columns(self, connection: DuckDBPyConnection) -> dict[str, str]:
        """Return for each column the expression that gives its cells as text."""
        described = connection.execute(f"DESCRIBE SELECT * EXCLUDE (file_row_number) {self.scan()}").fetchall()
        if len(described) > _MOST_COLUMNS:
            raise ReadError(f"the file has {len(described):,} columns; expected at most {_MOST_COLUMNS:,}", self.name)
        self._kinds: dict[str, str] = {name: kind for name, kind, *_ in described}
        gapless = self._gapless(connection)
        columns = {}
        for name, kind, *_ in described:
            quoted = _quoted(name)
            is_nested = kind.endswith("]") or kind.startswith(_NESTED)
            text = f"to_json({quoted})::VARCHAR" if is_nested else quoted if kind == "VARCHAR" else f"{quoted}::VARCHAR"
            columns[name] = text if name in gapless and not is_nested else f"coalesce({text}, '')"
        return columns

    def _gapless(self, connection: DuckDBPyConnection) -> set[str]:
        """Return the columns that have a value in each record, as a sound file says; one that is damaged may lie."""
        whole = "sum(stats_null_count) = 0 AND count(stats_null_count) = count(*)"
        table = f"parquet_metadata({self._literal})"
        query = f"SELECT path_in_schema FROM {table} GROUP BY 1 HAVING {whole}"  # noqa: S608 — the name of a file
        return {name for (name,) in connection.execute(query).fetchall()}


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
