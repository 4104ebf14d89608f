"""The search: typing finds among the events that pass, Enter goes from hit to hit."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from timeline_app.core.errors import FilterError, TimelineError
from timeline_app.core.search import NOTHING_FOUND, Found, FoundEvent, find_events, is_indexed, narrowed
from timeline_app.core.table import LARGE
from timeline_app.query import parse_query
from timeline_app.query.completion import Completion, complete
from timeline_app.ui.hits import Hits
from timeline_app.ui.jobs import NewestJob
from timeline_app.ui.look import Look
from timeline_app.ui.panels.search_field import SearchField
from timeline_app.ui.panels.search_popup import Offer, SearchPopup
from timeline_app.ui.panels.vocabulary_collector import VocabularyCollector
from timeline_app.ui.session import Session

WIDTH_PX = 280
HEIGHT_PX = 28
POPUP_PX = 360
MOST_COMPLETIONS = 8
COMPLETIONS_WITH_HITS = 4
INDEXING_MS = 1000


class SearchBox(QWidget):
    """The field with its completions; `focus_released` asks for the keyboard to go where it was before."""

    focus_released = Signal()

    def __init__(self, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._look = look
        self._found = NOTHING_FOUND
        self._error: TimelineError | None = None
        self._search_job = NewestJob(self)
        self._search_number = 0
        self._vocabulary = VocabularyCollector(session, self)
        self._indexing = QTimer(self)
        self._indexing.setInterval(INDEXING_MS)
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
        if not len(hits.rows):
            self._show_popup(completing=False)
            return
        # Who types and presses Enter means what stands first below the field.
        best = hits.place_of(self._found.best[0].row) if self._found.best else -1
        first = max(best, 0) if step > 0 else len(hits.rows) - 1
        current = (hits.current + step) % len(hits.rows) if hits.current >= 0 else first
        self._show_hit(current)

    def _show_hit(self, current: int) -> None:
        hits = self._session.hits
        self._hide_popup()
        self._session.set_hits(Hits(hits.text, hits.rows, current))
        self._session.show_event(int(hits.rows[current]))

    def _type(self) -> None:
        self._vocabulary.follow_typing()
        self._search()
        self._show_popup()

    def _search(self) -> None:
        """Look for what is typed, at once in a small timeline, in the background in a large one."""
        text = self.field.text()
        self._error = None
        self._indexing.stop()
        self._search_number += 1
        if not text.strip():
            self._search_job.cancel()
            self._take(NOTHING_FOUND)
            return
        try:
            query = parse_query(text)
        except FilterError as error:
            self._search_job.cancel()
            self._refuse(error)
            return
        table, passing, number = self._session.noted_table, self._session.result, self._search_number
        as_of, is_wanted = self._session.wanted.as_of, lambda: number == self._search_number
        work = partial(find_events, table, query, passing, as_of=as_of, is_wanted=is_wanted)
        self._search_job.start(work, in_background=len(table) > LARGE)

    def _search_again(self) -> None:
        if self.field.text().strip():
            self._search()

    def _search_when_indexed(self) -> None:
        """Search again once an index that was not complete is; the sentence below the field tells of it until then."""
        if is_indexed(self._session.table):
            self._search_again()

    def _take(self, found: Found) -> None:
        before = self._session.hits
        hits = Hits(self.field.text(), found.rows)
        current = hits.place_of(int(before.rows[before.current])) if before.current >= 0 else -1
        self._found = found
        self._session.set_hits(Hits(hits.text, hits.rows, current))
        if not found.is_complete and not is_indexed(self._session.table):
            self._indexing.start()
        self._follow_hits()
        self._show_popup()

    def _refuse(self, error: Exception) -> None:
        if not isinstance(error, TimelineError):
            raise error
        self._error = error
        self._found = NOTHING_FOUND
        self._session.set_hits(Hits())
        self._follow_hits()
        self._show_popup()

    def _choose(self, offer: Offer) -> None:
        if isinstance(offer, FoundEvent):
            place = self._session.hits.place_of(offer.row)
            if place >= 0:
                self._show_hit(place)
        else:
            self._complete(offer)

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
            self._choose(self.popup.choice)

    def _move_choice(self, step: int) -> None:
        if self.popup.isVisible() and self.popup.model.rowCount():
            self.popup.move_choice(step)
        else:
            self._vocabulary.follow_typing()
            self._show_popup(asked=True)
        self.field.has_choice = self.popup.choice is not None

    def _escape(self) -> None:
        """Clear the search; give the keyboard back where nothing is typed, or a hit was gone to and is to be read."""
        is_done = not self.field.text() or self._session.hits.current >= 0
        if self.field.text():
            self.clear_search()
            self.popup.hide()
        if is_done:
            self.focus_released.emit()

    def _hide_popup(self) -> None:
        self.popup.hide()
        self.field.has_choice = False

    def _show_popup(self, *, completing: bool = True, asked: bool = False) -> None:
        """Hang completions, best hits and sentence below the field, or nothing where there is nothing to say."""
        completions = self._completions() if completing and (asked or self._is_within_word()) else ()
        best = self._found.best if self.field.text().strip() else ()
        shown = completions[:COMPLETIONS_WITH_HITS] if best else completions
        offers: tuple[Offer, ...] = (*shown, *best)
        error = None if completions else self._error
        message = self._found_in_words(is_completing=bool(completions)) if error is None else _sentence(error)
        self.popup.set_content(offers, message, warning=error is not None)
        if self.popup.is_empty or not self.field.hasFocus():
            self._hide_popup()
        else:
            self.popup.hang_below(self.field, max(self._look.px(POPUP_PX), self.field.width()))
            self.field.has_choice = self.popup.choice is not None

    def _completions(self) -> tuple[Completion, ...]:
        text, cursor = self.field.text(), self.field.cursorPosition()
        return complete(text, cursor, self._vocabulary.words, limit=MOST_COMPLETIONS)

    def _is_within_word(self) -> bool:
        """Whether something to complete has been begun; elsewhere the fields are offered only when asked for."""
        before = self.field.text()[: self.field.cursorPosition()]
        return bool(before) and not before.endswith(" ")

    def _found_in_words(self, *, is_completing: bool) -> str:
        """Say what is hidden and what is not known yet; while a word is being completed nothing has failed."""
        if not self.field.text().strip() or self._error is not None:
            return ""
        hidden = self._found.filtered_out
        more = f"{hidden:,} {'more is' if hidden == 1 else 'more are'} filtered out" if hidden else ""
        if not is_indexed(self._session.table):
            if self._search_job.is_busy or not self._found.is_complete:
                return "; ".join(filter(None, ("Not all words are indexed; results may be incomplete", more)))
        elif not self._found.is_complete:
            return "; ".join(filter(None, ("What was known then is not read of all events; more may be found", more)))
        beyond = len(self._found.rows) - len(self._found.best)
        if beyond > 0:
            return "; ".join(filter(None, (f"{beyond:,} more; Enter goes from one to the next", more)))
        if len(self._found.rows) or self._search_job.is_busy or is_completing:
            return more
        return f"Nothing found; {more}" if more else "Nothing found"

    def _follow_hits(self) -> None:
        hits = self._session.hits
        and_more = "" if self._found.is_complete else "+"
        if not self.field.text().strip() or self._error is not None:
            self.field.set_note("")
        elif hits.current >= 0:
            self.field.set_note(f"{hits.current + 1:,} of {len(hits.rows):,}{and_more}")
        else:
            self.field.set_note(f"{len(hits.rows):,}{and_more} found")

    def _take_vocabulary(self) -> None:
        if self.popup.isVisible():
            self._show_popup()

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
        self.popup.chosen.connect(self._choose)
        self._indexing.timeout.connect(self._search_when_indexed)
        self._search_job.finished.connect(self._take)
        self._search_job.failed.connect(self._refuse)
        self._vocabulary.grown.connect(self._take_vocabulary)
        self._session.table_changed.connect(self.clear_search)
        self._session.filter_changed.connect(self._search_again)
        self._session.hits_changed.connect(self._follow_hits)
        self._look.changed.connect(self._restyle)


def _sentence(error: TimelineError) -> str:
    """Return what is wrong as a sentence, with the place in the text where one is known."""
    words = str(error)
    place = f" (character {error.position + 1})" if isinstance(error, FilterError) else ""
    return words[:1].upper() + words[1:] + place
