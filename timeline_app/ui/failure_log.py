"""Writes down what failed unforeseen, in a file of limited size."""

from __future__ import annotations

import os
import platform
import traceback
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import PySide6

from timeline_app.core.safe_text import safe_text

LOG_BYTES = 200_000

Kind = tuple[type[BaseException], str, int]


@dataclass(slots=True)
class Failure:
    """What failed at one place of the program, as it was told the first time, and how often it did."""

    text: str
    count: int = 0


class FailureLog:
    """A text file that keeps its newest LOG_BYTES; without a file nothing is kept."""

    def __init__(self, file: Path | None) -> None:
        self.file = file
        self._trouble = ""

    @property
    def whereabouts(self) -> str:
        """Say in a sentence where what was written last can be found, or why nowhere."""
        if self.file is None:
            return "It is not written to a file, since there is no folder for one, and sent nowhere."
        if self._trouble:
            return f"It could not be written to {self.file}: {self._trouble}."
        return f"It is also written to {self.file}, and sent nowhere."

    def write(self, text: str) -> None:
        """Add a text at the end, and let go of the oldest lines where the file would grow too large."""
        if self.file is None:
            return
        try:
            _append(f"{text}\n".encode(errors="backslashreplace"), self.file)
        except OSError as error:
            self._trouble = error.strerror or str(error)
        else:
            self._trouble = ""


def kind_of(error: BaseException) -> Kind:
    """Tell failures apart by their type and the place that raised them."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return type(error), "", 0
    return type(error), trace.tb_frame.f_code.co_filename, trace.tb_lineno


def _append(added: bytes, file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    size = file.stat().st_size if file.exists() else 0
    if size + len(added) <= LOG_BYTES:
        with file.open("ab") as stream:
            stream.write(added)
        return
    with file.open("rb") as stream:
        stream.seek(max(0, size - LOG_BYTES))
        kept = (stream.read(LOG_BYTES) + added)[-LOG_BYTES:]
    whole_lines = kept[kept.find(b"\n") + 1 :]
    temporary = file.with_name(f"{file.name}.{os.getpid()}.part")
    temporary.write_bytes(whole_lines)
    temporary.replace(file)


def told(error: BaseException, thread_name: str) -> str:
    """Write a failure down as text alone: to keep its traceback would keep what the failed functions held."""
    machine = f"Python {platform.python_version()}, PySide6 {PySide6.__version__}, {platform.system()}"
    words = "".join(traceback.format_exception(error))
    return safe_text(f"{now()}  in {thread_name}, {machine}\n{words}", keep_lines=True)


def now() -> str:
    """Say the time as the log does."""
    return datetime.now().astimezone().isoformat(" ", "seconds")


def is_power_of_ten(count: int) -> bool:
    """Return whether a count is one that the log mentions: 10, 100, 1,000 and so on."""
    return count >= 10 and str(count).strip("0") == "1"
