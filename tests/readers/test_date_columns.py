"""Tests of reading the dates of many records at once: the same as one by one."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from timeline_app.core.when import parse_column
from timeline_app.readers.date_columns import parse_dates

DAYS = st.sampled_from(
    ("2024-02-28", "2024-02-29", "2023-02-29", "2024-03-01", "1969-12-31", "2024-xx-01", "202X-01-01")
)
DATES = st.one_of(
    st.builds("{}/{}".format, DAYS, DAYS),
    st.builds("[{}..{}]".format, DAYS, DAYS),
    st.builds("{{{}..{}}}".format, DAYS, DAYS),
    DAYS,
    st.sampled_from(("2024", "", "2024-02-28~/2024-03-0", "2024-02-28~/2024-03-01", "x" * 21, "[" + "x" * 22 + "]")),
)


@given(st.lists(DATES, max_size=12))
def test_ranges_of_days_are_read_as_one_by_one(texts: list[str]) -> None:
    found, expected = parse_dates(texts), parse_column(texts)
    for part in fields(expected):
        one, other = getattr(found, part.name), getattr(expected, part.name)
        if isinstance(other, np.ndarray):
            assert one.tolist() == other.tolist(), part.name
            assert one.dtype == other.dtype
        elif part.name == "notes":
            assert one == other
        else:
            assert [(row, str(error)) for row, error in one] == [(row, str(error)) for row, error in other]
