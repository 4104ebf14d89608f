"""The small arrows that step from one event to the next."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from timeline_app.ui.look import Look
from timeline_app.ui.panels.text_button import paint_focus_ring

SIZE_PX = 26
REACH_PX = 4.0


def dress_small_button(button: QAbstractButton) -> None:
    """Let a button that is only a small picture feel like one."""
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setAttribute(Qt.WidgetAttribute.WA_Hover)
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)


class StepButton(QAbstractButton):
    """An arrow to the previous or the next event of the same actor."""

    def __init__(self, look: Look, parent: QWidget | None = None, *, forward: bool) -> None:
        super().__init__(parent)
        self._look = look
        self._forward = forward
        name = "Next event of the same actor" if forward else "Previous event of the same actor"
        self.setAccessibleName(name)
        self.setToolTip("Next event of the same actor  ." if forward else "Previous event of the same actor  ,")
        dress_small_button(self)
        look.changed.connect(self._restyle)

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(SIZE_PX), self._look.px(SIZE_PX))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 — it is small enough to be painted whole
        theme = self._look.theme
        colour = theme.bar if not self.isEnabled() else theme.ink if self.underMouse() else theme.muted
        scale = self._look.text_scale
        reach_px = REACH_PX if self._forward else -REACH_PX
        centre = QRectF(self.rect()).center()
        corners = [(-reach_px / 2, -REACH_PX), (reach_px / 2, 0.0), (-reach_px / 2, REACH_PX)]
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            pen = QPen(QColor(colour), 1.6 * scale)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(pen)
            painter.drawPolyline(QPolygonF([centre + QPointF(x, y) * scale for x, y in corners]))
            if self.hasFocus():
                paint_focus_ring(painter, QRectF(self.rect()), QColor(theme.accent))

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()
