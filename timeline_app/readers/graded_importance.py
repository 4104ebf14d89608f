"""Grade the importance of an event by a count that its record has."""

from __future__ import annotations

from collections.abc import Sequence

from timeline_app.core.event import USUAL_IMPORTANCE

_LONGEST_COUNT = 10


def importance_of_count(count: str, least: Sequence[int]) -> int:
    """Return an importance of 1 and one more for each of some ascending counts that is reached.

    What is written may be no count: the usual importance then.
    """
    written = count.strip()
    if not (written.isascii() and written.isdigit() and len(written) < _LONGEST_COUNT):
        return USUAL_IMPORTANCE
    return 1 + sum(int(written) >= one for one in least)
