"""How a choice with its count is drawn, and what a click or a key does to it."""

from __future__ import annotations

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
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractItemView, QFrame, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from timeline_app.ui.look import Look
from timeline_app.ui.panels.count_geometry import BOX_PX, ROW_PX, SIDE_PX, Counted, RowGeometry, RowMeasures
from timeline_app.ui.panels.text_button import paint_focus_ring, paint_triangle
from timeline_app.ui.timeline.mark_painter import mark_path

COUNTED_ROLE = int(Qt.ItemDataRole.UserRole) + 1
"""The role under which a model gives a `Counted`."""

TOTAL_OPACITY = 0.13
OLD_OPACITY = 0.4
BAR_OPACITY = 0.30
TICK = ((-3.4, 0.2), (-1.0, 2.7), (3.4, -2.7))
# Put together once: rows are drawn by the dozen, and to join flags takes as long as to draw a bar.
NAME_FLAGS = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
FIGURE_FLAGS = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight

Index = QModelIndex | QPersistentModelIndex


class CountDelegate(QStyledItemDelegate):
    """Draws a `Counted` and takes the clicks and keys that check it or open it."""

    open_asked = Signal(QModelIndex)

    def __init__(self, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._measured_for: tuple[int, float] | None = None

    def geometry(self, option: QStyleOptionViewItem, counted: Counted) -> RowGeometry:
        """Return where the parts of a row stand.

        The scroll bar has room in the margin, so that figures keep their column whether there is one or not.
        """
        return RowGeometry.of(
            QRectF(option.rect), option.widget.width() - SIDE_PX, counted, self._measures_for(counted.most)
        )

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002 — all rows are alike
        return QSize(0, self._look.px(ROW_PX))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        counted = index.data(COUNTED_ROLE)
        places = self.geometry(option, counted)
        row = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(row, QColor(self._look.theme.grid))
        self._paint_count(painter, places, counted)
        self._paint_box(painter, places.box, counted)
        self._paint_name(painter, places, counted)
        if option.state & QStyle.StateFlag.State_HasFocus:
            row.setLeft(row.left() + SIDE_PX / 2)
            row.setRight(min(row.right(), option.widget.width() - SIDE_PX / 2))
            paint_focus_ring(painter, row, QColor(self._look.theme.accent))
        painter.restore()

    def editorEvent(self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index) -> bool:
        if isinstance(event, QMouseEvent):
            if event.button() is not Qt.MouseButton.LeftButton:
                return False
            if event.type() is QEvent.Type.MouseButtonRelease:
                self._press(model, index, event.position(), option)
            return True
        if isinstance(event, QKeyEvent) and event.key() in {Qt.Key.Key_Space, Qt.Key.Key_Select}:
            _toggle(model, index)
            return True
        return False

    def _measures_for(self, most: int) -> RowMeasures:
        wanted = most, self._look.text_scale
        if wanted != self._measured_for:
            self._measured_for, self._measures = wanted, RowMeasures.of(most, self._look)
        return self._measures

    def _press(self, model: QAbstractItemModel, index: Index, place: QPointF, option: QStyleOptionViewItem) -> None:
        counted = index.data(COUNTED_ROLE)
        if counted.opens and self.geometry(option, counted).arrow.contains(place):
            self.open_asked.emit(index)
        else:
            _toggle(model, index)

    def _paint_box(self, painter: QPainter, box: QRectF, counted: Counted) -> None:
        theme = self._look.theme
        colour = counted.colour or QColor(theme.accent)
        scale = box.width() / BOX_PX
        radius_px = box.width() / 2 if counted.round_box else 3.5 * scale
        painter.setPen(QPen(colour if counted.checked else QColor(theme.muted), 1.2 * scale))
        painter.setBrush(colour if counted.checked else QColor(theme.background))
        painter.drawRoundedRect(box, radius_px, radius_px)
        round_cap, round_join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
        if counted.checked:
            painter.setPen(QPen(QColor(theme.background), 1.9 * scale, c=round_cap, j=round_join))
            painter.drawPolyline(QPolygonF([box.center() + QPointF(x, y) * scale for x, y in TICK]))
        elif counted.excluded:
            painter.setPen(QPen(QColor(theme.ink), 1.6 * scale, c=round_cap))
            reach = QPointF(3, 0) * scale
            painter.drawLine(box.center() - reach, box.center() + reach)

    def _paint_name(self, painter: QPainter, places: RowGeometry, counted: Counted) -> None:
        theme = self._look.theme
        if counted.shape is not None:
            outline = mark_path(counted.shape, places.shape.width())
            painter.fillPath(outline.translated(places.shape.center()), QColor(theme.muted))
        font = self._look.body()
        font.setStrikeOut(counted.excluded)
        painter.setFont(font)
        painter.setPen(QColor(theme.ink if counted.count else theme.muted))
        painter.drawText(places.name_room, NAME_FLAGS, places.name)
        if counted.opens:
            centre = places.arrow.center() + QPointF(-3, 1)
            paint_triangle(painter, centre, QColor(theme.muted), downward=counted.is_open, scale=self._look.text_scale)

    def _paint_count(self, painter: QPainter, places: RowGeometry, counted: Counted) -> None:
        colour = QColor(counted.colour or self._look.theme.muted)
        painter.setOpacity(OLD_OPACITY if counted.is_old else 1.0)
        for bar, opacity in ((places.total_bar, TOTAL_OPACITY), (places.bar, BAR_OPACITY)):
            colour.setAlphaF(opacity)
            painter.fillRect(bar, colour)
        painter.setFont(self._look.small())
        painter.setPen(QColor(self._look.theme.muted))
        painter.drawText(places.figure, FIGURE_FLAGS, f"{counted.count:,}")
        painter.setOpacity(1.0)


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


def _toggle(model: QAbstractItemModel, index: Index) -> None:
    checked = Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole)) is Qt.CheckState.Checked
    wanted = Qt.CheckState.Unchecked if checked else Qt.CheckState.Checked
    model.setData(index, wanted, Qt.ItemDataRole.CheckStateRole)
