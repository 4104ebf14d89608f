"""Pages become one text: sentences run on over page breaks, and nothing of a page's own words is lost."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline_app.readers.pdf_pages import text_of_pages

LINE = "a line of the report that is as long as any other one"
NUMERALS = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"]

# How the page at a place, from 0, of so many says its number, and that is all that the line says.
NUMBERS_OF_PAGES = {
    "bare": "{number}",
    "dashes": "– {number} –",
    "brackets": "[{number}]",
    "word": "Page {number}",
    "short word": "p. {number}",
    "of": "{number} of {count}",
    "word of": "Page {number} of {count}",
    "slash": "{number}/{count}",
    "German": "Seite {number} von {count}",
    "Russian": "стр. {number}",
    "Chinese": "第{number}页共{count}页",
    "roman": "{numeral}",
    "roman in dashes": "- {numeral} -",
}
# What else stands on every page, or on every other one.
HEADS = {
    "none": ("", ""),
    "title": ("The War in the North", "The War in the North"),
    "left and right": ("Ann Author", "The War in the North"),
    "left and right with numbers": ("{number} Ann Author", "The War in the North {number}"),
    "numbers and a year": ("{number} Report 2024", "Report 2024 {number}"),
}


def pages_of(body: list[list[str]], head: tuple[str, str], foot: str, first: int = 1) -> list[str]:
    """Set lines in pages with a head and a foot each, the first page under the number `first`."""
    pages = []
    for page, lines in enumerate(body):
        said = {"number": page + first, "count": len(body) + first - 1, "numeral": NUMERALS[(page + first - 1) % 12]}
        edges = head[page % 2].format(**said), foot.format(**said)
        pages.append("\n".join(filter(None, (edges[0], *lines, edges[1]))))
    return pages


def body_of(sizes: list[int], ends: list[bool]) -> list[list[str]]:
    """Make lines for pages of so many, each unlike any other, some of which end a sentence."""
    said = iter(zip(range(10_000), ends * 10_000, strict=False))
    return [[f"line {number:x}q of what is said{'.' if ends_it else ''}" for number, ends_it in
             (next(said) for _ in range(size))] for size in sizes]  # fmt: skip


@pytest.mark.parametrize("number", NUMBERS_OF_PAGES.values(), ids=NUMBERS_OF_PAGES)
@pytest.mark.parametrize("at_head", [True, False])
@pytest.mark.parametrize("first", [1, 2])
def test_numbers_of_pages_do_not_part_a_sentence(number: str, at_head: bool, first: int) -> None:
    body = [[f"{chr(97 + page)} {LINE}", f"{LINE} {page} times"] for page in range(4)]
    pages = pages_of(body, (number, number), "", first) if at_head else pages_of(body, ("", ""), number, first)
    assert text_of_pages(pages) == "\n".join(line for lines in body for line in lines)


@given(
    st.sampled_from(list(HEADS.values())),
    st.sampled_from(["", *NUMBERS_OF_PAGES.values()]),
    st.lists(st.integers(3, 5), min_size=1, max_size=8),
    st.lists(st.booleans(), min_size=1, max_size=4),
    st.integers(1, 4),
)
def test_lines_of_the_text_all_stay_in_their_order_and_no_sentence_is_parted(
    head: tuple[str, str], foot: str, sizes: list[int], ends: list[bool], first: int
) -> None:
    body = [line for lines in body_of(sizes, ends) for line in lines]
    text = text_of_pages(pages_of(body_of(sizes, ends), head, foot, first))
    assert [line for line in text.splitlines() if line in set(body)] == body
    if head[0] == head[1]:
        for line, following in pairwise(body):
            assert line.endswith(".") or f"{line}\n{following}" in text


@given(
    st.lists(st.lists(st.sampled_from(["", "11", "12", "13", "2014", "a", "b c", "a 12", "5 a", "Yes."])), max_size=6)
)
def test_nothing_is_lost_but_numbers_of_pages_and_what_stands_there_still(pages: list[list[str]]) -> None:
    given_lines = Counter(line for lines in pages for line in lines if line)
    kept = Counter(line for line in text_of_pages(map("\n".join, pages)).splitlines() if line)
    numbers = {"11", "12", "13"}
    lost = given_lines - kept
    assert set(lost) <= set(kept) - {"2014"} | numbers
    # What counts with three pages has three numbers.
    assert not numbers & set(lost) or numbers <= set(lost)
    assert not kept - given_lines


def test_a_running_head_stays_once_and_parts_no_sentence() -> None:
    pages = [
        f"Report 2024\n{chr(97 + page)} {LINE}\n{LINE} {page:x}f\nChapter 4: Losses of spring {page + 9}"
        for page in range(5)
    ]
    text = text_of_pages(pages)
    assert (text.count("Report 2024"), text.count("Chapter 4: Losses of spring")) == (1, 1)
    assert f"{LINE} 0f\nb {LINE}" in text
    assert text.count(LINE) == 10


def test_left_and_right_pages_have_heads_of_their_own() -> None:
    pages = [f"{head}\n{page:x}f {LINE}\n{LINE} {page:x}f" for page, head in enumerate(["Ann Author", "The War"] * 3)]
    text = text_of_pages(pages)
    assert (text.count("Ann Author"), text.count("The War"), text.count(LINE)) == (1, 1, 12)
    assert f"{LINE} 2f\n3f {LINE}" in text


def test_a_line_that_comes_again_far_away_is_no_head() -> None:
    pages = [f"{'Yes.' if page % 5 == 0 else f'So {page:x}f'}\n{LINE} {page:x}f" for page in range(15)]
    assert text_of_pages(pages).count("Yes.") == 3


@pytest.mark.parametrize(
    "lines",
    [
        ["Total 12", "Total 12", "Total 13", "Total 19"],
        ["2014 2015", "2015 2016", "2016 2017", "2017 2018"],
        ["2014", "2015", "2016", "2017"],
        ["3/2024", "4/2024", "5/2024", "6/2024"],
        ["3/12", "4/12", "5/12", "6/12"],
        ["1.2024", "2.2024", "3.2024", "4.2024"],
        ["01.03.2024", "02.03.2024", "03.03.2024", "04.03.2024"],
        ["2024-03-01", "2024-03-02", "2024-03-03", "2024-03-04"],
        ["12 March", "13 March", "14 March", "15 March"],
        [
            "Morning of 12 March 2024",
            "Morning of 13 March 2024",
            "Morning of 14 March 2024",
            "Morning of 15 March 2024",
        ],
        ["12 March 2024", "13 March 2024", "14 March 2024", "15 March 2024"],
        ["Day 3", "Day 4", "Day 5", "Day 6"],
        ["1.5", "2.5", "3.5", "4.5"],
        ["1,200", "2,200", "3,200", "4,200"],
        ["10", "12", "14", "16"],
        ["10", "10", "10", "10"],
        ["one", "one", "two", "two"],
    ],
)
def test_lines_that_count_no_pages_stay(lines: list[str]) -> None:
    text = text_of_pages(f"{LINE} {chr(97 + page)}\n{line}" for page, line in enumerate(lines))
    assert [text.splitlines().count(line) for line in lines] == [lines.count(line) for line in lines]


def test_what_counts_beside_the_numbers_of_pages_is_none() -> None:
    pages = [f"Interview with the witness {page}\n{LINE} {page:x}f\n{page}" for page in range(1, 6)]
    text = text_of_pages(pages)
    assert [f"witness {page}" in text for page in range(1, 6)] == [True] * 5
    assert not re.search(r"^\d+$", text, re.MULTILINE)


def test_a_year_alone_stands_after_the_sentence_that_it_would_part() -> None:
    pages = [f"{LINE} {name}\n{2014 + page}" for page, name in enumerate(["a", "b.", "c"])]
    assert text_of_pages(pages) == f"{LINE} a\n{LINE} b.\n\n2014\n\n2015\n\n{LINE} c\n\n2016"
    ended = [f"{2014 + page}\n{LINE} {page:x}f." for page in range(3)]
    assert text_of_pages(ended) == "\n\n".join(f"{2014 + page}\n\n{LINE} {page:x}f." for page in range(3))


def test_of_two_pages_heads_stand_after_the_sentence() -> None:
    assert text_of_pages([f"The War\n{LINE} a\n1 of 2", f"The War\nends.\n{LINE} b\n2 of 2"]) == (
        f"The War\n\n{LINE} a\nends.\n\n1 of 2\n\nThe War\n\n{LINE} b\n\n2 of 2"
    )


def test_a_short_line_that_ends_a_sentence_ends_a_paragraph() -> None:
    assert text_of_pages([f"{LINE}\nends here.\n{LINE}", f"{LINE}\nends there.”\n{LINE}", "not here\nand on"]) == (
        f"{LINE}\nends here.\n\n{LINE}\n{LINE}\nends there.”\n\n{LINE}\nnot here\nand on"
    )


@pytest.mark.parametrize("pages", [[], [""], ["", " \n", ""]])
def test_of_empty_pages_there_is_nothing(pages: list[str]) -> None:
    assert text_of_pages(pages) == ""


@given(st.lists(st.text("ab1 .\n", max_size=40), max_size=2))
def test_of_two_pages_every_word_stays(pages: list[str]) -> None:
    assert Counter(text_of_pages(pages).split()) == Counter(word for page in pages for word in page.split())
