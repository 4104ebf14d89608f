"""Where the parts of a choice stand in its row: check box, shape, name, arrow, bar, figure."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF

from timeline_app.core.marks import Shape
from timeline_app.ui.look import Look

ROW_PX = 25
SIDE_PX = 16
BOX_PX = 14
GAP_PX = 8
BAR_PX = 7
LONGEST_BAR_PX = 58
LONGEST_BAR_SHARE = 0.24
LEAST_NAME_PX = 48
ARROW_PX = 24
SHAPE_PX = 9
DEPTH_PX = 20
NARROWEST_FIGURE_PX = 20


@dataclass(frozen=True, slots=True)
class Counted:
    """A choice as it is drawn: how many events it would leave, of how many it has, and `most` for the longest bar.

    `is_old` marks a count of an earlier filter, while the new one is being counted.
    """

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
    is_old: bool = False

    @property
    def words(self) -> str:
        """The choice for somebody who does not see it."""
        state = ", excluded" if self.excluded else ""
        return f"{self.name}, {self.count:,} events{state}"


@dataclass(frozen=True, slots=True)
class RowGeometry:
    """The places in one row; `name` is cut to its room, a part that the row does not have is empty."""

    box: QRectF
    shape: QRectF
    name: str
    name_room: QRectF
    arrow: QRectF
    total_bar: QRectF
    bar: QRectF
    figure: QRectF

    @classmethod
    def of(cls, row: QRectF, right_px: float, counted: Counted, look: Look) -> RowGeometry:
        """Lay a row out whose figure ends at `right_px`; the name takes what the bar leaves.

        In a panel so narrow that this would be next to nothing there are no bars.
        """
        gap_px = look.px(GAP_PX)
        figure_px = max(QFontMetricsF(look.small()).horizontalAdvance(f"{counted.most:,}") + 1, NARROWEST_FIGURE_PX)
        figure = QRectF(right_px - figure_px, row.top(), figure_px, row.height())
        bars_right_px = figure.left() - gap_px
        least_px = look.px(LEAST_NAME_PX) + SIDE_PX + look.px(BOX_PX) + 2 * gap_px + _longest_bar_px(row, look)
        if bars_right_px - row.left() < least_px:
            counted = replace(counted, has_bar=False)
        total_bar = _bar(row, bars_right_px, counted.total, counted, look)
        bar = _bar(row, bars_right_px, counted.count, counted, look)
        box = _centred(row, row.left() + SIDE_PX + counted.depth * look.px(DEPTH_PX), look.px(BOX_PX))
        shape = _centred(row, box.right() + gap_px, look.px(SHAPE_PX) if counted.shape else 0)
        name_left_px = shape.right() + (gap_px if counted.shape else 0)
        arrow_px = ARROW_PX if counted.opens else 0
        room_px = max(min(bar.left(), total_bar.left()) - gap_px - arrow_px - name_left_px, 0)
        metrics = QFontMetricsF(look.body())
        name = metrics.elidedText(counted.name, Qt.TextElideMode.ElideRight, room_px)
        arrow_left_px = name_left_px + metrics.horizontalAdvance(name)
        return cls(
            box=box,
            shape=shape,
            name=name,
            name_room=QRectF(name_left_px, row.top(), room_px + 1, row.height()),
            arrow=QRectF(arrow_left_px, row.top(), arrow_px, row.height()),
            total_bar=total_bar,
            bar=bar,
            figure=figure,
        )


def _bar(row: QRectF, right_px: float, events: int, counted: Counted, look: Look) -> QRectF:
    """Return the place of a bar; whatever is not nothing can be seen."""
    width_px = (
        max(_longest_bar_px(row, look) * events / counted.most, 2.0)
        if counted.has_bar and events and counted.most
        else 0.0
    )
    height_px = look.px(BAR_PX)
    return QRectF(right_px - width_px, row.center().y() - height_px / 2, width_px, height_px)


def _longest_bar_px(row: QRectF, look: Look) -> float:
    return min(look.px(LONGEST_BAR_PX), row.width() * LONGEST_BAR_SHARE)


def _centred(row: QRectF, left_px: float, size_px: float) -> QRectF:
    return QRectF(left_px, row.center().y() - size_px / 2, size_px, size_px)
