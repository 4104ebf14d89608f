"""Events that have got their line, and the giving of lines around those that have one already."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from timeline_app.core.arrays import FloatArray, Int16Array, Int32Array, Int64Array, UInt8Array
from timeline_app.scene.rows import Candidates, TitlePlace
from timeline_app.scene.stretches import Stretches, block, empty_lines, take_room

PLACED_AT_ONCE = 200


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """Events that stand by themselves: row, line, title and the room they take, each of shape (events,).

    `title_px` is how wide a title is, 0 where it was not measured, as it had no hope of room.
    """

    rows: Int32Array
    line: Int16Array
    title_place: UInt8Array
    title_px: FloatArray
    left_s: Int64Array
    right_s: Int64Array

    def __len__(self) -> int:
        return len(self.rows)

    def reaching(self, first_s: int, beyond_s: int) -> Placed:
        """Return those that take room in a stretch of time."""
        return self.chosen(np.flatnonzero((self.right_s > first_s) & (self.left_s < beyond_s)))

    def chosen(self, places: Int64Array) -> Placed:
        """Return those at some places."""
        return Placed(
            self.rows[places],
            self.line[places],
            self.title_place[places],
            self.title_px[places],
            self.left_s[places],
            self.right_s[places],
        )


NOTHING_PLACED = Placed(
    np.zeros(0, np.int32),
    np.zeros(0, np.int16),
    np.zeros(0, np.uint8),
    np.zeros(0),
    np.zeros(0, np.int64),
    np.zeros(0, np.int64),
)


def end_to_end(parts: Sequence[Placed]) -> Placed:
    """Return events of several parts one after the other; what is in two parts is there twice."""
    if len(parts) < 2:
        return parts[0] if parts else NOTHING_PLACED
    return Placed(
        np.concatenate([part.rows for part in parts]),
        np.concatenate([part.line for part in parts]),
        np.concatenate([part.title_place for part in parts]),
        np.concatenate([part.title_px for part in parts]),
        np.concatenate([part.left_s for part in parts]),
        np.concatenate([part.right_s for part in parts]),
    )


def joined(parts: Iterable[Placed]) -> Placed:
    """Return events of several tiles together, each once, in order of their rows."""
    some = [part for part in parts if len(part)]
    if len(some) < 2:
        return some[0] if some else NOTHING_PLACED
    everything = end_to_end(some)
    order = np.argsort(everything.rows, kind="stable")
    rows = everything.rows[order]
    is_first = np.ones(len(rows), np.bool_)
    is_first[1:] = rows[1:] != rows[:-1]
    return everything.chosen(order[is_first])


def _lines_around(taken: Placed, count: int) -> list[Stretches]:
    """Return lines on which the room of some events is taken."""
    lines = empty_lines(count)
    for line, left, right in zip(taken.line.tolist(), taken.left_s.tolist(), taken.right_s.tolist(), strict=True):
        block(lines[line], left, right)
    return lines


def placing_around(
    everyone: Candidates, taken: Placed, count: int, title_lines: int, edge_s: int, urgency: Int64Array
) -> Generator[None, None, Placed]:
    """Give events room, the most urgent first: with their title on the first lines, else alone, last lines first.

    It does so in steps of PLACED_AT_ONCE events.
    """
    lines = _lines_around(taken, count)
    with_titles, without = lines[:title_lines], lines[::-1]
    lefts, rights, insides = everyone.left_s.tolist(), everyone.mark_right_s.tolist(), everyone.inside.tolist()
    title_lefts, title_rights = everyone.title_left_s.tolist(), everyone.title_right_s.tolist()
    rooms: list[tuple[int, int, int, int, int]] = []
    for done, number in enumerate(urgency.tolist(), 1):
        left, right, title_right = lefts[number], rights[number], title_rights[number]
        place, begin, end, line = TitlePlace.NONE, left, right, -1
        if insides[number]:
            place, line = TitlePlace.INSIDE, take_room(lines, left, right)
        elif right < title_right <= edge_s:
            place, end, line = TitlePlace.RIGHT, title_right, take_room(with_titles, left, title_right)
        elif right < title_right:
            begin = title_lefts[number]
            place, line = TitlePlace.LEFT, take_room(with_titles, begin, right)
        if line < 0:
            place, begin, end = TitlePlace.NONE, left, right
            from_last = take_room(without, left, right)
            line = count - 1 - from_last if from_last >= 0 else -1
        if line >= 0:
            rooms.append((number, line, place, begin, end))
        if done % PLACED_AT_ONCE == 0:
            yield
    return _as_placed(everyone, rooms)


def bars_placed(everyone: Candidates, taken: Placed, count: int, order: range, urgency: Int64Array) -> Placed:
    """Give bars room on the lines of `order`, the most urgent bar and the first of the lines first."""
    lines = _lines_around(taken, count)
    wanted = [lines[line] for line in order]
    lefts, rights, insides = everyone.left_s.tolist(), everyone.mark_right_s.tolist(), everyone.inside.tolist()
    rooms: list[tuple[int, int, int, int, int]] = []
    for number in urgency.tolist():
        chosen = take_room(wanted, lefts[number], rights[number])
        if chosen >= 0:
            place = TitlePlace.INSIDE if insides[number] else TitlePlace.NONE
            rooms.append((number, order[chosen], place, lefts[number], rights[number]))
    return _as_placed(everyone, rooms)


def _as_placed(everyone: Candidates, rooms: list[tuple[int, int, int, int, int]]) -> Placed:
    if not rooms:
        return NOTHING_PLACED
    number, line, place, begin, end = np.array(rooms, np.int64).T
    title_px = everyone.title_px[number]
    return Placed(everyone.rows[number], line.astype(np.int16), place.astype(np.uint8), title_px, begin, end)
