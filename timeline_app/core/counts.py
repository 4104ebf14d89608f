"""How many events each choice of the filter would leave: the figures beside actors, types, sources, importance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from timeline_app.core.arrays import BoolArray, Int64Array
from timeline_app.core.filter import Filter, Match, evaluate
from timeline_app.core.table import NO_CODE, EventTable, Postings, read_only

HIGHEST_IMPORTANCE = 5


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
    who = evaluate(Filter(actors=wanted.actors, match=wanted.match, roles=wanted.roles, members=wanted.members), table)
    types = evaluate(Filter(types=wanted.types), table).mask
    sources = evaluate(Filter(sources=wanted.sources), table).mask
    weighty = evaluate(Filter(min_importance=wanted.min_importance), table).mask
    others = replace(wanted, actors=(), roles=(), types=(), sources=(), min_importance=1)
    rest = evaluate(others, table).mask
    among_actors = rest & types & sources & weighty
    if wanted.match is Match.ALL:
        among_actors = among_actors & who.mask
    return ChoiceCounts(
        actors=actor_counts(table, wanted, among_actors, companions or Companions.of(table)),
        types=_code_counts(table, rest & who.mask & sources & weighty),
        sources=_posting_counts(table.sources, rest & who.mask & types & weighty),
        importance=_importance_counts(table, rest & who.mask & types & sources),
        certain=int(np.count_nonzero(evaluate(replace(wanted, certain=True), table).mask)),
    )


def actor_counts(table: EventTable, wanted: Filter, among: BoolArray, companions: Companions) -> Int64Array:
    """Count the rows of `among`, shape (rows,), that each actor alone would take, in one of the wanted roles if any."""
    postings = table.actors
    if wanted.roles:
        postings = Postings.build(len(table), _in_role(table, wanted, among), first_names=table.actors.names)
    counts = _posting_counts(postings, among).copy()
    for code, names in companions.taken_along(table, members=wanted.members).items():
        taken = postings.mask({postings.names[code], *names}, len(table))
        counts[code] = np.count_nonzero(taken & among)
    return read_only(counts)


def _in_role(table: EventTable, wanted: Filter, among: BoolArray) -> Iterator[tuple[int, str]]:
    roles = {role.casefold() for role in wanted.roles}
    for row in np.flatnonzero(among).tolist():
        for actor in table.records[row].actors:
            if actor.role.casefold() in roles:
                yield row, actor.name


def _posting_counts(postings: Postings, among: BoolArray) -> Int64Array:
    """Count by differences of a running sum, since a bincount would need an owner for each posting."""
    running = np.concatenate(([0], np.cumsum(among[postings.rows], dtype=np.int64)))
    counts: Int64Array = np.diff(running[postings.offsets])
    return read_only(counts)


def _code_counts(table: EventTable, among: BoolArray) -> Int64Array:
    codes = table.type_codes[among]
    return read_only(np.bincount(codes[codes != NO_CODE], minlength=len(table.types)).astype(np.int64))


def _importance_counts(table: EventTable, among: BoolArray) -> Int64Array:
    exact = np.bincount(table.importance[among], minlength=HIGHEST_IMPORTANCE + 1)
    return read_only(np.cumsum(exact[::-1])[::-1].astype(np.int64))
