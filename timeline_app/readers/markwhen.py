"""Read Markwhen: timelines as plain text, `.mw`, first as cascade.page in 2022.

A line `date: words` is an event, what follows it its description, after properties `key: value`. Sections and groups
hold events, and so, later, do headings of Markdown. What stands before the first event is the header; `dateFormat:
d/M/y` in it turns 12/7/1941 round. Quirks: `#tag` anywhere is a tag, but not of digits alone; `// ` is a comment;
`!id` and the property `id` name an event that others hang on; a year of four digits and a colon begins an event
wherever it stands. Times of day without a zone are taken as local ones, whatever `timezone` says. `match: possible`
and the tag of that name, as this program writes them, tell of a filter that no longer is, and are passed over. Of the
properties `source` leads to sources, `actors` are actors and `coordinates` the place on the globe. A file of 16 MB or
more is read event by event (readers/markwhen_records.py). Tried on the examples of the format's documentation and on
a retelling of Tom Sawyer in 14 events.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from timeline_app.core.batches import Decoder
from timeline_app.core.dataset import Dataset
from timeline_app.core.errors import TooManyValues, WhenError
from timeline_app.core.event import ActorRef, Basis, Event, Link, Location, Origin
from timeline_app.core.shown_digest import BESIDE
from timeline_app.core.when import When
from timeline_app.readers.addressed_sources import is_address
from timeline_app.readers.edtf_beside import date_beside
from timeline_app.readers.file_stream import FileStream
from timeline_app.readers.foreign_record import Draft, finished_dataset, kept_beside
from timeline_app.readers.line_file import LineFile
from timeline_app.readers.location import location_of
from timeline_app.readers.markwhen_dates import Period, read_period
from timeline_app.readers.markwhen_lines import PROPERTY, MarkwhenDocument, MarkwhenReading, MarkwhenRecord, lines_of
from timeline_app.readers.markwhen_records import MarkwhenScan, Neighbours, neighbours_of, record_of
from timeline_app.readers.markwhen_sides import is_dated_by_itself
from timeline_app.readers.markwhen_words import Headline, headline, words_of
from timeline_app.readers.match_beside import MATCH, POSSIBLE, is_possible
from timeline_app.readers.native_ids import WantedId, distinct_ids
from timeline_app.readers.plain_words import plain_words
from timeline_app.readers.problem_log import ProblemLog
from timeline_app.readers.record_reader import record_reader
from timeline_app.readers.single_records import SingleDecoder, single_batches
from timeline_app.readers.source_book import SourceBook, distinct_sources
from timeline_app.readers.source_file import SourceFile
from timeline_app.readers.source_text import SourceText, decode_text
from timeline_app.readers.told_beside import ToldBeside

_NAME = "markwhen"
_ENDINGS = (".mw", ".markwhen")
_MOST_LINES_LOOKED_AT = 60
# Of so many the memory stays below half a gigabyte.
_MOST_LINES = 400_000

_NAMED = re.compile(r"!([\w-]+)")
_DONE = "done"
_ACTORS, _SOURCE, _COORDINATES = "actors", "source", "coordinates"
_MARKS = re.compile(
    rb"(?:^|[\r\n])[ \t]*(?:section\b|group\b|endSection\b|title[ \t]*:|dateFormat[ \t]*:|#\w+[ \t]*:)", re.IGNORECASE
)
_MACHINE = re.compile(r"\s*[\[{<\"']")


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
    """Read a whole file; raises ReadError when it is no text in UTF-8, TooManyValues for too many lines."""
    del mapping
    text = decode_text(source)
    problems = ProblemLog(text)
    document = _document(text)
    records = document.records
    wanted = [
        WantedId(one.id, headline(words_of(one.line.words).text).text if one.line else "", one.offset)
        for one in records
    ]
    ids = distinct_ids(wanted, problems)
    maker = _EventMaker(problems, source.path.name)
    made = (
        maker.event(record, own_id, number) for number, (record, own_id) in enumerate(zip(records, ids, strict=True), 1)
    )
    events = tuple(event for event in made if event is not None)
    return finished_dataset(
        source,
        _NAME,
        [Draft(event, event.id) for event in events],
        [one.offset for one in records],
        problems,
        title=_header_value(document.header, "title"),
        summary=_header_value(document.header, "description"),
        sources=maker.book.by_key,
        extra=_beside(document),
    )


def _document(text: SourceText) -> MarkwhenDocument:
    reading = MarkwhenReading()
    for number, (line, offset) in enumerate(lines_of(text.text)):
        if number == _MOST_LINES:
            raise text.error(f"more than {_MOST_LINES:,} lines in one file", offset, TooManyValues)
        reading.take(line, offset)
    return reading.document


def _stream(file: LineFile, mapping: Mapping[str, str]) -> FileStream:
    """Open a large file; raises ReadError where dates name too many events."""
    del mapping
    scan = MarkwhenScan.of(file)
    header = scan.document.header
    extra = dict(kept_beside(_beside(scan.document)))
    return FileStream(
        _header_value(header, "title") or file.path.stem,
        MappingProxyType({"summary": _header_value(header, "description"), "extra": extra}),
        file.total_bytes,
        lambda: single_batches(scan.records(file), file.name, file.path.name, _draft, scan.notes),
    )


def _decoder(layout: Mapping[str, object]) -> Decoder:
    """Return what makes events of single records."""
    del layout
    return SingleDecoder(_draft)


def _draft(beside: Mapping[str, str], number: int, problems: ProblemLog) -> Draft | None:
    """Return the event of the text of a record."""
    record = record_of(problems.source.text, beside)
    event = _EventMaker(problems, "", neighbours_of(beside)).event(record, record.id, number)
    return Draft(event, record.id) if event is not None else None


def _beside(document: MarkwhenDocument) -> dict[str, object]:
    """Return what a file says besides its events."""
    header = "\n".join(document.header).strip()
    return ({"header": header} if header else {}) | _between(document)


def _between(document: MarkwhenDocument) -> dict[str, object]:
    """Return what stands in groups outside of events, by the name of the group."""
    return {"groups": {name: "\n".join(lines) for name, lines in document.between.items()}} if document.between else {}


class _EventMaker:
    """Makes events of the records of one file, in their order: each may hang on one before it."""

    def __init__(self, problems: ProblemLog, file_name: str, near: Neighbours | None = None) -> None:
        near = near or Neighbours()
        self.book = SourceBook()
        self._problems = problems
        self._file_name = file_name
        self._period_by_id = dict(near.by_id)
        self._event_id_by_id = dict(near.targets)
        self._previous = near.previous

    def event(self, record: MarkwhenRecord, own_id: str, number: int) -> Event | None:
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

    def _period(self, record: MarkwhenRecord) -> Period | None:
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

    def _described(self, record: MarkwhenRecord, own_id: str, period: Period, number: int) -> Event | None:
        first = words_of("" if record.line is None else record.line.words)
        rest = words_of("\n".join(record.text))
        title, text = first.text, rest.text
        if not title:
            # `2024:` alone on its line has its words below.
            title, _, text = (part.strip() for part in text.partition("\n"))
        named = headline(title)
        title = named.text
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
        told = _Told.by(record.properties)
        beside = ToldBeside.of(record.properties.get(BESIDE, ""), _shown(record, inner, outer))
        of_source = () if beside.is_unchanged("sources") else told.addresses
        of_text = () if beside.is_unchanged("summary") else rest.addresses
        of_title = () if beside.is_unchanged("title") else first.addresses
        addresses = dict.fromkeys((*of_title, *of_text, *of_source))
        when = date_beside(record.properties.get("edtf", ""), period.when) or period.when
        taken = told.taken | {BESIDE} if beside.record else told.taken
        event = Event(
            id=own_id,
            title=title,
            when=when,
            basis=Basis.INFERRED if period.hangs_on else Basis.STATED,
            basis_note=period.hangs_on,
            type=inner or record.properties.get("type", ""),
            actors=tuple(ActorRef(name, "", name) for name in told.actors),
            place=places[0] if places else record.properties.get("place", ""),
            location=told.location,
            summary=text,
            tags=tuple(dict.fromkeys(tags)),
            links=self._links(period),
            own_sources=distinct_sources(*self.book.add_addresses(addresses)),
            origin=Origin(self._file_name, self._problems.source.line(record.offset), number),
            extra=_extra(record, taken, period, when, inner, places) | _done(named),
        )
        return beside.applied(event)

    def _links(self, period: Period) -> tuple[Link, ...]:
        """Return a link to the event that this one's date hangs on, where it is named."""
        named = _NAMED.search(period.hangs_on)
        target = None if named is None else self._event_id_by_id.get(named[1])
        return (Link(target, "dated-from"),) if target else ()


@dataclass(frozen=True, slots=True)
class _Told:
    """What properties say of who, where and by whom; `taken` are their names."""

    actors: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    location: Location | None = None
    taken: frozenset[str] = frozenset()

    @classmethod
    def by(cls, properties: Mapping[str, str]) -> _Told:
        """Return it; what is no address or no place on the globe is not taken."""
        written = properties.get(_ACTORS, "")
        names = _listed(written) if written.startswith("[") else map(str.strip, written.split(";"))
        actors = tuple(dict.fromkeys(filter(None, names)))
        words = properties.get(_SOURCE, "").split()
        addresses = tuple(words) if words and all(map(is_address, words)) else ()
        latitude, _, longitude = properties.get(_COORDINATES, "").partition(",")
        location = location_of(latitude.strip(), longitude.strip())
        found = ((_ACTORS, actors), (_SOURCE, addresses), (_COORDINATES, location))
        return cls(actors, addresses, location, frozenset(name for name, value in found if value))


def _shown(record: MarkwhenRecord, inner: str, outer: Sequence[str]) -> dict[str, str]:
    """Return what an event shows by its fields, as writers/markwhen.py has it."""
    words, properties = "" if record.line is None else record.line.words, record.properties
    if is_possible(properties.get(MATCH, "")):
        words = words.removesuffix(f" #{POSSIBLE}")
    return {
        "title": words,
        "tags": " ".join((words, *outer, *record.tags)),
        "summary": "\n".join(record.text),
        "type": inner or properties.get("type", ""),
        "place": properties.get("place", ""),
        "actors": properties.get(_ACTORS, ""),
        "sources": properties.get(_SOURCE, ""),
        "location": properties.get(_COORDINATES, ""),
    }


def _extra(
    record: MarkwhenRecord, told: Iterable[str], period: Period, when: When, group: str, places: Sequence[str]
) -> dict[str, object]:
    """Return what has no place in an event; `told` are the names of properties that have one."""
    taken = {"id", "tags", *told} | ({"edtf"} if when is not period.when else set())
    taken |= (set() if group else {"type"}) | (set() if places else {"place"})
    taken |= {MATCH} if is_possible(record.properties.get(MATCH, "")) else set()
    found: dict[str, object] = {key: value for key, value in record.properties.items() if key.lower() not in taken}
    if period.repeats:
        found["repeats"] = period.repeats
    if places[1:]:
        found["places"] = list(places[1:])
    return found


def _done(title: Headline) -> dict[str, object]:
    """Return whether the box of a title is ticked, where it has one."""
    return {} if title.is_done is None else {_DONE: "yes" if title.is_done else "no"}


def _listed(value: str) -> list[str]:
    return [part.strip().strip("\"'").removeprefix("#") for part in value.strip("[] ").split(",") if part.strip()]


def _header_value(header: Sequence[str], key: str) -> str:
    """Return a value of the header, without quotes."""
    for line in header:
        match = PROPERTY.fullmatch(line)
        if match is not None and match[1].lower() == key:
            return plain_words((match[2] or "").strip().strip("\"'")).text
    return ""


READER = record_reader(
    name=_NAME,
    endings=_ENDINGS,
    description="Timelines in Markwhen, written as text",
    recognised_by="a Markwhen text of lines such as “2024-06-19: what happened”",
    score=score,
    whole=read_markwhen,
    stream=_stream,
    decoder=_decoder,
)
