"""What the libraries that read the formats need for a file by themselves, in a process of their own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROUNDS = 3

READ_CSV = """
import csv, sys, time
csv.field_size_limit(1 << 30)
begin = time.perf_counter()
with open(sys.argv[1], encoding="utf-8", newline="") as file:
    for row in csv.reader(file):
        pass
print(time.perf_counter() - begin)
"""

# Every value is looked at, else DuckDB would read only the numbers of rows.
READ_PARQUET = """
import duckdb, sys, time
with duckdb.connect() as database:
    database.execute("SET enable_progress_bar = false")
    columns = [row[0] for row in database.execute("DESCRIBE SELECT * FROM read_parquet(?)", sys.argv[1:]).fetchall()]
    looked_at = ", ".join(f'max(CAST("{name}" AS VARCHAR))' for name in columns)
    begin = time.perf_counter()
    database.execute(f"SELECT {looked_at} FROM read_parquet(?)", sys.argv[1:]).fetchall()
    print(time.perf_counter() - begin)
"""


def csv_read_s(path: Path) -> float:
    """Return the seconds that the csv module needs to go through a file, the best of some rounds."""
    return _best_s(READ_CSV, path)


def parquet_read_s(path: Path) -> float:
    """Return the seconds that DuckDB needs to look at every value of a file, the best of some rounds."""
    return _best_s(READ_PARQUET, path)


def _best_s(code: str, path: Path) -> float:
    command = [sys.executable, "-P", "-c", code, str(path)]
    return min(float(subprocess.run(command, capture_output=True, check=True).stdout) for _ in range(ROUNDS))
