"""How a choice with its count is drawn: check box, name, bar, figure."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractItemView, QFrame, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from timeline_app.scene.marks import Shape
from timeline_app.ui.look import Look
from timeline_app.ui.panels.text_button import paint_focus_ring, paint_triangle
from timeline_app.ui.timeline.mark_painter import mark_path

COUNTED_ROLE = int(Qt.ItemDataRole.UserRole) + 1
"""The role under which a model gives a `Counted`."""

ROW_PX = 25
SIDE_PX = 16
BOX_PX = 14
GAP_PX = 8
BAR_PX = 7
LONGEST_BAR_PX = 58
ARROW_PX = 16
SHAPE_PX = 9
DEPTH_PX = 20

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Counted:
    """A choice as it is drawn: how many events it would leave, of how many it has, and `most` for the longest bar."""

    name: str
    count: int
    total: int
    most: int
    checked: bool = False
    excluded: bool = False
    round_box: bool = False
    has_bar: bool = True
    opens: bool = False
    is_open: bool = False
    depth: int = 0
    colour: QColor | None = None
    shape: Shape | None = None

    @property
    def words(self) -> str:
        """The choice for somebody who does not see it."""
        state = ", excluded" if self.excluded else ""
        return f"{self.name}, {self.count:,} events{state}"


class CountDelegate(QStyledItemDelegate):
    """Draws a `Counted` and takes the clicks and keys that check it or open it."""

    open_asked = Signal(QModelIndex)

    def __init__(self, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look = look

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002 — all rows are alike
        return QSize(0, self._look.px(ROW_PX))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        counted = index.data(COUNTED_ROLE)
        row = QRectF(option.rect)
        state = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(row, QColor(self._look.theme.grid))
        # The scroll bar stands in the margin, so that figures keep their column whether there is one or not.
        right_px = option.widget.width() - SIDE_PX
        bar_left_px = self._paint_count(painter, row, right_px, counted)
        left_px = row.left() + SIDE_PX + counted.depth * DEPTH_PX
        self._paint_box(painter, QRectF(left_px, row.center().y() - BOX_PX / 2, BOX_PX, BOX_PX), counted)
        self._paint_name(painter, QRectF(row), left_px + BOX_PX + GAP_PX, bar_left_px - GAP_PX, counted)
        if state & QStyle.StateFlag.State_HasFocus:
            ring = QRectF(row)
            ring.setLeft(row.left() + SIDE_PX / 2)
            ring.setRight(min(row.right(), option.widget.width() - SIDE_PX / 2))
            paint_focus_ring(painter, ring, QColor(self._look.theme.accent))
        painter.restore()

    def editorEvent(self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index) -> bool:
        if isinstance(event, QMouseEvent):
            if event.button() is not Qt.MouseButton.LeftButton:
                return False
            if event.type() is QEvent.Type.MouseButtonRelease:
                self._press(model, index, event.position().x(), option)
            return True
        if isinstance(event, QKeyEvent) and event.key() in {Qt.Key.Key_Space, Qt.Key.Key_Select}:
            _toggle(model, index)
            return True
        return False

    def arrow_left_px(self, left_px: float, counted: Counted) -> float:
        """Return where the arrow of an opening row begins, from the left edge of the row."""
        name_px = QFontMetricsF(self._look.body()).horizontalAdvance(counted.name)
        return left_px + SIDE_PX + counted.depth * DEPTH_PX + BOX_PX + GAP_PX + name_px

    def _press(self, model: QAbstractItemModel, index: Index, x_px: float, option: QStyleOptionViewItem) -> None:
        counted = index.data(COUNTED_ROLE)
        left_px = option.rect.left()
        arrow_px = self.arrow_left_px(left_px, counted)
        if counted.opens and arrow_px <= x_px < arrow_px + 1.5 * ARROW_PX:
            self.open_asked.emit(index)
        else:
            _toggle(model, index)

    def _paint_box(self, painter: QPainter, box: QRectF, counted: Counted) -> None:
        theme = self._look.theme
        colour = counted.colour or QColor(theme.accent)
        radius_px = BOX_PX / 2 if counted.round_box else 3.5
        painter.setPen(QPen(colour if counted.checked else QColor(theme.muted), 1.2))
        painter.setBrush(colour if counted.checked else QColor(theme.background))
        painter.drawRoundedRect(box, radius_px, radius_px)
        if counted.checked:
            painter.setPen(QPen(QColor(theme.background), 1.9, c=Qt.PenCapStyle.RoundCap, j=Qt.PenJoinStyle.RoundJoin))
            centre = box.center()
            painter.drawPolyline(QPolygonF([centre + QPointF(x, y) for x, y in ((-3.4, 0.2), (-1, 2.7), (3.4, -2.7))]))
        elif counted.excluded:
            painter.setPen(QPen(QColor(theme.ink), 1.6, c=Qt.PenCapStyle.RoundCap))
            painter.drawLine(box.center() + QPointF(-3, 0), box.center() + QPointF(3, 0))

    def _paint_name(self, painter: QPainter, row: QRectF, left_px: float, right_px: float, counted: Counted) -> None:
        theme = self._look.theme
        colour = QColor(theme.ink if counted.count else theme.muted)
        if counted.shape is not None:
            outline = mark_path(counted.shape, SHAPE_PX).translated(left_px + SHAPE_PX / 2, row.center().y())
            painter.fillPath(outline, QColor(theme.muted))
            left_px += SHAPE_PX + GAP_PX
        font = self._look.body()
        font.setStrikeOut(counted.excluded)
        metrics = QFontMetricsF(font)
        room_px = right_px - left_px - (ARROW_PX if counted.opens else 0)
        name = metrics.elidedText(counted.name, Qt.TextElideMode.ElideRight, max(room_px, 0))
        painter.setFont(font)
        painter.setPen(colour)
        painter.drawText(
            QRectF(left_px, row.top(), max(room_px, 0) + 1, row.height()), Qt.AlignmentFlag.AlignVCenter, name
        )
        if counted.opens:
            arrow = QPointF(left_px + metrics.horizontalAdvance(name) + ARROW_PX / 2, row.center().y() + 1)
            paint_triangle(painter, arrow, QColor(theme.muted), downward=counted.is_open)

    def _paint_count(self, painter: QPainter, row: QRectF, right_px: float, counted: Counted) -> float:
        """Draw figure and bar at the right; return where they begin."""
        theme = self._look.theme
        font = self._look.small()
        figure_px = max(QFontMetricsF(font).horizontalAdvance(f"{counted.most:,}"), 20)
        painter.setFont(font)
        painter.setPen(QColor(theme.muted))
        figure = QRectF(right_px - figure_px - 4, row.top(), figure_px + 4, row.height())
        painter.drawText(figure, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, f"{counted.count:,}")
        bar_right_px = right_px - figure_px - GAP_PX
        if not counted.has_bar:
            return bar_right_px + GAP_PX
        colour = QColor(counted.colour or theme.muted)
        widest_px = 0.0
        for events, opacity in ((counted.total, 0.13), (counted.count, 0.30)):
            width_px = _bar_px(events, counted.most)
            widest_px = max(widest_px, width_px)
            colour.setAlphaF(opacity)
            painter.fillRect(QRectF(bar_right_px - width_px, row.center().y() - BAR_PX / 2, width_px, BAR_PX), colour)
        return bar_right_px - widest_px


def dress_choices(view: QAbstractItemView, name: str, delegate: CountDelegate) -> None:
    """Dress a list of choices: no frame, no selection, drawn by the delegate."""
    view.setAccessibleName(name)
    view.setFrameShape(QFrame.Shape.NoFrame)
    # The delegate draws the ring on the row that has the keyboard; one round the whole list would be a second.
    view.setStyleSheet("QAbstractItemView:focus { border: none; }")
    view.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setMouseTracking(True)
    view.setItemDelegate(delegate)


def _bar_px(events: int, most: int) -> float:
    """Return the length of a bar; whatever is not nothing can be seen."""
    return max(LONGEST_BAR_PX * events / most, 2.0) if events and most else 0.0


def _toggle(model: QAbstractItemModel, index: Index) -> None:
    checked = Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole)) is Qt.CheckState.Checked
    wanted = Qt.CheckState.Unchecked if checked else Qt.CheckState.Checked
    model.setData(index, wanted, Qt.ItemDataRole.CheckStateRole)
