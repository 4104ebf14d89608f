"""Tests of columns taken from DuckDB: every kind that is asked for, gaps, failures, and who owns the memory."""

from __future__ import annotations

import gc

import pytest

duckdb = pytest.importorskip("duckdb", reason="Parquet needs DuckDB, an extra that is not installed")

from timeline_app.readers.arrow_stream import Result, fetch  # noqa: E402 — DuckDB may be missing


def fetched(query: str) -> Result:
    with duckdb.connect() as connection:
        return fetch(connection, query)


def test_numbers_texts_and_lists_come_as_they_are() -> None:
    found = fetched(
        "SELECT 'é' || i AS text, i::INTEGER AS number, i AS wide, (i % 3)::UTINYINT AS narrow, "
        "list_transform(range(i % 3), lambda one: (one + i)::INTEGER) AS list FROM range(300000) t(i)"
    )
    assert found.is_whole
    texts = found.texts("text").column()
    assert texts.texts([0, 150_000, 299_999]) == ["é0", "é150000", "é299999"]
    for name in ("number", "wide"):
        assert found.numbers(name).tolist() == list(range(300_000))
    assert found.numbers("narrow")[:4].tolist() == [0, 1, 2, 0]
    lists = found.lists("list")
    assert lists.offsets[:5].tolist() == [0, 0, 1, 3, 3]
    assert lists.offsets[-1] == len(lists.values) == 300_000
    assert lists.values[-3:].tolist() == [299_998, 299_999, 300_000]


@pytest.mark.parametrize("cell", ["NULL::INTEGER", "NULL::VARCHAR", "[NULL::INTEGER]", "NULL::INTEGER[]"])
def test_gaps_are_told(cell: str) -> None:
    assert not fetched(f"SELECT 'a' AS text, CASE WHEN i > 0 THEN {cell} END AS other FROM range(2) t(i)").is_whole


def test_there_may_be_no_records_and_no_letters() -> None:
    found = fetched("SELECT '' AS text, 1 AS number, [1] AS list FROM range(0)")
    assert (len(found.numbers("number")), found.texts("text").offsets.tolist()) == (0, [0])
    assert found.lists("list").offsets.tolist() == [0]
    assert fetched("SELECT '' AS text FROM range(3)").texts("text").offsets.tolist() == [0, 0, 0, 0]


@pytest.mark.parametrize("begins_at", [0, 250_000])
def test_what_goes_wrong_under_way_is_raised(begins_at: int) -> None:
    query = f"SELECT CASE WHEN i >= {begins_at} THEN error('no further') ELSE 'a' END AS text FROM range(300000) t(i)"
    with pytest.raises(duckdb.Error, match="no further"):
        fetched(query)


def test_a_column_outlives_its_connection_and_its_neighbours() -> None:
    content = fetched("SELECT repeat('x', 1000) AS text, i AS number FROM range(2000) t(i)").texts("text").content
    gc.collect()
    assert content == b"x" * 2_000_000
