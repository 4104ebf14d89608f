"""Writing what a window shows to a file, as the export dialog asked for it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QImage

from timeline_app.ui.export_subject import ExportSubject
from timeline_app.ui.export_wish import ExportWish, What
from timeline_app.ui.look import Look
from timeline_app.ui.main_window import MainWindow
from timeline_app.ui.picture import draw_picture, draw_widget
from timeline_app.ui.picture_wish import PictureKind, PictureWish
from timeline_app.ui.settings_table import THEME
from timeline_app.writers import export, write_file
from timeline_app.writers.options import WriteOptions


def export_subject(window: MainWindow) -> ExportSubject:
    """Return what a window has to export as it stands."""
    session, view = window.session, window.session.viewport
    return ExportSubject(
        session.noted_table,
        session.wanted,
        (view.left_s, view.right_s),
        window.services.words,
        session.current,
        session.grouping,
    )


def export_wish(window: MainWindow, wish: ExportWish, subject: ExportSubject | None = None) -> str:
    """Write the file that was asked for, and return what has to be told of it, "" where that is nothing.

    `subject` is what was there when the user was asked. Raises WriteError and UsageError, with what stood there before
    intact.
    """
    asked = subject or export_subject(window)
    if wish.what is What.EVENTS:
        options = WriteOptions(guard_formulas=wish.guards, with_notes=wish.with_notes)
        wanted = asked.filter_of(wish.which)
        return export(asked.table, wanted, wish.path, name=wish.format, force=wish.replaces, options=options).notice
    if wish.what is What.WINDOW:
        content = _window_picture(window, wish)
    else:
        look = Look(asked.table, wish.theme)
        picture = asked.picture_wish(wish)
        content = draw_picture(asked.table, asked.picture_filter(wish.which), picture, look, asked.words)
    inputs = [Path(report.path) for report in asked.table.files]
    write_file(wish.path, [content], force=wish.replaces, inputs=inputs)
    return ""


def window_image(window: MainWindow) -> QImage:
    """Return a picture of a window as it stands, in its present colours."""
    wish = PictureWish(PictureKind.PNG, window.width(), window.height())
    return QImage.fromData(QByteArray(draw_widget(window, wish)))


def _window_picture(window: MainWindow, wish: ExportWish) -> bytes:
    """Draw the window in the colours that were asked for, and give it its own again before it is next painted."""
    picture = PictureWish(PictureKind(wish.format), window.width(), window.height(), float(wish.scale))
    window.look.set_choice(wish.theme)
    window.status_line.catch_up()
    try:
        return draw_widget(window, picture)
    finally:
        window.look.set_choice(window.settings.get(THEME))
