"""Understand the filters of a story as it was written."""

from __future__ import annotations

from collections.abc import Iterator

from timeline_app.core.dataset import Level, Problem
from timeline_app.core.errors import FilterError
from timeline_app.core.filter import Filter, evaluate
from timeline_app.core.story import Story, StoryStep
from timeline_app.core.table import LARGE, EventTable
from timeline_app.core.told_story import ToldStep, ToldStory
from timeline_app.query.parse import parse_query


def told_story(story: Story) -> ToldStory:
    """Understand the filter of every step; raises FilterError that names the step whose filter makes no sense."""
    steps = []
    for number, step in enumerate(story.steps, start=1):
        try:
            steps.append(ToldStep(step, _wanted(step)))
        except FilterError as error:
            raise FilterError(f"step {number} of “{story.title}”: {error}", error.position) from error
    return ToldStory(story.title, tuple(steps))


def story_problems(story: Story, table: EventTable) -> Iterator[Problem]:
    """Give a warning of each step whose filter makes no sense, at its character, or lets no event of a table pass.

    What a person's own notes decide is not known here, and very many events are not gone through.
    """
    for number, step in enumerate(story.steps, start=1):
        position, message = 0, ""
        try:
            wanted = _wanted(step)
            if 0 < len(table) <= LARGE and not wanted.asks_for_notes and not evaluate(wanted, table).shown:
                message = "no event passes this filter"
        except FilterError as error:
            position, message = error.position, str(error)
        if message:
            place = step.query_at.place_of(position)
            yield Problem(f"query: step {number} of “{story.title}”: {message}", *place, level=Level.WARNING)


def _wanted(step: StoryStep) -> Filter:
    """Understand the filter of a step; raises FilterError."""
    wanted = parse_query(step.query)
    wanted.range_s()
    wanted.known_day()
    return wanted
