"""In which roles actors take part: a code beside each posting of an actor, so that no event has to be read for it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from timeline_app.core.arrays import BoolArray, Int32Array, Int64Array, IntegerArray, read_only, sorted_unique
from timeline_app.core.event import ActorRef
from timeline_app.core.times import narrowed

# The roles of one actor in one event, sorted: mostly one, none where nothing is said, several in a civil war, say.
RoleSet = tuple[str, ...]
NO_ROLES: RoleSet = ()


@dataclass(frozen=True, slots=True, eq=False)
class Roles:
    """The roles that stand beside a list of actors: sets[codes[i]] those of its entry i. The first set is empty."""

    sets: tuple[RoleSet, ...]
    codes: IntegerArray

    @property
    def names(self) -> frozenset[str]:
        """The roles that may occur."""
        return frozenset(role for own in self.sets for role in own)

    def are_in(self, asked: Collection[str]) -> BoolArray:
        """Return which entries have one of some roles, whatever its case, of the shape of `codes`."""
        folded = {role.casefold() for role in asked}
        has_one = [any(role.casefold() in folded for role in own) for own in self.sets]
        return np.array(has_one, np.bool_).take(self.codes)

    def at(self, places: slice | BoolArray | Int64Array) -> Roles:
        """Return those of some entries."""
        return Roles(self.sets, read_only(self.codes[places]))

    def places_by_role(self) -> dict[str, Int64Array]:
        """Return the entries that have each role, in no order."""
        filled = np.flatnonzero(self.codes)
        order = filled[np.argsort(self.codes.take(filled), kind="stable")]
        begins = np.searchsorted(self.codes.take(order), np.arange(len(self.sets) + 1, dtype=self.codes.dtype))
        found: dict[str, list[Int64Array]] = {}
        for code, own in enumerate(self.sets):
            for role in own:
                found.setdefault(role, []).append(order[begins[code] : begins[code + 1]])
        return {role: np.concatenate(places) for role, places in found.items()}


class RoleSets:
    """Numbers sets of roles as they are met; the empty one is 0."""

    def __init__(self) -> None:
        self._codes: dict[RoleSet, int] = {NO_ROLES: 0}

    def __len__(self) -> int:
        return len(self._codes)

    @property
    def are_empty(self) -> bool:
        """Whether no role was met."""
        return len(self._codes) == 1

    def code_of(self, roles: RoleSet) -> int:
        """Return the number of a sorted set."""
        return self._codes.setdefault(roles, len(self._codes))

    def codes_of(self, sets: Iterable[RoleSet]) -> Int64Array:
        """Return the numbers of some sets."""
        return np.array([self.code_of(roles) for roles in sets], np.int64)

    def whole(self) -> tuple[RoleSet, ...]:
        """Return all sets by their numbers."""
        return tuple(self._codes)

    def roles(self, codes: Int64Array) -> Roles | None:
        """Return the roles with these numbers, None where no role was met at all."""
        return None if self.are_empty else Roles(self.whole(), read_only(narrowed(codes, len(self))))

    def united(self, first: Int64Array, second: Int64Array) -> Int64Array:
        """Return the number of both sets together for each pair."""
        beyond = np.int64(len(self._codes))
        pairs = first * beyond + second
        distinct = sorted_unique(np.sort(pairs))[0]
        sets = self.whole()
        both = [sets[one // beyond] + sets[one % beyond] for one in distinct.tolist()]
        return self.codes_of(tuple(sorted(set(roles))) for roles in both)[np.searchsorted(distinct, pairs)]


def roles_by_name(actors: Iterable[ActorRef]) -> dict[str, RoleSet]:
    """Return the roles of each actor that has any."""
    found: dict[str, RoleSet] = {}
    for actor in actors:
        if actor.role:
            found[actor.name] = tuple(sorted({*found.get(actor.name, NO_ROLES), actor.role}))
    return found


def joined_roles(parts: Sequence[Roles | None], lengths: Sequence[int]) -> Roles | None:
    """Return the roles beside several lists, one after the other, each of so many entries; None for none at all."""
    sets = RoleSets()
    numbers = [sets.codes_of(one.sets) if one is not None else None for one in parts]
    if sets.are_empty:
        return None
    codes = [np.zeros(0, np.int8)]
    for one, own, length in zip(parts, numbers, lengths, strict=True):
        joined = np.zeros(length, np.int8) if one is None or own is None else narrowed(own, len(sets)).take(one.codes)
        codes.append(joined)
    return Roles(sets.whole(), read_only(np.concatenate(codes)))


def merged_roles(lists: Sequence[tuple[Int32Array, Int64Array]], sets: RoleSets) -> tuple[Int32Array, Int64Array]:
    """Return the sorted rows of several lists, each once, with the numbers of all roles that a row has in any of them.

    A list is its rows and, of the same shape, the numbers of their roles in `sets`.
    """
    rows = np.concatenate([own for own, _ in lists])
    codes = np.concatenate([own for _, own in lists])
    order = np.argsort(rows, kind="stable")
    rows, codes = rows[order], codes[order]
    distinct, begins = sorted_unique(rows)
    counts = np.diff(begins, append=len(rows))
    united = codes[begins]
    for further in range(1, int(counts.max(initial=0))):
        again = np.flatnonzero(counts > further)
        united[again] = sets.united(united[again], codes[begins[again] + further])
    return distinct, united
