"""The events as a table: the same as on the timeline, for sorting, and for who does not see the drawing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import tzinfo

import numpy as np
from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from timeline_app.core.notes import STAR
from timeline_app.ui.look import Look
from timeline_app.ui.panels.event_columns import MATCH_COLUMN, NOTE_COLUMN, TITLE_COLUMN
from timeline_app.ui.panels.event_table_model import EventTableModel
from timeline_app.ui.session import Session
from timeline_app.ui.star_shape import star_polygon

ROW_PX = 28
SIDE_PX = 8
# Of the columns: where there is room, and where there is little, so that no column is cut that could be whole.
WIDTHS_PX = (175, 300, 165, 95, 115, 155)
LEAST_WIDTHS_PX = (134, 188, 90, 94, 62, 60)
# The same beside a column that is only seen where it has something to tell, and of those columns.
WIDTHS_BESIDE_PX = (165, 275, 150, 95, 105, 135)
LEAST_BESIDE_PX = (105, 130, 82, 74, 60, 60)
FURTHER_WIDTHS_PX = {MATCH_COLUMN: 90, NOTE_COLUMN: 140}
LEAST_FURTHER_PX = {MATCH_COLUMN: 72, NOTE_COLUMN: 80}
STAR_PX = 5.5
STAR_ROOM_PX = 18
MOST_SELECTED = 1_000

Index = QModelIndex | QPersistentModelIndex


class EventTable(QTableView):
    """Shows what passes the filter; the selection is the session's. Enter and double click ask for an event.

    While it is not on screen it follows nothing, and catches up when it is shown. `refused` says why something that was
    asked for was not done, or not all of it.
    """

    event_activated = Signal(int)
    refused = Signal(str)

    def __init__(self, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._look = look
        self._is_following = False
        self._is_behind = True
        self._is_fitting = False
        self._has_own_widths = False
        self.events = EventTableModel(session.table, self)
        self.setModel(self.events)
        self.setObjectName("event_table")
        self.setAccessibleName("Events")
        self.setAccessibleDescription("Enter shows the event on the timeline")
        self._dress()
        self.selectionModel().selectionChanged.connect(self._tell_selection)
        self.doubleClicked.connect(self._activate)
        self.events.refused.connect(self._tell_refused)
        self.events.modelReset.connect(self._follow_selection)
        session.table_changed.connect(self._follow_table)
        session.filter_changed.connect(self._follow_filter)
        session.selection_changed.connect(self._follow_selection)
        session.notes_changed.connect(self._follow_notes)
        look.changed.connect(self._restyle)
        self._restyle()
        self._follow_filter()
        self._follow_notes()

    def set_zone(self, zone: tzinfo | None) -> None:
        """Tell instants with a zone in this one, or for None in their own."""
        self.events.set_zone(zone)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_behind:
            self._follow_filter()
            self._follow_selection()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self._activate(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _activate(self, index: QModelIndex) -> None:
        self.event_activated.emit(self.events.event_row(index.row()))

    def _follow_table(self) -> None:
        self._follow_notes()  # first: those of other events would be sorted by, and shown beside, the rows of these
        self._follow_filter()

    def _follow_filter(self) -> None:
        self._is_behind = not self.isVisible()
        if not self._is_behind:
            lanes = self._session.lanes
            if not len(lanes.possible) and self.events.sorting[0] == MATCH_COLUMN:
                self.sortByColumn(0, Qt.SortOrder.AscendingOrder)
            self.events.set_rows(self._session.known_table, lanes.passing.rows, lanes.possible)
            self._show_column(MATCH_COLUMN, shown=len(lanes.possible) > 0)

    def _follow_notes(self) -> None:
        """Show the column of the user's notes where there are some."""
        notes = self._session.notes
        self.events.set_notes(notes)
        self._show_column(NOTE_COLUMN, shown=len(notes) > 0)

    def _show_column(self, column: int, *, shown: bool) -> None:
        """Show a column that has something to tell now, or hide it; the others make room."""
        if shown == self.isColumnHidden(column):
            self._is_fitting = True
            self.setColumnHidden(column, not shown)
            self._is_fitting = False
            self._fit_columns()

    @property
    def _further(self) -> tuple[int, ...]:
        """Those of the columns with something to tell that are shown."""
        return tuple(column for column in FURTHER_WIDTHS_PX if not self.isColumnHidden(column))

    def _tell_refused(self, why: str) -> None:
        """Put the mark in the header back to what the rows are sorted by, and say why."""
        self.horizontalHeader().setSortIndicator(*self.events.sorting)
        self.refused.emit(why)

    def _follow_selection(self) -> None:
        """Select here what the session has selected, as far as it is shown, and bring the current event into view."""
        if self._is_following or self._is_behind:
            return
        places = self.events.places_of(self._session.selection)
        selection = QItemSelection()
        last_column = self.events.columnCount() - 1
        for first, last in _stretches(places):
            selection.select(self.events.index(first, 0), self.events.index(last, last_column))
        self._is_following = True
        try:
            keeper = self.selectionModel()
            keeper.select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            if places:
                current = self.events.index(places[-1], max(self.currentIndex().column(), 0))
                keeper.setCurrentIndex(current, QItemSelectionModel.SelectionFlag.NoUpdate)
                self.scrollTo(current)
        finally:
            self._is_following = False

    def _tell_selection(self) -> None:
        """Make the selection here the session's, with the row that has the keyboard as its current one."""
        if self._is_following:
            return
        chosen = self._chosen_rows()
        self._is_following = True
        try:
            self._session.set_selection(chosen)
        finally:
            self._is_following = False
        if len(chosen) == MOST_SELECTED:
            self._follow_selection()

    def _chosen_rows(self) -> tuple[int, ...]:
        """Return the rows that are selected here, the one with the keyboard last; of very many only the first."""
        current = self.currentIndex()
        last = self.events.event_row(current.row()) if current.isValid() else -1
        rows: set[int] = set()
        count = 0
        for stretch in self.selectionModel().selection().toList():
            count += stretch.height()
            room = MOST_SELECTED - len(rows)
            rows.update(self.events.event_rows(stretch.top(), min(stretch.bottom(), stretch.top() + room - 1)))
        if count > MOST_SELECTED:
            self.refused.emit(f"Of these {count:,} events the first {MOST_SELECTED:,} are selected, which is the most")
        return tuple(sorted(rows, key=lambda row: (row == last, row)))

    def _restyle(self) -> None:
        header = self.horizontalHeader()
        header.setFont(self._look.small())
        header.setFixedHeight(self._look.px(ROW_PX))
        self.verticalHeader().setDefaultSectionSize(self._look.px(ROW_PX))
        self._has_own_widths = False
        self._fit_columns()
        self.viewport().update()

    def _fit_columns(self) -> None:
        """Make the columns as wide as suits the room, unless the user has made one wider or narrower."""
        if self._has_own_widths:
            return
        self._is_fitting = True
        room_px, scale = self.viewport().width(), self._look.px(100) / 100
        for column, width_px in column_widths(room_px, scale, self._further).items():
            self.setColumnWidth(column, width_px)
        self._is_fitting = False

    def _keep_widths(self, column: int) -> None:
        """Leave the columns as the user makes them; the last one follows the window in any case."""
        last = self._further[-1] if self._further else len(WIDTHS_PX) - 1
        if not self._is_fitting and column < last:
            self._has_own_widths = True

    def _dress(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        # The delegate draws the ring on the cell that has the keyboard; one round the whole table would be a second.
        self.setStyleSheet("QTableView:focus { border: none; }")
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setItemDelegate(EventDelegate(self._look, self))
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        header.setMinimumSectionSize(self._look.px(60))
        header.sectionResized.connect(lambda column, _before, _now: self._keep_widths(column))
        header.setSortIndicator(0, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)


def column_widths(room_px: int, scale: float, further: Sequence[int] = ()) -> dict[int, int]:
    """Return the width of each column in a room of this width, in pixels, for text of this size.

    `further` are those that are shown beside the usual ones.
    """
    usual = dict(enumerate(WIDTHS_BESIDE_PX if further else WIDTHS_PX))
    least = dict(enumerate(LEAST_BESIDE_PX if further else LEAST_WIDTHS_PX))
    for column in further:
        usual[column], least[column] = FURTHER_WIDTHS_PX[column], LEAST_FURTHER_PX[column]
    least_px, usual_px = sum(least.values()) * scale, sum(usual.values()) * scale
    share = min(max((room_px - least_px) / (usual_px - least_px), 0.0), 1.0)
    return {column: int((least[column] + (usual[column] - least[column]) * share) * scale) for column in usual}


class EventDelegate(QStyledItemDelegate):
    """Draws the cells of the table on thin rules; the row with the keyboard has a ring."""

    def __init__(self, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look = look

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = self._look.theme
        cell = option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(cell, QColor(theme.accent_tint))
        painter.setPen(QColor(theme.grid))
        painter.drawLine(cell.bottomLeft(), cell.bottomRight())
        font = self._look.body()
        painter.setFont(font)
        painter.setPen(QColor(theme.ink if index.column() <= TITLE_COLUMN else theme.muted))
        words = cell.adjusted(SIDE_PX, 0, -SIDE_PX, 0)
        text = str(index.data(Qt.ItemDataRole.DisplayRole))
        if index.column() == NOTE_COLUMN and text.startswith(STAR):
            # Drawn, as few fonts have it.
            self._draw_star(painter, words)
            text = text.removeprefix(STAR).strip()
            words = words.adjusted(self._look.px(STAR_ROOM_PX), 0, 0, 0)
        text = option.fontMetrics.elidedText(text, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, text)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(theme.accent), 2))
            painter.drawRect(cell.adjusted(1, 1, -1, -1))
        painter.restore()

    def _draw_star(self, painter: QPainter, words: QRect) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._look.theme.accent))
        radius_px = STAR_PX * self._look.text_scale
        centre = QPointF(words.left() + radius_px, words.center().y() + 0.5)
        painter.drawPolygon(star_polygon(centre, radius_px))
        painter.restore()


def _stretches(places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last of each unbroken run of places."""
    if not places:
        return
    ordered = np.unique(np.asarray(places, np.int64))
    breaks = np.flatnonzero(np.diff(ordered) > 1)
    firsts = ordered[np.concatenate(([0], breaks + 1))]
    lasts = ordered[np.concatenate((breaks, [len(ordered) - 1]))]
    yield from zip(firsts.tolist(), lasts.tolist(), strict=True)
