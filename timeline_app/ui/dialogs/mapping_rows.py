"""The rows of the mapping form: where a field stands, how the table is read, and what has to be answered first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import takewhile

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QWidget

from timeline_app.readers.proposal import ColumnSample
from timeline_app.readers.question import Question
from timeline_app.ui.dialogs.controls import ChoiceBox
from timeline_app.ui.dialogs.dressing import DialogLabel, Voice
from timeline_app.ui.dialogs.mapping_words import FIELD_WORDS, SettingWords, key_words, value_words
from timeline_app.ui.look import Look
from timeline_app.ui.safe_widgets import shown_line

NOTHING = "="
MOST_NAME_CHARACTERS = 40
MOST_SAMPLE_CHARACTERS = 60
POPUP_PX = 420
SHARED_CHARACTERS = 12
SEVERAL_WORDS = "Several columns, or a fixed text…"
SEVERAL_HINT = "Year+Month+Day, or =attack"


class FieldRow(QObject):
    """Which column a field is taken from; `changed` carries the field and its value in the mapping."""

    changed = Signal(str, str)

    def __init__(self, field: str, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.field = field
        self.label = row_label(key_words(field), look)
        self.choice = wide_choice(look)
        self.own = QLineEdit()
        self.note = DialogLabel("", look, Voice.NOTE)
        self.choice.setAccessibleName(f"{key_words(field)}: column")
        self.choice.setObjectName(f"field_{field}")
        self.own.setAccessibleName(f"{key_words(field)}: {SEVERAL_WORDS.rstrip('…').lower()}")
        self.own.setPlaceholderText(SEVERAL_HINT)
        self.label.setBuddy(self.choice)
        self.choice.activated.connect(self._take)
        self.own.editingFinished.connect(self._take_own)
        self.own.hide()
        self.note.hide()

    def place(self, grid: QGridLayout) -> None:
        """Add the row at the end of a form."""
        add_row(grid, self.label, self.choice, self.own, self.note)

    def show_value(self, value: str, columns: Sequence[ColumnSample], reason: str, *, is_missing: bool) -> None:
        """Show which of these columns it is, and why; `is_missing`: there can be no events without it."""
        if self.own.hasFocus() and not self.own.isHidden():
            return  # What is being typed is not taken away.
        self.choice.clear()
        self.choice.addItem("Nothing", NOTHING)
        for column in columns:
            self.choice.addItem(column_words(column), column.name)
        if value not in {"", NOTHING} and self.choice.findData(value) < 0:
            self.choice.addItem(shown_line(_written_words(value), MOST_SAMPLE_CHARACTERS), value)
        self.choice.addItem(SEVERAL_WORDS, None)
        self.choice.setCurrentIndex(max(self.choice.findData(value or NOTHING), 0))
        self.own.hide()
        self.own.setText(value if value != NOTHING else "")
        self.label.set_voice(Voice.WARNING if is_missing else Voice.PLAIN)
        say(self.note, "Needed: choose a column" if is_missing else reason)
        self.choice.setAccessibleDescription(self.note.text())

    def _take(self, place: int) -> None:
        value = self.choice.itemData(place)
        if value is None:
            self.own.show()
            self.own.setFocus()
            self.own.selectAll()
        else:
            self.changed.emit(self.field, value)

    def _take_own(self) -> None:
        if not self.own.isModified():
            return
        self.own.setModified(False)
        if self.own.hasFocus():
            self.choice.setFocus()
        self.changed.emit(self.field, self.own.text().strip() or NOTHING)


class SettingRow(QObject):
    """One thing that says how the table is read; `changed` carries its key and its value, "" for as it is found."""

    changed = Signal(str, str)

    def __init__(self, words: SettingWords, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.words = words
        self.label = row_label(words.label, look)
        self.choice = wide_choice(look)
        self.own = QLineEdit()
        self.note = DialogLabel("", look, Voice.NOTE)
        for control in (self.choice, self.own):
            control.setAccessibleName(words.label)
        self.choice.setObjectName(f"setting_{words.key}")
        self.label.setBuddy(self.choice if words.values else self.own)
        self.choice.activated.connect(lambda place: self.changed.emit(words.key, self.choice.itemData(place)))
        self.own.editingFinished.connect(self._take_own)

    def place(self, grid: QGridLayout) -> None:
        """Add the row at the end of a form."""
        add_row(grid, self.label, self.choice, self.own, self.note)

    def show_value(
        self, value: str, note: str = "", *, is_shown: bool = True, values: Mapping[str, str] | None = None
    ) -> None:
        """Show a value; a table that it has nothing to say of is not asked for it.

        `values` are those that this table can have, with their words, where the table tells them.
        """
        choices = values or self.words.values
        self.label.setVisible(is_shown)
        self.label.setBuddy(self.choice if choices else self.own)
        self.choice.setVisible(is_shown and bool(choices))
        self.own.setVisible(is_shown and not choices)
        say(self.note, note if is_shown else "")
        self.choice.clear()
        if not values:
            self.choice.addItem("As the table has it", "")
        for known, words in choices.items():
            self.choice.addItem(shown_line(words, MOST_NAME_CHARACTERS), known)
        if self.choice.findData(value) < 0:
            self.choice.addItem(shown_line(value, MOST_NAME_CHARACTERS), value)
        self.choice.setCurrentIndex(self.choice.findData(value))
        if not self.own.hasFocus():
            self.own.setText(value)

    def _take_own(self) -> None:
        if self.own.isModified():
            self.own.setModified(False)
            self.changed.emit(self.words.key, self.own.text().strip())


class QuestionRow(QObject):
    """What only the user knows; `changed` carries key and answer. A column is chosen in the row of its field."""

    changed = Signal(str, str)

    def __init__(self, question: Question, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.question = question
        self.is_answered_here = bool(question.choices) and question.key not in FIELD_WORDS
        words = sentence(question.text) + (" Which is right?" if self.is_answered_here else "")
        self.label = DialogLabel(words, look, Voice.WARNING)
        self.choice = wide_choice(look)
        self.choice.setPlaceholderText("Choose…")
        self.choice.setObjectName(f"question_{question.key}")
        self.choice.setAccessibleName(key_words(question.key))
        self.choice.setAccessibleDescription(question.text)
        samples = telling_parts([choice.sample for choice in question.choices])
        for choice, sample in zip(question.choices, samples, strict=True):
            words = value_words(question.key, choice.value)
            text = f"{words} — {sample}" if sample else words
            self.choice.addItem(shown_line(text, MOST_NAME_CHARACTERS + MOST_SAMPLE_CHARACTERS), choice.value)
        self.choice.setCurrentIndex(-1)
        if not self.is_answered_here:
            self.choice.hide()
        self.choice.activated.connect(lambda place: self.changed.emit(question.key, self.choice.itemData(place)))

    def show_answer(self, value: str | None) -> None:
        """Show what was answered, None for nothing yet."""
        self.choice.setCurrentIndex(-1 if value is None else self.choice.findData(value))
        self.label.set_voice(Voice.WARNING if value is None else Voice.PLAIN)


def row_label(text: str, look: Look) -> DialogLabel:
    """Return the label before a control."""
    label = DialogLabel(text, look)
    label.set_wraps(wraps=False)
    return label


def wide_choice(look: Look) -> ChoiceBox:
    """Return a list that is as wide as its place, and opens as wide as its entries need."""
    choice = ChoiceBox(look)
    choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    choice.setMinimumContentsLength(6)
    choice.view().setMinimumWidth(look.px(POPUP_PX))
    return choice


def add_row(grid: QGridLayout, label: QWidget, *controls: QWidget) -> None:
    """Add a label, and beside it controls one below the other."""
    row = grid.rowCount()
    grid.addWidget(label, row, 0)
    for below, control in enumerate(controls):
        grid.addWidget(control, row + below, 1)


def say(label: DialogLabel, words: str) -> None:
    """Give a label its words, and no room where it has none."""
    label.setText(words)
    label.setVisible(bool(words))


def sentence(words: str) -> str:
    """Return words as a sentence."""
    return f"{words[:1].upper()}{words[1:]}" + ("" if words.endswith((".", "?", "!", ":")) else ".")


def telling_parts(samples: Sequence[str]) -> list[str]:
    """Return samples without what they begin with in common, but for a few characters: where they differ counts."""
    alike = takewhile(lambda characters: len(set(characters)) == 1, zip(*samples, strict=False))
    shared = sum(1 for _ in alike) if len(samples) > 1 else 0
    begin = max(shared - SHARED_CHARACTERS, 0)
    return [f"…{sample[begin:]}" if begin else sample for sample in samples]


def column_words(column: ColumnSample) -> str:
    """Return a column in one line: its name, and the first values that say something."""
    name = shown_line(column.name, MOST_NAME_CHARACTERS)
    values = shown_line(" · ".join(value for value in column.values if value), MOST_SAMPLE_CHARACTERS)
    return f"{name}:  {values}" if values else name


def _written_words(value: str) -> str:
    """Return the words for several columns, or for a text that all events get."""
    return f"Always “{value.removeprefix(NOTHING)}”" if value.startswith(NOTHING) else value.replace("+", " + ")
