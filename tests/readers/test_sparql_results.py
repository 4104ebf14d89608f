"""Results of queries in their other forms: XML, CSV, and tables of terms between tabs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.readers.timelines import DATA, refusal_of, write
from timeline_app.core.event import Location
from timeline_app.readers import choose, read

HEAD = "<sparql xmlns='http://www.w3.org/2005/sparql-results#'>"


def test_xml_says_what_json_does() -> None:
    dataset = read(DATA / "sample.sparql.srx")
    assert (dataset.report.reader, dataset.report.read, dataset.report.loaded) == ("sparql", 3, 2)
    siege, battle = sorted(dataset.events, key=lambda event: event.when.start_earliest_s)
    assert (battle.id, battle.title, battle.when.text) == ("Q48314", "Battle of Waterloo & after", "1815-06-18")
    assert [actor.name for actor in battle.actors] == ["United Kingdom", "Prussia"]
    assert (siege.title, siege.when.text) == ("Old siege", "-0479")
    assert [(one.line, one.message) for one in dataset.problems if one.level == "error"] == [
        (23, "date: the service says that this date is not known; the event is left out")
    ]


def test_an_address_is_no_name_of_a_place() -> None:
    battle = next(event for event in read(DATA / "sample.sparql.srx").events if event.id == "Q48314")
    assert (battle.place, battle.extra["place-2"]) == ("", "http://www.wikidata.org/entity/Q12500")


def test_a_table_of_wikidata_is_no_table_of_ones_own() -> None:
    dataset = read(DATA / "sample.sparql.csv")
    assert (dataset.report.reader, dataset.report.read, dataset.report.loaded) == ("sparql", 4, 2)
    battle, siege = sorted(dataset.events, key=lambda event: event.id, reverse=True)[::-1]
    assert (battle.id, battle.place, battle.location) == ("Q48314", "Belgium", Location(50.68, 4.412))
    assert (siege.title, siege.when.text) == ('Siege of "X", a town', "1200")
    assert [(one.line, one.message) for one in dataset.problems if one.level == "error"] == [
        (4, "date: expected a date such as 2024, 2024-06 or 2024-06-19, but nothing is written; the event is left out"),
        (5, 'expected a row; found "a row of 6 fields where there are 5 columns"; it is left out'),
    ]


def test_terms_between_tabs_lose_what_a_query_puts_around_them() -> None:
    dataset = read(DATA / "sample.sparql.tsv")
    assert (dataset.report.reader, dataset.report.read, dataset.report.loaded) == ("sparql", 2, 1)
    (battle,) = dataset.events
    assert (battle.id, battle.title, battle.when.text) == ("Q48314", 'Battle of "Waterloo"', "1815-06-18")
    assert battle.extra["note"] == "a\tb"


def test_a_prefix_for_the_namespace_makes_no_difference(tmp_path: Path) -> None:
    text = """<?xml version="1.0"?>
<!-- made by hand -->
<s:sparql xmlns:s="http://www.w3.org/2005/sparql-results#"><s:head><s:variable name="date"/></s:head><s:results>
<s:result><s:binding name="date"><s:literal>1815-06-18</s:literal></s:binding>
<s:binding name="label"><s:literal>A</s:literal></s:binding></s:result></s:results></s:sparql>"""
    path = write(tmp_path, text, "result.xml")
    assert choose(path).name == "sparql"
    assert [(event.title, event.when.text) for event in read(path).events] == [("A", "1815-06-18")]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (f"{HEAD}<head/><results><result>", "the file ends within <result>"),
        (f"{HEAD}<boolean>true</boolean></sparql>", ""),
        (f"<!DOCTYPE a []>{HEAD}</sparql>", "a document type definition"),
    ],
)
def test_what_is_cut_off_or_no_table_of_rows_is_refused_or_empty(tmp_path: Path, text: str, message: str) -> None:
    path = write(tmp_path, text, "result.srx")
    assert choose(path).name == "sparql"
    if message:
        assert message in refusal_of(path)
    else:
        assert read(path).events == ()


def test_a_table_with_addresses_of_wikidata_and_no_instants_stays_a_table(tmp_path: Path) -> None:
    text = "title,date,url\nA,2024-06-01,http://www.wikidata.org/entity/Q1\n"
    assert choose(write(tmp_path, text, "table.csv")).name == "csv"
