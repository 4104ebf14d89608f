"""Read Markwhen: timelines as plain text, `.mw`, first as cascade.page in 2022.

A line `date: words` is an event, what follows it its description, after properties `key: value`. Sections and groups
hold events, and so, later, do headings of Markdown. What stands before the first event is the header; `dateFormat:
d/M/y` in it turns 12/7/1941 round. Quirks: `#tag` anywhere is a tag, but not of digits alone; `// ` is a comment; `!id`
and the property `id` name an event that others hang on; a year of four digits and a colon begins an event wherever it
stands. Times of day without a zone are taken as local ones, whatever `timezone` says. `match: possible` and the tag of
that name, as this program writes them, tell of a filter that no longer is, and are passed over. Tried on the examples
of the format's documentation and on a retelling of Tom Sawyer in 14 events.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from timeline_app.core.dataset import Dataset
from timeline_app.core.errors import WhenError
from timeline_app.core.event import Basis, Event, Link, Origin
from timeline_app.core.when import When
from timeline_app.readers.edtf_beside import date_beside
from timeline_app.readers.foreign_record import Draft, finished_dataset
from timeline_app.readers.markwhen_dates import Period, read_period
from timeline_app.readers.markwhen_sides import DatedLine, dated_line, is_dated_by_itself, looks_dated
from timeline_app.readers.markwhen_words import ID, TAG, words_of
from timeline_app.readers.match_beside import MATCH, POSSIBLE, is_possible
from timeline_app.readers.native_ids import WantedId, distinct_ids
from timeline_app.readers.plain_words import plain_words
from timeline_app.readers.problem_log import ProblemLog
from timeline_app.readers.reader import Reader
from timeline_app.readers.source_book import SourceBook, distinct_sources
from timeline_app.readers.source_file import MEGABYTE, SourceFile
from timeline_app.readers.source_text import SourceText, decode_text

_NAME = "markwhen"
_ENDINGS = (".mw", ".markwhen")
_LARGEST_BYTES = 24 * MEGABYTE
_MOST_LINES_LOOKED_AT = 60
# So many of each stay below half a gigabyte.
_MOST_EVENTS, _MOST_LINES = 160_000, 1_000_000

_LINE = re.compile(r"([^\r\n]*)(?:\r\n?|\n|$)")
_COMMENT = re.compile(r"(?:^|\s)//(?:\s.*|$)")
_GROUP = re.compile(r"\s*(section|group)(?:\s+(.*))?", re.IGNORECASE)
_GROUP_END = re.compile(r"\s*(endSection|endGroup|end\s+section|end\s+group)\s*", re.IGNORECASE)
_HEADING = re.compile(r"(#{1,6})\s+(.*)")
_NAMED = re.compile(r"!([\w-]+)")
_PAGE = "_-_-_break_-_-_"
_PROPERTY = re.compile(r"\s*([A-Za-z][\w .-]{0,40}?)\s*:(?:\s+(.*)|$)")
_DAY_FIRST = re.compile(r"\s*dateFormat\s*:\s*[\"']?d", re.IGNORECASE)
_MARKS = re.compile(
    rb"(?:^|[\r\n])[ \t]*(?:section\b|group\b|endSection\b|title[ \t]*:|dateFormat[ \t]*:|#\w+[ \t]*:)", re.IGNORECASE
)
_MACHINE = re.compile(r"\s*[\[{<\"']")


@dataclass(slots=True)
class _Record:
    """An event as it stands in the file: its date, its lines, and the groups that it is in."""

    line: DatedLine | None
    written: str
    offset: int
    groups: tuple[str, ...]
    tags: tuple[str, ...]
    day_first: bool
    properties: dict[str, str] = field(default_factory=dict)
    text: list[str] = field(default_factory=list)
    id: str = ""


@dataclass(slots=True)
class _Document:
    """What a file says: its header, its events, and what stands in groups outside of events."""

    records: list[_Record] = field(default_factory=list)
    header: list[str] = field(default_factory=list)
    between: dict[str, list[str]] = field(default_factory=dict)


def score(head: bytes, name: str) -> float:
    """Tell how likely a file is Markwhen: by how many of its first lines begin with a date and a colon."""
    if _MACHINE.match(head[:200].decode("utf-8", "replace").removeprefix("\ufeff")):
        return 0.0
    lines = head.decode("utf-8", "replace").splitlines()[:_MOST_LINES_LOOKED_AT]
    dated = sum(map(is_dated_by_itself, lines))
    has_ending = name.lower().endswith(_ENDINGS)
    if not dated:
        return 0.0
    if dated > 1 and (_MARKS.search(head) or has_ending):
        return 0.9
    return 0.5 if dated * 5 >= len([line for line in lines if line.strip()]) or has_ending else 0.0


def read_markwhen(source: SourceFile, mapping: Mapping[str, str]) -> Dataset:
    """Read a whole file; raises ReadError when it is no text in UTF-8."""
    del mapping
    text = decode_text(source)
    problems = ProblemLog(text)
    document = _Reading().document(text)
    records = document.records
    wanted = [WantedId(one.id, words_of(one.line.words).text if one.line else "", one.offset) for one in records]
    ids = distinct_ids(wanted, problems)
    maker = _EventMaker(problems, source.path.name)
    made = (
        maker.event(record, own_id, number) for number, (record, own_id) in enumerate(zip(records, ids, strict=True), 1)
    )
    events = tuple(event for event in made if event is not None)
    header = "\n".join(document.header).strip()
    return finished_dataset(
        source,
        _NAME,
        [Draft(event, event.id) for event in events],
        [one.offset for one in records],
        problems,
        title=_header_value(document.header, "title"),
        summary=_header_value(document.header, "description"),
        sources=maker.book.by_key,
        extra=({"header": header} if header else {}) | _between(document),
    )


def _between(document: _Document) -> dict[str, object]:
    """Return what stands in groups outside of events, by the name of the group."""
    return {"groups": {name: "\n".join(lines) for name, lines in document.between.items()}} if document.between else {}


class _Reading:
    """Goes through the lines of a file."""

    def __init__(self) -> None:
        self._document = _Document()
        self._groups: list[tuple[str, str, int, tuple[str, ...]]] = []
        self._record: _Record | None = None
        self._in_header = True
        self._in_properties = False
        self._day_first = False

    def document(self, text: SourceText) -> _Document:
        """Return what the whole file says; raises ReadError for too many lines or events."""
        for number, (line, offset) in enumerate(_lines(text.text)):
            if number == _MOST_LINES:
                raise text.error(f"more than {_MOST_LINES:,} lines; expected a timeline written by hand", offset)
            self._take(_COMMENT.sub("", line), offset)
            if len(self._document.records) > _MOST_EVENTS:
                raise text.error(f"more than {_MOST_EVENTS:,} events; expected a timeline written by hand", offset)
        return self._document

    def _take(self, line: str, offset: int) -> None:
        dated = dated_line(line)
        if dated is not None or (looks_dated(line) and not self._in_header):
            self._begin(dated, line, offset)
        elif line.strip() == _PAGE:
            self._groups.clear()
            self._record, self._in_header = None, True
        elif not self._takes_group(line):
            self._take_text(line)

    def _begin(self, dated: DatedLine | None, line: str, offset: int) -> None:
        names = tuple(name for _, name, _, _ in self._groups if name)
        tags = tuple(tag for *_, tags in self._groups for tag in tags)
        begin = offset + len(line) - len(line.lstrip())
        self._record = _Record(dated, line.strip(), begin, names, tags, self._day_first)
        if dated is not None and (own := ID.search(dated.words)):
            self._record.id = own[1]
        self._document.records.append(self._record)
        self._in_header, self._in_properties = False, True

    def _takes_group(self, line: str) -> bool:
        """Begin or end a group or a section, if the line does that."""
        if _GROUP_END.fullmatch(line):
            if self._groups:
                self._groups.pop()
        elif match := _GROUP.fullmatch(line):
            kind = match[1].lower()
            if kind == "group":
                # A group ends where the next one begins, a section may hold others.
                while self._groups and self._groups[-1][0] == "group":
                    self._groups.pop()
            else:
                self._groups.clear()
            self._open(kind, match[2] or "", 0)
        elif match := _HEADING.fullmatch(line):
            level = len(match[1])
            while self._groups and (self._groups[-1][0] != "heading" or self._groups[-1][2] >= level):
                self._groups.pop()
            self._open("heading", match[2], level)
        else:
            return False
        self._record, self._in_header = None, False
        return True

    def _open(self, kind: str, written: str, level: int) -> None:
        tags = tuple(TAG.findall(written))
        self._groups.append((kind, words_of(written).text, level, tags))

    def _take_text(self, line: str) -> None:
        """Take a line of the header, of an event, or of a group."""
        record = self._record
        if self._in_header:
            self._document.header.append(line)
            self._day_first = self._day_first or _DAY_FIRST.match(line) is not None
        elif record is None:
            if line.strip():
                name = self._groups[-1][1] if self._groups else ""
                self._document.between.setdefault(name, []).append(line.strip())
        elif self._in_properties and (match := _PROPERTY.fullmatch(line)):
            record.properties.setdefault(match[1], match[2] or "")
            if match[1].lower() == "id" and match[2]:
                record.id = match[2].strip()
        else:
            self._in_properties = False
            record.text.append(line)


def _lines(text: str) -> Iterator[tuple[str, int]]:
    position = 0
    while position < len(text):
        match = _LINE.match(text, position)
        if match is None:
            return
        yield match[1], position
        position = match.end()


class _EventMaker:
    """Makes events of the records of one file, in their order: each may hang on one before it."""

    def __init__(self, problems: ProblemLog, file_name: str) -> None:
        self.book = SourceBook()
        self._problems = problems
        self._file_name = file_name
        self._period_by_id: dict[str, Period] = {}
        self._event_id_by_id: dict[str, str] = {}
        self._previous: Period | None = None

    def event(self, record: _Record, own_id: str, number: int) -> Event | None:
        """Return one event; None when its date cannot be read or it has no words."""
        period = self._period(record)
        if period is None:
            return None
        self._previous = period
        if record.id:
            self._period_by_id[record.id] = period
        event = self._described(record, own_id, period, number)
        if event is not None:
            self._event_id_by_id.setdefault(record.id, own_id)
        return event

    def _period(self, record: _Record) -> Period | None:
        """Return when an event is; one whose date cannot be read is reported."""
        written = record.written if record.line is None else record.line.date
        try:
            period = read_period(written, day_first=record.day_first, ids=self._period_by_id, previous=self._previous)
        except WhenError as error:
            self._problems.error(f"{error}; the event is left out", record.offset)
            return None
        if period.note:
            self._problems.note(period.note, record.offset)
        return period

    def _described(self, record: _Record, own_id: str, period: Period, number: int) -> Event | None:
        first = words_of("" if record.line is None else record.line.words)
        rest = words_of("\n".join(record.text))
        title, text = first.text, rest.text
        if not title:
            # `2024:` alone on its line has its words below.
            title, _, text = (part.strip() for part in text.partition("\n"))
        if not title:
            message = "expected words behind the date; found nothing; the event is left out"
            self._problems.error(message, record.offset)
            return None
        inner, *outer = [*reversed(record.groups)] or [""]
        own_tags = first.tags
        if is_possible(record.properties.get(MATCH, "")):
            own_tags = tuple(tag for tag in own_tags if tag != POSSIBLE)
        tags = (*own_tags, *rest.tags, *_listed(record.properties.get("tags", "")), *record.tags, *outer)
        places = (*first.places, *rest.places)
        addresses = (*first.addresses, *rest.addresses)
        when = date_beside(record.properties.get("edtf", ""), period.when) or period.when
        return Event(
            id=own_id,
            title=title,
            when=when,
            basis=Basis.INFERRED if period.hangs_on else Basis.STATED,
            basis_note=period.hangs_on,
            type=inner or record.properties.get("type", ""),
            place=places[0] if places else record.properties.get("place", ""),
            summary=text,
            tags=tuple(dict.fromkeys(tags)),
            links=self._links(period),
            own_sources=distinct_sources(*self.book.add_addresses(addresses)),
            origin=Origin(self._file_name, self._problems.source.line(record.offset), number),
            extra=_extra(record, period, when, inner, places),
        )

    def _links(self, period: Period) -> tuple[Link, ...]:
        """Return a link to the event that this one's date hangs on, where it is named."""
        named = _NAMED.search(period.hangs_on)
        target = None if named is None else self._event_id_by_id.get(named[1])
        return (Link(target, "dated-from"),) if target else ()


def _extra(record: _Record, period: Period, when: When, group: str, places: Sequence[str]) -> dict[str, object]:
    """Return what has no place in an event."""
    taken = {"id", "tags"} | ({"edtf"} if when is not period.when else set())
    taken |= (set() if group else {"type"}) | (set() if places else {"place"})
    taken |= {MATCH} if is_possible(record.properties.get(MATCH, "")) else set()
    found: dict[str, object] = {key: value for key, value in record.properties.items() if key.lower() not in taken}
    if period.repeats:
        found["repeats"] = period.repeats
    if places[1:]:
        found["places"] = list(places[1:])
    return found


def _listed(value: str) -> list[str]:
    return [part.strip().strip("\"'").removeprefix("#") for part in value.strip("[] ").split(",") if part.strip()]


def _header_value(header: Sequence[str], key: str) -> str:
    """Return a value of the header, without quotes."""
    for line in header:
        match = _PROPERTY.fullmatch(line)
        if match is not None and match[1].lower() == key:
            return plain_words((match[2] or "").strip().strip("\"'")).text
    return ""


READER = Reader(
    name=_NAME,
    endings=_ENDINGS,
    description="Timelines in Markwhen, written as text",
    recognised_by="a Markwhen text of lines such as “2024-06-19: what happened”",
    score=score,
    read=read_markwhen,
    largest_bytes=_LARGEST_BYTES,
)
