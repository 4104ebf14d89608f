"""Read XML into a tree of elements with their places, within fixed bounds.

Python's own expat does the reading. A document type definition is refused, since entities can be defined there that
fill any memory or name other files; so nothing but the text itself is ever read. The encoding is the one that the file
names.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from timeline_app.core.errors import ReadError, TooManyValues
from timeline_app.readers.source_file import SourceFile
from timeline_app.readers.source_text import SourceText, decode_text, looks_like_utf_16
from timeline_app.readers.tree_builder import DEEPEST

MOST_ELEMENTS = 500_000  # and attributes; more would fill half a gigabyte

DOCTYPE_REFUSED = "a document type definition, which could name other files; expected none: take the line away"

_DECLARED = re.compile(rb"""\s*<\?xml\s[^>]{0,200}?\bencoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_ENCODINGS = ("cp", "iso8859", "koi8", "mac", "gb", "big5", "euc", "shift")


@dataclass(slots=True)
class Element:
    """An element: its attributes, its children, and the characters directly in it; `offset` is of its first one."""

    name: str
    offset: int
    attributes: Mapping[str, str] = field(default_factory=dict)
    children: list[Element] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)

    @property
    def characters(self) -> str:
        """The characters directly in the element."""
        return "".join(self.pieces)

    @property
    def text(self) -> str:
        """The characters directly in the element, without white space around them."""
        return self.characters.strip()

    def all(self, name: str) -> Iterator[Element]:
        """Give the children of a name."""
        return (child for child in self.children if child.name == name)

    def child(self, name: str) -> Element | None:
        """Return the first child of a name."""
        return next(self.all(name), None)

    def text_of(self, name: str) -> str:
        """Return the text of the first child of a name, empty when there is none."""
        found = self.child(name)
        return "" if found is None else found.text


def decode_xml(source: SourceFile) -> SourceText:
    """Decode a file by the encoding that it declares, UTF-8 if it declares none; raises ReadError as `decode_text`."""
    encoding = declared_encoding(source.content)
    if not encoding:
        return decode_text(source)
    try:
        return SourceText(source.content.decode(encoding).removeprefix("\ufeff"), source.name)
    except UnicodeDecodeError as error:
        message = f"byte {error.start + 1} is not {encoding}, the encoding that the file says it is in"
        raise ReadError(message, source.name, 1, 1) from error


def declared_encoding(content: bytes) -> str:
    """Return the encoding that a file or its beginning declares, in Python's spelling; "" for UTF-8."""
    if looks_like_utf_16(content):
        return "utf-16" if content[:2] in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE} else ""
    declared = _DECLARED.match(content.removeprefix(codecs.BOM_UTF8))
    if declared is None or content.startswith(codecs.BOM_UTF8):
        return ""
    try:
        found = codecs.lookup(declared[1].decode("ascii"))
    except LookupError:
        return ""
    # Not all that Python calls a codec gives text: base64 and zip are among them.
    return found.name if found.name.startswith(_ENCODINGS) else ""


def cut_off_within(name: str) -> str:
    """Return what is told of a file that ends within an element."""
    return f"the file ends within <{name}>: it is cut off; get it again from where it came"


def read_xml(source: SourceText) -> Element:
    """Return the root of an XML text.

    Raises ReadError with line and column for what is not XML, for a document type definition, and for what nests too
    deeply or has too many elements.
    """
    return _XmlReader(source).read()


def kept(element: Element) -> object:
    """Return an element as plain mappings, lists and texts, to be kept and written back."""
    if not element.children and not element.attributes:
        return element.text
    found: dict[str, object] = dict(element.attributes)
    if element.text:
        found["text"] = element.text
    for name in dict.fromkeys(child.name for child in element.children):
        values = [kept(child) for child in element.all(name)]
        found[name] = values if len(values) > 1 else values[0]
    return found


class _XmlReader:
    """Builds the tree from what expat meets."""

    def __init__(self, source: SourceText) -> None:
        # Imported on use: a start that opens no XML does without.
        from xml.parsers import expat

        self._source = source
        self._bytes = source.text.encode("utf-8")
        self._expat = expat
        self._parser = expat.ParserCreate("utf-8")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._open: list[Element] = []
        self._root: Element | None = None
        self._elements = 0
        self._last_byte = 0
        self._last_offset = 0

    def read(self) -> Element:
        """Return the root of the whole text."""
        try:
            self._parser.Parse(self._bytes, True)
        except self._expat.ExpatError as error:
            offset = self._offset_of(self._parser.ErrorByteIndex)
            if self._open and offset >= len(self._source.text.rstrip()):
                message = cut_off_within(self._open[-1].name)
            else:
                message = f"this is not XML: {self._expat.ErrorString(error.code)}"
            raise self._source.error(message, offset) from error
        finally:
            # A parser and what it calls hold each other: of thousands of records, hundreds of megabytes.
            self._parser.StartElementHandler = self._parser.EndElementHandler = None
            self._parser.CharacterDataHandler = self._parser.StartDoctypeDeclHandler = None
        if self._root is None:
            raise self._source.error("this is not XML: expected an element", 0)
        return self._root

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        element = Element(name, self._offset_of(self._parser.CurrentByteIndex), attributes)
        self._elements += 1 + len(attributes)
        if len(self._open) == DEEPEST:
            raise self._source.error(f"nested deeper than {DEEPEST} levels; expected a timeline", element.offset)
        if self._elements > MOST_ELEMENTS:
            message = f"more than {MOST_ELEMENTS:,} elements and attributes in one file"
            raise self._source.error(message, element.offset, TooManyValues)
        if self._open:
            self._open[-1].children.append(element)
        else:
            self._root = element
        self._open.append(element)

    def _end(self, name: str) -> None:
        del name
        self._open.pop()

    def _characters(self, text: str) -> None:
        if self._open:
            self._open[-1].pieces.append(text)

    def _doctype(self, name: str, system_id: str | None, public_id: str | None, has_subset: int) -> None:
        del name, system_id, public_id, has_subset
        raise self._source.error(DOCTYPE_REFUSED, self._offset_of(self._parser.CurrentByteIndex))

    def _offset_of(self, byte: int) -> int:
        """Return the character at a byte; places are asked for from the beginning to the end."""
        if byte < self._last_byte:
            return self._last_offset
        self._last_offset += len(self._bytes[self._last_byte : byte].decode("utf-8", "ignore"))
        self._last_byte = byte
        return self._last_offset
