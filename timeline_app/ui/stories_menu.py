"""The menu of the stories of the open files: each is told when it is chosen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QMenu

from timeline_app.core.safe_text import safe_text
from timeline_app.ui.story_teller import StoryTeller
from timeline_app.ui.workspace_stories import KeptStory


class StoriesMenu:
    """Fills the menu whenever it is about to be shown."""

    def __init__(self, menu: QMenu, teller: StoryTeller, tell: Callable[[KeptStory], None]) -> None:
        self._menu = menu
        self._teller = teller
        self._tell = tell
        self._others = QMenu("Of other files", menu)
        menu.aboutToShow.connect(self._fill)

    def _fill(self) -> None:
        self._menu.clear()
        self._others.clear()
        own, others = self._teller.stories(), self._teller.other_stories()
        for kept in own:
            self._add(self._menu, kept)
        if not own:
            self._menu.addAction("No story of these files yet").setEnabled(False)
        if others:
            self._menu.addSeparator()
            self._menu.addMenu(self._others)
            for kept in others:
                self._add(self._others, kept)

    def _add(self, menu: QMenu, kept: KeptStory) -> None:
        # An ampersand would underline the letter after it.
        label = safe_text(kept.story.title).replace("&", "&&")
        menu.addAction(label).triggered.connect(lambda _checked=False: self._tell(kept))
