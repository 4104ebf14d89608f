"""Read JSON of whatever shape: a list of objects in it, of which each is a record and each key a column.

Programs write such files as they please: a list alone, one in an object with what else there is to say, or lists in the
objects of another list, as the events of each country. Of several lists the longest is taken whose keys name a title
and a date, and the others are told; `--map records=data.events` names one (readers/json_lists.py). Lists under years or
dates are one, and give their date to records without one (readers/json_by_date.py). Where no list has events, an object
may have, each under its id or its date (readers/json_keyed.py), or texts alone, under their dates
(readers/json_dated_texts.py). What is nested in a record can be mapped by its path (readers/nested_cells.py). An object
that is an event itself is the one record, whatever lists of sources or people it has. A file may have any size: its
first megabytes tell which lists there are, then it is read record by record. Data of
a script, `const events = […]`, is read likewise (readers/script_values.py). Records with the columns of a coded
dataset, as the APIs of ACLED and UCDP give them, are read by the rules of that (readers/coded_records.py). Of the
formats in JSON that are known, each has a reader of its own, which comes first. Tried on files made by hand, up to a
million records, on those of TimelineJS (houston, eras, cosmo) and Wikidata, whose lists it finds too, and on single
events of the Kleptocracy Timeline.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from types import MappingProxyType

from timeline_app.core.batches import RecordBatch
from timeline_app.core.dataset import Problem
from timeline_app.readers.coded_records import asked_table, coded_dataset, coded_records
from timeline_app.readers.column_finding import found_columns
from timeline_app.readers.event_columns import MAP_OPTION, is_event_table
from timeline_app.readers.field_reader import FieldReader
from timeline_app.readers.file_stream import FileStream
from timeline_app.readers.foreign_record import kept_beside
from timeline_app.readers.json_batches import cells_of_items, item_batches
from timeline_app.readers.json_choice import ChosenRecords, chosen_records
from timeline_app.readers.json_dated_texts import first_dated_texts
from timeline_app.readers.json_keyed import name_of_keys
from timeline_app.readers.json_lines import FieldsOf, first_records, keys_of, record_cells
from timeline_app.readers.json_lists import JsonDocument, json_document
from timeline_app.readers.json_tables import cells_by_column, decoder, fields_by, table_of
from timeline_app.readers.line_file import LineFile
from timeline_app.readers.nested_cells import NestedCells
from timeline_app.readers.script_values import is_script, looks_like_events, script_document
from timeline_app.readers.source_file import HEAD_BYTES
from timeline_app.readers.table_source import TableSource
from timeline_app.readers.text_reader import text_reader

_HEAD_RECORDS = 20
_MOST_PLACES = 20
_ENDINGS = (".json", ".js", ".mjs", ".ts")
_LIST_OF_OBJECTS = re.compile(r"\[\s*(?=\{)")
_OBJECT_UNDER_KEY = re.compile(r'"([^"\\]{1,100})"\s*:\s*(?=\{)')


def score(head: bytes, name: str) -> float:
    """Tell how likely a file is JSON, or data of a script, with a list of records, from the first of them."""
    text = head.decode("utf-8", "replace").removeprefix("\ufeff").lstrip()
    if is_script(text):
        is_called_so = name.lower().endswith(_ENDINGS)
        return 0.5 if looks_like_events(text) else 0.2 if is_called_so else 0.0
    if not text.startswith(("[", "{")) or _are_lines(first_records(head)):
        return 0.0
    found = [record for record in (_whole_record(text), *_head_records(text)) if record]
    found = found or list(_keyed_records(text)) or list(first_dated_texts(text))
    if not found:
        # What is looked at first may end before the first record does.
        return 0.2 if len(head) >= HEAD_BYTES and name.lower().endswith(_ENDINGS) else 0.0
    if coded_dataset(keys_of(found)) is not None:
        return 0.9
    return 0.6 if is_event_table(keys_of(found)) else 0.35


def _stream(file: LineFile, mapping: Mapping[str, str]) -> FileStream:
    """Open a file.

    Raises ReadError when it is not JSON, has no list of records, or when only the user can tell what its keys are.
    """
    chosen = chosen_records(_document(file), mapping)
    table = _table(chosen)
    coded = coded_records(table, mapping, file.name)
    if coded is not None:
        title, known, used = coded.dataset.title, coded.as_layout(), coded.mapping
        fields_of = fields_by(coded.field_reader())
    else:
        columns = found_columns(table, mapping, file.name)
        title, known, used = file.path.stem, columns.as_layout(), dict(columns.mapping)
        fields_of = fields_by(FieldReader(columns).fields)
    used["records"] = chosen.path
    layout = MappingProxyType({**known, "mapping": used, "extra": kept_beside(chosen.beside)})
    notes = chosen.notes(is_asked="records" in mapping)
    reading = partial(_batches, chosen, fields_of, notes)
    return FileStream(title, layout, file.total_bytes, reading)


def _batches(chosen: ChosenRecords, fields_of: FieldsOf, notes: Sequence[Problem]) -> Iterator[RecordBatch]:
    """Read the records from the beginning of their file."""
    document = chosen.document
    return item_batches(chosen.items(), document.file, record_cells, fields_of, notes, document.notes)


def _open_table(file: LineFile, mapping: Mapping[str, str]) -> TableSource:
    """Look at the records of a file; raises ReadError as `_stream` does for a file without any."""
    return asked_table(_table(chosen_records(_document(file), mapping)), mapping, file.name)


def _document(file: LineFile) -> JsonDocument:
    """Return what a file holds as JSON, or as data of a script."""
    return script_document(file) if is_script(file.head_text()) else json_document(file)


def _table(chosen: ChosenRecords) -> TableSource:
    table = table_of(chosen.first, partial(_scanned, chosen), chosen.keys)
    return replace(table, settings={"records": chosen.path}, choices={"records": chosen.choices})


def _scanned(chosen: ChosenRecords, names: Sequence[str]) -> Iterator[Sequence[Sequence[str]]]:
    """Give the cells of some columns of all records, some at a time."""
    for records in cells_of_items(chosen.items()):
        yield cells_by_column(records, names)


def _are_lines(first: Sequence[Mapping[str, str] | None]) -> bool:
    """Tell whether several lines are an object each, which is another format."""
    return len(first) > 1 and first[0] is not None and first[1] is not None


def _whole_record(text: str) -> Mapping[str, str]:
    """Return the text as one record that is an event itself, nothing where it is none."""
    try:
        record = json.JSONDecoder().raw_decode(text)[0] if text.startswith("{") else None
    except (ValueError, RecursionError):
        return {}
    return record if isinstance(record, dict) and is_event_table(list(record)) else {}


def _head_records(text: str) -> Iterator[Mapping[str, str]]:
    """Give the first records of the first lists of objects that have any, as far as they are whole."""
    decoder = json.JSONDecoder()
    for begin in list(_LIST_OF_OBJECTS.finditer(text))[:_MOST_PLACES]:
        place = begin.end()
        for _ in range(_HEAD_RECORDS):
            try:
                record, place = decoder.raw_decode(text, place)
            except (ValueError, RecursionError):
                break
            if isinstance(record, dict):
                yield NestedCells({key: str(value) for key, value in record.items()})
            following = re.compile(r"\s*,\s*").match(text, place)
            if following is None:
                break
            place = following.end()


def _keyed_records(text: str) -> Iterator[Mapping[str, str]]:
    """Give the first events that stand in an object, each under its id or its date, as far as they are whole."""
    decoder = json.JSONDecoder()
    for begin in list(_OBJECT_UNDER_KEY.finditer(text))[:_MOST_PLACES]:
        try:
            record, _ = decoder.raw_decode(text, begin.end())
        except (ValueError, RecursionError):
            continue
        name = name_of_keys([begin[1]], list(record))
        if name:
            yield {name: begin[1], **{key: str(value) for key, value in record.items()}}


READER = text_reader(
    name="json",
    endings=_ENDINGS,
    description="Lists of events as JSON of whatever shape, or as data of a script",
    recognised_by="a list of objects in JSON whose keys name a title and a date",
    score=score,
    stream=_stream,
    decoder=decoder,
    options=(MAP_OPTION,),
    table=_open_table,
)
