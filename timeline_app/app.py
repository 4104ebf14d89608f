"""Builds and joins the long-lived objects of the window, and sees to a clean end."""

from __future__ import annotations

import atexit
import faulthandler
import gc
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QMessageLogContext,
    QTimer,
    QtMsgType,
    QUrl,
    qInstallMessageHandler,
)
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from timeline_app import paths
from timeline_app.core.errors import WorkspaceError
from timeline_app.core.filter import Filter
from timeline_app.core.opened import Opened
from timeline_app.loading import Loader, load_gazetteer_from_resources
from timeline_app.ui.locale_words import LocaleWords
from timeline_app.ui.look import Look, register_fonts
from timeline_app.ui.main_window import MainWindow, Services
from timeline_app.ui.session import Session
from timeline_app.ui.settings import Settings
from timeline_app.ui.settings_table import ACCESSIBLE_EVENTS, LANES, RESUME, TEXT_SIZE, THEME
from timeline_app.ui.style import apply_style
from timeline_app.ui.window_place import restore_place
from timeline_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from timeline_app.ui.remembering import WindowMemory

NAME = "conflict-timeline"
COLLECT_MS = 10_000
FONTS_REGISTERED = "fonts_registered"


def make_application(*, on_screen: bool = True) -> QApplication:
    """Return the running QApplication, or start one with the fonts that come with the program."""
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        if not on_screen:
            qInstallMessageHandler(_tell_but_size_hints)
        application = QApplication([NAME] if on_screen else [NAME, "-platform", "offscreen"])
        application.setApplicationName(NAME)
        application.setApplicationDisplayName("Conflict Timeline")
        application.setDesktopFileName(NAME)
    if not application.property(FONTS_REGISTERED):
        register_fonts(sorted(paths.resource("fonts").glob("*.ttf")))
        application.setProperty(FONTS_REGISTERED, True)
        atexit.register(_delete_windows)
    return application


def create_window(files: Sequence[Path | str], *, settings: Settings | None = None) -> MainWindow:
    """Return a complete window on some files, on the bundled timeline for none; needs a QApplication.

    It remembers nothing. What cannot be read is told in the window; raises ReadError when files were named and none of
    them can be read.
    """
    loader = Loader(load_gazetteer_from_resources())
    opened = loader([Path(file) for file in files])
    window = first_window(opened, settings or Settings(), loader)
    complete_window(window, opened, Workspace.temporary())
    return window


def first_window(opened: Opened, settings: Settings, loader: Loader) -> MainWindow:
    """Return a window that can be painted, without the panes around the timeline; raises ReadError for nothing read."""
    if opened.table is None:
        raise opened.errors[0]
    application = make_application()
    look = Look(opened.table, settings.get(THEME), settings.get(TEXT_SIZE) / 100)
    apply_style(application, look)
    look.changed.connect(lambda: apply_style(application, look))
    services = Services(
        load=loader,
        now_s=lambda: int(time.time()),
        open_web=lambda address: QDesktopServices.openUrl(QUrl(address)),
        words=LocaleWords.of_system(),
        paths=opened.read_paths,
    )
    session = Session(opened.table)
    session.set_lane_limit(settings.get(LANES))
    window = MainWindow(session, look, settings, services)
    # A look that outlived its window would go on styling the application whenever the system changes its colours.
    look.setParent(window)
    return window


def complete_window(
    window: MainWindow, opened: Opened, workspace: Workspace, place_file: Path | None = None
) -> WindowMemory:
    """Add the panes, the actions and what else the first picture does without; `place_file` is for its geometry."""
    from timeline_app.ui.remembering import WindowMemory  # loaded once the first picture is painted
    from timeline_app.ui.timeline.accessible import make_accessible  # likewise
    from timeline_app.ui.window_commands import WindowCommands  # likewise

    window.complete()
    memory = WindowMemory(window, workspace, place_file)
    with_children = window.settings.get(ACCESSIBLE_EVENTS)
    window.keep(memory, WindowCommands(window, memory), make_accessible(window.timeline, with_children=with_children))
    for error in opened.errors:
        window.show_message(str(error))
    return memory


def run_window(loader: Loader, opened: Opened, wanted: Filter, *, resume: bool = False) -> int:
    """Open the window on what was opened with a loader, and return the exit status when it is closed.

    Raises ReadError when none of the files can be read, FilterError for a filter that makes no sense.
    """
    application = make_application()
    faulthandler.enable()
    workspace = _user_workspace()
    settings = Settings(workspace)
    window = first_window(opened, settings, loader)
    window.session.set_filter(wanted)
    place_file = _user_file(paths.user_config_dir, "window.ini")
    if place_file is not None:
        restore_place(window, place_file)

    def go_on() -> None:
        from timeline_app.ui.failure_notice import FailureNotice  # loaded once the first picture is painted

        FailureNotice(window, _user_file(paths.user_data_dir, "failures.log")).install()
        memory = complete_window(window, opened, workspace, place_file)
        memory.remember_files(opened)
        if resume or (not opened.paths and settings.get(RESUME)):
            memory.resume()
        if workspace.notice:
            window.show_message(workspace.notice)

    window.timeline.first_painted.connect(go_on)
    collector = _collect_in_main_thread(application)
    window.show()
    status = application.exec()
    collector.stop()
    workspace.close()
    return status


def _user_workspace() -> Workspace:
    """Open what is remembered; without a folder for it nothing is, and the window says so."""
    try:
        folder = paths.user_data_dir()
    except WorkspaceError as error:
        return Workspace.temporary(f"Nothing is remembered this time: {error}.")
    return Workspace.open_or_temporary(folder / "workspace.sqlite")


def _user_file(folder: Callable[[], Path], name: str) -> Path | None:
    """Return a file in one of the user's folders, None where there can be no such folder."""
    try:
        return folder() / name
    except WorkspaceError:  # The window opens without it, and has told about the workspace already.
        return None


def _tell_but_size_hints(_kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    """Write what Qt says to standard error, but not that a window nobody sees has no size hints."""
    if "propagateSizeHints" not in message:
        sys.stderr.write(f"{message}\n")


def _delete_windows() -> None:
    """Delete what is still open before Python takes itself apart: a widget that is laid out after that crashes."""
    for widget in QApplication.topLevelWidgets():
        widget.hide()
        widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _collect_in_main_thread(application: QApplication) -> QTimer:
    """Collect cyclic garbage on a timer only: Qt objects that are collected in a worker thread crash the program."""
    gc.disable()
    timer = QTimer(application)
    timer.setInterval(COLLECT_MS)
    timer.timeout.connect(lambda: gc.collect(1))
    timer.start()
    return timer
