"""What a window remembers between two runs: recent files, the last session, and its place on the screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from timeline_app.core.errors import WorkspaceError
from timeline_app.core.opened import Opened
from timeline_app.core.safe_text import safe_text
from timeline_app.ui.main_window import MainWindow
from timeline_app.ui.saved_view import show_view, view_of
from timeline_app.ui.window_place import save_place, save_sides
from timeline_app.ui.workspace import RecentFile, SavedSession, SavedView, Workspace

MOST_LABEL_CHARACTERS = 120


@dataclass(frozen=True, slots=True)
class Recent:
    """A file of the recent ones, and its line in the menu."""

    path: Path
    label: str


class WindowMemory:
    """Keeps one window's files and view in the user's workspace, and its place on the screen in a file of its own.

    Without a place file the place is forgotten; a device in its stead would do harm, since QSettings replaces it.
    """

    def __init__(self, window: MainWindow, workspace: Workspace, place_file: Path | None) -> None:
        self._window = window
        self._workspace = workspace
        self._place_file = place_file
        self._resumed: SavedSession | None = None
        window.files.opened.connect(self._take_opened)
        window.files.failed.connect(self._forget_wish)
        window.files.cancelled.connect(self._forget_wish)
        window.closing.connect(self.save)

    def recent_files(self) -> tuple[Recent, ...]:
        """Return the files opened last, the latest first."""
        return tuple(Recent(Path(file.path), _recent_label(file.path, file.title)) for file in self.opened_before())

    def opened_before(self) -> tuple[RecentFile, ...]:
        """Return what is known of the files opened last, the latest first."""
        try:
            return self._workspace.recent_files()
        except WorkspaceError as error:
            self._window.show_message(str(error))
            return ()

    def forget_recent(self) -> None:
        """Leave no recent file."""
        self._keep(self._workspace.forget_all_files)

    def remember_files(self, opened: Opened) -> None:
        """Put the files that were read at the top of the recent ones; the bundled timeline is not one of them."""
        if opened.table is None or not opened.paths:
            return
        for report in opened.table.files:
            path = str(Path(report.path).absolute())
            self._keep(partial(self._workspace.remember_file, path, opened.table.title, report.loaded))

    def view_names(self) -> tuple[str, ...]:
        """Return the names of the views that were saved for the open files."""
        return tuple(self._views())

    def save_named_view(self, name: str) -> None:
        """Remember the present view by a name, in place of one of the same name."""
        view = view_of(self._window.session)
        if self._keep(partial(self._workspace.save_view, self._file_names(), name, view)):
            self._window.show_message(f"View saved: {name}")

    def show_named_view(self, name: str) -> None:
        """Look as the view of a name does."""
        view = self._views().get(name)
        problem = "" if view is None else show_view(self._window.session, view)
        if problem:
            self._window.show_message(problem)

    def forget_named_view(self, name: str) -> None:
        """Forget the view of a name."""
        if self._keep(partial(self._workspace.forget_view, self._file_names(), name)):
            self._window.show_message(f"View deleted: {name}")

    def save(self) -> None:
        """Remember where the window is, and what is open and looked at: not while nothing is open yet."""
        if self._resumed is None and self._window.session.table.files:
            self._save_session()
        if self._place_file is not None:
            save_place(self._window, self._place_file)
            save_sides(self._window.rooms.sides_px, self._place_file)

    def _save_session(self) -> None:
        saved = SavedSession(self._file_names(), view_of(self._window.session))
        self._keep(partial(self._workspace.save_session, saved))

    def _file_names(self) -> tuple[str, ...]:
        return tuple(str(path.absolute()) for path in self._window.files.paths)

    def _views(self) -> Mapping[str, SavedView]:
        try:
            return self._workspace.views(self._file_names())
        except WorkspaceError as error:
            self._window.show_message(str(error))
            return {}

    def resume(self) -> None:
        """Open the files of the last session again, and look at them as then."""
        try:
            self._resumed = self._workspace.last_session()
        except WorkspaceError as error:
            self._window.show_message(str(error))
            return
        if self._resumed is None:
            self._window.show_message("There is no last session to resume")
        else:
            self._window.files.open_files([Path(name) for name in self._resumed.files])

    def _take_opened(self, opened: Opened) -> None:
        self.remember_files(opened)
        resumed, self._resumed = self._resumed, None
        if resumed is None or resumed.files != tuple(str(path) for path in opened.paths):
            return
        problem = show_view(self._window.session, resumed.view)
        if problem:
            self._window.show_message(problem)

    def _forget_wish(self) -> None:
        self._resumed = None

    def _keep(self, act: Callable[[], None]) -> bool:
        """Do what writes to the workspace, and say why where it cannot be done; return whether it could."""
        try:
            act()
        except WorkspaceError as error:
            self._window.show_message(str(error))
            return False
        return True


def _recent_label(path: str, title: str) -> str:
    """Return a menu line; an ampersand would underline the letter after it."""
    name = Path(path).name
    text = f"{name} — {title}" if title and title != name else name
    return safe_text(text[:MOST_LABEL_CHARACTERS]).replace("&", "&&")
