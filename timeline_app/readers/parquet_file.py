"""Open a Parquet file with a DuckDB that can do nothing else, and say what is in it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from timeline_app.core.closed_duckdb import MEMORY, THREADS, closed_settings, quoted
from timeline_app.core.errors import ReadError
from timeline_app.readers.extra_library import extra_library
from timeline_app.readers.line_file import FileIdentity
from timeline_app.readers.source_file import MEGABYTE, opened
from timeline_app.readers.tree import shortened

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# The first record and the one after the last, from 0.
RowRange = tuple[int, int]

_ROWS_A_BATCH = 122_880
_USUAL_BATCH_BYTES = 48 * MEGABYTE
_MOST_ROWS = 2**31 - 1
_MOST_COLUMNS = 2_000
_STRUCTURE = "STRUCT"
_NESTED = (_STRUCTURE, "MAP", "UNION")
# How deep structures are looked into, and for how much: the most that a person could look through.
_DEEPEST = 3
_MOST_NESTED = 500


class ParquetFile:
    """A file in Parquet, read as text: `columns` tells by which name a query of ours has each of its columns.

    `nested` tells the same of what is within those of structures, by paths such as `location.lat`.
    """

    def __init__(self, path: Path, name: str) -> None:
        self.path = path
        self.name = name
        with opened(path, name) as file:
            self._identity = FileIdentity.of_open_file(file)
        self.total_bytes = self._identity.size
        self._literal = quoted(str(path.absolute()))
        self._table = f"read_parquet({self._literal}, file_row_number = true)"
        with self.connection() as connection, self.errors_told():
            # Looked at before anything is read: a small file may claim to hold the world.
            self._check_counts(connection)
            self._describe(connection)

    @contextmanager
    def connection(self) -> Iterator[DuckDBPyConnection]:
        """Start a DuckDB that can read this file and nothing else; raises ReadError where there is none installed."""
        with extra_library("Parquet files need DuckDB", "tables", self.name):
            import duckdb  # heavy, and rarely needed
        connection = duckdb.connect(config={"threads": THREADS, "memory_limit": MEMORY})
        try:
            for setting in closed_settings(f"allowed_paths=[{self._literal}]"):
                connection.execute(setting)
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
            raise ReadError(f"the file unfolds to more than {MEMORY} at once and is not read", self.name) from error
        except duckdb.Error as error:
            # The advice that follows the first line is for those who write SQL.
            reason = shortened(str(error).partition("\n")[0].replace(self._literal[1:-1], self.path.name), 200)
            raise self.damaged(reason) from error

    def scan(self, rows: RowRange | None = None) -> str:
        """Return the clause that reads some records, all for None: `columns`, `seconds`, and `place`, the first is 0.

        What they are called in the file is no name that a query could take for another.
        """
        named = ", ".join(f"{expression} AS {name}" for name, expression in self._expressions.items())
        stretch = "" if rows is None else f" WHERE file_row_number >= {rows[0]} AND file_row_number < {rows[1]}"
        return f"FROM (SELECT {named}, file_row_number AS place FROM {self._table}{stretch})"  # noqa: S608 — quoted names

    def seconds(self, column: str) -> str:
        """Return the expression that gives a column of instants in whole seconds, "" for any other column."""
        name = _seconds_name(self.named(column))
        return name if name in self._expressions else ""

    def is_zoned(self, column: str) -> bool:
        """Tell whether a column holds instants with a time zone."""
        return self._kinds.get(column) == "TIMESTAMP WITH TIME ZONE"

    def named(self, column: str) -> str:
        """Return by which name a query of ours has a column, or what is nested in one; "" for what is not there."""
        return self.columns.get(column) or self.nested.get(column, "")

    def columns_around(self, columns: Iterable[str]) -> set[str]:
        """Return the columns that some are, or stand within."""
        return {self._around.get(column, column) for column in columns}

    def share_of(self, columns: Collection[str]) -> float:
        """Return which share of the file some columns are, from 0 to 1, as it says itself."""
        query = f"SELECT path_in_schema, sum(total_compressed_size) FROM parquet_metadata({self._literal}) GROUP BY 1"  # noqa: S608 — the name of a file
        with self.connection() as connection, self.errors_told():
            sizes = {str(name): max(int(size), 0) for name, size in connection.execute(query).fetchall()}
        return sum(size for name, size in sizes.items() if name in columns) / max(sum(sizes.values()), 1)

    def ranges(self, connection: DuckDBPyConnection) -> Iterator[RowRange]:
        """Give the records in stretches of a number that suits, row groups whole and together where that is possible.

        What begins within a row group is found only by going through it. How many bytes they have is what the file
        says, which may be wrong.
        """
        table = f"parquet_metadata({self._literal})"
        query = (
            "SELECT any_value(row_group_num_rows), sum(total_uncompressed_size) "  # noqa: S608 — the name of a file
            f"FROM {table} GROUP BY row_group_id ORDER BY row_group_id"
        )
        with self.errors_told():
            groups = [(int(count), int(size)) for count, size in connection.execute(query).fetchall()]
        if any(count < 0 for count, _ in groups) or sum(count for count, _ in groups) != self.row_count:
            raise self.damaged("its parts have other records than the whole")
        begin = beyond = byte_count = 0
        for count, size in groups:
            if beyond > begin and (beyond - begin + count > _ROWS_A_BATCH or byte_count + size > _USUAL_BATCH_BYTES):
                yield begin, beyond
                begin, byte_count = beyond, 0
            beyond, byte_count = beyond + count, byte_count + size
            step = max(1, min(_ROWS_A_BATCH, count * _USUAL_BATCH_BYTES // max(size, 1)))
            while beyond - begin > step:
                yield begin, begin + step
                begin, byte_count = begin + step, 0
        if beyond > begin:
            yield begin, beyond

    def bytes_before(self, row: int) -> int:
        """Return about how many bytes are read before a record."""
        return self.total_bytes * row // max(self.row_count, 1)

    def first_rows(self, names: Iterable[str], count: int) -> list[list[str]]:
        """Return the cells of some columns in the first records; raises ReadError."""
        columns = ", ".join(map(self.named, names))
        with self.connection() as connection, self.errors_told():
            rows = connection.execute(f"SELECT {columns} {self.scan((0, count))}").fetchall()
        return [[cell or "" for cell in row] for row in rows]

    def distinct_cells(self, names: Sequence[str]) -> Iterator[Sequence[Sequence[str]]]:
        """Give the cells of some columns of the whole file, those that are alike in all once; raises ReadError."""
        with self.connection() as connection, self.errors_told():
            columns = ", ".join(map(self.named, names))
            cursor = connection.execute(f"SELECT DISTINCT {columns} {self.scan()}")
            while rows := cursor.fetchmany(_ROWS_A_BATCH):
                yield [[cell or "" for cell in cells] for cells in zip(*rows, strict=True)]

    def check_unchanged(self) -> None:
        """Raise ReadError when the file is not the one any more that was opened."""
        with opened(self.path, self.name) as file:
            self._identity.check(file, self.name)

    def damaged(self, reason: str) -> ReadError:
        """Return the error that the file is not as it was written."""
        message = f"the Parquet file is damaged, or cut off ({reason}); get it again from where it came"
        return ReadError(message, self.name)

    def _check_counts(self, connection: DuckDBPyConnection) -> None:
        query = f"SELECT num_rows FROM parquet_file_metadata({self._literal})"  # noqa: S608 — the name of a file
        self.row_count = int(connection.execute(query).fetchall()[0][0])
        if not 0 <= self.row_count <= _MOST_ROWS:
            message = f"the file says that it has {self.row_count:,} records; expected at most {_MOST_ROWS:,}"
            raise ReadError(message, self.name)

    def _describe(self, connection: DuckDBPyConnection) -> None:
        """Find the columns, and the expressions that give their cells as text."""
        query = f"DESCRIBE SELECT * EXCLUDE (file_row_number) FROM {self._table}"  # noqa: S608 — the name of a file
        described = connection.execute(query).fetchall()
        if len(described) > _MOST_COLUMNS:
            raise ReadError(f"the file has {len(described):,} columns; expected at most {_MOST_COLUMNS:,}", self.name)
        self._kinds: dict[str, str] = {name: kind for name, kind, *_ in described}
        self.columns = {name: f"c{number}" for number, name in enumerate(self._kinds)}
        gapless = self._gapless(connection)
        self._expressions: dict[str, str] = {}
        for column, kind in self._kinds.items():
            quoted, name = _quoted(column), self.columns[column]
            is_nested = kind.endswith("]") or kind.startswith(_NESTED)
            text = f"to_json({quoted})::VARCHAR" if is_nested else quoted if kind == "VARCHAR" else f"{quoted}::VARCHAR"
            self._expressions[name] = text if column in gapless and not is_nested else f"coalesce({text}, '')"
            if kind.startswith("TIMESTAMP"):
                self._expressions[_seconds_name(name)] = _seconds(quoted)
        self._around: dict[str, str] = {}
        self.nested: dict[str, str] = {}
        for column, kind in self._kinds.items():
            if kind.startswith(_STRUCTURE) and not kind.endswith("]"):
                self._describe_within(connection, column, column, _quoted(column), 1)

    def _describe_within(
        self, connection: DuckDBPyConnection, column: str, path: str, expression: str, depth: int
    ) -> None:
        """Find what is within a structure, and the expressions that give it as text."""
        query = f"DESCRIBE SELECT unnest({expression}) FROM {self._table}"  # noqa: S608 — names in quotation marks
        for key, kind, *_ in connection.execute(query).fetchall():
            inner, inner_path = f"struct_extract({expression}, {quoted(key)})", f"{path}.{key}"
            if inner_path in self._kinds or len(self.nested) >= _MOST_NESTED:
                continue
            if kind.startswith(_STRUCTURE) and not kind.endswith("]"):
                if depth < _DEEPEST:
                    self._describe_within(connection, column, inner_path, inner, depth + 1)
                continue
            name = self.nested[inner_path] = f"n{len(self.nested)}"
            is_nested = kind.endswith("]") or kind.startswith(_NESTED)
            self._expressions[name] = f"coalesce({f'to_json({inner})' if is_nested else inner}::VARCHAR, '')"
            self._around[inner_path] = column

    def _gapless(self, connection: DuckDBPyConnection) -> set[str]:
        """Return the columns that have a value in each record, as a sound file says; one that is damaged may lie."""
        whole = "sum(stats_null_count) = 0 AND count(stats_null_count) = count(*)"
        table = f"parquet_metadata({self._literal})"
        query = f"SELECT path_in_schema FROM {table} GROUP BY 1 HAVING {whole}"  # noqa: S608 — the name of a file
        return {name for (name,) in connection.execute(query).fetchall()}


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _seconds(instant: str) -> str:
    # Beyond these years a text would be written, and read, in other ways.
    within = f"year({instant}) BETWEEN 1 AND 9999"
    return f"CASE WHEN {within} THEN epoch_us(date_trunc('second', {instant})) // 1000000 END"


def _seconds_name(name: str) -> str:
    return f"{name}_seconds"
