"""A quiet line above the timeline while a file is opened or written: how far it is, and a way out."""

from __future__ import annotations

import time

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from timeline_app.core.progress import Pace, Progress, progress_words
from timeline_app.core.safe_text import safe_text
from timeline_app.ui.look import Look
from timeline_app.ui.panels.status_line import announce
from timeline_app.ui.panels.text_button import TextButton, Tone
from timeline_app.ui.safe_widgets import PlainLabel

SIDE_PX = 16
BAR_PX = 3
# As long as some tens of megabytes take; the room that it takes is the timeline's, which is painted anew for it.
WAIT_MS = 500
STEPS = 1000
MOST_NAME_CHARACTERS = 60


class BusyBar(QWidget):
    """Hidden until it has taken a moment, so that small files never make it flicker; Esc within it cancels."""

    cancel_clicked = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None, *, doing: str = "Opening") -> None:
        super().__init__(parent)
        self._doing = doing
        self._look = look
        self._progress: Progress | None = None
        self._pace = Pace()
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(WAIT_MS)
        self.name_label = PlainLabel("", self)
        self.words_label = PlainLabel("", self)
        self.bar = QProgressBar(self)
        self.cancel_button = TextButton("Cancel", look, self, tone=Tone.LINK)
        self._build()
        self._wait.timeout.connect(self._appear)
        self.cancel_button.clicked.connect(self.cancel_clicked)
        look.changed.connect(self._restyle)
        self._restyle()
        self.hide()

    def set_busy(self, busy: bool) -> None:  # noqa: FBT001 — a slot
        """Take notice that something is being done, or no longer."""
        self._progress, self._pace = None, Pace()
        if busy:
            self._write_if_shown()
            self._wait.start()
        else:
            self._wait.stop()
            self.hide()

    def set_progress(self, progress: Progress) -> None:
        """Show how far a file is; what comes after the end is late news of it."""
        if self.isHidden() and not self._wait.isActive():
            return
        self._progress = progress
        self._pace.note(progress, time.monotonic())
        self._write_if_shown()

    def event(self, event: QEvent) -> bool:
        """Claim Esc for the button before the window's shortcut takes it."""
        is_escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if is_escape and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.cancel_clicked.emit()
        else:
            super().keyPressEvent(event)

    def _appear(self) -> None:
        self._write()
        self.show()
        announce(self, self.name_label.text())

    def _write_if_shown(self) -> None:
        if not self.isHidden():
            self._write()

    def _write(self) -> None:
        progress = self._progress
        name = safe_text(progress.file[-MOST_NAME_CHARACTERS:]) if progress is not None else ""
        self.name_label.setText(f"{self._doing} {name}" if name else f"{self._doing}…")
        self.words_label.setText(progress_words(progress, self._pace) if progress is not None else "")
        share = progress.share if progress is not None else None
        # Without an end Qt shows a bar that runs to and fro, which says that something is going on.
        self.bar.setRange(0, 0 if share is None else STEPS)
        self.bar.setValue(round(STEPS * (share or 0.0)))

    def _build(self) -> None:
        self.setObjectName(f"{self._doing.lower()}_bar")
        self.cancel_button.setAccessibleName(f"Cancel {self._doing.lower()}")
        self.bar.setAccessibleName(self._doing)
        self.bar.setTextVisible(False)
        self.bar.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row = QHBoxLayout()
        row.setContentsMargins(SIDE_PX, 4, SIDE_PX - 4, 4)
        row.setSpacing(8)
        row.addWidget(self.name_label)
        row.addWidget(self.words_label, 1)
        row.addWidget(self.cancel_button)
        self.words_label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self.bar)

    def _restyle(self) -> None:
        theme = self._look.theme
        for label, colour in ((self.name_label, theme.ink), (self.words_label, theme.muted)):
            label.setFont(self._look.small())
            label.set_colour(QColor(colour))
        self.bar.setFixedHeight(self._look.px(BAR_PX))
        self.bar.setStyleSheet(
            f"QProgressBar {{ background: {theme.grid}; border: none; }}"
            f"QProgressBar::chunk {{ background: {theme.accent}; }}"
        )
