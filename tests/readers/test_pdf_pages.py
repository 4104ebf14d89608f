"""Pages become one text: sentences run on over page breaks, and nothing of a page's own words is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline_app.readers.pdf_pages import text_of_pages

LINE = "a line of the report that is as long as any other one"


def test_numbers_of_pages_do_not_part_a_sentence() -> None:
    pages = [f"{chr(97 + page)} {LINE}\n{LINE} {page} times\n{page + 6}" for page in range(4)]
    text = text_of_pages(pages)
    assert text.count(LINE) == 8
    assert "1 times\nc a line" in text
    assert not any(f"\n{number}\n" in text for number in range(6, 10))


def test_a_running_head_stays_once() -> None:
    pages = [f"Report 2024\n{chr(97 + page)} {LINE}\nChapter 4: Losses {page + 9}" for page in range(5)]
    text = text_of_pages(pages)
    assert (text.count("Report 2024"), text.count("Chapter 4: Losses")) == (1, 1)
    assert text.count(LINE) == 5


@pytest.mark.parametrize(
    "lines",
    [
        ["Total 12", "Total 12", "Total 13", "Total 19"],
        ["2014 2015", "2015 2016", "2016 2017", "2017 2018"],
        ["10", "12", "14", "16"],
        ["one", "one", "two", "two"],
    ],
)
def test_lines_that_count_no_pages_stay(lines: list[str]) -> None:
    text = text_of_pages(f"{LINE} {chr(97 + page)}\n{line}" for page, line in enumerate(lines))
    assert [text.count(f"\n{line}") for line in lines] == [lines.count(line) for line in lines]


def test_a_short_line_that_ends_a_sentence_ends_a_paragraph() -> None:
    assert text_of_pages([f"{LINE}\nends here.\n{LINE}", f"{LINE}\nends there.”\n{LINE}", "not here\nand on"]) == (
        f"{LINE}\nends here.\n\n{LINE}\n{LINE}\nends there.”\n\n{LINE}\nnot here\nand on"
    )


@pytest.mark.parametrize("pages", [[], [""], ["", " \n", ""]])
def test_of_empty_pages_there_is_nothing(pages: list[str]) -> None:
    assert text_of_pages(pages) == ""


@given(st.lists(st.text("ab1 .\n", max_size=40), max_size=2))
def test_of_two_pages_every_word_stays(pages: list[str]) -> None:
    assert text_of_pages(pages).split() == [word for page in pages for word in page.split()]
