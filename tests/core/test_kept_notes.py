"""Notes find their events again: in the file, moved or in a new release; never in another one, and none is lost."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.helpers.examples import examples
from tests.helpers.stored import some_events, table_in_memory
from tests.helpers.tables import NO_ACTORS, make_dataset, make_event, make_table
from timeline_app.core.build import build_table
from timeline_app.core.event import Event, Origin
from timeline_app.core.join import join_tables
from timeline_app.core.kept_notes import MOST_ALIKE_ELSEWHERE, KeptNote, find_notes, noted_event, with_notes
from timeline_app.core.notes import Note
from timeline_app.core.table import EventTable

MINE = Note(starred=True, text="mine")


def one_file(events: Sequence[Event], path: str = "war.csv") -> EventTable:
    return build_table([make_dataset(events, path=path)], NO_ACTORS)


def event(title: str, when: str, event_id: str, *, file: str = "war.csv", record: int = 1) -> Event:
    return make_event(title, when, event_id=event_id, origin=Origin(file, record, record))


def kept(table: EventTable, row: int = 0, note: Note = MINE) -> KeptNote:
    return KeptNote(noted_event(table, row), note)


BATTLE = event("Battle", "2024-06-19", "UKR123")
NOTED = kept(one_file([BATTLE]))


@pytest.mark.parametrize(
    ("there", "path"),
    [
        (BATTLE, "/home/me/war.csv"),
        (BATTLE, "/elsewhere/war.csv"),
        (BATTLE, "renamed.csv"),
        (event("Battle at the river", "2024-06-19", "UKR123", file="war-2025.csv"), "war-2025.csv"),
        (event("Battle", "2024-06-20", "UKR123", file="war-2025.csv"), "war-2025.csv"),
        (event("Another word", "2025", "UKR123"), "war.csv"),
        (event("Battle", "2024-06-19", "RUS9"), "other.csv"),
    ],
    ids=["same", "moved", "renamed", "retitled", "redated", "rewritten", "renumbered"],
)
def test_a_note_finds_its_event(there: Event, path: str) -> None:
    table = one_file([there, event("Else", "2024-06-19", "x")], path)
    found = find_notes(table, [NOTED])
    row = table.row_of(there.id)
    assert dict(found.notes.by_row) == {row: MINE}
    assert found.lost == ()


@pytest.mark.parametrize(
    ("others", "path", "is_lost"),
    [
        ([event("Other", "2020", "z")], "war.csv", True),
        ([event("Other", "2020", "z")], "else.csv", False),
        ([event("Meeting", "1999", "UKR123", file="else.csv")], "else.csv", False),
        ([event("Battle", "2024-06-19", "a"), event("Battle", "2024-06-19", "b")], "war.csv", True),
        ([event("Battle", "2024-06", "a")], "war.csv", True),
    ],
    ids=["withdrawn", "another file", "another file with the id", "two alike", "coarser date"],
)
def test_a_note_without_its_event_is_told_where_its_file_is_open(others: list[Event], path: str, is_lost: bool) -> None:
    found = find_notes(one_file(others, path), [NOTED])
    assert not found.by_row
    assert found.lost == ((NOTED,) if is_lost else ())


def test_an_id_that_a_reader_made_means_another_event_in_a_new_release() -> None:
    before = one_file([event("Raid", "2024-06-19", "event-2", record=2)])
    after = one_file(
        [event("Vote", "2024-06-19", "event-2", record=2), event("Raid", "2024-06-19", "event-3", record=3)]
    )
    found = find_notes(after, [kept(before)])
    assert [after.event(row).title for row in found.by_row] == ["Raid"]


def test_notes_on_what_is_one_event_now_are_told_together() -> None:
    first, second = one_file([BATTLE]), one_file([event("Battle", "2024-06-19", "UKR123", file="b.csv")], "b.csv")
    joined = join_tables([first, second], joins=True)
    assert len(joined) == 1
    notes = [kept(first, note=Note(text="one")), kept(second, note=Note(text="two"))]
    assert with_notes(joined, notes).notes.of(0) == Note(text="one\ntwo")


@pytest.mark.parametrize("on_disk", [True, False])
def test_a_note_stays_with_its_file_where_another_one_has_the_same_id(on_disk: bool) -> None:
    alike = [event("Battle", "2024-06-19", one) for one in ("UKR123", "RUS9")]
    others = [event(title, "2024-06-19", "UKR123", file="first.csv") for title in ("Vote", "Battle")]
    for other in others:
        files = [([other], "first.csv"), (alike, "war.csv")]
        if on_disk:
            both = join_tables([one_file(*file) for file in files])
        else:
            both = build_table([make_dataset(own, path=path) for own, path in files], NO_ACTORS)
        row = both.row_of("UKR123-2")
        assert dict(find_notes(both, [NOTED]).notes.by_row) == {row: MINE}
        assert row is not None
        of_both = kept(both, row)
        alone = one_file(alike)
        assert dict(find_notes(alone, [of_both]).notes.by_row) == {alone.row_of("UKR123"): MINE}


def test_a_withdrawn_event_leaves_its_note_to_no_other_that_its_file_numbers_alike() -> None:
    raids = [event("Raid", "2024-06-19", "raid"), event("Raid", "2024-07-01", "raid-2")]
    first, second = (kept(one_file(raids), row) for row in (0, 1))
    assert find_notes(one_file(raids[:1]), [second]).lost == (second,)
    other = event("Vote", "2024-01", "raid", file="first.csv")
    both = build_table([make_dataset([other], path="first.csv"), make_dataset(raids, path="war.csv")], NO_ACTORS)
    found = find_notes(both, [first, second])
    assert [both.event(row).when.text for row in found.by_row] == ["2024-06-19", "2024-07-01"]


@pytest.mark.parametrize(("path", "is_found"), [("war.csv", True), ("other.csv", False)])
def test_in_a_crowd_of_one_date_only_notes_of_the_file_itself_are_looked_for_by_title(
    path: str, is_found: bool
) -> None:
    crowd = [event(f"Raid {number}", "2024-06-19", f"r{number}") for number in range(MOST_ALIKE_ELSEWHERE)]
    table = one_file([*crowd, event("Battle", "2024-06-19", "other-id")], path)
    assert bool(find_notes(table, [NOTED]).by_row) == is_found
    assert find_notes(one_file([*crowd[1:], event("Battle", "2024-06-19", "other-id")], path), [NOTED]).by_row


def test_looking_is_given_up_when_nobody_wants_it() -> None:
    assert not find_notes(one_file([BATTLE]), [NOTED], lambda: False).by_row


@given(st.integers(1, 20).flatmap(lambda count: st.tuples(st.just(count), st.sets(st.integers(0, count - 1)))))
@settings(max_examples=examples(40))
def test_tables_on_disk_and_in_memory_find_the_same(sizes: tuple[int, set[int]]) -> None:
    count, rows = sizes
    events = some_events(count)
    built, stored = make_table(events), table_in_memory(events)
    notes = [kept(built, row, Note(text=str(row))) for row in sorted(rows)]
    assert find_notes(built, notes).notes.by_row == {row: Note(text=str(row)) for row in rows}
    assert find_notes(stored, notes).notes.by_row == find_notes(built, notes).notes.by_row


def test_only_the_name_of_the_file_is_kept() -> None:
    table = one_file([event("Battle", "2024", "x", file=str(Path("/home/me/secret/war.csv")))])
    assert noted_event(table, 0).file == "war.csv"
