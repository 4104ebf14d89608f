"""Headings below the actors that unfold choices, each with how many events it would show."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QListView, QVBoxLayout, QWidget

from timeline_app.core.actors import without_case_or_marks
from timeline_app.core.counts import ChoiceCounts
from timeline_app.core.safe_text import safe_text
from timeline_app.ui.look import Look
from timeline_app.ui.panels.count_delegate import COUNTED_ROLE, CountDelegate, dress_choices
from timeline_app.ui.panels.count_geometry import ROW_PX, SIDE_PX, Counted
from timeline_app.ui.panels.facet_table import Choice, Facet
from timeline_app.ui.panels.find_field import FindField
from timeline_app.ui.panels.text_button import Arrow, TextButton, Tone
from timeline_app.ui.safe_widgets import PlainLabel, tooltip_markup
from timeline_app.ui.session import Session

LONGEST_TEXT = 500
MOST_ROWS = 8
# Fewer are seen at a glance.
FOUND_AMONG = 16

Index = QModelIndex | QPersistentModelIndex


class FacetModel(QAbstractListModel):
    """The choices of one facet, those with most events first; asks, by `check_asked`, to change the filter."""

    check_asked = Signal(str, bool)

    def __init__(self, facet: Facet, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._facet = facet
        self._choices: tuple[Choice, ...] = ()
        self._shown: tuple[Choice, ...] = ()
        self._typed = ""
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
        self._shown = self._found()
        self.endResetModel()

    def find(self, typed: str) -> None:
        """Show only the choices whose names have what is typed, whatever its case and marks."""
        self.beginResetModel()
        self._typed = without_case_or_marks(typed.strip())
        self._shown = self._found()
        self.endResetModel()

    def set_totals(self, totals: tuple[int, ...]) -> None:
        """Take the counts without any filter, and sort by them unless the choices have an order of their own."""
        if len(totals) != len(self._totals):  # of tags that are others by now
            return
        self.beginResetModel()
        self._totals = self._counts = totals
        self._most = max(totals, default=0)
        if not self._facet.one_only:
            self._choices = tuple(sorted(self._choices, key=lambda choice: -totals[choice.place]))
        self._shown = self._found()
        self.endResetModel()

    def set_counts(self, counts: tuple[int, ...]) -> None:
        """Take the counts under the other filters."""
        if counts != self._counts and len(counts) == len(self._totals):  # as above
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
        return 0 if parent is not None and parent.isValid() else len(self._shown)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        choice = self._shown[index.row()]
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
        self.check_asked.emit(self._shown[index.row()].value, Qt.CheckState(value) is Qt.CheckState.Checked)
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
        if self._shown:
            self.dataChanged.emit(self.index(0), self.index(len(self._shown) - 1))

    def _found(self) -> tuple[Choice, ...]:
        if not self._typed:
            return self._choices
        return tuple(choice for choice in self._choices if self._typed in without_case_or_marks(choice.name))


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
        self._choices: tuple[Choice, ...] = ()
        self._totals: ChoiceCounts | None = None
        self._counts: ChoiceCounts | None = None
        self.model = FacetModel(facet, self)
        self.heading = TextButton(facet.title, look, self, tone=Tone.HEADING, arrow=Arrow.FOLD)
        self.heading.setAccessibleDescription("Opens the choices")
        self.find_field = FindField(f"Find in {facet.title[0].lower()}{facet.title[1:]}", self)
        self.find_field.hide()
        self.nothing = PlainLabel("Nothing of this name", self)
        self.nothing.hide()
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
        finding = QVBoxLayout()
        finding.setContentsMargins(SIDE_PX, 0, SIDE_PX, 0)
        finding.setSpacing(4)
        finding.addWidget(self.find_field)
        finding.addWidget(self.nothing)
        layout.addLayout(finding)
        layout.addWidget(self.list)
        self.setHidden(not facet.has_choices(session.table))
        self.heading.toggled.connect(self._unfold)
        self.find_field.textChanged.connect(self._find)
        self.find_field.left_downward.connect(self._go_to_list)
        self.model.check_asked.connect(self._change_filter)
        session.table_changed.connect(self._load_choices)
        session.wanted_changed.connect(self._follow_filter)
        if facet.of_notes:
            session.notes_changed.connect(self._follow_notes)
        self.restyle()

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

    def restyle(self) -> None:
        """Take fonts, colours and sizes of the present look."""
        for widget in (self.find_field, self.nothing):
            widget.setFont(self._look.small())
        self.nothing.set_colour(QColor(self._look.theme.muted))
        self.find_field.setFixedHeight(self._look.px(26))
        self._resize_list()

    def _change_filter(self, value: str, checked: bool) -> None:  # noqa: FBT001 — a slot
        self._session.set_filter(self._facet.changed(self._session.wanted, value, checked))

    def _unfold(self, unfolded: bool) -> None:  # noqa: FBT001 — a slot
        if unfolded and not self._is_filled:
            self._fill()
        self.list.setVisible(unfolded)
        self._show_finding()

    def _load_choices(self) -> None:
        """Turn to the choices of another table."""
        self._is_filled = False
        self._totals = self._counts = None
        self.find_field.clear()
        self.setVisible(self._facet.has_choices(self._session.table))
        if not self.list.isHidden():
            self._fill()

    def _fill(self) -> None:
        self._is_filled = True
        self._choices = self._facet.choices(self._session.noted_table)
        self.model.set_choices(self._choices)
        for counts, take in ((self._totals, self.model.set_totals), (self._counts, self.model.set_counts)):
            if counts is not None:
                take(self._facet.counts(counts))
        self._follow_filter()
        self._show_finding()

    def _find(self, typed: str) -> None:
        self.model.find(typed)
        self._show_finding()

    def _go_to_list(self) -> None:
        if self.model.rowCount():
            if not self.list.currentIndex().isValid():
                self.list.setCurrentIndex(self.model.index(0))
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_finding(self) -> None:
        """Let something be typed where there are more choices than are seen at a glance."""
        is_open = not self.list.isHidden()
        self.find_field.setVisible(is_open and len(self._choices) > FOUND_AMONG)
        self.nothing.setVisible(is_open and bool(self.find_field.text()) and not self.model.rowCount())
        self._resize_list()

    def _follow_filter(self) -> None:
        self.model.set_chosen(self._facet.chosen(self._session.wanted))

    def _follow_notes(self) -> None:
        """Turn to other tags of the user's own, whose events are being counted."""
        if self._is_filled and self._facet.choices(self._session.noted_table) != self._choices:
            self._totals = self._counts = None
            self._fill()

    def _resize_list(self) -> None:
        self.list.setFixedHeight(min(self.model.rowCount(), MOST_ROWS) * self._look.px(ROW_PX) + 4)
        self.list.viewport().update()


def _shown(text: str) -> str:
    return safe_text(text)[:LONGEST_TEXT]
