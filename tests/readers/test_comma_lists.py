"""Actors between commas, where other cells show that they are several, and names that hold commas."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.streams import streamed
from tests.readers.timelines import write
from timeline_app.readers import read
from timeline_app.readers.propose import propose

HEAD = "Datum;Ereignis;Akteure\n"


def table(*cells: str) -> str:
    return HEAD + "".join(f"2024-06-{day:02};Ereignis {day};{cell}\n" for day, cell in enumerate(cells, start=1))


def actors_of(tmp_path: Path, text: str, **mapping: str) -> list[list[str]]:
    found = streamed(write(tmp_path, text, "table.csv"), mapping=mapping).events
    return [[actor.name for actor in event.actors] for event in found]


def test_names_that_stand_alone_elsewhere_are_actors_of_their_own(tmp_path: Path) -> None:
    text = table("Italien, Frankreich, Serbien", "Italien", "Frankreich", "Frankreich, Russland")
    assert actors_of(tmp_path, text) == [
        ["Italien", "Frankreich", "Serbien"],
        ["Italien"],
        ["Frankreich"],
        ["Frankreich", "Russland"],
    ]
    path = tmp_path / "table.csv"
    assert propose(path).mapping["separator"] == ","
    assert read(path, mapping=propose(path).mapping).events == read(path).events


def test_names_that_come_again_among_others_are_actors_of_their_own(tmp_path: Path) -> None:
    text = table("Россия, Украина", "Россия, Украина, США", "Украина, Россия")
    assert actors_of(tmp_path, text) == [["Россия", "Украина"], ["Россия", "Украина", "США"], ["Украина", "Россия"]]


def test_tags_between_commas_say_the_same_of_actors(tmp_path: Path) -> None:
    text = "date;title;actors;tags\n2024;A;P, Q;war, raid\n2023;B;P;war\n2022;C;{};raid\n"
    (first, *_) = streamed(write(tmp_path, text.format("R"), "table.csv")).events
    assert ([actor.name for actor in first.actors], first.tags) == (["P", "Q"], ("war", "raid"))
    (first, *_) = streamed(write(tmp_path, text.replace(";P;", ";S, Q;").format("T, Q"), "table.csv")).events
    assert ([actor.name for actor in first.actors], first.tags) == (["P, Q"], ("war, raid",))


@pytest.mark.parametrize(
    "cells",
    [
        ("Front for Peace, Bread and Land", "Utopia", "Front for Peace, Bread and Land"),
        ("Smith, John", "Smith, Jane", "Utopia"),
        ("Army, Utopia", "Navy, Utopia", "Army, Ruritania", "Navy, Ruritania"),
        ("Italien, Frankreich", "Italien"),
        ("Italien, Frankreich", "Italien", "Frankreich", "Serbien | Russland"),
        ("A, Ltd", "B, Inc", "C, Inc", "A", "D, Ltd", "Utopia, Ministry of", "Ltd"),
    ],
)
def test_a_comma_that_may_be_within_a_name_parts_nothing(tmp_path: Path, cells: tuple[str, ...]) -> None:
    text = table(*cells)
    assert [len(names) for names in actors_of(tmp_path, text)] == [1 + cell.count("|") for cell in cells]


def test_what_the_user_says_counts(tmp_path: Path) -> None:
    text = table("Italien, Frankreich", "Italien", "Frankreich")
    assert actors_of(tmp_path, text, separator="slash") == [["Italien, Frankreich"], ["Italien"], ["Frankreich"]]


@pytest.mark.parametrize("sign", ["、", " / ", "، "])
def test_other_signs_part_names_too(tmp_path: Path, sign: str) -> None:
    text = table(f"Italien{sign}Frankreich", "Italien", "Frankreich")
    assert actors_of(tmp_path, text) == [["Italien", "Frankreich"], ["Italien"], ["Frankreich"]]


def test_the_comma_of_east_asian_lists_always_does(tmp_path: Path) -> None:
    assert actors_of(tmp_path, table("中国、日本", "中国、日本")) == [["中国", "日本"]] * 2
    assert actors_of(tmp_path, table("中国/日本", "中国/日本")) == [["中国/日本"]] * 2


def test_semicolons_of_other_scripts_part_names(tmp_path: Path) -> None:
    for sign in "؛；":
        text = f"date,title,actors\n2024-06-01,Raid,Army{sign} Rebels\n2024-06-02,Raid,Utopia\n"
        assert propose(write(tmp_path, text, "table.csv")).mapping["separator"] == sign
