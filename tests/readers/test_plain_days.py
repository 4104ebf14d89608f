"""Tests of days in bulk: the same as the program's own reader of dates gives one by one."""

from __future__ import annotations

import re

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from timeline_app.core.calendar import DAY_S
from timeline_app.core.text_column import TextColumn
from timeline_app.core.when import Precision, parse_column
from timeline_app.readers.plain_days import NO_DAY, PlainDays

DAYS = PlainDays()
NEAR_DAYS = st.from_regex(r"\A[0-2][0-9]{3}-[01][0-9]-[0-3][0-9]\Z")
LIKE_DAYS = st.text(st.sampled_from("0123456789-/:X~ \xff"), min_size=10, max_size=10).filter(str.isascii)


def days_of(texts: list[str]) -> list[int]:
    column = TextColumn.of(texts)
    days: list[int] = DAYS.at(column.content, column.offsets[:-1]).tolist()
    return days


@given(st.lists(NEAR_DAYS | LIKE_DAYS))
@example(["0000-01-01", "9999-12-31", "2024-02-29", "2023-02-29", "2024-13-01", "2024-00-01", "2024-01-00"])
@example(
    ["2024-01-32", "2024/01-01", "2024-01/01", "2O24-01-01", ":024-01-01", "2024-0:-01", "2024-01-0:", "-024-01-01"]
)
def test_days_are_what_the_reader_of_dates_says(texts: list[str]) -> None:
    whens = parse_column(texts)
    is_day = whens.valid & (whens.precision == Precision.DAY) & (whens.flags == 0)
    is_day &= np.array([text[:1].isdigit() and text[-1:].isdigit() for text in texts], np.bool_)
    wanted = np.where(is_day, whens.start_earliest_s // DAY_S, NO_DAY)
    assert days_of(texts) == wanted.tolist()


def test_every_byte_but_a_digit_makes_it_no_day() -> None:
    day = b"2024-06-19"
    mutants = [day[:place] + bytes([value]) + day[place + 1 :] for place in range(len(day)) for value in range(256)]
    column = TextColumn.of_bytes(b"".join(mutants), np.arange(0, len(mutants) * len(day) + 1, len(day)))
    found = DAYS.at(column.content, column.offsets[:-1]) != NO_DAY
    plain = [re.fullmatch(rb"[0-9]{4}-[0-9]{2}-[0-9]{2}", mutant) is not None for mutant in mutants]
    texts = [mutant.decode() if is_plain else "x" for mutant, is_plain in zip(mutants, plain, strict=True)]
    assert found.tolist() == parse_column(texts).valid.tolist()
