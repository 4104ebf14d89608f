"""The command `diff`: what was added, changed and withdrawn between two files, or two days of knowledge."""

from __future__ import annotations

import argparse
from pathlib import Path

from timeline_app.commands.inputs import column_mapping
from timeline_app.commands.output import write_data, write_lines
from timeline_app.commands.progress import progress_line
from timeline_app.core.differences import differences, known_differences, state_of
from timeline_app.core.errors import UsageError
from timeline_app.core.filter import Filter
from timeline_app.core.safe_text import safe_text
from timeline_app.core.table import EventTable
from timeline_app.loading import load_table
from timeline_app.writers.differences import differences_json, differences_lines

DIFFERENT = 1


def run(arguments: argparse.Namespace) -> int:
    """Tell the differences; 1 when there are any, 2 (by UsageError) for what cannot be compared."""
    first, second = _days(arguments)
    before = _table(arguments.before, arguments)
    if arguments.after is None:
        found = known_differences(before, first.as_of, second.as_of)
    else:
        found = differences(state_of(before, first), state_of(_table(arguments.after, arguments), second))
    if arguments.format == "json":
        write_data(differences_json(found))
    else:
        write_lines(map(safe_text, differences_lines(found)))
    return DIFFERENT if found else 0


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
