"""Writing what a window shows to a file, as the export dialog asked for it."""

from __future__ import annotations

from pathlib import Path

from timeline_app.ui.dialogs.export_dialog import ExportWish, What
from timeline_app.ui.look import Look
from timeline_app.ui.main_window import MainWindow
from timeline_app.ui.picture import draw_picture, draw_widget
from timeline_app.ui.picture_wish import PictureKind, PictureWish
from timeline_app.ui.settings_table import THEME
from timeline_app.writers import export, write_file


def export_wish(window: MainWindow, wish: ExportWish) -> None:
    """Write the file that was asked for; raises WriteError and UsageError, with what stood there before intact."""
    session = window.session
    if wish.what is What.EVENTS:
        export(session.table, session.wanted, wish.path, name=wish.format, force=wish.replaces)
        return
    view = session.viewport
    picture = PictureWish(
        kind=PictureKind(wish.format),
        width_px=wish.width_px if wish.what is What.TIMELINE else window.width(),
        height_px=wish.height_px if wish.what is What.TIMELINE else window.height(),
        scale=wish.scale,
        view_s=(view.left_s, view.right_s),
        selected=session.current,
        grouping=session.grouping,
    )
    if wish.what is What.WINDOW:
        content = _window_picture(window, picture, wish.theme)
    else:
        look = Look(session.table, wish.theme)
        content = draw_picture(session.table, session.wanted, picture, look, window.services.words)
    inputs = [Path(report.path) for report in session.table.files]
    write_file(wish.path, [content], force=wish.replaces, inputs=inputs)


def _window_picture(window: MainWindow, picture: PictureWish, theme: str) -> bytes:
    """Draw the window in the colours that were asked for, and give it its own again before it is next painted."""
    window.look.set_choice(theme)
    window.status_line.catch_up()
    try:
        return draw_widget(window, picture)
    finally:
        window.look.set_choice(window.settings.get(THEME))
