"""The lag of an event is what can be shown: from the last day it may have begun on to the first report there may be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.small_conflict import FILTERS, known_table
from tests.helpers.tables import make_event, make_table
from timeline_app.core.event import Source
from timeline_app.core.filter import Filter, FilterResult, evaluate
from timeline_app.core.lags import LAG_CLASSES, NO_LAG, lag_counts, lags_d, rows_of_lag
from timeline_app.core.table import EventTable


def reported(*pairs: tuple[str, str]) -> EventTable:
    """Make a table of events of these dates, each published on the other date, "" for none."""
    return make_table(
        make_event(f"e{number}", when, own_sources=[Source("key", published=published)] if published else [])
        for number, (when, published) in enumerate(pairs)
    )


@pytest.mark.parametrize(
    ("when", "published", "lag"),
    [
        ("2024-06-19", "2024-06-19", 0),
        ("2024-06-19", "2024-06-20", 1),
        ("2024-06", "2024-06-20", 0),
        ("2024-06", "2024-11-01", 124),
        ("2024-06-19", "2024-06", 0),
        ("2024-06-19", "2024-07", 12),
        ("2024-06-19", "2024-06-18", -1),
        ("2024-06", "2024-04-30", -32),
        ("2024-06-01/2024-08-31", "2024-06-03", 2),
        ("2024-06/..", "2024-07-01", 1),
        ("-0043-03-15", "2024", 754_883),
        ("../2024-06", "2024-07-01", NO_LAG),
        ("2024-06-19", "", NO_LAG),
        ("2024-06-19", "../2024", NO_LAG),
        ("2024-06-19", "2024-05", -19),
    ],
)
def test_the_lag_is_never_longer_than_can_be_shown(when: str, published: str, lag: int) -> None:
    table = reported((when, published), ("2024-01-01", "2024-01-01"))
    row = table.row_of("e0")
    assert row is not None
    assert lags_d(table, slice(None))[row] == lag


def test_classes_are_told_apart_at_their_edges() -> None:
    days = [("2023-12-31", 0), ("2024-01-01", 1), ("2024-01-02", 2), ("2024-01-03", 3), ("2024-01-07", 3)]
    days += [("2024-01-08", 4), ("2024-01-31", 4), ("2024-02-01", 5), ("2024-04-01", 5), ("2024-04-02", 6)]
    days += [("2025-01-01", 7), ("2033-12-31", 7), ("2034-01-01", 8), ("9999", 8)]
    table = reported(*(("2024-01-01", day) for day, _ in days), ("2024-01-01", ""))
    found = lag_counts(table, evaluate(Filter(), table))
    expected = [sum(number == wanted for _, wanted in days) for number in range(len(LAG_CLASSES))]
    assert (found.counts.tolist(), found.unknown) == (expected, 1)


@given(FILTERS, st.sampled_from(("", "2024-10-10")))
def test_every_event_that_passes_is_counted_once_and_listed_under_its_class(wanted: Filter, as_of: str) -> None:
    table = known_table()
    result = evaluate(Filter(actors=wanted.actors, types=wanted.types, as_of=as_of), table)
    found = lag_counts(table, result)
    listed = [rows_of_lag(table, result, number).tolist() for number in range(len(LAG_CLASSES))]
    assert [len(rows) for rows in listed] == found.counts.tolist()
    assert int(found.counts.sum()) + found.unknown == result.shown
    assert set().union(*listed) <= set(result.rows.tolist())
    chosen = FilterResult(len(table), result.rows)
    assert [rows_of_lag(table, chosen, number).tolist() for number in range(len(LAG_CLASSES))] == listed


def test_where_nothing_says_when_it_was_known_there_is_no_lag() -> None:
    table = make_table([make_event("Raid", "2024")])
    found = lag_counts(table, evaluate(Filter(), table))
    assert (found.counts.tolist(), found.unknown) == ([0] * len(LAG_CLASSES), 1)
    empty = make_table([])
    assert lag_counts(empty, evaluate(Filter(), empty)).unknown == 0
