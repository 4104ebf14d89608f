"""What the user asked to see, as a value, and its evaluation over a table."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from timeline_app.core.arrays import BoolArray
from timeline_app.core.errors import FilterError, WhenError
from timeline_app.core.table import EventTable, Times
from timeline_app.core.when import FUTURE_S, PAST_S, When, parse


class Match(StrEnum):
    """Whether an event must have any or all of the chosen actors."""

    ANY = "any"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Filter:
    """Everything that narrows the events down; the empty filter lets all pass.

    Several values of one field are alternatives, except actors under Match.ALL and the words of `find`, which must
    all occur. Fields are joined by "and". `since` and `until` are EDTF texts; either end may be "".
    """

    actors: tuple[str, ...] = ()
    match: Match = Match.ANY
    not_actors: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    certain: bool = False
    find: tuple[str, ...] = ()
    min_importance: int = 1
    members: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether every event passes."""
        return self == Filter(match=self.match, members=self.members)

    def range_s(self) -> tuple[int, int]:
        """Return the first and last second that `since` and `until` allow; raises FilterError."""
        first = _bound("from", self.since).start_earliest_s if self.since else PAST_S
        last = _bound("to", self.until).end_latest_s if self.until else FUTURE_S
        if first > last:
            raise FilterError(f"the range ends before it begins: from {self.since} to {self.until}")
        return first, last


@dataclass(frozen=True, slots=True, eq=False)
class FilterResult:
    """Which rows pass, each of shape (rows,): `mask` all of them, `certain` those that surely do."""

    mask: BoolArray
    certain: BoolArray

    @property
    def shown(self) -> int:
        """How many events pass."""
        return int(np.count_nonzero(self.mask))

    @property
    def possible(self) -> int:
        """How many of them pass only possibly."""
        return int(np.count_nonzero(self.mask & ~self.certain))


def evaluate(wanted: Filter, table: EventTable) -> FilterResult:
    """Tell for every row whether it passes, and whether surely; raises FilterError for a range that cannot be.

    A date range takes an event when any part of it may lie within, and takes it as certain when all of it surely does.
    """
    count = len(table)
    mask = np.ones(count, np.bool_)
    if wanted.actors:
        mask &= _actor_mask(wanted, table)
    if wanted.not_actors:
        mask &= ~_any_of(wanted.not_actors, wanted, table)
    if wanted.roles and not wanted.actors:
        mask &= _role_mask(wanted.roles, None, table, mask)
    mask &= _field_masks(wanted, table)
    if wanted.find:
        mask &= _find_mask(wanted.find, table, mask)
    first_s, last_s = wanted.range_s()
    mask &= _may_touch(table.times, first_s, last_s)
    certain = mask & _surely_within(table.times, first_s, last_s)
    return FilterResult(certain if wanted.certain else mask, certain)


def named_actors(asked: str, table: EventTable) -> frozenset[str]:
    """Return the actors that a name in a filter means by itself: aliases understood, parts and members left out."""
    if asked in table.actors.codes:
        return frozenset((asked,))
    folded = asked.casefold()
    known = table.gazetteer.resolve_query(asked)
    return frozenset(known or (name for name in table.actors.names if name.casefold() == folded))


def actor_names(asked: str, table: EventTable, *, members: bool) -> frozenset[str]:
    """Return every actor name that a filter on `asked` takes: aliases, parts, and with `members` the members too."""
    known = table.gazetteer
    names = set(named_actors(asked, table))
    for name in tuple(names):
        names |= known.parts_of(name)
        if members:
            for member in known.members_of(name):
                names |= {member} | known.parts_of(member)
    return frozenset(names)


def is_known_actor(asked: str, table: EventTable) -> bool:
    """Return whether a filter on this name can match any event at all."""
    return any(name in table.actors.codes for name in actor_names(asked, table, members=True))


def _bound(end: str, text: str) -> When:
    try:
        return parse(text)
    except WhenError as error:
        raise FilterError(f"“{text}” is not a date for “{end}”: {error}", error.position) from error


def _any_of(asked: tuple[str, ...], wanted: Filter, table: EventTable) -> BoolArray:
    mask = np.zeros(len(table), np.bool_)
    for name in asked:
        mask |= table.actors.mask(actor_names(name, table, members=wanted.members), len(table))
    return mask


def _actor_mask(wanted: Filter, table: EventTable) -> BoolArray:
    every = wanted.match is Match.ALL
    mask = np.full(len(table), every, np.bool_)
    for asked in wanted.actors:
        names = actor_names(asked, table, members=wanted.members)
        one = table.actors.mask(names, len(table))
        if wanted.roles:
            one = _role_mask(wanted.roles, names, table, one)
        mask = mask & one if every else mask | one
    return mask


def _role_mask(
    roles: tuple[str, ...], names: frozenset[str] | None, table: EventTable, candidates: BoolArray
) -> BoolArray:
    """Return which candidate rows have an actor in one of the roles, of the names where any are given."""
    mask = np.zeros(len(table), np.bool_)
    wanted = {role.casefold() for role in roles}
    for row in np.flatnonzero(candidates):
        mask[row] = any(
            actor.role.casefold() in wanted and (names is None or actor.name in names)
            for actor in table.records[row].actors
        )
    return mask


def _field_masks(wanted: Filter, table: EventTable) -> BoolArray:
    mask: BoolArray = table.importance >= wanted.min_importance
    if wanted.types:
        folded = {name.casefold() for name in wanted.types}
        codes = [code for code, name in enumerate(table.types) if name.casefold() in folded]
        mask = mask & np.isin(table.type_codes, codes)
    if wanted.tags:
        folded = {name.casefold() for name in wanted.tags}
        mask = mask & table.tags.mask((tag for tag in table.tags.names if tag.casefold() in folded), len(table))
    if wanted.sources:
        mask = mask & table.sources.mask(wanted.sources, len(table))
    if wanted.places:
        folded_places = [text.casefold() for text in wanted.places]
        codes = [
            code for code, name in enumerate(table.places) if any(text in name.casefold() for text in folded_places)
        ]
        mask = mask & np.isin(table.place_codes, codes)
    return mask


def _find_mask(words: tuple[str, ...], table: EventTable, candidates: BoolArray) -> BoolArray:
    folded = [word.casefold() for word in words]
    texts = table.folded_texts
    mask = np.zeros(len(table), np.bool_)
    for row in np.flatnonzero(candidates):
        mask[row] = all(word in texts[row] for word in folded)
    return mask


def _may_touch(times: Times, first_s: int, last_s: int) -> BoolArray:
    touching: BoolArray = (times.start_earliest_s <= last_s) & (times.end_latest_s >= first_s)
    return touching


def _surely_within(times: Times, first_s: int, last_s: int) -> BoolArray:
    within: BoolArray = (times.start_earliest_s >= first_s) & (times.end_latest_s <= last_s)
    return within
