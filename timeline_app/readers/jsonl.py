"""Read JSON Lines: one object a line, of which each is a record and each of its keys a column.

What is nested is kept as JSON; numbers are taken as they are written. A line that is no object is rejected and told, a
blank one skipped. This program's own JSONL exports come back with all that they hold.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import compress
from types import MappingProxyType

import numpy as np

from timeline_app.core.batches import Decoder, RecordBatch
from timeline_app.core.dataset import Level, Problem
from timeline_app.core.errors import ReadError
from timeline_app.readers.cell_decoder import CellDecoder
from timeline_app.readers.collector import garbage_collection_paused
from timeline_app.readers.columns import RecordPlaces, record_batch
from timeline_app.readers.event_cells import FieldReader, decode_event, title_of
from timeline_app.readers.event_columns import MAP_OPTION, EventColumns, event_columns, is_event_table
from timeline_app.readers.file_stream import FileStream
from timeline_app.readers.line_file import LineBlock, LineFile
from timeline_app.readers.list_cells import parsed_json
from timeline_app.readers.text_reader import text_reader
from timeline_app.readers.tree import shortened

_LINES_TRIED = 50
_MOST_KEYS = 10_000

Cells = Mapping[str, str]


def score(head: bytes, name: str) -> float:
    """Tell how likely a file is JSON Lines, from its first lines."""
    lines = _first_lines(head)
    records = [_cells_or_none(line) for line in lines]
    found = [record for record in records if record is not None]
    if not found or len(found) < len(records) / 2:
        # A first record that is longer than what is looked at.
        is_long = len(lines) <= 1 and head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b'{"')
        return 0.2 if is_long and name.lower().endswith(READER.endings) else 0.0
    if is_event_table(list(_keys_of(found))):
        return 0.9
    return 0.3 if len(found) > 1 or name.lower().endswith(READER.endings) else 0.0


def decoder(layout: Mapping[str, object]) -> Decoder:
    """Return what makes whole events of the lines of a file with this layout."""
    columns = EventColumns.of_layout(layout)
    return CellDecoder(record_cells, partial(decode_event, columns), partial(title_of, columns))


def record_cells(line: str | bytes) -> Cells:
    """Return the cells of a record; raises ValueError that says what is wrong with it."""
    text = line.decode() if isinstance(line, bytes) else line
    found = parsed_json(text)
    if not isinstance(found, dict):
        raise ValueError("expected an object in braces")  # noqa: TRY004 — of a file, not of a program
    try:
        if "\\u" in text:
            _refuse_half_characters(found)
        return {key: value if isinstance(value, str) else _cell(value) for key, value in found.items()}
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def _batches(file: LineFile, columns: EventColumns) -> Iterator[RecordBatch]:
    """Read a file from its beginning."""
    reading = FieldReader(columns)
    lines_before, records_before = 0, 0
    for block in file.blocks():
        with garbage_collection_paused():
            batch, records = _batch(file.name, block, reading, lines_before, records_before)
        lines_before += len(block.texts)
        records_before += records
        yield batch


def _batch(
    file: str, block: LineBlock, reading: FieldReader, lines_before: int, records_before: int
) -> tuple[RecordBatch, int]:
    filled = [bool(text) and not text.isspace() for text in block.texts]
    lines = lines_before + 1 + np.flatnonzero(np.array(filled, np.bool_))
    numbers = records_before + np.arange(1, len(lines) + 1)
    problems: list[Problem] = []
    records: list[Cells] = []
    good = np.ones(len(lines), np.bool_)
    for row, text in enumerate(compress(block.texts, filled)):
        try:
            records.append(record_cells(text))
        except ValueError as error:
            good[row] = False
            message = f"{_in_words(error)}; the record is left out"
            problems.append(Problem(message, file, int(lines[row]), 0, int(numbers[row]), Level.ERROR))
    ends = block.ends[filled][good]
    begins = np.concatenate(([0], block.ends[:-1]))[filled][good]
    fields = reading.fields(lambda column: [record.get(column, "") for record in records], numbers[good].tolist())
    places = RecordPlaces(file, block.content, begins, ends, lines[good], numbers[good])
    return record_batch(fields, places, problems, len(problems), block.bytes_read), len(lines)


def _stream(file: LineFile, mapping: Mapping[str, str]) -> FileStream:
    """Open a file; raises ReadError when it is not JSON Lines, or no key is a date or a title."""
    file.head_text()  # Refuses what is in another encoding.
    records = [record for line in _first_lines(file.head) if (record := _cells_or_none(line)) is not None]
    if not records:
        # The first record may be longer than what is looked at first; or what makes the file unreadable is told.
        block = next(file.blocks(), None)
        texts = block.texts[:_LINES_TRIED] if block is not None else []
        records = [record for line in texts if (record := _cells_or_none(line)) is not None]
    if not records:
        raise ReadError("expected one JSON object a line; found none", file.name, 1)
    columns = event_columns(list(_keys_of(records))[:_MOST_KEYS], mapping, file.name)
    layout = MappingProxyType(columns.as_layout())
    return FileStream(file.path.stem, layout, file.total_bytes, partial(_batches, file, columns))


def _first_lines(head: bytes) -> list[str]:
    """Return the first lines that are whole, blank ones left out."""
    text = head.decode("utf-8", "replace").removeprefix("\ufeff")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if len(text) >= len(head) * 0.9 and len(lines) > 1:
        lines = lines[:-1] + ([lines[-1]] if _cells_or_none(lines[-1]) is not None else [])
    return [line for line in lines[:_LINES_TRIED] if line.strip()]


def _keys_of(records: Sequence[Cells]) -> dict[str, None]:
    return dict.fromkeys(key for record in records for key in record)


def _cells_or_none(line: str) -> Cells | None:
    try:
        return record_cells(line)
    except ValueError:
        return None


def _cell(value: object) -> str:
    """Return a value as the text of a cell, what is nested as JSON."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)


def _refuse_half_characters(value: object) -> None:
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        raise ValueError("an escape names half a character (a lone surrogate)") from error


def _in_words(error: ValueError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"expected JSON: {error.msg.lower()} at column {error.colno}"
    return shortened(str(error), 200)


READER = text_reader(
    name="jsonl",
    endings=(".jsonl", ".ndjson"),
    description="Tables of events as JSON Lines: one object a line",
    recognised_by="a table whose columns name a title and a date",
    score=score,
    stream=_stream,
    decoder=decoder,
    options=(MAP_OPTION,),
)
