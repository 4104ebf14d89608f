"""The list of everything in the open files that is not as it should be, with file, line and column."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from timeline_app.core.dataset import Level, left_out_words
from timeline_app.ui.dialogs.controls import ChoiceBox
from timeline_app.ui.dialogs.dressing import FOOT_PX, SIDE_PX, TOP_PX, DialogLabel, Voice, open_at
from timeline_app.ui.dialogs.lines_view import LinesView
from timeline_app.ui.dialogs.problems_model import ProblemsModel, problems_text
from timeline_app.ui.look import Look
from timeline_app.ui.safe_widgets import PlainLabel
from timeline_app.ui.session import Session
from timeline_app.ui.wrapped_text import PAINTED_CHARACTERS, shortened

SIZE_PX = (820, 420)
COLUMNS_PX = (76, 170, 52, 68)
_REST = " (its rest is among what “Copy all as text” copies)"
_NOTHING = (
    "Every record of the open files was read as it stands: nothing was left out, and nothing is to be noted of it."
)
_OTHER_LEVELS = "“All levels” lists what there is of the others."
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
        self.setWindowTitle("Problems")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(False)
        open_at(self, look, SIZE_PX)
        self.model = ProblemsModel(self)
        self.levels = ChoiceBox(look)
        self.levels.setAccessibleName("Level")
        for label, _ in LEVELS:
            self.levels.addItem(label)
        self._count = PlainLabel()
        self._count.setObjectName("problems_count")
        self.view = LinesView(self.model, "Problems", COLUMNS_PX, look)
        self.nothing = DialogLabel("", look, Voice.NOTE)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.detail = DialogLabel("", look)
        self.detail.setAccessibleName("The chosen problem")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SIDE_PX, TOP_PX, SIDE_PX, FOOT_PX)
        layout.setSpacing(12)
        layout.addLayout(self._head())
        layout.addWidget(self.view, 1)
        layout.addWidget(self.nothing, 1)
        layout.addWidget(self.detail)
        layout.addLayout(self._foot())
        self.view.selectionModel().currentRowChanged.connect(self._tell)
        self.levels.currentIndexChanged.connect(self._choose_level)
        session.table_changed.connect(self._follow_table)
        self._follow_table()
        self.view.setFocus()

    def copy_all(self) -> None:
        """Put the problems that are listed on the clipboard, one a line."""
        QGuiApplication.clipboard().setText(problems_text(self.model.shown))

    def _choose_level(self, choice: int) -> None:
        self.model.set_level(LEVELS[choice][1])
        self._show_count()

    def _follow_table(self) -> None:
        self.model.set_problems(self._session.table.problems)
        self._show_count()

    def _show_count(self) -> None:
        count = len(self.model.shown)
        has_some = bool(self._session.table.problems)
        listed = f"{count:,} listed" if count else ("None of this level" if has_some else "No problems in what is open")
        self._count.setText("; ".join(filter(None, (listed, left_out_words(self._session.table.files)))))
        self.levels.setEnabled(has_some)
        self._copy.setEnabled(count > 0)
        self.view.setVisible(count > 0)
        self.nothing.setVisible(count == 0)
        self.nothing.setText(_OTHER_LEVELS if has_some else _NOTHING)
        self.view.setCurrentIndex(self.model.index(0, 0))
        self._tell(self.view.currentIndex())

    def _tell(self, current: QModelIndex) -> None:
        """Show the whole of a problem, of which its line may have room for a part only; of a long one its beginning."""
        chosen = self.model.shown[current.row() :][:1] if current.isValid() else ()
        text = problems_text(chosen)
        begun = shortened(text, PAINTED_CHARACTERS - len(_REST))
        self.detail.setText(text if begun == text else begun + _REST)

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
