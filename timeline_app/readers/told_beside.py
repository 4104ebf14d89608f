"""Read back what this program writes of an event beside what another program's format can show of it.

See writers/told_beside.py. Whoever changes an event in another program changes only what that program shows: such a
field is taken as it is shown, all others from beside it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import count
from types import MappingProxyType

from timeline_app.core.event import NOTHING, Basis, Event, Location, Source
from timeline_app.core.shown_digest import shown_digest
from timeline_app.readers.cited_sources import excerpts_of
from timeline_app.readers.claim_cells import claims_of, links_of
from timeline_app.readers.event_cells import actors_of, importance_of, tags_of
from timeline_app.readers.list_cells import text_of
from timeline_app.readers.location import location_of
from timeline_app.readers.whole_cells import whole_sources

_NO_WORDS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class ToldBeside:
    """What is told beside an event, nothing where `record` is empty; `shown` are the words that its format shows."""

    record: Mapping[str, object] = field(default_factory=lambda: NOTHING)
    shown: Mapping[str, str] = field(default_factory=lambda: _NO_WORDS)

    @classmethod
    def of(cls, written: object, shown: Mapping[str, str]) -> ToldBeside:
        """Return what is written, as JSON or as what that says; nothing for what this program does not write."""
        try:
            found = json.loads(written) if isinstance(written, str) and written else written
        except (ValueError, RecursionError):
            return NOTHING_BESIDE
        return cls(found, shown) if isinstance(found, dict) and isinstance(found.get("shown"), dict) else NOTHING_BESIDE

    def is_unchanged(self, name: str) -> bool:
        """Return whether a format still shows of a field what was written; False for a field that it does not show."""
        digests = self.record.get("shown")
        return isinstance(digests, dict) and digests.get(name) == shown_digest(self.shown.get(name, ""))

    def applied(self, event: Event) -> Event:
        """Return an event as it is shown with what is told beside it."""
        if not self.record:
            return event
        basis, extra = self._text("basis", event.basis), self.record.get("extra")
        importance = importance_of(self._text("importance", str(event.importance)))
        actors, tags, links = (self._cell(name) for name in ("actors", "tags", "links"))
        excerpts, claims = (self._cell(name) for name in ("excerpts", "claims"))
        return replace(
            event,
            title=self._text("title", event.title) or event.title,
            basis=Basis(basis) if basis in set(Basis) else Basis.STATED,
            basis_note=self._text("basis_note", event.basis_note),
            phrase=self._text("phrase", event.phrase),
            anchor=self._text("anchor", event.anchor),
            type=self._text("type", event.type),
            actors=event.actors if actors is None else actors_of(actors, ""),
            place=self._text("place", event.place),
            location=self._location() if self._is_taken("location") else event.location,
            importance=event.importance if importance is None else importance,
            summary=self._text("summary", event.summary),
            tags=event.tags if tags is None else tags_of(tags),
            links=event.links if links is None else links_of(links),
            excerpts=event.excerpts if excerpts is None else excerpts_of(excerpts, ""),
            claims=event.claims if claims is None else claims_of(claims),
            own_sources=tuple(self._sources(event.own_sources)),
            extra={**(extra if isinstance(extra, dict) else {}), **event.extra} or NOTHING,
        )

    def _is_taken(self, name: str) -> bool:
        """Return whether a field is that beside the event: it is still shown so, or not shown at all."""
        digests = self.record.get("shown")
        is_shown = isinstance(digests, dict) and name in digests
        return self.is_unchanged(name) if is_shown else name in self.record

    def _text(self, name: str, shown: str) -> str:
        return text_of(self.record.get(name)) if self._is_taken(name) else shown

    def _cell(self, name: str) -> str | None:
        """Return a field as a cell of a table, None where it is taken as it is shown."""
        if not self._is_taken(name):
            return None
        return json.dumps(self.record[name], ensure_ascii=False) if name in self.record else ""

    def _location(self) -> Location | None:
        point = self.record.get("location")
        return location_of(text_of(point, "lat"), text_of(point, "lon")) if isinstance(point, Mapping) else None

    def _sources(self, shown: tuple[Source, ...]) -> Iterator[Source]:
        """Give the sources beside an event, then those that it shows and the others are not, under free keys."""
        found = whole_sources(json.dumps(self.record.get("sources", []), ensure_ascii=False)) or ()
        yield from found
        keys, addresses = {one.key for one in found}, {one.url for one in found if one.url}
        for source in shown:
            if source.url not in addresses:
                yield replace(source, key=next(key for key in _numbered(source.key) if key not in keys))


def _numbered(key: str) -> Iterator[str]:
    """Give a key, and then that key with numbers behind it."""
    yield key
    yield from (f"{key}-{number}" for number in count(2))


NOTHING_BESIDE = ToldBeside()
