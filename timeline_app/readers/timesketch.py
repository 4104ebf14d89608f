"""Read timelines of Timesketch, Google's program for forensic timelines: CSV, or one JSON object a line.

A record has a message, what its time is the time of (timestamp_desc), and that time: datetime in ISO 8601, or timestamp
in microseconds since 1970. All other columns are the investigator's own and are kept. Plaso writes such tables, and so
do scripts of every kind: datetime may have a space before the time, no colon in the zone, or hold a number like
timestamp; timestamp may count seconds or milliseconds. Where there is a datetime it counts; where timestamp says
another time, that is told, as is a datetime without a zone, which is read as a local time. 1601-01-01 and 1970-01-01 at
midnight are the zeros of the clocks of Windows and Unix: the events stand there, and it is told that the time is likely
not known.

The message is the title, cut where it is long and whole in the summary. timestamp_desc is the type, tag the tags,
which exports to CSV write as a list of Python, ['one', 'two'], and so are labels. The file or place that a record was
taken from (display_name, filename) is its source, with what kind it is (source_long, source, source_short) as its
publisher.

Tried on Timesketch's own test files.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from types import MappingProxyType

from timeline_app.core.arrays import Int64Array
from timeline_app.core.batches import Decoder
from timeline_app.core.errors import WhenError
from timeline_app.core.event import Event, Source
from timeline_app.core.when import parse
from timeline_app.readers.blank_cells import filled
from timeline_app.readers.cell_decoder import CellDecoder
from timeline_app.readers.coded_columns import known_columns
from timeline_app.readers.coded_rules import Cells, EventRules, Rule, RuledFields, others, stripped
from timeline_app.readers.coded_table import CodedTable, always
from timeline_app.readers.columns import EventFields
from timeline_app.readers.delimited import TableShape
from timeline_app.readers.event_cells import tags_of
from timeline_app.readers.file_stream import FileStream
from timeline_app.readers.json_lines import first_records, json_line_batches, keys_of, record_cells, some_records
from timeline_app.readers.line_file import LineFile
from timeline_app.readers.script_dates import date_of_milliseconds
from timeline_app.readers.table_cells import ParsedCells
from timeline_app.readers.text_reader import text_reader
from timeline_app.readers.tree import shortened

_TITLE = "Timesketch timeline"
_LONGEST_TITLE = 200
_COLUMNS = ("message", "datetime", "timestamp", "timestamp_desc", "tag")
_OWN_LABELS = "__ts_"
_MESSAGE, _TIME_OF = "message", "timestamp_desc"
_TIMES = ("datetime", "timestamp")

_CLOCK = r"\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?"
_WRITTEN = re.compile(rf"(\d{{4}}-\d\d-\d\d)[T ]({_CLOCK})(?: ?(Z|UTC|[+-]\d\d(?::?\d\d)?))?", re.ASCII)
_NUMBER = re.compile(r"(-?\d{1,17})(?:\.0*)?", re.ASCII)
# What a number counts, by its digits: seconds until the year 2286, and so on. Anything else is microseconds.
_A_MILLISECOND = {10: 1_000, 13: 1}
_MICROSECONDS = 1_000
_ZEROS = {"1601-01-01T00:00:00Z": "Windows", "1970-01-01T00:00:00Z": "Unix"}
_SAME_S = 1

_EXPECTED = "expected a time in ISO 8601, or a number of microseconds since 1970"
_NO_TIME = f"datetime: {_EXPECTED}; found nothing"
_NO_MESSAGE = "message: expected a text; found nothing"
_LOCAL = "datetime has no zone; read as a local time, where Timesketch takes it for UTC"
_OTHER_TIME = "timestamp and datetime say different times; datetime counts"


def _shape(delimiter: str, rows: Sequence[Sequence[str]]) -> TableShape | None:
    """Return the shape of a table of Timesketch, None for any other."""
    columns = known_columns(rows[0], _COLUMNS)
    return TableShape(delimiter, columns) if _are_columns(columns) else None


def _tags(cell: str, label: str) -> tuple[str, ...]:
    """Return the tags of a record, and its labels but those by which Timesketch keeps stars and comments."""
    labels = (one for one in _listed(label) if not one.startswith(_OWN_LABELS))
    return tuple(dict.fromkeys((*_listed(cell), *labels)))


def _listed(cell: str) -> tuple[str, ...]:
    text = filled(cell).strip()
    if text.startswith("["):
        return tags_of(text)
    # At commas Timesketch takes them apart.
    return tags_of(text.replace(",", ";"))


def _are_columns(names: Sequence[str]) -> bool:
    return {_MESSAGE, _TIME_OF} <= set(names) and not set(_TIMES).isdisjoint(names)


def score(head: bytes, name: str) -> float:
    """Tell how likely a file is of Timesketch, from the columns or the keys of its first records."""
    return TABLE.score(head, name) or (1.0 if _has_keys(head) else 0.0)


def decoder(layout: Mapping[str, object]) -> Decoder:
    """Return what makes whole events of the records of a file with this layout."""
    if "delimiter" in layout:
        return TABLE.decoder(layout)
    return CellDecoder(record_cells, _RULES.event, _RULES.title.of)


def _stream(file: LineFile, mapping: Mapping[str, str]) -> FileStream:
    """Open a file of either form; raises ReadError when it is neither. Its columns have fixed names."""
    if not _has_keys(file.head) and _starts_with_no_object(file.head):
        return TABLE.stream(file, mapping)
    some_records(file)
    fields_of = partial(_fields_of_records, RuledFields(_RULES))
    return FileStream(_TITLE, MappingProxyType({}), file.total_bytes, partial(json_line_batches, file, fields_of))


def _has_keys(head: bytes) -> bool:
    """Tell whether the first lines are objects with the keys of Timesketch."""
    if _starts_with_no_object(head):
        return False
    records = first_records(head)
    found = [record for record in records if record is not None]
    return 2 * len(found) > len(records) and _are_columns(keys_of(found))


def _starts_with_no_object(head: bytes) -> bool:
    return not head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")


def _fields_of_records(fields: RuledFields, records: Sequence[Cells], numbers: Int64Array) -> EventFields:
    names = fields.columns
    return fields(ParsedCells(names, [[record.get(name, "") for name in names] for record in records]), numbers)


def _title(message: str) -> str:
    return shortened(" ".join(message.split()), _LONGEST_TITLE)


@lru_cache(maxsize=4096)
def _time(datetime: str, timestamp: str) -> str:
    """Return the time of a record in EDTF; what is none is returned as it stands, for its reader to refuse."""
    written = datetime.strip()
    if not written:
        return _of_number(timestamp.strip())
    match = _WRITTEN.fullmatch(written)
    if match is None:
        return _of_number(written)
    day, clock, zone = match.groups()
    if zone in {None, "Z", "UTC"}:
        return f"{day}T{clock}{'Z' if zone else ''}"
    return f"{day}T{clock}{zone[:3]}:{zone[3:].removeprefix(':') or '00'}"


def _of_number(text: str) -> str:
    match = _NUMBER.fullmatch(text)
    if match is None:
        return text
    factor = _A_MILLISECOND.get(len(match[1].lstrip("-")))
    since_1970_ms = int(match[1]) * factor if factor else int(match[1]) // _MICROSECONDS
    return date_of_milliseconds(since_1970_ms).text


def _remark(datetime: str, timestamp: str) -> str:
    text = _time(datetime, timestamp)
    clock = _ZEROS.get(text.replace("+00:00", "Z").partition(".")[0].removesuffix("Z") + "Z")
    if clock is not None:
        return f"the time is the zero of the clock of {clock}: likely it is not known"
    written = _WRITTEN.fullmatch(datetime.strip())
    if written is None:
        return ""
    if written[3] is None:
        return _LOCAL
    return _OTHER_TIME if timestamp.strip() and not _is_same(text, _of_number(timestamp.strip())) else ""


def _is_same(time: str, other: str) -> bool:
    """Tell whether two times are the same to a second; what is no time is not compared."""
    try:
        return abs(parse(time).start_earliest_s - parse(other).start_earliest_s) <= _SAME_S
    except WhenError:
        return True


def _fault(message: str, datetime: str, timestamp: str) -> str:
    if not message.strip():
        return _NO_MESSAGE
    written = datetime.strip() or timestamp.strip()
    if not written:
        return _NO_TIME
    if _WRITTEN.fullmatch(written) or _NUMBER.fullmatch(written) or _is_date(written):
        return ""
    return f'{"datetime" if datetime.strip() else "timestamp"}: {_EXPECTED}; found "{shortened(written)}"'


def _is_date(written: str) -> bool:
    """Tell whether a text is a date without a time."""
    try:
        parse(written)
    except WhenError:
        return False
    return True


_SOURCE_COLUMNS = ("display_name", "filename", "source_long", "source", "source_short")


def _sources(shown: str, file: str, *kinds: str) -> tuple[Source, ...]:
    """Return what a record was taken from, and what kind of thing that is."""
    title = shown.strip() or file.strip()
    kind = next(filter(None, map(str.strip, kinds)), "")
    return (Source(title or kind, title=title, publisher=kind),) if title or kind else ()


def _finish(event: Event, cells: Cells) -> Event:
    cell = stripped(cells)
    taken = {_MESSAGE, "datetime", _TIME_OF, "tag", "display_name"}
    if not any(one.startswith(_OWN_LABELS) for one in _listed(cell("label"))):
        taken.add("label")
    if not cell("display_name"):
        taken.add("filename")
    if not cell("datetime"):
        taken.add("timestamp")
    taken.add(next((name for name in _SOURCE_COLUMNS[2:] if cell(name)), _MESSAGE))
    message = cell(_MESSAGE)
    return replace(event, summary="" if message == event.title else message, extra=others(cells, frozenset(taken)))


_RULES = EventRules(
    id=Rule((), str),
    title=Rule((_MESSAGE,), _title),
    when=Rule(_TIMES, _time),
    type=Rule((_TIME_OF,), lambda cell: cell.strip().lower()),
    place=Rule((), str),
    actors=Rule((), tuple),
    sources=Rule(_SOURCE_COLUMNS, _sources),
    tags=Rule(("tag", "label"), _tags),
    fault=Rule((_MESSAGE, *_TIMES), _fault),
    remark=Rule(_TIMES, _remark),
    finish=_finish,
)


TABLE = CodedTable(
    name="timesketch",
    endings=(".csv", ".jsonl"),
    description="Forensic timelines of Timesketch, as CSV or JSON Lines",
    recognised_by="the columns message, timestamp_desc and datetime or timestamp of Timesketch",
    title=_TITLE,
    summary="",
    shape_of=_shape,
    rules_of=always(_RULES),
    whole_numbers=frozenset({"timestamp"}),
)
READER = text_reader(
    name=TABLE.name,
    endings=TABLE.endings,
    description=TABLE.description,
    recognised_by=TABLE.recognised_by,
    score=score,
    stream=_stream,
    decoder=decoder,
)
