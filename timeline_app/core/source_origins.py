"""Count how many sources of an event are independent: those that go back to the same origin count once."""

from __future__ import annotations

from collections.abc import Callable

from timeline_app.core.event import Event, Source

SourceOf = Callable[[str], Source | None]


def origin_of(key: str, source_of: SourceOf) -> str:
    """Return what a source goes back to: a key that names no other origin, or the name of one that is no source.

    Names that differ in case alone are one. Of sources that name each other in a circle all go back to the same one.
    """
    path = [key]
    while (source := source_of(path[-1])) is not None and source.origin.strip():
        origin = source.origin.strip()
        if origin in path:
            return min(path[path.index(origin) :])
        path.append(origin)
    return path[-1] if source is not None or len(path) == 1 else path[-1].casefold()


def independence_words(event: Event, source_of: SourceOf) -> str:
    """Say to how many origins an event's sources go back, where some share one: “5 sources, 2 origins”; else ""."""
    quoted = {excerpt.source for excerpt in event.excerpts} | {claim.source for claim in event.claims}
    different = {source.key for source in event.own_sources} | quoted - {""}
    origins = {origin_of(key, source_of) for key in different}
    if len(origins) == len(different):
        return ""
    return f"{len(different):,} sources, {len(origins):,} {'origin' if len(origins) == 1 else 'origins'}"
