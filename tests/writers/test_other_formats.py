"""What other programs are given: calendars, slides, Markwhen, maps, tables and reports that hold to their formats."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.one_origin import INDEPENDENCE, one_origin_table
from tests.helpers.tables import make_dataset, make_event, make_table
from timeline_app.core.actors import Gazetteer
from timeline_app.core.build import build_table
from timeline_app.core.errors import WriteError
from timeline_app.core.event import ActorRef, Basis, Between, Claim, Event, Excerpt, Link, Source, Verified
from timeline_app.core.filter import Filter, Match
from timeline_app.core.source_document import DocumentState, SourceDocument
from timeline_app.core.table import EventTable
from timeline_app.readers import read
from timeline_app.writers import export
from timeline_app.writers.filter_words import filter_words
from timeline_app.writers.icalendar import folded, render_icalendar
from timeline_app.writers.markdown_report import render_markdown
from timeline_app.writers.markup import html_text, markdown_line, markdown_text
from timeline_app.writers.markwhen import render_markwhen
from timeline_app.writers.options import WriteOptions
from timeline_app.writers.parquet import COLUMNS, rows_as_json
from timeline_app.writers.timelinejs import counted_year, render_timelinejs, slide

PAPER = Source("paper", title="The <Paper>", author="A. B.", publisher="P", url="https://example.org/a?b=1&c=2")
HOSTILE = "<script>alert(1)</script> [x](javascript:y) # `*_|~ www.a.b a@b.c http://x"
PACT = make_event(
    "Pact",
    "2024-06",
    type_="agreement",
    actors=[ActorRef("Russia", "signatory"), "North Korea"],
    place="Pyongyang",
    importance=5,
    summary="Two\nlines",
    tags=["arms", "aid"],
    links=[Link("deployment", "leads to")],
    excerpts=[Excerpt("the exact words", "paper", locator="par. 4")],
    claims=[Claim("troops | sent", ("NATO",), low="10000", high="19000", unit="people", source="paper")],
)


def table_of(*events: Event, title: str = "Test") -> EventTable:
    return build_table([make_dataset(events, title=title, sources=[PAPER])], Gazetteer(()))


def calendar(*events: Event) -> str:
    return "".join(render_icalendar(table_of(*events), Filter(), WriteOptions()))


def report(*events: Event, wanted: Filter | None = None) -> str:
    return "".join(render_markdown(table_of(*events), wanted or Filter(), WriteOptions()))


def unfolded(text: str) -> list[str]:
    return text.replace("\r\n ", "").split("\r\n")


# Calendars


def test_a_month_stands_over_all_its_days_and_says_what_it_is() -> None:
    lines = unfolded(calendar(PACT))
    assert {"DTSTART;VALUE=DATE:20240601", "DTEND;VALUE=DATE:20240701", "X-EDTF:2024-06", "SUMMARY:Pact"} <= set(lines)
    assert {"CATEGORIES:agreement,arms,aid", "PRIORITY:1", "LOCATION:Pyongyang", "TRANSP:TRANSPARENT"} <= set(lines)
    assert "URL:https://example.org/a?b=1&c=2" in lines
    (description,) = [line for line in lines if line.startswith("DESCRIPTION:")]
    assert "Two\\nlines" in description
    assert "“the exact words” — A. B.\\, “The <Paper>”" in description
    assert "troops | sent: 10000 to 19000 people (NATO)" in description


@pytest.mark.parametrize(
    ("when", "lines"),
    [
        ("2024-12-31", ["DTSTART;VALUE=DATE:20241231", "DTEND;VALUE=DATE:20250101"]),
        ("2024-06-19/2024-06-20", ["DTSTART;VALUE=DATE:20240619", "DTEND;VALUE=DATE:20240621"]),
        ("2024-06-19T14:30", ["DTSTART:20240619T143000"]),
        ("2024-06-19T01:30+03:00/2024-06-19T02:00+03:00", ["DTSTART:20240618T223000Z", "DTEND:20240618T230000Z"]),
        ("2024-06-19/..", ["DTSTART;VALUE=DATE:20240619", "DTEND;VALUE=DATE:20240620", "X-EDTF:2024-06-19/.."]),
        ("0044-03-15", ["DTSTART;VALUE=DATE:00440315", "DTEND;VALUE=DATE:00440316"]),
    ],
)
def test_days_end_on_the_day_after_and_times_where_they_do(when: str, lines: list[str]) -> None:
    assert set(lines) <= set(unfolded(calendar(make_event("A", when))))


def test_a_calendar_is_the_same_whenever_it_is_written_and_its_ids_are_its_own() -> None:
    assert calendar(PACT) == calendar(PACT)
    first, second = (
        "".join(render_icalendar(table_of(PACT, title=title), Filter(), WriteOptions())) for title in ("One", "Two")
    )
    uids = [re.findall(r"UID:pact@(\w{12})\.conflict-timeline", text) for text in (first, second)]
    assert len({uid for (uid,) in uids}) == 2


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=300))
def test_a_line_is_folded_between_characters(line: str) -> None:
    pieces = folded(line).removesuffix("\r\n").split("\r\n")
    assert all(len(piece.encode()) <= 75 for piece in pieces)
    assert "".join([pieces[0], *(piece[1:] for piece in pieces[1:])]) == line


def test_nothing_breaks_out_of_a_value() -> None:
    text = calendar(make_event("A\r\nEND:VEVENT; b, c\\d \x07", summary="x\r\nDTSTART:1"))
    assert "SUMMARY:A END:VEVENT\\; b\\, c\\\\d \ufffd" in unfolded(text)
    assert text.count("\r\nEND:VEVENT\r\n") == 1
    assert not re.search(r"[^\r]\n", text)


def test_a_calendar_without_any_event_that_it_can_hold_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "a.ics"
    with pytest.raises(WriteError, match="no years before 1"):
        export(table_of(make_event("Caesar", "-0043")), Filter(), path)
    assert not path.exists()


# TimelineJS


def slides(*events: Event) -> dict[str, Any]:
    found: dict[str, Any] = json.loads("".join(render_timelinejs(table_of(*events), Filter(), WriteOptions())))
    return found


def test_a_slide_has_what_timelinejs_shows() -> None:
    (found,) = slides(PACT)["events"]
    assert found["start_date"] == {"year": 2024, "month": 6}
    assert found["group"] == "agreement"
    assert found["media"] == {
        "url": "https://example.org/a?b=1&c=2",
        "caption": "The &lt;Paper&gt;",
        "credit": "A. B., P",
    }
    assert "<blockquote>the exact words</blockquote>" in found["text"]["text"]
    assert "<p>Actors: Russia (signatory), North Korea</p>" in found["text"]["text"]
    assert "display_date" not in found


def test_what_timelinejs_cannot_say_of_a_date_stands_in_words() -> None:
    found = slide(make_event("A", "2024-06~/.."), table_of())
    assert found["display_date"] == "since around June 2024"
    assert "end_date" not in found


@pytest.mark.parametrize(
    ("year", "counted"), [(2024, 2024), (1, 1), (0, -1), (-43, -44), (-13_800_000_000, -13_800_000_000)]
)
def test_there_is_no_year_0(year: int, counted: int) -> None:
    assert counted_year(year) == counted


def test_a_timeline_of_ages_is_cosmological() -> None:
    found = slides(make_event("Bang", "Y-13800000000"), PACT)
    assert found["scale"] == "cosmological"
    assert [event["start_date"] for event in found["events"]] == [{"year": -13_800_000_000}, {"year": 2024}]
    assert found["events"][1]["display_date"] == "June 2024"


def test_no_text_becomes_markup() -> None:
    hostile = make_event(HOSTILE, summary=HOSTILE, excerpts=[Excerpt(HOSTILE, "paper")])
    (found,) = slides(hostile)["events"]
    assert not re.search(
        "<(?!/?(?:p|blockquote|a)>|a href=.https://)", found["text"]["headline"] + found["text"]["text"]
    )
    assert "</script" not in "".join(render_timelinejs(table_of(hostile), Filter(), WriteOptions()))
    assert html_text("<a href='x'>&\"\n") == "&lt;a href=&#39;x&#39;&gt;&amp;&quot;<br>"


# Markwhen


def test_markwhen_has_an_event_a_line_with_its_tags() -> None:
    events = (PACT, make_event("See #5 // and !it", "2024-07-01T14:30Z/.."))
    text = "".join(render_markwhen(table_of(*events), Filter(), WriteOptions()))
    assert text.startswith("title: Test\n\n2024-06: Pact #arms #aid\nid: pact\ntype: agreement\nplace: Pyongyang\n")
    assert "\n2024-07-01T14:30:00Z - now: See ＃5 ／／ and ！it\n" in text


@pytest.mark.parametrize(
    ("when", "head", "needs_edtf"),
    [
        ("2024-06/..", "2024-06/now", True),
        ("2024-06-19T14:30", "2024-06-19 14:30", False),
        ("2024-06-19T14:30/2024-06-20", "2024-06-19 14:30 / 2024-06-20", False),
        ("2024-06-19T14:30:15", "2024-06-19 14:30", True),
        ("2024-06-19T14", "2024-06-19 14:00", True),
        ("2024-06-19T14:30:00Z", "2024-06-19T14:30:00Z", False),
        ("2024-01-01T01:30+03:00/2024-01-02T01:30+03:00", "2023-12-31T22:30:00Z - 2024-01-01T22:30:00Z", True),
    ],
)
def test_markwhen_is_given_dates_as_it_reads_them(tmp_path: Path, when: str, head: str, needs_edtf: bool) -> None:
    export(table_of(make_event("A", when)), Filter(), tmp_path / "a.mw")
    text = (tmp_path / "a.mw").read_text(encoding="utf-8")
    assert f"\n{head}: A\n" in text
    assert (f"\nedtf: {when}\n" in text) is needs_edtf
    assert [event.when.text for event in read(tmp_path / "a.mw").events] == [when]


# Maps and tables


def test_a_feature_without_a_location_has_no_geometry(tmp_path: Path) -> None:
    export(table_of(PACT), Filter(), tmp_path / "a.geojson")
    (feature,) = json.loads((tmp_path / "a.geojson").read_text(encoding="utf-8"))["features"]
    assert (feature["id"], feature["geometry"]) == ("pact", None)
    assert feature["properties"]["sources"][0]["title"] == "The <Paper>"


def test_a_parquet_file_has_typed_columns(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    export(table_of(PACT, make_event("Bang", "Y-13800000000"), make_event("On", "2024/..")), Filter(), path)
    found = duckdb.read_parquet(str(path))
    assert found.columns == list(COLUMNS)
    kinds = dict(zip(found.columns, map(str, found.types), strict=True))
    assert (kinds["start_earliest"], kinds["importance"], kinds["latitude"]) == ("TIMESTAMP", "TINYINT", "DOUBLE")
    assert kinds["tags"] == "VARCHAR[]"
    rows = dict(zip(found.columns, zip(*found.fetchall(), strict=True), strict=True))
    assert [str(start) for start in rows["start_earliest"]] == ["None", "2024-01-01 00:00:00", "2024-06-01 00:00:00"]
    assert [str(end) for end in rows["end_latest"]] == ["None", "None", "2024-06-30 23:59:59"]
    assert rows["claims"][2][0]["low"] == "10000"
    assert rows["disputed"] == ([], [], [])


def test_a_parquet_file_says_what_competing_claims_come_to(tmp_path: Path) -> None:
    claims = [Claim("troops", (by,), value, unit="people") for by, value in (("NATO", "10000"), ("Kyiv", "12000"))]
    path = tmp_path / "a.parquet"
    export(table_of(make_event("Pact", claims=claims)), Filter(), path)
    assert duckdb.read_parquet(str(path)).project("disputed").fetchall() == [
        (["troops 10,000 to 12,000: 2 speakers, 2 figures"],)
    ]
    assert read(path).events[0].extra == {}


def test_a_file_of_bytes_shows_its_rows_as_lines() -> None:
    (line,) = rows_as_json(table_of(PACT), Filter())
    assert list(json.loads(line)) == list(COLUMNS)


# The report


def test_a_report_has_years_words_claims_and_footnotes() -> None:
    text = report(PACT, make_event("Later", "2025", excerpts=[Excerpt("other words", "paper")]))
    assert text.startswith("# Test\n\n2 events.\n\n## 2024\n\n### June 2024: Pact\n")
    assert "\n- Actors: Russia (signatory), North Korea\n" in text
    assert "\nTwo\\\nlines\n" in text
    assert "\n> the exact words\n>\n> par. 4[^1]\n" in text
    assert "\n| troops \\| sent | 10000 to 19000 people | NATO | [^1] |\n" in text
    assert "\n> other words[^1]\n" in text
    assert text.endswith("\n## Sources\n\n[^1]: A. B., “The \\<Paper\\>”, P, <https://example.org/a?b=1&c=2>\n")


def test_a_report_says_what_was_filtered() -> None:
    text = report(PACT, make_event("Later", "2025"), wanted=Filter(since="2025", types=("agreement", ""), find=("x",)))
    assert "0 of 2 events: of the type agreement or , containing “x”, from 2025." in text
    assert filter_words(Filter()) == ""
    both = Filter(actors=("A", "B"), match=Match.ALL, until="2024-06", certain=True, min_importance=4)
    assert filter_words(both) == "with A and B, to June 2024, surely within these dates, of importance 4 or higher"


def test_markdown_counts_sources_of_one_origin_once() -> None:
    assert f"\n- Sources: {INDEPENDENCE}\n" in "".join(render_markdown(one_origin_table(), Filter(), WriteOptions()))


def test_markdown_quotes_the_words_of_a_claim_that_no_excerpt_has() -> None:
    claims = [
        Claim("hits", ("NATO",), value="41", excerpt="He counted 41 hits.", verified=Verified.MISSING),
        Claim("hits", value="7", excerpt="seven"),
    ]
    text = report(make_event("A", "2024", claims=claims, excerpts=[Excerpt("some seven hits")]))
    assert "| hits | 41: “He counted 41 hits.” · ✗ not found in the document | NATO |  |" in text
    assert "| hits | 7 |  |  |" in text


def test_a_hostile_text_shows_as_it_is_in_markdown() -> None:
    assert markdown_line("# <b> [a](b)\n1. x") == "\\# \\<b\\> \\[a\\](b) 1. x"
    assert markdown_text("1. x\n- y\n    code\n===") == "1\\. x\\\n\\- y\\\ncode\\\n\\==="
    assert markdown_text("http://a www.b c@d") == "http\\://a www\\.b c\\@d"
    assert not re.search(
        r"(?<!\\)<(?!https?://)", report(make_event(HOSTILE, summary=HOSTILE, excerpts=[Excerpt(HOSTILE)]))
    )


def test_an_empty_table_gives_whole_files() -> None:
    table = make_table([])
    for render in (render_icalendar, render_markwhen, render_markdown, render_timelinejs):
        assert "".join(render(table, Filter(), WriteOptions()))


def test_a_report_says_how_dates_are_known_and_whether_words_were_found() -> None:
    changed = SourceDocument("/", "a.txt", DocumentState.CHANGED)
    paper = Source("paper", title="Paper", published="2024-11-01", document=changed)
    gone = Source(
        "gone", document=SourceDocument("/", "b.txt", DocumentState.UNREADABLE, why="b.txt: there is no such file")
    )
    inferred = make_event(
        "Pact",
        "2024-06",
        basis=Basis.INFERRED,
        excerpts=[Excerpt("a", "paper", "par. 4", verified=Verified.NEAR), Excerpt("b", "gone"), Excerpt("c")],
    )
    between = replace(make_event("Whispers", "2024-07"), between=Between("pact", "vote"))
    events = [replace(inferred, phrase="in June", anchor="paper"), between, make_event("Vote", "2024-08")]
    table = build_table([make_dataset(events, sources=[paper, gone])], Gazetteer(()))
    text = "".join(render_markdown(table, Filter(), WriteOptions()))
    because = "because the source is dated 1 November 2024 (the last June up to then)"
    assert f"- Basis of the date: Inferred: “in June” → June 2024, {because}\n" in text
    assert "- Basis of the date: Worked out: after “pact”, before “vote”\n" in text
    assert text.count("Basis of the date") == 2
    nearly = "≈ nearly the same in the document; the document has changed since its hash was recorded"
    assert f"> a\n>\n> par. 4 · {nearly}[^1]\n" in text
    assert "> b\n>\n> ✗ b.txt: there is no such file[^2]\n" in text
    assert "> c\n" in text
