"""What a person keeps of events for himself: stars, words and tags, by the rows of a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

import numpy as np

from timeline_app.core.arrays import Int32Array, read_only

# What a filter on notes says for those of any words.
ANY_NOTE = "*"
STAR = "★"
MOST_TAGS = 200


@dataclass(frozen=True, slots=True)
class Note:
    """A star, words and tags of a person's own for one event."""

    starred: bool = False
    text: str = ""
    tags: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to keep."""
        return self == Note()


NO_NOTE = Note()


@dataclass(frozen=True, eq=False)
class Notes:
    """The notes on the events of one table, by row; none of them is empty.

    `lost` are the numbers of those that are kept of its files and find no event any more.
    """

    by_row: Mapping[int, Note] = field(default_factory=lambda: MappingProxyType({}))
    lost: frozenset[int] = frozenset()

    def __len__(self) -> int:
        return len(self.by_row)

    def of(self, row: int) -> Note:
        """Return the note on an event, an empty one where there is none."""
        return self.by_row.get(row, NO_NOTE)

    def having(self, changed: Mapping[int, Note]) -> Notes:
        """Return the same notes with others on some rows; an empty one takes the note there away."""
        every = {**self.by_row, **changed}
        return Notes(MappingProxyType({row: note for row, note in every.items() if not note.is_empty}), self.lost)

    def without_lost(self, number: int) -> Notes:
        """Return the same notes without one that found no event."""
        return Notes(self.by_row, self.lost - {number})

    def changed_rows(self, before: Notes) -> list[int]:
        """Return the sorted rows whose note is another one than it was."""
        rows = self.by_row.keys() | before.by_row.keys()
        return sorted(row for row in rows if self.of(row) != before.of(row))

    @cached_property
    def starred(self) -> Int32Array:
        """The sorted rows with a star."""
        return self._rows_where(lambda note: note.starred)

    @cached_property
    def tag_names(self) -> tuple[str, ...]:
        """The tags in alphabetical order, each once whatever its case; of very many the first MOST_TAGS."""
        found: dict[str, str] = {}
        for note in self.by_row.values():
            for tag in note.tags:
                found.setdefault(tag.casefold(), tag)
        return tuple(found[folded] for folded in sorted(found)[:MOST_TAGS])

    def rows_saying(self, wanted: Iterable[str]) -> Int32Array:
        """Return the sorted rows whose words hold any of some, whatever their case; ANY_NOTE takes all words."""
        folded = ["" if words == ANY_NOTE else words.casefold() for words in wanted]
        return self._rows_where(lambda note: bool(note.text) and any(words in note.text.casefold() for words in folded))

    def rows_tagged(self, wanted: Iterable[str]) -> Int32Array:
        """Return the sorted rows that have any of some tags, whatever their case."""
        folded = {tag.casefold() for tag in wanted}
        return self._rows_where(lambda note: any(tag.casefold() in folded for tag in note.tags))

    def _rows_where(self, holds: Callable[[Note], bool]) -> Int32Array:
        rows = sorted(row for row, note in self.by_row.items() if holds(note))
        return read_only(np.array(rows, np.int32))


NO_NOTES = Notes()


def combined(notes: Iterable[Note]) -> Note:
    """Return what several notes on one event say together, each thing once."""
    several = list(notes)
    return Note(
        any(note.starred for note in several),
        "\n".join(dict.fromkeys(note.text for note in several if note.text)),
        tuple(dict.fromkeys(tag for note in several for tag in note.tags)),
    )


def note_line(note: Note) -> str:
    """Return a note in one line: the star, the words, the tags behind number signs."""
    tags = [f"#{tag}" for tag in note.tags]
    return " ".join(filter(None, [STAR if note.starred else "", " ".join(note.text.split()), *tags]))


def tags_in(text: str) -> tuple[str, ...]:
    """Return the tags that a person typed, separated by commas, each once; a number sign before one is dropped."""
    tags = (" ".join(tag.split()).removeprefix("#").strip() for tag in text.split(","))
    return tuple(dict.fromkeys(tag for tag in tags if tag))
