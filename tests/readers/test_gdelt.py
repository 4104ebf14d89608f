"""Exports of GDELT: every version and shape, its codes in words, its dates."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.streams import SHARED, streamed
from tests.readers.timelines import DATA, write
from timeline_app.core.event import ActorRef, Basis, Event, Source
from timeline_app.readers import choose, read
from timeline_app.readers.gdelt_actors import code_words, in_words, kind_words, side, told
from timeline_app.readers.gdelt_cameo import act_words, class_words, kind_of_act
from timeline_app.readers.gdelt_columns import EVENTS_1, EVENTS_2, MENTIONS
from timeline_app.readers.gdelt_columns import REDUCED as REDUCED_COLUMNS
from timeline_app.readers.gdelt_when import day_text, second_text, worked_out

FILE = DATA / "sample.gdelt.CSV"
REDUCED = DATA / "sample.gdelt-reduced.txt"
REAL = SHARED / "gdelt" / "20191024143000.export.CSV"


@pytest.fixture(scope="module")
def events() -> dict[str, Event]:
    return {event.id: event for event in streamed(FILE).events}


def test_the_columns_are_those_of_the_codebooks() -> None:
    assert (len(EVENTS_1), len(EVENTS_2), len(MENTIONS), len(REDUCED_COLUMNS)) == (58, 61, 16, 17)
    assert set(EVENTS_2) - set(EVENTS_1) == {f"{whose}Geo_ADM2Code" for whose in ("Actor1", "Actor2", "Action")}


def test_the_small_file_loads_or_says_why_not() -> None:
    dataset = read(FILE)
    assert dataset.report.reader == "gdelt"
    assert (dataset.report.read, dataset.report.loaded, dataset.report.rejected) == (6, 4, 2)
    assert [(one.line, one.record, one.level, one.message.partition(";")[0]) for one in dataset.problems] == [
        (2, 2, "warning", "SQLDATE lies exactly a year before the day that GDELT knew of the event: a known artefact"),
        (3, 3, "error", "when: 30 is not a day: February 2024 has 29 days"),
        (6, 6, "error", "expected 61 fields, one for each column, of which the last may be missing"),
    ]


def test_an_event_has_all_that_its_row_says(events: dict[str, Event]) -> None:
    event = events["900000001"]
    assert event.title == "Russia → Ukraine: fights with small arms, Kharkiv"
    assert (event.when.text, event.type, event.importance) == ("2024-05-16", "fighting", 3)
    assert event.actors == (ActorRef("Russia", "initiator", "RUSSIAN ARMY"), ActorRef("Ukraine", "target", "KIEV"))
    assert event.tags == ("material conflict",)
    assert event.place == "Kharkiv, Kharkivska Oblast, Ukraine"
    assert event.location is not None
    assert (event.location.lat, event.location.lon) == (50.0, 36.25)
    address = "https://news.example/articles/1?page=2"
    assert event.own_sources == (
        Source("news.example", url=address, published="2024-05-16T14:30:00Z", retrieved="2024-05-16T14:30:00Z"),
    )
    assert event.summary == (
        "Initiator: Russian Army (Russia, armed forces). Target: Kiev (Ukraine). "
        "Goldstein scale -10.0, mentions 12, sources 3, articles 12, average tone -6.25."
    )
    assert event.extra["AvgTone"] == "-6.254071661237785"
    assert event.extra["EventCode"] == "193"
    assert event.extra["Actor1Code"] == "RUSMIL"
    assert not event.extra.keys() & {"SOURCEURL", "ActionGeo_Lat", "Year"}


def test_a_date_that_was_worked_out_is_marked(events: dict[str, Event]) -> None:
    event = events["900000002"]
    assert (event.basis, event.when.text) == (Basis.INFERRED, "2023-05-16")
    assert event.basis_note == "exactly a year before it was reported: likely worked out from the text"
    assert event.tags == ("verbal cooperation", "date worked out")
    assert events["900000001"].basis is Basis.STATED


def test_what_is_not_known_is_left_open(events: dict[str, Event]) -> None:
    event = events["900000004"]
    assert event.title == "Police: act 9999"
    assert (event.type, event.tags, event.place, event.location, event.importance) == ("", (), "", None, 3)
    assert event.own_sources == (
        Source("BBC Monitoring", published="2024-05-16T14:30:00Z", retrieved="2024-05-16T14:30:00Z"),
    )
    assert events["900000002"].title == "Unnamed → The EU: appeals for economic aid, Kharkiv"


def test_a_row_without_the_address_of_its_source_is_an_event_too(events: dict[str, Event]) -> None:
    assert events["900000005"].own_sources == (
        Source("GDELT", published="2024-05-16T14:30:00Z", retrieved="2024-05-16T14:30:00Z"),
    )


def test_files_of_version_1_of_both_widths_mix() -> None:
    found = streamed(DATA / "gdelt-1.CSV")
    assert [(event.id, event.own_sources[0].key) for event in found.events] == [
        ("800000001", "GDELT"),
        ("800000002", "news.example"),
        ("800000003", "GDELT"),
    ]
    assert {event.own_sources[0].retrieved for event in found.events} == {"2013-04-02"}
    assert found.problems == []


def test_a_header_names_the_columns_and_an_address_may_hold_the_separator() -> None:
    found = streamed(DATA / "gdelt-semicolon.csv")
    assert [event.own_sources[0].url for event in found.events] == [
        "https://news.example/a;jsession=1;x",
        *["https://news.example/articles/1?page=2"] * 2,
    ]
    assert [event.id for event in found.events] == ["900000001", "900000007", "900000008"]


def test_reduced_files_have_acts_of_a_day_by_the_codes_of_who_acts() -> None:
    found = streamed(REDUCED)
    first, second, third = found.events
    assert (first.title, first.when.text, first.type, first.importance) == (
        "Russia → Ukraine: fights with small arms",
        "2012-05-16",
        "fighting",
        3,
    )
    assert first.actors == (ActorRef("Russia", "initiator", "RUSMIL"), ActorRef("Ukraine", "target", "UKR"))
    assert (first.tags, first.own_sources) == (("material conflict",), (Source("GDELT"),))
    assert first.location is not None
    assert (first.location.lat, first.location.lon) == (50.0, 36.25)
    assert first.summary == (
        "Initiator: Russia, armed forces. Target: Ukraine. Goldstein scale -10, acts 2, articles 12."
    )
    assert (first.extra["CAMEOCode"], first.extra["TargetGeoLat"]) == ("193", "50.43")
    assert not first.extra.keys() & {"Date", "QuadClass", "ActionGeoLat"}
    assert (second.title, second.location) == ("Unnamed → United States: appeals for economic aid", None)
    assert (third.title, third.type, third.extra["ActionGeoLat"]) == ("rebels: act 9999", "", "91")
    assert [problem.partition(";")[0] for problem in found.problems] == [
        "4 3 error: when: 30 is not a day: February 2012 has 29 days",
        "6 5 error: expected 17 fields, one for each column",
    ]


def test_a_reduced_file_is_known_without_its_header_and_between_commas(tmp_path: Path) -> None:
    header, *rows = REDUCED.read_text().splitlines(keepends=True)[:3]
    bare = write(tmp_path, "".join(rows), "bare.txt")
    commas = write(tmp_path, "".join([header, *rows]).replace("\t", ","), "commas.csv")
    for path in (bare, commas):
        assert choose(path).name == "gdelt-reduced"
        assert [event.when.text for event in streamed(path).events] == ["2012-05-16"] * 2


def test_mentions_are_events_with_their_articles() -> None:
    found = streamed(DATA / "sample.gdelt-mentions.CSV")
    first, second, _ = found.events
    assert first.title == "Event 900000001 mentioned by news.example"
    assert (first.when.text, first.type, first.importance) == ("2024-05-16T14:30:00Z", "mention", 4)
    assert first.own_sources == (
        Source(
            "news.example",
            url="https://news.example/articles/7",
            published="2024-05-17T08:15:00Z",
            retrieved="2024-05-17T08:15:00Z",
        ),
    )
    assert first.summary == "Sentence 4. Confidence 80 %."
    assert first.extra["GLOBALEVENTID"] == "900000001"
    assert first.extra["ActionCharOffset"] == "846"
    assert (second.tags, second.own_sources[0].title, second.own_sources[0].url) == (
        ("citation",),
        "Radio Utopia 16 May",
        "",
    )
    assert [problem[:14] for problem in found.problems] == ["3 3 error: whe"]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("193", "fights with small arms"),
        ("010", "makes a statement"),
        ("10", "makes a demand"),
        ("0231", "appeals for economic aid"),
        ("231", "appeals for economic aid"),
        ("43", "receives a visit"),
        ("1883", "uses unconventional violence"),
        ("9999", ""),
        ("", ""),
        ("---", ""),
    ],
)
def test_event_codes_are_words(code: str, words: str) -> None:
    assert act_words(code) == words


def test_kinds_and_classes_are_words() -> None:
    assert (kind_of_act("19", "190"), kind_of_act("", "0231"), kind_of_act("4", "43")) == (
        "fighting",
        "appeal",
        "consultation",
    )
    assert (kind_of_act("99", "9999"), class_words("4"), class_words("")) == ("", "material conflict", "")


def test_actors_are_named_by_country_or_by_what_they_are() -> None:
    assert side("target", "VICTORIA", "AUS", "", "", "AUS") == (ActorRef("Australia", "target", "VICTORIA"),)
    assert side("target", "THE EU", "EUR", "EEC", "IGO", "IGOEUREEC") == (ActorRef("The EU", "target", "THE EU"),)
    assert side("target", "", "", "", "REB", "REB") == (ActorRef("rebels", "target", "REB"),)
    assert side("target", "", "", "", "", "") == ()
    assert (code_words("USAGOV"), code_words("---"), code_words("XXY")) == (
        ["United States", "government"],
        [],
        ["XXY"],
    )
    assert told("POLICE", "", "COP") == "Police"
    assert told("", "UKR", "GOV") == "Ukraine, government"
    assert (kind_words("XYZ"), in_words("PEOPLE'S PARTY OF THE USA"), in_words("al-Shabaab")) == (
        "XYZ",
        "People's Party of the USA",
        "al-Shabaab",
    )


@pytest.mark.parametrize(
    ("day", "added", "before"),
    [
        ("20231024", "20241024143000", "a year"),
        ("20240924", "20241024", "a month"),
        ("20231201", "20240101", "a month"),
        ("20141024", "20241024143000", "ten years"),
        ("20241017", "20241024143000", "a week"),
        ("20241023", "20241024143000", ""),
        ("20241024", "20241024143000", ""),
        ("20240230", "20240330", ""),
        ("yesterday", "20240330", ""),
        ("20240230", "", ""),
    ],
)
def test_round_times_before_the_report_are_told(day: str, added: str, before: str) -> None:
    assert worked_out(day, added) == before


def test_days_and_seconds_are_numbers() -> None:
    assert (day_text("20241024"), day_text("soon")) == ("2024-10-24", "soon")
    assert (second_text("20241024143000"), second_text("20241024")) == ("2024-10-24T14:30:00Z", "2024-10-24")


@pytest.mark.parametrize(
    "row",
    [
        "900000001\t20240516\t202405\t2024\n",
        "\t".join(["900000001", "20240516", "202404", "2024", *["x"] * 57]) + "\n",
        "\t".join(["a", "b", *["x"] * 14]) + "\n",
    ],
)
def test_other_tables_between_tabs_are_not_taken_for_it(tmp_path: Path, row: str) -> None:
    assert choose(write(tmp_path, row * 3, "x.csv")).name == "csv"


def test_every_record_of_the_real_file_loads() -> None:
    if not REAL.exists():
        pytest.skip("the export is not shipped; it is read where ../shared has it")
    found = streamed(REAL)
    assert (len(found.events), found.rejected) == (2_111, 0)
    assert sum("date worked out" in event.tags for event in found.events) == 24 + 20 + 7
    assert all(event.title and event.type and event.own_sources[0].url for event in found.events)
