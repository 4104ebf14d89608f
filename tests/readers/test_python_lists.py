"""Lists as Python writes them into cells are read as such, without a word on the terminal."""

from __future__ import annotations

import warnings

import pytest

from timeline_app.readers.python_lists import python_list


@pytest.mark.parametrize(
    "values",
    [
        ["Russia", "Ukraine"],
        ["it's", 'it"s'],
        ["C:\\dir", "C:\\new", "a\\\\b", "line\nend\ttab", "\x07\x00", "é한🕊"],
        [{"name": "Russia", "role": None}],
    ],
)
def test_what_python_writes_comes_back(values: list[object]) -> None:
    assert python_list(repr(values)) == values


@pytest.mark.parametrize("text", ["['C:\\dir', 'a\\7b']", "['\\777']", "['\\N{x}']"])
def test_a_backslash_that_is_no_escape_stands_for_itself(text: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = python_list(text)
    assert found == [part.strip("'") for part in text[1:-1].split(", ")]


@pytest.mark.parametrize("text", ["[1, 2]", "[Russia, Ukraine]", "['a'", "['a'].pop()", "['a' + b]", "[" * 3_000 + "]"])
def test_anything_else_is_no_list(text: str) -> None:
    assert python_list(text) is None
