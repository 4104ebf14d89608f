"""Records that will be read soon are fetched together, the newest first; damage is told to who reads them."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from unittest import mock

import numpy as np
import pytest

from tests.helpers.stored import some_events, table_in_folder, table_in_memory
from timeline_app.core.arrays import Int64Array
from timeline_app.core.errors import StoreError
from timeline_app.core.viewed_records import ViewedRecords
from timeline_app.store import fetching
from timeline_app.store.checksums import BLOCK_BYTES
from timeline_app.store.fetching import Fetcher
from timeline_app.store.kept import MemoryPieces
from timeline_app.store.parts import PLACE_TYPE

BEGINS = (0, 70_000, 140_000, 210_000)


class NotedPieces(MemoryPieces):
    """Bytes in memory that note what was fetched of them, and may be damaged."""

    def __init__(self, content: bytes, noted: list[list[int]], *, is_damaged: bool = False) -> None:
        super().__init__(content)
        self._noted = noted
        self._is_damaged = is_damaged

    def fetch(self, offsets: Int64Array) -> None:
        self._noted.append(offsets.tolist())

    def read(self, length: int, offset: int) -> bytes:
        if self._is_damaged:
            raise StoreError("places are damaged")
        return super().read(length, offset)


def places(noted: list[list[int]], *, is_damaged: bool = False) -> NotedPieces:
    found = np.zeros(len(BEGINS), PLACE_TYPE)
    found["begin"] = BEGINS
    return NotedPieces(found.tobytes(), noted, is_damaged=is_damaged)


def rows(*numbers: int) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
    return np.array(numbers, np.int32)


def all_done() -> None:
    """Wait until the one thread has done what it was asked for."""
    fetching._thread().submit(lambda: None).result(timeout=10)


def test_places_are_fetched_then_the_records_there() -> None:
    noted: list[list[int]] = []
    Fetcher(places(noted), NotedPieces(b"", noted)).fetch(rows(2, 1))
    all_done()
    assert noted == [[2 * PLACE_TYPE.itemsize, PLACE_TYPE.itemsize], [140_000, 70_000]]


def test_a_record_is_fetched_to_its_end() -> None:
    noted: list[list[int]] = []
    found = np.zeros(2, PLACE_TYPE)
    found["begin"], found["length"] = (1_000, 50_000), (2 * BLOCK_BYTES, 700)
    Fetcher(NotedPieces(found.tobytes(), noted), NotedPieces(b"", noted)).fetch(rows(0, 1))
    all_done()
    ends = [1_000 + 2 * BLOCK_BYTES - 1, 50_699]
    assert noted[1] == [1_000, 1_000 + BLOCK_BYTES, ends[0], 50_000, ends[1]]


def test_places_that_are_damaged_are_left_to_who_reads_them() -> None:
    noted: list[list[int]] = []
    fetcher = Fetcher(places(noted, is_damaged=True), NotedPieces(b"", noted))
    fetcher.fetch(rows(0))
    all_done()
    assert noted == [[0]]


def test_of_more_than_can_be_fetched_only_the_newest_are() -> None:
    noted: list[list[int]] = []
    fetcher = Fetcher(places(noted), NotedPieces(b"", noted))
    with mock.patch.object(fetching, "_thread") as thread:
        for number in range(fetching._MOST_WAITING + 12):
            fetcher.fetch(rows(number % len(BEGINS)))
        asked = [call.args[0] for call in thread.return_value.submit.call_args_list]
    for act in asked:
        act()
    fetched = [offsets[0] for offsets in noted if len(offsets) == 1]
    assert len(asked) == fetching._MOST_WAITING + 12
    assert fetched[0] == (len(asked) - 1) % len(BEGINS) * PLACE_TYPE.itemsize
    assert len(noted) == 2 * fetching._MOST_WAITING


@pytest.mark.skipif(not hasattr(os, "posix_fadvise"), reason="the system has no way to fetch ahead")
def test_each_block_of_a_file_is_asked_for_once(tmp_path: Path) -> None:
    table = table_in_folder(tmp_path, some_events(2_000))
    blocks = -(-(tmp_path / "records.bin").stat().st_size // BLOCK_BYTES)
    assert blocks > 3
    with mock.patch.object(os, "posix_fadvise") as asked:
        table.titles_soon(np.arange(len(table), dtype=np.int32))
        all_done()
    found = [call.args[1:3] for call in asked.call_args_list]
    places_blocks = -(-(tmp_path / "places.rows").stat().st_size // BLOCK_BYTES)
    assert found == [
        (number * BLOCK_BYTES, BLOCK_BYTES) for count in (places_blocks, blocks) for number in range(count)
    ]


def test_it_is_told_when_records_are_there_or_are_not_waited_for_any_longer() -> None:
    noted: list[list[int]] = []
    fetcher = Fetcher(places(noted), NotedPieces(b"", noted))
    damaged = Fetcher(places(noted, is_damaged=True), NotedPieces(b"", noted))
    with mock.patch.object(fetching, "_thread") as thread:
        first = fetcher.fetch(rows(0))
        others = [fetcher.fetch(rows(1)) for _ in range(fetching._MOST_WAITING)]
        broken = damaged.fetch(rows(2))
        acts = [call.args[0] for call in thread.return_value.submit.call_args_list]
    # The oldest has made room for the newest.
    assert first()
    assert not any(told() for told in (*others, broken))
    acts[0]()
    assert [told() for told in others] == [False] * (len(others) - 1) + [True]
    for act in acts[1:]:
        act()
    assert all(told() for told in (*others, broken))


def test_what_is_fetched_of_a_file_is_read(tmp_path: Path) -> None:
    table = table_in_folder(tmp_path, some_events(20))
    with mock.patch.object(os, "pread", side_effect=os.pread) as read:
        are_there = table.titles_soon(rows(3))
        all_done()
    assert are_there()
    assert read.call_count >= 2
    viewed = replace(table, records=ViewedRecords(table.records, lambda _, event: event))
    with mock.patch.object(os, "pread", side_effect=os.pread) as read:
        assert callable(viewed.titles_soon(rows(4)))
        all_done()
    assert read.called


def test_nothing_is_fetched_of_what_is_in_memory() -> None:
    table = table_in_memory(some_events(20))
    with mock.patch.object(fetching, "_thread") as thread:
        table.titles_soon(rows(1, 2, 3))
    assert not thread.called


def test_a_disk_that_cannot_fetch_is_only_slower(tmp_path: Path) -> None:
    table = table_in_folder(tmp_path, some_events(20))
    with mock.patch.object(os, "posix_fadvise", side_effect=OSError("not here"), create=True):
        table.titles_soon(rows(3))
        all_done()
    assert table.titles_of([3]) == [table.event(3).title]
