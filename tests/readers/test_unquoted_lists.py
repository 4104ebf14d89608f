"""Lists in brackets without quotes, as DuckDB writes them into CSV."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.streams import streamed
from tests.readers.timelines import write
from timeline_app.readers.propose import propose
from timeline_app.readers.unquoted_lists import are_unquoted_lists, unquoted_list

HEAD = "date,title,actors,tags\n"


def names(tmp_path: Path, *cells: str, **mapping: str) -> list[list[str]]:
    rows = "".join(f'2024-06-{day:02},Event {day},"{cell}",\n' for day, cell in enumerate(cells, start=1))
    found = streamed(write(tmp_path, HEAD + rows, "table.csv"), mapping=mapping).events
    return [[actor.name for actor in event.actors] for event in found]


def test_lists_in_most_cells_are_several_actors(tmp_path: Path) -> None:
    cells = ("[Russia, Ukraine]", "[Ukraine]", "['Smith, John', NULL, Utopia]", "[]", "Russia; Belarus")
    assert names(tmp_path, *cells) == [
        ["Russia", "Ukraine"],
        ["Ukraine"],
        ["Smith, John", "Utopia"],
        [],
        ["Russia", "Belarus"],
    ]
    assert propose(tmp_path / "table.csv").mapping["separator"] == "[,]"


def test_a_name_in_brackets_among_others_stays_one(tmp_path: Path) -> None:
    cells = ("[Army, remnants of]", "Russia", "Ukraine")
    assert names(tmp_path, *cells) == [[cell] for cell in cells]
    assert names(tmp_path, *cells, separator="brackets")[0] == ["Army", "remnants of"]


def test_tags_may_be_such_lists(tmp_path: Path) -> None:
    path = write(tmp_path, HEAD + '2024,A,,"[war, raid]"\n2023,B,,[raid]\n', "table.csv")
    assert [event.tags for event in streamed(path).events] == [("war", "raid"), ("raid",)]


@pytest.mark.parametrize(
    ("cell", "several"),
    [
        ("[A, B]", "A;B"),
        ("['It\\'s; here', B]", "It's\\; here;B"),
        ("[A [b], C]", "[A [b], C]"),
        ('["A", "B"]', '["A", "B"]'),
        ("A, B", "A, B"),
    ],
)
def test_only_what_is_such_a_list_is_taken_apart(cell: str, several: str) -> None:
    assert unquoted_list(cell) == several


def test_lists_of_one_value_each_say_nothing() -> None:
    assert not are_unquoted_lists(["[unknown]", "[unknown]"])
    assert not are_unquoted_lists([])
