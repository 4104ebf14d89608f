"""Grade the importance of an event by what its record says: a count, a letter, a word."""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType

from timeline_app.core.event import USUAL_IMPORTANCE

_LONGEST_COUNT = 10
# Grades as they are given by letters, A the highest, and by words.
_GRADES = MappingProxyType(
    {letter: 5 - place for place, letter in enumerate("abcde")}
    | dict.fromkeys(("very high", "critical", "decisive", "highest"), 5)
    | dict.fromkeys(("high", "major", "important"), 4)
    | dict.fromkeys(("medium", "moderate", "normal", "average"), 3)
    | dict.fromkeys(("low", "minor", "limited"), 2)
    | dict.fromkeys(("very low", "negligible", "lowest"), 1)
)


def importance_of_grade(written: str) -> int | None:
    """Return the importance that a letter from A to E or a word gives, None for any other text."""
    return _GRADES.get(" ".join(written.casefold().split()))


def importance_of_count(count: str, least: Sequence[int]) -> int:
    """Return an importance of 1 and one more for each of some ascending counts that is reached.

    What is written may be no count: the usual importance then.
    """
    written = count.strip()
    if not (written.isascii() and written.isdigit() and len(written) < _LONGEST_COUNT):
        return USUAL_IMPORTANCE
    return 1 + sum(int(written) >= one for one in least)
