"""Read an event written as Markdown: fields in YAML or TOML between two lines, and below them what happened.

Event logs are kept so in folders, a file an event, to be edited by many and made into web pages. Read are the fields
of the Kleptocracy Timeline (since 2025), of its older files, with `sources` among the fields, and of those for Hugo,
with a list of links under a heading instead; its published schema says `verification_status` and `description` where
its files also say `status` and `summary`. Importance goes from 1 to 10. Posts of Jekyll, Hugo and others are such
files too (readers/markdown_front.py). An event without an id has the name of its file, which is what
`related_events` names. Files that are opened together make one timeline; links between them lead from one to the
other. Tried on one file of each of that project's two kinds, shortened.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePath

from timeline_app.core.dataset import Dataset
from timeline_app.core.errors import WhenError
from timeline_app.core.event import USUAL_IMPORTANCE, ActorRef, Event, Excerpt, Link, Location, Origin, Source
from timeline_app.core.when import When, parse
from timeline_app.readers.fields import Fields
from timeline_app.readers.foreign_record import (
    DatedText,
    Draft,
    bag,
    fields_of,
    finished_dataset,
    title_of,
    when_of,
)
from timeline_app.readers.location import location_of
from timeline_app.readers.markdown_front import FrontMatter, dated_name, field_names, front_matter, heading_in
from timeline_app.readers.plain_words import LONGEST, PlainWords, plain_words
from timeline_app.readers.problem_log import ProblemLog
from timeline_app.readers.reader import Reader
from timeline_app.readers.source_book import SourceBook, distinct_sources
from timeline_app.readers.source_file import MEGABYTE, SourceFile
from timeline_app.readers.source_text import decode_text
from timeline_app.readers.tree import ListNode, MappingNode, Node, TextNode, described
from timeline_app.readers.written_dates import edtf_of

_NAME = "markdown"
_LARGEST_BYTES = 10 * MEGABYTE

_EVENT_FIELDS = frozenset({"importance", "actors", "capture_lanes", "sources", "related_events", "verification_status"})
_LINK = re.compile(r"!?\[([^\[\]]*)\]\(<?((?:[^()\s<>]|\([^()\s<>]*\))*)>?(?:[ \t]+\"[^\"\n]*\")?\)")
# To another note, by its name, and the words that are shown instead.
_TO_NOTE = re.compile(r"\[\[([^\[\]|#\n]+)(?:#[^\[\]|\n]*)?(?:\|([^\[\]\n]*))?\]\]")
_HEADING_OR_RULE = re.compile(r"^(?:#{1,6}[ \t]+|(?:-{3,}|\*{3,}|_{3,})[ \t]*$)", re.MULTILINE)
_BLANK_LINES = re.compile(r"\n(?:[ \t]*\r?\n){2,}")
_EMPHASIS = re.compile(r"(\*\*|__|`)(?=\S)(.{1,300}?)(?<=\S)\1")
_MIDNIGHT = re.compile(r"[T ]00:00(?::00(?:\.0+)?)?(?:Z|[+-]00:?00)?$", re.ASCII)
_WEB = ("http://", "https://")

_STARTS = ("date", "start_date", "startDate", "start")
_ENDS = ("end_date", "endDate", "end")
# Pages of the web have a type of their own, which is not what happened.
_TYPES = ("capture_lanes", "category", "categories", "type")
_PLACES, _TEXTS = ("location", "place"), ("summary", "description")
_LATITUDES, _LONGITUDES = ("lat", "latitude"), ("lon", "lng", "long", "longitude")
_CITING = ("sources", "source", "url")
_TAKEN = frozenset(
    {
        *("id", "title", "tags", "actors", "related_events", "importance", "location", "sources", "source"),
    }
)
_SOURCE_TAKEN = frozenset({"title", "url", "author", "date"})
_HIGHEST_IMPORTANCE = 10
_KNOWN = frozenset({*_TAKEN, *_STARTS, *_ENDS, *_TYPES, *_CITING, *_LATITUDES, *_LONGITUDES, *_PLACES, *_TEXTS})


def score(head: bytes, name: str) -> float:
    """Tell how likely a file is an event in Markdown, from the names of the fields above its text, and its own."""
    found = field_names(head.decode("utf-8", "replace").removeprefix("\ufeff"))
    if found is None:
        return 0.0
    fields, below = found
    is_dated = bool(dated_name(PurePath(name).stem)[0])
    is_named = "title" in fields or is_dated or heading_in(below)
    if not is_named or (fields.isdisjoint(map(str.lower, _STARTS)) and not is_dated):
        return 0.0
    return 0.95 if fields & _EVENT_FIELDS and "title" in fields else 0.5


def read_markdown_event(source: SourceFile, mapping: Mapping[str, str]) -> Dataset:
    """Read the one event of a file; raises ReadError when there are no fields, or they are not YAML."""
    del mapping
    return read_event(source, SourceBook())


def read_event(source: SourceFile, book: SourceBook) -> Dataset:
    """Read the one event of a file, whose sources go to a book of several files; raises ReadError likewise."""
    text = decode_text(source)
    front = front_matter(text, _KNOWN)
    root = front.root
    problems = ProblemLog(text)
    draft = _Event(front, problems, book).draft(source.path.name, source.path.stem)
    made = [draft] if draft is not None else []
    title = made[0].event.title if made else ""
    return finished_dataset(source, _NAME, made, [root.offset], problems, title=title, sources=book.by_key)


class _Event:
    """The event of one file."""

    def __init__(self, front: FrontMatter, problems: ProblemLog, book: SourceBook) -> None:
        self._fields = fields_of(front.root, problems)
        self._front = front
        self._problems = problems
        self._book = book
        self._extra: dict[str, object] = {}
        self._taken: set[str] = set()

    def draft(self, file_name: str, stem: str) -> Draft | None:
        """Return the event; None when it has no title or no date that can be read."""
        fields = self._fields
        linked, body = self._read_words(self._front.body)
        also_linked, told = self._read_words(self._first(_TEXTS))
        summary = "\n\n".join(dict.fromkeys(part.text for part in (told, body) if part.text))
        day, words = dated_name(stem)
        others = (self._front.heading, words[:1].upper() + words[1:])
        title = title_of(plain_words(fields.text("title")).text, *(plain_words(one).text for one in others))
        when = self._when(day)
        if not title:
            message = "title: expected a text; found nothing; the event is left out"
            self._problems.error(message, fields.offset("title"))
        if not title or when is None:
            return None
        typed = next((key for key in _TYPES if self._items(key)), _TYPES[-1])
        kind, *lanes = self._texts(typed) or [""]
        named = [self._source(node) for key in self._citing() for node in self._items(key)]
        place, location = self._place()
        addresses = self._book.add_addresses((*told.addresses, *body.addresses))
        quoted = list(self._quoted([one for one in named if one is not None]))
        own_id = fields.text("id").strip() or stem
        event = Event(
            id="",
            title=title,
            when=when,
            type=kind,
            actors=tuple(dict.fromkeys(filter(None, map(self._actor, self._items("actors"))))),
            place=place,
            location=location,
            importance=self._importance(),
            summary=summary,
            tags=tuple(dict.fromkeys((*self._texts("tags"), *lanes))),
            links=tuple(Link(target, "related") for target in dict.fromkeys(self._related()) if target != own_id),
            excerpts=tuple(one for one, _ in quoted),
            own_sources=distinct_sources(*named, *(source for _, source in quoted), *also_linked, *linked, *addresses),
            origin=Origin(file_name, self._problems.source.line(fields.node.offset), 1),
            extra={**bag(fields, {*_TAKEN, typed, *self._taken, *self._citing()}), **self._extra},
        )
        return Draft(event, own_id, fields.offset("id"))

    def _when(self, day: str) -> When | None:
        """Return the date that the fields tell, or else the name of the file."""
        fields = self._fields
        begin = next((key for key in _STARTS if self._date_text(key).strip()), _STARTS[0])
        self._taken.add(begin)
        start = DatedText(_edtf(self._date_text(begin)) or day, fields.offset(begin))
        key = next((key for key in _ENDS if fields.text(key).strip()), _ENDS[0])
        self._taken.add(key)
        end = DatedText(_edtf(fields.text(key)), fields.offset(key))
        return when_of(start, end, self._problems, lambda: fields.keep(key))

    def _date_text(self, key: str) -> str:
        """Return a date, also one that Obsidian has as a link to its day: [[2022-02-24]]."""
        node = self._fields.get(key)
        while isinstance(node, ListNode) and len(node.items) == 1:
            node = node.items[0]
        return node.text if isinstance(node, TextNode) else self._fields.text(key)

    def _place(self) -> tuple[str, Location | None]:
        """Return where it was: a name, or a mapping with one, and a point."""
        fields = self._fields
        node = fields.get("location")
        within = fields_of(node, self._problems) if isinstance(node, MappingNode) else None
        name = within.text("name") if within is not None else self._first(_PLACES)
        parts = within or fields
        latitude, longitude = (
            next((key for key in keys if parts.text(key)), keys[0]) for keys in (_LATITUDES, _LONGITUDES)
        )
        location = location_of(parts.text(latitude), parts.text(longitude))
        if within is not None and within.node.entries.keys() - {"name", latitude, longitude}:
            fields.keep("location")
        elif location is not None and within is None:
            self._taken |= {latitude, longitude}
        return title_of(name), location

    def _first(self, names: Sequence[str]) -> str:
        """Return the first text of fields that mean the same; the others are kept."""
        name = next((name for name in names if self._fields.text(name).strip()), names[0])
        self._taken.add(name)
        return self._fields.text(name)

    def _citing(self) -> list[str]:
        """Return the fields that name sources: the address of a page itself, as Hugo has it, is none."""
        own = self._fields.get("url")
        is_own = isinstance(own, TextNode) and own.text.startswith("/")
        return [key for key in _CITING if not (key == "url" and is_own)]

    def _importance(self) -> int:
        """Return the importance from 1 to 5 of one from 1 to 10, which is kept."""
        written = self._fields.text("importance").strip()
        if not written:
            return USUAL_IMPORTANCE
        if written.isascii() and written.isdigit() and len(written) <= 2 and 1 <= int(written) <= _HIGHEST_IMPORTANCE:
            self._extra["importance_of_10"] = written
            return (int(written) + 1) // 2
        expected = f"importance: expected a whole number from 1 to {_HIGHEST_IMPORTANCE}"
        self._fields.reject("importance", f'{expected}; found "{written[:60]}"; taken as {USUAL_IMPORTANCE}')
        return USUAL_IMPORTANCE

    def _related(self) -> Iterator[str]:
        """Give the ids of the events that the fields name, and of those that the text links to by them."""
        yield from self._texts("related_events")
        yield from (target for target, _ in _TO_NOTE.findall(self._front.body) if dated_name(target)[0])

    def _quoted(self, sources: Sequence[Source]) -> Iterator[tuple[Excerpt, Source]]:
        """Give the words of sources that support what is claimed, which stay with the event as they are written."""
        by_address = {one.url: one for one in reversed(sources) if one.url}
        for node in self._items("claims"):
            fields = fields_of(node, self._problems) if isinstance(node, MappingNode) else None
            address = fields.text("url").strip() if fields is not None else ""
            source = by_address.get(address) or self._book.add(url=address)
            if fields is not None and source is not None and fields.text("span").strip():
                yield Excerpt(fields.text("span").strip(), source.key), source

    def _actor(self, node: Node) -> ActorRef | None:
        fields = fields_of(node, self._problems) if isinstance(node, MappingNode) else None
        name = fields.text("name") if fields is not None else node.text if isinstance(node, TextNode) else ""
        if not name.strip():
            self._problems.warning(f"actors: expected a name; found {described(node)}", node.offset)
            self._fields.keep("actors")
            return None
        if fields is not None and fields.node.entries.keys() - {"name", "role"}:
            self._fields.keep("actors")
        return ActorRef(name.strip(), fields.text("role") if fields is not None else "", name)

    def _source(self, node: Node) -> Source | None:
        """Return a source that is told of by fields, or by its address or title alone."""
        if isinstance(node, TextNode):
            written = node.text.strip()
            return self._book.add(url=written) if written.startswith(_WEB) else self._book.add(title=written)
        if not isinstance(node, MappingNode):
            self._problems.warning(f"sources: expected {{url, title, …}}; found {described(node)}", node.offset)
            self._fields.keep("sources")
            return None
        fields = fields_of(node, self._problems)
        retrieved = "access_date" if fields.text("access_date") else "accessed"
        publisher = "publisher" if fields.text("publisher") else "outlet"
        return self._book.add(
            title=plain_words(fields.text("title")).text,
            author=fields.text("author").strip(),
            publisher=fields.text(publisher).strip(),
            url=fields.text("url").strip(),
            published=_date_or_kept(fields, "date"),
            retrieved=_date_or_kept(fields, retrieved),
            extra=bag(fields, {*_SOURCE_TAKEN, publisher, retrieved}),
        )

    def _read_words(self, written: str) -> tuple[list[Source | None], PlainWords]:
        """Return the sources that links lead to, under their words, and the text without its marks."""
        cut = f"{written[:LONGEST]} [cut]" if len(written) > LONGEST else written
        linked = [
            self._book.add(title=plain_words(words).text, url=address)
            for words, address in _LINK.findall(cut)
            if address.startswith(_WEB)
        ]
        named = _TO_NOTE.sub(lambda match: match[2] or match[1], _LINK.sub(lambda match: match[1], cut))
        unmarked = _HEADING_OR_RULE.sub("", named)
        bare = _BLANK_LINES.sub("\n\n", unmarked)
        return linked, plain_words(_EMPHASIS.sub(lambda match: match[2], bare))

    def _items(self, key: str) -> list[Node]:
        node = self._fields.get(key)
        if node is None:
            return []
        return node.items if isinstance(node, ListNode) else [node]

    def _texts(self, key: str) -> list[str]:
        """Return the texts of a list; what is none is reported and kept."""
        return list(self._read_texts(key))

    def _read_texts(self, key: str) -> Iterator[str]:
        is_list = isinstance(self._fields.get(key), ListNode)
        for node in self._items(key):
            if isinstance(node, TextNode) and node.text.strip():
                # Tags that are one text have commas between them.
                parts = [node.text] if is_list or key != "tags" else node.text.split(",")
                yield from filter(None, map(str.strip, parts))
            else:
                self._problems.warning(f"{key}: expected a text; found {described(node)}", node.offset)
                self._fields.keep(key)


def _edtf(written: str) -> str:
    """Return a date in EDTF; what is none is returned as it is, for its reader to refuse."""
    plain = _MIDNIGHT.sub("", written.strip())
    try:
        return edtf_of(plain)
    except WhenError:
        return plain


def _date_or_kept(fields: Fields, key: str) -> str:
    """Return a date in EDTF; one that is none is kept as it is."""
    written = _edtf(fields.text(key))
    if not written:
        return ""
    try:
        return parse(written).text
    except WhenError:
        fields.keep(key)
        return ""


READER = Reader(
    name=_NAME,
    endings=(".md", ".markdown"),
    description="An event as Markdown, with its fields above the text",
    recognised_by="an event as Markdown, with title and date between lines of dashes",
    score=score,
    read=read_markdown_event,
    largest_bytes=_LARGEST_BYTES,
)
