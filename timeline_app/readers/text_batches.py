"""Records as texts, as many at a time as make a batch."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol, TypeVar

from timeline_app.readers.source_file import MEGABYTE

_RECORDS_A_BATCH = 20_000
_CHARACTERS_A_BATCH = 4 * MEGABYTE


class WithText(Protocol):
    """A record that knows its text."""

    @property
    def text(self) -> str:
        """The text as its file has it."""


Record = TypeVar("Record", bound=WithText)


def next_records(records: Iterator[Record]) -> list[Record]:
    """Return the next records, as many as make a batch; none at the end."""
    gathered: list[Record] = []
    characters = 0
    for record in records:
        gathered.append(record)
        characters += len(record.text)
        if len(gathered) >= _RECORDS_A_BATCH or characters >= _CHARACTERS_A_BATCH:
            break
    return gathered
