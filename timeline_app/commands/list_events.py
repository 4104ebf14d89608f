"""The command `list`: the events that pass the filters, in time order."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from timeline_app.commands.inputs import open_table, passing, report_unknown_names, wanted_filter, with_members_words
from timeline_app.commands.output import counted, report, terminal_columns, write_data, write_lines
from timeline_app.commands.own_notes import with_own_notes
from timeline_app.commands.text_table import aligned
from timeline_app.core.claim_figures import claim_summaries
from timeline_app.core.event import Event
from timeline_app.core.filter import Filter, FilterResult, evaluate
from timeline_app.core.known_view import known_view
from timeline_app.core.noted_view import noted_view
from timeline_app.core.notes import NO_NOTE, note_line
from timeline_app.core.table import EventTable
from timeline_app.core.when import in_words
from timeline_app.writers.csv_table import csv_lines
from timeline_app.writers.full_record import event_records
from timeline_app.writers.options import WriteOptions
from timeline_app.writers.records import json_text, match_word, passing_events

NOTHING_MATCHED = 1

# What gives way on a narrow terminal.
_SHRINKING = ("TITLE", "ACTORS", "CLAIMS")


def run(arguments: argparse.Namespace) -> int:
    """List what passes; 1 when nothing does."""
    wanted = wanted_filter(arguments)
    table = open_table(arguments)
    if wanted.asks_for_notes or arguments.with_notes:
        table = with_own_notes(table)
    result = passing(table, wanted)
    explained = report_unknown_names(wanted, table)
    opened, table = table, known_view(table, wanted)
    if arguments.with_notes:
        table = noted_view(table)
    if arguments.format == "jsonl":
        write_data(f"{json_text(record)}\n" for record in event_records(table, result))
    elif arguments.format == "csv":
        write_data(csv_lines(table, result, WriteOptions(with_notes=arguments.with_notes)))
    elif arguments.format == "json":
        write_data(_json_array(table, result))
    elif result.shown:
        disputed = evaluate(Filter(disputed=True, as_of=wanted.as_of), table).rows
        is_disputed = bool(result.mask[disputed].any())
        columns = list(_columns(result, is_disputed=is_disputed, with_notes=arguments.with_notes))
        write_lines(_table_lines(table, result, columns))
    if result.shown:
        return 0
    if not explained:
        report(f"nothing matched; {counted(len(table), 'event')} filtered out{with_members_words(wanted, opened)}")
    return NOTHING_MATCHED


def _json_array(table: EventTable, result: FilterResult) -> Iterator[str]:
    """Give the records of the jsonl format as one array, a record a line."""
    separator = "[\n"
    for record in event_records(table, result):
        yield separator + json_text(record)
        separator = ",\n"
    yield "\n]\n" if result.shown else "[]\n"


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of the table for people: its head, and the words of an event that surely passes, or only possibly."""

    head: str
    words: Callable[[Event, bool], str]


def _columns(result: FilterResult, *, is_disputed: bool, with_notes: bool) -> Iterator[_Column]:
    yield _Column("WHEN", lambda event, _: in_words(event.when))
    yield _Column("TITLE", lambda event, _: event.title)
    yield _Column("ACTORS", lambda event, _: ", ".join(dict.fromkeys(actor.name for actor in event.actors)))
    yield _Column("ID", lambda event, _: event.id)
    if result.possible:
        yield _Column("MATCH", lambda _, certain: match_word(certain=certain))
    if is_disputed:
        yield _Column("CLAIMS", lambda event, _: "; ".join(claim_summaries(event.claims)))
    if with_notes:
        yield _Column("NOTE", lambda event, _: note_line(event.note or NO_NOTE))


def _table_lines(table: EventTable, result: FilterResult, columns: Sequence[_Column]) -> Iterator[str]:
    rows = ([column.words(event, certain) for column in columns] for event, certain in passing_events(table, result))
    heads = [column.head for column in columns]
    shrinking = [number for number, head in enumerate(heads) if head in _SHRINKING]
    return aligned(heads, rows, columns=terminal_columns(), shrinking=shrinking)
