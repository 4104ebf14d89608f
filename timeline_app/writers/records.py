"""An event as the record that scripts rely on, the same in `list`, `show` and the jsonl export."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from timeline_app.core.claim_figures import claim_summaries
from timeline_app.core.event import Claim, Event, Excerpt, Origin, Source, origins
from timeline_app.core.filter import FilterResult
from timeline_app.core.notes import Note
from timeline_app.core.source_document import SourceDocument
from timeline_app.core.table import EventTable
from timeline_app.core.when import bounds_iso
from timeline_app.writers.scalars import number_or_text

Record = dict[str, Any]


def event_record(event: Event, *, certain: bool) -> Record:
    """Return the record of one event; what the event does not tell is null, an empty list where there may be many.

    Only an event about which claims compete has `disputed`, what they come to in words; only one that several files
    tell of has `origins`; and only one that is written with its note has `note`.
    """
    start, end = bounds_iso(event.when)
    record: Record = {
        "id": event.id,
        "title": event.title,
        "when": event.when.text,
        "start": start,
        "end": end,
        "open_end": event.when.open_end,
        "precision": event.when.precision.label,
        "basis": str(event.basis),
        "type": event.type or None,
        "actors": [{"name": actor.name, "role": actor.role or None} for actor in event.actors],
        "place": event.place or None,
        "importance": event.importance,
        "excerpts": [quoted_record(excerpt) for excerpt in event.excerpts],
        "claims": [claim_record(claim) for claim in event.claims],
        "tags": list(event.tags),
        "match": match_word(certain=certain),
        "origin": origin_record(event.origin),
    }
    disputed = claim_summaries(event.claims)
    if disputed:
        record["disputed"] = list(disputed)
    if event.other_origins:
        record["origins"] = [origin_record(origin) for origin in origins(event)]
    if event.note is not None:
        record["note"] = note_record(event.note)
    return record


def note_record(note: Note) -> Record:
    """Return the record of what a person keeps of an event; what there is none of is left out."""
    told: Record = {"star": True if note.starred else None, "text": note.text, "tags": list(note.tags)}
    return {name: value for name, value in told.items() if value}


def quoted_record(excerpt: Excerpt) -> Record:
    """Return the record of one excerpt; only one that differs from its document has `differences`."""
    record: Record = {"text": excerpt.text, "source": excerpt.source or None, "verified": str(excerpt.verified)}
    if excerpt.found is not None and excerpt.found.changes:
        record["differences"] = [
            {"excerpt": change.excerpt or None, "document": change.document or None} for change in excerpt.found.changes
        ]
    return record


def origin_record(origin: Origin) -> Record:
    """Return the record of one place in a file."""
    return {"file": origin.file, "line": origin.line, "record": origin.record}


def match_word(*, certain: bool) -> str:
    """Say whether an event passes a filter surely."""
    return "certain" if certain else "possible"


def cited_keys(event: Event) -> tuple[str, ...]:
    """Return the keys of the sources that an event cites, in excerpts and claims, each once."""
    cited = [excerpt.source for excerpt in event.excerpts] + [claim.source for claim in event.claims]
    return tuple(dict.fromkeys(filter(None, cited)))


def source_keys(event: Event) -> tuple[str, ...]:
    """Return the keys of all sources of an event, its own before those that it cites, each once."""
    return tuple(dict.fromkeys((*(source.key for source in event.own_sources), *cited_keys(event))))


def source_record(source: Source) -> Record:
    """Return the record of one source."""
    return {
        "key": source.key,
        "title": source.title or None,
        "author": source.author or None,
        "publisher": source.publisher or None,
        "url": source.url or None,
        "language": source.language or None,
        "published": source.published or None,
        "retrieved": source.retrieved or None,
        "file": source.file or None,
        "sha256": source.sha256 or None,
        "origin": source.origin or None,
    }


def document_record(document: SourceDocument) -> Record:
    """Return the record of the document that a source names."""
    return {
        "file": document.file,
        "state": str(document.state),
        "sha256": document.sha256 or None,
        "message": document.why or None,
    }


def claim_record(claim: Claim) -> Record:
    """Return the record of one claim."""
    return {
        "about": claim.about,
        "value": number_or_text(claim.value) if claim.value else None,
        "low": number_or_text(claim.low) if claim.low else None,
        "high": number_or_text(claim.high) if claim.high else None,
        "unit": claim.unit or None,
        "when": claim.when.text if claim.when else None,
        "by": list(claim.by),
        "source": claim.source or None,
        "excerpt": claim.excerpt or None,
        "verified": str(claim.verified) if claim.excerpt else None,
        "reported": claim.reported or None,
    }


def passing_events(table: EventTable, result: FilterResult) -> Iterator[tuple[Event, bool]]:
    """Give the events that pass in time order, each read when its turn comes, and whether they surely pass."""
    for row in result.rows.tolist():
        yield table.event(row), bool(result.certain_if_passing[row])


def json_text(value: object, *, indent: int | None = None) -> str:
    """Write a value as JSON with its letters as they are."""
    return json.dumps(value, ensure_ascii=False, indent=indent)
