"""What differs between two states of a timeline, as lines of text for a person or as JSON for a program."""

from __future__ import annotations

from collections.abc import Iterator

from timeline_app.core.differences import ChangedEvent, Differences, FieldChange
from timeline_app.core.event import Event
from timeline_app.core.when import in_words
from timeline_app.writers.full_record import told_record
from timeline_app.writers.records import Record, json_text


def differences_json(found: Differences) -> Iterator[str]:
    """Give the differences as JSON in pieces, a line end last: whole events as `list` has them, each read in turn."""
    parts: tuple[tuple[str, Iterator[Record]], ...] = (
        ("added", (told_record(one.event, one.table, certain=True) for one in found.added)),
        ("changed", map(_changed_record, found.changed)),
        ("withdrawn", (told_record(one.event, one.table, certain=True) for one in found.withdrawn)),
    )
    yield "{\n"
    for name, records in parts:
        yield f'  "{name}": ['
        separator = "\n"
        for record in records:
            # Within a text no line ends as it is.
            yield separator + "    " + json_text(record, indent=2).replace("\n", "\n    ")
            separator = ",\n"
        yield "],\n" if separator == "\n" else "\n  ],\n"
    yield f'  "unchanged": {found.unchanged}\n}}\n'


def differences_lines(found: Differences) -> Iterator[str]:
    """Give the differences as lines: what was added after a `+`, withdrawn after a `-`, changed after a `~`."""
    yield summary_words(found)
    for mark, events in (("+", found.added), ("-", found.withdrawn)):
        if len(events):
            yield ""
            yield from (f"{mark} {_event_words(one.event)}" for one in events)
    for one in found.changed:
        yield ""
        yield f"~ {_event_words(one.event)}"
        for change in one.changes:
            yield from _change_lines(change)


def summary_words(found: Differences) -> str:
    """Say how many events were added, changed and withdrawn, and how many are the same."""
    counts = f"{len(found.added):,} added, {len(found.changed):,} changed, {len(found.withdrawn):,} withdrawn"
    return f"{counts}, {found.unchanged:,} {'event' if found.unchanged == 1 else 'events'} the same"


def value_words(text: str) -> str:
    """Return what a field says as one line, a ¶ where another began."""
    return " ¶ ".join(text.splitlines())


def _changed_record(one: ChangedEvent) -> Record:
    event = one.event
    return {
        "id": event.id,
        "title": event.title,
        "when": event.when.text,
        "changes": [
            {"field": change.field, "before": list(change.before), "after": list(change.after)}
            for change in one.changes
        ],
    }


def _change_lines(change: FieldChange) -> Iterator[str]:
    before, after = (tuple(map(value_words, texts)) for texts in (change.before, change.after))
    if len(before) == len(after) == 1:
        yield f"    {change.field}: {before[0]} → {after[0]}"
        return
    yield from (f"    {change.field} - {text}" for text in before)
    yield from (f"    {change.field} + {text}" for text in after)


def _event_words(event: Event) -> str:
    return f"{in_words(event.when)}: {event.title} ({event.id})"
