"""Phrases that hang on a dateline mean what an English reader takes them for, and no more exactly than they say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline_app.core.calendar import DAY_S, civil_from_days, weekday
from timeline_app.core.relative_date import deductions, supporting
from timeline_app.core.when import parse

# A Friday.
DATELINE = parse("2024-11-01~")


@pytest.mark.parametrize(
    ("phrase", "dates"),
    [
        ("in June", ["2024-06", "2025-06"]),
        ("“In June,”", ["2024-06", "2025-06"]),
        ("last June", ["2024-06"]),
        ("last November", ["2023-11"]),
        ("next June", ["2025-06"]),
        ("in November", ["2024-11", "2025-11"]),
        ("early Sept.", ["[2024-09-01..2024-09-10]", "[2025-09-01..2025-09-10]"]),
        ("late February", ["[2024-02-21..2024-02-29]", "[2025-02-21..2025-02-28]"]),
        ("at the end of October", ["[2024-10-21..2024-10-31]", "[2025-10-21..2025-10-31]"]),
        ("the beginning of last November", ["[2023-11-01..2023-11-10]"]),
        ("by the middle of June", ["[2024-06-11..2024-06-20]", "[2025-06-11..2025-06-20]"]),
        ("over the weekend", ["[2024-10-26..2024-10-27]", "[2024-11-02..2024-11-03]"]),
        ("last weekend", ["[2024-10-26..2024-10-27]"]),
        ("next weekend", ["[2024-11-02..2024-11-03]"]),
        ("yesterday evening", ["2024-10-31"]),
        ("Tuesday’s", ["2024-10-29", "2024-11-05"]),
        ("on Friday", ["2024-11-01", "2024-11-08"]),
        ("last Friday", ["2024-10-25"]),
        ("this coming Friday", ["2024-11-08"]),
        ("Jan. 20", ["2024-01-20", "2025-01-20"]),
        ("on the 1st of November", ["2024-11-01", "2025-11-01"]),
        ("29 February", ["2024-02-29", "2028-02-29"]),
        ("yesterday", ["2024-10-31"]),
        ("the day before yesterday", ["2024-10-30"]),
        ("three days ago", ["2024-10-29"]),
        ("two weeks ago", ["[2024-10-14..2024-10-20]"]),
        ("12 months ago", ["2023-11"]),
        ("a year ago", ["2023"]),
        ("in ten days", ["2024-11-11"]),
        ("last week", ["[2024-10-21..2024-10-27]"]),
        ("this year", ["2024"]),
        ("earlier this year", ["[2024-01-01..2024-11-01]"]),
        ("later this month", ["2024-11"]),
        ("since June", ["2024-06/..", "2025-06/.."]),
        ("since early June", ["[2024-06-01..2024-06-10]/..", "[2025-06-01..2025-06-10]/.."]),
    ],
)
def test_what_a_phrase_may_mean(phrase: str, dates: list[str]) -> None:
    assert [found.when for found in deductions(phrase, DATELINE)] == dates


@pytest.mark.parametrize("phrase", ["", "recently", "in 2023", "30 February", "in Juneau", "last", "may be", "9999"])
def test_what_no_rule_knows_means_nothing(phrase: str) -> None:
    assert deductions(phrase, DATELINE) == ()


@pytest.mark.parametrize("dateline", ["2024/..", "../2024", "/2024", "-0100", "Y-13000", "0001-01-01"])
def test_a_dateline_that_cannot_be_counted_from_gives_nothing(dateline: str) -> None:
    assert deductions("two weeks ago", parse(dateline)) == ()


@pytest.mark.parametrize(
    ("dateline", "last", "this"),
    [("2024-11-02", "2024-10-26", "2024-11-02"), ("2024-11-03", "2024-10-26", "2024-11-02"),
     ("2024-11-04", "2024-11-02", "2024-11-02")],
)  # fmt: skip
def test_the_last_weekend_is_over(dateline: str, last: str, this: str) -> None:
    begins = [deductions(phrase, parse(dateline))[0].when[1:11] for phrase in ("last weekend", "this weekend")]
    assert begins == [last, this]


def test_a_wide_dateline_makes_wider_dates() -> None:
    assert deductions("in June", parse("2024-11"))[0].when == "2024-06"
    assert deductions("in June", parse("2024"))[0].when == "[2023-06-01..2024-06-30]"
    assert deductions("yesterday", parse("2024-11"))[0].when == "[2024-10-31..2024-11-29]"


def test_a_date_rests_on_the_deduction_that_it_holds() -> None:
    before, after = deductions("Tuesday", DATELINE)
    assert supporting("Tuesday", DATELINE, parse("2024-11-05")) == after
    assert supporting("Tuesday", DATELINE, parse("2024-10")) == before
    assert supporting("Tuesday", DATELINE, parse("2024-11-06")) is None
    assert supporting("in June", DATELINE, parse("2024-06-19")) is None, "a day says more than the month"


PHRASES = (
    "in June", "last March", "Tuesday", "next Friday", "Jan. 20", "29 February", "yesterday", "two weeks ago",
    "the weekend", "last weekend",
    "in five months", "last week", "earlier this year", "since May", "mid-July", "tomorrow", "last year",
)  # fmt: skip


@given(st.sampled_from(PHRASES), st.integers(-700_000, 2_900_000), st.integers(0, 400))
def test_a_wider_dateline_never_says_less(phrase: str, day: int, days_wide: int) -> None:
    first, last = (f"{y:04}-{m:02}-{d:02}" for y, m, d in (civil_from_days(day), civil_from_days(day + days_wide)))
    wide = deductions(phrase, parse(f"[{first}..{last}]"))
    for edge in (first, last):
        for narrow, found in zip(deductions(phrase, parse(edge)), wide, strict=True):
            inner, outer = parse(narrow.when), parse(found.when)
            assert outer.start_earliest_s <= inner.start_earliest_s
            assert inner.end_latest_s <= outer.end_latest_s
            assert narrow.rule == found.rule


@given(st.integers(0, 40_000))
def test_a_weekday_is_the_nearest_on_either_side(day: int) -> None:
    year, month, of_month = civil_from_days(day)
    dateline = parse(f"{year:04}-{month:02}-{of_month:02}")
    before, after = (parse(found.when).start_earliest_s // DAY_S for found in deductions("Wednesday", dateline))
    assert weekday(before) == weekday(after) == 2
    assert before <= day < after
    assert after - before == 7
