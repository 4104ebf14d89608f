r"""One row an event for spreadsheets, guarded against cells that a spreadsheet would run as formulas.

UTF-8 without a byte order mark, commas, lines ended by a line feed, the first row names the columns. Several values in
one cell are joined by "; ", and a semicolon or backslash within one is written "\;" or "\\". `roles` goes along with
`actors`, and `excerpt_sources` with `excerpts`, value by value; `sources` are those of the event as a whole that no
excerpt names. Sources stand there by the names that they are filtered by; `citations` tell in words all that is known
of each source of the event. `disputed` is what competing claims come to, in words. What a file said beyond all this is
JSON in `extra`. Bounds are ISO 8601, or empty.

A cell that begins with = + - @, tab, carriage return, line feed, NUL, or a full-width form of these gets an apostrophe
before it, unless it is a number or the guard is turned off; so does one in which apostrophes of its own stand before
these, so that whoever takes one away has what was meant.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator

from timeline_app.core.claim_figures import claim_summaries
from timeline_app.core.event import Event
from timeline_app.core.filter import Filter, FilterResult, evaluate
from timeline_app.core.notes import NO_NOTE
from timeline_app.core.table import EventTable
from timeline_app.core.when import bounds_iso
from timeline_app.writers.event_words import claim_cell, source_in_words
from timeline_app.writers.options import WriteOptions
from timeline_app.writers.plain_values import plain
from timeline_app.writers.records import json_text, match_word, passing_events, source_keys

COLUMNS = (
    "id",
    "title",
    "when",
    "start_earliest",
    "start_latest",
    "end_earliest",
    "end_latest",
    "open_end",
    "precision",
    "basis",
    "basis_note",
    "phrase",
    "anchor",
    "type",
    "actors",
    "roles",
    "place",
    "latitude",
    "longitude",
    "importance",
    "summary",
    "tags",
    "excerpts",
    "excerpt_sources",
    "sources",
    "citations",
    "claims",
    "disputed",
    "links",
    "extra",
    "match",
    "file",
    "line",
)
NOTE_COLUMNS = ("star", "note", "own_tags")

_CRLF = "\r\n"
_RUN_AS_FORMULA = re.compile("'*[=+\\-@\t\r\n\0＝＋－＠]")
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)


def render_csv(table: EventTable, wanted: Filter, options: WriteOptions) -> Iterator[str]:
    """Give a heading, then one row for each event that passes, in time order."""
    return csv_lines(table, evaluate(wanted, table), options)


def csv_lines(table: EventTable, result: FilterResult, options: WriteOptions) -> Iterator[str]:
    """Give the same of a filter that was worked out before."""
    yield _line((*COLUMNS, *NOTE_COLUMNS) if options.with_notes else COLUMNS)
    for event, certain in passing_events(table, result):
        cells = _cells(event, table, match=match_word(certain=certain))
        if options.with_notes:
            cells += _note_cells(event)
        yield _line(guarded(cell) for cell in cells) if options.guard_formulas else _line(cells)


def guarded(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if _RUN_AS_FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell


def joined(values: Iterable[str]) -> str:
    """Join values into one cell so that they can be told apart again."""
    return "; ".join(value.replace("\\", "\\\\").replace(";", "\\;") for value in values)


def _line(cells: Iterable[str]) -> str:
    line = io.StringIO()
    # What is quoted are the letters of the line's own end, and of cells a carriage return has to be, too.
    csv.writer(line, lineterminator=_CRLF).writerow(cells)
    return line.getvalue().removesuffix(_CRLF) + "\n"


def _cells(event: Event, table: EventTable, *, match: str) -> tuple[str, ...]:
    """Return the cells of one event in the order of COLUMNS."""
    start, end = bounds_iso(event.when)
    own = {source.key: source.publisher or source.key for source in event.own_sources}
    quoted = {excerpt.source for excerpt in event.excerpts}
    roles = joined(actor.role for actor in event.actors) if any(actor.role for actor in event.actors) else ""
    return (
        event.id,
        event.title,
        event.when.text,
        *(bound or "" for bound in (*start, *end)),
        "true" if event.when.open_end else "false",
        event.when.precision.label,
        str(event.basis),
        event.basis_note,
        event.phrase,
        event.anchor,
        event.type,
        joined(actor.name for actor in event.actors),
        roles,
        event.place,
        str(event.location.lat) if event.location else "",
        str(event.location.lon) if event.location else "",
        str(event.importance),
        event.summary,
        joined(event.tags),
        joined(excerpt.text for excerpt in event.excerpts),
        joined(own.get(excerpt.source, excerpt.source) for excerpt in event.excerpts),
        joined(dict.fromkeys(name for key, name in own.items() if key not in quoted)),
        joined(source_in_words(event, table, key) for key in source_keys(event)),
        joined(claim_cell(claim) for claim in event.claims),
        joined(claim_summaries(event.claims)),
        joined(f"{link.kind}: {link.to}" if link.kind else link.to for link in event.links),
        json_text(plain(event.extra)) if event.extra else "",
        match,
        event.origin.file,
        str(event.origin.line),
    )


def _note_cells(event: Event) -> tuple[str, ...]:
    """Return the cells of an event's note in the order of NOTE_COLUMNS."""
    note = event.note or NO_NOTE
    return "true" if note.starred else "", note.text, joined(note.tags)
