"""The stars, notes and tags of the user's own, in the workspace."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterable

from timeline_app.core.kept_notes import Bounds, KeptNote, NotedEvent
from timeline_app.core.notes import Note
from timeline_app.ui.workspace import Workspace, from_json, storable, texts_of

# Of a date that makes no sense: no event has such bounds.
_NO_BOUNDS: Bounds = (1, 0, 0, 0)
_ALL = "SELECT number, event_id, title, date, bounds_s, file, starred, note, tags FROM notes ORDER BY number"
_PUT = (
    "INSERT OR REPLACE INTO notes (number, event_id, title, date, bounds_s, file, starred, note, tags, written_at_s)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


class NoteStore:
    """Keeps notes with what their events are found again by; every method raises WorkspaceError."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def all(self) -> tuple[KeptNote, ...]:
        """Return every note on the events of any file, in the order they were first written."""
        rows = self._workspace.read(_ALL)
        return tuple(_kept(*row) for row in rows)

    def replace(self, removed: Iterable[KeptNote], added: Iterable[KeptNote]) -> tuple[KeptNote, ...]:
        """Forget notes and keep others, in one transaction; return the others with their numbers.

        One that has a number keeps it.
        """
        written_at_s = int(time.time())
        with self._workspace.change() as connection:
            connection.executemany("DELETE FROM notes WHERE number = ?", [(kept.number,) for kept in removed])
            return tuple(_write(connection, kept, written_at_s) for kept in added)


def _write(connection: sqlite3.Connection, kept: KeptNote, written_at_s: int) -> KeptNote:
    event, note = kept.event, kept.note
    texts = map(storable, (event.id, event.title, event.when))
    values = (
        *(kept.number or None, *texts, json.dumps(event.bounds_s), storable(event.file)),
        *(int(note.starred), storable(note.text), json.dumps(note.tags), written_at_s),
    )
    cursor = connection.execute(_PUT, values)
    return KeptNote(event, note, cursor.lastrowid or 0)


def _kept(
    number: int,
    event_id: str,
    title: str,
    when: str,
    bounds: str,
    file: str,
    starred: int,
    text: str,
    tags: str,
) -> KeptNote:
    event = NotedEvent(event_id, title, when, _bounds(from_json(bounds)), file)
    return KeptNote(event, Note(bool(starred), text, texts_of(from_json(tags))), number)


def _bounds(value: object) -> Bounds:
    if not isinstance(value, list) or len(value) != 4 or not all(type(bound) is int for bound in value):
        return _NO_BOUNDS
    start, latest, end_earliest, end = value
    return start, latest, end_earliest, end
