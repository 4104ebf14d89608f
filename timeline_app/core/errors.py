"""The one tree of expected failures, each a sentence that its reader can act on.

TimelineError
├── WhenError            a date that cannot be read; `position` is the offending character
│   └── AmbiguousDate    a typed date that reads in more than one way; `choices` are the readings
├── ReadError            a file that cannot be read at all
│   └── TooManyValues    a file that holds more than may be in memory at once
├── FilterError          a filter or a search that cannot be understood; `position` as in WhenError
├── WriteError           an export that could not be written
├── WorkspaceError       the user's own store cannot be opened or written
├── StoreError           what is kept of opened files cannot be written, or is damaged
├── Cancelled            what the user no longer wants; nothing of it is left behind
└── UsageError           a command that asks for something impossible
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from timeline_app.core.when import When


class TimelineError(Exception):
    """A failure that was foreseen; its text is shown to the user as it stands."""


class WhenError(TimelineError):
    """A date that cannot be read: what was expected, and at which character (from 0)."""

    def __init__(self, message: str, position: int = 0) -> None:
        super().__init__(message)
        self.position = position


class AmbiguousDate(WhenError):
    """A typed date that reads in more than one way; the user is asked which."""

    def __init__(self, message: str, choices: tuple[When, ...]) -> None:
        super().__init__(message)
        self.choices = choices


class Place(NamedTuple):
    """Where in a file something stands: line and column count from 1, 0 means unknown."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        parts = [self.file]
        if self.line:
            parts.append(str(self.line))
            if self.column:
                parts.append(str(self.column))
        return ":".join(parts)


class ReadError(TimelineError):
    """A file that cannot be read at all, with the place where reading stopped."""

    def __init__(self, message: str, file: str = "", line: int = 0, column: int = 0) -> None:
        super().__init__(message)
        self.place = Place(file, line, column)

    def __str__(self) -> str:
        return f"{self.place}: {self.args[0]}" if self.place.file else str(self.args[0])


class TooManyValues(ReadError):
    """A file that holds more than may be in memory at once; some formats are read another way then."""


class FilterError(TimelineError):
    """A filter or search text that cannot be understood, with the offending character (from 0)."""

    def __init__(self, message: str, position: int = 0) -> None:
        super().__init__(message)
        self.position = position


class WriteError(TimelineError):
    """An export that could not be written; what stood there before is intact."""


class WorkspaceError(TimelineError):
    """The user's own store of recent files, views and settings cannot be opened or written."""


class StoreError(TimelineError):
    """What is kept of opened files cannot be written or read; the file itself can be opened all the same."""


class Cancelled(TimelineError):
    """Something that the user no longer wants; nothing of it is left behind."""


class UsageError(TimelineError):
    """A command that asks for something impossible."""
