"""Directed pairs of actors: who does something to whom, as the roles of an event tell it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from timeline_app.core.actor_rows import ActorRows
from timeline_app.core.arrays import Int32Array, sorted_unique
from timeline_app.core.asked_actors import taken_actors
from timeline_app.core.errors import FilterError
from timeline_app.core.table import EventTable

# Which role does something to which other one. An event in which one actor has the first and another the second is
# one of that pair; roles that are in no line here give no direction.
DIRECTED_ROLES = (
    (("attacker", "aggressor", "perpetrator"), ("target", "defender", "victim")),
    (("initiator",), ("target",)),
    (("supplier", "sender", "donor", "seller"), ("recipient", "buyer", "host")),
    (("payer",), ("beneficiary",)),
    (("guest", "visitor", "newcomer"), ("host",)),
    (("backer", "supporter"), ("attacker", "belligerent", "recipient")),
    (("speaker",), ("subject", "addressee", "target", "mentioned")),
)
# The heads of what stands between both sides of a pair as it is written.
ARROWS = ">→"
_SIDE = rf"((?:\\.|[^\\{ARROWS}])*?)"
# A hyphen at the end of a name would be taken for the shaft of the arrow after it.
_ARROW_OR_ESCAPE = rf"[\\{ARROWS}]|-\Z"


@dataclass(frozen=True, slots=True)
class Pair:
    """Who does something, and to whom; an empty name is anybody."""

    first: str
    second: str

    def __str__(self) -> str:
        return f"{self.first or 'anybody'} → {self.second or 'anybody'}"

    @property
    def written(self) -> str:
        """The pair as a filter has it."""
        return f"{side_written(self.first)}>{side_written(self.second)}"


def pair_of(text: str) -> Pair:
    r"""Read a pair such as `Russia>Ukraine`; either side may be left out, not both. Raises FilterError.

    A name that has an arrow in it has a backslash before it.
    """
    # Compiled when first used, as most starts need no pair.
    found = re.fullmatch(rf"{_SIDE}(?:->|[{ARROWS}]){_SIDE}", text, re.DOTALL)
    first, second = (
        (re.sub(r"\\(.)", r"\1", side, flags=re.DOTALL).strip() for side in found.groups()) if found else ("", "")
    )
    if not (first or second):
        raise FilterError(f"“{text}” is not a pair; expected who and whom, as in Russia>Ukraine, Russia> or >Ukraine")
    return Pair(first, second)


def side_written(name: str) -> str:
    """Return a name as it stands in a pair."""
    return re.sub(_ARROW_OR_ESCAPE, r"\\\g<0>", name)


def pair_rows(pairs: Iterable[str], table: EventTable, *, members: bool) -> ActorRows:
    """Return the rows of some pairs, of each a list; parts come along, and with `members` members. Raises FilterError.

    No event is read: what has the one role and what has the other are posting lists.
    """
    found = [_rows_of(pair_of(text), table, members=members) for text in pairs]
    return ActorRows(tuple(one for one, _ in found), tuple(other for _, other in found))


def occurring_roles(table: EventTable) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Return the directed roles of which both sides occur in a table."""
    own = table.actors.roles
    names = {role.casefold() for role in own.names} if own is not None else set()
    return [sides for sides in DIRECTED_ROLES if all(names.intersection(side) for side in sides)]


def _rows_of(pair: Pair, table: EventTable, *, members: bool) -> tuple[Int32Array, Int32Array]:
    """Return the rows of a pair that are possible, and of those the sure ones."""
    possible: list[Int32Array] = []
    sure: list[Int32Array] = []
    for roles in occurring_roles(table):
        sides = [
            _side(name, own, table, members=members) for name, own in zip((pair.first, pair.second), roles, strict=True)
        ]
        possible.append(_in_both([side.possible for side in sides]))
        sure.append(_in_both([side.sure for side in sides]))
    return _united(possible), _united(sure)


def _side(name: str, roles: tuple[str, ...], table: EventTable, *, members: bool) -> ActorRows:
    if name:
        return ActorRows.of(taken_actors((name,), table, members=members), table, roles)
    mask = np.zeros(len(table), np.bool_)
    mask[table.actors.in_roles(roles).rows] = True
    everybody = (np.flatnonzero(mask).astype(np.int32),)
    return ActorRows(everybody, everybody)


def _in_both(sides: Sequence[Sequence[Int32Array]]) -> Int32Array:
    """Return the rows that some list of the one side has and some list of the other."""
    one, other = map(_united, sides)
    fewer, more = (one, other) if len(one) < len(other) else (other, one)
    if not len(fewer):
        return fewer
    places = np.searchsorted(more, fewer)
    return fewer.compress(more.take(places, mode="clip") == fewer)


def _united(lists: Sequence[Int32Array]) -> Int32Array:
    """Return the rows of several sorted lists, each once."""
    if len(lists) == 1:
        return lists[0]
    return sorted_unique(np.sort(np.concatenate([np.zeros(0, np.int32), *lists])))[0]
