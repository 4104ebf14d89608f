"""A large file opens once what is drawn and filtered is read; every event that is looked at is whole all the same."""

from __future__ import annotations

import gc
import os
import shutil
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.helpers import shorts
from tests.helpers.parquet import write_parquet
from tests.helpers.tables import NO_ACTORS
from timeline_app import ingest_child, opening, rest_child
from timeline_app.core.errors import Cancelled, ReadError, StoreError
from timeline_app.core.table import EventTable
from timeline_app.indexing import index_words
from timeline_app.opening import open_file
from timeline_app.rest_child import RestChild
from timeline_app.rest_job import RestJob
from timeline_app.store.cache import CachedFile, FileCache, Request
from timeline_app.store.records import StoredRecords
from timeline_app.store.rests import are_kept

pytest.importorskip("duckdb", reason="Parquet needs DuckDB, an extra that is not installed")
# Each test starts processes of the program.
pytestmark = pytest.mark.once

WITHOUT_ROOM = "raise StoreError('there is no room on the disk for rests.bin')"


@pytest.fixture
def cache(tmp_path: Path) -> FileCache:
    """Make an empty cache."""
    return FileCache(tmp_path / "cache")


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Write a table that is opened in short, and take it for a large one."""
    monkeypatch.setattr(opening, "SMALL_BYTES", 0)
    return write_parquet(tmp_path / "events.parquet", shorts.RECORDS)


def act(monkeypatch: pytest.MonkeyPatch, keep: str, **steps: str) -> None:
    """Let the process do something else than keep the rests, and than other steps that are named."""
    monkeypatch.setattr(ingest_child, "_PROGRAM", shorts.acting(keep=keep, **steps))


def opened(path: Path, cache: FileCache, **how: Any) -> EventTable:
    """Open a table, in short unless it is said otherwise."""
    table = open_file(path, gazetteer=NO_ACTORS, cache=cache, **{"in_short": True, **how})
    assert isinstance(table, EventTable)
    return table


def records_of(table: EventTable) -> StoredRecords:
    """Return the records of a table, which are stored ones."""
    assert isinstance(table.records, StoredRecords)
    return table.records


def entry(cache: FileCache) -> Path:
    """Return the folder of the only entry."""
    (folder,) = (path for path in cache.folder.iterdir() if path.is_dir())
    return folder


def never() -> bool:
    """Go on."""
    return False


def test_it_is_the_table_that_is_read_whole(path: Path, cache: FileCache) -> None:
    whole = open_file(path, gazetteer=NO_ACTORS)
    assert isinstance(whole, EventTable)
    table = opened(path, cache)
    assert list(table) == list(whole)
    assert table.files == whole.files
    assert table.event(0).excerpts[0].text == "Words of 0"
    records_of(table).wait_until_whole(never)
    assert are_kept(entry(cache))
    assert list(table) == list(whole)
    assert list(opened(path, cache)) == list(whole)


def test_what_commands_keep_can_be_compared_with_what_windows_keep(
    path: Path, cache: FileCache, tmp_path: Path
) -> None:
    of_command = records_of(opened(path, cache, in_short=False))
    assert are_kept(entry(cache))
    of_window = records_of(opened(path, FileCache(tmp_path / "other")))
    first, second = (one.tellings(lambda: True) for one in (of_command, of_window))
    assert first.reading == second.reading
    assert first.digests.tolist() == second.digests.tolist()


def test_lists_of_events_do_not_wait_for_the_rests(
    path: Path, cache: FileCache, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = opened(path, FileCache(tmp_path / "other"), in_short=False)
    act(monkeypatch, "signal.sigwait([signal.SIGTERM])", of="return 1 / 0")
    table = opened(path, cache)
    for row in (0, 17, 2_999):
        brief, event = table.brief(row), whole.event(row)
        assert (brief.id, brief.title, brief.when, brief.actors) == (event.id, event.title, event.when, event.actors)
        assert brief.excerpts == ()
        assert whole.brief(row) == event
    assert records_of(table).titles([0]) == [table.brief(0).title]


def test_once_they_are_kept_lists_have_whole_events(path: Path, cache: FileCache) -> None:
    table = opened(path, cache)
    records_of(table).wait_until_whole(never)
    assert table.brief(3) == table.event(3)
    assert table.brief(3).excerpts


def test_once_all_is_kept_no_process_is_needed(path: Path, cache: FileCache, monkeypatch: pytest.MonkeyPatch) -> None:
    records_of(opened(path, cache)).wait_until_whole(never)
    monkeypatch.setattr(rest_child, "RestChild", None)
    assert opened(path, cache).event(5).excerpts


def test_an_index_of_words_waits_for_all_of_them(path: Path, cache: FileCache) -> None:
    table = opened(path, cache)
    index_words(table, never)
    assert list(table.records.rows_with(["words", "of", "17"], range(len(table))))
    assert records_of(table).is_indexed


def test_without_room_for_the_rest_it_is_read_from_the_file(
    path: Path, cache: FileCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    act(monkeypatch, WITHOUT_ROOM)
    table = opened(path, cache)
    with pytest.raises(StoreError, match="no room"):
        records_of(table).wait_until_whole(never)
    assert table.event(3).excerpts[0].text.startswith("Words of")
    assert opened(path, cache, in_short=False).event(3) == table.event(3)
    assert not are_kept(entry(cache))


def test_what_was_not_finished_is_finished_the_next_time(
    path: Path, cache: FileCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        act(patched, "os.kill(os.getpid(), signal.SIGKILL)" if os.name != "nt" else "os._exit(1)")
        table = opened(path, cache)
        with pytest.raises(ReadError, match="reading stopped unexpectedly: its process"):
            records_of(table).wait_until_whole(never)
        with pytest.raises(ReadError, match="reading stopped unexpectedly: its process"):
            table.event(0)
    assert cache.count() == 1, "what is drawn and filtered is sound"
    assert opened(path, cache, in_short=False).event(0).excerpts
    assert are_kept(entry(cache))


def test_a_process_that_fails_while_it_keeps_them_is_told(
    path: Path, cache: FileCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    act(monkeypatch, "raise MemoryError('no more')")
    table = opened(path, cache)
    with pytest.raises(ReadError, match="MemoryError: no more"):
        records_of(table).wait_until_whole(never)


def test_a_process_that_fails_while_it_gives_one_is_told(
    path: Path, cache: FileCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    act(monkeypatch, "signal.sigwait([signal.SIGTERM])", of="return 1 / 0")
    table = opened(path, cache)
    with pytest.raises(ReadError, match="ZeroDivisionError"):
        table.event(0)
    with pytest.raises(ReadError, match="ZeroDivisionError"):
        records_of(table).wait_until_whole(never)


def test_waiting_can_be_given_up(path: Path, cache: FileCache, monkeypatch: pytest.MonkeyPatch) -> None:
    act(monkeypatch, "signal.sigwait([signal.SIGTERM])")
    table = opened(path, cache)
    with pytest.raises(Cancelled):
        index_words(table, lambda: True)
    with pytest.raises(Cancelled):
        opened(path, cache, in_short=False, cancelled=lambda: True)
    assert table.event(0).excerpts


def test_a_file_that_changes_afterwards_is_told(path: Path, cache: FileCache, monkeypatch: pytest.MonkeyPatch) -> None:
    act(monkeypatch, WITHOUT_ROOM)
    table = opened(path, cache)
    assert table.event(0).excerpts
    os.utime(path, ns=(1, 1))
    with pytest.raises(ReadError, match=r"the file changed (after it was opened|while it was read); open it again"):
        table.event(1)
    assert table.records.titles([1])
    assert cache.count() == 1


def test_a_file_that_has_changed_gives_no_rests(path: Path, cache: FileCache, monkeypatch: pytest.MonkeyPatch) -> None:
    act(monkeypatch, WITHOUT_ROOM)
    opened(path, cache)
    folder = entry(cache)
    job = RestJob(folder, str(path))
    write_parquet(path, shorts.RECORDS.replace("Words of", "Other words of"))
    with pytest.raises(ReadError, match="open it again"):
        job.keep()
    with pytest.raises(ReadError, match="the file changed after it was opened; open it again"):
        RestJob(folder, str(path))
    assert not are_kept(folder)
    assert [part.name for part in folder.iterdir() if part.is_dir()] == []


@pytest.mark.skipif(os.name == "nt", reason="Windows itself holds what is open")
def test_an_entry_that_is_still_completed_is_not_dropped_for_another(
    path: Path, cache: FileCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    act(monkeypatch, WITHOUT_ROOM)
    opened(path, cache)
    folder = entry(cache)
    key, _, _ = folder.name.partition("-")
    other = cache.folder / f"{key}-{0:016x}"  # as if another program had taken the file in at the same time
    shutil.copytree(folder, other)
    gc.collect()
    job = RestJob(folder, str(path))
    os.utime(folder / "source.json", ns=(1, 1))
    assert cache.find(Request(path)) == CachedFile(other)
    job.keep()
    assert are_kept(folder)
    del job
    assert cache.find(Request(path)) == CachedFile(other)
    assert entry(cache) == other


def test_a_damaged_rest_is_told_and_the_file_is_read_anew(path: Path, cache: FileCache) -> None:
    records_of(opened(path, cache)).wait_until_whole(never)
    rests = entry(cache) / "rest" / "rests.bin"
    content = rests.read_bytes()
    rests.write_bytes(bytes([content[0] ^ 1]) + content[1:])
    table = opened(path, cache)
    with pytest.raises(ReadError, match="open the file again"):
        list(table)
    assert cache.count() == 0
    assert len(list(opened(path, cache))) == shorts.ROWS


def test_clearing_the_cache_takes_nothing_from_what_is_open(
    path: Path, cache: FileCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    act(monkeypatch, WITHOUT_ROOM)
    table = opened(path, cache)
    cache.clear()
    assert cache.count() == 0
    assert table.event(7).excerpts


def test_in_a_bundle_what_is_not_whole_is_read_anew(
    path: Path, cache: FileCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        act(patched, WITHOUT_ROOM)
        opened(path, cache)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(ingest_child, "keep_in_child", None)
    assert opened(path, cache).event(0).excerpts
    assert cache.count() == 1


def test_the_process_ends_with_the_table(path: Path, cache: FileCache, monkeypatch: pytest.MonkeyPatch) -> None:
    act(monkeypatch, "signal.sigwait([signal.SIGTERM])")
    processes = []
    started = ingest_child._started

    def noted() -> Any:
        processes.append(started())
        return processes[-1]

    monkeypatch.setattr(ingest_child, "_started", noted)
    table = opened(path, cache)
    assert processes[-1].poll() is None
    del table
    gc.collect()
    assert processes[-1].poll() is not None


def test_a_process_that_ends_as_soon_as_it_is_ready_does_not_stop_the_opening(
    path: Path, cache: FileCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    act(monkeypatch, "os.kill(os.getpid(), signal.SIGKILL)" if os.name != "nt" else "os._exit(1)")
    wait_for = RestChild._wait_for

    def late(child: RestChild, event: threading.Event, cancelled: Callable[[], bool]) -> None:
        """Look only after the process has been found gone, as happens on a busy machine."""
        wait_for(child, child._state.outcome, cancelled)
        wait_for(child, event, cancelled)

    monkeypatch.setattr(RestChild, "_wait_for", late)
    assert len(opened(path, cache)) == shorts.ROWS
