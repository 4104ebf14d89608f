"""A filter is written as the query that is read as the same filter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline_app.core.filter import Filter, Match
from timeline_app.core.pairs import Pair
from timeline_app.query import format_query, parse_query
from timeline_app.query.format import format_value, format_words

AWKWARD_TEXTS = st.text() | st.lists(
    st.sampled_from([*"\"“”„,:- ='\n\u00a0", "actor", "Kursk", "North Korea", "http://", "14"]), max_size=6
).map("".join)
TEXT_LISTS = st.lists(AWKWARD_TEXTS, max_size=3).map(tuple)
DATES = st.sampled_from(["", "2024", "2024-06", "2024-06-19T14:30Z", "-0043", "[2024-10-08,2024-10-10]", "2024-02~"])
SIDES = (AWKWARD_TEXTS | st.sampled_from(["a>b", "a -> b", "→", "\\", "\\>", "a-"])).map(str.strip)
PAIRS = st.tuples(SIDES, SIDES).filter(any).map(lambda sides: Pair(*sides).written)
FILTERS = st.builds(
    Filter,
    actors=TEXT_LISTS,
    match=st.sampled_from(Match),
    not_actors=TEXT_LISTS,
    roles=TEXT_LISTS,
    pairs=st.lists(PAIRS, max_size=2).map(tuple),
    types=TEXT_LISTS,
    tags=TEXT_LISTS,
    sources=TEXT_LISTS,
    places=TEXT_LISTS,
    since=DATES,
    until=DATES,
    certain=st.booleans(),
    find=TEXT_LISTS,
    min_importance=st.integers(1, 5),
    members=st.booleans(),
    as_of=DATES,
    disputed=st.booleans(),
    starred=st.booleans(),
    noted=TEXT_LISTS,
    own_tags=TEXT_LISTS,
)


@given(FILTERS)
def test_what_is_written_reads_as_the_same_filter(wanted: Filter) -> None:
    assert parse_query(format_query(wanted)) == wanted


@given(FILTERS)
def test_writing_again_changes_nothing(wanted: Filter) -> None:
    text = format_query(wanted)
    assert format_query(parse_query(text)) == text


def test_empty_filter_is_the_empty_text() -> None:
    assert not format_query(Filter())


def test_everything_at_once_stands_in_a_fixed_order() -> None:
    wanted = Filter(
        actors=("North Korea", "Russia"),
        match=Match.ALL,
        not_actors=("United States",),
        roles=("signatory",),
        types=("agreement", "deployment"),
        tags=("pact",),
        sources=("some-key",),
        places=("Kursk",),
        since="2024-06",
        until="2024-10",
        certain=True,
        find=("troops", "special forces"),
        min_importance=3,
        members=True,
    )
    assert format_query(wanted) == (
        'actor:"North Korea",Russia match:all members:yes not:"United States" role:signatory '
        "type:agreement,deployment tag:pact source:some-key place:Kursk from:2024-06 to:2024-10 is:certain "
        'importance:>=3 troops "special forces"'
    )


@pytest.mark.parametrize(
    ("text", "value", "words"),
    [
        ("Kursk", "Kursk", "Kursk"),
        ("North Korea", '"North Korea"', '"North Korea"'),
        ("a,b", '"a,b"', '"a,b"'),
        ('say "yes"', '"say ""yes"""', '"say ""yes"""'),
        ("", '""', '""'),
        ("http://example.org", "http://example.org", '"http://example.org"'),
        ("-5", "-5", '"-5"'),
        ("14:30", "14:30", "14:30"),
    ],
)
def test_marks_stand_only_where_they_are_needed(text: str, value: str, words: str) -> None:
    assert format_value(text) == value
    assert format_words(text) == words
