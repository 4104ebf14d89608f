"""Ask for a name to keep the present view under."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QWidget

from timeline_app.ui.dialogs.button_box import ButtonBox
from timeline_app.ui.dialogs.dressing import DialogLabel, Voice, add_button, add_cancel_button, dialog_column
from timeline_app.ui.look import Look

WIDTH_PX = 440
MOST_CHARACTERS = 80
HINT = "Filter, lanes, stretch of time and selection are kept for these files"


class SaveViewDialog(QDialog):
    """Says beforehand when a name is taken; `named` carries the name that was agreed on."""

    named = Signal(str)

    def __init__(self, names: Collection[str], look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names = names
        self.setObjectName("save_view")
        column = dialog_column(self, "Save this view", look, WIDTH_PX)
        self.field = QLineEdit()
        self.field.setMaxLength(MOST_CHARACTERS)
        self.field.setAccessibleName("Name of the view")
        self.note = DialogLabel(HINT, look, Voice.NOTE)
        buttons = ButtonBox()
        self.save_button = add_button(
            buttons, "Save", self._save, name="save", role=QDialogButtonBox.ButtonRole.AcceptRole, is_default=True
        )
        add_cancel_button(buttons, self)
        for part in (DialogLabel("Name", look), self.field, self.note, buttons):
            column.addWidget(part)
        self.field.textChanged.connect(self._follow_name)
        self._follow_name()

    @property
    def name(self) -> str:
        """The name as it will be kept."""
        return " ".join(self.field.text().split())

    def _save(self) -> None:
        if self.name:
            self.accept()
            self.named.emit(self.name)

    def _follow_name(self) -> None:
        self.save_button.setEnabled(bool(self.name))
        self.note.setText("The view of this name will be replaced" if self.name in self._names else HINT)
