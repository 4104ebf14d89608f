"""Keeps what the user notes of events in the workspace, and finds it again when files are opened."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from timeline_app.core.errors import ReadError, WorkspaceError
from timeline_app.core.kept_notes import NOTHING_FOUND, FoundNotes, KeptNote, NotedEvent, find_notes, noted_event
from timeline_app.core.notes import NO_NOTES, Note, Notes, combined
from timeline_app.core.table import LARGE, EventTable
from timeline_app.ui.jobs import NewestJob
from timeline_app.ui.session import Session
from timeline_app.ui.workspace_notes import NoteStore
from timeline_app.ui.wrapped_text import shortened

PAUSE_MS = 400  # of writing, after which it is kept
MOST_AT_ONCE = 300  # events that are read while the window waits: a tenth of a second of the slowest format


class NoteKeeper(QObject):
    """Writes each act of noting as one transaction, a text once its writing pauses; tells by `said` what goes wrong.

    What is noted of very many events at once is kept once these are read in the background, or as the window closes.
    `saved` follows what could be kept, `lost_changed` the notes of the open files that find no event any more.
    """

    said = Signal(str)
    saved = Signal()
    lost_changed = Signal()

    def __init__(self, session: Session, store: NoteStore, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._store = store
        self._found = NOTHING_FOUND
        self._once_lost: dict[int, KeptNote] = {}
        self._table: EventTable = session.table
        self._kept: Notes = NO_NOTES
        self._wanted: Notes = NO_NOTES
        self._is_loaded = False
        self._loads = 0
        self._job = NewestJob(self)
        self._job.finished.connect(self._take_found)
        self._job.failed.connect(self._tell_failure)
        self._reading = NewestJob(self)
        self._reading.finished.connect(self._save_read)
        self._reading.failed.connect(self._tell_not_kept)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.save)
        session.table_changed.connect(self.load)
        session.notes_changed.connect(self._follow_notes)
        self.load()

    @property
    def lost(self) -> tuple[KeptNote, ...]:
        """The notes of the open files that find no event any more."""
        return self._found.lost

    @property
    def is_behind(self) -> bool:
        """Whether something is not kept yet."""
        return bool(self._wanted.changed_rows(self._kept)) or self._wanted.lost != self._kept.lost

    def load(self) -> None:
        """Find what was noted of the open events, of many of them in the background."""
        self.save()
        self._table, self._is_loaded = self._session.table, False
        self._found, self._kept, self._wanted = NOTHING_FOUND, NO_NOTES, NO_NOTES
        self._loads += 1
        self.lost_changed.emit()
        if self._session.can_note:
            return  # The table came with its notes, to be shown and no more.
        try:
            kept = self._store.all()
        except WorkspaceError as error:
            self.said.emit(str(error))
            kept = ()
        number = self._loads
        work = partial(find_notes, self._table, kept, lambda: self._loads == number)
        self._job.start(work, in_background=bool(kept) and len(self._table) > LARGE)

    def save(self) -> None:
        """Keep what has not been kept yet, now."""
        self._save_read({})

    def _save_read(self, read: dict[int, NotedEvent]) -> None:
        """Keep the same, some of its events having been read already, by row."""
        self._pause.stop()
        self._reading.cancel()
        if not self.is_behind:
            return
        try:
            self._write({row: self._wanted.of(row) for row in self._wanted.changed_rows(self._kept)}, read)
        except (WorkspaceError, ReadError) as error:
            self._tell_not_kept(error)
        else:
            self._kept = self._wanted
            self.saved.emit()

    def give_to_current(self, lost: KeptNote) -> None:
        """Put a note that finds no event on the one that is selected, beside what is noted there."""
        row = self._session.current
        if row is None:
            return
        self._session.give_lost_note(lost.number, row, combined((self._session.notes.of(row), lost.note)))
        if lost not in self.lost:
            self.said.emit(f"Given to “{shortened(self._table.titles_of((row,))[0])}”; undo takes it back")

    def forget(self, lost: KeptNote) -> None:
        """Forget a note that finds no event."""
        self._session.give_lost_note(lost.number)
        if lost not in self.lost:
            self.said.emit("The note is deleted; undo brings it back")

    def _write(self, notes: dict[int, Note], read: dict[int, NotedEvent]) -> None:
        """Write the notes on some rows, in the stead of those that are kept of them, with what changed of the lost."""
        lost = tuple(self._once_lost[number] for number in sorted(self._wanted.lost))
        removed = [kept for row in notes for kept in self._found.by_row.get(row, ())]
        removed += [kept for kept in self._found.lost if kept not in lost]
        again = [kept for kept in lost if kept not in self._found.lost]
        numbers = {row: kept[0].number for row, kept in self._found.by_row.items()}
        written = {
            row: KeptNote(read.get(row) or noted_event(self._table, row), note, numbers.get(row, 0))
            for row, note in notes.items()
            if not note.is_empty
        }
        numbered = dict(zip(written, self._store.replace(removed, [*written.values(), *again]), strict=False))
        others = {row: kept for row, kept in self._found.by_row.items() if row not in notes}
        was_lost = self._found.lost
        self._found = FoundNotes({**others, **{row: (kept,) for row, kept in numbered.items()}}, lost)
        if lost != was_lost:
            self.lost_changed.emit()
        for kept in again:
            self.said.emit(f"The note on “{shortened(kept.event.title)}” is without an event again")

    def _take_found(self, found: FoundNotes) -> None:
        self._found = found
        self._once_lost = {one.number: one for one in found.lost}
        self._kept = self._wanted = found.notes
        self._is_loaded = True
        self._session.take_notes(self._kept)
        self.lost_changed.emit()
        if found.lost:
            count = len(found.lost)
            said = "1 of your notes finds" if count == 1 else f"{count:,} of your notes find"
            self.said.emit(f"{said} no event any more; see Edit, Notes without an event")

    def _tell_failure(self, error: Exception) -> None:
        if not isinstance(error, ReadError):
            raise error
        self.said.emit(f"Your notes cannot be shown: {error}")

    def _follow_notes(self, goes_on: bool) -> None:  # noqa: FBT001 — a slot
        if not self._is_loaded:
            return
        self._wanted = self._session.notes
        if goes_on:
            self._pause.start()
            return
        noted = [row for row in self._wanted.changed_rows(self._kept) if not self._wanted.of(row).is_empty]
        if len(noted) > MOST_AT_ONCE:
            is_wanted = partial(self._is_shown, self._table)
            self._reading.start(partial(_noted_events, self._table, noted, is_wanted))
        else:
            self.save()

    def _is_shown(self, table: EventTable) -> bool:
        return table is self._table

    def _tell_not_kept(self, error: Exception) -> None:
        if not isinstance(error, (WorkspaceError, ReadError)):
            raise error
        self.said.emit(f"Your note is not kept: {error}")


def _noted_events(table: EventTable, rows: Sequence[int], is_wanted: Callable[[], bool]) -> dict[int, NotedEvent]:
    """Return what some events are found again by, as many as are read while it is wanted."""
    return {row: noted_event(table, row) for row in rows if is_wanted()}
