"""A story by its title, for commands that tell one: of the files, or one's own that the window keeps."""

from __future__ import annotations

from collections.abc import Sequence

from timeline_app.commands.inputs import did_you_mean
from timeline_app.commands.own_workspace import own_workspace
from timeline_app.core.errors import UsageError
from timeline_app.core.story import Story
from timeline_app.core.table import EventTable

MOST_NAMED = 5


def story_by_title(title: str, table: EventTable) -> Story:
    """Return the story of a title, in any case, those of the files before one's own; raises UsageError."""
    stories = (*table.stories, *_own_stories())
    for story in stories:
        if story.title.casefold() == title.casefold():
            return story
    titles = [story.title for story in stories]
    raise UsageError(f"there is no story “{title}”{did_you_mean(title, titles) or _told(titles)}")


def _told(titles: Sequence[str]) -> str:
    """Name the stories that there are, a few of many."""
    if not titles:
        return "; neither the files nor your own workspace have one"
    named = ", ".join(f"“{title}”" for title in titles[:MOST_NAMED])
    more = len(titles) - MOST_NAMED
    return f"; there is {named}{f' and {more:,} more' if more > 0 else ''}"


def _own_stories() -> tuple[Story, ...]:
    # SQLite is loaded only for who asks for a story.
    from timeline_app.ui.workspace_stories import StoryStore

    with own_workspace() as workspace:
        return () if workspace is None else tuple(kept.story for kept in StoryStore(workspace).all())
