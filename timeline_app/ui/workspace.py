"""What is remembered between two runs of the program, in one SQLite file of the user's own."""

from __future__ import annotations

import json
import os
import sqlite3
import time
import weakref
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from timeline_app.core.errors import WorkspaceError
from timeline_app.ui.workspace_copy import copied_workspace, reason_of
from timeline_app.ui.workspace_schema import NotAWorkspaceError, check_owner, migrate, transaction

WORKSPACE_FILE = "workspace.sqlite"
RECENT_LIMIT = 20
BUSY_S = 10.0
_MEMORY = ":memory:"
_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT})


@dataclass(frozen=True, slots=True)
class RecentFile:
    """A file that was opened: when last, in seconds since 1970, and what it was then."""

    path: str
    title: str
    event_count: int
    opened_at_s: int


@dataclass(frozen=True, slots=True)
class SavedViewport:
    """A stretch of time on screen, without the width of the window it was seen in."""

    left_s: int
    left_part: float
    seconds_per_px: float


@dataclass(frozen=True, slots=True)
class SavedView:
    """What was looked at: the filter in the search language, lanes by name, events by id."""

    query: str = ""
    grouping: str = ""
    viewport: SavedViewport | None = None
    selection: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SavedSession:
    """The files that were open when the program was left, and what was looked at."""

    files: tuple[str, ...]
    view: SavedView


class Workspace:
    """The user's own store: recent files, settings, the last session, named views.

    Each change is one transaction, safe on the disk when the method returns. Several programs may have the same
    workspace open. Every method raises WorkspaceError for what the disk refuses. One that can only be read refuses each
    change, until it can be written again.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        notice: str = "",
        *,
        is_kept: bool = True,
        only_read: Path | None = None,
    ) -> None:
        """`only_read` is the file of which the connection has a copy, as it cannot be written now."""
        self._connection = connection
        self._notice = notice
        self._is_kept = is_kept
        self._only_read = only_read
        # Python 3.13 warns of a database that nobody closed, such as a temporary one whose window is gone.
        self._closing = weakref.finalize(self, connection.close)

    @classmethod
    def open(cls, path: Path) -> Workspace:
        """Open the workspace of a file, made if there is none; a damaged one is moved aside, which `notice` tells.

        Raises WorkspaceError when the file cannot be used, or belongs to a newer version of the program.
        """
        try:
            return cls(_open_file(path))
        except NotAWorkspaceError:
            with _repair_lock(path):
                return cls._open_repaired(path)

    @classmethod
    def open_or_read(cls, path: Path) -> Workspace:
        """Open the workspace of a file, only to be read where it cannot be written, which `notice` tells.

        Raises WorkspaceError when it cannot be read either, or belongs to a newer version of the program.
        """
        try:
            return cls.open(path)
        except WorkspaceError as error:
            try:
                copy = copied_workspace(path)
            except WorkspaceError:
                raise error from None
            notice = f"What was remembered can be read, but nothing new is kept: {error}."
            return cls(copy, notice, only_read=path)

    @classmethod
    def open_or_temporary(cls, path: Path) -> Workspace:
        """Open the workspace of a file, or one that lasts as long as the program when that cannot be read."""
        try:
            return cls.open_or_read(path)
        except WorkspaceError as error:
            return cls.temporary(f"Nothing is remembered this time: {error}.")

    @classmethod
    def temporary(cls, notice: str = "") -> Workspace:
        """Make a workspace in memory."""
        connection = _connect(_MEMORY)
        migrate(connection)
        return cls(connection, notice, is_kept=False)

    @classmethod
    def _open_repaired(cls, path: Path) -> Workspace:
        try:
            return cls(_open_file(path))  # Another program has just done what would be done here.
        except NotAWorkspaceError as error:
            aside = _move_aside(path)
            notice = (
                f"The workspace could not be read: {error}. It was kept as {aside.name}, and recent files, views and "
                "settings start anew."
            )
            return cls(_open_file(path), notice)

    @property
    def notice(self) -> str:
        """What the user should be told once about how the workspace was opened, "" for nothing."""
        return self._notice

    @property
    def is_kept(self) -> bool:
        """Whether what is remembered outlives the program."""
        return self._is_kept

    @property
    def is_only_read(self) -> bool:
        """Whether what was remembered is there, and changes are refused."""
        return self._only_read is not None

    def close(self) -> None:
        """Let go of the file."""
        self._closing()

    def recent_files(self) -> tuple[RecentFile, ...]:
        """Return the files opened last, the latest first."""
        rows = self.read(
            "SELECT path, title, CAST(event_count AS INTEGER), CAST(opened_at_s AS INTEGER) FROM recent_files"
            " ORDER BY turn DESC"
        )
        return tuple(RecentFile(os.fsdecode(path), title, count, time_s) for path, title, count, time_s in rows)

    def remember_file(self, path: str, title: str, event_count: int, *, now_s: int | None = None) -> None:
        """Put a file at the top of the recent ones; the oldest beyond the limit are forgotten."""
        opened_at_s = int(time.time()) if now_s is None else now_s
        with self.change() as connection:
            # A turn of its own, since several files may be opened in the same second, and clocks are set back.
            turn = connection.execute("SELECT coalesce(max(turn), 0) + 1 FROM recent_files").fetchone()[0]
            connection.execute(
                "INSERT OR REPLACE INTO recent_files (path, title, event_count, opened_at_s, turn)"
                " VALUES (?, ?, ?, ?, ?)",
                (os.fsencode(path), storable(title), event_count, opened_at_s, turn),
            )
            connection.execute(
                "DELETE FROM recent_files WHERE path NOT IN (SELECT path FROM recent_files ORDER BY turn DESC LIMIT ?)",
                (RECENT_LIMIT,),
            )

    def forget_all_files(self) -> None:
        """Leave no recent file."""
        with self.change() as connection:
            connection.execute("DELETE FROM recent_files")

    def settings(self) -> Mapping[str, object]:
        """Return every remembered setting by its key."""
        return {key: from_json(value) for key, value in self.read("SELECT key, value FROM settings")}

    def set_setting(self, key: str, value: bool | int | str) -> None:  # noqa: FBT001 — a value like the others
        """Remember a setting."""
        with self.change() as connection:
            connection.execute("INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)", (key, json.dumps(value)))

    def last_session(self) -> SavedSession | None:
        """Return what was open last, None when nothing was or when it cannot be understood."""
        rows = self.read("SELECT files, view FROM last_session")
        if not rows:
            return None
        files, view = texts_of(from_json(rows[0][0])), _view_from_json(rows[0][1])
        return SavedSession(files, view) if view is not None else None

    def save_session(self, session: SavedSession) -> None:
        """Remember what is open, in place of what was before."""
        with self.change() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO last_session (id, files, view) VALUES (1, ?, ?)",
                (json.dumps(session.files), json.dumps(asdict(session.view))),
            )

    def views(self, files: Sequence[str]) -> Mapping[str, SavedView]:
        """Return the named views of a set of files, whose order does not matter, by name in alphabetical order."""
        rows = self.read("SELECT name, view FROM views WHERE files = ? ORDER BY name", (_set_key(files),))
        found = {name: _view_from_json(text) for name, text in rows}
        return {name: view for name, view in found.items() if view is not None}

    def save_view(self, files: Sequence[str], name: str, view: SavedView) -> None:
        """Remember a view by name, in place of one of the same name."""
        with self.change() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO views (files, name, view) VALUES (?, ?, ?)",
                (_set_key(files), storable(name), json.dumps(asdict(view))),
            )

    def forget_view(self, files: Sequence[str], name: str) -> None:
        """Forget a named view."""
        with self.change() as connection:
            connection.execute("DELETE FROM views WHERE files = ? AND name = ?", (_set_key(files), storable(name)))

    def read(self, query: str, values: Sequence[str] = ()) -> list[Any]:
        """Return the rows of a query; raises WorkspaceError."""
        try:
            return self._connection.execute(query, values).fetchall()
        except sqlite3.Error as error:
            raise WorkspaceError(f"the workspace cannot be read: {error}") from error

    @contextmanager
    def change(self) -> Iterator[sqlite3.Connection]:
        """Make one transaction of what is done within; raises WorkspaceError, with everything as it was before."""
        self._write_again()
        try:
            with transaction(self._connection):
                yield self._connection
        except sqlite3.Error as error:
            raise WorkspaceError(f"the workspace cannot be written: {error}") from error

    def _write_again(self) -> None:
        """Turn to the file itself where it could only be read so far; raises WorkspaceError while that lasts."""
        if self._only_read is not None:
            connection = _open_file(self._only_read)
            self._closing()
            self._connection, self._only_read = connection, None
            self._closing = weakref.finalize(self, connection.close)


def _open_file(path: Path) -> sqlite3.Connection:
    """Open and check a database file; raises NotAWorkspaceError for a damaged one, else WorkspaceError."""
    connection: sqlite3.Connection | None = None
    try:
        connection = _connect(str(path))
        check_owner(connection)
        connection.execute("PRAGMA journal_mode = WAL")
        verdict = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        if verdict != "ok":
            raise NotAWorkspaceError("the file is damaged")
        migrate(connection)
    except sqlite3.Error as error:
        _close(connection)
        # The low byte is the kind of error, the rest tells its variant.
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in _DAMAGED:
            raise NotAWorkspaceError("the file is damaged") from error
        raise WorkspaceError(f"the workspace {path} cannot be used: {reason_of(error, path)}") from error
    except WorkspaceError:
        _close(connection)
        raise
    return connection


def _connect(database: str) -> sqlite3.Connection:
    # Transactions begin and end where this module says, not where the sqlite3 module guesses. One thread uses it, but
    # whichever collects what nobody holds any more closes it.
    connection = sqlite3.connect(database, timeout=BUSY_S, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA trusted_schema = OFF")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _close(connection: sqlite3.Connection | None) -> None:
    if connection is not None:
        connection.close()


@contextmanager
def _repair_lock(path: Path) -> Iterator[None]:
    """Let one program at a time repair a workspace; a lock of SQLite's ends with its program, however that ends."""
    lock: sqlite3.Connection | None = None
    try:
        lock = _connect(str(path.with_name(f"{path.name}.lock")))
        lock.execute("BEGIN EXCLUSIVE")
        yield
    except sqlite3.Error as error:
        raise WorkspaceError(f"the damaged workspace {path} cannot be repaired: {error}") from error
    finally:
        _close(lock)


def _move_aside(path: Path) -> Path:
    """Give a damaged file and what SQLite keeps beside it another name; return the new place of the file."""
    number = 1
    while (aside := path.with_name(f"{path.name}.damaged-{number}")).exists():
        number += 1
    try:
        path.rename(aside)
        for ending in ("-wal", "-shm"):
            beside = path.with_name(path.name + ending)
            if beside.exists():
                beside.rename(aside.with_name(aside.name + ending))
    except OSError as error:
        raise WorkspaceError(f"the damaged workspace {path} cannot be moved aside: {error.strerror}") from error
    return aside


def storable(text: str) -> str:
    """Return a text without halves of characters, which have no place in a database."""
    return text.encode("utf-8", "replace").decode()


def _set_key(files: Sequence[str]) -> str:
    return json.dumps(sorted(set(files)))


def from_json(text: str) -> object:
    """Return the value of a JSON text, None for what is not JSON."""
    try:
        value: object = json.loads(text)
    except ValueError:
        return None
    return value


def texts_of(value: object) -> tuple[str, ...]:
    """Return the texts of a list, none for what is no list."""
    return tuple(one for one in value if isinstance(one, str)) if isinstance(value, list) else ()


def _view_from_json(text: str) -> SavedView | None:
    """Return the view that a JSON text tells of, with defaults for what makes no sense; None for no JSON object."""
    tree = from_json(text)
    if not isinstance(tree, dict):
        return None
    query, grouping = tree.get("query"), tree.get("grouping")
    return SavedView(
        query if isinstance(query, str) else "",
        grouping if isinstance(grouping, str) else "",
        _viewport_from_tree(tree.get("viewport")),
        texts_of(tree.get("selection")),
    )


def _viewport_from_tree(tree: object) -> SavedViewport | None:
    if not isinstance(tree, dict):
        return None
    left_s, left_part, scale = (tree.get(key) for key in ("left_s", "left_part", "seconds_per_px"))
    if type(left_s) is not int or not isinstance(left_part, (int, float)) or not isinstance(scale, (int, float)):
        return None
    return SavedViewport(left_s, float(left_part), float(scale))
