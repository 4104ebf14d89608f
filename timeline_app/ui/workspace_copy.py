"""What a workspace remembers, where its file cannot be written: on a full disk, in a folder that may only be read."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

from timeline_app.core.errors import WorkspaceError
from timeline_app.ui.workspace_schema import check_owner, migrate

LEAST_FREE_BYTES = 1 << 16
# To keep an index of its log SQLite shares a file beside the workspace, which a full disk has no room for, unless one
# program alone has the workspace open. Only where there is no log may it be passed over.
_WAYS = (("mode=ro", False), ("mode=rw", True), ("mode=ro&immutable=1", False))


def copied_workspace(path: Path) -> sqlite3.Connection:
    """Return a copy in memory of a workspace, with the present schema, that takes no changes.

    Nothing new is written. Raises WorkspaceError when it cannot be read either, or is one of a newer program.
    """
    copy = sqlite3.connect(":memory:", isolation_level=None)
    try:
        _fill(copy, path)
        check_owner(copy)
        migrate(copy)
        copy.execute("PRAGMA query_only = ON")
    except sqlite3.Error as error:
        copy.close()
        raise WorkspaceError(f"the workspace {path} cannot be read: {error}") from error
    except WorkspaceError:
        copy.close()
        raise
    return copy


def _fill(copy: sqlite3.Connection, path: Path) -> None:
    failure: sqlite3.Error | None = None
    for way, alone in _WAYS:
        if "immutable" in way and _has_log(path):
            break
        try:
            _read(copy, f"{path.absolute().as_uri()}?{way}", alone=alone)
        except sqlite3.Error as error:
            failure = error
        else:
            return
    if failure is not None:
        raise failure


def _read(copy: sqlite3.Connection, address: str, *, alone: bool) -> None:
    source = sqlite3.connect(address, uri=True, isolation_level=None)
    try:
        if alone:
            source.execute("PRAGMA locking_mode = EXCLUSIVE")
        source.backup(copy)
    finally:
        source.close()


def _has_log(path: Path) -> bool:
    log = path.with_name(f"{path.name}-wal")
    return log.exists() and log.stat().st_size > 0


def reason_of(error: sqlite3.Error, path: Path) -> str:
    """Return what is wrong; SQLite calls a full disk an error of input and output where it has no room for an index."""
    kind = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if kind in {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR} and shutil.disk_usage(path.parent).free < LEAST_FREE_BYTES:
        return "the disk is full"
    return str(error)
