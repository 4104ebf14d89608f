"""A quiet line above the timeline: something to know, a link to what can be done about it, and a way to close it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHBoxLayout, QWidget

from timeline_app.ui.look import Look
from timeline_app.ui.panels.close_button import CloseButton
from timeline_app.ui.panels.text_button import TextButton, Tone
from timeline_app.ui.safe_widgets import PlainLabel

SIDE_PX = 16


class NoticeBar(QWidget):
    """Hidden while it has nothing to say, and after it was closed; `link_clicked` asks for what the link names."""

    link_clicked = Signal()

    def __init__(self, link: str, look: Look, parent: QWidget | None = None, *, is_warning: bool = False) -> None:
        super().__init__(parent)
        self._look = look
        self._is_warning = is_warning
        self.label = PlainLabel()
        self.link_button = TextButton(link, look, tone=Tone.LINK)
        self.close_button = CloseButton("Close this notice", look)
        row = QHBoxLayout(self)
        row.setContentsMargins(SIDE_PX, 4, SIDE_PX - 4, 4)
        row.setSpacing(8)
        row.addWidget(self.label)
        row.addWidget(self.link_button)
        row.addStretch(1)
        row.addWidget(self.close_button)
        self.link_button.clicked.connect(self.link_clicked)
        self.close_button.clicked.connect(self.hide)
        look.changed.connect(self._restyle)
        self._restyle()
        self.hide()

    def say(self, words: str) -> None:
        """Show a sentence, nothing for ""."""
        self.label.setText(words)
        self.setHidden(not words)

    def _restyle(self) -> None:
        theme = self._look.theme
        self.label.setFont(self._look.small())
        self.label.set_colour(QColor(theme.warning if self._is_warning else theme.ink))
