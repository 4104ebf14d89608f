"""Every action by name: type a few letters, press Enter."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QAction, QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from timeline_app.core.safe_text import safe_text
from timeline_app.ui.action_table import ACTIONS, LANE_CHOICE
from timeline_app.ui.actions import key_parts, key_words
from timeline_app.ui.dialogs.dressing import DialogLabel, Voice
from timeline_app.ui.dialogs.key_caps import draw_keys, keys_width_px
from timeline_app.ui.guarded import guarded
from timeline_app.ui.look import Look
from timeline_app.ui.name_match import NameMatch, ranked
from timeline_app.ui.workspace import RecentFile
from timeline_app.ui.wrapped_text import shortened

WIDTH_PX = 560
ROW_PX = 32
MOST_ROWS = 10
SIDE_PX = 16
TOP_SHARE = 0.14
MATCH_ROLE = Qt.ItemDataRole.UserRole
ENTRY_ROLE = Qt.ItemDataRole.UserRole + 1

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class PaletteEntry:
    """One line of the palette: its name, where it belongs, its shortcut, and what it does."""

    text: str
    detail: str
    shortcut: str
    run: Callable[[], None]
    is_enabled: bool = True


def action_entries(actions: Mapping[str, QAction]) -> list[PaletteEntry]:
    """Return a line for every action of the table but the palette's own."""
    return [
        PaletteEntry(
            spec.text.rstrip("…"),
            "Lanes" if spec.choice == LANE_CHOICE else spec.menu_path,
            spec.shortcuts[0] if spec.shortcuts else "",
            actions[spec.name].trigger,
            actions[spec.name].isEnabled(),
        )
        for spec in ACTIONS
        if spec.name != "palette"
    ]


def recent_entries(files: Iterable[RecentFile], open_path: Callable[[Path], None]) -> list[PaletteEntry]:
    """Return a line for every recent file."""

    def opening(path: Path) -> Callable[[], None]:
        return lambda: open_path(path)

    return [
        PaletteEntry(f"Open {file.title or Path(file.path).name}", file.path, "", opening(Path(file.path)))
        for file in files
    ]


class PaletteModel(QAbstractListModel):
    """The entries that fit what was typed, best first."""

    def __init__(self, entries: Sequence[PaletteEntry], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries = tuple(entries)
        self._names = [safe_text(shortened(entry.text)) for entry in entries]
        self._found = self._ranked("")

    def find(self, typed: str) -> None:
        """Keep the entries that fit."""
        self.beginResetModel()
        self._found = self._ranked(typed)
        self.endResetModel()

    def runnable_count(self) -> int:
        """Return how many of the rows can be run; they are the first ones."""
        return sum(self._entries[number].is_enabled for number, _ in self._found)

    def entry_at(self, row: int) -> PaletteEntry:
        """Return the entry of a row."""
        return self._entries[self._found[row][0]]

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._found)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or not self.entry_at(index.row()).is_enabled:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        number, match = self._found[index.row()]
        entry = self._entries[number]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._names[number]
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return ", ".join(filter(None, (safe_text(shortened(entry.detail)), key_words(entry.shortcut))))
        if role == MATCH_ROLE:
            return match
        return entry if role == ENTRY_ROLE else None

    def _ranked(self, typed: str) -> list[tuple[int, NameMatch]]:
        found = ranked(typed, self._names)
        return sorted(found, key=lambda pair: not self._entries[pair[0]].is_enabled)


class PaletteDelegate(QStyledItemDelegate):
    """Draws a line of the palette: the typed letters bold, where it belongs muted, the shortcut as keys."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002 — all rows are alike
        return QSize(WIDTH_PX, self._look.px(ROW_PX))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry = index.data(ENTRY_ROLE)
        match = index.data(MATCH_ROLE)
        if not isinstance(entry, PaletteEntry) or not isinstance(match, NameMatch):
            return
        area, theme = option.rect, self._look.theme
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, QColor(theme.accent_tint))
        line = area.adjusted(SIDE_PX, 0, -SIDE_PX, 0)
        line.setRight(self._draw_keys(painter, line, entry.shortcut))
        ink = QColor(theme.ink if entry.is_enabled else theme.muted)
        line.setLeft(self._draw_name(painter, line, str(index.data()), match, ink) + 12)
        if line.width() > 0:
            font = self._look.small()
            painter.setFont(font)
            painter.setPen(QColor(theme.muted))
            detail = safe_text(shortened(entry.detail if entry.is_enabled else f"{entry.detail} · not now"))
            words = QFontMetrics(font).elidedText(detail, Qt.TextElideMode.ElideMiddle, line.width())
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
        painter.restore()

    def _draw_keys(self, painter: QPainter, line: QRect, shortcut: str) -> int:
        """Draw the shortcut at the right end and return where the room before it ends."""
        if not shortcut:
            return line.right()
        keys = (key_parts(shortcut),)
        left = line.right() - keys_width_px(keys, self._look)
        draw_keys(painter, QPointF(left, line.center().y() + 1), keys, self._look)
        return int(left) - 12

    def _draw_name(self, painter: QPainter, line: QRect, name: str, match: NameMatch, ink: QColor) -> int:
        """Draw the name and return where it ends."""
        bold = self._look.body(bold=True)
        painter.setPen(ink)
        left = line.left()
        for text, is_typed in _stretches(name, match.places):
            font = bold if is_typed else self._look.body()
            metrics = QFontMetrics(font)
            room = line.right() - left
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
            painter.setFont(font)
            painter.drawText(
                QRect(left, line.top(), room, line.height()),
                Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine,
                shown,
            )
            left += metrics.horizontalAdvance(shown)
            if shown != text:
                break
        return left


class PaletteField(QLineEdit):
    """The field of the palette; keys that walk go to its list."""

    def __init__(self, walked: QListView, model: PaletteModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._walked = walked
        self._model = model

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: MOST_ROWS - 1,
            Qt.Key.Key_PageUp: 1 - MOST_ROWS,
        }
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        count = self._model.runnable_count()
        if count:
            row = self._walked.currentIndex().row() + step
            # One step beyond the end begins anew; a page stops at it.
            row = row % count if abs(step) == 1 else min(max(row, 0), count - 1)
            self._walked.setCurrentIndex(self._model.index(row, 0))


class CommandPalette(QDialog):
    """Finds an entry by name and runs it once the palette is gone."""

    def __init__(self, entries: Sequence[PaletteEntry], look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self._look = look
        self.model = PaletteModel(entries, self)
        self.list = QListView()
        self.field = PaletteField(self.list, self.model)
        self.nothing = DialogLabel("No action of this name", look, Voice.NOTE)
        self._build()
        self._name_parts()
        self.field.textChanged.connect(self._find)
        self.field.returnPressed.connect(self.run_current)
        self.list.clicked.connect(self.run_current)
        look.changed.connect(self._fit)
        self._find("")

    def run_current(self) -> None:
        """Close, and run the entry that is marked."""
        index = self.list.currentIndex()
        if not index.isValid():
            return
        entry = self.model.entry_at(index.row())
        if entry.is_enabled:
            self.accept()
            entry.run()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        parent = self.parentWidget()
        if parent is not None:
            window = parent.window()
            place = window.geometry()
            self.move(place.center().x() - self.width() // 2, place.top() + round(place.height() * TOP_SHARE))
            window.windowHandle().installEventFilter(self)
        self.activateWindow()
        self.field.setFocus()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        with QPainter(self) as painter:
            painter.setPen(QColor(self._look.theme.rule))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.WindowDeactivate and self.isVisible():
            self.reject()
        return super().event(event)

    @guarded(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take what is typed before the system has given the palette the keyboard: no letter may move the timeline."""
        if not isinstance(event, QKeyEvent) or not self.isVisible():
            return super().eventFilter(watched, event)
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
        else:
            QCoreApplication.sendEvent(self.field, event)
        return True

    def _find(self, typed: str) -> None:
        self.model.find(typed)
        if self.model.runnable_count():
            self.list.setCurrentIndex(self.model.index(0, 0))
        self._fit()

    def _fit(self) -> None:
        count = self.model.rowCount()
        self.nothing.setVisible(count == 0)
        self.list.setVisible(count > 0)
        self.list.setFixedHeight(min(max(count, 1), MOST_ROWS) * self._look.px(ROW_PX))
        self.field.setFont(self._look.body())
        self.setFixedWidth(self._look.px(WIDTH_PX))
        self.adjustSize()

    def _build(self) -> None:
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.list.setModel(self.model)
        self.list.setItemDelegate(PaletteDelegate(self._look, self.list))
        self.list.setUniformItemSizes(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMouseTracking(True)
        self.list.entered.connect(self.list.setCurrentIndex)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.nothing.setContentsMargins(SIDE_PX, 4, SIDE_PX, 8)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 12, 1, 8)
        column.setSpacing(8)
        framed = QVBoxLayout()
        framed.setContentsMargins(11, 0, 11, 0)
        framed.addWidget(self.field)
        column.addLayout(framed)
        column.addWidget(self.list)
        column.addWidget(self.nothing)

    def _name_parts(self) -> None:
        self.setObjectName("command_palette")
        self.setWindowTitle("Every action by name")
        self.field.setPlaceholderText("Type the name of an action, a recent file or a kind of lane")
        self.field.setAccessibleName("Action by name")
        self.list.setAccessibleName("Actions found")


def _stretches(name: str, places: Sequence[int]) -> Iterable[tuple[str, bool]]:
    """Cut a name into stretches that were typed or not."""
    typed = frozenset(places)
    start = 0
    for end in range(1, len(name) + 1):
        if end == len(name) or (end in typed) is not (start in typed):
            yield name[start:end], start in typed
            start = end
