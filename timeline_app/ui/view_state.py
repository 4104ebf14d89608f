"""What undo brings again, and back: frozen values of what was on screen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from timeline_app.core.filter import Filter
from timeline_app.core.lanes import Grouping
from timeline_app.core.notes import NO_NOTES, Notes
from timeline_app.scene.viewport import Viewport

if TYPE_CHECKING:
    from timeline_app.ui.workspace_stories import KeptStory

# One's own stories that were written since the files were opened, by their numbers; None for one that is not there.
Stories = Mapping[int, "KeptStory | None"]
NO_STORIES: Stories = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class ViewState:
    """What undo brings again."""

    wanted: Filter
    grouping: Grouping
    viewport: Viewport
    notes: Notes = NO_NOTES
    stories: Stories = field(default_factory=lambda: NO_STORIES)

    def knowing(self, number: int, story: KeptStory | None) -> ViewState:
        """Return the state with a story as it was when this was recorded, where that is not known yet."""
        return self if number in self.stories else self.with_story(number, story)

    def with_story(self, number: int, story: KeptStory | None) -> ViewState:
        """Return the state with another story of that number."""
        return ViewState(self.wanted, self.grouping, self.viewport, self.notes, {**self.stories, number: story})


@dataclass(frozen=True, slots=True)
class Place:
    """What back brings again; notes and stories stay as they are."""

    view: ViewState
    selection: tuple[int, ...]
