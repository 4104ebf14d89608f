"""Rows above the header of a text table: titles and sources of tables, padded with empty cells or not."""

from __future__ import annotations

import json
from pathlib import Path
from unittest.mock import Mock

import pytest

from tests.helpers.streams import streamed
from tests.readers.timelines import write
from timeline_app.core.errors import ReadError
from timeline_app.readers import choose, read
from timeline_app.readers.month_words import folded
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


def test_a_record_full_of_separators_is_not_taken_for_a_header_by_every_reader(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = Mock(wraps=folded)
    monkeypatch.setattr("timeline_app.readers.column_names.folded", named)
    path = write(tmp_path, json.dumps({"title": "Raid" + ";a" * 20_000, "when": "2016-04-27"}) + "\n", "raids.jsonl")
    assert choose(path).name == "jsonl"
    assert named.call_count < 2 * 20_000


def test_a_header_that_is_longer_than_what_is_looked_at_is_refused(tmp_path: Path) -> None:
    columns = ["title", "date", *(f"column {number}" for number in range(9_000))]
    path = write(tmp_path, f"{','.join(columns)}\nRaid,2016-04-27{',1' * 9_000}\n", "wide.csv")
    with pytest.raises(ReadError, match=r"wide\.csv:1: expected a header of at most [\d,]+ bytes; its line is longer"):
        read(path)
