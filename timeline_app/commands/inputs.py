"""From the arguments of a command to the table it works on and the filter it applies."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from timeline_app.commands.output import counted, report
from timeline_app.commands.progress import progress_line, waiting_line
from timeline_app.core.asked_actors import is_known_actor
from timeline_app.core.dataset import Level
from timeline_app.core.errors import FilterError, UsageError, WhenError
from timeline_app.core.filter import Filter, FilterResult, Match, evaluate
from timeline_app.core.pairs import pair_of
from timeline_app.core.records import RecordList
from timeline_app.core.search import is_indexed
from timeline_app.core.table import EventTable
from timeline_app.core.when import When, parse
from timeline_app.loading import load_table
from timeline_app.readers.distinct_files import distinct_files

Value = TypeVar("Value")


def file_paths(arguments: argparse.Namespace) -> list[Path]:
    """Return the files that are named, each once: of several paths to one the first."""
    return list(distinct_files(map(Path, arguments.files)).values())


def column_mapping(arguments: argparse.Namespace) -> dict[str, str] | None:
    """Return which column each field is taken from, None where nothing is said; raises UsageError."""
    mapping: dict[str, str] = {}
    for text in arguments.map:
        field, equals, column = text.partition("=")
        if not (field and equals and column):
            raise UsageError(f"--map takes FIELD=COLUMN, as in --map title=Headline; found “{text}”")
        if mapping.setdefault(field, column) != column:
            raise UsageError(f"--map gives two columns for “{field}”: “{mapping[field]}” and “{column}”")
    return mapping or None


def open_table(arguments: argparse.Namespace) -> EventTable:
    """Read the files that are named into one table, and say how many problems there were; raises ReadError."""
    with progress_line() as show_progress:
        table = load_table(
            file_paths(arguments),
            reader=arguments.reader,
            mapping=column_mapping(arguments),
            joins=not arguments.keep_apart,
            report=show_progress,
        )
    serious = sum(problem.level is not Level.NOTE for problem in table.problems)
    if serious:
        names = " ".join(file.path for file in table.files)
        report(f"{counted(serious, 'problem')} while reading; “conflict-timeline check {names}” lists them")
    return table


def passing(table: EventTable, wanted: Filter) -> FilterResult:
    """Return what passes, and say on a terminal that this takes its time where words are sought without an index."""
    if not wanted.find or is_indexed(table):
        return evaluate(wanted, table)
    with waiting_line(f"Reading the words of {len(table):,} events; once the window has opened them it is quick"):
        return evaluate(wanted, table)


def wanted_filter(arguments: argparse.Namespace) -> Filter:
    """Return what the filter options and --query ask for together; raises FilterError.

    Lists are joined. Of two ranges the narrower counts, of two importances the higher; `all`, `certain`, `disputed`,
    `starred` and `members` hold when either asks for them.
    """
    options = Filter(
        actors=tuple(arguments.actor),
        match=Match(arguments.match or Match.ANY),
        not_actors=tuple(arguments.not_actor),
        roles=tuple(arguments.role),
        pairs=tuple(pair_of(text).written for text in arguments.pair),
        types=tuple(arguments.type),
        tags=tuple(arguments.tag),
        sources=tuple(arguments.source),
        places=tuple(arguments.place),
        since=arguments.since or "",
        until=arguments.until or "",
        certain=arguments.certain,
        find=tuple(arguments.find),
        min_importance=arguments.min_importance or 1,
        members=arguments.members,
        as_of=arguments.as_of or "",
        disputed=arguments.disputed,
        starred=arguments.starred,
        noted=tuple(arguments.note),
        own_tags=tuple(arguments.my_tag),
    )
    # Refuse a date that cannot be read, before any file is; of two days the one that is left may be the other.
    options.known_day()
    wanted = merged(options, _query_filter(arguments.query)) if arguments.query else options
    wanted.range_s()
    return wanted


def merged(first: Filter, second: Filter) -> Filter:
    """Return the filter that asks for what both ask for."""
    return Filter(
        actors=_united(first.actors, second.actors),
        match=Match.ALL if Match.ALL in {first.match, second.match} else Match.ANY,
        not_actors=_united(first.not_actors, second.not_actors),
        roles=_united(first.roles, second.roles),
        pairs=_united(first.pairs, second.pairs),
        types=_united(first.types, second.types),
        tags=_united(first.tags, second.tags),
        sources=_united(first.sources, second.sources),
        places=_united(first.places, second.places),
        since=_chosen("from", (first.since, second.since), lambda when: -when.start_earliest_s),
        until=_chosen("to", (first.until, second.until), lambda when: when.end_latest_s),
        certain=first.certain or second.certain,
        find=_united(first.find, second.find),
        min_importance=max(first.min_importance, second.min_importance),
        members=first.members or second.members,
        as_of=_chosen("as-of", (first.as_of, second.as_of), lambda when: when.end_latest_s),
        disputed=first.disputed or second.disputed,
        starred=first.starred or second.starred,
        noted=_united(first.noted, second.noted),
        own_tags=_united(first.own_tags, second.own_tags),
    )


def report_unknown_names(wanted: Filter, table: EventTable) -> bool:
    """Say of each name in the filter that no event has, and which may have been meant; return whether there was one."""
    unknown = list(_unknown_names(wanted, table))
    for what, asked, known in unknown:
        report(f"{what} “{asked}”{did_you_mean(asked, known)}")
    return bool(unknown)


def _unknown_names(wanted: Filter, table: EventTable) -> Iterator[tuple[str, str, Collection[str]]]:
    """Give what is missing, the name that was asked for, and all the names that would have been found."""
    occurring = table.actors.names
    entries = [entry for entry in map(table.gazetteer.get, occurring) if entry is not None]
    actors = [*occurring, *(name for entry in entries for name in entry.other_names)]
    in_pairs = [name for pair in map(pair_of, wanted.pairs) for name in (pair.first, pair.second) if name]
    for asked in (*wanted.actors, *wanted.not_actors, *in_pairs):
        if not is_known_actor(asked, table):
            yield "no event has an actor", asked, actors
    roles = table.actors.roles.names if wanted.roles and table.actors.roles is not None else frozenset()
    for what, asked_names, known in (
        ("no event has a role", wanted.roles, roles),
        ("no event has the type", wanted.types, table.types),
        ("no event has the tag", wanted.tags, table.tags.names),
    ):
        folded = {name.casefold() for name in known}
        yield from ((what, asked, known) for asked in asked_names if asked.casefold() not in folded)
    for asked in wanted.sources:  # Keys are exact, unlike names.
        if asked not in table.sources.codes:
            yield "there is no source", asked, table.sources.names


def with_members_words(wanted: Filter, table: EventTable) -> str:
    """Say how many events would pass if the members of the actors that are asked for took part too, "" for none."""
    shown = evaluate(replace(wanted, members=True), table).shown if wanted.actors and not wanted.members else 0
    return (
        f"; --members takes the members of {' and '.join(wanted.actors)} along: {counted(shown, 'event')}"
        if shown
        else ""
    )


def close_matches(asked: str, known: Iterable[str]) -> list[str]:
    """Return the known names that look like what was asked for, whatever their case, best first."""
    by_folded = {name.casefold(): name for name in known}
    import difflib  # only for a name that nothing has

    return [by_folded[folded] for folded in difflib.get_close_matches(asked.casefold(), by_folded, n=3, cutoff=0.7)]


def did_you_mean(asked: str, known: Iterable[str]) -> str:
    """Return a question that names what may have been meant, "" when nothing comes close."""
    meant = " or ".join(f"“{name}”" for name in close_matches(asked, known))
    return f"; did you mean {meant}?" if meant else ""


def similar_ids(asked: str, table: EventTable) -> str:
    """Return a question that names the events whose ids come close; "" where events would have to be read for it."""
    records = table.records
    return did_you_mean(asked, (event.id for event in records.events)) if isinstance(records, RecordList) else ""


def _query_filter(text: str) -> Filter:
    try:
        from timeline_app.query import parse_query  # not needed for the first picture of most starts

        return parse_query(text)
    except FilterError as error:
        raise FilterError(f"--query, character {error.position + 1}: {error}", error.position) from error


def _united(first: Iterable[Value], second: Iterable[Value]) -> tuple[Value, ...]:
    return tuple(dict.fromkeys((*first, *second)))


def _chosen(end: str, texts: Iterable[str], width: Callable[[When], int]) -> str:
    """Return the date that leaves the narrower range, "" when none is given; raises FilterError."""
    return min(filter(None, texts), key=lambda text: width(_date(end, text)), default="")


def _date(end: str, text: str) -> When:
    try:
        return parse(text)
    except WhenError as error:
        raise FilterError(f"“{text}” is not a date for “{end}”: {error}", error.position) from error
