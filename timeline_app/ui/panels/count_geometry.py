"""Where the parts of a choice stand in its row: check box, shape, name, arrow, bar, figure."""

from __future__ import annotations

from dataclasses import dataclass

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
SHORTEST_BAR_PX = 24
EASY_NAME_PX = 100
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
        return f"{self.name}, {self.count:,} {'event' if self.count == 1 else 'events'}{state}"


@dataclass(frozen=True, slots=True)
class RowMeasures:
    """What all rows of a list have in common: lengths in pixels, and how names are measured; worked out once."""

    gap: int
    box: int
    depth: int
    shape: int
    bar: int
    longest_bar: int
    shortest_bar: int
    easy_name: int
    least_name: int
    figure: float
    name: QFontMetricsF

    @classmethod
    def of(cls, most: int, look: Look) -> RowMeasures:
        """Measure for figures up to `most`, at the present size of text."""
        return cls(
            gap=look.px(GAP_PX),
            box=look.px(BOX_PX),
            depth=look.px(DEPTH_PX),
            shape=look.px(SHAPE_PX),
            bar=look.px(BAR_PX),
            longest_bar=look.px(LONGEST_BAR_PX),
            shortest_bar=look.px(SHORTEST_BAR_PX),
            easy_name=look.px(EASY_NAME_PX),
            least_name=look.px(LEAST_NAME_PX),
            figure=max(QFontMetricsF(look.small()).horizontalAdvance(f"{most:,}") + 1, NARROWEST_FIGURE_PX),
            name=QFontMetricsF(look.body()),
        )


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
    def of(cls, row: QRectF, right_px: float, counted: Counted, measures: RowMeasures) -> RowGeometry:
        """Lay a row out whose figure ends at `right_px`; the name takes what the bar leaves.

        Where figures are so long that names would be short for it, all bars are. In a panel so narrow that a name
        would still be next to nothing there are no bars.
        """
        left_px, top_px, height_px, middle_px = row.left(), row.top(), row.height(), row.center().y()
        gap_px, figure_px = measures.gap, measures.figure
        bars_right_px = right_px - figure_px - gap_px
        room_px = bars_right_px - left_px - SIDE_PX - measures.box - 2 * gap_px
        longest_px = _longest_bar_px(row.width(), room_px, measures)
        total_bar = _bar(bars_right_px, middle_px, _bar_px(counted.total, counted, longest_px), measures)
        bar = _bar(bars_right_px, middle_px, _bar_px(counted.count, counted, longest_px), measures)
        box_left_px = left_px + SIDE_PX + counted.depth * measures.depth
        shape_left_px = box_left_px + measures.box + gap_px
        shape_px = measures.shape if counted.shape else 0
        name_left_px = shape_left_px + shape_px + (gap_px if counted.shape else 0)
        arrow_px = ARROW_PX if counted.opens else 0
        name_px = max(min(bar.left(), total_bar.left()) - gap_px - arrow_px - name_left_px, 0)
        name = measures.name.elidedText(counted.name, Qt.TextElideMode.ElideRight, name_px)
        arrow_left_px = name_left_px + measures.name.horizontalAdvance(name) if arrow_px else name_left_px
        return cls(
            box=_centred(box_left_px, middle_px, measures.box),
            shape=_centred(shape_left_px, middle_px, shape_px),
            name=name,
            name_room=QRectF(name_left_px, top_px, name_px + 1, height_px),
            arrow=QRectF(arrow_left_px, top_px, arrow_px, height_px),
            total_bar=total_bar,
            bar=bar,
            figure=QRectF(right_px - figure_px, top_px, figure_px, height_px),
        )


def _longest_bar_px(row_px: float, room_px: float, measures: RowMeasures) -> float:
    """Return how long bars become where names and they have so much room together, 0 where they have no place."""
    most_px = max(measures.shortest_bar, room_px - measures.easy_name)
    longest_px = min(measures.longest_bar, row_px * LONGEST_BAR_SHARE, most_px)
    return longest_px if room_px >= measures.least_name + longest_px else 0.0


def _bar_px(events: int, counted: Counted, longest_px: float) -> float:
    """Return how long the bar of so many events is; whatever is not nothing can be seen."""
    has_bar = counted.has_bar and events and counted.most and longest_px
    return max(longest_px * events / counted.most, 2.0) if has_bar else 0.0


def _bar(right_px: float, middle_px: float, width_px: float, measures: RowMeasures) -> QRectF:
    return QRectF(right_px - width_px, middle_px - measures.bar / 2, width_px, measures.bar)


def _centred(left_px: float, middle_px: float, size_px: float) -> QRectF:
    return QRectF(left_px, middle_px - size_px / 2, size_px, size_px)
