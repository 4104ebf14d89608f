"""A selection of events as the tree of the native format, complete enough to be read again without loss."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePath
from typing import Any

from timeline_app.core.actors import DEFAULT_KIND, ActorEntry, Membership
from timeline_app.core.event import ActorRef, Basis, Claim, Event, Excerpt, Link, Source
from timeline_app.core.filter import Filter, evaluate
from timeline_app.core.table import EventTable
from timeline_app.writers.records import source_keys
from timeline_app.writers.scalars import number_or_text

Tree = dict[str, Any]

FORMAT_NUMBER = 1
_DEFAULT_IMPORTANCE = 3


def native_head(table: EventTable, wanted: Filter) -> Tree:
    """Return everything of the file but its events.

    When all events pass, all sources and all the actors that the files define are in it, used or not; otherwise those
    that the chosen events need.
    """
    events = tuple(chosen_events(table, wanted))
    complete = len(events) == len(table)
    keys = set(table.source_by_key) if complete else {key for event in events for key in source_keys(event)}
    own = table.gazetteer.latest_layer
    entries = own if complete else _needed_entries(own, events)
    return _given(
        {
            "timeline_format": FORMAT_NUMBER,
            "title": table.title,
            "summary": table.summary,
            "sources": {key: _source(source) for key, source in table.source_by_key.items() if key in keys},
            "actors": {entry.name: _actor_entry(entry) for entry in entries},
        }
    ) | _plain(table.extra)


def chosen_events(table: EventTable, wanted: Filter) -> Iterator[Event]:
    """Give the events that pass, in the order of the files that they came from."""
    files = {name: number for number, report in enumerate(table.files) for name in _names(report.path)}
    events = [table.event(int(row)) for row in evaluate(wanted, table).mask.nonzero()[0]]
    events.sort(key=lambda event: (files.get(event.origin.file, len(files)), event.origin.record))
    yield from events


def event_tree(event: Event) -> Tree:
    """Return one event as the native format writes it; a field at its default is left out."""
    return _given(
        {
            "id": event.id,
            "title": event.title,
            "when": event.when.text,
            "basis": str(event.basis) if event.basis is not Basis.STATED else "",
            "basis_note": event.basis_note,
            "type": event.type,
            "actors": [_actor(actor) for actor in event.actors],
            "place": event.place,
            "location": {"lat": event.location.lat, "lon": event.location.lon} if event.location else {},
            "importance": event.importance if event.importance != _DEFAULT_IMPORTANCE else "",
            "summary": event.summary,
            "tags": list(event.tags),
            "links": [_link(link) for link in event.links],
            "excerpts": [_excerpt(excerpt) for excerpt in event.excerpts],
            "claims": [_claim(claim) for claim in event.claims],
        }
    ) | _plain(event.extra)


def _needed_entries(entries: Iterable[ActorEntry], events: Iterable[Event]) -> list[ActorEntry]:
    """Return the definitions of the actors that events name in any way, and of what those are part of or consist of."""
    own = {entry.name: entry for entry in entries}
    waiting = {name for event in events for actor in event.actors for name in (actor.name, actor.written)}
    waiting |= {name for event in events for claim in event.claims for name in claim.by}
    waiting |= {entry.name for entry in own.values() if waiting.intersection(entry.other_names)}
    needed: set[str] = set()
    while waiting:
        entry = own.get(waiting.pop())
        if entry is not None and entry.name not in needed:
            needed.add(entry.name)
            waiting |= {entry.part_of, *(member.name for member in entry.members)}
    return [entry for entry in own.values() if entry.name in needed]


def _names(path: str) -> tuple[str, str]:
    """Return what the origin of an event may call its file."""
    return path, PurePath(path).name


def _source(source: Source) -> Tree:
    return _given(
        {
            "title": source.title,
            "author": source.author,
            "publisher": source.publisher,
            "url": source.url,
            "language": source.language,
            "published": source.published,
            "retrieved": source.retrieved,
            "file": source.file,
            "sha256": source.sha256,
        }
    ) | _plain(source.extra)


def _actor_entry(entry: ActorEntry) -> Tree:
    return _given(
        {
            "kind": entry.kind if entry.kind != DEFAULT_KIND else "",
            "iso": list(entry.iso),
            "aliases": list(entry.aliases),
            "demonyms": list(entry.demonyms),
            "metonyms": list(entry.metonyms),
            "since": entry.since,
            "until": entry.until,
            "part_of": entry.part_of,
            "members": [_membership(member) for member in entry.members],
            "note": entry.note,
        }
    ) | _plain(entry.extra)


def _membership(member: Membership) -> Tree | str:
    if member.since or member.until:
        return _given({"name": member.name, "since": member.since, "until": member.until})
    return member.name


def _actor(actor: ActorRef) -> Tree | str:
    written = actor.written or actor.name
    return {"name": written, "role": actor.role} if actor.role else written


def _link(link: Link) -> Tree:
    return _given({"to": link.to, "kind": link.kind})


def _excerpt(excerpt: Excerpt) -> Tree:
    return _given(
        {
            "source": excerpt.source,
            "locator": excerpt.locator,
            "language": excerpt.language,
            "text": excerpt.text,
            "translation": excerpt.translation,
        }
    ) | _plain(excerpt.extra)


def _claim(claim: Claim) -> Tree:
    return _given(
        {
            "about": claim.about,
            "value": number_or_text(claim.value),
            "low": number_or_text(claim.low),
            "high": number_or_text(claim.high),
            "unit": claim.unit,
            "when": claim.when.text if claim.when else "",
            "by": list(claim.by),
            "source": claim.source,
            "excerpt": claim.excerpt,
            "reported": claim.reported,
        }
    ) | _plain(claim.extra)


def _given(tree: Tree) -> Tree:
    """Leave out what is not told."""
    return {key: value for key, value in tree.items() if value not in ("", [], {})}


def _plain(extra: Mapping[str, object]) -> Tree:
    """Return what a file said beyond the format as plain dictionaries and lists."""
    return {key: _plain_value(value) for key, value in extra.items()}


def _plain_value(value: object) -> object:
    if isinstance(value, Mapping):
        return {str(key): _plain_value(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain_value(part) for part in value]
    return value
