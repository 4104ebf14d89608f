"""The lanes of a session as they are laid out, together with those that are come back to most often."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtGui import QFont

from timeline_app.scene.layout import FRAME_WORK, Layouts
from timeline_app.scene.viewport import Viewport
from timeline_app.ui.session import Session
from timeline_app.ui.timeline.pace import for_ms
from timeline_app.ui.timeline.title_measure import title_extents

FIRST_MS = 2  # for the layout of new lanes, before anything of them is shown


class ShownLayouts:
    """Lays out the lanes of a session by one font and the settings told last.

    The lanes of all events are kept while others are shown, as is, until `let_go`, what was shown before: to let go of
    it takes long.
    """

    def __init__(self, session: Session, font_of: Callable[..., QFont], max_lines: int, *, with_titles: bool) -> None:
        """`font_of` gives the font of titles, by the keyword `bold`."""
        self._session = session
        self._font_of = font_of
        self._max_lines, self._with_titles = max_lines, with_titles
        self._unfiltered: Layouts | None = None
        self._before: Layouts | None = None
        self._is_new = True
        self.measure()
        self._now = self._laid_out()

    @property
    def now(self) -> Layouts:
        """The lanes that are shown."""
        return self._now

    def measure(self) -> None:
        """Measure titles anew, for lanes that are still to come, as the events or the fonts are others."""
        self._extents = title_extents(self._session.table, self._font_of, with_titles=self._with_titles)
        self._unfiltered = None

    def begin_anew(self, max_lines: int, *, with_titles: bool) -> None:
        """Lay out the lanes by other fonts or settings."""
        self._max_lines, self._with_titles = max_lines, with_titles
        self.measure()
        self._now = self._laid_out()

    def turn(self, view: Viewport) -> None:
        """Turn to the session's lanes, which are others than before; those of all events are as they were left."""
        before = self._before = self._now
        if not before.set.filtered_out and before.extents.times is self._session.table.times:
            self._unfiltered = before
        if self._unfiltered is not None and self._unfiltered.set is self._session.lanes:
            self._now = self._unfiltered
        else:
            # Until a lane is laid out it is as high as it was, so that others do not jump twice.
            self._now = self._laid_out(before.lines_by_name(view))

    def let_go(self) -> None:
        """Let go of the lanes that were shown before."""
        self._before = None

    def lay_out(self, view: Viewport, *, in_full: bool) -> None:
        """Lay out what may not wait: all of a picture in full, some of new lanes, hardly anything while one moves."""
        self._now.prepare(view, None if in_full else FRAME_WORK)
        if self._is_new:
            self._now.proceed(view, for_ms(FIRST_MS))
        self._is_new = False

    def _laid_out(self, before: Mapping[str, int] | None = None) -> Layouts:
        self._is_new = True
        return Layouts(self._session.lanes, self._extents, self._max_lines, before)
