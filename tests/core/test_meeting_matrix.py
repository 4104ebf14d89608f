"""Pairs and the matrix of who meets whom agree with reading every event, and with the filters that they lead to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.stored import table_in_memory
from tests.helpers.tables import make_event, make_table, titles
from tests.helpers.unindexed import unindexed
from timeline_app.core.actors import ActorEntry, Gazetteer
from timeline_app.core.errors import FilterError
from timeline_app.core.event import ActorRef, Event
from timeline_app.core.filter import Filter, Match, evaluate
from timeline_app.core.meeting_matrix import filter_of_meeting, filter_of_pair, meeting_matrix
from timeline_app.core.memberships import Membership
from timeline_app.core.pairs import DIRECTED_ROLES, Pair, pair_of
from timeline_app.core.table import EventTable
from timeline_app.query import format_query, parse_query

KNOWN = Gazetteer(
    (
        ActorEntry("Russia"),
        ActorEntry("Ukraine", aliases=("Kyiv",)),
        ActorEntry("Crimea", part_of=(Membership("Ukraine"),)),
        ActorEntry("NATO", members=(Membership("Finland", since="2023-04-04"), Membership("Poland"))),
        ActorEntry("UK"),
        ActorEntry("Hong Kong", part_of=(Membership("UK", until="1997-06-30"),)),
    )
)
NAMES = ("Russia", "Ukraine", "Crimea", "NATO", "Finland", "Poland", "UK", "Hong Kong")
ROLES = ("", "attacker", "Target", "supplier", "recipient", "host", "guest", "defender")
DATES = ("1990", "1997-06", "1997-06-30", "1998", "2022", "2023-04-04", "2024-06/..", "2023")
EVENTS = st.lists(
    st.tuples(
        st.sampled_from(DATES),
        st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(ROLES)), max_size=4),
        st.sampled_from(["attack", "summit"]),
    ),
    max_size=14,
).map(
    lambda told: [
        make_event(f"e{number}", date, event_id=f"e{number}", actors=[ActorRef(*one) for one in actors], type_=kind)
        for number, (date, actors, kind) in enumerate(told)
    ]
)
WANTED = st.builds(
    Filter,
    types=st.sampled_from([(), ("attack",)]),
    since=st.sampled_from(["", "2000"]),
    members=st.booleans(),
    actors=st.sampled_from([(), ("Russia",)]),
    match=st.sampled_from(list(Match)),
    certain=st.booleans(),
)


def is_of(event: Event, name: str, actor: str, table: EventTable, *, members: bool) -> bool:
    """Tell whether an actor of an event counts for a name, at the time of the event."""
    taken = table.gazetteer.taken_along(name, members=members)
    return any(one.name == actor and one.may_hold(event.when) for one in taken)


def does(event: Event, first: str, second: str, table: EventTable, *, members: bool) -> bool:
    """Tell by reading an event whether the one does something to the other, "" being anybody."""

    def has(name: str, roles: tuple[str, ...]) -> bool:
        own = [actor.name for actor in event.actors if actor.role.casefold() in roles]
        return any(not name or is_of(event, name, actor, table, members=members) for actor in own)

    return any(has(first, of) and has(second, to) for of, to in DIRECTED_ROLES)


@given(EVENTS, st.sampled_from(("", *NAMES)), st.sampled_from(("", *NAMES)), st.booleans())
def test_a_pair_is_what_the_events_say_and_reads_none(
    events: list[Event], first: str, second: str, members: bool
) -> None:
    if not (first or second):
        return
    wanted = Filter(pairs=(f"{first}>{second}",), members=members)
    for table in (make_table(events, KNOWN), table_in_memory(events, KNOWN)):
        expected = [row for row, event in enumerate(table) if does(event, first, second, table, members=members)]
        assert evaluate(wanted, table).rows.tolist() == expected
    plain, records = unindexed(make_table(events, KNOWN))
    evaluate(wanted, plain)
    meeting_matrix(plain, wanted)
    assert records.reads == 0


@given(EVENTS, WANTED, st.integers(1, 8))
def test_each_cell_counts_what_its_filter_shows(events: list[Event], wanted: Filter, most: int) -> None:
    table = make_table(events, KNOWN)
    matrix = meeting_matrix(table, wanted, most)
    for place, first in enumerate(matrix.names):
        for other, second in enumerate(matrix.names):
            shown = evaluate(filter_of_meeting(wanted, first, second), table).shown
            assert matrix.together[place, other] == shown
            assert matrix.directed[place, other] == evaluate(filter_of_pair(wanted, first, second), table).shown


@given(EVENTS, st.integers(1, 4))
def test_the_others_are_counted_exactly(events: list[Event], most: int) -> None:
    table = make_table(events, KNOWN)
    matrix = meeting_matrix(table, Filter(), most)
    assert len(matrix.names) + matrix.others == len(table.actors.names)
    expected_met = [0] * (len(matrix.names) + 1)
    for event in table:
        others = {
            actor.name
            for actor in event.actors
            if not any(is_of(event, name, actor.name, table, members=False) for name in matrix.names)
        }
        for place, name in enumerate(matrix.names):
            has_it = any(is_of(event, name, actor.name, table, members=False) for actor in event.actors)
            expected_met[place] += bool(others) and has_it
        expected_met[-1] += len(others) > 1
    assert matrix.together[:, -1].tolist() == expected_met
    assert matrix.together.tolist() == matrix.together.T.tolist()


def test_of_what_is_certain_members_count_while_they_surely_belong() -> None:
    own = [ActorRef("Finland", "host"), ActorRef("Russia", "guest")]
    table = make_table(
        [*(make_event(date, date, actors=own) for date in ("2023", "2024")), make_event("x", actors=["NATO"])], KNOWN
    )
    for certain, count in ((False, 2), (True, 1)):
        wanted = Filter(members=True, certain=certain)
        matrix = meeting_matrix(table, wanted)
        nato, russia = matrix.names.index("NATO"), matrix.names.index("Russia")
        assert (
            matrix.together[nato, russia] == evaluate(filter_of_meeting(wanted, "NATO", "Russia"), table).shown == count
        )
        assert matrix.directed[russia, nato] == evaluate(filter_of_pair(wanted, "Russia", "NATO"), table).shown == count


def test_who_does_something_to_whom() -> None:
    table = make_table(
        [
            make_event("strike", "2024-01", actors=[ActorRef("Russia", "attacker"), ActorRef("Crimea", "target")]),
            make_event(
                "arms", "2024-02", actors=[ActorRef("North Korea", "supplier"), ActorRef("Russia", "recipient")]
            ),
            make_event("talks", "2024-03", actors=["Russia", "Ukraine"]),
            make_event("raid", "2024-04", actors=[ActorRef("Ukraine", "attacker"), ActorRef("Russia", "defender")]),
        ],
        KNOWN,
    )

    def shown(*pairs: str) -> list[str]:
        return titles(table, evaluate(Filter(pairs=pairs), table).mask)

    assert shown("Russia>Ukraine") == ["strike"]
    assert shown("Kyiv -> Russia") == ["raid"]
    assert shown("North Korea→Russia") == ["arms"]
    assert shown(">Russia") == ["arms", "raid"]
    assert shown("Russia>") == ["strike"]
    assert shown("Russia>Ukraine", "Ukraine>Russia") == ["strike", "raid"]
    matrix = meeting_matrix(table, Filter())
    russia, ukraine = matrix.names.index("Russia"), matrix.names.index("Ukraine")
    assert matrix.directed[russia, ukraine] == matrix.directed[ukraine, russia] == 1
    assert matrix.together[russia, ukraine] == 3
    assert matrix.has_directions


def test_a_table_without_roles_has_no_directions() -> None:
    table = make_table([make_event("talks", actors=["Russia", "Ukraine"])])
    matrix = meeting_matrix(table, Filter())
    assert not matrix.has_directions
    assert matrix.together.tolist() == [[1, 1, 0], [1, 1, 0], [0, 0, 0]]
    assert evaluate(Filter(pairs=("Russia>Ukraine",)), table).shown == 0


def test_of_no_events_nobody_meets() -> None:
    matrix = meeting_matrix(make_table(), Filter())
    assert (matrix.names, matrix.others, matrix.shown) == ((), 0, 0)


@given(st.text().map(str.strip), st.text().map(str.strip))
def test_a_pair_of_whatever_names_is_read_as_it_is_written(first: str, second: str) -> None:
    if first or second:
        assert pair_of(Pair(first, second).written) == Pair(first, second)


def test_names_with_arrows_lead_to_their_events() -> None:
    actors = [ActorRef("<b>Bold</b>", "attacker"), ActorRef("A -> B", "target")]
    table = make_table([make_event("strike", actors=actors)])
    wanted = filter_of_pair(Filter(), "<b>Bold</b>", "A -> B")
    assert evaluate(wanted, table).shown == 1
    assert parse_query(format_query(wanted)) == wanted


@pytest.mark.parametrize("text", ["Russia", ">", " > ", "", "a>b>c"])
def test_what_is_no_pair_is_refused(text: str) -> None:
    with pytest.raises(FilterError, match="is not a pair"):
        pair_of(text)
