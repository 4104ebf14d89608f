"""The list of everything in the open files that is not as it should be, with file, line and column."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from timeline_app.core.dataset import Level
from timeline_app.ui.dialogs.problems_model import ProblemsModel, problems_text
from timeline_app.ui.look import Look
from timeline_app.ui.safe_widgets import PlainLabel
from timeline_app.ui.session import Session

SIZE_PX = (820, 420)
COLUMNS_PX = (84, 200, 60, 80)
LEVELS: tuple[tuple[str, Level | None], ...] = (
    ("All levels", None),
    ("Errors", Level.ERROR),
    ("Warnings", Level.WARNING),
    ("Notes", Level.NOTE),
)


class ProblemsDialog(QDialog):
    """A window beside the main one; it follows the files that are open."""

    def __init__(self, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._look = look
        self.setWindowTitle("Problems")
        self.setModal(False)
        self.resize(*SIZE_PX)
        self.model = ProblemsModel(self)
        self.levels = QComboBox()
        self.levels.setAccessibleName("Level")
        for label, _ in LEVELS:
            self.levels.addItem(label)
        self._count = PlainLabel()
        self._count.setObjectName("problems_count")
        self.view = self._make_view()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addLayout(self._head())
        layout.addWidget(self.view, 1)
        layout.addLayout(self._foot())
        self.levels.currentIndexChanged.connect(self._choose_level)
        session.table_changed.connect(self._follow_table)
        look.changed.connect(self._restyle)
        self._follow_table()
        self.view.setFocus()

    def copy_all(self) -> None:
        """Put the problems that are listed on the clipboard, one a line."""
        QGuiApplication.clipboard().setText(problems_text(self.model.shown))

    def _choose_level(self, choice: int) -> None:
        self.model.set_level(LEVELS[choice][1])
        self._restyle()

    def _follow_table(self) -> None:
        self.model.set_problems(self._session.table.problems)
        self._restyle()

    def _restyle(self) -> None:
        count = len(self.model.shown)
        self._count.setText("Nothing to list." if not count else f"{count:,} listed")
        self._copy.setEnabled(count > 0)
        self.view.verticalHeader().setDefaultSectionSize(self._look.px(26))
        for column, width_px in enumerate(COLUMNS_PX):
            self.view.setColumnWidth(column, self._look.px(width_px))

    def _make_view(self) -> QTableView:
        view = QTableView()
        view.setModel(self.model)
        view.setAccessibleName("Problems")
        view.setShowGrid(False)
        view.setWordWrap(False)
        view.setTabKeyNavigation(False)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.verticalHeader().hide()
        header = view.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        return view

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.levels)
        row.addWidget(self._count)
        row.addStretch(1)
        return row

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self._copy = QPushButton("Copy all as text")
        self._copy.setAutoDefault(False)
        self._copy.clicked.connect(self.copy_all)
        close = QPushButton("Close")
        close.setDefault(True)
        close.clicked.connect(self.close)
        row.addWidget(self._copy)
        row.addStretch(1)
        row.addWidget(close)
        return row
