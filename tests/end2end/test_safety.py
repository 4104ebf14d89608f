"""Nothing that a file says makes the program open, write, fetch or start anything: watched from inside and outside."""

from __future__ import annotations

import functools
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

pytestmark = pytest.mark.qt

ROOT = Path(__file__).resolve().parents[2]
DRIVER = Path(__file__).with_name("driver.py")
TIMEOUT_S = 110
CANARIES = 40
CANARY = re.compile(r"canary-\d")
FOLDERS = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR")

# How Qt, a browser or a careless program is led to a file; {0} is its path.
LURES = (
    "<img src='{0}'>",
    "<img src='file://{0}'>",
    "<table background='{0}'><tr><td>x</td></tr></table>",
    "<body background='{0}'>",
    "<div style='background-image: url({0})'>x</div>",
    "<link rel='stylesheet' href='{0}'>",
    "<style>@import url('{0}');</style>",
    "<iframe src='{0}'></iframe>",
    "<object data='{0}'></object>",
    "![x]({0})",
)


@functools.cache
def strace() -> str | None:
    """Return the path of a strace that may watch a process here."""
    path = shutil.which("strace")
    if path is None:
        return None
    tried = subprocess.run([path, "-f", "-e", "trace=none", sys.executable, "-c", ""], capture_output=True, check=False)
    return path if tried.returncode == 0 else None


class Canaries:
    """Files that nobody may open, and the texts that name them."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.paths = [folder / f"canary-{number}.png" for number in range(CANARIES)]
        for path in self.paths:
            path.write_bytes(b"canary")
        self._used = 0

    def text(self) -> str:
        """Return markup that names the next canary, with words around it."""
        number = self._used
        self._used += 1
        return f"lured {number} {LURES[number % len(LURES)].format(self.paths[number % CANARIES])}"


def hostile_tree(canaries: Canaries) -> dict[str, Any]:
    """Return a timeline in which every text that is shown anywhere names a canary."""
    lure = canaries.text
    source = {field: lure() for field in ("title", "author", "publisher", "language")}
    events = [
        {
            "id": f"event-{number}",
            "title": lure(),
            "when": f"2024-0{number + 1}",
            "type": lure(),
            "place": lure(),
            "summary": lure(),
            "basis_note": lure(),
            "tags": [lure()],
            "actors": [{"name": lure(), "role": lure()}, "Russia"],
            "links": [{"to": f"event-{(number + 1) % 5}", "kind": lure()}],
            "excerpts": [{"source": "s", "text": lure(), "locator": lure(), "language": lure(), "translation": lure()}],
            "claims": [
                {"about": lure(), "value": lure(), "unit": lure(), "by": [lure()], "source": "s", "excerpt": lure()},
                {"about": "troops", "low": "1", "high": "9", "by": [lure()]},
            ],
            lure(): "an unknown key, which is named among the problems",
        }
        for number in range(5)
    ]
    events.append({"title": lure(), "when": lure()})
    return {
        "timeline_format": "1",
        "title": lure(),
        "summary": lure(),
        "sources": {"s": source | {"url": f"file://{canaries.paths[0]}", "published": "2024"}},
        "actors": {"Russia": {"kind": lure(), "aliases": [lure()], "part_of": lure()}},
        "events": events,
    }


class Place:
    """A folder with the user's own folders in it, and the program run there under watch."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.home = folder / "home"
        for name in FOLDERS:
            (self.home / name.lower()).mkdir(mode=0o700, parents=True)
        self.variables = os.environ | {name: str(self.home / name.lower()) for name in FOLDERS}
        self.variables |= {"HOME": str(self.home), "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}

    def run(self, *words: str | Path, before: tuple[str, ...] = ()) -> dict[str, Any]:
        """Run a scenario and return its record."""
        done = subprocess.run(
            [*before, sys.executable, str(DRIVER), *map(str, words)],
            cwd=self.folder,
            env=self.variables,
            capture_output=True,
            text=True,
            timeout=TIMEOUT_S,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        record: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        assert record["failures"] == [], record["failures"]
        return record


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


@pytest.fixture
def canaries(tmp_path: Path) -> Canaries:
    return Canaries(tmp_path / "canaries")


@pytest.fixture(params=["yaml", "json"])
def hostile(request: pytest.FixtureRequest, tmp_path: Path, canaries: Canaries) -> Path:
    tree, path = hostile_tree(canaries), tmp_path / f"hostile.{request.param}"
    text = json.dumps(tree) if request.param == "json" else yaml.safe_dump(tree, allow_unicode=True, sort_keys=False)
    path.write_text(text, encoding="utf-8")
    return path


def test_the_hostile_file_names_every_canary_and_is_shown(place: Place, hostile: Path, canaries: Canaries) -> None:
    text = hostile.read_text(encoding="utf-8")
    assert all(str(path) in text for path in canaries.paths)
    assert place.run("look", hostile)["events"] == 5


def test_no_canary_is_opened_nothing_is_started_and_nothing_is_written_elsewhere(
    place: Place, hostile: Path, canaries: Canaries
) -> None:
    before = hashlib.sha256(hostile.read_bytes()).hexdigest()
    record = place.run("look", hostile)
    assert [name for name in record["opened"] if CANARY.search(name)] == []
    assert record["outside"] == []
    allowed = (str(place.home), "/dev/", ":memory:")
    assert [name for name in record["written"] if not name.startswith(allowed)] == []
    assert record["written"] != []
    assert hashlib.sha256(hostile.read_bytes()).hexdigest() == before
    assert sorted(path.name for path in place.folder.iterdir()) == ["canaries", "home", hostile.name]
    assert [path for path in canaries.paths if path.read_bytes() != b"canary"] == []


def test_seen_from_outside_no_canary_is_opened_and_no_socket_reaches_out(
    place: Place, hostile: Path, tmp_path: Path
) -> None:
    if strace() is None:
        pytest.skip("strace is not here, or may not watch a process")
    log = tmp_path / "calls.log"
    calls = (
        "trace=open,openat,openat2,stat,statx,newfstatat,access,socket,connect,execve,unlink,unlinkat,rename,renameat2"
    )
    place.run("look", hostile, before=(str(strace()), "-f", "-qq", "-s", "300", "-o", str(log), "-e", calls))
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    assert any(str(hostile) in line for line in lines)
    assert [line for line in lines if CANARY.search(line)] == []
    assert [line for line in lines if re.search(r"AF_INET|AF_NETLINK", line)] == []
    assert len([line for line in lines if "execve(" in line]) == 1
    assert elsewhere(lines, place) == []


def elsewhere(lines: list[str], place: Place) -> list[str]:
    """Return the calls that open for writing, or change, something outside the user's folders."""
    writing = re.compile(r"O_WRONLY|O_RDWR|O_CREAT|\b(?:unlink|unlinkat|rename|renameat2)\(")
    found = [line for line in lines if writing.search(line) and "= -1" not in line]
    allowed = (str(place.home), "/dev/null", "/dev/shm", "/proc/self", "/memfd")
    return [line for line in found if not any(part in line for part in allowed)]


def test_the_bundled_timeline_is_shown_without_any_of_it(place: Place) -> None:
    record = place.run("look")
    assert record["outside"] == []
    allowed = (str(place.home), "/dev/", ":memory:")
    assert [name for name in record["written"] if not name.startswith(allowed)] == []
    assert record["events"] >= 18


@pytest.mark.parametrize("kind", ["a file in the way", "a folder that cannot be entered"])
def test_a_home_that_cannot_be_used_is_told_and_stops_nothing(place: Place, kind: str) -> None:
    for name in FOLDERS[:3]:
        in_the_way = place.folder / f"{name}-taken"
        if kind == "a file in the way":
            in_the_way.write_text("taken", encoding="utf-8")
        else:
            in_the_way.mkdir(0o500)
            if os.access(in_the_way, os.W_OK):
                pytest.skip("this user may write everywhere")
        place.variables[name] = str(in_the_way)
    record = place.run("state")
    assert record["counts"].startswith("24 events = 22 shown + 2 merged + 0 filtered out")
    assert record["said"].startswith("Nothing is remembered this time")
    assert place.run("fail")["notices"] == 1


def test_kept_files_of_the_user_are_private(place: Place) -> None:
    place.run("state")
    kept = [path for path in place.home.rglob("*") if path.is_file()]
    assert any(path.name == "workspace.sqlite" for path in kept)
    for folder in {path.parent for path in kept}:
        assert folder.stat().st_mode & 0o077 == 0, folder
