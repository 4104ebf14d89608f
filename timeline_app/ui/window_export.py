"""Writing what a window shows to a file, as the export dialog asked for it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QImage

from timeline_app.core.watch import UNWATCHED, Watch, watched_table
from timeline_app.ui.export_subject import ExportSubject
from timeline_app.ui.export_wish import ExportWish, What
from timeline_app.ui.file_writer import MOST_AT_ONCE
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
    return export_work(window, wish, subject or export_subject(window))(UNWATCHED)


def export_work(window: MainWindow, wish: ExportWish, subject: ExportSubject) -> Callable[[Watch], str]:
    """Return what writes the file that was asked for, on any thread, as `export_wish` does; may also raise Cancelled.

    A picture of the window itself is drawn here and now; raises WriteError for a window that cannot be drawn.
    """
    if wish.what is What.EVENTS:
        return partial(_write_events, wish, subject)
    if wish.what is What.WINDOW:
        return partial(_write_content, wish, subject, _window_picture(window, wish))
    return partial(_write_picture, wish, subject, Look(subject.table, wish.theme))


def is_quick(wish: ExportWish, subject: ExportSubject) -> bool:
    """Return whether a file is written, or all but that is done, before anyone would see that it takes time."""
    return wish.what is What.WINDOW or (wish.what is What.EVENTS and len(subject.table) <= MOST_AT_ONCE)


def _write_events(wish: ExportWish, subject: ExportSubject, watch: Watch) -> str:
    options = WriteOptions(guard_formulas=wish.guards, with_notes=wish.with_notes)
    wanted = subject.filter_of(wish.which)
    return export(
        subject.table, wanted, wish.path, name=wish.format, force=wish.replaces, options=options, watch=watch
    ).notice


def _write_picture(wish: ExportWish, subject: ExportSubject, look: Look, watch: Watch) -> str:
    picture, wanted = subject.picture_wish(wish), subject.picture_filter(wish.which)
    content = draw_picture(watched_table(subject.table, watch), wanted, picture, look, subject.words)
    return _write_content(wish, subject, content, watch)


def _write_content(wish: ExportWish, subject: ExportSubject, content: bytes, watch: Watch) -> str:
    watch.go_on()
    inputs = [Path(report.path) for report in subject.table.files]
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
