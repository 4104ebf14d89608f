"""The tables of a corpus: its files with their counts, and every reason for which a record was not taken as it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from tests.corpus.opening import OpenedFile
from timeline_app.core.dataset import Problem
from timeline_app.core.safe_text import safe_text

HEADS = ("File", "Reader", "Read", "Loaded", "Rejected", "Seconds")
REASON_HEADS = ("Count", "Reason", "For example")
REFUSAL_HEADS = ("Files", "Where", "Not opened, since")

_QUOTED = re.compile(r'"[^"]*"|“[^”]*”')
_NUMBER = re.compile(r"\d+")
_PLACE_IN_TEXT = re.compile(r"^(?:\d+:)+ *")
_LIST_OF_FORMATS = re.compile(r"; expected .*", re.DOTALL)


@dataclass(slots=True)
class Reason:
    """Why records were rejected or got another id: how many, in which files, and the first of them."""

    example: Problem
    file: str
    count: int = 0

    @property
    def words(self) -> str:
        """The message of the first record."""
        return self.example.message

    @property
    def place(self) -> str:
        """Where the first of the records stands."""
        line, record = self.example.line, self.example.record
        return f"{self.file}:{line}" if line else f"{self.file}, record {record}" if record else self.file


def reasons(files: Iterable[OpenedFile]) -> list[Reason]:
    """Return every reason, the most frequent first; messages that differ in what they quote and count are one."""
    found: dict[tuple[str, str], Reason] = {}
    for file in files:
        for problem in file.errors:
            kind = _NUMBER.sub("0", _QUOTED.sub('""', problem.message))
            found.setdefault((file.reader, kind), Reason(problem, file.path)).count += 1
    return sorted(found.values(), key=lambda reason: (-reason.count, reason.file))


def file_rows(files: Sequence[OpenedFile]) -> list[tuple[str, ...]]:
    """Return a row for each file that was opened."""
    opened = [file for file in files if not file.refusal]
    return [
        (
            _shown(file.path),
            file.reader,
            f"{file.read:,}",
            f"{file.loaded:,}",
            f"{file.rejected:,}",
            f"{file.seconds:.2f}",
        )
        for file in opened
    ]


def reason_rows(files: Sequence[OpenedFile]) -> list[tuple[str, ...]]:
    """Return a row for each reason."""
    return [(f"{reason.count:,}", _shown(reason.words), _shown(reason.place)) for reason in reasons(files)]


def refusal_rows(files: Sequence[OpenedFile]) -> list[tuple[str, ...]]:
    """Return a row for all files of a folder with one ending that were not opened for the same reason."""
    found: dict[tuple[str, str, str], list[str]] = {}
    for file in files:
        if file.refusal:
            path = PurePosixPath(file.path)
            reason = _LIST_OF_FORMATS.sub("", _PLACE_IN_TEXT.sub("", file.refusal))
            found.setdefault((str(path.parent), path.suffix, reason), []).append(file.path)
    return [
        (
            f"{len(paths):,}",
            _shown(paths[0] if len(paths) == 1 else (PurePosixPath(folder) / f"*{ending}").as_posix()),
            _shown(reason),
        )
        for (folder, ending, reason), paths in found.items()
    ]


def record_of(files: Sequence[OpenedFile]) -> dict[str, Any]:
    """Return everything for programs."""
    return {
        "files": [
            {"path": file.path, "reader": None, "error": file.refusal, "seconds": round(file.seconds, 3)}
            if file.refusal
            else {
                "path": file.path,
                "reader": file.reader,
                "read": file.read,
                "loaded": file.loaded,
                "rejected": file.rejected,
                "seconds": round(file.seconds, 3),
            }
            for file in files
        ],
        "reasons": [
            {
                "reader": next(file.reader for file in files if file.path == reason.file),
                "count": reason.count,
                "example": {
                    "file": reason.file,
                    "line": reason.example.line or None,
                    "column": reason.example.column or None,
                    "record": reason.example.record or None,
                    "message": reason.words,
                },
            }
            for reason in reasons(files)
        ],
    }


def _shown(text: str) -> str:
    return safe_text(" ".join(text.split())).replace("|", "\\|")
