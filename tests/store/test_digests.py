"""Records that are compared as they stand in their files tell the same as the events that they become."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from unittest import mock

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.differences import told
from tests.helpers.stored import EVENTS, some_events, table_in_memory
from tests.helpers.tables import NO_ACTORS, make_event
from timeline_app.core.actors import ActorEntry, Gazetteer
from timeline_app.core.differences import State, differences
from timeline_app.core.errors import Cancelled
from timeline_app.core.event import Event
from timeline_app.core.records import Digested, RecordList, Tellings
from timeline_app.core.table import EventTable
from timeline_app.core.viewed_records import ViewedRecords
from timeline_app.loading import load_table
from timeline_app.store.records import StoredRecords


def whole(table: EventTable) -> State:
    return State(table, np.arange(len(table), dtype=np.int32))


def in_memory(table: EventTable) -> EventTable:
    """Return the same table whose events are objects."""
    return replace(table, records=RecordList(tuple(table)))


def read_in_full(table: EventTable) -> EventTable:
    """Return the same table whose events are compared by what they are alone, and not by records or columns."""
    return replace(table, records=ViewedRecords(table.records, lambda _row, event: event))


def tellings_of(table: EventTable) -> Tellings:
    assert isinstance(table.records, Digested)
    return table.records.tellings(lambda: True)


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Give the rows of stored events that are read, one after another."""
    rows: list[int] = []
    event: Callable[[StoredRecords, int], Event] = StoredRecords.event

    def noted(records: StoredRecords, row: int) -> Event:
        rows.append(row)
        return event(records, row)

    monkeypatch.setattr(StoredRecords, "event", noted)
    return rows


@st.composite
def releases(draw: st.DrawFn) -> tuple[list[Event], list[Event]]:
    """Make two releases of a file: events that stay, change, come and go, in any order, with and without ids."""
    before = draw(EVENTS)
    if draw(st.booleans()):
        before = [replace(event, id=f"event-{number}") for number, event in enumerate(before, start=1)]
    kept = [event for event in before if draw(st.integers(0, 4))]
    after = [event if draw(st.integers(0, 3)) else replace(event, title="Another title") for event in kept]
    after += draw(EVENTS.map(lambda events: events[:3]))
    if draw(st.booleans()):
        after = draw(st.permutations(after))
    return before, after


@given(releases())
def test_columns_of_digests_find_what_whole_events_tell(made: tuple[Sequence[Event], Sequence[Event]]) -> None:
    before, after = map(table_in_memory, made)
    after = replace(after, files=())
    found = differences(whole(before), whole(after))
    assert told(found) == told(differences(whole(read_in_full(before)), whole(read_in_full(after))))
    assert found.unchanged + len(found.changed) + len(found.withdrawn) == len(before)
    assert found.unchanged + len(found.changed) + len(found.added) == len(after)


@given(releases())
def test_of_files_that_are_kept_in_two_ways_columns_find_what_whole_events_tell(
    made: tuple[Sequence[Event], Sequence[Event]],
) -> None:
    before, after = map(table_in_memory, made)
    after = replace(after, files=())
    expected = told(differences(whole(read_in_full(before)), whole(read_in_full(after))))
    assert told(differences(whole(before), whole(in_memory(after)))) == expected
    assert told(differences(whole(in_memory(before)), whole(after))) == expected
    assert told(differences(whole(in_memory(before)), whole(in_memory(after)))) == expected


def test_of_a_file_on_disk_and_one_in_memory_only_what_may_be_the_same_is_read(read: list[int]) -> None:
    events = [make_event(f"Event {number}", f"2024-01-{number % 28 + 1:02}", event_id=f"e{number}", place=f"P{number}")
              for number in range(40)]  # fmt: skip
    before = table_in_memory(events)
    others = [make_event("New", "2023"), replace(events[7], title="Changed"), replace(events[9], id="another")]
    after = replace(in_memory(table_in_memory(others)), files=())
    read.clear()
    found = differences(whole(before), whole(after))
    assert (len(found.added), len(found.changed), len(found.withdrawn), found.unchanged) == (1, 1, 38, 1)
    assert {before.event(row).id for row in tuple(read)} == {"e7", "e9"}


def test_events_whose_records_are_the_same_are_not_read(read: list[int]) -> None:
    events = some_events(40)
    before = table_in_memory(events)
    after = replace(table_in_memory([*events[1:-1], replace(events[-1], title="Other"), make_event("New")]), files=())
    found = differences(whole(before), whole(after))
    assert (len(found.added), len(found.changed), len(found.withdrawn), found.unchanged) == (1, 1, 1, 38)
    assert len(read) < 8


def test_digests_follow_the_whole_record_and_the_number_after_an_id() -> None:
    twice = [make_event("Pact", event_id="pact"), make_event("Pact", event_id="pact")]
    digests = tellings_of(table_in_memory(twice)).digests
    assert digests.shape == (2, 2)
    assert digests[0].tolist() != digests[1].tolist()
    assert tellings_of(table_in_memory(twice[:1])).digests[0].tolist() in digests.tolist()


def test_ids_that_follow_from_the_record_are_not_those_of_the_file() -> None:
    events = [make_event("A", "2023", event_id="event-1"), make_event("B", "2024", event_id="event-1000")]
    assert tellings_of(table_in_memory(events)).have_own_ids.tolist() == [False, True]


def test_under_other_names_of_actors_the_same_record_is_another_event() -> None:
    events = [make_event("Pact", event_id="pact", actors=["DPRK"])]
    named = Gazetteer([ActorEntry("North Korea", aliases=("DPRK",))])
    before, after = table_in_memory(events, NO_ACTORS), replace(table_in_memory(events, named), files=())
    assert tellings_of(before).reading != tellings_of(after).reading
    (changed,) = differences(whole(before), whole(after)).changed
    assert [change.field for change in changed.changes] == ["actors"]


def test_records_without_ids_are_met_as_often_as_they_stand_there(tmp_path: Path) -> None:
    """Of a table without ids, equal rows stand for one other each, wherever they stand."""
    rows = [f"2024-0{1 + number % 3}-01,Title {number % 7}" for number in range(40)]
    releases = rows, [rows[5], *rows[9:], rows[9], "2025-01-01,New"]
    tables = []
    for name, lines in zip(("first", "later"), releases, strict=True):
        path = tmp_path / f"{name}.csv"
        path.write_text("\n".join(("when,title", *lines)) + "\n", encoding="utf-8")
        tables.append(load_table([path], joins=False))
    before, after = tables
    assert isinstance(before.records, Digested)
    found = differences(whole(before), whole(after))
    plain = differences(whole(in_memory(before)), whole(in_memory(after)))
    assert (len(found.added), len(found.withdrawn), found.unchanged) == (2, 8, 32)
    assert (len(plain.added), len(plain.withdrawn), plain.unchanged) == (2, 8, 32)
    for one, other in ((found.added, plain.added), (found.withdrawn, plain.withdrawn)):
        assert sorted(stated.event.title for stated in one) == sorted(stated.event.title for stated in other)


def test_of_rows_without_ids_only_those_that_differ_are_read(tmp_path: Path, read: list[int]) -> None:
    tables = []
    for name, last in (("first", "Last"), ("later", "Other")):
        path = tmp_path / f"{name}.csv"
        path.write_text("when,title\n" + "2024-01-01,Raid\n" * 30 + f"2024-02-01,{last}\n", encoding="utf-8")
        tables.append(load_table([path], joins=False))
    before, after = tables
    found = differences(whole(before), whole(after))
    assert (len(found.added), len(found.changed), len(found.withdrawn), found.unchanged) == (1, 0, 1, 30)
    assert set(read) <= {30}


@given(releases())
def test_where_half_of_every_digest_is_the_same_by_chance_nothing_else_is_found(
    made: tuple[Sequence[Event], Sequence[Event]],
) -> None:
    tellings: Callable[[StoredRecords, Callable[[], bool]], Tellings] = StoredRecords.tellings

    def alike(records: StoredRecords, is_wanted: Callable[[], bool]) -> Tellings:
        told_of = tellings(records, is_wanted)
        digests = told_of.digests.copy()
        digests[:, 0] = 7
        return replace(told_of, digests=digests)

    before, after = (table_in_memory(events) for events in made)
    with mock.patch.object(StoredRecords, "tellings", alike):
        found = differences(whole(before), whole(after))
    assert told(found) == told(differences(whole(read_in_full(before)), whole(read_in_full(after))))


def test_digests_that_nobody_wants_any_more_are_given_up() -> None:
    table = table_in_memory(some_events(3))
    assert isinstance(table.records, Digested)
    with pytest.raises(Cancelled):
        table.records.tellings(lambda: False)
