"""Read records of a Parquet file as text, the cells of all or of some of its columns end to end."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from timeline_app.core.arrays import Int64Array
from timeline_app.core.errors import ReadError
from timeline_app.readers.arrow_stream import Result, Texts, fetch
from timeline_app.readers.parquet_file import ParquetFile, RowRange
from timeline_app.readers.source_file import MEGABYTE

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

SEPARATOR = "\x1f"
# Before cells that hold the separator themselves: they follow as a list in JSON, which writes it in another way.
JSON_MARK = "\x1e"

_MOST_BATCH_BYTES = 64 * MEGABYTE
_LARGEST_RECORD_BYTES = 16 * MEGABYTE
_PIECE_BYTES = 1 << 18
# By this the error that a query of ours raises is known.
_TOO_MANY_BYTES = "records of too many bytes at once"


class RecordTexts:
    """The cells of some columns of a file's records; each begins with the separator where it is the rest of a record.

    So a record in short and its rest, end to end, can be told apart again: see `cells_of`.
    """

    def __init__(self, file: ParquetFile, columns: Sequence[str], *, is_rest: bool = False) -> None:
        self._file = file
        names = [file.columns[column] for column in columns]
        self._size = " + ".join(f"coalesce(strlen({name}), 0)" for name in names)
        # Whether no record had more than its share of the bytes that a stretch may have.
        self._are_even = True
        self._separators = len(names) - (not is_rest)
        self._lead_bytes = len(SEPARATOR) if is_rest else 0
        lead = f"{_character(SEPARATOR)} || " if is_rest else ""
        self._joined = f"{lead}concat_ws({_character(SEPARATOR)}, {', '.join(names)})"
        self._listed = f"{lead}{_character(JSON_MARK)} || to_json([{', '.join(names)}])::VARCHAR"

    def fetched(
        self, connection: DuckDBPyConnection, rows: RowRange, others: Mapping[str, str] = MappingProxyType({})
    ) -> Result | None:
        """Return some records as `raw`, and others by their names; None for more than one record of too many bytes.

        Raises ReadError for a record that is too large or missing, and duckdb.Error.
        """
        return self._fetched(connection, rows, self._joined, others)

    def told_apart(self, connection: DuckDBPyConnection, rows: RowRange, raw: Texts) -> Texts | None:
        """Return records whose cells can be told apart: those that were fetched, or else as lists; None as `fetched`.

        Raises as `fetched` does.
        """
        begins = raw.offsets[:-1] + self._lead_bytes
        is_plain = _separator_count(raw) == (rows[1] - rows[0]) * self._separators
        if is_plain and not _any_begins_with(JSON_MARK, raw, begins):
            return raw
        marked = self._fetched(connection, rows, self._listed, {})
        return None if marked is None else marked.texts("raw")

    def _fetched(
        self, connection: DuckDBPyConnection, rows: RowRange, record: str, others: Mapping[str, str]
    ) -> Result | None:
        import duckdb  # heavy, and rarely needed

        result: Result | None = None
        if self._are_even:
            result = self._fetched_even(connection, rows, record, others)
        try:
            result = result or fetch(connection, self._query_by_sum(rows, record, others))
        except duckdb.Error as error:
            if _TOO_MANY_BYTES not in str(error):
                raise
            if rows[1] - rows[0] > 1:
                return None
            sizes = connection.execute(f"SELECT {self._size} {self._file.scan(rows)}").fetchall()
            raise self._too_large(int(sizes[0][0])) from error
        lengths = np.diff(result.texts("raw").offsets)
        if len(lengths) != rows[1] - rows[0]:
            raise self._file.damaged("records are missing")
        largest = int(lengths.max(initial=0))
        if largest > _LARGEST_RECORD_BYTES:
            raise self._too_large(largest)
        return result

    def _fetched_even(
        self, connection: DuckDBPyConnection, rows: RowRange, record: str, others: Mapping[str, str]
    ) -> Result | None:
        """Return what `_fetched` does where no record has more than its even share, None where one has.

        To add the bytes up takes an eighth of the time, so it is done only for files of which that was once so.
        """
        import duckdb  # heavy, and rarely needed

        try:
            return fetch(connection, self._query_by_share(rows, record, others))
        except duckdb.Error as error:
            if _TOO_MANY_BYTES not in str(error):
                raise
        self._are_even = False
        return None

    def _query_by_share(self, rows: RowRange, record: str, others: Mapping[str, str]) -> str:
        """Return the query for some records, which fails where one has more than its share of all bytes."""
        share = _MOST_BATCH_BYTES // max(rows[1] - rows[0], 1)
        bounded = f"CASE WHEN {self._size} > {share} THEN error('{_TOO_MANY_BYTES}') ELSE {record} END AS raw"
        named = "".join(f", {expression} AS {name}" for name, expression in others.items())
        return f"SELECT {bounded}{named} {self._file.scan(rows)}"

    def _query_by_sum(self, rows: RowRange, record: str, others: Mapping[str, str]) -> str:
        """Return the query for some records.

        It fails before it has put together more bytes than suit the memory: a small file may unfold to any number. The
        others are worked out before the running sum, which has each column of few distinct texts written out in full.
        """
        named = "".join(f", {expression} AS {name}" for name, expression in others.items())
        sized = f"SELECT *{named}, {self._size} AS size {self._file.scan(rows)}"
        until = f"SELECT *, sum(size) OVER (ROWS UNBOUNDED PRECEDING) AS size_until FROM ({sized})"  # noqa: S608 — made of the file's own columns
        bounded = f"CASE WHEN size_until > {_MOST_BATCH_BYTES} THEN error('{_TOO_MANY_BYTES}') ELSE {record} END AS raw"
        return f"SELECT {', '.join((bounded, *others))} FROM ({until})"  # noqa: S608 — likewise

    def _too_large(self, byte_count: int) -> ReadError:
        message = f"a record holds {byte_count:,} bytes; expected at most {_LARGEST_RECORD_BYTES:,}"
        return ReadError(message, self._file.name)


def cells_of(raw: bytes, short_count: int, rest_count: int) -> list[str]:
    """Return the cells of a record in short and then those of its rest, empty ones where that is not there.

    Raises ReadError when there are other cells than columns.
    """
    text = raw.decode()
    if text.startswith(JSON_MARK):
        first, has_rest, rest = text.partition(SEPARATOR)
        cells = _listed_cells(first)
    else:
        cells = text.split(SEPARATOR, short_count)
        has_rest, rest = ("", "") if len(cells) <= short_count else (SEPARATOR, cells.pop())
    if has_rest:
        cells += _listed_cells(rest) if rest.startswith(JSON_MARK) else rest.split(SEPARATOR)
    elif rest_count:
        cells += [""] * rest_count
    if len(cells) != short_count + rest_count:
        raise ReadError("a record has another number of fields than its file has columns")
    return cells


def _listed_cells(text: str) -> list[str]:
    return [cell or "" for cell in json.loads(text.removeprefix(JSON_MARK))]


def _character(character: str) -> str:
    return f"chr({ord(character)})"


def _separator_count(raw: Texts) -> int:
    content = np.frombuffer(raw.content, np.uint8)
    # Of pieces that the processor's cache holds.
    pieces = (content[begin : begin + _PIECE_BYTES] for begin in range(0, len(content), _PIECE_BYTES))
    return sum(int(np.count_nonzero(piece == ord(SEPARATOR))) for piece in pieces)


def _any_begins_with(mark: str, raw: Texts, begins: Int64Array) -> bool:
    content = np.frombuffer(raw.content, np.uint8)
    begins = begins[begins < len(content)]
    return bool((content[begins] == ord(mark)).any())
