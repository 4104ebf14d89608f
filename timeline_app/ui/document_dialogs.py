"""The dialogs of a window in which a source's document is read, and an event made of its words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QWidget

from timeline_app.core.errors import TimelineError
from timeline_app.core.event import Event, Excerpt, Source
from timeline_app.ui.file_questions import ask_for_new_file
from timeline_app.ui.main_window import MainWindow
from timeline_app.ui.reopened_view import ReopenedView

if TYPE_CHECKING:
    from timeline_app.core.table import EventTable
    from timeline_app.ui.new_events import NewEvents


NO_DOCUMENT = (
    "The sources that this event quotes name no file.",
    "A timeline in YAML names one below its source, as in “file: article.pdf”: a text, page, mail or PDF beside it.",
    "The words that events quote are then looked up in it.",
)


class DocumentDialogs:
    """Shows them over one window and carries out what is decided in them."""

    def __init__(
        self,
        window: MainWindow,
        show: Callable[[QDialog], None],
        tell: Callable[[str, Sequence[str]], None],
    ) -> None:
        self._window = window
        self._show = show
        self._tell = tell
        self._new_events: NewEvents | None = None
        self._saved: Event | None = None
        self._view = ReopenedView(window.session, window.files, window)
        self._view.settled.connect(self._show_saved)

    def show_document(self, excerpt: Excerpt | None = None) -> None:
        """Show the document that the selected event quotes, at the words of an excerpt or of its first one."""
        # Made when first asked for.
        from timeline_app.core.document_reading import event_documents
        from timeline_app.ui.dialogs.document_dialog import DocumentDialog  # as above

        session = self._window.session
        if session.current is None:
            return
        known = session.known_table
        documents = event_documents(known.event(session.current), known)
        quoted = [found for found in documents if excerpt is None or found[0].key == excerpt.source]
        if not quoted:
            self._tell("There is no document to read", NO_DOCUMENT)
            return
        source, first = quoted[0]
        dialog = DocumentDialog(source, excerpt or first, session, self._window.look, self._window)
        dialog.words_chosen.connect(lambda words: self._propose(words, dialog.source, dialog))
        self._show(dialog)

    def _propose(self, words: Excerpt, source: Source, parent: QWidget) -> None:
        """Ask for the event that words of a document tell of; nothing is saved before the person agrees."""
        # Made when first asked for.
        from timeline_app.core.event_proposal import proposal
        from timeline_app.core.recorded_hash import records_hash  # as above
        from timeline_app.ui.dialogs.proposal_dialog import ProposalDialog  # as above

        session = self._window.session
        found = proposal(words.text, source, session.table.gazetteer)
        selected = session.table.event(session.current) if session.current is not None else None
        hashed = source.document.file if source.document is not None and records_hash(source) else ""
        dialog = ProposalDialog(found, words, selected, self._window.look, parent, hashed=hashed)
        dialog.agreed.connect(partial(self._save_new, source, parent))
        self._show(dialog)

    def _save_new(self, source: Source, parent: QWidget, event: Event) -> None:
        # Made when first asked for.
        from timeline_app.ui.new_events import NewEvents, save_and_open

        self._new_events = self._new_events or NewEvents()
        ask_path = partial(ask_for_new_file, parent)
        try:
            path = save_and_open(event, source, self._new_events, ask_path, self._open_beside, self._is_taken)
        except TimelineError as error:
            self._tell("Nothing was saved", [str(error)])
        else:
            if path is not None:
                self._window.show_message(f"Saved to {path}, and opened beside the timeline")

    def _is_taken(self, event_id: str) -> bool:
        return self._window.session.table.row_of(event_id) is not None

    def _open_beside(self, saved: Event, path: Path) -> None:
        """Open what was saved beside the others, and go on with what is looked at, and with the saved event."""
        self._view.keep()
        self._saved = saved
        self._window.files.add_files([path])

    def _show_saved(self) -> None:
        session, saved = self._window.session, self._saved
        self._saved = None
        row = saved_row(saved, session.table) if saved is not None else None
        if row is not None:
            session.show_event(row)


def saved_row(saved: Event, table: EventTable) -> int | None:
    """Return where an event stands: by its id, or where it became one with another event, by the words it quotes."""
    row = table.row_of(saved.id)
    if row is not None:
        return row
    words = {excerpt.text for excerpt in saved.excerpts}
    for excerpt in saved.excerpts:
        for other in table.sources.rows_of(excerpt.source).tolist():
            if not words.isdisjoint(quoted.text for quoted in table.event(other).excerpts):
                return int(other)
    return None
