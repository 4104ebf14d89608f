"""What differs between two states of a timeline, as lines of text for a person or as JSON for a program."""

from __future__ import annotations

from collections.abc import Iterator

from timeline_app.core.differences import ChangedEvent, Differences, FieldChange
from timeline_app.core.event import Event
from timeline_app.core.when import in_words
from timeline_app.writers.records import Record, event_record, json_text


def differences_json(found: Differences) -> str:
    """Return the differences as JSON, whole events as `list` has them, with a line end."""
    record: Record = {
        "added": [event_record(one.event, certain=True) for one in found.added],
        "changed": [_changed_record(one) for one in found.changed],
        "withdrawn": [event_record(one.event, certain=True) for one in found.withdrawn],
        "unchanged": found.unchanged,
    }
    return json_text(record, indent=2) + "\n"


def differences_lines(found: Differences) -> Iterator[str]:
    """Give the differences as lines: what was added after a `+`, withdrawn after a `-`, changed after a `~`."""
    yield summary_words(found)
    for mark, events in (("+", found.added), ("-", found.withdrawn)):
        if events:
            yield ""
            yield from (f"{mark} {_event_words(one.event)}" for one in events)
    for one in found.changed:
        yield ""
        yield f"~ {_event_words(one.event)}"
        for change in one.changes:
            yield from _change_lines(change)


def summary_words(found: Differences) -> str:
    """Say how many events were added, changed and withdrawn, and how many are the same."""
    counts = f"{len(found.added)} added, {len(found.changed)} changed, {len(found.withdrawn)} withdrawn"
    return f"{counts}, {found.unchanged} {'event' if found.unchanged == 1 else 'events'} the same"


def _changed_record(one: ChangedEvent) -> Record:
    return {
        "id": one.event.id,
        "title": one.event.title,
        "when": one.event.when.text,
        "changes": [
            {"field": change.field, "before": list(change.before), "after": list(change.after)}
            for change in one.changes
        ],
    }


def _change_lines(change: FieldChange) -> Iterator[str]:
    if len(change.before) == len(change.after) == 1:
        yield f"    {change.field}: {change.before[0]} → {change.after[0]}"
        return
    yield from (f"    {change.field} - {text}" for text in change.before)
    yield from (f"    {change.field} + {text}" for text in change.after)


def _event_words(event: Event) -> str:
    return f"{in_words(event.when)}: {event.title} ({event.id})"
