"""What is kept of a file is found again, never stale, never half, and within the limit."""

from __future__ import annotations

import errno
import gc
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from tests.helpers.batches import write_lines
from tests.helpers.stored import keep, some_events, table_of
from timeline_app.core.errors import ReadError, StoreError
from timeline_app.store import cache as cache_module
from timeline_app.store import identity
from timeline_app.store import workshop as workshop_module
from timeline_app.store.cache import CachedFile, FileCache, Request
from timeline_app.store.workshop import new_token, sweep, workshop, workshop_folder

ROOT = Path(__file__).parent.parent.parent
COUNT = 20
AN_HOUR_NS = 3_600_000_000_000


@pytest.fixture
def cache(tmp_path: Path) -> FileCache:
    """Make an empty cache."""
    return FileCache(tmp_path / "cache")


@pytest.fixture
def request_(tmp_path: Path) -> Request:
    """Make a file that was written some time ago."""
    return Request(make_file(tmp_path / "events.lines"))


def make_file(path: Path, count: int = COUNT, *, start: int = 0) -> Path:
    """Write events into a file, as if an hour ago."""
    write_lines(path, some_events(count, start=start))
    make_old(path)
    return path


def make_old(path: Path) -> None:
    """Set back the time of a file."""
    hour_ago_ns = time.time_ns() - AN_HOUR_NS
    os.utime(path, ns=(hour_ago_ns, hour_ago_ns))


def names(cache: FileCache) -> list[str]:
    """List what is in the folder of a cache."""
    return sorted(path.name for path in cache.folder.iterdir()) if cache.folder.exists() else []


def test_what_is_kept_is_found_and_opens(cache: FileCache, request_: Request) -> None:
    assert cache.find(request_) is None
    kept = keep(cache, request_)
    assert cache.find(request_) == kept
    assert len(table_of(kept)) == COUNT
    assert (cache.count(), names(cache)) == (1, [kept.folder.name])
    assert cache.size_bytes() > request_.path.stat().st_size


def test_another_way_to_read_a_file_is_another_entry(cache: FileCache, request_: Request) -> None:
    keep(cache, request_)
    assert cache.find(Request(request_.path, "other")) is None
    assert cache.find(Request(request_.path, mapping={"title": "Name"})) is None


def test_another_version_of_the_program_does_not_use_it(
    cache: FileCache, request_: Request, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(cache, request_)
    monkeypatch.setattr(cache_module, "__version__", "0.0.0")
    assert cache.find(request_) is None


# Staleness


def test_a_longer_file_is_another_one(cache: FileCache, request_: Request) -> None:
    keep(cache, request_)
    make_file(request_.path, COUNT + 1)
    assert cache.find(request_) is None
    assert names(cache) == []


def test_a_file_of_the_same_size_with_another_content_is_another_one(cache: FileCache, request_: Request) -> None:
    keep(cache, request_)
    content = request_.path.read_bytes()
    request_.path.write_bytes(content.replace(b"Title 1", b"Title X"))
    assert cache.find(request_) is None


def test_a_change_that_hides_behind_the_old_times_is_seen(
    cache: FileCache, request_: Request, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(identity, "_COARSEST_CLOCK_NS", -1)  # as if the file had been left alone for long
    keep(cache, request_)
    before = request_.path.stat()
    request_.path.write_bytes(request_.path.read_bytes().replace(b"Title 1", b"Title X"))
    os.utime(request_.path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert cache.find(request_) is None


def test_a_change_within_a_tick_of_the_clock_is_seen(
    cache: FileCache, request_: Request, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = keep(cache, request_)
    state = identity.state_of(request_.path)
    request_.path.write_bytes(request_.path.read_bytes().replace(b"Title 1", b"Title X"))
    monkeypatch.setattr(identity, "state_of", lambda _path: state)
    assert cache.find(request_) is None
    assert not kept.folder.exists()


def test_a_file_that_was_only_touched_is_the_same_and_read_once(
    cache: FileCache, request_: Request, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(identity, "_COARSEST_CLOCK_NS", -1)
    kept = keep(cache, request_)
    os.utime(request_.path)
    assert cache.find(request_) == kept

    def read_again(_path: Path) -> None:
        raise AssertionError("the content was read again")

    monkeypatch.setattr(identity, "ContentHash", read_again)
    assert cache.find(request_) == kept


def test_a_file_that_is_gone_cannot_be_found(cache: FileCache, request_: Request) -> None:
    keep(cache, request_)
    request_.path.unlink()
    with pytest.raises(ReadError, match="there is no such file"):
        cache.find(request_)


def test_a_file_that_changes_while_it_is_ingested_is_not_kept(cache: FileCache, request_: Request) -> None:
    with cache.making(request_) as making:
        with request_.path.open("ab") as file:
            file.write(b"\n")
        with pytest.raises(ReadError, match="changed while it was read"):
            making.keep()
    assert names(cache) == []


# Limit, clearing


def test_the_file_used_longest_ago_goes_first(cache: FileCache, tmp_path: Path) -> None:
    requests = [Request(make_file(tmp_path / f"{name}.lines")) for name in "abc"]
    kept = [keep(cache, request) for request in requests[:2]]
    make_old(kept[1].folder / "source.json")
    cache.limit_bytes = int(cache.size_bytes() * 1.25)
    assert cache.find(requests[0]) == kept[0]
    third = keep(cache, requests[2])
    assert [cache.find(request) for request in requests] == [kept[0], None, third]
    assert cache.size_bytes() <= cache.limit_bytes


def test_what_was_just_made_may_exceed_the_limit_until_the_next_is_made(cache: FileCache, tmp_path: Path) -> None:
    requests = [Request(make_file(tmp_path / f"{name}.lines")) for name in "ab"]
    cache.limit_bytes = 1
    first = keep(cache, requests[0])
    assert len(table_of(first)) == COUNT
    second = keep(cache, requests[1])
    assert [cache.find(request) for request in requests] == [None, second]


def test_clearing_leaves_nothing_but_what_is_not_ours(cache: FileCache, request_: Request) -> None:
    table = table_of(keep(cache, request_))
    (cache.folder / "notes.txt").write_text("mine")
    (cache.folder / f"leaving-{new_token()}").mkdir()
    cache.clear()
    assert names(cache) == ["notes.txt"]
    assert (cache.count(), cache.size_bytes()) == (0, 0)
    if os.name != "nt":  # What is open stays readable where names and files are two things.
        assert [event.title for event in table][:1] == table.titles_of([0])


# Damage


def parts_of(kept: CachedFile) -> list[str]:
    """List the files of an entry that the table is made of."""
    return sorted(path.name for path in kept.folder.iterdir() if path.name != "source.json")


def read_all(kept: CachedFile) -> None:
    """Open what is kept and look at every event."""
    table = table_of(kept)
    assert [table.row_of(event.id) for event in table] == list(range(COUNT))


def flip(path: Path) -> None:
    """Change one byte in the middle of a file."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def test_a_damaged_part_is_noticed(cache: FileCache, request_: Request) -> None:
    kept = keep(cache, request_)
    damages: tuple[Callable[[Path], Any], ...] = (
        flip,
        lambda path: os.truncate(path, path.stat().st_size // 2),
        lambda path: path.unlink(),
    )
    for name in parts_of(kept):
        path = kept.folder / name
        content = path.read_bytes()
        for damage in damages if content else damages[2:]:
            damage(path)
            with pytest.raises((StoreError, ReadError)):
                read_all(kept)
            path.write_bytes(content)
    read_all(kept)


def test_an_entry_whose_source_is_damaged_is_not_found(cache: FileCache, request_: Request) -> None:
    kept = keep(cache, request_)
    flip(kept.folder / "source.json")
    assert cache.find(request_) is None
    assert not kept.folder.exists()


# Failures


def kept_or_refused(cache: FileCache, request: Request) -> tuple[CachedFile | None, str]:
    """Ingest a file, and return what the store says when it cannot."""
    try:
        return keep(cache, request), ""
    except StoreError as error:
        return None, str(error)


@pytest.mark.parametrize(
    ("function", "error_number"),
    [
        ("open", errno.ENOSPC),
        ("write", errno.ENOSPC),
        ("write", errno.EIO),
        ("mkdir", errno.ENOSPC),
        ("rename", errno.EIO),
    ],
)
def test_whatever_the_disk_refuses_nothing_half_is_left(
    cache: FileCache, request_: Request, monkeypatch: pytest.MonkeyPatch, function: str, error_number: int
) -> None:
    real = getattr(os, function)
    failed = 0
    for failing in range(1, 1000):
        calls = 0

        def refuse(*arguments: Any, failing: int = failing, **named: Any) -> Any:
            nonlocal calls
            is_ours = any(str(cache.folder) in os.fsdecode(one) for one in arguments if isinstance(one, str | Path))
            if is_ours or function == "write":
                calls += 1
            if calls == failing:
                raise OSError(error_number, os.strerror(error_number))
            return real(*arguments, **named)

        monkeypatch.setattr(os, function, refuse)
        kept, message = kept_or_refused(cache, request_)
        monkeypatch.undo()
        if kept is None:
            assert ("no room" in message) == (error_number == errno.ENOSPC)
            failed += 1
            assert names(cache) == []
            assert cache.find(request_) is None
            continue
        read_all(kept)
        cache.clear()
        if calls < failing:
            break
    assert failed >= (1 if function in {"rename", "mkdir"} else 20)


@pytest.mark.once
def test_a_program_that_is_killed_leaves_nothing_that_is_found(cache: FileCache, request_: Request) -> None:
    program = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from tests.helpers.stored import keep\n"
        "from timeline_app.store.cache import FileCache, Request\n"
        "left = [int(sys.argv[1])]\n"
        "def dying(real):\n"
        "    def call(*arguments, **named):\n"
        "        left[0] -= 1\n"
        "        if not left[0]:\n"
        "            os.kill(os.getpid(), signal.SIGKILL)\n"
        "        return real(*arguments, **named)\n"
        "    return call\n"
        "for name in ('write', 'rename'):\n"
        "    setattr(os, name, dying(getattr(os, name)))\n"
        "keep(FileCache(Path(sys.argv[2])), Request(Path(sys.argv[3])))\n"
        "print(10_000 - left[0])\n"
    )

    def run(dies_at: int) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", program, str(dies_at), str(cache.folder), str(request_.path)]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    calls = int(run(10_000).stdout)
    cache.clear()
    for dies_at in (1, calls // 4, calls // 2, calls - 2, calls - 1, calls):  # The last call gives it its name.
        done = run(dies_at)
        assert done.returncode == -signal.SIGKILL, done.stderr
        assert cache.find(request_) is None
        for left in cache.folder.iterdir():
            make_old(left)
        assert cache.find(request_) is None
        assert names(cache) == [], "what a killed program left is swept away"
    run(calls + 1)
    found = cache.find(request_)
    assert found is not None
    read_all(found)


# Several programs at once


def test_what_another_program_is_making_is_left_alone(cache: FileCache, request_: Request) -> None:
    with cache.making(request_) as making:
        make_old(next(cache.folder.iterdir()))
        other = FileCache(cache.folder)
        assert other.find(request_) is None
        other.clear()
        assert len(names(cache)) == 1
        making.stop()
    assert names(cache) == []


def test_what_has_just_begun_is_left_alone_and_what_is_old_is_not(cache: FileCache, request_: Request) -> None:
    cache.folder.mkdir()
    young, old = (workshop_folder(cache.folder, new_token()) for _ in range(2))
    for folder in (young, old):
        folder.mkdir()
    make_old(old)
    assert cache.find(request_) is None
    assert names(cache) == [young.name]


def test_programs_that_ingest_the_same_file_do_not_disturb_each_other(cache: FileCache, request_: Request) -> None:
    errors: list[BaseException] = []

    def run() -> None:
        try:
            own = FileCache(cache.folder)
            for _ in range(5):
                read_all(own.find(request_) or keep(own, request_))
        except BaseException as error:  # noqa: BLE001 - whatever it is, the test tells it
            errors.append(error)

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    found = cache.find(request_)
    assert found is not None
    read_all(found)


def kept_at_once(cache: FileCache, request: Request, count: int) -> list[CachedFile]:
    """Keep a file as programs do that began to ingest it at the same time; what is found first comes first."""
    return sorted((keep(cache, request) for _ in range(count)), key=lambda kept: kept.folder)


def test_of_what_was_kept_at_once_one_entry_stays(cache: FileCache, request_: Request, tmp_path: Path) -> None:
    first, *others = kept_at_once(cache, request_, 3)
    another = keep(cache, Request(make_file(tmp_path / "others.lines")))
    assert cache.find(request_) == first
    assert cache.count() == 4, "whoever has just made one is about to open it"
    for kept in (*others, another):
        make_old(kept.folder / "source.json")
    assert cache.find(request_) == first
    assert names(cache) == sorted([first.folder.name, another.folder.name])
    read_all(first)


@pytest.mark.skipif(os.name == "nt", reason="Windows itself holds what is open")
def test_what_another_program_reads_is_dropped_once_it_has_ended(cache: FileCache, request_: Request) -> None:
    first, second = kept_at_once(cache, request_, 2)
    program = (
        "import sys\n"
        "from pathlib import Path\n"
        "from tests.helpers.stored import table_of\n"
        "from timeline_app.store.cache import CachedFile\n"
        "table = table_of(CachedFile(Path(sys.argv[1])))\n"
        "print('open', flush=True)\n"
        "sys.stdin.read()\n"
        "print(len(list(table)))\n"
    )
    command = [sys.executable, "-c", program, str(second.folder)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        make_old(second.folder / "source.json")
        assert cache.find(request_) == first
        assert cache.count() == 2
        assert process.communicate()[0] == f"{COUNT}\n"
    assert cache.find(request_) == first
    assert names(cache) == [first.folder.name]


@pytest.mark.skipif(os.name == "nt", reason="Windows itself holds what is open")
def test_a_table_holds_its_entry_as_long_as_it_is_there(cache: FileCache, request_: Request) -> None:
    first, second = kept_at_once(cache, request_, 2)
    table = table_of(second)
    make_old(second.folder / "source.json")
    assert cache.find(request_) == first
    assert len(list(table)) == COUNT
    assert second.folder.exists()
    del table
    gc.collect()
    assert cache.find(request_) == first
    assert not second.folder.exists()


@pytest.mark.once
def test_two_processes_at_once(cache: FileCache, request_: Request) -> None:
    program = (
        "import sys\n"
        "from pathlib import Path\n"
        "from tests.helpers.stored import keep, table_of\n"
        "from timeline_app.store.cache import FileCache, Request\n"
        "cache, request = FileCache(Path(sys.argv[1])), Request(Path(sys.argv[2]))\n"
        "for _ in range(5):\n"
        "    kept = keep(cache, request)\n"
        "    assert len(table_of(kept)) == len(list(table_of(cache.find(request))))\n"
    )
    command = [sys.executable, "-c", program, str(cache.folder), str(request_.path)]
    processes = [subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    for process in processes:
        _, complaints = process.communicate()
        assert process.returncode == 0, complaints
    assert cache.find(request_) is not None


def test_a_workshop_is_gone_at_the_end(tmp_path: Path) -> None:
    with workshop(tmp_path) as place:
        (place.folder / "part").write_bytes(b"half")
    assert list(tmp_path.iterdir()) == []


def test_the_lock_of_a_young_workshop_is_its_makers(tmp_path: Path) -> None:
    folder = workshop_folder(tmp_path, new_token())
    folder.mkdir()
    (folder / "lock").touch()
    with mock.patch.object(workshop_module, "_lock", side_effect=AssertionError("nobody else may try it")):
        sweep(tmp_path)
    assert folder.is_dir()
