"""The workspace loses nothing that it said is safe, and never stands in the way of the program."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from timeline_app.core.errors import WorkspaceError
from timeline_app.ui import workspace as workspace_module
from timeline_app.ui.workspace import RECENT_LIMIT, RecentFile, SavedSession, SavedView, SavedViewport, Workspace
from timeline_app.ui.workspace_copy import copied_workspace
from timeline_app.ui.workspace_schema import APPLICATION_ID, MIGRATIONS

KILLS = 20
WRITER = """
import sys
from pathlib import Path
from timeline_app.ui.workspace import SavedSession, SavedView, Workspace

workspace = Workspace.open(Path(sys.argv[1]))
number = int(sys.argv[2])
while True:
    number += 1
    workspace.set_setting("number", number)
    workspace.save_session(SavedSession((f"{number}.yaml",), SavedView(query="x" * (number % 5000))))
    workspace.remember_file(f"{number}.yaml", "Title", number)
    print(number, flush=True)
"""
OPENER = """
import sys
from pathlib import Path
from timeline_app.ui.workspace import Workspace

workspace = Workspace.open(Path(sys.argv[1]))
for turn in range(20):
    workspace.remember_file(f"{sys.argv[2]}-{turn}", "", turn)
print(workspace.notice)
"""
# No file may grow, as on a full disk, until the disk has room again.
FULL_DISK = """
import resource
import sys
from pathlib import Path
from timeline_app.core.errors import WorkspaceError
from timeline_app.ui.workspace import Workspace

unlimited = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (0, unlimited[1]))
workspace = Workspace.open_or_temporary(Path(sys.argv[1]))
print(workspace.is_only_read, workspace.settings())
print(workspace.notice)
try:
    workspace.set_setting("theme", "light")
except WorkspaceError as error:
    print(error)
print(workspace.settings())
resource.setrlimit(resource.RLIMIT_FSIZE, unlimited)
workspace.set_setting("theme", "light")
print(workspace.is_only_read, workspace.settings())
"""
VIEW = SavedView('actor:Russia "Kursk"', "type", SavedViewport(-(2**59), 0.25, 1e-2), ("first", "second"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "workspace.sqlite"


def reopened(path: Path, change: Callable[[Workspace], None]) -> Workspace:
    """Make a change, close the workspace, and open it again."""
    workspace = Workspace.open(path)
    change(workspace)
    workspace.close()
    return Workspace.open(path)


def test_a_new_workspace_remembers_nothing(path: Path) -> None:
    workspace = Workspace.open(path)
    assert workspace.recent_files() == ()
    assert workspace.settings() == {}
    assert workspace.last_session() is None
    assert workspace.views(()) == {}
    assert (workspace.notice, workspace.is_kept) == ("", True)


def test_the_file_is_a_database_of_ours_that_is_written_through(path: Path) -> None:
    Workspace.open(path).close()
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert connection.execute("SELECT version FROM migrations").fetchall() == [
        (number,) for number in range(1, len(MIGRATIONS) + 1)
    ]
    connection.close()


@pytest.mark.parametrize("value", [True, False, 0, -7, 2**70, "", "däs “ist” ein\nText", "\ud800"])
def test_settings_come_back_as_they_were(path: Path, value: bool | int | str) -> None:
    workspace = reopened(path, lambda it: it.set_setting("key", value))
    [(key, found)] = workspace.settings().items()
    assert (key, found, type(found)) == ("key", value, type(value))


def test_recent_files_come_latest_first_and_once(path: Path) -> None:
    def change(workspace: Workspace) -> None:
        workspace.remember_file("/a", "A", 1, now_s=100)
        workspace.remember_file("/b", "B", 2, now_s=100)
        workspace.remember_file("/a", "A again", 3, now_s=50)

    found = reopened(path, change).recent_files()
    assert found == (RecentFile("/a", "A again", 3, 50), RecentFile("/b", "B", 2, 100))


def test_recent_files_are_forgotten_all_together_and_beyond_the_limit(path: Path) -> None:
    workspace = Workspace.open(path)
    for number in range(RECENT_LIMIT + 5):
        workspace.remember_file(f"/{number}", "", 0)
    assert [file.path for file in workspace.recent_files()] == [f"/{RECENT_LIMIT + 4 - n}" for n in range(RECENT_LIMIT)]
    workspace.forget_all_files()
    assert workspace.recent_files() == ()


@pytest.mark.skipif(sys.platform == "win32", reason="file names of Windows are Unicode")
def test_a_path_that_is_not_utf_8_and_a_title_with_half_a_character_are_kept(path: Path) -> None:
    name = os.fsdecode(b"/caf\xe9.yaml")
    [file] = reopened(path, lambda it: it.remember_file(name, "half \ud83d", 1)).recent_files()
    assert file.path == name
    assert file.title == "half ?"


def test_the_last_session_comes_back_whole(path: Path) -> None:
    session = SavedSession(("/a.yaml", "/ü.csv"), VIEW)
    assert reopened(path, lambda it: it.save_session(session)).last_session() == session


def test_a_new_session_takes_the_place_of_the_last_one(path: Path) -> None:
    workspace = Workspace.open(path)
    workspace.save_session(SavedSession(("/a",), VIEW))
    workspace.save_session(SavedSession((), SavedView()))
    assert workspace.last_session() == SavedSession((), SavedView())


def test_views_belong_to_a_set_of_files_and_have_names(path: Path) -> None:
    def change(workspace: Workspace) -> None:
        workspace.save_view(("/b", "/a"), "Zweite", SavedView("old"))
        workspace.save_view(("/a", "/b"), "Zweite", VIEW)
        workspace.save_view(("/a", "/b"), "Erste", SavedView())
        workspace.save_view(("/a",), "Other", SavedView())

    workspace = reopened(path, change)
    assert workspace.views(("/a", "/b")) == {"Erste": SavedView(), "Zweite": VIEW}
    assert list(workspace.views(("/b", "/a"))) == ["Erste", "Zweite"]
    workspace.forget_view(("/b", "/a"), "Zweite")
    assert list(workspace.views(("/a", "/b"))) == ["Erste"]
    assert list(workspace.views(("/a",))) == ["Other"]


@pytest.mark.parametrize(
    ("stored", "expected"),
    [
        ("not json", None),
        ("[]", None),
        ("{}", SavedView()),
        ('{"query": 3, "grouping": null, "viewport": [], "selection": {"a": 1}}', SavedView()),
        ('{"selection": ["a", 1, "b"]}', SavedView(selection=("a", "b"))),
        ('{"viewport": {"left_s": 0.5, "left_part": 0, "seconds_per_px": 1}}', SavedView()),
        ('{"viewport": {"left_s": 1}}', SavedView()),
    ],
)
def test_a_session_that_cannot_be_understood_gives_what_can(
    path: Path, stored: str, expected: SavedView | None
) -> None:
    workspace = Workspace.open(path)
    workspace.save_session(SavedSession(("/a",), VIEW))
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("UPDATE last_session SET view = ?", (stored,))
    other.close()
    session = workspace.last_session()
    assert (session.view if session is not None else None) == expected


def garbage(path: Path) -> None:
    """Put bytes that were never a database in the place of a workspace."""
    path.write_bytes(b"never a database\n" * 1000)


def torn(path: Path) -> None:
    """Make a workspace and overwrite all of it but its first page."""
    workspace = Workspace.open(path)
    for number in range(50):
        workspace.set_setting(f"key {number}", "x" * 500)
    workspace.close()
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xa5" * (len(content) - 4096)
    path.write_bytes(bytes(content))


def foreign(path: Path) -> None:
    """Put the database of another program in the place of a workspace."""
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE bookmarks (url TEXT)")
    connection.commit()
    connection.close()


def plundered(path: Path) -> None:
    """Make a workspace and drop one of its tables."""
    Workspace.open(path).close()
    connection = sqlite3.connect(path)
    connection.execute("DROP TABLE views")
    connection.commit()
    connection.close()


@pytest.mark.parametrize("spoil", [garbage, torn, foreign, plundered])
def test_a_damaged_workspace_is_kept_aside_and_said_so_once(path: Path, spoil: Callable[[Path], None]) -> None:
    spoil(path)
    spoiled = path.read_bytes()
    workspace = Workspace.open(path)
    assert "workspace.sqlite.damaged-1" in workspace.notice
    assert workspace.is_kept
    assert path.with_name("workspace.sqlite.damaged-1").read_bytes() == spoiled
    workspace.set_setting("theme", "dark")
    workspace.close()
    again = Workspace.open(path)
    assert (again.notice, again.settings()) == ("", {"theme": "dark"})


def test_each_damaged_workspace_keeps_a_name_of_its_own(path: Path) -> None:
    for number in (1, 2, 3):
        path.write_bytes(b"damage %d " % number * 500)
        Workspace.open(path).close()
    names = sorted(file.name for file in path.parent.iterdir() if "damaged" in file.name)
    assert names == [f"workspace.sqlite.damaged-{number}" for number in (1, 2, 3)]


def test_an_empty_file_becomes_a_workspace(path: Path) -> None:
    path.touch()
    assert Workspace.open(path).notice == ""


def test_the_workspace_of_a_newer_program_is_left_alone(path: Path) -> None:
    reopened(path, lambda it: it.set_setting("theme", "dark")).close()
    connection = sqlite3.connect(path)
    connection.execute("INSERT INTO migrations VALUES (99, 0)")
    connection.commit()
    connection.close()
    before = path.read_bytes()
    with pytest.raises(WorkspaceError, match=r"newer version of the program \(schema 99"):
        Workspace.open(path)
    workspace = Workspace.open_or_temporary(path)
    assert workspace.notice.startswith("Nothing is remembered this time: the workspace was made by a newer version")
    assert not workspace.is_kept
    workspace.set_setting("theme", "light")
    assert workspace.settings() == {"theme": "light"}
    assert path.read_bytes() == before


def test_a_folder_that_does_not_exist_gives_a_workspace_for_now(tmp_path: Path) -> None:
    workspace = Workspace.open_or_temporary(tmp_path / "missing" / "workspace.sqlite")
    assert not workspace.is_kept
    assert "cannot be used" in workspace.notice


def test_a_change_that_fails_leaves_everything_as_it_was(path: Path) -> None:
    workspace = Workspace.open(path)
    workspace.set_setting("theme", "dark")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute(
        "CREATE TRIGGER refuse BEFORE INSERT ON recent_files WHEN new.path = x'2f62'"
        " BEGIN SELECT raise(ABORT, 'disk full'); END"
    )
    other.close()
    workspace.remember_file("/a", "", 0)
    with pytest.raises(WorkspaceError, match="disk full"):
        workspace.remember_file("/b", "", 0)
    workspace.set_setting("theme", "light")
    assert [file.path for file in workspace.recent_files()] == ["/a"]
    assert workspace.settings() == {"theme": "light"}


@pytest.mark.skipif(sys.platform == "win32", reason="files have no limit there")
@pytest.mark.parametrize("ending", ["closed", "killed"])
def test_on_a_full_disk_what_was_remembered_is_read_and_kept_again_once_there_is_room(path: Path, ending: str) -> None:
    if ending == "closed":
        reopened(path, lambda it: it.set_setting("theme", "dark")).close()
    else:  # The last change is in the log alone.
        change = "import os, signal; workspace.set_setting('theme', 'dark'); os.kill(os.getpid(), signal.SIGKILL)"
        opening = WRITER.split("number =", maxsplit=1)[0]
        subprocess.run([sys.executable, "-c", opening + change, str(path)], check=False)
        assert path.with_name("workspace.sqlite-wal").stat().st_size > 0
        path.with_name("workspace.sqlite-shm").unlink()
    done = subprocess.run([sys.executable, "-c", FULL_DISK, str(path)], capture_output=True, text=True, check=True)
    lines = done.stdout.splitlines()
    assert lines[0] == "True {'theme': 'dark'}"
    assert lines[1].startswith("What was remembered can be read, but nothing new is kept: the workspace ")
    assert "cannot be used" in lines[2]
    assert lines[3:] == ["{'theme': 'dark'}", "False {'theme': 'light'}"]
    assert Workspace.open(path).settings() == {"theme": "light"}


def test_a_copy_to_be_read_is_of_this_programs_schema_or_none(path: Path) -> None:
    with pytest.raises(WorkspaceError, match="cannot be read"):
        copied_workspace(path)
    assert not path.exists()
    Workspace.open(path).close()
    copy = copied_workspace(path)
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        copy.execute("DELETE FROM settings")
    copy.close()
    foreign(path.with_name("other.sqlite"))
    with pytest.raises(WorkspaceError, match="another program"):
        copied_workspace(path.with_name("other.sqlite"))


def test_a_full_disk_is_called_so(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def is_full(_connection: sqlite3.Connection) -> None:
        error = sqlite3.OperationalError("disk I/O error")
        error.sqlite_errorcode = sqlite3.SQLITE_IOERR_SHMSIZE
        raise error

    Workspace.open(path).close()
    monkeypatch.setattr(workspace_module, "check_owner", is_full)
    for free, said in ((1 << 30, "disk I/O error"), (100, "the disk is full")):
        usage = SimpleNamespace(total=1 << 40, used=0, free=free)
        monkeypatch.setattr(shutil, "disk_usage", lambda _folder, usage=usage: usage)
        workspace = Workspace.open_or_temporary(path)
        assert workspace.is_only_read
        assert workspace.notice.endswith(f"cannot be used: {said}.")
        workspace.close()


def test_two_programs_see_each_others_changes(path: Path) -> None:
    one, other = Workspace.open(path), Workspace.open(path)
    for turn in range(10):
        one.remember_file(f"/one/{turn}", "", 0)
        other.remember_file(f"/other/{turn}", "", 0)
    assert one.recent_files() == other.recent_files()
    assert len(one.recent_files()) == 20


@pytest.mark.parametrize("start", ["fresh", "damaged"])
def test_programs_that_start_at_once_do_not_hurt_each_other(path: Path, start: str) -> None:
    if start == "damaged":
        garbage(path)
    programs = [
        subprocess.Popen([sys.executable, "-c", OPENER, str(path), str(number)], stdout=subprocess.PIPE, text=True)
        for number in range(4)
    ]
    notices = [program.communicate(timeout=60)[0].strip() for program in programs]
    assert [program.returncode for program in programs] == [0, 0, 0, 0]
    assert sum(bool(notice) for notice in notices) == (1 if start == "damaged" else 0)
    workspace = Workspace.open(path)
    assert workspace.notice == ""
    assert len(workspace.recent_files()) == RECENT_LIMIT


def test_what_was_acknowledged_outlives_any_kill(path: Path) -> None:
    acknowledged = 0
    for turn in range(KILLS):
        program = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path), str(acknowledged)], stdout=subprocess.PIPE, text=True
        )
        assert program.stdout is not None
        for _ in range(1 + turn * 7 % 40):
            acknowledged = int(program.stdout.readline())
        program.kill()
        rest = program.stdout.read().split("\n")[:-1]
        program.stdout.close()
        program.wait()
        acknowledged = int(rest[-1]) if rest else acknowledged
        workspace = Workspace.open(path)
        number = workspace.settings()["number"]
        session = workspace.last_session()
        assert workspace.notice == ""
        assert isinstance(number, int)
        assert session is not None
        assert number in {acknowledged, acknowledged + 1}
        assert session.files[0] in {f"{acknowledged}.yaml", f"{acknowledged + 1}.yaml"}
        assert workspace.recent_files()[0].event_count in {acknowledged, acknowledged + 1}
        workspace.close()


def test_a_workspace_that_nobody_holds_any_more_is_closed_by_whatever_thread_collects_it(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    failed: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", failed.append)
    held = [Workspace.open(path)]
    closing = held[0]._closing
    collector = threading.Thread(target=held.clear)
    collector.start()
    collector.join()
    assert not closing.alive
    assert not failed
