"""A folder in which something is made before it gets its place, swept away when its maker ends before that."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from timeline_app.store.disk import create, failures_told

_NAME = re.compile(r"making-[0-9a-f]{16}")
_LOCK_NAME = "lock"
_TOKEN_BYTES = 8
_PRIVATE = 0o700
# For a moment at its beginning and at its end a folder has no lock, and looks like a leftover.
_YOUNG_S = 10.0


class Workshop:
    """A folder that is locked for as long as the process that made it lives, however it ends."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock_path = folder / _LOCK_NAME
        self._descriptor: int | None = create(self._lock_path)
        _lock(self._descriptor)

    def unlock(self) -> None:
        """Take the lock out of the folder, once."""
        if self._descriptor is not None:
            with suppress(OSError):  # Then it stays in the folder, where it does no harm.
                self._lock_path.unlink()
            os.close(self._descriptor)
            self._descriptor = None


@contextmanager
def workshop(parent: Path, token: str = "") -> Iterator[Workshop]:
    """Make a folder in another one, and remove it at the end unless it was moved; raises StoreError."""
    sweep(parent)
    folder = workshop_folder(parent, token or new_token())
    with failures_told(folder):
        folder.mkdir(mode=_PRIVATE)
    try:
        with failures_told(folder):
            made = Workshop(folder)
        try:
            yield made
        finally:
            made.unlock()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def workshop_folder(parent: Path, token: str) -> Path:
    """Return the folder that is made for a token."""
    return parent / f"making-{token}"


def sweep(parent: Path) -> None:
    """Remove the folders whose makers have ended before they were done."""
    for folder in workshops(parent):
        with suppress(OSError):  # Another program has removed it meanwhile.
            if _is_left_over(folder):
                shutil.rmtree(folder, ignore_errors=True)


def workshops(parent: Path) -> list[Path]:
    """Return the folders in which something is or was made."""
    try:
        return [path for path in parent.iterdir() if _NAME.fullmatch(path.name)]
    except OSError:  # There is no such folder yet.
        return []


def new_token() -> str:
    """Return a part of a name that no other program comes upon."""
    return secrets.token_hex(_TOKEN_BYTES)


def _is_left_over(folder: Path) -> bool:
    """Return whether the maker of a folder has ended; raises OSError when the folder vanishes meanwhile.

    The lock of a young one is not tried, since its maker is about to take it. The age is looked at again behind that:
    a maker that has just unlocked its folder has changed it so.
    """
    return _is_old(folder) and _has_no_maker(folder / _LOCK_NAME) and _is_old(folder)


def _is_old(folder: Path) -> bool:
    return time.time() - folder.stat().st_mtime > _YOUNG_S


def _has_no_maker(lock_path: Path) -> bool:
    try:
        descriptor = os.open(lock_path, os.O_RDWR)
    except FileNotFoundError:
        return True
    try:
        _lock(descriptor)
        return os.fstat(descriptor).st_nlink > 0
    except OSError:
        return False
    finally:
        os.close(descriptor)


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
