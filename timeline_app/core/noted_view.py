"""A table whose events carry what a person keeps of them."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from timeline_app.core.event import Event
from timeline_app.core.notes import Notes
from timeline_app.core.table import EventTable
from timeline_app.core.viewed_records import ViewedRecords


def noted_view(table: EventTable) -> EventTable:
    """Return a table whose events carry their notes, to be written; without notes it is the table."""
    if not len(table.notes):
        return table
    return replace(table, records=ViewedRecords(table.records, partial(_noted, table.notes)))


def _noted(notes: Notes, row: int, event: Event) -> Event:
    note = notes.of(row)
    return event if note.is_empty else replace(event, note=note)
