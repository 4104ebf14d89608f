"""A selection of events as the tree of the native format, complete enough to be read again without loss."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath
from types import MappingProxyType
from typing import Any

import numpy as np

from timeline_app.core.actors import DEFAULT_KIND, ActorEntry
from timeline_app.core.event import ActorRef, Basis, Between, Claim, Event, Excerpt, Link, Source
from timeline_app.core.filter import Filter, evaluate
from timeline_app.core.memberships import Membership
from timeline_app.core.notes import Note
from timeline_app.core.story import Story, StoryStep
from timeline_app.core.table import EventTable
from timeline_app.writers.plain_values import plain
from timeline_app.writers.records import cited_keys, source_keys
from timeline_app.writers.scalars import number_or_text
from timeline_app.writers.source_list import SourceList

Tree = dict[str, Any]

FORMAT_NUMBER = 1
NO_NEW_KEYS: Mapping[str, str] = MappingProxyType({})
_DEFAULT_IMPORTANCE = 3


class NativeTimeline:
    """What passes a filter as the native format writes it: the head, then the events in the order of their files.

    Whole events are never held: each is read once for what the head needs of it, and again when it is written. When all
    events pass, all sources, stories and actors that the files define are in the head, used or not; otherwise those
    sources and actors that the chosen events need.
    """

    def __init__(self, table: EventTable, wanted: Filter) -> None:
        self._table = table
        self._sources = SourceList(table.source_by_key)
        self._result = evaluate(wanted, table)
        rows = self._result.rows
        complete = len(rows) == len(table)
        names: set[str] = set()
        places = np.empty((2, len(rows)), np.int64)
        files = {name: number for number, report in enumerate(table.files) for name in _names(report.path)}
        for place, row in enumerate(rows):
            event = table.event(int(row))
            self._sources.add(event)
            places[:, place] = files.get(event.origin.file, len(files)), event.origin.record
            if not complete:
                names |= _actor_names(event)
        self._rows = rows[np.lexsort(places[::-1])]
        own = table.gazetteer.later_layers
        stories = table.stories if complete else ()
        self.head = _head(
            table, self._sources.by_key(complete=complete), own if complete else _needed(own, names), stories
        )

    def __len__(self) -> int:
        return len(self._rows)

    def events(self) -> Iterator[Tree]:
        """Give the events, their sources by the keys of the head."""
        for row in self._rows:
            event = self._table.event(int(row))
            placed = event if self._has_both(event.between) else replace(event, between=None)
            yield event_tree(placed, self._sources.new_keys(event))

    def _has_both(self, between: Between | None) -> bool:
        """Return whether the events that a date is told by are written too."""
        names = [name for name in (between.after, between.before) if name] if between else []
        found = [self._table.row_of(name) for name in names]
        return all(row is not None and self._result.has(row) for row in found)


def _head(
    table: EventTable, sources: Mapping[str, Source], actors: Iterable[ActorEntry], stories: Iterable[Story]
) -> Tree:
    return _given(
        {
            "timeline_format": FORMAT_NUMBER,
            "title": table.title,
            "summary": table.summary,
            "sources": {key: _source(source) for key, source in sources.items()},
            "actors": {entry.name: _actor_entry(entry) for entry in actors},
            "stories": [_story(story) for story in stories],
        }
    ) | plain(table.extra)


def _story(story: Story) -> Tree:
    return {"title": story.title, "steps": [_step(step) for step in story.steps]}


def _step(step: StoryStep) -> Tree:
    return _given(
        {
            "text": step.text,
            "query": step.query,
            "lanes": step.lanes,
            "from": step.since,
            "to": step.until,
            "select": list(step.selection),
        }
    )


def event_tree(event: Event, new_keys: Mapping[str, str] = NO_NEW_KEYS) -> Tree:
    """Return one event as the native format writes it; a field at its default is left out.

    `new_keys` are those by which some of its sources are called in the file.
    """
    tree = _given(
        {
            "id": event.id,
            "title": event.title,
            "when": _between(event.between) if event.between else event.when.text,
            "basis": str(event.basis) if event.basis is not Basis.STATED else "",
            "basis_note": event.basis_note,
            "phrase": event.phrase,
            "anchor": new_keys.get(event.anchor, event.anchor),
            "type": event.type,
            "actors": [_actor(actor) for actor in event.actors],
            "place": event.place,
            "location": {"lat": event.location.lat, "lon": event.location.lon} if event.location else {},
            "importance": event.importance if event.importance != _DEFAULT_IMPORTANCE else "",
            "summary": event.summary,
            "tags": list(event.tags),
            "sources": _uncited_keys(event, new_keys),
            "links": [_link(link) for link in event.links],
            "excerpts": [_excerpt(excerpt, new_keys) for excerpt in event.excerpts],
            "claims": [_claim(claim, new_keys) for claim in event.claims],
            "note": _note(event.note) if event.note else {},
        }
    )
    extra = plain(event.extra)
    if event.note and "note" in extra:
        extra["note-2"] = extra.pop("note")  # What the file has there is somebody else's.
    return tree | {_free_key(tree, key, value): value for key, value in extra.items()}


def _uncited_keys(event: Event, new_keys: Mapping[str, str]) -> list[str]:
    """Return the keys of the sources that no excerpt and no claim names, each once."""
    cited = {new_keys.get(key, key) for key in cited_keys(event)}
    keys = dict.fromkeys(new_keys.get(key, key) for key in source_keys(event))
    return [key for key in keys if key not in cited]


def _actor_names(event: Event) -> set[str]:
    """Return the names by which an event names actors in any way."""
    names = {name for actor in event.actors for name in (actor.name, actor.written)}
    return names.union(*(claim.by for claim in event.claims))


def _needed(entries: Iterable[ActorEntry], names: Iterable[str]) -> list[ActorEntry]:
    """Return the definitions of the actors of some names, and of what those are part of or consist of."""
    own = {entry.name: entry for entry in entries}
    waiting = set(names)
    waiting |= {entry.name for entry in own.values() if waiting.intersection(entry.other_names)}
    needed: set[str] = set()
    while waiting:
        entry = own.get(waiting.pop())
        if entry is not None and entry.name not in needed:
            needed.add(entry.name)
            waiting |= {one.name for one in (*entry.part_of, *entry.members)}
    return [entry for entry in own.values() if entry.name in needed]


def _free_key(tree: Tree, key: str, value: object) -> str:
    """Return the key for something beside the format.

    A list or a mapping under a key of the format is what the file said there, of which only a part could be read. A
    text is a column of another format that happens to be called so.
    """
    return f"{key}-2" if key in tree and isinstance(value, str) else key


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
            "origin": source.origin,
        }
    ) | plain(source.extra)


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
            "part_of": _wholes(entry.part_of),
            "members": [_membership(member) for member in entry.members],
            "note": entry.note,
        }
    ) | plain(entry.extra)


def _wholes(wholes: Sequence[Membership]) -> list[Tree | str] | Tree | str:
    written = [_membership(whole) for whole in wholes]
    return written[0] if len(written) == 1 else written


def _membership(member: Membership) -> Tree | str:
    if member.since or member.until:
        return _given({"name": member.name, "since": member.since, "until": member.until})
    return member.name


def _note(note: Note) -> Tree:
    return _given({"star": "yes" if note.starred else "", "text": note.text, "tags": list(note.tags)})


def _actor(actor: ActorRef) -> Tree | str:
    written = actor.written or actor.name
    return {"name": written, "role": actor.role} if actor.role else written


def _between(between: Between) -> Tree:
    return _given({"after": between.after, "before": between.before})


def _link(link: Link) -> Tree:
    return _given({"to": link.to, "kind": link.kind})


def _excerpt(excerpt: Excerpt, new_keys: Mapping[str, str]) -> Tree:
    return _given(
        {
            "source": new_keys.get(excerpt.source, excerpt.source),
            "locator": excerpt.locator,
            "language": excerpt.language,
            "text": excerpt.text,
            "translation": excerpt.translation,
        }
    ) | plain(excerpt.extra)


def _claim(claim: Claim, new_keys: Mapping[str, str]) -> Tree:
    return _given(
        {
            "about": claim.about,
            "value": number_or_text(claim.value),
            "low": number_or_text(claim.low),
            "high": number_or_text(claim.high),
            "unit": claim.unit,
            "when": claim.when.text if claim.when else "",
            "by": list(claim.by),
            "source": new_keys.get(claim.source, claim.source),
            "excerpt": claim.excerpt,
            "reported": claim.reported,
        }
    ) | plain(claim.extra)


def _given(tree: Tree) -> Tree:
    """Leave out what is not told."""
    return {key: value for key, value in tree.items() if value not in ("", [], {})}
