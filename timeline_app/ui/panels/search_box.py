"""The search: typing finds among the events that pass, Enter goes from hit to hit."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from timeline_app.core.errors import FilterError
from timeline_app.core.search import Found, find_events, narrowed
from timeline_app.query import Completion, Vocabulary, complete, parse_query, vocabulary_of
from timeline_app.ui.jobs import LARGE, NewestJob
from timeline_app.ui.look import Look
from timeline_app.ui.panels.search_field import SearchField
from timeline_app.ui.panels.search_popup import SearchPopup
from timeline_app.ui.session import Hits, Session

WIDTH_PX = 280
HEIGHT_PX = 28
POPUP_PX = 360
MOST_COMPLETIONS = 8
PAUSE_MS = 80


class SearchBox(QWidget):
    """The field with its completions; `focus_released` asks for the keyboard to go where it was before."""

    focus_released = Signal()

    def __init__(self, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._look = look
        self._found = Found()
        self._error: FilterError | None = None
        self._vocabulary: Vocabulary | None = None
        self._search_job = NewestJob(self)
        self._vocabulary_job = NewestJob(self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self.field = SearchField(look, self)
        self.popup = SearchPopup(look, self)
        self.popup.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.field)
        self._connect()
        self._restyle()

    def take_focus(self) -> None:
        """Put the keyboard here, with what was searched last selected."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def clear_search(self) -> None:
        """Forget the search and its hits."""
        self.field.clear()

    def next_hit(self) -> None:
        """Show the next hit, after the last one the first again."""
        self._step(1)

    def previous_hit(self) -> None:
        """Show the previous hit, before the first one the last."""
        self._step(-1)

    def use_as_filter(self) -> None:
        """Let the filter ask for what is typed, and clear the search."""
        try:
            query = parse_query(self.field.text())
            self._session.set_filter(narrowed(self._session.wanted, query))
        except FilterError as error:
            self._refuse(error)
            return
        self.clear_search()

    def _step(self, step: int) -> None:
        hits = self._session.hits
        if not hits.rows:
            self._show_popup(completing=False)
            return
        current = (
            (hits.current + step) % len(hits.rows) if hits.current >= 0 else (0 if step > 0 else len(hits.rows) - 1)
        )
        self.popup.hide()
        self.field.has_choice = False
        self._session.set_hits(Hits(hits.text, hits.rows, current))
        self._session.show_event(hits.rows[current])

    def _type(self) -> None:
        """Follow what is typed: at once in a small timeline, after a short pause in a large one."""
        self._load_vocabulary()
        if len(self._session.table) > LARGE:
            self._pause.start()
        else:
            self._search()
        self._show_popup()

    def _search(self) -> None:
        text = self.field.text()
        self._error = None
        if not text.strip():
            self._search_job.cancel()
            self._take(Found())
            return
        try:
            query = parse_query(text)
        except FilterError as error:
            self._search_job.cancel()
            self._refuse(error)
            return
        table, passing = self._session.table, self._session.result.mask
        self._search_job.start(partial(find_events, table, query, passing), in_background=len(table) > LARGE)

    def _search_again(self) -> None:
        if self.field.text().strip():
            self._search()

    def _take(self, found: Found) -> None:
        before = self._session.hits
        shown = before.rows[before.current] if before.current >= 0 else -1
        current = found.rows.index(shown) if shown in found.rows else -1
        self._found = found
        self._session.set_hits(Hits(self.field.text(), found.rows, current))
        self._follow_hits()
        self._show_popup()

    def _refuse(self, error: Exception) -> None:
        if not isinstance(error, FilterError):
            raise error
        self._error = error
        self._found = Found()
        self._session.set_hits(Hits())
        self._follow_hits()
        self._show_popup()

    def _complete(self, completion: Completion) -> None:
        """Put a completion where it belongs; after a value the next word may follow."""
        text = self.field.text()
        ended = "" if completion.text.endswith(":") or completion.end < len(text) else " "
        inserted = completion.text + ended
        self.field.setText(text[: completion.start] + inserted + text[completion.end :])
        self.field.setCursorPosition(completion.start + len(inserted))
        self._show_popup()

    def _take_choice(self) -> None:
        if self.popup.choice is not None:
            self._complete(self.popup.choice)

    def _move_choice(self, step: int) -> None:
        if self.popup.isVisible() and self.popup.model.rowCount():
            self.popup.move_choice(step)
        else:
            self._load_vocabulary()
            self._show_popup(asked=True)
        self.field.has_choice = self.popup.choice is not None

    def _escape(self) -> None:
        if self.field.text():
            self.clear_search()
            self.popup.hide()
        else:
            self.focus_released.emit()

    def _hide_popup(self) -> None:
        self.popup.hide()
        self.field.has_choice = False

    def _show_popup(self, *, completing: bool = True, asked: bool = False) -> None:
        """Hang completions and sentence below the field, or nothing where there is nothing to say."""
        completions = self._completions() if completing and (asked or self._is_within_word()) else ()
        error = None if completions else self._error
        message = self._found_in_words() if error is None else f"{_sentence(error)} (character {error.position + 1})"
        self.popup.set_content(completions, message, warning=error is not None)
        self.field.has_choice = False
        if self.popup.is_empty or not self.field.hasFocus():
            self.popup.hide()
        else:
            self.popup.hang_below(self.field, max(self._look.px(POPUP_PX), self.field.width()))

    def _completions(self) -> tuple[Completion, ...]:
        vocabulary = self._vocabulary or Vocabulary()
        return complete(self.field.text(), self.field.cursorPosition(), vocabulary, limit=MOST_COMPLETIONS)

    def _is_within_word(self) -> bool:
        """Whether something to complete has been begun; elsewhere the fields are offered only when asked for."""
        before = self.field.text()[: self.field.cursorPosition()]
        return bool(before) and not before.endswith(" ")

    def _found_in_words(self) -> str:
        if not self.field.text().strip() or self._error is not None:
            return ""
        hidden = self._found.filtered_out
        more = f"{hidden:,} {'more is' if hidden == 1 else 'more are'} filtered out" if hidden else ""
        if self._found.rows or self._search_job.is_busy or self._pause.isActive():
            return more
        return f"Nothing found; {more}" if more else "Nothing found"

    def _follow_hits(self) -> None:
        hits = self._session.hits
        if not self.field.text().strip() or self._error is not None:
            self.field.set_note("")
        elif hits.current >= 0:
            self.field.set_note(f"{hits.current + 1:,} of {len(hits.rows):,}")
        else:
            self.field.set_note(f"{len(hits.rows):,} found")

    def _load_vocabulary(self) -> None:
        """Collect what can be completed when it is first needed, since that reads every record."""
        if self._vocabulary is None and not self._vocabulary_job.is_busy:
            table = self._session.table
            self._vocabulary_job.start(partial(vocabulary_of, table), in_background=len(table) > LARGE)

    def _take_vocabulary(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        if self.popup.isVisible():
            self._show_popup()

    def _load_table(self) -> None:
        self._vocabulary = None
        self._vocabulary_job.cancel()
        self.clear_search()

    def _restyle(self) -> None:
        self.field.setFont(self._look.small())
        self.setFixedHeight(self._look.px(HEIGHT_PX))
        self.setMinimumWidth(self._look.px(WIDTH_PX))
        self.field.set_note(self.field.note)
        self._hide_popup()

    def _connect(self) -> None:
        self.field.textChanged.connect(self._type)
        self.field.next_asked.connect(self.next_hit)
        self.field.previous_asked.connect(self.previous_hit)
        self.field.filter_asked.connect(self.use_as_filter)
        self.field.choice_moved.connect(self._move_choice)
        self.field.choice_taken.connect(self._take_choice)
        self.field.escaped.connect(self._escape)
        self.field.left.connect(self._hide_popup)
        self.popup.chosen.connect(self._complete)
        self._pause.timeout.connect(self._search)
        self._search_job.finished.connect(self._take)
        self._search_job.failed.connect(self._refuse)
        self._vocabulary_job.finished.connect(self._take_vocabulary)
        self._session.table_changed.connect(self._load_table)
        self._session.filter_changed.connect(self._search_again)
        self._session.hits_changed.connect(self._follow_hits)
        self._look.changed.connect(self._restyle)


def _sentence(error: FilterError) -> str:
    words = str(error)
    return words[:1].upper() + words[1:]
