"""An event as the record that scripts rely on, the same in `list`, `show` and the jsonl export."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from timeline_app.core.event import Claim, Event
from timeline_app.core.filter import FilterResult
from timeline_app.core.table import EventTable
from timeline_app.core.when import bounds_iso
from timeline_app.writers.scalars import number_or_text

Record = dict[str, Any]


def event_record(event: Event, *, certain: bool) -> Record:
    """Return the record of one event; what the event does not tell is null, an empty list where there may be many."""
    start, end = bounds_iso(event.when)
    return {
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
        "excerpts": [
            {"text": excerpt.text, "source": excerpt.source or None, "verified": str(excerpt.verified)}
            for excerpt in event.excerpts
        ],
        "claims": [claim_record(claim) for claim in event.claims],
        "tags": list(event.tags),
        "match": "certain" if certain else "possible",
        "origin": {"file": event.origin.file, "line": event.origin.line, "record": event.origin.record},
    }


def source_keys(event: Event) -> tuple[str, ...]:
    """Return the keys of the sources that an event cites, in excerpts and claims, each once."""
    cited = [excerpt.source for excerpt in event.excerpts] + [claim.source for claim in event.claims]
    return tuple(dict.fromkeys(filter(None, cited)))


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
        "reported": claim.reported or None,
    }


def event_records(table: EventTable, result: FilterResult) -> Iterator[Record]:
    """Give the records of the events that pass, in time order."""
    for row in result.mask.nonzero()[0]:
        yield event_record(table.event(int(row)), certain=bool(result.certain[row]))


def json_text(value: object, *, indent: int | None = None) -> str:
    """Write a value as JSON with its letters as they are."""
    return json.dumps(value, ensure_ascii=False, indent=indent)
