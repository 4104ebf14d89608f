"""A search finds among what passes the filter, lists the most important first, and counts what the filter hides."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.small_conflict import FILTERS, small_table
from tests.helpers.tables import NO_ACTORS, make_dataset, make_event, make_table
from tests.helpers.unindexed import unindexed
from timeline_app.core import search
from timeline_app.core.build import build_table
from timeline_app.core.errors import FilterError
from timeline_app.core.event import Excerpt, Source
from timeline_app.core.filter import Filter, Match, evaluate
from timeline_app.core.search import Found, FoundEvent, best_rows, find_events, is_indexed, narrowed
from timeline_app.core.table import EventTable

TABLE = small_table()
EVERYTHING = evaluate(Filter(), TABLE)


def rows_found(found: Found) -> list[int]:
    assert found.rows.dtype == np.int32
    rows: list[int] = found.rows.tolist()
    return rows


def test_hits_pass_the_filter_and_the_rest_is_counted() -> None:
    passing = evaluate(Filter(types=("deployment",)), TABLE)
    found = find_events(TABLE, Filter(find=("kursk",)), passing)
    assert (rows_found(found), found.filtered_out, found.is_complete) == ([4], 1, True)
    assert found.best == (FoundEvent(4, "Move to Kursk", "c. 23 Oct 2024"),)
    none = find_events(TABLE, Filter(find=("kazan",)), passing)
    assert (rows_found(none), none.best, none.filtered_out) == ([], (), 1)


def test_the_most_important_are_listed_first_and_of_equals_the_earliest() -> None:
    found = find_events(TABLE, Filter(find=("russia",)), EVERYTHING)
    assert rows_found(found) == [0, 1, 3, 4]
    assert [event.row for event in found.best] == [0, 1, 4, 3]


@given(st.lists(st.integers(1, 5), max_size=40), st.integers(0, 12))
def test_the_best_are_the_first_of_a_stable_sort(importance: list[int], limit: int) -> None:
    table = make_table(make_event(f"{n}", importance=value) for n, value in enumerate(importance))
    rows = np.arange(0, len(table), 2, dtype=np.int32)
    expected = sorted(rows.tolist(), key=lambda row: -int(table.importance[row]))[:limit]
    assert best_rows(table, rows, limit).tolist() == expected


def table_of_two_days() -> EventTable:
    early, late = (Source(key, published=day) for key, day in (("early", "2024-10-10"), ("late", "2024-11-10")))
    events = [
        make_event("Pact", "2024-06", excerpts=[Excerpt("signed", "early")]),
        make_event("Troops", "2024-10", excerpts=[Excerpt("some left", "early"), Excerpt("zebras signed", "late")]),
    ]
    return build_table([make_dataset(events, sources=[early, late])], NO_ACTORS)


@pytest.mark.parametrize("is_kept_in_memory", [True, False])
def test_words_that_came_later_are_not_found_as_known_on_a_day(is_kept_in_memory: bool) -> None:
    whole = table_of_two_days()
    table = whole if is_kept_in_memory else unindexed(whole)[0]
    as_of = "2024-10"
    passing = evaluate(Filter(as_of=as_of), table)
    assert passing.rows.tolist() == [0, 1]
    found = find_events(table, Filter(find=("signed",)), passing, as_of=as_of)
    assert (rows_found(found), found.filtered_out) == ([0], 1)
    assert rows_found(find_events(table, Filter(find=("left",)), passing, as_of=as_of)) == [1]
    assert rows_found(find_events(table, Filter(sources=("late",)), passing, as_of=as_of)) == []
    assert rows_found(find_events(table, Filter(find=("signed",)), evaluate(Filter(), table))) == [0, 1]


def test_what_was_known_on_a_day_is_read_for_a_while_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "SLICE", 1)
    sources = [Source(key, published=day) for key, day in (("early", "2024-10-10"), ("late", "2024-11-10"))]
    texts = [Excerpt("signed", "early"), Excerpt("zebras", "late")]
    parts = [make_event(f"Pact {number}", "2024-06", importance=number, excerpts=texts) for number in (1, 5, 3)]
    whole = make_event("Known", "2024-06", importance=1, excerpts=texts[:1])
    table = build_table([make_dataset([whole, *parts], sources=sources)], NO_ACTORS)
    passing, query = evaluate(Filter(as_of="2024-10"), table), Filter(find=("signed",))
    found = find_events(table, query, passing, as_of="2024-10")
    assert (rows_found(found), found.is_complete) == ([0, 1, 2, 3], True)
    unwanted = find_events(table, query, passing, as_of="2024-10", is_wanted=lambda: False)
    assert ([table.event(row).title for row in rows_found(unwanted)], unwanted.is_complete) == (
        ["Known", "Pact 5"],
        False,
    )
    monkeypatch.setattr(search, "UNINDEXED_S", 0.0)
    assert not find_events(table, query, passing, as_of="2024-10").is_complete


@given(FILTERS)
def test_reading_through_finds_what_an_index_finds(query: Filter) -> None:
    table, _ = unindexed(TABLE)
    whole, read = find_events(TABLE, query, EVERYTHING), find_events(table, query, EVERYTHING)
    assert rows_found(whole) == rows_found(read)
    assert (whole.best, whole.filtered_out, read.is_complete) == (read.best, read.filtered_out, True)


def test_without_an_index_reading_ends_in_time_with_the_most_important(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "SLICE", 2)
    monkeypatch.setattr(search, "UNINDEXED_S", 0.0)
    table, records = unindexed(TABLE)
    assert not is_indexed(table)
    found = find_events(table, Filter(find=("russia",)), EVERYTHING)
    assert (rows_found(found), found.is_complete, records.slices) == ([0, 1], False, 1)


def test_without_an_index_reading_ends_when_nobody_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "SLICE", 2)
    table, records = unindexed(TABLE)
    found = find_events(table, Filter(find=("russia",)), EVERYTHING, is_wanted=lambda: records.slices < 2)
    assert (found.is_complete, records.slices) == (False, 2)


def test_an_index_is_used_as_soon_as_it_is_there() -> None:
    table, records = unindexed(TABLE)
    records.is_indexed = True
    assert is_indexed(table)
    assert find_events(table, Filter(find=("russia",)), EVERYTHING).is_complete


def test_a_range_that_cannot_be_is_refused() -> None:
    with pytest.raises(FilterError, match="ends before it begins"):
        find_events(TABLE, Filter(since="2025", until="2024"), EVERYTHING)


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
