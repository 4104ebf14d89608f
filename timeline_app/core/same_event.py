"""Tell whether two files, or two rows of one, tell of the same event, and make one event of what both tell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import TypeVar

from timeline_app.core.event import NO_SOURCES, USUAL_IMPORTANCE, Claim, Event, Source, has_own_id, source_names

# Between the actors that a title begins with, and after them.
_ACTORS_APART, _ACTORS_END = " – ", ": "
# Of id, source, title and date: an id is the same by chance more often than all three others differ.
_ENOUGH = 2

Part = TypeVar("Part")
ContentKey = tuple[object, ...]
RowKey = tuple[str, tuple[int, int, int, int], str, str]


@dataclass(frozen=True, slots=True)
class Told:
    """An event as a file tells it: by the names of its sources, and the reader of the file."""

    event: Event
    sources: tuple[str, ...]
    reader: str

    @classmethod
    def of(cls, event: Event, reader: str, of_table: Mapping[str, Source] = NO_SOURCES) -> Told:
        """Return an event with the names that its sources are filtered by."""
        return cls(event, source_names(event, of_table), reader)

    @property
    def has_own_id(self) -> bool:
        """Whether the id is one that the file gives, and does not follow from where the record stands."""
        return has_own_id(self.event)


def is_same_event(first: Told, second: Told) -> bool:
    """Tell whether two files tell of one event.

    Either they have the same id, and two of these agree: a source in common, the title, dates that overlap. Or they say
    the same: date, title, type, place, actors, importance, summary and claims; but where files in one format give ids
    of their own, different ones tell events apart, whatever else is the same.
    """
    one, other = first.event, second.event
    has_ids = first.has_own_id and second.has_own_id
    if has_ids and one.id == other.id:
        agreeing = (
            not set(first.sources).isdisjoint(second.sources),
            _folded(one.title) == _folded(other.title),
            _overlap(one, other),
        )
        return sum(agreeing) >= _ENOUGH
    if has_ids and first.reader == second.reader:
        return False
    return content_key(one) == content_key(other)


def content_key(event: Event) -> ContentKey:
    """Return what is equal of events that say the same."""
    return (
        _bounds(event),
        *map(_folded, (event.title, event.type, event.place, event.summary)),
        frozenset(actor.name for actor in event.actors),
        event.importance,
        frozenset((claim.about, claim.by, claim.value, claim.low, claim.high) for claim in event.claims),
    )


def joined_words(count: int) -> str:
    """Say how many events of a file are shown together with those of files before it."""
    what = "1 event is" if count == 1 else f"{count:,} events are"
    return f"{what} told of by an earlier file too, and shown once, with both origins"


def merged_event(first: Event, second: Event) -> Event:
    """Return the event that two files tell of, under the first one's id.

    What only one says is taken. Where both say something different of the title, date, type, place or importance, the
    first stands, and claims tell who says what. Actors, tags, links, excerpts, claims and sources are those of both.
    """
    second = _with_keys_of_its_own(first, second)
    return replace(
        first,
        type=first.type or second.type,
        place=first.place or second.place,
        location=first.location or second.location,
        importance=second.importance if first.importance == USUAL_IMPORTANCE else first.importance,
        summary="\n\n".join(dict.fromkeys(filter(None, (first.summary, second.summary)))),
        actors=_united(first.actors, second.actors, lambda actor: (actor.name, actor.role)),
        tags=_united(first.tags, second.tags),
        links=_united(first.links, second.links),
        excerpts=_united(first.excerpts, second.excerpts, lambda excerpt: (excerpt.text, excerpt.source)),
        claims=_united((*first.claims, *_conflicts(first, second)), second.claims, repr),
        own_sources=_united(first.own_sources, second.own_sources, lambda source: source.key),
        other_origins=_united(first.other_origins, (second.origin, *second.other_origins)),
        extra=_united_bags(first, second, _file(second)),
    )


def row_key(event: Event) -> RowKey:
    """Return what is equal of rows that tell of one event, in datasets with a row for each actor.

    Elsewhere an id that comes twice is a mistake.
    """
    return event.id, _bounds(event), event.type, event.place


def merged_rows(first: Event, second: Event) -> Event:
    """Return the event that two rows of a file tell of, under the first one's id.

    What both have any number of is that of both; where the field bags differ, the second's has its record beside it.
    """
    second = _with_keys_of_its_own(first, second)
    return replace(
        first,
        title=_title_of_both(first.title, second.title),
        location=first.location or second.location,
        importance=max(first.importance, second.importance),
        summary=first.summary or second.summary,
        actors=_united(first.actors, second.actors, lambda actor: (actor.name, actor.role)),
        tags=_united(first.tags, second.tags),
        links=_united(first.links, second.links),
        excerpts=_united(first.excerpts, second.excerpts, lambda excerpt: (excerpt.text, excerpt.source)),
        claims=_united(first.claims, second.claims, repr),
        own_sources=_united(first.own_sources, second.own_sources, lambda source: source.key),
        other_origins=(*first.other_origins, second.origin, *second.other_origins),
        extra=_united_bags(first, second, f"record {second.origin.record}"),
    )


def more_rows_words(count: int, *, joined: bool) -> str:
    """Say how many rows of a file tell more of the event of an earlier row, and how they are shown."""
    what = "1 row tells" if count == 1 else f"{count:,} rows tell"
    how = "it is shown as one event, with all actors" if joined else "each row is shown as an event of its own"
    return f"{what} more of the event of an earlier row, as of another actor; {how}"


@dataclass(slots=True)
class SameEvents:
    """Finds, file by file, the events that an earlier file tells too; each earlier one is met at most once a file."""

    _told: list[Told] = field(default_factory=list)
    _by_id: dict[str, int] = field(default_factory=dict)
    _by_content: dict[ContentKey, list[int]] = field(default_factory=dict)

    def add_file(self, events: Sequence[Told]) -> dict[int, int]:
        """Return which events of a file are which of all that were added before, by their numbers in order."""
        met: set[int] = set()
        found: dict[int, int] = {}
        first = len(self._told)
        for place, told in enumerate(events):
            number = next((one for one in self._candidates(told) if one not in met), None)
            if number is not None:
                met.add(number)
                found[place] = number
        self._told += events
        for place, told in enumerate(events):
            # What an earlier file tells is looked for there.
            self._by_id.setdefault(told.event.id, found.get(place, first + place))
            self._by_content.setdefault(content_key(told.event), []).append(found.get(place, first + place))
        return found

    def _candidates(self, told: Told) -> Iterable[int]:
        by_id, by_content = self._by_id.get(told.event.id), self._by_content.get(content_key(told.event), [])
        numbers = dict.fromkeys(by_content if by_id is None else [by_id, *by_content])
        return (number for number in numbers if is_same_event(self._told[number], told))


def _conflicts(first: Event, second: Event) -> list[Claim]:
    """Return who says what where two files say something different, those of the first before those of the second."""
    told = [
        (about, (first, one), (second, other))
        for (about, one), (_, other) in zip(_values(first), _values(second), strict=True)
        if one and other and _folded(one) != _folded(other)
    ]
    claims = [Claim(about, (_file(event),), value) for about, *both in told for event, value in both]
    if _bounds(first) != _bounds(second):
        claims += [Claim("date", (_file(event),), when=event.when) for event in (first, second)]
    return claims


def _values(event: Event) -> tuple[tuple[str, str], ...]:
    """Return what two files may say differently of an event, "" for what is not said."""
    return (
        ("title", event.title),
        ("type", event.type),
        ("place", event.place),
        ("location", "" if event.location is None else f"{event.location.lat}, {event.location.lon}"),
        ("importance", "" if event.importance == USUAL_IMPORTANCE else str(event.importance)),
    )


def _with_keys_of_its_own(first: Event, second: Event) -> Event:
    """Return the second event, its own sources under keys that mean nothing else in the first."""
    taken = {source.key: source for source in first.own_sources}
    new_keys: dict[str, str] = {}
    for source in second.own_sources:
        if taken.setdefault(source.key, source) != source:
            number = 2
            while f"{source.key}-{number}" in taken:
                number += 1
            new_keys[source.key] = f"{source.key}-{number}"
            taken[new_keys[source.key]] = source
    return with_source_keys(second, new_keys) if new_keys else second


def with_source_keys(event: Event, new_keys: Mapping[str, str]) -> Event:
    """Return an event with other keys of sources, wherever it names them."""
    return replace(
        event,
        anchor=new_keys.get(event.anchor, event.anchor),
        excerpts=tuple(replace(part, source=new_keys.get(part.source, part.source)) for part in event.excerpts),
        claims=tuple(replace(part, source=new_keys.get(part.source, part.source)) for part in event.claims),
        own_sources=tuple(replace(part, key=new_keys.get(part.key, part.key)) for part in event.own_sources),
    )


def _united_bags(first: Event, second: Event, mark: str) -> Mapping[str, object]:
    """Return what both say beyond the format; where they differ, the second's under its name with a mark."""
    united = dict(first.extra)
    for key, value in second.extra.items():
        if united.setdefault(key, value) != value:
            united[f"{key} ({mark})"] = value
    return united


def _title_of_both(first: str, second: str) -> str:
    """Return a title with the actors of two that differ in these alone, else the first."""
    place = first.find(_ACTORS_END)
    while place >= 0:
        if second.endswith(first[place:]):
            actors = first[:place].split(_ACTORS_APART) + second[: len(second) - len(first[place:])].split(
                _ACTORS_APART
            )
            return _ACTORS_APART.join(dict.fromkeys(actors)) + first[place:]
        place = first.find(_ACTORS_END, place + 1)
    return first


def _united(
    first: Iterable[Part], second: Iterable[Part], key: Callable[[Part], object] = lambda part: part
) -> tuple[Part, ...]:
    found: dict[object, Part] = {}
    for part in (*first, *second):
        found.setdefault(key(part), part)
    return tuple(found.values())


def _file(event: Event) -> str:
    return PurePath(event.origin.file).name


def _overlap(first: Event, second: Event) -> bool:
    one, other = first.when, second.when
    return one.start_earliest_s <= other.end_latest_s and other.start_earliest_s <= one.end_latest_s


def _bounds(event: Event) -> tuple[int, int, int, int]:
    when = event.when
    return when.start_earliest_s, when.start_latest_s, when.end_earliest_s, when.end_latest_s


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
