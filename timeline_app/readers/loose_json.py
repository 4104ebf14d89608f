"""Read data as JavaScript writes it into the same tree as JSON.

Besides JSON there may be comments, texts in single quotes and in backticks, names without quotes, a comma after the
last item, `undefined`, and dates as `new Date(2024, 5, 19)`, which are taken as the text that stands there. Around the
one value may stand what makes a script of it: `callback(…)` of JSONP, `var data = …;`, `new vis.DataSet([…])`, and what
TypeScript says of kinds, `export const data: Event[] = … as const;`. Nothing is run.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Protocol

from timeline_app.core.errors import ReadError
from timeline_app.readers.source_text import SourceText
from timeline_app.readers.text_cursor import TextCursor
from timeline_app.readers.tree import ListNode, MappingNode, Tree
from timeline_app.readers.tree_builder import TreeBuilder

LOOSE_SPACE = re.compile(r"(?:[\s\ufeff]++|//[^\n\r]*+|/\*(?:[^*]|\*(?!/))*+\*/)*+")
_STRINGS = {
    quote: re.compile(rf"{quote}[^{quote}\\\n\r]*+(?:\\(?:\r\n|[\s\S])[^{quote}\\\n\r]*+)*+{quote}") for quote in "\"'"
} | {"`": re.compile(r"`[^`\\$]*+(?:(?:\\(?:\r\n|[\s\S])|\$(?!\{))[^`\\$]*+)*+`")}
_ESCAPE = re.compile(r"\\(?:u\{([0-9A-Fa-f]{1,6})\}|u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|(\r\n|[\s\S]))")
_ESCAPED = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v", "0": "", "\n": "", "\r": "", "\r\n": ""}
_SURROGATE_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_NAME = re.compile(r"[^\W\d][\w$]*+|\$[\w$]*+")
_NUMBER = re.compile(r"[+-]?(?:0[xX][0-9A-Fa-f]++|(?:\d++\.?\d*+|\.\d++)(?:[eE][+-]?\d++)?)(?![\w.])", re.ASCII)
_WORD = re.compile(r"(?:true|false|null|undefined|NaN|[+-]?Infinity)(?![\w$])")
_NOTHING = frozenset({"null", "undefined"})
_PARTS_OF_DATE = r"[-\d\s,.]{1,80}"
_DATE = re.compile(
    rf"""new\s+Date\s*\(\s*(?:"[^"\\\n]{{0,80}}"|'[^'\\\n]{{0,80}}'|{_PARTS_OF_DATE}|Date\.UTC\s*\({_PARTS_OF_DATE}\))\s*\)""",
    re.ASCII,
)
# TypeScript says behind a colon what kind of value a name has.
ASSIGNMENT = re.compile(
    r"export\s+default\b|(?:export\s+)?(?:(?:var|let|const)\s+)?[A-Za-z_$][\w$]*+(?:\.[\w$]++)*+"
    r"(?:\s*:[^=\n;]{1,200}?)?\s*=(?!=)"
)
_KIND_BEHIND = re.compile(r"(?:as|satisfies)\s+[\w$.<>\[\], ]{1,200}")
_CALL = re.compile(r"(?:(?:new\s+)?[A-Za-z_$][\w$]*+(?:\.[\w$]++)*+\s*)?\(", re.ASCII)
_MOST_WRAPPINGS = 8
NO_DATA = "this is no data in JSON"
_BEGIN_NOT_READ = "what begins here is the script around the data and is not read"
_END_NOT_READ = "what follows here is more of the script and is not read; expected data alone"
NOT_READ = frozenset({_BEGIN_NOT_READ, _END_NOT_READ})
# Longer than what may stand behind the data of a script.
_LONGEST_WORDS = 1_000
# What is quoted as found where something else was expected.
LOOSE_WORD = re.compile(r"[^\s{}\[\],:\"']{1,40}")


@dataclass(frozen=True, slots=True)
class ScriptBeginning:
    """What stands in a text before its one value: where that begins, and what has to be closed behind it.

    `not_read` is where the script begins that is passed over, None where there is none.
    """

    offset: int
    wrappings: int
    is_script: bool
    not_read: str


class DataCursor(Protocol):
    """A place in a text behind its one value."""

    @property
    def is_at_end(self) -> bool:
        """Whether nothing but white space is left."""

    def take(self, character: str) -> bool:
        """Go past a character if it is the next that is no white space."""

    def take_match(self, pattern: re.Pattern[str], longest: int) -> bool:
        """Go past what a pattern finds, of at most so many characters."""

    def error(self, expected: str) -> ReadError:
        """Return the error that something else was expected here."""


def read_loose_json(source: SourceText, begin: int = 0) -> Tree:
    """Read the one value of a text of JSON or of data in JavaScript, from `begin` on; what stands before is told.

    Raises ReadError with line and column for what is neither and for what nests too deeply.
    """
    beginning = script_beginning(source, begin)
    reader = _LooseReader(source, beginning.offset)
    tree = reader.read_one()
    end = reader.offset
    cursor = _Behind(source, end)
    more = pass_ending(cursor, beginning)
    if beginning.not_read:
        tree.faults.insert(0, (beginning.not_read, 0))
    if more:
        tree.faults.append((more, cursor.offset))
    return tree


def script_beginning(source: SourceText, begin: int) -> ScriptBeginning:
    """Go past what stands before the value that begins at a place or, where a statement does, within that."""
    cursor = TextCursor(source, LOOSE_SPACE, begin)
    cursor.skip_space()
    first = cursor.offset
    if cursor.take_match(ASSIGNMENT):
        cursor.skip_space()
    wrappings = 0
    while wrappings < _MOST_WRAPPINGS and cursor.take_match(_CALL):
        wrappings += 1
        cursor.skip_space()
    return ScriptBeginning(
        cursor.offset, wrappings, begin > 0 or cursor.offset > first, _BEGIN_NOT_READ if begin else ""
    )


def pass_ending(cursor: DataCursor, beginning: ScriptBeginning) -> str:
    """Go past what closes the one value; return what is told of more of the script, "" where there is none.

    Raises ReadError where it is not closed, or where more stands behind data that are no script.
    """
    for _ in range(beginning.wrappings):
        if not cursor.take(")"):
            raise cursor.error("“)”")
    if beginning.is_script and not cursor.is_at_end:
        cursor.take_match(_KIND_BEHIND, _LONGEST_WORDS)
    while beginning.is_script and cursor.take(";"):
        pass
    if cursor.is_at_end:
        return ""
    if not beginning.is_script:
        raise cursor.error("the end of the file")
    return _END_NOT_READ


def loose_value_at(source: SourceText, begin: int) -> tuple[Tree, int]:
    """Return the value that begins at a place, with its end; raises ReadError for none."""
    reader = _LooseReader(source, begin)
    return reader.read_one(), reader.offset


def check_loose_value(source: SourceText) -> Tree:
    """Return the value that a text begins with, whatever follows; raises ReadError for none."""
    return _LooseReader(source, 0).read_one()


def loose_key_at(source: SourceText, begin: int) -> tuple[str, int]:
    """Return the name of a field at a place, with its end; raises ReadError for none."""
    reader = _LooseReader(source, begin)
    return reader.read_name(), reader.offset


def check_loose_key(source: SourceText) -> str:
    """Return the name of a field that a text begins with; raises ReadError for none."""
    return loose_key_at(source, 0)[0]


class _Behind:
    """Implements DataCursor in a text."""

    def __init__(self, source: SourceText, begin: int) -> None:
        self._cursor = TextCursor(source, LOOSE_SPACE, begin)

    @property
    def offset(self) -> int:
        """Where it is."""
        return self._cursor.offset

    @property
    def is_at_end(self) -> bool:
        """Whether nothing but white space is left."""
        self._cursor.skip_space()
        return self._cursor.is_at_end

    def take(self, character: str) -> bool:
        """Go past a character if it is the next that is no white space."""
        self._cursor.skip_space()
        return self._cursor.take(character)

    def take_match(self, pattern: re.Pattern[str], longest: int) -> bool:
        """Go past what a pattern finds."""
        del longest
        return self._cursor.take_match(pattern) is not None

    def error(self, expected: str) -> ReadError:
        """Return the error that something else was expected here."""
        return self._cursor.error(f"{NO_DATA}: expected {expected}", LOOSE_WORD)


class _LooseReader:
    """Goes through a value from the left, without recursion."""

    def __init__(self, source: SourceText, begin: int) -> None:
        self._source = source
        self._builder = TreeBuilder(source)
        self._cursor = TextCursor(source, LOOSE_SPACE, begin)
        self._just_opened = False

    @property
    def offset(self) -> int:
        """Where what was read ends."""
        return self._cursor.offset

    def read_one(self) -> Tree:
        """Return the tree of one value."""
        cursor = self._cursor
        cursor.skip_space()
        self._read_value()
        while (inside := self._builder.inside) is not None:
            cursor.skip_space()
            end = "]" if isinstance(inside, ListNode) else "}"
            if cursor.take(end):
                self._builder.close(cursor.offset)
                self._just_opened = False
            elif self._just_opened:
                self._read_item()
            elif cursor.take(","):
                cursor.skip_space()
                if cursor.next != end:
                    self._read_item()
            else:
                raise self._error(f"“,” or “{end}”")
        return self._builder.finish()

    def read_name(self) -> str:
        """Return the name of a field."""
        name = self._cursor.take_match(_NAME, _NUMBER)
        return name[0] if name is not None else self._text("the name of a field")

    def _read_item(self) -> None:
        """Read an item of a list, or a field of a mapping with its key."""
        if self._builder.expects_key:
            self._read_key()
            self._cursor.skip_space()
            if not self._cursor.take(":"):
                raise self._error("“:” after the name of a field")
            self._cursor.skip_space()
        self._read_value()

    def _read_key(self) -> None:
        begin = self._cursor.offset
        self._builder.add_text(self.read_name(), begin)

    def _read_value(self) -> None:
        """Read a value; of a list or a mapping only the beginning."""
        begin, character = self._cursor.offset, self._cursor.next
        self._just_opened = character in {"{", "["}
        if self._just_opened:
            self._builder.open(MappingNode(begin) if character == "{" else ListNode(begin))
            self._cursor.offset += 1
        elif character in _STRINGS:
            self._builder.add_text(self._text("a text"), begin)
        else:
            self._read_literal(begin)

    def _read_literal(self, begin: int) -> None:
        match = self._cursor.take_match(_NUMBER, _WORD, _DATE)
        if match is None:
            raise self._error("a value")
        self._builder.add_text("" if match[0] in _NOTHING else match[0], begin)

    def _text(self, expected: str) -> str:
        begin = self._cursor.offset
        quotes = _STRINGS.get(self._cursor.next)
        if quotes is None:
            raise self._error(expected)
        match = self._cursor.take_match(quotes)
        if match is None:
            what = " without ${…}, which would have to be run" if self._cursor.next == "`" else ""
            raise self._source.error(f"expected the closing quotation mark of the text{what} that begins here", begin)
        text = match[0][1:-1]
        if "\\" in text:
            text = _SURROGATE_PAIR.sub(_joined, _ESCAPE.sub(_unescaped, text))
            if _LONE_SURROGATE.search(text):
                raise self._source.error("expected pairs of \\uD800 to \\uDFFF; found half of a character", begin)
        return text

    def _error(self, expected: str) -> ReadError:
        return self._cursor.error(f"{NO_DATA}: expected {expected}", LOOSE_WORD)


def _unescaped(match: re.Match[str]) -> str:
    digits = match[1] or match[2] or match[3]
    if digits is None:
        return _ESCAPED.get(match[4], match[4])
    number = int(digits, 16)
    return chr(number) if number <= 0x10FFFF else "\ufffd"


def _joined(match: re.Match[str]) -> str:
    """Return the character that two halves name."""
    return match[0].encode("utf-16", "surrogatepass").decode("utf-16")
