"""Tests of JSON of whatever shape: which list of records is found, and what becomes of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.readers.timelines import DATA, in_short, write
from timeline_app.core.errors import ReadError
from timeline_app.core.event import Location
from timeline_app.readers import choose, read
from timeline_app.readers.propose import preview, propose, signature_of

SAMPLE = DATA / "sample.records.json"
RECORDS = [{"title": "A", "date": "2024"}, {"title": "B", "date": "June 2023"}]


def test_the_longest_list_of_objects_is_read_and_everything_counted() -> None:
    dataset = read(SAMPLE)
    assert (dataset.report.reader, dataset.report.read, dataset.report.rejected) == ("json", 6, 3)
    pact, raid, move = dataset.events
    assert (pact.title, pact.when.text, pact.place, pact.location) == (
        *("Pact", "2024-06-19", "Pyongyang"),
        Location(39.03, 125.75),
    )
    assert [(actor.name, actor.role) for actor in pact.actors] == [("Russia", "signatory"), ("North Korea", "")]
    assert (raid.extra, move.when.text, move.actors[0].name) == ({"casualties": "12"}, "2024-06-20T00:00Z", "Ukraine")
    assert dataset.extra == {"name": "Incidents of a region", "meta": {"pages": [{"page": "1"}]}}
    assert dataset.report.mapping["records"] == "data.incidents"
    assert [in_short(problem) for problem in dataset.problems] == [
        "9:7 3 error: title: expected a text; found nothing; the event is left out",
        "10:7 4 error: when: expected a year of four digits, as in 2024 or -0043; the event is left out",
        '11:7 5 error: expected an object; found "7"; it is left out',
    ]


@pytest.mark.parametrize("content", [RECORDS, {"a": {"b": RECORDS, "c": [1, 2, 3]}}, {"x": RECORDS[:1], "y": RECORDS}])
def test_a_list_is_found_wherever_it_stands(tmp_path: Path, content: object) -> None:
    for indent in (None, 2):
        path = write(tmp_path, json.dumps(content, indent=indent), "some.json")
        assert choose(path).name == "json"
        assert [event.when.text for event in read(path).events] == ["2024", "2023-06"]


def test_another_list_may_be_named(tmp_path: Path) -> None:
    path = write(tmp_path, json.dumps({"x": RECORDS, "y": [{"what": "C", "year": 2022}] * 3}), "some.json")
    assert propose(path).mapping["records"] == "y"
    assert [event.title for event in read(path, mapping={"records": "x"}).events] == ["A", "B"]
    with pytest.raises(ReadError, match=r"there is no list of objects at “z”; there are x, y"):
        read(path, mapping={"records": "z"})


def test_what_is_not_known_is_asked_for(tmp_path: Path) -> None:
    path = write(
        tmp_path, json.dumps([{"what": f"C{number}", "d": f"0{number}/04/2024"} for number in (1, 2)]), "a.json"
    )
    assert [question.key for question in propose(path).questions] == ["date_order.when", "title"]
    with pytest.raises(ReadError, match="--map title=what tells which does"):
        read(path)
    mapping = {"title": "what", "date_order": "dmy"}
    assert [event.when.text for event in preview(path, mapping, 1).events] == ["2024-04-01"]
    assert signature_of(path) == propose(path, mapping=mapping).signature


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("[" * 100_000, "nested|nests|deep"),
        ('[{"title": "A", "date": "2024"}, {"title":', "this is not JSON"),
        ("[]", "expected a list of objects"),
        ('{"a": [1, 2]}', "expected a list of objects"),
        ("7", "expected a list of objects"),
        ("", "JSON|empty"),
    ],
)
def test_what_has_no_records_is_refused(tmp_path: Path, content: str, said: str) -> None:
    with pytest.raises(ReadError, match=said):
        read(write(tmp_path, content, "some.json"), reader="json")


def test_a_file_of_the_first_feather_is_refused_with_what_helps(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="write it anew as Feather"):
        read(write(tmp_path, b"FEA1" + bytes(64), "some.feather"))


def test_an_event_alone_is_one_record_with_its_sources(tmp_path: Path) -> None:
    sources = [
        {"title": "Report", "url": "https://example.org/1", "outlet": "Agency", "date": "2024-06-20", "tier": 1},
        {"title": "Report", "url": "https://example.org/2", "date": "last week"},
    ]
    event = {"date": "2024-06-19", "title": "Pact", "actors": [{"name": "Russia"}], "sources": sources}
    for indent in (None, 2):
        dataset = read(write(tmp_path, json.dumps(event, indent=indent), "pact.json"), reader="json")
        assert (dataset.report.read, dataset.report.loaded, dataset.problems) == (1, 1, ())
        (pact,) = dataset.events
        assert (pact.title, pact.when.text, [actor.name for actor in pact.actors]) == ("Pact", "2024-06-19", ["Russia"])
        first, second = pact.own_sources
        assert (first.key, first.publisher, first.published, first.extra) == (
            *("Report", "Agency", "2024-06-20"),
            {"outlet": "Agency", "tier": "1"},
        )
        assert (second.key, second.url, second.extra) == (
            *("https://example.org/2", "https://example.org/2"),
            {"date": "last week"},
        )


def test_an_event_alone_is_recognised(tmp_path: Path) -> None:
    event = {"date": "2024-06-19", "title": "Pact", "sources": [{"title": "Report", "date": "2024"}]}
    assert read(write(tmp_path, json.dumps(event, indent=2), "pact.json")).report.reader == "json"


def test_a_titled_timeline_is_no_event(tmp_path: Path) -> None:
    path = write(tmp_path, json.dumps({"title": "War", "date": "2024", "incidents": RECORDS}), "war.json")
    assert [event.title for event in read(path).events] == ["A", "B"]


def test_other_lists_of_events_are_told(tmp_path: Path) -> None:
    path = write(tmp_path, json.dumps({"2023": RECORDS[:1], "2024": RECORDS, "pages": [{"page": 1}]}), "years.json")
    (told,) = read(path).problems
    assert told.message == "other lists of events are not read: “2023”; --map records=PATH reads one of them"
    assert read(path, mapping={"records": "2023"}).problems == ()


def test_a_whole_date_goes_before_the_numbers_of_its_years(tmp_path: Path) -> None:
    there = {"event": "Writing", "date": "c. 3200 BC", "year_start": -3200, "year_end": -3200}
    (event,) = read(write(tmp_path, json.dumps([there]), "quiz.json")).events
    assert (event.when.text, event.extra) == ("-3199~", {"year_start": "-3200", "year_end": "-3200"})
