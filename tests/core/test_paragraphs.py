"""Paragraphs stand between empty lines, and are quoted when a quotation has a character of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline_app.core.paragraphs import paragraph_places, quoted_paragraphs

TEXT = "\n one\ntwo\n\n  \nthree\r\n\r\nfour\n"


def test_paragraphs_stand_between_empty_lines() -> None:
    assert [TEXT[start:end].strip() for start, end in paragraph_places(TEXT)] == ["one\ntwo", "three", "four"]


@pytest.mark.parametrize(
    ("words", "quoted"), [("one", {0}), ("two", {0}), ("two\n\n  \nthree", {0, 1}), ("our", {2}), ("\n\n  \n", set())]
)
def test_a_paragraph_is_quoted_when_a_quotation_has_a_part_of_it(words: str, quoted: set[int]) -> None:
    start = TEXT.index(words)
    assert quoted_paragraphs(paragraph_places(TEXT), [(start, start + len(words))]) == quoted


@given(st.text("ab \n\r", max_size=60))
def test_every_letter_is_in_just_one_paragraph(text: str) -> None:
    places = paragraph_places(text)
    inside = [place for start, end in places for place in range(start, end)]
    assert len(set(inside)) == len(inside)
    assert {place for place, letter in enumerate(text) if not letter.isspace()} <= set(inside)
    assert all("\n\n" not in text[start:end] for start, end in places)
    assert quoted_paragraphs(places, places) == set(range(len(places)))
    assert quoted_paragraphs(places, []) == frozenset()
