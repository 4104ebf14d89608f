"""A citation names who wrote what, when and where, and gives the exact words, as text that cannot deceive."""

from __future__ import annotations

import pytest

from tests.helpers.tables import make_event
from timeline_app.core.citation import citation, date_words, event_citation, quiet_lines, source_details, source_heading
from timeline_app.core.event import Excerpt, Source

WHOLE = Source(
    "v",
    title="Korean Troops Mark a New Escalation",
    author="Eric Vandenbroeck",
    publisher="A Paper",
    url="https://example.org/a",
    published="2024-11-01~",
    retrieved="2024-11-05",
)


def test_everything_that_is_known() -> None:
    assert citation(Excerpt("Putin and Kim signed a pact.", "v", "par. 4"), WHOLE) == (
        "Eric Vandenbroeck, “Korean Troops Mark a New Escalation”, A Paper, around 1 November 2024, "
        "retrieved 5 November 2024, https://example.org/a, par. 4: “Putin and Kim signed a pact.”"
    )


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (Source("key"), "key: “words”"),
        (Source("key", title="T"), "“T”: “words”"),
        (Source("key", author="A", published="some day"), "A, some day: “words”"),
        (None, "nowhere: “words”"),
    ],
)
def test_what_is_unknown_is_left_out(source: Source | None, expected: str) -> None:
    assert citation(Excerpt("words", "nowhere"), source) == expected


def test_an_excerpt_without_source_is_only_words() -> None:
    assert citation(Excerpt("words"), None) == "“words”"


def test_lines_and_controls_do_not_get_through() -> None:
    said = citation(Excerpt("one\n  two\u202e", "v"), Source("v", title="T\x1b[2J"))
    assert said == "“T⟦001B⟧[2J”: “one two⟦202E⟧”"


def test_a_field_from_right_to_left_is_isolated() -> None:
    said = citation(Excerpt("سلام", "v"), Source("v", author="אבג", title="Title", published="2024"))
    assert said == "\u2068אבג\u2069, “Title”, 2024: “\u2068سلام\u2069”"


def test_an_event_without_excerpt() -> None:
    assert event_citation(make_event("A pact", "2024-06")) == "A pact (June 2024)"


@pytest.mark.parametrize(("edtf", "words"), [("", ""), ("2024-11", "November 2024"), ("last week", "last week")])
def test_a_sources_date_in_words(edtf: str, words: str) -> None:
    assert date_words(edtf) == words


@pytest.mark.parametrize(
    ("source", "heading", "details"),
    [
        (Source("k", title="T", publisher="P", url="https://example.org/a"), "T", ["P"]),
        (Source("example-org-a", publisher="example.org", url="https://example.org/a"), "example.org", []),
        (Source("k", publisher="P", published="2024"), "k", ["P", "2024"]),
        (Source("k"), "k", []),
    ],
)
def test_a_source_without_a_title_is_called_by_its_site_where_it_has_an_address(
    source: Source, heading: str, details: list[str]
) -> None:
    assert (source_heading(source), source_details(source, "")) == (heading, details)


@pytest.mark.parametrize(
    ("details", "lines"),
    [
        ([], []),
        (["Reuters", "2 March 2024", "par. 4"], ["Reuters · 2 March 2024 · par. 4"]),
        (["دار النشر", "2 March 2024", "par. 4"], ["دار النشر", "2 March 2024 · par. 4"]),
        (["2 March 2024", "הארץ", "ص 4"], ["2 March 2024", "הארץ", "ص 4"]),
    ],
)
def test_a_detail_from_right_to_left_has_a_line_of_its_own(details: list[str], lines: list[str]) -> None:
    assert quiet_lines(details) == lines
