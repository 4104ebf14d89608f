"""Turn the datasets that readers gave into one event table."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from timeline_app.core.actors import ActorEntry, Gazetteer
from timeline_app.core.arrays import IntegerArray, read_only
from timeline_app.core.dataset import Dataset, Level, Problem
from timeline_app.core.disputes import disputed_rows
from timeline_app.core.event import ActorRef, Between, Event, Source, source_names
from timeline_app.core.known import known_of, source_in
from timeline_app.core.known_dates import KnownDates
from timeline_app.core.look_alikes import look_alike_notes
from timeline_app.core.memberships import circle_words
from timeline_app.core.postings import Postings
from timeline_app.core.recorded_hash import united_source
from timeline_app.core.records import RecordList
from timeline_app.core.roles import roles_by_name
from timeline_app.core.same_event import (
    SameEvents,
    Told,
    joined_words,
    merged_event,
    merged_rows,
    more_rows_words,
    with_source_keys,
)
from timeline_app.core.story import Story
from timeline_app.core.table import NO_CODE, EventTable
from timeline_app.core.times import Times, narrowed
from timeline_app.core.when import When, flags_of


def build_table(datasets: Sequence[Dataset], gazetteer: Gazetteer, *, joins: bool = False) -> EventTable:
    """Merge datasets into one table: actors by canonical name, keys and ids that clash told apart and reported.

    With `joins`, what several files or rows tell of is one event, with a note; see core/same_event.py. Nothing of one
    file overwrites what another says; of two files' own actor definitions the later wins, with a note.
    """
    datasets = [_with_rows_joined(dataset, joins=joins) if dataset.more_of else dataset for dataset in datasets]
    definitions, definition_problems = _actor_definitions(datasets)
    known = gazetteer.extended(definitions)
    sources, renamed_keys, source_problems = _merge_sources(datasets)
    merging = _Merging(known, sources, joins=joins and len(datasets) > 1)
    for dataset, new_keys in zip(datasets, renamed_keys, strict=True):
        merging.add(dataset, new_keys)
    events = sorted(merging.events, key=lambda event: _time_key(event.when))
    names = {actor.name for event in events for actor in event.actors}
    problems = [problem for dataset in datasets for problem in dataset.problems]
    problems += circle_problems(datasets, known)
    problems += definition_problems + source_problems + merging.problems + look_alike_notes(names, known)
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
        actors=_actor_postings(events),
        sources=Postings.build(count, _source_pairs(events, sources), first_names=tuple(sources)),
        tags=Postings.build(count, ((row, tag) for row, event in enumerate(events) for tag in event.tags)),
        records=RecordList(tuple(events)),
        gazetteer=known,
        title=" + ".join(dict.fromkeys(dataset.title for dataset in datasets if dataset.title)),
        summary="\n\n".join(dict.fromkeys(dataset.summary for dataset in datasets if dataset.summary)),
        source_by_key=sources,
        files=tuple(dataset.report for dataset in datasets),
        problems=tuple(problems),
        extra=datasets[0].extra if len(datasets) == 1 else {},
        known=_known_dates(events, sources),
        disputed=disputed_rows(events),
        stories=tuple(merging.stories),
    )


def _with_rows_joined(dataset: Dataset, *, joins: bool) -> Dataset:
    """Return a dataset where rows that tell of one event are one if `joins` says so, with a note on it."""
    note = Problem(more_rows_words(len(dataset.more_of), joined=joins), dataset.report.path, level=Level.NOTE)
    events = dict(enumerate(dataset.events))
    for place, first in dataset.more_of.items() if joins else ():
        events[first] = merged_rows(events[first], events.pop(place))
    return replace(dataset, events=tuple(events.values()), problems=(*dataset.problems, note), more_of={})


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


def circle_problems(datasets: Sequence[Dataset], known: Gazetteer) -> list[Problem]:
    """Return what makes an actor a part of itself only together with what else is known of actors.

    What a file says of itself alone is reported by its reader, with the line.
    """
    problems: list[Problem] = []
    for dataset in datasets:
        defined = [entry.name for entry in dataset.actors if entry.part_of]
        own = Gazetteer({entry.name: entry for entry in dataset.actors}.values()) if defined else known
        told: set[str] = set()
        for name in defined:
            circle = known.circle_through(name)
            if circle and told.isdisjoint(circle) and not own.circle_through(name):
                problems.append(Problem(f"part_of: {circle_words(circle)}", dataset.report.path, level=Level.WARNING))
                told.update(circle)
    return problems


def _merge_sources(datasets: Sequence[Dataset]) -> tuple[dict[str, Source], list[dict[str, str]], list[Problem]]:
    """Return all sources by key, for each dataset what its keys became, and a note for each key that changed."""
    merged: dict[str, Source] = {}
    renamed: list[dict[str, str]] = []
    problems: list[Problem] = []
    for dataset in datasets:
        names: dict[str, str] = {}
        for key, source in dataset.sources.items():
            united = united_source(merged.get(key, source), source)
            free = key if united is not None else _free_name(key, merged)
            if free != key:
                names[key] = free
                message = f"source “{key}” means something else in another file; here it is called “{free}”"
                problems.append(Problem(message, dataset.report.path, level=Level.NOTE))
            merged[free] = replace(source, key=free) if united is None else united
        for key in dataset.sources if names else ():
            free = names.get(key, key)
            merged[free] = replace(merged[free], origin=names.get(merged[free].origin, merged[free].origin))
        renamed.append(names)
    return merged, renamed, problems


class _Merging:
    """Puts the events of files together, file by file; what several tell of is one event where `joins` says so."""

    def __init__(self, known: Gazetteer, sources: Mapping[str, Source], *, joins: bool) -> None:
        self.events: list[Event] = []
        self.problems: list[Problem] = []
        self.stories: list[Story] = []
        self._known = known
        self._sources = sources
        self._told = SameEvents() if joins else None
        self._taken: set[str] = set()
        # Where in `events` the event is of each one that was told.
        self._places: list[int] = []

    def add(self, dataset: Dataset, new_keys: Mapping[str, str]) -> None:
        """Add the events of a file whose sources have got some new keys."""
        reader = dataset.report.reader
        own = [_with_names(event, self._known, self._sources, new_keys, dataset.sources) for event in dataset.events]
        same = {}
        if self._told is not None:
            same = self._told.add_file([Told.of(event, reader, self._sources) for event in own])
        ids = self._new_ids(own, same, dataset.report.path)
        for number, event in enumerate(own):
            renamed = _with_ids(event, ids) if ids else event
            if number in same:
                place = self._places[same[number]]
                self.events[place] = merged_event(self.events[place], renamed)
            else:
                place = len(self.events)
                self.events.append(renamed)
            self._places.append(place)
        self._taken.update(ids.get(event.id, event.id) for event in own)
        self.stories += [_story_with_ids(story, ids) for story in dataset.stories]

    def _new_ids(self, own: Sequence[Event], same: Mapping[int, int], file: str) -> dict[str, str]:
        """Return what the ids of a file become, and say so: those that are taken, and those of what is known."""
        used = self._taken | {event.id for event in own}
        ids = {
            event.id: _free_name(event.id, used)
            for number, event in enumerate(own)
            if event.id in self._taken and number not in same
        }
        messages = [
            f"event id “{old}” stands in another file too; here it is called “{new}”" for old, new in ids.items()
        ]
        messages += [joined_words(len(same))] if same else []
        self.problems += [Problem(message, file, level=Level.NOTE) for message in messages]
        return ids | {own[number].id: self.events[self._places[one]].id for number, one in same.items()}


def _with_names(
    event: Event,
    known: Gazetteer,
    sources: Mapping[str, Source],
    new_keys: Mapping[str, str],
    of_file: Mapping[str, Source],
) -> Event:
    """Return an event with canonical names, and the new keys of its file's sources; not for those that are its own."""
    own_sources = tuple(_told_elsewhere(source, sources) for source in event.own_sources)
    resolved = replace(event, actors=_resolve(event.actors, known), own_sources=own_sources)
    if not new_keys:
        return resolved
    apart = {source.key for source in own_sources if of_file.get(source.key) != source}
    return with_source_keys(resolved, {old: new for old, new in new_keys.items() if old not in apart})


def _told_elsewhere(source: Source, sources: Mapping[str, Source]) -> Source:
    """Return the source that a file of sources tells of, for one that an event names by its key alone."""
    return sources.get(source.key, source) if source == Source(source.key) else source


def _resolve(actors: Iterable[ActorRef], known: Gazetteer) -> tuple[ActorRef, ...]:
    return tuple(replace(ref, name=known.canonical(ref.name), written=ref.written or ref.name) for ref in actors)


def _with_ids(event: Event, ids: Mapping[str, str]) -> Event:
    """Return an event with new ids, where it is named and where it links to."""
    links = tuple(replace(link, to=ids.get(link.to, link.to)) for link in event.links)
    between = event.between and Between(
        ids.get(event.between.after, event.between.after), ids.get(event.between.before, event.between.before)
    )
    return replace(event, id=ids.get(event.id, event.id), links=links, between=between)


def _story_with_ids(story: Story, ids: Mapping[str, str]) -> Story:
    """Return a story that selects events by new ids."""
    steps = (
        replace(step, selection=tuple(dict.fromkeys(ids.get(one, one) for one in step.selection)))
        for step in story.steps
    )
    return replace(story, steps=tuple(steps)) if ids else story


def _free_name(name: str, taken: Container[str]) -> str:
    number = 2
    while f"{name}-{number}" in taken:
        number += 1
    return f"{name}-{number}"


def _actor_postings(events: Sequence[Event]) -> Postings:
    postings = Postings.build(
        len(events), ((row, ref.name) for row, event in enumerate(events) for ref in event.actors)
    )
    roles = {(row, name): own for row, event in enumerate(events) for name, own in roles_by_name(event.actors).items()}
    return postings.with_roles(len(events), roles)


def _source_pairs(events: Sequence[Event], of_table: Mapping[str, Source]) -> Iterator[tuple[int, str]]:
    return ((row, name) for row, event in enumerate(events) for name in source_names(event, of_table))


def _known_dates(events: Sequence[Event], sources: Mapping[str, Source]) -> KnownDates | None:
    source_of = source_in(sources)
    return KnownDates.of(known_of(event, source_of) for event in events)


def _time_key(when: When) -> tuple[int, int, int, int]:
    return (when.start_earliest_s, when.start_latest_s, when.end_earliest_s, when.end_latest_s)


def _times(events: Sequence[Event]) -> Times:
    return Times.of_bounds(np.array([_time_key(event.when) for event in events], np.int64).reshape(len(events), 4))


def _codes(values: Sequence[str], names: Sequence[str]) -> IntegerArray:
    numbers = {name: code for code, name in enumerate(names)}
    codes = np.fromiter((numbers.get(value, NO_CODE) for value in values), np.int64, len(values))
    return read_only(narrowed(codes, len(names)))
