"""The command `info`: what was read, what passes the filters, and what is wrong, in figures."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence

import numpy as np

from timeline_app.commands.inputs import open_table, passing, report_unknown_names, wanted_filter
from timeline_app.commands.output import counted, write_data, write_lines
from timeline_app.commands.own_notes import with_own_notes
from timeline_app.commands.reading_report import file_record, mapping_line, problem_line, problem_record
from timeline_app.core.arrays import BoolArray, Int64Array
from timeline_app.core.calendar import DAY_S
from timeline_app.core.event import source_names
from timeline_app.core.filter import Filter, FilterResult
from timeline_app.core.known_view import known_view
from timeline_app.core.safe_text import safe_text
from timeline_app.core.table import NO_CODE, EventTable
from timeline_app.core.when import iso_bound
from timeline_app.writers.records import Record, json_text

_MOST_LISTED = 12
_NO_FILTER = Filter()


def run(arguments: argparse.Namespace) -> int:
    """Print the counts."""
    wanted = wanted_filter(arguments)
    table = open_table(arguments)
    if wanted.asks_for_notes:
        table = with_own_notes(table)
    result = passing(table, wanted)
    report_unknown_names(wanted, table)
    record = info_record(table, result, wanted)
    if arguments.format == "json":
        write_data([json_text(record, indent=2), "\n"])
    else:
        write_lines(_lines(record, table))
    return 0


def info_record(table: EventTable, result: FilterResult, wanted: Filter = _NO_FILTER) -> Record:
    """Return the counts: of what was read for the files, of what passes for days, actors, types and sources.

    Everything is counted from columns; events are read only of which a part was not known on the day that is asked for.
    """
    shown = result.shown
    extent_s = table.extent_s if shown == len(table) else table.extent_of(result.rows)
    first, last = (iso_bound(second, with_time=False) for second in extent_s) if extent_s else (None, None)
    return {
        "files": [file_record(file) for file in table.files],
        "joined": table.joined,
        "loaded": len(table),
        "shown": shown,
        "possible": result.possible,
        "filtered_out": len(table) - shown,
        "rejected": sum(file.rejected for file in table.files),
        "first": first,
        "last": last,
        "known": _known_record(table, result),
        "actors": _names_with_counts(table.actors.names, table.actors.counts_among(result.mask)),
        "types": _names_with_counts(table.types, _type_counts(table, result.mask)),
        "sources": _source_count(table, wanted, result),
        "problems": [problem_record(problem) for problem in table.problems],
    }


def _known_record(table: EventTable, result: FilterResult) -> Record:
    """Return since when events that pass were known, the first day and the last, and of how many nothing says."""
    extent = table.known.extent_of(result.rows) if table.known is not None else None
    first, last = (iso_bound(day * DAY_S, with_time=False) for day in extent) if extent else (None, None)
    undated = table.known.undated_among(result.rows) if table.known is not None else result.shown
    return {"first": first, "last": last, "undated": undated}


def _source_count(table: EventTable, wanted: Filter, result: FilterResult) -> int:
    """Return how many sources the events that pass have, as far as they were known."""
    day, known = wanted.known_day(), table.known
    if day is None or known is None:
        return int(np.count_nonzero(table.sources.counts_among(result.mask)))
    is_whole = known.whole_on(day, result.rows)
    mask = np.zeros(len(table), np.bool_)
    mask[result.rows[is_whole]] = True
    counts = table.sources.counts_among(mask)
    found = {name for name, count in zip(table.sources.names, counts.tolist(), strict=True) if count}
    view = known_view(table, wanted)
    for row in result.rows[~is_whole].tolist():
        found.update(source_names(view.event(row), table.source_by_key))
    return len(found)


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
    possible = (
        f" ({record['shown'] - record['possible']} + {record['possible']} possible)" if record["possible"] else ""
    )
    loaded = counted(record["loaded"], "event")
    yield f"{record['shown']} of {loaded} shown{possible}, {record['filtered_out']} filtered out"
    if record["first"]:
        yield f"{record['first']} to {record['last']}"
    if record["known"]["first"]:
        undated = f", {record['known']['undated']} without a date of knowledge" if record["known"]["undated"] else ""
        yield f"first known from {record['known']['first']} to {record['known']['last']}{undated}"
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
