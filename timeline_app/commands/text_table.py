"""Columns of text that stand one below the other in a terminal, whatever the script."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from timeline_app.core.safe_text import safe_text

_GAP = "  "
_ELLIPSIS = "…"
_NARROWEST = 8
PAGE_ROWS = 5_000  # rows that are laid out together: endless tables need no endless memory


def text_columns(text: str) -> int:
    """Return how many columns of a terminal a text takes: wide characters two, combining ones none."""
    if text.isascii():
        return len(text)
    return sum(map(_character_columns, text))


def cut(text: str, columns: int) -> str:
    """Return a text that takes at most so many columns, with an ellipsis where something was cut off."""
    if text_columns(text) <= columns:
        return text
    kept = []
    left = columns - 1
    for character in text:
        left -= _character_columns(character)
        if left < 0:
            break
        kept.append(character)
    return "".join(kept).rstrip() + _ELLIPSIS


def aligned(
    heads: Sequence[str], rows: Iterable[Sequence[str]], *, columns: int | None, shrinking: Sequence[int]
) -> Iterator[str]:
    """Give a heading and the rows as lines of safe text.

    Where `columns` is given no line is wider: the `shrinking` columns give way, the widest first. The widths of a page
    of rows are those that its cells and all before need, so that in a long table a column may become wider on the way.
    """
    remaining = iter(rows)
    page = [heads, *islice(remaining, PAGE_ROWS)]
    needed = [0] * len(heads)
    while page:
        cells = [[safe_text(cell) for cell in row] for row in page]
        filled = [max(map(text_columns, column)) for column in zip(*cells, strict=True)]
        needed = list(map(max, needed, filled))
        widths = needed.copy()
        if columns is not None:
            _shrink(widths, columns - len(_GAP) * (len(widths) - 1), shrinking)
        for row in cells:
            line = _line(row, widths)
            yield line if columns is None else cut(line, columns)
        page = list(islice(remaining, PAGE_ROWS))


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = [_padded(cut(cell, width), width) for cell, width in zip(cells, widths, strict=True)]
    return _GAP.join(padded).rstrip()


def _shrink(widths: list[int], columns: int, shrinking: Sequence[int]) -> None:
    excess = sum(widths) - columns
    while excess > 0:
        widest = max(shrinking, key=lambda index: widths[index])
        if widths[widest] <= _NARROWEST:
            return
        widths[widest] -= 1
        excess -= 1


def _padded(text: str, columns: int) -> str:
    return text + " " * (columns - text_columns(text))


def _character_columns(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1
