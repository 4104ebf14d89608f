"""What a module for a file format tells the registry."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import NotRequired, Protocol, TypedDict

from timeline_app.core.batches import Decoder, RecordBatch, RestBatch
from timeline_app.core.dataset import Dataset
from timeline_app.readers.source_file import MEGABYTE, SourceFile
from timeline_app.readers.table_source import TableSource

# In a layout what tells that the records of a stream are in short.
REST = "rest"
NO_MAPPING: Mapping[str, str] = MappingProxyType({})
# Of a file that is to be a dataset in memory; in batches it may have any size.
LARGEST_DATASET_BYTES = 512 * MEGABYTE


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


class RecordRests(Protocol):
    """What the records of a file hold besides what a stream of records in short gave of them."""

    def batches(self) -> Iterator[RestBatch]:
        """Read it from the beginning of the file, once; raises ReadError as the batches of records do."""

    def of(self, number: int) -> bytes:
        """Return the rest of one record, numbered from 1; raises ReadError. May be called meanwhile, by one thread."""

    def close(self) -> None:
        """Let go of the file."""


@dataclass(frozen=True, slots=True)
class Streaming:
    """How a format is read that may be too large for the memory.

    `open_short`, where there is one, opens a file for records in short, which hold only what is drawn and filtered, if
    that is much sooner read; then the layout has “rest”, and `rests` gives what is left of a file with this layout.
    A file of fewer bytes than `from_bytes` is read whole, and so is one of which a mapping asks for what only the whole
    tells, by `is_whole`.
    """

    open: Callable[[Path, str, Mapping[str, str]], RecordStream]
    decoder: Callable[[Mapping[str, object]], Decoder]
    open_short: Callable[[Path, str, Mapping[str, str]], RecordStream] | None = None
    rests: Callable[[Path, str, Mapping[str, object]], RecordRests] | None = None
    from_bytes: int = 0
    is_whole: Callable[[Mapping[str, str]], bool] = lambda _mapping: False


@dataclass(frozen=True, slots=True)
class ReaderOption:
    """Something that may be told to a reader; `name` is the option of the command line without its dashes."""

    name: str
    description: str


class FormatFacts(TypedDict):
    """What a format tells of itself, however its files are read; see Reader."""

    name: str
    endings: tuple[str, ...]
    description: str
    recognised_by: str
    score: Callable[[bytes, str], float]
    options: NotRequired[tuple[ReaderOption, ...]]


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

    def streaming_of(self, path: Path, mapping: Mapping[str, str] = NO_MAPPING) -> Streaming | None:
        """Return how a file is read that exists, None for one that is read whole."""
        streaming = self.streaming
        if streaming is None or streaming.is_whole(mapping):
            return None
        return streaming if path.stat().st_size >= streaming.from_bytes else None
