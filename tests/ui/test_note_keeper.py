"""What is noted is kept at once, taken back by undo, and found again by the next window."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.helpers.tables import NO_ACTORS, make_dataset, make_event
from timeline_app.core.build import build_table
from timeline_app.core.errors import ReadError, WorkspaceError
from timeline_app.core.event import Origin
from timeline_app.core.filter import Filter
from timeline_app.core.kept_notes import KeptNote, NotedEvent, noted_event
from timeline_app.core.notes import NO_NOTE, Note, Notes
from timeline_app.core.table import LARGE, EventTable
from timeline_app.ui import note_keeper
from timeline_app.ui.note_keeper import NoteKeeper
from timeline_app.ui.session import Session
from timeline_app.ui.workspace import Workspace
from timeline_app.ui.workspace_notes import NoteStore

STAR = Note(starred=True)


def table_of(*titles: str, file: str = "war.yaml") -> EventTable:
    events = [
        make_event(title, f"2024-06-{day:02}", origin=Origin(file, day, day)) for day, title in enumerate(titles, 1)
    ]
    return build_table([make_dataset(events, path=file)], NO_ACTORS)


TABLE = table_of("Pact", "Raid", "Vote")


@pytest.fixture
def store() -> NoteStore:
    return NoteStore(Workspace.temporary())


@pytest.fixture
def session(qapp: object) -> Session:
    return Session(TABLE)


@pytest.fixture
def keeper(session: Session, store: NoteStore) -> NoteKeeper:
    return NoteKeeper(session, store)


def kept(store: NoteStore) -> dict[str, Note]:
    return {one.event.id: one.note for one in store.all()}


def counted_calls(store: NoteStore, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return a list that grows with each transaction of a store."""
    calls: list[int] = []
    real = store.replace

    def counted(removed: list[KeptNote], added: list[KeptNote]) -> tuple[KeptNote, ...]:
        calls.append(1)
        return real(removed, added)

    monkeypatch.setattr(store, "replace", counted)
    return calls


@pytest.mark.usefixtures("keeper")
def test_a_star_is_kept_at_once_and_taken_back_by_undo(session: Session, store: NoteStore) -> None:
    session.set_note(0, STAR)
    assert kept(store) == {"pact": STAR}
    session.undo()
    assert kept(store) == {}
    session.redo()
    assert kept(store) == {"pact": STAR}
    assert session.notes.starred.tolist() == [0]


@pytest.mark.usefixtures("keeper")
def test_several_stars_are_one_step_and_one_transaction(
    session: Session, store: NoteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = counted_calls(store, monkeypatch)
    session.set_notes({0: STAR, 2: STAR})
    assert kept(store) == {"pact": STAR, "vote": STAR}
    session.undo()
    assert kept(store) == {}
    assert len(calls) == 2


def test_very_many_stars_are_kept_once_their_events_are_read_in_the_background(
    session: Session, store: NoteStore, keeper: NoteKeeper, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(note_keeper, "MOST_AT_ONCE", 1)
    reading: list[str] = []
    real = noted_event

    def noted(table: EventTable, row: int) -> NotedEvent:
        reading.append(threading.current_thread().name)
        return real(table, row)

    monkeypatch.setattr(note_keeper, "noted_event", noted)
    calls = counted_calls(store, monkeypatch)
    with qtbot.waitSignal(keeper.saved):
        session.set_notes({0: STAR, 2: STAR})
        assert (kept(store), keeper.is_behind) == ({}, True)
    assert (kept(store), keeper.is_behind, len(calls)) == ({"pact": STAR, "vote": STAR}, False, 1)
    assert threading.main_thread().name not in reading
    assert len(reading) == 2
    # To take them away no event has to be read.
    session.undo()
    assert kept(store) == {}


@pytest.mark.parametrize("leaving", [True, False])
def test_very_many_stars_are_kept_before_other_files_are_shown_or_the_window_closes(
    session: Session, store: NoteStore, keeper: NoteKeeper, monkeypatch: pytest.MonkeyPatch, leaving: bool
) -> None:
    monkeypatch.setattr(note_keeper, "MOST_AT_ONCE", 1)
    session.set_notes({0: STAR, 2: STAR})
    assert kept(store) == {}
    if leaving:
        keeper.save()
    else:
        session.set_table(table_of("Other", file="other.yaml"))
    assert kept(store) == {"pact": STAR, "vote": STAR}


def test_very_many_stars_of_events_that_cannot_be_read_any_more_are_told(
    session: Session, keeper: NoteKeeper, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_given: object) -> NotedEvent:
        raise ReadError("the file is gone", "war.csv")

    monkeypatch.setattr(note_keeper, "MOST_AT_ONCE", 1)
    monkeypatch.setattr(note_keeper, "noted_event", refuse)
    with qtbot.waitSignal(keeper.said) as said:
        session.set_notes({0: STAR, 2: STAR})
    assert said.args == ["Your note is not kept: war.csv: the file is gone"]
    assert keeper.is_behind


def test_a_text_is_kept_once_its_writing_pauses_and_is_one_step(
    session: Session, store: NoteStore, keeper: NoteKeeper, qtbot: QtBot
) -> None:
    session.set_note(2, STAR)
    for length in range(1, 5):
        session.set_note(0, Note(text="word"[:length]), goes_on=True)
    assert kept(store) == {"vote": STAR}
    qtbot.waitUntil(lambda: kept(store).get("pact") == Note(text="word"))
    session.undo()
    assert session.notes.of(0) == NO_NOTE
    assert kept(store) == {"vote": STAR}
    session.set_note(1, Note(text="unfinished"), goes_on=True)
    keeper.save()
    assert kept(store)["raid"] == Note(text="unfinished")


@pytest.mark.usefixtures("keeper")
def test_what_is_not_yet_kept_is_kept_before_other_files_are_shown(session: Session, store: NoteStore) -> None:
    session.set_note(1, Note(text="word"), goes_on=True)
    session.set_table(table_of("Other", file="else.yaml"))
    assert kept(store) == {"raid": Note(text="word")}
    assert session.notes.of(0) == NO_NOTE
    session.set_table(TABLE)
    assert session.notes.of(1) == Note(text="word")


def test_the_next_window_finds_it_again(session: Session, tmp_path: Path) -> None:
    workspace = Workspace.open(tmp_path / "workspace.sqlite")
    first = NoteKeeper(session, NoteStore(workspace))
    session.set_note(1, Note(True, "Größe “x”\nsecond line", ("a, b"[:1], "č")))
    workspace.close()
    again = Workspace.open(tmp_path / "workspace.sqlite")
    other = Session(TABLE)
    second = NoteKeeper(other, NoteStore(again))
    assert dict(other.notes.by_row) == dict(session.notes.by_row)
    assert not other.can_undo
    assert first.lost == second.lost == ()
    again.close()


@pytest.mark.usefixtures("keeper")
def test_a_large_table_finds_its_notes_in_the_background(
    session: Session, store: NoteStore, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.set_note(1, STAR)
    monkeypatch.setattr(note_keeper, "LARGE", 0)
    assert len(TABLE) < LARGE
    other = Session(TABLE)
    finder = NoteKeeper(other, store)
    assert not other.can_note
    other.set_note(0, STAR)
    assert kept(store) == {"raid": STAR}, "nothing is written before it is known what there is"
    other.set_filter(Filter(starred=True))
    qtbot.waitUntil(lambda: other.can_note)
    qtbot.waitUntil(lambda: other.result.rows.tolist() == [1])
    assert finder.lost == ()


@pytest.mark.usefixtures("keeper")
def test_a_filter_on_notes_follows_what_is_noted(session: Session) -> None:
    session.set_filter(Filter(starred=True))
    assert session.result.shown == 0
    session.set_note(2, STAR)
    assert session.result.rows.tolist() == [2]
    session.set_note(2, NO_NOTE)
    assert session.result.shown == 0
    session.undo()
    assert session.result.rows.tolist() == [2]


@pytest.mark.usefixtures("keeper")
def test_going_back_to_another_place_leaves_notes_as_they_are(session: Session) -> None:
    session.set_selection((1,))
    session.set_note(1, STAR)
    session.set_selection((2,))
    session.go_back()
    assert session.selection == (1,)
    assert session.notes.starred.tolist() == [1]


@pytest.mark.usefixtures("keeper")
def test_notes_that_lost_their_event_are_told_and_can_be_given_to_another(
    session: Session, store: NoteStore, qtbot: QtBot
) -> None:
    session.set_notes({1: Note(text="ask", tags=("x",)), 2: STAR})
    said: list[str] = []
    later = Session(table_of("Pact", "Battle", "Other"))
    finder = NoteKeeper(later, store)
    finder.said.connect(said.append)
    assert [one.event.title for one in finder.lost] == ["Raid", "Vote"]
    later.set_selection((1,))
    later.set_note(1, STAR)
    with qtbot.waitSignal(finder.lost_changed):
        finder.give_to_current(finder.lost[0])
    assert later.notes.of(1) == Note(True, "ask", ("x",))
    finder.forget(finder.lost[0])
    assert finder.lost == ()
    assert kept(store) == {"battle": Note(True, "ask", ("x",))}
    later.set_table(table_of("Pact"))
    assert said[2:] == ["1 of your notes finds no event any more; see Edit, Notes without an event"]


@pytest.mark.usefixtures("keeper")
def test_a_note_that_could_not_be_given_to_another_event_is_not_forgotten(
    session: Session, store: NoteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.set_note(1, STAR)
    later = Session(table_of("Pact", "Battle"))
    finder = NoteKeeper(later, store)
    (lost,) = finder.lost
    later.set_selection((1,))

    def refuse(*_words: object) -> None:
        raise ReadError("the file is gone")

    with monkeypatch.context() as broken:
        broken.setattr(note_keeper, "noted_event", refuse)
        finder.give_to_current(lost)
    assert finder.lost == (lost,)
    assert kept(store) == {"raid": STAR}


@pytest.mark.usefixtures("keeper")
def test_notes_without_an_event_are_those_of_the_open_files(session: Session, store: NoteStore, qtbot: QtBot) -> None:
    session.set_note(1, STAR)
    later = Session(table_of("Pact", "Battle"))
    finder = NoteKeeper(later, store)
    assert [one.event.title for one in finder.lost] == ["Raid"]
    with qtbot.waitSignal(finder.lost_changed):
        later.set_table(replace(TABLE, notes=Notes({0: STAR})))
    assert finder.lost == ()
    assert kept(store) == {"raid": STAR}


def test_a_workspace_that_cannot_be_written_is_told_and_tried_again(
    session: Session, store: NoteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper = NoteKeeper(session, store)
    said: list[str] = []
    keeper.said.connect(said.append)

    def refuse(*_words: object) -> None:
        raise WorkspaceError("the disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(store, "replace", refuse)
        session.set_note(0, STAR)
    assert said == ["Your note is not kept: the disk is full"]
    session.set_note(1, STAR)
    assert kept(store) == {"pact": STAR, "raid": STAR}


def test_notes_that_come_with_a_table_are_shown_and_not_kept(store: NoteStore, qapp: object) -> None:
    session = Session(replace(TABLE, notes=Notes({0: STAR})))
    shown = NoteKeeper(session, store)
    assert shown.lost == ()
    assert session.notes.starred.tolist() == [0]
    assert kept(store) == {}


def test_a_note_given_to_another_event_is_taken_back_in_one_transaction(
    session: Session, store: NoteStore, keeper: NoteKeeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.set_notes({1: Note(text="mine"), 2: STAR})
    keeper.save()
    before = store.all()
    later = Session(table_of("Pact", "Else"))
    finder = NoteKeeper(later, store)
    said: list[str] = []
    finder.said.connect(said.append)
    lost, dropped = finder.lost
    calls = counted_calls(store, monkeypatch)
    later.set_selection((0,))
    finder.give_to_current(lost)
    finder.forget(dropped)
    assert (kept(store), finder.lost, len(calls)) == ({"pact": Note(text="mine")}, (), 2)
    later.undo()
    later.undo()
    assert (store.all(), finder.lost, later.notes.of(0)) == (before, (lost, dropped), NO_NOTE)
    assert len(calls) == 4
    later.redo()
    assert (kept(store)["pact"], finder.lost) == (Note(text="mine"), (dropped,))
    assert said == [
        "Given to “Pact”; undo takes it back",
        "The note is deleted; undo brings it back",
        "The note on “Vote” is without an event again",
        "The note on “Raid” is without an event again",
    ]
