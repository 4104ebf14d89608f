"""The story that is told: which one, at which step, and how it is changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePath

from PySide6.QtCore import QObject, QTimer, Signal

from timeline_app.core.errors import WorkspaceError
from timeline_app.core.story import Story, StoryStep
from timeline_app.ui.note_keeper import PAUSE_MS
from timeline_app.ui.session import Session
from timeline_app.ui.story_changes import change_words, first_change
from timeline_app.ui.story_view import show_step, step_of
from timeline_app.ui.workspace_stories import KeptStory, StoryStore

UNNAMED = "Untitled story"


class StoryTeller(QObject):
    """Shows the steps of a story in the session, and keeps each change of one's own in the workspace.

    `changed` follows which story is told and what it says, `said` tells what goes wrong, and what undo brought again.
    `saved` follows what could be kept.
    """

    changed = Signal()
    said = Signal(str)
    saved = Signal()

    def __init__(self, session: Session, store: StoryStore, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._store = store
        self._kept: KeptStory | None = None
        self._place = 0
        self._behind: dict[int, KeptStory] = {}
        self._recorded = session.stories
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.save)
        session.table_changed.connect(self.stop)
        session.stories_restored.connect(self._take_back)

    @property
    def kept(self) -> KeptStory | None:
        """The story that is told, None for none."""
        return self._kept

    @property
    def place(self) -> int:
        """Which step is shown, counted from 0."""
        return self._place

    @property
    def step(self) -> StoryStep | None:
        """The step that is shown, None where the story has none."""
        steps = self._kept.story.steps if self._kept else ()
        return steps[self._place] if self._place < len(steps) else None

    @property
    def can_change(self) -> bool:
        """Whether the story that is told is one's own."""
        return self._kept is not None and self._kept.is_own

    @property
    def is_behind(self) -> bool:
        """Whether something of a story is not kept yet, be it one that is told no more."""
        return bool(self._behind)

    def stories(self) -> tuple[KeptStory, ...]:
        """Return the stories of the open files: those that they bring, then one's own."""
        brought = tuple(KeptStory(story) for story in self._session.table.stories)
        return brought + tuple(kept for kept in self._all() if kept.files == self._file_names())

    def other_stories(self) -> tuple[KeptStory, ...]:
        """Return one's own stories of other files."""
        return tuple(kept for kept in self._all() if kept.files != self._file_names())

    def tell(self, kept: KeptStory, place: int = 0) -> None:
        """Begin to tell a story, at its first step."""
        self.save()
        self._kept, self._place = kept, place
        self._show()

    def go(self, by: int) -> None:
        """Go on by some steps, or back, as far as there are any."""
        if self._kept is not None and self._kept.story.steps:
            place = min(max(self._place + by, 0), len(self._kept.story.steps) - 1)
            if place != self._place:
                self._place = place
                self._show()

    def stop(self) -> None:
        """Tell no story any more; the view stays."""
        self.save()
        if self._kept is not None:
            self._kept, self._place = None, 0
            self.changed.emit()

    def begin(self) -> None:
        """Begin a story of one's own with the present view."""
        self.save()
        story = Story(UNNAMED, (step_of(self._session),))
        self._keep(KeptStory(story, self._file_names()), 0)

    def copy(self) -> None:
        """Begin a story of one's own that says what the one that is told says."""
        self.save()
        if self._kept is not None:
            self._keep(KeptStory(self._kept.story, self._file_names()), self._place)

    def add_step(self) -> None:
        """Put the present view after the step that is shown."""
        place = self._place + 1 if self.step is not None else 0
        self._change(lambda story: story.inserted(place, step_of(self._session)), place)

    def use_view(self) -> None:
        """Let the step that is shown have the present view, and keep its paragraph."""
        step = self.step
        if step is not None:
            shown = step_of(self._session, step.text)
            self._change(lambda story: story.changed(self._place, shown), self._place)

    def move_step(self, by: int) -> None:
        """Put the step that is shown earlier or later in the story."""
        to = self._place + by
        if self._kept is not None and self.step is not None and 0 <= to < len(self._kept.story.steps):
            self._change(lambda story: story.moved(self._place, to), to)

    def delete_step(self) -> None:
        """Take the step that is shown out of the story."""
        if self.step is not None:
            self._change(lambda story: story.without(self._place), max(self._place - 1, 0))

    def set_text(self, text: str) -> None:
        """Give the step that is shown another paragraph, kept once its writing pauses."""
        step = self.step
        if step is not None and text != step.text:
            self._write(lambda story: story.changed(self._place, replace(step, text=text)), self._place)

    def set_title(self, title: str) -> None:
        """Give the story another title, kept once its writing pauses."""
        if self._kept is not None and title and title != self._kept.story.title:
            self._write(lambda story: replace(story, title=title), "title")

    def delete(self) -> None:
        """Forget the story that is told."""
        if self._kept is None or not self.can_change:
            return
        if not self._forget(self._kept.number):
            return
        self._pause.stop()
        self._behind.pop(self._kept.number, None)
        self._record(self._kept.number, self._kept, None)
        self.said.emit("The story is deleted; undo brings it back")
        self.stop()

    def save(self) -> None:
        """Keep what was written and has not been kept yet; what cannot be is tried again the next time."""
        self._pause.stop()
        for kept in tuple(self._behind.values()):
            self._put(kept)

    def _write(self, change: Callable[[Story], Story], part: object) -> None:
        """Change a part of what a story says; what is written on the same part in one go is one step for undo."""
        before = self._kept
        if before is not None and self.can_change:
            self._kept = replace(before, story=change(before.story))
            self._behind[self._kept.number] = self._kept
            self._pause.start()
            self._record(before.number, before, self._kept, (before.number, part))
            self.changed.emit()

    def _change(self, change: Callable[[Story], Story], place: int) -> None:
        if self._kept is not None and self.can_change:
            self._pause.stop()
            self._keep(replace(self._kept, story=change(self._kept.story)), place)

    def _keep(self, kept: KeptStory, place: int) -> None:
        """Keep a story and tell it from a place on; the view stays as it is."""
        before = self._kept if kept.is_own else None
        written = self._put(kept)
        if written is not None:
            self._kept, self._place = written, place
            self._record(written.number, before, written)
            self.changed.emit()

    def _record(self, number: int, before: KeptStory | None, after: KeptStory | None, written: object = None) -> None:
        self._session.set_story(number, before, after, written)
        self._recorded = self._session.stories

    def _take_back(self) -> None:
        """Keep and show stories as they were, or will be again, after undo or redo."""
        before, self._recorded = self._recorded, self._session.stories
        for number, story in self._recorded.items():
            if story != before.get(number):
                self._bring_again(number, before.get(number), story)

    def _bring_again(self, number: int, before: KeptStory | None, story: KeptStory | None) -> None:
        self._pause.stop()
        self._behind.pop(number, None)
        is_told = self._kept is not None and self._kept.number == number
        if story is None:
            is_kept = self._forget(number)
            self._kept, self._place = (None, 0) if is_told else (self._kept, self._place)
        else:
            is_kept = self._put(story) is not None
            if not is_kept:
                self._behind[number] = story
            was = before.story if before is not None else Story("")
            if not is_told or was.steps != story.story.steps:
                self._place = first_change(was, story.story)
            self._kept = story
        if is_kept:
            self.said.emit(change_words(before.story if before else None, story.story if story else None))
        self.changed.emit()

    def _put(self, kept: KeptStory) -> KeptStory | None:
        try:
            written = self._store.save(kept)
        except WorkspaceError as error:
            self.said.emit(f"The story is not kept: {error}")
            return None
        self._behind.pop(written.number, None)
        self.saved.emit()
        return written

    def _forget(self, number: int) -> bool:
        try:
            self._store.forget(number)
        except WorkspaceError as error:
            self.said.emit(str(error))
            return False
        return True

    def _show(self) -> None:
        if self.step is not None:
            problem = show_step(self._session, self.step)
            if problem:
                self.said.emit(problem)
        self.changed.emit()

    def _all(self) -> tuple[KeptStory, ...]:
        try:
            return tuple(self._behind.get(kept.number, kept) for kept in self._store.all())
        except WorkspaceError as error:
            self.said.emit(str(error))
            return ()

    def _file_names(self) -> tuple[str, ...]:
        return tuple(sorted(PurePath(report.path).name for report in self._session.table.files))
