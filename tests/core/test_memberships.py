"""Who belongs to an organisation or a whole only for a time is taken along only then."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.stored import table_in_memory
from tests.helpers.tables import make_dataset, make_event, make_table, titles
from timeline_app.core.actors import ActorEntry, Gazetteer
from timeline_app.core.asked_actors import unnamed_groups
from timeline_app.core.build import build_table
from timeline_app.core.counts import choice_counts
from timeline_app.core.event import ActorRef, Event
from timeline_app.core.filter import Filter, Match, evaluate
from timeline_app.core.memberships import Belonging, Membership, contradictions, period_of
from timeline_app.core.table import EventTable
from timeline_app.core.when import parse

NATO = ActorEntry(
    "NATO",
    members=(
        Membership("United States", since="1949-04-04"),
        Membership("Finland", since="2023-04-04"),
        Membership("France", since="1949", until="1966-06"),
        Membership("France", since="2009-04~"),
    ),
)
KNOWN = Gazetteer(
    (
        NATO,
        *(ActorEntry(name) for name in ("United States", "Finland", "France", "UK", "China")),
        ActorEntry("US Navy", part_of=(Membership("United States"),)),
        ActorEntry("Hong Kong", part_of=(Membership("UK", until="1997-06-30"), Membership("China", "1997-07-01"))),
        ActorEntry("Aland", part_of=(Membership("Finland", since="1920"),)),
    )
)
NAMES = ("NATO", "United States", "Finland", "France", "US Navy", "Hong Kong", "UK", "China", "Aland")
DATES = (
    *("2023-04-03", "2023-04-04", "2023-04-05", "2023", "2022", "1966-06-15", "1966-07-01", "2009", "2009-03-31"),
    *("1949", "1948", "1997-06-30", "1997-07", "1997", "1990/2010", "1940/..", "../1960", "/2023-04-10", "2023-04~"),
    *("[2022,2024]", "202X", "-0043"),
)
EVENTS = st.lists(
    st.tuples(st.sampled_from(DATES), st.lists(st.sampled_from(NAMES), max_size=2), st.sampled_from(["", "host"])),
    max_size=14,
).map(
    lambda told: [
        make_event(f"e{number}", date, event_id=f"e{number}", actors=[ActorRef(name, role) for name in names])
        for number, (date, names, role) in enumerate(told)
    ]
)
WANTED = st.builds(
    Filter,
    actors=st.lists(st.sampled_from(NAMES), max_size=2, unique=True).map(tuple),
    match=st.sampled_from(list(Match)),
    not_actors=st.lists(st.sampled_from(NAMES), max_size=1).map(tuple),
    roles=st.sampled_from([(), ("host",)]),
    members=st.booleans(),
)


def belonging(asked: str, *, members: bool) -> list[Belonging]:
    """Return who is taken along with an actor, as it is said above."""
    found = [Belonging(asked)]
    if members and asked == "NATO":
        found += [period_of(one) for one in NATO.members] + [Belonging("US Navy", *_since("1949-04-04"))]
        found += [Belonging("Aland", *_since("2023-04-04"))]
    found += [Belonging("US Navy")] if asked == "United States" else []
    found += [Belonging("Aland", *_since("1920"))] if asked == "Finland" else []
    found += [period_of(Membership("Hong Kong", until="1997-06-30"))] if asked == "UK" else []
    found += [period_of(Membership("Hong Kong", since="1997-07-01"))] if asked == "China" else []
    return found


def _since(date: str) -> tuple[int, int, int, int]:
    period = period_of(Membership("", since=date))
    return period.first_s, period.last_s, period.surely_first_s, period.surely_last_s


def holds(event: Event, asked: str, wanted: Filter, roles: tuple[str, ...]) -> tuple[bool, bool]:
    """Tell whether an event may have an actor in one of some roles, and whether it surely has."""
    own = {actor.name for actor in event.actors if not roles or actor.role in roles}
    taken = [one for one in belonging(asked, members=wanted.members) if one.name in own]
    when = event.when
    surely = any(
        one.surely_first_s <= one.surely_last_s
        and when.start_latest_s <= one.surely_last_s
        and one.surely_first_s <= when.end_earliest_s
        for one in taken
    )
    return any(one.may_hold(when) for one in taken), surely


def outcome(event: Event, wanted: Filter) -> tuple[bool, bool]:
    """Tell whether an event may pass, and whether it surely does, read by itself."""
    combine = all if wanted.match is Match.ALL else any
    found = [holds(event, asked, wanted, wanted.roles) for asked in wanted.actors]
    refused = [holds(event, asked, wanted, ()) for asked in wanted.not_actors]
    has_role = any(actor.role in wanted.roles for actor in event.actors) if wanted.roles and not found else True
    may = has_role and (not found or combine(one for one, _ in found)) and not any(sure for _, sure in refused)
    surely = may and (not found or combine(sure for _, sure in found)) and not any(one for one, _ in refused)
    return may, surely


@given(EVENTS, WANTED)
def test_evaluation_agrees_with_reading_each_event(events: list[Event], wanted: Filter) -> None:
    for table in (make_table(events, KNOWN), table_in_memory(events, KNOWN)):
        expected = [outcome(event, wanted) for event in table]
        result = evaluate(wanted, table)
        assert result.mask.tolist() == [may for may, _ in expected]
        assert result.certain.tolist() == [surely for _, surely in expected]
        assert evaluate(replace(wanted, certain=True), table).mask.tolist() == [surely for _, surely in expected]


@given(EVENTS, WANTED, st.booleans(), st.sampled_from(["", "2023-04-04"]))
def test_counts_are_what_each_choice_would_leave(events: list[Event], asked: Filter, certain: bool, since: str) -> None:
    table, wanted = make_table(events, KNOWN), replace(asked, certain=certain, since=since)
    counts = choice_counts(table, wanted)
    for name, count in zip(table.actors.names, counts.actors.tolist(), strict=True):
        chosen = (*wanted.actors, name) if wanted.match is Match.ALL else (name,)
        assert count == evaluate(replace(wanted, actors=chosen), table).shown
    assert counts.certain == evaluate(replace(wanted, certain=True), table).shown
    assert counts.importance[1] == evaluate(wanted, table).shown


def shown(table: EventTable, wanted: Filter) -> list[str]:
    return titles(table, evaluate(wanted, table).mask)


def test_nato_has_no_finland_before_it_joined() -> None:
    events = [make_event(date, date, actors=["Finland"]) for date in ("2022", "2023-04-03", "2023-04-04", "2024-01")]
    table = make_table([*events, make_event("some time in 2023", "2023", actors=["Finland"])], KNOWN)
    nato = Filter(actors=("NATO",), members=True)
    assert set(shown(table, nato)) == {"some time in 2023", "2023-04-04", "2024-01"}
    assert set(shown(table, replace(nato, certain=True))) == {"2023-04-04", "2024-01"}
    without = Filter(not_actors=("NATO",), members=True)
    assert set(shown(table, without)) == {"2022", "some time in 2023", "2023-04-03"}
    assert evaluate(without, table).possible == 1


@pytest.mark.parametrize(
    ("since", "until", "date", "may", "surely"),
    [
        ("2023-04-04", "", "2023-04-03", False, False),
        ("2023-04-04", "", "2023-04-04", True, True),
        ("", "1997-06-30", "1997-06-30T23:59:59", True, True),
        ("", "1997-06-30", "1997-07-01T00:00", False, False),
        ("2024-05", "2024-05", "2024-05-15", True, False),
        ("2024-05-01", "2024-05-01", "2024-05-01", True, True),
        ("2024-05", "", "2024-05-30", True, False),
        ("2024-05", "", "2024-05-31", True, True),
        ("", "2024-05", "2024-05-01", True, True),
        ("", "2024-05", "2024-05-02", True, False),
        ("", "", "-0043", True, True),
    ],
)
def test_both_days_of_a_period_belong_to_it(since: str, until: str, date: str, *, may: bool, surely: bool) -> None:
    period, when = period_of(Membership("Finland", since, until)), parse(date)
    assert period.may_hold(when) is may
    begins = period.surely_first_s <= when.start_latest_s
    assert (begins and when.end_earliest_s <= period.surely_last_s) is surely
    assert period.is_possible
    assert period.is_dated is bool(since or until)


@pytest.mark.parametrize(
    ("memberships", "said"),
    [
        ((Membership("Iran", "2024", "2023"),), ["Iran leaves (2023) before it joins (2024): it never belongs"]),
        ((Membership("Iran", "2024", "2024"),), []),
        (
            (Membership("Iran", "2020", "2023"), Membership("Iran", "2022")),
            ["Iran belongs twice at one time: 2020 to 2023, and 2022 to …"],
        ),
        ((Membership("Iran"), Membership("Iran")), ["Iran belongs twice at one time: … to …, and … to …"]),
        ((Membership("Iran", "", "2020"), Membership("Iran", "2020")), []),
        ((Membership("Iran", "", "2020"), Membership("China", "2019")), []),
        ((Membership("Iran", "", "2020-05-01"), Membership("Iran", "2020-05-02")), []),
        (
            (Membership("Iran", "", "2020-05-01"), Membership("Iran", "2020-05-01")),
            ["Iran belongs twice at one time: … to 2020-05-01, and 2020-05-01 to …"],
        ),
        ((Membership("BRICS"),), ["BRICS cannot belong to itself"]),
        ((Membership("Iran", "no date"),), []),
    ],
)
def test_what_cannot_be_is_said(memberships: tuple[Membership, ...], said: list[str]) -> None:
    assert [words for _, words in contradictions("BRICS", memberships)] == said


def test_a_circle_is_one_only_where_its_times_meet() -> None:
    first = ActorEntry("A", part_of=(Membership("B", until="2000"),))
    assert Gazetteer((first, ActorEntry("B", part_of=(Membership("A"),)))).circle_through("A") == ("A", "B", "A")
    later = ActorEntry("B", part_of=(Membership("A", since="2001"),))
    assert Gazetteer((first, later)).circle_through("A") == ()


def test_a_circle_through_what_is_known_is_reported_with_its_file() -> None:
    known = Gazetteer((ActorEntry("North Korea"), ActorEntry("Storm Corps", part_of=(Membership("North Korea"),))))
    dataset = replace(
        make_dataset([], path="own.yaml"), actors=(ActorEntry("North Korea", part_of=(Membership("Storm Corps"),)),)
    )
    (problem,) = build_table([dataset], known).problems
    assert str(problem).startswith("own.yaml")
    assert "North Korea is part of Storm Corps is part of North Korea, in a circle" in problem.message


@pytest.mark.parametrize(
    ("begun", "actors", "found"),
    [
        ("nato", ("Finland",), ("NATO",)),
        ("NA", ("Finland",), ("NATO",)),
        # Nobody who belongs to it takes part in anything, or it does so itself.
        ("nato", ("China",), ()),
        ("nato", ("NATO", "Finland"), ()),
        ("", ("Finland",), ()),
        ("TO", ("Finland",), ()),
        # A whole of which only a part is named; the one that is called just so stands first.
        ("uni", ("US Navy",), ("United States",)),
        ("u", ("US Navy", "Hong Kong"), ("United States", "UK")),
        ("uk", ("US Navy", "Hong Kong"), ("UK",)),
    ],
)
def test_a_group_that_no_event_names_is_found_by_who_belongs_to_it(
    begun: str, actors: tuple[str, ...], found: tuple[str, ...]
) -> None:
    dataset = make_dataset([make_event("e", "2024", actors=[ActorRef(name) for name in actors])])
    assert unnamed_groups(begun, build_table([dataset], KNOWN)) == found
