"""Find the events among the entities of FollowTheMoney in a file of any size, and the names of those who took part.

Others are named by their ids, wherever they stand. So a file is gone through three times: for the ids that events name,
for the names of these, and for the events, each of which is kept with the names that it needs.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from timeline_app.core.arrays import Int64Array
from timeline_app.core.dataset import Level, Problem
from timeline_app.core.errors import ReadError
from timeline_app.readers.followthemoney_relations import LISTED, RELATIONS
from timeline_app.readers.id_hashes import IdHashes, KnownIds
from timeline_app.readers.json_nodes import plain_node
from timeline_app.readers.json_reading import BrokenValue, JsonValue
from timeline_app.readers.json_values import json_row, json_values, values_within
from timeline_app.readers.line_file import LineFile
from timeline_app.readers.single_records import NOTHING_BESIDE, SingleRecord
from timeline_app.readers.source_file import MEGABYTE
from timeline_app.readers.tree import ListNode, MappingNode, Node, TextNode, is_nothing, listed, shortened, text_in

PAYMENT = "payment"
EVENT_SCHEMAS = {"Event": "", "Trip": "trip", "Payment": PAYMENT}
EVENT_SCHEMAS |= {schema: relation.word.lower() for schema, relation in RELATIONS.items()}
# A payment is what happened where it has a date; without one it is something that others may name.
_DATED_SCHEMAS = frozenset({"Payment", *RELATIONS})
EVENT_DATES = ("date", "startDate", "endDate", LISTED)
NO_ENTITIES = 'expected entities with "id", "schema" and "properties"; found none'
# Beside a record without a text, which is none: why.
BROKEN = "broken"
_NO_ID = " "
# Who took part, by what names them, and in which role.
PARTICIPANTS = {"organizer": "organiser", "payer": "payer", "beneficiary": "beneficiary", "involved": ""}
PARTICIPANTS |= {name: role for relation in RELATIONS.values() for name, role in relation.roles.items()}
_LONGEST_NAME = 200
# What in the model says when something happened, or began, and not when somebody was born or a page was seen.
_OWN_DATES = frozenset({"date", "startDate", "endDate", "publishedAt", "authoredAt", "listingDate", "fileDate"})
_MOST_SCHEMAS = 100
_MOST_NAME_BYTES = 256 * MEGABYTE


def items_of(node: Node | None) -> list[Node]:
    """Return the values of a property that say something, one or a list of them."""
    if node is None:
        return []
    items = node.items if isinstance(node, ListNode) else [node]
    return [item for item in items if not is_nothing(item)]


def entity_name(node: MappingNode) -> str:
    """Return what an entity is called, empty when it does not say."""
    entry = node.entries.get("properties")
    names = entry[1].entries.get("name") if entry is not None and isinstance(entry[1], MappingNode) else None
    written = next((item.text for item in items_of(names and names[1]) if isinstance(item, TextNode)), "")
    return shortened(text_in(node, "caption") or written, _LONGEST_NAME)


def is_event(schema: str, properties: Collection[str]) -> bool:
    """Tell whether an entity is an event, from its schema and the names of its properties."""
    return schema in EVENT_SCHEMAS and (schema not in _DATED_SCHEMAS or not set(EVENT_DATES).isdisjoint(properties))


class EntityNames:
    """The names of those entities that are wanted."""

    def __init__(self, wanted: KnownIds) -> None:
        self._wanted = wanted
        self._begins: Int64Array = np.zeros(len(wanted), np.int64)
        self._ends: Int64Array = np.zeros(len(wanted), np.int64)
        self._content = bytearray()

    def take(self, entity: JsonValue) -> bool:
        """Take the name of an entity, where it is wanted; tell whether there is room for more."""
        place = self._wanted.place(_id_of(entity))
        if place is not None:
            node = plain_node(entity.value)
            name = entity_name(node).encode(errors="replace") if isinstance(node, MappingNode) else b""
            self._begins[place] = len(self._content)
            self._content += name
            self._ends[place] = len(self._content)
        return len(self._content) <= _MOST_NAME_BYTES

    def of(self, entity_id: str) -> str:
        """Return the name of an entity, "" where none is known."""
        place = self._wanted.place(entity_id)
        return "" if place is None else bytes(self._content[self._begins[place] : self._ends[place]]).decode()


class DatedEntities:
    """Counts the entities that are no events and have a date of their own, by their schema."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}

    def take(self, schema: str, properties: Collection[str]) -> None:
        """Take an entity that is no event."""
        if not _OWN_DATES.isdisjoint(properties) and (schema in self._counts or len(self._counts) < _MOST_SCHEMAS):
            self._counts[schema] = self._counts.get(schema, 0) + 1

    def notes(self, file: str) -> list[Problem]:
        """Return what is told of them."""
        if not self._counts:
            return []
        counted = listed(f"{shortened(schema)} ({count:,})" for schema, count in self._counts.items())
        message = (
            f"entities with a date that are no events are not read: {counted}; expected an Event, a Trip, a Payment or"
            " a relation such as a Sanction"
        )
        return [Problem(message, file, 1, 1, level=Level.NOTE)]


@dataclass(slots=True)
class EntityScan:
    """What all entities tell together: how many there are, how many records, and the names that events need.

    `notes` are about the file.
    """

    entities: int
    records: int
    names: EntityNames
    notes: list[Problem] = field(default_factory=list)

    @classmethod
    def of(cls, file: LineFile) -> EntityScan:
        """Go through a file; raises ReadError where it holds no entity."""
        entities, records, named, dated = 0, 0, IdHashes(), DatedEntities()
        for value in _values(file):
            schema = _schema_of(value)
            entities += schema is not None
            if schema is None or is_event(schema, _properties_of(value)):
                records += 1
                for one in _named_by(value) if isinstance(value, JsonValue) else []:
                    named.take(one)
            else:
                dated.take(schema, _properties_of(value))
        if not entities and not records:
            raise ReadError(NO_ENTITIES, file.name, 1, 1)
        wanted = named.whole()
        scan = cls(entities, records, EntityNames(wanted), dated.notes(file.name))
        if not records:
            message = f"none of the {_distinct_entities(file):,} entities is an Event"
            scan.notes.append(Problem(message, file.name, 1, 1, level=Level.NOTE))
        if len(wanted):
            scan._take_names(file)
        return scan

    def _take_names(self, file: LineFile) -> None:
        """Look up the names of the entities that events name."""
        for value in _values(file):
            if isinstance(value, JsonValue) and _schema_of(value) is not None and not self.names.take(value):
                message = f"the names take more than {_MOST_NAME_BYTES:,} bytes; from here on they are not looked up"
                self.notes.append(Problem(message, file.name, value.line, value.column, level=Level.WARNING))
                return


def event_records(file: LineFile, scan: EntityScan) -> Iterator[SingleRecord]:
    """Give the events of a file, each with the names of those that it names, and what should be an entity and is none.

    Raises ReadError where an entity is longer than any may be.
    """
    for value in _values(file):
        if isinstance(value, BrokenValue):
            place = value.error.place
            told = f"{value.error.args[0]} (line {place.line}, column {place.column}); it is left out"
            yield SingleRecord("", value.line, value.column, value.bytes_read, {BROKEN: told})
            continue
        schema = _schema_of(value)
        if schema is None or is_event(schema, _properties_of(value)):
            names = {one: name for one in _named_by(value) if (name := scan.names.of(one))}
            yield SingleRecord(value.text, value.line, value.column, value.bytes_read, names or NOTHING_BESIDE)


def _distinct_entities(file: LineFile) -> int:
    """Return how many entities a file has, each counted once however often it stands there."""
    ids = IdHashes()
    for value in _values(file):
        if _schema_of(value) is not None and isinstance(value, JsonValue):
            # All those without an id count as one.
            ids.take(_id_of(value) or _NO_ID)
    return len(ids.whole())


def _values(file: LineFile) -> Iterator[JsonValue | BrokenValue]:
    """Give the values of a file, those of lists one by one."""
    if file.head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"[":
        yield from (value for value in json_values(file) if value.is_item)
        return
    for value in json_row(file):
        if isinstance(value, JsonValue) and isinstance(value.value, list):
            yield from (item for item in values_within(value, file.name) if item.is_item)
        else:
            yield value


def _schema_of(value: JsonValue | BrokenValue) -> str | None:
    """Return the schema of an entity, None for what is none."""
    found = value.value if isinstance(value, JsonValue) else None
    if not isinstance(found, dict) or "schema" not in found:
        return None
    schema = found["schema"]
    return schema.strip() if isinstance(schema, str) else ""


def _id_of(entity: JsonValue) -> str:
    written = entity.value.get("id") if isinstance(entity.value, dict) else None
    return _whole_characters(str(written or "")).strip()


def _properties_of(entity: JsonValue | BrokenValue) -> Mapping[str, object]:
    found = entity.value if isinstance(entity, JsonValue) and isinstance(entity.value, dict) else {}
    return found["properties"] if isinstance(found.get("properties"), dict) else {}


def _named_by(event: JsonValue) -> list[str]:
    """Return the ids of those who took part in an event."""
    properties = _properties_of(event)
    values = (properties.get(key) for key in PARTICIPANTS)
    items = (item for value in values for item in (value if isinstance(value, list) else [value]))
    return [_whole_characters(item).strip() for item in items if isinstance(item, str) and item.strip()]


def _whole_characters(text: str) -> str:
    """Return a text without halves of characters, which make an event one that is told and left out."""
    return text.encode(errors="replace").decode()
