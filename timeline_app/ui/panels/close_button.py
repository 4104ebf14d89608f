"""The cross at the end of a bar that closes it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from timeline_app.ui.cross_shape import draw_cross
from timeline_app.ui.look import Look
from timeline_app.ui.panels.step_button import SIZE_PX, dress_small_button
from timeline_app.ui.panels.text_button import paint_focus_ring
from timeline_app.ui.safe_widgets import set_safe_tooltip


class CloseButton(QAbstractButton):
    """`name` says what is closed, as in “Close the story”."""

    def __init__(self, name: str, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setAccessibleName(name)
        set_safe_tooltip(self, name)
        dress_small_button(self)
        look.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(SIZE_PX), self._look.px(SIZE_PX))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 — it is small enough to be painted whole
        theme = self._look.theme
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            colour = QColor(theme.ink if self.underMouse() else theme.muted)
            draw_cross(painter, QRectF(self.rect()).center(), colour, self._look.text_scale)
            if self.hasFocus():
                paint_focus_ring(painter, QRectF(self.rect()), QColor(theme.accent))
