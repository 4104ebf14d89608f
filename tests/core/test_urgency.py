"""Who gets room first is the most important, and of every cell its first few."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from timeline_app.core.urgency import MOST_IMPORTANT, most_urgent_of_cells, urgencies


@given(st.lists(st.integers(1, MOST_IMPORTANT), min_size=2, max_size=50))
def test_urgency_goes_by_importance_and_no_two_rows_are_equal(grades: list[int]) -> None:
    importance = np.array(grades, np.uint8)
    ranks = urgencies(np.arange(len(grades), dtype=np.int32), importance).tolist()
    assert len(set(ranks)) == len(ranks)
    assert all(0 <= rank < 2**35 for rank in ranks)
    ordered = sorted(range(len(grades)), key=ranks.__getitem__)
    assert [grades[row] for row in ordered] == sorted(grades, reverse=True)


@given(st.lists(st.tuples(st.integers(-3, 3), st.integers(1, MOST_IMPORTANT)), max_size=40), st.integers(1, 5))
def test_the_most_urgent_of_each_cell_are_its_first_by_urgency(events: list[tuple[int, int]], most: int) -> None:
    cells = [cell for cell, _ in sorted(events)]
    urgency = urgencies(np.arange(len(events), dtype=np.int32), np.array([one for _, one in sorted(events)], np.uint8))
    found = most_urgent_of_cells(np.array(cells, np.int64), urgency, most).tolist()
    expected = []
    for cell in set(cells):
        places = [place for place, own in enumerate(cells) if own == cell]
        expected += sorted(places, key=urgency.tolist().__getitem__)[:most]
    assert found == sorted(expected)
