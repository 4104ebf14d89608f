"""The words of large files are indexed by another process; what stops it leaves searching as it was."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.helpers.tables import NO_ACTORS
from timeline_app import indexing, ingest_child
from timeline_app.core.errors import Cancelled, StoreError
from timeline_app.core.filter import Filter, evaluate
from timeline_app.core.join import join_tables
from timeline_app.core.search import is_indexed
from timeline_app.core.table import EventTable
from timeline_app.indexing import index_words
from timeline_app.ingest_child import index_in_child
from timeline_app.opening import open_file
from timeline_app.store.cache import FileCache

HANGING = 'import sys; print(\'{"rows": 1, "bytes": 0, "total": 3}\', flush=True); sys.stdin.read()'


def never() -> bool:
    """Go on to the end."""
    return False


def kept_table(folder: Path, name: str = "events") -> EventTable:
    """Open a table of three events, kept in a cache."""
    path = folder / f"{name}.csv"
    titles = ("Troops in Kursk", "A summit", "Kursk again")
    rows = "".join(f"{name}-{number},{title},2024-01-0{1 + number}\n" for number, title in enumerate(titles))
    path.write_text("id,title,date\n" + rows)
    table = open_file(path, gazetteer=NO_ACTORS, cache=FileCache(folder / "cache"))
    assert isinstance(table, EventTable)
    return table


def folder_of(table: EventTable) -> Path:
    """Return where the records of a table are kept."""
    (records,) = indexing._unindexed(table.records)
    assert records.folder is not None
    return records.folder


def found_titles(table: EventTable) -> list[str]:
    return table.titles_of(evaluate(Filter(find=("kursk",)), table).rows.tolist())


def acting_child(monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    """Put another program in the place of the child."""
    monkeypatch.setattr(ingest_child, "_PROGRAM", program)


def test_words_are_indexed_by_another_process_and_found(tmp_path: Path) -> None:
    table = kept_table(tmp_path)
    assert not is_indexed(table)
    index_words(table, never)
    assert is_indexed(table)
    assert found_titles(table) == ["Troops in Kursk", "Kursk again"]


def test_an_index_that_is_there_is_taken_without_a_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index_words(kept_table(tmp_path), never)
    acting_child(monkeypatch, "raise AssertionError('made again')")
    again = kept_table(tmp_path)
    index_words(again, never)
    assert is_indexed(again)


def test_every_part_of_a_joined_table_is_indexed(tmp_path: Path) -> None:
    table = join_tables([kept_table(tmp_path, "one"), kept_table(tmp_path, "two")])
    index_words(table, never)
    assert is_indexed(table)
    assert len(found_titles(table)) == 4


def test_of_too_many_events_no_index_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexing, "MOST_INDEXED", 2)
    acting_child(monkeypatch, "raise AssertionError('not wanted')")
    table = kept_table(tmp_path)
    index_words(table, never)
    assert not is_indexed(table)


def test_a_child_that_hangs_is_stopped_when_the_index_is_no_longer_wanted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = folder_of(kept_table(tmp_path))
    acting_child(monkeypatch, HANGING)
    asked: list[bool] = []

    def cancelled() -> bool:
        asked.append(True)
        return len(asked) > 2

    with pytest.raises(Cancelled):
        index_in_child(folder, cancelled)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no signals of this kind")
def test_a_child_that_is_killed_is_told_and_texts_are_read_as_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = kept_table(tmp_path)
    with monkeypatch.context() as patch:
        acting_child(patch, "import os, signal; os.kill(os.getpid(), signal.SIGKILL)")
        with pytest.raises(StoreError, match="indexing stopped unexpectedly: its process was ended by SIGKILL"):
            index_words(table, never)
    assert not is_indexed(table)
    assert found_titles(table) == ["Troops in Kursk", "Kursk again"]
    index_words(table, never)
    assert is_indexed(table)


def test_a_child_that_fails_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = folder_of(kept_table(tmp_path))
    acting_child(monkeypatch, "raise MemoryError('no more')")
    with pytest.raises(StoreError, match="indexing stopped unexpectedly: MemoryError: no more"):
        index_in_child(folder, never)
    acting_child(monkeypatch, "import os; os.write(1, b'half an ans'); os._exit(3)")
    with pytest.raises(StoreError, match="its process ended with status 3"):
        index_in_child(folder, never)


def test_what_the_child_finds_wrong_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        index_in_child(tmp_path / "nothing", never)
