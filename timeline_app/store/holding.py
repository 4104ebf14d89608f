"""A folder that programs use at once, held by each of them so that none takes it away from another."""

from __future__ import annotations

import os
import sys
import weakref
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

if sys.platform == "win32":

    class Hold:
        """Holds a folder, in which Windows lets nobody rename anything above an open file anyway."""

        def __init__(self, folder: Path) -> None:
            self.folder = folder

    @contextmanager
    def unheld(folder: Path) -> Iterator[bool]:  # noqa: ARG001 — renaming it tells
        """Say that a folder may be renamed, which Windows refuses while a file in it is open."""
        yield True

else:
    import fcntl

    class Hold:
        """Holds a folder for as long as this object lives, and the process; any number may hold the same one.

        Where the file system knows no locks it is not held, and `unheld` says of no folder that it is free.
        """

        def __init__(self, folder: Path) -> None:
            self.folder = folder
            with suppress(OSError):  # It is gone, or being taken away: who reads in it finds that out.
                descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
                weakref.finalize(self, os.close, descriptor)
                fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)

    @contextmanager
    def unheld(folder: Path) -> Iterator[bool]:
        """Give whether nobody holds a folder; if so, nobody begins to meanwhile."""
        try:
            descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        except OSError:  # Gone meanwhile, or not ours.
            yield False
            return
        try:
            yield _locked_alone(descriptor)
        finally:
            os.close(descriptor)

    def _locked_alone(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
