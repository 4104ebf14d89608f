"""Go through JSON of any size: every value that is in no list, and every item of the lists that are in no other one.

An item is given with its own text, so that what stands in it can be gone through likewise.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import closing
from dataclasses import dataclass, replace

from timeline_app.readers.json_reading import BrokenValue, JsonReading, JsonValue
from timeline_app.readers.line_file import LineFile


@dataclass(frozen=True, slots=True)
class JsonFile:
    """A file whose values are gone through as JSON; see `json_values`."""

    file: LineFile

    @property
    def name(self) -> str:
        """What the file is called in messages."""
        return self.file.name

    def values(self, *, gives_empty: bool = False, once: Collection[tuple[str, ...]] = ()) -> Iterator[JsonValue]:
        """Give the values from the beginning."""
        return json_values(self.file, gives_empty=gives_empty, once=once)


def json_values(
    file: LineFile, *, gives_empty: bool = False, once: Collection[tuple[str, ...]] = ()
) -> Iterator[JsonValue]:
    """Give the values of a file from its beginning; raises ReadError with line and column for what is not JSON.

    With `gives_empty` lists and objects in which nothing stands are values too. A path of `once` that leads to two
    values is refused: of two lists of records, read one by one, nobody could tell which of them counts.
    """
    # What a reading holds goes in circles, and a file that is only then let go of is told by Python.
    with closing(file.texts()) as pieces:
        yield from JsonReading(file.name, pieces, 1, 1, gives_empty=gives_empty, once=once).values()


def json_row(file: LineFile) -> Iterator[JsonValue | BrokenValue]:
    """Give the values of a file that stand one after another, a line or several lines each, as read_json_lines does.

    Raises ReadError for one that is longer than an item may be.
    """
    with closing(file.texts()) as pieces:
        yield from JsonReading(file.name, pieces, 1, 1).row()


def whole_json(file: LineFile) -> JsonValue:
    """Return the one value of a file; raises ReadError for what is not JSON, or longer than an item may be."""
    with closing(file.texts()) as pieces:
        return JsonReading(file.name, pieces, 1, 1).whole()


def values_within(item: JsonValue, file: str) -> Iterator[JsonValue]:
    """Give the values of an object, paths beginning there."""
    reading = JsonReading(file, iter([(item.text, item.bytes_read)]), item.line, max(item.column, 1))
    for value in reading.values():
        yield value if item.column else replace(value, column=0)
