"""Builds and joins the long-lived objects of the window, and sees to a clean end."""

from __future__ import annotations

import faulthandler
import gc
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QLocale, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from timeline_app import paths
from timeline_app.core.filter import Filter
from timeline_app.core.opened import Opened
from timeline_app.core.table import EventTable
from timeline_app.loading import Loader, load_gazetteer_from_resources
from timeline_app.scene.viewport import Viewport
from timeline_app.ui.failure_notice import FailureNotice
from timeline_app.ui.locale_words import LocaleWords
from timeline_app.ui.look import Look, register_fonts
from timeline_app.ui.main_window import MainWindow, Services
from timeline_app.ui.picture import PictureWish, draw_picture, draw_widget
from timeline_app.ui.remembering import WindowMemory
from timeline_app.ui.session import Session
from timeline_app.ui.settings import Settings
from timeline_app.ui.settings_table import LANES, REDUCED_MOTION, RESUME, SHOW_TODAY, TEXT_SIZE, THEME
from timeline_app.ui.style import apply_style
from timeline_app.ui.timeline.accessible import make_accessible
from timeline_app.ui.window_commands import WindowCommands
from timeline_app.ui.workspace import Workspace

NAME = "conflict-timeline"
COLLECT_MS = 10_000
FONTS_REGISTERED = "fonts_registered"


@dataclass(frozen=True, slots=True)
class _Joined:
    """A window and what remembers for it."""

    window: MainWindow
    memory: WindowMemory


def make_application(*, on_screen: bool = True) -> QApplication:
    """Return the running QApplication, or start one with the fonts that come with the program."""
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        application = QApplication([NAME] if on_screen else [NAME, "-platform", "offscreen"])
        application.setApplicationName(NAME)
        application.setApplicationDisplayName("Conflict Timeline")
        application.setDesktopFileName(NAME)
    if not application.property(FONTS_REGISTERED):
        register_fonts(sorted(paths.resource("fonts").glob("*.ttf")))
        application.setProperty(FONTS_REGISTERED, True)
    return application


def create_window(files: Sequence[Path | str], *, settings: Settings | None = None) -> MainWindow:
    """Return a window on some files, on the bundled timeline for none; needs a QApplication, remembers nothing.

    What cannot be read is told in the window. Raises ReadError when files were named and none of them can be read.
    """
    loader = Loader(load_gazetteer_from_resources())
    opened = loader([Path(file) for file in files])
    return _join(opened, settings or Settings(), loader, Workspace.temporary()).window


def run_window(load: Callable[[], tuple[Loader, Opened]], wanted: Filter, *, resume: bool = False) -> int:
    """Open the window on what `load` gives, read with what loader, and return the exit status when it is closed.

    Raises ReadError when none of the files can be read, FilterError for a filter that makes no sense.
    """
    application = make_application()
    faulthandler.enable()
    workspace = Workspace.open_or_temporary(paths.user_data_dir() / "workspace.sqlite")
    settings = Settings(workspace)
    loader, opened = load()
    joined = _join(opened, settings, loader, workspace, paths.user_config_dir() / "window.ini")
    window, memory = joined.window, joined.memory
    notice = FailureNotice(window, paths.user_data_dir() / "failures.log")
    notice.install()
    window.session.set_filter(wanted)
    memory.restore_place()
    memory.remember_files(opened)
    if resume or (not opened.paths and settings.get(RESUME)):
        memory.resume()
    if workspace.notice:
        window.show_message(workspace.notice)
    collector = _collect_in_main_thread(application)
    window.show()
    status = application.exec()
    collector.stop()
    workspace.close()
    return status


def picture_bytes(table: EventTable, wanted: Filter, wish: PictureWish, *, theme: str, whole_window: bool) -> bytes:
    """Return a picture of the timeline, or of the whole window; raises WriteError and FilterError."""
    application = make_application(on_screen=False)
    if not whole_window:
        look = Look(table, theme)
        apply_style(application, look)
        return draw_picture(table, wanted, wish, look, LocaleWords(QLocale()))
    settings = Settings()
    settings.set(THEME, theme)
    settings.set(REDUCED_MOTION, "on")
    settings.set(SHOW_TODAY, False)
    opened = Opened(tuple(Path(report.path) for report in table.files), table, ())
    window = _join(opened, settings, Loader(table.gazetteer), Workspace.temporary()).window
    window.session.set_filter(wanted)
    window.session.set_grouping(wish.grouping)
    window.resize(wish.width_px, wish.height_px)
    window.show()
    application.processEvents()
    if wish.view_s is not None:
        width_px = window.session.viewport.width_px
        window.session.set_viewport(Viewport.fit(*wish.view_s, width_px, margin=0.0))
    if wish.selected is not None:
        window.session.show_event(wish.selected)
    application.processEvents()
    picture = draw_widget(window, wish)
    window.close()
    return picture


def _join(
    opened: Opened, settings: Settings, loader: Loader, workspace: Workspace, place_file: Path | None = None
) -> _Joined:
    """Build the session, the look and the window of what was opened, and join them; raises ReadError for nothing."""
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
        words=LocaleWords(QLocale()),
        paths=opened.read_paths,
    )
    session = Session(opened.table)
    session.set_lane_limit(settings.get(LANES))
    window = MainWindow(session, look, settings, services)
    memory = WindowMemory(window, workspace, place_file)
    window.keep(memory, WindowCommands(window, memory), make_accessible(window.timeline))
    for error in opened.errors:
        window.show_message(str(error))
    return _Joined(window, memory)


def _collect_in_main_thread(application: QApplication) -> QTimer:
    """Collect cyclic garbage on a timer only: Qt objects that are collected in a worker thread crash the program."""
    gc.disable()
    timer = QTimer(application)
    timer.setInterval(COLLECT_MS)
    timer.timeout.connect(lambda: gc.collect(1))
    timer.start()
    return timer
