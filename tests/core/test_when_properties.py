"""Properties that hold for every date: bounds in order, text round trip, sorting, words, and the independent oracle."""

from __future__ import annotations

import calendar
import string
from itertools import pairwise

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from timeline_app.core.calendar import civil_from_seconds
from timeline_app.core.errors import WhenError
from timeline_app.core.typed_date import read_typed_date
from timeline_app.core.when import FUTURE_S, PAST_S, Precision, When, in_words, parse, sort_key

DIGIT_OR_X = string.digits + "X"
LIMIT_S = 2**61


def mostly(usual: st.SearchStrategy[str], other: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Give what is usual three times of four."""
    return st.sampled_from([usual, usual, usual, other]).flatmap(lambda chosen: chosen)


def two(low: int, high: int) -> st.SearchStrategy[str]:
    """Give two digits, rarely with an X."""
    return mostly(st.integers(low, high).map("{:02}".format), st.text(DIGIT_OR_X, min_size=2, max_size=2))


def joined(*parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(*parts).map("".join)


# Made once: to make strategies anew for each example takes longer than to read the dates.
QUALIFIER = st.sampled_from(["", "", "", "?", "~", "%"])
FOUR_DIGITS = mostly(st.integers(0, 9999).map("{:04}".format), st.text(DIGIT_OR_X, min_size=4, max_size=4))
PLAIN_YEAR = joined(st.sampled_from(["", "", "", "-"]), FOUR_DIGITS)
OTHER_YEAR = st.one_of(
    st.integers(-(10**11), 10**11).map("Y{}".format),
    st.tuples(st.integers(-999, 999), st.integers(0, 9)).map("Y{0[0]}E{0[1]}".format),
    st.tuples(st.integers(1000, 9999), st.integers(1, 4)).map("{0[0]}S{0[1]}".format),
)
YEAR = joined(QUALIFIER, mostly(PLAIN_YEAR, OTHER_YEAR), QUALIFIER)
MONTH = joined(st.just("-"), QUALIFIER, mostly(two(1, 12), two(21, 41)), QUALIFIER)
DAY = joined(st.just("-"), QUALIFIER, two(1, 31), QUALIFIER)
CLOCKS = [(two(0, 24), two(0, 59), two(0, 60))[:parts] for parts in (1, 2, 3)]
CLOCK = st.one_of(*(st.tuples(*parts).map(":".join) for parts in CLOCKS))
ZONE = st.sampled_from(["", "Z", "+03:00", "-05", ".5"])
TIME = joined(st.just("T"), CLOCK, ZONE, QUALIFIER)
DATE = st.one_of(YEAR, joined(YEAR, MONTH), joined(YEAR, MONTH, DAY), joined(YEAR, MONTH, DAY, TIME))
SETS = ["[{0},{1}]", "[{0}..{1}]", "[..{0}]", "[{0}..]"]
FORM = st.sampled_from(
    ["{0}", "{0}", "{0}/{1}", "{1}/{0}", *SETS, "[{0}..{1}]/{1}", "{0}/[{0},{1}]", "[{0}..]/..", " {0} "]
)
EXPRESSION = st.tuples(FORM, DATE, mostly(DATE, st.sampled_from(["", ".."]))).map(
    lambda parts: parts[0].format(*parts[1:])
)


@st.composite
def whens(draw: st.DrawFn) -> When:
    text = draw(EXPRESSION)
    try:
        return parse(text)
    except WhenError:
        assume(condition=False)
        raise


@given(whens())
def test_bounds_are_in_order(when: When) -> None:
    assert PAST_S <= when.start_earliest_s <= when.start_latest_s <= when.end_latest_s <= FUTURE_S
    assert when.start_earliest_s <= when.end_earliest_s <= when.end_latest_s
    for bound_s in (when.start_earliest_s, when.start_latest_s, when.end_earliest_s, when.end_latest_s):
        assert bound_s in {PAST_S, FUTURE_S} or -LIMIT_S < bound_s < LIMIT_S
    if not when.is_span:
        assert (when.start_earliest_s, when.start_latest_s) == (when.end_earliest_s, when.end_latest_s)


@given(whens())
def test_text_comes_back(when: When) -> None:
    again = parse(when.text)
    assert again == when
    assert again.note == when.note


@given(whens(), whens())
def test_order_follows_the_bounds(first: When, second: When) -> None:
    if first.end_latest_s < second.start_earliest_s:
        assert sort_key(first) < sort_key(second)
    assert (sort_key(first) == sort_key(second)) == (first == second)


@given(whens())
def test_every_date_has_words(when: When) -> None:
    words = in_words(when)
    assert words == words.strip()
    assert words
    assert "  " not in words


def refusal(text: str) -> WhenError | None:
    try:
        parse(text)
    except WhenError as error:
        return error
    return None


@given(st.one_of(st.text("0123456789-XYTZES/[]{},.~?%+: ", max_size=30), st.text(max_size=300), EXPRESSION))
@example("[2024")
@example("2024-X0-XX")
@example("0000S1")
def test_any_text_is_read_or_refused_with_a_position_in_it(text: str) -> None:
    error = refusal(text)
    if error is not None:
        assert 0 <= error.position <= len(text)
        assert str(error)


@given(st.dates(), st.integers(0, 23), st.integers(0, 59))
def test_a_finer_date_lies_within_the_coarser(date: object, hour: int, minute: int) -> None:
    day = str(date)
    texts = [f"{day[0]}XXX", f"{day[:2]}XX", f"{day[:3]}X", day[:4], day[:7], day, f"{day}T{hour:02}:{minute:02}"]
    read = [parse(text) for text in texts]
    for coarse, fine in pairwise(read):
        assert coarse.start_earliest_s <= fine.start_earliest_s
        assert fine.end_latest_s <= coarse.end_latest_s
        assert fine.precision < coarse.precision


@given(st.dates(), st.sets(st.sampled_from([0, 1, 2, 3, 5, 6, 8, 9])), st.sampled_from([4, 7, 10]))
def test_unspecified_digits_span_every_date_that_fits(date: object, hidden: set[int], length: int) -> None:
    written = str(date)[:length]
    fitting = parse(written)
    when = parse("".join("X" if place in hidden else character for place, character in enumerate(written)))
    assert when.start_earliest_s <= fitting.start_earliest_s
    assert fitting.end_latest_s <= when.end_latest_s
    assert when.precision >= fitting.precision or when == fitting


@given(st.integers(-9998, 9999), st.integers(1, 12), st.integers(1, 28), st.sampled_from(["year", "month", "day"]))
def test_words_can_be_typed_back(year: int, month: int, day: int, precision: str) -> None:
    full = f"{'-' if year < 0 else ''}{abs(year):04}-{month:02}-{day:02}"
    text = {"year": full[:-6], "month": full[:-3], "day": full}[precision]
    when = parse(text)
    assert read_typed_date(in_words(when)) == when


ORACLE_FORMS = ["{year:04}", "{year:04}-{month:02}", "{year:04}-{month:02}-{day:02}", "{decade:03}X", "{century:02}XX"]


@given(
    st.integers(1, 9999),
    st.integers(1, 12),
    st.integers(1, 28),
    st.sampled_from([*ORACLE_FORMS, "{year:04}-{month:02}-XX", "{year:04}-XX", "{year:04}/{later:04}", "-{year:04}"]),
)
def test_agrees_with_the_edtf_library_where_that_is_right(year: int, month: int, day: int, form: str) -> None:
    edtf = pytest.importorskip("edtf", reason="the oracle is installed for development only")
    later = min(year + day, 9999)
    text = form.format(year=year, month=month, day=day, decade=year // 10, century=year // 100, later=later)
    expected = edtf.parse_edtf(text)
    when = parse(text)
    assert civil_from_seconds(when.start_earliest_s)[:3] == tuple(expected.lower_strict())[:3]
    assert civil_from_seconds(when.end_latest_s)[:3] == tuple(expected.upper_strict())[:3]


@given(st.integers(1, 9999), st.integers(1, 12))
def test_a_month_is_as_long_as_the_standard_library_says(year: int, month: int) -> None:
    when = parse(f"{year:04}-{month:02}")
    assert when.end_latest_s - when.start_earliest_s + 1 == calendar.monthrange(year, month)[1] * 86_400
    assert when.precision is Precision.MONTH
