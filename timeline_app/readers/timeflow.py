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

Written by TimeFlow's own reader and writer, and by its examples of the oil spill of 2010 and the life of Monet.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from timeline_app.core.dataset import Dataset
from timeline_app.core.errors import WhenError
from timeline_app.core.event import ActorRef, Event, Origin
from timeline_app.readers.collector import garbage_collection_paused
from timeline_app.readers.day_order import DayOrder
from timeline_app.readers.event_columns import known_fields
from timeline_app.readers.foreign_record import Draft, finished_dataset, title_of
from timeline_app.readers.location import location_of
from timeline_app.readers.placed_cells import PlacedRow, placed_rows, placed_table
from timeline_app.readers.plain_words import plain_words
from timeline_app.readers.problem_log import ProblemLog
from timeline_app.readers.reader import Reader
from timeline_app.readers.simile_dates import BOUNDS, Read, bounded
from timeline_app.readers.source_book import SourceBook, distinct_sources
from timeline_app.readers.source_file import MEGABYTE, SourceFile
from timeline_app.readers.source_text import SourceText, decode_text
from timeline_app.readers.tree import TextNode
from timeline_app.readers.written_dates import edtf_of

_NAME = "timeflow"
_LARGEST_BYTES = 24 * MEGABYTE
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
    source: str
    description: str
    end: int

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
    with garbage_collection_paused():
        return _Timeline(text, source).read()


class _Timeline:
    """Reads one file."""

    def __init__(self, text: SourceText, source: SourceFile) -> None:
        self._text = text
        self._source = source
        self._problems = ProblemLog(text)
        self._book = SourceBook()
        self._header = _header(text)

    def read(self) -> Dataset:
        """Return the events of the file."""
        _, rows = placed_table(self._text.text, _TAB, self._header.end)
        drafts = [self._draft(row, number) for number, row in enumerate(rows, start=1)]
        told = self._header.source
        self._book.add(title=told)
        return finished_dataset(
            self._source,
            _NAME,
            drafts,
            [row.offset for row in rows],
            self._problems,
            summary=self._header.description,
            sources=self._book.by_key,
        )

    def _draft(self, row: PlacedRow, number: int) -> Draft | None:
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
        named = self._book.add(publisher=words.get("source", ""), url=first)
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
            own_sources=distinct_sources(named, *self._book.add_addresses(filter(None, others))),
            origin=Origin(self._source.path.name, self._text.line(row.offset), number),
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


READER = Reader(
    name=_NAME,
    endings=(".time",),
    description="Timelines of TimeFlow",
    recognised_by=f"the header of TimeFlow, {_MARK}",
    score=score,
    read=read_timeflow,
    largest_bytes=_LARGEST_BYTES,
)
