"""Which actors of a table a name in a filter means, and which it takes along."""

from __future__ import annotations

from collections.abc import Iterable

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
