"""How many events each choice of the filter would leave: the figures beside actors, types, roles, sources and so on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from timeline_app.core.actor_rows import ActorRows
from timeline_app.core.arrays import (
    BoolArray,
    Int32Array,
    Int64Array,
    IntegerArray,
    UInt8Array,
    read_only,
    sorted_unique,
)
from timeline_app.core.asked_actors import taken_actors
from timeline_app.core.event import source_names
from timeline_app.core.filter import Filter, FilterResult, Match, evaluate, narrow
from timeline_app.core.known import as_known, source_in
from timeline_app.core.memberships import Belonging
from timeline_app.core.notes import ANY_NOTE
from timeline_app.core.postings import Postings
from timeline_app.core.role_rows import NO_ROLE_ROWS, RoleRows
from timeline_app.core.table import EventTable
from timeline_app.core.tag_choices import tag_counts

HIGHEST_IMPORTANCE = 5
_PIECE = 100_000


@dataclass(frozen=True, slots=True, eq=False)
class ChoiceCounts:
    """Events that each choice would show under all parts of the filter but those of its own kind.

    `actors`, `types` and `sources` run parallel to the names of the table, `roles` to the roles that its actors have,
    `tags` to `tag_names`; `importance[n]` counts the events of at least that importance, shape (6,); `certain` those
    that surely pass, `disputed` those about which claims compete, `starred` and `noted` those that have a star or words
    of a person's own, `own_tags` those with each of his tags.
    """

    actors: Int64Array
    types: Int64Array
    roles: Int64Array
    tags: Int64Array
    sources: Int64Array
    importance: Int64Array
    certain: int
    disputed: int
    starred: int
    noted: int
    own_tags: Int64Array


@dataclass(frozen=True, slots=True, eq=False)
class Companions:
    """The actors of a table that a choice of another takes along, each by the number of the actor that takes them.

    Found out once a table, as is in which events the `roles` occur.
    """

    parts: Mapping[int, tuple[Belonging, ...]]
    members: Mapping[int, tuple[Belonging, ...]]
    roles: RoleRows = NO_ROLE_ROWS

    @classmethod
    def of(cls, table: EventTable) -> Companions:
        """Look up the parts and the members, with those parts, of every actor that occurs, of any time."""
        known, occurring = table.gazetteer, table.actors.codes
        parts: dict[int, tuple[Belonging, ...]] = {}
        members: dict[int, tuple[Belonging, ...]] = {}
        for code, name in enumerate(table.actors.names):
            if not (known.has_parts(name) or known.has_members(name)):
                continue  # As most do.
            own = known.taken_along(name)
            everyone = own if not known.has_members(name) else known.taken_along(name, members=True)
            if len(own) > 1:
                parts[code] = tuple(one for one in own[1:] if one.name in occurring)
            if len(everyone) > len(own):
                members[code] = tuple(one for one in everyone if one not in own and one.name in occurring)
        return cls(_filled(parts), _filled(members), RoleRows.of(table.actors, len(table)))

    def taken_along(self, *, members: bool) -> dict[int, tuple[Belonging, ...]]:
        """Return what each actor takes along under a filter: its parts, and if wanted its members with theirs."""
        taken = dict(self.parts)
        for code, belonging in self.members.items() if members else ():
            taken[code] = taken.get(code, ()) + belonging
        return taken


def choice_counts(table: EventTable, wanted: Filter, companions: Companions | None = None) -> ChoiceCounts:
    """Count for every choice; `companions` may be given where they are known. Raises FilterError as `evaluate` does."""
    companions = companions or Companions.of(table)
    rest = evaluate(replace(wanted, actors=(), roles=(), types=(), sources=(), min_importance=1), table)
    # Of the sources of an event some may have come after the day that is asked for, so they are narrowed by once.
    told = narrow(rest, Filter(sources=wanted.sources, as_of=wanted.as_of), table) if wanted.sources else rest
    who = Filter(wanted.actors, wanted.match, roles=wanted.roles, members=wanted.members)
    who = who if who.is_empty else replace(who, certain=wanted.certain)
    what = Filter(types=wanted.types, min_importance=wanted.min_importance)
    known: dict[tuple[FilterResult, Filter], FilterResult] = {}

    def narrowed(result: FilterResult, asked: Filter) -> FilterResult:
        """Narrow a result once only, and not at all where nothing is asked: often most of the following are one."""
        if asked.is_empty:
            return result
        if (result, asked) not in known:
            known[result, asked] = narrow(result, asked, table)
        return known[result, asked]

    by_who, told_by_who = narrowed(rest, who), narrowed(told, who)
    by_all = narrowed(told_by_who, what)
    whoever = narrowed(told, what)
    among_actors = by_all if wanted.match is Match.ALL else whoever
    typeless = narrowed(told_by_who, replace(what, types=()))
    sourceless = narrowed(by_who, what)
    weightless = narrowed(told_by_who, replace(what, min_importance=1))
    return ChoiceCounts(
        actors=actor_counts(table, wanted, among_actors, companions),
        types=_value_counts(typeless.of(table.type_codes), len(table.types)),
        roles=_role_counts(table, wanted, whoever, companions.roles),
        tags=_tag_counts(table, wanted, by_all),
        sources=_source_counts(table, wanted, sourceless),
        importance=_importance_counts(weightless.of(table.importance)),
        certain=_certain_count(by_all, (rest, by_who)),
        disputed=_disputed_count(table, wanted, by_all),
        starred=int(np.count_nonzero(by_all.mask.take(table.notes.starred))),
        noted=int(np.count_nonzero(by_all.mask.take(table.notes.rows_saying((ANY_NOTE,))))),
        own_tags=_own_tag_counts(table, wanted, by_all),
    )


def actor_counts(table: EventTable, wanted: Filter, among: FilterResult, companions: Companions) -> Int64Array:
    """Count the rows of `among` that each actor alone would take, in one of the wanted roles if any."""
    postings = table.actors.in_roles(wanted.roles) if wanted.roles else table.actors
    counts = _name_counts(postings, among).copy()
    for code, belonging in companions.taken_along(members=wanted.members).items():
        everyone = (Belonging(postings.names[code]), *belonging)
        taken = _marked(ActorRows.of(everyone, table, wanted.roles).taken(certain=wanted.certain), len(table))
        counts[code] = np.count_nonzero(taken & among.mask)
    return read_only(counts)


def _role_counts(table: EventTable, wanted: Filter, among: FilterResult, anybodys: RoleRows) -> Int64Array:
    """Count the rows of `among` in which each role occurs, of the wanted actors if there are any."""
    asked = [(one,) for one in wanted.actors] if wanted.match is Match.ALL else [wanted.actors]
    groups = [taken_actors(names, table, members=wanted.members) for names in asked if names]
    if not groups:
        return anybodys.counts(among.mask)
    counts = []
    for role in anybodys.names:
        found = among.mask
        for group in groups:
            found = found & _marked(ActorRows.of(group, table, (role,)).taken(certain=wanted.certain), len(table))
        counts.append(np.count_nonzero(found))
    return read_only(np.array(counts, np.int64))


def _marked(lists: Iterable[Int32Array], row_count: int) -> BoolArray:
    mask = np.zeros(row_count, np.bool_)
    for rows in lists:
        mask[rows] = True
    return mask


def _filled(found: Mapping[int, tuple[Belonging, ...]]) -> dict[int, tuple[Belonging, ...]]:
    return {code: belonging for code, belonging in found.items() if belonging}


def _name_counts(postings: Postings, among: FilterResult) -> Int64Array:
    return postings.counts if among.passes_all else postings.counts_among(among.mask)


def _source_counts(table: EventTable, wanted: Filter, among: FilterResult) -> Int64Array:
    """Count the rows of `among` by source, on the day that the filter asks for by those that had appeared then.

    Only events of which a part came later are read.
    """
    counts = _name_counts(table.sources, among)
    day, known = wanted.known_day(), table.known
    if day is None or known is None:
        return read_only(counts)
    partly = among.rows[~known.whole_on(day, among.rows)]
    if not len(partly):
        return read_only(counts)
    counts = counts - _name_counts(table.sources, FilterResult(len(table), partly))
    source_of, codes = source_in(table.source_by_key), table.sources.codes
    for row in partly.tolist():
        event = as_known(table.event(row), source_of, day)
        for name in source_names(event, table.source_by_key) if event is not None else ():
            counts[codes[name]] += 1
    return read_only(counts)


def _certain_count(among: FilterResult, results: Iterable[FilterResult]) -> int:
    """Count the rows of `among` that surely pass in each of some results, all of which have them.

    Looked at are those alone that a result has in doubt, which are few.
    """
    doubtful = [result.rows[~result.surely] for result in results if result.surely is not None]
    if not doubtful:
        return among.shown
    rows, _ = sorted_unique(np.sort(np.concatenate(doubtful)))
    return among.shown - int(np.count_nonzero(among.mask.take(rows)))


def _disputed_count(table: EventTable, wanted: Filter, among: FilterResult) -> int:
    """Count the rows of `among` about which claims compete, on the day that is asked for those made by then."""
    disputed = FilterResult(len(table), table.disputed[among.mask.take(table.disputed)])
    return narrow(disputed, Filter(disputed=True, as_of=wanted.as_of), table).shown


def _tag_counts(table: EventTable, wanted: Filter, by_all: FilterResult) -> Int64Array:
    """Count the rows that pass all but the filter on tags by each tag."""
    if not table.tags.names:
        return read_only(np.zeros(0, np.int64))
    among = evaluate(replace(wanted, tags=()), table) if wanted.tags else by_all
    return tag_counts(table.tags, among.mask)


def _own_tag_counts(table: EventTable, wanted: Filter, by_all: FilterResult) -> Int64Array:
    """Count the rows that pass all but the filter on tags of a person's own by each of these."""
    among = evaluate(replace(wanted, own_tags=()), table) if wanted.own_tags else by_all
    found: Counter[str] = Counter()
    for row, note in table.notes.by_row.items():
        if note.tags and among.mask[row]:
            found.update({tag.casefold() for tag in note.tags})
    return read_only(np.array([found[tag.casefold()] for tag in table.notes.tag_names], np.int64))


def _value_counts(values: IntegerArray | UInt8Array, count: int) -> Int64Array:
    """Count each of the values from 0 up to below `count`; -1 is none.

    It goes a piece at a time, since NumPy copies what it counts to 64 bits. Without a sign, -1 and one are 0.
    """
    unsigned = values.view(f"u{values.itemsize}") if values.itemsize < 8 else values
    one = unsigned.dtype.type(1)
    counts = np.zeros(count + 1, np.int64)
    for begin in range(0, len(values), _PIECE):
        counts += np.bincount(unsigned[begin : begin + _PIECE] + one, minlength=count + 1)
    return read_only(counts[1:])


def _importance_counts(importance: UInt8Array) -> Int64Array:
    exact = _value_counts(importance, HIGHEST_IMPORTANCE + 1)
    return read_only(np.cumsum(exact[::-1])[::-1])
