"""Roles stand beside the actors of a table as its events tell them, wherever it comes from."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.stored import EVENTS, roles_beside, roles_in_events, table_in_memory
from tests.helpers.tables import make_event, make_table
from tests.helpers.unindexed import unindexed
from timeline_app.core.actors import ActorEntry, Gazetteer
from timeline_app.core.counts import choice_counts
from timeline_app.core.event import ActorRef, Event
from timeline_app.core.filter import Filter, Match, evaluate
from timeline_app.core.join import join_tables
from timeline_app.core.memberships import Membership
from timeline_app.core.table import EventTable

KNOWN = Gazetteer(
    (ActorEntry("North Korea", aliases=("DPRK",)), ActorEntry("Storm Corps", part_of=(Membership("North Korea"),)))
)
ACTORS = ("Russia", "North Korea", "Ukraine")
ROLES = ("attacker", "TARGET", "host")
WANTED = st.builds(
    Filter,
    actors=st.lists(st.sampled_from(ACTORS), max_size=2, unique=True).map(tuple),
    match=st.sampled_from(list(Match)),
    roles=st.lists(st.sampled_from(ROLES), min_size=1, max_size=2, unique=True).map(tuple),
    not_actors=st.lists(st.sampled_from(ACTORS), max_size=1).map(tuple),
    since=st.sampled_from(["", "2024"]),
)


def passing(wanted: Filter, table: EventTable) -> list[int]:
    """Return the rows whose events have what is asked of their actors, read one by one."""
    return [row for row, event in enumerate(table) if is_taken(wanted, event, table)]


def is_taken(wanted: Filter, event: Event, table: EventTable) -> bool:
    asked = [{name, *table.gazetteer.parts_of(name)} for name in wanted.actors] or [{ref.name for ref in event.actors}]
    roles = {role.casefold() for role in wanted.roles}
    in_role = [any(ref.name in names and ref.role.casefold() in roles for ref in event.actors) for names in asked]
    if not (any(in_role) if wanted.match is Match.ANY else all(in_role)):
        return False
    refused = {one for name in wanted.not_actors for one in (name, *table.gazetteer.parts_of(name))}
    is_late = not wanted.since or event.when.end_latest_s >= 1_704_067_200  # 2024-01-01
    return is_late and not any(ref.name in refused for ref in event.actors)


@given(st.lists(EVENTS, min_size=1, max_size=3), WANTED)
def test_a_filter_by_role_is_what_the_events_say_and_reads_none(parts: list[list[Event]], wanted: Filter) -> None:
    tables = [table_in_memory(part, KNOWN) for part in parts]
    for table in (*tables, join_tables(tables), make_table([event for part in parts for event in part], KNOWN)):
        assert evaluate(wanted, table).rows.tolist() == passing(wanted, table)
    plain, records = unindexed(make_table(parts[0], KNOWN))
    evaluate(wanted, plain)
    choice_counts(plain, wanted)
    assert records.reads == 0


@given(st.lists(EVENTS, min_size=2, max_size=3), st.booleans())
def test_joined_tables_have_the_roles_of_their_events(parts: list[list[Event]], joins: bool) -> None:
    joined = join_tables([table_in_memory(part, KNOWN) for part in parts], joins=joins)
    assert roles_beside(joined) == roles_in_events(joined)


@given(EVENTS, WANTED)
def test_counts_of_actors_in_a_role_are_what_each_would_leave(events: list[Event], wanted: Filter) -> None:
    table = make_table(events, KNOWN)
    chosen = Filter(match=Match.ALL, roles=wanted.roles)
    counts = choice_counts(table, chosen).actors.tolist()
    for name, count in zip(table.actors.names, counts, strict=True):
        assert count == evaluate(Filter(actors=(name,), roles=wanted.roles), table).shown


def test_an_actor_may_have_several_roles_in_one_event() -> None:
    civil_war = make_event("a", actors=[ActorRef("Sudan", "attacker"), ActorRef("Sudan", "target"), "Chad"])
    table = make_table([civil_war, make_event("b", actors=["Sudan"])])
    assert roles_beside(table) == {(0, "Sudan"): ("attacker", "target")}
    for role in ("attacker", "Target"):
        assert evaluate(Filter(actors=("Sudan",), roles=(role,)), table).shown == 1
    assert table.actors.role_counts() == {"attacker": 1, "target": 1}


def test_names_of_one_actor_bring_their_roles_together() -> None:
    event = make_event("a", actors=[ActorRef("DPRK", "supplier"), ActorRef("North Korea", "host")])
    assert roles_beside(table_in_memory([event], KNOWN)) == {(0, "North Korea"): ("host", "supplier")}


def test_without_roles_nothing_stands_beside_actors() -> None:
    table = table_in_memory([make_event("a", actors=["Russia"])])
    assert table.actors.roles is None
    assert evaluate(Filter(roles=("host",)), table).shown == 0
    assert evaluate(Filter(actors=("Russia",), roles=("host",)), table).shown == 0
