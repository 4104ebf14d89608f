"""What is waited for, on a terminal: one line that is written over and wiped at the end."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from timeline_app.core.progress import Pace, Progress, Report, progress_words
from timeline_app.core.safe_text import safe_text

WAIT_S = 0.2
LEAST_BETWEEN_S = 0.1


@contextmanager
def progress_line() -> Iterator[Report]:
    """Give what shows progress on standard error while files are opened; it does nothing where that is no terminal."""
    line = _Line()
    try:
        yield line.show
    finally:
        line.wipe()


@contextmanager
def waiting_line(words: str) -> Iterator[None]:
    """Say on a terminal what is waited for, as long as it lasts."""
    line = _Line()
    line.tell(words)
    try:
        yield
    finally:
        line.wipe()


class _Line:
    """The line as it stands on the terminal."""

    def __init__(self) -> None:
        self._is_shown = sys.stderr is not None and sys.stderr.isatty()
        self._pace = Pace()
        self._next_s = time.monotonic() + WAIT_S
        self._written = 0

    def show(self, progress: Progress) -> None:
        """Write how far things are over what was written before, at most ten times a second."""
        now_s = time.monotonic()
        self._pace.note(progress, now_s)
        if not self._is_shown or now_s < self._next_s:
            return
        self._next_s = now_s + LEAST_BETWEEN_S
        self._write(safe_text(f"{progress.file}: {progress_words(progress, self._pace)}"))

    def tell(self, words: str) -> None:
        """Write something that has no progress to be told of."""
        if self._is_shown:
            self._write(words)

    def wipe(self) -> None:
        """Leave the line as if nothing had been written."""
        if self._written:
            self._put(" " * self._written + "\r")
            self._written = 0

    def _write(self, words: str) -> None:
        # The last column stays free: some terminals go to the next line when it is filled.
        words = words[: shutil.get_terminal_size().columns - 1]
        self._put(words.ljust(self._written))
        self._written = len(words)

    def _put(self, words: str) -> None:
        try:
            sys.stderr.write(f"\r{words}")
            sys.stderr.flush()
        except (OSError, UnicodeEncodeError):  # A terminal that went away, or knows no “·”, is no reason to stop.
            self._is_shown = False
