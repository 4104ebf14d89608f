"""What the program is, which version, and under which licence."""

from __future__ import annotations

from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QDialog, QWidget

from timeline_app.ui.dialogs.button_box import ButtonBox
from timeline_app.ui.dialogs.dressing import DialogLabel, Voice, add_close_button, dialog_column
from timeline_app.ui.look import Look

WIDTH_PX = 420


class AboutDialog(QDialog):
    """Shows name, version and licences."""

    def __init__(self, version: str, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("about_dialog")
        column = dialog_column(self, "About", look, WIDTH_PX)
        for text, voice in (
            ("Conflict Timeline", Voice.TITLE),
            (f"Version {version}, with Qt {qVersion()}", Voice.NOTE),
            ("Every event with the exact words of its source. Nothing leaves this machine.", Voice.PLAIN),
            ("MIT licence. Qt is used under the LGPL, the fonts under the SIL Open Font License.", Voice.NOTE),
        ):
            column.addWidget(DialogLabel(text, look, voice))
        column.addSpacing(8)
        buttons = ButtonBox()
        add_close_button(buttons, self)
        column.addWidget(buttons)
