"""The command `info`: what was read, what passes the filters, and what is wrong, in figures."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence

import numpy as np

from timeline_app.commands.inputs import open_table, report_unknown_names, wanted_filter
from timeline_app.commands.output import counted, write_data, write_lines
from timeline_app.commands.reading_report import file_record, mapping_line, problem_line, problem_record
from timeline_app.core.arrays import BoolArray, Int64Array
from timeline_app.core.filter import FilterResult, evaluate
from timeline_app.core.safe_text import safe_text
from timeline_app.core.table import NO_CODE, EventTable
from timeline_app.core.when import iso_bound
from timeline_app.writers.records import Record, json_text

_MOST_LISTED = 12


def run(arguments: argparse.Namespace) -> int:
    """Print the counts."""
    wanted = wanted_filter(arguments)
    table = open_table(arguments)
    result = evaluate(wanted, table)
    report_unknown_names(wanted, table)
    record = info_record(table, result)
    if arguments.format == "json":
        write_data([json_text(record, indent=2), "\n"])
    else:
        write_lines(_lines(record, table))
    return 0


def info_record(table: EventTable, result: FilterResult) -> Record:
    """Return the counts: of what was read for the files, of what passes for days, actors, types and sources.

    Everything is counted from columns: no event is read.
    """
    shown = result.shown
    extent_s = table.extent_s if shown == len(table) else table.extent_of(result.rows)
    first, last = (iso_bound(second, with_time=False) for second in extent_s) if extent_s else (None, None)
    return {
        "files": [file_record(file) for file in table.files],
        "joined": table.joined,
        "loaded": len(table),
        "shown": shown,
        "filtered_out": len(table) - shown,
        "rejected": sum(file.rejected for file in table.files),
        "first": first,
        "last": last,
        "actors": _names_with_counts(table.actors.names, table.actors.counts_among(result.mask)),
        "types": _names_with_counts(table.types, _type_counts(table, result.mask)),
        "sources": int(np.count_nonzero(table.sources.counts_among(result.mask))),
        "problems": [problem_record(problem) for problem in table.problems],
    }


def _type_counts(table: EventTable, mask: BoolArray) -> Int64Array:
    """Return how many of the masked rows each type has, shape (len(table.types),)."""
    codes = table.type_codes[mask]
    return np.bincount(codes[codes != NO_CODE], minlength=len(table.types))


def _names_with_counts(names: Sequence[str], counts: Int64Array) -> list[Record]:
    """Return each name that has events with how many, the most frequent first, equals by name."""
    occurring = [(-count, name) for name, count in zip(names, counts.tolist(), strict=True) if count]
    return [{"name": name, "count": -count} for count, name in sorted(occurring)]


def _lines(record: Record, table: EventTable) -> Iterator[str]:
    if table.title:
        yield safe_text(table.title)
    for file in record["files"]:
        yield safe_text(
            f"{file['path']} ({file['reader']}): {counted(file['read'], 'record')} read, {file['rejected']} rejected"
        )
    yield from filter(None, map(mapping_line, table.files))
    if record["joined"]:
        yield f"{counted(record['joined'], 'record')} shown together with the same event of another file or row"
    yield f"{record['shown']} of {counted(record['loaded'], 'event')} shown, {record['filtered_out']} filtered out"
    if record["first"]:
        yield f"{record['first']} to {record['last']}"
    yield counted(record["sources"], "source")
    for head, names in (("Actors", record["actors"]), ("Types", record["types"])):
        if names:
            yield from ("", head)
            yield from (f"{one['count']:6}  {safe_text(one['name'])}" for one in names[:_MOST_LISTED])
            if len(names) > _MOST_LISTED:
                yield f"        and {len(names) - _MOST_LISTED} more"
    if table.problems:
        yield from ("", "Problems")
        yield from (problem_line(problem) for problem in table.problems)
