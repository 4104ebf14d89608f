"""How long events waited for their first report: a bar for each class of lags, with exact counts."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from timeline_app.core.lags import LAG_CLASSES, LagCounts
from timeline_app.ui.look import Look
from timeline_app.ui.safe_widgets import set_safe_tooltip

HEIGHT_PX = 54
LABEL_PX = 18
GAP_PX = 3
LEAST_BAR_PX = 2.0
COUNT_PX = 15
LEAST_COLUMN_PX = 34
_STEPS: Mapping[int, int] = MappingProxyType({Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1})
_PLAIN = frozenset({Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier})


class LagHistogram(QWidget):
    """Bars under each other's labels; a click, or Enter on the one that the arrow keys chose, asks for its events."""

    class_clicked = Signal(int)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._counts: tuple[int, ...] = (0,) * len(LAG_CLASSES)
        self._chosen = 0
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Lag from event to first report")
        look.changed.connect(self._restyle)

    @property
    def counts(self) -> tuple[int, ...]:
        """How many events are of each class."""
        return self._counts

    def set_counts(self, found: LagCounts) -> None:
        """Show how many events are of each class."""
        self._counts = tuple(found.counts.tolist())
        told = [words_of(number, count) for number, count in enumerate(self._counts) if count]
        if found.unknown:
            told.append(f"of {found.unknown:,} it is not known")
        self.setAccessibleDescription("; ".join(told))
        self.update()

    def class_at(self, x_px: float) -> int | None:
        """Return the number of the class under a pixel."""
        number = int(x_px // self._column_px())
        return number if 0 <= number < len(LAG_CLASSES) else None

    def sizeHint(self) -> QSize:
        return QSize(400, self._look.px(HEIGHT_PX))

    def minimumSizeHint(self) -> QSize:
        return QSize(LEAST_COLUMN_PX * len(LAG_CLASSES), self._look.px(HEIGHT_PX))

    def event(self, event: QEvent) -> bool:
        # The window would else take the arrow keys for those that go from event to event.
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _step_of(event):
            event.accept()
            return True
        return super().event(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        number = self.class_at(event.position().x())
        set_safe_tooltip(self, "" if number is None else words_of(number, self._counts[number]))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        number = self.class_at(event.position().x())
        if event.button() is Qt.MouseButton.LeftButton and number is not None:
            self._ask(number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _step_of(event)
        if step:
            self._chosen = min(max(self._chosen + step, 0), len(LAG_CLASSES) - 1)
            self.setAccessibleDescription(words_of(self._chosen, self._counts[self._chosen]))
            self.update()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self._ask(self._chosen)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 — it is small enough to be painted whole
        with QPainter(self) as painter:
            base = self.height() - self._look.px(LABEL_PX)
            most, column = max(*self._counts, 1), self._column_px()
            for number, count in enumerate(self._counts):
                place = QRectF(number * column, 0, column - GAP_PX, base)
                self._draw_bar(painter, place, count, most)
                self._draw_label(painter, place, LAG_CLASSES[number].label, is_empty=not count)
            if self.hasFocus():
                painter.setPen(QPen(QColor(self._look.theme.accent), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(QRectF(self._chosen * column + 1, 1, column - GAP_PX - 2, self.height() - 2))

    def _draw_bar(self, painter: QPainter, place: QRectF, count: int, most: int) -> None:
        theme = self._look.theme
        painter.fillRect(QRectF(place.left(), place.bottom() - 1, place.width(), 1), QColor(theme.rule))
        if not count:
            return
        room = place.height() - self._look.px(COUNT_PX)
        height = max(room * count / most, LEAST_BAR_PX)
        painter.fillRect(
            QRectF(place.left(), place.bottom() - height, place.width(), height), QColor(theme.bar_passing)
        )
        painter.setFont(self._look.small())
        painter.setPen(QColor(theme.ink))
        count_px = self._look.px(COUNT_PX)
        above = QRectF(place.left(), place.bottom() - height - count_px, place.width(), count_px)
        painter.drawText(above, Qt.AlignmentFlag.AlignCenter, f"{count:,}")

    def _draw_label(self, painter: QPainter, place: QRectF, label: str, *, is_empty: bool) -> None:
        theme, font = self._look.theme, self._look.small()
        below = QRectF(place.left(), place.bottom(), place.width(), self.height() - place.bottom())
        painter.setFont(font)
        painter.setPen(QColor(theme.muted if is_empty else theme.ink))
        shown = QFontMetricsF(font).elidedText(label, Qt.TextElideMode.ElideRight, below.width())
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, shown)

    def _ask(self, number: int) -> None:
        if self._counts[number]:
            self.class_clicked.emit(number)

    def _column_px(self) -> float:
        return max(self.width(), 1) / len(LAG_CLASSES)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()


def _step_of(event: QKeyEvent) -> int:
    """Return how many bars further a key leads; with Alt or Ctrl the arrows are keys of the window."""
    return _STEPS.get(event.key(), 0) if event.modifiers() in _PLAIN else 0


def words_of(number: int, count: int) -> str:
    """Say how many events are of a class of lags."""
    return f"{count:,} {'event was' if count == 1 else 'events were'} first reported {LAG_CLASSES[number].words}"
