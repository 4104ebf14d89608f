"""Begins the program: the window at once as it looked when it was opened last, then as it is.

What this module loads is what an empty window needs. NumPy, the readers and all that draws take three times as long as
Qt itself, and come once the remembered picture is painted; see "The first picture" in docs/architecture.md.
"""

from __future__ import annotations

import faulthandler
import os
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from timeline_app import __version__, paths
from timeline_app.core.errors import WorkspaceError
from timeline_app.ui.application import collect_in_main_thread, let_settle, show_until, start_application
from timeline_app.ui.first_picture import FOLDER, FirstPicture, PictureFolder, stamps_of
from timeline_app.ui.interrupts import closed_by_interrupt
from timeline_app.ui.main_window import MainWindow
from timeline_app.ui.picture_conditions import picture_conditions, system_colours
from timeline_app.ui.window_place import remembered_sides, restore_place

if TYPE_CHECKING:
    from timeline_app.core.filter import Filter
    from timeline_app.core.opened import Opened
    from timeline_app.core.table import EventTable
    from timeline_app.loading import WindowRequest
    from timeline_app.ui.settings import Settings
    from timeline_app.ui.workspace import Workspace

SETTLING_ROUNDS = 3
MOST_DOCUMENTS = 200
MOST_BYTES = 40_000_000
# A tree of values is not read as it streams by, and takes so much longer than a table of as many bytes.
TREES = (".yaml", ".yml", ".json")
READ_WHOLE = 20


def run_window(
    files: Sequence[Path], ask: Callable[[], WindowRequest], *, is_plain: bool = False, resume: bool = False
) -> int:
    """Open the window on some files, the bundled timeline for none, and return the exit status when it is closed.

    `ask` gives what opens them; a plain start, which asks for nothing else, may begin with a remembered picture. What
    takes long to read is read once the window is there, with its progress. Raises ReadError when none of the files can
    be read, FilterError for a filter that makes no sense, KeyboardInterrupt once Ctrl+C has closed the window.
    """
    start = _Start(files, is_plain=is_plain, resume=resume)
    faulthandler.enable()
    collector = collect_in_main_thread(start.application)
    try:
        return start.run(ask)
    finally:
        collector.stop()


class _Start:
    """One start of the program, from an empty window to the end of the event loop."""

    def __init__(self, files: Sequence[Path], *, is_plain: bool, resume: bool) -> None:
        self.application = start_application()
        self._files = files
        self._is_plain = is_plain
        self._resume = resume
        self._window = MainWindow()
        self._place_file = _user_file(paths.user_config_dir, "window.ini")
        self._is_maximised = restore_place(self._window, self._place_file)
        self._sides_px = remembered_sides(self._place_file)
        self._colours = system_colours()
        self._opens_later = _take_long(files)
        pictures = _user_file(paths.user_cache_dir, FOLDER) if is_plain and not self._opens_later else None
        if _have_folder(files):
            pictures = None  # What changes in a folder's files is not seen in the folder.
        self._pictures = None if pictures is None else PictureFolder(pictures)
        # Before anything is read: a file that changes while it is read must not pass for the one that was seen.
        # So must not the same file, of whose columns something else has been said since.
        said = _user_place(paths.saved_mappings_dir)
        seen = [*(files or (paths.bundled_timeline(),)), *([] if said is None else [said])]
        self._stamps = stamps_of(str(path.absolute()) for path in seen)

    def run(self, ask: Callable[[], WindowRequest]) -> int:
        """Show the window and return the exit status when it is closed; raises KeyboardInterrupt after Ctrl+C."""
        with closed_by_interrupt(self._window.close):
            return self._run(ask)

    def _run(self, ask: Callable[[], WindowRequest]) -> int:
        picture = self._remembered_picture()
        if picture is not None:
            self._window.show_picture(picture)
            if not show_until(self._window, self._window.picture_painted, maximised=self._is_maximised):
                return 0
        workspace = _user_workspace()
        try:
            return self.application.exec() if self._open(ask, workspace, picture) else 0
        finally:
            workspace.close()

    def _open(self, ask: Callable[[], WindowRequest], workspace: Workspace, picture: FirstPicture | None) -> bool:
        """Show the window with all that it has; return whether it is still open."""
        request = ask()
        # All that computes and draws: not before a remembered picture is painted.
        from timeline_app.app import as_set, fill_window
        from timeline_app.ui.settings import Settings  # likewise

        settings = Settings(workspace)
        loader = as_set(request.loader, settings)
        opened = loader.nothing() if self._opens_later else loader(self._files)
        if opened.table is None and opened.unclear:
            # The window asks, over an empty timeline.
            self._opens_later = True
            opened = loader.nothing()
        if system_colours() != self._colours:
            self._pictures = None  # No picture of a window that changes its colours while it opens.
        if self._pictures is not None:
            # Pictures are found without a look at the settings, so none may be left of others than there are now.
            settings.changed.connect(self._pictures.clear)
        fill_window(self._window, opened, settings, request.loader, self._sides_px)
        self._window.session.set_filter(request.wanted)
        painted = self._window.timeline.first_painted
        if picture is None and not show_until(self._window, painted, maximised=self._is_maximised):
            return False
        if self._complete(opened, settings, workspace):
            if self._opens_later:
                self._open_files(request.wanted)
            else:
                self._keep_picture(opened, picture)
        if picture is not None:
            let_settle(SETTLING_ROUNDS)
        self._window.show_live()
        return True

    def _remembered_picture(self) -> FirstPicture | None:
        if self._pictures is None:
            return None
        conditions = self._conditions(is_maximised=self._is_maximised)
        return self._pictures.find(self._picture_name(), conditions, int(time.time()))

    def _complete(self, opened: Opened, settings: Settings, workspace: Workspace) -> bool:
        """Add all that the first picture does without; return whether no last session is being opened instead."""
        from timeline_app.app import complete_window  # loaded once the first picture is painted
        from timeline_app.ui.failure_notice import FailureNotice  # likewise
        from timeline_app.ui.settings_table import RESUME  # likewise

        window = self._window
        FailureNotice(window, _user_file(paths.user_data_dir, "failures.log")).install()
        memory = complete_window(window, opened, workspace, self._place_file)
        memory.remember_files(opened)
        resumes = self._resume or (not self._files and settings.get(RESUME))
        if resumes:
            memory.resume()
        return not resumes

    def _open_files(self, wanted: Filter) -> None:
        """Open files in the window, and filter them once they are there."""
        files = self._window.files
        files.open_files(self._files)
        asked = files.asked

        def filter_them(opened: Opened) -> None:
            files.opened.disconnect(filter_them)
            if opened.paths == asked:  # Others, when these could not be read.
                self._window.session.set_filter(wanted)

        files.opened.connect(filter_them)

    def _keep_picture(self, opened: Opened, shown: FirstPicture | None) -> None:
        """Remember what the window looks like, unless the start asked for something that another one may not."""
        from timeline_app.ui.picture_keeper import PictureKeeper  # loaded once the first picture is painted

        documents = _documents(opened.table)
        if self._pictures is None or len(documents) > MOST_DOCUMENTS:
            return
        keep = partial(self._pictures.keep, self._picture_name())
        PictureKeeper(
            self.application,
            self._window,
            keep,
            lambda: self._conditions(is_maximised=self._window.isMaximized()),
            stamps_of(documents),
            shown,
        )

    def _picture_name(self) -> str:
        return "\n".join(self._stamps)

    def _conditions(self, *, is_maximised: bool) -> dict[str, str]:
        return picture_conditions(
            self._window, _program_state(), self._stamps, self._colours, self._sides_px, is_maximised=is_maximised
        )


def _take_long(files: Sequence[Path]) -> bool:
    """Return whether reading may take so long that a window should be there before, to tell how far it is."""
    try:
        return sum(file.stat().st_size * (READ_WHOLE if file.suffix in TREES else 1) for file in files) > MOST_BYTES
    except OSError:  # Told at once, when they are read.
        return False


def _have_folder(files: Sequence[Path]) -> bool:
    try:
        return any(file.is_dir() for file in files)
    except OSError:  # as above
        return False


def _documents(table: EventTable | None) -> set[str]:
    """Return where the documents are, or would be, that sources name, and what is read with a file that it lies beside.

    A problem more or less is seen in the window.
    """
    if table is None:
        return set()
    from timeline_app.readers.companions import companion_paths  # not before a remembered picture is painted

    files = [Path(report.path).absolute() for report in table.files]
    names = {source.file for source in table.source_by_key.values() if source.file}
    beside = {str(path) for file in files for path in companion_paths(file)}
    return beside | {str(file.parent / name) for file in files for name in names}


def _program_state() -> str:
    """Tell this program from any other version of it, and from itself before a change to its own files."""
    folders = (Path(__file__).parent, paths.resource("."))
    return f"{__version__}, changed at {max(map(_newest_change_ns, folders))}"


def _newest_change_ns(folder: Path) -> int:
    newest_ns = 0
    with os.scandir(folder) as entries:
        for entry in entries:
            if not entry.is_dir(follow_symlinks=False):
                newest_ns = max(newest_ns, entry.stat(follow_symlinks=False).st_mtime_ns)
            elif entry.name != "__pycache__":
                newest_ns = max(newest_ns, _newest_change_ns(Path(entry.path)))
    return newest_ns


def _user_workspace() -> Workspace:
    """Open what is remembered; without a folder for it nothing is, and the window says so."""
    from timeline_app.ui.workspace import WORKSPACE_FILE, Workspace  # SQLite waits for a remembered picture

    try:
        folder = paths.user_data_dir()
    except WorkspaceError as error:
        return Workspace.temporary(f"Nothing is remembered this time: {error}.")
    return Workspace.open_or_temporary(folder / WORKSPACE_FILE)


def _user_file(folder: Callable[[], Path], name: str) -> Path | None:
    """Return a file in one of the user's folders, None where there can be no such folder."""
    place = _user_place(folder)
    return None if place is None else place / name


def _user_place(folder: Callable[[], Path]) -> Path | None:
    """Return one of the user's folders, None where there can be none."""
    try:
        return folder()
    except WorkspaceError:  # The window opens without it, and has told about the workspace already.
        return None
