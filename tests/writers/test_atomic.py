"""Whatever fails while a file is written, what stood there before is whole."""

from __future__ import annotations

import errno
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from timeline_app.core.errors import WriteError
from timeline_app.writers.atomic import write_file

CHUNKS = (b"first\n", b"second\n", b"third\n")
OLD, NEW = b"what stood there", b"".join(CHUNKS)

needs_posix = pytest.mark.skipif(sys.platform == "win32", reason="modes, links and pipes of POSIX")


def test_a_new_file_holds_all_chunks(tmp_path: Path) -> None:
    write_file(tmp_path / "out.csv", CHUNKS)
    assert (tmp_path / "out.csv").read_bytes() == NEW
    assert names(tmp_path) == ["out.csv"]


def test_an_existing_file_is_replaced_only_by_force(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_bytes(OLD)
    with pytest.raises(WriteError, match=r"out\.csv exists; nothing was written \(--force replaces it\)"):
        write_file(path, CHUNKS)
    assert path.read_bytes() == OLD
    write_file(path, CHUNKS, force=True)
    assert path.read_bytes() == NEW


def test_a_file_made_meanwhile_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"

    def slow_chunks() -> Iterator[bytes]:
        yield CHUNKS[0]
        path.write_bytes(OLD)
        yield CHUNKS[1]

    with pytest.raises(WriteError, match="exists"):
        write_file(path, slow_chunks())
    assert path.read_bytes() == OLD
    assert names(tmp_path) == ["out.csv"]


def test_what_is_being_read_is_never_replaced(tmp_path: Path) -> None:
    path = tmp_path / "timeline.yaml"
    path.write_bytes(OLD)
    with pytest.raises(WriteError, match="never changed"):
        write_file(tmp_path / "." / "timeline.yaml", CHUNKS, force=True, inputs=[path, tmp_path / "gone.yaml"])
    assert path.read_bytes() == OLD


@needs_posix
def test_a_symbolic_link_stays_one_and_its_target_is_written(tmp_path: Path) -> None:
    target, link = tmp_path / "target.csv", tmp_path / "link.csv"
    target.write_bytes(OLD)
    link.symlink_to(target)
    write_file(link, CHUNKS, force=True)
    assert link.is_symlink()
    assert target.read_bytes() == NEW


@needs_posix
def test_links_in_a_circle_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    with pytest.raises(WriteError, match=r"a could not be written"):
        write_file(tmp_path / "a", CHUNKS)


@needs_posix
def test_the_mode_of_a_replaced_file_is_kept_and_a_new_one_follows_the_mask(tmp_path: Path) -> None:
    kept, new = tmp_path / "kept.csv", tmp_path / "new.csv"
    kept.write_bytes(OLD)
    kept.chmod(0o640)
    write_file(kept, CHUNKS, force=True)
    assert stat.S_IMODE(kept.stat().st_mode) == 0o640
    before = os.umask(0o027)
    try:
        write_file(new, CHUNKS)
    finally:
        os.umask(before)
    assert stat.S_IMODE(new.stat().st_mode) == 0o640


@needs_posix
def test_folders_and_devices_are_refused(tmp_path: Path) -> None:
    with pytest.raises(WriteError, match="is a folder"):
        write_file(tmp_path, CHUNKS, force=True)
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(WriteError, match="not a regular file"):
        write_file(tmp_path / "pipe", CHUNKS, force=True)
    with pytest.raises(WriteError, match=r"missing.*could not be written"):
        write_file(tmp_path / "missing" / "out.csv", CHUNKS)


@pytest.mark.parametrize("force", [True, False])
@pytest.mark.parametrize("failing", ["write", "fsync", "link", "replace"])
@pytest.mark.parametrize("nth", [1, 2, 3, 4])
def test_the_nth_failure_leaves_the_old_file_whole_or_the_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str, nth: int, *, force: bool
) -> None:
    path = tmp_path / "out.csv"
    if force:
        path.write_bytes(OLD)
    failed = fail_nth(monkeypatch, failing, nth)
    said = ""
    try:
        write_file(path, CHUNKS, force=force)
    except WriteError as error:
        said = str(error)
    assert bool(said) == failed(), "a failure that nobody was told of, or the other way round"
    if not failed() or (failing == "fsync" and nth == 2):
        assert content(path) == NEW  # Only the new name may not last through a power failure.
    else:
        assert content(path) == (OLD if force else None)
    assert said == "" or "No space left" in said
    assert names(tmp_path) == (["out.csv"] if content(path) is not None else [])


def test_a_system_that_writes_little_at_a_time_is_asked_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: write(descriptor, bytes(data)[:2]))
    write_file(tmp_path / "out.csv", CHUNKS)
    assert (tmp_path / "out.csv").read_bytes() == NEW


@needs_posix
@pytest.mark.parametrize("taken", [True, False])
def test_a_file_system_without_hard_links_is_written_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, taken: bool
) -> None:
    path = tmp_path / "out.csv"

    def no_link(_source: Path | str, target: Path, **_options: int) -> None:
        if taken:
            path.write_bytes(OLD)
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "link", no_link)
    if taken:
        with pytest.raises(WriteError, match="exists"):
            write_file(path, CHUNKS)
    else:
        write_file(path, CHUNKS)
    assert path.read_bytes() == (OLD if taken else NEW)
    assert names(tmp_path) == ["out.csv"]


@needs_posix
@pytest.mark.once
@pytest.mark.skipif(not hasattr(os, "O_TMPFILE"), reason="files without a name are of Linux")
def test_a_program_that_is_killed_while_it_writes_leaves_nothing(tmp_path: Path) -> None:
    try:
        os.close(os.open(tmp_path, os.O_RDWR | os.O_TMPFILE))
    except OSError:
        pytest.skip("the file system has no files without a name")
    path = tmp_path / "out.csv"
    path.write_bytes(OLD)
    code = (
        "import os, pathlib, signal, sys\n"
        "from timeline_app.writers.atomic import write_file\n"
        "def chunks():\n"
        "    yield b'first'\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
        "    yield b'second'\n"
        "write_file(pathlib.Path(sys.argv[1]), chunks(), force=True)\n"
    )
    killed = subprocess.run([sys.executable, "-c", code, str(path)], cwd=Path(__file__).parents[2], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert (names(tmp_path), content(path)) == (["out.csv"], OLD)


@pytest.mark.parametrize("force", [True, False])
def test_a_system_without_unnamed_files_is_written_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, force: bool
) -> None:
    monkeypatch.delattr(os, "O_TMPFILE", raising=False)
    write_file(tmp_path / "out.csv", CHUNKS, force=force)
    assert (tmp_path / "out.csv").read_bytes() == NEW
    assert names(tmp_path) == ["out.csv"]


def test_an_error_of_the_events_themselves_leaves_nothing_behind(tmp_path: Path) -> None:
    def broken() -> Iterator[bytes]:
        yield CHUNKS[0]
        raise WriteError("half a character")

    with pytest.raises(WriteError, match="half a character"):
        write_file(tmp_path / "out.csv", broken())
    assert names(tmp_path) == []


def fail_nth(monkeypatch: pytest.MonkeyPatch, name: str, nth: int) -> Callable[[], bool]:
    """Make the nth call of a function of `os` fail as on a full disk; return whether it came to that."""
    real: Callable[..., object] = getattr(os, name)
    calls = 0

    def counted(*arguments: object, **options: object) -> object:
        nonlocal calls
        calls += 1
        if calls == nth:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return real(*arguments, **options)

    monkeypatch.setattr(os, name, counted)
    return lambda: calls >= nth


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def content(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None
