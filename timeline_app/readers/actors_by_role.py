"""Tell the actors of a mapping of roles and names: `{"attacker": "Russia", "targets": ["Ukraine", "civilians"]}`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from timeline_app.readers.column_names import simple_name
from timeline_app.readers.list_cells import Entry, name_of

# The roles that a mapping of actors is known by, each with the word for several.
_ROLES = """
    attacker attackers, defender defenders, target targets, victim victims, perpetrator perpetrators,
    aggressor aggressors, initiator initiators, invader invaders, occupier occupiers, mediator mediators,
    signatory signatories, participant participants, belligerent belligerents, combatant combatants, supplier suppliers,
    recipient recipients, sender senders, receiver receivers, host hosts, guest guests, ally allies,
    supporter supporters, opponent opponents, observer observers, guarantor guarantors, witness witnesses,
    negotiator negotiators, winner winners, victor victors, loser losers, suspect suspects, accused accused,
    organizer organizers, organiser organisers, leader leaders, commander commanders
"""
# Of whom is told on which side they stand, and not what they do.
_SIDES = frozenset(
    f"{word}{between}{number}"
    for word in ("side", "party", "actor", "belligerent", "combatant")
    for between in ("", "_")
    for number in ("a", "b", "c", "1", "2", "3")
)
_ROLE_OF_KEY: Mapping[str, str] = {
    **dict.fromkeys(_SIDES, ""),
    **{word: pair.split()[0] for pair in _ROLES.split(",") for word in pair.split()},
}
# What a mapping says of somebody whom it does not name.
_ATTRIBUTES = frozenset({"role", "roles", "kind", "type", "function", "side", "status"})


def named_by_role(found: Iterable[Entry]) -> Iterator[Entry]:
    """Give entries as they are, those of a mapping of roles one by one, each with its name and its role.

    In such a mapping keys are roles that are known, or else all values: then its keys are the names.
    """
    for entry in found:
        if not isinstance(entry, Mapping) or name_of(entry):
            yield entry
        elif any(_is_role(key) for key in entry):
            yield from _of_roles(entry)
        elif entry and all(map(_gives_role, entry.items())):
            yield from ({"name": name, "role": role.strip()} for name, role in entry.items())
        else:
            yield entry


def _of_roles(entry: Mapping[str, Any]) -> Iterator[Entry]:
    for key, told in entry.items():
        for one in (told if isinstance(told, list) else [told]) if _is_role(key) else ():
            if name_of(one):
                yield {"role": _ROLE_OF_KEY[simple_name(key)], "name": name_of(one)}


def _is_role(word: str) -> bool:
    return simple_name(word) in _ROLE_OF_KEY


def _gives_role(told: tuple[str, object]) -> bool:
    """Tell whether a key with its value is a name with its role."""
    key, value = told
    return isinstance(value, str) and _is_role(value) and simple_name(key) not in _ATTRIBUTES
