"""Go through pieces of a text of JSON, or of data like it, whatever its size: a value at a time, each with its place.

What is longer than an item may be is never held at once: of the text only the piece that is being read, and what of an
item came before it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from timeline_app.core.errors import ReadError
from timeline_app.readers.json_syntax import JSON_SYNTAX, Scan, Syntax
from timeline_app.readers.json_tree import json_fault
from timeline_app.readers.source_file import MEGABYTE
from timeline_app.readers.source_text import SourceText
from timeline_app.readers.text_cursor import TextCursor
from timeline_app.readers.tree import shortened
from timeline_app.readers.tree_builder import DEEPEST

LONGEST_ITEM = 16 * MEGABYTE
# Where something is wrong before this, no more of the file can put it right.
_MORE_LINES = re.compile(r"\n\s*+\S")


@dataclass(frozen=True, slots=True)
class JsonValue:
    """A value in JSON: `path` are the keys that lead to it, or to the list of which it is an item.

    `line` and `column` say where it begins, column 0 is unknown; `bytes_read` is how far the file has been read.
    `twice` is a key that stands twice in an object of it, "" for none; the last value counts unless `first_counts`.
    """

    path: tuple[str, ...]
    is_item: bool
    value: object
    text: str
    line: int
    column: int
    bytes_read: int
    twice: str = ""
    first_counts: bool = False


@dataclass(frozen=True, slots=True)
class BrokenValue:
    """A place where a value should begin, and why none can be read there; see JsonValue for the rest."""

    error: ReadError
    line: int
    column: int
    bytes_read: int


class JsonReading:
    """Goes through pieces of a text from the left, and holds those that are not yet done with."""

    def __init__(
        self,
        file: str,
        pieces: Iterator[tuple[str, int]],
        line: int,
        column: int,
        *,
        gives_empty: bool = False,
        once: Collection[tuple[str, ...]] = (),
        syntax: Syntax = JSON_SYNTAX,
    ) -> None:
        """`line` and `column` are those at which the first piece begins; see `json_values` for the rest."""
        self._file = file
        self._syntax = syntax
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
        self._twice, self._first_counts = "", False
        # Where the last value that could not be read goes wrong.
        self._wrong = 0
        self._decoder = json.JSONDecoder(
            object_pairs_hook=self._object, parse_int=str, parse_float=str, parse_constant=str
        )

    def values(self) -> Iterator[JsonValue]:
        """Give every value; raises ReadError where more than one stands there."""
        yield from self.first_values()
        self._check_end()

    def first_values(self) -> Iterator[JsonValue]:
        """Give every value within the first one, whatever follows that."""
        yield from self._values(())

    def row(self) -> Iterator[JsonValue | BrokenValue]:
        """Give one value after another, and where there is none, why."""
        while self.next():
            decoded = self._decoded(self._syntax.value)
            yield self._broken() if decoded is None else self._taken(*decoded, (), is_item=False)

    def whole(self) -> JsonValue:
        """Return the value that all of the text is."""
        value = self.first_value()
        self._check_end()
        return value

    def first_value(self) -> JsonValue:
        """Return the first value, whatever follows it."""
        return self._whole((), is_item=False)

    def _check_end(self) -> None:
        if not self.is_at_end:
            raise self.error("the end of the file")

    def _values(self, path: tuple[str, ...]) -> Iterator[JsonValue]:
        first = self.next()
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
        if self.take("}"):
            yield from self._empty(path, {})
            return
        while True:
            inner = (*path, self._key())
            if not self.take(":"):
                raise self.error("“:” after the name of a field")
            if inner in self._met:
                self.next()
                raise self._refusal(
                    f"“{shortened(inner[-1])}” stands here a second time; expected it once in a large file"
                )
            if inner in self._once:
                self._met.add(inner)
            yield from self._values(inner)
            if self.take("}"):
                return
            if not self.take(","):
                raise self.error("“,” or “}”")
            if self._syntax.takes_last_comma and self.take("}"):
                return

    def _key(self) -> str:
        if self.next() not in self._syntax.quotes and not self._syntax.has_plain_keys:
            raise self.error("the name of a field in double quotes")
        found = self._decoded(self._syntax.key)
        if found is None:
            raise self._key_fault()
        self._position = found[1]
        return str(found[0])

    def _key_fault(self) -> ReadError:
        """Return why no name of a field stands here."""
        try:
            self._syntax.check_key(self._rest())
        except ReadError as error:
            return error
        return self.error("the name of a field")

    def _items(self, path: tuple[str, ...]) -> Iterator[JsonValue]:
        self._position += 1
        if self.take("]"):
            yield from self._empty(path, [])
            return
        while True:
            yield self._whole(path, is_item=True)
            if self.take("]"):
                return
            if not self.take(","):
                raise self.error("“,” or “]”")
            if self._syntax.takes_last_comma and self.take("]"):
                return

    def _empty(self, path: tuple[str, ...], value: object) -> Iterator[JsonValue]:
        """Give a list or an object in which nothing stands, where it is asked for."""
        if self._gives_empty:
            line, _ = self._place(self._position)
            yield JsonValue(path, False, value, json.dumps(value), line, 0, self._bytes_read)

    @property
    def is_at_end(self) -> bool:
        """Whether nothing but white space is left."""
        return not self.next()

    def take(self, character: str) -> bool:
        """Go past a character, if it is the next that is no white space."""
        if self.next() != character:
            return False
        self._position += 1
        return True

    def take_match(self, pattern: re.Pattern[str], longest: int) -> bool:
        """Go past what a pattern finds here, of at most so many characters, if it finds anything."""
        while len(self._text) - self._position < longest and self._has_more():
            pass
        match = pattern.match(self._text, self._position)
        self._position = match.end() if match is not None else self._position
        return match is not None

    def rest(self, most: int) -> SourceText:
        """Return so many characters of what is not yet read, at most."""
        while len(self._text) - self._position < most and self._has_more():
            pass
        line, column = self._place(self._position)
        return SourceText(self._text[self._position : self._position + most], self._file, line, column)

    def next(self) -> str:
        """Go past white space, and return the character after it, "" at the end."""
        while True:
            space = self._syntax.space.match(self._text, self._position)
            end = space.end() if space is not None else self._position
            # A comment may go on in the next piece, and begins with two characters.
            is_short = len(self._text) - self._position <= LONGEST_ITEM
            may_go_on = is_short and self._syntax.has_comments and self._text[end : end + 1] in {"", "/"}
            if end < len(self._text) and not may_go_on:
                self._position = end
                return self._text[end]
            held = end - self._position if may_go_on else 0
            self._position = end - held
            if not self._has_more():
                self._position += held
                return self._text[self._position : self._position + 1]

    def _whole(self, path: tuple[str, ...], *, is_item: bool) -> JsonValue:
        """Return the value that comes next, and go past it."""
        self.next()
        decoded = self._decoded(self._syntax.value)
        if decoded is None:
            raise self._fault()
        return self._taken(*decoded, path, is_item=is_item)

    def _decoded(self, scan: Scan) -> tuple[object, int] | None:
        """Return the value that begins here with its end, None where there is none."""
        while True:
            self._twice = ""
            begin, is_whole = self._position, False
            try:
                value, end, twice = scan(self._text, begin, self._decoder)
                self._twice, self._first_counts = twice or self._twice, bool(twice)
                # What has no end of its own may go on in the next piece.
                is_whole = self._text[begin] in self._syntax.closed or not self._syntax.goes_on(self._text, end)
            except json.JSONDecodeError as error:
                value, end, self._wrong = None, 0, error.pos
                if _MORE_LINES.search(self._text, error.pos):
                    return None
            except RecursionError:
                self._wrong = begin
                return None
            except ReadError:
                value, end = None, 0
            if is_whole:
                return value, end
            if len(self._text) - begin > LONGEST_ITEM or not self._has_more():
                return (value, end) if end else None

    def _taken(self, value: object, end: int, path: tuple[str, ...], *, is_item: bool) -> JsonValue:
        """Go past a value that ends there, and return it."""
        begin = self._position
        line, column = self._place(begin)
        self._position = end
        text, twice = self._text[begin:end], self._twice
        return JsonValue(path, is_item, value, text, line, column, self._bytes_read, twice, self._first_counts)

    def _broken(self) -> BrokenValue:
        """Go past what is no value, and say why it is none."""
        if len(self._text) - self._position > LONGEST_ITEM and not _MORE_LINES.search(self._text, self._wrong):
            raise self._fault()
        begin = self._position
        line, column = self._place(begin)
        # What is further down tells nothing, and may be megabytes.
        end = self._text.find("\n", max(self._wrong, begin)) + 1 or len(self._text)
        fault = json_fault(SourceText(self._text[begin:end], self._file, line, column))
        error, go_on = fault if fault is not None else (self.error("a value"), end - begin)
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
            self._syntax.check(self._rest())
        except ReadError as error:
            return error
        return self.error("a value")

    def error(self, expected: str) -> ReadError:
        """Return the error that something else was expected here."""
        syntax = self._syntax
        return TextCursor(self._rest(), syntax.space).error(f"{syntax.name}: expected {expected}", syntax.word)

    def _refusal(self, message: str) -> ReadError:
        return self._rest().error(message, 0)

    def _rest(self) -> SourceText:
        """Return what is not yet read."""
        line, column = self._place(self._position)
        return SourceText(self._text[self._position :], self._file, line, column)
