"""Where the program's own files and the user's folders are, in a checkout or installed."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from timeline_app.core.errors import WorkspaceError

FOLDER_NAME = "conflict-timeline"

_PACKAGE = Path(__file__).resolve().parent
_BUNDLED_TIMELINE = "korean-troops-2024.yaml"
_MAPPINGS = "mappings"
_PRIVATE = 0o700


def bundled_timeline() -> Path:
    """Return the timeline that comes with the program."""
    return _own_folder("events") / _BUNDLED_TIMELINE


def resource(name: str) -> Path:
    """Return the file or folder of this name, with `/` between its parts, in resources/."""
    return _own_folder("resources") / name


def user_data_dir() -> Path:
    """Return the folder of what must never be lost, made on first use; raises WorkspaceError."""
    return _made(_user_folder("XDG_DATA_HOME", ".local/share", "Application Support", "LOCALAPPDATA", "Data"))


def saved_mappings_dir() -> Path:
    """Return the folder of what the user said of the columns of tables, which may not be there yet.

    Raises WorkspaceError as `user_data_dir` does.
    """
    return user_data_dir() / _MAPPINGS


def user_cache_dir() -> Path:
    """Return the folder of what can be computed again, made on first use; raises WorkspaceError."""
    return _made(_user_folder("XDG_CACHE_HOME", ".cache", "Caches", "LOCALAPPDATA", "Cache"))


def user_config_dir() -> Path:
    """Return the folder of the user's preferences, made on first use; raises WorkspaceError."""
    return _made(_user_folder("XDG_CONFIG_HOME", ".config", "Preferences", "APPDATA", "Config"))


def _own_folder(name: str) -> Path:
    """Return events/ or resources/: inside the package when installed, beside it in a checkout."""
    installed = _PACKAGE / name
    return installed if installed.is_dir() else _PACKAGE.parent / name


def _user_folder(xdg_variable: str, below_home: str, library: str, windows_variable: str, windows_name: str) -> Path:
    if sys.platform == "win32":
        return _base(windows_variable, "AppData/Local") / FOLDER_NAME / windows_name
    if sys.platform == "darwin":
        return _home() / "Library" / library / FOLDER_NAME
    return _base(xdg_variable, below_home) / FOLDER_NAME


def _base(variable: str, below_home: str) -> Path:
    """Return the folder an environment variable names; a relative one is ignored, as the XDG specification asks."""
    named = Path(os.environ.get(variable, ""))
    return named if named.is_absolute() else _home() / below_home


def _home() -> Path:
    try:
        return Path.home()
    except RuntimeError as error:
        raise WorkspaceError("the home folder of this user is not known; set HOME to a folder") from error


def _made(folder: Path) -> Path:
    """Make a folder that only its user can enter, and those above it that are missing."""
    try:
        missing = [part for part in (folder, *folder.parents) if not part.exists()]
        for part in reversed(missing):
            part.mkdir(_PRIVATE, exist_ok=True)
    except OSError as error:
        raise WorkspaceError(f"the folder {folder} cannot be made: {error.strerror}") from error
    if not folder.is_dir():
        raise WorkspaceError(f"{folder} is in the way: it is not a folder")
    return folder
