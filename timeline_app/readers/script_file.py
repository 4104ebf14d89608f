"""Go through the data of a script of any size: the values of the one value in it, as of JSON."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import closing
from itertools import chain

from timeline_app.core.dataset import Level, Problem
from timeline_app.readers.json_reading import JsonReading, JsonValue
from timeline_app.readers.line_file import LineFile
from timeline_app.readers.loose_json import pass_ending, script_beginning
from timeline_app.readers.loose_syntax import loose_syntax
from timeline_app.readers.source_file import MEGABYTE
from timeline_app.readers.source_text import SourceText

# Where the data has to begin, and how much of what follows is looked at.
_MOST_BEFORE, _MOST_BEHIND = 16 * MEGABYTE, MEGABYTE


class ScriptFile:
    """A file of JSON or of data of a script; `begin_of` tells where in a text the statement begins that has the data.

    `before` is the beginning of the file. `notes` and `behind`, what is told of the rest of the script, and the
    beginning of that, are known once the values were gone through.
    """

    def __init__(self, file: LineFile, begin_of: Callable[[str], int] = lambda _text: 0) -> None:
        """Look at the beginning; raises ReadError as reading the file does."""
        self.notes: list[Problem] = []
        self.behind = SourceText("", file.name)
        self._file = file
        with closing(file.texts()) as pieces:
            text, _ = _first(pieces)
        self.before = SourceText(text, file.name)
        begin = begin_of(text)
        self._beginning = script_beginning(self.before, begin)

    @property
    def begin(self) -> int:
        """Where in the beginning of the file the data begins."""
        return self._beginning.offset

    @property
    def name(self) -> str:
        """What the file is called in messages."""
        return self._file.name

    def values(self, *, gives_empty: bool = False, once: Collection[tuple[str, ...]] = ()) -> Iterator[JsonValue]:
        """Give the values from the beginning, as json_values does; raises ReadError for what would have to be run."""
        with closing(self._file.texts()) as pieces:
            reading = self._reading(pieces, gives_empty=gives_empty, once=once)
            yield from reading.first_values()
            self._read_ending(reading)

    def whole(self) -> JsonValue:
        """Return the one value; raises ReadError for one that is longer than an item may be."""
        with closing(self._file.texts()) as pieces:
            reading = self._reading(pieces)
            value = reading.first_value()
            self._read_ending(reading)
        return value

    def as_text(self, item: JsonValue) -> SourceText:
        """Return an item with the place where it stands."""
        return SourceText(item.text, self.name, item.line, item.column)

    def _reading(
        self,
        pieces: Iterator[tuple[str, int]],
        *,
        gives_empty: bool = False,
        once: Collection[tuple[str, ...]] = (),
    ) -> JsonReading:
        text, bytes_read = _first(pieces)
        line, column = self.before.place(self.begin)
        # What is looked at first may be nothing but a comment.
        begun = text[self.begin :]
        return JsonReading(
            self.name,
            chain([(begun, bytes_read)] if begun else [], pieces),
            line,
            column,
            gives_empty=gives_empty,
            once=once,
            syntax=loose_syntax(),
        )

    def _read_ending(self, reading: JsonReading) -> None:
        """Take what stands behind the value."""
        more = pass_ending(reading, self._beginning)
        self.behind = reading.rest(_MOST_BEHIND)
        found = [(self._beginning.not_read, self.before.place(0)), (more, self.behind.place(0))]
        self.notes = [Problem(message, self.name, *place, level=Level.WARNING) for message, place in found if message]


def _first(pieces: Iterator[tuple[str, int]]) -> tuple[str, int]:
    """Return the first pieces of a text, as much as is looked at of it, and the place in the file after them."""
    text, end = "", 0
    for piece, bytes_read in pieces:
        text, end = text + piece, bytes_read
        if len(text) >= _MOST_BEFORE:
            break
    return text, end
