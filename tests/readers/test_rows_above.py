"""Rows above the header of a text table: titles and sources of tables, padded with empty cells or not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.streams import streamed
from tests.readers.timelines import write
from timeline_app.readers import choose, read
from timeline_app.readers.propose import propose
from timeline_app.readers.rows_above import rows_above

TABLE = "Nr,Date,Title,Place\n1,2016-04-27,Raid,Harbour\n2,2016-05-03,Fire,Old Town\n"


@pytest.mark.parametrize(
    ("above", "line"),
    [
        ("Table 3. Attacks\nSource: own count\n\n", 4),
        ('Table 3. Attacks,,,\n"Source: own count, 2019",,,\n,,,\n', 4),
        ("Exported,2024-01-01\n", 2),
        ("\nAttacks;all of them\n\n\n", 5),
    ],
)
def test_what_stands_above_the_header_is_no_record(tmp_path: Path, above: str, line: int) -> None:
    path = write(tmp_path, above + TABLE, "table.csv")
    dataset = read(path)
    assert (choose(path).name, dataset.report.read, dataset.report.loaded) == ("csv", 2, 2)
    assert [(event.title, event.place, event.origin.line) for event in dataset.events] == [
        ("Raid", "Harbour", line + 1),
        ("Fire", "Old Town", line + 2),
    ]
    assert [problem.message for problem in dataset.problems] == [
        f"the table begins in line {line}; what stands above is no record"
    ]
    assert [event.title for event in streamed(path).events] == ["Raid", "Fire"]
    assert read(path, mapping=propose(path).mapping).events == dataset.events


@pytest.mark.parametrize("sign", [";", ",", "\t"])
def test_a_row_that_tells_spreadsheets_the_separator_stands_above(tmp_path: Path, sign: str) -> None:
    rows = (("sep=", ""), ("Titel", "Datum"), ("Raid", "2016-04-27"), ("Fire", "2016-05-03"))
    path = write(tmp_path, "".join(f"{sign.join(row)}\n" for row in rows), "table.csv")
    dataset = read(path)
    assert (choose(path).name, dataset.report.rejected) == ("csv", 0)
    assert [(event.title, event.origin.line) for event in dataset.events] == [("Raid", 3), ("Fire", 4)]
    assert [event.title for event in streamed(path).events] == ["Raid", "Fire"]


@pytest.mark.parametrize(
    "rows",
    [
        [["title", "date", ""], ["A", "2024", "x"], ["B", "2025", "y"]],
        [["title", "date"], ["A", "2024"]],
        [["#date", "#event", "#loc"], ["2024", "A", "B"]],
        [["Attacks", "", ""], ["A", "2024", "x"], ["B", "2025", "y"]],
        [["one", "two", "three"], ["title", "date", "place"]],
        [],
    ],
)
def test_a_first_row_of_names_or_of_values_is_none_above(rows: list[list[str]]) -> None:
    assert rows_above(rows) == 0


def test_tags_tell_the_header_whose_names_do_not(tmp_path: Path) -> None:
    text = "Attacks\n\nMoment,Happening,Spot\n#Date,#Event,#Loc\n2016-04-27,Raid,Harbour\n2016-05-03,Fire,Old Town\n"
    dataset = read(write(tmp_path, text, "table.csv"), reader="csv")
    assert [(event.title, event.when.text, event.place, event.origin.line) for event in dataset.events] == [
        ("Raid", "2016-04-27", "Harbour", 5),
        ("Fire", "2016-05-03", "Old Town", 6),
    ]
    assert dataset.report.read == 2


def test_a_row_of_tags_may_follow(tmp_path: Path) -> None:
    head, *records = TABLE.splitlines(keepends=True)
    path = write(tmp_path, f"Attacks,,,\n{head}#id,#date,#event,#loc\n{''.join(records)}", "table.csv")
    dataset = read(path)
    assert (dataset.report.read, len(dataset.events), len(dataset.problems)) == (2, 2, 2)
