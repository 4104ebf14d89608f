"""Tests of JSON of whatever shape: which list of records is found, and what becomes of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.helpers.streams import streamed
from tests.readers.timelines import DATA, in_short, refusal_of, write
from timeline_app.core.errors import ReadError
from timeline_app.core.event import Location
from timeline_app.readers import choose, json_lists, line_file, read, text_batches
from timeline_app.readers.json_lists import first_look, json_document
from timeline_app.readers.json_values import json_values
from timeline_app.readers.line_file import LineFile
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
    assert (raid.extra, move.when.text, move.actors[0].name) == ({"casualties": "12"}, "2024-06-20", "Ukraine")
    assert dataset.extra == {"name": "Incidents of a region", "meta": {"pages": [{"page": "1"}]}}
    assert dataset.report.mapping["records"] == "data.incidents"
    assert [in_short(problem) for problem in dataset.problems] == [
        "9:7 3 error: title: expected a text; found nothing; the record is left out",
        (
            "10:7 4 error: when: expected a date, such as 2024-06-19, “19 June 2024” or “1914-1918”; found “soon”; "
            "the record is left out"
        ),
        "11:7 5 error: expected an object in braces; the record is left out",
    ]


@pytest.mark.parametrize("content", [RECORDS, {"a": {"b": RECORDS, "c": [1, 2, 3]}}, {"x": RECORDS[:1], "y": RECORDS}])
def test_a_list_is_found_wherever_it_stands(tmp_path: Path, content: object) -> None:
    for indent in (None, 2):
        path = write(tmp_path, json.dumps(content, indent=indent), "some.json")
        assert choose(path).name == "json"
        assert [event.when.text for event in read(path).events] == ["2024", "2023-06"]


def test_another_list_may_be_named(tmp_path: Path) -> None:
    path = write(tmp_path, json.dumps({"x": [{"gist": "C", "spot": "D"}] * 3, "y": RECORDS}), "some.json")
    assert propose(path).mapping["records"] == "y"
    mapping = {"records": "x", "title": "gist", "when": "=2022"}
    assert [event.title for event in read(path, mapping=mapping).events] == ["C"] * 3
    with pytest.raises(ReadError, match=r"there is no list of objects at “z”; there are x, y"):
        read(path, mapping={"records": "z"})


def test_what_is_not_known_is_asked_for(tmp_path: Path) -> None:
    path = write(
        tmp_path, json.dumps([{"gist": f"C{number}", "d": f"0{number}/04/2024"} for number in (1, 2)]), "a.json"
    )
    assert [question.key for question in propose(path).questions] == ["date_order.when", "title"]
    with pytest.raises(ReadError, match="--map title=gist tells which does"):
        read(path)
    mapping = {"title": "gist", "date_order": "dmy"}
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


def test_one_record_with_half_a_character_is_refused_at_its_place(tmp_path: Path) -> None:
    path = write(tmp_path, '\n {"title": "\\ud800", "date": "2024"}', "one.json")
    assert refusal_of(path) == ":2:2: an escape names half a character (a lone surrogate)"


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
    path = write(tmp_path, json.dumps({"old": RECORDS[:1], "new": RECORDS, "pages": [{"page": 1}]}), "lists.json")
    (told,) = read(path).problems
    assert told.message == "other lists of events are not read: “old”; --map records=PATH reads one of them"
    assert read(path, mapping={"records": "old"}).problems == ()


def test_lists_under_years_are_one_and_the_year_dates_what_has_no_date(tmp_path: Path) -> None:
    years = {"1914": [{"title": "A", "date": "28 July"}, {"title": "B"}], "1915": [{"title": "C", "date": "1915-05"}]}
    path = write(tmp_path, json.dumps({"name": "War", **years, "pages": [{"page": 1}]}), "years.json")
    dataset = read(path)
    assert sorted((one.title, one.when.text) for one in dataset.events) == [
        ("A", "1914-07-28"),
        ("B", "1914"),
        ("C", "1915-05"),
    ]
    assert (dataset.report.mapping["records"], dataset.extra["name"], dataset.problems) == (".", "War", ())
    assert read(path, mapping=propose(path).mapping).events == dataset.events == tuple(streamed(path).events)
    assert [one.title for one in read(path, mapping={"records": "1915"}).events] == ["C"]


@pytest.mark.parametrize(
    ("content", "dates"),
    [
        ({"1914": {"July": [{"title": "A"}], "8": [{"title": "B"}]}, "1915": {}}, ["1914-07", "1914-08"]),
        ({"by": {"2024-05-01": [{"title": "A"}], "2024-05-02": [{"title": "B"}]}}, ["2024-05-01", "2024-05-02"]),
        ({"1914": {"07": {"28": [{"title": "A"}]}}, "1915": [{"title": "B"}]}, ["1914-07-28", "1915"]),
        (
            {"1914": [{"title": "A", "date": "1914"}] * 2, "1915": [{"n": 1}], "all": RECORDS * 2},
            ["2024", "2023-06"] * 2,
        ),
    ],
)
def test_lists_under_dates_are_told_by_all_keys(tmp_path: Path, content: object, dates: list[str]) -> None:
    found = streamed(write(tmp_path, json.dumps(content), "dates.json")).events
    assert [event.when.text for event in found] == dates


def test_what_is_no_record_under_a_date_is_counted(tmp_path: Path) -> None:
    content = {"2023": ["A", {"title": "B"}], "2024": [{"title": "C"}]}
    dataset = read(write(tmp_path, json.dumps(content), "some.json"))
    assert (dataset.report.read, dataset.report.rejected, len(dataset.events)) == (3, 1, 2)


def test_texts_under_dates_are_events(tmp_path: Path) -> None:
    texts = {
        "2022-02-24": ["Invasion begins", "2 dead"],
        "March 2022": "Kherson falls",
        "2023": ["C", "", {"n": 5}, None],
    }
    path = write(tmp_path, json.dumps(texts, indent=1), "texts.json")
    assert choose(path).name == "json"
    dataset = read(path)
    assert [(one.title, one.when.text, one.origin.line) for one in dataset.events] == [
        ("Invasion begins", "2022-02-24", 3),
        ("2 dead", "2022-02-24", 4),
        ("Kherson falls", "2022-03", 6),
        ("C", "2023", 8),
    ]
    assert (dataset.report.read, dataset.report.rejected) == (7, 3)
    assert dataset.events == tuple(streamed(path).events)
    assert [in_short(one) for one in dataset.problems] == [
        "9:3 5 error: title: expected a text; found nothing; the record is left out",
        "10:3 6 error: title: expected a text; found nothing; the record is left out",
        "13:3 7 error: expected an object in braces; the record is left out",
    ]


@pytest.mark.parametrize(
    "content",
    [
        {"2022-02-24": ["Invasion begins"]},
        {"2020": "1,000", "2021": "2,000", "2022": "2,300"},
        {"created": ["A", "B"], "updated": ["C"]},
    ],
)
def test_texts_under_one_date_and_numbers_are_no_events(tmp_path: Path, content: object) -> None:
    refusal_of(write(tmp_path, json.dumps(content), "texts.json"), reader="json")


def test_texts_under_dates_may_stand_anywhere(tmp_path: Path) -> None:
    content = {"name": "War", "days": {"2022": {"February": ["A"], "3": "B"}, "2023-01-02": "C"}}
    path = write(tmp_path, json.dumps(content), "texts.json")
    dataset = read(path, reader="json")
    assert [(one.title, one.when.text) for one in dataset.events] == [
        ("A", "2022-02"),
        ("B", "2022-03"),
        ("C", "2023-01-02"),
    ]
    assert (dataset.extra["name"], dataset.report.mapping["records"]) == ("War", "days")
    assert read(path, mapping=dict(dataset.report.mapping)).events == dataset.events


def test_a_whole_date_goes_before_the_numbers_of_its_years(tmp_path: Path) -> None:
    there = {"event": "Writing", "date": "c. 3200 BC", "year_start": -3200, "year_end": -3200}
    (event,) = read(write(tmp_path, json.dumps([there]), "quiz.json")).events
    assert (event.when.text, event.extra) == ("-3199~", {"year_start": "-3200", "year_end": "-3200"})


COUNTRIES = {
    "data": {
        "countries": [
            {"name": "Sudan", "region": {"name": "Africa"}, "events": RECORDS, "note": None},
            {"name": "Mali", "events": []},
            {"name": "Chad", "events": [{"title": "C", "date": "2022", "sources": [{"title": "S", "date": "2022"}]}]},
        ]
    }
}


@pytest.mark.parametrize("indent", [None, 1])
def test_lists_within_the_records_of_another_list_are_read_with_what_stands_around_them(
    tmp_path: Path, indent: int | None
) -> None:
    path = write(tmp_path, json.dumps(COUNTRIES, indent=indent), "some.json")
    found = streamed(path, mapping={"place": "data.countries[].name"})
    assert [(event.title, event.when.text, event.place) for event in found.events] == [
        ("A", "2024", "Sudan"),
        ("B", "2023-06", "Sudan"),
        ("C", "2022", "Chad"),
    ]
    assert [event.extra.get("data.countries[].region.name") for event in found.events] == ["Africa", "Africa", None]
    assert found.events[2].own_sources[0].key == "S"
    assert propose(path).mapping["records"] == "data.countries[].events"
    lines = path.read_text().splitlines()
    assert all(lines[event.origin.line - 1].strip().startswith("{") for event in found.events)


@pytest.mark.parametrize(
    "written", ["data.countries[].events", ".data.countries[].events[]", "data.countries[].events[]"]
)
def test_a_list_may_be_named_as_jq_does(tmp_path: Path, written: str) -> None:
    path = write(tmp_path, json.dumps(COUNTRIES), "some.json")
    assert [event.title for event in read(path, mapping={"records": written}).events] == ["A", "B", "C"]


@pytest.mark.parametrize("written", ["[].events", ".[].events[]"])
def test_a_list_within_the_records_of_the_whole(tmp_path: Path, written: str) -> None:
    path = write(tmp_path, json.dumps(COUNTRIES["data"]["countries"]), "some.json")
    dataset = read(path, mapping={"records": written})
    assert [event.title for event in dataset.events] == ["A", "B", "C"]
    assert dataset.report.mapping["records"] == "[].events"
    assert propose(path, mapping={"records": written}).choices["records"] == ("[].events", ".")


def test_all_lists_that_may_be_meant_are_given_to_choose_from(tmp_path: Path) -> None:
    content = {"towns": [{"name": "X"}] * 5, "old": RECORDS[:1], "new": RECORDS, "sources": [{"title": "S"}]}
    path = write(tmp_path, json.dumps(content), "some.json")
    assert propose(path).choices["records"] == ("new", "old", "towns")


def test_a_file_is_read_in_pieces_with_the_place_of_every_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(line_file, "_BLOCK_BYTES", 7)
    monkeypatch.setattr(text_batches, "_RECORDS_A_BATCH", 2)
    records = [{"title": f"Tür {number}", "date": f"{2000 + number}", "n": number} for number in range(9)]
    for text in (json.dumps({"a": {"b": records}}, ensure_ascii=False), json.dumps(records, indent=1) + "\r\n"):
        path = write(tmp_path, text, "some.json")
        found = streamed(path)
        assert [len(batch) for batch in found.batches] == [2, 2, 2, 2, 1]
        assert [event.title for event in found.events] == [record["title"] for record in records]
        assert [json.loads(raw) for raw in found.raw] == records
        assert [event.extra for event in found.events] == [{"n": str(number)} for number in range(9)]
        assert read(path).events == tuple(found.events)


def test_no_more_is_held_than_a_piece_and_a_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line_file, "_BLOCK_BYTES", 1_000)
    monkeypatch.setattr(json_lists, "LOOKED_AT_BYTES", 5_000)
    records = [{"title": "A", "date": "2024", "text": "x" * 100}] * 3_000
    file = LineFile.at(write(tmp_path, json.dumps({"a": records}), "some.json"), "some.json")
    taken = [value.bytes_read for value, _ in zip(json_values(file), range(20), strict=False)]
    assert max(taken) <= 20 * 160 + 1_000
    look = first_look(json_document(file))
    assert (look.is_whole, look.lists["a"].count < 50) == (False, True)


def test_events_under_their_ids_are_read_and_counted_whatever_stands_beside_them(tmp_path: Path) -> None:
    sources = {f"s{number}": {"title": f"Paper {number}", "date": "2020"} for number in range(5)}
    events = {
        "pact": {"name": "Pact", "start": "2024-06-19", "tags": []},
        "none": {},
        "2": {"name": "B", "start": "2023"},
    }
    path = write(tmp_path, json.dumps({"meta": {"version": 2}, "sources": sources, "events": events}), "events.json")
    dataset = read(path)
    assert [(one.id, one.title, one.when.text) for one in dataset.events] == [
        ("pact", "Pact", "2024-06-19"),
        ("2", "B", "2023"),
    ]
    assert (dataset.report.read, dataset.report.rejected, dataset.report.mapping["records"]) == (3, 1, "events")
    assert dataset.extra["meta"] == {"version": "2"}
    assert dataset.extra["sources-2"] == sources
    named = read(path, mapping={"records": "sources"})
    assert ([one.title for one in named.events][:2], named.report.read) == (["Paper 0", "Paper 1"], 5)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("days.json", '{"2022-02-24": {"title": "A"}, "March 2022": {"title": "B", "place": {"name": "Bucha"}}}'),
        ("days.js", "export const days = {'2022-02-24': {title: 'A'}, 'March 2022': {title: 'B', tags: []}}"),
    ],
)
def test_events_under_their_dates_are_dated_by_them(tmp_path: Path, name: str, text: str) -> None:
    dataset = read(write(tmp_path, text, name))
    assert [(one.title, one.when.text) for one in dataset.events] == [("A", "2022-02-24"), ("B", "2022-03")]


@pytest.mark.parametrize(
    "text", ['{"a": {"title": "A"}, "b": {"title": "B"}}', '{"a": {"title": "A", "date": "2024"}}']
)
def test_objects_without_a_date_and_one_alone_are_no_list_of_events(tmp_path: Path, text: str) -> None:
    refusal_of(write(tmp_path, text, "objects.json"), reader="json")


def test_a_key_that_stands_twice_is_told(tmp_path: Path) -> None:
    path = write(tmp_path, '[{"title": "A", "date": "2024", "title": "B"}]', "some.json")
    dataset = read(path)
    assert [event.title for event in dataset.events] == ["B"]
    assert [in_short(one) for one in dataset.problems] == [
        '1:2 1 warning: "title" is given twice here; the last is used'
    ]


def test_a_record_that_is_not_json_is_told_with_its_place(tmp_path: Path) -> None:
    text = '{"a": [{"title": "A", "date": "2024"},\n  {"title": "B", "date": 2024-06}]}'
    assert refusal_of(write(tmp_path, text, "some.json"), "json") == (
        ':2:26: this is not JSON: expected a value; found "2024-06"'
    )


def test_a_missing_number_of_python_is_nothing(tmp_path: Path) -> None:
    path = write(tmp_path, '[{"title": "A", "date": "2024", "dead": NaN, "hurt": 2}]', "some.json")
    assert [event.extra for event in read(path).events] == [{"hurt": "2"}]


def test_a_list_of_types_or_places_is_one_text(tmp_path: Path) -> None:
    records = [
        {"title": "A", "date": "2024", "type": ["Battle", "Siege"], "place": ["Kyiv", "Lviv"]},
        {"title": "B", "date": "2024", "type": ["Talks"], "place": []},
    ]
    events = streamed(write(tmp_path, json.dumps(records), "a.json")).events
    assert [(event.type, event.place) for event in events] == [("Battle, Siege", "Kyiv, Lviv"), ("Talks", "")]


@pytest.mark.parametrize(
    ("people", "names"),
    [
        ([{"id": "Russia", "role": "host"}, {"id": "Q1", "label": "Cuba"}], [("Russia", "host"), ("Cuba", "")]),
        ([{"title": "Russia"}, {"value": "Cuba"}, {"@value": "Mali"}], [("Russia", ""), ("Cuba", ""), ("Mali", "")]),
        ([{"label": {"en": "Russia"}, "role": {"label": "host"}}, {"role": "guest"}], [("Russia", "host")]),
        (
            {"attacker": "Russia", "Targets": ["Ukraine", {"name": "Civilians", "dead": 3}], "note": "unsure"},
            [("Russia", "attacker"), ("Ukraine", "target"), ("Civilians", "target")],
        ),
        ({"side_a": "Russia", "Side B": ["Ukraine"]}, [("Russia", ""), ("Ukraine", "")]),
        ({"Russia": "attacker", "Ukraine": "defender"}, [("Russia", "attacker"), ("Ukraine", "defender")]),
    ],
)
def test_actors_are_named_by_whatever_key_does(tmp_path: Path, people: object, names: list[tuple[str, str]]) -> None:
    record = {"title": "A", "date": "2024", "participants": people, "type": [{"id": "b", "label": "Battle"}]}
    record["tags"] = [{"label": "x"}, {"en": "y"}]
    (event,) = streamed(write(tmp_path, json.dumps([record]), "some.json")).events
    assert [(actor.name, actor.role) for actor in event.actors] == names
    assert (event.type, event.tags) == ("Battle", ("x", "y"))


def test_sources_that_are_objects_or_nothing_are_read_as_such(tmp_path: Path) -> None:
    sources = ("[]", "{}", "[null]", '{"name": "Reuters", "url": "http://example.org/x"}', '[{"name": "BBC"}]')
    records = ",\n".join(
        f'{{"date": "2024-01-0{number}", "title": "Event {number}", "source": {source}}}'
        for number, source in enumerate(sources, start=1)
    )
    dataset = streamed(write(tmp_path, f"[{records}]", "list.json"))
    assert [[(one.publisher, one.url) for one in event.own_sources] for event in dataset.events] == [
        *([], [], [], [("Reuters", "http://example.org/x")], [("BBC", "")]),
    ]
