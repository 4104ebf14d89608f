"""The left panel: who takes part, with counts, and the further choices below."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QScrollArea, QTreeView, QVBoxLayout, QWidget

from timeline_app.core.asked_actors import named_actors, unnamed_groups
from timeline_app.core.counts import ChoiceCounts, Companions
from timeline_app.ui.look import Look
from timeline_app.ui.panels.actor_list_model import ActorListModel, ActorState
from timeline_app.ui.panels.choice_counter import ChoiceCounter
from timeline_app.ui.panels.count_delegate import CountDelegate, dress_choices
from timeline_app.ui.panels.count_geometry import ROW_PX, SIDE_PX
from timeline_app.ui.panels.facet_table import FACETS
from timeline_app.ui.panels.facets import FacetSection
from timeline_app.ui.panels.find_field import FindField
from timeline_app.ui.panels.match_button import MatchButton
from timeline_app.ui.panels.text_button import PADDING_PX, TextButton, Tone
from timeline_app.ui.safe_widgets import PlainLabel
from timeline_app.ui.session import Session

NARROWEST_PX = 200
FEWEST_ROWS = 6
MOST_CHECKED_AT_ONCE = 100


class ActorsPanel(QScrollArea):
    """Shows every actor with a check box and a count; what is checked is what the filter asks for."""

    card_wanted = Signal(str)

    def __init__(self, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._look = look
        self._opened: set[str] = set()
        self._group = ""
        self.model = ActorListModel(session.table, look, self)
        self.counter = ChoiceCounter(session, self)
        self.heading = PlainLabel("Actors")
        self.match_button = MatchButton(session, look)
        self.find_field = FindField("Find actor")
        self.find_field.setObjectName("find_actor")
        self.tree = ActorTree(self.model, look)
        self.nobody = PlainLabel("No actor of this name")
        self.members_button = TextButton("Show its members", look, tone=Tone.LINK)
        self.all_button = TextButton("All", look, tone=Tone.LINK)
        self.none_button = TextButton("None", look, tone=Tone.LINK)
        self.sections = tuple(FacetSection(facet, session, look) for facet in FACETS)
        self._name_parts()
        self._build()
        self._connect()
        self._show_controls()
        self._follow_filter()
        self._restyle()
        self.counter.count_all()

    @property
    def entry(self) -> QWidget:
        """What the keyboard comes to first."""
        headings = (section.heading for section in self.sections if not section.isHidden())
        return self.find_field if self._session.table.actors.names else next(headings)

    def set_checked(self, name: str, *, checked: bool) -> None:
        """Ask for an actor's events, or no longer."""
        wanted = self._session.wanted
        actors = (*self._without(wanted.actors, name), *((name,) if checked else ()))
        self._session.set_filter(replace(wanted, actors=actors, not_actors=self._without(wanted.not_actors, name)))

    def set_excluded(self, name: str, *, excluded: bool) -> None:
        """Leave an actor's events out, or no longer."""
        wanted = self._session.wanted
        not_actors = (*self._without(wanted.not_actors, name), *((name,) if excluded else ()))
        self._session.set_filter(replace(wanted, actors=self._without(wanted.actors, name), not_actors=not_actors))

    def show_only(self, name: str) -> None:
        """Ask for the events of one actor and no other."""
        wanted = self._session.wanted
        self._session.set_filter(replace(wanted, actors=(name,), not_actors=self._without(wanted.not_actors, name)))

    def check_all(self) -> None:
        """Ask for every actor that is listed."""
        wanted = self._session.wanted
        missing = tuple(name for name in self.model.shown_names() if name not in wanted.actors)
        self._session.set_filter(replace(wanted, actors=wanted.actors + missing))

    def show_members(self) -> None:
        """Ask for the events of those who belong to the group that is looked for and that no event names."""
        wanted = self._session.wanted
        self._session.set_filter(
            replace(wanted, actors=tuple(dict.fromkeys((*wanted.actors, self._group))), members=True)
        )

    def clear(self) -> None:
        """Ask for no actor in particular."""
        self._session.set_filter(replace(self._session.wanted, actors=(), not_actors=()))

    def menu_for(self, index: QModelIndex) -> QMenu:
        """Make the menu of an actor's row."""
        name = self.model.name_at(index)
        excluded = any(name in named_actors(asked, self._session.table) for asked in self._session.wanted.not_actors)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("Card…").triggered.connect(lambda: self.card_wanted.emit(name))
        menu.addSeparator()
        menu.addAction("Only this").triggered.connect(lambda: self.show_only(name))
        hide = menu.addAction("Show again" if excluded else "Hide")
        hide.triggered.connect(lambda: self.set_excluded(name, excluded=not excluded))
        menu.addSeparator()
        menu.addAction("Clear").triggered.connect(self.clear)
        return menu

    def _show_menu(self, place: QPoint) -> None:
        index = self.tree.indexAt(place)
        if index.isValid():
            self.menu_for(index).popup(self.tree.viewport().mapToGlobal(place))

    def _check(self, name: str, checked: bool) -> None:  # noqa: FBT001 — a slot
        self.set_checked(name, checked=checked)

    def _toggle_first(self) -> None:
        """Check or uncheck the first actor that was found, or show the members of a group that no event names."""
        if self._group:
            self.show_members()
        elif self.find_field.text() and self.model.rowCount():
            index = self.model.index(0, 0)
            checked = index.data(Qt.ItemDataRole.CheckStateRole) is Qt.CheckState.Checked
            self.set_checked(self.model.name_at(index), checked=not checked)

    def _take_totals(self, counts: ChoiceCounts, companions: Companions) -> None:
        self.model.set_totals(counts.actors, companions)
        self.model.find(self.find_field.text())
        for section in self.sections:
            section.set_totals(counts)

    def _take_counts(self, counts: ChoiceCounts) -> None:
        self.model.set_counts(counts.actors)
        for section in self.sections:
            section.set_counts(counts)

    def _load_table(self) -> None:
        self.find_field.clear()
        self._show_controls()
        self.model.set_table(self._session.table)
        self.counter.count_all()

    def _show_controls(self) -> None:
        """Show what chooses among actors only where there are some."""
        for control in (self.match_button, self.find_field, self.all_button, self.none_button):
            control.setVisible(bool(self._session.table.actors.names))

    def _follow_opened(self, index: QModelIndex) -> None:
        self._opened.add(self.model.name_at(index))
        self._follow_filter()

    def _follow_closed(self, index: QModelIndex) -> None:
        self._opened.discard(self.model.name_at(index))
        self._follow_filter()

    def _follow_reset(self) -> None:
        self._opened.clear()
        self._follow_filter()

    def _follow_filter(self) -> None:
        wanted = self._session.wanted
        self.model.set_state(
            ActorState(
                checked=self.model.codes_of(self._meant(wanted.actors)),
                excluded=self.model.codes_of(self._meant(wanted.not_actors)),
                opened=self.model.codes_of(self._opened),
            )
        )
        self.none_button.setEnabled(bool(wanted.actors or wanted.not_actors))
        self.all_button.setEnabled(0 < self.model.rowCount() <= MOST_CHECKED_AT_ONCE)
        self._fit_tree()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        # Under a style sheet Qt 6.11 forgets the fonts of all that stands in a panel when that gets another parent.
        if event.type() == QEvent.Type.ParentChange:
            self._restyle()

    def _restyle(self) -> None:
        self.heading.setFont(self._look.small(bold=True))
        for widget in (self.find_field, self.nobody):
            widget.setFont(self._look.small())
        for label in (self.heading, self.nobody):
            label.set_colour(QColor(self._look.theme.muted))
        self.find_field.setFixedHeight(self._look.px(26))
        for section in self.sections:
            section.restyle()
        self.tree.doItemsLayout()
        self._fit_tree()

    def _fit_tree(self) -> None:
        """Let the list be as tall as its rows, and shrink down to a few of them where room is short."""
        rows = self.model.rowCount()
        self.tree.setVisible(rows > 0)
        self._tell_nobody()
        rows += sum(self.model.rowCount(self.model.index_of(name)) for name in self._opened)
        row_px = self._look.px(ROW_PX)
        self.tree.setMinimumHeight(min(rows, FEWEST_ROWS) * row_px)
        self.tree.setMaximumHeight(rows * row_px)

    def _tell_nobody(self) -> None:
        """Say why there are no rows, and offer the members of a group that no event names."""
        typed, rows = self.find_field.text(), self.model.rowCount()
        self._group = next(iter(unnamed_groups(typed, self._session.table)), "") if typed and not rows else ""
        nobody = "No actor of this name" if typed else "No event names an actor"
        self.nobody.setText(f"No event names {self._group}" if self._group else nobody)
        self.nobody.setVisible(rows == 0)
        self.members_button.setVisible(bool(self._group))

    def _name_parts(self) -> None:
        self.setObjectName("actors_panel")
        self.setMinimumWidth(NARROWEST_PX)
        self.setAccessibleName("Actors and other choices")
        self.all_button.setAccessibleName("Choose all listed actors")
        self.none_button.setAccessibleName("Choose no actor")

    def _build(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        # Each control in it is brought into view by the keyboard; the panel itself would be a stop that nobody sees.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = _row((SIDE_PX, 0, SIDE_PX - PADDING_PX, 0))
        header.addWidget(self.heading)
        header.addStretch()
        header.addWidget(self.match_button)
        finding = _row((SIDE_PX, 4, SIDE_PX, 6))
        finding.addWidget(self.find_field)
        ending = _row((SIDE_PX - PADDING_PX, 2, SIDE_PX, 8))
        ending.addWidget(self.all_button)
        ending.addWidget(self.none_button)
        ending.addStretch()
        content = QWidget()
        content.setObjectName("actors_content")
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 8, 0, 12)
        column.setSpacing(0)
        column.addLayout(header)
        column.addLayout(finding)
        column.addWidget(self.tree, 1000)
        nothing = _row((SIDE_PX, 4, SIDE_PX, 4))
        nothing.addWidget(self.nobody)
        column.addLayout(nothing)
        instead = _row((SIDE_PX - PADDING_PX, 0, SIDE_PX, 0))
        instead.addWidget(self.members_button)
        instead.addStretch()
        column.addLayout(instead)
        column.addLayout(ending)
        for section in self.sections:
            column.addWidget(section)
        column.addStretch(1)
        self.setWidget(content)

    def _connect(self) -> None:
        self.model.check_asked.connect(self._check)
        self.model.modelReset.connect(self._follow_reset)
        self.find_field.textChanged.connect(self.model.find)
        self.find_field.textChanged.connect(self._tell_nobody)
        self.find_field.returnPressed.connect(self._toggle_first)
        self.find_field.left_downward.connect(self.tree.take_keyboard)
        self.tree.customContextMenuRequested.connect(self._show_menu)
        self.tree.expanded.connect(self._follow_opened)
        self.tree.collapsed.connect(self._follow_closed)
        self.members_button.clicked.connect(self.show_members)
        self.all_button.clicked.connect(self.check_all)
        self.none_button.clicked.connect(self.clear)
        self.counter.totals_changed.connect(self._take_totals)
        self.counter.counts_changed.connect(self._take_counts)
        self.counter.waiting_changed.connect(self.model.set_waiting)
        for section in self.sections:
            self.counter.waiting_changed.connect(section.model.set_waiting)
        self._session.table_changed.connect(self._load_table)
        self._session.wanted_changed.connect(self._follow_filter)
        self._look.changed.connect(self._restyle)

    def _meant(self, asked: tuple[str, ...]) -> frozenset[str]:
        """Return the canonical names that names in a filter mean."""
        return frozenset().union(*(named_actors(name, self._session.table) for name in asked))

    def _without(self, asked: tuple[str, ...], name: str) -> tuple[str, ...]:
        """Return names in a filter without those that mean this actor, by whatever alias."""
        table = self._session.table
        return tuple(other for other in asked if name != other and name not in named_actors(other, table))


class ActorTree(QTreeView):
    """The list of actors; those that others belong to open."""

    def __init__(self, model: ActorListModel, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("actor_tree")
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setUniformRowHeights(True)
        self.setExpandsOnDoubleClick(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        delegate = CountDelegate(look, self)
        delegate.open_asked.connect(self._toggle_open)
        dress_choices(self, "Actors", delegate)
        # Last, since each change of dress lays all rows out anew.
        self.setModel(model)

    def take_keyboard(self) -> None:
        """Put the keyboard on the first actor."""
        if not self.currentIndex().isValid():
            self.setCurrentIndex(self.model().index(0, 0))
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _toggle_open(self, index: QModelIndex) -> None:
        self.setExpanded(index, not self.isExpanded(index))


def _row(margins: tuple[int, int, int, int]) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(*margins)
    row.setSpacing(8)
    return row
