"""From stretches of a Parquet file to batches of records, with as much of the work as possible done by DuckDB.

Names become codes by an ENUM of the file's names, and what is left comes as bytes, on which NumPy works. What decides
is whether a record is plain: where one in a stretch is not, the whole stretch is read as text. So both ways give the
same, the second in more time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

from timeline_app.core.arrays import UInt8Array, read_only
from timeline_app.core.batches import CodeColumn, NameColumn, RecordBatch
from timeline_app.core.table import NO_CODE
from timeline_app.core.text_column import TextColumn
from timeline_app.core.times import narrowed
from timeline_app.core.when import PAST_S, WhenFlag
from timeline_app.readers.arrow_stream import Lists, Result, Texts, fetch
from timeline_app.readers.blank_cells import NOTHING_WRITTEN
from timeline_app.readers.cited_sources import CITING_FIELDS, names_in_source
from timeline_app.readers.coded import Coded
from timeline_app.readers.columns import name_column
from timeline_app.readers.event_cells import cell_reader, importance_of, is_number_of_importance, tags_of
from timeline_app.readers.event_columns import EventColumns
from timeline_app.readers.field_reader import FieldReader
from timeline_app.readers.list_cells import one_text
from timeline_app.readers.parquet_dates import DATED, DateReader
from timeline_app.readers.parquet_file import ParquetFile, RowRange
from timeline_app.readers.parquet_records import RecordTexts
from timeline_app.readers.parquet_text import TextBatchMaker

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_MOST_NAMES = 30_000
# What Python takes off the ends of a text.
_WHITE = "'" + "".join(filter(str.isspace, map(chr, range(0x3001)))) + "'"
# The first that is neither blank nor a control, and the first of those that take several bytes.
_FIRST_MARK, _FIRST_WIDE = ord("!"), 0x80
# Cells of actors that hold one are more than names between bars or semicolons.
_ACTOR_MARKS = "\\[{"
_CODED = ("type", "place", "source", "importance", "tags")


@dataclass(frozen=True, slots=True)
class _Enumeration:
    """A type of DuckDB that numbers the texts of a column."""

    type_name: str
    texts: tuple[str, ...]


class BatchMaker:
    """Makes batches of stretches of one file, records as some texts have them; may be used from several threads."""

    def __init__(
        self, file: ParquetFile, columns: EventColumns, texts: RecordTexts, connection: DuckDBPyConnection
    ) -> None:
        self._file = file
        self._texts = texts
        self._columns = columns
        self._text_batches = TextBatchMaker(file, columns.used, FieldReader(columns).fields, texts, connection)
        self._connection = connection
        self._lock = Lock()
        self._enumerations: dict[str, _Enumeration] = {}
        self._actors = _Enumeration("", ())
        self._seconds, is_zoned = self._instants()
        self._dates = DateReader(instant_flags=WhenFlag.ZONED if is_zoned else WhenFlag(0))
        with file.errors_told():
            self._is_simple = file.row_count > 0 and columns.is_plain and self._enumerate()

    def batch(self, rows: RowRange) -> RecordBatch | None:
        """Return the batch of some records, None where they are too many bytes at once.

        Raises ReadError and duckdb.Error where the file cannot be read.
        """
        if not self._is_simple:
            return self._text_batches.batch(rows)
        connection, actors = self._connection.cursor(), self._actors
        found = self._texts.fetched(connection, rows, self._plain_expressions(actors))
        raw = self._texts.told_apart(connection, rows, found.texts("raw")) if found is not None else None
        if found is None or raw is None:
            return None
        plain = self._plain(connection, rows, found, raw, actors) if found.is_whole else None
        return plain if plain is not None else self._text_batches.read(connection, rows, raw)

    def _text(self, field: str) -> str:
        """Return the expression that gives the cells of a field."""
        column = self._columns.fields.get(field)
        return "''" if column is None else self._file.named(column)

    def _instants(self) -> tuple[str, bool]:
        """Return the expression of the only column of dates in seconds, if it is one of instants; and if with zones."""
        dated = [self._columns.fields[field] for field in DATED if field in self._columns.fields]
        if len(dated) != 1 or "end" in self._columns.fields:
            return "", False
        return self._file.seconds(dated[0]), self._file.is_zoned(dated[0])

    def _enumerate(self) -> bool:
        """Number the names of the file where they are few; return whether the columns are simple enough for it."""
        if self._columns.fields.keys() & ({"roles", *CITING_FIELDS} - {"source"}):
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

    def _plain(
        self,
        connection: DuckDBPyConnection,
        rows: RowRange,
        found: Result,
        raw: Texts,
        known_actors: _Enumeration,
    ) -> RecordBatch | None:
        """Return a batch all of whose records are plain, None where one is not."""
        ids = found.texts("own_id").column()
        if found.numbers("is_blank").any() or _have_blank_ends(ids):
            return None
        count = rows[1] - rows[0]
        dates = self._dates.columns(found)
        importance = self._importance(found, count)
        actors = self._actor_column(connection, rows, found, known_actors)
        if dates is None or importance is None or actors is None:
            return None
        return RecordBatch(
            bounds_s=read_only(dates.bounds_s),
            precision=read_only(dates.precision),
            flags=read_only(dates.flags),
            importance=read_only(importance),
            types=self._code_column("type", found, count),
            places=self._code_column("place", found, count),
            actors=actors,
            sources=self._single_names("source", found, count, names_in_source),
            tags=self._single_names("tags", found, count, tags_of),
            raw=raw.content,
            ends=read_only(raw.offsets[1:]),
            lines=read_only(np.zeros(count, np.int64)),
            numbers=read_only(np.arange(rows[0] + 1, rows[1] + 1)),
            id_hashes=ids.hashes(),
            bytes_read=self._file.bytes_before(rows[1]),
        )

    def _plain_expressions(self, known_actors: _Enumeration) -> dict[str, str]:
        """Return the expressions for what records say where they are plain, by names."""
        title = self._text("title")
        # Nearly every text begins with a letter or a digit, which costs nothing to see.
        is_blank = f"CASE WHEN {title} < '!' OR {title} > '~~' THEN trim({title}, {_WHITE}) = '' ELSE false END"
        others = {
            "is_blank": f"({is_blank})::UTINYINT",
            "own_id": self._text("id") if "id" in self._columns.fields else "'event-' || (place + 1)",
            "second": f"coalesce({self._seconds or 'NULL'}, {PAST_S})",
        }
        others |= {f"{field}_text": self._text(field) for field in DATED if field in self._columns.fields}
        others |= {
            f"{field}_code": f"enum_code(({self._text(field)})::{one.type_name})"
            for field, one in self._enumerations.items()
        }
        if "actors" in self._columns.fields and known_actors.texts:
            others["actor_codes"] = self._actor_codes(known_actors)
        return others

    def _actor_column(
        self, connection: DuckDBPyConnection, rows: RowRange, found: Result, known: _Enumeration
    ) -> NameColumn | None:
        """Return the actors of a stretch, of which the result has the codes of those that were known then."""
        if "actors" not in self._columns.fields:
            return NameColumn((), np.zeros(0, np.int8), read_only(np.zeros(rows[1] - rows[0] + 1, np.int64)))
        codes = found.lists("actor_codes") if known.texts else None
        if codes is None or codes.values.min(initial=0) < 0:
            renewed = self._with_names_of(connection, rows)
            if renewed is None:
                return None
            known = renewed
            query = f"SELECT {self._actor_codes(known)} AS actor_codes {self._file.scan(rows)}"
            codes = fetch(connection, query).lists("actor_codes")
        return _distinct_names(codes, [one.strip() for one in known.texts])

    def _with_names_of(self, connection: DuckDBPyConnection, rows: RowRange) -> _Enumeration | None:
        """Return the actors that are known with those of some records, None where they are too many, or no names."""
        names = f"SELECT unnest({_split(self._text('actors'))}) AS name {self._file.scan(rows)}"
        query = f"SELECT DISTINCT name FROM ({names})"  # noqa: S608 — made of the file's own columns
        fresh = [name for (name,) in connection.execute(query).fetchall()]
        if any(mark in name for name in fresh for mark in _ACTOR_MARKS):
            return None
        if not self._columns.is_own and any(name.strip() in NOTHING_WRITTEN for name in fresh):
            # Whether such a text is a name depends on what stands beside it.
            return None
        with self._lock:
            if not set(fresh) <= set(self._actors.texts):
                known = tuple(dict.fromkeys((*self._actors.texts, *sorted(fresh))))
                if len(known) > _MOST_NAMES:
                    return None
                self._actors = self._enumeration(f"actor_names_{len(known)}", known)
            return self._actors

    def _actor_codes(self, known: _Enumeration) -> str:
        """Return the expression that gives the numbers of a record's actors, -1 for one that is not known."""
        code = f"coalesce(enum_code(TRY_CAST(one_name AS {known.type_name}))::INTEGER, -1)"
        return f"list_transform({_split(self._text('actors'))}, lambda one_name: {code})"

    def _importance(self, found: Result, count: int) -> UInt8Array | None:
        enumeration = self._enumerations.get("importance")
        reader = cell_reader(self._columns, "importance")
        cells = [reader(text).strip() for text in enumeration.texts] if enumeration else [""]
        codes = found.numbers("importance_code") if enumeration else np.zeros(count, np.int32)
        used = np.bincount(codes, minlength=len(cells))
        # Of others there is something to tell.
        if any(cell and not is_number_of_importance(cell) and used[code] for code, cell in enumerate(cells)):
            return None
        importance: UInt8Array = np.array([importance_of(cell) or 0 for cell in cells], np.uint8)[codes]
        return importance

    def _code_column(self, field: str, found: Result, count: int) -> CodeColumn:
        enumeration = self._enumerations.get(field)
        if enumeration is None:
            return CodeColumn((), read_only(np.full(count, NO_CODE, np.int8)))
        reader = cell_reader(self._columns, field)
        names = [one_text(reader(text)) for text in enumeration.texts]
        own = {name: code for code, name in enumerate(dict.fromkeys(filter(None, names)))}
        codes = np.array([own.get(name, NO_CODE) for name in names], np.int64)[found.numbers(f"{field}_code")]
        return CodeColumn(tuple(own), read_only(narrowed(codes, len(own))))

    def _single_names(
        self, field: str, found: Result, count: int, names_of: Callable[[str], tuple[str, ...]]
    ) -> NameColumn:
        enumeration = self._enumerations.get(field)
        if enumeration is None:
            return NameColumn((), np.zeros(0, np.int8), read_only(np.zeros(count + 1, np.int64)))
        reader = cell_reader(self._columns, field)
        whole = name_column(Coded.of(enumeration.texts), lambda text: names_of(reader(text)))
        codes = found.numbers(f"{field}_code")
        counts = np.diff(whole.offsets)[codes]
        offsets = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
        places = np.arange(offsets[-1]) + np.repeat(whole.offsets[:-1][codes] - offsets[:-1], counts)
        return NameColumn(whole.names, read_only(whole.codes[places]), read_only(offsets))


def _have_blank_ends(texts: TextColumn) -> bool:
    """Return whether a text is empty, or begins or ends with what Python takes off its ends or with a control."""
    if not texts.lengths.all():
        return True
    firsts, lasts = texts.content[texts.offsets[:-1]], texts.content[texts.offsets[1:] - 1]
    if min(firsts.min(initial=_FIRST_MARK), lasts.min(initial=_FIRST_MARK)) < _FIRST_MARK:
        return True
    wide = np.flatnonzero((firsts >= _FIRST_WIDE) | (lasts >= _FIRST_WIDE))
    return any(text != text.strip() for text in texts.texts(wide.tolist()))


def _split(text: str) -> str:
    return f"string_split(replace({text}, '|', ';'), ';')"


def _distinct_names(lists: Lists, texts: Sequence[str]) -> NameColumn:
    """Return names by record, empty ones left out, and those that a record has twice once."""
    counts = np.diff(lists.offsets)
    own = {name: code for code, name in enumerate(dict.fromkeys(filter(None, texts)))}
    codes = np.array([own.get(name, NO_CODE) for name in texts], np.int64)[lists.values]
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
