"""The choices below the actors: types, roles, sources, importance, doubt, the user's own notes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QListView, QVBoxLayout, QWidget

from timeline_app.core.arrays import Int64Array
from timeline_app.core.counts import ChoiceCounts
from timeline_app.core.filter import Filter
from timeline_app.core.filter_parts import importance_words, source_title
from timeline_app.core.marks import Shape, shape_of
from timeline_app.core.notes import ANY_NOTE
from timeline_app.core.role_rows import MOST_ROLES
from timeline_app.core.safe_text import safe_text
from timeline_app.core.table import EventTable
from timeline_app.ui.look import Look
from timeline_app.ui.panels.count_delegate import COUNTED_ROLE, CountDelegate, dress_choices
from timeline_app.ui.panels.count_geometry import ROW_PX, Counted
from timeline_app.ui.panels.text_button import Arrow, TextButton, Tone
from timeline_app.ui.safe_widgets import tooltip_markup
from timeline_app.ui.session import Session

LONGEST_TEXT = 500
MOST_ROWS = 8

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that a facet may take, with its name as the file has it.

    `place` is where its count stands among the counts of the facet.
    """

    value: str
    name: str
    place: int
    shape: Shape | None = None


@dataclass(frozen=True, slots=True)
class Facet:
    """One kind of choice: which values there are, which are chosen, how a choice changes the filter, what it counts.

    `has_choices` says of a table, without making them, whether there are any.
    """

    title: str
    choices: Callable[[EventTable], tuple[Choice, ...]]
    chosen: Callable[[Filter], frozenset[str]]
    changed: Callable[[Filter, str, bool], Filter]
    counts: Callable[[ChoiceCounts], tuple[int, ...]]
    one_only: bool = False
    has_bars: bool = True
    has_choices: Callable[[EventTable], bool] = lambda _table: True


class FacetModel(QAbstractListModel):
    """The choices of one facet, those with most events first; asks, by `check_asked`, to change the filter."""

    check_asked = Signal(str, bool)

    def __init__(self, facet: Facet, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._facet = facet
        self._choices: tuple[Choice, ...] = ()
        self._chosen: frozenset[str] = frozenset()
        self._totals: tuple[int, ...] = ()
        self._counts: tuple[int, ...] = ()
        self._most = 0
        self._is_waiting = False

    def set_choices(self, choices: tuple[Choice, ...]) -> None:
        """Show the choices of another table, without counts until there are some."""
        self.beginResetModel()
        self._choices = choices
        self._totals = self._counts = (0,) * (1 + max((choice.place for choice in choices), default=0))
        self._most = 0
        self.endResetModel()

    def set_totals(self, totals: tuple[int, ...]) -> None:
        """Take the counts without any filter, and sort by them unless the choices have an order of their own."""
        self.beginResetModel()
        self._totals = self._counts = totals
        self._most = max(totals, default=0)
        if not self._facet.one_only:
            self._choices = tuple(sorted(self._choices, key=lambda choice: -totals[choice.place]))
        self.endResetModel()

    def set_counts(self, counts: tuple[int, ...]) -> None:
        """Take the counts under the other filters."""
        if counts != self._counts:
            self._counts = counts
            self._tell_all_changed()

    def set_waiting(self, waiting: bool) -> None:  # noqa: FBT001 — a slot
        """Take notice that the counts are those of an earlier filter, or no longer."""
        if waiting != self._is_waiting:
            self._is_waiting = waiting
            self._tell_all_changed()

    def set_chosen(self, chosen: frozenset[str]) -> None:
        """Take which values the filter asks for."""
        if chosen != self._chosen:
            self._chosen = chosen
            self._tell_all_changed()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._choices)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        choice = self._choices[index.row()]
        if role == COUNTED_ROLE:
            return self._counted(choice)
        if role == Qt.ItemDataRole.DisplayRole:
            return _shown(choice.name)
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if self._is_chosen(choice) else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._counted(choice).words
        if role == Qt.ItemDataRole.ToolTipRole:
            return tooltip_markup(_shown(choice.name))
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        self.check_asked.emit(self._choices[index.row()].value, Qt.CheckState(value) is Qt.CheckState.Checked)
        return True

    def _counted(self, choice: Choice) -> Counted:
        return Counted(
            name=_shown(choice.name),
            count=self._counts[choice.place],
            total=self._totals[choice.place],
            most=self._most,
            checked=self._is_chosen(choice),
            round_box=self._facet.one_only,
            has_bar=self._facet.has_bars,
            shape=choice.shape,
            is_old=self._is_waiting,
        )

    def _is_chosen(self, choice: Choice) -> bool:
        return choice.value.casefold() in self._chosen

    def _tell_all_changed(self) -> None:
        if self._choices:
            self.dataChanged.emit(self.index(0), self.index(len(self._choices) - 1))


class FacetSection(QWidget):
    """A heading that unfolds the choices of one facet; folded at first.

    The list is filled when it is unfolded: there may be thousands of choices, that mostly nobody looks at.
    """

    def __init__(self, facet: Facet, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._facet = facet
        self._session = session
        self._look = look
        self._is_filled = False
        self._totals: ChoiceCounts | None = None
        self._counts: ChoiceCounts | None = None
        self.model = FacetModel(facet, self)
        self.heading = TextButton(facet.title, look, self, tone=Tone.HEADING, arrow=Arrow.FOLD)
        self.heading.setAccessibleDescription("Opens the choices")
        self.list = QListView(self)
        self.list.setModel(self.model)
        self.list.setUniformItemSizes(True)
        dress_choices(self.list, facet.title, CountDelegate(look, self.list))
        self.list.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        heading = QVBoxLayout()
        heading.setContentsMargins(12, 0, 12, 0)
        heading.addWidget(self.heading)
        layout.addLayout(heading)
        layout.addWidget(self.list)
        self.setHidden(not facet.has_choices(session.table))
        self.heading.toggled.connect(self._unfold)
        self.model.check_asked.connect(self._change_filter)
        session.table_changed.connect(self._load_choices)
        session.wanted_changed.connect(self._follow_filter)
        look.changed.connect(self._resize_list)

    def set_totals(self, counts: ChoiceCounts) -> None:
        """Take the counts without any filter."""
        self._totals = self._counts = counts
        if self._is_filled:
            self.model.set_totals(self._facet.counts(counts))

    def set_counts(self, counts: ChoiceCounts) -> None:
        """Take the counts under the present filter."""
        self._counts = counts
        if self._is_filled:
            self.model.set_counts(self._facet.counts(counts))

    def _change_filter(self, value: str, checked: bool) -> None:  # noqa: FBT001 — a slot
        self._session.set_filter(self._facet.changed(self._session.wanted, value, checked))

    def _unfold(self, unfolded: bool) -> None:  # noqa: FBT001 — a slot
        if unfolded and not self._is_filled:
            self._fill()
        self.list.setVisible(unfolded)

    def _load_choices(self) -> None:
        """Turn to the choices of another table."""
        self._is_filled = False
        self._totals = self._counts = None
        self.setVisible(self._facet.has_choices(self._session.table))
        if not self.list.isHidden():
            self._fill()

    def _fill(self) -> None:
        self._is_filled = True
        self.model.set_choices(self._facet.choices(self._session.table))
        for counts, take in ((self._totals, self.model.set_totals), (self._counts, self.model.set_counts)):
            if counts is not None:
                take(self._facet.counts(counts))
        self._follow_filter()
        self._resize_list()

    def _follow_filter(self) -> None:
        self.model.set_chosen(self._facet.chosen(self._session.wanted))

    def _resize_list(self) -> None:
        self.list.setFixedHeight(min(self.model.rowCount(), MOST_ROWS) * self._look.px(ROW_PX) + 4)
        self.list.viewport().update()


def _type_choices(table: EventTable) -> tuple[Choice, ...]:
    return tuple(Choice(name, name, code, shape_of(name)) for code, name in enumerate(table.types))


def _role_choices(table: EventTable) -> tuple[Choice, ...]:
    return tuple(Choice(name, name, place) for place, name in enumerate(table.actors.role_names(MOST_ROLES)))


def _source_choices(table: EventTable) -> tuple[Choice, ...]:
    return tuple(Choice(key, source_title(key, table), code) for code, key in enumerate(table.sources.names))


def _importance_choices(table: EventTable) -> tuple[Choice, ...]:  # noqa: ARG001 — the same for all
    return tuple(Choice(str(lowest), importance_words(lowest), lowest) for lowest in (5, 4, 3, 2))


def _doubt_choices(table: EventTable) -> tuple[Choice, ...]:  # noqa: ARG001 — the same for all
    return (Choice("certain", "Only what is certain", 0), Choice("disputed", "Only what is disputed", 1))


def _chosen_doubt(wanted: Filter) -> frozenset[str]:
    return frozenset(name for name, chosen in (("certain", wanted.certain), ("disputed", wanted.disputed)) if chosen)


def _with_doubt(wanted: Filter, value: str, checked: bool) -> Filter:  # noqa: FBT001 — one of a table
    return replace(wanted, certain=checked) if value == "certain" else replace(wanted, disputed=checked)


def _note_choices(table: EventTable) -> tuple[Choice, ...]:  # noqa: ARG001 — the same for all
    return (Choice("starred", "Starred", 0), Choice("noted", "With a note", 1))


def _chosen_notes(wanted: Filter) -> frozenset[str]:
    asked = (("starred", wanted.starred), ("noted", ANY_NOTE in wanted.noted))
    return frozenset(name for name, chosen in asked if chosen)


def _with_notes(wanted: Filter, value: str, checked: bool) -> Filter:  # noqa: FBT001 — one of a table
    if value == "starred":
        return replace(wanted, starred=checked)
    return replace(wanted, noted=_with(wanted.noted, ANY_NOTE, checked=checked))


def _chosen_importance(wanted: Filter) -> frozenset[str]:
    return frozenset((str(wanted.min_importance),))


def _with_importance(wanted: Filter, value: str, checked: bool) -> Filter:  # noqa: FBT001 — one of a table
    return replace(wanted, min_importance=int(value) if checked else 1)


def _with_type(wanted: Filter, value: str, checked: bool) -> Filter:  # noqa: FBT001 — as above
    return replace(wanted, types=_with(wanted.types, value, checked=checked))


def _with_role(wanted: Filter, value: str, checked: bool) -> Filter:  # noqa: FBT001 — as above
    return replace(wanted, roles=_with(wanted.roles, value, checked=checked))


def _with_source(wanted: Filter, value: str, checked: bool) -> Filter:  # noqa: FBT001 — as above
    return replace(wanted, sources=_with(wanted.sources, value, checked=checked))


def _with(values: tuple[str, ...], value: str, *, checked: bool) -> tuple[str, ...]:
    others = tuple(other for other in values if other.casefold() != value.casefold())
    return (*others, value) if checked else others


def _folded(values: tuple[str, ...]) -> frozenset[str]:
    return frozenset(value.casefold() for value in values)


def _figures(counts: Int64Array) -> tuple[int, ...]:
    return tuple(counts.tolist())


def _shown(text: str) -> str:
    return safe_text(text)[:LONGEST_TEXT]


FACETS = (
    Facet(
        "Types",
        _type_choices,
        lambda wanted: _folded(wanted.types),
        _with_type,
        lambda counts: _figures(counts.types),
        has_choices=lambda table: bool(table.types),
    ),
    Facet(
        "Roles",
        _role_choices,
        lambda wanted: _folded(wanted.roles),
        _with_role,
        lambda counts: _figures(counts.roles),
        has_choices=lambda table: table.actors.roles is not None,
    ),
    Facet(
        "Sources",
        _source_choices,
        lambda wanted: _folded(wanted.sources),
        _with_source,
        lambda counts: _figures(counts.sources),
        has_bars=False,
        has_choices=lambda table: bool(table.sources.names),
    ),
    Facet(
        "Importance",
        _importance_choices,
        _chosen_importance,
        _with_importance,
        lambda counts: _figures(counts.importance),
        one_only=True,
    ),
    Facet(
        "Doubt",
        _doubt_choices,
        _chosen_doubt,
        _with_doubt,
        lambda counts: (counts.certain, counts.disputed),
        has_bars=False,
    ),
    Facet(
        "Your notes",
        _note_choices,
        _chosen_notes,
        _with_notes,
        lambda counts: (counts.starred, counts.noted),
        has_bars=False,
    ),
)
