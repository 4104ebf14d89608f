"""Know again what this program writes beside an event that passed a filter only possibly.

It tells of that filter, not of the event, so that whoever reads the file leaves it out.
"""

from __future__ import annotations

MATCH = "match"
POSSIBLE = "possible"


def is_possible(written: str) -> bool:
    """Return whether the words of a match say that an event only possibly lies within the dates of a filter."""
    return written.strip() == POSSIBLE
