"""Tables that are kept in a folder or in memory, and what they have in common with those built from events."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from hypothesis import strategies as st

from tests.helpers.batches import LAYOUT, READER_NAME, batches_of, decode, decoder, decoder_of
from tests.helpers.tables import NO_ACTORS, make_event
from timeline_app.core.actors import Gazetteer
from timeline_app.core.dataset import FileReport
from timeline_app.core.event import ActorRef, Event, Excerpt, Link, Origin, Source
from timeline_app.core.postings import Postings
from timeline_app.core.roles import RoleSet, roles_by_name
from timeline_app.core.table import EventTable
from timeline_app.store.cache import CachedFile, FileCache, Request
from timeline_app.store.contents import Contents, put_contents
from timeline_app.store.ingest import Ingested, ingest
from timeline_app.store.kept import FolderKept
from timeline_app.store.sinks import FolderSink, MemorySink, Sink
from timeline_app.store.table import open_table

FILE = "events.lines"
DATES = ["2024", "2024-06", "2024-06-01", "2024-06/2024-07", "2024-06/..", "../2024-06", "-0043", "202X", "2024-06~"]
NAMES = ["Russia", "DPRK", "North Korea", "Ukraine"]
ROLES = ["", "attacker", "target", "Host"]


def _event(number: int, date: str, actors: list[str], source: str, tag: str) -> Event:
    return make_event(
        f"Title {number}",
        date,
        event_id=f"id-{number}",
        type_=tag,
        place=source,
        importance=1 + number % 5,
        actors=[ActorRef(name, ROLES[(number + place) % len(ROLES)]) for place, name in enumerate(actors)],
        tags=[tag] if tag else [],
        links=[Link("id-0", "leads-to")],
        excerpts=[Excerpt("Words of the source", source)] if source else [],
    )


EVENTS = st.lists(
    st.tuples(
        st.sampled_from(DATES),
        st.lists(st.sampled_from(NAMES), max_size=3),
        st.sampled_from(["", "wire", "paper"]),
        st.sampled_from(["", "battle", "summit"]),
    ),
    max_size=25,
).map(lambda parts: [_event(number, *part) for number, part in enumerate(parts)])


def some_events(count: int, *, start: int = 0) -> list[Event]:
    """Make different events, some of the same date."""
    return [
        _event(number, DATES[number % len(DATES)], NAMES[: number % 3], ["", "wire"][number % 2], "battle")
        for number in range(start, start + count)
    ]


def with_own_source(event_id: str, publisher: str) -> Event:
    """Make an event that has a source of its own."""
    event = make_event("Report", event_id=event_id, excerpts=[Excerpt("Words", "own")])
    return Event(
        **{name: getattr(event, name) for name in ("id", "title", "when", "excerpts")},
        own_sources=(Source("own", publisher=publisher),),
    )


def fill(sink: Sink, events: Sequence[Event], *, file: str = FILE) -> Ingested:
    """Ingest events into a sink, contents and all."""
    done = ingest(batches_of(events), sink, decoder(LAYOUT), lambda _rows, _bytes: True, file=file)
    report = FileReport(file, READER_NAME, done.loaded + done.rejected, done.loaded, done.rejected, "0" * 64)
    put_contents(Contents("Test", LAYOUT, report, done.problems, done.names, role_sets=done.role_sets), sink)
    return done


def keep(cache: FileCache, request: Request) -> CachedFile:
    """Ingest a file of events, one a line, into a cache."""
    with cache.making(request) as making:
        events = [decode(line, Origin()) for line in request.path.read_bytes().splitlines()]
        fill(making.sink, events, file=str(request.path))
        return making.keep()


def table_of(cached: CachedFile, gazetteer: Gazetteer = NO_ACTORS) -> EventTable:
    """Open what a cache keeps of a file."""
    return open_table(FolderKept(cached.folder), decoder_of, gazetteer)


def table_in_folder(folder: Path, events: Sequence[Event], gazetteer: Gazetteer = NO_ACTORS) -> EventTable:
    """Keep events in a folder and open them as a table."""
    folder.mkdir(parents=True, exist_ok=True)
    sink = FolderSink(folder)
    fill(sink, events)
    sink.finish()
    return open_table(FolderKept(folder), decoder_of, gazetteer)


def table_in_memory(events: Sequence[Event], gazetteer: Gazetteer = NO_ACTORS) -> EventTable:
    """Keep events in memory and open them as a table."""
    sink = MemorySink()
    fill(sink, events)
    return open_table(sink, decoder_of, gazetteer)


def assert_same(stored: EventTable, built: EventTable) -> None:
    """Compare everything but the numbers of names, which go by the order of the file and by that of time."""
    assert list(stored) == list(built)
    assert stored.titles_of(range(len(stored))) == [event.title for event in built]
    for bounds in ("start_earliest_s", "start_latest_s", "end_earliest_s", "end_latest_s"):
        np.testing.assert_array_equal(getattr(stored.times, bounds), getattr(built.times, bounds))
    for column in ("flags", "precision", "importance"):
        np.testing.assert_array_equal(getattr(stored, column), getattr(built, column))
    assert _named(stored.types, stored.type_codes.tolist()) == _named(built.types, built.type_codes.tolist())
    assert _named(stored.places, stored.place_codes.tolist()) == _named(built.places, built.place_codes.tolist())
    for name in ("actors", "sources", "tags"):
        assert rows_by_name(getattr(stored, name)) == rows_by_name(getattr(built, name)), name
    assert roles_beside(stored) == roles_beside(built) == roles_in_events(stored)


def rows_by_name(postings: Postings) -> dict[str, list[int]]:
    """Return the rows of each name that has any."""
    rows = {name: postings.rows_of(name).tolist() for name in postings.names}
    return {name: found for name, found in rows.items() if found}


def roles_beside(table: EventTable) -> dict[tuple[int, str], RoleSet]:
    """Return the roles that stand beside the actors of each row, without reading an event."""
    lists = {name: table.actors.list_at(code) for name, code in table.actors.codes.items()}
    return {
        (row, name): own.roles.sets[role]
        for name, own in lists.items()
        if own.roles is not None
        for row, role in zip(own.rows.tolist(), own.roles.codes.tolist(), strict=True)
        if role
    }


def roles_in_events(table: EventTable) -> dict[tuple[int, str], RoleSet]:
    """Return the roles of the actors of each row, as its event tells them."""
    told = ((row, roles_by_name(event.actors)) for row, event in enumerate(table))
    return {(row, name): roles for row, own in told for name, roles in own.items()}


def _named(names: Sequence[str], codes: Sequence[int]) -> list[str]:
    return [names[code] if code >= 0 else "" for code in codes]
