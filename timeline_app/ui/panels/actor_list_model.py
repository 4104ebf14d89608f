"""The actors of a table as a model: every actor at the top, parts and members again below those who have any."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import overload

import numpy as np
from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from timeline_app.core.actors import without_case_or_marks
from timeline_app.core.arrays import Int64Array
from timeline_app.core.counts import Companions
from timeline_app.core.safe_text import safe_text
from timeline_app.core.table import EventTable
from timeline_app.ui.look import Look
from timeline_app.ui.panels.count_delegate import COUNTED_ROLE
from timeline_app.ui.panels.count_geometry import Counted
from timeline_app.ui.safe_widgets import tooltip_markup

LONGEST_TEXT = 500
OTHER_NAMES = 6

Index = QModelIndex | QPersistentModelIndex

ROW_FLAGS = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable
LEAF_FLAGS = ROW_FLAGS | Qt.ItemFlag.ItemNeverHasChildren

_NOT_A_LETTER = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class ActorState:
    """What the filter says of the actors, by their numbers."""

    checked: frozenset[int] = frozenset()
    excluded: frozenset[int] = frozenset()
    opened: frozenset[int] = frozenset()


class ActorListModel(QAbstractItemModel):
    """Gives each actor with its count; asks, by `check_asked(name, checked)`, to change the filter.

    The order is by events in the whole table and never changes with the filter, so that nothing moves under the
    pointer. An index below another carries the number of its parent plus one.
    """

    check_asked = Signal(str, bool)

    def __init__(self, table: EventTable, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._state = ActorState()
        self._is_waiting = False
        self._load(table)

    def set_table(self, table: EventTable) -> None:
        """Show the actors of another table."""
        self.beginResetModel()
        self._load(table)
        self.endResetModel()

    def set_totals(self, totals: Int64Array, companions: Companions) -> None:
        """Take the count of each actor without any filter, shape (actors,), and sort by it; and who opens to whom."""
        self.beginResetModel()
        self._take_companions(companions)
        self._totals = totals
        self._counts = totals
        self._most = int(totals.max(initial=0))
        self._sort()
        self.endResetModel()

    def set_counts(self, counts: Int64Array) -> None:
        """Take the count of each actor under the other filters, shape (actors,)."""
        if not np.array_equal(counts, self._counts):
            self._counts = counts
            self._tell_all_changed()

    def set_waiting(self, waiting: bool) -> None:  # noqa: FBT001 — a slot
        """Take notice that the counts are those of an earlier filter, or no longer."""
        if waiting != self._is_waiting:
            self._is_waiting = waiting
            self._tell_all_changed()

    def set_state(self, state: ActorState) -> None:
        """Take what the filter says."""
        if state != self._state:
            before, self._state = self._state, state
            self._tell_changed(
                (before.checked ^ state.checked) | (before.excluded ^ state.excluded) | (before.opened ^ state.opened)
            )

    def find(self, typed: str) -> None:
        """Show only the actors that a typed text may mean, all for an empty one."""
        rows = self._found(typed) if typed.strip() else self._order
        if rows != self._rows:
            self.beginResetModel()
            self._show(rows)
            self.endResetModel()

    def name_at(self, index: Index) -> str:
        """Return the actor's name as filters know it."""
        return self._table.actors.names[self._code_at(index)]

    def shown_names(self) -> tuple[str, ...]:
        """Return the names at the top level, in order."""
        return tuple(self._table.actors.names[code] for code in self._rows)

    def index_of(self, name: str) -> QModelIndex:
        """Return the top index of an actor, an invalid one where it is not shown."""
        row = self._place.get(self._table.actors.codes.get(name, -1))
        return QModelIndex() if row is None else self.index(row, 0)

    def codes_of(self, names: Iterable[str]) -> frozenset[int]:
        """Return the numbers of those names that occur."""
        codes = self._table.actors.codes
        return frozenset(codes[name] for name in names if name in codes)

    def index(self, row: int, column: int, parent: Index | None = None) -> QModelIndex:
        """Give the index of a row; a tree asks for all ten thousand, so those at the top take no further calls."""
        if parent is None or not parent.isValid():
            return self.createIndex(row, 0, 0) if column == 0 and 0 <= row < len(self._rows) else QModelIndex()
        if column != 0 or not 0 <= row < self.rowCount(parent):
            return QModelIndex()
        return self.createIndex(row, 0, self._code_at(parent) + 1)

    @overload
    def parent(self) -> QObject | None: ...

    @overload
    def parent(self, index: Index) -> QModelIndex: ...

    def parent(self, index: Index | None = None) -> QModelIndex | QObject | None:
        if index is None:
            return super().parent()
        if not index.isValid() or not index.internalId():
            return QModelIndex()
        return self.createIndex(self._place[index.internalId() - 1], 0, 0)

    def rowCount(self, parent: Index | None = None) -> int:
        if parent is None or not parent.isValid():
            return len(self._rows)
        return 0 if parent.internalId() else len(self._below(self._code_at(parent)))

    def columnCount(self, parent: Index | None = None) -> int:  # noqa: ARG002 — the same everywhere
        return 1

    def hasChildren(self, parent: Index | None = None) -> bool:
        return self.rowCount(parent) > 0

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Tell which rows open; a tree asks it of all ten thousand, so no flags are put together here."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        opens = not index.internalId() and self._rows[index.row()] in self._opening
        return ROW_FLAGS if opens else LEAF_FLAGS

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        code = self._code_at(index)
        if role == COUNTED_ROLE:
            return self._counted(code, index)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._shown_name(code)
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if code in self._state.checked else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._counted(code, index).words
        if role == Qt.ItemDataRole.ToolTipRole:
            return tooltip_markup(self._names_in_words(code))
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        self.check_asked.emit(self.name_at(index), Qt.CheckState(value) is Qt.CheckState.Checked)
        return True

    def _load(self, table: EventTable) -> None:
        self._table = table
        self._take_companions(Companions({}, {}))
        self._totals = self._counts = table.actors.counts
        self._most = int(self._totals.max(initial=0))
        self._folded: tuple[str, ...] | None = None
        self._sort()

    def _take_companions(self, companions: Companions) -> None:
        self._companions = companions
        self._opening = frozenset((*companions.parts, *companions.members))
        self._children: dict[int, tuple[int, ...]] = {}

    def _sort(self) -> None:
        self._order: tuple[int, ...] = tuple(np.argsort(-self._totals, kind="stable").tolist())
        self._show(self._order)

    def _show(self, rows: tuple[int, ...]) -> None:
        self._rows = rows
        self._place = {code: row for row, code in enumerate(rows)}

    def _found(self, typed: str) -> tuple[int, ...]:
        """Return who is called so by one of its names, from the start of a word or, if none is, anywhere."""
        words = " ".join(_NOT_A_LETTER.sub(" ", without_case_or_marks(typed)).split())
        meant = self.codes_of(self._table.gazetteer.resolve_query(typed))
        texts = self._folded_names()
        starting = tuple(code for code in self._order if f" {words}" in texts[code] or code in meant)
        return starting or tuple(code for code in self._order if words in texts[code])

    def _folded_names(self) -> tuple[str, ...]:
        """Return all names of every actor, folded, each word after a space; made when first typed."""
        if self._folded is None:
            known = self._table.gazetteer
            texts = []
            for name in self._table.actors.names:
                entry = known.get(name)
                joined = "\n".join((name, *entry.other_names)) if entry else name
                texts.append(" " + _NOT_A_LETTER.sub(" ", without_case_or_marks(joined)))
            self._folded = tuple(texts)
        return self._folded

    def _below(self, code: int) -> tuple[int, ...]:
        if code not in self._children:
            members = self._table.gazetteer.members_of(self._table.actors.names[code])
            names = {one.name for one in self._companions.parts.get(code, ())}
            names |= {one.name for one in self._companions.members.get(code, ()) if one.name in members}
            self._children[code] = tuple(
                sorted(self.codes_of(names), key=lambda child: (-int(self._totals[child]), child))
            )
        return self._children[code]

    def _code_at(self, index: Index) -> int:
        if index.internalId():
            return self._below(index.internalId() - 1)[index.row()]
        return self._rows[index.row()]

    def _counted(self, code: int, index: Index) -> Counted:
        name = self._table.actors.names[code]
        inner = bool(index.internalId())
        return Counted(
            name=self._shown_name(code),
            count=int(self._counts[code]),
            total=int(self._totals[code]),
            most=self._most,
            checked=code in self._state.checked,
            excluded=code in self._state.excluded,
            opens=not inner and code in self._opening,
            is_open=not inner and code in self._state.opened,
            depth=int(inner),
            colour=QColor(self._look.actor_colour(name)),
            is_old=self._is_waiting,
        )

    def _names_in_words(self, code: int) -> str:
        """Return the name with some of the other names that mean the same actor."""
        name = self._table.actors.names[code]
        entry = self._table.gazetteer.get(name)
        others = ", ".join(entry.other_names[:OTHER_NAMES]) if entry else ""
        return f"{name}, also {others}" if others else name

    def _shown_name(self, code: int) -> str:
        return safe_text(self._table.actors.names[code])[:LONGEST_TEXT]

    def _tell_changed(self, codes: Iterable[int]) -> None:
        """Have the rows of some actors painted anew, and all below others, among which they may be again."""
        for code in codes:
            if code in self._place:
                index = self.index(self._place[code], 0)
                self.dataChanged.emit(index, index)
        self._tell_all_below_changed()

    def _tell_all_changed(self) -> None:
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, 0))
            self._tell_all_below_changed()

    def _tell_all_below_changed(self) -> None:
        for code in self._state.opened:
            if code in self._place and code in self._opening:
                above = self.index(self._place[code], 0)
                self.dataChanged.emit(self.index(0, 0, above), self.index(len(self._below(code)) - 1, 0, above))
