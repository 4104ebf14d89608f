"""Tell the words and the address of a cell that is a link made by a formula, of which nothing is computed."""

from __future__ import annotations

import re
from typing import NamedTuple

_FUNCTION = "HYPERLINK"
_LONGEST_BEGINNING = 30
_TEXT = r'"((?:[^"]|"")*+)"'
_LINK = re.compile(rf"=\s*+{_FUNCTION}\s*+\(\s*+{_TEXT}\s*+(?:[,;]\s*+(?:{_TEXT}\s*+|[^\"]*))?\)\s*+", re.IGNORECASE)
_WEB = ("http://", "https://")
# As programs write it: by these a file is known that has no such links, which are nearly all.
FUNCTION_WORDS = tuple(word.encode() for word in (_FUNCTION, _FUNCTION.lower(), _FUNCTION.capitalize()))


class FormulaLink(NamedTuple):
    """Where a formula leads, and the words that it shows: the address where they would have to be computed."""

    address: str
    words: str

    def __str__(self) -> str:
        """Return the formula."""
        return f"={_FUNCTION}({_quoted(self.address)},{_quoted(self.words)})"


def formula_link(cell: str) -> FormulaLink | None:
    """Return what `=HYPERLINK("address","words")` says, None for any other text and for what leads not to the web."""
    if cell[:1] != "=" or _FUNCTION not in cell[:_LONGEST_BEGINNING].upper():
        return None
    match = _LINK.fullmatch(cell)
    if match is None:
        return None
    address = _unquoted(match[1]).strip()
    if not address.casefold().startswith(_WEB):
        return None
    return FormulaLink(address, address if match[2] is None else _unquoted(match[2]))


def words_shown(cell: str) -> str:
    """Return the words of a cell that is a link by a formula; any other as it is."""
    link = formula_link(cell)
    return cell if link is None else link.words


def address_linked(cell: str) -> str:
    """Return the address of a cell that is a link by a formula; any other as it is."""
    link = formula_link(cell)
    return cell if link is None else link.address


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _unquoted(text: str) -> str:
    return text.replace('""', '"')
