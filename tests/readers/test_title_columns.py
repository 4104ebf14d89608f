"""Titles of tables of which no column is called one: a short description, or who, what and where."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.streams import streamed
from tests.readers.timelines import write
from timeline_app.core.errors import ReadError
from timeline_app.readers import read
from timeline_app.readers.proposal import Reason
from timeline_app.readers.propose import propose

WHO_WHAT_WHERE = "date,country,event_type,actor1,actor2,location,deaths\n"


def rows_of(*lines: str) -> str:
    return "".join(f"{line}\n" for line in lines)


def titles(tmp_path: Path, text: str, **mapping: str) -> list[str]:
    return [event.title for event in streamed(write(tmp_path, text, "table.csv"), mapping=mapping).events]


def test_who_what_and_where_make_a_title(tmp_path: Path) -> None:
    text = WHO_WHAT_WHERE + rows_of(
        "2024-06-01,Utopia,shelling,Army of Utopia,Rebels,Harbour,2", "2024-06-02,Utopia,raid,Rebels,,Old town,0"
    )
    assert titles(tmp_path, text) == ["Army of Utopia, Rebels, shelling, Harbour", "Rebels, raid, Old town"]
    (event, _) = streamed(write(tmp_path, text, "table.csv")).events
    assert [actor.name for actor in event.actors] == ["Army of Utopia", "Rebels"]
    assert (event.type, event.place) == ("shelling", "Harbour")


def test_why_is_said_and_what_is_proposed_reads_the_same(tmp_path: Path) -> None:
    path = write(tmp_path, WHO_WHAT_WHERE + rows_of("2024-06-01,Utopia,shelling,A,B,Harbour,2"), "table.csv")
    found = propose(path)
    (title,) = (one for one in found.fields if one.field == "title")
    assert (title.columns, title.reason) == ("actor1+actor2+event_type+location", Reason.MADE)
    assert title.words == "“actor1”, “actor2”, “event_type”, “location” tell what happened; none is a title"
    assert (found.is_sure, read(path, mapping=found.mapping).events) == (True, read(path).events)


def test_a_short_description_is_a_title_and_no_summary_beside_it(tmp_path: Path) -> None:
    text = "date,description,place\n" + rows_of("2024-06-01,The harbour is shelled,Harbour", "2024-06-02,Talks,Capital")
    assert titles(tmp_path, text) == ["The harbour is shelled", "Talks"]
    assert {event.summary for event in read(write(tmp_path, text, "table.csv")).events} == {""}


def test_what_alone_says_anything_in_words_is_the_title(tmp_path: Path) -> None:
    told = ("First test of a missile.", "All that happened on this long day. " * 9)
    for name in ("content", "tooltip_html"):
        text = f",date,{name},n\n" + "".join(f"{n},2024-06-0{n + 1},{text},{n}\n" for n, text in enumerate(told))
        assert titles(tmp_path, text) == [text.strip() for text in told]


def test_numbers_are_no_titles_where_words_stand_beside(tmp_path: Path) -> None:
    text = "label,date,description\n0,2024-06-01,Shelling of the old town\n1,2024-06-02,Column near the river\n"
    assert titles(tmp_path, text) == ["Shelling of the old town", "Column near the river"]
    assert titles(tmp_path, "event,date,n\n12,2024-06-01,1\n13,2024-06-02,1\n") == ["12", "13"]


def test_a_very_long_description_is_none(tmp_path: Path) -> None:
    text = "date,description\n" + rows_of(f"2024-06-01,{'All that happened on this long day. ' * 19}")
    with pytest.raises(ReadError, match="no column is known to hold a title"):
        titles(tmp_path, text)


@pytest.mark.parametrize(
    "text",
    [
        # Numbers that stand for something tell nobody what happened.
        "date,type,location\n2024-06-01,3,Harbour\n2024-06-02,4,Old town\n",
        # One of three is too little.
        "date,location,deaths\n2024-06-01,Harbour,2\n2024-06-02,Old town,0\n",
        # Another column may well be the title, whatever it is called.
        "date,type,location,remark\n2024-06-01,raid,Harbour,Fire on the quay\n2024-06-02,raid,Town,Dawn in the town\n",
    ],
)
def test_where_that_is_too_little_or_another_column_may_be_meant_it_is_asked(tmp_path: Path, text: str) -> None:
    with pytest.raises(ReadError, match="no column is known to hold a title"):
        titles(tmp_path, text)


def test_what_the_user_says_of_the_title_counts(tmp_path: Path) -> None:
    text = WHO_WHAT_WHERE + rows_of("2024-06-01,Utopia,shelling,A,B,Harbour,2")
    assert titles(tmp_path, text, title="country+deaths") == ["Utopia 2"]
    assert titles(tmp_path, text, title="event_type+location") == ["shelling, Harbour"]
    with pytest.raises(ReadError, match="no column is known to hold a title"):
        titles(tmp_path, text, title="=")


def test_a_record_that_says_none_of_it_is_left_out(tmp_path: Path) -> None:
    text = WHO_WHAT_WHERE + rows_of("2024-06-01,Utopia,raid,A,B,Harbour,2", "2024-06-02,Utopia,NA,,,,1")
    dataset = read(write(tmp_path, text, "table.csv"))
    assert (dataset.report.read, dataset.report.loaded) == (2, 1)
    assert [(one.line, one.message) for one in dataset.problems] == [
        (3, "title: expected a text; found nothing; the record is left out")
    ]


def test_a_title_that_most_records_lack_is_followed_by_who_what_and_where(tmp_path: Path) -> None:
    text = "Event Name,Disaster Type,Location,Start Year\n" + rows_of(
        "Hurricane,Storm,New Town,2005", ",Drought,Hills,2001", ",Road,Capital,2000"
    )
    assert titles(tmp_path, text) == ["Hurricane, Storm, New Town", "Drought, Hills", "Road, Capital"]
    path = tmp_path / "table.csv"
    assert read(path, mapping=propose(path).mapping).events == read(path).events


def test_a_description_that_some_records_lack_is_no_title(tmp_path: Path) -> None:
    text = "date,type,place,description\n" + rows_of("2024-06-01,raid,Harbour,Two boats burn", "2024-06-02,raid,Town,")
    assert titles(tmp_path, text) == ["raid, Harbour", "raid, Town"]
    assert [event.summary for event in read(tmp_path / "table.csv").events] == ["Two boats burn", ""]


def test_a_title_that_few_records_lack_stays_one(tmp_path: Path) -> None:
    rows = [f"Raid {number},raid,Harbour,2024-06-{number:02}" for number in range(1, 10)]
    text = "title,type,place,date\n" + rows_of(*rows, ",raid,Harbour,2024-06-10")
    dataset = read(write(tmp_path, text, "table.csv"))
    assert (dataset.events[0].title, dataset.report.rejected) == ("Raid 1", 1)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("When,What,Where,Who\n2024-06-01,Fire,Harbour,Ada\n", ["Fire"]),
        ("election_date,country,election_type\n2024-06-01,Utopia,presidential\n", ["presidential, Utopia"]),
        ("battleLabel,date,countryLabel\nSalamis,-0480-09-20T00:00:00Z,Greece\n", ["Salamis"]),
        ("event_ts,event_txt,who_name\n2024-06-01 10:00:00,Something burns,Ada\n", ["Something burns"]),
    ],
)
def test_names_that_ask_or_end_like_known_ones_are_understood(tmp_path: Path, text: str, found: list[str]) -> None:
    assert titles(tmp_path, text) == found
