"""Tests of cells that are put together, and of those that are taken apart in the table's own way."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline_app.readers.joined_cells import joined_cell, list_cell, separated_cell
from timeline_app.readers.list_cells import entries


@pytest.mark.parametrize(
    ("field", "cells", "joined"),
    [
        ("actors", ("A; B", "C"), "A;B;C"),
        ("actors", ("A", ""), "A"),
        ("tags", ('["x;y", "z"]', "w"), "x\\;y;z;w"),
        ("place", ("Kursk", "", "Russia"), "Kursk, Russia"),
        ("title", ("Battle of ", "Kursk"), "Battle of Kursk"),
        ("summary", ("One.", "Two."), "One.\n\nTwo."),
    ],
)
def test_cells_of_several_columns_are_one(field: str, cells: tuple[str, ...], joined: str) -> None:
    assert joined_cell(field, cells) == joined


def test_a_separator_of_the_table_is_the_only_one() -> None:
    assert entries(separated_cell("P, Q; R|S, T", ",")) == ["P", "Q; R|S", "T"]


@given(st.lists(st.text('ab;|\\[]{} "', min_size=1).map(str.strip).filter(bool)))
def test_any_list_comes_back(values: list[str]) -> None:
    assert entries(list_cell(values)) == values


@pytest.mark.parametrize(
    ("cell", "values"),
    [
        ("['Russia', \"Côte d'Ivoire\"]", ["Russia", "Côte d'Ivoire"]),
        ("['Russia' 'Ukraine'\n 'Mali']", ["Russia", "Ukraine", "Mali"]),
        ("[{'name': 'Russia', 'role': None}]", [{"name": "Russia", "role": None}]),
        ("['Russia', nan]", ["['Russia', nan]"]),
        ("[sic], he said", ["[sic], he said"]),
        ("['a'" + "[" * 5000 + "]", ["['a'" + "[" * 5000 + "]"]),
    ],
)
def test_lists_as_python_writes_them(cell: str, values: list[object]) -> None:
    assert entries(cell) == values
