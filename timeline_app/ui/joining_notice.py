"""Says that what several files or rows tell of is shown as one, and lets it be kept apart, or joined again."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from timeline_app.core.table import EventTable
from timeline_app.ui.panels.notice_bar import NoticeBar
from timeline_app.ui.reopened_view import ReopenedView
from timeline_app.ui.session import Session
from timeline_app.ui.settings import Settings
from timeline_app.ui.settings_table import JOINS
from timeline_app.ui.window_files import FileOpener

KEEP_APART = "Keep apart"
JOIN = "Join again"


class JoiningNotice(QObject):
    """Tells in a bar what was joined, and once that was undone here, how to have it back.

    Where the setting changes, the open files are read anew, and looked at as before. The joining counts as the first
    change of all, which can be undone when no other is left, and made again as long as there was no other since.
    """

    changed = Signal()

    def __init__(
        self, session: Session, settings: Settings, files: FileOpener, bar: NoticeBar, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._settings = settings
        self._files = files
        self._bar = bar
        self._was_kept_apart = False
        self._view = ReopenedView(session, files, self)
        session.table_changed.connect(self._tell)
        settings.changed.connect(self._follow_setting)
        self._view.settled.connect(self.changed)
        bar.link_clicked.connect(self._change)
        self._tell()

    @property
    def can_undo(self) -> bool:
        """Whether the joining is what would be undone next."""
        return bool(self._session.table.joined) and not self._session.can_undo and not self._files.is_busy

    @property
    def can_redo(self) -> bool:
        """Whether events were kept apart here, and nothing was changed since."""
        return self._is_undone and self._view.is_untouched and not self._files.is_busy

    def undo(self) -> None:
        """Keep apart what was joined, where that is what would be undone next."""
        if self.can_undo:
            self._change()

    def redo(self) -> None:
        """Join again what was just kept apart."""
        if self.can_redo:
            self._change()

    @property
    def _is_undone(self) -> bool:
        return self._was_kept_apart and not self._settings.get(JOINS) and self._could_join

    @property
    def _could_join(self) -> bool:
        """Whether there are several files, or rows of one that tell of one event."""
        table = self._session.table
        return len(table.files) > 1 or table.more_rows > 0

    def _tell(self) -> None:
        table, is_undone = self._session.table, self._is_undone
        self._bar.link_button.setText(JOIN if is_undone else KEEP_APART)
        self._bar.link_button.updateGeometry()
        self._bar.say(apart_words(table) if is_undone else joined_words(table.joined, table.more_rows))

    def _change(self) -> None:
        """Keep the events apart, or join them again."""
        joins = not self._settings.get(JOINS)
        self._was_kept_apart = not joins
        self._settings.set(JOINS, joins)

    def _follow_setting(self, key: str) -> None:
        if key == JOINS.key and (len(self._files.paths) > 1 or self._could_join):
            self._view.keep()
            self._files.reopen()


def joined_words(joined: int, rows: int = 0) -> str:
    """Say how many records are shown as events that another file tells of too, or an earlier row; "" for none.

    Of the `joined` records, `rows` tell more of an event of an earlier row of their file.
    """
    told: list[str] = []
    files = joined - rows
    if joined and rows:
        what = "1 row tells" if rows == 1 else f"{rows:,} rows tell"
        told.append(f"{what} more of the event of an earlier row; it is shown once, with all actors")
    if files > 0:
        what = (
            "1 event stands in several files; it is"
            if files == 1
            else f"{files:,} events stand in several files; each is"
        )
        told.append(f"{what} shown once, with claims where the files differ")
    return ". ".join(told)


def apart_words(table: EventTable) -> str:
    """Say what is shown more than once."""
    tellers = [*(["files"] if len(table.files) > 1 else []), *(["rows"] if table.more_rows else [])]
    return f"What several {' or '.join(tellers)} tell of is shown once for each"
