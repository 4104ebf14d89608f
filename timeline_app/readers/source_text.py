"""Text decoded from a file, and where in the file each character of it stands."""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right

from timeline_app.core.errors import ReadError
from timeline_app.readers.source_file import SourceFile

_LINE_BREAK = re.compile(r"\r\n?|\n")
_BEGINNING_BYTES = 4_096
_UTF_16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class SourceText:
    """The text of a file without a byte order mark; offsets count its characters from 0.

    Of a part of a text, `line` and `column` are those at which it begins.
    """

    def __init__(self, text: str, file: str = "", line: int = 1, column: int = 1) -> None:
        self.text = text
        self.file = file
        self._first_line = line
        self._first_column = column
        self._line_starts: list[int] | None = None

    def place(self, offset: int) -> tuple[int, int]:
        """Return the line and the column of a character, both from 1."""
        if self._line_starts is None:
            self._line_starts = [0, *(match.end() for match in _LINE_BREAK.finditer(self.text))]
        line = bisect_right(self._line_starts, offset)
        return self._in_whole(line, offset - self._line_starts[line - 1] + 1)

    def line(self, offset: int) -> int:
        """Return the line of a character, from 1."""
        return self.place(offset)[0]

    def error(self, message: str, offset: int, kind: type[ReadError] = ReadError) -> ReadError:
        """Return the error that reading stopped at a character, of a kind."""
        # One place is counted: a list of all lines of a hostile file takes ten times the memory of the file.
        last_end, line = 0, 1
        for match in _LINE_BREAK.finditer(self.text, 0, offset + 1):
            if match.end() > offset:
                break
            last_end, line = match.end(), line + 1
        return kind(message, self.file, *self._in_whole(line, offset - last_end + 1))

    def _in_whole(self, line: int, column: int) -> tuple[int, int]:
        """Return where a line and a column of this text are in that of which it is a part."""
        return line + self._first_line - 1, column + (self._first_column - 1 if line == 1 else 0)


def decode_text(source: SourceFile) -> SourceText:
    """Decode a file that must be UTF-8, with or without a byte order mark.

    Raises ReadError that says at which byte, line and column the text ends and something else begins.
    """
    content = source.content
    if looks_like_utf_16(content):
        raise ReadError("the file is in UTF-16; expected UTF-8: save it again in that encoding", source.name, 1, 1)
    start = len(codecs.BOM_UTF8) if content.startswith(codecs.BOM_UTF8) else 0
    try:
        text = content[start:].decode("utf-8")
    except UnicodeDecodeError as error:
        offset = start + error.start
        binary = ": this is a binary file" if b"\0" in content[:_BEGINNING_BYTES] else ""
        message = f"byte {offset + 1} (0x{content[offset]:02X}) is not UTF-8{binary}; expected a text file in UTF-8"
        raise ReadError(message, source.name, *_place_of_byte(content, start, offset)) from error
    nul = text.find("\0")
    if nul >= 0:
        offset = content.index(b"\0")
        message = f"byte {offset + 1} is NUL: this is a binary file; expected a text file in UTF-8"
        raise ReadError(message, source.name, *_place_of_byte(content, start, offset))
    return SourceText(text, source.name)


def looks_like_utf_16(content: bytes) -> bool:
    """Tell whether bytes begin with a mark of UTF-16, or with Latin letters in it."""
    beginning = content[:8]
    return content.startswith(_UTF_16_MARKS) or (
        len(beginning) >= 4 and 0 in beginning and (not any(beginning[::2]) or not any(beginning[1::2]))
    )


def _place_of_byte(content: bytes, start: int, offset: int) -> tuple[int, int]:
    """Return line and column of a byte; everything before it is UTF-8."""
    before = SourceText(content[start:offset].decode("utf-8"))
    return before.place(len(before.text))
