"""A short guide to the window, for those who press F1."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QScrollArea, QVBoxLayout, QWidget

from timeline_app.ui.dialogs.button_box import ButtonBox
from timeline_app.ui.dialogs.dressing import (
    SIDE_PX,
    DialogLabel,
    Voice,
    add_button,
    add_close_button,
    dialog_column,
    open_at,
)
from timeline_app.ui.look import Look

WIDTH_PX = 560
HEIGHT_PX = 620


@dataclass(frozen=True, slots=True)
class Topic:
    """One thing that the guide explains."""

    heading: str
    sentences: str


GUIDE: Final = (
    Topic(
        "Look around",
        "Turn the wheel to zoom at the pointer, drag to move in time; W and S, A and D do the same. Ctrl+0 shows "
        "everything again, Ctrl+G goes to a date in any form.",
    ),
    Topic(
        "Read an event",
        "Click an event, or go from one to the next with the arrow keys. The right pane shows the exact words of its "
        "source, who wrote them and when, and whether they were found in the document word for word. Ctrl+C copies "
        "the citation.",
    ),
    Topic(
        "What a mark says",
        "A mark is as wide as the date is vague: “in June” is a month wide, with soft ends. A bar that fades out with "
        "an arrow goes on, as far as is known. A number in a ring counts events that are too close together to be "
        "drawn apart; double-click it to open them.",
    ),
    Topic(
        "Choose what is shown",
        "Tick actors at the left; more choices are below them. T leaves out what lies before and after the stretch of "
        "time on screen. Each choice becomes a chip above the timeline and goes away with its cross. The line at the "
        "bottom always says how many events are shown, merged and filtered out.",
    ),
    Topic(
        "Search",
        "Press / and type words, or fields such as actor:“North Korea” type:deployment after:2024-06. Enter goes to "
        "the next hit, Ctrl+Enter turns the search into a filter.",
    ),
    Topic(
        "Figures that disagree",
        "Where parties give different figures or dates, all of them stand side by side under the excerpt, each with "
        "those who claim it.",
    ),
    Topic(
        "Your own files",
        "Drop a file on the window, or press Ctrl+O. Files are only read, never changed, and nothing is sent anywhere. "
        "What could not be read is listed with file and line.",
    ),
)


class HelpDialog(QDialog):
    """Shows the short guide; the table of keys is one press away."""

    def __init__(self, look: Look, show_keys: Callable[[], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._show_keys = show_keys
        self.setObjectName("help_dialog")
        column = dialog_column(self, "Help", look, 420)
        column.setContentsMargins(0, 0, 0, column.contentsMargins().bottom())
        content = QWidget()
        text = QVBoxLayout(content)
        text.setContentsMargins(SIDE_PX, 16, SIDE_PX, 8)
        text.setSpacing(4)
        for topic in GUIDE:
            text.addWidget(DialogLabel(topic.heading, look, Voice.HEADING))
            text.addWidget(DialogLabel(topic.sentences, look))
            text.addSpacing(12)
        text.addStretch()
        self.area = QScrollArea()
        self.area.setWidget(content)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setAccessibleName("Short guide")
        column.addWidget(self.area, 1)
        buttons = ButtonBox()
        buttons.setContentsMargins(SIDE_PX, 0, SIDE_PX, 0)
        add_button(buttons, "All keys", self._go_to_keys, name="keys")
        add_close_button(buttons, self)
        column.addWidget(buttons)
        open_at(self, look, (WIDTH_PX, HEIGHT_PX))

    def _go_to_keys(self) -> None:
        self.accept()
        self._show_keys()
