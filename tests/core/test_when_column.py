"""Tests of reading many dates at once: row by row the same as reading one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline_app.core.errors import WhenError
from timeline_app.core.when import (
    FUTURE_S,
    PAST_S,
    Precision,
    When,
    WhenColumn,
    WhenFlag,
    flags_of,
    parse,
    parse_column,
)

TEXTS = [
    "2024-06-19",
    "2024-02-30",
    "2024-00-10",
    "2024-06-00",
    "1900-02-29",
    "2000-02-29",
    "0000-01-01",
    "9999-12-31",
    "2024-06",
    "2024-13",
    "2024",
    "-0043",
    "-004-01-01",
    "20240619",
    "2024/06/19",
    "2024-06-1X",
    "２024-06-19",
    "2024-06-1９",
    "2024-06~",
    "2024/..",
    "/2024",
    "2024-06-19T24:00",
    "2024-06-19T14:30Z",
    "",
    "\ud800024-06-19",
    "2024-06-19",
]


def assert_row_is(column: WhenColumn, row: int, when: When) -> None:
    bounds_s = (
        column.start_earliest_s[row],
        column.start_latest_s[row],
        column.end_earliest_s[row],
        column.end_latest_s[row],
    )
    assert bounds_s == (when.start_earliest_s, when.start_latest_s, when.end_earliest_s, when.end_latest_s)
    assert column.precision[row] == when.precision
    assert column.flags[row] == flags_of(when)
    assert column.valid[row]


def assert_column_is_each_alone(texts: list[str]) -> None:
    column = parse_column(texts)
    assert len(column) == len(texts)
    errors, notes = dict(column.errors), dict(column.notes)
    for row, text in enumerate(texts):
        alone = read(text)
        if isinstance(alone, WhenError):
            assert not column.valid[row]
            assert (str(errors[row]), errors[row].position) == (str(alone), alone.position)
            assert (column.start_earliest_s[row], column.end_latest_s[row]) == (PAST_S, FUTURE_S)
        else:
            assert row not in errors
            assert_row_is(column, row, alone)
            assert notes.get(row, "") == alone.note


def read(text: str) -> When | WhenError:
    try:
        return parse(text)
    except WhenError as error:
        return error


def test_every_kind_of_text() -> None:
    assert_column_is_each_alone(TEXTS)


@given(
    st.lists(st.one_of(st.sampled_from(TEXTS), st.dates().map(str), st.text("0123456789-X", min_size=4, max_size=10)))
)
def test_bulk_is_the_same_as_one_by_one(texts: list[str]) -> None:
    assert_column_is_each_alone(texts)


TIMES = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(("2024-02-29", "2023-02-29", "1601-01-01", "0000-01-01", "2024-13-01", "2024-06-1x")),
    st.sampled_from("TTt "),
    st.sampled_from(("00:00:00", "23:59:59", "24:00:00", "12:60:00", "12:30:60", "1x:00:00", "12-30:00", "14:05:09")),
    st.sampled_from(("", "Z", "z", "+00:00", "-00:00", "+02:00", "-05:30", "+14:00", "-12:00", "+1x:00", "+02-00")),
)


@given(st.lists(TIMES, max_size=12))
def test_times_in_bulk_are_the_same_as_one_by_one(texts: list[str]) -> None:
    assert_column_is_each_alone(texts)


def test_an_empty_column() -> None:
    assert len(parse_column([])) == 0


def test_columns_cannot_be_changed() -> None:
    column = parse_column(["2024-06-19"])
    assert column.start_earliest_s.dtype == np.int64
    assert column.precision.dtype == np.uint8
    with pytest.raises(ValueError, match="read-only"):
        column.start_earliest_s[0] = 0


def test_flags() -> None:
    column = parse_column(["2024", "2024~/..", "/2024?", "../2024%", "2024/", "2024-06-19T14:30Z"])
    assert [WhenFlag(int(bits)) for bits in column.flags] == [
        WhenFlag(0),
        WhenFlag.SPAN | WhenFlag.APPROXIMATE | WhenFlag.OPEN_END,
        WhenFlag.SPAN | WhenFlag.UNCERTAIN | WhenFlag.UNKNOWN_START,
        WhenFlag.SPAN | WhenFlag.APPROXIMATE | WhenFlag.UNCERTAIN | WhenFlag.OPEN_START,
        WhenFlag.SPAN | WhenFlag.UNKNOWN_END,
        WhenFlag.ZONED,
    ]
    assert column.precision[0] == Precision.YEAR
