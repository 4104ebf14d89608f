"""The workspace that the window keeps, opened for a command that asks for what is one's own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from timeline_app import paths
from timeline_app.commands.output import report

if TYPE_CHECKING:
    from timeline_app.ui.workspace import Workspace


@contextmanager
def own_workspace() -> Iterator[Workspace | None]:
    """Open the workspace, None where there is none yet, and close it again; raises WorkspaceError.

    A damaged one is moved aside as the window does it, and said so, as the window will find a new one.
    """
    # SQLite is loaded only for who asks for what is one's own.
    from timeline_app.ui.workspace import WORKSPACE_FILE, Workspace

    path = paths.user_data_dir() / WORKSPACE_FILE
    if not path.exists():
        yield None
        return
    workspace = Workspace.open_or_read(path)
    try:
        if workspace.notice:
            report(workspace.notice)
        yield workspace
    finally:
        workspace.close()
