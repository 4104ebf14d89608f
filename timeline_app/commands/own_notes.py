"""What a person keeps of events in the workspace of the window, for commands that ask for it."""

from __future__ import annotations

from dataclasses import replace

from timeline_app.commands.output import counted, report
from timeline_app.commands.own_workspace import own_workspace
from timeline_app.core.kept_notes import find_notes
from timeline_app.core.table import EventTable


def with_own_notes(table: EventTable) -> EventTable:
    """Return a table with the notes of its events, and say how many of its files find none any more.

    No note is changed. Raises WorkspaceError when the workspace cannot be read.
    """
    # SQLite is loaded only for who asks for notes.
    from timeline_app.ui.workspace_notes import NoteStore

    with own_workspace() as workspace:
        if workspace is None:
            return table
        kept = NoteStore(workspace).all()
    found = find_notes(table, kept)
    if found.lost:
        report(f"{counted(len(found.lost), 'note')} of yours found no event any more; the window lists them")
    return replace(table, notes=found.notes)
