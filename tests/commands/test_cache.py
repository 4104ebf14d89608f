"""What is kept of large files is told, and removed where that is asked for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.helpers.batches import write_lines
from tests.helpers.stored import keep, some_events
from timeline_app.cli import main
from timeline_app.store.cache import FileCache, Request


@pytest.fixture
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give the user folders of their own, and a file to be kept."""
    for variable in ("XDG_CACHE_HOME", "LOCALAPPDATA", "HOME"):
        monkeypatch.setenv(variable, str(tmp_path / "cache"))
    write_lines(tmp_path / "events.lines", some_events(5))


def told(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, object]:
    """Run the command and return what it says."""
    capsys.readouterr()
    assert main(["cache", "--format", "json", *words]) == 0
    answer: dict[str, object] = json.loads(capsys.readouterr().out)
    return answer


@pytest.mark.usefixtures("own_folders")
def test_what_is_kept_is_told_and_removed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    empty = told(capsys)
    folder = Path(str(empty["folder"]))
    assert folder.is_relative_to(tmp_path)
    assert (empty["files"], empty["bytes"]) == (0, 0)
    keep(FileCache(folder), Request(tmp_path / "events.lines"))
    full = told(capsys)
    assert full["files"] == 1
    assert main(["cache"]) == 0
    assert f"{folder}: 1 file, " in capsys.readouterr().out
    assert told(capsys, "--clear") == empty
    assert list(folder.iterdir()) == []
