"""What came of opening files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from timeline_app.core.errors import ReadError
from timeline_app.core.lanes import Passing
from timeline_app.core.table import EventTable


@dataclass(frozen=True, slots=True, eq=False)
class Opened:
    """The table of all that could be read (None: nothing could), and the error of each file that could not.

    `paths` are the files that were asked for; none means the timeline that comes with the program. `passing` has all
    events in lanes by actor where the table is so large that a window should not have to make them.
    """

    paths: tuple[Path, ...]
    table: EventTable | None
    errors: tuple[ReadError, ...] = ()
    passing: Passing | None = None

    @property
    def read_paths(self) -> tuple[Path, ...]:
        """The files that could be read."""
        unread = {error.place.file for error in self.errors}
        return tuple(path for path in self.paths if str(path) not in unread)
