"""Read the events of FollowTheMoney, the model in which Aleph, OpenSanctions and others exchange entities since 2017.

A file holds one entity of a line, `{"id", "schema", "properties"}`, of people, companies and much else. The entities
with the schema Event, and Trip, which is one, are the events, and so are payments with a date, from whom to whom and
how much, which is a claim; the others are only looked up for their names. Quirks:
every property is a list, and several dates in one are statements of which one is right; dates are as exact as they
are written; `organizer` and `involved` are the ids of other entities, or in what Aleph's interface gives, whole
entities. An Event with a start and no end is taken to have happened then. So are relations with a date, such as
sanctions, ownerships and posts (readers/followthemoney_relations.py), but who is in them makes their title. Also read:
a list of entities, and entities over several lines. Other entities with a date of their own, such as documents, are
counted and told. A large file is read record by record
(readers/followthemoney_entities.py). Tried on files made by hand from the model's schema, up to a million events.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from timeline_app.core.batches import Decoder, RecordBatch
from timeline_app.core.dataset import Dataset
from timeline_app.core.errors import ReadError
from timeline_app.core.event import NOTHING, ActorRef, Claim, Event, Origin, Source
from timeline_app.core.when import When
from timeline_app.readers.collector import garbage_collection_paused
from timeline_app.readers.fields import NUMBER, Fields
from timeline_app.readers.file_stream import FileStream
from timeline_app.readers.followthemoney_entities import (
    BROKEN,
    EVENT_DATES,
    EVENT_SCHEMAS,
    NO_ENTITIES,
    PARTICIPANTS,
    PAYMENT,
    DatedEntities,
    EntityScan,
    entity_name,
    event_records,
    is_event,
    items_of,
)
from timeline_app.readers.followthemoney_relations import (
    LISTED,
    QUALITIES,
    REASONS,
    RELATIONS,
    TOLD_IN_WORDS,
    Relation,
)
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
from timeline_app.readers.json_nodes import json_drafts
from timeline_app.readers.json_tree import read_json_lines
from timeline_app.readers.line_file import LineFile
from timeline_app.readers.plain_words import plain_words
from timeline_app.readers.problem_log import ProblemLog
from timeline_app.readers.record_reader import record_reader
from timeline_app.readers.single_records import SingleDecoder, single_batches
from timeline_app.readers.source_book import SourceBook, distinct_sources
from timeline_app.readers.source_file import SourceFile
from timeline_app.readers.source_text import SourceText, decode_text
from timeline_app.readers.tree import ListNode, MappingNode, Node, TextNode, described, shortened, text_in

_NAME = "followthemoney"

_ENTITY_IN_HEAD = re.compile(
    rb"""\A(?:\xEF\xBB\xBF)?\s*\[?\s*\{(?=[^\0]*?"schema"\s*:\s*"[A-Z]\w*")[^\0]*?"properties"\s*:\s*\{"""
)
_EVENT_IN_HEAD = re.compile(rb'"schema"\s*:\s*"(?:Event|Trip|Payment)"')
_SPACED_TIME = re.compile(r"(\d{4}-\d\d-\d\d) (\d\d:\d\d)", re.ASCII)

_ENTITY_TAKEN = frozenset({"id", "schema", "properties", "caption"})
_TAKEN = frozenset(
    {
        *("name", "date", "startDate", "endDate", "summary", "description", "location", "organizer", "involved"),
        *("sourceUrl", "publisher", "publisherUrl", "keywords", "topics", "purpose"),
        *(*PARTICIPANTS, *REASONS, LISTED),
    }
)
_AMOUNT, _CURRENCY = "amount", "currency"
_SIDES = (("from", "payer"), ("to", "beneficiary"))


def score(head: bytes, name: str) -> float:
    """Tell how likely a file holds entities, from the first of them, and events, from whether there is one."""
    del name
    if not _ENTITY_IN_HEAD.match(head):
        return 0.0
    return 0.95 if _EVENT_IN_HEAD.search(head) else 0.6


def read_followthemoney(source: SourceFile, mapping: Mapping[str, str]) -> Dataset:
    """Read the events of a whole file; raises ReadError when it is not UTF-8 or holds no entity."""
    del mapping
    text = decode_text(source)
    problems = ProblemLog(text)
    with garbage_collection_paused():
        found = _Entities.of(text, problems)
        if not found.events and not found.names and not found.broken:
            raise text.error(NO_ENTITIES, 0)
        reader = _EventReader(source.path.name, problems, found.names)
        offsets = sorted([node.offset for node in found.events] + found.broken)
        numbers = {offset: number for number, offset in enumerate(offsets, start=1)}
        drafts = [reader.draft(node, numbers[node.offset]) for node in found.events]
    if not offsets:
        problems.note(f"none of the {len(found.names):,} entities is an Event", 0)
    dataset = finished_dataset(source, _NAME, drafts, offsets, problems, sources=reader.book.by_key)
    return replace(dataset, problems=(*found.dated.notes(source.name), *dataset.problems))


@dataclass(frozen=True, slots=True)
class _Entities:
    """What a file holds: its events, where lines are broken, the names of all by id, and what else is dated."""

    events: list[MappingNode]
    broken: list[int]
    names: dict[str, str]
    dated: DatedEntities

    @classmethod
    def of(cls, text: SourceText, problems: ProblemLog) -> _Entities:
        """Find the entities of a text; what is none is reported."""
        found = cls([], [], {}, DatedEntities())
        for offset, node in _nodes(text, problems):
            if node is None:
                found.broken.append(offset)
            elif isinstance(node, MappingNode) and "schema" in node.entries:
                found._add(node)
            else:
                problems.error(f"{_expected_entity(node)}; it is left out", node.offset)
                found.broken.append(node.offset)
        return found

    def _add(self, node: MappingNode) -> None:
        written = node.entries.get("properties", (0, node))[1]
        properties = written.entries if isinstance(written, MappingNode) else {}
        if is_event(text_in(node, "schema"), properties):
            self.events.append(node)
        else:
            self.dated.take(text_in(node, "schema"), properties)
        self.names[text_in(node, "id")] = entity_name(node)


def _nodes(text: SourceText, problems: ProblemLog) -> Iterator[tuple[int, Node | None]]:
    """Give the values of a file, those of a list one by one; None for what is no JSON, which is reported."""
    for offset, tree in read_json_lines(text):
        if isinstance(tree, ReadError):
            problems.unreadable(tree, offset)
            yield offset, None
            continue
        problems.warn_all(tree.faults)
        items = tree.root.items if isinstance(tree.root, ListNode) else [tree.root]
        yield from ((item.offset, item) for item in items)


def _stream(file: LineFile, mapping: Mapping[str, str]) -> FileStream:
    """Open a large file; raises ReadError as `read_followthemoney` does."""
    del mapping
    scan = EntityScan.of(file)

    def batches() -> Iterator[RecordBatch]:
        return single_batches(event_records(file, scan), file.name, file.path.name, _drafts, scan.notes)

    return FileStream(file.path.stem, NOTHING, file.total_bytes, batches)


def _decoder(layout: Mapping[str, object]) -> Decoder:
    """Return what makes events of single entities."""
    del layout
    return SingleDecoder(_drafts)


def _drafts(names: Mapping[str, str], number: int, problems: ProblemLog) -> Draft | None:
    """Return the event of the text of an entity, with the names of those who took part."""
    if not problems.source.text:
        problems.error(names[BROKEN], 0)
        return None
    return json_drafts(_draft_of_node)(names, number, problems)


def _draft_of_node(node: Node, names: Mapping[str, str], number: int, problems: ProblemLog) -> Draft | None:
    if not (isinstance(node, MappingNode) and "schema" in node.entries):
        problems.error(f"{_expected_entity(node)}; it is left out", node.offset)
        return None
    return _EventReader("", problems, names).draft(node, number)


class _EventReader:
    """Reads the events of one file."""

    def __init__(self, file_name: str, problems: ProblemLog, names: Mapping[str, str]) -> None:
        self.book = SourceBook()
        self._file_name = file_name
        self._problems = problems
        self._names = names

    def draft(self, node: MappingNode, number: int) -> Draft | None:
        """Return one event; None when it has no words or no date that can be read."""
        entity = fields_of(node, self._problems)
        written = entity.get("properties")
        properties = fields_of(
            written if isinstance(written, MappingNode) else MappingNode(node.offset), self._problems
        )
        texts = {key: _texts(properties, key) for key in _TAKEN}
        words = [plain_words(text) for key in ("purpose", *REASONS, "summary", "description") for text in texts[key]]
        summary = "\n\n".join(dict.fromkeys(part.text for part in words if part.text))
        names = [plain_words(name).text for name in texts["name"]]
        schema = text_in(node, "schema")
        kind, relation = EVENT_SCHEMAS[schema], RELATIONS.get(schema)
        amounts, unit = _amounts(properties)
        made = self._payment_title(properties, amounts, unit) if kind == PAYMENT else first_line(summary)
        caption = plain_words(text_in(node, "caption")).text
        title = title_of(
            *names, *((caption, made) if relation is None else (self._relation_title(properties, relation),))
        )
        when = self._when(properties, texts, lasts=relation is not None)
        if not title:
            self._problems.error("name: expected a text; found nothing; the event is left out", node.offset)
        if not title or when is None:
            return None
        for key in ("name", "location"):
            if len(texts[key]) > 1:
                properties.keep(key)
        if texts["sourceUrl"] and texts["publisherUrl"]:
            properties.keep("publisherUrl")
        addresses = [address for part in words for address in part.addresses]
        sources = distinct_sources(*self._sources(texts), *self.book.add_addresses(addresses))
        if caption and caption not in {title, relation.word if relation is not None else ""}:
            entity.keep("caption")
        if amounts and unit is None:
            properties.keep(_CURRENCY)
        by, said_in = tuple(texts["publisher"][:1]), next((source.key for source in sources), "")
        event = Event(
            id="",
            title=title,
            when=when,
            type=kind,
            actors=self._actors(properties),
            place=title_of(*texts["location"]),
            summary=summary,
            tags=tuple(dict.fromkeys((*texts["keywords"], *texts["topics"]))),
            claims=tuple(Claim("amount", by, one, unit=unit or "", source=said_in) for one in amounts),
            own_sources=sources,
            origin=Origin(self._file_name, self._problems.source.line(node.offset), number),
            extra={
                **bag(entity, _ENTITY_TAKEN),
                **bag(properties, _TAKEN | {_AMOUNT, _CURRENCY} if amounts else _TAKEN),
            },
        )
        return Draft(event, text_in(node, "id"), entity.offset("id"))

    def _when(self, properties: Fields, texts: Mapping[str, list[str]], *, lasts: bool) -> When | None:
        """Return when an event was; of what lasts, the end is unknown where none is told. None is reported."""
        one, start, end, listed = (_edtf(texts[key]) for key in EVENT_DATES)
        if listed and (one or start):
            properties.keep(LISTED)
        one = one or ("" if start else listed)
        key = next((key for key in ("startDate", "date", LISTED, "endDate") if texts[key]), "")
        offset = properties.offset(key) if key else properties.node.offset
        if not key:
            self._problems.error("date: expected a date; found nothing; the event is left out", offset)
            return None
        if not (start or one):
            return when_of(DatedText(f"/{end}", offset), DatedText(""), self._problems, lambda: None)
        last = DatedText(end, properties.offset("endDate"))
        if lasts and start and not end:
            return when_of(DatedText(f"{start}/", offset), last, self._problems, lambda: None)
        if start and one and one != start:
            properties.keep("date")
        return when_of(DatedText(start or one, offset), last, self._problems, lambda: properties.keep("endDate"))

    def _payment_title(self, properties: Fields, amounts: Sequence[str], unit: str | None) -> str:
        """Return from whom to whom a payment went, and how much."""
        sides = [f"{word} {', '.join(found)}" for word, key in _SIDES if (found := self._names_of(properties, key))]
        told = f"{amounts[0]} {unit or ''}".strip() if len(amounts) == 1 else ""
        return ", ".join(filter(None, (" ".join(("Payment", *sides)), told)))

    def _relation_title(self, properties: Fields, relation: Relation) -> str:
        """Return what a relation is and who is in it."""
        names_by_key = {key: self._names_of(properties, key) for key in relation.roles}
        names = [name for key, found in names_by_key.items() if key not in TOLD_IN_WORDS for name in found]
        by = " and ".join(name for key in TOLD_IN_WORDS for name in names_by_key.get(key, ()))
        quality = next((text for key in QUALITIES for text in _texts(properties, key)), "")
        word = " ".join(filter(None, (relation.word, by and f"by {by}", quality and f"({quality})")))
        return f"{word}: {', '.join(names)}" if names else word

    def _names_of(self, properties: Fields, key: str) -> list[str]:
        return list(filter(None, (self._actor_name(node, key) for node in items_of(properties.get(key)))))

    def _actors(self, properties: Fields) -> tuple[ActorRef, ...]:
        """Return who took part, by name; an id of which the file knows no name is kept and told."""
        found: dict[str, ActorRef] = {}
        for key, role in PARTICIPANTS.items():
            for node in items_of(properties.get(key)):
                name = self._actor_name(node, key)
                if name:
                    found.setdefault(name, ActorRef(name, role, name))
                else:
                    properties.keep(key)
                    message = f"{key}: expected an entity that is in the file too; found {described(node)}; kept"
                    self._problems.note(message, node.offset)
        return tuple(found.values())

    def _actor_name(self, node: Node, key: str) -> str:
        if isinstance(node, MappingNode):
            return entity_name(node)
        if not isinstance(node, TextNode):
            return ""
        if key in TOLD_IN_WORDS:
            return shortened(node.text, 200)
        # An id is one word; what has several is a name that somebody wrote in its place.
        return self._names.get(node.text.strip(), "") or (shortened(node.text, 200) if " " in node.text.strip() else "")

    def _sources(self, texts: Mapping[str, list[str]]) -> list[Source | None]:
        """Return the pages that an event was taken from, or else who published it."""
        publisher = next(iter(texts["publisher"]), "")
        if texts["sourceUrl"]:
            return [self.book.add(publisher=publisher, url=url) for url in texts["sourceUrl"]]
        addresses = texts["publisherUrl"] or [""]
        return [self.book.add(publisher=publisher, url=addresses[0])]


def _expected_entity(node: Node) -> str:
    return f'expected an entity with "id", "schema" and "properties"; found {described(node)}'


def _edtf(dates: list[str]) -> str:
    """Return the dates of one property: the one that is most exact, or one of several that differ."""
    written = dict.fromkeys(_SPACED_TIME.sub(r"\1T\2", date.strip()) for date in dates)
    exact = sorted(date for date in written if not any(other != date and other.startswith(date) for other in written))
    return exact[0] if len(exact) == 1 else f"[{','.join(exact)}]" if exact else ""


def _amounts(properties: Fields) -> tuple[list[str], str | None]:
    """Return the amounts that are stated, each once, none where one is no number, and their currency, if it is one."""
    amounts, currencies = (list(dict.fromkeys(_texts(properties, key))) for key in (_AMOUNT, _CURRENCY))
    if not all(map(NUMBER.fullmatch, amounts)):
        return [], None
    return amounts, currencies[0] if len(currencies) == 1 else None if currencies else ""


def _texts(fields: Fields, key: str) -> list[str]:
    return [item.text.strip() for item in items_of(fields.get(key)) if isinstance(item, TextNode) and item.text.strip()]


READER = record_reader(
    name=_NAME,
    endings=(".json", ".jsonl", ".ndjson", ".ijson"),
    description="Events of FollowTheMoney, one entity a line",
    recognised_by="entities of FollowTheMoney",
    score=score,
    whole=read_followthemoney,
    stream=_stream,
    decoder=_decoder,
)
