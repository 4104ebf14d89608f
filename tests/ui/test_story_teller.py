"""A story brings its views, is changed step by step, and is found again with its files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from tests.helpers.tables import NO_ACTORS, make_dataset, make_event
from timeline_app.core.build import build_table
from timeline_app.core.errors import WorkspaceError
from timeline_app.core.filter import Filter
from timeline_app.core.lanes import Grouping
from timeline_app.core.story import Story, StoryStep
from timeline_app.core.table import EventTable
from timeline_app.core.when import parse
from timeline_app.ui.session import Session
from timeline_app.ui.story_teller import StoryTeller
from timeline_app.ui.workspace import Workspace
from timeline_app.ui.workspace_stories import KeptStory, StoryStore

STORY = Story(
    "How it came",
    (
        StoryStep("First", "type:summit", "type", "2024-05", "2024-07", ("pact",)),
        StoryStep("All"),
        StoryStep("Broken", "nonsense:x", "", "", "", ("gone", "raid")),
    ),
)


def table_of(path: str = "war.yaml") -> EventTable:
    events = [make_event("Pact", "2024-06-01", type_="summit"), make_event("Raid", "2024-08-01", type_="attack")]
    return replace(build_table([make_dataset(events, path=path)], NO_ACTORS), stories=(STORY,))


@pytest.fixture
def store() -> StoryStore:
    return StoryStore(Workspace.temporary())


@pytest.fixture
def session(qapp: object) -> Session:
    return Session(table_of())


@pytest.fixture
def teller(session: Session, store: StoryStore) -> StoryTeller:
    return StoryTeller(session, store)


def selected(session: Session) -> list[int]:
    return list(session.selection)


def told(teller: StoryTeller) -> Story:
    assert teller.kept is not None
    return teller.kept.story


def test_each_step_brings_its_view_as_one_change(session: Session, teller: StoryTeller) -> None:
    session.set_selection((1,))
    teller.tell(teller.stories()[0])
    assert session.wanted == Filter(types=("summit",))
    assert session.grouping is Grouping.TYPE
    assert selected(session) == [0]
    assert session.viewport.left_s == parse("2024-05").start_earliest_s
    assert session.viewport.right_s == parse("2024-08").start_earliest_s
    session.undo()
    assert session.wanted == Filter()
    assert not session.can_undo
    teller.go(1)
    assert (teller.place, session.wanted) == (1, Filter())
    assert selected(session) == []
    teller.go(-5)
    assert teller.place == 0
    teller.go(100)
    assert teller.place == 2


def test_what_a_step_asks_in_vain_is_told_and_the_rest_is_shown(session: Session, teller: StoryTeller) -> None:
    said: list[str] = []
    teller.said.connect(said.append)
    teller.tell(teller.stories()[0], 2)
    assert said == [
        "Of this step, 1 of its events is not in the open files, and its filter cannot be understood: there is no "
        "field “nonsense:”; the fields are " + said[0].partition("the fields are ")[2]
    ]
    assert session.selection == (1,)


def test_a_story_of_a_file_is_copied_to_be_changed(teller: StoryTeller, store: StoryStore) -> None:
    teller.tell(teller.stories()[0])
    teller.delete_step()
    teller.delete()
    assert told(teller) == STORY
    assert store.all() == ()
    teller.copy()
    assert teller.can_change
    teller.delete_step()
    assert [step.text for step in told(teller).steps] == ["All", "Broken"]
    assert [kept.story for kept in store.all()] == [told(teller)]


def test_the_present_view_becomes_a_step(session: Session, teller: StoryTeller, store: StoryStore) -> None:
    session.set_filter(Filter(types=("attack",)))
    session.set_selection((1,))
    view = session.viewport
    teller.begin()
    session.set_filter(Filter())
    session.set_selection(())
    session.set_viewport(view.zoomed(2, 100))
    teller.add_step()
    assert (teller.place, len(told(teller).steps)) == (1, 2)
    assert session.wanted == Filter(), "to write a story changes no view"
    teller.go(-1)
    assert (session.wanted, session.selection) == (Filter(types=("attack",)), (1,))
    assert abs(session.viewport.left_s - view.left_s) <= 1
    assert abs(session.viewport.seconds_per_px / view.seconds_per_px - 1) < 0.01
    session.set_filter(Filter(starred=True))
    teller.set_text("Words")
    teller.use_view()
    assert told(teller).steps[0].query == "star:yes"
    assert told(teller).steps[0].text == "Words"
    teller.move_step(1)
    assert (teller.place, [step.text for step in told(teller).steps]) == (1, ["", "Words"])
    teller.move_step(1)
    assert teller.place == 1
    assert store.all()[0].story == told(teller)


def test_words_are_kept_once_their_writing_pauses(teller: StoryTeller, store: StoryStore, qtbot: QtBot) -> None:
    teller.begin()
    teller.set_title("A title")
    teller.set_text("One")
    assert store.all()[0].story.title == "Untitled story"
    qtbot.waitUntil(lambda: store.all()[0].story.title == "A title")
    teller.set_text("Two")
    teller.stop()
    assert store.all()[0].story.steps[0].text == "Two"
    assert teller.kept is None


def test_a_story_is_found_with_files_of_its_names_wherever_they_are(session: Session, store: StoryStore) -> None:
    first = StoryTeller(session, store)
    first.begin()
    moved = StoryTeller(Session(table_of("/elsewhere/war.yaml")), store)
    assert [kept.is_own for kept in moved.stories()] == [False, True]
    other = StoryTeller(Session(table_of("peace.yaml")), store)
    assert [kept.is_own for kept in other.stories()] == [False]
    assert len(other.other_stories()) == 1
    first.delete()
    assert other.other_stories() == ()
    assert first.kept is None


def test_other_files_end_the_story(session: Session, teller: StoryTeller) -> None:
    teller.tell(teller.stories()[0])
    session.set_table(table_of("peace.yaml"))
    assert teller.kept is None
    assert session.wanted == Filter()


@pytest.mark.parametrize("act", [StoryTeller.begin, StoryTeller.copy, StoryTeller.delete, StoryTeller.stories])
def test_a_workspace_that_fails_is_told(
    teller: StoryTeller, store: StoryStore, monkeypatch: pytest.MonkeyPatch, act: Callable[[StoryTeller], object]
) -> None:
    teller.begin()
    before = teller.kept
    said: list[str] = []
    teller.said.connect(said.append)

    def refuse(*_words: object) -> None:
        raise WorkspaceError("the disk is full")

    for name in ("save", "forget", "all"):
        monkeypatch.setattr(store, name, refuse)
    act(teller)
    assert len(said) == 1
    assert said[0].endswith("the disk is full")
    assert teller.kept == before


def test_what_is_damaged_in_a_kept_story_is_left_out(store: StoryStore) -> None:
    kept = store.save(KeptStory(STORY, ("war.yaml",)))
    with store._workspace.change() as connection:
        connection.execute(
            "UPDATE stories SET steps = ? WHERE number = ?", ('[{"text": 1}, 2, {"text": "A"}]', kept.number)
        )
    assert [one.story.steps for one in store.all()] == [(StoryStep(), StoryStep("A"))]
