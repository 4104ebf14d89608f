"""How files are asked to be opened, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from types import MappingProxyType
from typing import TypeAlias

from timeline_app.core.dataset import companion_words, not_kept_words
from timeline_app.core.errors import ReadError
from timeline_app.core.lanes import Passing
from timeline_app.core.table import EventTable


@dataclass(frozen=True, slots=True)
class ReadAs:
    """How one file is read: by the reader of a name, "" for the likeliest, with the column of each field.

    `is_saved`: nobody said so this time; it is what was saved for tables with this header.
    """

    reader: str = ""
    mapping: Mapping[str, str] = field(default_factory=dict)
    is_saved: bool = False


Readings: TypeAlias = Mapping[Path, ReadAs]
AS_USUAL: Readings = MappingProxyType({})


@dataclass(frozen=True, slots=True, eq=False)
class Opened:
    """The table of all that could be read (None: nothing could), and the error of each file that could not.

    `paths` are the files that were asked for; none means the timeline that comes with the program. `passing` has all
    events in lanes by actor where the table is so large that a window should not have to make them. `read_as` tells of
    the files that were read otherwise than by themselves. `unclear` are tables among
    those that could not be read, which open once more is said of them than is told here.
    """

    paths: tuple[Path, ...]
    table: EventTable | None
    errors: tuple[ReadError, ...] = ()
    passing: Passing | None = None
    read_as: Readings = field(default_factory=lambda: AS_USUAL)
    unclear: Readings = field(default_factory=lambda: AS_USUAL)

    @property
    def messages(self) -> tuple[str, ...]:
        """What is to be said of the files: of what was not read or kept, and of what was read beside them."""
        files = self.table.files if self.table is not None else ()
        names = [PurePath(file.path).name for file in files]
        beside = (
            f"{name} is {companion_words(file.companions)}"
            for name, file in zip(names, files, strict=True)
            if file.companions
        )
        not_kept = (
            not_kept_words(name, file.not_kept) for name, file in zip(names, files, strict=True) if file.not_kept
        )
        return (*map(str, self.errors), *beside, *not_kept)

    @property
    def read_paths(self) -> tuple[Path, ...]:
        """The files that could be read."""
        unread = {error.place.file for error in self.errors}
        return tuple(path for path in self.paths if str(path) not in unread)
