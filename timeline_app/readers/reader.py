"""What a module for a file format tells the registry."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from timeline_app.core.dataset import Dataset
from timeline_app.readers.source_file import SourceFile


@dataclass(frozen=True, slots=True)
class ReaderOption:
    """Something that may be told to a reader; `name` is the option of the command line without its dashes."""

    name: str
    description: str


@dataclass(frozen=True, slots=True)
class Reader:
    """A file format that can be read.

    `score` tells from the first bytes of a file and its name how likely it is in this format, from 0 to 1.
    `recognised_by` completes the sentence “expected …” where no format fits.
    """

    name: str
    endings: tuple[str, ...]
    description: str
    recognised_by: str
    score: Callable[[bytes, str], float]
    read: Callable[[SourceFile, Mapping[str, str]], Dataset]
    largest_bytes: int
    options: tuple[ReaderOption, ...] = ()

    @property
    def takes_mapping(self) -> bool:
        """Whether columns may be mapped to fields."""
        return any(option.name == "map" for option in self.options)
