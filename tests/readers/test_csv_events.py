"""Tests of tables of events as text: which column is what, and what becomes of each cell."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.helpers.examples import examples
from tests.helpers.markdown import marked, rows
from tests.helpers.streams import streamed
from tests.helpers.tables import make_dataset
from tests.readers.timelines import DATA, write
from timeline_app.core.actors import Gazetteer
from timeline_app.core.build import build_table
from timeline_app.core.errors import ReadError
from timeline_app.core.event import ActorRef, Basis, Event, Excerpt, Link, Location, Source
from timeline_app.core.filter import Filter
from timeline_app.core.when import parse
from timeline_app.paths import bundled_timeline
from timeline_app.readers import choose, read
from timeline_app.readers.column_names import SYNONYMS
from timeline_app.readers.event_columns import event_columns
from timeline_app.writers.csv_table import COLUMNS, _cells, guarded, render_csv
from timeline_app.writers.jsonl import render_jsonl
from timeline_app.writers.options import WriteOptions

FILE_FORMAT = Path(__file__).parents[2] / "docs" / "file-format.md"


def test_every_column_has_its_place() -> None:
    path = DATA / "table.csv"
    found = streamed(path)
    first, second, third = found.events
    assert (first.id, first.title, first.when.text) == ("raid", "Raid; on a depot", "2024-06-19T14:30")
    assert first.actors == (ActorRef("Ukraine", "", "Ukraine"), ActorRef("Storm Corps", "", "Storm Corps"))
    assert (first.type, first.place, first.location) == ("attack", "Kursk", Location(51.73, 36.19))
    assert (first.importance, first.tags, first.summary) == (4, ("oil", "depot"), "What happened.")
    assert first.own_sources == (Source("Reuters", publisher="Reuters", url="https://example.org/1"),)
    assert first.excerpts == (Excerpt('They said "no".', "Reuters"),)
    assert first.extra == {"Casualties": "12"}
    assert (second.id, second.when.text, second.importance) == ("event-2", "2024-06~", 4)
    assert second.extra == {"Importance": "high", "Latitude": "far"}
    assert second.own_sources == (Source("example.org", publisher="example.org", url="https://example.org/2"),)
    assert third.id == "event-5"
    assert found.problems == [
        "3 2 note: importance: “high” is read as 4 of 5",
        "4 3 error: when: names no year; none is filled in; the record is left out",
        "5 4 error: title: expected a text; found nothing; the record is left out",
    ]


def test_read_gives_the_same_events_and_counts_them() -> None:
    dataset = read(DATA / "table.csv")
    assert dataset.title == "table"
    assert (dataset.report.read, dataset.report.loaded, dataset.report.rejected) == (5, 3, 2)
    assert list(dataset.events) == streamed(DATA / "table.csv").events


@pytest.mark.parametrize(
    ("head", "row", "when"),
    [
        ("title,start,end", "A,2024-06-01,2024-06-03", "2024-06-01/2024-06-03"),
        ("title,start,end", "A,2024-06-01,", "2024-06-01"),
        ("title,start,end", "A,2024-06-01,2024-06-01", "2024-06-01"),
        ("title,start,end", "A,,2024-06-03", "/2024-06-03"),
        ("title,when,start,end", "A,2024,2023,2022", "2024"),
        ("title,when,start,end", "A,,2023-01,2023-02", "2023-01/2023-02"),
        ("Event Title,Event Date", "A,2024-06-19 14:30:00", "2024-06-19T14:30:00"),
        (
            "title,started_at,finished_at",
            "A,2022-03-15 16:10+00:00,2022-03-15 17:30+00:00",
            "2022-03-15T16:10+00:00/2022-03-15T17:30+00:00",
        ),
        ("BattleName,BeginDate,EndDate", "A,2024-06-01,2024-06-03", "2024-06-01/2024-06-03"),
        ("eventTitle,eventDate,date", "A,2024-06-01,2024-06-03", "2024-06-03"),
    ],
)
def test_dates_of_one_column_or_two(tmp_path: Path, head: str, row: str, when: str) -> None:
    found = streamed(write(tmp_path, f"{head}\n{row}\n", "table.csv"))
    assert [event.when.text for event in found.events] == [when]


def test_an_id_that_stands_there_twice_gets_a_number_and_is_told(tmp_path: Path) -> None:
    path = write(tmp_path, "id,title,when\na,A,2024\na,B,2023\na-2,C,2022\na,D,2021\n", "table.csv")
    dataset = read(path)
    assert [event.id for event in dataset.events] == ["a", "a-2", "a-2-2", "a-3"]
    assert [problem.line for problem in dataset.problems] == [3, 4, 5]
    assert dataset.problems[0].message == (
        'id: "a" is the id of an earlier event; expected an id of its own; loaded as "a-2"'
    )


def test_a_table_without_title_or_date_says_which_option_would_help(tmp_path: Path) -> None:
    path = write(tmp_path, "spot,moment\nKursk,once\nSudscha,twice\n", "table.csv")
    expected = (
        f'{path}:1: no column is known to hold a title and a date; there are "spot", "moment"; '
        "--map title=spot --map when=COLUMN tells which does"
    )
    with pytest.raises(ReadError) as refused:
        read(path)
    assert str(refused.value) == expected
    path = write(tmp_path, "spot,moment\nKursk,2024\nSudscha,2023\n", "table.csv")
    dataset = read(path, mapping={"title": "Spot", "date": "moment"})
    assert [(event.title, event.when.text) for event in dataset.events] == [("Kursk", "2024"), ("Sudscha", "2023")]


def test_a_mapping_that_cannot_be_is_told() -> None:
    with pytest.raises(ReadError, match='--map: there is no field "colour"; there are id, title, when'):
        event_columns(("title", "when"), {"colour": "title"}, "t.csv")
    with pytest.raises(ReadError, match='--map: there is no column "Datum"; there are "title", "when"'):
        event_columns(("title", "when"), {"when": "Datum"}, "t.csv")


def test_what_is_mapped_goes_before_what_is_recognised() -> None:
    columns = event_columns(("title", "date", "start", "end", "begun"), {"start": "begun"}, "t.csv")
    assert columns.fields["start"] == "begun"
    assert "when" not in columns.fields
    columns = event_columns(("title", "date", "start", "end", "seen"), {"when": "seen"}, "t.csv")
    assert columns.fields["when"] == "seen"
    assert not {"start", "end"} & columns.fields.keys()


def test_every_column_name_that_is_understood_is_told() -> None:
    told = rows(marked(FILE_FORMAT.read_text(encoding="utf-8"), "table-fields"))
    assert {row[0].strip("`"): tuple(one.strip(" `") for one in row[1].split(",")) for row in told} == dict(SYNONYMS)


def test_a_native_timeline_is_no_table() -> None:
    assert choose(bundled_timeline()).name == "native"


TEXTS = st.text(st.sampled_from("ab ;|,\"'\\[]{}\n\r\u2028é=0"), max_size=12)
DATES = st.sampled_from(("2024", "2024-06", "2024-06-19", "2024-06-19~", "2024-02-30", "", "[2024-01..2024-03]", "x"))


@settings(max_examples=examples(150), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(TEXTS, TEXTS, DATES, TEXTS, TEXTS, TEXTS, st.sampled_from(("", "1", "5", "6", "x")), TEXTS, TEXTS),
        min_size=1,
        max_size=8,
    )
)
def test_columns_and_events_say_the_same_of_any_table(tmp_path: Path, records: list[tuple[str, ...]]) -> None:
    head = ("id", "title", "when", "type", "actors", "place", "importance", "source", "tags")
    text = io.StringIO(newline="")
    csv.writer(text).writerows((head, *records))
    found = streamed(write(tmp_path, text.getvalue(), "table.csv"), reader="csv")
    skipped = sum(not any(map(str.strip, record)) for record in records)
    assert len(found.events) + found.rejected + skipped == len(records)


def test_an_export_is_read_back_whole(tmp_path: Path) -> None:
    original = build_table([read(bundled_timeline())], Gazetteer())
    for name, render in (("out.csv", render_csv), ("out.jsonl", render_jsonl)):
        path = write(tmp_path, "".join(render(original, Filter(), WriteOptions())), name)
        events = streamed(path).events
        assert len(events) == len(original)
        for again, event in zip(events, original, strict=True):
            assert _comparable(again, name) == _comparable(event, name)


def _comparable(event: Event, name: str) -> tuple[object, ...]:
    """Return what an export keeps of an event."""
    excerpts = [(excerpt.text, excerpt.source) for excerpt in event.excerpts]
    claims = [(claim.about, claim.value, claim.low, claim.high, claim.unit, claim.by) for claim in event.claims]
    common = (
        *(event.id, event.title, event.when.text, event.basis, event.type, event.place, event.importance, event.tags),
        [(actor.name, actor.role) for actor in event.actors],
        *(excerpts, claims),
    )
    return (*common, event.summary, event.links, event.location, event.basis_note) if name == "out.csv" else common


def test_formulas_and_separators_in_an_export_come_back(tmp_path: Path) -> None:
    event = Event(
        id="=a",
        title="-b | c",
        when=parse("2024"),
        basis=Basis.INFERRED,
        actors=(ActorRef("A; B", "r|s", "A; B"), ActorRef("[C]", "", "[C]"), ActorRef("D\\", "x", "D\\")),
        tags=("{t}", "u|v"),
        links=(Link("other", "leads-to"),),
        excerpts=(Excerpt("[The] troops; they", "s1"), Excerpt("a \\ b", "s2")),
    )
    text = io.StringIO(newline="")
    csv.writer(text).writerows(
        (COLUMNS, [guarded(cell) for cell in _cells(event, build_table([], Gazetteer()), match="certain")])
    )
    (again,) = streamed(write(tmp_path, text.getvalue(), "out.csv")).events
    assert (again.id, again.title, again.basis, again.tags) == ("=a", "-b | c", Basis.INFERRED, ("{t}", "u|v"))
    assert [(actor.name, actor.role) for actor in again.actors] == [("A; B", "r|s"), ("[C]", ""), ("D\\", "x")]
    assert (again.links, again.excerpts) == (event.links, event.excerpts)
    assert again.own_sources == (Source("s1"), Source("s2"))


def test_apostrophes_before_what_looks_like_a_formula_come_back(tmp_path: Path) -> None:
    titles = ["=x", "'=x", "''-x", "'-12", "-12", "'plain", "'", "“'=x”"]
    events = [
        Event(f"e{number}", title, parse(f"2024-01-{number + 1:02}"), place=title)
        for number, title in enumerate(titles)
    ]
    table = build_table([make_dataset(events)], Gazetteer())
    text = "".join(render_csv(table, Filter(), WriteOptions()))
    found = streamed(write(tmp_path, text, "out.csv")).events
    assert [event.title for event in found] == titles
    assert [event.place for event in found] == titles


def test_letters_and_words_grade_the_importance_and_are_told_once(tmp_path: Path) -> None:
    grades = ["A", "b", "C", "D", "E", "A", "Very high", "minor", "AB", "", "NA"]
    rows = "".join(f"Raid,2024,{grade}\n" for grade in grades)
    found = streamed(write(tmp_path, f"title,date,significance\n{rows}", "table.csv"))
    assert [event.importance for event in found.events] == [5, 4, 3, 2, 1, 5, 5, 2, 3, 3, 3]
    assert [event.extra.get("significance", "") for event in found.events] == [*grades[:-2], "", ""]
    assert found.problems == [
        "2 1 note: importance: “A” is read as 5 of 5",
        "3 2 note: importance: “b” is read as 4 of 5",
        "4 3 note: importance: “C” is read as 3 of 5",
        "5 4 note: importance: “D” is read as 2 of 5",
        "6 5 note: importance: “E” is read as 1 of 5",
        "8 7 note: importance: “Very high” is read as 5 of 5",
        "9 8 note: importance: “minor” is read as 2 of 5",
        (
            "10 9 warning: importance: expected a whole number from 1 to 5, a letter from A to E, or a word such as "
            'high; found "AB"; taken as 3'
        ),
    ]


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (("startyear", "startmonth", "startday"), ("endyear", "endmonth", "endday")),
        (("styear", "stmon", "stday"), ("endyear", "endmon", "endday")),
        (("styr", "stmo", "stday"), ("eyr", "emo", "eday")),
        (("StartYear1", "StartMonth1", "StartDay1"), ("EndYear1", "EndMonth1", "EndDay1")),
    ],
)
def test_dates_in_three_columns_go_by_the_names_of_several_datasets(
    tmp_path: Path, start: tuple[str, ...], end: tuple[str, ...]
) -> None:
    text = f"title,year,{','.join((*start, *end))}\nA,1902,1902,7,-9,1903,1,24\nB,1913,1913,-9,-9,1913,10,25\n"
    events = read(write(tmp_path, text, "table.csv")).events
    assert [event.when.text for event in events] == ["1902-07/1903-01-24", "1913/1913-10-25"]


def test_the_narrowest_area_is_the_place_where_none_is_named(tmp_path: Path) -> None:
    text = "title,date,country,admin1\nA,2024-06-01,Utopia,North\nB,2024-06-02,Utopia,NA\n"
    assert [event.place for event in read(write(tmp_path, text, "table.csv")).events] == ["North", ""]
    assert [event.place for event in read(write(tmp_path, "title,date,country\nA,2024,Utopia\n", "t.csv")).events] == [
        "Utopia"
    ]
