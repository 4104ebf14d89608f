"""The program's own files are found, and the user's folders stand where each system wants them, closed to others."""

from __future__ import annotations

import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from timeline_app import paths
from timeline_app.core.errors import WorkspaceError

FOLDERS: tuple[tuple[Callable[[], Path], str, str], ...] = (
    (paths.user_data_dir, "XDG_DATA_HOME", ".local/share"),
    (paths.user_cache_dir, "XDG_CACHE_HOME", ".cache"),
    (paths.user_config_dir, "XDG_CONFIG_HOME", ".config"),
)


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    for variable in ("XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(sys, "platform", "linux")
    return tmp_path


def test_bundled_files_are_there() -> None:
    assert paths.bundled_timeline().is_file()
    assert paths.resource("actors.yaml").is_file()


def test_files_inside_an_installed_package_come_first(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    package = tmp_path / "timeline_app"
    (package / "events").mkdir(parents=True)
    monkeypatch.setattr(paths, "_PACKAGE", package)
    assert paths.bundled_timeline().parent == package / "events"
    assert paths.resource("icons/open.svg") == tmp_path / "resources" / "icons" / "open.svg"


@pytest.mark.parametrize(("folder", "variable", "below_home"), FOLDERS)
def test_default_folders_lie_below_home(home: Path, folder: Callable[[], Path], variable: str, below_home: str) -> None:
    assert folder() == home / below_home / paths.FOLDER_NAME


@pytest.mark.parametrize(("folder", "variable", "below_home"), FOLDERS)
def test_xdg_variables_are_followed_when_absolute(
    home: Path, monkeypatch: pytest.MonkeyPatch, folder: Callable[[], Path], variable: str, below_home: str
) -> None:
    monkeypatch.setenv(variable, str(home / "elsewhere"))
    assert folder() == home / "elsewhere" / paths.FOLDER_NAME
    monkeypatch.setenv(variable, "relative/folder")
    assert folder() == home / below_home / paths.FOLDER_NAME


@pytest.mark.parametrize(
    ("platform", "data", "cache", "config"),
    [
        (
            "darwin",
            "Library/Application Support/conflict-timeline",
            "Library/Caches/conflict-timeline",
            "Library/Preferences/conflict-timeline",
        ),
        (
            "win32",
            "local/conflict-timeline/Data",
            "local/conflict-timeline/Cache",
            "roaming/conflict-timeline/Config",
        ),
    ],
)
def test_other_systems_have_their_own_places(
    home: Path, monkeypatch: pytest.MonkeyPatch, platform: str, data: str, cache: str, config: str
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setenv("LOCALAPPDATA", str(home / "local"))
    monkeypatch.setenv("APPDATA", str(home / "roaming"))
    assert paths.user_data_dir() == home / data
    assert paths.user_cache_dir() == home / cache
    assert paths.user_config_dir() == home / config


@pytest.mark.skipif(sys.platform == "win32", reason="folders have no such modes on Windows")
def test_folders_are_closed_to_other_users(home: Path) -> None:
    folder = paths.user_data_dir()
    for made in (folder, folder.parent, folder.parent.parent):
        assert stat.S_IMODE(made.stat().st_mode) == 0o700
    assert paths.user_data_dir() == folder


def test_a_file_in_the_way_is_named(home: Path) -> None:
    (home / ".cache").write_text("not a folder", encoding="utf-8")
    with pytest.raises(WorkspaceError, match=r"\.cache"):
        paths.user_cache_dir()
    (home / ".config").mkdir()
    (home / ".config" / paths.FOLDER_NAME).write_text("not a folder either", encoding="utf-8")
    with pytest.raises(WorkspaceError, match="in the way"):
        paths.user_config_dir()


def test_an_unknown_home_is_a_sentence(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_home() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "home", no_home)
    with pytest.raises(WorkspaceError, match="set HOME"):
        paths.user_data_dir()
