"""What is ingested comes back as a table that is the same as one built from the events."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.helpers.batches import LAYOUT, as_read, batch_of, batches_of, decoder
from tests.helpers.examples import examples
from tests.helpers.stored import (
    EVENTS,
    FILE,
    assert_same,
    fill,
    rows_by_name,
    some_events,
    table_in_folder,
    table_in_memory,
    with_own_source,
)
from tests.helpers.tables import make_dataset, make_event
from timeline_app.core.actors import ActorEntry, Gazetteer
from timeline_app.core.build import build_table
from timeline_app.core.dataset import Level, Problem
from timeline_app.core.errors import Cancelled, ReadError
from timeline_app.core.event import Event
from timeline_app.core.join import join_tables
from timeline_app.core.table import EventTable
from timeline_app.store import ids
from timeline_app.store import ingest as ingest_module
from timeline_app.store.ingest import ingest
from timeline_app.store.sinks import MemorySink

KNOWN = Gazetteer((ActorEntry("North Korea", aliases=("DPRK",)),))


def built(events: list[Event], gazetteer: Gazetteer = KNOWN) -> EventTable:
    return build_table([make_dataset(as_read(events, FILE), path=FILE)], gazetteer)


# Only where the bytes are kept differs from the next test, and bringing them to the disk takes most of the time.
@settings(max_examples=examples(30))
@given(EVENTS)
def test_a_table_from_a_folder_is_the_one_built_from_the_events(events: list[Event]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        assert_same(table_in_folder(Path(folder), events, KNOWN), built(events))


@given(EVENTS)
def test_a_table_from_memory_is_the_one_built_from_the_events(events: list[Event]) -> None:
    assert_same(table_in_memory(events, KNOWN), built(events))


def test_two_names_of_one_actor_share_their_rows() -> None:
    table = table_in_memory(
        [make_event("One", "2023", actors=["DPRK"]), make_event("Two", actors=["North Korea", "DPRK"])], KNOWN
    )
    assert rows_by_name(table.actors) == {"North Korea": [0, 1]}
    assert [actor.written for actor in table.event(1).actors] == ["North Korea", "DPRK"]


def test_names_that_look_alike_are_noted_in_whatever_files() -> None:
    table = table_in_memory([make_event("One", "2023", actors=["Wagner", "wagner"])])
    words = "“Wagner” and “wagner” look alike and may be the same actor"
    assert [problem.message for problem in table.problems] == [words]
    other = table_in_memory([make_event("Two", "2024", actors=["WAGNER"])])
    assert other.problems == ()
    across = "“WAGNER” and “Wagner” and “wagner” look alike and may be the same actor"
    assert [problem.message for problem in join_tables([table, other]).problems] == [words, across]


def test_a_source_of_an_events_own_goes_by_its_publisher() -> None:
    table = table_in_memory([with_own_source("a", "Reuters"), with_own_source("b", "AFP")])
    assert rows_by_name(table.sources) == {"Reuters": [0], "AFP": [1]}


def test_origins_are_told() -> None:
    table = table_in_memory([make_event("Later", "2025"), make_event("Earlier", "2024")])
    assert [(event.title, event.origin.file, event.origin.line) for event in table] == [
        ("Earlier", FILE, 2),
        ("Later", FILE, 1),
    ]


@given(st.lists(st.sampled_from(["a", "a-2", "a-2-2", "b"]), max_size=12))
def test_ids_that_come_twice_are_told_apart_and_found(written: list[str]) -> None:
    sink = MemorySink()
    events = [make_event(f"Title {number}", f"20{number:02}", event_id=one) for number, one in enumerate(written)]
    done = fill(sink, events)
    table = table_in_memory(events)
    found = [event.id for event in table]
    assert len(set(found)) == len(written)
    assert [table.row_of(one) for one in found] == list(range(len(written)))
    firsts = {written.index(one) for one in written}
    assert [found[number] == written[number] for number in range(len(written))] == [
        number in firsts for number in range(len(written))
    ]
    renamed = [problem for problem in done.problems if problem.level is Level.WARNING]
    assert [problem.record - 1 for problem in renamed] == sorted(set(range(len(written))) - firsts)


def test_a_column_that_cannot_be_meant_as_ids_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ids, "_MOST_RENAMED", 5)
    assert len(fill(MemorySink(), [make_event(event_id="same")] * 6).problems) == 5
    with pytest.raises(ReadError, match=r"events\.lines: 6 records have the id of an earlier one"):
        fill(MemorySink(), [make_event(event_id="same")] * 7)


def test_an_id_that_no_event_has_has_no_row() -> None:
    assert table_in_memory(some_events(40)).row_of("nobody") is None
    assert table_in_memory([]).row_of("nobody") is None


def test_rejected_records_are_counted_and_listed() -> None:
    problem = Problem("no date", FILE, line=3)
    sink = MemorySink()
    done = ingest([batch_of(some_events(2), problems=[problem])], sink, decoder(LAYOUT), lambda _rows, _bytes: True)
    assert (done.loaded, done.rejected, done.problems) == (2, 1, (problem,))


def test_of_very_many_problems_the_first_are_listed_and_the_others_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ingest_module, "MOST_PROBLEMS", 3)
    problems = [Problem(f"problem {number}", FILE) for number in range(5)]
    batches = [batch_of([], problems=problems), batch_of([make_event(event_id="a")] * 6, problems=problems[:1])]
    done = ingest(batches, MemorySink(), decoder(LAYOUT), lambda _rows, _bytes: True, file=FILE)
    assert done.rejected == 6
    assert [problem.message for problem in done.problems] == [
        *("problem 0", "problem 1", "problem 2"),
        "3 more errors of this file not listed",
        "5 more warnings of this file not listed",
    ]


def test_progress_is_told_and_may_stop_it() -> None:
    told: list[int] = []

    def go_on(rows: int, _bytes: int) -> bool:
        told.append(rows)
        return rows < 10

    with pytest.raises(Cancelled):
        ingest(batches_of(some_events(100), size=6), MemorySink(), decoder(LAYOUT), go_on)
    assert told == [6, 12]
