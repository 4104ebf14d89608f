"""Read the files of The Timeline Project, a desktop program of the years since 2009: `.timeline`, XML.

Versions from 0.10 to 2.11 write nearly the same; a file that names no kind of time is Gregorian. Quirks: a time is
always written to the second, `2013-07-07 00:00:00`, and the program shows the day alone where both ends are midnight,
so that is what is meant. Its calendar is astronomical, the year 0 is 1 BC. An event that ends today has the day on
which it was saved as its end. What is fuzzy is so at both ends, or since 2.5 at one. `[1]Name` is a container,
`(1)Name` an event in it. `hyperlink` holds several addresses with semicolons between them. The published schema leaves
out `labels` and `categories`, which the program writes. Timelines of plain numbers or of invented calendars have no
dates and are refused. Tried on the project's own list of its versions, 59 events; what version 2.5 adds is as in its
sample timeline. A file of 16 MB or more is read event by event.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from timeline_app.core.batches import Decoder
from timeline_app.core.dataset import Dataset
from timeline_app.core.errors import ReadError
from timeline_app.core.event import made_id
from timeline_app.readers.collector import garbage_collection_paused
from timeline_app.readers.file_stream import FileStream
from timeline_app.readers.foreign_record import Draft, finished_dataset, kept_beside
from timeline_app.readers.line_file import LineFile
from timeline_app.readers.native_ids import WantedId, distinct_ids
from timeline_app.readers.problem_log import ProblemLog
from timeline_app.readers.record_reader import record_reader
from timeline_app.readers.single_records import NOTHING_BESIDE, DraftOf, SingleDecoder, SingleRecord, single_batches
from timeline_app.readers.source_file import SourceFile
from timeline_app.readers.source_text import SourceText
from timeline_app.readers.timeline_project_events import EventName, EventReader
from timeline_app.readers.tree import shortened
from timeline_app.readers.xml_records import ElementPath, beside_records, xml_drafts, xml_file, xml_records
from timeline_app.readers.xml_tree import Element, decode_xml, kept, read_xml

_NAME = "timeline-project"
_GREGORIAN = "gregoriantime"
_MOST_CONTAINERS = 100_000
_KIND, _ERA = "kind", "era"
_RECORDS: dict[ElementPath, Mapping[str, str]] = {
    ("timeline", "events", "event"): NOTHING_BESIDE,
    ("timeline", "eras", "era"): {_KIND: _ERA},
}

_ROOT_IN_HEAD = re.compile(
    rb"(?:\xEF\xBB\xBF)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:[^-]|-[^-])*-->\s*)*<timeline>\s*"
    rb"<(?:version|timetype|eras|categories|events|properties)\b"
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
    found = [(one, True) for part in root.all("eras") for one in part.all("era")]
    found += [(one, False) for part in root.all("events") for one in part.all("event")]
    records = sorted(found, key=lambda record: record[0].offset)
    names = [_name_of(record, is_era=is_era) for record, is_era in records]
    ids = distinct_ids([WantedId("", name.title) for name in names], problems)
    containers = {name.container: own for name, own in zip(names, ids, strict=True) if name.container}
    reader = EventReader(problems, containers, _parents(root), source.path.name)
    events = [
        reader.event(record, name, own_id, number, is_era=is_era)
        for number, ((record, is_era), name, own_id) in enumerate(zip(records, names, ids, strict=True), start=1)
    ]
    loaded = tuple(event for event in events if event is not None)
    return finished_dataset(
        source,
        _NAME,
        [Draft(event, event.id) for event in reader.without_lost_links(loaded)],
        [record.offset for record, _ in records],
        problems,
        sources=reader.book.by_key,
        extra=_beside_events(root),
    )


def _name_of(record: Element, *, is_era: bool) -> EventName:
    found = record.child("name" if is_era else "text")
    return EventName.of("" if found is None else found.characters, is_era=is_era)


def _parents(root: Element) -> dict[str, str]:
    """Return the name of the category that each category stands in."""
    categories = [one for part in root.all("categories") for one in part.all("category")]
    return {one.text_of("name"): one.text_of("parent") for one in categories if one.text_of("parent")}


def _beside_events(root: Element) -> dict[str, object]:
    """Return what a file says of the timeline as a whole."""
    return {one.name: kept(one) for one in root.children if one.name not in _PARTS_OF_A_TIMELINE and one.children}


def _stream(file: LineFile, mapping: Mapping[str, str]) -> FileStream:
    """Open a large file; raises ReadError as `read_timeline_project` does, and for more containers than it may have."""
    del mapping
    opened = xml_file(file)
    beside = beside_records(opened, _RECORDS)
    root = read_xml(beside)
    _check_root(root, beside)
    parents = _parents(root)
    containers = _containers(opened, parents)
    return FileStream(
        file.path.stem,
        MappingProxyType({"containers": containers, "parents": parents, "extra": kept_beside(_beside_events(root))}),
        file.total_bytes,
        lambda: single_batches(
            xml_records(opened, _RECORDS), file.name, file.path.name, _drafts_by(containers, parents)
        ),
    )


def _containers(file: LineFile, parents: Mapping[str, str]) -> dict[str, str]:
    """Return the ids of the containers of a file by their numbers, "" for one that is no event."""
    found: dict[str, str] = {}
    for number, record in enumerate(xml_records(file, _RECORDS), start=1):
        container = _container_of(record)
        if container:
            draft = _drafts_by({}, parents)(record.beside, number, ProblemLog(SourceText(record.text)))
            found[container] = made_id(number) if draft is not None else ""
        if len(found) > _MOST_CONTAINERS:
            message = f"expected at most {_MOST_CONTAINERS:,} containers; found more"
            raise ReadError(message, file.name, record.line, record.column)
    return found


def _container_of(record: SingleRecord) -> str:
    """Return the number of the container that a record is, "" for any other."""
    # Its bracket may be written in many ways, but then with an ampersand; most records have neither.
    if not ("]" in record.text or "&" in record.text):
        return ""
    try:
        element = read_xml(SourceText(record.text))
    except ReadError:
        # Told when its turn comes.
        return ""
    return _name_of(element, is_era=_is_era(record.beside)).container


def _is_era(beside: Mapping[str, str]) -> bool:
    return beside.get(_KIND) == _ERA


def _decoder(layout: Mapping[str, object]) -> Decoder:
    """Return what makes events of single events and eras."""
    containers, parents = layout["containers"], layout["parents"]
    if not (isinstance(containers, Mapping) and isinstance(parents, Mapping)):
        raise TypeError("the layout of a timeline names its containers and the categories within others")
    return SingleDecoder(_drafts_by(containers, parents))


def _drafts_by(containers: Mapping[str, str], parents: Mapping[str, str]) -> DraftOf:
    """Return what makes an event of the text of an event or era."""

    def draft(record: Element, beside: Mapping[str, str], number: int, problems: ProblemLog) -> Draft | None:
        is_era = _is_era(beside)
        reader = EventReader(problems, containers, parents, "")
        event = reader.event(record, _name_of(record, is_era=is_era), "", number, is_era=is_era)
        return None if event is None else Draft(event)

    return xml_drafts(draft)


READER = record_reader(
    name=_NAME,
    endings=(".timeline",),
    description="Timelines of The Timeline Project, with categories, eras and containers",
    recognised_by="a timeline of The Timeline Project",
    score=score,
    whole=read_timeline_project,
    stream=_stream,
    decoder=_decoder,
)
