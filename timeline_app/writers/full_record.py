"""An event with all that is known of it as plain values, for formats whose fields may hold lists and mappings."""

from __future__ import annotations

from timeline_app.core.event import Event, Excerpt, Source
from timeline_app.core.table import EventTable
from timeline_app.writers.plain_values import plain
from timeline_app.writers.records import Record, event_record, json_text, source_keys, source_record


def full_record(event: Event, table: EventTable, *, certain: bool) -> Record:
    """Return the record of an event with basis, summary, links, and whole excerpts and sources.

    What the file said beyond all this is in `extra` as JSON, null where there is nothing.
    """
    found = event_record(event, certain=certain)
    found.pop("own_sources", None)
    extra = plain(event.extra)
    return found | {
        "basis_note": event.basis_note or None,
        "phrase": event.phrase or None,
        "anchor": event.anchor or None,
        "summary": event.summary or None,
        "links": [{"to": link.to, "kind": link.kind or None} for link in event.links],
        "excerpts": [excerpt_record(excerpt) for excerpt in event.excerpts],
        "sources": [source_record(source) for source in _sources(event, table)],
        "extra": json_text(extra) if extra else None,
    }


def excerpt_record(excerpt: Excerpt) -> Record:
    """Return the record of an excerpt with its place, its language and its translation."""
    return {
        "text": excerpt.text,
        "source": excerpt.source or None,
        "locator": excerpt.locator or None,
        "language": excerpt.language or None,
        "translation": excerpt.translation or None,
        "verified": str(excerpt.verified),
    }


def _sources(event: Event, table: EventTable) -> list[Source]:
    """Return the sources of an event and of its dateline, those of which only the key is known among them."""
    anchor = (event.anchor,) if event.anchor in table.source_by_key else ()
    keys = dict.fromkeys((*source_keys(event), *anchor))
    return [table.source_of(event, key) or Source(key) for key in keys]
