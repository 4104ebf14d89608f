"""Where the paragraphs of a text stand."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cache

Place = tuple[int, int]


def paragraph_places(text: str) -> tuple[Place, ...]:
    """Return where each paragraph begins and ends: what stands between empty lines, without white space around it."""
    return tuple(match.span() for match in _paragraph().finditer(text))


def quoted_paragraphs(paragraphs: Sequence[Place], quoted: Iterable[Place]) -> frozenset[int]:
    """Return the numbers, from 0, of the paragraphs that some quotation has a character of."""
    starts = [start for start, _ in paragraphs]
    found: set[int] = set()
    for start, end in quoted:
        number = max(bisect_right(starts, start) - 1, 0)
        while number < len(paragraphs) and paragraphs[number][0] < end:
            if paragraphs[number][1] > start:
                found.add(number)
            number += 1
    return frozenset(found)


@cache
def _paragraph() -> re.Pattern[str]:
    return re.compile(r"\S[^\n]*(?:\n[^\S\n]*(?=\S)[^\n]+)*")
