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


@pytest.mark.parametrize("act", [StoryTeller.copy, StoryTeller.begin, StoryTeller.add_step, StoryTeller.stop])
def test_what_was_just_written_is_kept_whatever_comes_next(
    teller: StoryTeller, store: StoryStore, act: Callable[[StoryTeller], None]
) -> None:
    teller.begin()
    teller.set_text("Just written")
    act(teller)
    assert kept_stories(store)[0].steps[0].text == "Just written"


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


def kept_stories(store: StoryStore) -> list[Story]:
    return [kept.story for kept in store.all()]


@pytest.fixture
def own(teller: StoryTeller) -> StoryTeller:
    """Tell a copy of the story, at its second step."""
    teller.tell(teller.stories()[0])
    teller.copy()
    teller.go(1)
    return teller


Act = Callable[[StoryTeller], None]


@pytest.mark.parametrize(
    ("act", "undone", "again", "place"),
    [
        (StoryTeller.delete_step, "Step 2 is there again", "Step 2 is taken out", 1),
        (lambda teller: teller.move_step(1), *["The steps are in the order that they had"] * 2, 1),
        (StoryTeller.add_step, "Step 3 is taken out", "Step 3 is there again", 2),
        (StoryTeller.use_view, *["Step 2 shows what it did"] * 2, 1),
        (lambda teller: teller.set_text("Other"), *["The paragraph of step 2 reads as it did"] * 2, 1),
        (
            lambda teller: teller.set_title("Other"),
            "The story is called “How it came” again",
            "The story is called “Other” again",
            1,
        ),
        (
            StoryTeller.delete,
            "The story “How it came” is there again",
            "The story “How it came” is deleted",
            0,
        ),
    ],
    ids=["delete", "move", "add", "use view", "text", "title", "delete story"],
)
def test_undo_takes_back_what_is_changed_of_a_story_and_says_what(
    own: StoryTeller, session: Session, store: StoryStore, act: Act, undone: str, again: str, place: int
) -> None:
    said: list[str] = []
    before = kept_stories(store)
    act(own)
    own.save()
    after = kept_stories(store)
    assert after != before
    own.said.connect(said.append)
    session.undo()
    assert (kept_stories(store), told(own), own.place) == (before, STORY, place)
    session.redo()
    assert kept_stories(store) == after
    session.undo()
    assert kept_stories(store) == before
    assert said == [undone, again, undone]


def test_what_is_written_in_one_go_is_one_step_and_nothing_of_the_view(own: StoryTeller, session: Session) -> None:
    view = session.viewport
    for length in range(1, 5):
        own.set_text("word"[:length])
    own.set_title("Other")
    session.undo()
    assert (told(own).title, own.step) == ("How it came", replace(STORY.steps[1], text="word"))
    session.undo()
    assert told(own) == STORY
    assert session.viewport == view


def test_beginning_a_story_is_undone_and_done_again(teller: StoryTeller, session: Session, store: StoryStore) -> None:
    teller.begin()
    (begun,) = store.all()
    session.undo()
    assert (teller.kept, store.all()) == (None, ())
    session.redo()
    assert (teller.kept, store.all()) == (begun, (begun,))


def test_the_story_that_undo_changes_is_shown_though_another_is_told(own: StoryTeller, session: Session) -> None:
    own.delete_step()
    changed = own.kept
    own.begin()
    own.stop()
    session.undo()
    session.undo()
    assert own.kept is not None
    assert changed is not None
    assert (own.kept.number, told(own), own.place) == (changed.number, STORY, 1)


def test_going_back_to_an_earlier_place_leaves_stories_as_they_are(own: StoryTeller, session: Session) -> None:
    own.set_text("New")
    session.go_back()
    assert own.step is not None
    assert own.step.text == "New"


def test_a_story_that_cannot_be_kept_is_not_said_to_be_back(
    own: StoryTeller, session: Session, store: StoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    own.delete_step()
    own.said.connect(said.append)

    def refuse(_kept: KeptStory) -> KeptStory:
        raise WorkspaceError("the disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(store, "save", refuse)
        session.undo()
    assert said == ["The story is not kept: the disk is full"]
    assert told(own) == STORY
    own.save()
    assert kept_stories(store) == [STORY], "it is tried again"


def test_what_was_written_and_could_not_be_kept_is_tried_again(
    own: StoryTeller, store: StoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_kept: KeptStory) -> KeptStory:
        raise WorkspaceError("the disk is full")

    own.set_text("New words")
    with monkeypatch.context() as patched:
        patched.setattr(store, "save", refuse)
        own.save()
    assert kept_stories(store) == [STORY]
    own.save()
    assert kept_stories(store) == [told(own)] != [STORY]


def test_what_could_not_be_kept_of_a_story_is_not_taken_for_one_of_the_next_and_tried_again(
    own: StoryTeller, store: StoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_kept: KeptStory) -> KeptStory:
        raise WorkspaceError("the disk is full")

    behind: list[bool] = []
    own.changed.connect(lambda: behind.append(own.is_behind))
    own.set_text("New words")
    written = told(own)
    with monkeypatch.context() as patched:
        patched.setattr(store, "save", refuse)
        own.tell(KeptStory(STORY))
    assert [kept.story for kept in own.stories()] == [STORY, written]
    own.stop()
    assert behind == [True, True, False]
    assert kept_stories(store) == [written]


def test_what_was_written_of_a_story_that_cannot_be_deleted_is_kept(
    own: StoryTeller, store: StoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_number: int) -> None:
        raise WorkspaceError("the disk is full")

    monkeypatch.setattr(store, "forget", refuse)
    own.set_text("New words")
    own.delete()
    assert own.is_behind
    own.save()
    assert kept_stories(store) == [told(own)] != [STORY]


def test_other_files_have_nothing_to_undo_of_stories(own: StoryTeller, session: Session, store: StoryStore) -> None:
    own.delete_step()
    after = kept_stories(store)
    session.set_table(table_of("peace.yaml"))
    assert not session.can_undo
    assert kept_stories(store) == after
