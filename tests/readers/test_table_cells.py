"""Tests of the cells of a table by column: those that stand in its bytes are those that the csv module gives."""

from __future__ import annotations

import csv
import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline_app.core.arrays import Int64Array, NDArray
from timeline_app.readers import equal_stretches
from timeline_app.readers.coded import Coded
from timeline_app.readers.equal_stretches import Stretches, number_alike
from timeline_app.readers.row_split import split_rows
from timeline_app.readers.table_cells import ParsedCells, PlacedCells, TableCells

NAMES = ("first", "second", "third")
CELL = st.one_of(
    st.sampled_from(
        [
            "",
            " ",
            "a",
            "b",
            "ab",
            'say "a";"b"',
            ";",
            "\u00a0",
            "x" * 8,
            "x" * 9,
            "y" * 64,
            "y" * 65,
            "z" * 300,
            "2024-06-19",
            "2024-06-19;1999-12-31",
        ]
    ),
    st.text(st.sampled_from('ab";, \n'), max_size=20),
)
ROWS = st.lists(st.tuples(CELL, CELL, CELL), max_size=9)


def both_ways(rows: list[tuple[str, str, str]]) -> tuple[TableCells, TableCells]:
    """Give the cells of some rows as they stand in a file, and as the csv module gives them."""
    written = io.StringIO(newline="")
    csv.writer(written, quoting=csv.QUOTE_MINIMAL).writerows(rows)
    content = written.getvalue().encode()
    split = split_rows(content, ",", is_last=True)
    assert split is not None
    return PlacedCells(NAMES, content, split, np.arange(len(split))), ParsedCells(NAMES, rows)


def cells_of(column: Coded[str] | Coded[tuple[str, ...]]) -> list[str | tuple[str, ...]]:
    """Give the cells of a column, and check that each distinct one stands there once, in the order of coming."""
    assert list(column.values) == list(dict.fromkeys(column.values[code] for code in column.codes.tolist()))
    return [column.values[code] for code in column.codes.tolist()]


@given(ROWS)
def test_both_kinds_of_cells_say_the_same(rows: list[tuple[str, str, str]]) -> None:
    placed, parsed = both_ways(rows)
    assert len(placed) == len(parsed) == len(rows)
    wanted = np.flatnonzero(np.arange(len(rows)) % 2)
    for name in (*NAMES, "none"):
        assert placed.texts(name) == parsed.texts(name)
        assert placed.texts(name, wanted) == parsed.texts(name, wanted)
        assert cells_of(placed.coded(name)) == cells_of(parsed.coded(name)) == parsed.texts(name)
        every = list(range(len(rows)))
        assert placed.stripped(name).texts(every) == parsed.stripped(name).texts(every)
        for text in ('";"', ";", "a", "bb"):
            assert placed.counts(name, text).tolist() == parsed.counts(name, text).tolist()
        here, there = placed.day_lists(name, ";"), parsed.day_lists(name, ";")
        assert here.counts.tolist() == there.counts.tolist()
        assert here.earliest.tolist() == there.earliest.tolist()
        assert here.latest.tolist() == there.latest.tolist()
    together = ("second", "none", "first")
    assert cells_of(placed.together(together)) == cells_of(parsed.together(together))
    assert cells_of(placed.together(together, wanted)) == cells_of(parsed.together(together, wanted))


PARTS = st.lists(st.tuples(st.integers(0, 2), st.sampled_from("abc")), max_size=9)


@given(PARTS)
def test_a_column_is_put_together_of_its_parts(cells: list[tuple[int, str]]) -> None:
    places = [
        np.array([place for place, (part, _) in enumerate(cells) if part == which], np.int64) for which in range(3)
    ]
    # A part may have values that none of its records has.
    parts = [
        (rows, Coded(("c", "b", "a"), np.array(["cba".index(cells[row][1]) for row in rows], np.int64)))
        for rows in places
    ]
    whole = Coded.put_together([(rows, part.kept(np.ones(len(rows), np.bool_))) for rows, part in parts])
    assert cells_of(whole) == [cell for _, cell in cells]
    several = Coded.put_together(parts)
    assert [several.values[code] for code in several.codes.tolist()] == [cell for _, cell in cells]


@given(st.lists(st.binary(max_size=80).map(lambda text: text.replace(b"\0", b"0")), max_size=12))
def test_equal_stretches_get_one_number(texts: list[bytes]) -> None:
    first, codes = number_alike([stretches_of(texts)])
    assert [texts[row] for row in first.tolist()] == list(dict.fromkeys(texts))
    assert [texts[int(first[code])] for code in codes.tolist()] == texts


def test_stretches_that_only_hash_alike_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    # With factors of zero all texts have the same hash.
    monkeypatch.setattr(equal_stretches, "_multipliers", lambda count: np.zeros(count, np.uint64))
    texts = [b"Government of Mexico", b"Government of Mexica", b"Government", b"Government of Mexico"]
    first, codes = number_alike([stretches_of(texts)])
    assert (first.tolist(), codes.tolist()) == ([0, 1, 2], [0, 1, 2, 0])


def stretches_of(texts: list[bytes]) -> Stretches:
    """Lay texts end to end."""
    content = b"".join(texts)
    lengths = np.array([len(text) for text in texts], np.int64)
    letters: NDArray[np.uint8] = np.frombuffer(content + bytes(equal_stretches.PADDING_BYTES), np.uint8)
    begins: Int64Array = np.cumsum(lengths) - lengths
    return Stretches(content, letters, begins, lengths)
