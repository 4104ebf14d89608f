"""Builds and joins the long-lived objects that a window shows; how the program begins stands in start.py."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QThreadPool, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from timeline_app import paths
from timeline_app.core.errors import StoreError
from timeline_app.core.opened import Opened, Readings
from timeline_app.core.progress import Report
from timeline_app.loading import Loader, loader_from_resources
from timeline_app.ui.application import start_application
from timeline_app.ui.cache_access import CacheAccess
from timeline_app.ui.locale_words import LocaleWords
from timeline_app.ui.look import Look, register_fonts
from timeline_app.ui.main_window import MainWindow
from timeline_app.ui.mapping_access import MappingAccess
from timeline_app.ui.services import Services
from timeline_app.ui.session import Session
from timeline_app.ui.settings import Settings
from timeline_app.ui.settings_table import ACCESSIBLE_EVENTS, CACHE_LIMIT, JOINS, LANES, TEXT_SIZE, THEME
from timeline_app.ui.style import apply_style
from timeline_app.ui.window_place import Sides
from timeline_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from timeline_app.core.table import EventTable
    from timeline_app.store.cache import FileCache
    from timeline_app.ui.remembering import WindowMemory

Kept = TypeVar("Kept")

FONTS_REGISTERED = "fonts_registered"
GIGABYTE = 1_000_000_000


def make_application(*, on_screen: bool = True) -> QApplication:
    """Return the running QApplication, or start one, with the fonts that come with the program."""
    application = start_application(on_screen=on_screen)
    if not application.property(FONTS_REGISTERED):
        register_fonts(sorted(paths.resource("fonts").glob("*.ttf")))
        application.setProperty(FONTS_REGISTERED, True)
    return application


def create_window(files: Sequence[Path | str], *, settings: Settings | None = None) -> MainWindow:
    """Return a complete window on some files, on the bundled timeline for none; needs a QApplication.

    It remembers nothing. What cannot be read is told in the window; raises ReadError when files were named and none of
    them can be read.
    """
    settings = settings or Settings()
    loader = loader_from_resources()
    opened = as_set(loader, settings)([Path(file) for file in files])
    window = first_window(opened, settings, loader)
    complete_window(window, opened, Workspace.temporary())
    return window


def first_window(opened: Opened, settings: Settings, loader: Loader) -> MainWindow:
    """Return a window that can be painted, without the panes around the timeline; raises ReadError for nothing read."""
    if opened.table is None:
        raise opened.errors[0]
    make_application()
    window = MainWindow()
    fill_window(window, opened, settings, loader)
    return window


def fill_window(
    window: MainWindow,
    opened: Opened,
    settings: Settings,
    loader: Loader,
    sides_px: Sides = None,
) -> None:
    """Give an empty window the timeline and the overview; raises ReadError for nothing read.

    `sides_px` is how wide the panes at its sides were left, None where they take their share.
    """
    if opened.table is None:
        raise opened.errors[0]
    application = make_application()
    look = Look(opened.table, settings.get(THEME), settings.get(TEXT_SIZE) / 100)
    apply_style(application, look)
    look.changed.connect(lambda: apply_style(application, look))
    cache = partial(_limited_cache, loader, settings)
    services = Services(
        load=partial(_load_as_set, loader, settings),
        now_s=lambda: int(time.time()),
        open_web=lambda address: QDesktopServices.openUrl(QUrl(address)),
        words=LocaleWords.of_system(),
        paths=opened.read_paths,
        cache=CacheAccess(
            folder=lambda: str(_there(cache()).folder),
            size_bytes=lambda: _there(cache()).size_bytes(),
            clear=lambda: _there(cache()).clear(),
        ),
        mappings=MappingAccess(
            save=lambda signature, mapping: _there(loader.mappings()).save(signature, mapping),
            count=lambda: _there(loader.mappings()).count(),
            forget_all=lambda: _there(loader.mappings()).forget_all(),
        ),
    )
    session = Session(opened.table, passing=opened.passing)
    session.set_lane_limit(settings.get(LANES))
    window.fill(session, look, settings, services, sides_px)
    # A look that outlived its window would go on styling the application whenever the system changes its colours.
    look.setParent(window)


def complete_window(
    window: MainWindow, opened: Opened, workspace: Workspace, place_file: Path | None = None
) -> WindowMemory:
    """Add the panes, the actions and what else the first picture does without; `place_file` is for its geometry."""
    from timeline_app.ui.joining_notice import JoiningNotice  # loaded once the first picture is painted
    from timeline_app.ui.note_keeper import NoteKeeper  # likewise
    from timeline_app.ui.reading_notice import ReadingNotice  # likewise
    from timeline_app.ui.remembering import WindowMemory  # likewise
    from timeline_app.ui.repeats_notice import RepeatsNotice  # likewise
    from timeline_app.ui.story_teller import StoryTeller  # likewise
    from timeline_app.ui.timeline.accessible import make_accessible  # likewise
    from timeline_app.ui.window_commands import WindowCommands  # likewise
    from timeline_app.ui.word_indexer import WordIndexer  # likewise
    from timeline_app.ui.workspace_notes import NoteStore  # likewise
    from timeline_app.ui.workspace_stories import StoryStore  # likewise

    window.complete()
    window.closing.connect(WordIndexer(window.session, _index_words, window).stop)
    memory = WindowMemory(window, workspace, place_file)
    notes = NoteKeeper(window.session, NoteStore(workspace), window)
    notes.said.connect(window.show_message)
    window.leaving.add(notes)
    stories = StoryTeller(window.session, StoryStore(workspace), window)
    stories.said.connect(window.show_message)
    window.leaving.add(stories)
    window.add_story_bar(stories)
    ReadingNotice(window.session, window.files, window.reading_bar, window)
    joining = JoiningNotice(window.session, window.settings, window.files, window.joining_bar, window)
    with_children = window.settings.get(ACCESSIBLE_EVENTS)
    commands = WindowCommands(
        window, memory, joining, RepeatsNotice(window, window.repeats_bar, window), notes, stories
    )
    window.keep(memory, commands, make_accessible(window.timeline, with_children=with_children))
    commands.tell_of_start(opened, workspace)
    QThreadPool.globalInstance().start(_load_what_opens)
    return memory


def _load_as_set(
    loader: Loader,
    settings: Settings,
    files: Sequence[Path],
    report: Report,
    cancelled: Callable[[], bool],
    read_as: Readings,
) -> Opened:
    """Open files as the settings say by then."""
    return as_set(loader, settings)(files, report, cancelled, read_as)


def as_set(loader: Loader, settings: Settings) -> Loader:
    """Return a loader that does as the settings say at the moment."""
    cache = partial(_limited_cache, loader, settings)
    return replace(loader, cache=cache, joins=loader.joins and settings.get(JOINS), in_short=True)


def _limited_cache(loader: Loader, settings: Settings) -> FileCache | None:
    """Return a loader's cache with the limit that is set at the moment."""
    cache = loader.cache()
    if cache is not None:
        cache.limit_bytes = settings.get(CACHE_LIMIT) * GIGABYTE
    return cache


def _there(kept: Kept | None) -> Kept:
    if kept is None:
        raise StoreError("there is no folder for it")
    return kept


def _load_what_opens() -> None:
    """Load the modules that open files, which takes longer than to open most."""
    from timeline_app import opening, saved_mappings  # noqa: F401 — loaded once the first picture is painted
    from timeline_app.readers import readers  # likewise

    readers()


def _index_words(table: EventTable, cancelled: Callable[[], bool]) -> None:
    from timeline_app.indexing import index_words  # only where there is something to index

    index_words(table, cancelled)
