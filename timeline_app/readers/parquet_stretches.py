"""Go through a Parquet file stretch by stretch, several of them worked on at once."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from timeline_app.readers.parquet_file import ParquetFile, RowRange

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Made = TypeVar("Made")

_WORKERS = 2


def by_stretches(
    file: ParquetFile,
    connection: DuckDBPyConnection,
    make: Callable[[RowRange], Made | None],
    workers: int = _WORKERS,
) -> Iterator[Made]:
    """Give what is made of each stretch of a file, in their order; one of which nothing can be made goes in halves.

    A stretch is prepared while another is being used. Raises ReadError when the file is damaged, and what `make` does.
    """
    with ThreadPoolExecutor(workers) as threads:
        ranges = file.ranges(connection)
        waiting: deque[tuple[RowRange, Future[Made | None]]] = deque()

        def made(rows: RowRange) -> Made | None:
            with file.errors_told():
                return make(rows)

        def submitted(rows: RowRange) -> tuple[RowRange, Future[Made | None]]:
            return rows, threads.submit(made, rows)

        try:
            waiting.extend(map(submitted, islice(ranges, workers + 1)))
            while waiting:
                rows, future = waiting.popleft()
                one = future.result()
                if one is None:
                    waiting.extendleft(map(submitted, reversed(_halves(rows))))
                    continue
                waiting.extend(map(submitted, islice(ranges, max(workers - len(waiting), 0))))
                yield one
        finally:
            for _, future in waiting:
                future.cancel()


def _halves(rows: RowRange) -> tuple[RowRange, RowRange]:
    middle = (rows[0] + rows[1]) // 2
    return (rows[0], middle), (middle, rows[1])
