"""What is known of one actor in a table: names and groups, first and last event, counts by year, whom it meets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from timeline_app.core.actor_rows import ActorRows
from timeline_app.core.actors import ActorEntry, Gazetteer
from timeline_app.core.arrays import BoolArray, Int64Array, read_only
from timeline_app.core.asked_actors import taken_actors
from timeline_app.core.filter import Filter
from timeline_app.core.meeting_matrix import filter_of_meeting
from timeline_app.core.memberships import Membership, circle_words, contradictions
from timeline_app.core.postings import Postings
from timeline_app.core.table import EventTable
from timeline_app.core.when import FUTURE_S, PAST_S

MOST_COUNTERPARTS = 8
MOST_SOURCES = 5
MOST_BARS = 60
_FIRST_YEAR = 1970
_STEPS = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Group:
    """What an actor belongs to, or what belongs to it, and when; dates are EDTF, "" where there is no bound."""

    name: str
    since: str = ""
    until: str = ""

    @classmethod
    def of(cls, membership: Membership, name: str) -> Group:
        """Return the group of a membership under a canonical name."""
        return cls(name, membership.since, membership.until)


@dataclass(frozen=True, slots=True, eq=False)
class YearCounts:
    """How many events begin in each stretch of years: `counts[i]` in the `step` years from `first` + i × `step` on.

    A vague start counts in the year where it may begin; `without` is how many have no earliest start. Years are
    astronomical.
    """

    first: int
    step: int
    counts: Int64Array
    without: int

    @property
    def last(self) -> int:
        """The last year of the last stretch."""
        return self.first + self.step * len(self.counts) - 1


@dataclass(frozen=True, slots=True, eq=False)
class ActorCard:
    """Everything that the card of an actor says; counts are of all events of a table, with the actor's parts.

    `entry` is how the gazetteer knows it, None for one that only the events name. `wholes` and `memberships` are what
    it belongs to, `parts` and `members` what belongs to it. `first` and `last` are rows, None without events. Of roles,
    counterparts and sources the most frequent are told, each with its events. `impossible` says what cannot be of what
    belongs to what.
    """

    name: str
    entry: ActorEntry | None
    wholes: tuple[Group, ...]
    memberships: tuple[Group, ...]
    parts: tuple[Group, ...]
    members: tuple[Group, ...]
    count: int
    first: int | None
    last: int | None
    years: YearCounts | None
    roles: tuple[tuple[str, int], ...]
    counterparts: tuple[tuple[str, int], ...]
    sources: tuple[tuple[str, int], ...]
    impossible: tuple[str, ...] = ()


def actor_card(table: EventTable, name: str) -> ActorCard:
    """Put together what a table and its gazetteer know of an actor, by a canonical name."""
    known, entry = table.gazetteer, table.gazetteer.get(name)
    mask = np.zeros(len(table), np.bool_)
    for own in ActorRows.of(taken_actors((name,), table, members=False), table).possible:
        mask[own] = True
    rows = np.flatnonzero(mask).astype(np.int32)
    return ActorCard(
        name,
        entry,
        wholes=tuple(Group.of(one, known.canonical(one.name)) for one in (entry.part_of if entry else ())),
        memberships=_groups_with(name, table, "members"),
        parts=_groups_with(name, table, "part_of"),
        members=tuple(Group.of(one, known.canonical(one.name)) for one in (entry.members if entry else ())),
        count=len(rows),
        first=int(rows[0]) if len(rows) else None,
        last=int(rows[-1]) if len(rows) else None,
        years=years_of(table.times.start_earliest_s[rows]),
        roles=_roles(name, table),
        counterparts=_counterparts(name, mask, table),
        sources=_fullest(table.sources, mask, MOST_SOURCES),
        impossible=tuple(_impossible(name, table.gazetteer)),
    )


def years_of(starts_s: Int64Array) -> YearCounts | None:
    """Count by years the events that begin at some instants; None where none has an earliest start."""
    bounded = starts_s[(starts_s > PAST_S) & (starts_s < FUTURE_S)]
    if not len(bounded):
        return None
    years = bounded.astype("datetime64[s]").astype("datetime64[Y]").astype(np.int64) + _FIRST_YEAR
    span = int(years.max()) - int(years.min()) + 1
    step = _step(span)
    first = int(years.min()) // step * step
    places = (years - first) // step
    counts = np.bincount(places, minlength=int(places.max()) + 1).astype(np.int64)
    return YearCounts(first, step, read_only(counts), len(starts_s) - len(bounded))


def filter_of_actor(wanted: Filter, name: str) -> Filter:
    """Return the filter that shows the events of one actor under what else is asked."""
    return filter_of_meeting(wanted, name, name)


def _impossible(name: str, known: Gazetteer) -> Iterator[str]:
    """Say what cannot be of an actor's members and wholes, of its own memberships, and of parts in a circle."""
    entry = known.get(name)
    if entry is not None:
        for memberships in (entry.members, entry.part_of):
            yield from (words for _, words in contradictions(name, memberships))
    for other in known.entries:
        own = {place for place, one in enumerate(other.members) if known.canonical(one.name) == name}
        if own:
            found = contradictions(other.name, other.members)
            yield from (f"{other.name}: {words}" for place, words in found if place in own)
    circle = known.circle_through(name)
    if circle:
        yield circle_words(circle)


def _step(span: int) -> int:
    """Return how many years a bar has: 1, 2 or 5 times a power of ten."""
    power = 1
    while True:
        for one in _STEPS:
            # One more where the first bar begins before the first event.
            if span // (one * power) + 1 < MOST_BARS:
                return one * power
        power *= 10


def _groups_with(name: str, table: EventTable, field: str) -> tuple[Group, ...]:
    """Return the actors that name this one among their members, or as their whole, in the order of the gazetteer."""
    known = table.gazetteer
    found: list[Group] = []
    for entry in known.entries:
        memberships = entry.members if field == "members" else entry.part_of
        found += [Group.of(one, entry.name) for one in memberships if known.canonical(one.name) == name]
    return tuple(found)


def _roles(name: str, table: EventTable) -> tuple[tuple[str, int], ...]:
    code = table.actors.codes.get(name)
    roles = table.actors.list_at(code).roles if code is not None else None
    counts = [(role, len(places)) for role, places in roles.places_by_role().items()] if roles is not None else []
    return tuple(sorted((one for one in counts if one[1]), key=lambda one: (-one[1], one[0])))


def _counterparts(name: str, mask: BoolArray, table: EventTable) -> tuple[tuple[str, int], ...]:
    """Return whom an actor meets most, each counted with its parts, as the filter on both would show them.

    At most as many events as its parts have together are those of a whole, which need not be named itself. So only of
    those are events counted that may have more than the ones that are told.
    """
    most = _most_shared(name, mask, table)
    met: list[tuple[str, int]] = []
    for other, bound in sorted(most.items(), key=lambda one: -one[1]):
        if len(met) >= MOST_COUNTERPARTS and bound <= met[MOST_COUNTERPARTS - 1][1]:
            break
        shared = _shared(other, mask, table) if table.gazetteer.has_parts(other) else bound
        met = sorted([*met, (other, shared)], key=lambda one: -one[1])
    return tuple(one for one in met[:MOST_COUNTERPARTS] if one[1])


def _most_shared(name: str, mask: BoolArray, table: EventTable) -> dict[str, int]:
    """Return for each other actor at most how many of an actor's events it has, its parts included.

    What the actor is a part of has all these events by itself, so it is told only where it is named.
    """
    known = table.gazetteer
    own = {one.name for one in known.taken_along(name)}
    named = dict(_fullest(table.actors, mask, len(table.actors.names)))
    for whole in known.wholes:
        taken = {one.name for one in known.taken_along(whole)}
        if whole in named or name not in taken:
            named[whole] = sum(named.get(part, 0) for part in taken)
    return {other: most for other, most in named.items() if most and other not in own}


def _shared(name: str, mask: BoolArray, table: EventTable) -> int:
    shared = np.zeros(len(table), np.bool_)
    for rows in ActorRows.of(taken_actors((name,), table, members=False), table).possible:
        shared[rows.compress(mask.take(rows))] = True
    return int(np.count_nonzero(shared))


def _fullest(postings: Postings, mask: BoolArray, most: int) -> tuple[tuple[str, int], ...]:
    counts = postings.counts_among(mask)
    fullest: Iterable[int] = np.argsort(-counts, kind="stable")[:most].tolist()
    return tuple((postings.names[code], int(counts[code])) for code in fullest if counts[code])
