"""Make events of the rows of a query to Wikidata or another SPARQL service, those of one item and date together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial

from timeline_app.core.event import ActorRef, Event, Location, Origin, Source
from timeline_app.core.when import When
from timeline_app.readers.civil_text import interval_text
from timeline_app.readers.foreign_record import DatedText, Draft, title_of, when_of
from timeline_app.readers.location import location_of
from timeline_app.readers.native_event import EVENT_KEYS
from timeline_app.readers.problem_log import ProblemLog
from timeline_app.readers.source_book import SourceBook, distinct_sources
from timeline_app.readers.sparql_roles import Roles, is_address
from timeline_app.readers.tree import ListNode, MappingNode, Node, TextNode, text_in
from timeline_app.readers.wikidata_dates import wikidata_date

_ENTITY = re.compile(r"https?://[\w.-]+/entity/([QLP]\d{1,20})", re.ASCII)
_UNKNOWN = re.compile(r"https?://[\w.-]+/\.well-known/genid/\S*|_:\S*|t\d{1,20}", re.ASCII)
_POINT = re.compile(r"(?:<[^<>]{1,200}>\s*)?POINT\s*\(\s*([-+.\deE]{1,30})\s+([-+.\deE]{1,30})\s*\)", re.IGNORECASE)
_BETWEEN_NAMES = re.compile(r"\|\||[|;\n\t]")
# What GROUP_CONCAT joins, ?participants and the like, mostly stands between commas.
_BETWEEN_MANY = re.compile(rf"{_BETWEEN_NAMES.pattern}|,\s+")
_IS_MANY = re.compile(r"(?:s|List)(?:Labels?)?\Z")
_PRECISION = re.compile(r"\d{1,2}", re.ASCII)
_FINEST = 14
_BETWEEN_NOTES = "; "


@dataclass(slots=True)
class RowGroup:
    """The rows of one item and one date: where the first stands, and of each variable its values.

    `kept` are variables that could not be read, and are kept as they are.
    """

    offset: int
    values: dict[str, dict[str, None]] = field(default_factory=dict)
    kept: set[str] = field(default_factory=set)

    def add(self, row: Mapping[str, str]) -> dict[str, str]:
        """Take one more row in, and return which of its values are new."""
        found = {name: text for name, text in row.items() if text and text not in self.values.get(name, ())}
        for name, text in found.items():
            self.values.setdefault(name, {})[text] = None
        return found

    def lists(self) -> dict[str, list[str]]:
        """Return the values of each variable."""
        return {name: list(texts) for name, texts in self.values.items()}

    def add_lists(self, values: Mapping[str, Iterable[str]]) -> None:
        """Take in values of variables."""
        for name, texts in values.items():
            self.values.setdefault(name, {}).update(dict.fromkeys(texts))

    def first(self, name: str) -> str:
        """Return the first value of a variable, "" where it has none."""
        return next(iter(self.values.get(name, ())), "")

    def all(self, names: Iterable[str]) -> list[str]:
        """Return every value of some variables, lists in one text taken apart; by commas where a name says many."""
        parts = (
            part.strip()
            for name in names
            for text in self.values.get(name, ())
            for part in (_BETWEEN_MANY if _IS_MANY.search(name) else _BETWEEN_NAMES).split(text)
        )
        return list(dict.fromkeys(part for part in parts if part))


class GroupReader:
    """Makes events of the rows of one file, by what its variables hold."""

    def __init__(self, roles: Roles, problems: ProblemLog, file_name: str) -> None:
        self._roles = roles
        self._problems = problems
        self._file_name = file_name

    def draft(self, group: RowGroup, number: int) -> Draft | None:
        """Return the event of some rows; why there is none is told."""
        roles = self._roles
        item = group.first(roles.item)
        identity = identity_of(item)
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
            own_sources=_sources(group, roles, item if identity else "", title),
            origin=Origin(self._file_name, self._problems.source.line(group.offset), number),
            extra=_extra(group, roles, is_placed=location is not None, is_entity=bool(identity)),
        )
        return Draft(event, identity, group.offset)

    def _when(self, group: RowGroup, roles: Roles) -> tuple[When, str] | None:
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
        return None if when is None else (when, _BETWEEN_NOTES.join(notes))

    def _date(self, group: RowGroup, name: str, roles: Roles) -> tuple[str, str]:
        written = group.first(name)
        if not written or _UNKNOWN.fullmatch(written):
            return "", ""
        precision = group.first(roles.precisions.get(name, ""))
        is_known = _PRECISION.fullmatch(precision) and int(precision) <= _FINEST
        return wikidata_date(written, int(precision) if is_known else None)


def texts_of(row: MappingNode) -> dict[str, str]:
    """Return the values of a row, whatever their types."""
    return {name: _value(node) for name, (_, node) in row.entries.items()}


def _value(node: Node) -> str:
    if isinstance(node, MappingNode):
        return text_in(node, "value")
    if isinstance(node, ListNode):
        return "||".join(item.text.strip() for item in node.items if isinstance(item, TextNode))
    return node.text.strip()


def identity_of(item: str) -> str:
    """Return the name of an entity of Wikidata, "" for what is none."""
    entity = _ENTITY.fullmatch(item)
    return entity[1] if entity else ""


def key_of(row: Mapping[str, str], roles: Roles) -> tuple[str, ...]:
    """Return what the rows of one event have alike; () for a row that is joined to no other."""
    return tuple(row.get(name, "") for name in roles.deciding) if row.get(roles.item) else ()


def notes_in(draft: Draft) -> list[str]:
    """Return what is noted of the dates of an event."""
    return draft.event.basis_note.split(_BETWEEN_NOTES) if draft.event.basis_note else []


def _location(written: str) -> Location | None:
    """Return a point as well-known text has it, its longitude first."""
    match = _POINT.fullmatch(written.strip()) if len(written) < 1_000 else None
    return location_of(match[2], match[1]) if match else None


def _sources(group: RowGroup, roles: Roles, entity: str, title: str) -> tuple[Source, ...]:
    """Return the item and the articles on it; their keys are good for this event alone."""
    book = SourceBook()
    articles = book.add_addresses(text for name in roles.articles for text in group.values.get(name, ()))
    return distinct_sources(*articles, book.add(title=title, publisher="Wikidata", url=entity) if entity else None)


def _extra(group: RowGroup, roles: Roles, *, is_placed: bool, is_entity: bool) -> Mapping[str, object]:
    taken = roles.taken if is_placed else roles.taken - {roles.coordinates, roles.latitude, roles.longitude}
    taken = (taken if is_entity else taken - {roles.item}) - group.kept
    left = {name: " | ".join(values) for name, values in group.values.items() if name not in taken}
    # The native format would take an address under the name of a field, such as `place`, for that field.
    return {f"{name}-2" if name in EVENT_KEYS and is_address(text) else name: text for name, text in left.items()}
