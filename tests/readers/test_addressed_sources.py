"""Sources of cells with several addresses, and what only looks so."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.helpers.streams import streamed
from tests.readers.timelines import write
from timeline_app.core.event import Source
from timeline_app.readers.addressed_sources import addresses_in

A, B, C = "https://a.example/1", "http://b.example/2?x=1,2", "https://a.example/3"


@pytest.mark.parametrize("between", [", ", ",", ";", " | ", "\n", " "])
def test_each_address_of_a_cell_is_a_source(tmp_path: Path, between: str) -> None:
    text = f'title,date,source\nBridge falls,2024-06-01,"{between.join((A, B, C))}"\nTalks,2024-06-02,{A}\n'
    first, second = streamed(write(tmp_path, text, "table.csv")).events
    assert first.own_sources == (
        Source("a.example", publisher="a.example", url=A),
        Source("b.example", publisher="b.example", url=B),
        Source(C, publisher="a.example", url=C),
    )
    assert second.own_sources == (Source("a.example", publisher="a.example", url=A),)


def test_they_are_all_of_the_outlet_that_stands_beside_them(tmp_path: Path) -> None:
    text = f'title,date,source,url\nBridge falls,2024-06-01,The Times,"{A}; {B}"\n'
    (event,) = streamed(write(tmp_path, text, "table.csv")).events
    assert event.own_sources == (
        Source("The Times", publisher="The Times", url=A),
        Source(B, publisher="The Times", url=B),
    )


@pytest.mark.parametrize(
    "cell", ["", A, f"{A}?from={B}", f"see {A} and {B}", f"{A} (archived), {B}", f"The Times, {A}, {B}"]
)
def test_one_address_or_words_around_them_are_no_list(cell: str) -> None:
    assert addresses_in(cell) == ()


def test_lists_of_addresses_and_names_in_json_are_sources_each(tmp_path: Path) -> None:
    records = [
        {"title": "A", "date": "2024-06-01", "sources": [A, B]},
        {"title": "B", "date": "2024-06-02", "sources": ["AP", "Reuters"], "urls": [A]},
        {"title": "C", "date": "2024-06-03", "urls": [C]},
        {"title": "D", "date": "2024-06-04", "sources": [{"name": "AP", "url": C}]},
    ]
    text = "".join(json.dumps(record) + "\n" for record in records)
    first, second, third, fourth = streamed(write(tmp_path, text, "table.jsonl")).events
    assert first.own_sources == (
        Source("a.example", publisher="a.example", url=A),
        Source("b.example", publisher="b.example", url=B),
    )
    assert second.own_sources == (
        Source("a.example", publisher="a.example", url=A),
        Source("AP", publisher="AP"),
        Source("Reuters", publisher="Reuters"),
    )
    assert third.own_sources == (Source("a.example", publisher="a.example", url=C),)
    assert [(one.publisher, one.url) for one in fourth.own_sources] == [("AP", C)]


def test_links_that_lead_to_the_web_are_sources(tmp_path: Path) -> None:
    (event,) = streamed(write(tmp_path, f"title,date,links\nA,2024-06-01,{A}; {B}\n".replace(B, C), "table.csv")).events
    assert ([source.url for source in event.own_sources], event.links) == ([A, C], ())
    (event,) = streamed(write(tmp_path, "title,date,links\nA,2024-06-01,causes: other\n", "other.csv")).events
    assert [link.to for link in event.links] == ["other"]
