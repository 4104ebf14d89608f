"""A file of any size is opened, the first time by reading it, then from what was kept; what goes wrong is told."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest

import timeline_app
from tests.helpers.batches import READER, write_lines
from tests.helpers.stored import some_events
from tests.helpers.tables import NO_ACTORS
from timeline_app import ingest_child, ingest_job, opening
from timeline_app.core.dataset import Dataset, Level
from timeline_app.core.errors import Cancelled, ReadError, StoreError
from timeline_app.core.opened import Opened
from timeline_app.core.table import EventTable
from timeline_app.opening import open_file
from timeline_app.paths import bundled_timeline
from timeline_app.readers import read
from timeline_app.readers.record_reader import STREAMED_FROM_BYTES
from timeline_app.store import sinks
from timeline_app.store.cache import FileCache

ROWS = 500


@pytest.fixture
def cache(tmp_path: Path) -> FileCache:
    """Make an empty cache."""
    return FileCache(tmp_path / "cache")


@pytest.fixture
def table_file(tmp_path: Path) -> Path:
    """Write a table that a reader of the program reads in parts."""
    path = tmp_path / "events.csv"
    rows = "".join(f"e{number},Title {number},2024-01-{1 + number % 28:02},Russia;Ukraine\n" for number in range(ROWS))
    path.write_text("id,title,date,actors\n" + rows)
    return path


@pytest.fixture
def in_child(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have every file ingested in a process of its own."""
    monkeypatch.setattr(opening, "SMALL_BYTES", 0)


def opened(path: Path, cache: FileCache | None, **how: Any) -> EventTable:
    """Open a file as a table."""
    table = open_file(path, gazetteer=NO_ACTORS, cache=cache, **how)
    assert isinstance(table, EventTable)
    return table


def refuse_to_read(*_arguments: object) -> None:
    """Stand in for what must not be called."""
    raise AssertionError("the file was read again")


def test_a_format_that_is_read_whole_gives_a_dataset(cache: FileCache) -> None:
    assert isinstance(open_file(bundled_timeline(), gazetteer=NO_ACTORS, cache=cache), Dataset)
    assert cache.count() == 0


@pytest.mark.parametrize("where", ["thread", "child", "memory"])
def test_a_table_is_opened_and_opened_again(
    table_file: Path, cache: FileCache, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    if where == "child":
        monkeypatch.setattr(opening, "SMALL_BYTES", 0)
    told: list[tuple[int, int, int]] = []
    table = opened(table_file, None if where == "memory" else cache, progress=lambda *done: told.append(done))
    assert len(table) == ROWS
    assert told[-1][2] == table_file.stat().st_size
    assert table.event(0).title == "Title 0"
    assert set(table.actors.names) == {"Russia", "Ukraine"}
    report = table.files[0]
    assert (report.path, report.reader, report.read, report.loaded) == (str(table_file), "csv", ROWS, ROWS)
    if where != "memory":
        monkeypatch.setattr(opening, "keep_file", refuse_to_read)
        monkeypatch.setattr(ingest_child, "keep_in_child", refuse_to_read)
        again = opened(table_file, cache)
        assert list(again) == list(table)
        assert again.files == table.files


def test_a_damaged_entry_is_made_anew(table_file: Path, cache: FileCache) -> None:
    opened(table_file, cache)
    (starts,) = cache.folder.glob("*/starts")
    starts.write_bytes(starts.read_bytes()[:-1] + b"x")
    assert len(opened(table_file, cache)) == ROWS
    assert cache.count() == 1


def test_an_entry_that_turns_out_damaged_later_is_made_anew_the_next_time(table_file: Path, cache: FileCache) -> None:
    opened(table_file, cache)
    (records,) = cache.folder.glob("*/records.bin")
    content = records.read_bytes()
    records.write_bytes(bytes([content[0] ^ 1]) + content[1:])
    table = opened(table_file, cache)
    with pytest.raises(ReadError, match="open the file again"):
        list(table)
    assert cache.count() == 0
    assert len(list(opened(table_file, cache))) == ROWS


@pytest.mark.usefixtures("in_child")
def test_what_the_child_finds_wrong_is_told(tmp_path: Path, cache: FileCache) -> None:
    path = tmp_path / "events.csv"
    path.write_text("id,title,date\n" + "a,b,2024\n" * 50 + '"' + "x\n" * 500)
    with pytest.raises(ReadError) as caught:
        opened(path, cache)
    assert caught.value.place.file == str(path)
    assert caught.value.place.line == 52
    assert list(cache.folder.iterdir()) == []


def test_another_file_than_was_asked_for_is_not_there(tmp_path: Path, cache: FileCache) -> None:
    with pytest.raises(ReadError, match="there is no such file"):
        opened(tmp_path / "missing.csv", cache)
    with pytest.raises(ReadError, match='no reader is called "nonsense"'):
        opened(bundled_timeline(), cache, reader="nonsense")


@pytest.mark.parametrize("is_kept", [False, True])
def test_what_is_wrong_with_a_file_because_it_changed_is_told_as_just_that(
    table_file: Path, cache: FileCache, monkeypatch: pytest.MonkeyPatch, *, is_kept: bool
) -> None:
    def spoilt(*_arguments: object, **_options: object) -> None:
        table_file.write_text("id,title,date\n")
        raise ReadError("the file has no end", str(table_file))

    monkeypatch.setattr(ingest_job, "ingest", spoilt)
    with pytest.raises(ReadError, match="the file changed while it was read; open it again when it is complete"):
        opened(table_file, cache if is_kept else None)
    assert not list(cache.folder.glob("*"))


@pytest.mark.parametrize("is_in_child", [False, True])
def test_cancelling_leaves_nothing(
    table_file: Path, cache: FileCache, monkeypatch: pytest.MonkeyPatch, is_in_child: bool
) -> None:
    if is_in_child:
        monkeypatch.setattr(opening, "SMALL_BYTES", 0)
    with pytest.raises(Cancelled):
        opened(table_file, cache, cancelled=lambda: True)
    assert list(cache.folder.iterdir()) == [] if cache.folder.exists() else True


def acting_child(monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    """Put another program in the place of the child."""
    monkeypatch.setattr(opening, "SMALL_BYTES", 0)
    monkeypatch.setattr(ingest_child, "_PROGRAM", program)


def test_a_child_that_hangs_is_stopped(table_file: Path, cache: FileCache, monkeypatch: pytest.MonkeyPatch) -> None:
    acting_child(
        monkeypatch, 'import sys; print(\'{"rows": 1, "bytes": 2, "total": 3}\', flush=True); sys.stdin.read()'
    )
    told: list[int] = []
    with pytest.raises(Cancelled):
        opened(table_file, cache, progress=lambda rows, *_bytes: told.append(rows), cancelled=lambda: bool(told))
    assert told == [1]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no signals of this kind")
def test_a_child_that_is_killed_is_told(table_file: Path, cache: FileCache, monkeypatch: pytest.MonkeyPatch) -> None:
    acting_child(monkeypatch, "import os, signal; os.kill(os.getpid(), signal.SIGKILL)")
    with pytest.raises(ReadError, match="its process was ended by SIGKILL, as happens when the memory"):
        opened(table_file, cache)


def test_a_child_that_fails_is_told(table_file: Path, cache: FileCache, monkeypatch: pytest.MonkeyPatch) -> None:
    for said_before in ("", "import sys; sys.stderr.write('x' * 1_000_000 + '\\n'); "):
        acting_child(monkeypatch, f"{said_before}raise MemoryError('no more')")
        with pytest.raises(ReadError, match="reading stopped unexpectedly: MemoryError: no more"):
            opened(table_file, cache)
    acting_child(monkeypatch, "import os; os.write(1, b'half an ans'); os._exit(3)")
    with pytest.raises(ReadError, match="its process ended with status 3"):
        opened(table_file, cache)


def test_a_large_file_needs_no_folder_of_the_system(
    table_file: Path, cache: FileCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "SMALL_BYTES", 0)
    monkeypatch.setattr(tempfile, "tempdir", str(table_file.with_name("missing")))
    table = opened(table_file, cache)
    assert (len(table), table.problems) == (ROWS, ())
    assert len(list(cache.folder.iterdir())) == 1


def test_without_processes_the_file_is_held_in_memory(
    table_file: Path, cache: FileCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "SMALL_BYTES", 0)
    monkeypatch.setattr(sys, "executable", str(table_file.with_name("missing-python")))
    table = opened(table_file, cache)
    assert len(table) == ROWS
    assert "no process can be started" in table.problems[0].message


def test_in_a_bundle_no_process_is_started(table_file: Path, cache: FileCache, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "SMALL_BYTES", 0)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(ingest_child, "keep_in_child", refuse_to_read)
    assert len(opened(table_file, cache)) == ROWS
    assert cache.count() == 1


def test_the_child_ends_with_the_program_that_started_it(table_file: Path, cache: FileCache) -> None:
    program = (
        "from timeline_app import ingest_process\n"
        "ingest_process.keep_file = lambda *_arguments, **_named: input_never_comes.wait()\n"
        "import threading; input_never_comes = threading.Event()\n"
        "ingest_process.main()\n"
    )
    job = {"job": {"name": str(table_file), "reader": "csv"}, "cache": str(cache.folder), "limit": 1, "token": "0" * 16}
    root = Path(timeline_app.__file__).parent.parent
    done = subprocess.run(
        [sys.executable, "-c", program], input=json.dumps(job) + "\n", text=True, cwd=root, timeout=60, check=False
    )
    assert done.returncode == 1


def full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing be written into the cache any more."""

    def refuse(*_arguments: object) -> None:
        raise StoreError("there is no room on the disk for records.bin")

    monkeypatch.setattr(sinks.FolderSink, "append", refuse)


def test_without_room_on_the_disk_the_file_opens_all_the_same(
    table_file: Path, cache: FileCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    full_disk(monkeypatch)
    table = opened(table_file, cache)
    assert [event.title for event in table][:2] == ["Title 0", "Title 28"]
    (problem,) = table.problems
    assert problem.level is Level.NOTE
    assert problem.message == "the file is not kept for the next time: there is no room on the disk for records.bin"
    assert list(cache.folder.iterdir()) == []
    told = Opened((table_file,), table).messages
    assert told == ("events.csv is not kept for the next time: there is no room on the disk for records.bin",)


def test_without_room_a_very_large_file_is_refused(
    table_file: Path, cache: FileCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    full_disk(monkeypatch)
    monkeypatch.setattr(opening, "LARGEST_IN_MEMORY_BYTES", 10)
    with pytest.raises(ReadError, match="too large to be opened without its cache: there is no room"):
        opened(table_file, cache)


@pytest.mark.usefixtures("in_child")
def test_a_cache_that_cannot_be_made_is_no_obstacle(table_file: Path, tmp_path: Path) -> None:
    (tmp_path / "occupied").write_text("a file")
    table = opened(table_file, FileCache(tmp_path / "occupied"))
    assert len(table) == ROWS
    assert "not kept for the next time" in table.problems[0].message


def test_any_reader_that_reads_in_parts_is_served(
    tmp_path: Path, cache: FileCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ingest_job, "readers", lambda: (READER,))
    monkeypatch.setattr(opening, "choose", lambda *_path, **_how: READER)
    path = tmp_path / "events.lines"
    write_lines(path, some_events(30))
    assert len(list(opened(path, cache))) == 30
    with pytest.raises(ReadError, match='no reader is called "other"'):
        ingest_job.decoder_of("other", {})


def test_json_is_opened_as_it_is_read_with_what_stands_beside_its_records(tmp_path: Path, cache: FileCache) -> None:
    path = tmp_path / "some.json"
    events = [{"title": f"Raid {number}", "date": f"{1900 + number}", "n": number} for number in range(50)]
    path.write_text(json.dumps({"owner": {"name": "X"}, "years": [{"events": events}, {"events": events[:1]}]}))
    whole = read(path)
    for _ in range(2):
        table = opened(path, cache)
        assert (dict(table.extra), table.files[0]) == ({"owner": {"name": "X"}}, whole.report)
        found = [table.event(row) for row in range(len(table))]
        assert {(one.id, one.title, one.when, one.origin) for one in found} == {
            (one.id, one.title, one.when, one.origin) for one in whole.events
        }


def test_a_timeline_too_large_to_be_read_whole_is_opened_as_a_table(tmp_path: Path, cache: FileCache) -> None:
    path = tmp_path / "features.geojson"
    padding = "x" * (STREAMED_FROM_BYTES // 100)

    def write(note: str) -> None:
        told = [{"id": f"f{one}", "title": f"Title {one}", "year": 1900 + one, "note": note} for one in range(100)]
        features = [{"type": "Feature", "properties": properties} for properties in told]
        path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))

    write("short")
    assert isinstance(open_file(path, gazetteer=NO_ACTORS, cache=cache), Dataset)
    write(padding)
    table = opened(path, cache)
    assert [event.title for event in table] == [f"Title {number}" for number in range(100)]
    assert len(read(path).events) == len(opened(path, cache)) == 100
    assert cache.count() == 1
