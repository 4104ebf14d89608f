"""From a story as it was written to one whose filters are understood."""

from __future__ import annotations

from timeline_app.core.errors import FilterError
from timeline_app.core.story import Story
from timeline_app.core.told_story import ToldStep, ToldStory
from timeline_app.query.parse import parse_query


def told_story(story: Story) -> ToldStory:
    """Understand the filter of every step; raises FilterError that names the step whose filter makes no sense."""
    steps = []
    for number, step in enumerate(story.steps, start=1):
        try:
            wanted = parse_query(step.query)
            wanted.range_s()
            wanted.known_day()
        except FilterError as error:
            raise FilterError(f"step {number} of “{story.title}”: {error}", error.position) from error
        steps.append(ToldStep(step, wanted))
    return ToldStory(story.title, tuple(steps))
