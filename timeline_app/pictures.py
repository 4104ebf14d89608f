"""Pictures of a timeline or of the whole window, for commands: drawn without a screen."""

from __future__ import annotations

from pathlib import Path

from timeline_app.app import complete_window, first_window, make_application
from timeline_app.core.filter import Filter
from timeline_app.core.opened import Opened
from timeline_app.core.table import EventTable
from timeline_app.core.told_story import ToldStory
from timeline_app.loading import Loader
from timeline_app.scene.viewport import Viewport
from timeline_app.ui.locale_words import LocaleWords
from timeline_app.ui.look import Look
from timeline_app.ui.picture import draw_picture, draw_widget, settle_unseen
from timeline_app.ui.picture_wish import PictureWish
from timeline_app.ui.settings import Settings
from timeline_app.ui.settings_table import REDUCED_MOTION, SHOW_TODAY, THEME
from timeline_app.ui.story_pages import draw_story
from timeline_app.ui.style import apply_style
from timeline_app.ui.workspace import Workspace


def picture_bytes(table: EventTable, wanted: Filter, wish: PictureWish, *, theme: str, whole_window: bool) -> bytes:
    """Return a picture of the timeline, or of the whole window; raises WriteError and FilterError."""
    application = make_application(on_screen=False)
    if whole_window:
        return _window_bytes(table, wanted, wish, theme)
    look = Look(table, theme)
    apply_style(application, look)
    return draw_picture(table, wanted, wish, look, LocaleWords.of_system())


def story_bytes(table: EventTable, story: ToldStory, *, theme: str) -> bytes:
    """Return a story as a PDF, a page for each step; raises WriteError and FilterError."""
    application = make_application(on_screen=False)
    look = Look(table, theme)
    apply_style(application, look)
    return draw_story(table, story, look, LocaleWords.of_system())


def _window_bytes(table: EventTable, wanted: Filter, wish: PictureWish, theme: str) -> bytes:
    settings = Settings()
    settings.set(THEME, theme)
    settings.set(REDUCED_MOTION, "on")
    settings.set(SHOW_TODAY, False)
    opened = Opened(tuple(Path(report.path) for report in table.files), table)
    window = first_window(opened, settings, Loader(table.gazetteer))
    complete_window(window, opened, Workspace.temporary())
    session = window.session
    session.set_filter(wanted)
    if wish.grouping is not None:
        session.set_grouping(wish.grouping)
    window.resize(wish.width_px, wish.height_px)
    counter = window.actors_panel.counter
    settle_unseen(window, lambda: session.is_settled and counter.is_settled)
    if wish.selected is not None:
        session.show_event(wish.selected)
    if wish.view_s is not None:
        session.set_viewport(Viewport.fit(*wish.view_s, session.viewport.width_px, margin=0.0))
    settle_unseen(window, lambda: session.is_settled and counter.is_settled)
    window.timeline.complete()
    draw_widget(window, wish)  # What is counted only now is written, and may take more room in the status line.
    window.status_line.catch_up()
    settle_unseen(window)
    picture = draw_widget(window, wish)
    window.close()
    return picture
