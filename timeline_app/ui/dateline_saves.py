"""Saves a timeline with another dateline of a source into a new file, opens that, and goes back to the one before."""

from __future__ import annotations

import codecs
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from timeline_app.core.errors import ReadError
from timeline_app.core.filter import Filter
from timeline_app.core.opened import AS_USUAL, Readings
from timeline_app.core.table import EventTable
from timeline_app.core.watch import UNWATCHED, Watch, watched_chunks
from timeline_app.readers.native import LARGEST_BYTES
from timeline_app.readers.native import READER as NATIVE
from timeline_app.readers.source_file import read_source_file
from timeline_app.readers.source_text import decode_text
from timeline_app.ui.reopened_view import ReopenedView
from timeline_app.ui.session import Session
from timeline_app.ui.window_files import FileOpener

if TYPE_CHECKING:
    from timeline_app.core.dateline_change import DatelineChange


@dataclass(frozen=True, slots=True)
class _Step:
    """What was open before a dateline was changed, and the file that has it changed."""

    before: tuple[Path, ...]
    read_as: Readings
    after: Path


def write_with_dateline(table: EventTable, change: DatelineChange, path: Path, watch: Watch = UNWATCHED) -> Path:
    """Write a whole timeline with a change to a new file, on any thread, and return its path.

    Of a timeline that is one YAML file all stays as it was written, but for the dates; any other is written anew.
    Raises WriteError where a file of that name is there, and when it cannot be written or would be too large to be
    opened again; Cancelled once nobody wants it any more.
    """
    # Loaded when something is to be saved.
    from timeline_app.core.dateline_change import changed_table
    from timeline_app.ui.new_events import YAML_ENDINGS, source_beside  # likewise
    from timeline_app.writers import export, write_file  # likewise

    path = path if path.suffix.lower() in YAML_ENDINGS else path.with_name(f"{path.name}.yaml")
    changed = changed_table(table, change)
    sources = {key: source_beside(source, path) for key, source in changed.source_by_key.items()}
    content = _rewritten(table, change) if sources == changed.source_by_key else None
    if content is not None and len(content) <= LARGEST_BYTES:
        write_file(path, watched_chunks((content,), path.name, watch))
        return path
    whole = replace(changed, source_by_key=sources)
    export(whole, Filter(), path, name="yaml", watch=watch, most_bytes=LARGEST_BYTES)
    return path


def _rewritten(table: EventTable, change: DatelineChange) -> bytes | None:
    """Return the file of a table with other dates in it, None where it is not one YAML file that is as it was read."""
    from timeline_app.readers.native_redating import redated_text  # loaded when something is to be saved
    from timeline_app.ui.new_events import YAML_ENDINGS  # likewise

    report = table.files[0] if len(table.files) == 1 else None
    if report is None or report.reader != NATIVE.name or not report.path.lower().endswith(YAML_ENDINGS):
        return None
    try:
        source = read_source_file(Path(report.path), largest_bytes=LARGEST_BYTES)
        text = decode_text(source).text if source.sha256 == report.sha256 else None
    except ReadError:
        return None
    if text is None:
        return None
    # What stands between events that moved follows them by itself.
    whens = {one.event.id: one.when.text for one in change.moved if one.event.between is None}
    whens |= {one.event.id: one.event.when.text for one in change.impossible if one.event.between is not None}
    written = redated_text(text, {change.source.key: change.published}, whens)
    has_mark = source.content.startswith(codecs.BOM_UTF8)
    return None if written is None else (codecs.BOM_UTF8 if has_mark else b"") + written.encode()


class DatelineSaves(QObject):
    """A change counts as the first one of its file, which is undone when no other is left: the files before are opened.

    So several are undone and redone in their order, each by the files that are open. Files that were there are never
    written to. What is looked at stays the same.
    """

    changed = Signal()

    def __init__(self, session: Session, files: FileOpener, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._files = files
        self._steps: tuple[_Step, ...] = ()
        self._view = ReopenedView(session, files, self)
        self._view.settled.connect(self.changed)

    @property
    def can_undo(self) -> bool:
        """Whether another dateline is what would be undone next."""
        return self._done is not None and not self._session.can_undo and not self._files.is_busy

    @property
    def can_redo(self) -> bool:
        """Whether a dateline was just changed back, and nothing else since."""
        return self._undone is not None and self._view.is_untouched and not self._files.is_busy

    def take(self, saved: Path) -> None:
        """Open a file that was written with another dateline instead of what is open."""
        done = self._done
        before = self._steps[: self._steps.index(done) + 1] if done is not None else ()
        self._steps = (*before, _Step(self._files.paths, self._files.read_as, saved))
        self._open((saved,), AS_USUAL)

    def undo(self) -> None:
        """Open the files that were open before."""
        step = self._done
        if self.can_undo and step is not None:
            self._open(step.before, step.read_as)

    def redo(self) -> None:
        """Open the file with the change again."""
        step = self._undone
        if self.can_redo and step is not None:
            self._open((step.after,), AS_USUAL)

    @property
    def _done(self) -> _Step | None:
        """The change that gave the file that is open."""
        return next((step for step in self._steps if self._files.paths == (step.after,)), None)

    @property
    def _undone(self) -> _Step | None:
        """The change that was made to the files that are open."""
        return next((step for step in self._steps if self._files.paths == step.before), None)

    def _open(self, paths: Sequence[Path], read_as: Readings) -> None:
        self._view.keep()
        self._files.open_files(paths, read_as)
