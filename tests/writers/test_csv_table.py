"""The CSV export says everything of an event in one row, and no cell of it runs in a spreadsheet."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.tables import make_event, make_table
from timeline_app.core.event import ActorRef, Claim, Excerpt, Link, Source
from timeline_app.core.filter import Filter
from timeline_app.core.table import EventTable
from timeline_app.readers.claim_cells import claims_of
from timeline_app.writers.csv_table import COLUMNS, guarded, joined, render_csv
from timeline_app.writers.event_words import claim_cell
from timeline_app.writers.options import WriteOptions


def rows_of(
    table: EventTable, wanted: Filter | None = None, options: WriteOptions | None = None
) -> list[dict[str, str]]:
    text = "".join(render_csv(table, wanted or Filter(), options or WriteOptions()))
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def test_every_column_of_an_event() -> None:
    event = make_event(
        "Pact",
        "2024-06",
        type_="agreement",
        actors=[ActorRef("Russia", "signatory"), ActorRef("North Korea")],
        place="Pyongyang",
        importance=5,
        summary="Two\nlines",
        tags=["pact", "a; b"],
        links=[Link("deployment", "leads-to"), Link("other")],
        excerpts=[Excerpt("first", "a"), Excerpt("second; with semicolon", "b")],
        claims=[Claim("troops sent", ("NATO", "United States"), value="10000", unit="people")],
    )
    (row,) = rows_of(make_table([event]))
    assert tuple(row) == COLUMNS
    assert row["start_earliest"] == "2024-06-01"
    assert row["end_latest"] == "2024-06-30"
    assert row["open_end"] == "false"
    assert row["precision"] == "month"
    assert row["actors"] == "Russia; North Korea"
    assert row["roles"] == "signatory; "
    assert row["summary"] == "Two\nlines"
    assert row["tags"] == r"pact; a\; b"
    assert row["excerpts"] == r"first; second\; with semicolon"
    assert row["excerpt_sources"] == "a; b"
    assert row["claims"] == "troops sent: 10000 people (NATO, United States)"
    assert row["citations"] == "a; b"
    assert row["disputed"] == ""
    assert row["links"] == "leads-to: deployment; other"
    assert row["match"] == "certain"


def test_what_is_claimed_differently_is_summed_up_in_a_column() -> None:
    figures = (
        ("A", "10", "killed"),
        ("B", "12", "killed"),
        ("A", "3", "hurt"),
        ("B", "4", "hurt"),
        ("A", "1", "taken"),
    )
    claims = [Claim(about, (name,), value=value) for name, value, about in figures]
    disputed, calm = rows_of(make_table([make_event("Raid", "2024", claims=claims), make_event("Calm", "2025")]))
    assert disputed["disputed"] == ("killed 10 to 12: 2 speakers, 2 figures; hurt 3 to 4: 2 speakers, 2 figures")
    assert calm["disputed"] == ""


def test_own_sources_go_by_the_names_that_they_are_filtered_by() -> None:
    own = [Source("source 1", publisher="Agency; Moscow"), Source("source 2", title="No publisher")]
    own += [Source("source 3", publisher="Daily"), Source("source 4", publisher="Daily"), Source("source 5")]
    excerpts = [Excerpt("x", "source 1"), Excerpt("y", "source 2"), Excerpt("z", "paper")]
    (row,) = rows_of(make_table([make_event(own_sources=own, excerpts=excerpts)]))
    assert row["excerpt_sources"] == r"Agency\; Moscow; source 2; paper"
    assert row["sources"] == "Daily; source 5"
    assert row["citations"] == r"Agency\; Moscow; “No publisher”; Daily; Daily; source 5; paper"


def test_what_a_file_said_beyond_the_format_stands_as_json() -> None:
    told, silent = rows_of(
        make_table([replace(make_event("A", "2023"), extra={"colour": "red"}), make_event("B", "2024")])
    )
    assert (told["extra"], silent["extra"]) == ('{"colour": "red"}', "")


def test_rows_obey_the_filter_and_come_in_time_order() -> None:
    table = make_table([make_event("Late", "2024-10"), make_event("Early", "2023"), make_event("Middle", "2024")])
    assert [row["title"] for row in rows_of(table)] == ["Early", "Middle", "Late"]
    assert [(row["title"], row["match"]) for row in rows_of(table, Filter(since="2024-09"))] == [
        ("Middle", "possible"),
        ("Late", "certain"),
    ]


def test_an_open_or_unknown_end_has_no_bound() -> None:
    going_on, unknown = rows_of(make_table([make_event("On", "2024/.."), make_event("Unknown", "2025/")]))
    assert (going_on["end_earliest"], going_on["end_latest"], going_on["open_end"]) == ("", "", "true")
    assert (unknown["end_latest"], unknown["open_end"]) == ("", "false")


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠"])
def test_cells_that_begin_like_formulas_are_guarded(first: str) -> None:
    assert guarded(f"{first}1+cmd") == f"'{first}1+cmd"


@pytest.mark.parametrize("cell", ["-12", "+3.5", "-1e6", "-0043", "", "plain", "a=b", "'quoted", "12-13"])
def test_numbers_and_plain_cells_are_not(cell: str) -> None:
    assert guarded(cell) == cell


def test_the_guard_can_be_turned_off() -> None:
    table = make_table([make_event("=1+1", "-0043-03-15")])
    assert rows_of(table)[0]["title"] == "'=1+1"
    assert rows_of(table)[0]["when"] == "'-0043-03-15"
    assert rows_of(table, options=WriteOptions(guard_formulas=False))[0]["title"] == "=1+1"


@pytest.mark.parametrize("title", ["a\rb", "a\nb", "a\r\nb"])
def test_a_line_break_of_any_kind_stays_within_its_cell(title: str) -> None:
    table = make_table([make_event(title, "2023"), make_event("next", "2024")])
    assert [row["title"] for row in rows_of(table)] == [title, "next"]


@given(st.lists(st.text(alphabet="ab;\\ \n\"'=,\0\r", min_size=1), min_size=1, max_size=4))
def test_joined_values_can_be_told_apart_again(values: list[str]) -> None:
    assert split(joined(values)) == values


def split(cell: str) -> list[str]:
    """Undo `joined` as its documentation describes it."""
    values = [""]
    characters = iter(cell)
    for character in characters:
        if character == "\\":
            values[-1] += next(characters)
        elif character == ";":
            assert next(characters) == " "
            values.append("")
        else:
            values[-1] += character
    return values


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        (Claim("troops sent", low="10000", high="19000", unit="people"), "troops sent: 10000 to 19000 people"),
        (Claim("troops sent", ("South Korea",), high="19000"), "troops sent: … to 19000 (South Korea)"),
        (Claim("deaths", ("UCDP",), "3", "0", "5", "people"), "deaths: 3 (0 to 5) people (UCDP)"),
        (Claim("deaths", (), "3", "", "5", "people"), "deaths: 3 (… to 5) people"),
        (Claim("deaths", (), "3", "0", "5"), "deaths: 3 (0 to 5)"),
        (Claim("cause", ("A", "B"), "unknown"), "cause: unknown (A, B)"),
    ],
)
def test_a_claim_cell_is_read_back(claim: Claim, words: str) -> None:
    assert claim_cell(claim) == words
    assert claims_of(joined([claim_cell(claim)])) == (claim,)


def test_bounds_that_say_no_more_than_the_figure_are_left_out() -> None:
    assert claim_cell(Claim("deaths", (), "3", "3", "3", "people")) == "deaths: 3 people"
    assert claim_cell(Claim("cause")) == "cause: "
