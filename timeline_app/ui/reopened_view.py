"""Brings back what was looked at once files have been read anew."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from timeline_app.core.opened import Opened
from timeline_app.ui.saved_view import show_view, view_of
from timeline_app.ui.session import Session
from timeline_app.ui.window_files import FileOpener
from timeline_app.ui.workspace import SavedView


class ReopenedView(QObject):
    """Whoever has files read anew asks to `keep` the view first; the history begins anew where it is back.

    Where other files are asked for before these are read, nothing is brought back. `settled` says that files were
    opened, these or others, and are looked at as they will be.
    """

    settled = Signal()

    def __init__(self, session: Session, files: FileOpener, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._view: SavedView | None = None
        self._is_asked_for = False
        self._is_untouched = False
        files.opened.connect(self._restore)
        files.busy_changed.connect(self._follow_wish)
        files.failed.connect(self._forget)
        files.cancelled.connect(self._forget)
        session.history_changed.connect(self._touch)

    @property
    def is_untouched(self) -> bool:
        """Whether a view was brought back, and nothing was changed since."""
        return self._is_untouched

    def keep(self) -> None:
        """Keep what is looked at now, until files are opened or that is given up."""
        self._view, self._is_asked_for = view_of(self._session), False

    def _follow_wish(self, busy: bool) -> None:  # noqa: FBT001 — a slot
        """Take the first files that are asked for to be those whose view was kept."""
        if busy and self._is_asked_for:
            self._view = None
        self._is_asked_for = busy and self._view is not None

    def _restore(self, opened: Opened) -> None:
        view, self._view = self._view, None
        if view is not None and opened.table is not None:
            show_view(self._session, view)
            self._session.begin_history()
            self._is_untouched = True
        self.settled.emit()

    def _touch(self) -> None:
        self._is_untouched = False

    def _forget(self) -> None:
        self._view = None
