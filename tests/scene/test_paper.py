"""A stretch of time is cut into pages without a gap, and sheets have the sizes that they have."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline_app.scene.paper import SHEETS_MM, parts_of, sheet_mm, sheet_px


@given(st.integers(-(2**61), 2**61), st.integers(60, 2**40), st.integers(1, 100))
def test_the_parts_make_up_the_whole_and_are_equal(first_s: int, span_s: int, pages: int) -> None:
    parts = parts_of((first_s, first_s + span_s), pages)
    assert len(parts) == pages
    assert (parts[0][0], parts[-1][1]) == (first_s, first_s + span_s)
    assert all(before[1] == after[0] for before, after in pairwise(parts))
    lengths = {end - begin for begin, end in parts}
    assert max(lengths) - min(lengths) <= 1


@pytest.mark.parametrize("name", SHEETS_MM)
def test_a_sheet_lies_on_its_side_unless_it_is_upright(name: str) -> None:
    width_mm, height_mm = sheet_mm(name, is_upright=False)
    assert width_mm > height_mm
    assert sheet_mm(name, is_upright=True) == (height_mm, width_mm)
    assert sheet_mm(name, is_upright=False, across=3) == (width_mm * 3, height_mm)


def test_what_is_drawn_larger_has_fewer_pixels() -> None:
    assert sheet_px((254.0, 127.0), 1) == (960, 480)
    assert sheet_px((254.0, 127.0), 2) == (480, 240)
