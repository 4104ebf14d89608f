"""The list of events as JSON lines: one record a line, in time order, with all that is told of the event."""

from __future__ import annotations

from collections.abc import Iterator

from timeline_app.core.filter import Filter, evaluate
from timeline_app.core.table import EventTable
from timeline_app.writers.full_record import event_records
from timeline_app.writers.options import WriteOptions
from timeline_app.writers.records import json_text


def render_jsonl(table: EventTable, wanted: Filter, options: WriteOptions) -> Iterator[str]:
    """Give the record of each event that passes as one line."""
    del options  # Nothing can be chosen for this format.
    for record in event_records(table, evaluate(wanted, table)):
        yield json_text(record) + "\n"
