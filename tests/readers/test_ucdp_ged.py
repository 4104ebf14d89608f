"""Tests of the UCDP Georeferenced Event Dataset: its columns in every order, its dates, its citations."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.streams import SHARED, streamed
from tests.readers.timelines import DATA, write
from timeline_app.core.errors import ReadError
from timeline_app.core.event import ActorRef, Claim, Event, Excerpt, Location, Source
from timeline_app.core.known import known_from
from timeline_app.readers import choose, read, ucdp_citations, ucdp_ged
from timeline_app.readers.table_cells import ParsedCells
from timeline_app.readers.ucdp_citations import (
    Citation,
    cited,
    known_of_cells,
    known_of_dates,
    own_sources,
    publication_cells,
    source_names_of,
)
from timeline_app.readers.ucdp_ged_layout import _ORDERS
from timeline_app.readers.ucdp_ged_when import date_note, date_text

FILE = DATA / "ged.csv"
UCDP = SHARED / "ucdp"
GED = {
    "id": 36210,
    "relid": 0,
    "year": 2009,
    "type_of_violence": 1,
    "conflict_name": "Uganda: Government",
    "dyad_name": "Government of Uganda - LRA",
    "side_a": "Government of Uganda",
    "side_b": "LRA",
    "source_article": "Reuters",
    "source_office": "",
    "source_date": "",
    "source_headline": "",
    "where_coordinates": "Obo town",
    "event_clarity": 1,
    "date_prec": 5,
    "date_start": "2009-08-07T00:00:00",
    "date_end": "2009-09-10T00:00:00",
    "deaths_civilians": 0,
    "best": 3,
    "high": 4,
    "low": 2,
    "gwnoa": "500",
}
REAL = {
    "ged_combined.csv": 48_620,
    "ged_myanmar.csv": 7_374,
    "hdx_conflict_data_ukr_2023.csv": 2_989,
    "ged231_central_african_republic.geojson": 1_848,
}


@pytest.fixture(scope="module")
def events() -> dict[str, Event]:
    return {event.id: event for event in streamed(FILE).events}


def test_the_small_file_loads_or_says_why_not() -> None:
    found = streamed(FILE)
    assert [event.id for event in found.events] == ["1", "2", "3", "4", "5", "6"]
    assert found.problems == [
        "2 0 note: a row of HXL tags below the header was skipped",
        "10 7 error: when: 30 is not a day: February 2014 has 28 days; the record is left out",
        "11 8 error: id: expected a number; found nothing; the record is left out",
    ]
    dataset = read(FILE)
    assert dataset.report.reader == "ucdp-ged"
    assert (dataset.report.read, dataset.report.loaded, dataset.report.rejected) == (8, 6, 2)
    assert "CC BY 4.0" in dataset.summary


def test_an_event_has_all_that_its_row_says(events: dict[str, Event]) -> None:
    event = events["1"]
    assert event.title == "Utopia – Rebels: 2 deaths, Capital city"
    assert (event.when.text, event.type, event.importance, event.place) == (
        "2014-01-22",
        "state-based",
        2,
        "Capital city",
    )
    assert event.actors == (
        ActorRef("Government of Utopia", "participant", "Government of Utopia"),
        ActorRef("Rebels", "participant", "Rebels"),
    )
    assert event.tags == ("Utopia: Government", "Government of Utopia - Rebels")
    assert event.claims == (Claim("deaths", ("UCDP",), "2", "1", "4", "people"),)
    assert event.location is not None
    assert event.summary == "Main square"
    assert event.own_sources == (
        Source("source 1", title="Shots fired; two dead", publisher="News Agency", published="2014-01-22"),
    )
    assert event.excerpts == (Excerpt("Shots fired; two dead", "source 1"),)
    assert event.extra.keys() == {
        *("relid", "year", "number_of_sources", "where_prec", "adm_1", "country", "iso3", "event_clarity", "date_prec"),
    }


def test_one_sided_violence_has_an_attacker_and_a_target(events: dict[str, Event]) -> None:
    assert events["2"].type == "one-sided"
    assert [(actor.name, actor.role) for actor in events["2"].actors] == [
        ("Rebels", "attacker"),
        ("Civilians", "target"),
    ]
    assert events["2"].tags == ("Rebels - Civilians",)
    assert events["2"].importance == 4


def test_several_citations_of_a_cell_are_told_apart(events: dict[str, Event]) -> None:
    assert events["2"].own_sources == (
        Source("source 1", title="First report", publisher="News Agency", published="2014-02-01"),
        Source("source 2", title="Second; longer report", publisher="Daily", published="2014-02-02"),
    )
    assert [(one.text, one.source) for one in events["2"].excerpts] == [
        ("First report", "source 1"),
        ("Second; longer report", "source 2"),
    ]


def test_a_citation_without_its_parts_is_kept_as_it_is_written(events: dict[str, Event]) -> None:
    (source,) = events["3"].own_sources
    assert (source.key, source.title, source.publisher) == ("Reuters 1992-03-02", "Reuters 1992-03-02", "")
    assert events["3"].excerpts == (Excerpt("Reuters 1992-03-02", "Reuters 1992-03-02"),)
    assert events["3"].extra["source_article"] == "Reuters 1992-03-02"
    assert [source.publisher for source in events["5"].own_sources] == ["Wire", "Paper"]
    assert events["5"].excerpts == ()
    assert events["5"].extra["source_headline"] == "Only one headline"


def test_what_is_no_location_is_kept(events: dict[str, Event]) -> None:
    assert events["5"].location is None
    assert (events["5"].extra["latitude"], events["5"].extra["longitude"]) == ("95", "30")
    assert (events["3"].place, events["4"].place) == ("Utopia", "Coast")


@pytest.mark.parametrize(
    ("start", "end", "precision", "clarity", "text"),
    [
        ("2014-01-22", "2014-01-22", "1", "1", "2014-01-22"),
        ("2014-01-22 00:00:00.000", "2014-01-22 00:00:00.000", "1", "1", "2014-01-22"),
        ("2014-01-22", "", "1", "1", "2014-01-22"),
        ("2014-01-22", "2014-01-24", "1", "1", "2014-01-22/2014-01-24"),
        ("2014-01-22", "2014-01-24", "", "", "2014-01-22/2014-01-24"),
        ("2014-01-22", "2014-01-24", "2", "1", "[2014-01-22..2014-01-24]"),
        ("2014-01-20", "2014-01-26", "3", "1", "[2014-01-20..2014-01-26]"),
        ("2014-02-01", "2014-02-28", "4", "1", "2014-02"),
        ("2016-02-01", "2016-02-28", "4", "1", "[2016-02-01..2016-02-28]"),
        ("2014-01-01", "2014-12-31", "5", "1", "2014"),
        ("2014-01-01", "2014-12-31", "5", "2", "2014-01-01/2014-12-31"),
        ("2014-03-03", "2014-03-03", "4", "2", "2014-03-03"),
        ("3/4/2014", "3/5/2014", "2", "1", "3/4/2014/3/5/2014"),
    ],
)
def test_dates_are_as_vague_as_the_codebook_says(start: str, end: str, precision: str, clarity: str, text: str) -> None:
    assert date_text(start, end, precision, clarity) == text


@pytest.mark.parametrize(
    ("precision", "clarity", "note"),
    [
        ("1", "1", ""),
        ("1", "2", ""),
        ("", "2", ""),
        (" 4 ", "1", "UCDP date_prec 4: known only within 8 to 30 days, or only the month"),
        (
            "5",
            " 2",
            "UCDP date_prec 5, event_clarity 2: several happenings of this time, which the source counts together",
        ),
    ],
)
def test_a_note_does_not_call_a_span_vague_in_which_several_happenings_are_counted(
    precision: str, clarity: str, note: str
) -> None:
    assert date_note(precision, clarity) == note


DATED = st.tuples(
    *[st.sampled_from(["2014-01-01", "2014-01-31", "1899-12-31", "2014-01-32", "2014-01-01 00:00", " 2014-01-31", ""])]
    * 2,
    st.sampled_from(["1", "4", ""]),
    st.sampled_from(["1", "2"]),
)


@given(st.lists(DATED, max_size=6))
def test_dates_of_many_records_are_those_of_each(cells: list[tuple[str, str, str, str]]) -> None:
    whens = ucdp_ged._whens(ParsedCells(("date_start", "date_end", "date_prec", "event_clarity"), cells))
    assert [whens.values[code] for code in whens.codes.tolist()] == [date_text(*one) for one in cells]


@pytest.mark.parametrize(
    ("best", "importance"),
    [("0", 1), ("1", 2), ("4", 2), ("5", 3), ("24", 3), ("25", 4), ("99", 4), ("100", 5), ("", 3), ("many", 3)],
)
def test_importance_follows_the_best_estimate(tmp_path: Path, best: str, importance: int) -> None:
    head = "id,date_start,date_end,date_prec,type_of_violence,side_a,side_b,dyad_name,best,conflict_name"
    path = write(tmp_path, f"{head}\n9,2014-01-01,2014-01-01,1,1,A,B,A - B,{best},A\n", "x.csv")
    (event,) = streamed(path).events
    assert event.importance == importance


@pytest.mark.parametrize("name", ["renamed.txt", "ged.dat"])
def test_the_ending_does_not_matter(tmp_path: Path, name: str) -> None:
    assert choose(write(tmp_path, FILE.read_bytes(), name)).name == "ucdp-ged"


def test_columns_in_another_order_give_the_same(tmp_path: Path) -> None:
    rows = list(csv.reader(FILE.read_text(encoding="utf-8").splitlines(keepends=True)))
    path = tmp_path / "turned.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows(row[::-1] for row in rows)
    expected = {event.id: event for event in streamed(FILE).events}
    for event in streamed(path).events:
        same = expected[event.id]
        assert (event.title, event.when, event.own_sources) == (same.title, same.when, same.own_sources)
        assert event.extra == same.extra


@pytest.mark.parametrize("order", _ORDERS, ids=[" ".join(order[43:46]) for order in _ORDERS])
def test_a_file_without_header_is_recognised_by_what_its_columns_hold(tmp_path: Path, order: tuple[str, ...]) -> None:
    usual = dict.fromkeys(order, "") | {
        "id": "77",
        "year": "2020",
        "type_of_violence": "1",
        "side_a": "A",
        "side_b": "B",
        "dyad_name": "A - B",
        "where_prec": "1",
        "latitude": "1.5",
        "longitude": "-2",
        "geom_wkt": "POINT (-2 1.5)",
        "event_clarity": "1",
        "date_prec": "1",
        "date_start": "2020-05-05",
        "date_end": "2020-05-05",
        "deaths_a": "1",
        "best": "3",
        "deaths_civilians": "0",
        "high": "9",
        "low": "1",
    }
    lines = [usual, {**usual, "id": "78", "source_article": "Reuters 2020-05-05, with commas"}]
    path = tmp_path / "candidate.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([line[name] for name in order] for line in lines)
    found = streamed(path)
    assert [(event.id, event.origin.record, event.origin.line) for event in found.events] == [
        ("77", 1, 1),
        ("78", 2, 2),
    ]
    assert found.events[0].claims == (Claim("deaths", ("UCDP",), "3", "1", "9", "people"),)


HEAD = "relid,year,type_of_violence,conflict_name,dyad_name,side_a,side_b,date_start,date_end,date_prec,where_prec"


def test_a_table_without_ids_has_numbers(tmp_path: Path) -> None:
    row = "X-1,2024,1,A: B,A - B,A,B,2024-05-16,2024-05-16,1,1\n"
    found = streamed(write(tmp_path, f"{HEAD}\n{row}{row}", "x.csv"))
    assert [event.id for event in found.events] == ["event-1", "event-2"]
    assert found.events[0].extra["relid"] == "X-1"


def test_columns_of_the_first_releases_and_of_shapefiles(tmp_path: Path) -> None:
    head = "event_id,type_of_vi,conflict_n,dyad_name,side_a,side_b,where_coor,date_start,date_end,date_prec,best_est"
    row = "7,3,A - B,A - B,A,B,Town,2024-05-16,2024-05-16,1,30"
    (event,) = streamed(write(tmp_path, f"{head},high_est,low_est\n{row},40,20\n", "x.csv")).events
    assert (event.id, event.type, event.title, event.importance) == ("7", "one-sided", "A – B: 30 deaths, Town", 4)
    assert event.claims == (Claim("deaths", ("UCDP",), "30", "20", "40", "people"),)


def collection(*features: object, between: str = "\n") -> str:
    listed = f",{between}".join(one if isinstance(one, str) else json.dumps(one) for one in features)
    return f'{{"type": "FeatureCollection",{between}"features": [{between}{listed}{between}]{between}}}\n'


def feature(properties: object = GED, point: object = (26.4, 5.3)) -> object:
    return {"type": "Feature", "properties": properties, "geometry": {"type": "Point", "coordinates": point}}


@pytest.mark.parametrize("between", ["\n", "", "\r\n  "])
def test_geojson_is_read_as_the_table_is(tmp_path: Path, between: str) -> None:
    features = feature(), feature({**GED, "id": 2, "latitude": 1.5, "longitude": "2.5"})
    path = write(tmp_path, collection(*features, between=between), "a.geojson")
    first, second = streamed(path).events
    assert (first.id, first.title, first.type) == ("36210", "Uganda – LRA: 3 deaths, Obo town", "state-based")
    assert first.when.text == "[2009-08-07..2009-09-10]"
    assert first.claims == (Claim("deaths", ("UCDP",), "3", "2", "4", "people"),)
    assert (first.location, second.location) == (Location(5.3, 26.4), Location(1.5, 2.5))
    assert read(path).title == "UCDP Georeferenced Event Dataset"
    if between:
        assert [event.origin.line for event in (first, second)] == [3, 4]


def test_features_that_are_none_are_told(tmp_path: Path) -> None:
    text = collection(feature(), "5", {"type": "Feature"}, feature({**GED, "id": 2, "date_start": "soon"}))
    found = streamed(write(tmp_path, text, "a.geojson"))
    assert (len(found.events), found.rejected) == (1, 3)
    assert found.problems[:2] == [
        "4 2 error: expected a feature with properties; the record is left out",
        "5 3 error: expected a feature with properties; the record is left out",
    ]
    assert found.problems[2].startswith("6 4 error: when: ")


@pytest.mark.parametrize("length", [-5, -20, -200])
def test_geojson_that_is_cut_off_is_refused(tmp_path: Path, length: int) -> None:
    path = write(tmp_path, collection(feature(), feature())[:length], "a.geojson")
    with pytest.raises(ReadError, match=r"this is not JSON: expected .*; found the end of the file"):
        read(path)


def test_citations_of_every_shape() -> None:
    both = cited('"A,2014-01-01,One; two";"B,2014-01-02,Three"', "A;B", "2014-01-01;2014-01-02", "One; two;Three")
    assert [one.headline for one in both] == ["One; two", "Three"]
    assert cited("", "", "", "") == ()
    assert cited('"Reuters News,1990-09-19,Ceasefire, at last"', "", "", "") == (
        Citation("Reuters News", "1990-09-19", "Ceasefire, at last", "Reuters News,1990-09-19,Ceasefire, at last"),
    )
    assert cited('"Reuters 1990"', "", "", "") == (Citation("", "", "", "Reuters 1990"),)
    assert cited('""', " ", "", "") == ()
    assert cited("", "A;B", "2014;2015", "One;Two") == (
        Citation("A", "2014", "One", "One"),
        Citation("B", "2015", "Two", "Two"),
    )
    assert [one.written for one in cited('"x";"y"', "A", "2014", "One")] == ["x", "y"]
    assert cited("written otherwise", "A", "2014", "Head; line")[0].headline == "Head; line"


OFFICES = st.sampled_from(["", "A", "A;B", "A;", "B; A"]) | st.text(st.sampled_from('aB;", '), max_size=9)
DATES = st.lists(st.sampled_from(["2014-01-02", "2013-12-31", "2015", "1899-01-01", "", "2014-13-01"]), max_size=3)
ARTICLES = st.sampled_from(["", '"x"', '"x";"y"']) | st.text(st.sampled_from('aB;", '), max_size=9)
CITING = st.tuples(ARTICLES, OFFICES, DATES.map(";".join), st.text(st.sampled_from('aB;", '), max_size=9))


@given(st.lists(CITING, max_size=4))
def test_publishers_and_days_are_told_from_as_little_as_suffices(cells: list[tuple[str, str, str, str]]) -> None:
    names = ("article", "office", "date", "headline")
    found, known = publication_cells(ParsedCells(names, cells), *names)
    told = [source_names_of(found.values[code]) for code in found.codes.tolist()]
    expected = []
    for one in cells:
        sources, _ = own_sources(cited(*one))
        expected.append([source.publisher or source.key for source in sources])
    assert [list(dict.fromkeys(names)) for names in told] == [list(dict.fromkeys(names)) for names in expected]
    assert [known.values[code] for code in known.codes.tolist()] == list(map(known_of_cells, cells))


@given(st.lists(st.sampled_from(["2014-01-02", "2015", " 2014-01 ", "", "soon", "2014-13-01"]), max_size=4))
def test_a_record_is_known_from_the_first_of_its_dates(dates: list[str]) -> None:
    stripped = [date.strip() for date in dates]
    assert known_of_dates(dates) == known_from(stripped)


def test_a_date_of_publication_is_understood_once_in_whatever_cells_it_stands() -> None:
    ucdp_citations._days_of.cache_clear()
    for cell in ("2014-01-01;2014-01-02", "2014-01-02", "2014-01-02; 2014-01-01;2014-01-01"):
        assert known_of_dates(cell.split(";")) is not None
    assert ucdp_citations._days_of.cache_info().misses == 2


@pytest.mark.once
@pytest.mark.parametrize(("name", "records"), REAL.items())
def test_every_record_of_the_real_files_loads(name: str, records: int) -> None:
    path = UCDP / name
    if not path.exists():
        pytest.skip("the dataset is not shipped; it is read where ../shared has it")
    found = streamed(path)
    assert len(found.events) == records
    assert found.rejected == 0
    assert all(event.title and event.actors and event.claims for event in found.events)


def test_candidate_events_tell_what_is_still_to_be_checked(tmp_path: Path) -> None:
    candidate = {
        **GED,
        "code_status": "Check deaths",
        "date_prec": 1,
        "date_start": "2024-01-05 00:00:00.000",
        "date_end": "2024-01-05 00:00:00.000",
    }
    path = tmp_path / "GEDEvent_v24_0_1.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([list(candidate), list(candidate.values())])
    (event,) = streamed(path).events
    assert (event.when.text, event.tags[-1]) == ("2024-01-05", "check deaths")
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([list(candidate), list({**candidate, "code_status": "Clear"}.values())])
    assert streamed(path).events[0].tags == event.tags[:-1]
