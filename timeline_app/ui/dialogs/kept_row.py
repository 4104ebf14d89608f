"""What is kept of files on the disk, in words, and the button that does away with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from timeline_app.core.errors import TimelineError
from timeline_app.core.progress import size_words
from timeline_app.core.safe_text import safe_text
from timeline_app.ui.cache_access import CacheAccess
from timeline_app.ui.dialogs.dressing import DialogLabel, Voice
from timeline_app.ui.look import Look
from timeline_app.ui.mapping_access import MappingAccess


@dataclass(frozen=True, slots=True)
class KeptThing:
    """Something that is kept: `tell` says what there is and whether it is anything; both functions raise TimelineError.

    `refusal` begins the sentence that says why it could not be done away with.
    """

    tell: Callable[[], tuple[str, bool]]
    clear: Callable[[], None]
    button: str
    name: str
    accessible_name: str
    description: str
    refusal: str


class KeptRow(QWidget):
    """Says what is kept; `failed` carries why it could not be done away with."""

    failed = Signal(str)

    def __init__(self, kept: KeptThing, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kept = kept
        self.label = DialogLabel("", look, Voice.NOTE)
        self.button = QPushButton(kept.button, self)
        self.button.setObjectName(kept.name)
        self.button.setAutoDefault(False)
        self.button.setAccessibleName(kept.accessible_name)
        self.button.setAccessibleDescription(kept.description)
        self.button.clicked.connect(self._clear)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 8)
        row.addWidget(self.label, 1)
        row.addWidget(self.button)
        self._tell()

    def _clear(self) -> None:
        try:
            self._kept.clear()
        except TimelineError as error:
            self.failed.emit(f"{self._kept.refusal}: {error}.")
        self._tell()

    def _tell(self) -> None:
        try:
            words, is_anything = self._kept.tell()
        except TimelineError as error:
            self.label.setText(f"It cannot be looked at: {error}.")
            self.button.setEnabled(False)
            return
        self.label.setText(words)
        self.button.setEnabled(is_anything)


def kept_cache(cache: CacheAccess) -> KeptThing:
    """Return the cache of large files."""

    def tell() -> tuple[str, bool]:
        size_bytes, where = cache.size_bytes(), safe_text(cache.folder())
        words = f"{size_words(size_bytes)} in {where}" if size_bytes else f"Nothing yet in {where}"
        return words, size_bytes > 0

    return KeptThing(
        tell,
        cache.clear,
        button="Clear",
        name="clear_cache",
        accessible_name="Clear the cache",
        description="Your files stay as they are; they only open more slowly once",
        refusal="The cache could not be cleared",
    )


def kept_mappings(mappings: MappingAccess) -> KeptThing:
    """Return what was said of the columns of tables."""

    def tell() -> tuple[str, bool]:
        count = mappings.count()
        tables = "1 kind of table" if count == 1 else f"{count:,} kinds of tables"
        return f"The columns of {tables} are remembered" if count else "No columns of tables are remembered", count > 0

    return KeptThing(
        tell,
        mappings.forget_all,
        button="Forget",
        name="forget_mappings",
        accessible_name="Forget the columns of tables",
        description="Tables that are not understood alone are asked for again",
        refusal="They could not be forgotten",
    )
