"""Finds out in the background which of the open files might as well be something else than what they were read as."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from timeline_app.core.errors import ReadError
from timeline_app.readers import nearly_as_likely
from timeline_app.ui.jobs import NewestJob
from timeline_app.ui.panels.notice_bar import NoticeBar
from timeline_app.ui.session import Session
from timeline_app.ui.window_files import FileOpener

MOST_NAME_CHARACTERS = 60


@dataclass(frozen=True, slots=True)
class Unclear:
    """A file whose reader was chosen by little: its name, the reader, and those that are nearly as likely."""

    file: str
    reader: str
    others: tuple[str, ...]

    def __str__(self) -> str:
        others = " or ".join(self.others)
        return f"{self.file[-MOST_NAME_CHARACTERS:]} was read as {self.reader}; it might as well be {others}"


class ReadingNotice(QObject):
    """Says in a bar of the first unclear file; a file whose reader somebody named is clear."""

    def __init__(self, session: Session, files: FileOpener, bar: NoticeBar, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._files = files
        self._bar = bar
        self._job = NewestJob(self)
        self._job.finished.connect(self._tell)
        session.table_changed.connect(self._look)
        self._look()

    def _look(self) -> None:
        self._bar.say("")
        named = {str(path) for path, read_as in self._files.read_as.items() if read_as.reader}
        read = [(file.path, file.reader) for file in self._session.table.files if file.path not in named]
        self._job.start_later(partial(first_unclear, read))

    def _tell(self, unclear: Unclear | None) -> None:
        self._bar.say(str(unclear) if unclear is not None else "")


def first_unclear(read: Iterable[tuple[str, str]]) -> Unclear | None:
    """Return the first of some files, each with its reader, that another reader recognises nearly as well."""
    for path, reader in read:
        try:
            others = nearly_as_likely(path, reader)
        except ReadError:
            # It was read a moment ago: nothing can be said of it now.
            continue
        if others:
            return Unclear(Path(path).name, reader, tuple(one.name for one in others))
    return None
