"""Two states of a timeline are told apart event by event and field by field, and nothing is told twice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.differences import told
from tests.helpers.small_conflict import known_table
from tests.helpers.tables import NO_ACTORS, make_dataset, make_event, make_table
from timeline_app.core.build import build_table
from timeline_app.core.differences import (
    Differences,
    FieldChange,
    State,
    StatedEvent,
    differences,
    field_changes,
    known_differences,
    state_of,
)
from timeline_app.core.errors import Cancelled
from timeline_app.core.event import ActorRef, Between, Claim, Event, Excerpt, Link, Location, Origin, Source
from timeline_app.core.filter import Filter, evaluate
from timeline_app.core.join import join_tables
from timeline_app.core.records import RecordList
from timeline_app.core.table import EventTable

PACT = make_event("Pact", "2024-06-19", event_id="pact", actors=["Russia"], tags=["a", "b"])
TITLES = st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from(["Pact", "Truce"])), max_size=5)


def whole(table: EventTable) -> State:
    return State(table, evaluate(Filter(), table).rows)


def compared(before: Iterable[Event], after: Iterable[Event]) -> Differences:
    later = make_table(after)
    return differences(whole(make_table(before)), whole(replace(later, files=())))


def ids(events: Iterable[StatedEvent]) -> list[str]:
    return [one.event.id for one in events]


def test_events_are_matched_by_id_and_changes_told_by_field() -> None:
    changed = replace(PACT, title="Treaty", tags=("b", "c"))
    found = compared([PACT, make_event("Gone", event_id="gone")], [changed, make_event("New", event_id="new")])
    assert (ids(found.added), ids(found.withdrawn), found.unchanged) == (["new"], ["gone"], 0)
    assert [one.event.id for one in found.changed] == ["pact"]
    assert found.changed[0].changes == (
        FieldChange("title", ("Pact",), ("Treaty",)),
        FieldChange("tags", ("a",), ("c",)),
    )
    assert found


def test_without_ids_of_their_own_events_are_matched_by_what_they_say() -> None:
    first = [make_event(title, "2024", event_id=f"event-{number}", origin=Origin("a", 1, number)) for number, title in
             enumerate(["Pact", "Truce", "Truce"], 1)]  # fmt: skip
    second = [make_event(title, "2024", event_id=f"event-{number}", origin=Origin("b", 1, number)) for number, title in
              enumerate(["Vote", "Truce"], 1)]  # fmt: skip
    found = compared(first, second)
    assert [one.event.title for one in found.added] == ["Vote"]
    assert sorted(one.event.title for one in found.withdrawn) == ["Pact", "Truce"]
    assert (found.changed, found.unchanged) == ((), 1)


@pytest.mark.parametrize("joined", [True, False])
def test_events_whose_id_got_a_number_are_matched_by_it(joined: bool) -> None:
    first, second = (replace(PACT, origin=Origin(file, 1, 1)) for file in ("a", "b"))
    states = []
    for title in ("Other pact", "Other treaty"):
        parts = [make_table([first]), make_table([replace(second, title=title)])]
        whole_table = (
            join_tables(parts) if joined else build_table([make_dataset([*part]) for part in parts], NO_ACTORS)
        )
        states.append(whole(replace(whole_table, files=())))
    found = differences(states[0], states[1])
    assert [(one.event.id, one.changes[0].after) for one in found.changed] == [("pact-2", ("Other treaty",))]
    assert (len(found.added), len(found.withdrawn), found.unchanged) == (0, 0, 1)


def test_an_id_made_from_a_records_number_tells_nothing_with_a_number_for_joining_either() -> None:
    tables = []
    for second in ("Truce", "Vote"):
        titles = [("Pact", "a"), (second, "b")]
        parts = [
            make_table([make_event(title, event_id="event-1", origin=Origin(file, 1, 1))]) for title, file in titles
        ]
        tables.append(replace(join_tables(parts), files=make_table([PACT]).files if second == "Vote" else ()))
    found = differences(whole(tables[0]), whole(tables[1]))
    assert ([one.event.title for one in found.added], found.changed, found.unchanged) == (["Vote"], (), 1)


def test_of_one_file_every_id_tells() -> None:
    table = make_table([make_event("Pact", "2024", event_id="event-1", origin=Origin("a", 1, 1))])
    other = make_table([make_event("Treaty", "2024", event_id="event-1", origin=Origin("a", 1, 1))])
    found = differences(whole(table), whole(replace(other, files=table.files)))
    assert [one.changes for one in found.changed] == [(FieldChange("title", ("Pact",), ("Treaty",)),)]


def test_every_field_that_an_event_has_is_compared() -> None:
    other = replace(
        PACT,
        when=make_event(when="2024-06").when,
        type="agreement",
        place="Pyongyang",
        location=Location(39.0, 125.75),
        importance=5,
        summary="Signed",
        actors=(ActorRef("Russia", "signatory"),),
        links=(Link("x", "leads-to"),),
        excerpts=(Excerpt("words", "key"),),
        claims=(Claim("troops", ("NATO",), "10", unit="people", reported="2024-10"),),
        own_sources=(Source("key", published="2024"),),
        basis_note="why",
        phrase="in June",
        anchor="article",
        between=Between("vote", "truce"),
        extra={"column": "value"},
    )
    told = {change.field: change.after for change in field_changes(PACT, other)}
    assert told == {
        "when": ("2024-06",),
        "basis note": ("why",),
        "phrase": ("in June",),
        "anchor": ("article",),
        "after": ("vote",),
        "before": ("truce",),
        "type": ("agreement",),
        "place": ("Pyongyang",),
        "location": ("39.0, 125.75",),
        "importance": ("5",),
        "summary": ("Signed",),
        "actors": ("Russia (signatory)",),
        "links": ("leads-to: x",),
        "excerpts": ("“words” (key)",),
        "claims": ("troops: 10 people (NATO), reported 2024-10",),
        "sources": ("key, 2024",),
        "other fields": ("column: value",),
    }


def test_how_lines_end_is_no_change() -> None:
    before = replace(PACT, summary="One.\r\n\r\nTwo.\rThree.", extra={"office": "A\r\nB"})
    assert field_changes(before, replace(before, summary="One.\n\nTwo.\nThree.", extra={"office": "A\nB"})) == ()
    assert field_changes(before, replace(before, summary="One.\nTwo.\nThree.")) == (
        FieldChange("summary", ("One.\n\nTwo.\nThree.",), ("One.\nTwo.\nThree.",)),
    )


@given(TITLES, TITLES)
def test_every_event_is_told_of_once(first: Sequence[tuple[str, str]], second: Sequence[tuple[str, str]]) -> None:
    before, after = dict(first), dict(second)
    found = compared(
        [make_event(title, event_id=key) for key, title in before.items()],
        [make_event(title, event_id=key) for key, title in after.items()],
    )
    told = len(found.changed) + found.unchanged
    assert told + len(found.added) == len(after)
    assert told + len(found.withdrawn) == len(before)
    assert all(before[one.event.id] != after[one.event.id] for one in found.changed)
    assert bool(found) == (bool(found.added) or bool(found.changed) or bool(found.withdrawn))


@given(*(st.sampled_from(("", "2024-10-07", "2024-10-12", "2024-10-17", "2024-10-23", "2024-11")) for _ in range(2)))
def test_two_days_of_knowledge_are_compared_by_what_came_between(first: str, second: str) -> None:
    table = known_table()
    found = known_differences(table, first, second)
    earlier, later = (state_of(table, Filter(as_of=day)) for day in (first, second))
    assert told(found) == told(differences(earlier, later))
    rows = [(one.event.id, one.row) for one in (*found.added, *found.withdrawn)]
    rows += [(changed.event.id, changed.row) for changed in found.changed]
    assert all(table.row_of(event_id) == row for event_id, row in rows)


def test_of_two_days_only_what_changed_between_them_is_read() -> None:
    table = known_table()
    read: list[int] = []

    class Counting(RecordList):
        def event(self, row: int) -> Event:
            read.append(row)
            return super().event(row)

    counting = replace(table, records=Counting(tuple(table)))
    found = known_differences(counting, "2024-10-17", "2024-11")
    assert set(read) == {table.row_of("move")}
    was_known = evaluate(Filter(as_of="2024-10-17"), table).shown
    assert ([one.event.title for one in found.changed], found.unchanged) == (["Move"], was_known - 1)


def test_comparing_ends_when_it_is_not_wanted_any_more() -> None:
    with pytest.raises(Cancelled, match="stopped"):
        known_differences(known_table(), "2024-10-07", "", lambda: False)
