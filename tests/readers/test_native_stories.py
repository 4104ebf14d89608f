"""Stories of a timeline are read with their steps, reported where they are wrong, and written again."""

from __future__ import annotations

from pathlib import Path

import pytest

from timeline_app.core.filter import Filter
from timeline_app.core.story import Story, StoryStep
from timeline_app.loading import load_table
from timeline_app.paths import bundled_timeline
from timeline_app.query.story import told_story
from timeline_app.readers import read
from timeline_app.writers import export

EVENTS = "timeline_format: 1\ntitle: T\nevents:\n  - {id: pact, title: Pact, when: 2024-06}\n"
GOOD = """\
stories:
  - title: How it came
    steps:
      - {text: "First & <b>", query: 'type:attack', lanes: type, from: 2024-05, to: 2024-07, select: [pact]}
      - {text: Everything}
  - {title: Nothing yet, steps: []}
"""
STORIES = (
    Story(
        "How it came",
        (
            StoryStep("First & <b>", "type:attack", "type", "2024-05", "2024-07", ("pact",)),
            StoryStep("Everything"),
        ),
    ),
    Story("Nothing yet"),
)


def path_of(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "t.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_stories_are_read_in_their_order(tmp_path: Path) -> None:
    dataset = read(path_of(tmp_path, EVENTS + GOOD))
    assert dataset.stories == STORIES
    assert not dataset.problems
    assert not dataset.extra


@pytest.mark.parametrize(
    ("stories", "problem"),
    [
        ("stories: [one]", "stories: expected {title, steps}; found"),
        ("stories: [{steps: []}]", "stories: expected a title; found none"),
        ("stories: [{title: A, steps: [x]}]", "steps: expected {text, query, from, to, select}; found"),
        ("stories: [{title: A, stpes: []}]", 'unknown field "stpes" in a story; did you mean "steps"?'),
        ("stories: [{title: A, steps: [{lanes: rows}]}]", "lanes: expected one of actor, type, source, place, none"),
        ("stories: [{title: A, steps: [{from: soon}]}]", "from:"),
        ("stories: [{title: A, steps: [{from: 2024, to: 2023}]}]", "from: expected a date with a beginning before"),
        ("stories: [{title: A, steps: [{select: [gone]}]}]", "select: expected the id of an event of this file; found"),
    ],
)
def test_what_is_wrong_is_told_with_its_place_and_the_events_load(tmp_path: Path, stories: str, problem: str) -> None:
    dataset = read(path_of(tmp_path, f"{EVENTS}{stories}\n"))
    assert len(dataset.events) == 1
    assert any(found.message.startswith(problem) and found.line == 5 for found in dataset.problems), dataset.problems


@pytest.mark.parametrize("ending", ["yaml", "json"])
def test_stories_are_written_with_all_events_and_read_again(tmp_path: Path, ending: str) -> None:
    table = load_table([path_of(tmp_path, EVENTS + GOOD)])
    assert table.stories == STORIES
    export(table, Filter(), tmp_path / f"again.{ending}")
    assert read(tmp_path / f"again.{ending}").stories == STORIES
    export(table, Filter(types=("none",)), tmp_path / f"part.{ending}")
    assert read(tmp_path / f"part.{ending}").stories == ()


def test_stories_of_several_files_stand_one_after_the_other(tmp_path: Path) -> None:
    other = tmp_path / "other.yaml"
    other.write_text(EVENTS.replace("pact", "vote").replace("Pact", "Vote") + "stories: [{title: B}]\n", "utf-8")
    table = load_table([path_of(tmp_path, EVENTS + GOOD), other])
    assert [story.title for story in table.stories] == ["How it came", "Nothing yet", "B"]


def test_the_story_of_the_bundled_timeline_shows_what_it_tells_of() -> None:
    table = load_table([bundled_timeline()])
    (story,) = table.stories
    for told in told_story(story).steps:
        assert told.step.text
        assert told.step.view_s is not None
        assert [table.row_of(event_id) is not None for event_id in told.step.selection] == [True]
