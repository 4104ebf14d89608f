"""A filter takes exactly the events that it says, and tells the certain ones from the possible."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.tables import make_event, make_table, titles
from timeline_app.core.actors import ActorEntry, Gazetteer
from timeline_app.core.asked_actors import actor_names, is_known_actor
from timeline_app.core.errors import FilterError
from timeline_app.core.event import ActorRef, Event, Excerpt
from timeline_app.core.filter import Filter, Match, evaluate
from timeline_app.core.memberships import Membership
from timeline_app.core.table import EventTable
from timeline_app.core.when import FUTURE_S, PAST_S, parse

GAZETTEER = Gazetteer(
    (
        ActorEntry("Russia", demonyms=("Russian",), metonyms=("Moscow",)),
        ActorEntry("North Korea", aliases=("DPRK",), metonyms=("Pyongyang",)),
        ActorEntry("Storm Corps", aliases=("11th Corps",), part_of=(Membership("North Korea"),)),
        ActorEntry("Storm Corps 1st Brigade", part_of=(Membership("Storm Corps"),)),
        ActorEntry("United States", aliases=("US",)),
        ActorEntry("US Navy", part_of=(Membership("United States"),)),
        ActorEntry("NATO", members=(Membership("United States"), Membership("United Kingdom"))),
        ActorEntry("United Kingdom", aliases=("UK",)),
        ActorEntry("Congo-Brazzaville", aliases=("Congo",)),
        ActorEntry("Congo-Kinshasa", aliases=("Congo",)),
    )
)
TABLE = make_table(
    [
        make_event(
            "pact",
            "2024-06",
            type_="agreement",
            actors=[ActorRef("Russia", "signatory"), ActorRef("North Korea", "signatory")],
            place="Pyongyang, North Korea",
            importance=5,
            tags=["Treaty"],
            excerpts=[Excerpt("A mutual-assistance pact", source="news", translation="Пакт")],
        ),
        make_event(
            "deployment",
            "2024-10-08/..",
            type_="deployment",
            actors=[ActorRef("Storm Corps", "sender"), ActorRef("Russia", "host")],
            place="Kursk",
            importance=4,
            summary="About 1,500 special forces",
            tags=["troops", "treaty"],
            excerpts=[Excerpt("They arrived", source="agency")],
        ),
        make_event("summit", "2024-10-22/2024-10-24", type_="Summit", actors=["Russia", "Iran"], place="Kazan"),
        make_event("patrol", "2024-10-23", type_="patrol", actors=["US Navy"], importance=1),
        make_event("statement", "2024-11", actors=["NATO", "iran"], importance=2, place="Brussels"),
        make_event("election", "2024-11-05", type_="election", actors=["United States"], importance=3),
    ],
    GAZETTEER,
)


def found(wanted: Filter) -> list[str]:
    return titles(TABLE, evaluate(wanted, TABLE).mask)


EVERYTHING = ["pact", "deployment", "summit", "patrol", "statement", "election"]
CASES = [
    (Filter(), EVERYTHING),
    (Filter(actors=("Russia",)), ["pact", "deployment", "summit"]),
    (Filter(actors=("Moscow",)), ["pact", "deployment", "summit"]),
    (Filter(actors=("russia",)), ["pact", "deployment", "summit"]),
    (Filter(actors=("DPRK",)), ["pact", "deployment"]),
    (Filter(actors=("dprk",)), ["pact", "deployment"]),
    (Filter(actors=("North Korea",)), ["pact", "deployment"]),
    (Filter(actors=("Storm Corps",)), ["deployment"]),
    (Filter(actors=("11th Corps",)), ["deployment"]),
    (Filter(actors=("Storm Corps 1st Brigade",)), []),
    (Filter(actors=("Russia", "Iran")), ["pact", "deployment", "summit"]),
    (Filter(actors=("Russia", "Iran"), match=Match.ALL), ["summit"]),
    (Filter(actors=("Russia", "North Korea"), match=Match.ALL), ["pact", "deployment"]),
    (Filter(actors=("Russia", "nobody"), match=Match.ALL), []),
    (Filter(actors=("Russia", "nobody")), ["pact", "deployment", "summit"]),
    (Filter(actors=("nobody",)), []),
    (Filter(match=Match.ALL), EVERYTHING),
    (Filter(actors=("Iran",)), ["summit"]),
    (Filter(actors=("IRAN",)), ["summit", "statement"]),
    (Filter(actors=("United States",)), ["patrol", "election"]),
    (Filter(actors=("NATO",)), ["statement"]),
    (Filter(actors=("NATO",), members=True), ["patrol", "statement", "election"]),
    (Filter(not_actors=("NATO",)), ["pact", "deployment", "summit", "patrol", "election"]),
    (Filter(not_actors=("NATO",), members=True), ["pact", "deployment", "summit"]),
    (Filter(not_actors=("DPRK",)), ["summit", "patrol", "statement", "election"]),
    (Filter(not_actors=("DPRK", "US")), ["summit", "statement"]),
    (Filter(not_actors=("DPRK", "US"), match=Match.ALL), ["summit", "statement"]),
    (Filter(actors=("Russia",), not_actors=("Iran",)), ["pact", "deployment"]),
    (Filter(not_actors=("nobody",)), EVERYTHING),
    (Filter(roles=("signatory",)), ["pact"]),
    (Filter(roles=("Signatory", "host")), ["pact", "deployment"]),
    (Filter(actors=("Russia",), roles=("host",)), ["deployment"]),
    (Filter(actors=("North Korea",), roles=("host",)), []),
    (Filter(actors=("North Korea",), roles=("sender",)), ["deployment"]),
    (Filter(actors=("Russia", "North Korea"), match=Match.ALL, roles=("signatory",)), ["pact"]),
    (Filter(actors=("Russia", "North Korea"), match=Match.ALL, roles=("signatory", "host")), ["pact"]),
    (Filter(types=("summit",)), ["summit"]),
    (Filter(types=("AGREEMENT", "election")), ["pact", "election"]),
    (Filter(types=("unheard-of",)), []),
    (Filter(tags=("treaty",)), ["pact", "deployment"]),
    (Filter(tags=("troops", "nothing")), ["deployment"]),
    (Filter(sources=("news",)), ["pact"]),
    (Filter(sources=("news", "agency")), ["pact", "deployment"]),
    (Filter(sources=("NEWS",)), []),
    (Filter(places=("pyongyang",)), ["pact"]),
    (Filter(places=("KURSK", "kaz")), ["deployment", "summit"]),
    (Filter(places=("nowhere",)), []),
    (Filter(find=("special forces",)), ["deployment"]),
    (Filter(find=("special", "1,500")), ["deployment"]),
    (Filter(find=("special", "pact")), []),
    (Filter(find=("ПАКТ",)), ["pact"]),
    (Filter(find=("TREATY",)), ["pact", "deployment"]),
    (Filter(find=("iran",)), ["summit", "statement"]),
    (Filter(min_importance=4), ["pact", "deployment"]),
    (Filter(min_importance=5, actors=("Russia",), types=("agreement",), tags=("treaty",)), ["pact"]),
]


@pytest.mark.parametrize(("wanted", "expected"), CASES)
def test_filter_takes_what_it_says(wanted: Filter, expected: list[str]) -> None:
    assert found(wanted) == expected


# For each event date and range: "" not taken, "possible" taken in doubt, "certain" surely within.
DATE_CASES = [
    ("2024-06", "2024-06", "2024-06", "certain"),
    ("2024-06", "2024-06-15", "", "possible"),
    ("2024-06", "", "2024-06-15", "possible"),
    ("2024-06", "2024-06-10", "2024-06-20", "possible"),
    ("2024-06", "2024-06-30", "", "possible"),
    ("2024-06", "2024-07", "", ""),
    ("2024-06", "", "2024-05", ""),
    ("2024-06", "", "", "certain"),
    ("2024-06-19", "2024-06-19", "2024-06-19", "certain"),
    ("2024-06-19", "2024-06-20", "", ""),
    ("2024-06-19T14:30", "2024-06-19T14:30", "2024-06-19T14:30", "certain"),
    ("2024-06-19T14:30", "2024-06-19T14:31", "", ""),
    ("2024-06-30T23:59:59", "", "2024-06", "certain"),
    ("2024-06-30T23:59:59/2024-07", "", "2024-06", "possible"),
    ("2024-05/2024-06-01T00:00:00", "2024-06", "", "possible"),
    ("2024-07-01T00:00:00", "", "2024-06", ""),
    ("2024-05-31T23:59:59", "2024-06", "", ""),
    ("2024-10-22/2024-10-24", "2024-10-23", "", "possible"),
    ("2024-10-22/2024-10-24", "2024-10", "2024-10", "certain"),
    ("2024-10/2024-12", "2024-11-15", "2024-11-16", "possible"),
    ("2024-08/..", "2024-06", "", "certain"),
    ("2024-08/..", "2024-06", "2030", "possible"),
    ("2024-08/..", "2030", "2031", "possible"),
    ("2024-08/..", "", "2024-07", ""),
    ("2024-08/", "", "2024-07", ""),
    ("2024-08/", "2025", "", "possible"),
    ("/2024-08", "1900", "1901", "possible"),
    ("/2024-08", "", "2024-08", "certain"),
    ("/2024-08", "2024-09", "", ""),
    ("202X", "2029", "2029", "possible"),
    ("[2024-10-08,2024-10-10]", "2024-10-09", "", "possible"),
    ("[2024-10-08,2024-10-10]", "2024-10-08", "2024-10-10", "certain"),
    ("-0043", "-0043", "-0043", "certain"),
    ("2024-06", "../2024", "", "certain"),
]


@pytest.mark.parametrize(("when", "since", "until", "expected"), DATE_CASES)
def test_dates_are_possible_when_they_may_touch_and_certain_when_they_lie_within(
    when: str, since: str, until: str, expected: str
) -> None:
    table = make_table([make_event(when=when)])
    possible = evaluate(Filter(since=since, until=until), table)
    certain = evaluate(Filter(since=since, until=until, certain=True), table)
    assert (possible.shown, possible.possible) == (int(bool(expected)), int(expected == "possible"))
    assert (certain.shown, certain.possible) == (int(expected == "certain"), 0)
    assert possible.certain.tolist() == certain.mask.tolist()


def test_range_is_inclusive_and_open_where_no_end_is_given() -> None:
    june = parse("2024-06")
    assert Filter(since="2024-06", until="2024-06").range_s() == (june.start_earliest_s, june.end_latest_s)
    assert Filter().range_s() == (PAST_S, FUTURE_S)


@pytest.mark.parametrize(
    ("wanted", "words", "position"),
    [
        (Filter(since="June"), "“June” is not a date for “from”", 0),
        (Filter(until="2024-13"), "“2024-13” is not a date for “to”", 5),
        (Filter(since="2024-07", until="2024-06"), "ends before it begins: from 2024-07 to 2024-06", 0),
    ],
)
def test_range_that_cannot_be_is_refused(wanted: Filter, words: str, position: int) -> None:
    with pytest.raises(FilterError, match=words) as caught:
        evaluate(wanted, TABLE)
    assert caught.value.position == position


def test_range_within_one_month_from_both_ends_is_no_error() -> None:
    assert Filter(since="2024-06", until="2024-06-15").range_s()[0] == parse("2024-06").start_earliest_s


@pytest.mark.parametrize(
    ("asked", "members", "expected"),
    [
        ("DPRK", False, {"North Korea", "Storm Corps", "Storm Corps 1st Brigade"}),
        ("NATO", False, {"NATO"}),
        ("NATO", True, {"NATO", "United States", "US Navy", "United Kingdom"}),
        ("congo", False, {"Congo-Brazzaville", "Congo-Kinshasa"}),
        ("Iran", False, {"Iran"}),
        ("IRAN", False, {"Iran", "iran"}),
        ("nobody", True, set()),
    ],
)
def test_a_name_stands_for_its_actor_and_the_parts(asked: str, members: bool, expected: set[str]) -> None:
    assert actor_names(asked, TABLE, members=members) == expected


@pytest.mark.parametrize(("asked", "known"), [("dprk", True), ("UK", False), ("nobody", False), ("NATO", True)])
def test_an_actor_is_known_when_an_event_can_match(asked: str, known: bool) -> None:
    assert is_known_actor(asked, TABLE) is known


def test_filter_is_empty_when_nothing_is_narrowed() -> None:
    assert Filter().is_empty
    assert Filter(match=Match.ALL, members=True).is_empty
    assert not Filter(actors=("Russia",)).is_empty
    assert not Filter(certain=True).is_empty


def test_no_events_give_an_empty_result() -> None:
    result = evaluate(Filter(actors=("Russia",), find=("x",), types=("y",), since="2024"), make_table())
    assert (len(result.mask), result.shown, result.possible) == (0, 0, 0)


# Brute force: the same rules once more, event by event, in plain Python, to compare with.

NAMES = ["Russia", "North Korea", "Storm Corps", "United States", "US Navy", "NATO", "Iran", "iran"]
ASKED = [*NAMES, "DPRK", "moscow", "UK", "nobody", "IRAN"]
ROLES = ["", "host", "Host", "sender"]
TYPES = ["", "attack", "Attack", "summit"]
TAGS = ["a", "A", "b"]
PLACES = ["", "Kursk", "Kursk Oblast", "Kazan"]
SOURCES = ["news", "agency"]
TEXTS = ["", "Troops in Kursk", "STRASSE", "straße", "a pact"]
DATES = ["2024", "2024-06", "2024-06-19", "2024-06/2024-08", "2024-07/..", "../2024-06-20", "/2024-08", "202X", "2023~"]
BOUNDS = ["", "", "2022", "2024-06", "2024-06-19", "2024-07", "2025"]
PARTS = {"North Korea": {"Storm Corps"}, "United States": {"US Navy"}}
ALIASES = {"DPRK": "North Korea", "moscow": "Russia", "UK": "United Kingdom"}
MEMBERS = {"NATO": {"United States", "US Navy", "United Kingdom"}}


def tuples(values: list[str], most: int) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), max_size=most).map(tuple)


EVENTS = st.builds(
    make_event,
    st.sampled_from(["pact", "Troops", "raid"]),
    st.sampled_from(DATES),
    type_=st.sampled_from(TYPES),
    actors=st.lists(st.builds(ActorRef, st.sampled_from(NAMES), st.sampled_from(ROLES)), max_size=3),
    place=st.sampled_from(PLACES),
    importance=st.integers(1, 5),
    summary=st.sampled_from(TEXTS),
    tags=st.lists(st.sampled_from(TAGS), max_size=2),
    excerpts=st.lists(st.builds(Excerpt, st.sampled_from(TEXTS), st.sampled_from(SOURCES)), max_size=2),
)
TIMELINES = st.lists(EVENTS, max_size=12).map(
    lambda events: make_table([replace(event, id=str(number)) for number, event in enumerate(events)], GAZETTEER)
)
FILTERS = st.builds(
    Filter,
    actors=tuples(ASKED, 2),
    match=st.sampled_from(Match),
    not_actors=tuples(ASKED, 1),
    roles=tuples(["host", "sender"], 1),
    types=tuples(["ATTACK", "summit"], 1),
    tags=tuples(["a", "b"], 1),
    sources=tuples(SOURCES, 1),
    places=tuples(["kursk", "KAZAN"], 1),
    since=st.sampled_from(BOUNDS),
    until=st.sampled_from(BOUNDS),
    certain=st.booleans(),
    find=tuples(["kursk", "Troops", "strasse"], 1),
    min_importance=st.integers(1, 5),
    members=st.booleans(),
).filter(lambda wanted: not (wanted.since and wanted.until) or wanted.since <= wanted.until)


def names_meant(asked: str, wanted: Filter, used: set[str]) -> set[str]:
    if asked.casefold() == "iran":
        return {asked} if asked in used else used & {"Iran", "iran"}
    name = ALIASES.get(asked, asked)
    return {name} | PARTS.get(name, set()) | (MEMBERS.get(name, set()) if wanted.members else set())


def has_actor(event: Event, names: set[str], roles: Iterable[str]) -> bool:
    folded = {role.casefold() for role in roles}
    return any(actor.name in names and (not folded or actor.role.casefold() in folded) for actor in event.actors)


def passes_actors(event: Event, wanted: Filter, used: set[str]) -> bool:
    chosen = [has_actor(event, names_meant(asked, wanted, used), wanted.roles) for asked in wanted.actors]
    if chosen and not (all(chosen) if wanted.match is Match.ALL else any(chosen)):
        return False
    if wanted.roles and not wanted.actors and not has_actor(event, set(NAMES), wanted.roles):
        return False
    return not any(has_actor(event, names_meant(asked, wanted, used), ()) for asked in wanted.not_actors)


def passes_texts(event: Event, wanted: Filter) -> bool:
    texts = [event.title, event.summary, event.place, event.type, *event.tags]
    texts += [actor.name for actor in event.actors] + [excerpt.text for excerpt in event.excerpts]
    sources = {excerpt.source for excerpt in event.excerpts}
    return (
        event.importance >= wanted.min_importance
        and (not wanted.types or event.type.lower() in {name.lower() for name in wanted.types})
        and (not wanted.tags or bool({tag.lower() for tag in event.tags} & set(wanted.tags)))
        and (not wanted.sources or bool(sources & set(wanted.sources)))
        and (not wanted.places or any(place.lower() in event.place.lower() for place in wanted.places))
        and all(any(word.casefold() in text.casefold() for text in texts) for word in wanted.find)
    )


def dates_of(event: Event, wanted: Filter) -> str:
    """Tell "certain", "possible" or "" as the date cases above do."""
    first_s = parse(wanted.since).start_earliest_s if wanted.since else PAST_S
    last_s = parse(wanted.until).end_latest_s if wanted.until else FUTURE_S
    begins_s, ends_s = event.when.start_earliest_s, event.when.end_latest_s
    if ends_s < first_s or begins_s > last_s:
        return ""
    return "certain" if first_s <= begins_s and ends_s <= last_s else "possible"


@given(TIMELINES, FILTERS)
def test_evaluation_agrees_with_brute_force(table: EventTable, wanted: Filter) -> None:
    used = {actor.name for event in table for actor in event.actors}
    expected = [
        dates_of(event, wanted) if passes_actors(event, wanted, used) and passes_texts(event, wanted) else ""
        for event in table
    ]
    result = evaluate(wanted, table)
    assert result.certain.tolist() == [outcome == "certain" for outcome in expected]
    taken = {"certain"} if wanted.certain else {"certain", "possible"}
    assert result.mask.tolist() == [outcome in taken for outcome in expected]


@given(TIMELINES, FILTERS)
def test_shown_and_filtered_out_are_what_was_loaded(table: EventTable, wanted: Filter) -> None:
    result = evaluate(wanted, table)
    filtered_out = int(np.count_nonzero(~result.mask))
    assert result.shown + filtered_out == len(table) == sum(report.loaded for report in table.files)
    assert 0 <= result.possible <= result.shown
    assert not np.any(result.certain & ~result.mask)


@given(TIMELINES, FILTERS)
def test_the_next_row_that_passes_is_found_from_every_row(table: EventTable, wanted: Filter) -> None:
    result = evaluate(wanted, table)
    passing = np.flatnonzero(result.mask).tolist()
    assert result.rows.tolist() == passing
    assert result.passes_all == (len(passing) == len(table))
    for row in range(-1, len(table) + 1):
        assert result.next_to(row, 1) == next((other for other in passing if other > row), None)
        assert result.next_to(row, -1) == next((other for other in reversed(passing) if other < row), None)
        assert result.has(row) == (row in passing)


@given(TIMELINES, FILTERS)
def test_of_those_that_pass_the_certain_ones_are_told(table: EventTable, wanted: Filter) -> None:
    result = evaluate(wanted, table)
    assert (result.certain_if_passing & result.mask).tolist() == result.certain.tolist()


@given(TIMELINES, FILTERS)
def test_a_certain_filter_takes_no_more_than_the_same_without(table: EventTable, wanted: Filter) -> None:
    certain = evaluate(replace(wanted, certain=True), table).mask
    possible = evaluate(replace(wanted, certain=False), table).mask
    assert not np.any(certain & ~possible)


@given(TIMELINES)
def test_the_empty_filter_lets_every_event_pass_for_certain(table: EventTable) -> None:
    result = evaluate(Filter(), table)
    assert result.shown == len(table)
    assert result.possible == 0


@pytest.mark.parametrize("lasting_days", [1, 399, 400, 401, 3000])
def test_what_began_long_ago_is_in_the_range_that_it_lasts_into(lasting_days: int) -> None:
    last = date(2020, 1, 1) + timedelta(lasting_days - 1)
    table = make_table([make_event("Long", f"2020-01-01/{last}"), make_event("Open", "2019/..")])

    def passing(wanted: Filter) -> list[str]:
        return titles(table, evaluate(wanted, table).mask)

    assert passing(Filter(since=str(last))) == ["Open", "Long"]
    assert passing(Filter(since=str(last + timedelta(1)))) == ["Open"]
    assert passing(Filter(since="2015", until=str(last), certain=True)) == ["Long"]
    assert passing(Filter(since="2015", until=str(last - timedelta(1)), certain=True)) == []
