"""Put what a table of sources tells in the place of the keys that events name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from timeline_app.core.batches import Decoder
from timeline_app.core.event import Event, Origin, Source
from timeline_app.core.same_event import with_source_keys

_SEPARATOR = re.compile(r"\s*[;|]\s*")


@dataclass(frozen=True, slots=True)
class SourcedDecoder:
    """Makes events as another decoder does, with the sources by their keys."""

    decode: Decoder
    sources: Mapping[str, Source]

    def __call__(self, raw: bytes, origin: Origin, /) -> Event:
        """Return the whole event of a record."""
        return with_told_sources(self.decode(raw, origin), self.sources)

    def title(self, raw: bytes, /) -> str:
        """Return the title of a record's event."""
        return self.decode.title(raw)


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
