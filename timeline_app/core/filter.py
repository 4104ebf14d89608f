"""What the user asked to see, as a value, and its evaluation over a table."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from timeline_app.core.arrays import BoolArray, IntegerArray
from timeline_app.core.calendar import DAY_S
from timeline_app.core.errors import FilterError, WhenError
from timeline_app.core.table import EventTable
from timeline_app.core.times import Times
from timeline_app.core.when import FUTURE_S, PAST_S, When, parse

LONG_S = 400 * DAY_S  # few events last longer


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
    mask = np.ones(len(table), np.bool_)
    if wanted.actors:
        mask &= _actor_mask(wanted, table)
    if wanted.not_actors:
        mask &= ~_any_of(wanted.not_actors, wanted, table)
    if wanted.roles and not wanted.actors:
        mask &= _role_mask(wanted.roles, None, table, mask)
    _apply_fields(wanted, table, mask)
    if wanted.find:
        mask &= _find_mask(wanted.find, table, mask)
    first_s, last_s = wanted.range_s()
    if (first_s, last_s) == (PAST_S, FUTURE_S):
        return FilterResult(mask, mask)
    certain = _apply_range(first_s, last_s, table.times, mask)
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
    for row in np.flatnonzero(candidates).tolist():
        mask[row] = any(
            actor.role.casefold() in wanted and (names is None or actor.name in names)
            for actor in table.event(row).actors
        )
    return mask


def _apply_fields(wanted: Filter, table: EventTable, mask: BoolArray) -> None:
    if wanted.min_importance > 1:
        mask &= table.importance >= wanted.min_importance
    if wanted.types:
        folded = {name.casefold() for name in wanted.types}
        mask &= _has_code(
            table.type_codes, [code for code, name in enumerate(table.types) if name.casefold() in folded]
        )
    if wanted.tags:
        folded = {name.casefold() for name in wanted.tags}
        mask &= table.tags.mask((tag for tag in table.tags.names if tag.casefold() in folded), len(table))
    if wanted.sources:
        mask &= table.sources.mask(wanted.sources, len(table))
    if wanted.places:
        texts = [text.casefold() for text in wanted.places]
        codes = [code for code, name in enumerate(table.places) if any(text in name.casefold() for text in texts)]
        mask &= _has_code(table.place_codes, codes)


def _apply_range(first_s: int, last_s: int, times: Times, mask: BoolArray) -> BoolArray:
    """Leave in a mask what may lie within a range, and return what surely does.

    Rows are sorted by start, so that only the ends of those before and within the range have to be looked at.
    """
    starts = times.start_earliest_s
    first = int(np.searchsorted(starts, np.int64(first_s)))
    beyond = int(np.searchsorted(starts, np.int64(last_s), side="right"))
    mask[beyond:] = False
    mask[:first] &= _end_after(first_s - 1, slice(0, first), times)
    certain = mask.copy()
    certain[:first] = False
    certain[first:beyond] &= ~_end_after(last_s, slice(first, beyond), times)
    return certain


def _end_after(end_s: int, rows: slice, times: Times) -> BoolArray:
    """Return which of some rows, sorted by start, end after an instant.

    Of those that begin LONG_S before it or earlier, which are most, only what lasts longer can.
    """
    edge = int(np.searchsorted(times.start_earliest_s, np.int64(max(end_s - LONG_S, PAST_S))))
    edge = min(max(edge, rows.start), rows.stop)
    found = np.empty(rows.stop - rows.start, np.bool_)
    found[edge - rows.start :] = times.ends_of(slice(edge, rows.stop)) > end_s
    early = found[: edge - rows.start]
    is_long = times.shapes[:, -1] > LONG_S
    if is_long.any():
        early[:] = is_long.take(times.shape_codes[rows.start : edge])
        long = np.flatnonzero(early)
        early[long] = times.ends_of(rows.start + long) > end_s
    else:
        early[:] = False
    return found


def _has_code(column: IntegerArray, codes: list[int]) -> BoolArray:
    """Return where a column has one of some codes, by one look-up a row; -1, no code, picks the last."""
    wanted = np.zeros(max(codes, default=0) + 2, np.bool_)
    wanted[codes] = True
    found: BoolArray = wanted[np.minimum(column, len(wanted) - 1)] if codes else np.zeros(len(column), np.bool_)
    return found


def _find_mask(words: tuple[str, ...], table: EventTable, candidates: BoolArray) -> BoolArray:
    mask = np.zeros(len(table), np.bool_)
    rows = table.records.rows_with([word.casefold() for word in words], np.flatnonzero(candidates))
    mask[rows if isinstance(rows, np.ndarray) else np.fromiter(rows, np.int64)] = True
    return mask
