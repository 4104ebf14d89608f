"""The stories of the user's own, in the workspace."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace

from timeline_app.core.story import Story, StoryStep
from timeline_app.ui.workspace import Workspace, from_json, storable, texts_of


@dataclass(frozen=True, slots=True)
class KeptStory:
    """A story with its number in the workspace, 0 for one that a file brings, and the names of its files."""

    story: Story
    files: tuple[str, ...] = ()
    number: int = 0

    @property
    def is_own(self) -> bool:
        """Whether it may be changed."""
        return self.number > 0


class StoryStore:
    """Keeps stories with the names of the files that they are told of; every method raises WorkspaceError."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def all(self) -> tuple[KeptStory, ...]:
        """Return every story, in the order they were begun."""
        rows = self._workspace.read("SELECT number, files, title, steps FROM stories ORDER BY number")
        return tuple(
            KeptStory(Story(title, _steps(from_json(steps))), texts_of(from_json(files)), number)
            for number, files, title, steps in rows
        )

    def save(self, kept: KeptStory) -> KeptStory:
        """Keep a story, in the stead of the one of its number; return it with its number."""
        steps = json.dumps([_tree(step) for step in kept.story.steps])
        values = (kept.number or None, json.dumps(kept.files), storable(kept.story.title), steps)
        with self._workspace.change() as connection:
            cursor = connection.execute(
                "INSERT OR REPLACE INTO stories (number, files, title, steps) VALUES (?, ?, ?, ?)", values
            )
            return replace(kept, number=cursor.lastrowid or 0)

    def forget(self, number: int) -> None:
        """Forget a story."""
        with self._workspace.change() as connection:
            connection.execute("DELETE FROM stories WHERE number = ?", (number,))


def _steps(value: object) -> tuple[StoryStep, ...]:
    return tuple(_step(tree) for tree in value if isinstance(tree, dict)) if isinstance(value, list) else ()


def _tree(step: StoryStep) -> dict[str, object]:
    """Return a step as it is kept: without where it once stood in a file."""
    return {name: value for name, value in asdict(step).items() if name != "query_at"}


def _step(tree: dict[str, object]) -> StoryStep:
    def text(name: str) -> str:
        value = tree.get(name)
        return value if isinstance(value, str) else ""

    return StoryStep(
        text("text"), text("query"), text("lanes"), text("since"), text("until"), texts_of(tree.get("selection"))
    )
