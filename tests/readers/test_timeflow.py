"""Timelines of TimeFlow: header, aliases, bounds, lists, and what is wrong with rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.streamed import assert_mutants_streamed_as_whole, assert_streamed_as_whole
from tests.readers.timelines import DATA, in_short, read_text, refusal_of, write
from timeline_app.core.event import Event, Source
from timeline_app.readers import choose, line_file, read

FILE = DATA / "sample.timeflow.time"
HEADER = (
    "#TIMEFLOW\tformat version\t1\n#TIMEFLOW\tsource\t[source unspecified]\n#TIMEFLOW\tfield\tWhen\tDate/Time\n"
    "#TIMEFLOW\tfield\tWhat\tText\n#TIMEFLOW\tfield\tGroup\tList\n#TIMEFLOW\tend-metadata\n"
    "#TIMEFLOW\talias\tTIMEFLOW_TRACK\tGroup\n"
    "#TIMEFLOW\t====== End of Header. Data below is in tab-delimited format. =====\n"
)


@pytest.fixture(scope="module")
def events() -> dict[str, Event]:
    return {event.id: event for event in read(FILE).events}


def test_the_small_file_loads_or_says_why_not() -> None:
    dataset = read(FILE)
    assert (dataset.report.reader, dataset.report.read, dataset.report.loaded) == ("timeflow", 10, 6)
    assert dataset.summary == 'A spill,\nwith "all" its quirks.'
    assert dataset.extra == {"source": "The Utopian Archive"}
    assert [in_short(problem) for problem in dataset.problems] == [
        (
            "33:17 5 warning: end: expected a date, such as 2024-06-19, “19 June 2024” or “1914-1918”; found “soon”;"
            " left out"
        ),
        "34:5 6 error: start: “3/17/10” has no year of four digits; no century is filled in; the event is left out",
        "35:1 7 error: start: expected a date; found nothing; the event is left out",
        "37:1 9 error: label: expected a text; found nothing; the event is left out",
        "38:1 10 error: a row of 14 fields where there are 13 columns; it is left out",
    ]


def test_an_event_has_all_that_its_row_says(events: dict[str, Event]) -> None:
    event = events["1"]
    assert (event.title, event.when.text, event.type) == ("The well explodes", "2010-04-20", "spill")
    assert [actor.name for actor in event.actors] == ["Oil Firm", "Coast Guard"]
    assert event.tags == ("well", "fire")
    assert event.summary == 'A platform burns. "See" more.'
    first, second = event.own_sources
    assert first == Source(first.key, publisher="Daily News", url="https://news.example/a")
    assert (second.publisher, second.url) == ("news.example", "https://news.example/b")
    assert (event.extra, event.origin.line) == ({"Deaths": "11.0"}, 28)


@pytest.mark.parametrize(
    ("own_id", "text"),
    [
        ("2", "2010-04-23T18:00:00/2010-05"),
        ("3", "[1861-06-01..1861-07-01]/[1863-06-01..1863-07-01]"),
        ("5", "2010-04-20"),
        ("8", "-0043"),
    ],
)
def test_dates_and_bounds(events: dict[str, Event], own_id: str, text: str) -> None:
    assert events[own_id].when.text == text


def test_what_cannot_be_read_of_an_end_is_kept(events: dict[str, Event]) -> None:
    assert events["5"].extra == {"End": "soon"}
    assert events["8"].title == "The first words name it"


def test_without_aliases_the_first_fields_of_their_types_count(tmp_path: Path) -> None:
    dataset = read_text(tmp_path, f"{HEADER}What\tGroup\tWhen\na\tx,y\tJun 2010\n", "a.time")
    (event,) = dataset.events
    assert (event.title, event.when.text, event.type, event.tags) == ("a", "2010-06", "", ("x", "y"))
    assert (dict(dataset.sources), event.own_sources) == ({}, ())


def test_bounds_that_cannot_be_are_left_out(tmp_path: Path) -> None:
    text = FILE.read_text(encoding="utf-8")
    head, _, _ = text.partition("1.0\t")
    dataset = read_text(tmp_path, f"{head}1.0\tApr 20 2010\t\t\tApr 1 2010\tBack in time\n", "a.time")
    assert [event.when.text for event in dataset.events] == ["2010-04-20"]
    assert [problem.message[:5] for problem in dataset.problems] == ["end: "]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("#TIMEFLOW\tformat version\t1\n", "expected the end of the header"),
        ("#TIMEFLOW\tformat version\t1\nStart\tEnd\n", "expected the header of TimeFlow"),
        ("#TIMEFLOW\tfield\tA\tText\n#TIMEFLOW\t=====\n", "expected a field of the type Date/Time for the start"),
        ("#TIMEFLOW\tfield\tA\tDate/Time\n#TIMEFLOW\t=====\n", "expected a field of the type Text for the title"),
    ],
)
def test_a_header_that_says_too_little_is_refused(tmp_path: Path, text: str, message: str) -> None:
    path = write(tmp_path, text, "a.time")
    assert choose(path).name == "timeflow"
    assert message in refusal_of(path)


def test_a_file_without_events_is_empty(tmp_path: Path) -> None:
    assert read_text(tmp_path, f"{HEADER}What\tGroup\tWhen\n", "a.time").report.read == 0


@pytest.mark.parametrize("block_bytes", [line_file._BLOCK_BYTES, 97])
def test_a_file_is_read_row_by_row_as_it_is_whole(monkeypatch: pytest.MonkeyPatch, block_bytes: int) -> None:
    monkeypatch.setattr(line_file, "_BLOCK_BYTES", block_bytes)
    assert len(assert_streamed_as_whole(FILE).events) == 6


def test_a_damaged_file_is_read_row_by_row_as_it_is_whole(tmp_path: Path) -> None:
    assert_mutants_streamed_as_whole(FILE.read_bytes(), tmp_path, "a.time", reader="timeflow")
