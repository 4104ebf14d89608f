"""How many events each choice of the filter would leave: the figures beside actors, types, sources, importance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from timeline_app.core.arrays import BoolArray, Int64Array, IntegerArray, UInt8Array, read_only
from timeline_app.core.filter import Filter, Match, evaluate
from timeline_app.core.table import EventTable, Postings

HIGHEST_IMPORTANCE = 5
_PIECE = 100_000


@dataclass(frozen=True, slots=True, eq=False)
class ChoiceCounts:
    """Events that each choice would show under all parts of the filter but those of its own kind.

    `actors`, `types` and `sources` run parallel to the names of the table; `importance[n]` counts the events of at
    least that importance, shape (6,); `certain` those whose dates surely lie within the range.
    """

    actors: Int64Array
    types: Int64Array
    sources: Int64Array
    importance: Int64Array
    certain: int


@dataclass(frozen=True, slots=True)
class Companions:
    """The actors of a table that a choice of another takes along, each by the number of the actor that takes them."""

    parts: Mapping[int, frozenset[str]]
    members: Mapping[int, frozenset[str]]

    @classmethod
    def of(cls, table: EventTable) -> Companions:
        """Look up the parts and the members, of any time, of every actor that occurs."""
        known, occurring = table.gazetteer, table.actors.codes.keys()
        parts: dict[int, frozenset[str]] = {}
        members: dict[int, frozenset[str]] = {}
        for code, name in enumerate(table.actors.names):
            own_parts = known.parts_of(name) & occurring
            belonging = known.members_of(name) & occurring
            if own_parts:
                parts[code] = own_parts
            if belonging:
                members[code] = belonging
        return cls(parts, members)

    def taken_along(self, table: EventTable, *, members: bool) -> dict[int, frozenset[str]]:
        """Return what each actor takes along under a filter: its parts, and if wanted its members with theirs."""
        taken = dict(self.parts)
        for code, names in self.members.items() if members else ():
            with_parts = names.union(*(self.parts.get(table.actors.codes[name], frozenset()) for name in names))
            taken[code] = taken.get(code, frozenset()) | with_parts
        return taken


def choice_counts(table: EventTable, wanted: Filter, companions: Companions | None = None) -> ChoiceCounts:
    """Count for every choice; `companions` may be given where they are known. Raises FilterError as `evaluate` does."""
    others = replace(wanted, actors=(), roles=(), types=(), sources=(), min_importance=1)
    rest = evaluate(others, table)
    who = Filter(actors=wanted.actors, match=wanted.match, roles=wanted.roles, members=wanted.members)
    by_who = _mask(who, table) if wanted.actors or wanted.roles else None
    by_type = _mask(Filter(types=wanted.types), table) if wanted.types else None
    by_source = _mask(Filter(sources=wanted.sources), table) if wanted.sources else None
    by_weight = _mask(Filter(min_importance=wanted.min_importance), table) if wanted.min_importance > 1 else None
    weighty = _all_of(rest.mask, by_weight)
    typed = _all_of(weighty, by_type)
    by_who_and_source = by_who if by_source is None else _all_of(by_source, by_who)
    certain = typed if rest.certain is rest.mask else _all_of(rest.certain, by_weight, by_type)
    among_actors = _all_of(typed, by_who_and_source if wanted.match is Match.ALL else by_source)
    return ChoiceCounts(
        actors=actor_counts(table, wanted, among_actors, companions or Companions.of(table)),
        types=_value_counts(table.type_codes, _all_of(weighty, by_who_and_source), len(table.types)),
        sources=read_only(table.sources.counts_among(_all_of(typed, by_who))),
        importance=_importance_counts(table, _all_of(rest.mask, by_who_and_source, by_type)),
        certain=int(np.count_nonzero(_all_of(certain, by_who_and_source))),
    )


def actor_counts(table: EventTable, wanted: Filter, among: BoolArray, companions: Companions) -> Int64Array:
    """Count the rows of `among`, shape (rows,), that each actor alone would take, in one of the wanted roles if any."""
    postings = table.actors
    if wanted.roles:
        postings = Postings.build(len(table), _in_role(table, wanted, among), first_names=table.actors.names)
    counts = postings.counts_among(among).copy()
    for code, names in companions.taken_along(table, members=wanted.members).items():
        taken = postings.mask({postings.names[code], *names}, len(table))
        counts[code] = np.count_nonzero(taken & among)
    return read_only(counts)


def _in_role(table: EventTable, wanted: Filter, among: BoolArray) -> Iterator[tuple[int, str]]:
    roles = {role.casefold() for role in wanted.roles}
    for row in np.flatnonzero(among).tolist():
        for actor in table.event(row).actors:
            if actor.role.casefold() in roles:
                yield row, actor.name


def _mask(wanted: Filter, table: EventTable) -> BoolArray:
    return evaluate(wanted, table).mask


def _all_of(mask: BoolArray, *others: BoolArray | None) -> BoolArray:
    """Return which rows have all masks; None stands for one that every row has."""
    for other in others:
        if other is not None:
            mask = mask & other
    return mask


def _value_counts(values: IntegerArray | UInt8Array, among: BoolArray, count: int) -> Int64Array:
    """Count each of the values from 0 up to below `count` among the masked rows; -1 is none.

    It goes a piece at a time, since NumPy copies what it counts to 64 bits. Without a sign, -1 and one are 0.
    """
    unsigned = values.view(f"u{values.itemsize}") if values.itemsize < 8 else values
    one = unsigned.dtype.type(1)
    counts = np.zeros(count + 1, np.int64)
    for begin in range(0, len(values), _PIECE):
        piece = unsigned[begin : begin + _PIECE] + one
        piece *= among[begin : begin + _PIECE]
        counts += np.bincount(piece, minlength=count + 1)
    return read_only(counts[1:])


def _importance_counts(table: EventTable, among: BoolArray) -> Int64Array:
    exact = _value_counts(table.importance, among, HIGHEST_IMPORTANCE + 1)
    return read_only(np.cumsum(exact[::-1])[::-1])
