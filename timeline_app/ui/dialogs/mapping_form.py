"""The form of a mapping: questions first, then a row for each field, then how the table is read."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QScrollArea, QVBoxLayout, QWidget

from timeline_app.readers.proposal import Proposal
from timeline_app.readers.question import Question
from timeline_app.ui.dialogs.dressing import GAP_PX, SIDE_PX, DialogLabel, Voice
from timeline_app.ui.dialogs.mapping_rows import FieldRow, QuestionRow, SettingRow
from timeline_app.ui.dialogs.mapping_words import FIELD_WORDS, LAYOUT_KEYS, SETTING_WORDS
from timeline_app.ui.look import Look
from timeline_app.ui.safe_widgets import shown_line

WHOLE_FILE = "The whole file"
LABEL_PX = 108
SCROLL_BAR_PX = 12
SAMPLE_CHARACTERS = 80
# How a table is read is asked of it where it makes sense: where the table says so, and everywhere for these.
EVERYWHERE = frozenset({"separator", "date_order", "date_numbers"})
# Columns with fixed names leave nothing else open.
OF_FIXED_COLUMNS = frozenset({"date_order"})
# A text that has a delimiter has an encoding as well.
ALONG_WITH = {"encoding": {"encoding", "delimiter"}}


class MappingForm(QScrollArea):
    """`edited` carries a key of the mapping and its new value, "" for as the program finds it."""

    edited = Signal(str, str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._content = QWidget()
        self.fields = {field: FieldRow(field, look, self._content) for field in FIELD_WORDS}
        self.settings = {words.key: SettingRow(words, look, self._content) for words in SETTING_WORDS}
        self.questions: dict[str, QuestionRow] = {}
        self._questions_box = QWidget()
        self._fields_section, self._settings_section = QWidget(), QWidget()
        self._build()
        for field_row in self.fields.values():
            field_row.changed.connect(self.edited)
        for setting_row in self.settings.values():
            setting_row.changed.connect(self.edited)

    def show_proposal(self, proposal: Proposal, edits: Mapping[str, str]) -> None:
        """Show what is proposed where nothing is said, and what is still to be answered."""
        missing = {question.key for question in proposal.questions}
        reasons = {one.field: one.words for one in proposal.fields}
        for field, row in self.fields.items():
            value = proposal.mapping.get(field, "")
            row.show_value(value, proposal.columns, reasons.get(field, ""), is_missing=field in missing)
        self._fields_section.setVisible(not proposal.has_fixed_columns)
        asked = self._asked(proposal, edits)
        self._show_questions(asked, edits)
        usual = OF_FIXED_COLUMNS if proposal.has_fixed_columns else EVERYWHERE
        known = proposal.mapping.keys() | edits.keys()
        asked_keys = {one.split(".")[0] for one in asked}
        shown = {key for key in self.settings if key in usual or known & ALONG_WITH.get(key, {key})} - asked_keys
        # Where there is one sheet, or one list, there is nothing to be chosen.
        shown -= {key for key, values in proposal.choices.items() if len(values) == 1}
        self._settings_section.setVisible(bool(shown))
        for key, setting in self.settings.items():
            setting.show_value(
                edits.get(key, proposal.mapping.get(key, "")),
                _header_words(proposal) if key == "encoding" else "",
                is_shown=key in shown,
                values=_values(key, proposal),
            )

    def first_open(self) -> QWidget | None:
        """Return the control of the first question without an answer, None when all is known."""
        for key, row in self.questions.items():
            if row.is_answered_here and row.choice.currentIndex() < 0:
                return row.choice
            if key in self.fields:
                return self.fields[key].choice
        return None

    def _asked(self, proposal: Proposal, edits: Mapping[str, str]) -> dict[str, Question]:
        """Return the questions that are open, and those that were answered here: an answer can be changed."""
        answered = {key: row.question for key, row in self.questions.items() if key in edits and key not in self.fields}
        return answered | {question.key: question for question in proposal.questions}

    def _show_questions(self, asked: Mapping[str, Question], edits: Mapping[str, str]) -> None:
        if [row.question for row in self.questions.values()] != list(asked.values()):
            self._make_questions(asked)
        for key, row in self.questions.items():
            row.show_answer(edits.get(key))
        self._questions_box.setVisible(bool(self.questions))

    def _make_questions(self, asked: Mapping[str, Question]) -> None:
        focused = next((key for key, row in self.questions.items() if row.choice.hasFocus()), None)
        self._clear_questions()
        column = self._questions_box.layout()
        assert column is not None
        for key, question in asked.items():
            row = QuestionRow(question, self._look, self._questions_box)
            row.changed.connect(self.edited)
            self.questions[key] = row
            for part in (row.label, row.choice):
                column.addWidget(part)
        if focused in self.questions:
            self.questions[focused].choice.setFocus()

    def _clear_questions(self) -> None:
        for row in self.questions.values():
            for part in (row.label, row.choice, row):
                part.deleteLater()
            for part in (row.label, row.choice):
                part.hide()
        self.questions.clear()

    def _build(self) -> None:
        column = QVBoxLayout(self._content)
        column.setContentsMargins(SIDE_PX, 4, GAP_PX * 2, GAP_PX)
        column.setSpacing(0)
        questions = QVBoxLayout(self._questions_box)
        questions.setContentsMargins(0, 0, 0, GAP_PX * 2)
        questions.setSpacing(GAP_PX)
        self._questions_box.hide()
        column.addWidget(self._questions_box)
        for section, heading, rows in (
            (self._fields_section, "Fields", self.fields.values()),
            (self._settings_section, "How the table is read", self.settings.values()),
        ):
            within = QVBoxLayout(section)
            within.setContentsMargins(0, 0, 0, 0)
            within.setSpacing(0)
            within.addWidget(DialogLabel(heading, self._look, Voice.HEADING))
            grid = QGridLayout()
            grid.setContentsMargins(0, 4, 0, GAP_PX * 2)
            grid.setHorizontalSpacing(GAP_PX * 2)
            grid.setVerticalSpacing(4)
            grid.setColumnMinimumWidth(0, self._look.px(LABEL_PX))
            grid.setColumnStretch(1, 1)
            for row in rows:
                row.place(grid)
            within.addLayout(grid)
            column.addWidget(section)
        column.addStretch()
        self.setWidget(self._content)
        self.setWidgetResizable(True)
        # What does not fit could not be reached: there is no scrolling sideways.
        self.setMinimumWidth(self._content.minimumSizeHint().width() + SCROLL_BAR_PX)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)


def changes_columns(key: str) -> bool:
    """Tell whether with this key of a mapping there may be other columns."""
    return key in LAYOUT_KEYS


def _values(key: str, proposal: Proposal) -> dict[str, str]:
    """Return what a setting may be in this table, with its words, none where the table does not tell."""
    choices = proposal.choices.get(key, ())
    return {one: WHOLE_FILE if (key, one) == ("records", ".") else one for one in sorted(choices)}


def _header_words(proposal: Proposal) -> str:
    """Return the columns as they are read: letters that make no sense tell a wrong encoding."""
    return shown_line("Reads " + ", ".join(column.name for column in proposal.columns), SAMPLE_CHARACTERS)
