"""FollowTheMoney: events among other entities, dates that differ, people by name, and lines that are broken."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.streamed import assert_streamed_as_whole, streamed
from tests.readers.timelines import DATA, in_short, read_text, write
from timeline_app.core.dataset import Dataset, Level
from timeline_app.core.errors import ReadError
from timeline_app.core.event import ActorRef
from timeline_app.readers import choose, followthemoney_entities, read


@pytest.fixture(scope="module")
def sample() -> Dataset:
    return read(DATA / "sample.ftm.json")


def test_dates(sample: Dataset) -> None:
    assert sample.report.reader == "followthemoney"
    assert {event.id: event.when.text for event in sample.events} == {
        "e-1": "2024-06-19",
        "e-2": "[2024-07-01,2024-07-03]/2024-08",
        "e-3": "2024-07-01T10:30:00",
        "e-4": "/2020",
        "e-5": "2021-02",
        "e-6": "2021-02",
        "e-2-2": "2022",
    }


def test_an_event_and_those_who_took_part(sample: Dataset) -> None:
    event = sample.events[0]
    assert (event.title, event.place, event.tags) == ("Signing of the lease", "Odesa", ("lease",))
    assert event.summary == "The lease is signed\n\nSee more"
    assert event.actors == (
        ActorRef("Harbour Ltd", "organiser", "Harbour Ltd"),
        ActorRef("Ann Other", "", "Ann Other"),
        ActorRef("Another person", "", "Another person"),
    )
    assert [(source.publisher, source.url) for source in event.own_sources] == [
        ("The Paper", "https://www.example.org/1"),
        ("example.net", "https://example.net/d"),
    ]
    assert event.extra == {
        "caption": "Signing",
        "datasets": ["made"],
        "first_seen": "2024-07-01T00:00:00",
        "name": ["Signing of the lease", "Lease signed"],
        "location-2": ["Odesa", "Port"],
        "involved": ["p-1", "x-404", "Another person"],
        "publisherUrl": ["https://example.org"],
        "country": ["ua"],
        "important": ["very"],
        "recordId": ["17"],
    }
    assert event.origin.line == 3


def test_a_trip_and_an_entity_within_another(sample: Dataset) -> None:
    trip = sample.events[2]
    assert (trip.type, trip.actors) == ("trip", (ActorRef("Seagull", "", "Seagull"),))
    assert trip.extra == {"startLocation": ["Odesa"]}


def test_problems(sample: Dataset) -> None:
    assert (sample.report.read, sample.report.loaded, sample.report.rejected) == (12, 7, 5)
    assert [in_short(problem) for problem in sample.problems] == [
        '3:353 1 note: involved: expected an entity that is in the file too; found "x-404"; kept',
        "8:109 6 warning: end: ends before it starts: 2020-01 lies before 2021-02; read as having no end",
        "9:82 7 error: date: 30 is not a day: February 2021 has 28 days; the event is left out",
        "10:48 8 error: date: expected a date; found nothing; the event is left out",
        "11:1 9 error: name: expected a text; found nothing; the event is left out",
        '12:1 10 error: this is not JSON: expected “,” or “]”; found "{" (line 13, column 1); it is left out',
        ('13:8 11 error: id: "e-2" is the id of an earlier event; expected an id of its own; loaded as "e-2-2"'),
        ('15:2 12 error: expected an entity with "id", "schema" and "properties"; found "no entity"; it is left out'),
    ]


def test_a_list_of_entities_is_read_too(tmp_path: Path) -> None:
    entities = [
        {"id": "a", "schema": "Event", "properties": {"name": ["One"], "date": ["2024"]}},
        {"id": "b", "schema": "Event", "properties": {"name": ["Two"], "date": ["2025"]}},
    ]
    for indent in (None, 2):
        dataset = read_text(tmp_path, json.dumps(entities, indent=indent), "a.json")
        assert [event.title for event in dataset.events] == ["One", "Two"]


def test_a_file_without_events_says_so(tmp_path: Path) -> None:
    line = '{"id": "a", "schema": "Person", "properties": {"name": ["Ann"]}}\n'
    dataset = read_text(tmp_path, line * 3, "a.json")
    assert (dataset.report.read, dataset.events) == (0, ())
    assert [in_short(problem) for problem in dataset.problems] == ["1:1 0 note: none of the 1 entities is an Event"]


def test_tables_of_other_json_lines_are_not_taken_for_it(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"title": "A", "date": "2024", "schema": "Event"}\n{"title": "B", "date": "2025"}\n')
    assert choose(path).name == "jsonl"


def test_what_holds_no_entities_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text("")
    with pytest.raises(ReadError, match=r'expected entities with "id", "schema" and "properties"; found none$'):
        read(path, reader="followthemoney")


@pytest.mark.once
@pytest.mark.timeout(20)
def test_lines_that_never_close_are_read_in_time(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('{"id": [\n' * 20_000)
    report = read(path, reader="followthemoney").report
    assert report.read == report.rejected > 0


_IDS = st.sampled_from(["a", "b", "c", "broken", "Some Body"])
_TEXTS = st.lists(st.sampled_from(["Talks", "2024", "2024-06-19", "x", "", "https://example.org/a"]), max_size=2)
_ENTITIES = st.fixed_dictionaries(
    {"schema": st.sampled_from(["Event", "Event", "Trip", "Person", "Payment", " Company "])},
    optional={
        "id": _IDS,
        "caption": st.just("A caption"),
        "properties": st.dictionaries(
            st.sampled_from(
                [
                    "name",
                    "date",
                    "startDate",
                    "endDate",
                    "involved",
                    "organizer",
                    "payer",
                    "amount",
                    "summary",
                    "sourceUrl",
                ]
            ),
            st.one_of(_TEXTS, st.lists(_IDS, max_size=3)),
            max_size=6,
        ),
    },
)
_LINES = st.one_of(
    _ENTITIES.map(json.dumps),
    _ENTITIES.map(lambda one: json.dumps(one, indent=1)),
    st.lists(_ENTITIES, max_size=2).map(json.dumps),
    st.sampled_from(
        ['{"schema": "Event", "prop', "[]", "7", "", '{"id": "a"', "}", '{"schema": "Event", "id": "\\ud800"}']
    ),
)


@given(lines=st.lists(_LINES, max_size=6))
def test_any_entities_are_read_one_by_one_as_all_at_once(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str]
) -> None:
    first = {"id": "b", "schema": "Person", "properties": {"name": ["Ann Other"]}}
    path = tmp_path_factory.mktemp("entities") / "a.jsonl"
    path.write_text("\n".join([json.dumps(first), *lines]))
    assert_streamed_as_whole(path)


def test_names_beyond_what_is_kept_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(followthemoney_entities, "_MOST_NAME_BYTES", 10)
    people = [{"id": one, "schema": "Person", "properties": {"name": [f"Name {one}"]}} for one in "abc"]
    event = {"id": "e", "schema": "Event", "properties": {"name": ["A"], "date": ["2024"], "involved": ["a", "c"]}}
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(map(json.dumps, [*people, event])))
    found = streamed(path)
    assert [actor.name for actor in found.events[0].actors] == ["Name a", "Name c"]
    monkeypatch.setattr(followthemoney_entities, "_MOST_NAME_BYTES", 5)
    found = streamed(path)
    assert [actor.name for actor in found.events[0].actors] == ["Name a"]
    assert [(problem.line, problem.level) for problem in found.problems] == [(1, "warning"), (4, "note")]


def entities_in(folder: Path, *entities: Mapping[str, object]) -> Path:
    path = folder / "a.jsonl"
    path.write_text("\n".join(map(json.dumps, entities)))
    return path


def test_a_payment_with_a_date_is_an_event_from_one_to_another(tmp_path: Path) -> None:
    paid = {
        "date": ["2015-05-05"],
        "payer": ["a"],
        "beneficiary": ["b"],
        "amount": ["5000.50"],
        "currency": ["EUR"],
        "amountUsd": ["5500"],
        "purpose": ["Consulting"],
        "publisher": ["The Leak"],
        "sourceUrl": ["https://leak.example/1"],
    }
    people = [
        {"id": "a", "schema": "Company", "properties": {"name": ["Harbour Ltd"]}},
        {"id": "b", "schema": "Person", "properties": {"name": ["Ann Other"]}},
    ]
    undated = {"id": "u", "schema": "Payment", "properties": {"payer": ["a"], "name": ["Undated"]}}
    path = entities_in(tmp_path, *people, {"id": "p", "schema": "Payment", "properties": paid}, undated)
    dataset = assert_streamed_as_whole(path)
    (event,) = dataset.events
    assert (event.title, event.type) == ("Payment from Harbour Ltd to Ann Other, 5000.50 EUR", "payment")
    assert (event.summary, event.when.text) == ("Consulting", "2015-05-05")
    assert [(actor.name, actor.role) for actor in event.actors] == [
        ("Harbour Ltd", "payer"),
        ("Ann Other", "beneficiary"),
    ]
    (claim,) = event.claims
    assert (claim.about, claim.value, claim.unit, claim.by) == ("amount", "5000.50", "EUR", ("The Leak",))
    assert claim.source == event.own_sources[0].key
    assert event.extra == {"amountUsd": ["5500"]}
    assert (dataset.report.read, dataset.problems) == (1, ())


@pytest.mark.parametrize(
    ("properties", "title", "claims", "extra"),
    [
        ({}, "Payment", [], {}),
        ({"payer": ["x"]}, "Payment", [], {"payer": ["x"]}),
        ({"beneficiary": ["Ann Other"], "amount": ["7"]}, "Payment to Ann Other, 7", [("7", "")], {}),
        ({"amount": ["7", "8"], "currency": ["EUR"]}, "Payment", [("7", "EUR"), ("8", "EUR")], {}),
        ({"amount": ["7"], "currency": ["EUR", "USD"]}, "Payment, 7", [("7", "")], {"currency": ["EUR", "USD"]}),
        ({"amount": ["much"], "currency": ["EUR"]}, "Payment", [], {"amount": ["much"], "currency": ["EUR"]}),
        ({"name": ["Invoice 7"], "purpose": ["Fees"]}, "Invoice 7", [], {}),
    ],
)
def test_what_a_payment_does_not_say_is_not_made_up(
    tmp_path: Path,
    properties: dict[str, list[str]],
    title: str,
    claims: list[tuple[str, str]],
    extra: dict[str, list[str]],
) -> None:
    entity: dict[str, object] = {"id": "p", "schema": "Payment", "properties": {"date": ["2015"], **properties}}
    (event,) = assert_streamed_as_whole(entities_in(tmp_path, entity)).events
    assert (event.title, [(one.value, one.unit) for one in event.claims], event.extra) == (title, claims, extra)


def test_entities_with_a_date_that_are_no_events_are_told(tmp_path: Path) -> None:
    entities = [
        {"id": "e", "schema": "Event", "properties": {"name": ["Talks"], "date": ["2024"]}},
        {"id": "p", "schema": "Document", "properties": {"date": ["2015-05-05"]}},
        {"id": "s", "schema": "Message", "properties": {"date": ["2022"]}},
        {"id": "t", "schema": "Message", "properties": {"date": ["2023"]}},
        {"id": "o", "schema": "Person", "properties": {"birthDate": ["1970"]}},
    ]
    path = write(tmp_path, "\n".join(map(json.dumps, entities)), "a.ftm.json")
    counted = "Document (1), Message (2)"
    dataset = assert_streamed_as_whole(path)
    expected = "expected an Event, a Trip, a Payment or a relation such as a Sanction"
    words = f"entities with a date that are no events are not read: {counted}; {expected}"
    assert [(problem.level, problem.message) for problem in dataset.problems] == [(Level.NOTE, words)]


def test_relations_with_a_date_are_events(tmp_path: Path) -> None:
    entities: list[dict[str, object]] = [
        {"id": "p", "schema": "Person", "properties": {"name": ["Ivan"]}},
        {"id": "c", "schema": "Company", "properties": {"name": ["ACME"]}},
        {
            "id": "s",
            "schema": "Sanction",
            "caption": "Sanction",
            "properties": {"entity": ["p"], "authority": ["EU"], "listingDate": ["2014-03-17"], "reason": ["a reason"]},
        },
        {
            "id": "o",
            "schema": "Ownership",
            "properties": {"owner": ["p"], "asset": ["c"], "startDate": ["2010-05"], "percentage": ["51"]},
        },
        {
            "id": "d",
            "schema": "Directorship",
            "properties": {
                "director": ["p"],
                "organization": ["c"],
                "role": ["CEO"],
                "startDate": ["2012"],
                "endDate": ["2015"],
            },
        },
        {"id": "n", "schema": "Ownership", "properties": {"owner": ["p"], "asset": ["c"]}},
    ]
    found = assert_streamed_as_whole(entities_in(tmp_path, *entities)).events
    assert [(event.title, event.type, event.when.text, event.summary) for event in found] == [
        ("Sanction by EU: Ivan", "sanction", "2014-03-17", "a reason"),
        ("Ownership: Ivan, ACME", "ownership", "2010-05/", ""),
        ("Directorship (CEO): Ivan, ACME", "directorship", "2012/2015", ""),
    ]
    assert [{actor.name: actor.role for actor in event.actors} for event in found] == [
        {"EU": "authority", "Ivan": "target"},
        {"Ivan": "owner", "ACME": "asset"},
        {"Ivan": "director", "ACME": "organisation"},
    ]
    assert [event.extra for event in found] == [{}, {"percentage": ["51"]}, {"role": ["CEO"]}]
