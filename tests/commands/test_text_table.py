"""Columns stand one below the other whatever the script, and a terminal's width is kept."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline_app.commands import text_table
from timeline_app.commands.text_table import aligned, cut, text_columns

ROWS = [("June 2024", "Mutual assistance pact of two states", "Russia, North Korea", "pact"), ("2025", "x", "", "y")]
HEADS = ("WHEN", "TITLE", "ACTORS", "ID")


@pytest.mark.parametrize(
    ("text", "columns"), [("", 0), ("plain", 5), ("평양", 4), ("e\u0301", 1), ("Š", 1), ("ＡＢ", 4), ("क\u094dष", 2)]
)
def test_columns_of_a_text(text: str, columns: int) -> None:
    assert text_columns(text) == columns


@pytest.mark.parametrize(
    ("text", "columns", "kept"),
    [
        ("plain", 5, "plain"),
        ("plainer", 5, "plai…"),
        ("a bcd", 3, "a…"),
        ("평양평양", 5, "평양…"),
        ("평양평양", 4, "평…"),
    ],
)
def test_a_long_text_is_cut_with_an_ellipsis(text: str, columns: int, kept: str) -> None:
    assert cut(text, columns) == kept


def test_without_a_terminal_nothing_is_cut() -> None:
    head, first, second = aligned(HEADS, ROWS, columns=None, shrinking=(1, 2))
    assert first == "June 2024  Mutual assistance pact of two states  Russia, North Korea  pact"
    assert head.index("ID") == first.rindex("pact") == second.index("y")


def test_in_a_terminal_the_widest_column_gives_way() -> None:
    head, first, _second = aligned(HEADS, ROWS, columns=60, shrinking=(1, 2))
    assert first == "June 2024  Mutual assistance pac…  Russia, North Korea  pact"
    assert head.startswith("WHEN       TITLE")


def test_wide_characters_keep_the_columns_straight() -> None:
    _, first, second = aligned(("A", "B"), [("평양", "x"), ("abcd", "y")], columns=None, shrinking=(0,))
    assert first == "평양  x"
    assert second == "abcd  y"


def test_a_long_table_is_laid_out_a_page_at_a_time_and_never_becomes_narrower(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_table, "PAGE_ROWS", 2)
    taken: list[str] = []

    def rows() -> Iterator[tuple[str, str]]:
        for name in ("a", "bb", "long name", "c", "d"):
            taken.append(name)
            yield name, "x"

    lines = aligned(("NAME", "B"), rows(), columns=None, shrinking=(0,))
    assert [next(lines) for _ in range(3)] == ["NAME  B", "a     x", "bb    x"]
    assert taken == ["a", "bb"]
    assert list(lines) == ["long name  x", "c          x", "d          x"]


def test_control_characters_are_shown_before_they_are_measured() -> None:
    _, line = aligned(("A", "B"), [("\u202e", "x")], columns=None, shrinking=(0,))
    assert line == "⟦202E⟧  x"


@given(st.lists(st.tuples(st.text(), st.text(), st.text()), max_size=5), st.integers(40, 120))
def test_no_line_is_wider_than_the_terminal(rows: list[tuple[str, str, str]], columns: int) -> None:
    for line in aligned(("A", "B", "C"), rows, columns=columns, shrinking=(1, 2)):
        assert text_columns(line) <= columns
        assert line.isprintable() or not set(line) & {"\n", "\r", "\x1b"}
