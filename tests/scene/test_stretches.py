"""Of the stretches taken on a line no two overlap, and the first line with room is found."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from timeline_app.scene.stretches import Stretches, block, empty_lines, take_room

PIECES = st.lists(st.tuples(st.integers(-20, 20), st.integers(1, 12)).map(lambda one: (one[0], one[0] + one[1])))


def seconds_of(line: Stretches) -> set[int]:
    return {second for begin, end in zip(*line, strict=True) for second in range(begin, end)}


def check_order(line: Stretches) -> None:
    begins, ends = line
    assert begins == sorted(begins)
    assert all(begin < end for begin, end in zip(begins, ends, strict=True))
    assert all(end <= begin for end, begin in zip(ends[:-1], begins[1:], strict=True))


@given(PIECES, st.integers(1, 3))
def test_each_piece_takes_the_first_line_where_all_of_it_is_free(pieces: list[tuple[int, int]], count: int) -> None:
    lines = empty_lines(count)
    for begin, end in pieces:
        free = [number for number, line in enumerate(lines) if not seconds_of(line) & set(range(begin, end))]
        assert take_room(lines, begin, end) == (free[0] if free else -1)
        for line in lines:
            check_order(line)


@given(PIECES, PIECES)
def test_blocking_takes_whatever_is_taken_already(taken: list[tuple[int, int]], blocked: list[tuple[int, int]]) -> None:
    (line,) = lines = empty_lines(1)
    expected: set[int] = set()
    for begin, end in taken:
        if take_room(lines, begin, end) == 0:
            expected |= set(range(begin, end))
    for begin, end in blocked:
        block(line, begin, end)
        expected |= set(range(begin, end))
        check_order(line)
        assert seconds_of(line) == expected


def test_there_is_no_room_without_lines() -> None:
    assert take_room([], 0, 1) == -1
