"""Room on the lines of a lane: which stretches of time are taken, and the first line that has one free."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import TypeAlias

# The sorted begins and ends of what is taken on a line, which lie apart from each other.
Stretches: TypeAlias = tuple[list[int], list[int]]


def empty_lines(count: int) -> list[Stretches]:
    """Return so many lines with nothing on them."""
    return [([], []) for _ in range(count)]


def take_room(lines: Sequence[Stretches], begin: int, end: int) -> int:
    """Take a stretch on the first line that has it free, and return its number in `lines`; -1 where none has."""
    for number, (begins, ends) in enumerate(lines):
        place = bisect_right(begins, begin)
        if (not place or ends[place - 1] <= begin) and (place == len(begins) or begins[place] >= end):
            begins.insert(place, begin)
            ends.insert(place, end)
            return number
    return -1


def block(line: Stretches, begin: int, end: int) -> None:
    """Mark a stretch of a line as taken, whatever of it is taken already."""
    begins, ends = line
    first = bisect_right(ends, begin)
    beyond = bisect_right(begins, end)
    if first < beyond:
        begin, end = min(begin, begins[first]), max(end, ends[beyond - 1])
    begins[first:beyond] = [begin]
    ends[first:beyond] = [end]
