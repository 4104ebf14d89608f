"""Say what could not be done, in sentences that stay until they are read."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QWidget

from timeline_app.ui.dialogs.button_box import ButtonBox
from timeline_app.ui.dialogs.dressing import DialogLabel, Voice, add_button, dialog_column
from timeline_app.ui.look import Look

WIDTH_PX = 460
MOST_SENTENCES = 12


class NoticeDialog(QDialog):
    """A heading, what happened, and a button to close; the window stays usable behind it."""

    def __init__(self, heading: str, sentences: Sequence[str], look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice_dialog")
        column = dialog_column(self, "Notice", look, WIDTH_PX)
        column.addWidget(DialogLabel(heading, look, Voice.HEADING))
        for sentence in sentences[:MOST_SENTENCES]:
            column.addWidget(DialogLabel(sentence, look))
        if len(sentences) > MOST_SENTENCES:
            column.addWidget(DialogLabel(f"and {len(sentences) - MOST_SENTENCES:,} more", look, Voice.NOTE))
        buttons = ButtonBox()
        add_button(buttons, "Close", self.accept, name="close", is_default=True)
        column.addWidget(buttons)
