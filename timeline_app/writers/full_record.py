"""An event with all that is known of it as plain values, for formats whose fields may hold lists and mappings."""

from __future__ import annotations

from collections.abc import Iterator

from timeline_app.core.event import Event, Excerpt, Source
from timeline_app.core.filter import FilterResult
from timeline_app.core.table import EventTable
from timeline_app.writers.plain_values import plain
from timeline_app.writers.records import (
    Record,
    event_record,
    json_text,
    passing_events,
    quoted_record,
    source_keys,
    source_record,
)


def event_records(table: EventTable, result: FilterResult) -> Iterator[Record]:
    """Give the told records of the events that pass, in time order."""
    return (told_record(event, table, certain=certain) for event, certain in passing_events(table, result))


def told_record(event: Event, table: EventTable, *, certain: bool) -> Record:
    """Return the record of an event, and what else it tells: a key that says nothing is not there."""
    found = event_record(event, certain=certain)
    location = event.location
    found["excerpts"] = [quoted_record(excerpt) | _told(_beside(excerpt)) for excerpt in event.excerpts]
    return found | _told(
        {
            "basis_note": event.basis_note,
            "phrase": event.phrase,
            "anchor": event.anchor,
            "summary": event.summary,
            "location": {"lat": location.lat, "lon": location.lon} if location is not None else None,
            "links": _links(event),
            "sources": _source_records(event, table),
            "extra": plain(event.extra),
        }
    )


def full_record(event: Event, table: EventTable, *, certain: bool) -> Record:
    """Return the record of an event with basis, summary, links, and whole excerpts and sources.

    What the file said beyond all this is in `extra` as JSON, null where there is nothing.
    """
    found = event_record(event, certain=certain)
    extra = plain(event.extra)
    return found | {
        "basis_note": event.basis_note or None,
        "phrase": event.phrase or None,
        "anchor": event.anchor or None,
        "summary": event.summary or None,
        "links": _links(event),
        "excerpts": [excerpt_record(excerpt) for excerpt in event.excerpts],
        "sources": _source_records(event, table),
        "extra": json_text(extra) if extra else None,
    }


def excerpt_record(excerpt: Excerpt) -> Record:
    """Return the record of an excerpt with its place, its language and its translation."""
    beside = {name: words or None for name, words in _beside(excerpt).items()}
    return {"text": excerpt.text, "source": excerpt.source or None, **beside, "verified": str(excerpt.verified)}


def _beside(excerpt: Excerpt) -> Record:
    return {"locator": excerpt.locator, "language": excerpt.language, "translation": excerpt.translation}


def _links(event: Event) -> list[Record]:
    return [{"to": link.to, "kind": link.kind or None} for link in event.links]


def _source_records(event: Event, table: EventTable) -> list[Record]:
    """Return the sources of an event and of its dateline, those of which only the key is known among them."""
    anchor = (event.anchor,) if event.anchor in table.source_by_key else ()
    keys = dict.fromkeys((*source_keys(event), *anchor))
    return [source_record(table.source_of(event, key) or Source(key)) for key in keys]


def _told(values: Record) -> Record:
    return {name: value for name, value in values.items() if value}
