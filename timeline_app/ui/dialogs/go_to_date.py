"""Ask for a date in any form, and show at once how it is read."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QLineEdit, QPushButton, QWidget

from timeline_app.core.errors import AmbiguousDate, WhenError
from timeline_app.core.typed_date import LENGTH_LIMIT, read_typed_date
from timeline_app.core.when import When, in_words
from timeline_app.ui.dialogs.button_box import ButtonBox
from timeline_app.ui.dialogs.dressing import DialogLabel, Voice, add_button, add_cancel_button, dialog_column
from timeline_app.ui.look import Look

WIDTH_PX = 440
READING_LINES = 2
HINT = "Any form will do: 2024-10-12, 12 Oct 2024, June 2024, the 1990s, 44 BC"


class GoToDateDialog(QDialog):
    """Reads a date while it is typed; `chosen` carries the When that was agreed on."""

    chosen = Signal(object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._when: When | None = None
        self.field = QLineEdit()
        self.reading = DialogLabel(HINT, look, Voice.NOTE)
        self.choices = QWidget()
        self._choice_row = QHBoxLayout(self.choices)
        self._choice_buttons: list[QPushButton] = []
        self.buttons = ButtonBox()
        self.go_button = add_button(
            self.buttons, "Go", self.go, name="go", role=QDialogButtonBox.ButtonRole.AcceptRole, is_default=True
        )
        self._build()
        self.field.textChanged.connect(self._read)
        look.changed.connect(self._reserve_room)
        self._read("")

    @property
    def when(self) -> When | None:
        """The date that was read, None as long as there is none."""
        return self._when

    @property
    def choice_buttons(self) -> tuple[QPushButton, ...]:
        """The readings to choose from, where there are several."""
        return tuple(self._choice_buttons)

    def go(self) -> None:
        """Close and tell which date was read."""
        if self._when is not None:
            self._choose(self._when)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if is_enter and self.field.hasFocus() and self._choice_buttons:
            self._choice_buttons[0].setFocus()
        else:
            super().keyPressEvent(event)

    def _choose(self, when: When) -> None:
        self.accept()
        self.chosen.emit(when)

    def _read(self, typed: str) -> None:
        self._when = None
        self._show_choices(())
        if not typed.strip():
            self._say(HINT, Voice.NOTE)
        else:
            try:
                self._when = read_typed_date(typed)
            except AmbiguousDate as error:
                self._say("That could be either of these:", Voice.NOTE)
                self._show_choices(error.choices)
            except WhenError as error:
                self._say(_sentence(str(error)), Voice.WARNING)
            else:
                self._say(f"→ {in_words(self._when)}, {_exactness(self._when)}", Voice.PLAIN)
        self.go_button.setEnabled(self._when is not None)

    def _say(self, text: str, voice: Voice) -> None:
        self.reading.set_voice(voice)
        self.reading.setText(text)
        self.field.setAccessibleDescription(text)

    def _show_choices(self, choices: tuple[When, ...]) -> None:
        for button in self._choice_buttons:
            button.hide()
            button.deleteLater()
        self._choice_buttons = []
        for place, when in enumerate(choices):
            button = QPushButton(in_words(when).replace("&", "&&"))
            button.setAutoDefault(True)
            button.clicked.connect(lambda _checked, chosen=when: self._choose(chosen))
            self._choice_row.insertWidget(place, button)
            self._choice_buttons.append(button)
        self.choices.setVisible(bool(choices))

    def _reserve_room(self) -> None:
        """Keep the dialog's height the same while what it says takes one line or two."""
        self.reading.setMinimumHeight(READING_LINES * self.reading.fontMetrics().lineSpacing() + 4)

    def _build(self) -> None:
        self.setObjectName("go_to_date")
        column = dialog_column(self, "Go to date", self._look, WIDTH_PX)
        self.field.setObjectName("date_field")
        self.field.setAccessibleName("Date, in any form")
        self.field.setPlaceholderText("A date")
        self.field.setMaxLength(LENGTH_LIMIT + 1)
        self.reading.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._choice_row.setContentsMargins(0, 0, 0, 0)
        self._choice_row.addStretch()
        add_cancel_button(self.buttons, self)
        for widget in (self.field, self.reading, self.choices, self.buttons):
            column.addWidget(widget)
        self._reserve_room()
        self.field.setFocus()


def _exactness(when: When) -> str:
    return f"to the {when.precision.label}"


def _sentence(reason: str) -> str:
    """Return a reason as a sentence, which may begin with a verb whose subject is the date."""
    starts = {"names": "This names", "could": "This could"}
    first, _, rest = reason.partition(" ")
    return f"{starts.get(first, first[:1].upper() + first[1:])} {rest}.".replace(" .", ".")
