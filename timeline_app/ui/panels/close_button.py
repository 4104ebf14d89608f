"""The cross at the end of a bar that closes it."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from timeline_app.ui.cross_shape import draw_cross
from timeline_app.ui.look import Look
from timeline_app.ui.panels.small_button import SmallButton
from timeline_app.ui.safe_widgets import set_safe_tooltip


class CloseButton(SmallButton):
    """`name` says what is closed, as in “Close the story”."""

    def __init__(self, name: str, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(name, look, parent)
        set_safe_tooltip(self, name)

    def draw_picture(self, painter: QPainter, colour: QColor) -> None:
        """Draw the cross."""
        draw_cross(painter, QRectF(self.rect()).center(), colour, self._look.text_scale)
