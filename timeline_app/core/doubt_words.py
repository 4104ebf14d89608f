"""Say how many events there are of which some pass a filter only possibly."""

from __future__ import annotations


def counted_in_doubt(count: int, possible: int) -> str:
    """Return a number of events as those that surely pass and those that possibly do: 41 + 6 possible."""
    return f"{count - possible:,} + {possible:,} possible" if possible else f"{count:,}"
