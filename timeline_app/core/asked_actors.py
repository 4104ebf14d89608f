"""Which actors of a table a name in a filter means, and which it takes along."""

from __future__ import annotations

from collections.abc import Iterable

from timeline_app.core.actors import without_case_or_marks
from timeline_app.core.memberships import Belonging
from timeline_app.core.table import EventTable


def named_actors(asked: str, table: EventTable) -> frozenset[str]:
    """Return the actors that a name in a filter means by itself: aliases understood, parts and members left out."""
    if asked in table.actors.codes:
        return frozenset((asked,))
    folded = asked.casefold()
    known = table.gazetteer.resolve_query(asked)
    return frozenset(known or (name for name in table.actors.names if name.casefold() == folded))


def taken_actors(asked: Iterable[str], table: EventTable, *, members: bool) -> dict[Belonging, None]:
    """Return every actor that a filter on some names takes, and while it does: aliases, parts, with `members` those."""
    named = (name for one in asked for name in sorted(named_actors(one, table)))
    return {one: None for name in named for one in table.gazetteer.taken_along(name, members=members)}


def actor_names(asked: str, table: EventTable, *, members: bool) -> frozenset[str]:
    """Return every actor name that a filter on `asked` takes, at whatever time."""
    return frozenset(one.name for one in taken_actors((asked,), table, members=members))


def is_known_actor(asked: str, table: EventTable) -> bool:
    """Return whether a filter on this name can match any event at all."""
    return any(name in table.actors.codes for name in actor_names(asked, table, members=True))


def unnamed_groups(begun: str, table: EventTable) -> tuple[str, ...]:
    """Return those whom no event names though events name their members or parts, by how one of their names begins.

    They are in the order of the gazetteer, those first that are called just so.
    """
    folded = without_case_or_marks(begun).strip()
    found: list[tuple[bool, str]] = []
    for entry in table.gazetteer.entries if folded else ():
        names = {without_case_or_marks(name) for name in (entry.name, *entry.other_names)}
        if entry.name in table.actors.codes or not any(name.startswith(folded) for name in names):
            continue
        if is_known_actor(entry.name, table):
            found.append((folded not in names, entry.name))
    return tuple(name for _, name in sorted(found, key=lambda one: one[0]))
