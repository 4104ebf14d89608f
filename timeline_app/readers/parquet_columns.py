"""From stretches of a Parquet file to batches of records, with as much of the work as possible done by DuckDB.

Names become codes by an ENUM of the file's names; plain days become numbers in SQL, and only other dates, each once,
are read by the program's own reader. What decides is whether a record is plain: where one in a stretch is not, the
whole stretch is read as text. So both ways give the same, the second in more time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np

from timeline_app.core.arrays import Int64Array, IntegerArray, NDArray, UInt8Array, read_only
from timeline_app.core.batches import CodeColumn, NameColumn, RecordBatch
from timeline_app.core.calendar import DAY_S
from timeline_app.core.table import NO_CODE
from timeline_app.core.times import narrowed
from timeline_app.core.when import PAST_S, Precision, WhenFlag
from timeline_app.readers.collector import garbage_collection_paused
from timeline_app.readers.columns import Numbers, RecordPlaces, name_column, record_batch
from timeline_app.readers.date_columns import parse_dates
from timeline_app.readers.event_cells import (
    CITING_FIELDS,
    FieldReader,
    date_of,
    importance_of,
    single_source_name,
    tags_of,
)
from timeline_app.readers.event_columns import EventColumns
from timeline_app.readers.parquet_file import ParquetFile, RowRange

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

SEPARATOR = "\x1f"
# Before a record whose cells hold the separator themselves: the cells follow as a list in JSON.
JSON_MARK = "\x1e"

_MOST_NAMES = 30_000
_NO_DAY = -(2**31)
# What Python takes off the ends of a text.
_WHITE = "'" + "".join(filter(str.isspace, map(chr, range(0x3001)))) + "'"
_MOST_DATES_KEPT = 200_000
_CODED = ("type", "place", "source", "importance", "tags")
_DATED = ("when", "start", "end")

Columns = dict[str, NDArray[Any]]


@dataclass(frozen=True, slots=True)
class _Enumeration:
    """A type of DuckDB that numbers the texts of a column."""

    type_name: str
    texts: tuple[str, ...]


class BatchMaker:
    """Makes batches of stretches of one file; may be used from several threads."""

    def __init__(
        self, file: ParquetFile, columns: EventColumns, reading: FieldReader, connection: DuckDBPyConnection
    ) -> None:
        self._file = file
        self._columns = columns
        self._reading = reading
        self._connection = connection
        self._lock = Lock()
        self._enumerations: dict[str, _Enumeration | None] = {}
        self._actors = _Enumeration("", ())
        self._seconds, is_zoned = self._instants()
        self._dates = _Dates(instant_flags=WhenFlag.ZONED if is_zoned else WhenFlag(0))
        with file.errors_told():
            self._is_simple = file.row_count > 0 and self._enumerate()

    def batch(self, rows: RowRange) -> RecordBatch:
        """Return the batch of some records; raises duckdb.Error where the file cannot be read."""
        connection = self._connection.cursor()
        content, lengths = self._raw(connection, rows)
        plain = self._plain(connection, rows, content, lengths) if self._is_simple else None
        return plain if plain is not None else self._read_as_text(connection, rows, content, lengths)

    def _text(self, field: str) -> str:
        """Return the expression that gives the cells of a field."""
        column = self._columns.fields.get(field)
        return "''" if column is None else self._file.columns[column]

    def _instants(self) -> tuple[str, bool]:
        """Return the expression of the only column of dates in seconds, if it is one of instants; and if with zones."""
        dated = [self._columns.fields[field] for field in _DATED if field in self._columns.fields]
        if len(dated) != 1 or "end" in self._columns.fields:
            return "", False
        return self._file.seconds(dated[0]), self._file.is_zoned(dated[0])

    def _enumerate(self) -> bool:
        """Number the names of the file where they are few; return whether the columns are simple enough for it."""
        if self._columns.fields.keys() & (set(CITING_FIELDS) - {"source"}):
            return False
        for field in _CODED:
            if field in self._columns.fields:
                query = f"SELECT DISTINCT {self._text(field)} {self._file.scan()} LIMIT {_MOST_NAMES + 1}"
                texts = [text for (text,) in self._connection.execute(query).fetchall()]
                if len(texts) > _MOST_NAMES or None in texts:
                    return False
                self._enumerations[field] = self._enumeration(f"{field}_names", texts)
        return True

    def _enumeration(self, type_name: str, texts: Sequence[str]) -> _Enumeration:
        listed = ", ".join("'" + text.replace("'", "''") + "'" for text in texts)
        self._connection.cursor().execute(f"CREATE TYPE {type_name} AS ENUM ({listed})")
        return _Enumeration(type_name, tuple(texts))

    def _raw(self, connection: DuckDBPyConnection, rows: RowRange) -> tuple[bytes, Int64Array]:
        """Return the records end to end, and how many bytes each has."""
        cells = ", ".join(self._file.columns.values())
        joined = f"concat_ws(chr({ord(SEPARATOR)}), {cells})"
        content, lengths = _joined(connection, f"SELECT encode({joined}) AS raw {self._file.scan(rows)}")
        if content.count(SEPARATOR.encode()) != len(lengths) * (len(self._file.columns) - 1):
            as_list = f"chr({ord(JSON_MARK)}) || to_json([{cells}])::VARCHAR"
            return _joined(connection, f"SELECT encode({as_list}) AS raw {self._file.scan(rows)}")
        return content, lengths

    def _read_as_text(
        self, connection: DuckDBPyConnection, rows: RowRange, content: bytes, lengths: Int64Array
    ) -> RecordBatch:
        """Return a batch as any other table gives it."""
        wanted = set(self._columns.fields.values())
        numbered = {column: f"c{number}" for number, column in enumerate(sorted(wanted))}
        listed = ", ".join(f"{self._file.columns[column]} AS {alias}" for column, alias in numbered.items())
        found = connection.execute(f"SELECT {listed} {self._file.scan(rows)}").fetchnumpy()
        with garbage_collection_paused():
            # Nothing can come only of a damaged file, which says that there is none.
            texts = {column: [cell or "" for cell in found[alias].tolist()] for column, alias in numbered.items()}
            numbers = np.arange(rows[0] + 1, rows[1] + 1)
            with self._lock:
                fields = self._reading.fields(texts.__getitem__, numbers.tolist())
            ends = np.cumsum(lengths)
            places = RecordPlaces(
                self._file.name, content, ends - lengths, ends, np.zeros(len(lengths), np.int64), numbers
            )
            return record_batch(fields, places, (), 0, self._bytes_read(rows))

    def _plain(
        self, connection: DuckDBPyConnection, rows: RowRange, content: bytes, lengths: Int64Array
    ) -> RecordBatch | None:
        """Return a batch all of whose records are plain, None where one is not."""
        found = connection.execute(self._plain_query(rows)).fetchnumpy()
        count = len(lengths)
        if any(np.ma.is_masked(column) for column in found.values()) or found["is_odd"].any():
            return None
        dates = self._dates.columns(found)
        importance = self._importance(found, count)
        actors = self._actor_column(connection, rows, found)
        if dates is None or importance is None or actors is None:
            return None
        bounds_s, precision, flags = dates
        return RecordBatch(
            bounds_s=read_only(bounds_s),
            precision=read_only(precision),
            flags=read_only(flags),
            importance=read_only(importance),
            types=self._code_column("type", found, count, str.strip),
            places=self._code_column("place", found, count, str.strip),
            actors=actors,
            sources=self._single_names("source", found, count, single_source_name),
            tags=self._single_names("tags", found, count, tags_of),
            raw=content,
            ends=read_only(np.cumsum(lengths)),
            lines=read_only(np.zeros(count, np.int64)),
            numbers=read_only(np.arange(rows[0] + 1, rows[1] + 1)),
            id_hashes=read_only(found["hash"].byteswap()),
            bytes_read=self._bytes_read(rows),
        )

    def _plain_query(self, rows: RowRange) -> str:
        own_id, title, actors = (self._text(field) for field in ("id", "title", "actors"))
        when, start, end = (self._text(field) for field in _DATED)
        day = f"CASE WHEN {_is_day(when)} THEN {when}"
        if "start" in self._columns.fields:
            day += f" WHEN {when} = '' AND {_is_day(start)} AND ({end} = '' OR {end} = {start}) THEN {start}"
        has_id = "id" in self._columns.fields
        own = own_id if has_id else "'event-' || (file_row_number + 1)"
        odd = [f"contains({actors}, '{mark}')" for mark in ("\\", "[", "{")]
        # Nearly every text begins with a letter or a digit, which costs nothing to see.
        odd.append(f"CASE WHEN {title} < '!' OR {title} > '~~' THEN trim({title}, {_WHITE}) = '' ELSE false END")
        odd.append(f"{own} < '!' OR right({own}, 1) < '!'")
        odd.append(f"CASE WHEN strlen({own}) <> length({own}) THEN trim({own}, {_WHITE}) <> {own} ELSE false END")
        selected = [
            f"({' OR '.join(odd)}) AS is_odd",
            f"('0x' || substr(md5({own}), 17))::UBIGINT AS hash",
            f"coalesce((({day} END)::DATE - DATE '1970-01-01')::INTEGER, {_NO_DAY}) AS day",
            f"coalesce({self._seconds or 'NULL'}, {PAST_S}) AS second",
            *(
                f"CASE WHEN day = {_NO_DAY} AND second = {PAST_S} THEN {self._text(field)} ELSE '' END AS {field}_text"
                for field in _DATED
                if field in self._columns.fields
            ),
            *(
                f"enum_code(({self._text(field)})::{one.type_name})::INTEGER AS {field}_code"
                for field, one in self._enumerations.items()
                if one is not None
            ),
        ]
        if "actors" in self._columns.fields:
            selected.append(f"len({_split(actors)})::INTEGER AS actor_count")
        return f"SELECT {', '.join(selected)} {self._file.scan(rows)}"

    def _actor_column(self, connection: DuckDBPyConnection, rows: RowRange, found: Columns) -> NameColumn | None:
        if "actors" not in self._columns.fields:
            return NameColumn((), np.zeros(0, np.int8), read_only(np.zeros(len(found["hash"]) + 1, np.int64)))
        enumeration = self._actors
        names = f"SELECT unnest({_split(self._text('actors'))}) AS name {self._file.scan(rows)}"
        codes = self._actor_codes(connection, names, enumeration)
        if codes is None:
            query = f"SELECT DISTINCT name FROM ({names})"  # noqa: S608 — made of the file's own columns
            fresh = [name for (name,) in connection.execute(query).fetchall()]
            with self._lock:
                if not set(fresh) <= set(self._actors.texts):
                    known = tuple(dict.fromkeys((*self._actors.texts, *sorted(fresh))))
                    if len(known) > _MOST_NAMES:
                        return None
                    self._actors = self._enumeration(f"actor_names_{len(known)}", known)
                enumeration = self._actors
            codes = self._actor_codes(connection, names, enumeration)
        if codes is None:
            return None
        return _distinct_names(found["actor_count"].astype(np.int64), codes, [one.strip() for one in enumeration.texts])

    def _actor_codes(
        self, connection: DuckDBPyConnection, names: str, enumeration: _Enumeration
    ) -> NDArray[np.int32] | None:
        """Return the codes of names, None where a name has none yet."""
        if not enumeration.texts:
            return None
        code = f"coalesce(enum_code(TRY_CAST(name AS {enumeration.type_name}))::INTEGER, -1)"
        query = f"SELECT {code} AS code FROM ({names})"  # noqa: S608 — made of the file's own columns
        codes: NDArray[np.int32] = connection.execute(query).fetchnumpy()["code"]
        return None if len(codes) and codes.min() < 0 else codes

    def _importance(self, found: Columns, count: int) -> UInt8Array | None:
        enumeration = self._enumerations.get("importance")
        grades = [importance_of(text) for text in enumeration.texts] if enumeration else [importance_of("")]
        codes = found["importance_code"] if enumeration else np.zeros(count, np.int32)
        used = np.bincount(codes, minlength=len(grades))
        if any(grade is None and used[code] for code, grade in enumerate(grades)):
            return None
        return np.array([grade or 0 for grade in grades], np.uint8)[codes]

    def _code_column(self, field: str, found: Columns, count: int, name_of: Callable[[str], str]) -> CodeColumn:
        enumeration = self._enumerations.get(field)
        if enumeration is None:
            return CodeColumn((), read_only(np.full(count, NO_CODE, np.int8)))
        names = list(map(name_of, enumeration.texts))
        own = {name: code for code, name in enumerate(dict.fromkeys(filter(None, names)))}
        codes = np.array([own.get(name, NO_CODE) for name in names], np.int64)[found[f"{field}_code"]]
        return CodeColumn(tuple(own), read_only(narrowed(codes, len(own))))

    def _single_names(
        self, field: str, found: Columns, count: int, names_of: Callable[[str], tuple[str, ...]]
    ) -> NameColumn:
        enumeration = self._enumerations.get(field)
        if enumeration is None:
            return NameColumn((), np.zeros(0, np.int8), read_only(np.zeros(count + 1, np.int64)))
        whole = name_column(enumeration.texts, names_of)
        codes = found[f"{field}_code"]
        counts = np.diff(whole.offsets)[codes]
        offsets = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
        places = np.arange(offsets[-1]) + np.repeat(whole.offsets[:-1][codes] - offsets[:-1], counts)
        return NameColumn(whole.names, read_only(whole.codes[places]), read_only(offsets))

    def _bytes_read(self, rows: RowRange) -> int:
        return self._file.total_bytes * rows[1] // max(self._file.row_count, 1)


def _joined(connection: DuckDBPyConnection, query: str) -> tuple[bytes, Int64Array]:
    with garbage_collection_paused():
        pieces = connection.execute(query).fetchnumpy()["raw"].tolist()
        return b"".join(pieces), np.fromiter(map(len, pieces), np.int64, len(pieces))


def _split(text: str) -> str:
    return f"string_split(replace({text}, '|', ';'), ';')"


def _is_day(text: str) -> str:
    """Return the condition that a text is a day as YYYY-MM-DD, and one that the calendar has."""
    return f"(strlen({text}) = 10 AND TRY_CAST({text} AS DATE)::VARCHAR = {text})"


class _Dates:
    """Reads the dates of batches; each distinct text once, as long as there are not too many."""

    def __init__(self, instant_flags: WhenFlag) -> None:
        self._instant_flags = instant_flags
        self._known: dict[tuple[str, ...], tuple[int, ...]] = {}

    def columns(self, found: Columns) -> tuple[Int64Array, UInt8Array, UInt8Array] | None:
        """Return bounds, precision and flags, None where a date cannot be read or is worth a note."""
        days = found["day"].astype(np.int64)
        bounds_s = np.empty((len(days), 4), np.int64)
        bounds_s[:, ::2] = (days * DAY_S)[:, None]
        bounds_s[:, 1::2] = (days * DAY_S + DAY_S - 1)[:, None]
        precision = np.full(len(days), Precision.DAY, np.uint8)
        flags = np.zeros(len(days), np.uint8)
        instants = np.flatnonzero(found["second"] != PAST_S)
        bounds_s[instants] = found["second"][instants, None]
        precision[instants] = Precision.SECOND
        flags[instants] = self._instant_flags
        others = np.flatnonzero((days == _NO_DAY) & (found["second"] == PAST_S))
        if len(others):
            read = self._others(found, others)
            if read is None:
                return None
            bounds_s[others], precision[others], flags[others] = read[:, :4], read[:, 4], read[:, 5]
        return bounds_s, precision, flags

    def _others(self, found: Columns, rows: Int64Array) -> Int64Array | None:
        """Return four bounds, precision and flags for each of the dates that are no plain days."""
        cells = [
            found[f"{field}_text"][rows].tolist() if f"{field}_text" in found else [""] * len(rows) for field in _DATED
        ]
        with garbage_collection_paused():
            numbers: Numbers[tuple[str, ...]] = Numbers()
            codes = np.fromiter(map(numbers.__getitem__, zip(*cells, strict=True)), np.int64, len(rows))
            known = self._known
            if len(known) > _MOST_DATES_KEPT:
                known = self._known = {}
            fresh = [one for one in numbers if one not in known]
            whens = parse_dates([date_of(*one) for one in fresh])
            if whens.errors or whens.notes:
                return None
            columns = (whens.start_earliest_s, whens.start_latest_s, whens.end_earliest_s, whens.end_latest_s)
            values = (one.tolist() for one in (*columns, whens.precision, whens.flags))
            known.update(zip(fresh, zip(*values, strict=True), strict=True))
            return np.array([known[one] for one in numbers], np.int64)[codes]


def _distinct_names(counts: Int64Array, text_codes: IntegerArray, texts: Sequence[str]) -> NameColumn:
    """Return names by record, empty ones left out, and those that a record has twice once."""
    own = {name: code for code, name in enumerate(dict.fromkeys(filter(None, texts)))}
    codes = np.array([own.get(name, NO_CODE) for name in texts], np.int64)[text_codes]
    records = np.repeat(np.arange(len(counts)), counts)
    keep = codes != NO_CODE
    for distance in range(1, int(counts.max(initial=0))):
        again = (records[distance:] == records[:-distance]) & (codes[distance:] == codes[:-distance])
        keep[distance:] &= ~again
    if not keep.all():
        codes, records = codes[keep], records[keep]
        counts = np.bincount(records, minlength=len(counts))
    offsets = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
    return NameColumn(tuple(own), read_only(narrowed(codes, len(own))), read_only(offsets))
