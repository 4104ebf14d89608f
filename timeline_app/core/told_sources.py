"""Put what files beside events tell of sources and tags in its place: for keys that events name, or by their ids."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from timeline_app.core.batches import Decoder
from timeline_app.core.event import NO_SOURCES, Event, Origin, Source
from timeline_app.core.postings import Postings
from timeline_app.core.same_event import with_source_keys

_SEPARATOR = re.compile(r"\s*[;|]\s*")
NO_MENTIONS: Mapping[str, tuple[Source, ...]] = MappingProxyType({})
NO_TITLES: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class ToldSources:
    """What files beside events tell of their sources and tags.

    `by_key` has the sources that events name by a key; `by_event` publications that mention an event, by its id, each
    under a key of its own, and named by its publisher; `tag_titles` what tags are called that events name by a key.
    """

    by_key: Mapping[str, Source] = field(default_factory=lambda: NO_SOURCES)
    by_event: Mapping[str, tuple[Source, ...]] = field(default_factory=lambda: NO_MENTIONS)
    tag_titles: Mapping[str, str] = field(default_factory=lambda: NO_TITLES)

    def __bool__(self) -> bool:
        return bool(self.by_key or self.by_event or self.tag_titles)

    def of(self, event: Event) -> Event:
        """Return an event with what is told of its sources and tags."""
        event = with_told_sources(event, self.by_key) if self.by_key else event
        if self.tag_titles and event.tags:
            event = replace(event, tags=tuple(dict.fromkeys(self.tag_titles.get(tag, tag) for tag in event.tags)))
        mentions = self.by_event.get(event.id)
        return with_mentions(event, mentions) if mentions else event


NOTHING_TOLD = ToldSources()


@dataclass(frozen=True, slots=True)
class SourcedDecoder:
    """Makes events as another decoder does, with what is told of their sources and tags."""

    decode: Decoder
    sources: ToldSources

    def __call__(self, raw: bytes, origin: Origin, /) -> Event:
        """Return the whole event of a record."""
        return self.sources.of(self.decode(raw, origin))

    def title(self, raw: bytes, /) -> str:
        """Return the title of a record's event."""
        return self.decode.title(raw)


def with_tag_titles(tags: Postings, titles: Mapping[str, str]) -> Postings:
    """Return the posting lists of tags by what they are called; several that are called alike share one list."""
    if titles.keys().isdisjoint(tags.codes):
        return tags
    groups: dict[str, list[int]] = {}
    for code, name in enumerate(tags.names):
        groups.setdefault(titles.get(name, name), []).append(code)
    return tags.regrouped(groups)


def told_keys(written: str, sources: Mapping[str, Source]) -> tuple[str, ...]:
    """Return the keys of sources that a name is, or that it lists, all of which must be known; else the name itself."""
    if written in sources:
        return (written,)
    keys = tuple(dict.fromkeys(filter(None, _SEPARATOR.split(written.strip()))))
    return keys if keys and all(key in sources for key in keys) else (written,)


def with_told_sources(event: Event, sources: Mapping[str, Source]) -> Event:
    """Return an event with what is told of its sources; an address of its own is kept where another one is told."""
    keys = {own.key: told_keys(own.key, sources) for own in event.own_sources}
    told: dict[str, Source] = {}
    extra = dict(event.extra)
    for own in event.own_sources:
        told |= {key: sources.get(key, own) for key in keys[own.key]}
        if own.url and all(own.url != told[key].url for key in keys[own.key]):
            extra.setdefault("url", own.url)
    renamed = with_source_keys(event, {written: found[0] for written, found in keys.items()})
    return replace(renamed, own_sources=tuple(told.values()), extra=extra)


def with_mentions(event: Event, mentions: tuple[Source, ...]) -> Event:
    """Return an event with the publications that mention it among its own sources.

    One at the address of a source that the event has is that source, with what is told of it besides.
    """
    own = {source.key: source for source in event.own_sources}
    by_address = {source.url: source.key for source in event.own_sources if source.url}
    for mention in mentions:
        known = by_address.get(mention.url)
        if known is not None:
            before = own[known]
            published = mention.published or before.published
            own[known] = replace(before, published=published, extra={**before.extra, **mention.extra})
        else:
            key, number = mention.key, 2
            while key in own:
                key, number = f"{mention.key}-{number}", number + 1
            own[key] = replace(mention, key=key)
    return replace(event, own_sources=tuple(own.values()))
