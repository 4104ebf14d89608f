"""A button that is only a small picture, as large as a finger or a pointer needs."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from timeline_app.ui.look import Look
from timeline_app.ui.panels.text_button import paint_focus_ring

SIZE_PX = 26


class SmallButton(QAbstractButton):
    """Who inherits it draws the picture, in a colour that tells whether it can be pressed."""

    def __init__(self, name: str, look: Look, parent: QWidget | None = None) -> None:
        """`name` is what is heard of it."""
        super().__init__(parent)
        self._look = look
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.changed.connect(self._restyle)

    def draw_picture(self, painter: QPainter, colour: QColor) -> None:
        """Draw what it shows around the middle."""
        raise NotImplementedError

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(SIZE_PX), self._look.px(SIZE_PX))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 — it is small enough to be painted whole
        theme = self._look.theme
        colour = theme.bar if not self.isEnabled() else theme.ink if self.underMouse() else theme.muted
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self.draw_picture(painter, QColor(colour))
            if self.hasFocus():
                paint_focus_ring(painter, QRectF(self.rect()), QColor(theme.accent))

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()
