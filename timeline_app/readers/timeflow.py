"""Read the `.time` files of TimeFlow, the timeline of Flowing Media for reporters, of 2010.

A header, each line of which begins with #TIMEFLOW, names the source and a description, then each field with its type
(Text, Number, Date/Time, List, URL), then by aliases which field is the start, the end, the label, the track, the
colour and the size. Below it stands a table between tabs, whose own header may have the fields in another order. What
the header says of types counts: lists are joined by commas. The description may span lines in quotation marks.

The label is the title. Four bounds are possible, since TimeFlow took them over from SIMILE: TIMEFLOW_LATEST_START and
TIMEFLOW_EARLIEST_END beside start and end. The program writes a date as exactly as it is known, “Apr 23 2010 18:00:00”,
“Apr 20 2010”, “Jun 2010”, “2004”; in “4/20/2010” it reads the month first. The track is the type where it is one text,
and tags where it is a list. Other fields are told from their names, as those of tables are: actors, tags, description,
place, source; every URL is a source. What is left is kept. A number that is an id loses its “.0”.

A file of 16 MB or more is read row by row. Written by TimeFlow's own reader and writer, and by its examples of the oil
spill of 2010 and the life of Monet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from itertools import islice
from types import MappingProxyType

from timeline_app.core.batches import Decoder
from timeline_app.core.dataset import Dataset
from timeline_app.core.errors import WhenError
from timeline_app.core.event import ActorRef, Event, Origin
from timeline_app.readers.collector import garbage_collection_paused
from timeline_app.readers.day_order import DayOrder
from timeline_app.readers.delimited import column_names
from timeline_app.readers.event_columns import known_fields
from timeline_app.readers.file_stream import FileStream
from timeline_app.readers.foreign_record import Draft, finished_dataset, title_of
from timeline_app.readers.line_file import LineFile
from timeline_app.readers.location import location_of
from timeline_app.readers.placed_cells import PlacedRow, filled_rows, placed_row, placed_rows, placed_table
from timeline_app.readers.plain_words import plain_words
from timeline_app.readers.problem_log import ProblemLog
from timeline_app.readers.record_reader import record_reader
from timeline_app.readers.row_texts import row_records
from timeline_app.readers.simile_dates import BOUNDS, Read, bounded
from timeline_app.readers.single_records import DraftOf, SingleDecoder, SingleRecord, single_batches
from timeline_app.readers.source_book import SourceBook, distinct_sources
from timeline_app.readers.source_file import MEGABYTE, SourceFile
from timeline_app.readers.source_text import SourceText, decode_text
from timeline_app.readers.tree import TextNode
from timeline_app.readers.written_dates import edtf_of

_NAME = "timeflow"
_COLUMNS = "columns"
_LONGEST_HEADER = MEGABYTE
_MARK = "#TIMEFLOW"
_TAB, _COMMA = "\t", ","
_END_OF_HEADER = "==="
_LINE_END = re.compile(r"\r\n?|\n|\Z")
_LIST, _URL, _DATE, _TEXT = "List", "URL", "Date/Time", "Text"
# What the program writes where nothing was said.
_UNSAID = frozenset({"[source unspecified]", "[unknown]"})
_ALIASES = {
    "TIMEFLOW_START": "start",
    "TIMEFLOW_LATEST_START": "latestStart",
    "TIMEFLOW_EARLIEST_END": "earliestEnd",
    "TIMEFLOW_END": "end",
    "TIMEFLOW_LABEL": "title",
    "TIMEFLOW_TRACK": "track",
}
_FIELDS = frozenset({"id", "actors", "tags", "summary", "place", "lat", "lon", "source", "url"})
_WHOLE = re.compile(r"(-?\d{1,15})\.0+", re.ASCII)


@dataclass(frozen=True, slots=True)
class _Header:
    """What the header says: the type of each field, the field of each role, and where the table begins."""

    types: Mapping[str, str]
    roles: Mapping[str, str]
    source: str = ""
    description: str = ""
    end: int = 0

    @property
    def extra(self) -> dict[str, object]:
        """What is kept with the timeline."""
        return {"source": self.source} if self.source else {}

    def list_of(self, role: str, cell: str) -> tuple[str, ...]:
        """Return the values of a cell, several where its field is a list."""
        parts = cell.split(_COMMA) if self.types.get(self.roles.get(role, "")) == _LIST else [cell]
        return tuple(dict.fromkeys(filter(None, map(str.strip, parts))))


def score(head: bytes, name: str) -> float:
    """Tell how likely a file is of TimeFlow, from its first line."""
    del name
    return 0.95 if head.removeprefix(b"\xef\xbb\xbf").startswith(f"{_MARK}{_TAB}".encode()) else 0.0


def read_timeflow(source: SourceFile, mapping: Mapping[str, str]) -> Dataset:
    """Read a timeline; its fields are named by its header, so `mapping` is empty.

    Raises ReadError when the header does not end, or names neither a start nor a label.
    """
    del mapping
    text = decode_text(source)
    problems = ProblemLog(text)
    with garbage_collection_paused():
        header = _header(text)
        _, rows = placed_table(text.text, _TAB, header.end)
        reader = _RowReader(header, problems, source.path.name)
        drafts = [reader.draft(row, number) for number, row in enumerate(rows, start=1)]
    return finished_dataset(
        source,
        _NAME,
        drafts,
        [row.offset for row in rows],
        problems,
        summary=header.description,
        sources=reader.book.by_key,
        extra=header.extra,
    )


def _stream(file: LineFile, mapping: Mapping[str, str]) -> FileStream:
    """Open a large file; raises ReadError as `read_timeflow` does."""
    del mapping
    header = _header(SourceText(_beginning(file), file.name))
    columns = next((column_names([cell.text for cell in row]) for row, _ in _rows(file)), ())
    layout = {**asdict(header), _COLUMNS: list(columns), "summary": header.description, "extra": header.extra}
    return FileStream(
        file.path.stem,
        MappingProxyType(layout),
        file.total_bytes,
        lambda: single_batches(
            (record for _, record in islice(_rows(file), 1, None)),
            file.name,
            file.path.name,
            _drafts_of(header, columns),
        ),
    )


def _decoder(layout: Mapping[str, object]) -> Decoder:
    """Return what makes events of single rows."""
    types, roles, columns = layout["types"], layout["roles"], layout[_COLUMNS]
    if not (isinstance(types, Mapping) and isinstance(roles, Mapping) and isinstance(columns, Sequence)):
        raise TypeError("the layout of rows names their columns")
    return SingleDecoder(_drafts_of(_Header(types, roles), tuple(map(str, columns))))


def _drafts_of(header: _Header, columns: Sequence[str]) -> DraftOf:
    """Return what makes an event of the text of a row."""

    def draft(_beside: Mapping[str, str], number: int, problems: ProblemLog) -> Draft | None:
        rows = filled_rows(problems.source.text, _TAB)
        return _RowReader(header, problems, "").draft(placed_row(rows[0], columns), number) if rows else None

    return draft


def _rows(file: LineFile) -> Iterator[tuple[list[TextNode], SingleRecord]]:
    """Give the rows of the table below the header that say something, that of its columns first."""
    is_header = True
    for row, record in row_records(file, _TAB):
        if not is_header:
            yield row, record
        elif row[0].text.strip() == _MARK and len(row) > 1 and row[1].text.strip().startswith(_END_OF_HEADER):
            is_header = False


def _beginning(file: LineFile) -> str:
    """Return the text of a file as far as its header may go."""
    text = ""
    with closing(file.texts()) as pieces:
        for piece, _ in pieces:
            text += piece
            if len(text) > _LONGEST_HEADER:
                break
    return text


class _RowReader:
    """Reads the rows of one file."""

    def __init__(self, header: _Header, problems: ProblemLog, file_name: str) -> None:
        self.book = SourceBook()
        self._problems = problems
        self._header = header
        self._file_name = file_name

    def draft(self, row: PlacedRow, number: int) -> Draft | None:
        """Return the event of a row; why there is none is told."""
        problems = self._problems
        cells = {role: row.cells[name] for role, name in self._header.roles.items() if name in row.cells}
        words = {role: cell.text.strip() for role, cell in cells.items()}
        if row.fault:
            problems.error(f"{row.fault}; it is left out", row.offset)
            return None
        title = title_of(words.get("title", ""), plain_words(words.get("summary", "")).text)
        if not title:
            problems.error("label: expected a text; found nothing; the event is left out", row.offset)
            return None
        found = self._when(cells, row.offset)
        if found is None:
            return None
        event = self._event(row, words, title, found, number)
        id_cell = cells.get("id")
        written_id = _WHOLE.sub(r"\1", words.get("id", ""))
        return Draft(event, written_id, id_cell.offset if id_cell is not None else row.offset)

    def _event(self, row: PlacedRow, words: Mapping[str, str], title: str, found: Read, number: int) -> Event:
        """Return the event of a row, of which the words in each role are known."""
        header = self._header
        summary = plain_words(words.get("summary", ""))
        tracks, tags = header.list_of("track", words.get("track", "")), header.list_of("tags", words.get("tags", ""))
        is_list = header.types.get(header.roles.get("track", "")) == _LIST
        location = location_of(words.get("lat", ""), words.get("lon", ""))
        first, *others = (*self._addresses(row.cells), *summary.addresses, "")
        named = self.book.add(publisher=words.get("source", ""), url=first)
        return Event(
            id="",
            title=title,
            when=found.when,
            type="" if is_list else words.get("track", ""),
            actors=tuple(ActorRef(name, "", name) for name in header.list_of("actors", words.get("actors", ""))),
            place=words.get("place", ""),
            location=location,
            summary=summary.text if summary.text != title else "",
            tags=tuple(dict.fromkeys((*(tracks if is_list else ()), *tags))),
            own_sources=distinct_sources(named, *self.book.add_addresses(filter(None, others))),
            origin=Origin(self._file_name, self._problems.source.line(row.offset), number),
            extra=self._extra(row.cells, found, is_placed=location is not None),
        )

    def _when(self, cells: Mapping[str, TextNode], offset: int) -> Read | None:
        """Return the date of the bounds that there are; what is wrong with one is told, without a start the event."""
        texts: dict[str, str] = {}
        faults: dict[str, str] = {}
        for name in BOUNDS:
            cell = cells.get(name)
            if cell is None:
                continue
            try:
                texts[name] = edtf_of(cell.text, DayOrder.MDY)
            except WhenError as error:
                faults[name] = str(error)
        if "start" not in texts:
            fault = faults.get("start", "expected a date; found nothing")
            place = cells["start"].offset if "start" in cells else offset
            self._problems.error(f"start: {fault}; the event is left out", place)
            return None
        try:
            found = bounded(texts, faults)
        except WhenError as error:
            self._problems.error(f"start: {error}; the event is left out", cells["start"].offset)
            return None
        for name, fault in found.left_out.items():
            self._problems.warning(f"{name}: {fault}; left out", cells[name].offset)
        return found

    def _addresses(self, cells: Mapping[str, TextNode]) -> tuple[str, ...]:
        """Return what stands in fields that are addresses."""
        roles = {self._header.roles.get("url")} | {name for name, kind in self._header.types.items() if kind == _URL}
        found = (cell.text.strip() for name, cell in cells.items() if name in roles)
        return tuple(dict.fromkeys(filter(None, found)))

    def _extra(self, cells: Mapping[str, TextNode], found: Read, *, is_placed: bool) -> dict[str, object]:
        header = self._header
        taken = {name for role, name in header.roles.items() if role not in found.left_out}
        taken |= {name for name, kind in header.types.items() if kind == _URL}
        if not is_placed:
            taken -= {header.roles.get("lat", ""), header.roles.get("lon", "")}
        return {name: cell.text for name, cell in cells.items() if name not in taken}


def _header(text: SourceText) -> _Header:
    """Return what the header says; raises ReadError when it does not end, or nothing is said of a date or a title."""
    types: dict[str, str] = {}
    aliases: dict[str, str] = {}
    told: dict[str, str] = {}
    for row in placed_rows(text.text, _TAB):
        first, *words = [cell.text.strip() for cell in row]
        if first != _MARK:
            raise text.error(f"expected the header of TimeFlow, lines that begin with {_MARK}", row[0].offset)
        kind, *values = words or [""]
        if kind.startswith(_END_OF_HEADER):
            end = _LINE_END.search(text.text, row[-1].offset)
            return _named(types, aliases, told, end.end() if end is not None else len(text.text), text)
        if kind == "field" and len(values) > 1:
            types[values[0]] = values[1]
        elif kind == "alias" and len(values) > 1:
            aliases[values[0]] = values[1]
        elif values:
            told.setdefault(kind, values[0])
    raise text.error(f"expected the end of the header, {_MARK} and {_END_OF_HEADER}; found none", len(text.text))


def _named(
    types: Mapping[str, str], aliases: Mapping[str, str], told: Mapping[str, str], end: int, text: SourceText
) -> _Header:
    roles = {role: aliases[alias] for alias, role in _ALIASES.items() if alias in aliases}
    for role, kind in (("start", _DATE), ("title", _TEXT)):
        if roles.get(role) not in types:
            found = _first_of(types, kind, set(roles.values()))
            if not found:
                raise text.error(f"expected a field of the type {kind} for the {role}; found none", 0)
            roles[role] = found
    names = [name for name in types if name not in roles.values()]
    roles |= {field: name for field, name in known_fields(names).items() if field in _FIELDS}
    source = told.get("source", "")
    return _Header(types, roles, "" if source in _UNSAID else source, told.get("description", ""), end)


def _first_of(types: Mapping[str, str], kind: str, taken: set[str]) -> str:
    candidates: Sequence[str] = [name for name, own in types.items() if own == kind and name not in taken]
    return candidates[0] if candidates else ""


READER = record_reader(
    name=_NAME,
    endings=(".time",),
    description="Timelines of TimeFlow",
    recognised_by=f"the header of TimeFlow, {_MARK}",
    score=score,
    whole=read_timeflow,
    stream=_stream,
    decoder=_decoder,
)
