"""What differs between two states of a timeline, as lines of text for a person or as JSON for a program."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import takewhile

from timeline_app.core.differences import ChangedEvent, Differences, FieldChange
from timeline_app.core.event import Event
from timeline_app.core.when import in_words
from timeline_app.writers.full_record import told_record
from timeline_app.writers.records import Record, json_text

# Of long texts that differ so many characters stay beside what differs.
_MOST_WHOLE, _BESIDE = 80, 24


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
    return " ¶ ".join(text.split("\n"))


def change_words(change: FieldChange) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what a field said and says now, each in one line; of one long text only the words about what differs."""
    before, after = (tuple(map(value_words, texts)) for texts in (change.before, change.after))
    if len(before) == len(after) == 1 and len(before[0]) + len(after[0]) > 2 * _MOST_WHOLE:
        one, other = _about_difference(before[0], after[0])
        return (one,), (other,)
    return before, after


def _about_difference(one: str, other: str) -> tuple[str, str]:
    """Return two texts without most of what they begin and end with in common, cut between words."""
    same = _alike(one, other)
    same_end = _alike(reversed(one[same:]), reversed(other[same:]))
    begin = one.rfind(" ", 0, max(same - _BESIDE, 0)) + 1
    after = one.find(" ", len(one) - same_end + _BESIDE) if same_end > _BESIDE else -1
    left_out = len(one) - after if after >= 0 else 0
    cut = (text[begin : len(text) - left_out] for text in (one, other))
    first, second = (f"{'…' if begin else ''}{text}{'…' if left_out else ''}" for text in cut)
    return first, second


def _alike(one: Iterable[str], other: Iterable[str]) -> int:
    """Return with how many equal characters two texts begin."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


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
    before, after = change_words(change)
    if len(before) == len(after) == 1:
        yield f"    {change.field}: {before[0]} → {after[0]}"
        return
    yield from (f"    {change.field} - {text}" for text in before)
    yield from (f"    {change.field} + {text}" for text in after)


def _event_words(event: Event) -> str:
    return f"{in_words(event.when)}: {event.title} ({event.id})"
