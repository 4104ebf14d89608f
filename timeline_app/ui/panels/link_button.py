"""A line of text from a file that can be clicked."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from timeline_app.ui.guarded import guarded
from timeline_app.ui.look import Look
from timeline_app.ui.panels.text_button import SMALLEST_TARGET_PX, paint_focus_ring
from timeline_app.ui.panels.text_parts import INSET_PX
from timeline_app.ui.safe_widgets import set_safe_tooltip, shown_line
from timeline_app.ui.wrapped_text import UNWRAPPED_PX, wrap


class LinkButton(QAbstractButton):
    """Wrapped text in the link colour, underlined under the pointer; unlike a button's text it has no mnemonics."""

    def __init__(self, words: str, look: Look, parent: QWidget | None = None, *, one_line: bool = False) -> None:
        super().__init__(parent)
        self._look = look
        self._words = shown_line(words)
        self._one_line = one_line
        self.setAccessibleName(self._words)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        # A fixed height would be that of a single line, and cut off what is wrapped.
        height = QSizePolicy.Policy.Fixed if one_line else QSizePolicy.Policy.Preferred
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, height)
        policy.setHeightForWidth(not one_line)
        self.setSizePolicy(policy)
        if one_line:
            set_safe_tooltip(self, words)

    @property
    def words(self) -> str:
        """The text as it is shown."""
        return self._words

    def hasHeightForWidth(self) -> bool:
        return not self._one_line

    @guarded(SMALLEST_TARGET_PX)
    def heightForWidth(self, width: int) -> int:
        text_px = wrap(self._words, self._look.body(), width - 2 * INSET_PX).size_px.height()
        return max(SMALLEST_TARGET_PX, round(text_px) + 2 * INSET_PX)

    @guarded(QSize(SMALLEST_TARGET_PX, SMALLEST_TARGET_PX))
    def sizeHint(self) -> QSize:
        size_px = wrap(self._words, self._look.body(), UNWRAPPED_PX).size_px
        height_px = max(SMALLEST_TARGET_PX, round(size_px.height()) + 2 * INSET_PX)
        return QSize(int(size_px.width()) + 1 + 2 * INSET_PX, height_px)

    def minimumSizeHint(self) -> QSize:
        return QSize(SMALLEST_TARGET_PX, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 — it is small enough to be painted whole
        font = self._look.body()
        font.setUnderline(self.underMouse() or self.hasFocus())
        words, width_px = self._words, self.width() - 2 * INSET_PX
        if self._one_line:
            words = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideMiddle, width_px)
        lines = wrap(words, font, width_px)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QColor(self._look.theme.link))
            lines.draw(painter, QPointF(INSET_PX, (self.height() - lines.size_px.height()) / 2))
            if self.hasFocus():
                paint_focus_ring(painter, QRectF(self.rect()), QColor(self._look.theme.accent))
