"""The reader: the document of a source with the words that events quote, each one click from its event."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QDialog, QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from timeline_app.core.document_reading import (
    QuotedExcerpt,
    Reading,
    coverage_words,
    excerpts_from,
    reading_of,
    unread,
)
from timeline_app.core.errors import TimelineError
from timeline_app.core.event import Excerpt, Source, Verified
from timeline_app.core.source_document import DOCUMENT_WORDS, DocumentState, SourceDocument
from timeline_app.readers.document_file import read_document
from timeline_app.ui.dialogs.dressing import DialogLabel, Voice, open_at
from timeline_app.ui.dialogs.lines_view import Index, LinesModel, LinesView
from timeline_app.ui.document_margins import CoverageBar, ExcerptMargin
from timeline_app.ui.document_view import DocumentView, MarkedPlace
from timeline_app.ui.jobs import NewestJob
from timeline_app.ui.look import Look
from timeline_app.ui.safe_widgets import shown_line, tooltip_markup
from timeline_app.ui.session import Session

SIZE_PX = (1080, 720)
LIST_PX = 380
LEAST_TEXT_PX = 440
COLUMNS = ("", "Event", "Words")
COLUMNS_PX = (28, 150)
SIGNS = {Verified.EXACT: "✓", Verified.NORMALISED: "✓", Verified.NEAR: "≈", Verified.NO_DOCUMENT: "–"}
NOT_READ = "Whether the words that events quote from it stand there is not known; they are listed beside."


class QuotedModel(LinesModel):
    """The excerpts of a document, one a line: whether it was found, its event, its words."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(COLUMNS, parent)
        self._excerpts: tuple[QuotedExcerpt, ...] = ()

    def set_excerpts(self, excerpts: tuple[QuotedExcerpt, ...]) -> None:
        """List these excerpts."""
        self.beginResetModel()
        self._excerpts = excerpts
        self.endResetModel()

    def line_count(self) -> int:
        """Return how many there are."""
        return len(self._excerpts)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        if not index.isValid():
            return None
        excerpt = self._excerpts[index.row()]
        text = (SIGNS.get(excerpt.verified, "✗"), excerpt.title, " ".join(excerpt.text.split()))[index.column()]
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == 0:
            return str(excerpt.verified)
        if role == Qt.ItemDataRole.DisplayRole:
            return shown_line(text)
        return tooltip_markup(text) if role == Qt.ItemDataRole.ToolTipRole else None


class DocumentDialog(QDialog):
    """A window beside the main one; choosing an excerpt in it selects its event there, and the other way round.

    `words_chosen` carries words of the document, as an excerpt, that the person wants to make an event of.
    """

    words_chosen = Signal(object)

    def __init__(
        self, source: Source, excerpt: Excerpt | None, session: Session, look: Look, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._source = source
        self._wanted = excerpt
        self._quoted: tuple[QuotedExcerpt, ...] = ()
        self._known = session.known_table
        self.reading: Reading | None = None
        self._current: int | None = None
        self._job = NewestJob(self)
        self.setWindowTitle("Document")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(False)
        open_at(self, look, SIZE_PX)
        self._title = DialogLabel(source.title or source.key, look, Voice.TITLE)
        self._state = DialogLabel("", look, Voice.NOTE)
        self._state.setObjectName("document_state")
        self.view = DocumentView(look)
        self.margin = ExcerptMargin(self.view, look)
        self.bar = CoverageBar(self.view, look)
        self.model = QuotedModel(self)
        self.list = LinesView(self.model, "Excerpts from this document", COLUMNS_PX, look)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._build()
        self.margin.chosen.connect(self.choose)
        self.bar.asked.connect(self._go_to_part)
        self.list.selectionModel().currentRowChanged.connect(self._choose_line)
        self.list.doubleClicked.connect(self._show_in_timeline)
        # The rows are numbers of this table and of no other.
        session.table_changed.connect(self._follow_table)
        session.filter_changed.connect(self._follow_knowledge)
        session.selection_changed.connect(self._follow_selection)
        self._job.finished.connect(self._show_reading)
        self._job.failed.connect(self._tell_failure)
        self._open()

    @property
    def source(self) -> Source:
        """The source whose document is shown."""
        return self._source

    @property
    def current(self) -> int | None:
        """The number of the excerpt that is shown, in the order of the list."""
        return self._current

    def choose(self, number: int) -> None:
        """Show an excerpt at its place, and select its event in the timeline."""
        if self.reading is None or not 0 <= number < len(self.reading.excerpts):
            return
        self._show_excerpt(number)
        row = self.reading.excerpts[number].row
        if row != self._session.current:
            self._session.show_event(row)

    def take_selected_words(self) -> None:
        """Hand on the words that are selected in the text."""
        words = self.view.selected_words().strip()
        if words:
            self.words_chosen.emit(Excerpt(words, self._source.key, language=self._source.language))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.list.hasFocus():
            self._show_in_timeline(self.list.currentIndex())
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        text = QWidget()
        # On a small screen the list gives way: its words stand in the text, and its tips tell all of them.
        text.setMinimumWidth(LEAST_TEXT_PX)
        row = QHBoxLayout(text)
        row.setContentsMargins(0, 0, 10, 0)
        row.setSpacing(4)
        row.addWidget(self.view, 1)
        row.addWidget(self.bar)
        sides = QSplitter(Qt.Orientation.Horizontal)
        sides.setChildrenCollapsible(False)
        sides.addWidget(text)
        sides.addWidget(self.list)
        sides.setSizes([SIZE_PX[0] - LIST_PX, LIST_PX])
        sides.setStretchFactor(0, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(6)
        layout.addWidget(self._title)
        layout.addWidget(self._state)
        layout.addSpacing(6)
        layout.addWidget(sides, 1)
        layout.addLayout(self._foot())

    def _foot(self) -> QHBoxLayout:
        self.make_button = QPushButton("Event from the selected words… (E)")
        self.make_button.setAutoDefault(False)
        self.make_button.setShortcut(QKeySequence(Qt.Key.Key_E))
        self.make_button.setEnabled(False)
        self.make_button.clicked.connect(self.take_selected_words)
        self.view.copyAvailable.connect(self.make_button.setEnabled)
        close = QPushButton("Close")
        close.setAutoDefault(False)
        close.clicked.connect(self.close)
        foot = QHBoxLayout()
        foot.addWidget(self.make_button)
        foot.addStretch(1)
        foot.addWidget(close)
        return foot

    def _open(self) -> None:
        document = self._source.document
        if document is None:
            self._say("This source names no document.")
            return
        self._say("Opening the document…")
        self._known = self._session.known_table
        self._quoted = excerpts_from(self._known, self._source)
        self._job.start(partial(_read, document, self._quoted))

    def _show_reading(self, result: object) -> None:
        if not isinstance(result, tuple):
            return
        reading, document = result
        # Words are taken from it as it is now, be the hash of another one recorded or none.
        self._source, state = replace(self._source, document=document), document.state
        self._state.set_voice(Voice.WARNING if state is DocumentState.CHANGED else Voice.NOTE)
        self._say(f"{self._file()} · {DOCUMENT_WORDS[state]} · {coverage_words(reading)}")
        self._take(reading)

    def _take(self, reading: Reading) -> None:
        self.reading = reading
        self.model.set_excerpts(reading.excerpts)
        number = self._first_number(reading)
        found = reading.excerpts[number].found if number is not None else None
        self.view.show_document(reading.text, around=found.start if found else 0)
        self.bar.show_reading(reading)
        self._show_excerpt(number)
        self.list.setFocus()

    def _tell_failure(self, error: Exception) -> None:
        """Say where the text would stand why there is none, and list what events quote all the same."""
        if not isinstance(error, TimelineError):
            raise error
        self._state.set_voice(Voice.WARNING)
        self._say(f"{self._file()} · cannot be read")
        self.view.setPlaceholderText(shown_line(f"{error}. {NOT_READ}"))
        self._take(unread(self._quoted))

    def _first_number(self, reading: Reading) -> int | None:
        """Return which excerpt to begin with: the wanted one, one of the current event, the first."""
        row, words = self._session.current, self._wanted.text if self._wanted else ""
        of_event = [number for number, one in enumerate(reading.excerpts) if one.row == row]
        same_words = [number for number in of_event if reading.excerpts[number].text == words]
        return next(iter([*same_words, *of_event, *range(len(reading.excerpts))]), None)

    def _show_excerpt(self, number: int | None) -> None:
        if self.reading is None:
            return
        self._current = number
        marks = [_mark(excerpt) for excerpt in self.reading.excerpts]
        current = marks[number] if number is not None else None
        self.view.set_marks([mark for mark in marks if mark is not None], current)
        self.margin.show_reading(self.reading, number)
        if current is not None:
            self.view.go_to(current.place)
        if number is not None and self.list.currentIndex().row() != number:
            self.list.selectRow(number)

    def _choose_line(self, index: QModelIndex) -> None:
        if index.isValid() and index.row() != self._current:
            self.choose(index.row())

    def _show_in_timeline(self, index: QModelIndex) -> None:
        if self.reading is not None and index.isValid():
            self._session.show_event(self.reading.excerpts[index.row()].row)

    def _follow_table(self) -> None:
        """Read the document anew with another table's events; close where no source of it names the document."""
        before, source = self._source.document, self._session.table.source_by_key.get(self._source.key)
        document = source.document if source is not None else None
        if source is None or document is None or before is None:
            self.close()
        elif _is_same_file(document, before):
            self._source, self.reading = source, None
            self._open()
        else:
            self.close()

    def _follow_knowledge(self) -> None:
        """Show what events quoted by another day of knowledge; nothing of a document that came later."""
        known = self._session.known_table
        if known is self._known or self._session.table.source_by_key.get(self._source.key) is None:
            return
        self.reading = None
        if self._source.key in known.source_by_key:
            self._open()
            return
        self._known, self._quoted = known, ()
        self._job.cancel()
        self._state.set_voice(Voice.NOTE)
        self._say(f"{self._file()} · appeared after the day that the filter asks for")
        self.view.setPlaceholderText("What could be known then has no words of it.")
        self._take(unread(()))
        self.reading = None

    def _follow_selection(self) -> None:
        row = self._session.current
        if self.reading is None or row is None:
            return
        here = [number for number, excerpt in enumerate(self.reading.excerpts) if excerpt.row == row]
        if here and self._current not in here:
            self._show_excerpt(here[0])

    def _go_to_part(self, share: float) -> None:
        if self.reading is not None:
            place = int(share * len(self.reading.text))
            self.view.go_to((place, place))

    def _file(self) -> str:
        return self._source.document.file if self._source.document else ""

    def _say(self, words: str) -> None:
        self._state.setText(words)


def _read(document: SourceDocument, excerpts: tuple[QuotedExcerpt, ...]) -> tuple[Reading, SourceDocument]:
    """Open a document again; what it says is taken from it as it is now."""
    text, sha256 = read_document(document)
    is_as_before = sha256 == document.sha256
    state = document.state if is_as_before else DocumentState.CHANGED
    reading = reading_of(text, excerpts, is_as_before=is_as_before)
    return reading, replace(document, state=state, sha256=sha256)


def _is_same_file(one: SourceDocument, other: SourceDocument) -> bool:
    """Tell whether two are one file, be the folder of one told from where the program was started."""
    return one.file == other.file and Path(one.folder).resolve() == Path(other.folder).resolve()


def _mark(excerpt: QuotedExcerpt) -> MarkedPlace | None:
    if excerpt.found is None:
        return None
    differs = tuple((change.start, change.end) for change in excerpt.found.changes if change.end > change.start)
    return MarkedPlace((excerpt.found.start, excerpt.found.end), differs)
