"""Break text into lines for a terminal a piece at a time, so that one of megabytes is not held word by word."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator

from timeline_app.core.safe_text import safe_text

_PIECE_CHARACTERS = 50_000
_WORD_END = re.compile(r"(?<=\S)\s")


def wrapped_lines(text: str, columns: int, first: str, further: str) -> Iterator[str]:
    """Give the lines of a text, none wider than `columns` unless a single word is, safe to show.

    Each line of the text begins with `first`, and what it goes on with below with `further`.
    """
    begin = 0
    while (end := text.find("\n", begin)) >= 0:
        yield from _wrapped(text, begin, end, columns, first, further)
        begin = end + 1
    yield from _wrapped(text, begin, len(text), columns, first, further)


def _wrapped(text: str, begin: int, end: int, columns: int, first: str, further: str) -> Iterator[str]:
    """Break one line; what is last of a piece is broken again with the next one, as if both had come together."""
    carried, indent = "", first
    while begin < end:
        word_end = _WORD_END.search(text, begin + _PIECE_CHARACTERS, end)
        piece_end = word_end.start() if word_end else end
        piece = carried + safe_text(text[begin:piece_end], keep_lines=True)
        lines = textwrap.wrap(piece, columns, initial_indent=indent, subsequent_indent=further, break_long_words=False)
        begin = piece_end
        if begin == end:
            yield from lines
        elif lines:
            yield from lines[:-1]
            indent = indent if len(lines) == 1 else further
            carried = lines[-1].removeprefix(indent)
