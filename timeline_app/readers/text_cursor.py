"""A place in a text that is read from the left: what stands there, and the error where something else was expected."""

from __future__ import annotations

import re

from timeline_app.core.errors import ReadError
from timeline_app.readers.source_text import SourceText
from timeline_app.readers.tree import shortened


class TextCursor:
    """Goes through a text; `space` is what separates words, and matches nothing too."""

    def __init__(self, source: SourceText, space: re.Pattern[str], begin: int = 0) -> None:
        self.offset = begin
        self.text = source.text
        self._source = source
        self._space = space

    @property
    def next(self) -> str:
        """The character that comes next, "" at the end."""
        return self.text[self.offset : self.offset + 1]

    @property
    def is_at_end(self) -> bool:
        """Whether all of the text was read."""
        return self.offset >= len(self.text)

    def take(self, character: str) -> bool:
        """Go past a character if it is the next."""
        if not self.text.startswith(character, self.offset):
            return False
        self.offset += 1
        return True

    def take_match(self, *patterns: re.Pattern[str]) -> re.Match[str] | None:
        """Go past what the first of some patterns finds that finds anything, and return it."""
        for pattern in patterns:
            match = pattern.match(self.text, self.offset)
            if match is not None:
                self.offset = match.end()
                return match
        return None

    def skip_space(self) -> None:
        """Go past what separates words."""
        space = self._space.match(self.text, self.offset)
        if space is not None:
            self.offset = space.end()

    def error(self, expected: str, word: re.Pattern[str]) -> ReadError:
        """Return the error that something else was expected here; `word` matches what is quoted as found."""
        match = word.match(self.text, self.offset)
        rest = match[0] if match is not None else self.next
        found = f'"{shortened(rest)}"' if rest.strip() else ("a line break" if rest else "the end of the file")
        return self._source.error(f"{expected}; found {found}", self.offset)
