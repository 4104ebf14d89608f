"""Whole events by row, wherever they are kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol, runtime_checkable

import numpy as np

from timeline_app.core.arrays import BoolArray, Int32Array, NDArray
from timeline_app.core.event import Event
from timeline_app.core.text_column import TextColumn

PREFIX_BITS = 32


class Records(Protocol):
    """The whole events of a table in the order of its rows; may be read from any thread.

    Where they are kept in a file, reading raises core.errors.ReadError when that file is gone or damaged.
    """

    def __len__(self) -> int:
        """How many there are."""

    def event(self, row: int) -> Event:
        """Return one event, with the actors' names as its table has them."""

    def brief(self, row: int) -> Event:
        """Return one event as far as it is drawn and filtered by; its long texts may lack while they are still read."""

    def titles(self, rows: Iterable[int]) -> list[str]:
        """Return the titles of some rows."""

    def row_of(self, event_id: str) -> int | None:
        """Return the row of an event, None where there is none with this id."""

    def id_prefixes(self) -> NDArray[np.uint64]:
        """Return the upper 32 bits of the hash of every id, shape (rows,): equal ids have equal ones.

        See core.text_column.text_hash.
        """

    def linking_rows(self, event_id: str) -> tuple[int, ...]:
        """Return the rows of the events that link to this one."""

    def rows_with(self, words: Sequence[str], candidates: Iterable[int]) -> Iterable[int]:
        """Return those of the candidates in whose text every one of the case-folded words occurs.

        Where there may be many, candidates and result are arrays.
        """


# Tells whether what was asked for can be read without waiting, as often as it is called.
AreThere = Callable[[], bool]


def at_once() -> bool:
    """Tell of what need not be fetched that it is there."""
    return True


@runtime_checkable
class Fetched(Protocol):
    """Records that are kept on a disk."""

    def titles_soon(self, rows: Int32Array) -> AreThere:
        """Have the titles of some rows fetched from the disk; return what tells whether they are there."""


@runtime_checkable
class Indexed(Protocol):
    """Records with an index of their texts, which may still be in the making; until then searching reads them all."""

    @property
    def is_indexed(self) -> bool:
        """Whether the index is complete."""


@dataclass(frozen=True, slots=True, eq=False)
class Tellings:
    """By what records say their events can be compared without any being made.

    Rows of two tables that have the same two numbers in `digests`, shape (rows, 2), tell the same to the letter but for
    where they stand, if both tables have an equal `reading`: what an event depends on besides its record.
    `have_own_ids`, shape (rows,), are those whose file gives them an id.
    """

    reading: object
    digests: NDArray[np.uint64]
    have_own_ids: BoolArray


@runtime_checkable
class Digested(Protocol):
    """Records of which digests can be made in a fraction of the time that making their events takes."""

    def tellings(self, is_wanted: Callable[[], bool]) -> Tellings:
        """Return the digests of all rows; raises ReadError, and Cancelled once they are not wanted any more."""


@dataclass(frozen=True)
class RecordList:
    """Events in memory."""

    events: tuple[Event, ...]

    def __len__(self) -> int:
        return len(self.events)

    def event(self, row: int) -> Event:
        """Return one event."""
        return self.events[row]

    def brief(self, row: int) -> Event:
        """Return one event, all of it."""
        return self.events[row]

    def titles(self, rows: Iterable[int]) -> list[str]:
        """Return the titles of some rows."""
        return [self.events[row].title for row in rows]

    def row_of(self, event_id: str) -> int | None:
        """Return the row of an event, None where there is none with this id."""
        return self._row_by_id.get(event_id)

    def id_prefixes(self) -> NDArray[np.uint64]:
        """Return the upper 32 bits of the hash of every id, shape (rows,)."""
        return TextColumn.of(event.id for event in self.events).hashes() >> np.uint64(PREFIX_BITS)

    def linking_rows(self, event_id: str) -> tuple[int, ...]:
        """Return the rows of the events that link to this one."""
        return tuple(self._linking.get(event_id, ()))

    def rows_with(self, words: Sequence[str], candidates: Iterable[int]) -> Iterable[int]:
        """Return those of the candidates in whose text every one of the case-folded words occurs."""
        texts = self._folded_texts
        return (row for row in candidates if all(word in texts[row] for word in words))

    @cached_property
    def _row_by_id(self) -> dict[str, int]:
        return {event.id: row for row, event in enumerate(self.events)}

    @cached_property
    def _linking(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for row, event in enumerate(self.events):
            for to in dict.fromkeys(link.to for link in event.links):
                found.setdefault(to, []).append(row)
        return found

    @cached_property
    def _folded_texts(self) -> tuple[str, ...]:
        return tuple(searchable(event).casefold() for event in self.events)


def searchable(event: Event) -> str:
    """Return the words of an event that a search looks through."""
    parts = [event.title, event.summary, event.place, event.type, *event.tags]
    parts += [actor.name for actor in event.actors]
    for excerpt in event.excerpts:
        parts += [excerpt.text, excerpt.translation]
    return "\n".join(parts)
