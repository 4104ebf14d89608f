"""Tables of events as Parquet, typed, for databases and data frames; DuckDB writes them.

A row is an event. The four bounds of its date are instants without a zone (in UTC where `zoned`), null where there is
none and beyond 290,000 years, where `when` still says the date in EDTF. Actors, excerpts, claims, sources and links are
lists of structures; `disputed` says in words what competing claims come to. What a file said beyond all this is JSON in
`extra`.

The events go through a temporary file a line each, so that memory does not grow with their number. DuckDB is cut off
from everything but the folder of that file: no other file, no network, no extensions.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from timeline_app.core.closed_duckdb import MEMORY, THREADS, closed_settings, quoted
from timeline_app.core.errors import WriteError
from timeline_app.core.event import Event
from timeline_app.core.filter import Filter, evaluate
from timeline_app.core.table import EventTable
from timeline_app.core.when import FUTURE_S, PAST_S
from timeline_app.writers.full_record import full_record
from timeline_app.writers.options import WriteOptions
from timeline_app.writers.records import Record, json_text, passing_events

_PIECE_BYTES = 1 << 20
_LARGEST_ROW_BYTES = 16 << 20
# So few that long texts have room in the memory as well.
_ROWS_A_GROUP = 20_480
_MICROSECONDS = 1_000_000
# What an instant of 64 bits in microseconds can be, a little less to be sure.
_LARGEST_INSTANT_S = 290_000 * 31_556_952
_CLAIM_FIELDS = ("about", "value", "low", "high", "unit", "when", "by", "source", "excerpt", "verified", "reported")
_SOURCE_FIELDS = (
    *("key", "title", "author", "publisher", "url", "language"),
    *("published", "retrieved", "file", "sha256", "origin"),
)
_BOUNDS = ("start_earliest", "start_latest", "end_earliest", "end_latest")


def _structures(*texts: str, lists: Sequence[str] = ()) -> str:
    """Return the type of a list of structures of texts, of which some are lists."""
    fields = ", ".join(f'"{name}" VARCHAR{"[]" if name in lists else ""}' for name in texts)
    return f"STRUCT({fields})[]"


# The columns in their order, each with its type.
COLUMNS: Mapping[str, str] = {
    "id": "VARCHAR",
    "title": "VARCHAR",
    "when": "VARCHAR",
    **dict.fromkeys(_BOUNDS, "BIGINT"),
    "open_end": "BOOLEAN",
    "zoned": "BOOLEAN",
    "precision": "VARCHAR",
    "basis": "VARCHAR",
    "basis_note": "VARCHAR",
    "phrase": "VARCHAR",
    "anchor": "VARCHAR",
    "type": "VARCHAR",
    "actors": _structures("name", "role"),
    "place": "VARCHAR",
    "latitude": "DOUBLE",
    "longitude": "DOUBLE",
    "importance": "TINYINT",
    "summary": "VARCHAR",
    "tags": "VARCHAR[]",
    "excerpts": _structures("text", "source", "locator", "language", "translation", "verified"),
    "claims": _structures(*_CLAIM_FIELDS, lists=("by",)),
    "disputed": "VARCHAR[]",
    "sources": _structures(*_SOURCE_FIELDS),
    "links": _structures("to", "kind"),
    "extra": "VARCHAR",
    "match": "VARCHAR",
    "file": "VARCHAR",
    "line": "INTEGER",
}


def render_parquet(table: EventTable, wanted: Filter, options: WriteOptions) -> Iterator[bytes]:
    """Give the file in pieces; raises WriteError where DuckDB is not installed or cannot write it."""
    del options  # Nothing can be chosen for this format.
    with tempfile.TemporaryDirectory(prefix="conflict-timeline-") as name:
        folder = Path(name).resolve()
        lines, written = folder / "events.jsonl", folder / "events.parquet"
        with lines.open("w", encoding="utf-8", errors="replace", newline="\n") as file:
            file.writelines(rows_as_json(table, wanted))
        _convert(lines, written, folder)
        lines.unlink()
        with written.open("rb") as file:
            while piece := file.read(_PIECE_BYTES):
                yield piece


def rows_as_json(table: EventTable, wanted: Filter) -> Iterator[str]:
    """Give the rows of the events that pass as lines of JSON, bounds in microseconds since 1970."""
    for event, certain in passing_events(table, evaluate(wanted, table)):
        yield json_text(row(event, table, certain=certain)) + "\n"


def row(event: Event, table: EventTable, *, certain: bool) -> Record:
    """Return the row of one event by the names of its columns."""
    found = full_record(event, table, certain=certain)
    when = event.when
    bounds_s = (when.start_earliest_s, when.start_latest_s, when.end_earliest_s, when.end_latest_s)
    found |= dict(zip(_BOUNDS, map(_instant_us, bounds_s), strict=True))
    found["zoned"] = when.zoned
    found["latitude"] = event.location.lat if event.location is not None else None
    found["longitude"] = event.location.lon if event.location is not None else None
    found.setdefault("disputed", [])
    found["file"], found["line"] = event.origin.file, event.origin.line
    found["claims"] = [{key: _written(value) for key, value in claim.items()} for claim in found["claims"]]
    return {name: found[name] for name in COLUMNS}


def _written(value: object) -> object:
    """Return a figure of a claim as a text: as it was written, for one column has them all."""
    return str(value) if isinstance(value, int | float) else value


def _instant_us(bound_s: int) -> int | None:
    is_bounded = bound_s not in {PAST_S, FUTURE_S} and abs(bound_s) < _LARGEST_INSTANT_S
    return bound_s * _MICROSECONDS if is_bounded else None


def _convert(lines: Path, written: Path, folder: Path) -> None:
    """Have DuckDB make the file of the lines; raises WriteError."""
    try:
        import duckdb  # heavy, and rarely needed
    except ImportError as error:
        message = "Parquet files need DuckDB, which is not installed: pip install “conflict-timeline[tables]”"
        raise WriteError(message) from error
    connection = duckdb.connect(config={"threads": THREADS, "memory_limit": MEMORY})
    try:
        for setting in closed_settings(f"allowed_directories=[{quoted(str(folder))}]"):
            connection.execute(setting)
        connection.execute(_query(lines, written))
    except duckdb.Error as error:
        reason = str(error).partition("\n")[0]
        raise WriteError(f"DuckDB could not write the Parquet file: {reason}") from error
    finally:
        connection.close()


def _query(lines: Path, written: Path) -> str:
    types = ", ".join(f"{quoted(name)}: {quoted(kind)}" for name, kind in COLUMNS.items())
    instants = ", ".join(f"make_timestamp({name}) AS {name}" for name in _BOUNDS)
    rows = (
        f"SELECT * REPLACE ({instants}) FROM read_json({quoted(str(lines))}, format = 'newline_delimited', "  # noqa: S608 — quoted names of our own
        f"columns = {{{types}}}, maximum_object_size = {_LARGEST_ROW_BYTES})"
    )
    return f"COPY ({rows}) TO {quoted(str(written))} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {_ROWS_A_GROUP})"
