"""The other events of a source come nearest in time first, from their middle or their one bound."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.helpers.tables import make_event, make_table
from timeline_app.core import nearest
from timeline_app.core.event import Excerpt
from timeline_app.core.nearest import nearest_of_source
from timeline_app.core.table import EventTable


def table_of(*dates: str) -> EventTable:
    return make_table([make_event(date, date, excerpts=[Excerpt("words", "s")]) for date in dates])


def titles_near(table: EventTable, title: str, limit: int = 8) -> Sequence[str]:
    row = [event.title for event in table].index(title)
    return table.titles_of(nearest_of_source(table, row, "s", limit))


def test_nearest_first() -> None:
    table = table_of("2024-01-01", "2024-06-01", "2024-06-03", "2023-06-01")
    assert titles_near(table, "2024-06-01") == ["2024-06-03", "2024-01-01", "2023-06-01"]


def test_no_more_than_asked_for() -> None:
    table = table_of(*(f"2024-06-{day:02}" for day in range(1, 31)))
    assert titles_near(table, "2024-06-15", 3) == ["2024-06-14", "2024-06-16", "2024-06-13"]


def test_open_and_missing_ends() -> None:
    table = table_of("2024-06-01", "2024-06-02/..", "2024-07-01/", "/2024-05-01")
    assert titles_near(table, "2024-06-01") == ["2024-06-02/..", "2024-07-01/", "/2024-05-01"]
    assert titles_near(table, "/2024-05-01")[0] == "2024-06-01"


def test_of_very_many_those_that_begin_nearest_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nearest, "MOST_COMPARED", 4)
    table = table_of(*(f"2024-06-{day:02}" for day in range(1, 31)))
    assert titles_near(table, "2024-06-15", 8) == ["2024-06-14", "2024-06-16", "2024-06-13"]


def test_other_sources_do_not_count() -> None:
    table = make_table([make_event("a", excerpts=[Excerpt("x", "s")]), make_event("b", excerpts=[Excerpt("x", "t")])])
    assert nearest_of_source(table, 0, "s", 8) == ()
