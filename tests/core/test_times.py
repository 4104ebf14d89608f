"""Bounds come back as they were given, however few bytes they are kept in."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline_app.core import times
from timeline_app.core.arrays import Int64Array
from timeline_app.core.times import Times, distinct_rows, joined_times, narrowed
from timeline_app.core.when import FUTURE_S, PAST_S, parse

Bounds = tuple[int, int, int, int]

LARGEST_S = 2**61  # the farthest that a date can be, see core.when
# Many equal ones, and the ends of all ranges: 0 is as far from PAST_S as FUTURE_S is from 0.
FINITE_S = st.sampled_from((-LARGEST_S, -86_400, -1, 0, 1, 86_399, LARGEST_S)) | st.integers(-LARGEST_S, LARGEST_S)
BOUNDS: st.SearchStrategy[Bounds] = st.tuples(
    st.just(PAST_S) | FINITE_S,
    st.just(PAST_S) | FINITE_S | st.just(FUTURE_S),
    st.just(PAST_S) | FINITE_S | st.just(FUTURE_S),
    FINITE_S | st.just(FUTURE_S),
).filter(lambda bounds: bounds[0] <= min(bounds[1:]))
ROWS = st.lists(BOUNDS, max_size=12)


def times_of(rows: Sequence[Bounds]) -> Times:
    return Times.of_bounds(matrix(rows))


def matrix(rows: Sequence[Bounds]) -> Int64Array:
    return np.array(rows, np.int64).reshape(len(rows), 4)


def bounds_of(times: Times) -> list[Bounds]:
    return [times.bounds_of(row) for row in range(len(times))]


@given(ROWS, st.data())
def test_every_way_to_ask_gives_the_bounds_that_were_given(rows: list[Bounds], data: st.DataObject) -> None:
    times, bounds_s = times_of(rows), matrix(rows)
    assert len(times) == len(rows)
    assert bounds_of(times) == rows
    columns = (times.start_earliest_s, times.start_latest_s, times.end_earliest_s, times.end_latest_s)
    for which, column in enumerate(columns):
        assert column.tolist() == bounds_s[:, which].tolist()
    chosen = np.array(data.draw(st.lists(st.integers(0, len(rows) - 1), max_size=6) if rows else st.just([])), np.int32)
    for picked in (chosen, slice(1, 4)):
        assert [column.tolist() for column in times.at(picked)] == bounds_s[picked].T.tolist()
        assert times.ends_of(picked).tolist() == bounds_s[picked, 3].tolist()


@given(ROWS)
def test_each_shape_is_kept_once_and_cannot_be_changed(rows: list[Bounds]) -> None:
    times = times_of(rows)
    shapes = [tuple(shape) for shape in times.shapes.tolist()]
    assert shapes == sorted(set(shapes))
    assert set(times.shape_codes.tolist()) == set(range(len(shapes)))
    assert not any(array.flags.writeable for array in (times.start_earliest_s, times.shape_codes, times.shapes))


def test_days_take_nine_bytes_an_event() -> None:
    days = [(day, day + 86_399, day, day + 86_399) for day in range(0, 86_400 * 1000, 86_400)]
    times = times_of(days)
    assert len(times.shapes) == 1
    assert times.start_earliest_s.itemsize + times.shape_codes.itemsize == 9


@pytest.mark.parametrize(
    "text", ["../1970", "../1970-01-01", "/1970", "1970/..", "1970-01-01T00:00:00/", "1970-01-01T00:00:00"]
)
def test_the_first_second_of_1970_is_no_missing_bound(text: str) -> None:
    when = parse(text)
    bounds = (when.start_earliest_s, when.start_latest_s, when.end_earliest_s, when.end_latest_s)
    assert bounds_of(times_of([bounds])) == [bounds]


def expected_extent(rows: Sequence[Bounds]) -> tuple[int, int] | None:
    """Return the first and the last of all bounds that are none of the two that mean none."""
    known = [bound for bounds in rows for bound in bounds if bound not in {PAST_S, FUTURE_S}]
    return (min(known), max(known)) if known else None


@st.composite
def dates(draw: st.DrawFn) -> Bounds:
    """Make bounds as dates have them: each earliest before its latest, the start before the end."""
    start, start_latest, end_earliest, end = sorted(draw(st.tuples(FINITE_S, FINITE_S, FINITE_S, FINITE_S)))
    kind = draw(st.sampled_from(("both", "both", "open start", "open end", "unknown end", "unknown start", "neither")))
    return {
        "both": (start, start_latest, end_earliest, end),
        "open start": (PAST_S, PAST_S, end_earliest, end),
        "unknown start": (PAST_S, end, end_earliest, end),
        "open end": (start, start_latest, FUTURE_S, FUTURE_S),
        "unknown end": (start, start_latest, start, FUTURE_S),
        "neither": (PAST_S, FUTURE_S, PAST_S, FUTURE_S),
    }[kind]


@given(st.lists(dates(), max_size=8), st.data())
def test_the_extent_is_that_of_the_known_bounds(rows: list[Bounds], data: st.DataObject) -> None:
    times = times_of(rows)
    assert times.extent_of(slice(None)) == expected_extent(rows)
    chosen = data.draw(st.lists(st.integers(0, len(rows) - 1), max_size=5, unique=True) if rows else st.just([]))
    assert times.extent_of(np.array(chosen, np.int32)) == expected_extent([rows[row] for row in chosen])


@given(st.lists(ROWS, min_size=1, max_size=4))
def test_joined_times_are_those_of_the_parts_one_after_the_other(parts: list[list[Bounds]]) -> None:
    joined = joined_times([times_of(part) for part in parts])
    assert bounds_of(joined) == [bounds for part in parts for bounds in part]
    shapes = [tuple(shape) for shape in joined.shapes.tolist()]
    assert len(shapes) == len(set(shapes))


@given(st.lists(st.tuples(st.integers(-2, 2), st.integers(-2, 2)), max_size=20))
def test_distinct_rows_are_sorted_and_each_row_finds_its_own(rows: list[tuple[int, int]]) -> None:
    distinct, codes = distinct_rows(np.array(rows, np.int64).reshape(len(rows), 2))
    assert [tuple(row) for row in distinct.tolist()] == sorted(set(rows))
    assert [tuple(row) for row in distinct[codes].tolist()] == rows


def test_rows_that_only_hash_alike_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    # With a factor of zero all rows have the same hash.
    monkeypatch.setattr(times, "_MULTIPLIER", np.uint64(0))
    distinct, codes = distinct_rows(np.array([[2, 1], [1, 2], [2, 1]], np.int64))
    assert (distinct.tolist(), codes.tolist()) == ([[1, 2], [2, 1]], [1, 0, 1])


@pytest.mark.parametrize(
    ("count", "kind"),
    [(0, "int8"), (127, "int8"), (128, "int16"), (32_767, "int16"), (32_768, "int32"), (2**31, "int64")],
)
def test_codes_are_as_narrow_as_their_count_allows(count: int, kind: str) -> None:
    codes = np.array([-1, 0, max(count - 1, 0)], np.int64)
    narrow = narrowed(codes, count)
    assert narrow.dtype.name == kind
    assert narrow.tolist() == codes.tolist()
