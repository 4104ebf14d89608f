"""Compare the open timeline with an older file, or what was known of it on two dates: a list of what differs."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QWidget,
)

from timeline_app.core.errors import FilterError, ReadError, TimelineError
from timeline_app.core.filter import Filter
from timeline_app.scene.compared import Change
from timeline_app.ui.comparing import Compare, Comparison, compare_days, compare_with_file
from timeline_app.ui.dialogs.button_box import ButtonBox
from timeline_app.ui.dialogs.comparison_model import COLUMNS, COLUMNS_WITHOUT_CHANGES, ComparedLine, ComparisonModel
from timeline_app.ui.dialogs.controls import ChoiceBox
from timeline_app.ui.dialogs.dressing import DialogLabel, Voice, add_button, add_close_button, dialog_column, open_at
from timeline_app.ui.dialogs.lines_view import LinesView
from timeline_app.ui.jobs import NewestJob
from timeline_app.ui.look import Look
from timeline_app.ui.safe_widgets import PlainLabel, shown_line
from timeline_app.ui.session import Session
from timeline_app.ui.timeline.compared_painter import change_colour
from timeline_app.ui.window_files import Load
from timeline_app.writers.differences import summary_words

SIZE_PX = (1060, 460)
COLUMNS_PX = (96, 150, 220, 80, 210)
WITH_FILE, TWO_DAYS = range(2)
DAYS_HINT = "Two dates such as 2024-10 and 2024-11-15; the second left empty means all that is known."


class ComparisonDialog(QDialog):
    """A window beside the main one, which shows what differs as long as this is open; it knows one table only.

    `compared` carries what is to be drawn of it, a Compared, and None for nothing any more; `time_wanted` the When of
    an event that is in no open file; `save_wanted` the Differences.
    """

    compared = Signal(object)
    time_wanted = Signal(object)
    save_wanted = Signal(object)

    def __init__(
        self,
        session: Session,
        load: Load,
        ask_file: Callable[[], Path | None],
        look: Look,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._load = load
        self._ask_file = ask_file
        self._path: Path | None = None
        self._comparison: Comparison | None = None
        self._dropped = threading.Event()
        self._job = NewestJob(self)
        self.setModal(False)
        column = dialog_column(self, "Compare", look, 640)
        open_at(self, look, SIZE_PX)
        self.model = ComparisonModel(lambda change: change_colour(change, look.theme), self)
        self.view = LinesView(self.model, "What differs", COLUMNS_PX, look)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.note = DialogLabel("", look, Voice.NOTE)
        self.note.setObjectName("comparison_note")
        column.addLayout(self._head(look))
        column.addWidget(self.note)
        column.addWidget(self.view, 1)
        column.addWidget(self._foot())
        self._job.finished.connect(self._take)
        self._job.failed.connect(self._tell)
        self.view.clicked.connect(self.show_line)
        self.kind.currentIndexChanged.connect(self._follow_kind)
        # The rows are numbers of this table and of no other.
        session.table_changed.connect(self.close)
        self._follow_kind()

    def compare(self) -> None:
        """Compare what is asked for, instead of what was asked for before."""
        table = self._session.table
        if self.kind.currentIndex() == WITH_FILE:
            if self._path is None:
                self.choose_file()
            else:
                self._start(partial(compare_with_file, self._load, self._path, table))
            return
        first, second = (field.text().strip() for field in (self.first_day, self.second_day))
        if not first:
            self._say(DAYS_HINT, Voice.WARNING)
            return
        try:
            for day in (first, second):
                Filter(as_of=day).known_day()
        except FilterError as error:
            self._say(str(error), Voice.WARNING)
            return
        self._start(partial(compare_days, first, second, table))

    def choose_file(self) -> None:
        """Ask for the older file, and compare with it."""
        path = self._ask_file()
        if path is not None:
            self._path = path
            self.file_label.setText(shown_line(path.name))
            self.compare()

    def show_line(self, index: QModelIndex) -> None:
        """Show the event of a line in the timeline; of one that no open file has, the time."""
        if not index.isValid() or self._comparison is None:
            return
        line: ComparedLine = self.model.line_at(index.row())
        if line.change is Change.WITHDRAWN and not self._comparison.has_withdrawn:
            try:
                self.time_wanted.emit(line.stated.event.when)
            except ReadError as error:
                self._tell(error)
        else:
            self._session.show_event(line.stated.row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.view.hasFocus():
            self.show_line(self.view.currentIndex())
        else:
            super().keyPressEvent(event)

    def done(self, result: int) -> None:
        """Show nothing of it any more, however it was closed."""
        self._drop()
        super().done(result)

    def _drop(self) -> None:
        self._dropped.set()
        self._job.cancel()
        self.compared.emit(None)

    def _start(self, compare: Compare) -> None:
        self._dropped.set()
        self._dropped = threading.Event()
        self._say("Comparing…", Voice.NOTE)
        self._job.start(partial(compare, self._dropped))

    def _take(self, comparison: Comparison) -> None:
        self._comparison = comparison
        self.model.set_found(comparison.found)
        self.view.show_columns(len(COLUMNS) if comparison.found.changed else COLUMNS_WITHOUT_CHANGES)
        self.save_button.setEnabled(True)
        hint = " A click shows an event in the timeline." if comparison.found else ""
        self._say(f"{summary_words(comparison.found)}.{hint}", Voice.NOTE)
        self.compared.emit(comparison.compared)
        if self.model.line_count():
            self.view.setCurrentIndex(self.model.index(0, 0))
            self.view.setFocus()

    def _tell(self, error: Exception) -> None:
        if not isinstance(error, TimelineError):
            raise error
        self._say(str(error), Voice.WARNING)

    def _say(self, words: str, voice: Voice) -> None:
        self.note.set_voice(voice)
        self.note.setText(words)

    def _follow_kind(self) -> None:
        is_file = self.kind.currentIndex() == WITH_FILE
        self._pages.setCurrentIndex(self.kind.currentIndex())
        hint = "The open timeline is compared with an older file of the same events." if is_file else DAYS_HINT
        self._say(hint, Voice.NOTE)

    def _head(self, look: Look) -> QHBoxLayout:
        self.kind = ChoiceBox(look)
        self.kind.setAccessibleName("What to compare with")
        self.kind.addItems(["With an older file", "What was known on two dates"])
        self.file_label = PlainLabel("no file chosen")
        self.first_day, self.second_day = _day_field("First date", "2024-10"), _day_field("Second date", "all known")
        choose = QPushButton("Choose…")
        choose.setAutoDefault(False)
        choose.setAccessibleName("Choose the older file")
        choose.clicked.connect(self.choose_file)
        self._pages = QStackedWidget()
        self._pages.addWidget(_in_a_row(self.file_label, choose))
        self._pages.addWidget(_in_a_row(self.first_day, self.second_day))
        self._pages.setMaximumHeight(look.px(34))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.kind)
        row.addWidget(self._pages, 1)
        return row

    def _foot(self) -> ButtonBox:
        buttons = ButtonBox()
        role = QDialogButtonBox.ButtonRole.AcceptRole
        add_button(buttons, "Compare", self.compare, name="compare", is_default=True)
        self.save_button = add_button(buttons, "Save…", self._save, name="save", role=role)
        self.save_button.setEnabled(False)
        add_close_button(buttons, self).setDefault(False)
        return buttons

    def _save(self) -> None:
        if self._comparison is not None:
            self.save_wanted.emit(self._comparison.found)


def _day_field(name: str, hint: str) -> QLineEdit:
    field = QLineEdit()
    field.setAccessibleName(name)
    field.setPlaceholderText(hint)
    return field


def _in_a_row(*widgets: QWidget) -> QWidget:
    whole = QWidget()
    row = QHBoxLayout(whole)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return whole
