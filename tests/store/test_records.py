"""Whole events are read from their file when they are looked at, and damage there is told."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from tests.helpers.batches import decoder_of
from tests.helpers.stored import assert_same, some_events, table_in_folder, table_in_memory
from tests.helpers.tables import NO_ACTORS, make_event
from timeline_app.core.errors import ReadError, StoreError
from timeline_app.core.event import Excerpt
from timeline_app.core.search import is_indexed
from timeline_app.store.checksums import BLOCK_BYTES
from timeline_app.store.kept import FolderKept, MemoryPieces
from timeline_app.store.records import StoredRecords
from timeline_app.store.table import open_table


def records_of(table_records: object) -> StoredRecords:
    """Say that records are stored ones."""
    assert isinstance(table_records, StoredRecords)
    return table_records


def test_records_longer_than_a_block_and_empty_tables_are_read(tmp_path: Path) -> None:
    long = "x" * (2 * BLOCK_BYTES + 17)
    events = [make_event(f"{number}", event_id=f"{number}", excerpts=[Excerpt(long)]) for number in range(4)]
    table = table_in_folder(tmp_path / "long", events)
    assert [event.excerpts[0].text for event in table] == [long] * 4
    assert len(table_in_folder(tmp_path / "empty", [])) == 0


def test_a_row_that_is_not_there_is_an_error() -> None:
    table = table_in_memory(some_events(3))
    for row in (-1, 3):
        with pytest.raises(IndexError):
            table.event(row)


def test_words_are_found_by_reading_while_there_is_no_index() -> None:
    table = table_in_memory([make_event("Alpha", "2023", summary="Kursk"), make_event("Beta", "2024", summary="Kyiv")])
    assert list(table.records.rows_with(["kur"], range(2))) == [0]
    assert list(table.records.rows_with(["kyiv", "beta"], range(2))) == [1]
    assert list(table.records.rows_with(["a"], [1])) == [1]
    assert not is_indexed(table)
    assert table.linking_rows("anything") == ()


def test_a_damaged_record_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    events = [make_event(f"{number}", event_id=f"{number}", summary="x" * BLOCK_BYTES) for number in range(20)]
    table_in_folder(tmp_path, events)
    damaged: list[str] = []
    path = tmp_path / "records.bin"
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    told = lambda: damaged.append("told")  # noqa: E731 - the shortest double
    table = open_table(FolderKept(tmp_path), decoder_of, NO_ACTORS, file="mine.lines", on_damage=told)
    assert table.event(0).origin.file == "mine.lines"
    with pytest.raises(ReadError, match=r"mine\.lines: .* is damaged; open the file again"):
        table.event(19)
    assert damaged == ["told"]
    assert table.files[0].path == "mine.lines"


@pytest.mark.skipif(os.name == "nt", reason="Windows does not delete what is open")
def test_records_outlive_their_folder_while_they_are_open(tmp_path: Path) -> None:
    events = some_events(30)
    table = table_in_folder(tmp_path / "kept", events)
    for path in (tmp_path / "kept").iterdir():
        path.unlink()
    (tmp_path / "kept").rmdir()
    assert_same(table, table_in_memory(events))
    with pytest.raises(StoreError):
        FolderKept(tmp_path / "kept")


def test_many_threads_read_at_once(tmp_path: Path) -> None:
    events = some_events(200)
    table = table_in_folder(tmp_path, events)
    expected = table_in_memory(events).titles_of(range(200))
    wrong: list[int] = []

    def read(step: int) -> None:
        for number in range(2_000):
            row = number * step % 200
            if table.records.event(row).title != expected[row] or table.titles_of([row]) != [expected[row]]:
                wrong.append(row)

    threads = [threading.Thread(target=read, args=(step,)) for step in (1, 3, 7, 11)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_pieces_in_memory_know_their_length() -> None:
    assert len(MemoryPieces(b"four")) == 4
    assert MemoryPieces(b"four").read(2, 1) == b"ou"
