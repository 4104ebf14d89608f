"""Read results of queries to Wikidata and other SPARQL services, as JSON, XML or a table.

SPARQL 1.1 has `{"head": {"vars": […]}, "results": {"bindings": […]}}`, where each value has a type, and the same as XML
and as tables (readers/sparql_results.py); the “JSON file” of Wikidata's query page is a list of rows of plain texts.
Tables are known by entities of Wikidata and dates in them. What a variable holds is told from its name, as queries
usually choose it: `item` or `event`, `itemLabel`, `date`, `startTime`, `endDate`, `participantLabel`.

- A date is as exact as its precision, in a variable such as `precision`, `dateTimePrecision` or `startPrecision`. Where
  none is given, the first of January is read as the year and the first of a month as the month, with a note: that is
  how Wikidata writes them when no more is known. Years are astronomical.
- A query gives a row for each combination of values. Rows of one item with one date are one event with all of them.
- The item and an article on it are sources; coordinates are the location; whatever has no place is kept.

Tried on 9,125 historical events of the plain form, 390 of them BC.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from timeline_app.core.dataset import Dataset
from timeline_app.core.event import ActorRef, Event, Location, Origin, Source
from timeline_app.core.when import When
from timeline_app.readers.civil_text import interval_text
from timeline_app.readers.collector import garbage_collection_paused
from timeline_app.readers.foreign_record import DatedText, Draft, finished_dataset, title_of, when_of
from timeline_app.readers.location import location_of
from timeline_app.readers.native_event import EVENT_KEYS
from timeline_app.readers.problem_log import ProblemLog
from timeline_app.readers.reader import Reader
from timeline_app.readers.source_book import SourceBook, distinct_sources
from timeline_app.readers.source_file import MEGABYTE, SourceFile
from timeline_app.readers.source_text import SourceText, decode_text
from timeline_app.readers.sparql_results import is_table_result, is_xml_result, result_tree
from timeline_app.readers.sparql_roles import Roles, is_address, roles_of
from timeline_app.readers.tree import ListNode, MappingNode, Node, TextNode, described, shortened, text_in
from timeline_app.readers.wikidata_dates import wikidata_date
from timeline_app.readers.xml_tree import decode_xml

_NAME = "sparql"
_LARGEST_BYTES = 50 * MEGABYTE
_HEAD_BYTES = 10_000

_VERBOSE_IN_HEAD = re.compile(rb"""\A(?:\xEF\xBB\xBF)?\s*+\{\s*+"head"\s*+:\s*+\{.{0,20000}?"vars"\s*+:""", re.DOTALL)
_PLAIN_IN_HEAD = re.compile(rb"""\A(?:\xEF\xBB\xBF)?\s*+\[\s*+\{""")
_ENTITY_IN_HEAD = re.compile(rb'"https?:\\?/\\?/www\.wikidata\.org\\?/entity\\?/Q\d')
_DATE_IN_HEAD = re.compile(rb'"[+-]?\d{4,16}-\d\d-\d\dT\d\d:\d\d:\d\dZ"')

_ENTITY = re.compile(r"https?://[\w.-]+/entity/([QLP]\d{1,20})", re.ASCII)
_UNKNOWN = re.compile(r"https?://[\w.-]+/\.well-known/genid/\S*|_:\S*|t\d{1,20}", re.ASCII)
_POINT = re.compile(r"(?:<[^<>]{1,200}>\s*)?POINT\s*\(\s*([-+.\deE]{1,30})\s+([-+.\deE]{1,30})\s*\)", re.IGNORECASE)
_BETWEEN_NAMES = re.compile(r"\|\||[|;\n\t]")
_PRECISION = re.compile(r"\d{1,2}", re.ASCII)
_FINEST = 14


@dataclass(slots=True)
class _Group:
    """The rows of one item and one date: where the first stands, and of each variable its values.

    `kept` are variables that could not be read, and are kept as they are.
    """

    offset: int
    values: dict[str, dict[str, None]] = field(default_factory=dict)
    kept: set[str] = field(default_factory=set)

    def add(self, row: Mapping[str, str]) -> None:
        """Take one more row in."""
        for name, text in row.items():
            if text:
                self.values.setdefault(name, {})[text] = None

    def first(self, name: str) -> str:
        """Return the first value of a variable, "" where it has none."""
        return next(iter(self.values.get(name, ())), "")

    def all(self, names: Iterable[str]) -> list[str]:
        """Return every value of some variables, lists in one text taken apart."""
        texts = [text for name in names for text in self.values.get(name, ())]
        parts = (part.strip() for text in texts for part in _BETWEEN_NAMES.split(text))
        return list(dict.fromkeys(part for part in parts if part))


def score(head: bytes, name: str) -> float:
    """Tell how likely a file is the result of a query, from its first bytes."""
    del name
    if _VERBOSE_IN_HEAD.match(head):
        return 0.95
    if is_xml_result(head):
        return 0.95
    if is_table_result(head):
        return 0.9
    is_plain = _PLAIN_IN_HEAD.match(head) and _ENTITY_IN_HEAD.search(head) and _DATE_IN_HEAD.search(head)
    return 0.9 if is_plain else 0.0


def read_sparql(source: SourceFile, mapping: Mapping[str, str]) -> Dataset:
    """Read the rows of a result; what they hold is told from the names of the variables, so `mapping` is empty.

    Raises ReadError when the text is no result, or no variable is a date.
    """
    del mapping
    text = decode_xml(source) if is_xml_result(source.content[:_HEAD_BYTES]) else decode_text(source)
    with garbage_collection_paused():
        return _Result(text, source).read()


class _Result:
    """Reads one file."""

    def __init__(self, text: SourceText, source: SourceFile) -> None:
        self._text = text
        self._source = source
        self._problems = ProblemLog(text)
        self._notes: dict[str, int] = {}

    def read(self) -> Dataset:
        """Return an event for each item and date."""
        tree = result_tree(self._text)
        self._problems.warn_all(tree.faults)
        rows = self._rows(tree.root)
        roles = self._roles(tree.root, rows)
        groups, offsets = self._groups(rows.items, roles)
        drafts = [self._draft(group, number, roles) for number, group in enumerate(groups, start=1)]
        taken: set[str] = set()
        kept = [_with_own_id(draft, taken) for draft in drafts if draft is not None]
        for note, count in self._notes.items():
            self._problems.note(f"{note}: {count:,} of the dates", rows.offset)
        return finished_dataset(self._source, _NAME, kept, offsets, self._problems, records_end=rows.end_offset)

    def _rows(self, root: Node) -> ListNode:
        results = root.entries.get("results") if isinstance(root, MappingNode) else None
        within = results[1].entries.get("bindings") if results and isinstance(results[1], MappingNode) else None
        rows = within[1] if within is not None else root
        if not isinstance(rows, ListNode):
            raise self._text.error(f"expected the rows of a result; found {described(rows)}", rows.offset)
        return rows

    def _roles(self, root: Node, rows: ListNode) -> Roles:
        samples: dict[str, str] = dict.fromkeys(_variables(root), "")
        for row in rows.items:
            if isinstance(row, MappingNode):
                for name, text in _texts(row).items():
                    samples[name] = samples.get(name) or text
        roles = roles_of(samples)
        if rows.items and not (roles.date or roles.start):
            names = shortened(", ".join(samples), 200) or "none"
            message = f"no variable is known to be a date; expected one such as date or startTime; there are {names}"
            raise self._text.error(message, rows.offset)
        return roles

    def _groups(self, rows: Sequence[Node], roles: Roles) -> tuple[list[_Group], list[int]]:
        groups: dict[tuple[str, ...], _Group] = {}
        offsets: list[int] = []
        joined = 0
        for row in rows:
            if not isinstance(row, MappingNode):
                self._problems.error(f"expected a row; found {described(row)}; it is left out", row.offset)
                offsets.append(row.offset)
                continue
            texts = _texts(row)
            item = texts.get(roles.item, "")
            key = tuple(texts.get(name, "") for name in roles.deciding) if item else (str(row.offset),)
            if key in groups:
                joined += 1
            else:
                groups[key] = _Group(row.offset)
                offsets.append(row.offset)
            groups[key].add(texts)
        if joined:
            self._problems.note(f"rows joined to others of the same item and date: {joined:,}", offsets[0])
        return list(groups.values()), offsets

    def _draft(self, group: _Group, number: int, roles: Roles) -> Draft | None:
        item = group.first(roles.item)
        entity = _ENTITY.fullmatch(item)
        identity = entity[1] if entity else ""
        title = title_of(group.first(roles.title), identity, item)
        dated = self._when(group, roles)
        if dated is not None and not title:
            self._problems.error("expected a label; found nothing; the event is left out", group.offset)
        if dated is None or not title:
            return None
        when, note = dated
        location = _location(group.first(roles.coordinates)) or location_of(
            group.first(roles.latitude), group.first(roles.longitude)
        )
        places = group.all(roles.places)
        event = Event(
            id="",
            title=title,
            when=when,
            basis_note=note,
            type=next(iter(group.all(roles.types)), ""),
            actors=tuple(ActorRef(name, "", name) for name in group.all(roles.actors)),
            place=next(iter(places), ""),
            location=location,
            summary=group.first(roles.description),
            tags=tuple(dict.fromkeys((*group.all(roles.types)[1:], *places[1:], *group.all(roles.tags)))),
            own_sources=_sources(group, roles, item if entity else "", title),
            origin=Origin(self._source.path.name, self._text.line(group.offset), number),
            extra=_extra(group, roles, is_placed=location is not None, is_entity=entity is not None),
        )
        return Draft(event, identity, group.offset)

    def _when(self, group: _Group, roles: Roles) -> tuple[When, str] | None:
        """Return the date of an event with a note on it; why there is none is told."""
        start, start_note = self._date(group, roles.start, roles)
        if not start:
            start, start_note = self._date(group, roles.date, roles)
        end, end_note = self._date(group, roles.end, roles)
        if end and not start:
            start, end = interval_text("", end), ""
        notes = list(dict.fromkeys(filter(None, (start_note, end_note))))
        offset = group.offset
        unknown = next((name for name in (roles.start, roles.date) if _UNKNOWN.fullmatch(group.first(name))), "")
        if unknown and not start and not end:
            message = f"{unknown}: the service says that this date is not known; the event is left out"
            self._problems.error(message, offset)
            return None
        when = when_of(
            DatedText(start, offset), DatedText(end, offset), self._problems, partial(group.kept.add, roles.end)
        )
        for note in notes if when is not None else ():
            self._notes[note] = self._notes.get(note, 0) + 1
        return None if when is None else (when, "; ".join(notes))

    def _date(self, group: _Group, name: str, roles: Roles) -> tuple[str, str]:
        written = group.first(name)
        if not written or _UNKNOWN.fullmatch(written):
            return "", ""
        precision = group.first(roles.precisions.get(name, ""))
        is_known = _PRECISION.fullmatch(precision) and int(precision) <= _FINEST
        return wikidata_date(written, int(precision) if is_known else None)


def _variables(root: Node) -> list[str]:
    """Return the variables that the head of a result names."""
    head = root.entries.get("head") if isinstance(root, MappingNode) else None
    names = head[1].entries.get("vars") if head and isinstance(head[1], MappingNode) else None
    items = names[1].items if names and isinstance(names[1], ListNode) else []
    return [item.text for item in items if isinstance(item, TextNode)]


def _texts(row: MappingNode) -> dict[str, str]:
    """Return the values of a row, whatever their types."""
    return {name: _value(node) for name, (_, node) in row.entries.items()}


def _value(node: Node) -> str:
    if isinstance(node, MappingNode):
        return text_in(node, "value")
    if isinstance(node, ListNode):
        return "||".join(item.text.strip() for item in node.items if isinstance(item, TextNode))
    return node.text.strip()


def _with_own_id(draft: Draft, taken: set[str]) -> Draft:
    """Return an event under the number of its item; a second of the same item is numbered, which is no mistake."""
    if not draft.written_id:
        return draft
    wanted, number = draft.written_id, 2
    while wanted in taken:
        wanted = f"{draft.written_id}-{number}"
        number += 1
    taken.add(wanted)
    return Draft(draft.event, wanted, draft.id_offset)


def _location(written: str) -> Location | None:
    """Return a point as well-known text has it, its longitude first."""
    match = _POINT.fullmatch(written.strip()) if len(written) < 1_000 else None
    return location_of(match[2], match[1]) if match else None


def _sources(group: _Group, roles: Roles, entity: str, title: str) -> tuple[Source, ...]:
    """Return the item and the articles on it; their keys are good for this event alone."""
    book = SourceBook()
    articles = book.add_addresses(text for name in roles.articles for text in group.values.get(name, ()))
    return distinct_sources(*articles, book.add(title=title, publisher="Wikidata", url=entity) if entity else None)


def _extra(group: _Group, roles: Roles, *, is_placed: bool, is_entity: bool) -> Mapping[str, object]:
    taken = roles.taken if is_placed else roles.taken - {roles.coordinates, roles.latitude, roles.longitude}
    taken = (taken if is_entity else taken - {roles.item}) - group.kept
    left = {name: " | ".join(values) for name, values in group.values.items() if name not in taken}
    # The native format would take an address under the name of a field, such as `place`, for that field.
    return {f"{name}-2" if name in EVENT_KEYS and is_address(text) else name: text for name, text in left.items()}


READER = Reader(
    name=_NAME,
    endings=(".json", ".srj", ".xml", ".srx", ".csv", ".tsv"),
    description="Results of queries to Wikidata and other SPARQL services, as JSON, XML or a table",
    recognised_by="the result of a query to Wikidata",
    score=score,
    read=read_sparql,
    largest_bytes=_LARGEST_BYTES,
)
