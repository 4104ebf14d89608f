"""Small events, datasets and tables for tests, with everything that a test does not care about filled in."""

from __future__ import annotations

from collections.abc import Iterable

from timeline_app.core.actors import ActorEntry, Gazetteer
from timeline_app.core.build import build_table
from timeline_app.core.dataset import Dataset, FileReport, Problem
from timeline_app.core.event import ActorRef, Basis, Claim, Event, Excerpt, Link, Origin, Source
from timeline_app.core.table import EventTable
from timeline_app.core.when import When, parse

NO_ACTORS = Gazetteer(())


def make_event(
    title: str = "Event",
    when: str | When = "2024-06-19",
    *,
    event_id: str = "",
    type_: str = "",
    actors: Iterable[str | ActorRef] = (),
    place: str = "",
    importance: int = 3,
    summary: str = "",
    tags: Iterable[str] = (),
    links: Iterable[Link] = (),
    excerpts: Iterable[Excerpt] = (),
    claims: Iterable[Claim] = (),
    own_sources: Iterable[Source] = (),
    basis: Basis = Basis.STATED,
    origin: Origin | None = None,
) -> Event:
    """Make an event; the id comes from the title where none is given, and an actor may be a bare name."""
    return Event(
        id=event_id or title.lower().replace(" ", "-"),
        title=title,
        when=parse(when) if isinstance(when, str) else when,
        basis=basis,
        type=type_,
        actors=tuple(ActorRef(actor) if isinstance(actor, str) else actor for actor in actors),
        place=place,
        importance=importance,
        summary=summary,
        tags=tuple(tags),
        links=tuple(links),
        excerpts=tuple(excerpts),
        claims=tuple(claims),
        own_sources=tuple(own_sources),
        origin=origin or Origin(),
    )


def make_dataset(
    events: Iterable[Event] = (),
    *,
    title: str = "Test",
    path: str = "test.yaml",
    sources: Iterable[Source] = (),
    actors: Iterable[ActorEntry] = (),
    problems: Iterable[Problem] = (),
    rejected: int = 0,
) -> Dataset:
    """Make what a reader would give for a file with these events."""
    kept = tuple(events)
    return Dataset(
        title=title,
        events=kept,
        report=FileReport(path, "test", len(kept) + rejected, len(kept), rejected, "0" * 64),
        sources={source.key: source for source in sources},
        actors=tuple(actors),
        problems=tuple(problems),
    )


def make_table(events: Iterable[Event] = (), gazetteer: Gazetteer = NO_ACTORS) -> EventTable:
    """Make a table of one file with these events; sources come only from what the events name."""
    return build_table([make_dataset(events)], gazetteer)


def titles(table: EventTable, mask: Iterable[bool]) -> list[str]:
    """Return the titles of the masked rows, in time order."""
    return [event.title for event, chosen in zip(table, mask, strict=True) if chosen]


def all_titles(table: EventTable) -> list[str]:
    """Return every title, in time order."""
    return table.titles_of(range(len(table)))


def row_of(table: EventTable, event_id: str) -> int:
    """Return the row of an event that is there."""
    row = table.row_of(event_id)
    assert row is not None, event_id
    return row
