"""The records that scripts read hold the keys of the contract, no more and no less."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from types import MappingProxyType
from unittest import mock

import pytest

from tests.helpers.tables import make_event, make_table
from timeline_app.core.event import ActorRef, Claim, Excerpt, Origin, Source, Verified
from timeline_app.core.filter import Filter
from timeline_app.core.records import RecordList
from timeline_app.core.table import EventTable
from timeline_app.core.when import parse
from timeline_app.readers import read
from timeline_app.writers import export
from timeline_app.writers.csv_table import render_csv
from timeline_app.writers.full_record import told_record
from timeline_app.writers.jsonl import render_jsonl
from timeline_app.writers.options import WriteOptions
from timeline_app.writers.records import cited_keys, event_record, source_keys
from timeline_app.writers.registry import writers
from timeline_app.writers.scalars import number_or_text

Writer = Callable[[EventTable, Filter, WriteOptions], Iterator[str]]


def test_the_record_of_the_contract() -> None:
    event = make_event(
        "Pact",
        "2024-06",
        event_id="mutual-assistance-pact",
        type_="agreement",
        actors=[ActorRef("Russia"), ActorRef("North Korea", "signatory")],
        importance=5,
        excerpts=[Excerpt("the words", "some-key", verified=Verified.EXACT)],
        origin=Origin("korean-troops-2024.yaml", 31, 1),
    )
    assert event_record(event, certain=True) == {
        "id": "mutual-assistance-pact",
        "title": "Pact",
        "when": "2024-06",
        "start": ["2024-06-01", "2024-06-30"],
        "end": ["2024-06-01", "2024-06-30"],
        "open_end": False,
        "precision": "month",
        "basis": "stated",
        "type": "agreement",
        "actors": [{"name": "Russia", "role": None}, {"name": "North Korea", "role": "signatory"}],
        "place": None,
        "importance": 5,
        "excerpts": [{"text": "the words", "source": "some-key", "verified": "exact"}],
        "claims": [],
        "tags": [],
        "match": "certain",
        "origin": {"file": "korean-troops-2024.yaml", "line": 31, "record": 1},
    }


def test_a_year_before_the_first_is_astronomical_and_a_far_one_expanded() -> None:
    assert event_record(make_event("Ides", "-0043-03-15"), certain=True)["start"] == ["-0043-03-15", "-0043-03-15"]
    assert event_record(make_event("Ice", "Y-13000"), certain=False)["start"] == ["-13000-01-01", "-13000-12-31"]


def test_claims_keep_numbers_as_numbers_and_all_else_as_text() -> None:
    counted = Claim("troops sent", ("NATO",), value="10000", unit="people", source="k", reported="2024-10")
    dated = Claim("date", ("Ukraine",), when=parse("2024-10-08"), low="about 9")
    record = event_record(make_event(claims=[counted, dated]), certain=True)
    assert record["claims"] == [
        {
            "about": "troops sent",
            "value": 10000,
            "low": None,
            "high": None,
            "unit": "people",
            "when": None,
            "by": ["NATO"],
            "source": "k",
            "excerpt": None,
            "verified": None,
            "reported": "2024-10",
        },
        {
            "about": "date",
            "value": None,
            "low": "about 9",
            "high": None,
            "unit": None,
            "when": "2024-10-08",
            "by": ["Ukraine"],
            "source": None,
            "excerpt": None,
            "verified": None,
            "reported": None,
        },
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("10000", 10000),
        ("-5", -5),
        ("3.25", 3.25),
        ("010", "010"),
        ("-0", "-0"),
        ("1.50", "1.50"),
        ("1e5", "1e5"),
        ("9" * 16, "9" * 16),
        ("١٢", "١٢"),
        ("NaN", "NaN"),
        ("", ""),
    ],
)
def test_a_number_is_one_only_if_it_is_written_the_same_again(text: str, value: float | str) -> None:
    found = number_or_text(text)
    assert found == value
    assert str(found) == text


def test_lines_are_records_in_time_order_with_letters_as_they_are() -> None:
    table = make_table([make_event("Später\n2", "2024"), make_event("평양", "2023")])
    lines = list(render_jsonl(table, Filter(), WriteOptions()))
    assert [json.loads(line)["title"] for line in lines] == ["평양", "Später\n2"]
    assert all(line.count("\n") == 1 for line in lines)
    assert "평양" in lines[0]


def test_what_competes_is_summed_up_in_words_and_no_word_of_the_file() -> None:
    claims = [Claim("troops", (by,), value, unit="people") for by, value in (("NATO", "10000"), ("Kyiv", "12000"))]
    summary = "troops 10,000 to 12,000: 2 speakers, 2 figures"
    assert event_record(make_event(claims=claims), certain=True)["disputed"] == [summary]
    assert "disputed" not in event_record(make_event(claims=claims[:1]), certain=True)


@pytest.mark.parametrize("name", ["jsonl", "csv", "geojson", "markwhen", "icalendar", "timelinejs"])
def test_what_competes_is_summed_up_wherever_one_text_tells_an_event(tmp_path: Path, name: str) -> None:
    claims = [Claim("troops", (by,), value, unit="people") for by, value in (("NATO", "10000"), ("Kyiv", "12000"))]
    (ending, *_) = next(writer.endings for writer in writers() if writer.name == name)
    path = tmp_path / f"events{ending}"
    export(make_table([make_event("Pact", claims=claims)]), Filter(), path, name=name)
    unfolded = path.read_text(encoding="utf-8").replace("\n ", "").replace("\\,", ",")
    assert "troops 10,000 to 12,000: 2 speakers, 2 figures" in unfolded
    (event,) = read(path).events
    assert "disputed" not in event.extra


def test_cited_sources_are_told_once() -> None:
    event = make_event(excerpts=[Excerpt("x", "b"), Excerpt("y", "a"), Excerpt("z")], claims=[Claim("n", source="b")])
    assert source_keys(event) == cited_keys(event) == ("b", "a")
    assert source_keys(make_event(excerpts=[Excerpt("x", extra=MappingProxyType({"page": "3"}))])) == ()


def test_an_events_own_sources_are_told_with_it() -> None:
    own = [Source("source 1", publisher="Agency", published="2024-06-20"), Source("source 2", title="Cited by nothing")]
    event = make_event(excerpts=[Excerpt("x", "paper"), Excerpt("y", "source 1")], own_sources=own)
    assert source_keys(event) == ("source 1", "source 2", "paper")
    assert cited_keys(event) == ("paper", "source 1")
    first, second, third = told_record(event, make_table([event]), certain=True)["sources"]
    assert [source["key"] for source in (first, second, third)] == ["source 1", "source 2", "paper"]
    assert (first["publisher"], second["title"], first["url"], third["title"]) == (
        "Agency",
        "Cited by nothing",
        None,
        None,
    )


@pytest.mark.parametrize("render", [render_jsonl, render_csv])
def test_events_are_read_as_they_are_written(render: Writer) -> None:
    table = make_table([make_event(f"e{day}", f"2024-06-{day:02}") for day in range(1, 10)])
    with mock.patch.object(RecordList, "event", autospec=True, side_effect=RecordList.event) as read:
        texts = render(table, Filter(), WriteOptions())
        for text in texts:
            if "e3" in text:
                break
        assert read.call_count == 3
