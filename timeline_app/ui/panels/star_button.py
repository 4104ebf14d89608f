"""The star of the pane: pressed, the event that is shown there is starred."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from timeline_app.ui.look import Look
from timeline_app.ui.panels.step_button import SIZE_PX, dress_small_button
from timeline_app.ui.panels.text_button import paint_focus_ring
from timeline_app.ui.star_shape import star_polygon

RADIUS_PX = 7.0


class StarButton(QAbstractButton):
    """An outline until it is pressed, then filled."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setCheckable(True)
        self.setAccessibleName("Star")
        self.setAccessibleDescription("Marks this event for yourself")
        self.setToolTip("Star this event, for yourself  Ctrl+D")
        dress_small_button(self)
        look.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(SIZE_PX), self._look.px(SIZE_PX))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 — it is small enough to be painted whole
        theme = self._look.theme
        colour = QColor(theme.bar if not self.isEnabled() else theme.ink if self.underMouse() else theme.muted)
        if self.isChecked():
            colour = QColor(theme.accent)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            pen = QPen(colour, 1.4 * self._look.text_scale)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(pen)
            painter.setBrush(colour if self.isChecked() else Qt.BrushStyle.NoBrush)
            centre = QRectF(self.rect()).center() + QPointF(0, 0.5)
            painter.drawPolygon(star_polygon(centre, RADIUS_PX * self._look.text_scale))
            if self.hasFocus():
                paint_focus_ring(painter, QRectF(self.rect()), QColor(theme.accent))
