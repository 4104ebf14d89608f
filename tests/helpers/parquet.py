"""Small Parquet files for tests, which ask for DuckDB themselves."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path


def write_parquet(path: Path, query: str) -> Path:
    """Write what a query gives as Parquet."""
    import duckdb  # an extra that may not be installed

    with duckdb.connect() as connection:
        connection.execute(f"COPY ({query}) TO '{path}' (FORMAT parquet, ROW_GROUP_SIZE 2048)")
    return path


def values(rows: Sequence[Sequence[str | None]], names: str) -> str:
    """Write records as a query."""
    listed = ", ".join(
        "(" + ", ".join("NULL" if cell is None else "'" + cell.replace("'", "''") + "'" for cell in row) + ")"
        for row in rows
    )
    return f"SELECT * FROM (VALUES {listed}) AS t({names})"
