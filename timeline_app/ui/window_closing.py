"""Whether a window may close or show other files: not while something would be lost by it without a word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, SignalInstance

from timeline_app.ui.file_writer import FileWriter

if TYPE_CHECKING:
    from timeline_app.ui.main_window import MainWindow


class Keeper(Protocol):
    """Keeps what the user writes, and tells the window where it cannot; `saved` follows what could be kept."""

    saved: SignalInstance

    @property
    def is_behind(self) -> bool:
        """Whether something is not kept yet."""

    def save(self) -> None:
        """Keep it."""


class WindowClosing(QObject):
    """Holds a window open until a file is written, and once more where what the user wrote could not be kept.

    Other files are held off likewise, as what was written about those that are open would go with them.
    """

    def __init__(self, window: MainWindow, writer: FileWriter) -> None:
        super().__init__(window)
        self._window = window
        self._writer = writer
        self._keepers: list[Keeper] = []
        self._closes_when_written = False
        self._told_before = ""  # what was held off with a word on what would be lost by it
        writer.busy_changed.connect(self._close_when_written)
        writer.failed.connect(self._stay_open)

    def add(self, keeper: Keeper) -> None:
        """Have something kept before the window closes."""
        self._keepers.append(keeper)
        keeper.saved.connect(self._forget_loss)

    def is_allowed(self) -> bool:
        """Keep what is not kept yet, and return whether the window may close; the window says why not."""
        if self._writer.is_busy:
            # Else what is being written would be lost without a word.
            self._closes_when_written = True
            self._window.show_message("Closes once the file is written; Cancel closes now, without the file")
            return False
        return self._loses_nothing_by("Closing")

    def may_open_others(self) -> bool:
        """Keep what is not kept yet, and return whether other files may be opened; the window says why not."""
        return self._loses_nothing_by("Opening")

    def _loses_nothing_by(self, act: str) -> bool:
        """Return whether nothing is lost by closing or opening, or it was told before that this would be so."""
        was_told = self._told_before == act
        lost = [words for keeper in self._keepers if (words := self._loss_of(keeper))]
        if not lost or was_told:
            return True
        self._told_before = act
        # What the keeper said would vanish with the window.
        self._window.show_message(f"{act} again loses what is not kept. {'. '.join(lost)}")
        return False

    def _loss_of(self, keeper: Keeper) -> str:
        """Return what the window said of something that could not be kept, nothing where it could."""
        keeper.save()
        return self._window.message if keeper.is_behind else ""

    def _forget_loss(self) -> None:
        self._told_before = ""

    def _close_when_written(self, busy: bool) -> None:  # noqa: FBT001 — a slot
        if not busy and self._closes_when_written:
            self._closes_when_written = False  # Where it is held open for something else, no later file may close it.
            self._window.close()

    def _stay_open(self) -> None:
        """Stay where what could not be written can be read, and something done about it."""
        self._closes_when_written = False
