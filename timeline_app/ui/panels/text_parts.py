"""The pieces of text and the thin lines that panels are put together from."""

from __future__ import annotations

from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from timeline_app.ui.look import Look
from timeline_app.ui.safe_widgets import PlainLabel

# Buttons keep this distance between their words and their edge, for the focus ring; everything else is set in as far.
INSET_PX = 4
WRAPPED_CHARACTERS = 5_000


def wrapped_label(text: str, font: QFont, colour: str) -> PlainLabel:
    """Make a label of as many lines as its width asks for."""
    label = PlainLabel(text, longest=WRAPPED_CHARACTERS)
    label.setFont(font)
    label.set_colour(QColor(colour))
    label.set_wraps(wraps=True)
    label.setContentsMargins(INSET_PX, 0, INSET_PX, 0)
    return label


def muted_label(text: str, look: Look) -> PlainLabel:
    """Make a label of small, quiet text."""
    return wrapped_label(text, look.small(), look.theme.muted)


def heading_label(text: str, look: Look) -> PlainLabel:
    """Make the heading of a section."""
    return wrapped_label(text, look.small(bold=True), look.theme.muted)


class Rule(QWidget):
    """A thin line as wide as the text, or from edge to edge."""

    def __init__(self, look: Look, parent: QWidget | None = None, *, inset_px: int = INSET_PX) -> None:
        super().__init__(parent)
        self._look = look
        self._inset_px = inset_px
        self.setFixedHeight(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 — it is one line
        with QPainter(self) as painter:
            painter.fillRect(self.rect().adjusted(self._inset_px, 0, -self._inset_px, 0), QColor(self._look.theme.rule))
