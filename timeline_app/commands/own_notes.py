"""What a person keeps of events in the workspace of the window, for commands that ask for it."""

from __future__ import annotations

from dataclasses import replace

from timeline_app import paths
from timeline_app.commands.output import counted, report
from timeline_app.core.kept_notes import find_notes
from timeline_app.core.table import EventTable


def with_own_notes(table: EventTable) -> EventTable:
    """Return a table with the notes of its events, and say how many of its files find none any more.

    Nothing is written. Raises WorkspaceError when the workspace cannot be read.
    """
    # SQLite is loaded only for who asks for notes.
    from timeline_app.ui.workspace import WORKSPACE_FILE, Workspace
    from timeline_app.ui.workspace_notes import NoteStore  # likewise

    path = paths.user_data_dir() / WORKSPACE_FILE
    if not path.exists():
        return table
    workspace = Workspace.open(path)
    try:
        found = find_notes(table, NoteStore(workspace).all())
    finally:
        workspace.close()
    if found.lost:
        report(f"{counted(len(found.lost), 'note')} of yours found no event any more; the window lists them")
    return replace(table, notes=found.notes)
