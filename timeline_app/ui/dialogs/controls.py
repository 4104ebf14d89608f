"""The controls of the dialogs, with the small marks on them drawn in the colours of the look.

A style sheet leaves Qt nothing to draw arrows and ticks with but pictures, which would have to exist in every colour
and size.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QCheckBox, QComboBox, QCompleter, QLineEdit, QSpinBox, QStyleOptionComboBox, QWidget

from timeline_app.ui.look import Look
from timeline_app.ui.panels.text_button import paint_focus_ring

ARROW_ROOM_PX = 24
BOX_PX = 16
FIELD_MARGIN_PX = 6
SIDE_PADDING_PX = 8
TARGET_PX = 24
TICK = ((0.22, 0.52), (0.43, 0.72), (0.78, 0.3))


class ChoiceBox(QComboBox):
    """One of several values; with `is_searchable` one types to find it."""

    def __init__(self, look: Look, parent: QWidget | None = None, *, is_searchable: bool = False) -> None:
        super().__init__(parent)
        self._look = look
        self.setStyleSheet(f"QComboBox::drop-down {{ border: none; width: {ARROW_ROOM_PX}px; }}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if is_searchable:
            # As wide as its place, not as its longest entry.
            self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            self._make_searchable()

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:
        """Cut what has no room by an ellipsis: under a style sheet Qt cuts it within a letter."""
        super().initStyleOption(option)
        room_px = self.width() - ARROW_ROOM_PX - 2 * SIDE_PADDING_PX
        option.currentText = option.fontMetrics.elidedText(option.currentText, Qt.TextElideMode.ElideRight, room_px)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        with QPainter(self) as painter:
            middle = QPointF(self.width() - ARROW_ROOM_PX / 2 - 2, self.height() / 2)
            _draw_chevron(painter, middle, QColor(self._look.theme.muted), downward=True)

    def _make_searchable(self) -> None:
        """Let one type; what is no entry of the list is taken back when the field is left."""
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        field, completer = QLineEdit(), QCompleter(self.model(), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setLineEdit(field)
        self.setCompleter(completer)
        field.editingFinished.connect(self._take_back)

    def _take_back(self) -> None:
        self.setEditText(self.itemText(self.currentIndex()))


class NumberBox(QSpinBox):
    """A whole number with its unit; what is typed counts once the field is left or Enter is pressed."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setStyleSheet(
            f"QSpinBox {{ padding-right: {ARROW_ROOM_PX}px; }}"
            f"QSpinBox::up-button, QSpinBox::down-button {{ border: none; width: {ARROW_ROOM_PX}px; }}"
            "QSpinBox::up-arrow, QSpinBox::down-arrow { image: none; width: 0; height: 0; }"
        )
        # The style sheet's padding does not reach the field within.
        self.lineEdit().setTextMargins(FIELD_MARGIN_PX, 0, 0, 0)
        self.setKeyboardTracking(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        muted, faint = QColor(self._look.theme.muted), QColor(self._look.theme.bar)
        left = self.width() - ARROW_ROOM_PX / 2 - 2
        with QPainter(self) as painter:
            up, down = QPointF(left, self.height() / 2 - 5), QPointF(left, self.height() / 2 + 5)
            _draw_chevron(painter, up, muted if self.value() < self.maximum() else faint, downward=False)
            _draw_chevron(painter, down, muted if self.value() > self.minimum() else faint, downward=True)


class TickBox(QCheckBox):
    """On or off, without words of its own."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look

    def sizeHint(self) -> QSize:
        return QSize(TARGET_PX, TARGET_PX)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 — it is small enough to be painted whole
        theme = self._look.theme
        side = float(self._look.px(BOX_PX))
        box = QRectF(0.5 + (TARGET_PX - BOX_PX) / 2, round((self.height() - side) / 2) + 0.5, side - 1, side - 1)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(theme.accent if self.isChecked() else theme.muted), 1))
            painter.setBrush(QColor(theme.accent if self.isChecked() else theme.field))
            painter.drawRoundedRect(box, 3, 3)
            if self.isChecked():
                pen = QPen(QColor(theme.background), 2)
                pen.setCapStyle(Qt.PenCapStyle.RoundCap)
                pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
                painter.setPen(pen)
                painter.setBrush(Qt.BrushStyle.NoBrush)
                points = [QPointF(box.left() + x * side, box.top() + y * side) for x, y in TICK]
                painter.drawPolyline(QPolygonF(points))
            if self.hasFocus():
                paint_focus_ring(painter, box.adjusted(-4, -4, 4, 4), QColor(theme.accent), 5)


def _draw_chevron(painter: QPainter, middle: QPointF, colour: QColor, *, downward: bool) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(colour, 1.5)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    rise = 2 if downward else -2
    points = [middle + QPointF(-4, -rise), middle + QPointF(0, rise), middle + QPointF(4, -rise)]
    painter.drawPolyline(QPolygonF(points))
