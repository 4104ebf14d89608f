"""A search finds among what passes the filter, and counts what the filter hides."""

from __future__ import annotations

import pytest
from hypothesis import given

from tests.helpers.small_conflict import FILTERS, small_table
from timeline_app.core.errors import FilterError
from timeline_app.core.filter import Filter, Match, evaluate
from timeline_app.core.search import Found, find_events, narrowed

TABLE = small_table()


def test_hits_pass_the_filter_and_the_rest_is_counted() -> None:
    passing = evaluate(Filter(types=("deployment",)), TABLE).mask
    assert find_events(TABLE, Filter(find=("kursk",)), passing) == Found((4,), filtered_out=1)
    assert find_events(TABLE, Filter(find=("kazan",)), passing) == Found((), filtered_out=1)


def test_a_range_that_cannot_be_is_refused() -> None:
    with pytest.raises(FilterError, match="ends before it begins"):
        find_events(TABLE, Filter(since="2025", until="2024"), evaluate(Filter(), TABLE).mask)


def test_narrowing_adds_words_and_exclusions_and_replaces_the_rest() -> None:
    wanted = Filter(actors=("Russia",), types=("attack",), find=("a",), not_actors=("US",), min_importance=2)
    query = Filter(
        actors=("NATO", "DPRK"), match=Match.ALL, find=("a", "b"), not_actors=("Iran",), since="2024", members=True
    )
    assert narrowed(wanted, query) == Filter(
        actors=("NATO", "DPRK"),
        match=Match.ALL,
        not_actors=("US", "Iran"),
        types=("attack",),
        since="2024",
        find=("a", "b"),
        min_importance=2,
        members=True,
    )


@given(FILTERS)
def test_a_query_narrows_the_empty_filter_to_itself(query: Filter) -> None:
    both = narrowed(Filter(), query)
    assert evaluate(both, TABLE).mask.tolist() == evaluate(query, TABLE).mask.tolist()


@given(FILTERS)
def test_an_empty_query_changes_nothing(wanted: Filter) -> None:
    assert narrowed(wanted, Filter()) == wanted
