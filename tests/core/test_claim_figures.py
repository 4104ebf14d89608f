"""Claims are grouped by their question, figures are read without guessing, and the scale has round ticks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline_app.core.claim_figures import (
    claim_groups,
    claim_summaries,
    claim_words,
    figure,
    figure_words,
    is_disputed,
    nice_axis,
    tick_words,
)
from timeline_app.core.event import Claim
from timeline_app.core.when import parse

TROOPS = (
    Claim("troops sent", ("United States", "NATO"), value="10000", unit="people"),
    Claim("troops sent", ("South Korea",), high="19000", unit="people"),
)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("10000", 10_000),
        ("10,000", 10_000),
        ("1 234 567", 1_234_567),
        ("1\u202f234", 1_234),
        ("1'234.5", 1_234.5),
        ("-3", -3),
        ("−3.5", -3.5),
        ("1e3", 1_000),
        ("0", 0),
        ("1,5", None),
        ("1,2345", None),
        ("about 5", None),
        ("", None),
        ("nan", None),
        ("inf", None),
        ("1e999", None),
        ("9" * 500, None),
        ("٣", 3),
    ],
)
def test_figures(text: str, number: float | None) -> None:
    assert figure(text) == number


@pytest.mark.parametrize(
    ("text", "unit", "words"),
    [("10000", "people", "10,000"), ("10,000", "people", "10,000"), ("1999", "", "1999"), ("some", "people", "some")],
)
def test_figures_in_words(text: str, unit: str, words: str) -> None:
    assert figure_words(text, unit) == words


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        (Claim("a", value="10000", unit="people"), "10,000 people"),
        (Claim("a", value="1", low="1", high="1", unit="people"), "1 person"),
        (Claim("a", value="1", low="0", high="2", unit="people"), "1 (0 to 2) people"),
        (Claim("a", high="19000", unit="people"), "up to 19,000 people"),
        (Claim("a", low="300"), "at least 300"),
        (Claim("a", low="1200", high="2500", unit="men"), "1,200 to 2,500 men"),
        (Claim("a", value="2000", low="1200", high="2500", unit="men"), "2,000 (1,200 to 2,500) men"),
        (Claim("date", when=parse("2024-10-08")), "8 October 2024"),
        (Claim("a", unit="men"), ""),
    ],
)
def test_claims_in_words(claim: Claim, words: str) -> None:
    assert claim_words(claim) == words


def test_two_figures_stand_on_one_scale() -> None:
    (group,) = claim_groups(TROOPS)
    assert group.summary == "10,000 to 19,000: 3 speakers, 2 figures"
    assert is_disputed(group)
    assert claim_summaries(TROOPS) == ("troops sent 10,000 to 19,000: 3 speakers, 2 figures",)
    assert group.axis is not None
    assert list(group.axis.ticks) == [0, 10_000, 20_000]
    assert [(row.value, row.low, row.high) for row in group.rows] == [(10_000, None, None), (None, None, 19_000)]


def test_one_figure_alone_needs_no_scale() -> None:
    (group,) = claim_groups([Claim("a", value="5"), Claim("A", value="some")])
    assert group.axis is None
    assert group.summary == ""
    assert len(group.rows) == 2


def test_answers_in_words_are_counted_where_they_differ() -> None:
    claims = [Claim("who did it", ("A",), "drones"), Claim("who did it", ("B",), "sabotage")]
    assert claim_summaries(claims) == ("who did it: 2 speakers, 2 answers",)
    assert claim_groups([*claims[:1], Claim("who did it", ("B",), "drones")])[0].summary == ""


def test_what_is_counted_differently_is_not_compared() -> None:
    groups = claim_groups([Claim("sent", value="5", unit="men"), Claim("sent", value="2", unit="trains")])
    assert [group.axis for group in groups] == [None, None]


def test_the_same_figure_twice() -> None:
    (group,) = claim_groups([Claim("a", value="0"), Claim("a", value="0")])
    assert group.summary == "0: 1 speaker, 1 figure"
    assert not is_disputed(group)
    assert group.axis is not None


@pytest.mark.parametrize(
    ("first", "second", "disputed"),
    [
        (Claim("a", by=("X",), value="5"), Claim("a", by=("Y",), value="6"), True),
        (Claim("a", by=("X",), value="5"), Claim("a", value="6"), True),
        (Claim("a", by=("X",), value="5"), Claim("a", by=("X",), value="6"), False),
        (Claim("a", by=("X",), value="10000"), Claim("a", by=("Y",), value="10,000"), False),
        (Claim("a", by=("X",), low="5"), Claim("a", by=("Y",), high="5"), True),
        (Claim("a", by=("X",), value="many"), Claim("a", by=("Y",), value="few"), True),
        (Claim("date", by=("X",), when=parse("2024-10")), Claim("date", by=("Y",), when=parse("2024-10-08")), True),
        (Claim("date", by=("X",), when=parse("2024-10")), Claim("date", by=("Y",), when=parse("2024-10")), False),
    ],
)
def test_a_thing_is_disputed_where_different_speakers_differ(first: Claim, second: Claim, disputed: bool) -> None:
    (group,) = claim_groups([first, second])
    assert is_disputed(group) == disputed
    assert bool(claim_summaries([first, second])) == disputed


def test_dates_that_compete_are_summed_up() -> None:
    dates = [Claim("date", by=(name,), when=parse(day)) for name, day in (("X", "2024-10-10"), ("Y", "2024-10-08"))]
    (group,) = claim_groups(dates)
    assert group.summary == "8 October 2024 to 10 October 2024: 2 speakers, 2 dates"
    assert group.axis is None


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        ("2024-05-02", "2024-05-03/2024-05-04", "2 May 2024 to 4 May 2024"),
        ("2024-05-01/2024-05-02", "2024-05-03/..", "1 May 2024 to later"),
        ("2024-05-01/2024-05-04", "2024-05-01/2024-05-04", "1 to 4 May 2024"),
        ("../2024-05-02", "2024-05-03/", "earlier to later"),
        ("2024-05", "2024-06-08", "May 2024 to 8 June 2024"),
        # What begins last need not end last.
        ("2022-02-24/2024-11", "2023", "24 February 2022 to November 2024"),
        ("2024-10-07/2024-10-09", "2024-10~", "around October 2024"),
        ("2024-05-01", "2024-05", "May 2024"),
        ("2024-04/2024-06", "2024-05/2024-07", "April 2024 to July 2024"),
    ],
)
def test_of_intervals_that_compete_the_outer_sides_are_told(one: str, other: str, words: str) -> None:
    (group,) = claim_groups([Claim("date", by=(name,), when=parse(day)) for name, day in (("X", one), ("Y", other))])
    assert group.summary.startswith(f"{words}: 2 speakers")


numbers = st.floats(-1e15, 1e15, allow_nan=False).map(lambda number: float(f"{number:.6g}"))


@given(numbers, numbers)
def test_a_scale_holds_its_figures(one: float, other: float) -> None:
    low, high = sorted((one, other))
    axis = nice_axis(low, high)
    slack = 1e-9 * max(abs(low), abs(high), 1e-300)
    assert axis.first <= low + slack
    assert axis.last >= high - slack
    assert 2 <= len(axis.ticks) <= 6
    assert list(axis.ticks) == sorted(set(axis.ticks))
    assert 0 <= axis.share(low) <= axis.share(high) <= 1


@pytest.mark.parametrize(
    ("value", "words"), [(0, "0"), (10_000, "10k"), (2_500_000, "2.5M"), (3e9, "3bn"), (-500, "-500"), (0.5, "0.5")]
)
def test_ticks_in_words(value: float, words: str) -> None:
    assert tick_words(value) == words


def test_a_figure_without_any_doubt_is_said_once() -> None:
    assert claim_words(Claim("deaths", value="15", low="15", high="15", unit="people")) == "15 people"
    assert claim_words(Claim("deaths", value="15", low="10", high="15", unit="people")) == "15 (10 to 15) people"
