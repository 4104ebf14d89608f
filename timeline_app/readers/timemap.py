"""Read TimeMap, the map of incidents of Forensic Architecture (2018) that Bellingcat and others have made their own.

Its data are three lists in three files, `events.json`, `sources.json` and `associations.json`, as its server makes them
of a spreadsheet, so that all values are texts. An event names its sources and associations by their ids. With an
`events.json`, the other two are read where they lie beside it. Also read: one file with the three lists under their
names, sources by their ids instead of in a list, and the first version's names `desc`, `lat`, `long`, `source` and
`filters`. What Bellingcat gives out of its map of civilian harm (`ukr-civharm-….json`) is one list of events that have
within them their sources, `[{"id": …, "path": …, "description": …}]`, and filters, `[{"key": "Type of area affected",
"value": "Residential"}]`. The order of a date is a setting of each map: it is told from all dates of the file, where
they tell, and is else that of the original, month first, with a warning. Files are read whole, up to 24 MB: an event
may name sources and associations that stand anywhere behind it. Tried on files made by hand from the project's
documentation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from timeline_app.core.dataset import Dataset, Level, Problem, companion_words
from timeline_app.core.errors import ReadError
from timeline_app.core.event import Event, Origin, Source
from timeline_app.core.when import When
from timeline_app.readers.civil_text import clock_parts, date_text
from timeline_app.readers.collector import garbage_collection_paused
from timeline_app.readers.companions import read_companions
from timeline_app.readers.fields import Fields
from timeline_app.readers.foreign_record import (
    DatedText,
    Draft,
    bag,
    fields_of,
    finished_dataset,
    first_line,
    title_of,
    when_of,
)
from timeline_app.readers.json_tree import read_json
from timeline_app.readers.location import location_of
from timeline_app.readers.plain_words import plain_words
from timeline_app.readers.problem_log import ProblemLog
from timeline_app.readers.reader import Reader
from timeline_app.readers.source_book import SourceBook, apart_from_fields, distinct_sources, site_of
from timeline_app.readers.source_file import MEGABYTE, SourceFile
from timeline_app.readers.source_text import SourceText, decode_text
from timeline_app.readers.tree import ListNode, MappingNode, Node, TextNode, described, is_nothing, raw, text_in

_NAME = "timemap"
_LARGEST_BYTES = 24 * MEGABYTE

_JSON_IN_HEAD = re.compile(rb"\A(?:\xEF\xBB\xBF)?\s*[\[{]")
_SLASHES = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})", re.ASCII)
_CLOCK = re.compile(r"(\d{1,2}):(\d\d)(?::(\d\d))?", re.ASCII)
_MIDNIGHT_OF_A_DAY = re.compile(r"T00:00(?::00(?:\.0+)?)?Z?$", re.ASCII)

_WEB = ("http://", "https://")
_LISTS = ("events", "sources", "associations")
_TAKEN = frozenset(
    {
        *("id", "title", "description", "desc", "date", "time", "location", "latitude", "longitude", "lat", "long"),
        *("category", "associations", "filters", "sources", "source"),
    }
)
_SOURCE_TAKEN = frozenset({"id", "title", "url", "author", "date"})


def score(head: bytes, name: str) -> float:
    """Tell how likely a file holds data of TimeMap, from the names of the fields in it."""
    del name
    if not _JSON_IN_HEAD.match(head):
        return 0.0
    fields = set(re.findall(rb'"([a-z_]{2,20})"\s*:', head))
    if b"date" in fields and (
        {b"description", b"associations", b"sources"} <= fields or {b"desc", b"lat", b"long", b"category"} <= fields
    ):
        return 0.9
    if {b"date", b"description", b"sources", b"path", b"filters", b"key", b"value"} <= fields:
        return 0.9
    return 0.9 if {b"title", b"paths", b"url"} <= fields or {b"id", b"mode", b"filter_paths"} <= fields else 0.0


def read_timemap(source: SourceFile, mapping: Mapping[str, str]) -> Dataset:
    """Read the events and sources of a file; raises ReadError when it is not JSON, or has neither."""
    del mapping
    with garbage_collection_paused():
        return _File(source).read()


class _Lists:
    """The lists of one file, with the problems in it; raises ReadError when it is not JSON, or has no list."""

    def __init__(self, text: SourceText) -> None:
        self.problems = ProblemLog(text)
        tree = read_json(text)
        self.problems.warn_all(tree.faults)
        self.root = tree.root
        self.by_name = _lists(tree.root)
        if not any(self.by_name.values()):
            raise text.error(
                f"expected a list of events, of sources or of associations; found {described(tree.root)}",
                tree.root.offset,
            )


class _File:
    """Reads one file, and what lies beside it."""

    def __init__(self, source: SourceFile) -> None:
        self._text = decode_text(source)
        self._source = source
        self._own = _Lists(self._text)
        self._problems = self._own.problems
        self._book = SourceBook()
        self._day_first = False

    def read(self) -> Dataset:
        """Return the events and sources of the file."""
        parts, companions, refusals = self._with_companions()
        events = self._own.by_name["events"]
        self._day_first = self._is_day_first(events)
        sources: dict[str, Source] = {}
        for part in parts:
            sources = {**self._sources(part.by_name["sources"], part.problems), **sources}
        associations = [node for part in parts for node in part.by_name["associations"]]
        titles = self._association_titles(associations)
        drafts = [self._draft(node, number, sources, titles) for number, node in enumerate(events, start=1)]
        if associations and not events:
            message = "associations are names of tags; without events in the same file nothing is made of them"
            self._problems.note(message, self._own.root.offset)
        dataset = finished_dataset(
            self._source,
            _NAME,
            drafts,
            [node.offset for node in events],
            self._problems,
            sources={**self._book.by_key, **sources},
            extra={"associations": [raw(node) for node in associations]} if associations else {},
            records_end=_end_of_events(self._own.root),
        )
        beside = [problem for part in parts[1:] for problem in part.problems.finish()]
        return replace(
            dataset,
            report=replace(dataset.report, companions=companions),
            problems=(*dataset.problems, *refusals, *beside),
        )

    def _with_companions(self) -> tuple[list[_Lists], tuple[str, ...], list[Problem]]:
        """Return the lists of the file and of those beside it, the names of these, and why others cannot be read."""
        parts, names = [self._own], []
        if not self._own.by_name["events"]:
            return parts, (), []
        found, errors = read_companions(self._source, _LARGEST_BYTES)
        for one in found:
            try:
                parts.append(_Lists(decode_text(one)))
                names.append(one.name)
            except ReadError as error:
                errors.append(error)
        if names:
            self._problems.note(companion_words(names), self._own.root.offset)
        refusals = [
            Problem(f"{error.args[0]}; the file is not read", *error.place, level=Level.WARNING) for error in errors
        ]
        return parts, tuple(names), refusals

    def _is_day_first(self, events: Iterable[Node]) -> bool:
        """Tell from all dates whether the day stands first; where they leave it open, say so."""
        found = ((_SLASHES.fullmatch(text_in(node, "date")), node.offset) for node in events)
        pairs = [(int(match[1]), int(match[2]), offset) for match, offset in found if match is not None]
        day_first = sum(first > 12 >= second for first, second, _ in pairs)
        month_first = sum(second > 12 >= first for first, second, _ in pairs)
        if not day_first and not month_first and any(first != second for first, second, _ in pairs):
            message = "date: no date tells whether the day or the month stands first; the month is taken to"
            self._problems.warning(message, pairs[0][2])
        return day_first > month_first

    def _sources(self, nodes: Sequence[Node], problems: ProblemLog) -> dict[str, Source]:
        found: dict[str, Source] = {}
        for node in nodes:
            fields = fields_of(node, problems) if isinstance(node, MappingNode) else None
            key = fields.text("id").strip() if fields is not None else ""
            if fields is None or not key:
                problems.warning(f"sources: expected a source with an id; found {described(node)}", node.offset)
            else:
                found.setdefault(key, self._one_source(key, fields))
        return found

    def _one_source(self, key: str, fields: Fields) -> Source:
        title, url = plain_words(fields.text("title")).text, fields.text("url").strip()
        published = _date(fields.text("date"), "", day_first=self._day_first)
        if published and not re.fullmatch(r"\d{4}(?:-\d\d){0,2}(?:T[\d:]+Z?)?", published):
            fields.keep("date")
            published = ""
        return Source(
            key,
            title=title,
            author=fields.text("author").strip(),
            publisher=site_of(url),
            url=url,
            published=published,
            extra=bag(fields, _SOURCE_TAKEN),
        )

    def _association_titles(self, nodes: Iterable[Node]) -> dict[str, str]:
        return {text_in(node, "id"): text_in(node, "title") for node in nodes if text_in(node, "id")}

    def _draft(self, node: Node, number: int, sources: Mapping[str, Source], titles: Mapping[str, str]) -> Draft | None:
        if not isinstance(node, MappingNode):
            self._problems.error(f"expected an event; found {described(node)}; it is left out", node.offset)
            return None
        fields = fields_of(node, self._problems)
        words = plain_words(fields.text("description") or fields.text("desc"))
        title = title_of(plain_words(fields.text("title")).text, first_line(words.text))
        when = self._when(fields)
        if not title:
            self._problems.error("description: expected a text; found nothing; the event is left out", node.offset)
        if not title or when is None:
            return None
        associations = [titles.get(key) or key for name in ("associations", "filters") for key in _texts(fields, name)]
        associations += [
            f"{text_in(one, 'key')}: {text_in(one, 'value')}" for one in _whole(fields, "filters", "value")
        ]
        cited = [sources.get(key) or self._cited(key) for name in ("sources", "source") for key in _texts(fields, name)]
        cited += [_whole_source(one) for one in _whole(fields, "sources", "path")]
        category = fields.text("category").strip()
        event = Event(
            id="",
            title=title,
            when=when,
            type=category or fields.text("type").strip(),
            place=title_of(plain_words(fields.text("location")).text),
            location=location_of(
                fields.text("latitude") or fields.text("lat"), fields.text("longitude") or fields.text("long")
            ),
            summary="" if words.text == title else words.text,
            tags=tuple(dict.fromkeys(associations)),
            own_sources=distinct_sources(*cited, *self._book.add_addresses(words.addresses)),
            origin=Origin(self._source.path.name, self._text.line(node.offset), number),
            extra=_without_places(fields, bag(fields, _TAKEN if category else _TAKEN | {"type"})),
        )
        return Draft(event, fields.text("id").strip(), fields.offset("id"))

    def _cited(self, written: str) -> Source | None:
        """Return a source that no list tells of: by its address, or else by its id alone."""
        return self._book.add(url=written) if written.startswith(_WEB) else Source(written)

    def _when(self, fields: Fields) -> When | None:
        """Return when an event was; one without a date that can be read is reported."""
        written, offset = fields.text("date"), fields.offset("date")
        match = _SLASHES.fullmatch(written.strip())
        if match is not None and int(match[2 if self._day_first else 1]) > 12:
            order = "the day" if self._day_first else "the month"
            message = f'date: expected {order} first, as in the other dates; found "{written.strip()}"'
            self._problems.error(f"{message}; the event is left out", offset)
            return None
        text = _date(written, fields.text("time"), day_first=self._day_first)
        return when_of(DatedText(text, offset), DatedText(""), self._problems, lambda: None)


def _whole(fields: Fields, key: str, needed: str) -> list[MappingNode]:
    """Return the mappings in a list that have what is needed of them; a list with others is kept as well."""
    node = fields.get(key)
    items = node.items if isinstance(node, ListNode) else []
    found = [item for item in items if isinstance(item, MappingNode) and text_in(item, needed)]
    if len(found) < sum(not isinstance(item, TextNode) for item in items):
        fields.keep(key)
    return found


def _whole_source(node: MappingNode) -> Source:
    """Return a source that an event has within itself; what its path is beside an address is kept."""
    path = text_in(node, "path")
    url = path if path.startswith(_WEB) else ""
    said = {key: raw(value) for key, (_, value) in node.entries.items() if not is_nothing(value)}
    extra = {key: value for key, value in said.items() if key not in {"id", *(("path",) if url else ())}}
    return Source(text_in(node, "id") or path, publisher=site_of(url), url=url, extra=apart_from_fields(extra))


def _without_places(fields: Fields, extra: Mapping[str, object]) -> Mapping[str, object]:
    """Return what is kept, with degrees that are none."""
    if location_of(fields.text("latitude") or fields.text("lat"), fields.text("longitude") or fields.text("long")):
        return extra
    written = {key: fields.text(key) for key in ("latitude", "longitude", "lat", "long")}
    return {**extra, **{key: text for key, text in written.items() if text.strip()}}


def _lists(root: Node) -> dict[str, Sequence[Node]]:
    """Return the events, the sources and the associations of a file, each told by its fields."""
    found: dict[str, Sequence[Node]] = dict.fromkeys(_LISTS, ())
    if isinstance(root, MappingNode) and not root.entries.keys().isdisjoint(_LISTS):
        for name in _LISTS:
            if name in root.entries:
                found[name] = _members(root.entries[name][1])
        return found
    members = _members(root)
    keys = {key for node in members if isinstance(node, MappingNode) for key in node.entries}
    if keys & {"mode", "filter_paths"}:
        found["associations"] = members
    elif keys & {"paths", "affil_s", "thumbnail"} and not keys & {"sources", "associations", "latitude", "location"}:
        found["sources"] = members
    elif keys & {"description", "desc"} and "date" in keys:
        found["events"] = members
    return found


def _end_of_events(root: Node) -> int | None:
    """Return where the list of events ends, None where it is none."""
    entry = root.entries.get("events") if isinstance(root, MappingNode) else None
    node = root if entry is None else entry[1]
    return node.end_offset if isinstance(node, ListNode) else None


def _members(node: Node) -> Sequence[Node]:
    """Return the items of a list, or the values of a mapping by ids, each with its id."""
    if isinstance(node, ListNode):
        return node.items
    if not isinstance(node, MappingNode):
        return ()
    members: list[Node] = []
    for key, (offset, value) in node.entries.items():
        if isinstance(value, MappingNode):
            entries = (
                value.entries if "id" in value.entries else {"id": (offset, TextNode(key, offset)), **value.entries}
            )
            members.append(replace(value, entries=entries))
        else:
            members.append(value)
    return members


def _date(date: str, time: str, *, day_first: bool) -> str:
    """Return a date with its time in EDTF; what is none of the known forms as it is written."""
    written = date.strip()
    match = _SLASHES.fullmatch(written)
    clock = _CLOCK.fullmatch(time.strip())
    parts = clock_parts(int(clock[1]), int(clock[2]), int(clock[3] or 0)) if clock is not None else ()
    if match is not None:
        day, month = (int(match[1]), int(match[2])) if day_first else (int(match[2]), int(match[1]))
        return date_text(int(match[3]), month, day, parts)
    whole = _MIDNIGHT_OF_A_DAY.sub("", written)
    if parts and re.fullmatch(r"\d{4}-\d\d-\d\d", whole):
        return f"{whole}T{':'.join(f'{part:02}' for part in parts)}"
    return whole


def _texts(fields: Fields, key: str) -> list[str]:
    """Return the texts of a list; a text alone may hold several with commas between them."""
    node = fields.get(key)
    if isinstance(node, ListNode):
        return [item.text.strip() for item in node.items if isinstance(item, TextNode) and not is_nothing(item)]
    written = fields.text(key)
    return [part.strip() for part in written.split(",") if part.strip()]


READER = Reader(
    name=_NAME,
    endings=(".json",),
    description="Events and sources of TimeMap",
    recognised_by="events or sources of TimeMap",
    score=score,
    read=read_timemap,
    largest_bytes=_LARGEST_BYTES,
)
