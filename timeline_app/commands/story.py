"""A story by its title, for commands that tell one: of the files, or one's own that the window keeps."""

from __future__ import annotations

from timeline_app.commands.inputs import did_you_mean
from timeline_app.commands.own_workspace import own_workspace
from timeline_app.core.errors import UsageError
from timeline_app.core.story import Story
from timeline_app.core.table import EventTable


def story_by_title(title: str, table: EventTable) -> Story:
    """Return the story of a title, in any case, those of the files before one's own; raises UsageError."""
    stories = (*table.stories, *_own_stories())
    for story in stories:
        if story.title.casefold() == title.casefold():
            return story
    raise UsageError(f"there is no story “{title}”{did_you_mean(title, [story.title for story in stories])}")


def _own_stories() -> tuple[Story, ...]:
    # SQLite is loaded only for who asks for a story.
    from timeline_app.ui.workspace_stories import StoryStore

    with own_workspace() as workspace:
        return () if workspace is None else tuple(kept.story for kept in StoryStore(workspace).all())
