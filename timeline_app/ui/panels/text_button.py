"""A button that is only its words, for the quiet places of the window."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from timeline_app.ui.guarded import guarded
from timeline_app.ui.look import Look

SMALLEST_TARGET_PX = 24
PADDING_PX = 4
ARROW_PX = 12
RING_PX = 2


class Tone(StrEnum):
    """How loud the words are."""

    MUTED = "muted"
    LINK = "link"
    HEADING = "heading"


class Arrow(StrEnum):
    """Which triangle stands with the words: none, one that says that a menu opens, one that folds and unfolds."""

    NONE = "none"
    MENU = "menu"
    FOLD = "fold"


class TextButton(QAbstractButton):
    """Words that can be pressed; `text` is the program's own, never a file's, since `&` has a meaning in it."""

    def __init__(
        self,
        text: str,
        look: Look,
        parent: QWidget | None = None,
        *,
        tone: Tone = Tone.MUTED,
        arrow: Arrow = Arrow.NONE,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._tone = tone
        self._arrow = arrow
        self.setText(text)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCheckable(arrow is Arrow.FOLD)
        look.changed.connect(self._restyle)

    @guarded(QSize())
    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self._font())
        arrow_px = 0 if self._arrow is Arrow.NONE else self._look.px(ARROW_PX)
        width = metrics.horizontalAdvance(self.text()) + arrow_px + 2 * PADDING_PX
        return QSize(max(width, SMALLEST_TARGET_PX), max(metrics.height() + 2 * PADDING_PX, SMALLEST_TARGET_PX))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 — it is small enough to be painted whole
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_words(painter)
            if self.hasFocus():
                paint_focus_ring(painter, QRectF(self.rect()), QColor(self._look.theme.accent))

    def _paint_words(self, painter: QPainter) -> None:
        font = self._font()
        font.setUnderline(self.underMouse() and self._tone is Tone.LINK and self.isEnabled())
        colour = self._colour()
        words = self.rect().adjusted(PADDING_PX, 0, -PADDING_PX, 0)
        if self._arrow is Arrow.FOLD:
            place = QPointF(words.left() + self._look.px(3), words.center().y() + 0.5)
            paint_triangle(painter, place, colour, downward=self.isChecked(), scale=self._look.text_scale)
            words.setLeft(words.left() + self._look.px(ARROW_PX))
        elif self._arrow is Arrow.MENU:
            place = QPointF(words.right() - self._look.px(4), words.center().y() + 1)
            paint_triangle(painter, place, colour, downward=True, scale=self._look.text_scale)
            words.setRight(words.right() - self._look.px(ARROW_PX))
        painter.setFont(font)
        painter.setPen(colour)
        painter.drawText(QRect(words), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())

    def _font(self) -> QFont:
        return self._look.small(bold=self._tone is Tone.HEADING)

    def _colour(self) -> QColor:
        theme = self._look.theme
        if self._tone is Tone.LINK and self.isEnabled():
            return QColor(theme.link)
        return QColor(theme.ink if self.underMouse() and self.isEnabled() else theme.muted)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()


def paint_focus_ring(painter: QPainter, bounds: QRectF, colour: QColor, radius_px: float = 4) -> None:
    """Draw the ring that shows where the keyboard is, just within the bounds."""
    painter.setPen(QPen(colour, RING_PX))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    inset = RING_PX / 2
    painter.drawRoundedRect(bounds.adjusted(inset, inset, -inset, -inset), radius_px, radius_px)


def paint_triangle(painter: QPainter, centre: QPointF, colour: QColor, *, downward: bool, scale: float = 1.0) -> None:
    """Draw the small triangle of what opens: to the right while shut, downward when open."""
    points = [(-3.5, -2.2), (3.5, -2.2), (0, 2.6)] if downward else [(-2.2, -3.5), (-2.2, 3.5), (2.6, 0)]
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawPolygon(QPolygonF([centre + QPointF(x, y) * scale for x, y in points]))
