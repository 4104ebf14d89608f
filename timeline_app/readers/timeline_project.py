"""Read the files of The Timeline Project, a desktop program of the years since 2009: `.timeline`, XML.

Versions from 0.10 to 2.11 write nearly the same; a file that names no kind of time is Gregorian. Quirks: a time is
always written to the second, `2013-07-07 00:00:00`, and the program shows the day alone where both ends are midnight,
so that is what is meant. Its calendar is astronomical, the year 0 is 1 BC. An event that ends today has the day on
which it was saved as its end. What is fuzzy is so at both ends, or since 2.5 at one. `[1]Name` is a container,
`(1)Name` an event in it. `hyperlink` holds several addresses with semicolons between them. The published schema leaves
out `labels` and `categories`, which the program writes. Timelines of plain numbers or of invented calendars have no
dates and are refused. Tried on the project's own list of its versions, 59 events; what version 2.5 adds is as in its
sample timeline.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from timeline_app.core.dataset import Dataset
from timeline_app.core.errors import WhenError
from timeline_app.core.event import Event, Link, Origin
from timeline_app.core.when import When, parse
from timeline_app.readers.civil_text import clock_parts, date_text, interval_text
from timeline_app.readers.collector import garbage_collection_paused
from timeline_app.readers.foreign_record import Draft, finished_dataset
from timeline_app.readers.native_ids import WantedId, distinct_ids
from timeline_app.readers.plain_words import plain_words
from timeline_app.readers.problem_log import ProblemLog
from timeline_app.readers.reader import Reader
from timeline_app.readers.source_book import SourceBook, distinct_sources
from timeline_app.readers.source_file import MEGABYTE, SourceFile
from timeline_app.readers.source_text import SourceText
from timeline_app.readers.tree import shortened
from timeline_app.readers.xml_tree import Element, decode_xml, kept, read_xml

_NAME = "timeline-project"
_LARGEST_BYTES = 50 * MEGABYTE
_GREGORIAN = "gregoriantime"

_ROOT_IN_HEAD = re.compile(
    rb"(?:\xEF\xBB\xBF)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:[^-]|-[^-])*-->\s*)*<timeline>\s*"
    rb"<(?:version|timetype|eras|categories|events|properties)\b"
)
_TIME = re.compile(r"(-?\d{1,10})-(\d{1,2})-(\d{1,2})[ T](\d{1,2}):(\d{1,2}):(\d{1,2})", re.ASCII)
_CONTAINER = re.compile(r"\[(\d{1,9})\]\s*(.*)", re.ASCII | re.DOTALL)
_MEMBER = re.compile(r"\((\d{1,9})\)\s*(.*)", re.ASCII | re.DOTALL)
_NEXT_ADDRESS = re.compile(r"\s*;\s*(?=[A-Za-z][A-Za-z0-9+.-]*:|www\.|/|$)")
_LABEL_END = re.compile(r"\s*[,;]\s*")

# What has a place in an event; the rest is kept as it is.
_TAKEN = frozenset(
    {
        *("start", "end", "text", "name", "fuzzy", "fuzzy_start", "fuzzy_end", "ends_today", "category", "categories"),
        *("description", "labels", "hyperlink"),
    }
)
_PARTS_OF_A_TIMELINE = frozenset({"timetype", "events", "eras"})


def score(head: bytes, name: str) -> float:
    """Tell how likely a file is one of The Timeline Project, from its first element and what stands in it."""
    del name
    return 0.95 if _ROOT_IN_HEAD.match(head) else 0.0


def read_timeline_project(source: SourceFile, mapping: Mapping[str, str]) -> Dataset:
    """Read a whole file; raises ReadError when it is not XML, or its time is not that of the common calendar."""
    del mapping
    text = decode_xml(source)
    with garbage_collection_paused():
        root = read_xml(text)
        _check_root(root, text)
        return _dataset(root, text, source)


def _check_root(root: Element, text: SourceText) -> None:
    """Refuse what is no timeline, and time that is not counted in years, months and days as everywhere."""
    if root.name != "timeline":
        raise text.error(f"expected the element timeline; found {shortened(root.name)}", root.offset)
    kind = root.child("timetype")
    if kind is not None and kind.text != _GREGORIAN:
        reason = "numbers are no dates" if kind.text == "numtime" else "dates of another calendar are not understood"
        message = f'timetype: expected {_GREGORIAN}; found "{shortened(kind.text)}": {reason}'
        raise text.error(message, kind.offset)


def _dataset(root: Element, text: SourceText, source: SourceFile) -> Dataset:
    problems = ProblemLog(text)
    records = [one for part in root.all("eras") for one in part.all("era")]
    eras = len(records)
    records += [one for part in root.all("events") for one in part.all("event")]
    names = [_Name.of(record.text_of("name" if number < eras else "text")) for number, record in enumerate(records)]
    ids = distinct_ids([WantedId("", name.title) for name in names], problems)
    containers = {name.container: own for name, own in zip(names, ids, strict=True) if name.container}
    reader = _EventReader(problems, containers, _parents(root), source.path.name)
    events = [
        reader.event(record, name, own_id, number, is_era=number <= eras)
        for number, (record, name, own_id) in enumerate(zip(records, names, ids, strict=True), start=1)
    ]
    loaded = tuple(event for event in events if event is not None)
    return finished_dataset(
        source,
        _NAME,
        [Draft(event, event.id) for event in reader.without_lost_links(loaded)],
        [record.offset for record in records],
        problems,
        sources=reader.book.by_key,
        extra={one.name: kept(one) for one in root.children if one.name not in _PARTS_OF_A_TIMELINE and one.children},
    )


def _parents(root: Element) -> dict[str, str]:
    """Return the name of the category that each category stands in."""
    categories = [one for part in root.all("categories") for one in part.all("category")]
    return {one.text_of("name"): one.text_of("parent") for one in categories if one.text_of("parent")}


@dataclass(frozen=True, slots=True)
class _Name:
    """The text of an event, and the number of the container that it is, or is in, where it says one."""

    written: str
    title: str
    container: str = ""
    inside: str = ""

    @classmethod
    def of(cls, text: str) -> _Name:
        written = " ".join(plain_words(text).text.split())
        container, member = _CONTAINER.fullmatch(written), _MEMBER.fullmatch(written)
        if container is not None:
            return cls(written, container[2], container=container[1])
        if member is not None:
            return cls(written, member[2], inside=member[1])
        return cls(written, written)


class _EventReader:
    """Reads the events and eras of one file."""

    def __init__(
        self, problems: ProblemLog, containers: Mapping[str, str], parents: Mapping[str, str], file_name: str
    ) -> None:
        self._problems = problems
        self._containers = containers
        self._parents = parents
        self._file_name = file_name
        self.book = SourceBook()

    def event(self, record: Element, name: _Name, own_id: str, number: int, *, is_era: bool) -> Event | None:
        """Return one event; None when it has no text or no time that can be read."""
        is_member = name.inside in self._containers
        title = name.title if is_member or not name.inside else name.written
        if not title:
            field = "name" if is_era else "text"
            self._problems.error(f"{field}: expected a text; found nothing; the event is left out", record.offset)
            return None
        when = self._when(record)
        if when is None:
            return None
        description = plain_words(record.text_of("description"))
        category, *others = self._categories(record) or [""]
        return Event(
            id=own_id,
            title=title,
            when=when,
            type="era" if is_era else category,
            summary=description.text,
            tags=tuple(dict.fromkeys((*others, *_labels(record.text_of("labels"))))),
            links=(Link(self._containers[name.inside], "part-of"),) if is_member else (),
            own_sources=distinct_sources(
                *self.book.add_addresses((*_addresses(record.text_of("hyperlink")), *description.addresses))
            ),
            origin=Origin(self._file_name, self._problems.source.line(record.offset), number),
            extra=_extra(record),
        )

    def without_lost_links(self, events: Sequence[Event]) -> tuple[Event, ...]:
        """Return the events without links to a container that could not be read."""
        ids = {event.id for event in events}
        return tuple(
            event if all(link.to in ids for link in event.links) else replace(event, links=()) for event in events
        )

    def _categories(self, record: Element) -> list[str]:
        """Return the categories of an event, each before those that it stands in, each once."""
        lists = [one.text for part in record.all("categories") for one in part.all("category")]
        found: dict[str, None] = {}
        for name in filter(None, (record.text_of("category"), *lists)):
            above: str | None = name
            while above and above not in found:
                found[above] = None
                above = self._parents.get(above)
        return list(found)

    def _when(self, record: Element) -> When | None:
        """Return the time of an event; one that cannot be read is reported."""
        start, end = record.child("start"), record.child("end")
        if start is None:
            self._problems.error("start: expected a time; found nothing; the event is left out", record.offset)
            return None
        for one in (start, end):
            if one is not None and not _TIME.fullmatch(one.text):
                message = f'{one.name}: expected a time such as 2013-07-07 00:00:00; found "{shortened(one.text)}"'
                self._problems.error(f"{message}; the event is left out", one.offset)
                return None
        try:
            return parse(_edtf(record, start.text, start.text if end is None else end.text))
        except WhenError as error:
            self._problems.error(f"{error}; the event is left out", start.offset)
            return None


def _edtf(record: Element, start: str, end: str) -> str:
    """Return the period of an event in EDTF."""
    ends_today = _is_true(record, "ends_today")
    with_clock = not (_is_midnight(start) and _is_midnight(end))
    is_fuzzy = _is_true(record, "fuzzy")
    first = _time(start, with_clock=with_clock) + "~" * (is_fuzzy or _is_true(record, "fuzzy_start"))
    last = _time(end, with_clock=with_clock) + "~" * (is_fuzzy or _is_true(record, "fuzzy_end"))
    if ends_today:
        return f"{first}/.."
    return first if start == end else interval_text(first, last)


def _time(text: str, *, with_clock: bool) -> str:
    match = _TIME.fullmatch(text)
    if match is None:
        return text
    year, month, day, hour, minute, second = map(int, match.groups())
    return date_text(year, month, day, clock_parts(hour, minute, second) if with_clock else ())


def _is_midnight(text: str) -> bool:
    match = _TIME.fullmatch(text)
    return match is not None and not any(map(int, match.groups()[3:]))


def _is_true(record: Element, name: str) -> bool:
    return record.text_of(name).lower() == "true"


def _labels(text: str) -> list[str]:
    """Return labels, which have commas between them, or else blanks."""
    parts = _LABEL_END.split(text) if _LABEL_END.search(text) else text.split()
    return [part for part in parts if part]


def _addresses(text: str) -> list[str]:
    return [address for address in _NEXT_ADDRESS.split(text.strip()) if address]


def _extra(record: Element) -> dict[str, object]:
    """Return what has no place in an event; of one that goes on also the end that was saved."""
    taken = _TAKEN - {"end"} if _is_true(record, "ends_today") else _TAKEN
    return {one.name: kept(one) for one in record.children if one.name not in taken and (one.text or one.children)}


READER = Reader(
    name=_NAME,
    endings=(".timeline",),
    description="Timelines of The Timeline Project, with categories, eras and containers",
    recognised_by="a timeline of The Timeline Project",
    score=score,
    read=read_timeline_project,
    largest_bytes=_LARGEST_BYTES,
)
