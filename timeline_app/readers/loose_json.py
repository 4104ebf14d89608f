"""Read data as JavaScript writes it into the same tree as JSON.

Besides JSON there may be comments, texts in single quotes and in backticks, names without quotes, a comma after the
last item, `undefined`, and dates as `new Date(2024, 5, 19)`, which are taken as the text that stands there. Around the
one value may stand what makes a script of it: `callback(…)` of JSONP, `var data = …;`, `new vis.DataSet([…])`, and what
TypeScript says of kinds, `export const data: Event[] = … as const;`. Nothing is run.
"""

from __future__ import annotations

import re

from timeline_app.core.errors import ReadError
from timeline_app.readers.source_text import SourceText
from timeline_app.readers.text_cursor import TextCursor
from timeline_app.readers.tree import ListNode, MappingNode, Tree
from timeline_app.readers.tree_builder import TreeBuilder

_SPACE = re.compile(r"(?:[\s\ufeff]++|//[^\n\r]*+|/\*(?:[^*]|\*(?!/))*+\*/)*+")
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
_FOUND = re.compile(r"[^\s{}\[\],:\"']{1,40}")


def read_loose_json(source: SourceText, begin: int = 0) -> Tree:
    """Read the one value of a text of JSON or of data in JavaScript, from `begin` on; what stands before is told.

    Raises ReadError with line and column for what is neither and for what nests too deeply.
    """
    return _LooseReader(source, begin).read()


class _LooseReader:
    """Goes through a text from the left, without recursion."""

    def __init__(self, source: SourceText, begin: int) -> None:
        self._source = source
        self._builder = TreeBuilder(source)
        self._cursor = TextCursor(source, _SPACE, begin)
        if begin:
            self._builder.fault("what begins here is the script around the data and is not read", 0)
        self._just_opened = False

    def read(self) -> Tree:
        """Return the tree of the one value."""
        cursor = self._cursor
        is_script, wrappings = self._skip_beginning()
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
        self._skip_ending(wrappings, is_script=is_script)
        return self._builder.finish()

    def _skip_beginning(self) -> tuple[bool, int]:
        """Go past what stands before the value; tell whether there was anything, and how many parentheses are open."""
        cursor = self._cursor
        cursor.skip_space()
        begin = cursor.offset
        if cursor.take_match(ASSIGNMENT):
            cursor.skip_space()
        wrappings = 0
        while wrappings < _MOST_WRAPPINGS and cursor.take_match(_CALL):
            wrappings += 1
            cursor.skip_space()
        return cursor.offset > begin, wrappings

    def _skip_ending(self, wrappings: int, *, is_script: bool) -> None:
        """Go past what stands behind the value; more of a script than its end is told, and not read."""
        cursor = self._cursor
        cursor.skip_space()
        for _ in range(wrappings):
            if not cursor.take(")"):
                raise self._error("“)”")
            cursor.skip_space()
        if is_script and cursor.take_match(_KIND_BEHIND):
            cursor.skip_space()
        while is_script and cursor.take(";"):
            cursor.skip_space()
        if cursor.is_at_end:
            return
        if not is_script:
            raise self._error("the end of the file")
        self._builder.fault(
            "what follows here is more of the script and is not read; expected data alone", cursor.offset
        )

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
        name = self._cursor.take_match(_NAME, _NUMBER)
        if name is None:
            self._read_string("the name of a field")
        else:
            self._builder.add_text(name[0], begin)

    def _read_value(self) -> None:
        """Read a value; of a list or a mapping only the beginning."""
        begin, character = self._cursor.offset, self._cursor.next
        self._just_opened = character in {"{", "["}
        if self._just_opened:
            self._builder.open(MappingNode(begin) if character == "{" else ListNode(begin))
            self._cursor.offset += 1
        elif character in _STRINGS:
            self._read_string("a text")
        else:
            self._read_literal(begin)

    def _read_literal(self, begin: int) -> None:
        match = self._cursor.take_match(_NUMBER, _WORD, _DATE)
        if match is None:
            raise self._error("a value")
        self._builder.add_text("" if match[0] in _NOTHING else match[0], begin)

    def _read_string(self, expected: str) -> None:
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
        self._builder.add_text(text, begin)

    def _error(self, expected: str) -> ReadError:
        return self._cursor.error(f"this is no data in JSON: expected {expected}", _FOUND)


def _unescaped(match: re.Match[str]) -> str:
    digits = match[1] or match[2] or match[3]
    if digits is None:
        return _ESCAPED.get(match[4], match[4])
    number = int(digits, 16)
    return chr(number) if number <= 0x10FFFF else "\ufffd"


def _joined(match: re.Match[str]) -> str:
    """Return the character that two halves name."""
    return match[0].encode("utf-16", "surrogatepass").decode("utf-16")
