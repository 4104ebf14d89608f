"""A file as a stream of batches, told what the stream must know of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from timeline_app.core.batches import RecordBatch


@dataclass(frozen=True, slots=True)
class FileStream:
    """Implements readers.reader.RecordStream; `read` begins a file anew each time that it is called."""

    title: str
    layout: Mapping[str, object]
    total_bytes: int
    read: Callable[[], Iterator[RecordBatch]]

    def batches(self) -> Iterator[RecordBatch]:
        """Read the file from its beginning, once."""
        return self.read()
