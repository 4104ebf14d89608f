"""Asks for the columns of tables that cannot be understood alone, and opens them with the answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from timeline_app.core.errors import ReadError, TimelineError
from timeline_app.core.opened import Opened, ReadAs
from timeline_app.ui.dialogs.mapping_dialog import MappingDialog, MappingWish
from timeline_app.ui.dialogs.table_look import look_at_table
from timeline_app.ui.main_window import MainWindow

OpenWith = Callable[[ReadAs], None]


class ColumnAsker(QObject):
    """Asks when files could not be read; `unread` carries the errors where no answer would help.

    With them it carries whether other files were opened.
    While a table is asked for, and after Cancel, the window is as it was.
    """

    unread = Signal(object, bool)

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._not_saved = ""
        window.files.failed.connect(self._take_failed)
        window.files.opened.connect(self._take_opened)

    def ask(self, path: Path) -> None:
        """Show the columns of an open table, and open it again as they are then said to be."""
        files = self._window.files
        read_as = files.read_as.get(path, ReadAs())
        self._show(path, read_as, lambda said: files.add_files([path], {path: said}))

    def _take_failed(self, errors: Sequence[ReadError]) -> None:
        if not self._ask_what_is_unclear():
            self.unread.emit(errors, False)

    def _take_opened(self, opened: Opened) -> None:
        if self._not_saved:
            self._window.show_message(self._not_saved)
            self._not_saved = ""
        if not self._ask_what_is_unclear() and opened.errors:
            self.unread.emit(opened.errors, True)

    def _ask_what_is_unclear(self) -> bool:
        """Ask for the first table that was not understood, to open it with all that were asked for beside it."""
        files = self._window.files
        if not files.unclear:
            return False
        paths, asked_as = files.asked, files.asked_as
        path, read_as = next(iter(files.unclear.items()))
        self._show(path, read_as, lambda said: files.open_files(paths, {**asked_as, path: said}))
        return True

    def _show(self, path: Path, read_as: ReadAs, open_with: OpenWith) -> None:
        for earlier in self._window.findChildren(MappingDialog):
            earlier.reject()
        examine = partial(look_at_table, path, read_as.reader)
        dialog = MappingDialog(path, examine, self._window.look, self._window, mapping=read_as.mapping)
        dialog.wanted.connect(partial(self._open, read_as.reader, open_with))
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()

    def _open(self, reader: str, open_with: OpenWith, wish: MappingWish) -> None:
        """Remember what was said, and open the table; where it cannot be remembered it holds this once."""
        saved = self._window.services.mappings
        if saved is not None and wish.signature:
            try:
                saved.save(wish.signature, wish.mapping)
            except TimelineError as error:
                self._not_saved = f"Opened; {error}"
        open_with(ReadAs(reader, wish.mapping))
