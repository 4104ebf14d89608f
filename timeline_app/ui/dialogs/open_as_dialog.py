"""Which reader a file is read by, and the choice of another one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QWidget

from timeline_app.core.errors import ReadError
from timeline_app.readers import Reader, likely_readers, readers
from timeline_app.ui.dialogs.button_box import ButtonBox
from timeline_app.ui.dialogs.controls import ChoiceBox
from timeline_app.ui.dialogs.dressing import DialogLabel, Voice, add_button, add_cancel_button, dialog_column
from timeline_app.ui.jobs import NewestJob
from timeline_app.ui.look import Look
from timeline_app.ui.safe_widgets import shown_line

WIDTH_PX = 480
MOST_NAME_CHARACTERS = 60
MOST_LIKELY = 3


@dataclass(frozen=True, slots=True)
class FileAndReader:
    """A file, and the reader that read it, "" for one that could not be read."""

    path: Path
    reader: str = ""


class OpenAsDialog(QDialog):
    """Shows how a file was read; `chosen` carries the path and the name of the reader that it is to be opened with.

    Which readers recognise the file is found out in the background.
    """

    chosen = Signal(object, str)

    def __init__(
        self,
        files: Sequence[FileAndReader],
        look: Look,
        parent: QWidget | None = None,
        *,
        likely: Callable[[Path], tuple[Reader, ...]] = likely_readers,
    ) -> None:
        super().__init__(parent)
        self._files = files
        self._likely = likely
        self._job = NewestJob(self)
        self.file = ChoiceBox(look)
        self.reader = ChoiceBox(look)
        self.read_as = DialogLabel("", look, Voice.NOTE)
        self.description = DialogLabel("", look, Voice.NOTE)
        self._build(look)
        self._job.finished.connect(self._show_likely)
        self._job.failed.connect(self._show_unread)
        self.file.currentIndexChanged.connect(lambda _place: self._follow_file())
        self.reader.currentIndexChanged.connect(lambda _place: self._follow_reader())
        self._follow_file()
        self.reader.setFocus()

    @property
    def chosen_reader(self) -> Reader:
        """The reader that the file would be opened with."""
        return readers()[max(self.reader.currentIndex(), 0)]

    @property
    def _chosen_file(self) -> FileAndReader:
        return self._files[max(self.file.currentIndex(), 0)]

    def open_file(self) -> None:
        """Hand the choice over and close."""
        self.accept()
        self.chosen.emit(self._chosen_file.path, self.chosen_reader.name)

    def _follow_file(self) -> None:
        one = self._chosen_file
        if one.reader:
            self.reader.setCurrentIndex(self.reader.findData(one.reader))
        self._say_how_it_was_read("")
        self._job.start(partial(self._likely, one.path))

    def _follow_reader(self) -> None:
        self.description.setText(f"{self.chosen_reader.description}.")
        self.reader.setAccessibleDescription(self.chosen_reader.description)

    def _show_likely(self, found: tuple[Reader, ...]) -> None:
        names = [one.name for one in found]
        if not self._chosen_file.reader and names:
            self.reader.setCurrentIndex(self.reader.findData(names[0]))
        others = [name for name in names if name != self._chosen_file.reader][:MOST_LIKELY]
        self._say_how_it_was_read(f"It also looks like {' or '.join(others)}." if others else "Nothing else is likely.")

    def _show_unread(self, error: Exception) -> None:
        if not isinstance(error, ReadError):
            raise error
        self._say_how_it_was_read(str(error.args[0]))

    def _say_how_it_was_read(self, more: str) -> None:
        reader = self._chosen_file.reader
        read_as = f"It was read as {reader}." if reader else "It could not be read."
        self.read_as.setText(f"{read_as} {more}".rstrip())
        if self.isVisible():
            # A label whose text takes another line asks for more room, which Qt gives to no window by itself.
            self.adjustSize()

    def _build(self, look: Look) -> None:
        self.setObjectName("open_as_dialog")
        column = dialog_column(self, "Open as", look, WIDTH_PX)
        for one in self._files:
            self.file.addItem(shown_line(one.path.name, MOST_NAME_CHARACTERS))
        for reader in readers():
            self.reader.addItem(reader.name, reader.name)
        self.file.setAccessibleName("File")
        self.reader.setAccessibleName("Reader")
        buttons = ButtonBox()
        self.open_button = add_button(
            buttons, "Open", self.open_file, name="open", role=QDialogButtonBox.ButtonRole.AcceptRole, is_default=True
        )
        add_cancel_button(buttons, self)
        for heading, *parts in (("File", self.file, self.read_as), ("Read as", self.reader, self.description)):
            column.addWidget(DialogLabel(heading, look, Voice.HEADING))
            for part in parts:
                column.addWidget(part)
        column.addStretch()
        column.addWidget(buttons)
