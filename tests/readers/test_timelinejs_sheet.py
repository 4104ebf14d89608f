"""Sheets for TimelineJS: both versions, title slides, eras, clocks, and rows that do not fit."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.streamed import assert_mutants_streamed_as_whole, assert_streamed_as_whole
from tests.readers.timelines import DATA, in_short, read_text, write
from timeline_app.core.event import Event, Source
from timeline_app.readers import choose, line_file, read
from timeline_app.readers.placed_cells import placed_table

FILE = DATA / "sample.timelinejs-sheet.csv"
NO_DATE = "date: expected a date such as 2024, 2024-06 or 2024-06-19, but nothing is written"
HEAD = "Year,Month,Day,Time,Headline,Media,Media Credit\n"


@pytest.fixture(scope="module")
def events() -> dict[str, Event]:
    return {event.title: event for event in read(FILE).events}


def test_the_sheet_loads_or_says_why_not() -> None:
    dataset = read(FILE)
    assert (dataset.report.reader, dataset.report.read, dataset.report.loaded) == ("timelinejs", 9, 7)
    assert (dataset.title, dataset.summary) == ("A small war", "What happened")
    assert dataset.extra["background"] == {"color": "lightblue"}
    assert [in_short(problem) for problem in dataset.problems] == [
        '8:1 5 warning: start_date: expected a month from 1 to 12; found "13"; left out',
        '8:1 5 warning: start_date: expected a day from 1 to 31 after the month; found "1"; left out',
        f"9:1 6 error: {NO_DATE}; the event is left out",
        '11:1 8 warning: start_date: expected a hour from 0 to 24; found "noon"; left out',
        '12:1 9 error: expected an event; found "a row of 22 fields where there are 20 columns"; it is left out',
    ]


def test_a_row_has_all_that_a_slide_has(events: dict[str, Event]) -> None:
    event = events["Ceasefire"]
    assert (event.when.text, event.type) == ("2024-05-16T14:30/2024-05-18", "Talks")
    assert event.summary == "Talks, then quiet. See here."
    first, second = event.own_sources
    assert (first.title, first.author, first.url) == ("The signing", "Photo Agency", "https://media.example/p.jpg")
    assert first.extra == {"thumbnail": "https://media.example/t.jpg", "alt": "Two people"}
    assert second == Source(second.key, publisher="news.example", url="https://news.example/1")
    assert event.extra == {
        "display_date": "Mid-May",
        "background": {"url": "https://media.example/b.jpg"},
        "Editor": "anna",
    }
    assert event.origin.line == 3


def test_eras_years_before_1_and_separators_of_thousands(events: dict[str, Event]) -> None:
    era = events["The Great War"]
    assert (era.when.text, era.type, era.tags) == ("1914-07-28/1918-11-11", "era", ("Wars",))
    assert era.summary == "Long ago\nand on two lines"
    assert events["A murder"].when.text == "-0043-03-15"
    assert events["With a clock"].when.text == "2024-02-01T14:05:30"


def test_a_sheet_of_the_first_version() -> None:
    dataset = read(DATA / "timelinejs-sheet-1.csv")
    assert (dataset.report.reader, dataset.title, dataset.problems) == ("timelinejs", "A revolution", ())
    assert [(event.title, event.when.text, event.type) for event in dataset.events] == [
        ("Protests", "2011-01-25/2011-02-11", "Protest"),
        ("A year", "2011", ""),
    ]


def test_only_the_first_title_slide_is_one(tmp_path: Path) -> None:
    head = "Year,Headline,Type,Media,Background\n"
    dataset = read_text(tmp_path, f"{head}2024,First,title,,\n2024,Second,title,,\n", "x.csv")
    assert (dataset.title, [event.title for event in dataset.events]) == ("First", ["Second"])


@pytest.mark.parametrize(
    ("clock", "text"),
    [
        ("13:45", "2024-05-16T13:45"),
        ("1:45 pm", "2024-05-16T13:45"),
        ("12:05 a.m.", "2024-05-16T00:05"),
        ("12:05 PM", "2024-05-16T12:05"),
        ("13:45:10.25", "2024-05-16T13:45:10.250"),
    ],
)
def test_clocks(tmp_path: Path, clock: str, text: str) -> None:
    (event,) = read_text(tmp_path, f"{HEAD}2024,5,16,{clock},x,,\n", "x.csv").events
    assert event.when.text == text


def test_a_table_without_media_is_no_sheet(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("Year,Headline,Text\n2024,a,b\n2025,c,d\n", encoding="utf-8")
    assert choose(path).name == "csv"


def test_an_empty_sheet_has_no_events(tmp_path: Path) -> None:
    assert read_text(tmp_path, HEAD, "x.csv").events == ()


def test_cells_know_where_they_stand() -> None:
    text = 'a,b\r\n"x ""y""","two\nlines"\r\n"loose" quote,z\r,\n1,2,3\n1,2,,\n'
    columns, rows = placed_table(text, ",")
    assert columns == ("a", "b")
    assert [{name: cell.text for name, cell in row.cells.items()} for row in rows[:2]] == [
        {"a": 'x "y"', "b": "two\nlines"},
        {"a": '"loose" quote', "b": "z"},
    ]
    assert [text[row.offset :][:6] for row in rows] == ['x ""y"', '"loose', "1,2,3\n", "1,2,,\n"]
    assert [row.fault for row in rows] == ["", "", "a row of 3 fields where there are 2 columns", ""]
    assert placed_table("", ",") == ((), [])


@pytest.mark.parametrize("block_bytes", [line_file._BLOCK_BYTES, 97])
def test_a_sheet_is_read_row_by_row_as_it_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, block_bytes: int
) -> None:
    monkeypatch.setattr(line_file, "_BLOCK_BYTES", block_bytes)
    assert len(assert_streamed_as_whole(FILE).events) == 7
    rows = '\n\n2024,,,,"A ""b""\nc",,\n,,,\n2024,,,,"loose" end,,\n2024,,,,"open,,\n2025,1,2,,last,,'
    path = write(tmp_path, HEAD + rows, "x.csv")
    assert [event.title for event in assert_streamed_as_whole(path).events] == [
        'A "b" c',
        '"loose" end',
        '"open',
        "last",
    ]
    assert assert_streamed_as_whole(write(tmp_path, HEAD, "x.csv")).events == ()


def test_a_damaged_sheet_is_read_row_by_row_as_it_is_whole(tmp_path: Path) -> None:
    assert_mutants_streamed_as_whole(FILE.read_bytes(), tmp_path, "a.csv", reader="timelinejs")
