"""What hangs below the search field: completions to choose from, and a sentence on what was found."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from timeline_app.core.safe_text import safe_text
from timeline_app.query import FIELDS, Completion
from timeline_app.ui.look import Look
from timeline_app.ui.safe_widgets import PlainLabel
from timeline_app.ui.wrapped_text import shortened

ROW_PX = 26
SIDE_PX = 12
EDGE_PX = 4
EXAMPLES = {f"{name}:": field.example for field in FIELDS for name in field.names}
COMPLETION_ROLE = int(Qt.ItemDataRole.UserRole) + 1

Index = QModelIndex | QPersistentModelIndex


class CompletionModel(QAbstractListModel):
    """The completions that are offered at present."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._completions: tuple[Completion, ...] = ()

    def set_completions(self, completions: tuple[Completion, ...]) -> None:
        """Offer others."""
        self.beginResetModel()
        self._completions = completions
        self.endResetModel()

    def completion(self, row: int) -> Completion:
        """Return the completion of a row."""
        return self._completions[row]

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._completions)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        completion = self._completions[index.row()]
        if role == COMPLETION_ROLE:
            return completion
        if role == Qt.ItemDataRole.DisplayRole:
            return safe_text(shortened(completion.label))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            label = safe_text(shortened(completion.label))
            return label if completion.count is None else f"{label}, {completion.count:,} events"
        return None


class CompletionDelegate(QStyledItemDelegate):
    """Draws a completion: what it is, the field that it belongs to, in how many events it occurs."""

    def __init__(self, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look = look

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002 — all rows are alike
        return QSize(0, self._look.px(ROW_PX))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        completion = index.data(COMPLETION_ROLE)
        theme = self._look.theme
        row = QRect(option.rect)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(row, QColor(theme.accent_tint))
        words = row.adjusted(SIDE_PX, 0, -SIDE_PX, 0)
        painter.setFont(self._look.small())
        painter.setPen(QColor(theme.muted))
        note = _note(completion)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, note)
        words.setRight(words.right() - QFontMetrics(self._look.small()).horizontalAdvance(note) - SIDE_PX)
        font = self._look.body()
        painter.setFont(font)
        painter.setPen(QColor(theme.ink))
        label = str(index.data(Qt.ItemDataRole.DisplayRole))
        elided = QFontMetrics(font).elidedText(label, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, elided)
        painter.restore()


class SearchPopup(QFrame):
    """A sheet over the window that never takes the keyboard: the search field keeps it and moves the choice here."""

    chosen = Signal(object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setObjectName("search_popup")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAutoFillBackground(True)
        self.model = CompletionModel(self)
        self.list = QListView(self)
        self.list.setModel(self.model)
        self.list.setItemDelegate(CompletionDelegate(look, self.list))
        self.list.setAccessibleName("Completions")
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.message = PlainLabel("", self)
        self.message.set_wraps(wraps=True)
        self.list.clicked.connect(self._choose)
        self.list.entered.connect(self.list.setCurrentIndex)

    @property
    def choice(self) -> Completion | None:
        """The completion that Enter would take."""
        index = self.list.currentIndex()
        return self.model.completion(index.row()) if index.isValid() and self.isVisible() else None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return self.model.rowCount() == 0 and not self.message.text()

    def set_content(self, completions: tuple[Completion, ...], message: str, *, warning: bool = False) -> None:
        """Show completions, a sentence, or both."""
        theme = self._look.theme
        self.model.set_completions(completions)
        self.message.setText(message)
        self.message.setFont(self._look.small())
        self.message.set_colour(QColor(theme.warning if warning else theme.muted))
        self.message.setVisible(bool(message))
        self.list.setVisible(bool(completions))

    def move_choice(self, step: int) -> None:
        """Choose the next or the previous completion; before the first there is none."""
        row = self.list.currentIndex().row() + step
        if -1 <= row < self.model.rowCount():
            self.list.setCurrentIndex(self.model.index(row))

    def hang_below(self, field: QWidget, width_px: int) -> None:
        """Take place right below a field, above everything else in its window."""
        window = field.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        list_px = self.model.rowCount() * self._look.px(ROW_PX)
        message_px = self.message.heightForWidth(width_px - 2 * SIDE_PX) + 2 * EDGE_PX if self.message.text() else 0
        self.list.setGeometry(1, EDGE_PX, width_px - 2, list_px)
        self.message.setGeometry(SIDE_PX, list_px + 2 * EDGE_PX, width_px - 2 * SIDE_PX, message_px - 2 * EDGE_PX)
        self.resize(width_px, list_px + message_px + 2 * EDGE_PX)
        corner = field.mapTo(window, field.rect().bottomRight())
        self.move(max(corner.x() - width_px + 1, 0), corner.y() + 4)
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 — its ground and its thin rule
        theme = self._look.theme
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(theme.background))
            painter.setPen(QColor(theme.rule))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def _choose(self, index: QModelIndex) -> None:
        self.chosen.emit(self.model.completion(index.row()))


def _note(completion: Completion) -> str:
    """Return the small words at the end of a completion: its field and its count, or an example of the field."""
    if completion.count is None:
        return EXAMPLES.get(completion.text, "")
    field, colon, _value = completion.text.partition(":")
    kind = field.removeprefix("-") if colon and field.replace("-", "").isalpha() else ""
    return f"{kind} · {completion.count:,}" if kind else f"{completion.count:,}"
