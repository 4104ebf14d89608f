"""The command `check`: every problem of the files, excerpts looked up in their documents."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain

from timeline_app.commands.inputs import column_mapping, file_paths
from timeline_app.commands.output import counted, report, write_data, write_lines
from timeline_app.commands.progress import progress_line
from timeline_app.commands.reading_report import file_record, mapping_line, problem_line, problem_record
from timeline_app.core.build import build_table
from timeline_app.core.dataset import Level, Problem
from timeline_app.core.dateline_change import change_dateline
from timeline_app.core.errors import ReadError, UsageError
from timeline_app.core.event import Event, Source, Verified, origins
from timeline_app.core.origin_words import origin_words
from timeline_app.core.safe_text import safe_text
from timeline_app.core.source_document import DOCUMENT_WORDS, DocumentState, SourceDocument
from timeline_app.core.table import EventTable
from timeline_app.loading import loader_from_resources
from timeline_app.writers.dateline_changes import dateline_lines, dateline_record
from timeline_app.writers.records import Record, document_record, json_text, origin_record

PROBLEMS_FOUND = 1
NOT_READ = 2


def run(arguments: argparse.Namespace) -> int:
    """Name every problem: 1 when there are errors or warnings, 2 when a file could not be read; notes do not count.

    Raises UsageError for a dateline of a source that the files do not have.
    """
    wanted = [_key_and_date(text) for text in arguments.dateline]
    loader = loader_from_resources(arguments.reader, column_mapping(arguments), joins=not arguments.keep_apart)
    with progress_line() as show_progress:
        opened = loader(file_paths(arguments), show_progress)
    table = opened.table if opened.table is not None else build_table((), loader.gazetteer)
    unread = [_as_problem(error) for error in opened.errors]
    changes = [change_dateline(table, key, date) for key, date in wanted] if not unread else []
    if arguments.format == "json":
        record = _check_record(table, unread)
        if wanted:
            record["datelines"] = [dateline_record(change) for change in changes]
        write_data([json_text(record, indent=2), "\n"])
    else:
        mappings = filter(None, map(mapping_line, table.files))
        write_lines(
            chain(
                map(problem_line, table.problems),
                mappings,
                _joined_lines(table),
                _document_lines(table),
                (safe_text(line) for change in changes for line in dateline_lines(change)),
                _summary(table),
            )
        )
    for error in opened.errors:
        report(str(error))
    if unread:
        return NOT_READ
    return PROBLEMS_FOUND if any(problem.level is not Level.NOTE for problem in table.problems) else 0


def _key_and_date(text: str) -> tuple[str, str]:
    """Return what KEY=DATE means; raises UsageError."""
    key, sign, date = text.partition("=")
    if not (key and sign and date):
        raise UsageError(f"--dateline takes KEY=DATE, a source and when it appeared; found “{text}”")
    return key, date


def _check_record(table: EventTable, unread: Sequence[Problem]) -> Record:
    return {
        "files": [file_record(file) for file in table.files],
        "excerpts": _excerpt_counts(table),
        "documents": [{"source": source.key, **document_record(document)} for source, document in _documents(table)],
        "joined": [
            {"id": event.id, "origins": [origin_record(origin) for origin in origins(event)]}
            for event in _joined_events(table)
        ],
        "problems": [problem_record(problem) for problem in (*unread, *table.problems)],
    }


def _joined_events(table: EventTable) -> Iterator[Event]:
    """Give the events that several files tell of; where there is none, none is read."""
    return (event for event in table if event.other_origins) if table.joined else iter(())


def _joined_lines(table: EventTable) -> Iterator[str]:
    for event in _joined_events(table):
        yield safe_text(f"joined: {event.id}: {'; '.join(map(origin_words, origins(event)))}")


def _documents(table: EventTable) -> Iterator[tuple[Source, SourceDocument]]:
    """Give the sources that name a document."""
    return ((source, source.document) for source in table.source_by_key.values() if source.document is not None)


def _document_lines(table: EventTable) -> Iterator[str]:
    for source, document in _documents(table):
        told = document.why or f"{document.file}: {DOCUMENT_WORDS[document.state]}"
        if document.state is DocumentState.NO_HASH:
            told += f"; it has {document.sha256} now"  # to be copied into the file
        yield safe_text(f"document: {source.key}: {told}")


def _excerpt_counts(table: EventTable) -> dict[str, int]:
    """Return how many excerpts were found in their documents and how, those of claims too, with a zero for none."""
    counts = Counter(verified for event in table for verified in _looked_up(event))
    return {str(verified): counts[verified] for verified in Verified}


def _looked_up(event: Event) -> Iterator[Verified]:
    """Give what came of looking up the words of an event's excerpts and claims."""
    yield from (excerpt.verified for excerpt in event.excerpts)
    yield from (claim.verified for claim in event.claims if claim.excerpt.strip())


def _summary(table: EventTable) -> list[str]:
    if not table.files:
        return []
    counts = _excerpt_counts(table)
    levels = Counter(problem.level for problem in table.problems)
    found = ", ".join(counted(levels[level], str(level)) for level in Level if levels[level]) or "no problems"
    excerpts = ", ".join(f"{count} {verified.replace('-', ' ')}" for verified, count in counts.items() if count)
    rejected = sum(file.rejected for file in table.files)
    return [f"{counted(len(table), 'event')}, {rejected} rejected; {found}; excerpts: {excerpts or 'none'}"]


def _as_problem(error: ReadError) -> Problem:
    return Problem(str(error.args[0]), error.place.file, error.place.line, error.place.column)
