"""Sources of cells with several addresses, and what only looks so."""

from __future__ import annotations

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
