"""What a module for a file format tells the registry."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from timeline_app.core.batches import Decoder, RecordBatch
from timeline_app.core.dataset import Dataset
from timeline_app.readers.source_file import SourceFile
from timeline_app.readers.table_source import TableSource


class RecordStream(Protocol):
    """A file that is read in batches, so that it may be larger than the memory.

    `layout` is all that a decoder needs to know of the file to read single records later: plain values that JSON can
    carry. `batches` raises ReadError when the file cannot be read to its end, or has changed meanwhile.
    """

    @property
    def title(self) -> str:
        """What the file calls itself, or else its name without the ending."""

    @property
    def layout(self) -> Mapping[str, object]:
        """What a decoder needs to know; under “summary”, where there is one, what the file is."""

    @property
    def total_bytes(self) -> int:
        """How large the file is."""

    def batches(self) -> Iterator[RecordBatch]:
        """Read the file from its beginning, once."""


@dataclass(frozen=True, slots=True)
class Streaming:
    """How a format is read that may be too large for the memory."""

    open: Callable[[Path, str, Mapping[str, str]], RecordStream]
    decoder: Callable[[Mapping[str, object]], Decoder]


@dataclass(frozen=True, slots=True)
class ReaderOption:
    """Something that may be told to a reader; `name` is the option of the command line without its dashes."""

    name: str
    description: str


@dataclass(frozen=True, slots=True)
class Reader:
    """A file format that can be read.

    `score` tells from the first bytes of a file and its name how likely it is in this format, from 0 to 1.
    `streaming` is None for formats that are read whole; `open` takes the path, its name in messages, and the mapping.
    `table` looks at a table of which columns may be mapped, as `open` takes it.
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
    streaming: Streaming | None = None
    table: Callable[[Path, str, Mapping[str, str]], TableSource] | None = None

    @property
    def takes_mapping(self) -> bool:
        """Whether columns may be mapped to fields."""
        return any(option.name == "map" for option in self.options)
