"""Go through JSON of any size: every value that is in no list, and every item of the lists that are in no other one.

What is longer than an item may be is never held at once: of the file only the piece that is being read, and what of an
item came before it. An item is given with its own text, so that what stands in it can be gone through likewise.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from contextlib import closing
from dataclasses import dataclass

from timeline_app.core.errors import ReadError
from timeline_app.readers.json_tree import NO_JSON, SPACE, WORD, json_fault, read_json_value
from timeline_app.readers.line_file import LineFile
from timeline_app.readers.source_file import MEGABYTE
from timeline_app.readers.source_text import SourceText
from timeline_app.readers.text_cursor import TextCursor
from timeline_app.readers.tree import shortened
from timeline_app.readers.tree_builder import DEEPEST

LONGEST_ITEM = 16 * MEGABYTE
# Where something is wrong before this, no more of the file can put it right.
_MORE_LINES = re.compile(r"\n\s*+\S")
# What may stand behind the digits of a number that is not yet whole, as far as it has been read.
_NUMBER_GOES_ON = re.compile(r"[-+.eE\d]*")


@dataclass(frozen=True, slots=True)
class JsonValue:
    """A value in JSON: `path` are the keys that lead to it, or to the list of which it is an item.

    `line` and `column` say where it begins, column 0 is unknown; `bytes_read` is how far the file has been read.
    `twice` is a key that stands twice in an object of it, "" for none; the last value counts.
    """

    path: tuple[str, ...]
    is_item: bool
    value: object
    text: str
    line: int
    column: int
    bytes_read: int
    twice: str = ""


@dataclass(frozen=True, slots=True)
class BrokenValue:
    """A place where a value should begin, and why none can be read there; see JsonValue for the rest."""

    error: ReadError
    line: int
    column: int
    bytes_read: int


def json_values(
    file: LineFile, *, gives_empty: bool = False, once: Collection[tuple[str, ...]] = ()
) -> Iterator[JsonValue]:
    """Give the values of a file from its beginning; raises ReadError with line and column for what is not JSON.

    With `gives_empty` lists and objects in which nothing stands are values too. A path of `once` that leads to two
    values is refused: of two lists of records, read one by one, nobody could tell which of them counts.
    """
    # What a reading holds goes in circles, and a file that is only then let go of is told by Python.
    with closing(file.texts()) as pieces:
        yield from _Reading(file.name, pieces, 1, 1, gives_empty=gives_empty, once=once).values()


def json_row(file: LineFile) -> Iterator[JsonValue | BrokenValue]:
    """Give the values of a file that stand one after another, a line or several lines each, as read_json_lines does.

    Raises ReadError for one that is longer than an item may be.
    """
    with closing(file.texts()) as pieces:
        yield from _Reading(file.name, pieces, 1, 1).row()


def whole_json(file: LineFile) -> JsonValue:
    """Return the one value of a file; raises ReadError for what is not JSON, or longer than an item may be."""
    with closing(file.texts()) as pieces:
        return _Reading(file.name, pieces, 1, 1).whole()


def values_within(item: JsonValue, file: str) -> Iterator[JsonValue]:
    """Give the values of an object, paths beginning there."""
    reading = _Reading(file, iter([(item.text, item.bytes_read)]), item.line, max(item.column, 1))
    for value in reading.values():
        yield value if item.column else _without_column(value)


def _without_column(value: JsonValue) -> JsonValue:
    return JsonValue(value.path, value.is_item, value.value, value.text, value.line, 0, value.bytes_read, value.twice)


class _Reading:
    """Goes through pieces of a text from the left; `text` are those that are not yet done with."""

    def __init__(
        self,
        file: str,
        pieces: Iterator[tuple[str, int]],
        line: int,
        column: int,
        *,
        gives_empty: bool = False,
        once: Collection[tuple[str, ...]] = (),
    ) -> None:
        self._file = file
        self._gives_empty = gives_empty
        self._once = once
        self._met: set[tuple[str, ...]] = set()
        self._pieces = pieces
        self._text = ""
        self._position = 0
        self._bytes_read = 0
        # Where lines are counted up to, how many there are, and where the last of them began.
        self._counted = 0
        self._line = line
        self._line_begin = 1 - column
        self._twice = ""
        # Where the last value that could not be read goes wrong.
        self._wrong = 0
        self._decoder = json.JSONDecoder(
            object_pairs_hook=self._object, parse_int=str, parse_float=str, parse_constant=str
        )

    def values(self) -> Iterator[JsonValue]:
        """Give every value."""
        yield from self._values(())
        self._check_end()

    def row(self) -> Iterator[JsonValue | BrokenValue]:
        """Give one value after another, and where there is none, why."""
        while self._next():
            decoded = self._decoded()
            yield self._broken() if decoded is None else self._taken(*decoded, (), is_item=False)

    def whole(self) -> JsonValue:
        """Return the value that all of the text is."""
        value = self._whole((), is_item=False)
        self._check_end()
        return value

    def _check_end(self) -> None:
        if self._next():
            raise self._error("the end of the file")

    def _values(self, path: tuple[str, ...]) -> Iterator[JsonValue]:
        first = self._next()
        if first == "{":
            if len(path) >= DEEPEST:
                raise self._refusal(f"nested deeper than {DEEPEST} levels")
            yield from self._members(path)
        elif first == "[":
            yield from self._items(path)
        else:
            yield self._whole(path, is_item=False)

    def _members(self, path: tuple[str, ...]) -> Iterator[JsonValue]:
        self._position += 1
        if self._take("}"):
            yield from self._empty(path, {})
            return
        while True:
            if self._next() != '"':
                raise self._error("the name of a field in double quotes")
            inner = (*path, str(self._whole((), is_item=False).value))
            if not self._take(":"):
                raise self._error("“:” after the name of a field")
            if inner in self._met:
                self._next()
                raise self._refusal(
                    f"“{shortened(inner[-1])}” stands here a second time; expected it once in a large file"
                )
            if inner in self._once:
                self._met.add(inner)
            yield from self._values(inner)
            if self._take("}"):
                return
            if not self._take(","):
                raise self._error("“,” or “}”")

    def _items(self, path: tuple[str, ...]) -> Iterator[JsonValue]:
        self._position += 1
        if self._take("]"):
            yield from self._empty(path, [])
            return
        while True:
            yield self._whole(path, is_item=True)
            if self._take("]"):
                return
            if not self._take(","):
                raise self._error("“,” or “]”")

    def _empty(self, path: tuple[str, ...], value: object) -> Iterator[JsonValue]:
        """Give a list or an object in which nothing stands, where it is asked for."""
        if self._gives_empty:
            line, _ = self._place(self._position)
            yield JsonValue(path, False, value, json.dumps(value), line, 0, self._bytes_read)

    def _take(self, character: str) -> bool:
        if self._next() != character:
            return False
        self._position += 1
        return True

    def _next(self) -> str:
        """Go past white space, and return the character after it, "" at the end."""
        while True:
            space = SPACE.match(self._text, self._position)
            self._position = space.end() if space is not None else self._position
            if self._position < len(self._text):
                return self._text[self._position]
            if not self._has_more():
                return ""

    def _whole(self, path: tuple[str, ...], *, is_item: bool) -> JsonValue:
        """Return the value that comes next, and go past it."""
        self._next()
        decoded = self._decoded()
        if decoded is None:
            raise self._fault()
        return self._taken(*decoded, path, is_item=is_item)

    def _decoded(self) -> tuple[object, int] | None:
        """Return the value that begins here with its end, None where there is none."""
        while True:
            self._twice = ""
            begin, is_whole = self._position, False
            try:
                value, end = self._decoder.raw_decode(self._text, begin)
                # A number may go on in the next piece, of which a sign or a point may be the last that was read.
                is_whole = self._text[begin] in '{["' or not _NUMBER_GOES_ON.fullmatch(self._text, end)
            except json.JSONDecodeError as error:
                value, end, self._wrong = None, 0, error.pos
                if _MORE_LINES.search(self._text, error.pos):
                    return None
            except RecursionError:
                self._wrong = begin
                return None
            if is_whole:
                return value, end
            if len(self._text) - begin > LONGEST_ITEM or not self._has_more():
                return (value, end) if end else None

    def _taken(self, value: object, end: int, path: tuple[str, ...], *, is_item: bool) -> JsonValue:
        """Go past a value that ends there, and return it."""
        begin = self._position
        line, column = self._place(begin)
        self._position = end
        return JsonValue(path, is_item, value, self._text[begin:end], line, column, self._bytes_read, self._twice)

    def _broken(self) -> BrokenValue:
        """Go past what is no value, and say why it is none."""
        if len(self._text) - self._position > LONGEST_ITEM and not _MORE_LINES.search(self._text, self._wrong):
            raise self._fault()
        begin = self._position
        line, column = self._place(begin)
        # What is further down tells nothing, and may be megabytes.
        end = self._text.find("\n", max(self._wrong, begin)) + 1 or len(self._text)
        fault = json_fault(SourceText(self._text[begin:end], self._file, line, column))
        error, go_on = fault if fault is not None else (self._error("a value"), end - begin)
        self._position = begin + max(go_on, 1)
        return BrokenValue(error, line, column, self._bytes_read)

    def _has_more(self) -> bool:
        """Go on to the next piece, with what is not yet read of those before; tell whether there is one."""
        piece, bytes_read = next(self._pieces, ("", 0))
        if not piece:
            return False
        self._count_lines(self._position)
        self._text = self._text[self._position :] + piece
        self._line_begin -= self._position
        self._position = self._counted = 0
        self._bytes_read = bytes_read
        return True

    def _place(self, position: int) -> tuple[int, int]:
        self._count_lines(position)
        return self._line, position - self._line_begin + 1

    def _count_lines(self, position: int) -> None:
        text, counted = self._text, self._counted
        breaks = text.count("\n", counted, position)
        returns = text.count("\r", counted, position)
        if breaks or returns:
            self._line += breaks + returns - (text.count("\r\n", counted, position) if returns else 0)
            self._line_begin = max(text.rfind("\n", counted, position), text.rfind("\r", counted, position)) + 1
        self._counted = position

    def _object(self, pairs: list[tuple[str, object]]) -> dict[str, object]:
        """Return an object; a key that stands twice in it is noticed."""
        found = dict(pairs)
        if len(found) < len(pairs):
            keys = [key for key, _ in pairs]
            self._twice = self._twice or next(key for key in keys if keys.count(key) > 1)
        return found

    def _fault(self) -> ReadError:
        """Return why no whole value stands here."""
        if len(self._text) - self._position > LONGEST_ITEM:
            return self._refusal(f"expected a value of at most {LONGEST_ITEM:,} characters")
        try:
            read_json_value(self._rest())
        except ReadError as error:
            return error
        return self._error("a value")

    def _error(self, expected: str) -> ReadError:
        return TextCursor(self._rest(), SPACE).error(f"{NO_JSON}: expected {expected}", WORD)

    def _refusal(self, message: str) -> ReadError:
        return self._rest().error(message, 0)

    def _rest(self) -> SourceText:
        """Return what is not yet read."""
        line, column = self._place(self._position)
        return SourceText(self._text[self._position :], self._file, line, column)
