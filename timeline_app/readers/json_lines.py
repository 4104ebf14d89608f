"""Read lines of JSON of any size, a block of them at a time: each object is a record, each of its keys a column.

What is nested is kept as JSON; numbers are taken as they are written. A line that is no object is rejected and told, a
blank one skipped.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress

import numpy as np

from timeline_app.core.arrays import Int64Array
from timeline_app.core.batches import RecordBatch
from timeline_app.core.dataset import Level, Problem
from timeline_app.core.errors import ReadError
from timeline_app.readers.collector import garbage_collection_paused
from timeline_app.readers.columns import EventFields, RecordPlaces, record_batch
from timeline_app.readers.line_file import LineBlock, LineFile
from timeline_app.readers.list_cells import parsed_json
from timeline_app.readers.tree import shortened

_LINES_TRIED = 50

Cells = Mapping[str, str]
# What makes the fields of some records, which have these numbers.
FieldsOf = Callable[[Sequence[Cells], Int64Array], EventFields]


@dataclass(frozen=True, slots=True, eq=False)
class JsonTexts:
    """Records as texts: text i stands in `content` from `begins[i]` to `ends[i]`, in the file by line and number.

    `columns` say where in its line each begins, for records of which several may stand on one; `notes` are about
    records that can be read.
    """

    content: bytes
    texts: Sequence[str]
    begins: Int64Array
    ends: Int64Array
    lines: Int64Array
    numbers: Int64Array
    columns: Int64Array | None = None
    notes: Sequence[Problem] = ()

    @classmethod
    def joined(
        cls,
        texts: Sequence[str],
        lines: Sequence[int],
        records_before: int,
        columns: Int64Array | None = None,
        notes: Sequence[Problem] = (),
    ) -> JsonTexts:
        """Return records that stand one after another in a content of their own."""
        encoded = [text.encode() for text in texts]
        ends = np.cumsum(np.fromiter(map(len, encoded), np.int64, len(encoded)))
        begins = np.concatenate((np.zeros(1, np.int64), ends[:-1]))[: len(encoded)]
        numbers = records_before + np.arange(1, len(encoded) + 1)
        return cls(b"".join(encoded), texts, begins, ends, np.array(lines, np.int64), numbers, columns, notes)


def record_cells(line: str | bytes) -> Cells:
    """Return the cells of a record; raises ValueError that says what is wrong with it."""
    text = line.decode() if isinstance(line, bytes) else line
    return object_cells(parsed_json(text), text)


def object_cells(found: object, text: str) -> Cells:
    """Return the cells of an object that stands in a text; raises ValueError for anything else."""
    if not isinstance(found, dict):
        raise ValueError("expected an object in braces")  # noqa: TRY004 — of a file, not of a program
    try:
        if "\\u" in text:
            _refuse_half_characters(found)
        return {key: value if isinstance(value, str) else _cell(value) for key, value in found.items()}
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def first_records(head: bytes) -> list[Cells | None]:
    """Return the records of the first lines that are whole, None for a line that is no object."""
    return [cells_or_none(line) for line in _first_lines(head)]


def some_records(file: LineFile) -> list[Cells]:
    """Return the first records of a file; raises ReadError where there are none, or the file is in another encoding."""
    file.head_text()  # Refuses what is in another encoding.
    records = [record for record in first_records(file.head) if record is not None]
    if not records:
        # The first record may be longer than what is looked at first; or what makes the file unreadable is told.
        block = next(file.blocks(), None)
        texts = block.texts[:_LINES_TRIED] if block is not None else []
        records = [record for line in texts if (record := cells_or_none(line)) is not None]
    if not records:
        raise ReadError("expected one JSON object a line; found none", file.name, 1)
    return records


def keys_of(records: Sequence[Cells]) -> list[str]:
    """Return the keys of records, each once."""
    return list(dict.fromkeys(key for record in records for key in record))


def json_line_records(file: LineFile) -> Iterator[list[Cells]]:
    """Give the records of a file, block by block, what is none left out."""
    for block in file.blocks():
        yield [record for text in block.texts if (record := cells_or_none(text)) is not None]


def json_line_batches(file: LineFile, fields_of: FieldsOf) -> Iterator[RecordBatch]:
    """Read a file from its beginning."""
    lines_before, records_before = 0, 0
    for block in file.blocks():
        with garbage_collection_paused():
            found = _texts_of(block, lines_before, records_before)
            batch = json_batch(file.name, found, record_cells, fields_of, block.bytes_read)
        lines_before += len(block.texts)
        records_before += len(found.texts)
        yield batch


def json_batch(
    file: str, found: JsonTexts, cells_of: Callable[[str], Cells], fields_of: FieldsOf, bytes_read: int
) -> RecordBatch:
    """Return the batch of some records; one of which `cells_of` raises ValueError is rejected and told."""
    rejections: list[Problem] = []
    records: list[Cells] = []
    good = np.ones(len(found.texts), np.bool_)
    for row, text in enumerate(found.texts):
        try:
            records.append(cells_of(text))
        except ValueError as error:
            good[row] = False
            message = f"{_in_words(error)}; the record is left out"
            column = int(found.columns[row]) if found.columns is not None else 0
            place = int(found.lines[row]), column, int(found.numbers[row])
            rejections.append(Problem(message, file, *place, Level.ERROR))
    fields = fields_of(records, found.numbers[good])
    places = RecordPlaces(
        file,
        found.content,
        found.begins[good],
        found.ends[good],
        found.lines[good],
        found.numbers[good],
        found.columns[good] if found.columns is not None else None,
    )
    return record_batch(fields, places, [*found.notes, *rejections], len(rejections), bytes_read)


def _texts_of(block: LineBlock, lines_before: int, records_before: int) -> JsonTexts:
    """Return the lines that say something."""
    filled = [bool(text) and not text.isspace() for text in block.texts]
    lines = lines_before + 1 + np.flatnonzero(np.array(filled, np.bool_))
    return JsonTexts(
        content=block.content,
        texts=list(compress(block.texts, filled)),
        begins=np.concatenate(([0], block.ends[:-1]))[filled],
        ends=block.ends[filled],
        lines=lines,
        numbers=records_before + np.arange(1, len(lines) + 1),
    )


def _first_lines(head: bytes) -> list[str]:
    """Return the first lines that are whole, blank ones left out."""
    text = head.decode("utf-8", "replace").removeprefix("\ufeff")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if len(text) >= len(head) * 0.9 and len(lines) > 1:
        lines = lines[:-1] + ([lines[-1]] if cells_or_none(lines[-1]) is not None else [])
    return [line for line in lines[:_LINES_TRIED] if line.strip()]


def cells_or_none(line: str) -> Cells | None:
    """Return the cells of a record, None for what is none."""
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
