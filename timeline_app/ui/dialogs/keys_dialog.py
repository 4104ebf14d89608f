"""Every key and gesture of the window, made from the table of actions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHeaderView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from timeline_app.ui.action_spec import Group
from timeline_app.ui.action_table import ACTIONS, GESTURES
from timeline_app.ui.actions import key_parts
from timeline_app.ui.dialogs.button_box import ButtonBox
from timeline_app.ui.dialogs.dressing import DialogLabel, Voice, add_close_button, dialog_column, open_at
from timeline_app.ui.dialogs.key_caps import Keys, draw_keys, keys_in_lines, keys_width_px
from timeline_app.ui.look import Look

WIDTH_PX = 860
LEAST_BESIDE_PX = 800
HELP_COLUMN = 2
WRAPPED = Qt.TextFlag.TextWordWrap
HEIGHT_PX = 640
ROW_PX = 32
HEADING_PX = 44
CELL_PX = 8
KEYS_PX = 180
KEYS_LINE_PX = 26
KEYS_ROLE = Qt.ItemDataRole.UserRole
HEADING_ROLE = Qt.ItemDataRole.UserRole + 1

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class KeyRow:
    """One row of the table of keys; a heading has no keys and no name."""

    group: Group
    name: str = ""
    help: str = ""
    keys: tuple[tuple[str, ...], ...] = ()

    @property
    def is_heading(self) -> bool:
        """Whether it only says what the rows below have in common."""
        return not self.keys

    @property
    def cells(self) -> tuple[str, str, str]:
        """What stands in the three columns; what spans several stands in the first of them."""
        if self.is_heading:
            return self.group.value, "", ""
        return (self.words, self.name, self.help) if self.name else (self.words, self.help, "")

    @property
    def words(self) -> str:
        """The keys in one line."""
        return " or ".join("+".join(parts) for parts in self.keys)


def key_rows(typed: str = "") -> list[KeyRow]:
    """Return what has a key or a gesture and fits what was typed, by group, each group under its heading."""
    rows: list[KeyRow] = []
    for group in Group:
        found = [row for row in _rows_of(group) if _fits(row, typed)]
        rows += [KeyRow(group), *found] if found else []
    return rows


def _rows_of(group: Group) -> list[KeyRow]:
    rows = [
        KeyRow(group, spec.text.rstrip("…"), spec.help, tuple(key_parts(shortcut) for shortcut in spec.shortcuts))
        for spec in ACTIONS
        if spec.group is group and spec.shortcuts
    ]
    return rows + [
        KeyRow(group, "", gesture.help, tuple(key_parts(text) for text in gesture.inputs))
        for gesture in GESTURES
        if gesture.group is group
    ]


def _fits(row: KeyRow, typed: str) -> bool:
    text = f"{row.group} {row.name} {row.help} {row.words}".casefold()
    return all(word in text for word in typed.casefold().split())


class KeysModel(QAbstractTableModel):
    """The rows in three columns: keys, name, help."""

    COLUMNS = ("Keys", "Action", "What it does")

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = key_rows()

    def find(self, typed: str) -> None:
        """Keep the rows that fit."""
        self.beginResetModel()
        self._rows = key_rows(typed)
        self.endResetModel()

    def row_at(self, number: int) -> KeyRow:
        """Return a row."""
        return self._rows[number]

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.cells[index.column()]
        if role == KEYS_ROLE:
            return row.keys
        return row.is_heading if role == HEADING_ROLE else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.COLUMNS[section]
        return None


class KeysDelegate(QStyledItemDelegate):
    """Draws keys as on a keyboard, headings bold with a thin rule below, and help muted.

    Where `is_narrow` there is no column of help: it stands below the name.
    """

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.is_narrow = False

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        is_heading = bool(index.data(HEADING_ROLE))
        height = self._look.px(HEADING_PX if is_heading else ROW_PX)
        if is_heading:
            return QSize(0, height)
        if index.column() == 0:
            lines = self._lines_of_keys(index)
            width = max(keys_width_px([*line, ()] if len(lines) > 1 else line, self._look) for line in lines)
            needed = len(lines) * self._look.px(KEYS_LINE_PX) + height - self._look.px(KEYS_LINE_PX)
            return QSize(round(width) + 3 * CELL_PX, needed)
        help_text = str(index.sibling(index.row(), HELP_COLUMN).data())
        if index.column() == HELP_COLUMN or self.is_narrow or not help_text:
            # A name without help spans the next column too, and need not make this one wider.
            parts = self._text_parts(option.rect.width(), index)
            return QSize(0, max(height, sum(part.height_px for part in parts) + CELL_PX))
        return QSize(QFontMetrics(self._look.body()).horizontalAdvance(str(index.data())) + 3 * CELL_PX, height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        area, theme = option.rect, self._look.theme
        painter.save()
        if index.data(HEADING_ROLE):
            painter.setFont(self._look.small(bold=True))
            painter.setPen(QColor(theme.muted))
            room = area.adjusted(CELL_PX, 0, -CELL_PX, -6)
            painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, str(index.data()))
            painter.setPen(QColor(theme.rule))
            painter.drawLine(area.left(), area.bottom(), area.right(), area.bottom())
        else:
            if option.state & QStyle.StateFlag.State_Selected:
                painter.fillRect(area, QColor(theme.accent_tint))
            if index.column() == 0:
                self._draw_keys(painter, area, index)
            else:
                self._draw_texts(painter, area, index)
        painter.restore()

    def _lines_of_keys(self, index: Index) -> list[Sequence[Keys]]:
        return keys_in_lines(index.data(KEYS_ROLE), self._look, self._look.px(KEYS_PX))

    def _draw_keys(self, painter: QPainter, area: QRect, index: Index) -> None:
        lines, pitch_px = self._lines_of_keys(index), self._look.px(KEYS_LINE_PX)
        middle_px = area.center().y() + 1 - (len(lines) - 1) * pitch_px / 2
        for number, line in enumerate(lines):
            centre = QPointF(area.left() + CELL_PX, middle_px + number * pitch_px)
            draw_keys(painter, centre, line, self._look, goes_on=number < len(lines) - 1)

    def _draw_texts(self, painter: QPainter, area: QRect, index: Index) -> None:
        parts = self._text_parts(area.width(), index)
        top_px = area.center().y() - sum(part.height_px for part in parts) / 2
        for part in parts:
            painter.setFont(part.font)
            painter.setPen(QColor(part.colour))
            room = QRectF(area.left() + CELL_PX, top_px, area.width() - 2 * CELL_PX, part.height_px)
            painter.drawText(room, WRAPPED, part.text)
            top_px += part.height_px

    def _text_parts(self, width_px: int, index: Index) -> list[_TextPart]:
        """Return what stands in a cell of this width from top to bottom: the name, its help, or both."""
        look, theme = self._look, self._look.theme
        texts = [(str(index.data()), look.body(), theme.ink)]
        if index.column() == HELP_COLUMN or self.is_narrow:
            told = (str(index.sibling(index.row(), HELP_COLUMN).data()), look.small(), theme.muted)
            texts = [told] if index.column() == HELP_COLUMN else [*texts, told]
        room = QRect(0, 0, width_px - 2 * CELL_PX, 0)
        return [
            _TextPart(text, font, colour, QFontMetrics(font).boundingRect(room, WRAPPED, text).height())
            for text, font, colour in texts
            if text
        ]


@dataclass(frozen=True, slots=True)
class _TextPart:
    """A text of a cell, as tall as its lines."""

    text: str
    font: QFont
    colour: str
    height_px: int


class KeysDialog(QDialog):
    """Shows the table of keys, with a field to find one."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.field = QLineEdit()
        self.model = KeysModel(self)
        self.table = QTableView()
        self._delegate = KeysDelegate(look, self.table)
        self.nothing = DialogLabel("No key for this", look, Voice.NOTE)
        self._build()
        self._name_parts()
        self.field.textChanged.connect(self._find)
        look.changed.connect(self._lay_out_columns)
        self._find("")
        open_at(self, look, (WIDTH_PX, HEIGHT_PX))
        self.field.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out_columns()

    def _lay_out_columns(self) -> None:
        """Put the help below the names where there is no room beside them, and make rows as tall as their texts."""
        is_narrow = self.width() < self._look.px(LEAST_BESIDE_PX)
        self._delegate.is_narrow = is_narrow
        modes = QHeaderView.ResizeMode
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(1, modes.Stretch if is_narrow else modes.ResizeToContents)
        self.table.setColumnHidden(HELP_COLUMN, is_narrow)
        self._lay_out_rows()

    def _find(self, typed: str) -> None:
        self.model.find(typed)
        self.nothing.setVisible(self.model.rowCount() == 0)
        self.table.setVisible(self.model.rowCount() > 0)
        self._lay_out_rows()

    def _lay_out_rows(self) -> None:
        self.table.clearSpans()
        for number in range(self.model.rowCount()):
            row = self.model.row_at(number)
            if row.is_heading:
                self.table.setSpan(number, 0, 1, len(KeysModel.COLUMNS))
            elif not row.name:
                self.table.setSpan(number, 1, 1, len(KeysModel.COLUMNS) - 1)
        self.table.resizeRowsToContents()

    def _build(self) -> None:
        column = dialog_column(self, "All keys", self._look, 480)
        self.table.setModel(self.model)
        self.table.setItemDelegate(self._delegate)
        self.table.setShowGrid(False)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setMinimumSectionSize(1)
        header = self.table.horizontalHeader()
        header.hide()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(HELP_COLUMN, QHeaderView.ResizeMode.Stretch)
        # The columns have their widths only some time after the dialog has its own.
        header.sectionResized.connect(self.table.resizeRowsToContents, Qt.ConnectionType.QueuedConnection)
        buttons = ButtonBox()
        add_close_button(buttons, self)
        for widget in (self.field, self.table, self.nothing):
            column.addWidget(widget)
        column.addStretch()
        column.addWidget(buttons)
        column.setStretchFactor(self.table, 1)

    def _name_parts(self) -> None:
        self.setObjectName("keys_dialog")
        self.field.setPlaceholderText("Find a key or what it does")
        self.field.setAccessibleName("Find a key or what it does")
        self.field.setClearButtonEnabled(True)
        self.table.setAccessibleName("All keys and gestures")
