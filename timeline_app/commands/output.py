"""What goes to standard output and standard error, and in which form."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from typing import TextIO

from timeline_app.commands.arguments import PROGRAM
from timeline_app.core.errors import WriteError
from timeline_app.core.safe_text import safe_text

_NARROWEST_COLUMNS = 40


def write_data(texts: Iterable[str]) -> None:
    """Write pieces of a format that programs read: UTF-8 whatever the terminal, line ends as they are.

    Half a character, which has no place in UTF-8, is written as its JSON escape.
    """
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    with _failures_told() as output:
        for text in texts:
            output.write(text)


def write_lines(lines: Iterable[str]) -> None:
    """Write lines for a person; letters that the terminal does not know are shown by their numbers."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    with _failures_told() as output:
        for line in lines:
            output.write(line + "\n")


def flush() -> None:
    """Bring everything that was written to where it goes, so that a failure is met now and not at exit."""
    if sys.stdout is not None:  # What had something to write has failed without one before.
        with _failures_told() as output:
            output.flush()


def report(message: str) -> None:
    """Say one line on standard error, where there is one that takes it."""
    if sys.stderr is not None:
        one_line = " ".join(part.strip() for part in message.splitlines())
        with contextlib.suppress(OSError):  # Nobody is left to be told, but by the exit status.
            sys.stderr.write(f"{PROGRAM}: {safe_text(one_line)}\n")


def counted(count: int, noun: str) -> str:
    """Return a number with its noun: "1 event", "2 events"."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def terminal_columns() -> int | None:
    """Return how wide the terminal is, None when standard output is not one."""
    is_terminal = sys.stdout is not None and sys.stdout.isatty()
    return max(shutil.get_terminal_size().columns, _NARROWEST_COLUMNS) if is_terminal else None


@contextlib.contextmanager
def _failures_told() -> Iterator[TextIO]:
    """Give standard output; raise WriteError where it cannot be written, BrokenPipeError where nobody reads it."""
    if sys.stdout is None:  # as in a shell after >&-, and in a program with windows only on Windows
        raise WriteError("standard output could not be written: it is closed")
    try:
        yield sys.stdout
    except OSError as error:
        _forget_standard_output()
        if isinstance(error, BrokenPipeError):
            raise
        raise WriteError(f"standard output could not be written: {error.strerror or error}") from error


def _forget_standard_output() -> None:
    """Let the interpreter's own last flush go nowhere, since it would fail as this one did."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
