"""Turn the datasets that readers gave into one event table."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from timeline_app.core.actors import ActorEntry, Gazetteer
from timeline_app.core.arrays import IntegerArray, read_only
from timeline_app.core.dataset import Dataset, Level, Problem
from timeline_app.core.event import ActorRef, Claim, Event, Excerpt, Source, source_names
from timeline_app.core.look_alikes import look_alike_notes
from timeline_app.core.records import RecordList
from timeline_app.core.table import NO_CODE, EventTable, Postings
from timeline_app.core.times import Times, narrowed
from timeline_app.core.when import When, flags_of


def build_table(datasets: Sequence[Dataset], gazetteer: Gazetteer) -> EventTable:
    """Merge datasets into one table: actors by canonical name, keys and ids that clash told apart and reported.

    Nothing of one file overwrites what another says; of two files' own actor definitions the later wins, with a note.
    """
    definitions, definition_problems = _actor_definitions(datasets)
    known = gazetteer.extended(definitions)
    sources, renamed_keys, source_problems = _merge_sources(datasets)
    events, id_problems = _merge_events(datasets, renamed_keys, sources, known)
    events.sort(key=lambda event: _time_key(event.when))
    names = {actor.name for event in events for actor in event.actors}
    problems = [problem for dataset in datasets for problem in dataset.problems]
    problems += definition_problems + source_problems + id_problems + look_alike_notes(names, known)
    types = tuple(dict.fromkeys(event.type for event in events if event.type))
    places = tuple(dict.fromkeys(event.place for event in events if event.place))
    count = len(events)
    return EventTable(
        times=_times(events),
        flags=read_only(np.fromiter((flags_of(event.when) for event in events), np.uint8, count)),
        precision=read_only(np.fromiter((event.when.precision for event in events), np.uint8, count)),
        importance=read_only(np.fromiter((event.importance for event in events), np.uint8, count)),
        type_codes=_codes([event.type for event in events], types),
        place_codes=_codes([event.place for event in events], places),
        types=types,
        places=places,
        actors=Postings.build(count, ((row, ref.name) for row, event in enumerate(events) for ref in event.actors)),
        sources=Postings.build(count, _source_pairs(events, sources), first_names=tuple(sources)),
        tags=Postings.build(count, ((row, tag) for row, event in enumerate(events) for tag in event.tags)),
        records=RecordList(tuple(events)),
        gazetteer=known,
        title=" + ".join(dataset.title for dataset in datasets if dataset.title),
        summary="\n\n".join(dataset.summary for dataset in datasets if dataset.summary),
        source_by_key=sources,
        files=tuple(dataset.report for dataset in datasets),
        problems=tuple(problems),
        extra=datasets[0].extra if len(datasets) == 1 else {},
    )


def _actor_definitions(datasets: Sequence[Dataset]) -> tuple[list[ActorEntry], list[Problem]]:
    entries: dict[str, ActorEntry] = {}
    problems: list[Problem] = []
    for dataset in datasets:
        for entry in dataset.actors:
            before = entries.get(entry.name)
            if before is not None and before != entry:
                message = f"actor “{entry.name}” is defined differently by another file; this file's definition is used"
                problems.append(Problem(message, dataset.report.path, level=Level.NOTE))
            entries[entry.name] = entry
    return list(entries.values()), problems


def _merge_sources(datasets: Sequence[Dataset]) -> tuple[dict[str, Source], list[dict[str, str]], list[Problem]]:
    """Return all sources by key, for each dataset what its keys became, and a note for each key that changed."""
    merged: dict[str, Source] = {}
    renamed: list[dict[str, str]] = []
    problems: list[Problem] = []
    for dataset in datasets:
        names: dict[str, str] = {}
        for key, source in dataset.sources.items():
            free = key if merged.get(key, source) == source else _free_name(key, merged)
            if free != key:
                names[key] = free
                message = f"source “{key}” means something else in another file; here it is called “{free}”"
                problems.append(Problem(message, dataset.report.path, level=Level.NOTE))
            merged[free] = replace(source, key=free) if free != key else source
        renamed.append(names)
    return merged, renamed, problems


def _merge_events(
    datasets: Sequence[Dataset],
    renamed_keys: Sequence[dict[str, str]],
    sources: Mapping[str, Source],
    known: Gazetteer,
) -> tuple[list[Event], list[Problem]]:
    events: list[Event] = []
    problems: list[Problem] = []
    taken: set[str] = set()
    for dataset, new_keys in zip(datasets, renamed_keys, strict=True):
        used = taken | {event.id for event in dataset.events}
        ids = {event.id: _free_name(event.id, used) for event in dataset.events if event.id in taken}
        for old, new in ids.items():
            message = f"event id “{old}” stands in another file too; here it is called “{new}”"
            problems.append(Problem(message, dataset.report.path, level=Level.NOTE))
        for event in dataset.events:
            own_sources = tuple(_told_elsewhere(source, sources) for source in event.own_sources)
            resolved = replace(event, actors=_resolve(event.actors, known), own_sources=own_sources)
            events.append(_rename(resolved, ids, new_keys, dataset.sources) if ids or new_keys else resolved)
        taken.update(ids.get(event.id, event.id) for event in dataset.events)
    return events, problems


def _told_elsewhere(source: Source, sources: Mapping[str, Source]) -> Source:
    """Return the source that a file of sources tells of, for one that an event names by its key alone."""
    return sources.get(source.key, source) if source == Source(source.key) else source


def _resolve(actors: Iterable[ActorRef], known: Gazetteer) -> tuple[ActorRef, ...]:
    return tuple(replace(ref, name=known.canonical(ref.name), written=ref.written or ref.name) for ref in actors)


def _rename(event: Event, ids: dict[str, str], new_keys: dict[str, str], of_file: Mapping[str, Source]) -> Event:
    """Return an event with new ids and keys, but for the keys of sources that are not its file's."""
    apart = {source.key for source in event.own_sources if of_file.get(source.key) != source}
    keys = {old: new for old, new in new_keys.items() if old not in apart}

    def excerpt(part: Excerpt) -> Excerpt:
        return replace(part, source=keys.get(part.source, part.source))

    def claim(part: Claim) -> Claim:
        return replace(part, source=keys.get(part.source, part.source))

    return replace(
        event,
        id=ids.get(event.id, event.id),
        links=tuple(replace(link, to=ids.get(link.to, link.to)) for link in event.links),
        excerpts=tuple(excerpt(part) for part in event.excerpts),
        claims=tuple(claim(part) for part in event.claims),
        own_sources=tuple(replace(part, key=keys.get(part.key, part.key)) for part in event.own_sources),
    )


def _free_name(name: str, taken: Container[str]) -> str:
    number = 2
    while f"{name}-{number}" in taken:
        number += 1
    return f"{name}-{number}"


def _source_pairs(events: Sequence[Event], of_table: Mapping[str, Source]) -> Iterator[tuple[int, str]]:
    return ((row, name) for row, event in enumerate(events) for name in source_names(event, of_table))


def _time_key(when: When) -> tuple[int, int, int, int]:
    return (when.start_earliest_s, when.start_latest_s, when.end_earliest_s, when.end_latest_s)


def _times(events: Sequence[Event]) -> Times:
    return Times.of_bounds(np.array([_time_key(event.when) for event in events], np.int64).reshape(len(events), 4))


def _codes(values: Sequence[str], names: Sequence[str]) -> IntegerArray:
    numbers = {name: code for code, name in enumerate(names)}
    codes = np.fromiter((numbers.get(value, NO_CODE) for value in values), np.int64, len(values))
    return read_only(narrowed(codes, len(names)))
