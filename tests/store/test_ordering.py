"""Records come into the order of time, and each name has its rows."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline_app.core.times import Times
from timeline_app.core.when import FUTURE_S, PAST_S
from timeline_app.store.ordering import posting_rows, ranks_of, time_order

DAY_S = 86_400
LARGEST_S = 2**61


def bounds(start: int, first: int, second: int) -> tuple[int, int, int, int]:
    """Make four bounds in order."""
    return (start, start + first, start + first, FUTURE_S if second < 0 else start + first + second)


BOUNDED = st.builds(bounds, st.integers(-3, 3).map(lambda day: day * DAY_S), st.integers(0, 2), st.integers(-1, 2))
FAR = st.builds(bounds, st.integers(-LARGEST_S, LARGEST_S), st.integers(0, 2), st.integers(-1, 2))
UNKNOWN_START = st.integers(-5, 5).map(lambda last: (PAST_S, last - 1, PAST_S, last))
NO_BOUND = st.just((PAST_S, FUTURE_S, PAST_S, FUTURE_S))


@pytest.mark.parametrize(
    "kinds", [BOUNDED, BOUNDED | FAR, BOUNDED | UNKNOWN_START | NO_BOUND], ids=["days", "far", "unknown"]
)
@given(data=st.data())
def test_records_are_sorted_by_their_bounds_and_else_as_they_came(
    kinds: st.SearchStrategy[tuple[int, ...]], data: st.DataObject
) -> None:
    rows = data.draw(st.lists(kinds, max_size=30))
    times = Times.of_bounds(np.array(rows, np.int64).reshape(len(rows), 4))
    order = time_order(times.start_earliest_s, times.shape_codes, len(times.shapes))
    assert order.tolist() == sorted(range(len(rows)), key=rows.__getitem__)
    assert order[ranks_of(order)].tolist() == list(range(len(rows)))


@given(st.lists(st.lists(st.integers(0, 3), max_size=4), max_size=12), st.randoms(use_true_random=False))
def test_each_name_has_its_sorted_rows_once(lists: list[list[int]], random: Random) -> None:
    order = np.array(random.sample(range(len(lists)), len(lists)), np.int32)
    row_of_record = ranks_of(order)
    codes = np.array([code for codes in lists for code in codes], np.int16)
    counts = np.array([len(codes) for codes in lists], np.int8)
    offsets, rows = posting_rows(codes, counts, row_of_record, 4)
    for code in range(4):
        expected = sorted(int(row_of_record[record]) for record, codes in enumerate(lists) if code in codes)
        assert rows[offsets[code] : offsets[code + 1]].tolist() == expected
