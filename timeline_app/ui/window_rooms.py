"""Where the parts of the window stand, and how much room each of them has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QTabWidget, QVBoxLayout, QWidget

from timeline_app.ui.header_bar import HeaderBar
from timeline_app.ui.look import Look
from timeline_app.ui.timeline.canvas import TimelineCanvas
from timeline_app.ui.timeline.overview import Overview

if TYPE_CHECKING:
    from timeline_app.ui.side_panes import SidePanes

HEADER_PX = 46
STATUS_PX = 28
# How wide the side panes are: as a rule, on a very wide window at most, and the shares of it between which that lies.
LEFT_PX, WIDEST_LEFT_PX = 256, 340
RIGHT_PX, WIDEST_RIGHT_PX = 350, 460
LEFT_SHARES = (0.12, 0.25)
RIGHT_SHARES = (0.16, 0.3)


class WindowRooms:
    """The timeline and the overview in their places, and room that is kept for the panes that come later.

    `whole` holds all of it. In `tabs` stand the overview and, later, the table. `sides_px` is how wide the panes at the
    left and right were made by hand, None where they take their share.
    """

    def __init__(
        self, timeline: TimelineCanvas, overview: Overview, look: Look, sides_px: tuple[int, int] | None
    ) -> None:
        self._overview = overview
        self._look = look
        self.sides_px = sides_px
        self._own_lower_px: int | None = None
        self._columns = QSplitter(Qt.Orientation.Horizontal)
        self._rows = QSplitter(Qt.Orientation.Vertical)
        self._header, self._status = HeaderBar(), QWidget()
        self.tabs = self._tabs()
        centre = QWidget()
        self._column = _bare_column(centre)
        for widget in (timeline, self.tabs):
            self._rows.addWidget(widget)
        self._rows.setStretchFactor(0, 1)
        self._rows.setCollapsible(0, False)
        self._column.addWidget(self._rows, 1)
        for pane in (QWidget(), centre, QWidget()):
            self._columns.addWidget(pane)
        self._columns.setStretchFactor(1, 1)
        self._columns.setCollapsible(1, False)
        self.whole = QWidget()
        stack = _bare_column(self.whole)
        stack.addWidget(self._header)
        stack.addWidget(self._columns, 1)
        stack.addWidget(self._status)
        self.tabs.currentChanged.connect(self._fit_lower)
        self._columns.splitterMoved.connect(self._take_columns)
        self._rows.splitterMoved.connect(self._take_rows)

    def place(self, panes: SidePanes) -> None:
        """Put the panes into the room that is kept for them."""
        # In the order that Tab goes; what the excerpt pane will show of an event comes at its end.
        self._header.place(panes.title_label, panes.chips_bar, panes.search_box)
        notices = (panes.problems_bar, panes.repeats_bar, panes.joining_bar, panes.reading_bar)
        for bar in (*notices, panes.writing_bar, panes.opening_bar):
            self._column.insertWidget(0, bar)
        self.tabs.addTab(panes.event_table, "Table")
        _bare_column(self._status).addWidget(panes.status_line)
        widths = self._columns.sizes()
        for place, pane in ((0, panes.actors_panel), (2, panes.excerpt_pane)):
            kept_free = self._columns.replaceWidget(place, pane)
            if kept_free is not None:
                kept_free.deleteLater()
            pane.show()
        self._columns.setSizes(widths)

    def add_above_timeline(self, bar: QWidget) -> None:
        """Give a bar its place between those that are there and the timeline."""
        self._column.insertWidget(self._column.indexOf(self._rows), bar)

    def share(self, width_px: int) -> None:
        """Give each column and row its share of a window of this width, or what it was given by hand.

        A window that was too small for that for a while, as one that is minimised may be, gets it back.
        """
        left_px, right_px = self.sides_px or (
            self._side_px(width_px, LEFT_PX, WIDEST_LEFT_PX, LEFT_SHARES),
            self._side_px(width_px, RIGHT_PX, WIDEST_RIGHT_PX, RIGHT_SHARES),
        )
        self._columns.setSizes([left_px, max(width_px - left_px - right_px, 0), right_px])
        if self._own_lower_px is None:
            self._fit_lower()
        else:
            self._set_lower(self._own_lower_px)

    def restyle(self) -> None:
        """Give header and status line the height that goes with the size of text."""
        self._header.setMinimumHeight(self._look.px(HEADER_PX))
        self._status.setFixedHeight(self._look.px(STATUS_PX))

    def _tabs(self) -> QTabWidget:
        tabs = QTabWidget()
        tabs.addTab(self._overview, "Overview")
        tabs.setDocumentMode(True)
        tabs.setTabPosition(QTabWidget.TabPosition.South)
        tabs.tabBar().setAccessibleName("Overview or table")
        return tabs

    def _take_columns(self) -> None:
        left_px, _, right_px = self._columns.sizes()
        self.sides_px = left_px, right_px

    def _take_rows(self) -> None:
        self._own_lower_px = self._rows.sizes()[1]

    def _fit_lower(self) -> None:
        """Give the table below the timeline room to be read, and the overview no more than it needs."""
        height_px = self._rows.height()
        wanted_px = self._overview.sizeHint().height() + self.tabs.tabBar().sizeHint().height()
        if self.tabs.currentWidget() is not self._overview:
            wanted_px = max(wanted_px, height_px * 2 // 5)
        self._own_lower_px = None
        self._set_lower(wanted_px)

    def _set_lower(self, height_px: int) -> None:
        self._rows.setSizes([max(self._rows.height() - height_px, 0), height_px])

    def _side_px(self, width_px: int, usual_px: int, widest_px: int, shares: tuple[float, float]) -> int:
        least_share, most_share = shares
        wide_px = min(self._look.px(widest_px), round(width_px * least_share))
        return max(wide_px, min(self._look.px(usual_px), round(width_px * most_share)))


def _bare_column(widget: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    return column
