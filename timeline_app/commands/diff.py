"""The command `diff`: what was added, changed and withdrawn between two files, or two days of knowledge."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from timeline_app.commands.inputs import column_mapping
from timeline_app.commands.output import counted, write_data, write_lines
from timeline_app.commands.progress import progress_line
from timeline_app.core.differences import ChangedEvent, Differences, FieldChange, State, differences
from timeline_app.core.errors import UsageError
from timeline_app.core.event import Event
from timeline_app.core.filter import Filter, evaluate
from timeline_app.core.known_view import known_view
from timeline_app.core.safe_text import safe_text
from timeline_app.core.table import EventTable
from timeline_app.core.when import in_words
from timeline_app.loading import load_table
from timeline_app.writers.records import Record, event_record, json_text

DIFFERENT = 1


def run(arguments: argparse.Namespace) -> int:
    """Tell the differences; 1 when there are any, 2 (by UsageError) for what cannot be compared."""
    first, second = _days(arguments)
    before = _table(arguments.before, arguments)
    after = before if arguments.after is None else _table(arguments.after, arguments)
    found = differences(_state(before, first), _state(after, second))
    if arguments.format == "json":
        write_data([json_text(differences_record(found), indent=2), "\n"])
    else:
        write_lines(map(safe_text, _lines(found)))
    return DIFFERENT if found else 0


def differences_record(found: Differences) -> Record:
    """Return the differences as plain values, whole events as `list` has them."""
    return {
        "added": [event_record(event, certain=True) for event in found.added],
        "changed": [_changed_record(one) for one in found.changed],
        "withdrawn": [event_record(event, certain=True) for event in found.withdrawn],
        "unchanged": found.unchanged,
    }


def _days(arguments: argparse.Namespace) -> tuple[Filter, Filter]:
    """Return what was known is asked for of each side; raises UsageError, and FilterError for what is no date."""
    dates = arguments.as_of
    if arguments.after is None and len(dates) != 2:
        raise UsageError("diff takes two files, or one with --as-of twice, as in --as-of 2024-10 --as-of 2024-11")
    if arguments.after is not None and len(dates) > 1:
        raise UsageError("of two files diff takes one --as-of, for both")
    wanted = [Filter(as_of=date) for date in dates] or [Filter()]
    for one in wanted:
        one.known_day()  # Refuses a date that cannot be read, before any file is.
    return wanted[0], wanted[-1]


def _table(name: str, arguments: argparse.Namespace) -> EventTable:
    with progress_line() as show_progress:
        mapping = column_mapping(arguments)
        joins = not arguments.keep_apart
        return load_table([Path(name)], reader=arguments.reader, mapping=mapping, joins=joins, report=show_progress)


def _state(table: EventTable, wanted: Filter) -> State:
    return State(known_view(table, wanted), evaluate(wanted, table).rows)


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


def _lines(found: Differences) -> Iterator[str]:
    counts = f"{len(found.added)} added, {len(found.changed)} changed, {len(found.withdrawn)} withdrawn"
    yield f"{counts}, {counted(found.unchanged, 'event')} the same"
    for mark, events in (("+", found.added), ("-", found.withdrawn)):
        if events:
            yield ""
            yield from (f"{mark} {_event_words(event)}" for event in events)
    for one in found.changed:
        yield ""
        yield f"~ {_event_words(one.event)}"
        for change in one.changes:
            yield from _change_lines(change)


def _change_lines(change: FieldChange) -> Iterator[str]:
    if len(change.before) == len(change.after) == 1:
        yield f"    {change.field}: {change.before[0]} → {change.after[0]}"
        return
    yield from (f"    {change.field} - {text}" for text in change.before)
    yield from (f"    {change.field} + {text}" for text in change.after)


def _event_words(event: Event) -> str:
    return f"{in_words(event.when)}: {event.title} ({event.id})"
