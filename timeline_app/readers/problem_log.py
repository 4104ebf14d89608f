"""Collect the problems of one file as they are met, and give each its line, column and record at the end."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from timeline_app.core.dataset import Level, Problem
from timeline_app.core.errors import ReadError
from timeline_app.readers.source_text import SourceText

MOST_LISTED = 100_000


class ProblemLog:
    """The problems of one file; `offset` is the offending character."""

    def __init__(self, source: SourceText) -> None:
        self.source = source
        self._entries: list[tuple[int, Level, str]] = []
        self._unlisted = 0

    def __len__(self) -> int:
        return len(self._entries)

    def error(self, message: str, offset: int) -> None:
        """Add what rejects a record or changes its id."""
        self._add(Level.ERROR, message, offset)

    def unreadable(self, error: ReadError, offset: int) -> None:
        """Add that a record cannot be read at all, and why."""
        place = error.place
        self.error(f"{error.args[0]} (line {place.line}, column {place.column}); it is left out", offset)

    def warning(self, message: str, offset: int) -> None:
        """Add what loses or doubts a part of a record."""
        self._add(Level.WARNING, message, offset)

    def warn_all(self, faults: Iterable[tuple[str, int]]) -> None:
        """Add a warning of each message with its offset, as a tree has them."""
        for message, offset in faults:
            self.warning(message, offset)

    def note(self, message: str, offset: int) -> None:
        """Add what should be known and loses nothing."""
        self._add(Level.NOTE, message, offset)

    def finish(self, record_offsets: Sequence[int] = (), records_end: int = 0) -> tuple[Problem, ...]:
        """Return the problems in the order of the file; records are counted from 1 by where each begins."""
        problems = []
        for offset, level, message in sorted(self._entries, key=lambda entry: entry[0]):
            line, column = self.source.place(offset)
            record = bisect_right(record_offsets, offset) if offset < records_end else 0
            problems.append(Problem(message, self.source.file, line, column, record, level))
        if self._unlisted:
            message = f"{self._unlisted:,} more problems are not listed; expected at most {MOST_LISTED:,} in one file"
            problems.append(Problem(message, self.source.file, level=Level.WARNING))
        return tuple(problems)

    def _add(self, level: Level, message: str, offset: int) -> None:
        # A damaged or hostile file may hold millions; what is counted and not listed cannot fill the memory.
        if len(self._entries) < MOST_LISTED:
            self._entries.append((offset, level, message))
        else:
            self._unlisted += 1
