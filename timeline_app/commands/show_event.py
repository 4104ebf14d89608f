"""The command `show`: one event with the words that support it, who wrote them, and who says otherwise."""

from __future__ import annotations

import argparse
from functools import partial

from timeline_app.commands.event_page import event_page
from timeline_app.commands.inputs import open_table, similar_ids
from timeline_app.commands.output import terminal_columns, write_data, write_lines
from timeline_app.core.citation import date_words
from timeline_app.core.claim_figures import claim_summaries
from timeline_app.core.datelines import reckoning_words
from timeline_app.core.errors import UsageError
from timeline_app.core.event import Event, Source
from timeline_app.core.filter import Filter
from timeline_app.core.known import as_known, source_in
from timeline_app.core.known_view import known_view
from timeline_app.core.source_origins import independence_words
from timeline_app.core.table import EventTable
from timeline_app.core.when import in_words
from timeline_app.writers.plain_values import plain
from timeline_app.writers.records import Record, document_record, event_record, json_text, source_keys, source_record

_WIDEST_COLUMNS = 88


def run(arguments: argparse.Namespace) -> int:
    """Show the event; raises UsageError when there is none of this id, or none that could be known."""
    wanted = Filter(as_of=arguments.as_of or "")
    wanted.known_day()  # Refuses a date that cannot be read, before any file is.
    table = open_table(arguments)
    row = table.row_of(arguments.event_id)
    if row is None:
        guess = similar_ids(arguments.event_id, table) or "; “list” shows the id of each"
        raise UsageError(f"there is no event “{arguments.event_id}”{guess}")
    _check_known(table, row, wanted)
    table = known_view(table, wanted)
    event = table.event(row)
    if arguments.format == "json":
        write_data([json_text(show_record(event, table), indent=2), "\n"])
    else:
        columns = min(terminal_columns() or _WIDEST_COLUMNS, _WIDEST_COLUMNS)
        write_lines(event_page(event, table, columns=columns))
    return 0


def _check_known(table: EventTable, row: int, wanted: Filter) -> None:
    """Raise UsageError for an event of which nothing could be known."""
    event, day = table.event(row), wanted.known_day()
    if day is not None and as_known(event, source_in(table.source_by_key), day) is None:
        raise UsageError(f"nothing of “{event.id}” could be known by the end of {date_words(wanted.as_of)}")


def show_record(event: Event, table: EventTable) -> Record:
    """Return the record of `list` with everything else that is known of the event."""
    record = event_record(event, certain=True)
    for written, excerpt in zip(record["excerpts"], event.excerpts, strict=True):
        written["locator"] = excerpt.locator or None
        written["language"] = excerpt.language or None
        written["translation"] = excerpt.translation or None
        written["found"] = {"start": excerpt.found.start, "end": excerpt.found.end} if excerpt.found else None
    sources = [table.source_of(event, key) for key in source_keys(event)]
    return record | {
        "in_words": in_words(event.when),
        "basis_note": event.basis_note or None,
        "phrase": event.phrase or None,
        "anchor": event.anchor or None,
        "disputed": list(claim_summaries(event.claims)),
        "independence": independence_words(event, partial(table.source_of, event)) or None,
        "reckoned": reckoning_words(event, partial(table.source_of, event)) or None,
        "summary": event.summary or None,
        "location": {"lat": event.location.lat, "lon": event.location.lon} if event.location else None,
        "linked_from": [
            {"id": other.id, "kind": link.kind or None}
            for other in map(table.event, table.linking_rows(event.id))
            for link in other.links
            if link.to == event.id != other.id
        ],
        "links": [{"to": link.to, "kind": link.kind or None} for link in event.links],
        "sources": [_source(source) for source in sources if source is not None],
        "extra": plain(event.extra) or None,
    }


def _source(source: Source) -> Record:
    """Return the record of a source with what became of its document, null where it names none."""
    return source_record(source) | {"document": document_record(source.document) if source.document else None}
