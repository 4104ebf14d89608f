"""Read JSON into a tree in which every value is the text that was written, with its place.

Strings, numbers and literals are those of RFC 8259; `NaN` and `Infinity`, which Python and JavaScript write, are taken
as texts and left to the field to refuse. `null` is a value that was left out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from timeline_app.core.errors import ReadError
from timeline_app.readers.source_text import SourceText
from timeline_app.readers.text_cursor import TextCursor
from timeline_app.readers.tree import ListNode, MappingNode, Tree
from timeline_app.readers.tree_builder import TreeBuilder

SPACE = re.compile(r"[ \t\n\r]*+")
NO_JSON = "this is not JSON"
# What is quoted as found where something else was expected.
WORD = re.compile(r"[^\s{}\[\],:\"]{1,40}")
_STRING = re.compile(r'"[^"\\\x00-\x1F]*+(?:\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4})[^"\\\x00-\x1F]*+)*+"')
_STRING_BEGINNING = re.compile(r'"[^"\\\x00-\x1F]*+(?:\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4})[^"\\\x00-\x1F]*+)*+')
_LITERAL = re.compile(
    r"(?:-?(?:0|[1-9]\d*+)(?:\.\d++)?(?:[eE][+-]?\d++)?|true|false|null|NaN|-?Infinity)(?![\w.+-])", re.ASCII
)
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def read_json(source: SourceText) -> Tree:
    """Read the one value of a JSON text.

    Raises ReadError with line and column for what is not JSON and for what nests too deeply.
    """
    return _JsonReader(source).read()


def read_json_value(source: SourceText) -> Tree:
    """Read the first value of a text, whatever follows; raises ReadError as `read_json` does."""
    return _JsonReader(source).read_one()


def read_json_lines(source: SourceText) -> Iterator[tuple[int, Tree | ReadError]]:
    """Give the values of a text of several, one a line or several lines each, with where each begins.

    What cannot be read is given as the error that it is; reading goes on with the next line, or where a value goes
    wrong further down, with that line.
    """
    offset = 0
    while (begin := _past_space(source.text, offset)) < len(source.text):
        reader = _JsonReader(source, begin)
        try:
            yield begin, reader.read_one()
            offset = reader.offset
        except ReadError as error:
            yield begin, error
            offset = _line_to_go_on(source.text, begin, reader.offset)


def json_fault(source: SourceText) -> tuple[ReadError, int] | None:
    """Return why the first value of a text cannot be read, and where to go on; None where it can be."""
    reader = _JsonReader(source)
    try:
        reader.read_one()
    except ReadError as error:
        return error, _line_to_go_on(source.text, 0, reader.offset)
    return None


def _line_to_go_on(text: str, begin: int, wrong: int) -> int:
    line_begin = text.rfind("\n", begin, wrong)
    line_end = text.find("\n", wrong)
    if line_begin >= 0:
        return line_begin
    return len(text) if line_end < 0 else line_end


def _past_space(text: str, offset: int) -> int:
    space = SPACE.match(text, offset)
    return offset if space is None else space.end()


class _JsonReader:
    """Goes through a JSON text from the left, without recursion."""

    def __init__(self, source: SourceText, begin: int = 0) -> None:
        self._source = source
        self._builder = TreeBuilder(source)
        self._cursor = TextCursor(source, SPACE, begin)
        self._just_opened = False

    @property
    def offset(self) -> int:
        """Where the value ends that was read."""
        return self._cursor.offset

    def read(self) -> Tree:
        """Return the tree of the whole text."""
        tree = self.read_one()
        if not self._cursor.is_at_end:
            raise self._error("the end of the file")
        return tree

    def read_one(self) -> Tree:
        """Return the tree of one value, and go past the space behind it."""
        builder, cursor = self._builder, self._cursor
        cursor.skip_space()
        self._read_value()
        while (inside := builder.inside) is not None:
            end = "]" if isinstance(inside, ListNode) else "}"
            if cursor.take(end):
                builder.close(cursor.offset)
                self._just_opened = False
            elif self._just_opened or cursor.take(","):
                self._read_item()
            else:
                raise self._error(f"“,” or “{end}”")
            cursor.skip_space()
        cursor.skip_space()
        return builder.finish()

    def _read_item(self) -> None:
        """Read an item of a list, or a field of a mapping with its key."""
        self._cursor.skip_space()
        if self._builder.expects_key:
            self._read_string("the name of a field in double quotes")
            self._cursor.skip_space()
            if not self._cursor.take(":"):
                raise self._error("“:” after the name of a field")
            self._cursor.skip_space()
        self._read_value()

    def _read_value(self) -> None:
        """Read a value; of a list or a mapping only the beginning."""
        cursor = self._cursor
        begin, character = cursor.offset, cursor.next
        self._just_opened = character in {"{", "["}
        if self._just_opened:
            self._builder.open(MappingNode(begin) if character == "{" else ListNode(begin))
            cursor.offset += 1
            cursor.skip_space()
        elif character == '"':
            self._read_string("a text")
        else:
            literal = cursor.take_match(_LITERAL)
            if literal is None:
                raise self._error("a value")
            self._builder.add_text("" if literal[0] == "null" else literal[0], begin)

    def _read_string(self, expected: str) -> None:
        begin = self._cursor.offset
        match = self._cursor.take_match(_STRING)
        if match is None:
            raise self._string_error(expected)
        text = match[0]
        decoded = text[1:-1]
        if "\\" in text:
            decoded = json.loads(text)
            if _LONE_SURROGATE.search(decoded):
                raise self._source.error("expected pairs of \\uD800 to \\uDFFF; found half of a character", begin)
        self._builder.add_text(decoded, begin)

    def _string_error(self, expected: str) -> ReadError:
        """Return the error that no string stands here, or that one begins here and goes wrong."""
        begin = self._cursor.offset
        if self._cursor.take_match(_STRING_BEGINNING) is None:
            return self._error(expected)
        line, column = self._source.place(begin)
        if self._cursor.next == "\\":
            return self._error('one of \\" \\\\ \\/ \\b \\f \\n \\r \\t \\u0000')
        return self._error(f"the closing quotation mark of the text that begins on line {line}, column {column}")

    def _error(self, expected: str) -> ReadError:
        return self._cursor.error(f"{NO_JSON}: expected {expected}", WORD)
