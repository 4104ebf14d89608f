"""The tables of the workspace, step by step as they came to be."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from timeline_app.core.errors import WorkspaceError

# "CfTl": tells this file from any other SQLite database.
APPLICATION_ID: Final = 0x4366546C

_CREATE_MIGRATIONS: Final = """
    CREATE TABLE IF NOT EXISTS migrations (version INTEGER PRIMARY KEY, applied_at_s INTEGER NOT NULL)
"""

# Only ever add a step at the end: each has run on somebody's machine.
MIGRATIONS: Final[tuple[tuple[str, ...], ...]] = (
    (
        """
        CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL)
        """,
        """
        CREATE TABLE recent_files (
            path BLOB PRIMARY KEY, title TEXT NOT NULL, event_count INTEGER NOT NULL,
            opened_at_s INTEGER NOT NULL, turn INTEGER NOT NULL
        )
        """,
        """
        CREATE TABLE last_session (id INTEGER PRIMARY KEY CHECK (id = 1), files TEXT NOT NULL, view TEXT NOT NULL)
        """,
        """
        CREATE TABLE views (files TEXT NOT NULL, name TEXT NOT NULL, view TEXT NOT NULL, PRIMARY KEY (files, name))
        """,
    ),
    (
        """
        CREATE TABLE notes (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            event_id TEXT NOT NULL, title TEXT NOT NULL, date TEXT NOT NULL, bounds_s TEXT NOT NULL, file TEXT NOT NULL,
            starred INTEGER NOT NULL, note TEXT NOT NULL, tags TEXT NOT NULL, written_at_s INTEGER NOT NULL
        )
        """,
    ),
    (
        """
        CREATE TABLE stories (
            number INTEGER PRIMARY KEY AUTOINCREMENT, files TEXT NOT NULL, title TEXT NOT NULL, steps TEXT NOT NULL
        )
        """,
    ),
)
TABLES: Final = frozenset({"migrations", "settings", "recent_files", "last_session", "views", "notes", "stories"})


class NotAWorkspaceError(WorkspaceError):
    """The file is damaged, or a database of something else."""


def check_owner(connection: sqlite3.Connection) -> None:
    """Raise NotAWorkspaceError for a database that another program made; nothing is written."""
    owner = connection.execute("PRAGMA application_id").fetchone()[0]
    has_tables = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0] > 0
    if owner != APPLICATION_ID and (owner or has_tables):
        raise NotAWorkspaceError("it is a database of another program")


def migrate(connection: sqlite3.Connection) -> None:
    """Bring a database to the present schema, in one transaction.

    Raises NotAWorkspaceError for a database that is not a workspace, WorkspaceError for one of a newer program.
    """
    with transaction(connection):
        check_owner(connection)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(_CREATE_MIGRATIONS)
        version = _known_version(connection)
        for number, statements in enumerate(MIGRATIONS[version:], version + 1):
            for statement in statements:
                connection.execute(statement)
            connection.execute("INSERT INTO migrations VALUES (?, ?)", (number, int(time.time())))
        _check_tables(connection)


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Make one transaction of what is done within; whatever ends that early leaves all as it was."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _known_version(connection: sqlite3.Connection) -> int:
    version: int = connection.execute("SELECT coalesce(max(version), 0) FROM migrations").fetchone()[0]
    if version > len(MIGRATIONS):
        raise WorkspaceError(
            f"the workspace was made by a newer version of the program (schema {version}, this one knows "
            f"{len(MIGRATIONS)}) and was left as it is"
        )
    return version


def _check_tables(connection: sqlite3.Connection) -> None:
    present = {row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    if not present >= TABLES:
        raise NotAWorkspaceError(f"it has no table {', '.join(sorted(TABLES - present))}")
