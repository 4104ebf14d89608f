"""Which of several open files is meant."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QWidget

from timeline_app.ui.dialogs.button_box import ButtonBox
from timeline_app.ui.dialogs.controls import ChoiceBox
from timeline_app.ui.dialogs.dressing import DialogLabel, add_button, add_cancel_button, dialog_column
from timeline_app.ui.look import Look
from timeline_app.ui.safe_widgets import shown_line

WIDTH_PX = 440
MOST_NAME_CHARACTERS = 60


class ChooseFileDialog(QDialog):
    """`chosen` carries the path that was agreed on."""

    chosen = Signal(object)

    def __init__(self, title: str, paths: Sequence[Path], look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._paths = paths
        self.setObjectName("choose_file_dialog")
        column = dialog_column(self, title, look, WIDTH_PX)
        self.file = ChoiceBox(look)
        self.file.setAccessibleName("File")
        for path in paths:
            self.file.addItem(shown_line(path.name, MOST_NAME_CHARACTERS))
        buttons = ButtonBox()
        self.next_button = add_button(
            buttons, "Next", self._choose, name="next", role=QDialogButtonBox.ButtonRole.AcceptRole, is_default=True
        )
        add_cancel_button(buttons, self)
        for part in (DialogLabel("Of which table?", look), self.file, buttons):
            column.addWidget(part)
        self.file.setFocus()

    def _choose(self) -> None:
        self.accept()
        self.chosen.emit(self._paths[self.file.currentIndex()])
