"""The card of an actor says what its events and the gazetteer say."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.stored import EVENTS, table_in_memory
from tests.helpers.tables import make_event, make_table
from tests.helpers.unindexed import unindexed
from timeline_app.core.actor_card import MOST_BARS, MOST_COUNTERPARTS, Group, actor_card, filter_of_actor, years_of
from timeline_app.core.actors import ActorEntry, Gazetteer
from timeline_app.core.event import ActorRef, Event, Excerpt
from timeline_app.core.filter import Filter, Match, evaluate
from timeline_app.core.memberships import Membership
from timeline_app.core.when import FUTURE_S, PAST_S, parse

KNOWN = Gazetteer(
    (
        ActorEntry("Russia"),
        ActorEntry("North Korea", aliases=("DPRK",), metonyms=("Pyongyang",)),
        ActorEntry("Storm Corps", part_of=(Membership("DPRK", since="1969"),)),
        ActorEntry("Club", members=(Membership("DPRK", since="2000", until="2010"), Membership("Russia"))),
    )
)
ARMIES = ("First Army", "Second Army")
WITH_ARMIES = Gazetteer(
    [
        ActorEntry("Russia"),
        *(ActorEntry(name, part_of=(Membership("Russia"),)) for name in ARMIES),
        ActorEntry("Third Army", part_of=(Membership("First Army", since="2025"), Membership("China"))),
    ]
)
TABLE = make_table(
    [
        make_event("old", "1950-06", actors=["DPRK"], excerpts=[Excerpt("words", "book")]),
        make_event(
            "arms",
            "2024-02",
            actors=[ActorRef("North Korea", "supplier"), ActorRef("Russia", "recipient")],
            excerpts=[Excerpt("words", "wire")],
        ),
        make_event(
            "troops",
            "2024-10/..",
            actors=[ActorRef("Storm Corps", "sender"), "Russia"],
            excerpts=[Excerpt("words", "wire")],
        ),
        make_event("rumour", "../2024-12", actors=[ActorRef("North Korea", "supplier")]),
        make_event("summit", "2024-11", actors=["Russia", "China"]),
    ],
    KNOWN,
)


def test_what_cannot_be_of_groups_is_told_of_all_whom_it_concerns() -> None:
    members = (Membership("Alba", "2020", "2019"), Membership("Beta", "2020", "2024"), Membership("Beta", "2022"))
    table = make_table(
        [make_event(actors=["Pact", "Alba", "Beta", "Wing", "Gamma"])],
        Gazetteer(
            [
                ActorEntry("Pact", members=(*members, Membership("Gamma"))),
                ActorEntry("Corps", part_of=(Membership("Wing"),)),
                ActorEntry("Wing", part_of=(Membership("Corps"),)),
                *(ActorEntry(name) for name in ("Alba", "Beta", "Gamma")),
            ]
        ),
    )
    never = "Alba leaves (2019) before it joins (2020): it never belongs"
    twice = "Beta belongs twice at one time: 2020 to 2024, and 2022 to …"
    assert {name: actor_card(table, name).impossible for name in ("Pact", "Alba", "Beta", "Gamma", "Wing")} == {
        "Pact": (never, twice),
        "Alba": (f"Pact: {never}",),
        "Beta": (f"Pact: {twice}",),
        "Gamma": (),
        "Wing": ("Wing is part of Corps is part of Wing, in a circle",),
    }


def test_the_last_event_is_the_one_that_begins_last() -> None:
    card = actor_card(TABLE, "Russia")
    assert card.last is not None
    assert TABLE.event(card.last).title == "summit"


def test_a_card_tells_names_groups_and_events() -> None:
    card = actor_card(TABLE, "North Korea")
    assert card.entry is not None
    assert card.entry.other_names == ("DPRK", "Pyongyang")
    assert card.memberships == (Group("Club", "2000", "2010"),)
    assert card.parts == (Group("Storm Corps", "1969"),)
    assert card.count == 4
    assert card.first is not None
    assert card.last is not None
    assert TABLE.event(card.first).title == "rumour"
    assert TABLE.event(card.last).title == "troops"
    assert card.roles == (("supplier", 2),)
    assert card.counterparts == (("Russia", 2),)
    assert card.sources == (("wire", 2), ("book", 1))


def test_a_card_of_an_organisation_and_of_a_part_and_of_nobody() -> None:
    assert actor_card(TABLE, "Club").members == (Group("North Korea", "2000", "2010"), Group("Russia"))
    assert actor_card(TABLE, "Storm Corps").wholes == (Group("North Korea", "1969"),)
    china = actor_card(TABLE, "China")
    assert (china.entry, china.count, china.counterparts) == (None, 1, (("Russia", 1),))
    nobody = actor_card(TABLE, "Atlantis")
    assert (nobody.count, nobody.first, nobody.last, nobody.years) == (0, None, None, None)


def test_years_are_counted_one_by_one_or_in_round_stretches() -> None:
    years = actor_card(TABLE, "North Korea").years
    assert years is not None
    assert (years.first, years.step, years.without) == (1950, 2, 1)
    assert years.counts.sum() == 3
    assert years.counts[0] == 1
    assert years.counts[-1] == 2
    russia = actor_card(TABLE, "Russia").years
    assert russia is not None
    assert (russia.first, russia.last, russia.step, russia.counts.tolist()) == (2024, 2024, 1, [3])


@given(st.lists(st.integers(-(2**58), 2**58) | st.sampled_from([PAST_S, FUTURE_S, 0]), max_size=20))
def test_every_start_is_counted_once_in_few_bars(starts_s: list[int]) -> None:
    years = years_of(np.array(starts_s, np.int64))
    bounded = [start_s for start_s in starts_s if start_s not in {PAST_S, FUTURE_S}]
    if years is None:
        assert not bounded
        return
    assert 0 < len(years.counts) <= MOST_BARS
    assert years.counts.sum() == len(bounded)
    assert years.without == len(starts_s) - len(bounded)


def test_a_year_before_the_first_is_astronomical() -> None:
    years = years_of(np.array([parse("-0043-03-15").start_earliest_s], np.int64))
    assert years is not None
    assert years.first == -43


@given(EVENTS)
def test_counts_are_those_of_the_filters_that_they_lead_to(events: list[Event]) -> None:
    table = table_in_memory(events, KNOWN)
    for name in table.actors.names:
        card = actor_card(table, name)
        assert card.count == evaluate(filter_of_actor(Filter(), name), table).shown
        for other, count in card.counterparts:
            assert count == evaluate(Filter(actors=(name, other), match=Match.ALL), table).shown


@given(st.lists(st.lists(st.sampled_from(["Russia", *ARMIES, "Third Army", "China"]), max_size=3), max_size=20))
def test_whom_an_actor_meets_most_is_found_though_only_its_parts_are_named(named: list[list[str]]) -> None:
    table = make_table([make_event(str(place), actors=names) for place, names in enumerate(named)], WITH_ARMIES)
    for name in table.actors.names:
        own = _taken(name)
        rows = evaluate(filter_of_actor(Filter(), name), table).rows.tolist()
        beside = {other for row in rows for other in table.actor_names(row)}
        # What an actor is itself a part of has all its events, so it is told only where it is named.
        wholes = {whole for whole in WITH_ARMIES.wholes if name not in _taken(whole)}
        others = (beside | wholes) - own
        counts = [evaluate(Filter(actors=(name, other), match=Match.ALL), table).shown for other in others]
        found = [count for _, count in actor_card(table, name).counterparts]
        assert found == sorted(filter(None, counts), reverse=True)[:MOST_COUNTERPARTS]


def _taken(whole: str) -> set[str]:
    return {one.name for one in WITH_ARMIES.taken_along(whole)}


def test_a_whole_that_no_event_names_is_met_by_its_parts() -> None:
    pairs = [("China", part) for part in ARMIES for _ in range(3)] + [("China", "Peru")] * 4
    events = [make_event(str(number), actors=list(pair)) for number, pair in enumerate(pairs)]
    table = make_table(events, WITH_ARMIES)
    met = (("Russia", 6), ("Peru", 4), ("First Army", 3), ("Second Army", 3))
    assert actor_card(table, "China").counterparts == met
    assert ("Russia", 3) not in actor_card(table, "First Army").counterparts


def test_no_event_is_read_for_a_card() -> None:
    table, records = unindexed(TABLE)
    actor_card(table, "North Korea")
    assert records.reads == 0
