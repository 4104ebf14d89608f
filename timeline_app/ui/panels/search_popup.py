"""What hangs below the search field: completions and the best hits to choose from, and a sentence on what was found."""

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
from timeline_app.core.search import FoundEvent
from timeline_app.query import FIELDS
from timeline_app.query.completion import Completion
from timeline_app.ui.look import Look
from timeline_app.ui.safe_widgets import PlainLabel
from timeline_app.ui.wrapped_text import shortened

ROW_PX = 26
SIDE_PX = 12
EDGE_PX = 4
EXAMPLES = {f"{name}:": field.example for field in FIELDS for name in field.names}
OFFER_ROLE = int(Qt.ItemDataRole.UserRole) + 1

Index = QModelIndex | QPersistentModelIndex
Offer = Completion | FoundEvent


class OfferModel(QAbstractListModel):
    """What is offered at present: completions of what is typed, then the best of the events that were found."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._offers: tuple[Offer, ...] = ()

    @property
    def offers(self) -> tuple[Offer, ...]:
        """Everything that is offered, in order."""
        return self._offers

    def set_offers(self, offers: tuple[Offer, ...]) -> None:
        """Offer others."""
        self.beginResetModel()
        self._offers = offers
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._offers)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        offer = self._offers[index.row()]
        if role == OFFER_ROLE:
            return offer
        if role == Qt.ItemDataRole.DisplayRole:
            return _label(offer)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return _spoken(offer)
        return None

    def begins_events(self, row: int) -> bool:
        """Return whether a row is the first event after completions."""
        return row > 0 and isinstance(self._offers[row], FoundEvent) and isinstance(self._offers[row - 1], Completion)


class OfferDelegate(QStyledItemDelegate):
    """Draws an offer: what it is; of a completion its field and in how many events it occurs, of an event its date."""

    def __init__(self, look: Look, model: OfferModel) -> None:
        super().__init__(model)
        self._look = look
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002 — all rows are alike
        return QSize(0, self._look.px(ROW_PX))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = self._look.theme
        row = QRect(option.rect)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(row, QColor(theme.accent_tint))
        if self._model.begins_events(index.row()):
            painter.setPen(QColor(theme.rule))
            painter.drawLine(row.topLeft(), row.topRight())
        words = row.adjusted(SIDE_PX, 0, -SIDE_PX, 0)
        painter.setFont(self._look.small())
        painter.setPen(QColor(theme.muted))
        metrics = QFontMetrics(self._look.small())
        note = metrics.elidedText(_note(index.data(OFFER_ROLE)), Qt.TextElideMode.ElideRight, words.width() // 2)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, note)
        words.setRight(words.right() - metrics.horizontalAdvance(note) - SIDE_PX)
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
        self.model = OfferModel(self)
        self.list = QListView(self)
        self.list.setModel(self.model)
        self.list.setItemDelegate(OfferDelegate(look, self.model))
        self.list.setAccessibleName("Completions and best hits")
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
    def choice(self) -> Offer | None:
        """What Enter would take."""
        index = self.list.currentIndex()
        return self.model.offers[index.row()] if index.isValid() and self.isVisible() else None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return self.model.rowCount() == 0 and not self.message.text()

    def set_content(self, offers: tuple[Offer, ...], message: str, *, warning: bool = False) -> None:
        """Show what there is to choose from, a sentence, or both; what is chosen stays so if it is still there."""
        theme, chosen = self._look.theme, self.choice
        self.model.set_offers(offers)
        if chosen in offers:
            self.list.setCurrentIndex(self.model.index(offers.index(chosen)))
        self.message.setText(message)
        self.message.setFont(self._look.small())
        self.message.set_colour(QColor(theme.warning if warning else theme.muted))
        self.message.setVisible(bool(message))
        self.list.setVisible(bool(offers))

    def move_choice(self, step: int) -> None:
        """Choose the next or the previous offer; before the first there is none."""
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
        self.chosen.emit(self.model.offers[index.row()])


def _label(offer: Offer) -> str:
    return safe_text(shortened(offer.label if isinstance(offer, Completion) else offer.title))


def _spoken(offer: Offer) -> str:
    """Return what a screen reader says of an offer."""
    if isinstance(offer, FoundEvent):
        return f"Event: {_label(offer)}, {offer.date}"
    return _label(offer) if offer.count is None else f"{_label(offer)}, {offer.count:,} events"


def _note(offer: Offer) -> str:
    """Return the small words at the end of an offer: field and count, an example of the field, or a date."""
    if isinstance(offer, FoundEvent):
        return offer.date
    if offer.count is None:
        return EXAMPLES.get(offer.text, "")
    field, colon, _value = offer.text.partition(":")
    kind = field.removeprefix("-") if colon and field.replace("-", "").isalpha() else ""
    return f"{kind} · {offer.count:,}" if kind else f"{offer.count:,}"
