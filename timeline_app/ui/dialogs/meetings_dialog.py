"""Who meets whom among the events that are asked for, as a table whose cells are filters."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QModelIndex, QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from timeline_app.core.errors import TimelineError
from timeline_app.core.filter import Filter
from timeline_app.core.meeting_matrix import (
    MOST_ACTORS,
    MeetingMatrix,
    asked_beside_actors,
    filter_of_meeting,
    meeting_matrix,
)
from timeline_app.core.table import LARGE
from timeline_app.ui.dialogs.button_box import ButtonBox
from timeline_app.ui.dialogs.controls import ChoiceBox
from timeline_app.ui.dialogs.dressing import DialogLabel, Voice, add_button, add_close_button, dialog_column, open_at
from timeline_app.ui.dialogs.meetings_model import CELL_PX, Index, MeetingsModel
from timeline_app.ui.jobs import NewestJob
from timeline_app.ui.look import Look
from timeline_app.ui.session import Session

SIZE_PX = (1216, 600)
NARROWEST_PX = 560
LOWEST_PX = 320
LEAST_CELL_PX = 60
HEADER_PX = 60
NAMES_PX = 176
RING_PX = 2
KINDS = ("Who meets whom", "Who does something to whom")
COUNTING = "Counting…"
NOBODY = "No event that passes the filter names an actor."
NO_DIRECTIONS = "No event tells who does something to whom: that follows from roles such as attacker and target."


class _CellDelegate(QStyledItemDelegate):
    """Leaves the current cell its own ground, which tells how many events it has, and puts a ring around it instead."""

    def __init__(self, look: Look, view: QTableView) -> None:
        super().__init__(view)
        self._look = look
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        plain = QStyleOptionViewItem(option)
        plain.state &= ~QStyle.StateFlag.State_HasFocus
        super().paint(painter, plain, index)
        if index == self._view.currentIndex():
            half = RING_PX / 2
            painter.save()
            theme = self._look.theme
            painter.setPen(QPen(QColor(theme.accent if self._view.hasFocus() else theme.muted), RING_PX))
            painter.drawRect(QRectF(option.rect).adjusted(half, half, -half, -half))
            painter.restore()


class MeetingsView(QTableView):
    """The cells; Enter on one, or a click, asks for its events."""

    def __init__(self, model: MeetingsModel, look: Look) -> None:
        super().__init__()
        self._look = look
        self._cells = model
        self.setObjectName("meetings")
        self.setModel(model)
        self.setAccessibleName(KINDS[0])
        self.setCornerButtonEnabled(False)
        self.setItemDelegate(_CellDelegate(look, self))
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom | Qt.TextFlag.TextWordWrap
        )
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            header.setSectionsClickable(True)
            header.setHighlightSections(False)
        # Those of columns are in several lines instead.
        self.verticalHeader().setTextElideMode(Qt.TextElideMode.ElideRight)
        look.changed.connect(self._restyle)
        model.modelReset.connect(self._fit)
        self._restyle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space} and self.currentIndex().isValid():
            self.clicked.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _restyle(self) -> None:
        look = self._look
        self._fit()
        self.horizontalHeader().setFixedHeight(look.px(HEADER_PX))
        self.verticalHeader().setDefaultSectionSize(look.px(CELL_PX[1]))
        self.verticalHeader().setFixedWidth(look.px(NAMES_PX))
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setFont(look.small())
        # The ring around the current cell tells where the keyboard is.
        self.setStyleSheet(
            "QTableView { border: none; } QHeaderView::section { font-weight: normal; padding: 2px; }"
            "QHeaderView::section:vertical { padding-right: 8px; }"
            f"QTableCornerButton::section {{ background: {look.theme.panel}; border: none; }}"
        )

    def _fit(self) -> None:
        """Let all columns stand side by side on a small screen, too, as long as figures have room in them."""
        look, columns = self._look, self._cells.columnCount()
        room_px = self.viewport().width() // columns if columns else 0
        width_px = min(look.px(CELL_PX[0]), max(look.px(LEAST_CELL_PX), room_px))
        self.horizontalHeader().setDefaultSectionSize(width_px)
        self._cells.set_cell_width(width_px)


class MeetingsDialog(QDialog):
    """Stands beside the window and follows what its filter asks besides actors; what is chosen here is a filter."""

    def __init__(self, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._look = look
        self._asked: Filter | None = None
        self.setObjectName("meetings_dialog")
        self.setModal(False)
        self.kinds = ChoiceBox(look)
        self.kinds.addItems(KINDS)
        self.kinds.setAccessibleName("What is counted")
        self.summary = DialogLabel(COUNTING, look, Voice.NOTE)
        self.model = MeetingsModel(look, self)
        self.view = MeetingsView(self.model, look)
        self._job = NewestJob(self)
        self._build(dialog_column(self, "Who meets whom", look, NARROWEST_PX))
        open_at(self, look, SIZE_PX)
        self._connect()
        self._count()
        self.view.setFocus()

    def choose(self, index: QModelIndex) -> None:
        """Ask for the events of a cell."""
        wanted = self.model.filter_at(index)
        if wanted is not None:
            self._session.set_filter(wanted)

    def choose_actor(self, section: int) -> None:
        """Ask for the events of the actor of a row or a column."""
        matrix = self.model.matrix
        if matrix is not None and section < len(matrix.names):
            name = matrix.names[section]
            self._session.set_filter(filter_of_meeting(self._session.wanted, name, name))

    def show_all(self) -> None:
        """Ask for the events of all actors again."""
        self._session.set_filter(asked_beside_actors(self._session.wanted))

    def _count(self) -> None:
        """Count anew where something else is asked besides actors; who is chosen changes no count."""
        wanted = self._session.wanted
        self.model.set_wanted(wanted)
        self.all_button.setEnabled(wanted != asked_beside_actors(wanted))
        if asked_beside_actors(wanted) == self._asked:
            return
        self._asked = asked_beside_actors(wanted)
        self.summary.setText(COUNTING)
        table = self._session.noted_table
        self._job.start(partial(meeting_matrix, table, wanted), in_background=len(table) > LARGE)

    def _take(self, matrix: MeetingMatrix) -> None:
        self.model.set_matrix(matrix)
        if not self.isVisible():
            open_at(self, self._look, _size_px(self.model.rowCount()))
        if not matrix.has_directions:
            self.kinds.setCurrentIndex(0)
        self._tell()
        if matrix.names and not self.view.currentIndex().isValid():
            self.view.setCurrentIndex(self.model.index(0, min(1, len(matrix.names) - 1)))

    def _tell(self) -> None:
        matrix, directed = self.model.matrix, self.kinds.currentIndex() == 1
        if matrix is None:
            return
        if not matrix.names:
            self.summary.setText(NOBODY)
        elif directed and not matrix.has_directions:
            self.summary.setText(NO_DIRECTIONS)
        else:
            what = "From the row to the column, by their roles" if directed else "Events in which both take part"
            of_them = f"of {matrix.shown:,} that pass the filter besides its actors"
            self.summary.setText(f"{what}, {of_them}. A click or Enter on a cell shows them in the timeline.")

    def _tell_failure(self, error: Exception) -> None:
        if not isinstance(error, TimelineError):
            raise error
        self.summary.setText(str(error))

    def _choose_kind(self, choice: int) -> None:
        self.model.set_directed(is_directed=choice == 1)
        self.view.setAccessibleName(KINDS[choice])
        self._tell()

    def _follow_notes(self) -> None:
        if self._session.wanted.asks_for_notes:
            self._asked = None
            self._count()

    def _begin_anew(self) -> None:
        self._asked = None
        self.model.set_matrix(None)
        self._count()

    def _connect(self) -> None:
        self.kinds.currentIndexChanged.connect(self._choose_kind)
        self.view.clicked.connect(self.choose)
        self.view.horizontalHeader().sectionClicked.connect(self.choose_actor)
        self.view.verticalHeader().sectionClicked.connect(self.choose_actor)
        self._job.finished.connect(self._take)
        self._job.failed.connect(self._tell_failure)
        self._session.wanted_changed.connect(self._count)
        self._session.notes_changed.connect(self._follow_notes)
        self._session.table_changed.connect(self._begin_anew)
        self._look.changed.connect(self.model.restyle)

    def _build(self, column: QVBoxLayout) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.kinds)
        head.addWidget(self.summary, 1)
        column.addLayout(head)
        column.addWidget(self.view, 1)
        buttons = ButtonBox()
        self.all_button = add_button(buttons, "All actors", self.show_all, name="all_actors")
        add_close_button(buttons, self)
        column.addWidget(buttons)


def _size_px(names: int) -> tuple[int, int]:
    """Return how large the dialog is for so many names: of few no larger, as it stands before the timeline."""
    less = MOST_ACTORS + 1 - names
    width_px, height_px = (full - less * cell for full, cell in zip(SIZE_PX, CELL_PX, strict=True))
    return max(width_px, NARROWEST_PX), max(height_px, LOWEST_PX)
