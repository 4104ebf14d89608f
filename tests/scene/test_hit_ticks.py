"""A hit has its tick in the column of pixels that it begins in, however many there are."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from timeline_app.scene.hit_ticks import column_rows, hit_counts
from timeline_app.scene.viewport import Viewport

STARTS = st.lists(st.integers(-5_000, 25_000), max_size=60).map(sorted)


@given(STARTS, st.data(), st.floats(0.01, 400, allow_nan=False), st.integers(1, 90), st.floats(0, 0.99))
def test_each_hit_counts_to_the_column_that_it_begins_in(
    starts: list[int], data: st.DataObject, seconds_per_px: float, width_px: int, left_part: float
) -> None:
    view = Viewport(-100, left_part, seconds_per_px, width_px)
    starts_s = np.array(starts, np.int64)
    is_hit = data.draw(st.lists(st.booleans(), min_size=len(starts), max_size=len(starts)))
    rows = np.flatnonzero(is_hit).astype(np.int32)
    places = np.clip(np.floor(view.xs_of(starts_s[rows])), 0, width_px - 1).astype(np.int64)
    assert hit_counts(column_rows(starts_s, view), rows).tolist() == np.bincount(places, minlength=width_px).tolist()
