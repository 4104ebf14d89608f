"""What a reader gives: events with their sources, and every problem met on the way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import PurePath

from timeline_app.core.actors import ActorEntry
from timeline_app.core.errors import Place
from timeline_app.core.event import NOTHING, Event, Source
from timeline_app.core.story import Story


class Level(StrEnum):
    """How much a problem matters: an error rejects a record, a warning loses or doubts a part of it."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a file that is not as it should be; line, column and record count from 1, 0 is unknown."""

    message: str
    file: str = ""
    line: int = 0
    column: int = 0
    record: int = 0
    level: Level = Level.ERROR

    def __str__(self) -> str:
        return f"{Place(self.file, self.line, self.column)}: {self.level}: {self.message}"


@dataclass(frozen=True, slots=True)
class FileReport:
    """How a file was read; `read` = `loaded` + `rejected`, always.

    `mapping` tells which column each field of a table was taken from, as it would be asked for. `companions` are the
    files beside it that were read with it. `more_rows` of the records that are loaded tell more of the event of an
    earlier one, as where a dataset has a row for each actor. `not_kept` says why it is read anew each time although it
    is of those that are kept.
    """

    path: str
    reader: str
    read: int
    loaded: int
    rejected: int
    sha256: str
    mapping: Mapping[str, str] = field(default_factory=dict, hash=False)
    companions: tuple[str, ...] = ()
    more_rows: int = 0
    not_kept: str = ""


def left_out_words(files: Sequence[FileReport]) -> str:
    """Say how many of the records that were read are no events, "" for none."""
    read, rejected = sum(report.read for report in files), sum(report.rejected for report in files)
    return f"{rejected:,} of {read:,} {'record' if read == 1 else 'records'} left out" if rejected else ""


def companion_words(names: Sequence[str]) -> str:
    """Say which files were read together with another one."""
    *others, last = (PurePath(name).name for name in names)
    return f"read together with {' and '.join(filter(None, (', '.join(others), last)))}, beside it"


def not_kept_words(name: str, why: str) -> str:
    """Say that a file is read anew the next time."""
    return f"{name} is not kept for the next time: {why}"


@dataclass(frozen=True, slots=True)
class Dataset:
    """The events of one file in the file's order, with actors and sources as the file defines them.

    `more_of` has those that are further rows of an earlier one, each with that, by their places in `events`.
    """

    title: str
    events: tuple[Event, ...]
    report: FileReport
    summary: str = ""
    sources: Mapping[str, Source] = field(default_factory=dict)
    actors: tuple[ActorEntry, ...] = ()
    problems: tuple[Problem, ...] = ()
    extra: Mapping[str, object] = field(default_factory=lambda: NOTHING)
    more_of: Mapping[int, int] = field(default_factory=dict)
    stories: tuple[Story, ...] = ()
