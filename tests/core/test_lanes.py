"""Lanes hold every event that passes, the fullest first, whatever they stand for."""

from __future__ import annotations

from dataclasses import replace
from unittest import mock

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.scenes import ACTORS, events
from tests.helpers.tables import make_event, make_table
from timeline_app.core import known_indexes as known_indexes_module
from timeline_app.core import lanes as lanes_module
from timeline_app.core import meetings as meetings_module
from timeline_app.core.actors import ActorEntry, Gazetteer
from timeline_app.core.event import Event, Excerpt, Source
from timeline_app.core.filter import Filter, evaluate
from timeline_app.core.known_indexes import KnownIndexes
from timeline_app.core.lanes import Grouping, LaneSet, Question, build_lanes, let_pass, usual_grouping
from timeline_app.core.memberships import Membership
from timeline_app.core.table import EventTable
from timeline_app.core.when import FUTURE_S

FILTERS = st.builds(
    Filter,
    actors=st.lists(st.sampled_from(ACTORS), unique=True, max_size=3).map(tuple),
    not_actors=st.lists(st.sampled_from(ACTORS), unique=True, max_size=1).map(tuple),
    min_importance=st.integers(1, 5),
)


def lanes_of(
    table: EventTable, grouping: Grouping = Grouping.ACTOR, wanted: Filter | None = None, limit: int = 12
) -> LaneSet:
    asked = wanted or Filter()
    return build_lanes(table, evaluate(asked, table), asked, grouping, limit=limit)


def summary(lanes: LaneSet) -> list[tuple[str, int]]:
    return [(lane.title, len(lane.rows)) for lane in lanes.lanes]


@given(events(), FILTERS, st.sampled_from(list(Grouping)), st.integers(1, 6))
def test_lanes_hold_every_passing_event_and_no_other(
    found: list[Event], wanted: Filter, grouping: Grouping, limit: int
) -> None:
    table = make_table(found)
    result = evaluate(wanted, table)
    lanes = build_lanes(table, result, wanted, grouping, limit=limit)
    assert {int(row) for lane in lanes.lanes for row in lane.rows} == set(result.mask.nonzero()[0].tolist())
    assert lanes.passing.rows.tolist() == result.mask.nonzero()[0].tolist()
    assert len(lanes.passing) + lanes.filtered_out == lanes.loaded == len(table)
    assert lanes.possible.tolist() == np.flatnonzero(result.mask & ~result.certain).tolist()
    for lane in lanes.lanes:
        rows = lane.rows.tolist()
        assert rows
        assert lane.possible.tolist() == [row for row in rows if not result.certain[row]]
        assert rows == sorted(set(rows))
    named = [lane for lane in lanes.lanes if lane.name]
    assert len(named) <= limit
    assert len({lane.name for lane in named}) == len(named)
    if grouping is not Grouping.ACTOR or not wanted.actors:
        sizes = [len(lane.rows) for lane in named]
        assert sizes == sorted(sizes, reverse=True)


@given(events())
def test_an_event_stands_in_the_lane_of_each_of_its_actors(found: list[Event]) -> None:
    table = make_table(found)
    for lane in lanes_of(table).lanes:
        for row, event in enumerate(table):
            names = {actor.name for actor in event.actors}
            belongs = lane.name in names if lane.name else not names
            assert belongs == (row in lane.rows)


CROWD = make_table(
    [
        make_event("a", actors=["Russia", "North Korea"], type_="summit", place="Kazan"),
        make_event("b", actors=["Russia"], type_="attack", place="Kursk"),
        make_event("c", actors=["Russia", "Iran"], type_="attack"),
        make_event("d", actors=["North Korea"]),
        make_event("e"),
    ]
)


def test_the_fullest_lane_is_first_and_what_has_no_actor_last() -> None:
    assert summary(lanes_of(CROWD)) == [("Russia", 3), ("North Korea", 2), ("Iran", 1), ("Others", 1)]


def test_beyond_the_limit_what_stands_in_no_other_lane_stands_in_others() -> None:
    assert summary(lanes_of(CROWD, limit=1)) == [("Russia", 3), ("Others", 2)]
    assert summary(lanes_of(CROWD, limit=2)) == [("Russia", 3), ("North Korea", 2), ("Others", 1)]


def reported(title: str, actor: str, day: int) -> Event:
    source = Source("paper", published=f"2024-06-{day:02}")
    return make_event(title, "2024-06-01", type_=actor.lower(), actors=[actor], own_sources=[source])


# Of Iran most is known, and the least in the first days.
REPORTED = make_table(
    [
        *(reported(f"a{day}", "Russia", day) for day in (1, 2, 3)),
        *(reported(f"b{day}", "Ukraine", day) for day in (1, 2)),
        *(reported(f"c{day}", "Iran", day) for day in (2, 7, 8, 9, 10)),
        reported("d", "NATO", 9),
    ]
)


@pytest.mark.parametrize("grouping", [Grouping.ACTOR, Grouping.TYPE])
@pytest.mark.parametrize("chosen", [(), ("Russia", "Ukraine", "Iran", "NATO")])
def test_from_day_to_day_lanes_keep_their_places(grouping: Grouping, chosen: tuple[str, ...]) -> None:
    orders = [
        [(lane.title.title(), len(lane.rows)) for lane in lanes_of(REPORTED, grouping, wanted).lanes]
        for day in (1, 3, 8, 10)
        for wanted in [Filter(actors=chosen, as_of=f"2024-06-{day:02}")]
    ]
    assert orders == [
        [("Russia", 1), ("Ukraine", 1)],
        [("Iran", 1), ("Russia", 3), ("Ukraine", 2)],
        [("Iran", 3), ("Russia", 3), ("Ukraine", 2)],
        [("Iran", 5), ("Russia", 3), ("Ukraine", 2), ("Nato", 1)],
    ]
    # Those that have room are the fullest all the same.
    few = lanes_of(REPORTED, grouping, Filter(actors=chosen, as_of="2024-06-03"), limit=2)
    assert [lane.title.title() for lane in few.lanes if lane.name] == (
        ["Iran", "Russia"] if chosen and grouping is Grouping.ACTOR else ["Russia", "Ukraine"]
    )


def test_chosen_actors_come_before_all() -> None:
    wanted = Filter(actors=("Iran", "North Korea"))
    assert summary(lanes_of(CROWD, wanted=wanted)) == [("North Korea", 2), ("Iran", 1), ("Russia", 2)]


@pytest.mark.parametrize(
    ("grouping", "expected"),
    [
        (Grouping.TYPE, [("Attack", 2), ("Summit", 1), ("Others", 2)]),
        (Grouping.PLACE, [("Kazan", 1), ("Kursk", 1), ("Others", 3)]),
        (Grouping.NONE, [("All events", 5)]),
    ],
)
def test_other_groupings(grouping: Grouping, expected: list[tuple[str, int]]) -> None:
    assert summary(lanes_of(CROWD, grouping)) == expected


@given(events(), st.lists(FILTERS, min_size=1, max_size=3), st.sampled_from(list(Grouping)), st.integers(1, 4))
def test_crowded_lanes_have_an_index_of_their_rows_also_where_indexes_are_kept(
    found: list[Event], filters: list[Filter], grouping: Grouping, crowd: int
) -> None:
    table = make_table(found)
    known = KnownIndexes()
    with mock.patch.object(lanes_module, "INDEXED_FROM", crowd):
        for wanted in filters:
            passing = let_pass(table, Question(wanted, grouping, 3), known)
            assert passing.question.wanted == wanted
            anew = lanes_of(table, grouping, wanted, limit=3)
            assert [lane.rows.tolist() for lane in passing.lanes.lanes] == [lane.rows.tolist() for lane in anew.lanes]
            assert summary(passing.lanes) == summary(anew)
            for lane in passing.lanes.lanes:
                assert (lane.index is not None) == (len(lane.rows) >= crowd)
                assert lane.index is None or lane.index.rows.tolist() == lane.rows.tolist()


def test_the_index_of_all_that_a_name_has_is_made_once() -> None:
    known = KnownIndexes()
    with mock.patch.object(lanes_module, "INDEXED_FROM", 1):
        first, second = (let_pass(CROWD, Question(), known).lanes for _ in range(2))
        narrower = let_pass(CROWD, Question(Filter(actors=("Russia",))), known).lanes
    assert first.passing is second.passing
    assert [lane.index for lane in first.lanes[:-1]] == [lane.index for lane in second.lanes[:-1]]
    assert narrower.lanes[0].index is first.lanes[0].index
    assert len(narrower.passing) == 3


def test_lanes_of_sources_show_their_titles() -> None:
    table = make_table(
        [
            make_event("a", excerpts=[Excerpt("words", "news"), Excerpt("more", "agency")]),
            make_event("b", excerpts=[Excerpt("words", "news")]),
        ]
    )
    table = replace(table, source_by_key={"news": Source("news", title="The News"), "agency": Source("agency")})
    lanes = lanes_of(table, Grouping.SOURCE)
    assert [(lane.name, lane.title) for lane in lanes.lanes] == [("news", "The News"), ("agency", "agency")]


def test_a_chosen_organisation_brings_its_members_but_no_empty_lanes_and_no_more_than_the_limit() -> None:
    names = [f"State {number}" for number in range(20)]
    alliance = ActorEntry("Alliance", members=tuple(Membership(name) for name in [*names, "Absent State"]))
    table = make_table([make_event(name, actors=[name, "Alliance"]) for name in names], Gazetteer((alliance,)))
    lanes = lanes_of(table, wanted=Filter(actors=("Alliance",), members=True))
    assert len([lane for lane in lanes.lanes if lane.name]) == 12
    assert lanes.lanes[0].name == "Alliance"
    assert "Absent State" not in {lane.name for lane in lanes.lanes}
    assert {int(row) for lane in lanes.lanes for row in lane.rows} == set(range(20))


def test_nothing_passing_makes_no_lanes() -> None:
    for grouping in Grouping:
        assert lanes_of(CROWD, grouping, Filter(min_importance=5)).lanes == ()
        assert lanes_of(make_table(), grouping).lanes == ()


@given(events(), st.lists(FILTERS, min_size=1, max_size=3), st.integers(1, 6), st.integers(1, 3), st.integers(1, 3))
def test_what_was_prepared_of_who_meets_changes_no_lane(
    found: list[Event], filters: list[Filter], limit: int, frequent: int, fewest: int
) -> None:
    table = make_table(found)
    known = KnownIndexes()
    chosen = [Filter(actors=(name,)) for name in ACTORS]
    with (
        mock.patch.object(meetings_module, "FREQUENT", frequent),
        mock.patch.object(known_indexes_module, "FEWEST_KEPT", fewest),
        mock.patch.object(known_indexes_module, "KEPT_SHARE", 1),
        mock.patch.object(lanes_module, "INDEXED_FROM", 1),
    ):
        known.prepare(table)
        for wanted in (*filters, *chosen):
            lanes = let_pass(table, Question(wanted, Grouping.ACTOR, limit), known).lanes
            anew = lanes_of(table, Grouping.ACTOR, wanted, limit)
            assert summary(lanes) == summary(anew)
            assert lanes.passing.rows.tolist() == anew.passing.rows.tolist()
            for lane, other in zip(lanes.lanes, anew.lanes, strict=True):
                assert lane.rows.tolist() == other.rows.tolist()
                assert lane.index is not None
                assert other.index is not None
                assert lane.index.rows.tolist() == lane.rows.tolist()
                assert lane.index.at(0).numbers.tolist() == other.index.at(0).numbers.tolist()


def test_lanes_of_all_events_write_no_row_numbers_out() -> None:
    with mock.patch.object(lanes_module, "INDEXED_FROM", 1):
        passing = let_pass(CROWD, Question())
    assert passing.lanes.passing.place_of(FUTURE_S) == len(CROWD)
    assert "rows" not in vars(passing.lanes.passing)
    assert "rows" not in vars(passing.result)


@pytest.mark.parametrize("worth_threads", [0, 1_000])
def test_what_the_first_picture_asks_of_the_lanes_is_made_ready(worth_threads: int) -> None:
    with (
        mock.patch.object(lanes_module, "INDEXED_FROM", 1),
        mock.patch.object(lanes_module, "_WORTH_THREADS", worth_threads),
    ):
        lanes = let_pass(CROWD, Question()).lanes
    assert [lane.index is not None and lane.index.is_ready for lane in lanes.lanes] == [True] * len(lanes.lanes)


def test_without_actors_lanes_are_types_and_without_types_there_is_one() -> None:
    with_actor, typed, bare = make_event(actors=["Russia"]), make_event(type_="battle"), make_event()
    assert usual_grouping(make_table([with_actor, typed, bare])) is Grouping.ACTOR
    assert usual_grouping(make_table([typed, bare])) is Grouping.TYPE
    assert usual_grouping(make_table([bare])) is usual_grouping(make_table()) is Grouping.NONE
    assert usual_grouping(make_table([typed, bare, bare])) is Grouping.NONE
