"""Runs of equal values are found as NumPy's own `unique` finds them."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from timeline_app.core.arrays import sorted_unique


@given(st.lists(st.integers(-(2**62), 2**62) | st.integers(0, 3)))
def test_each_value_once_with_where_its_run_begins(values: list[int]) -> None:
    ordered = np.sort(np.array(values, np.int64))
    distinct, begins = sorted_unique(ordered)
    expected, first = np.unique(ordered, return_index=True)
    assert distinct.tolist() == expected.tolist()
    assert begins.tolist() == first.tolist()
